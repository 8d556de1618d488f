"""Kernel of the queue of decisions: a binary heap by time, then by what is to be decided."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import inlined

Array = NDArray[np.float64]
Index = NDArray[np.int64]


@inlined
def before(time_a: float, what_a: int, time_b: float, what_b: int) -> bool:
    """Return whether one entry comes before another; equal times go by number."""
    return time_a < time_b or (time_a == time_b and what_a < what_b)


@inlined
def push(times: Array, whats: Index, size: int, time: float, what: int) -> int:
    """Put an entry into a heap of ``size``; return the new size."""
    i = size
    while i > 0:
        parent = (i - 1) // 2
        if not before(time, what, times[parent], whats[parent]):
            break
        times[i], whats[i] = times[parent], whats[parent]
        i = parent
    times[i], whats[i] = time, what
    return size + 1


@inlined
def pop(times: Array, whats: Index, size: int) -> int:
    """Take the first entry (which the caller has read) out of the heap; return the new size."""
    size -= 1
    time, what = times[size], whats[size]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= size:
            break
        if child + 1 < size and before(
            times[child + 1], whats[child + 1], times[child], whats[child]
        ):
            child += 1
        if not before(times[child], whats[child], time, what):
            break
        times[i], whats[i] = times[child], whats[child]
        i = child
    times[i], whats[i] = time, what
    return size
