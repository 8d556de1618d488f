"""Kernel: the arc of a given shape between two places, for many arcs at once."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel
from longroad.flight.arc_kernel import (
    AIM,
    AIM_UP,
    ALTITUDE,
    APOGEE,
    BURN,
    DEPRESSED,
    DISTANCE,
    E2,
    ELEVATION,
    LEAST_SPEED,
    LOFTED,
    MU,
    PLACE,
    PROBE,
    R_END,
    RADIUS,
    REL,
    SIDE,
    SIDE_A,
    SITE,
    SPEED,
    SPIN,
    TIME,
    TOP,
    TURN,
    V_END,
    R,
    V,
    X,
    apogee_altitude,
    dot,
    first_heading,
    prepare,
    probe,
    shape_function,
)
from longroad.flight.ground import ground_range

Array = NDArray[np.float64]
Index = NDArray[np.int32]

# Status codes.
OK, BAD_INPUT, INSIDE_BOOST, BELOW_GROUND, TOO_SLOW, TOO_LOW = range(6)
TOO_SHORT, TOO_LONG, NO_FLIGHT, TOO_FAR = range(6, 10)

# Columns of a result: burnout place and velocity, then single numbers.
PLACE_OUT, VELOCITY_OUT = 0, 3
FLIGHT_TIME, TOP_OUT, SPEED_OUT, ANGLE, GROUND, IMPULSE, HEADING, RESULT = range(6, 14)

# The longest coast that is looked for (s): no arc of this project stays aloft for six hours.
LONGEST_S = 21_600.0
# What a step may be at the end; the values before that step are returned. The speed is flat
# around its least value: a tenth of a millisecond there is a millionth of a millimetre per second.
TOLERANCE_S = 1e-7
TOLERANCE_LEAST_S = 1e-4
TOLERANCE_RAD = 1e-8
ROUNDS = 60


@lean_kernel
def first_time(earth: Array, site: Array) -> float:
    """Return the coast time (s) of least inertial energy to the aim point, roughly."""
    x, y, z = site[PLACE], site[PLACE + 1], site[PLACE + 2]
    r = math.sqrt(x * x + y * y + z * z)
    dx, dy, dz = site[AIM] - x, site[AIM + 1] - y, site[AIM + 2] - z
    chord = math.sqrt(dx * dx + dy * dy + dz * dz)
    # What is left of the chord after the boost.
    chord = max(chord - site[DISTANCE], 0.2 * chord)
    chord = math.hypot(chord, site[ALTITUDE])
    s = 0.5 * (2.0 * r + site[ALTITUDE] + chord)
    ratio = min(chord / s, 1.0)
    lam = math.sqrt(1.0 - ratio)
    return (math.acos(lam) + lam * math.sqrt(ratio)) * math.sqrt(s * s * s / (2.0 * earth[MU]))


@lean_kernel
def apogee_time(earth: Array, site: Array, apogee: float) -> float:
    """Return a first coast time (s) for an apogee altitude (m): free fall from it, both ways."""
    r = earth[RADIUS] + 0.7 * apogee
    pull = 0.9 * earth[MU] / (r * r)
    return math.sqrt(2.0 * apogee / pull) + math.sqrt(
        2.0 * max(apogee - site[ALTITUDE], 0.0) / pull
    )


@lean_kernel
def solve(
    earth: Array, site: Array, shape: int, value: float,
    time: float, heading: float, low: float, high: float, p: Array,
) -> tuple[int, float, float]:  # fmt: skip
    """Find coast time (s) and heading (rad) of a shape; the probe ``p`` holds the flight.

    ``time`` and ``heading`` start, ``low`` and ``high`` bracket the time. Returns (status, coast
    time, heading), the last that were probed: they differ from the root by less than a last step.
    """
    guess = math.nan
    last_time = math.nan
    last_value = math.nan
    slope = math.nan
    tolerance = TOLERANCE_LEAST_S if shape == LEAST_SPEED else TOLERANCE_S
    for _ in range(ROUNDS):
        if not probe(earth, site, time, heading, guess, p):
            return NO_FLIGHT, time, heading
        guess = p[X]
        turn = -p[SIDE] / p[SIDE_A]
        step = 0.0
        if shape != TIME:
            now, by_heading, by_time = shape_function(earth, p, shape, value)
            now += by_heading * turn
            if shape == LEAST_SPEED:
                if math.isnan(slope):
                    # For a fixed flight geometry speed^2 = const + 2 mu x^2/s: its curvature
                    # at x = 0, where dT/dx = -2.
                    r1, r2 = math.sqrt(dot(p, R, p, R)), math.sqrt(dot(p, R_END, p, R_END))
                    cosine = dot(p, R, p, R_END)
                    chord = math.sqrt(r1 * r1 + r2 * r2 - 2.0 * cosine)
                    s = 0.5 * (r1 + r2 + chord)
                    slope = earth[MU] * earth[MU] / (s * s * s * s * p[SPEED])
                elif abs(time - last_time) > 1e-9 * time:
                    secant = (now - last_value) / (time - last_time)
                    if secant > 0.0:
                        slope = secant
                last_time, last_value = time, now
                by_time = slope
            # The heading is settled, or what is left of it cannot change the sign.
            sure = shape == APOGEE and abs(by_heading * turn) < 0.1 * abs(now)
            if abs(turn) < 1e-3 or sure:
                if now > 0.0:
                    high = min(high, time)
                else:
                    low = max(low, time)
            if shape == APOGEE and not by_time > 0.0:
                # The flight only descends: too short a time, whatever the heading.
                low = max(low, time)
            nxt = 0.0 if now > 0.0 else math.inf
            if by_time > 0.0:
                nxt = time - now / by_time
            nxt = min(max(nxt, 0.5 * time), 2.0 * time)
            if not (low <= nxt <= high):
                # The function grows with the time: the root lies on the side its sign says.
                end = max(low, 0.5 * time) if now > 0.0 else min(high, 2.0 * time)
                nxt = 0.5 * (time + end)
            step = nxt - time
        turn += p[TURN] * step
        if abs(step) < tolerance and abs(turn) < TOLERANCE_RAD:
            return OK, time, heading
        if time > LONGEST_S:
            return TOO_LONG, time, heading
        time += step
        heading += min(max(turn, -0.5), 0.5)
    return NO_FLIGHT, time, heading


@lean_kernel
def _arc(earth: Array, site: Array, shape: int, value: float, p: Array) -> tuple[int, float, float]:
    """Solve one prepared site; return (status, coast time, heading), the flight in ``p``."""
    heading = first_heading(site)
    if shape == TIME:
        coast = value - site[BURN]
        if not coast > 0.0:
            return TOO_SHORT, math.nan, math.nan
        return solve(earth, site, TIME, 0.0, coast, heading, 0.0, math.inf, p)
    if shape == APOGEE:
        if not value > site[ALTITUDE]:
            return TOO_LOW, math.nan, math.nan
        time = apogee_time(earth, site, value)
        return solve(earth, site, APOGEE, value, time, heading, 0.0, math.inf, p)
    start = first_time(earth, site)
    code, time, heading = solve(earth, site, LEAST_SPEED, 0.0, start, heading, 0.0, math.inf, p)
    if code != OK:
        return code, time, heading
    speed = p[SPEED]
    if shape == LEAST_SPEED:
        if dot(p, REL, p, TOP) >= value * speed:
            return OK, time, heading
        return solve(earth, site, ELEVATION, value, 1.1 * time, heading, time, math.inf, p)
    more = value - speed
    if more < -1e-9 * speed:
        return TOO_SLOW, math.nan, math.nan
    if more <= 1e-9 * speed:
        return OK, time, heading
    # The parabola of the speed around its least value gives the start on either side.
    r = math.sqrt(dot(p, R, p, R))
    span = min(math.sqrt(2.0 * more / speed) * speed * r * r / earth[MU], 4.0 * time)
    if shape == LOFTED:
        return solve(earth, site, LOFTED, value, time + span, heading, time, math.inf, p)
    begin = time / (1.0 + span / time)
    return solve(earth, site, DEPRESSED, value, begin, heading, 0.0, time, p)


@lean_kernel
def on_earth(latitude: float, longitude: float) -> bool:
    """Return whether a latitude and a longitude (rad) are a place."""
    return abs(latitude) <= 0.5 * math.pi + 1e-12 and abs(longitude) < 1e3


@lean_kernel
def ground_ranges(earth: Array, places: Array, out: Array) -> None:
    """Fill the geodesics ``out`` (N,) between the ends of arcs (m); NaN for what is no place."""
    for i in range(out.size):
        lat1, lon1, lat2, lon2 = places[i, 0], places[i, 1], places[i, 2], places[i, 3]
        out[i] = math.nan
        if on_earth(lat1, lon1) and on_earth(lat2, lon2):
            out[i] = ground_range(lat1, lon1, lat2, lon2, earth[RADIUS], earth[E2])


@kernel
def solve_slice(
    earth: Array, begin: int, end: int, places: Array, grounds: Array, boosts: Array, shape: int,
    values: Array, farthest: float, out: Array, status: Index,
) -> None:  # fmt: skip
    """Solve the arcs from ``begin`` up to ``end``.

    ``earth`` as in `Figure.plain`; ``places`` (N, 4) launch and aim latitude and longitude (rad),
    ``grounds`` (N,) of `ground_ranges`; ``boosts`` (N, 3) burn time (s), burnout altitude and
    distance (m); ``values`` (N,) of the shape: altitude (m), time (s), speed (m/s), for least speed
    the sine of the least flight-path angle (-1 for none). Arcs over more ground than ``farthest``
    (m) are not looked for. ``out`` (N, RESULT) and ``status`` (N,) are filled, with NaN where the
    status says so.
    """
    site = np.empty(SITE)
    p = np.empty(PROBE)
    mu, spin = earth[MU], earth[SPIN]
    for i in range(begin, end):
        lat1, lon1, lat2, lon2 = places[i, 0], places[i, 1], places[i, 2], places[i, 3]
        burn, altitude, distance = boosts[i, 0], boosts[i, 1], boosts[i, 2]
        row = out[i]
        row[:] = math.nan
        fine = on_earth(lat1, lon1) and on_earth(lat2, lon2) and 0.0 <= burn < LONGEST_S
        fine = fine and 0.0 <= altitude < 1e7 and 0.0 <= distance < 1e7
        if not fine or not abs(values[i]) < math.inf:
            status[i] = BAD_INPUT
            continue
        ground = grounds[i]
        row[GROUND] = ground
        if not ground > distance:
            status[i] = NO_FLIGHT if math.isnan(ground) else INSIDE_BOOST
            continue
        if ground > farthest:
            status[i] = TOO_FAR
            continue
        prepare(earth, lat1, lon1, lat2, lon2, burn, altitude, distance, site)
        code, time, heading = _arc(earth, site, shape, values[i], p)
        # The aim point's velocity has no part along its vertical, so this is Earth-relative.
        s, c = math.sin(spin * time), math.cos(spin * time)
        climb = (
            p[V_END] * (c * site[AIM_UP] - s * site[AIM_UP + 1])
            + p[V_END + 1] * (s * site[AIM_UP] + c * site[AIM_UP + 1])
            + p[V_END + 2] * site[AIM_UP + 2]
        )
        if code == OK and not climb < 0.0:
            code = BELOW_GROUND
        status[i] = code
        if code != OK:
            continue
        top = apogee_altitude(earth, p)
        lift = dot(p, REL, p, TOP) / p[SPEED]
        # Energy in rotating axes (Jacobi's constant) is the same at the launch place.
        r1 = math.sqrt(dot(p, R, p, R))
        r0 = math.sqrt(dot(site, PLACE, site, PLACE))
        swing1 = p[R] * p[R] + p[R + 1] * p[R + 1]
        swing0 = site[PLACE] * site[PLACE] + site[PLACE + 1] * site[PLACE + 1]
        impulse2 = (
            p[SPEED] * p[SPEED] + 2.0 * mu * (1.0 / r0 - 1.0 / r1) + spin * spin * (swing0 - swing1)
        )
        # From the axes of burnout to those of ignition.
        s, c = math.sin(spin * burn), math.cos(spin * burn)
        for j in (PLACE_OUT, VELOCITY_OUT):
            k = R if j == PLACE_OUT else V
            row[j] = c * p[k] - s * p[k + 1]
            row[j + 1] = s * p[k] + c * p[k + 1]
            row[j + 2] = p[k + 2]
        row[FLIGHT_TIME] = burn + time
        row[TOP_OUT] = top
        row[SPEED_OUT] = p[SPEED]
        row[ANGLE] = math.asin(min(max(lift, -1.0), 1.0))
        row[IMPULSE] = math.sqrt(max(impulse2, 0.0))
        row[HEADING] = heading % (2.0 * math.pi)
