"""Kernel of the latest launch: until when a battery has to fire to meet an arc at all.

An interceptor launched at l meets the missile at t when t - l is the time of flight T(t) or more,
inside reach, altitude limits and support (`longroad.engagement.window_kernel`). So an arc is
engageable by a battery that is ready at l exactly when l is at most

    L = max over feasible t of t - T(t),

one number for each arc and battery, whatever it is that makes the battery ready. The feasible
times are the windows of a battery that has been ready all along. In each the maximum is bracketed
on a grid, the latest first, since t - T(t) < t leaves out whatever is earlier than the
best found; then it is followed by parabolas. Beside an end of a window, where T may run with the
square root of what is missing to the edge of reach, the parabolas are in that root.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel
from longroad.engagement.window_kernel import arc_windows, flight_margins, window_space
from longroad.flight.along import position
from longroad.flight.flyout_kernel import SHORTEST_EDGE
from longroad.flight.intervals import MOST, Search, search_space

Array = NDArray[np.float64]
Index = NDArray[np.int32]

# A parabola that promises less (s) is not followed; a launch is found when no more than this can be
# missing; a battery that is ready so long before it has a window.
CLOSE_S, SURE_S, NARROW_S = 0.01, 0.03, 0.02
# So long before the arc begins a battery is ready whatever its interceptor's flight lasts (s).
BEFORE_S = 1e4
# The time of flight enters the axes of the table, in which it then differs by so much of a change.
USUAL = 0.1
MOST_CHANGE = 0.5
# Rounds that settle it: from the value at a neighbouring time, and from nothing.
NEXT_ROUNDS, FIRST_ROUNDS = 2, 4
# Most parabolas, and a step into a side, as a share of it.
PARABOLAS, STEP = 24, 0.2
# Where a launch beside an end is asked, as shares of the root of the distance to the next time.
BESIDE = (0.75, 0.5, 0.25, 0.125, 0.0625)
# The grid, as a share of the step between nodes.
FINER = 0.5
# Times nearer than this are one (s).
SAME_S = 1e-6
# Columns of what is known of the time of flight: the last one (s) and its change.
TAU, CHANGE = 0, 1


@lean_kernel
def launch_for(
    nodes: Array, start: float, dt: float, t: float, battery: Array, table: Array, rounds: int,
    flight: Array,
) -> float:  # fmt: skip
    """Return the latest launch (s) that meets the arc at a feasible time t.

    ``flight`` (2) holds a guess of the time of flight, and how fast the time looked up changes
    with the one that set the axes; both are renewed. Secant rule: two rounds settle a guess that
    is 50 s off to 0.01 s, four to rounding.
    """
    x, y, z = position(nodes, start, dt, t)
    tau, change = flight[TAU], flight[CHANGE]
    before, spare_before = math.nan, math.nan
    for k in range(rounds):
        spare, _ = flight_margins(x, y, z, t, t - tau, battery, table)
        if k > 0 and abs(tau - before) > SAME_S:
            change = 1.0 - (spare - spare_before) / (tau - before)
            change = min(max(change, -MOST_CHANGE), MOST_CHANGE)
        before, spare_before = tau, spare
        tau = max(tau - spare / (1.0 - change), 1.0)
    flight[TAU], flight[CHANGE] = tau, change
    return t - tau


@lean_kernel
def _climb(
    nodes: Array, start: float, dt: float, end: float, side: float, low: float, at_low: float,
    middle: float, at_middle: float, high: float, at_high: float, battery: Array, table: Array,
    flight: Array,
) -> tuple[float, float]:  # fmt: skip
    """Return (time, launch) of the maximum between two times around a better one.

    With ``side`` 0 the three are times; else they are roots u of the distance from ``end`` to
    that side, t = end + side u^2.
    """
    for _ in range(PARABOLAS):
        rise = (at_middle - at_low) / (middle - low)
        fall = (at_high - at_middle) / (high - middle)
        bend = (fall - rise) / (high - low)
        u = 0.5 * (low + middle) - 0.5 * rise / bend
        if not low < u < high or -bend * (u - middle) * (u - middle) < CLOSE_S:
            # The parabola is at its end; a launch that bends one way with a kink may rise higher,
            # but not beyond the lines through the two points across.
            left, right = -fall * (middle - low), rise * (high - middle)
            if max(left, right) < SURE_S:
                break
            u = middle - STEP * (middle - low) if left > right else middle + STEP * (high - middle)
        t = u if side == 0.0 else end + side * u * u
        found = launch_for(nodes, start, dt, t, battery, table, NEXT_ROUNDS, flight)
        if found > at_middle:
            if u > middle:
                low, at_low = middle, at_middle
            else:
                high, at_high = middle, at_middle
            middle, at_middle = u, found
        elif u > middle:
            high, at_high = u, found
        else:
            low, at_low = u, found
    return middle if side == 0.0 else end + side * middle * middle, at_middle


@lean_kernel
def _beside(
    nodes: Array, start: float, dt: float, end: float, at_end: float, near: float, at_near: float,
    battery: Array, table: Array, flight: Array,
) -> tuple[float, float]:  # fmt: skip
    """Return (time, launch) of the maximum beside an end of a window, up to a time near it."""
    side = 1.0 if near > end else -1.0
    whole = math.sqrt(abs(near - end))
    high, at_high = whole, at_near
    for share in BESIDE:
        u = share * whole
        found = launch_for(
            nodes, start, dt, end + side * u * u, battery, table, NEXT_ROUNDS, flight
        )
        if found > at_end:
            return _climb(
                nodes, start, dt, end, side, 0.0, at_end, u, found, high, at_high, battery, table,
                flight,
            )  # fmt: skip
        high, at_high = u, found
    return end, at_end


@lean_kernel
def highest(
    nodes: Array, start: float, dt: float, low: float, high: float, least: float, battery: Array,
    table: Array, flight: Array,
) -> tuple[float, float]:  # fmt: skip
    """Return (time, launch) of the latest launch in a window; earlier than ``least`` is of no use.

    A grid inside and both ends are asked from the last to the first.
    """
    flight[TAU], flight[CHANGE] = 0.5 * table[SHORTEST_EDGE], USUAL
    t, found = high, launch_for(nodes, start, dt, high, battery, table, FIRST_ROUNDS, flight)
    top, at_top, tau = t, found, flight[TAU]
    before = after = math.nan
    at_before = at_after = -math.inf
    step = FINER * dt
    k = int((high - start) / step)
    if start + k * step > high - SAME_S:
        k -= 1
    while t > low and (t >= max(at_top, least) or math.isnan(before)):
        last, at_last = t, found
        t = max(start + k * step, low)
        if t < low + SAME_S:
            t = low
        k -= 1
        found = launch_for(nodes, start, dt, t, battery, table, NEXT_ROUNDS, flight)
        if found > at_top:
            top, at_top, tau = t, found, flight[TAU]
            after, at_after, before = last, at_last, math.nan
        elif math.isnan(before):
            before, at_before = t, found
    flight[TAU] = tau
    if math.isnan(after):
        return _beside(nodes, start, dt, high, at_top, before, at_before, battery, table, flight)
    if math.isnan(before):
        return _beside(nodes, start, dt, low, at_top, after, at_after, battery, table, flight)
    return _climb(
        nodes, start, dt, 0.0, 0.0, before, at_before, top, at_top, after, at_after, battery,
        table, flight,
    )  # fmt: skip


@lean_kernel
def arc_latest(
    nodes: Array, start: float, dt: float, support: Array, support_count: int, battery: Array,
    table: Array, values: Array, search: Search, scratch: Array, feasible: Array, flight: Array,
) -> tuple[float, float]:  # fmt: skip
    """Return (latest launch, the intercept it leads to) of one arc; see `latest`."""
    count = arc_windows(
        nodes, start, dt, start - BEFORE_S, support, support_count, battery, table, values,
        search, scratch, feasible,
    )  # fmt: skip
    best, meets = -math.inf, math.nan
    for k in range(count - 1, -1, -1):
        if feasible[k, 1] > best:
            t, found = highest(
                nodes, start, dt, feasible[k, 0], feasible[k, 1], best, battery, table, flight
            )
            if found > best:
                best, meets = found, t
    if count == 0:
        return best, meets
    # Near the edge of reach a window may hang on the axes of one time of flight: what counts is
    # whether a battery that is ready then finds one. Mostly that moment itself is proof.
    x, y, z = position(nodes, start, dt, meets)
    low = best - NARROW_S
    in_time, in_reach = flight_margins(x, y, z, meets, low, battery, table)
    if in_time >= 0.0 and in_reach >= 0.0:
        return low, meets
    high, width = best, NARROW_S
    while arc_windows(
        nodes, start, dt, low, support, support_count, battery, table, values, search, scratch,
        feasible,
    ) == 0:  # fmt: skip
        high = low
        width *= 4.0
        low -= width
    while high - low > NARROW_S:
        middle = 0.5 * (low + high)
        if arc_windows(
            nodes, start, dt, middle, support, support_count, battery, table, values, search,
            scratch, feasible,
        ) > 0:  # fmt: skip
            low = middle
        else:
            high = middle
    return low, meets


@lean_kernel
def _each(
    nodes: Array, start: Array, dt: Array, support: Array, support_count: Index, battery: Array,
    table: Array, values: Array, search: Search, scratch: Array, feasible: Array, flight: Array,
    out: Array, meets: Array,
) -> None:  # fmt: skip
    """Fill what :func:`latest` fills, with work space for one arc."""
    for i in range(nodes.shape[0]):
        out[i], meets[i] = arc_latest(
            nodes[i], start[i], dt[i], support[i], support_count[i], battery, table, values,
            search, scratch, feasible, flight,
        )  # fmt: skip


@kernel
def latest(
    nodes: Array, start: Array, dt: Array, support: Array, support_count: Index, battery: Array,
    table: Array, out: Array, meets: Array,
) -> None:  # fmt: skip
    """Fill the latest launch ``out`` (N,) and the intercept it leads to, ``meets`` (N,), in s.

    ``nodes`` (N, K, 6), ``start`` and ``dt`` (N,), ``support`` (N, MOST, 2) with ``support_count``
    (N,); minus infinity and NaN where the battery cannot meet the arc whenever it fires.
    """
    _each(
        nodes, start, dt, support, support_count, battery, table, window_space(nodes.shape[1]),
        search_space(), np.empty((3, MOST, 2)), np.empty((MOST, 2)), np.empty(2), out, meets,
    )  # fmt: skip
