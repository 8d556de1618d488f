"""Kernel of the engagement windows: when one battery can intercept one arc.

An intercept at time t is feasible when four margins are not negative and t lies in a supported
interval (a radar that serves the intercept sees the target):

    time     t - ready - T(m, h)          the interceptor gets there in time
    reach    m_reach(h) - m               the point is inside the fan of flights
    floor    altitude - minimum           the target is above the least intercept altitude
    ceiling  maximum - altitude

T is the look-up of the fly-out table (`longroad.flight.flyout_kernel`). The launch site moves
with the Earth, so the target is brought into the axes of the table with the site's velocity at
launch and the time of flight tau = min(t - ready, time to the edge). That choice needs no
iteration: where the time margin vanishes T = tau = t - ready, where the reach margin vanishes the
flight takes the time to the edge, and away from both only the signs matter.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel
from longroad.flight.along import altitude, position
from longroad.flight.flyout_kernel import (
    RADIUS,
    SHORTEST_EDGE,
    edge_time_at,
    launch_axes_offset,
    look_up,
)
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

TIME, REACH, FLOOR, CEILING = 0, 1, 2, 3
# What a battery is to the kernel: Earth-fixed x, y, z and distance from the centre (m), the
# Earth's rotation rate (rad/s), the square of the Schuler frequency (1/s2), and the least and
# greatest altitude of an intercept (m).
RADIUS_M, RATE, SCHULER, FLOOR_M, CEILING_M = 3, 4, 5, 6, 7


@kernel
def flight_margins(
    x: float, y: float, z: float, t: float, ready: float, battery: Array, table: Array
) -> tuple[float, float]:
    """Return the margins of time (s) and reach (m-unit) for a target at (x, y, z) at time t."""
    rate, radius = battery[RATE], battery[RADIUS_M]
    tau = max(t - ready, 0.0)
    if tau > table[SHORTEST_EDGE]:
        height = math.sqrt(x * x + y * y + z * z) - radius
        tau = min(tau, edge_time_at(table, height))
    angle = rate * tau
    square = angle * angle
    cosine = 1.0 - 0.5 * square * (1.0 - square / 12.0)
    sine = angle * (1.0 - square / 6.0 * (1.0 - square / 20.0))
    # The site as it was at launch, in the Earth-fixed axes of time t.
    launch_x = cosine * battery[0] + sine * battery[1]
    launch_y = cosine * battery[1] - sine * battery[0]
    offset = rate * launch_axes_offset(tau, battery[SCHULER])
    px = x + offset * launch_y
    py = y - offset * launch_x
    r = math.sqrt(px * px + py * py + z * z)
    # The table's sphere has its own radius: equal ground distance, not equal angle, counts.
    stretch = radius / table[RADIUS]
    m = 1.0 - (px * launch_x + py * launch_y + z * battery[2]) / (r * radius)
    # Second order: the flight turns away from the launch site's vertical, so the displacement
    # gains a part along the radius, on which gravity's gradient acts with thrice the strength.
    lift = 0.25 * battery[SCHULER] * tau * tau * tau * rate * (launch_x * py - launch_y * px) / r
    least, edge = look_up(table, m * stretch * stretch, r - radius - lift)
    return t - ready - least, edge - m * stretch * stretch


@kernel
def _margin(
    which: int, nodes: Array, start: float, dt: float, t: float, ready: float,
    battery: Array, table: Array,
) -> float:  # fmt: skip
    """Return one margin at any time on the arc."""
    x, y, z = position(nodes, start, dt, t)
    if which == FLOOR:
        return altitude(x, y, z) - battery[FLOOR_M]
    if which == CEILING:
        return battery[CEILING_M] - altitude(x, y, z)
    in_time, in_reach = flight_margins(x, y, z, t, ready, battery, table)
    return in_time if which == TIME else in_reach


@kernel
def arc_windows(
    nodes: Array, start: float, dt: float, ready: float, support: Array, support_count: int,
    battery: Array, table: Array,
    values: Array, search: Search, scratch: Array, out: Array,
) -> int:  # fmt: skip
    """Write the windows of one arc and one battery to ``out`` (MOST, 2); return how many.

    ``nodes`` (K, 6) of the arc, ``ready`` the earliest launch (s), ``support`` (MOST, 2) the
    supported intervals, ``limits`` least and greatest intercept altitude (m). ``values``
    (4, K), ``search`` and ``scratch`` (3, MOST, 2) are work space.
    """
    if support_count == 0 or not ready < math.inf:
        return 0
    current, other, mine = scratch[0], scratch[1], scratch[2]
    count = support_count
    current[:count] = support[:count]
    opens = max(ready, support[0, 0])
    first, last = _span(start, dt, nodes.shape[0] - 1, opens, support[count - 1, 1])
    if first >= last:
        return 0
    # The altitude limits cost little and take the ends off the arc; then reach, then time, each
    # only over the nodes that what came before has left.
    for k in range(first, last + 1):
        height = altitude(nodes[k, 0], nodes[k, 1], nodes[k, 2])
        values[FLOOR, k] = height - battery[FLOOR_M]
        values[CEILING, k] = battery[CEILING_M] - height
    for step in range(4):
        which = CEILING - step
        if which == REACH:
            for k in range(first, last + 1):
                values[TIME, k], values[REACH, k] = flight_margins(
                    nodes[k, 0], nodes[k, 1], nodes[k, 2], start + k * dt, ready, battery, table,
                )  # fmt: skip
        row = values[which]
        if not begin(search, row, first, last):
            if row[first] < 0.0:
                return 0
            continue
        value = 0.0
        while advance(search, row, start, dt, value):
            value = _margin(which, nodes, start, dt, search[AT], ready, battery, table)
        found = finish(search, row, first, last, start, dt, mine)
        count = intersect(current, count, mine, found, other)
        if count == 0:
            return 0
        current, other = other, current
        opens = max(ready, current[0, 0])
        low, high = _span(start, dt, nodes.shape[0] - 1, opens, current[count - 1, 1])
        first, last = max(first, low), min(last, high)
    out[:count] = current[:count]
    return count


@kernel
def _span(start: float, dt: float, end: int, opens: float, closes: float) -> tuple[int, int]:
    """Return the nodes around a span of time, one more on either side.

    An extremum of a margin at the border must have neighbours.
    """
    first = int(max((opens - start) / dt, 1.0)) - 1
    last = int(min((closes - start) / dt, float(end))) + 2
    return min(first, end), min(max(last, 0), end)


@kernel
def windows(
    nodes: Array, start: Array, dt: Array, ready: Array, support: Array, support_count: Index,
    battery: Array, table: Array, out: Array, out_count: Index,
) -> None:  # fmt: skip
    """Fill the windows of one battery against N arcs.

    ``nodes`` (N, K, 6); ``start``, ``dt``, ``ready`` (N,); ``support`` (N, MOST, 2) with
    ``support_count`` (N,); ``out`` (N, MOST, 2) with ``out_count`` (N,).
    """
    values = np.empty((4, nodes.shape[1]))
    search = search_space()
    scratch = np.empty((3, MOST, 2))
    for i in range(nodes.shape[0]):
        out_count[i] = arc_windows(
            nodes[i], start[i], dt[i], ready[i], support[i], support_count[i],
            battery, table, values, search, scratch, out[i],
        )  # fmt: skip


@kernel
def latest_launches(
    nodes: Array, start: Array, dt: Array, ready: Array, rows: Index, intercept: Array,
    battery: Array, table: Array, out: Array,
) -> None:  # fmt: skip
    """Fill the latest launch (s) that meets each intercept: intercept time less time of flight.

    ``rows`` (W,) are the arcs of the intercepts at times ``intercept`` (W,).
    """
    for w in range(rows.size):
        i, t = rows[w], intercept[w]
        x, y, z = position(nodes[i], start[i], dt[i], t)
        spare, _ = flight_margins(x, y, z, t, ready[i], battery, table)
        out[w] = ready[i] + max(spare, 0.0)


@kernel
def altitudes(nodes: Array, start: Array, dt: Array, rows: Index, times: Array, out: Array) -> None:
    """Fill the altitude (m) of the arcs ``rows`` (W,) at ``times`` (W,)."""
    for w in range(rows.size):
        i = rows[w]
        x, y, z = position(nodes[i], start[i], dt[i], times[w])
        out[w] = altitude(x, y, z)
