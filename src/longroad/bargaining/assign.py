"""Value assignments: what options are worth to each party, drawn from what is stated about it.

u_p(x) = sum_i w_pi v_pi(o_i) + terms of several issues, weights scaled to sum to one. The share of
assignments in which something holds is a share of *sampled value assignments*: it says how robust
a statement is against what is not known about the parties, and is not how likely it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from longroad.bargaining.draw import Numbers
from longroad.bargaining.lines import Line, lines_of, mask_of
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.problem import Bools, Floats, Ints, Problem, Term, trusted
from longroad.bargaining.weigh import points_of
from longroad.scenario.negotiation import Interests, Issue, Negotiation


@dataclass(frozen=True)
class Extra:
    """A part of utility over several issues: ``values`` (draws, parties, m_1, m_2, ...)."""

    scope: tuple[int, ...]
    values: Floats


@dataclass(frozen=True)
class Assignments:
    """Sampled utilities: ``tables[i]`` (draws, parties, m_i), ``weights`` (draws, parties, issues).

    ``reservation`` and ``demand`` (draws, parties): what a party keeps without a deal, and what
    ratifiers ask for beyond it. ``held`` are issues about which nothing is known, and the option
    at which they stay. ``unheard`` names what the file asks of the physics and did not get.
    """

    negotiation: Negotiation
    numbers: Numbers
    tables: tuple[Floats, ...]
    weights: Floats
    extras: tuple[Extra, ...]
    reservation: Floats
    demand: Floats
    lines: tuple[Line, ...]
    held: Mapping[int, int]
    unheard: tuple[str, ...]
    curve_weights: Mapping[tuple[str, str], Floats]

    @property
    def draws(self) -> int:
        """Return how many assignments there are."""
        return self.numbers.rows

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the ids of the parties."""
        return tuple(party.id for party in self.negotiation.parties)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Return the number of options of each issue."""
        return tuple(table.shape[2] for table in self.tables)

    def utilities(self, choices: Ints) -> Floats:
        """Return what packages are worth, (draws, packages, parties)."""
        total = np.zeros((self.draws, len(self.parties), len(choices)))
        for i, table in enumerate(self.tables):
            total += table[:, :, choices[:, i]]
        for extra in self.extras:
            total += pick(extra.values, [choices[:, i] for i in extra.scope])
        return np.asarray(total.transpose(0, 2, 1))

    def crossings(self, choices: Ints) -> Bools:
        """Return which packages would cross which lines if they were real, (lines, packages).

        By the best estimate of the physics, where a line is a bound on an outcome.
        """
        rows = [line.crossed[tuple(choices[:, i] for i in line.scope)] for line in self.lines]
        return np.array(rows, dtype=np.bool_).reshape(len(self.lines), len(choices))

    def hits(self, line: Line, choices: Ints) -> Bools:
        """Return where packages cross a line that is real, (draws, packages)."""
        place = tuple(choices[:, i] for i in line.scope)
        if line.kept is None:
            return np.asarray(line.active[:, None] & line.crossed[place][None, :])
        rows = np.array([mask[place] for mask in line.kept])
        return np.asarray(line.active[:, None] & rows[np.arange(self.draws) % len(rows)])

    def problem(
        self, draw: int, lines: Sequence[Line] | None = None, *, ratified: bool = False
    ) -> Problem:
        """Return one assignment as a problem, with the lines that are real in it (or ``lines``).

        With ``ratified`` what ratifiers ask for counts, and so do the vetoes of hosts.
        """
        if lines is None:
            lines = [one for one in self.lines if one.active[draw] and (ratified or not one.veto)]
        allowed = [np.ones(size, dtype=np.bool_) for size in self.sizes]
        for issue, option in self.held.items():
            allowed[issue][:] = np.arange(self.sizes[issue]) == option
        joint: dict[tuple[int, ...], Bools] = {}
        for one in lines:
            if len(one.scope) == 1:
                allowed[one.scope[0]] &= ~one.mask(draw)
            else:
                joint[one.scope] = joint.get(one.scope, True) & ~one.mask(draw)
        terms = []
        for extra in self.extras:
            fine = joint.pop(extra.scope, np.ones(extra.values.shape[2:], dtype=np.bool_))
            terms.append(Term(extra.scope, extra.values[draw], fine))
        count = len(self.parties)
        for scope, fine in joint.items():
            terms.append(Term(scope, np.zeros((count, *fine.shape)), fine))
        floor = self.reservation[draw]
        if ratified:
            floor = floor + np.maximum(self.demand[draw], 0.0)
        return trusted(
            self.parties,
            tuple(issue.id for issue in self.negotiation.issues),
            tuple(table[draw] for table in self.tables),
            tuple(allowed),
            tuple(terms),
            floor,
        )


def pick(values: Floats, place: Sequence[Any]) -> Floats:
    """Return what (draws, parties, m_1, m_2, ...) holds at options given."""
    index: Any = (slice(None), slice(None), *place)
    return np.asarray(values[index])


def package_rows(negotiation: Negotiation, packages: Sequence[Mapping[str, str]]) -> Ints:
    """Return packages, given by option ids, as option numbers (packages, issues)."""
    rows = [
        [issue.option_ids.index(choices[issue.id]) for issue in negotiation.issues]
        for choices in packages
    ]
    return np.array(rows, dtype=np.int64).reshape(len(rows), len(negotiation.issues))


def assignments(
    negotiation: Negotiation,
    *,
    draws: int | None = None,
    seed: int | None = None,
    block: PhysicsBlock | None = None,
    also: Sequence[str] = (),
) -> Assignments:
    """Return sampled value assignments; with ``draws`` 0, the one of the best estimates.

    ``also`` names numbers of another negotiation that are drawn beside these, so that both have
    the same numbers where they mean the same.

    ``block`` brings the outcomes of the physical issues. Without it their typed values count
    alone, curves and bounds are left out, and ``unheard`` says so.
    """
    numbers = Numbers(
        negotiation,
        negotiation.draws if draws is None else draws,
        negotiation.seed if seed is None else seed,
        also,
    )
    issues = negotiation.issues
    number = {issue.id: i for i, issue in enumerate(issues)}
    parties, rows = len(negotiation.parties), numbers.rows
    tables = [np.zeros((rows, parties, len(issue.options))) for issue in issues]
    weights = np.zeros((rows, parties, len(issues)))
    extras: list[Extra] = []
    curve_weights: dict[tuple[str, str], Floats] = {}
    for p, one in enumerate(negotiation.interests):
        swing, total, of_curves = points_of(one, negotiation, numbers, block)
        for i, issue in enumerate(issues):
            weights[:, p, i] = swing[:, i] / total
            for o, option in enumerate(issue.option_ids):
                if issue.id in one.values:
                    name = f"{one.party}/value/{issue.id}/{option}"
                    value = numbers.of(name, one.values[issue.id][option])
                    tables[i][:, p, o] = weights[:, p, i] * value
        for part in one.together:
            points = numbers.of(f"{one.party}/together/{part.id}", part.points) / total
            extras.append(_together(part.when, points, p, parties, number, issues))
        if block is not None:
            for outcome, of in of_curves.items():
                curve_weights[one.party, outcome] = of / total
            extras += _curves(one, p, parties, of_curves, total, block, number)
    parts = _merged(extras)
    merged = tuple(extra for extra in parts if len(extra.scope) > 1)
    for extra in parts:
        if len(extra.scope) == 1:
            tables[extra.scope[0]] += extra.values
    held = _held(negotiation, block)
    reservation, demand = _floors(negotiation, numbers, tables, merged, rows)
    return Assignments(
        negotiation=negotiation,
        numbers=numbers,
        tables=tuple(tables),
        weights=weights,
        extras=merged,
        reservation=reservation,
        demand=demand,
        lines=lines_of(negotiation, numbers, number, block),
        held=held,
        unheard=_unheard(negotiation, block),
        curve_weights=curve_weights,
    )


def _together(
    when: Mapping[str, Sequence[str]],
    points: Floats,
    party: int,
    parties: int,
    number: Mapping[str, int],
    issues: Sequence[Issue],
) -> Extra:
    scope, mask = mask_of(when, number, issues)
    values = np.zeros((len(points), parties, *mask.shape))
    values[:, party] = points.reshape(-1, *([1] * mask.ndim)) * mask
    return Extra(scope, values)


def _curves(
    one: Interests,
    party: int,
    parties: int,
    points: Mapping[str, Floats],
    total: Floats,
    block: PhysicsBlock,
    number: Mapping[str, int],
) -> list[Extra]:
    """Return what computed outcomes are worth to a party under its own assumptions."""
    scope = tuple(number[id] for id in block.issues)
    order = np.argsort(scope)
    found = []
    for curve in one.curves:
        share = points[curve.outcome] / total
        kept, *shape = block.values.shape[2:]
        by_draw = [
            np.interp(block.of(one.party, curve.outcome, k), curve.at, curve.value)
            for k in range(kept)
        ]
        values = np.zeros((len(share), parties, *shape))
        worth = np.array(by_draw)[np.arange(len(share)) % kept]
        values[:, party] = share.reshape(-1, *([1] * len(shape))) * worth
        axes = (0, 1, *(2 + order))
        found.append(Extra(tuple(sorted(scope)), values.transpose(axes)))
    return found


def _merged(extras: Sequence[Extra]) -> tuple[Extra, ...]:
    """Return one part for each set of issues; the first of each set is added to."""
    found: dict[tuple[int, ...], Floats] = {}
    for extra in extras:
        known = found.setdefault(extra.scope, extra.values)
        if known is not extra.values:
            known += extra.values
    return tuple(Extra(scope, values) for scope, values in found.items())


def _held(negotiation: Negotiation, block: PhysicsBlock | None) -> dict[int, int]:
    """Return the issues that nobody values, and the option at which they stay."""
    coupled = block.issues if block is not None else ()
    held = {}
    for i, issue in enumerate(negotiation.issues):
        typed = any(issue.id in one.values for one in negotiation.interests)
        joined = any(
            issue.id in part.when for one in negotiation.interests for part in one.together
        )
        if not typed and not joined and issue.id not in coupled:
            kept = (negotiation.no_deal or {}).get(issue.id, issue.option_ids[0])
            held[i] = issue.option_ids.index(kept)
    return held


def _floors(
    negotiation: Negotiation,
    numbers: Numbers,
    tables: Sequence[Floats],
    extras: Sequence[Extra],
    rows: int,
) -> tuple[Floats, Floats]:
    """Return reservation values and what ratifiers ask for beyond them, (rows, parties)."""
    parties = len(negotiation.parties)
    floor, demand = np.zeros((rows, parties)), np.zeros((rows, parties))
    base = np.zeros((rows, parties))
    if negotiation.no_deal is not None:
        (row,) = package_rows(negotiation, [negotiation.no_deal])
        for i, table in enumerate(tables):
            base += table[:, :, row[i]]
        for extra in extras:
            base += pick(extra.values, [int(row[i]) for i in extra.scope])
    for p, one in enumerate(negotiation.interests):
        own = one.reservation
        if own.value is None:
            floor[:, p] = base[:, p]
        else:
            floor[:, p] = numbers.of(f"{one.party}/reservation", own.value)
        if own.margin is not None:
            floor[:, p] += numbers.of(f"{one.party}/margin", own.margin)
    for body in negotiation.ratification:
        p = [party.id for party in negotiation.parties].index(body.party)
        share = body.needed / body.members
        ends = body.demand
        # The pivot: the member whose vote completes the number needed, from the most favourable.
        demand[:, p] = ends.low + (ends.high - ends.low) * share
    return floor, demand


def _unheard(negotiation: Negotiation, block: PhysicsBlock | None) -> tuple[str, ...]:
    if block is not None:
        return ()
    curves = [curve.outcome for one in negotiation.interests for curve in one.curves]
    bounds = [bound.outcome for line in negotiation.red_lines for bound in line.bounds]
    return tuple(dict.fromkeys([*curves, *bounds]))
