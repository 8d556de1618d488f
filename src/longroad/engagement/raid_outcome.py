"""What comes of many replicates of a raid: whole-number sums, and the statistics made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import RaidError, nearest
from longroad.engagement.raid_count_kernel import BY_BATTERY, BY_PARTY, FIXED

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

WHOLE = (
    "leakers", "nothing_leaks", "launched", "hits", "misses", "surplus", "double", "at_decoys",
    "wasted", "double_engagements", "engaged", "decoys_engaged",
    "never_engageable", "lost_to_procedure", "passed_over", "not_fired_at", "missed",
)  # fmt: skip
"""Measures of a raid. launched = hits + misses + surplus + double + at_decoys; wasted = double +
at_decoys; leakers = the last five, the reasons why an object got through."""
BATTERY = ("launched", "hits", "wasted")
PARTY = ("launched", "hits", "wasted", "barred", "refused", "late")
"""The last three count pairs of true object and party that procedure kept the party from."""


@dataclass(frozen=True)
class Measure:
    """One thing that is counted: of the whole raid, or of one territory, battery or party."""

    name: str
    of: str = "raid"
    index: int = -1


def layout(territories: int, batteries: int, parties: int) -> tuple[Measure, ...]:
    """Return the measures in the order of the kernel."""
    return (
        *(Measure(name) for name in WHOLE),
        *(Measure("leakers", "territory", t) for t in range(territories)),
        *(Measure(name, "battery", b) for b in range(batteries) for name in BATTERY),
        *(Measure(name, "party", p) for p in range(parties) for name in PARTY),
    )


assert (len(WHOLE), len(BATTERY), len(PARTY)) == (FIXED, BY_BATTERY, BY_PARTY)


@dataclass(frozen=True)
class Outcome:
    """Sums over ``replicates``; A agreements, D discriminations (``modes``), M ``measures``.

    ``total`` (A, D, M) sums and ``cross`` (D, M, A, A) sums of products between agreements (lower
    triangle), both of the whole sequence of raids; ``by_raid`` (R, A, D, M) sums of each raid.
    Numbers of replicates: ``leaks`` (A, D, 1 + T, O + 1) by leakers in all and by territory,
    ``launched`` and ``wasted`` (A, D, L + 1) by interceptors. ``samples`` (n, A, D, M) single
    replicates, where asked for.
    """

    replicates: int
    first: int
    modes: Counts
    measures: tuple[Measure, ...]
    total: Counts
    cross: Counts
    by_raid: Counts
    leaks: Counts
    launched: Counts
    wasted: Counts
    samples: Counts

    def index(self, name: str, of: str = "raid", index: int = -1) -> int:
        """Return the place of a measure; raise :class:`RaidError` with the nearest name."""
        try:
            return self.measures.index(Measure(name, of, index))
        except ValueError:
            known = {one.name for one in self.measures if one.of == of}
            raise RaidError(
                f"there is no measure '{name}' of {of} {index}", expected=", ".join(sorted(known)),
                nearest=nearest(name, known),
            ) from None  # fmt: skip

    def mean(self) -> Array:
        """Return the means (A, D, M)."""
        return np.asarray(self.total / self.replicates)

    def error(self) -> Array:
        """Return the sampling errors of the means (A, D, M); NaN for a single replicate."""
        squares = np.einsum("dmaa->adm", self.cross)
        return _error(self.total, squares, self.replicates)

    def difference(self, a: int, b: int) -> tuple[Array, Array]:
        """Return mean (D, M) of agreement a less b, replicate by replicate, and its error.

        Both meet the same luck, so the error is that of the paired difference.
        """
        sums = self.total[a] - self.total[b]
        both = self.cross[..., max(a, b), min(a, b)]
        squares = self.cross[..., a, a] + self.cross[..., b, b] - 2 * both
        return sums / self.replicates, _error(sums, squares, self.replicates)

    def leak_quantile(self, probability: float) -> Counts:
        """Return the fewest leakers (A, D, 1 + T) that such a share of replicates do not exceed."""
        return _quantile(self.leaks, probability, self.replicates)

    def launched_quantile(self, probability: float) -> Counts:
        """Return the same of the interceptors launched (A, D)."""
        return _quantile(self.launched, probability, self.replicates)

    def wasted_quantile(self, probability: float) -> Counts:
        """Return the same of the interceptors wasted (A, D)."""
        return _quantile(self.wasted, probability, self.replicates)


def _error(sums: Counts, squares: Counts, n: int) -> Array:
    """Return the standard error of a mean; the subtraction is exact, in whole numbers.

    n sum(x^2) - sum(x)^2 can pass 2^63, so Python's integers do it.
    """
    if n < 2:
        return np.full(np.shape(sums), np.nan)
    spread = n * squares.astype(object) - sums.astype(object) ** 2
    return np.asarray(np.sqrt(spread.astype(np.float64) / (n - 1)) / n)


def _quantile(counts: Counts, probability: float, n: int) -> Counts:
    if not 0.0 < probability <= 1.0:
        raise ValueError("a quantile needs a probability above 0 and at most 1")
    reached = counts.cumsum(axis=-1) >= probability * n
    return np.asarray(reached.argmax(axis=-1), dtype=np.int64)


def merged(parts: Sequence[Outcome]) -> Outcome:
    """Return the sum of blocks of replicates that follow each other."""
    first = parts[0]
    for before, after in pairwise(parts):
        if after.first != before.first + before.replicates:
            raise RaidError("blocks of replicates do not follow each other", field="first")
        if after.measures != first.measures or not np.array_equal(after.modes, first.modes):
            raise RaidError("blocks of different raids do not add up", field="measures")

    def added(name: str) -> Counts:
        return np.sum([getattr(one, name) for one in parts], axis=0, dtype=np.int64)

    return replace(
        first,
        replicates=sum(one.replicates for one in parts),
        total=added("total"), cross=added("cross"), by_raid=added("by_raid"),
        leaks=added("leaks"), launched=added("launched"), wasted=added("wasted"),
        samples=np.concatenate([one.samples for one in parts]),
    )  # fmt: skip
