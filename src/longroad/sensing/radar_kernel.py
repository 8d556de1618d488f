"""Kernel of radar visibility: when one radar can see one arc.

Five margins, each not negative while the target is seen:

    range      1 - (d / R)**2
    low        up - d sin(least elevation)          up: component of the line of sight along
    high       d sin(greatest elevation) - up       the local vertical
    sector     along - across cos(half width)       along: horizontal component in the facing
                                                    direction; across: horizontal length

The least elevation handed in here already contains refraction (`longroad.sensing.horizon`).
Ranges come in pairs: with a cue (the radar knows where to look) and without.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel
from longroad.flight.along import position
from longroad.flight.intervals import (
    AT,
    MOST,
    Search,
    advance,
    begin,
    finish,
    intersect,
    search_space,
)

Array = NDArray[np.float64]
Index = NDArray[np.int32]

RANGE, LOW, HIGH, SECTOR = 0, 1, 2, 3


@lean_kernel
def sight(x: float, y: float, z: float, radar: Array) -> tuple[float, float, float, float]:
    """Return (d, up, along, across) in m for a target at Earth-fixed (x, y, z).

    ``radar``: position (0:3), up (3:6), facing (6:9) as Earth-fixed unit vectors, then sine of
    the least and the greatest elevation, cosine of half the azimuth width (9:12).
    """
    dx, dy, dz = x - radar[0], y - radar[1], z - radar[2]
    square = dx * dx + dy * dy + dz * dz
    up = dx * radar[3] + dy * radar[4] + dz * radar[5]
    along = dx * radar[6] + dy * radar[7] + dz * radar[8]
    return math.sqrt(square), up, along, math.sqrt(max(square - up * up, 0.0))


@lean_kernel
def _of(which: int, d: float, up: float, along: float, across: float, reach: float, radar: Array) -> float:  # fmt: skip  # noqa: E501
    """Return one margin from the line of sight."""
    if which == RANGE:
        return 1.0 - (d / reach) * (d / reach)
    if which == LOW:
        return up - d * radar[9]
    if which == HIGH:
        return d * radar[10] - up
    return along - across * radar[11]


@lean_kernel
def _margin(
    which: int, nodes: Array, start: float, dt: float, t: float, reach: float, radar: Array
) -> float:
    """Return one margin at any time on the arc."""
    x, y, z = position(nodes, start, dt, t)
    d, up, along, across = sight(x, y, z, radar)
    return _of(which, d, up, along, across, reach, radar)


@lean_kernel
def _intervals(
    which: int, times: Array, values: Array, nodes: Array, start: float, dt: float, reach: float,
    radar: Array, search: Search, out: Array,
) -> int:  # fmt: skip
    """Write the intervals of one margin over the whole arc; return how many."""
    end = values.size - 1
    begin(search, times, values, 0, end, 0, end)
    value = 0.0
    while advance(search, times, values, value):
        value = _margin(which, nodes, start, dt, search[AT], reach, radar)
    return finish(search, times, values, 0, end, out)


@lean_kernel
def _each(
    nodes: Array, start: Array, dt: Array, radar: Array, reach: Array,
    values: Array, times: Array, search: Search, scratch: Array, out: Array, out_count: Index,
) -> None:  # fmt: skip
    """Fill what :func:`visibility` fills, with work space for the search of one arc."""
    steps = nodes.shape[1]
    base = scratch[3]
    longest = 0.0
    for r in range(reach.size):
        longest = max(longest, reach[r])
    for i in range(nodes.shape[0]):
        for r in range(reach.size):
            out_count[r, i] = 0
        distance = math.inf
        for k in range(steps):
            d, up, along, across = sight(nodes[i, k, 0], nodes[i, k, 1], nodes[i, k, 2], radar)
            times[k] = start[i] + k * dt[i]
            values[RANGE, k] = d
            for which in range(1, 4):
                values[which, k] = _of(which, d, up, along, across, longest, radar)
            distance = min(distance, d)
        # Between two nodes the target comes nearer than both by less than half a step's path.
        span = math.sqrt(
            (nodes[i, 1, 0] - nodes[i, 0, 0]) ** 2
            + (nodes[i, 1, 1] - nodes[i, 0, 1]) ** 2
            + (nodes[i, 1, 2] - nodes[i, 0, 2]) ** 2
        )
        if distance - span > longest:
            continue
        common = 1
        current, other, mine = scratch[0], scratch[1], scratch[2]
        current[0, 0], current[0, 1] = start[i], start[i] + (steps - 1) * dt[i]
        for which in range(1, 4):
            found = _intervals(
                which, times, values[which], nodes[i], start[i], dt[i], longest, radar, search,
                mine,
            )  # fmt: skip
            common = intersect(current, common, mine, found, other)
            current, other = other, current
            if common == 0:
                break
        if common == 0:
            continue
        for c in range(common):
            base[c, 0], base[c, 1] = current[c, 0], current[c, 1]
        for r in range(reach.size):
            for k in range(steps):
                ratio = values[RANGE, k] / reach[r]
                values[LOW, k] = 1.0 - ratio * ratio
            found = _intervals(
                RANGE, times, values[LOW], nodes[i], start[i], dt[i], reach[r], radar, search, mine
            )
            out_count[r, i] = intersect(base, common, mine, found, out[r, i])


@kernel
def visibility(
    nodes: Array, start: Array, dt: Array, radar: Array, reach: Array,
    out: Array, out_count: Index,
) -> None:  # fmt: skip
    """Fill the intervals in which one radar sees N arcs, for each of its ranges.

    ``nodes`` (N, K, 6), ``start`` and ``dt`` (N,), ``radar`` (12,) as in :func:`sight`, ``reach``
    (M,) ranges in m; ``out`` (M, N, MOST, 2) and ``out_count`` (M, N).
    """
    steps = nodes.shape[1]
    _each(
        nodes, start, dt, radar, reach, np.empty((4, steps)), np.empty(steps), search_space(),
        np.empty((4, MOST, 2)), out, out_count,
    )  # fmt: skip
