"""Kernel of track information: what sensors together know of an arc, and when that suffices.

The state of a missile at burnout, x0 = (place, velocity), is known with the inverse covariance
(information) J. A look of a radar with the measurement covariance R adds

    P_d Phi_r' W Phi_r,      W = u u'/s_r^2 + (1 - u u')/(d s_a)^2,

Phi_r the place's three rows of the transition matrix from burnout to the look
(`longroad.flight.transition_kernel`), u the line of sight, d its length, P_d the probability of
detection, s_r and s_a the errors of range (m) and angle (rad). Both fall with the signal-to-noise
ratio, which falls with the fourth power of distance: s^2 = s1^2/(2 SNR) + floor^2 (Skolnik,
Introduction to Radar Systems). Looks follow each other at the revisit time; their sum is taken
as an integral over steps of equal length.

A radar whose position and north are off by its registration error b (m) reports all places
shifted alike. What it knows is then no better than (J^-1 + B)^-1, B = b^2 on the places; in the
form J - J E (1/b^2 + E' J E)^-1 E' J, which needs no inverse of J. So one radar's information
has an end, and adding another never takes any away.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel
from longroad.flight.transition_kernel import place_matrix

Array = NDArray[np.float64]
Index = NDArray[np.int32]

# Packed symmetric 6 x 6: row i from column i on.
PACKED = 21
# Columns of a sensor: Earth-fixed place (m), range at which the signal-to-noise ratio is 1 (m),
# range error (m) and angle error (rad) at that ratio, their floors, looks per second times
# probability of detection, registration error (m).
X, Y, Z, UNIT_RANGE, RANGE_ERROR, ANGLE_ERROR, RANGE_FLOOR, ANGLE_FLOOR, RATE, BIAS = range(10)
SENSOR = 10
# Scales that make place and velocity numbers of one size: km and m/s... of a few hundred seconds.
PLACE_M, SPEED_M_S = 1e3, 3.0


@lean_kernel
def place_rows(
    mu: float, start: Array, time: float, guess: float, state: Array, rows: Array, square: Array
) -> tuple[float, float]:
    """Write the state (6), the scaled rows Phi_r (3, 6) and Phi_r' Phi_r (21) at a time (s).

    ``start`` (6) inertial state at time 0. The columns are scaled by `PLACE_M` and `SPEED_M_S`,
    so that J is about a state in those units. ``guess`` of the anomaly or NaN, and what is
    returned, are those of `longroad.flight.transition_kernel.place_matrix`.
    """
    found = place_matrix(mu, start, time, guess, state, rows)
    for i in range(3):
        for j in range(3):
            rows[i, j] *= PLACE_M
            rows[i, j + 3] *= SPEED_M_S
    n = 0
    for i in range(6):
        for j in range(i, 6):
            square[n] = rows[0, i] * rows[0, j] + rows[1, i] * rows[1, j] + rows[2, i] * rows[2, j]
            n += 1
    return found


@lean_kernel
def look_rate(
    spin: float, sensor: Array, time: float, state: Array, rows: Array, square: Array, q: Array,
    out: Array,
) -> None:  # fmt: skip
    """Write the information a sensor gains per second (21) from an arc at a time after ignition.

    ``state`` (6) inertial, ``rows`` (3, 6) and ``square`` (21) as of `place_rows`; ``q`` (6) is
    work space.
    """
    c, s = math.cos(spin * time), math.sin(spin * time)
    dx = state[0] - (c * sensor[X] - s * sensor[Y])
    dy = state[1] - (s * sensor[X] + c * sensor[Y])
    dz = state[2] - sensor[Z]
    d = math.sqrt(dx * dx + dy * dy + dz * dz)
    ux, uy, uz = dx / d, dy / d, dz / d
    fall = (d / sensor[UNIT_RANGE]) ** 4
    range2 = 0.5 * sensor[RANGE_ERROR] ** 2 * fall + sensor[RANGE_FLOOR] ** 2
    angle2 = 0.5 * sensor[ANGLE_ERROR] ** 2 * fall + sensor[ANGLE_FLOOR] ** 2
    along = sensor[RATE] / range2
    across = sensor[RATE] / (angle2 * d * d)
    for j in range(6):
        q[j] = ux * rows[0, j] + uy * rows[1, j] + uz * rows[2, j]
    n = 0
    for i in range(6):
        for j in range(i, 6):
            out[n] = across * square[n] + (along - across) * q[i] * q[j]
            n += 1


@lean_kernel
def overlap(low: float, high: float, intervals: Array, count: int) -> float:
    """Return how much of [low, high] lies in the first ``count`` intervals."""
    total = 0.0
    for i in range(count):
        total += max(0.0, min(high, intervals[i, 1]) - max(low, intervals[i, 0]))
    return total


@lean_kernel
def gather(
    spin: float, sensor: Array, low: float, step: float, states: Array, rows: Array,
    squares: Array, seen: float, rate: Array, fresh: bool, work: Array, total: Array,
) -> None:  # fmt: skip
    """Add to ``total`` (21) what one sensor gathers in ``seen`` seconds of a step from ``low``.

    ``states`` (2, 6), ``rows`` (2, 3, 6), ``squares`` (2, 21) at both ends of the step. Looks come
    at the mean of the rates at both ends, ``rate`` (2, 21), whose first is known when ``fresh``;
    afterwards it is that of the far end. ``work`` (6,) is work space.
    """
    if not fresh:
        look_rate(spin, sensor, low, states[0], rows[0], squares[0], work, rate[0])
    look_rate(spin, sensor, low + step, states[1], rows[1], squares[1], work, rate[1])
    for n in range(PACKED):
        total[n] += 0.5 * seen * (rate[0, n] + rate[1, n])
        rate[0, n] = rate[1, n]


@lean_kernel
def between(
    gathered: Array, begin: float, step: float, low: float, high: float, out: Array
) -> bool:
    """Write what was gathered from ``low`` to ``high`` (s) to ``out`` (21); False for nothing."""
    last = gathered.shape[0] - 1
    a = min(max((low - begin) / step, 0.0), 1.0 * last)
    b = min(max((high - begin) / step, 0.0), 1.0 * last)
    if not b > a:
        return False
    i, j = min(int(a), last - 1), min(int(b), last - 1)
    p, q = a - i, b - j
    some = False
    for n in range(PACKED):
        out[n] = (
            gathered[j, n] + q * (gathered[j + 1, n] - gathered[j, n])
            - gathered[i, n] - p * (gathered[i + 1, n] - gathered[i, n])
        )  # fmt: skip
        some = some or out[n] != 0.0
    return some


@lean_kernel
def at(i: int, j: int) -> int:
    """Return where entry (i, j) of a packed matrix stands."""
    if i > j:
        i, j = j, i
    return i * 6 - i * (i - 1) // 2 + j - i


@lean_kernel
def blunt(information: Array, bias: float, y: Array) -> None:
    """Take from packed ``information`` (21) what a registration error ``bias`` (m) makes useless.

    J - J E (1/b^2 + E' J E)^-1 E' J by the Cholesky factor of the middle matrix; in place, with
    ``y`` (3, 6) or more as work space.
    """
    if not bias > 0.0:
        return
    inverse = (PLACE_M / bias) ** 2
    m00 = information[0] + inverse
    m01, m02 = information[1], information[2]
    m11 = information[at(1, 1)] + inverse
    m12 = information[at(1, 2)]
    m22 = information[at(2, 2)] + inverse
    l00 = math.sqrt(m00)
    l10, l20 = m01 / l00, m02 / l00
    l11 = math.sqrt(m11 - l10 * l10)
    l21 = (m12 - l20 * l10) / l11
    l22 = math.sqrt(m22 - l20 * l20 - l21 * l21)
    # Rows of L^-1 E' J.
    for j in range(6):
        y0 = information[at(0, j)] / l00
        y1 = (information[at(1, j)] - l10 * y0) / l11
        y2 = (information[at(2, j)] - l20 * y0 - l21 * y1) / l22
        y[0, j], y[1, j], y[2, j] = y0, y1, y2
    n = 0
    for i in range(6):
        for j in range(i, 6):
            information[n] -= y[0, i] * y[0, j] + y[1, i] * y[1, j] + y[2, i] * y[2, j]
            n += 1


@lean_kernel
def predicted_error(information: Array, rows: Array, work: Array) -> float:
    """Return the error of the place (m, root of the sum of three variances), Phi_r J^-1 Phi_r'.

    ``information`` (21), ``rows`` (3, 6) at the time that is predicted, ``work`` (7, 6); infinite
    when J leaves a part of the state open.
    """
    # The factor of J, its diagonal inverted.
    for j in range(6):
        total = information[at(j, j)]
        for k in range(j):
            total -= work[j, k] * work[j, k]
        if not total > 1e-12 * information[at(j, j)]:
            return math.inf
        inverse = 1.0 / math.sqrt(total)
        work[j, j] = inverse
        for i in range(j + 1, 6):
            total = information[at(j, i)]
            for k in range(j):
                total -= work[i, k] * work[j, k]
            work[i, j] = total * inverse
    square = 0.0
    y = work[6]
    for axis in range(3):
        for i in range(6):
            total = rows[axis, i]
            for k in range(i):
                total -= work[i, k] * y[k]
            y[i] = total * work[i, i]
            square += y[i] * y[i]
    return math.sqrt(square)
