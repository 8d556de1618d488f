"""The assumptions under which a concern is asked: the adopted ones and those of its owner.

What a party with a deterrent assumes about another's defence is its own assumption set, where the
scenario has one that it holds. Else the *strongest claims* stand for it, made alike for every
party: of every disputed number of the interceptors the claim that makes the defence take most (the
greatest), and a launch as early as the reach surface asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from longroad.base.quantity import Disputed, Quantity
from longroad.scenario import Variant
from longroad.study.columns import adopted
from longroad.study.readings import ADOPTED

LATE, FIRST = "default.reach.late_delay", "default.reach.first_delay"
STRONGEST = "strongest-claims"


def worlds(variant: Variant, party: str, owners: Sequence[str]) -> dict[str, Variant]:
    """Return the variant under every assumption set that is asked about, by the set's id."""
    found = {ADOPTED: variant}
    for owner in owners:
        name = own_set(variant, owner)
        if name not in found:
            found[name] = _held(variant, name) if name != STRONGEST else strongest(variant, party)
    return found


def own_set(variant: Variant, owner: str) -> str:
    """Return the id of the assumption set that an owner holds, or that of the strongest claims."""
    return next((s.id for s in variant.assumptions if s.held_by.id == owner), STRONGEST)


def strongest(variant: Variant, party: str) -> Variant:
    """Return a variant in which a party's defence is as capable as anybody claims, and early."""
    assume = dict(variant.assume)
    for entry in (one.interceptor for one in variant.batteries if one.owner.id == party):
        for name in entry.quantities:
            known = variant.of(entry, name)
            if isinstance(known, Disputed):
                assume[known.id] = _greatest(known)
    first, late = adopted(variant.quantity(FIRST)), adopted(variant.quantity(LATE))
    if first.best < late.best:
        assume[LATE] = replace(first, id=late.id)
    return replace(variant, id=f"{variant.id}~{STRONGEST}", assume=assume)


def _greatest(known: Disputed) -> Quantity:
    return max(known.alternatives, key=lambda one: one.best)


def _held(variant: Variant, name: str) -> Variant:
    held = next(one for one in variant.assumptions if one.id == name)
    return replace(variant, id=f"{variant.id}~{name}", assume={**variant.assume, **held.quantities})
