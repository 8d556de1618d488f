"""What the points of the frontier gain every party, in many value assignments at once.

Assignments in which the same issues belong together (the same red lines over several issues are
real) are laid out as arrays and compared by one kernel; each has the frontier that it has alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from math import prod

import numpy as np

from longroad.bargaining.assign import Assignments
from longroad.bargaining.frontier import (
    FINE,
    MOST_ROWS,
    MOST_TOGETHER,
    Frontier,
    floor_of,
    frontier,
    groups_of,
    steps,
)
from longroad.bargaining.frontiers_kernel import frontiers
from longroad.bargaining.lines import Line
from longroad.bargaining.problem import Bools, Floats, Ints, Problem

AT_ONCE = 128
Scope = tuple[int, ...]


def gains_of(found: Frontier, one: Problem) -> Floats:
    """Return what every point of a frontier gains over the reservation values, rounding off."""
    parts = len(one.issues) + len(one.terms)
    return _rounded(found.utilities - one.reservation, found.resolution, parts)


def _rounded(gains: Floats, resolution: float, parts: int) -> Floats:
    slack = resolution * (parts + 1)
    return np.where(np.abs(gains) <= slack, 0.0, gains)


@dataclass(frozen=True)
class Gains:
    """Frontiers of some assignments after one another, each best for the first party first.

    ``places`` (assignments,) are places among those asked for; assignment k has the rows from
    ``starts[k]`` to ``starts[k + 1]`` of ``points`` (n, parties), in steps of `FINE`, and of
    ``values`` (n, parties), what they gain. ``kept`` (assignments, parties): without a deal.
    """

    places: Ints
    starts: Ints
    points: Ints
    values: Floats
    kept: Floats

    def each(self) -> Iterator[tuple[int, Floats]]:
        """Yield the place of every assignment, and what its points gain."""
        for k, place in enumerate(self.places.tolist()):
            yield place, self.values[self.starts[k] : self.starts[k + 1]]


def gains(
    sampled: Assignments,
    draws: Sequence[int],
    *,
    ratified: bool = False,
    without: Line | None = None,
    workers: int | None = None,
) -> Iterator[Gains]:
    """Yield what the frontiers of some assignments gain, many at a time, in any order.

    With ``ratified`` what ratifiers ask for counts, and so do the vetoes of hosts; ``without``
    leaves out one red line. Raises :class:`BargainingError` as `frontier` does.
    """
    rows = np.asarray(draws, dtype=np.int64)
    lines = [one for one in sampled.lines if (ratified or not one.veto) and one is not without]
    kept = sampled.reservation[rows]
    if ratified:
        kept = kept + np.maximum(sampled.demand[rows], 0.0)
    wide = [one for one in lines if len(one.scope) > 1]
    real = np.array([one.active[rows] for one in wide], dtype=np.bool_).reshape(-1, len(rows))
    patterns: dict[bytes, list[int]] = {}
    for place, pattern in enumerate(real.T):
        patterns.setdefault(pattern.tobytes(), []).append(place)
    tasks: list[tuple[_Alike, Ints]] = []
    for places in patterns.values():
        scopes = dict.fromkeys(wide[k].scope for k in np.flatnonzero(real[:, places[0]]))
        alike = _Alike(sampled, tuple(lines), tuple(scopes), ratified)
        tasks += [
            (alike, np.array(places[first : first + AT_ONCE]))
            for first in range(0, len(places), AT_ONCE)
        ]

    def some(task: tuple[_Alike, Ints]) -> Gains:
        alike, places = task
        return alike.gains(places, rows[places], kept[places])

    if (workers or 1) > 1:
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(some, tasks)
    else:
        yield from map(some, tasks)


@dataclass(frozen=True)
class _Alike:
    """Assignments in which the lines over several issues that are real have the same scopes."""

    sampled: Assignments
    lines: tuple[Line, ...]
    wide: tuple[Scope, ...]
    ratified: bool

    def gains(self, places: Ints, rows: Ints, kept: Floats) -> Gains:
        """Return the gains of assignments ``rows``, which keep ``kept`` without a deal."""
        parts = len(self.sampled.tables) + len(self._scopes)
        found = self._together(rows, floor_of(kept, parts)) if self._small else None
        points, count = self._alone(rows) if found is None else found
        starts = np.concatenate([[0], np.cumsum(count)])
        values = np.asarray(points * FINE - np.repeat(kept, count, axis=0), dtype=np.float64)
        return Gains(places, starts, points, _rounded(values, FINE, parts), kept)

    def _together(self, rows: Ints, floor: Ints) -> tuple[Ints, Ints] | None:
        """Return the points and their number by assignment; None where they are too many."""
        entries, edges = self._layout
        joint = np.array([len(group) > 1 for group in self._groups])
        points, count = frontiers(
            self._values(rows), entries, self._fine(rows), edges, joint, floor, MOST_ROWS
        )
        return None if np.any(count < 0) else (points, count)

    def _alone(self, rows: Ints) -> tuple[Ints, Ints]:
        """Return the same, one assignment after the other."""
        found = []
        for row in rows.tolist():
            real = [one for one in self.lines if one.active[row]]
            found.append(frontier(self.sampled.problem(row, real, ratified=self.ratified)).points)
        return np.concatenate(found), np.array([len(points) for points in found])

    @cached_property
    def _scopes(self) -> list[Scope]:
        """Return the issues of everything that depends on several of them."""
        return list(dict.fromkeys([*(one.scope for one in self.sampled.extras), *self.wide]))

    @cached_property
    def _groups(self) -> list[Scope]:
        return groups_of(len(self.sampled.tables), self._scopes)

    @property
    def _small(self) -> bool:
        """Return whether the combinations of every group can simply be listed."""
        sizes = self.sampled.sizes
        return all(
            len(group) == 1 or prod(sizes[i] for i in group) <= MOST_TOGETHER
            for group in self._groups
        )

    @cached_property
    def _layout(self) -> tuple[Ints, Ints]:
        """Return which entries make up each combination (n, most), and where groups begin.

        Entries are the options of all issues, then those of all parts over several issues.
        """
        sizes, extras = self.sampled.sizes, self.sampled.extras
        first = np.concatenate([[0], np.cumsum([*sizes, *(_size(one.values) for one in extras)])])
        blocks: list[Ints] = []
        for group in self._groups:
            options = np.indices([sizes[i] for i in group]).reshape(len(group), -1)
            columns = [first[i] + options[k] for k, i in enumerate(group)]
            for k, extra in enumerate(extras):
                if extra.scope[0] in group:
                    chosen = [options[group.index(i)] for i in extra.scope]
                    flat = np.ravel_multi_index(chosen, [sizes[i] for i in extra.scope])
                    columns.append(first[len(sizes) + k] + flat)
            blocks.append(np.column_stack(columns).astype(np.int64))
        most = max(block.shape[1] for block in blocks)
        wide = [
            np.pad(one, ((0, 0), (0, most - one.shape[1])), constant_values=-1) for one in blocks
        ]
        edges = np.concatenate([[0], np.cumsum([len(one) for one in blocks])])
        return np.concatenate(wide), edges.astype(np.int64)

    def _values(self, rows: Ints) -> Ints:
        """Return what every entry is worth in steps (assignments, parties, entries)."""
        tables = [table[rows] for table in self.sampled.tables]
        extras = [one.values[rows] for one in self.sampled.extras]
        flat = [one.reshape(len(rows), one.shape[1], -1) for one in (*tables, *extras)]
        return steps(np.concatenate(flat, axis=2), FINE)

    def _fine(self, rows: Ints) -> Bools:
        """Return which combinations no line rules out (assignments, combinations)."""
        sampled, found = self.sampled, []
        for group in self._groups:
            sizes = [sampled.sizes[i] for i in group]
            fine = np.ones((len(rows), *sizes), dtype=np.bool_)
            for issue, option in sampled.held.items():
                if issue in group:
                    fine &= _over(group, sizes, np.arange(sampled.sizes[issue]) == option, (issue,))
            for line in self.lines:
                if line.scope[0] not in group or (
                    len(line.scope) > 1 and line.scope not in self.wide
                ):
                    continue
                masks = (
                    line.crossed[None] if line.kept is None else line.kept[rows % len(line.kept)]
                )
                real = line.active[rows].reshape(-1, *([1] * len(line.scope)))
                fine &= _over(group, sizes, ~(real & masks), line.scope)
            found.append(fine.reshape(len(rows), -1))
        return np.concatenate(found, axis=1)


def _size(values: Floats) -> int:
    return prod(values.shape[2:])


def _over(group: Scope, sizes: Sequence[int], mask: Bools, scope: Scope) -> Bools:
    """Return a mask (..., options of ``scope``) with an axis for every issue of a group."""
    shape = [size if i in scope else 1 for i, size in zip(group, sizes, strict=True)]
    return mask.reshape(*mask.shape[: mask.ndim - len(scope)], *shape)
