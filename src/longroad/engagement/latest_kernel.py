"""Kernel of the latest launch: until when a battery has to fire to meet an arc at all.

An interceptor launched at l meets the missile at t when t - l is the time of flight T(t) or more,
inside reach, altitude limits and support (`longroad.engagement.window_kernel`). So an arc is
engageable by a battery that is ready at l exactly when l is at most

    L = max over feasible t of t - T(t),

one number for each arc and battery, whatever it is that makes the battery ready. The feasible
times are the windows of a battery that has been ready all along; in each the maximum is looked
for on a grid that holds both ends, and narrowed by golden sections.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel
from longroad.engagement.window_kernel import arc_windows, flight_margins
from longroad.flight.along import position
from longroad.flight.intervals import MOST, search_space

Array = NDArray[np.float64]
Index = NDArray[np.int32]

# The grid (s), and the width at which a maximum is narrow enough: f is flat there.
GRID_S = 12.0
NARROW_S = 0.02
# So long before the arc begins a battery is ready whatever its interceptor's flight lasts (s).
BEFORE_S = 1e4
GOLDEN = 0.5 * (math.sqrt(5.0) - 1.0)


@kernel
def launch_for(
    nodes: Array, start: float, dt: float, t: float, battery: Array, table: Array, guess: float
) -> tuple[float, float]:
    """Return (latest launch that meets the arc at a feasible t, time of flight) in s.

    The time of flight enters the axes of the table; three rounds settle it to 1e-3 s.
    """
    x, y, z = position(nodes, start, dt, t)
    tau = guess
    for _ in range(3):
        spare, _ = flight_margins(x, y, z, t, t - tau, battery, table)
        tau = max(tau - spare, 1.0)
    return t - tau, tau


@kernel
def latest(
    nodes: Array, start: Array, dt: Array, support: Array, support_count: Index, battery: Array,
    table: Array, out: Array, meets: Array,
) -> None:  # fmt: skip
    """Fill the latest launch ``out`` (N,) and the intercept it leads to, ``meets`` (N,), in s.

    ``nodes`` (N, K, 6), ``start`` and ``dt`` (N,), ``support`` (N, MOST, 2) with ``support_count``
    (N,); minus infinity and NaN where the battery cannot meet the arc whenever it fires.
    """
    values = np.empty((4, nodes.shape[1]))
    search = search_space()
    scratch = np.empty((3, MOST, 2))
    feasible = np.empty((MOST, 2))
    for i in range(nodes.shape[0]):
        out[i], meets[i] = -math.inf, math.nan
        begin = start[i]
        found_windows = arc_windows(
            nodes[i], begin, dt[i], begin - BEFORE_S, support[i], support_count[i], battery,
            table, values, search, scratch, feasible,
        )  # fmt: skip
        for k in range(found_windows):
            low, high = feasible[k, 0], feasible[k, 1]
            count = int((high - low) / GRID_S) + 2
            step = (high - low) / (count - 1)
            best, at, tau = -math.inf, -1, 200.0
            for j in range(count):
                found, tau = launch_for(nodes[i], begin, dt[i], low + j * step, battery, table, tau)
                if found > best:
                    best, at = found, j
            a = low + max(at - 1, 0) * step
            b = low + min(at + 1, count - 1) * step
            c, d = b - GOLDEN * (b - a), a + GOLDEN * (b - a)
            at_c, tau = launch_for(nodes[i], begin, dt[i], c, battery, table, tau)
            at_d, tau = launch_for(nodes[i], begin, dt[i], d, battery, table, tau)
            moment = low + at * step
            while b - a > NARROW_S:
                if at_c > best:
                    best, moment = at_c, c
                if at_d > best:
                    best, moment = at_d, d
                if at_c > at_d:
                    b, d, at_d = d, c, at_c
                    c = b - GOLDEN * (b - a)
                    at_c, tau = launch_for(nodes[i], begin, dt[i], c, battery, table, tau)
                else:
                    a, c, at_c = c, d, at_d
                    d = a + GOLDEN * (b - a)
                    at_d, tau = launch_for(nodes[i], begin, dt[i], d, battery, table, tau)
            if best > out[i]:
                out[i], meets[i] = best, moment
        if found_windows == 0:
            continue
        # Near the edge of reach a window may hang on the axes of one time of flight: what counts
        # is whether a battery that is ready then finds one.
        high = out[i]
        low = high - NARROW_S
        width = NARROW_S
        while True:
            some = arc_windows(
                nodes[i], begin, dt[i], low, support[i], support_count[i], battery, table,
                values, search, scratch, feasible,
            )  # fmt: skip
            if some > 0:
                break
            high = low
            width *= 4.0
            low -= width
        while high - low > NARROW_S:
            middle = 0.5 * (low + high)
            some = arc_windows(
                nodes[i], begin, dt[i], middle, support[i], support_count[i], battery, table,
                values, search, scratch, feasible,
            )  # fmt: skip
            if some > 0:
                low = middle
            else:
                high = middle
        out[i] = low
