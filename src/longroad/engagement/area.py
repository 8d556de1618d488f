"""Engageable area: what the windows of a set of batteries mean for a territory.

*Engageable* is geometry, an upper bound: no interceptor misses, no object is mistaken for
another. A cell counts when every arc considered to it that the missile can fly has a window of at
least one battery.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class CellCount:
    """For C cells: arcs within the missile's reach, and how many of them have a window."""

    within: NDArray[np.int32]
    engaged: NDArray[np.int32]

    @property
    def reachable(self) -> Flags:
        """Return which cells the missile can reach at all."""
        return np.asarray(self.within > 0)

    @property
    def all_engaged(self) -> Flags:
        """Return which reachable cells are engageable against every arc to them."""
        return np.asarray((self.within > 0) & (self.engaged == self.within))

    @property
    def share(self) -> Array:
        """Return the share of arcs within reach that have a window; NaN beyond reach."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.where(self.within > 0, self.engaged / self.within, np.nan))


def count_cells(within: Flags, kept: NDArray[np.intp], engaged: Flags, cells: int) -> CellCount:
    """Count arcs by cell: ``within`` (A,) over all arcs, ``engaged`` (N,) over the kept ones.

    Arcs are ordered with the cell running fastest, A = k * ``cells``.
    """
    lit = np.zeros(within.size, dtype=np.int32)
    lit[kept] = engaged
    return CellCount(
        within.reshape(-1, cells).sum(axis=0, dtype=np.int32),
        lit.reshape(-1, cells).sum(axis=0, dtype=np.int32),
    )


def shares(count: CellCount, parts: Flags, weights: Array) -> Array:
    """Return the shares (S, 2 K) of S parts of the cells (S, C) by K weights (K, C).

    First the weight that is engageable over that within reach, by weight, then the weight within
    reach over all; each as :func:`fraction`.
    """
    engaged, reachable, whole = (
        np.where(flags[:, None], weights, 0.0).sum(axis=2)
        for flags in (count.all_engaged & parts, count.reachable & parts, parts)
    )
    out = np.full((len(parts), 2, len(weights)), np.nan)
    np.divide(engaged, reachable, out=out[:, 0], where=reachable > 0.0)
    np.divide(reachable, whole, out=out[:, 1], where=whole > 0.0)
    return out.reshape(len(parts), -1)


def fraction(part: Flags, whole: Flags, weight: Array) -> float:
    """Return the weight of ``part`` over the weight of ``whole``; NaN when that is nothing.

    ``part`` lies inside ``whole``. Sums run in the order of the cells, so equal input gives equal
    bytes.
    """
    total = float(np.sum(np.where(whole, weight, 0.0)))
    return float(np.sum(np.where(part, weight, 0.0))) / total if total > 0.0 else float("nan")
