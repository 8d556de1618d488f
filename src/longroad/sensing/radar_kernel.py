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

# Bounds: gravity with what the Earth's rotation adds up to 10 km/s; a speed between the ends of an
# arc; what the cubic between nodes may lie off the conic.
PULL_M_S2, FASTER, NEAR_M = 11.5, 1.01, 100.0


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
    which: int, times: Array, values: Array, first: int, last: int, nodes: Array, start: float,
    dt: float, reach: float, radar: Array, search: Search, out: Array,
) -> int:  # fmt: skip
    """Write the intervals of one margin between two nodes; return how many.

    ``values`` are known there and one node further on either side.
    """
    begin(search, times, values, first, last, max(first - 1, 0), min(last + 1, values.size - 1))
    value = 0.0
    while advance(search, times, values, value):
        value = _margin(which, nodes, start, dt, search[AT], reach, radar)
    return finish(search, times, values, first, last, out)


@lean_kernel
def _fastest(nodes: Array) -> float:
    """Return a bound on the Earth-relative speed along an arc (m/s): the faster of its ends.

    Without drag it falls with the distance from the centre, but for the Earth's rotation.
    """
    top = 0.0
    for k in (0, nodes.shape[0] - 1):
        x, y, z = nodes[k, 3], nodes[k, 4], nodes[k, 5]
        top = max(top, x * x + y * y + z * z)
    return FASTER * math.sqrt(top)


@lean_kernel
def _nodes_about(times: Array, start: float, dt: float, low: float, high: float) -> tuple[int, int]:
    """Return the last node not after ``low`` and the first not before ``high``."""
    end = times.size - 1
    first = min(max(int((low - start) / dt), 0), end)
    last = min(int((high - start) / dt) + 1, end)
    if first > 0 and times[first] > low:
        first -= 1
    if last > 0 and times[last - 1] >= high:
        last -= 1
    return first, last


@lean_kernel
def _risen(
    nodes: Array, start: float, dt: float, speed: float, radar: Array, reach: float,
    values: Array, times: Array, search: Search, out: Array,
) -> int:  # fmt: skip
    """Write when a target is above the least elevation and may be in range; return how many times.

    Most arcs never are, and their nodes tell so: between two of them the target comes nearer than
    both by less than half a step's path, and its height above the line of least elevation
    bends by no more than the pull and the way across the line of sight allow.
    """
    end = nodes.shape[0] - 1
    nearest = math.inf
    for k in range(end + 1):
        dx, dy, dz = nodes[k, 0] - radar[0], nodes[k, 1] - radar[1], nodes[k, 2] - radar[2]
        d = math.sqrt(dx * dx + dy * dy + dz * dz)
        values[RANGE, k] = d
        values[LOW, k] = dx * radar[3] + dy * radar[4] + dz * radar[5] - d * radar[9]
        nearest = min(nearest, d)
    nearest -= 0.5 * dt * speed
    if nearest > reach:
        return 0
    allowed = math.inf
    if nearest > 0.0:
        sine = abs(radar[9])
        bend = (1.0 + sine) * PULL_M_S2 + sine * speed * speed / nearest
        allowed = 0.125 * bend * dt * dt + NEAR_M
    first, last = end + 1, -1
    for k in range(end + 1):
        if values[LOW, k] >= -allowed:
            first, last = min(first, k), k
    if last < 0:
        return 0
    first, last = max(first - 1, 0), min(last + 1, end)
    for k in range(end + 1):
        times[k] = start + k * dt
    return _intervals(
        LOW, times, values[LOW], first, last, nodes, start, dt, reach, radar, search, out
    )


@lean_kernel
def _each(
    nodes: Array, start: Array, dt: Array, radar: Array, reach: Array,
    values: Array, times: Array, search: Search, scratch: Array, out: Array, out_count: Index,
) -> None:  # fmt: skip
    """Fill what :func:`visibility` fills, with work space for the search of one arc."""
    longest = 0.0
    for r in range(reach.size):
        longest = max(longest, reach[r])
    for i in range(nodes.shape[0]):
        for r in range(reach.size):
            out_count[r, i] = 0
        current, other, mine = scratch[0], scratch[1], scratch[2]
        speed = _fastest(nodes[i])
        common = _risen(
            nodes[i], start[i], dt[i], speed, radar, longest, values, times, search, current
        )
        for which in (SECTOR, HIGH):
            if common == 0:
                break
            # What is surely on one side of a margin all the while need not be searched.
            first, last = _nodes_about(
                times, start[i], dt[i], current[0, 0], current[common - 1, 1]
            )
            least, most = math.inf, -math.inf
            for k in range(max(first - 1, 0), min(last + 2, times.size)):
                d, up, along, across = sight(nodes[i, k, 0], nodes[i, k, 1], nodes[i, k, 2], radar)
                value = _of(which, d, up, along, across, longest, radar)
                values[which, k] = value
                least, most = min(least, value), max(most, value)
            slope = 2.0 if which == HIGH else 1.0 + abs(radar[11])
            change = 0.5 * dt[i] * speed * slope
            if least > change:
                continue
            if most < -change:
                common = 0
                break
            found = _intervals(
                which, times, values[which], first, last, nodes[i], start[i], dt[i], longest,
                radar, search, mine,
            )  # fmt: skip
            common = intersect(current, common, mine, found, other)
            current, other = other, current
        if common == 0:
            continue
        first, last = _nodes_about(times, start[i], dt[i], current[0, 0], current[common - 1, 1])
        begins, ends = max(first - 1, 0), min(last + 1, times.size - 1)
        least, most = math.inf, 0.0
        for k in range(begins, ends + 1):
            least, most = min(least, values[RANGE, k]), max(most, values[RANGE, k])
        change = 0.5 * dt[i] * speed
        for r in range(reach.size):
            if least - change > reach[r]:
                continue
            if most + change < reach[r]:
                for c in range(common):
                    out[r, i, c, 0], out[r, i, c, 1] = current[c, 0], current[c, 1]
                out_count[r, i] = common
                continue
            for k in range(begins, ends + 1):
                ratio = values[RANGE, k] / reach[r]
                values[LOW, k] = 1.0 - ratio * ratio
            found = _intervals(
                RANGE, times, values[LOW], first, last, nodes[i], start[i], dt[i], reach[r], radar,
                search, mine,
            )  # fmt: skip
            out_count[r, i] = intersect(current, common, mine, found, out[r, i])


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
        np.empty((3, MOST, 2)), out, out_count,
    )  # fmt: skip
