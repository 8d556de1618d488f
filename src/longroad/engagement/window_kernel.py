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

from longroad.base.kernel import kernel, lean_kernel
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
# The order in which the margins are searched: what rejects most comes first.
ORDER = (REACH, TIME, FLOOR, CEILING)
# Rows of the work space: the margins at the nodes, the nodes' times, then the times and margins
# of the points between which the margin of time is searched, of which there are a few more.
NODE, POINT, POINT_VALUE, ROWS, MORE = 4, 5, 6, 7, 5
# Between two nodes an arc rises above the higher one by less than this times the square of the
# step: an eighth of the gravity at the ground (m/s2).
BULGE = 1.25
# Points nearer to each other than this are one (s).
SHORTEST_S = 1e-6
# Where a margin is asked beside an end, as a share of the step to its neighbour.
NEAR = 0.25


@lean_kernel
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
def window_space(nodes: int) -> Array:
    """Return work space for the windows of arcs with a number of nodes."""
    return np.empty((ROWS, nodes + MORE))


@lean_kernel
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


@lean_kernel
def _plain(row: Array, k: int, dt: float) -> bool:
    """Return whether the nodes k and k + 1 are both in time, or both much too late."""
    return bool(min(row[k], row[k + 1]) >= 0.0 or max(row[k], row[k + 1]) < -dt)


@lean_kernel
def _end(
    t: float, inward: int, first: int, last: int, nodes: Array, start: float, dt: float,
    ready: float, battery: Array, table: Array, values: Array,
) -> tuple[float, float]:  # fmt: skip
    """Return an end of a span and its margin of time, roughly where that is plain.

    Right at the edge of reach the time of flight may jump by hundredths of a second; where the
    sign changes between the nodes around, but not further inward, the outer node is the end.
    """
    k = min(max(int((t - start) / dt), first), last - 1)
    a, b = values[TIME, k], values[TIME, k + 1]
    if _plain(values[TIME], k, dt):
        return t, a + (b - a) * (t - values[NODE, k]) / dt
    value = _margin(TIME, nodes, start, dt, t, ready, battery, table)
    if value >= 0.0 and (b >= 0.0 if inward > 0 else a >= 0.0):
        return (values[NODE, k], a) if inward > 0 else (values[NODE, k + 1], b)
    return t, value


@lean_kernel
def _points(
    a: float, b: float, first: int, last: int, nodes: Array, start: float, dt: float,
    ready: float, battery: Array, table: Array, values: Array,
) -> int:  # fmt: skip
    """Write times from a to b and their margins of time to the rows of points; return how many.

    The nodes between, and both ends, where the time of flight runs with the square root of what
    is missing to the edge of reach: a margin may be greatest between an end and its neighbour.
    """
    times, row = values[POINT], values[POINT_VALUE]
    times[0], row[0] = _end(a, 1, first, last, nodes, start, dt, ready, battery, table, values)
    final, at_final = _end(b, -1, first, last, nodes, start, dt, ready, battery, table, values)
    count = 1
    inner = 0
    for k in range(first, last + 1):
        t = values[NODE, k]
        if a + SHORTEST_S < t < b - SHORTEST_S:
            if inner == 0:
                count = _between(
                    t, values[TIME, k], NEAR, count, nodes, start, dt, ready, battery, table,
                    values,
                )  # fmt: skip
            times[count], row[count] = t, values[TIME, k]
            count += 1
            inner += 1
    share = 0.5 if inner == 0 else 1.0 - NEAR
    count = _between(final, at_final, share, count, nodes, start, dt, ready, battery, table, values)
    times[count], row[count] = final, at_final
    return count + 1


@lean_kernel
def _between(
    t: float, value: float, share: float, count: int, nodes: Array, start: float, dt: float,
    ready: float, battery: Array, table: Array, values: Array,
) -> int:  # fmt: skip
    """Add a point between the last one and t where both are too late, but not by much."""
    times, row = values[POINT], values[POINT_VALUE]
    step = t - times[count - 1]
    if row[count - 1] < 0.0 and value < 0.0 and max(row[count - 1], value) > -step:
        at = times[count - 1] + share * step
        times[count] = at
        row[count] = _margin(TIME, nodes, start, dt, at, ready, battery, table)
        count += 1
    return count


@lean_kernel
def _in_time(
    spans: Array, count: int, first: int, last: int, nodes: Array, start: float, dt: float,
    ready: float, battery: Array, table: Array, values: Array, search: Search, mine: Array,
    out: Array,
) -> int:  # fmt: skip
    """Write the parts of spans within reach at which the interceptor arrives in time."""
    times, row = values[POINT], values[POINT_VALUE]
    total = 0
    for j in range(count):
        a, b = spans[j, 0], spans[j, 1]
        end = _points(a, b, first, last, nodes, start, dt, ready, battery, table, values) - 1
        found = 0
        if begin(search, times, row, 0, end, 0, end):
            value = 0.0
            while advance(search, times, row, value):
                value = _margin(TIME, nodes, start, dt, search[AT], ready, battery, table)
            found = finish(search, times, row, 0, end, mine)
        elif row[0] >= 0.0:
            mine[0, 0], mine[0, 1] = a, b
            found = 1
        for n in range(found):
            opens, closes = max(mine[n, 0], a), min(mine[n, 1], b)
            if opens < closes and total < MOST:
                out[total, 0], out[total, 1] = opens, closes
                total += 1
    return total


@lean_kernel
def arc_windows(
    nodes: Array, start: float, dt: float, ready: float, support: Array, support_count: int,
    battery: Array, table: Array,
    values: Array, search: Search, scratch: Array, out: Array,
) -> int:  # fmt: skip
    """Write the windows of one arc and one battery to ``out`` (MOST, 2); return how many.

    ``nodes`` (K, 6) of the arc, ``ready`` the earliest launch (s), ``support`` (MOST, 2) the
    supported intervals. ``values`` of `window_space`, ``search`` and ``scratch`` (3, MOST, 2) are
    work space. What costs much is computed only at the nodes around those at which the altitude
    is right, group by group: high arcs are met going up or coming down. In a group reach, time
    and the altitude limits follow each other, each only over what came before has left.
    """
    if support_count == 0 or not ready < math.inf:
        return 0
    opens, closes = max(ready, support[0, 0]), support[support_count - 1, 1]
    end = nodes.shape[0] - 1
    # The nodes around the supported span, and one more on either side to find extrema by.
    begins = int(min(max((opens - start) / dt, 0.0), float(end)))
    ends = int(min(max((closes - start) / dt, -1.0), end - 1.0)) + 1
    if begins >= ends or not opens < closes:
        return 0
    lowest, highest = max(begins - 1, 0), min(ends + 1, end)
    times = values[NODE]
    thick = battery[CEILING_M] - battery[FLOOR_M]
    for k in range(lowest, highest + 1):
        above = altitude(nodes[k, 0], nodes[k, 1], nodes[k, 2]) - battery[FLOOR_M]
        times[k] = start + k * dt
        values[FLOOR, k], values[CEILING, k] = above, thick - above
    slack = -BULGE * dt * dt
    total = 0
    k = begins
    while k <= ends:
        while k <= ends and min(values[FLOOR, k], values[CEILING, k]) < slack:
            k += 1
        if k > ends:
            break
        first = max(k - 1, begins)
        while k <= ends and not min(values[FLOOR, k], values[CEILING, k]) < slack:
            k += 1
        last = min(k, ends)
        low, high = max(first - 1, lowest), min(last + 1, highest)
        for n in range(low, high + 1):
            values[TIME, n], values[REACH, n] = flight_margins(
                nodes[n, 0], nodes[n, 1], nodes[n, 2], times[n], ready, battery, table
            )
        current, other, mine = scratch[0], scratch[1], scratch[2]
        mine[0, 0], mine[0, 1] = times[first], times[last]
        count = intersect(support, support_count, mine, 1, current)
        for which in ORDER:
            if count == 0:
                break
            row = values[which]
            if which == TIME and not (
                count == 1 and _plain(row, first, dt) and _plain(row, last - 1, dt)
            ):
                count = _in_time(
                    current, count, first, last, nodes, start, dt, ready, battery, table, values,
                    search, mine, other,
                )  # fmt: skip
            else:
                if not begin(search, times, row, first, last, low, high):
                    if row[first] < 0.0:
                        count = 0
                    continue
                value = 0.0
                while advance(search, times, row, value):
                    value = _margin(which, nodes, start, dt, search[AT], ready, battery, table)
                found = finish(search, times, row, first, last, mine)
                count = intersect(current, count, mine, found, other)
            current, other = other, current
            if count > 0:
                first = max(first, int(max((current[0, 0] - start) / dt, 0.0)))
                last = min(last, int(min((current[count - 1, 1] - start) / dt, end - 1.0)) + 1)
        for n in range(count):
            if total > 0 and current[n, 0] <= out[total - 1, 1]:
                out[total - 1, 1] = max(out[total - 1, 1], current[n, 1])
            elif total < MOST:
                out[total, 0], out[total, 1] = current[n, 0], current[n, 1]
                total += 1
    return total


@lean_kernel
def _each(
    nodes: Array, start: Array, dt: Array, ready: Array, support: Array, support_count: Index,
    battery: Array, table: Array, values: Array, search: Search, scratch: Array, out: Array,
    out_count: Index,
) -> None:  # fmt: skip
    """Fill what :func:`windows` fills, with work space for one arc."""
    for i in range(nodes.shape[0]):
        out_count[i] = arc_windows(
            nodes[i], start[i], dt[i], ready[i], support[i], support_count[i],
            battery, table, values, search, scratch, out[i],
        )  # fmt: skip


@kernel
def windows(
    nodes: Array, start: Array, dt: Array, ready: Array, support: Array, support_count: Index,
    battery: Array, table: Array, out: Array, out_count: Index,
) -> None:  # fmt: skip
    """Fill the windows of one battery against N arcs.

    ``nodes`` (N, K, 6); ``start``, ``dt``, ``ready`` (N,); ``support`` (N, MOST, 2) with
    ``support_count`` (N,); ``out`` (N, MOST, 2) with ``out_count`` (N,).
    """
    _each(
        nodes, start, dt, ready, support, support_count, battery, table,
        window_space(nodes.shape[1]), search_space(), np.empty((3, MOST, 2)), out, out_count,
    )  # fmt: skip


@lean_kernel
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


@lean_kernel
def altitudes(nodes: Array, start: Array, dt: Array, rows: Index, times: Array, out: Array) -> None:
    """Fill the altitude (m) of the arcs ``rows`` (W,) at ``times`` (W,)."""
    for w in range(rows.size):
        i = rows[w]
        x, y, z = position(nodes[i], start[i], dt[i], times[w])
        out[w] = altitude(x, y, z)
