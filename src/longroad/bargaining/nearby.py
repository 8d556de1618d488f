"""Packages near another one: the nearest that all accept, trades that gain all, and drafting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.problem import Floats, Ints, Problem, permitted, utilities

MOST_NEIGHBOURS = 4_000_000
SLACK = 1e-9


@dataclass(frozen=True)
class Nearest:
    """The acceptable packages that differ from a proposal in fewest issues.

    ``changes`` is that number; ``choices`` (packages, issues) and ``gains`` (packages, parties)
    over the reservation values, the one with the greatest product of gains first.
    """

    changes: int
    choices: Ints
    gains: Floats


def neighbours(one: Problem, package: Ints, changes: int) -> Iterator[Ints]:
    """Yield the packages that differ from ``package`` (issues,) in exactly so many issues."""
    sizes = one.sizes
    for issues in combinations(range(len(sizes)), changes):
        others = [
            np.array([o for o in range(sizes[i]) if o != package[i]], dtype=np.int64)
            for i in issues
        ]
        grid = np.stack(np.meshgrid(*others, indexing="ij"), axis=-1).reshape(-1, changes)
        block = np.repeat(package[None, :], len(grid), axis=0)
        block[:, list(issues)] = grid
        yield block


def _count(one: Problem, changes: int) -> int:
    spare = np.array([size - 1 for size in one.sizes], dtype=object)
    ways = [1] + [0] * changes
    for n in spare:
        for k in range(changes, 0, -1):
            ways[k] += ways[k - 1] * int(n)
    return ways[changes]


def nearest_acceptable(one: Problem, package: Ints, most: int = 5) -> Nearest | None:
    """Return the nearest packages to a proposal that all accept, or None when none is.

    Looks at 0, 1, 2, ... changed issues, up to all of them. Raises :class:`BargainingError` where
    that would mean more than 4,000,000 packages.
    """
    for changes in range(len(one.sizes) + 1):
        if _count(one, changes) > MOST_NEIGHBOURS:
            raise BargainingError(
                f"no package with fewer than {changes} changes is acceptable to all, and "
                f"{_count(one, changes):,} have {changes}",
                expected=f"at most {MOST_NEIGHBOURS:,}",
            )
        found = []
        for block in neighbours(one, package, changes) if changes else [package[None, :]]:
            gains = utilities(one, block) - one.reservation
            fine = np.all(gains >= -SLACK, axis=1) & permitted(one, block)
            if np.any(fine):
                found.append(block[fine])
        if found:
            choices = np.concatenate(found)
            gains = np.maximum(utilities(one, choices) - one.reservation, 0.0)
            order = np.lexsort((-gains.sum(axis=1), -np.prod(gains, axis=1)))[:most]
            return Nearest(changes, choices[order], gains[order])
    return None


@dataclass(frozen=True)
class Trade:
    """A change of one or two issues that no party loses by and one or more gain by."""

    issues: tuple[int, ...]
    options: tuple[int, ...]
    gains: Floats


def trades(one: Problem, package: Ints, most: int = 10) -> tuple[Trade, ...]:
    """Return the changes of one or two issues that gain most for whoever gains least by them."""
    before = utilities(one, package[None, :])[0]
    found: list[Trade] = []
    for changes in (1, 2):
        for block in neighbours(one, package, changes):
            gains = utilities(one, block) - before
            fine = np.all(gains >= -SLACK, axis=1) & np.any(gains > SLACK, axis=1)
            fine &= permitted(one, block)
            issues = tuple(int(i) for i in np.flatnonzero(block[0] != package))
            found += [
                Trade(issues, tuple(int(block[k, i]) for i in issues), gains[k])
                for k in np.flatnonzero(fine)
            ]
    # A pair that gains no more than one of its issues alone is not a trade of two.
    single = {(t.issues[0], t.options[0]): t for t in found if len(t.issues) == 1}
    kept = [t for t in found if len(t.issues) == 1 or not _padded(t, single)]
    kept.sort(key=lambda t: (-float(t.gains.min()), -float(t.gains.sum()), t.issues))
    return tuple(kept[:most])


def _padded(trade: Trade, single: dict[tuple[int, int], Trade]) -> bool:
    parts = zip(trade.issues, trade.options, strict=True)
    return any(part in single for part in parts)


@dataclass(frozen=True)
class Draft:
    """A draft of a single negotiating text: the package and what it is worth to each party."""

    choices: Ints
    utilities: Floats


def single_text(one: Problem, start: Ints, changes: int) -> tuple[Draft, ...]:
    """Return the drafts of a mediator who starts at ``start`` and improves for all.

    Each round takes, of all packages that differ in at most ``changes`` issues, that no party
    likes less and one likes more, the one whose least gain is greatest (the sum decides ties).
    It ends where there is none, which is often short of the frontier. Source: Raiffa, The Art and
    Science of Negotiation, 1982 (the single negotiating text).
    """
    drafts = [Draft(start.copy(), utilities(one, start[None, :])[0])]
    while True:
        now = drafts[-1]
        best: tuple[float, float] = (0.0, 0.0)
        chosen: Ints | None = None
        for size in range(1, changes + 1):
            for block in neighbours(one, now.choices, size):
                gains = utilities(one, block) - now.utilities
                fine = np.all(gains >= -SLACK, axis=1) & permitted(one, block)
                for k in np.flatnonzero(fine & np.any(gains > SLACK, axis=1)):
                    key = (round(float(gains[k].min()), 9), round(float(gains[k].sum()), 9))
                    if key > best:
                        best, chosen = key, block[k]
        if chosen is None:
            return tuple(drafts)
        drafts.append(Draft(chosen, utilities(one, chosen[None, :])[0]))
