"""Radars that tell each other where to look: when each begins to track an arc because of another.

A radar that tracks an arc says so to whoever is told of its detections, after a delay of its own
and of the links. Who is told looks there, and finds it as soon as it is within the range of a
radar that knows where to look:

    begin(t) = min(uncued(t), view of t from told(t) on)
    told(t)  = min(orbit(t), min over s of begin(s) + delay(s, t))

A detection tells where to look and nothing of the path: what counts for the track is what the
receiving radar then measures itself.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.sensing.cueing_kernel import told_times

Array = NDArray[np.float64]
Index = NDArray[np.int32]


def told_by_others(
    intervals: Array, count: Index, uncued_s: Array, orbit_s: Array, delay_s: Array
) -> Array:
    """Return when each of S radars begins to track each of N arcs (S, N), in s after ignition.

    ``intervals`` (S, N, M, 2) and ``count`` (S, N) when each sees each arc once it knows where to
    look, ``uncued_s`` (S, N) when it finds it by itself, ``orbit_s`` (S,) when a cue from orbit
    arrives, ``delay_s`` (S, S) from the tracking of one to the knowledge of another (row: who
    tells), infinite for never.
    """
    out = np.empty(uncued_s.shape)
    told_times(
        np.ascontiguousarray(intervals), count, np.ascontiguousarray(uncued_s),
        np.ascontiguousarray(orbit_s), np.ascontiguousarray(delay_s), out,
    )  # fmt: skip
    return out
