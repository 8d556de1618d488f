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
    """A red line as a mask over its issues; ``active`` (draws,) says where it is real.

    ``crossed`` is at the best estimate. A bound on an outcome is met or not by the physics of each
    assignment, the same that its curves read: ``kept`` (draws of the physics, ...) has the masks.
    """

    line: RedLine
    party: int
    veto: bool
    scope: tuple[int, ...]
    crossed: Bools
    active: Bools
    kept: Bools | None = None

    def mask(self, draw: int) -> Bools:
        """Return the combinations that cross the line in one assignment."""
        return self.crossed if self.kept is None else np.asarray(self.kept[draw % len(self.kept)])


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
        masks = None
        if one.bounds:
            assert block is not None
            rows = block.values.shape[2] if numbers.draws else 1
            plain = (scope, mask)
            found_masks = [_bounded(one, *plain, block, k, number, issues) for k in range(rows)]
            scope, mask = found_masks[0]
            masks = np.array([each for _, each in found_masks])
        real = numbers.of(f"{one.party}/line/{one.id}", one.real)
        active = (
            numbers.uniform(f"{one.party}/real/{one.id}") < real
            if numbers.draws
            else real >= LIKELY
        )
        found.append(Line(one, ids.index(one.party), id(one) in vetoes, scope, mask, active, masks))
    return tuple(found)


def _bounded(
    one: RedLine,
    scope: tuple[int, ...],
    mask: Bools,
    block: PhysicsBlock,
    draw: int,
    number: Mapping[str, int],
    issues: Sequence[Issue],
) -> tuple[tuple[int, ...], Bools]:
    """Return a line's mask where it also depends on an outcome, in one draw of the physics."""
    physical = tuple(number[id] for id in block.issues)
    union = tuple(sorted({*scope, *physical}))
    whole = np.ones([len(issues[i].options) for i in union], dtype=np.bool_)
    whole &= _spread(mask, scope, union)
    for bound in one.bounds:
        values = block.of(one.party, bound.outcome, draw)
        met = values < bound.value if bound.sense == "below" else values > bound.value
        order = np.argsort(physical)
        whole &= _spread(met.transpose(order), tuple(sorted(physical)), union)
    return union, whole


def _spread(mask: Bools, scope: tuple[int, ...], union: tuple[int, ...]) -> Bools:
    shape = [mask.shape[scope.index(i)] if i in scope else 1 for i in union]
    return mask.reshape(shape)
