"""Whether any agreement exists, which red line stands in its way, and what a red line costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from longroad.bargaining.acceptance import Share, share
from longroad.bargaining.assign import Assignments
from longroad.bargaining.frontier import FINE, frontier, steps
from longroad.bargaining.gains import gains, gains_of
from longroad.bargaining.lines import Line
from longroad.bargaining.problem import Bools, Floats, Problem
from longroad.bargaining.solutions import nash_rows

MOST_CONSTRAINTS = 16


@dataclass(frozen=True)
class Zone:
    """Whether an agreement exists in each assignment: one that all accept and somebody prefers.

    ``best`` (draws, parties): the most that each party gains in any package acceptable to all;
    ``nash`` (draws, parties): what it gains at the Nash point; zero where there is none.
    ``points`` (draws,): how many points the frontier has.
    """

    exists: Bools
    best: Floats
    nash: Floats
    points: Floats

    @property
    def share(self) -> Share:
        """Return the share of assignments with an agreement."""
        return share(self.exists)


def zone(
    sampled: Assignments,
    draws: Sequence[int] | None = None,
    *,
    ratified: bool = False,
    without: Line | None = None,
    workers: int | None = None,
) -> Zone:
    """Return whether an agreement exists in each assignment (or in ``draws``).

    ``without`` leaves out one red line. The answer does not depend on ``workers``.
    """
    chosen = range(sampled.draws) if draws is None else draws
    best = np.zeros((len(chosen), len(sampled.parties)))
    nash, points = best.copy(), np.zeros(len(chosen))
    exists = np.zeros(len(chosen), dtype=np.bool_)
    for some in gains(sampled, chosen, ratified=ratified, without=without, workers=workers):
        count = np.diff(some.starts)
        points[some.places] = count
        have = np.flatnonzero(count)  # an empty run has no greatest
        if not len(have):
            continue
        first, places = some.starts[have], some.places[have]
        held = np.maximum.reduceat(some.values, first)
        real = np.any(held > 0.0, axis=1)
        exists[places] = real
        best[places[real]] = held[real]
        chosen_rows = nash_rows(
            some.points - np.repeat(steps(some.kept, FINE), count, axis=0), first
        )
        nash[places[real]] = some.values[chosen_rows[real]]
    return Zone(exists, best, nash, points)


@dataclass(frozen=True)
class Price:
    """What one red line costs: agreements lost, and gains at the Nash point by party."""

    line: str
    party: str
    active: float
    with_line: float
    without_line: float
    nash_change: tuple[float, ...]
    """Mean gain at the Nash point with the line less that without it, by party."""
    best_change: tuple[float, ...]
    """The same for the most that each party can gain; never above zero."""

    @property
    def blocked(self) -> float:
        """Return the share of assignments in which only this line stands in the way."""
        return self.without_line - self.with_line


def prices(
    sampled: Assignments, draws: Sequence[int], *, ratified: bool = True, workers: int | None = None
) -> tuple[Price, ...]:
    """Return the price of every red line over some assignments, dearest first."""
    whole = zone(sampled, draws, ratified=ratified, workers=workers)
    found = []
    for line in sampled.lines:
        if line.veto and not ratified:
            continue
        # Where the line is not real, leaving it out changes nothing.
        touched = [k for k, draw in enumerate(draws) if line.active[draw]]
        exists, nash, best = whole.exists.copy(), whole.nash.copy(), whole.best.copy()
        if touched:
            some = [draws[k] for k in touched]
            other = zone(sampled, some, ratified=ratified, without=line, workers=workers)
            exists[touched], nash[touched], best[touched] = other.exists, other.nash, other.best
        found.append(
            Price(
                line.line.id,
                line.line.holder,
                len(touched) / len(draws),
                float(whole.exists.mean()),
                float(exists.mean()),
                tuple(map(float, (whole.nash - nash).mean(axis=0))),
                tuple(map(float, (whole.best - best).mean(axis=0))),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.blocked, sum(one.nash_change), one.line)))


@dataclass(frozen=True)
class Conflict:
    """A smallest set of conditions that together leave no agreement: lines, and floors."""

    lines: tuple[str, ...]
    floors: tuple[str, ...]
    """Parties whose reservation value is among the conditions."""


def smallest_conflicts(sampled: Assignments, draw: int = 0) -> tuple[Conflict, ...]:
    """Return all smallest sets of red lines and reservation values that rule out agreement.

    All lines count as real. Empty when an agreement exists even so. Conditions are added, not
    removed: a set of size k is looked at only when none of size k - 1 is in conflict, and what
    holds of a set holds of all that contain it.
    """
    lines, parties = list(sampled.lines), sampled.parties
    names = [*range(len(lines)), *(-1 - p for p in range(len(parties)))]
    if len(lines) > MOST_CONSTRAINTS:
        lines = lines[:MOST_CONSTRAINTS]
        names = [n for n in names if n < MOST_CONSTRAINTS]
    if _possible(sampled, draw, names):
        return ()
    for size in range(1, len(names) + 1):
        found = [s for s in combinations(names, size) if not _possible(sampled, draw, s)]
        if found:
            return tuple(
                Conflict(
                    tuple(lines[n].line.id for n in s if n >= 0),
                    tuple(parties[-1 - n] for n in s if n < 0),
                )
                for s in found
            )
    return ()


def _possible(sampled: Assignments, draw: int, names: Sequence[int]) -> bool:
    """Return whether a package meets the conditions named and somebody gains by it."""
    lines = [sampled.lines[n] for n in names if n >= 0]
    one = sampled.problem(draw, lines)
    floor = np.full(len(one.parties), -1e6)
    kept = [-1 - n for n in names if n < 0]
    floor[kept] = one.reservation[kept]
    relaxed = Problem(one.parties, one.issues, one.tables, one.allowed, one.terms, floor)
    found = frontier(relaxed)
    return len(found) > 0 and bool(np.any(gains_of(found, one) > 0.0))
