"""The exact frontier: every package that no other package beats for all parties.

Dominance survives addition, so P(A + B) = P(P(A) + P(B)) (Nemhauser and Ullmann, Management
Science 15:9, 1969): the frontier is built issue by issue and packages are never listed. Issues
that belong together (terms of several issues) are eliminated one after another, given all options
of those they still touch. Utilities are whole multiples of ``resolution``: floating-point sums
would break ties and invent points. The method, with its worst case: docs/methods/bargaining.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from longroad.bargaining.dominance_kernel import combined, reduced
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.problem import Bools, Floats, Ints, Problem, at

FINE = 1e-9
MOST_ROWS = 6_000_000  # sums compared at once: some 300 MB
MOST_TOGETHER = 4096  # combinations of issues that belong together and are simply listed
MOST_TIED = 200_000  # combinations that an issue forms with those it is tied to
NO_FLOOR = np.iinfo(np.int64).min // 4


@dataclass(frozen=True)
class Frontier:
    """Undominated packages, best for the first party first.

    ``points`` (n, parties) in steps of ``resolution``; ``choices`` (n, issues), one package for
    each point; ``counts`` (n,), how many packages give exactly this point. ``floor`` (parties,)
    in the same steps is the disagreement point below which packages were left out, or None.
    """

    points: Ints
    choices: NDArray[np.int16]
    counts: Ints
    floor: Ints | None
    resolution: float

    def __len__(self) -> int:
        return len(self.points)

    @property
    def utilities(self) -> Floats:
        """Return the points as utilities, (n, parties)."""
        return np.asarray(self.points * self.resolution, dtype=np.float64)


@dataclass(frozen=True)
class _Part:
    """Sums over some issues: points, how many packages give each, and the options chosen.

    ``choices`` (n, issues of this part), in the order of ``issues``.
    """

    points: Ints
    counts: Ints
    issues: tuple[int, ...]
    choices: NDArray[np.int16]


@dataclass(frozen=True)
class _Whole:
    """The problem in whole numbers."""

    names: tuple[str, ...]
    tables: tuple[Ints, ...]
    allowed: tuple[Bools, ...]
    terms: tuple[tuple[tuple[int, ...], Ints, Bools], ...]


def steps(values: Floats, resolution: float) -> Ints:
    """Return utilities in whole steps."""
    return np.rint(values / resolution).astype(np.int64)


def floor_of(reservation: Floats, tables: int, resolution: float = FINE) -> Ints:
    """Return reservation values in steps, less half a step for each of the tables rounded.

    Without that allowance a package worth exactly the reservation value could fail by rounding.
    """
    return steps(reservation, resolution) - (tables + 1) // 2


def frontier(
    one: Problem,
    *,
    acceptable: bool = True,
    resolution: float = FINE,
    most_rows: int = MOST_ROWS,
) -> Frontier:
    """Return the exact frontier, by default among packages acceptable to every party.

    ``resolution`` is the step to which each option's utility is rounded; a coarser one bounds the
    number of points and misplaces a package by at most half a step for each issue. A frontier
    without points means that no package is acceptable to all.

    Raises :class:`BargainingError` when more than ``most_rows`` sums would have to be compared:
    the worst case is exponential.
    """
    whole = _Whole(
        one.issues,
        tuple(steps(table, resolution) for table in one.tables),
        one.allowed,
        tuple((t.scope, steps(t.values, resolution), t.allowed) for t in one.terms),
    )
    parties = len(one.parties)
    tables = len(one.issues) + len(one.terms)
    floor = floor_of(one.reservation, tables, resolution) if acceptable else None
    low = floor if floor is not None else np.full(parties, NO_FLOOR)
    groups = groups_of(len(whole.tables), [scope for scope, _, _ in whole.terms])
    parts = [_together(whole, group, most_rows) for group in groups]
    parts.sort(key=lambda part: len(part.points))
    if len(parts[0].points) == 0:
        return _finished(parts[:1], one, floor, resolution)
    highest = np.array([part.points.max(axis=0) for part in parts])
    rest = np.cumsum(highest[::-1], axis=0)[::-1]
    made = _single(parties)
    for k, part in enumerate(parts):
        after = rest[k + 1] if k + 1 < len(parts) else np.zeros(parties, dtype=np.int64)
        made = _sum(made, part, low - after, most_rows, f"{k + 1} of {len(parts)}")
    return _finished([made], one, floor, resolution)


def _finished(
    parts: Sequence[_Part], one: Problem, floor: Ints | None, resolution: float
) -> Frontier:
    """Return the frontier with its options in the order of the issues."""
    (part,) = parts
    choices = np.zeros((len(part.points), len(one.issues)), dtype=np.int16)
    choices[:, list(part.issues)] = part.choices
    return Frontier(part.points, choices, part.counts, floor, resolution)


def _single(parties: int) -> _Part:
    """Return the empty package."""
    return _Part(
        np.zeros((1, parties), dtype=np.int64),
        np.ones(1, dtype=np.int64),
        (),
        np.zeros((1, 0), dtype=np.int16),
    )


def _nothing(parties: int) -> _Part:
    part = _single(parties)
    return _Part(part.points[:0], part.counts[:0], (), part.choices[:0])


def _sum(left: _Part, right: _Part, floor: Ints, most_rows: int, where: str) -> _Part:
    rows = len(left.points) * len(right.points)
    if rows > most_rows:
        raise BargainingError(
            f"at group {where} of issues the frontier would have to compare {rows:,} sums "
            f"({len(left.points):,} points so far)",
            expected=f"at most {most_rows:,}: fewer options, values on a coarser scale "
            "('resolution', such as 1e-4), or reservation values that rule out more",
        )
    points, counts, first, second = combined(
        left.points, left.counts, right.points, right.counts, floor
    )
    choices = np.concatenate([left.choices[first], right.choices[second]], axis=1)
    return _Part(points, counts, left.issues + right.issues, choices)


def _union(parts: Sequence[_Part], most_rows: int, where: str) -> _Part:
    """Return what is undominated among several sets."""
    if len(parts) == 1:
        return parts[0]
    sizes = [len(part.points) for part in parts]
    if sum(sizes) > most_rows:
        raise BargainingError(
            f"at '{where}' the frontier would have to compare {sum(sizes):,} sums",
            expected=f"at most {most_rows:,}",
        )
    points = np.concatenate([part.points for part in parts])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    rows, counts = reduced(points, np.concatenate([part.counts for part in parts]), starts)
    order = [np.argsort(part.issues) for part in parts]
    choices = np.concatenate([p.choices[:, o] for p, o in zip(parts, order, strict=True)])
    return _Part(points[rows], counts, tuple(sorted(parts[0].issues)), choices[rows])


def groups_of(issues: int, scopes: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Return so many issues in groups that no part over several of them connects."""
    group = list(range(issues))
    for scope in scopes:
        joined = {group[i] for i in scope}
        group = [min(joined) if g in joined else g for g in group]
    return [tuple(i for i, g in enumerate(group) if g == head) for head in sorted(set(group))]


def _together(whole: _Whole, group: tuple[int, ...], most_rows: int) -> _Part:
    """Return the undominated sums over the issues of one group."""
    if len(group) == 1:
        # What is dominated here falls out with the first sum; nothing to sort or compare yet.
        (i,) = group
        kept = np.flatnonzero(whole.allowed[i])
        points = np.ascontiguousarray(whole.tables[i][:, kept].T)
        choices = kept.astype(np.int16)[:, None]
        return _Part(points, np.ones(len(kept), dtype=np.int64), group, choices)
    combinations = prod(whole.tables[i].shape[1] for i in group)
    if combinations <= MOST_TOGETHER:
        return _listed(whole, group)
    return _eliminated(whole, group, most_rows)


def _listed(whole: _Whole, group: tuple[int, ...]) -> _Part:
    """List the allowed combinations of a small group."""
    parties = whole.tables[0].shape[0]
    # Red lines leave few options of an issue: only combinations of those that are left are listed.
    kept = {i: np.flatnonzero(whole.allowed[i]) for i in group}

    def shape(scope: Sequence[int]) -> tuple[int, ...]:
        return tuple(len(kept[i]) if i in scope else 1 for i in group)

    total = np.zeros((parties, *shape(group)), dtype=np.int64)
    for i in group:
        total += whole.tables[i][:, kept[i]].reshape(parties, *shape((i,)))
    fine = np.ones(shape(group), dtype=np.bool_)
    for scope, values, allowed in whole.terms:
        if scope[0] in kept:
            place = np.ix_(*(kept[i] for i in scope))
            total += at(values, place).reshape(parties, *shape(scope))
            fine &= allowed[place].reshape(shape(scope))
    rows = np.flatnonzero(fine)
    points = np.ascontiguousarray(total.reshape(parties, -1).T[rows])
    places = np.unravel_index(rows, fine.shape)
    options = np.stack([kept[i][p] for i, p in zip(group, places, strict=True)], axis=1)
    order = np.lexsort(-points.T[::-1])
    points = np.ascontiguousarray(points[order])
    rows, counts = reduced(
        points, np.ones(len(points), dtype=np.int64), np.zeros(1, dtype=np.int64)
    )
    return _Part(points[rows], counts, group, options[order][rows].astype(np.int16))


def _eliminated(whole: _Whole, group: tuple[int, ...], most_rows: int) -> _Part:
    """Eliminate the issues of a group one by one, the least costly first."""
    parties = whole.tables[0].shape[0]
    sizes = {i: whole.tables[i].shape[1] for i in group}
    terms = [term for term in whole.terms if term[0][0] in sizes]
    messages: list[tuple[tuple[int, ...], dict[tuple[int, ...], _Part]]] = []
    left = set(group)
    while True:
        scopes = [term[0] for term in terms] + [scope for scope, _ in messages]
        cost, issue = min((_cost(i, scopes, sizes), i) for i in left)
        if cost > MOST_TIED:
            raise BargainingError(
                f"'{whole.names[issue]}' and the issues tied to it have {cost:,} combinations",
                expected=f"at most {MOST_TIED:,}: fewer issues in one term or red line",
            )
        near = tuple(sorted(set().union(*[s for s in scopes if issue in s] or [()]) - {issue}))
        own_terms = [term for term in terms if issue in term[0]]
        own_messages = [message for message in messages if issue in message[0]]
        found: dict[tuple[int, ...], _Part] = {}
        for given in np.ndindex(*(sizes[i] for i in near)):
            placed = dict(zip(near, given, strict=True))
            choices = []
            for option in range(sizes[issue]):
                part = _given(
                    whole, issue, placed | {issue: option}, own_terms, own_messages, most_rows
                )
                if part is not None and len(part.points):
                    choices.append(part)
            if choices:
                found[given] = _union(choices, most_rows, whole.names[issue])
        left.discard(issue)
        if not left:
            return found.get((), _nothing(parties))
        terms = [term for term in terms if issue not in term[0]]
        messages = [message for message in messages if issue not in message[0]]
        messages.append((near, found))


def _cost(issue: int, scopes: Sequence[tuple[int, ...]], sizes: dict[int, int]) -> int:
    near = set().union({issue}, *[scope for scope in scopes if issue in scope])
    return prod(sizes[i] for i in near)


def _given(
    whole: _Whole,
    issue: int,
    placed: dict[int, int],
    terms: Sequence[tuple[tuple[int, ...], Ints, Bools]],
    messages: Sequence[tuple[tuple[int, ...], dict[tuple[int, ...], _Part]]],
    most_rows: int,
) -> _Part | None:
    """Return the sums that end with one option of an issue, its neighbours given."""
    option = placed[issue]
    if not whole.allowed[issue][option]:
        return None
    parties = whole.tables[0].shape[0]
    value = whole.tables[issue][:, option].copy()
    for scope, values, allowed in terms:
        place = tuple(placed[i] for i in scope)
        if not allowed[place]:
            return None
        value += at(values, place)
    chosen = np.full((1, 1), option, dtype=np.int16)
    part = _Part(value[None, :], np.ones(1, dtype=np.int64), (issue,), chosen)
    floor = np.full(parties, NO_FLOOR)
    for scope, message in messages:
        further = message.get(tuple(placed[i] for i in scope))
        if further is None:
            return None
        part = _sum(part, further, floor, most_rows, whole.names[issue])
    return part
