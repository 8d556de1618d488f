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

import math

import numpy as np
from numpy.typing import NDArray

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
    own = np.where(np.eye(len(delay_s), dtype=bool), math.inf, delay_s)
    begins = _from(intervals, count, uncued_s, np.broadcast_to(orbit_s[:, None], uncued_s.shape))
    for _ in range(len(own)):
        told = np.min(begins[:, None, :] + own[:, :, None], axis=0, initial=math.inf)
        new = _from(intervals, count, begins, told)
        if np.array_equal(new, begins):
            break
        begins = new
    return begins


def _from(intervals: Array, count: Index, found_s: Array, told_s: Array) -> Array:
    """Return the earlier of ``found_s`` and the first view at or after ``told_s`` (S, N)."""
    there = np.arange(intervals.shape[2]) < count[..., None]
    later = there & (intervals[..., 1] > told_s[..., None])
    begins = np.where(later, np.maximum(intervals[..., 0], told_s[..., None]), math.inf)
    return np.minimum(found_s, np.min(begins, axis=-1, initial=math.inf))
