"""Red lines as masks over the options of their issues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from longroad.bargaining.draw import Numbers
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.problem import Bools
from longroad.scenario.negotiation import Issue, Negotiation, RedLine

LIKELY = 0.5


@dataclass(frozen=True)
class Line:
    """A red line as a mask over its issues; ``active`` (draws,) says where it is real."""

    line: RedLine
    party: int
    veto: bool
    scope: tuple[int, ...]
    crossed: Bools
    active: Bools


def mask_of(
    when: Mapping[str, Sequence[str]], number: Mapping[str, int], issues: Sequence[Issue]
) -> tuple[tuple[int, ...], Bools]:
    """Return the issues of a condition and which of their combinations meet it."""
    scope = tuple(sorted(number[id] for id in when))
    parts = [
        np.array([option in when[issues[i].id] for option in issues[i].option_ids]) for i in scope
    ]
    mask: Bools = np.ones((), dtype=np.bool_)
    for part in parts:
        mask = mask[..., None] & part
    return scope, mask


def lines_of(
    negotiation: Negotiation,
    numbers: Numbers,
    number: Mapping[str, int],
    block: PhysicsBlock | None,
) -> tuple[Line, ...]:
    """Return the lines of a negotiation, those that rest on outcomes only with a block."""
    issues, found = negotiation.issues, []
    vetoes = {id(one) for body in negotiation.ratification for one in body.vetoes}
    ids = [party.id for party in negotiation.parties]
    for one in negotiation.red_lines:
        if one.bounds and block is None:
            continue
        scope, mask = (
            mask_of(one.forbids, number, issues)
            if one.forbids
            else ((), np.ones((), dtype=np.bool_))
        )
        if one.bounds:
            scope, mask = _bounded(one, scope, mask, block, number, issues)
        real = numbers.of(f"{one.party}/line/{one.id}", one.real)
        active = (
            numbers.uniform(f"{one.party}/real/{one.id}") < real
            if numbers.draws
            else real >= LIKELY
        )
        found.append(Line(one, ids.index(one.party), id(one) in vetoes, scope, mask, active))
    return tuple(found)


def _bounded(
    one: RedLine,
    scope: tuple[int, ...],
    mask: Bools,
    block: PhysicsBlock | None,
    number: Mapping[str, int],
    issues: Sequence[Issue],
) -> tuple[tuple[int, ...], Bools]:
    """Return a line's mask where it also depends on an outcome, at the physics' best estimate."""
    assert block is not None
    physical = tuple(number[id] for id in block.issues)
    union = tuple(sorted({*scope, *physical}))
    whole = np.ones([len(issues[i].options) for i in union], dtype=np.bool_)
    whole &= _spread(mask, scope, union)
    for bound in one.bounds:
        values = block.of(one.party, bound.outcome)
        met = values < bound.value if bound.sense == "below" else values > bound.value
        order = np.argsort(physical)
        whole &= _spread(met.transpose(order), tuple(sorted(physical)), union)
    return union, whole


def _spread(mask: Bools, scope: tuple[int, ...], union: tuple[int, ...]) -> Bools:
    shape = [mask.shape[scope.index(i)] if i in scope else 1 for i in union]
    return mask.reshape(shape)
