"""Assumption sets that parties hold, as an exchange reads them: written, catalogued, negotiated.

A scenario's own sets are readings of the whole run. Beside them stand, for the variants told of,
what the catalogue says a party holds (its claims of disputed quantities, put together) and what a
negotiation beside the scenario says a party at the table holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from longroad.base.quantity import Disputed, Quantity
from longroad.scenario import Scenario, Variant, load_negotiation
from longroad.scenario.negotiation import Physics
from longroad.scenario.packs import NEGOTIATION_FILE
from longroad.study.physics_world import LATE, variant_under
from longroad.study.readings import ADOPTED, Assumptions, disputes

CLAIM, ATTRIBUTED, STATED = "claim", "attributed", "stated"


@dataclass(frozen=True)
class Holder:
    """Who holds a reading of the numbers, and how.

    ``mode`` is adopted, claim, stated, attributed or extreme; ``by`` a party, or whoever makes a
    claim, or empty.
    """

    by: str
    mode: str


@dataclass(frozen=True)
class PartySet:
    """A variant as one party holds its numbers; for one ``pair`` (defender, deterrent) or all."""

    id: str
    holder: Holder
    variant: Variant
    pair: tuple[str, str] | None = None
    own_time: bool = False
    """Whether the launch time is assumed too."""


def holder_of(way: Assumptions, variant: Variant) -> Holder:
    """Return who holds a reading: the party of a set, whoever holds or makes a claim."""
    if way.held is not None:
        return Holder(way.held.held_by.id, way.held.mode)
    if way.claim is None:
        return Holder("", ADOPTED)
    for quantity in disputes(variant):
        if way.claim[1] in quantity.claims and _about(quantity, way.claim[0]):
            made = quantity.alternative(way.claim[1])
            if made.held_by:
                return Holder(made.held_by[0].party, made.held_by[0].mode)
            return Holder(made.claimant or way.claim[1], CLAIM)
    return Holder(way.claim[1], CLAIM)


def _about(quantity: Disputed, about: str) -> bool:
    return quantity.id == about or quantity.id.rpartition(".")[0] == about


def physics_beside(scenario: Scenario) -> Physics | None:
    """Return what a negotiation beside the scenario says of physics; None without one."""
    folder = Path(scenario.file).parent
    if not scenario.file or not (folder / NEGOTIATION_FILE).is_file():
        return None
    return load_negotiation(folder, catalog=scenario.variants[0].catalog).physics


def party_sets(scenario: Scenario, variant: Variant, physics: Physics | None) -> Iterator[PartySet]:
    """Yield the sets that the catalogue and a negotiation beside the scenario give parties."""
    for party in variant.parties:
        picks: dict[str, Quantity | Disputed] = {}
        modes = set()
        for quantity in disputes(variant):
            for claim in quantity.claims:
                made = quantity.alternative(claim)
                held = [one for one in made.held_by if one.party == party.id]
                if held and quantity.adopted != claim:
                    picks.setdefault(quantity.id, made)
                    modes.add(held[0].mode)
        if picks:
            mode = STATED if modes == {STATED} else ATTRIBUTED
            under = replace(variant, assume={**variant.assume, **picks}, assumptions=())
            yield PartySet(f"{party.id}-{mode}", Holder(party.id, mode), under)
    if physics is not None:
        yield from _negotiated(scenario, variant, physics)


def _negotiated(scenario: Scenario, variant: Variant, physics: Physics) -> Iterator[PartySet]:
    if physics.deterrent is None:
        return
    if variant.id != (physics.variant or scenario.headline):
        return
    for name in dict.fromkeys(physics.held.values()):
        if name == ADOPTED or any(one.id == name for one in variant.assumptions):
            continue
        by = ", ".join(party for party, held in physics.held.items() if held == name)
        under = variant_under(scenario, physics, name)
        pair = (physics.defender, physics.deterrent)
        late = variant.quantity(LATE), under.quantity(LATE)
        yield PartySet(name, Holder(by, ATTRIBUTED), under, pair, late[0] != late[1])
