"""Kernel of reach: the least burnout speed with which an interceptor meets a missile's arc.

The interceptor stands at a place on the turning Earth and is launched at a time l, not before a
given delay d after the missile's ignition. Its boost is that of the fly-out tables
(`longroad.flight.flyout_kernel`): a straight powered path of burn time b, along which it covers
``f b w``, f the boost path fraction and w the velocity at burnout relative to the place; then it
coasts on a conic. With g the ground's velocity and B the place of burnout,

    B = P(l) + g b + f b w,      velocity at burnout = g + w = Lambert(B -> X(t), t - l - b),

which fixes w for every intercept time t, and S(t, l) = |w| is the burnout speed needed. Wanted is
the least S over l >= d and over t in a part of the arc. While searching, the boost is replaced by
an impulse that starts (1 - f) b later, which differs by a few m/s and has its least value at the
same time within seconds; there the full condition is solved. Slopes come in closed form from
`longroad.flight.lambert_slope`; in the logarithm of the time that is left they lie near -1 for a
tail chase and cross 0 at the least speed, where a bracketed secant rule (Illinois) finds them.

Conics of less than half a revolution only: an interceptor that flies the long way round is none.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel
from longroad.flight.lambert_kernel import join
from longroad.flight.lambert_slope import change
from longroad.flight.secant import narrowed, secant

Array = NDArray[np.float64]

# Columns of a result: burnout speed, launch, intercept (s), interceptor velocity at the intercept
# relative to the Earth's centre in the axes of ignition.
SPEED, LAUNCH, MEET, ARRIVAL, ANSWER = 0, 1, 2, 3, 6
# Columns of a probe: S, dS/dt, dS/dl, the unknown of Lambert's problem.
P_SPEED, P_BY_TIME, P_BY_LAUNCH, P_X, PROBE = 0, 1, 2, 3, 4

# A search ends where the logarithmic slope is this small: S is then within 1e-4 of its least.
FLAT = 1e-2
ROUNDS = 24
# Times at which a part of an arc is probed first.
SCAN = 7
# The boost is met to this speed (m/s).
CLOSE_M_S = 0.01
# The shortest coast that is considered (s).
SHORTEST_S = 1.0


@lean_kernel
def body(trace: Array, begin: float, dt: float, t: float, out: Array) -> None:
    """Write inertial position and velocity (m, m/s) of the missile at time t (s) to ``out`` (6).

    ``trace`` (K, 6): inertial states at ``begin + k dt``, read by the cubic of their positions.
    """
    u = (t - begin) / dt
    k = min(max(int(u), 0), trace.shape[0] - 2)
    s = u - k
    s2 = s * s
    h1 = s2 * (3.0 - 2.0 * s)
    e1 = 6.0 * s * (1.0 - s) / dt
    g0, g1 = dt * s * (s - 1.0) * (s - 1.0), dt * s2 * (s - 1.0)
    k0, k1 = 1.0 + s * (3.0 * s - 4.0), s * (3.0 * s - 2.0)
    for i in range(3):
        a, b = trace[k, i], trace[k + 1, i]
        va, vb = trace[k, i + 3], trace[k + 1, i + 3]
        out[i] = a + h1 * (b - a) + g0 * va + g1 * vb
        out[i + 3] = e1 * (b - a) + k0 * va + k1 * vb


@lean_kernel
def probe(
    mu: float, spin: float, place: Array, late: float, missile: Array, t: float, launch: float,
    guess: float, p: Array,
) -> None:  # fmt: skip
    """Fill ``p`` for one intercept and launch time; ``late`` is (1 - f) b; NaN where none joins."""
    c, s = math.cos(spin * launch), math.sin(spin * launch)
    x, y, z = c * place[0] - s * place[1], s * place[0] + c * place[1], place[2]
    gx, gy = -spin * y, spin * x
    time = t - launch - late
    x1, y1 = x + gx * late, y + gy * late
    way, ax, ay, az, _, _, _ = join(
        mu, x1, y1, z, missile[0], missile[1], missile[2], time, False, guess
    )
    p[P_X] = way
    wx, wy, wz = ax - gx, ay - gy, az
    speed = math.sqrt(wx * wx + wy * wy + wz * wz)
    p[P_SPEED] = speed
    bx, by, bz = change(
        mu, x1, y1, z, missile[0], missile[1], missile[2], time, False, way,
        0.0, 0.0, 0.0, missile[3], missile[4], missile[5], 1.0,
    )  # fmt: skip
    p[P_BY_TIME] = (wx * bx + wy * by + wz * bz) / speed
    # Launching later moves the place with the ground and turns the ground's velocity.
    hx, hy = -spin * gy, spin * gx
    bx, by, bz = change(
        mu, x1, y1, z, missile[0], missile[1], missile[2], time, False, way,
        gx + hx * late, gy + hy * late, 0.0, 0.0, 0.0, 0.0, -1.0,
    )  # fmt: skip
    p[P_BY_LAUNCH] = (wx * (bx - hx) + wy * (by - hy) + wz * bz) / speed


@lean_kernel
def wait(
    mu: float, spin: float, place: Array, late: float, missile: Array, t: float, delay: float,
    p: Array,
) -> float:  # fmt: skip
    """Return the best launch time (s) for an intercept at t, not before ``delay``; fill ``p``."""
    probe(mu, spin, place, late, missile, t, delay, p[P_X], p)
    left = t - late - delay
    if not p[P_BY_LAUNCH] * left < -FLAT * p[P_SPEED]:
        return delay
    # Waiting helps. In ln(time left) the slope of ln S runs from > 0 here to -1 at no time left.
    high, at_high = math.log(left), -p[P_BY_LAUNCH] * left / p[P_SPEED]
    low, at_low = math.log(SHORTEST_S), -1.0
    side = 0
    now = high
    for _ in range(ROUNDS):
        now = secant(low, at_low, high, at_high)
        now = min(max(now, low + 0.02 * (high - low)), high - 0.02 * (high - low))
        left = math.exp(now)
        probe(mu, spin, place, late, missile, t, t - late - left, p[P_X], p)
        value = -p[P_BY_LAUNCH] * left / p[P_SPEED]
        if not abs(value) > FLAT:
            break
        low, at_low, high, at_high, side = narrowed(low, at_low, high, at_high, now, value, side)
    return t - late - math.exp(now)


@lean_kernel
def slope(
    mu: float, spin: float, place: Array, late: float, trace: Array, begin: float, dt: float,
    t: float, delay: float, life: float, missile: Array, p: Array,
) -> tuple[float, float]:  # fmt: skip
    """Return dlnS/dln(t - delay) with the best launch, and that launch (s); fill ``p``.

    No flight lasts longer than ``life`` (s), so a late intercept asks for a late launch.
    """
    body(trace, begin, dt, t, missile)
    earliest = max(delay, t - life)
    launch = wait(mu, spin, place, late, missile, t, earliest, p)
    rate = p[P_BY_TIME]
    if launch <= earliest and earliest > delay:
        rate += p[P_BY_LAUNCH]
    return rate * (t - late - delay) / p[P_SPEED], launch


@lean_kernel
def exact(
    mu: float, spin: float, place: Array, burn: float, fraction: float, missile: Array,
    t: float, launch: float, guess: float, answer: Array,
) -> None:  # fmt: skip
    """Solve the boost for one launch and intercept time; fill ``answer`` (NaN: no such flight)."""
    answer[:] = math.nan
    coast = t - launch - burn
    if not coast >= SHORTEST_S:
        return
    c, s = math.cos(spin * launch), math.sin(spin * launch)
    x, y, z = c * place[0] - s * place[1], s * place[0] + c * place[1], place[2]
    gx, gy = -spin * y, spin * x
    late = (1.0 - fraction) * burn
    way, ax, ay, az, ex, ey, ez = join(
        mu, x + gx * late, y + gy * late, z, missile[0], missile[1], missile[2],
        t - launch - late, False, guess,
    )  # fmt: skip
    wx, wy, wz = ax - gx, ay - gy, az
    path = fraction * burn
    for _ in range(ROUNDS):
        if path == 0.0:
            break
        way, ax, ay, az, ex, ey, ez = join(
            mu, x + gx * burn + path * wx, y + gy * burn + path * wy, z + path * wz,
            missile[0], missile[1], missile[2], coast, False, way,
        )  # fmt: skip
        # The place of burnout follows w, and Lambert's velocity falls with it by about 1/coast.
        share = 1.0 / (1.0 + path / coast)
        dx, dy, dz = ax - gx - wx, ay - gy - wy, az - wz
        wx, wy, wz = wx + share * dx, wy + share * dy, wz + share * dz
        if not dx * dx + dy * dy + dz * dz > CLOSE_M_S * CLOSE_M_S:
            break
    answer[SPEED] = math.sqrt(wx * wx + wy * wy + wz * wz)
    answer[LAUNCH], answer[MEET] = launch, t
    answer[ARRIVAL], answer[ARRIVAL + 1], answer[ARRIVAL + 2] = ex, ey, ez


@lean_kernel
def refine(
    mu: float, spin: float, place: Array, late: float, trace: Array, begin: float, dt: float,
    delay: float, life: float, low: float, at_low: float, high: float, at_high: float,
    missile: Array, p: Array,
) -> tuple[float, float]:  # fmt: skip
    """Return intercept and launch time (s) where the slope crosses 0 between two times.

    ``low``, ``high``: logarithms of the time left, with slopes below and above 0. Illinois rule.
    """
    side = 0
    t, launch = math.nan, math.nan
    for _ in range(ROUNDS):
        now = secant(low, at_low, high, at_high)
        now = min(max(now, low + 0.02 * (high - low)), high - 0.02 * (high - low))
        t = math.exp(now) + late + delay
        value, launch = slope(mu, spin, place, late, trace, begin, dt, t, delay, life, missile, p)
        if not abs(value) > FLAT:
            break
        low, at_low, high, at_high, side = narrowed(low, at_low, high, at_high, now, value, side)
    return t, launch


@kernel
def least(
    mu: float, spin: float, place: Array, burn: float, fraction: float, delay: float, life: float,
    trace: Array, begin: float, dt: float, first: float, last: float, hint: float,
    answer: Array,
) -> None:  # fmt: skip
    """Find the least burnout speed for intercepts from ``first`` to ``last`` (s); fill ``answer``.

    ``place`` (3) Earth-fixed (m), ``delay`` (s) the earliest launch, ``life`` (s) the longest
    flight. NaN where no intercept is
    possible in that part of the arc. Times spread over the part are probed, then the least of
    them is refined; with a ``hint`` (s) from a neighbouring delay, that one and the last time
    alone.
    """
    answer[:] = math.nan
    late = (1.0 - fraction) * burn
    first = max(first, delay + burn + SHORTEST_S)
    if not first < last:
        return
    missile = np.empty(6)
    p = np.empty(PROBE)
    p[P_X] = math.nan
    low, high = math.log(first - late - delay), math.log(last - late - delay)
    count = SCAN
    hinted = first < hint < last
    if hinted:
        count = 3
    step = (high - low) / (count - 1)
    middle = math.log(hint - late - delay) if hinted else math.nan
    best, least_speed, launch = -1, math.inf, math.nan
    spots = np.empty(count)
    slopes = np.empty(count)
    for k in range(count):
        spots[k] = middle if hinted and k == 1 else low + k * step
        slopes[k] = -1.0
        if hinted and k == 0 and (first - late - delay < 2.0 * burn):
            # Little time left: the chase is on, and the slope known.
            continue
        t = math.exp(spots[k]) + late + delay
        slopes[k], begun = slope(
            mu, spin, place, late, trace, begin, dt, t, delay, life, missile, p
        )
        if p[P_SPEED] < least_speed:
            best, least_speed, launch = k, p[P_SPEED], begun
    if best < 0:
        return
    t = math.exp(spots[best]) + late + delay
    a, b = best, best
    if slopes[best] > FLAT and best > 0:
        a = best - 1
    elif slopes[best] < -FLAT and best < count - 1:
        b = best + 1
    if b > a and slopes[a] < 0.0 < slopes[b]:
        t, launch = refine(
            mu, spin, place, late, trace, begin, dt, delay, life,
            spots[a], slopes[a], spots[b], slopes[b], missile, p,
        )  # fmt: skip
        least_speed = p[P_SPEED]
    # Where the longest flight begins to ask for a later launch the slope jumps, and what follows
    # may be flat for minutes while it rises.
    kink = delay + life
    if first < kink < last:
        _, begun = slope(mu, spin, place, late, trace, begin, dt, kink, delay, life, missile, p)
        if p[P_SPEED] < least_speed:
            t, launch = kink, begun
    body(trace, begin, dt, t, missile)
    # The boost has to fit into the flight.
    launch = min(launch, t - burn - SHORTEST_S)
    exact(mu, spin, place, burn, fraction, missile, t, launch, p[P_X], answer)


@kernel
def surface(
    mu: float, spin: float, places: Array, burn: float, fraction: float, life: float, delays: Array,
    trace: Array, begin: float, dt: float, parts: Array, cap: float, out: Array,
) -> None:  # fmt: skip
    """Fill ``out`` (N, D, 2) with the least burnout speed (m/s) for N places and D delays.

    ``parts`` (4): from and to of the two parts of the arc (s), before and after its apogee. NaN
    where a part is over before any flight could end, infinite above ``cap`` (m/s). One pass;
    neighbouring delays start each other.
    """
    answer = np.empty(ANSWER)
    for i in range(places.shape[0]):
        for half in range(2):
            hint = math.nan
            for j in range(delays.size):
                # Asked anew even where what was launched for the delay before serves: the search
                # is not global, and the better of two answers serves both.
                least(
                    mu, spin, places[i], burn, fraction, delays[j], life, trace, begin, dt,
                    parts[2 * half], parts[2 * half + 1], hint, answer,
                )  # fmt: skip
                out[i, j, half] = answer[SPEED]
                if answer[SPEED] > cap:
                    # Later launches need more.
                    out[i, j:, half] = math.inf
                    break
                hint = answer[MEET]
            # A later launch is open to whoever could launch earlier.
            for j in range(delays.size - 2, -1, -1):
                if not out[i, j, half] <= out[i, j + 1, half]:
                    out[i, j, half] = out[i, j + 1, half]
