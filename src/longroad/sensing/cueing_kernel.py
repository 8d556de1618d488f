"""Kernel of radars that tell each other where to look: when each begins to track an arc."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel

Array = NDArray[np.float64]
Index = NDArray[np.int32]


@lean_kernel
def view_from(intervals: Array, count: int, told: float) -> float:
    """Return the first moment of view at or after ``told``; intervals (M, 2) need no order."""
    first = math.inf
    for k in range(count):
        if intervals[k, 1] > told:
            first = min(first, max(intervals[k, 0], told))
    return first


@kernel
def told_times(
    intervals: Array, count: Index, uncued: Array, orbit: Array, delay: Array, out: Array
) -> None:
    """Fill when each of S radars begins to track each of N arcs (S, N), in s.

    ``intervals`` (S, N, M, 2), ``count`` and ``uncued`` (S, N), ``orbit`` (S,), ``delay`` (S, S)
    from the tracking of one (row) to the knowledge of another, infinite for never; its diagonal
    is not read.

    Radars are settled in the order in which they begin: who begins first is told by nobody who
    begins later, so that each of the others is told at most once by each settled one.
    """
    many, arcs = uncued.shape
    settled = np.empty(many, dtype=np.bool_)
    begins = np.empty(many)
    for i in range(arcs):
        for s in range(many):
            settled[s] = False
            begins[s] = min(uncued[s, i], view_from(intervals[s, i], count[s, i], orbit[s]))
        for _ in range(many):
            first = -1
            for s in range(many):
                if not settled[s] and (first < 0 or begins[s] < begins[first]):
                    first = s
            if not begins[first] < math.inf:
                break
            settled[first] = True
            for s in range(many):
                if not settled[s]:
                    told = begins[first] + delay[first, s]
                    if told < begins[s]:
                        found = view_from(intervals[s, i], count[s, i], told)
                        begins[s] = min(begins[s], found)
        for s in range(many):
            out[s, i] = begins[s]
