"""Kernels of the track: when a radar has one of commit quality, and which intervals add up."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel
from longroad.flight.intervals import unite

Array = NDArray[np.float64]
Index = NDArray[np.int32]


@lean_kernel
def track_times(
    cued: Array, cued_count: Index, search: Array, search_count: Index, cue: Array,
    track_time: float, first: Array, ready: Array,
) -> None:  # fmt: skip
    """Fill the start of the first usable track and the moment it is of commit quality (s).

    ``cued`` (N, MOST, 2): intervals within the range of a radar that knows where to look, which is
    also the range to which it holds a track. ``search``: intervals within the range of a radar
    that must search by itself. ``cue`` (N,): when the radar is told where to look, infinite for
    never. A track starts at the first moment of search, or at the cue, whichever is earlier, and
    is of commit quality after ``track_time`` in unbroken view. Infinite where there is none.
    """
    for i in range(cued.shape[0]):
        first[i] = math.inf
        ready[i] = math.inf
        for k in range(cued_count[i]):
            opens, closes = cued[i, k, 0], cued[i, k, 1]
            begins = max(opens, cue[i])
            for j in range(search_count[i]):
                if search[i, j, 1] >= opens and search[i, j, 0] <= closes:
                    begins = min(begins, max(search[i, j, 0], opens))
            if begins + track_time <= closes and begins + track_time < ready[i]:
                first[i] = begins
                ready[i] = begins + track_time
                break


@lean_kernel
def unite_rows(
    a: Array, a_count: Index, b: Array, b_count: Index, out: Array, count: Index
) -> None:
    """Unite two sets of intervals arc by arc; all (N, MOST, 2) with counts (N,)."""
    for i in range(a.shape[0]):
        count[i] = unite(a[i], a_count[i], b[i], b_count[i], out[i])
