"""Kernel of reach over many flights: their states, the times at which they can be met, and where.

One call serves every pair of base and end point, so that an ensemble of draws spends its time in
compiled code. The search itself is `longroad.engagement.reach_kernel.least`; a set of places, such
as a patrol area, is searched by its `surface` first.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel
from longroad.earth.wgs84_kernel import to_geodetic
from longroad.engagement.reach_kernel import ARRIVAL, LAUNCH, MEET, SPEED, body, least, surface
from longroad.flight.kepler_kernel import coast
from longroad.flight.secant import narrowed, secant

Array = NDArray[np.float64]

# Columns of a meeting in words: see `explain`.
HEIGHT, LATITUDE, LONGITUDE, CROSSING, CLOSING, IMPULSIVE, WORDS = 0, 1, 2, 3, 4, 5, 6
# A crossing is found to this time (s), and in this many steps at most.
SHARP_S = 1e-6
ROUNDS = 60


@lean_kernel
def fly(mu: float, place: Array, velocity: Array, begin: Array, step: Array, states: Array) -> None:
    """Fill inertial states (P, K, 6) at ``begin + k step`` from burnout states (P, 3)."""
    for p in range(states.shape[0]):
        x, y, z = place[p]
        vx, vy, vz = velocity[p]
        for k in range(states.shape[1]):
            row = states[p, k]
            row[0], row[1], row[2], row[3], row[4], row[5] = coast(
                mu, x, y, z, vx, vy, vz, k * step[p]
            )


@lean_kernel
def _value(states: Array, begin: float, step: float, t: float, level: float, row: Array) -> float:
    """Return height above ``level`` (m), or the rate of climb where ``level`` is NaN."""
    body(states, begin, step, t, row)
    if math.isnan(level):
        return row[0] * row[3] + row[1] * row[4] + row[2] * row[5]
    return to_geodetic(row[0], row[1], row[2])[2] - level


@lean_kernel
def cross(
    states: Array, begin: float, step: float, low: float, high: float, level: float, row: Array
) -> float:
    """Return when the value changes sign between two times (s): Illinois rule, then halving."""
    a, b = low, high
    at_a = _value(states, begin, step, a, level, row)
    at_b = _value(states, begin, step, b, level, row)
    side = 0
    for k in range(ROUNDS):
        if not abs(b - a) > SHARP_S:
            break
        t = 0.5 * (a + b) if k >= ROUNDS // 2 else secant(a, at_a, b, at_b)
        value = _value(states, begin, step, t, level, row)
        if value == 0.0:
            return t
        if min(abs(t - a), abs(t - b)) < SHARP_S:
            return t
        a, at_a, b, at_b, side = narrowed(a, at_a, b, at_b, t, value, side)
    return 0.5 * (a + b)


@kernel
def turns(states: Array, begin: Array, step: Array, out: Array) -> None:
    """Fill ``out`` (P) with the time of greatest distance from the centre, burnout at earliest."""
    row = np.empty(6)
    for p in range(out.size):
        last = begin[p] + step[p] * (states.shape[1] - 1)
        out[p] = begin[p]
        if _value(states[p], begin[p], step[p], begin[p], math.nan, row) > 0.0:
            out[p] = cross(states[p], begin[p], step[p], begin[p], last, math.nan, row)


@kernel
def spans(
    states: Array, begin: Array, step: Array, turn: Array, floor: float, ceiling: float, out: Array
) -> None:
    """Fill ``out`` (P, 4): from and to (s) of the part before the apogee, and of the part after.

    What lies below ``floor`` or above ``ceiling`` (m) is left out. NaN where a flight never rises
    above the floor after burnout.
    """
    row = np.empty(6)
    for p in range(turn.size):
        trace, b, d, top = states[p], begin[p], step[p], turn[p]
        last = b + d * (trace.shape[0] - 1)
        out[p] = math.nan
        highest = _value(trace, b, d, top, 0.0, row)
        if not highest > floor:
            continue
        at_burnout = _value(trace, b, d, b, 0.0, row)
        at_end = _value(trace, b, d, last, 0.0, row)
        out[p, 0] = b if at_burnout >= floor else cross(trace, b, d, b, top, floor, row)
        out[p, 3] = last if at_end >= floor else cross(trace, b, d, top, last, floor, row)
        out[p, 1], out[p, 2] = top, top
        if highest > ceiling:
            out[p, 1] = b if at_burnout >= ceiling else cross(trace, b, d, b, top, ceiling, row)
            out[p, 2] = last if at_end >= ceiling else cross(trace, b, d, top, last, ceiling, row)


@kernel
def meet_all(
    mu: float, spin: float, places: Array, burn: float, fraction: float, life: float,
    delays: Array, states: Array, begin: Array, step: Array, parts: Array, answers: Array,
    which: NDArray[np.int32],
) -> None:  # fmt: skip
    """Fill ``answers`` (P, D, 2, ANSWER) with the least burnout speed from any of N places.

    ``delays`` (P, D) rising along D, of which those that are not finite have no meeting;
    ``which`` (P, D, 2) is the place. A launch later than the delay is open to all.
    """
    many = places.shape[0] > 1
    count = delays.shape[1]
    first = np.empty((places.shape[0], count, 2))
    answers[:] = math.nan
    which[:] = 0
    if not life > burn:
        return
    for p in range(states.shape[0]):
        if many:
            surface(
                mu, spin, places, burn, fraction, life, delays[p], states[p], begin[p], step[p],
                parts[p], math.inf, first,
            )  # fmt: skip
        for half in range(2):
            for j in range(count):
                if not delays[p, j] < math.inf:
                    continue
                best, speed = 0, math.inf
                if many:
                    for i in range(places.shape[0]):
                        if first[i, j, half] < speed:
                            best, speed = i, first[i, j, half]
                which[p, j, half] = best
                least(
                    mu, spin, places[best], burn, fraction, delays[p, j], life, states[p],
                    begin[p], step[p], parts[p, 2 * half], parts[p, 2 * half + 1], math.nan,
                    answers[p, j, half],
                )  # fmt: skip
            for j in range(count - 2, -1, -1):
                later = answers[p, j + 1, half]
                if later[SPEED] < math.inf and not answers[p, j, half, SPEED] <= later[SPEED]:
                    answers[p, j, half] = later
                    which[p, j, half] = which[p, j + 1, half]


@kernel
def explain(
    mu: float, spin: float, places: Array, burn: float, states: Array, begin: Array, step: Array,
    answers: Array, which: NDArray[np.int32], out: Array,
) -> None:  # fmt: skip
    """Fill ``out`` (P, D, 2, WORDS): what a meeting looks like.

    Height (m), latitude and longitude (rad) of the intercept; angle between the velocities (rad)
    and closing speed (m/s); impulsive surface equivalent of the shot: the Earth-relative speed at
    the launch place with the same energy in rotating axes (m/s).
    """
    row = np.empty(6)
    out[:] = math.nan
    for p in range(answers.shape[0]):
        for j in range(answers.shape[1]):
            for half in range(2):
                a = answers[p, j, half]
                if not a[SPEED] < math.inf:
                    continue
                t = a[MEET]
                body(states[p], begin[p], step[p], t, row)
                c, s = math.cos(spin * t), math.sin(spin * t)
                word = out[p, j, half]
                word[LATITUDE], word[LONGITUDE], word[HEIGHT] = to_geodetic(
                    c * row[0] + s * row[1], c * row[1] - s * row[0], row[2]
                )
                u, v, w = a[ARRIVAL], a[ARRIVAL + 1], a[ARRIVAL + 2]
                own = math.sqrt(u * u + v * v + w * w)
                other = math.sqrt(row[3] ** 2 + row[4] ** 2 + row[5] ** 2)
                cosine = (u * row[3] + v * row[4] + w * row[5]) / (own * other)
                word[CROSSING] = math.acos(min(max(cosine, -1.0), 1.0))
                word[CLOSING] = math.sqrt((u - row[3]) ** 2 + (v - row[4]) ** 2 + (w - row[5]) ** 2)
                # Back to the interceptor's burnout, and with its energy down to the ground.
                x, y, z, vx, vy, vz = coast(
                    mu, row[0], row[1], row[2], u, v, w, a[LAUNCH] + burn - t
                )
                vx, vy = vx + spin * y, vy - spin * x
                place = places[which[p, j, half]]
                ground2 = place[0] ** 2 + place[1] ** 2
                square = vx * vx + vy * vy + vz * vz
                square += 2.0 * mu / math.sqrt(ground2 + place[2] ** 2)
                square -= 2.0 * mu / math.sqrt(x * x + y * y + z * z)
                square += spin * spin * (ground2 - x * x - y * y)
                word[IMPULSIVE] = math.sqrt(max(square, 0.0))
