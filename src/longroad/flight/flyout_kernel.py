"""Kernels of the interceptor fly-out: the sweep over launch elevation and the look-up.

Axes: an interceptor's table is computed for a launch at rest above a sphere, in axes that do not
rotate. A real launch site moves with the Earth; :func:`launch_axes_offset` gives the
displacement that brings a target into the axes of the table (see there for the error).

Table coordinates: ``m = 1 - cos(ground angle)`` and height ``h`` above the launch site's sphere.
The earliest time of flight is stored as slowness, time divided by slant distance, which varies
little; it is looked up bilinearly in ``h`` and in

    w = (1 + sqrt(q) - sqrt(1 - q)) / 2,        q = m / m_reach(h),

which spreads out both ends: the foot of the fan (time runs with distance) and its edge (time
runs with the square root of what is missing to the edge, where the direct and the lofted flight
merge). Levels lie closer towards the top, where the fan closes like a square root:
``h = top - (top - lowest) (1 - y)**2`` for y from 0 to 1 in equal steps. The edge ``m_reach(h)``
and the time needed to be there are stored apart, so that nothing is ever interpolated into the
unreachable.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel

Array = NDArray[np.float64]
# A table is one flat array, so that a kernel is handed a single pointer: a header, then the edge
# of reach and the time to it for each level, then the slowness by level and node.
LEVELS = 64
NODES = 64
LOWEST, TOP, RADIUS, REACH_SCALE, PER_SPAN, SHORTEST_EDGE = 0, 1, 2, 3, 4, 5
REACH = 8
REACH_TIME = REACH + LEVELS
SLOWNESS = REACH_TIME + LEVELS
TABLE_SIZE = SLOWNESS + LEVELS * NODES
# A flight is followed to this depth below the lowest level (m): where it ends its life just below
# a level, its neighbour may end above it, and the edge of reach lies between the two.
FAR_BELOW_M = 300e3


@lean_kernel
def _rates(mu: float, r: float, angular: float, radial: float) -> tuple[float, float]:
    """Return (d radial/dt, d angular/dt) of plane polar motion under mu / r**2."""
    return r * angular * angular - mu / (r * r), -2.0 * radial * angular / r


@lean_kernel
def _step(
    mu: float, r: float, theta: float, radial: float, angular: float, dt: float
) -> tuple[float, float, float, float]:
    """Advance plane polar motion by one step of the classical fourth-order Runge-Kutta rule."""
    a1, b1 = _rates(mu, r, angular, radial)
    r2, u2, w2 = r + 0.5 * dt * radial, radial + 0.5 * dt * a1, angular + 0.5 * dt * b1
    a2, b2 = _rates(mu, r2, w2, u2)
    r3, u3, w3 = r + 0.5 * dt * u2, radial + 0.5 * dt * a2, angular + 0.5 * dt * b2
    a3, b3 = _rates(mu, r3, w3, u3)
    r4, u4, w4 = r + dt * u3, radial + dt * a3, angular + dt * b3
    a4, b4 = _rates(mu, r4, w4, u4)
    sixth = dt / 6.0
    return (
        r + sixth * (radial + 2.0 * u2 + 2.0 * u3 + u4),
        theta + sixth * (angular + 2.0 * w2 + 2.0 * w3 + w4),
        radial + sixth * (a1 + 2.0 * a2 + 2.0 * a3 + a4),
        angular + sixth * (b1 + 2.0 * b2 + 2.0 * b3 + b4),
    )


@lean_kernel
def burnout_state(
    radius: float, speed: float, burn_time: float, path_fraction: float, elevation: float
) -> tuple[float, float, float, float]:
    """Return (r, theta, radial speed, angular rate) at the end of a straight powered flight.

    The path is straight at the launch elevation; its length is ``path_fraction`` times burnout
    speed times burn time, gravity and drag being contained in the published burnout speed.
    """
    length = path_fraction * speed * burn_time
    up = radius + length * math.sin(elevation)
    along = length * math.cos(elevation)
    r = math.hypot(up, along)
    theta = math.atan2(along, up)
    flight_path = elevation + theta
    return r, theta, speed * math.sin(flight_path), speed * math.cos(flight_path) / r


@lean_kernel
def ascend(
    mu: float,
    radius: float,
    speed: float,
    burn_time: float,
    path_fraction: float,
    life: float,
    ceiling: float,
    dt: float,
) -> float:
    """Return the greatest height a vertical launch reaches within its life and the ceiling (m)."""
    r, theta, radial, angular = burnout_state(
        radius, speed, burn_time, path_fraction, 0.5 * math.pi
    )
    t = burn_time
    top = r - radius
    while t < life and radial > 0.0 and top < ceiling:
        h = min(dt, life - t)
        r, theta, radial, angular = _step(mu, r, theta, radial, angular, h)
        t += h
        top = max(top, r - radius)
    return min(top, ceiling)


@lean_kernel
def _blend(a: float, da: float, b: float, db: float, dt: float, s: float) -> float:
    """Return the cubic through two values and rates at fraction ``s`` of the step."""
    s2 = s * s
    return (
        a * (1.0 + s2 * (2.0 * s - 3.0))
        + dt * da * s * (s - 1.0) * (s - 1.0)
        + b * s2 * (3.0 - 2.0 * s)
        + dt * db * s2 * (s - 1.0)
    )


@lean_kernel
def _crossing(h0: float, d0: float, h1: float, d1: float, dt: float, level: float) -> float:
    """Return the fraction of a step at which a cubic through heights and rates meets a level."""
    a, b = 0.0, 1.0
    rising = h1 > h0
    s = (level - h0) / (h1 - h0)
    for _ in range(6):
        s2 = s * s
        value = _blend(h0, d0, h1, d1, dt, s) - level
        slope = (
            6.0 * (h0 - h1) * (s2 - s)
            + dt * d0 * (3.0 * s2 - 4.0 * s + 1.0)
            + dt * d1 * (3.0 * s2 - 2.0 * s)
        )
        if (value > 0.0) == rising:
            b = s
        else:
            a = s
        nxt = s - value / slope if slope != 0.0 else 0.5 * (a + b)
        if not (a <= nxt <= b):
            nxt = 0.5 * (a + b)
        if abs(nxt - s) < 1e-12:
            return nxt
        s = nxt
    return s


@lean_kernel
def level_height(lowest: float, top: float, index: int, levels: int) -> float:
    """Return the height of a level of the table (m)."""
    left = 1.0 - index / (levels - 1.0)
    return top - (top - lowest) * left * left


@kernel
def _fan(
    mu: float,
    radius: float,
    speed: float,
    burn_time: float,
    path_fraction: float,
    life: float,
    heights: Array,
    elevation: float,
    dt: float,
    rise_m: Array,
    rise_t: Array,
    fall_m: Array,
    fall_t: Array,
) -> tuple[float, float]:
    """Fly one launch elevation; write m and time of each level's rising and falling crossing.

    Return height and m at the end of life, or where the flight has come far down.
    """
    levels = rise_m.size
    rise_m[:] = np.nan
    fall_m[:] = np.nan
    length = path_fraction * speed * burn_time
    sine = math.sin(elevation)
    r, theta, radial, angular = burnout_state(radius, speed, burn_time, path_fraction, elevation)
    # Below the burnout height: the point on the powered path, not before the end of burning.
    for k in range(levels):
        level = heights[k]
        if level > r - radius:
            break
        # Solve |(along, radius + up)| = radius + level for the distance along the path.
        half = radius * sine
        along = -half + math.sqrt(half * half + level * (2.0 * radius + level))
        if along <= length:
            up = radius + along * sine
            rise_m[k] = 1.0 - up / (radius + level)
            rise_t[k] = burn_time
    t = burn_time
    while t < life:
        h = min(dt, life - t)
        r1, theta1, radial1, angular1 = _step(mu, r, theta, radial, angular, h)
        low, high = r - radius, r1 - radius
        if radial > 0.0 and radial1 < 0.0:
            # The apex lies inside: split the step so that each part is monotonic.
            h = max(min(h * radial / (radial - radial1), h), 1e-9)
            r1, theta1, radial1, angular1 = _step(mu, r, theta, radial, angular, h)
            high = r1 - radius
        if high > low:
            k = int(np.searchsorted(heights, low))
            while k < levels and heights[k] <= high:
                s = _crossing(low, radial, high, radial1, h, heights[k])
                angle = _blend(theta, angular, theta1, angular1, h, s)
                rise_m[k] = 2.0 * math.sin(0.5 * angle) ** 2
                rise_t[k] = t + s * h
                k += 1
        elif high < low:
            k = int(np.searchsorted(heights, low)) - 1
            while k >= 0 and heights[k] >= high:
                s = _crossing(low, radial, high, radial1, h, heights[k])
                angle = _blend(theta, angular, theta1, angular1, h, s)
                fall_m[k] = 2.0 * math.sin(0.5 * angle) ** 2
                fall_t[k] = t + s * h
                k -= 1
        r, theta, radial, angular = r1, theta1, radial1, angular1
        t += h
        if radial < 0.0 and r - radius < heights[0] - FAR_BELOW_M:
            break
    return r - radius, 2.0 * math.sin(0.5 * theta) ** 2


@kernel
def _lower(segment_m: Array, segment_t: Array, m: Array, best: Array) -> None:
    """Lower ``best`` (time at each m) to the straight segment between two neighbouring flights."""
    ma, mb = segment_m[0], segment_m[1]
    if math.isnan(ma) or math.isnan(mb):
        return
    ta, tb = segment_t[0], segment_t[1]
    if mb < ma:
        ma, mb, ta, tb = mb, ma, tb, ta
    j = np.searchsorted(m, ma)
    while j < m.size and m[j] <= mb:
        t = ta if mb == ma else ta + (tb - ta) * (m[j] - ma) / (mb - ma)
        best[j] = min(best[j], t)
        j += 1


@kernel
def build_table(
    mu: float,
    radius: float,
    speed: float,
    burn_time: float,
    path_fraction: float,
    life: float,
    least_elevation: float,
    lowest: float,
    ceiling: float,
    elevations: int,
    dt: float,
    table: Array,
) -> bool:
    """Fill one fly-out table (TABLE_SIZE,); return False when no height of interest is reached."""
    levels, nodes = LEVELS, NODES
    reach = table[REACH:REACH_TIME]
    reach_time = table[REACH_TIME:SLOWNESS]
    slowness = table[SLOWNESS:].reshape((LEVELS, NODES))
    top = ascend(mu, radius, speed, burn_time, path_fraction, life, ceiling, dt)
    table[RADIUS] = radius
    if not top > lowest or life <= burn_time:
        table[LOWEST] = lowest
        table[TOP] = lowest + 1.0
        table[PER_SPAN] = 1.0
        table[REACH_SCALE] = 0.0
        table[SHORTEST_EDGE] = life
        reach[:] = -1.0
        reach_time[:] = life
        slowness[:] = 1.0
        return False
    table[LOWEST] = lowest
    table[TOP] = top
    table[PER_SPAN] = 1.0 / (top - lowest)
    heights = np.empty(levels)
    for k in range(levels):
        heights[k] = level_height(lowest, top, k, levels)
    rise_m = np.empty((elevations, levels))
    rise_t = np.zeros((elevations, levels))
    fall_m = np.empty((elevations, levels))
    fall_t = np.zeros((elevations, levels))
    end_height = np.empty(elevations)
    end_m = np.empty(elevations)
    for e in range(elevations):
        elevation = least_elevation + (0.5 * math.pi - least_elevation) * e / (elevations - 1)
        end_height[e], end_m[e] = _fan(
            mu, radius, speed, burn_time, path_fraction, life, heights, elevation, dt,
            rise_m[e], rise_t[e], fall_m[e], fall_t[e],
        )  # fmt: skip
    # What lies below the arc of the lowest flight, up to where that flight comes down or ends its
    # life, is within reach of an interceptor that shapes its path: join rise and end.
    for k in range(levels):
        if not math.isnan(rise_m[0, k]) and math.isnan(fall_m[0, k]) and end_m[0] > rise_m[0, k]:
            fall_m[0, k] = end_m[0]
            fall_t[0, k] = life
    m = np.empty(nodes)
    best = np.empty(nodes)
    pair_m = np.empty(2)
    pair_t = np.empty(2)
    widest = 0.0
    for k in range(levels):
        edge = 0.0
        edge_t = life
        for branch in range(2):
            crossing_m = rise_m if branch == 0 else fall_m
            crossing_t = rise_t if branch == 0 else fall_t
            for e in range(elevations):
                here = crossing_m[e, k]
                if math.isnan(here):
                    continue
                if here > edge:
                    edge, edge_t = here, crossing_t[e, k]
        # Two neighbours that end their lives on either side of the level.
        for e in range(1, elevations):
            low, high = end_height[e - 1] - heights[k], end_height[e] - heights[k]
            if (low < 0.0) != (high < 0.0):
                here = end_m[e - 1] + (end_m[e] - end_m[e - 1]) * low / (low - high)
                if here > edge:
                    edge, edge_t = here, life
        reach[k] = edge
        reach_time[k] = edge_t
        widest = max(widest, edge)
        height = heights[k]
        for j in range(nodes):
            phi = 0.25 * math.pi + math.asin((2.0 * j / (nodes - 1) - 1.0) / math.sqrt(2.0))
            m[j] = edge * math.sin(phi) ** 2
        m[0] = 0.0
        m[nodes - 1] = edge
        best[:] = math.inf
        for e in range(elevations):
            for branch in range(2):
                crossing_m = rise_m if branch == 0 else fall_m
                crossing_t = rise_t if branch == 0 else fall_t
                if e > 0:
                    pair_m[0], pair_m[1] = crossing_m[e - 1, k], crossing_m[e, k]
                    pair_t[0], pair_t[1] = crossing_t[e - 1, k], crossing_t[e, k]
                    _lower(pair_m, pair_t, m, best)
            # The rising branch joins the falling one at the lowest flight that meets the level.
            # Where that is the least launch elevation, the points below its arc take the time
            # along the chord: an interceptor shapes its path to be there.
            last = e == 0 or math.isnan(rise_m[e - 1, k])
            if last and not math.isnan(rise_m[e, k]) and not math.isnan(fall_m[e, k]):
                pair_m[0], pair_m[1] = rise_m[e, k], fall_m[e, k]
                pair_t[0], pair_t[1] = rise_t[e, k], fall_t[e, k]
                _lower(pair_m, pair_t, m, best)
        if math.isinf(best[nodes - 1]):
            best[nodes - 1] = edge_t
        # A point that no flight of the sweep passes takes the time of the next point outward.
        for j in range(nodes - 2, -1, -1):
            if math.isinf(best[j]):
                best[j] = best[j + 1]
        for j in range(nodes):
            slant = math.sqrt(height * height + 2.0 * radius * (radius + height) * m[j])
            slowness[k, j] = best[j] / slant
    table[REACH_SCALE] = widest
    table[SHORTEST_EDGE] = reach_time.min()
    return True


@lean_kernel
def level_of(table: Array, h: float) -> float:
    """Return the level of height h as a real number from 0 to LEVELS - 1."""
    if h <= table[LOWEST]:
        return 0.0
    left = (table[TOP] - h) * table[PER_SPAN]
    return (LEVELS - 1.0) * (1.0 - math.sqrt(left)) if left > 0.0 else LEVELS - 1.0


@lean_kernel
def edge_time_at(table: Array, h: float) -> float:
    """Return the time of flight to the edge of reach at height h (s)."""
    x = level_of(table, h)
    i = min(int(x), LEVELS - 2)
    low = table[REACH_TIME + i]
    return low + (x - i) * (table[REACH_TIME + i + 1] - low)


@lean_kernel
def look_up(table: Array, m: float, h: float) -> tuple[float, float]:
    """Return (earliest time of flight in s, m at the edge of reach) for m and height h in m.

    Outside the edge the time is that of the edge; above the top level the edge goes on falling,
    so that ``edge - m`` is continuous and changes sign.
    """
    x = level_of(table, h)
    i = min(int(x), LEVELS - 2)
    fx = x - i
    low = table[REACH + i]
    edge = low + fx * (table[REACH + i + 1] - low)
    q = m / edge if m < edge else 1.0
    w = 0.5 * (1.0 + math.sqrt(q) - math.sqrt(1.0 - q)) * (NODES - 1)
    j = min(int(w), NODES - 2)
    fw = w - j
    k = SLOWNESS + i * NODES + j
    low = table[k] + fw * (table[k + 1] - table[k])
    k += NODES
    high = table[k] + fw * (table[k + 1] - table[k])
    radius = table[RADIUS]
    slant = math.sqrt(h * h + 2.0 * radius * (radius + h) * min(m, max(edge, 0.0)))
    # The fall of the edge above the top is scaled by the widest reach: a top level of zero
    # reach must still give a falling margin.
    above = max((h - table[TOP]) * table[PER_SPAN], 0.0)
    return slant * (low + fx * (high - low)), edge - above * table[REACH_SCALE]


@lean_kernel
def launch_axes_offset(time_of_flight: float, schuler_squared: float) -> float:
    """Return the time by which the launch site's velocity displaces the table's axes (s).

    A launch site with inertial velocity u carries that velocity into the flight. In axes that
    move with u the Earth's centre moves away, and gravity with it; to first order in the
    displacement the horizontal part of the flight is that of an oscillator of the Schuler
    frequency, s**2 = mu / r**3, so the axes are displaced by u sin(s t) / s instead of u t.
    """
    x = schuler_squared * time_of_flight * time_of_flight
    return time_of_flight * (1.0 - x / 6.0 * (1.0 - x / 20.0 * (1.0 - x / 42.0)))
