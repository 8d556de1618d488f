"""Kernel of the state transition matrix of two-body motion, in closed form.

How a small change of place and velocity at one time shows at another,

    [dr]   [F_r  F_v] [dr0]
    [dv] = [G_r  G_v] [dv0],

by universal variables (Battin, An Introduction to the Mathematics and Methods of Astrodynamics,
1999, section 9.7): with U_n = chi^n c_n(alpha chi^2), Lagrange's coefficients F, G and
``sqrt(mu) C = 3 U5 - chi U4 - sqrt(mu) (t - t0) U2``,

    F_r = r/mu dv dv' + (r0 (1 - F) r r0' + C v r0')/r0^3 + F 1
    F_v = r0/mu (1 - F) (dr v0' - dv r0') + C/mu v v0' + G 1,

dr = r - r0 and dv = v - v0. Holds on every conic; errors are those of rounding, 1e-12 of the
largest entry on ballistic arcs (tested).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel
from longroad.flight.kepler_kernel import anomaly

Array = NDArray[np.float64]

# Below this size of psi the series of c4 and c5 need so many terms for rounding.
SERIES, TERMS = 4.0, 13
FOURTH = tuple(1.0 / math.factorial(2 * k + 4) for k in range(TERMS))
FIFTH = tuple(1.0 / math.factorial(2 * k + 5) for k in range(TERMS))
SIXTH = 1.0 / 6.0
# An anomaly that would move by less than this share is one; most steps there from a guess.
CLOSE, ROUNDS = 1e-13, 6


@lean_kernel
def stumpff_five(psi: float) -> tuple[float, float, float, float]:
    """Return Stumpff's functions (c2, c3, c4, c5) of psi, to rounding for any sign of psi."""
    if abs(psi) < 1.0:
        c2, c3, c4, c5 = 0.0, 0.0, 0.0, 0.0
        for k in range(10, -1, -1):
            c2 = (1.0 - psi * c2) / ((2.0 * k + 1.0) * (2.0 * k + 2.0))
            c3 = (1.0 - psi * c3) / ((2.0 * k + 2.0) * (2.0 * k + 3.0))
            c4 = (1.0 - psi * c4) / ((2.0 * k + 3.0) * (2.0 * k + 4.0))
            c5 = (1.0 - psi * c5) / ((2.0 * k + 4.0) * (2.0 * k + 5.0))
        return c2, c3, 0.5 * c4, c5 / 6.0
    if psi > 0.0:
        root = math.sqrt(psi)
        half = math.sin(0.5 * root)
        c2, c3 = 2.0 * half * half / psi, (root - math.sin(root)) / (psi * root)
    else:
        root = math.sqrt(-psi)
        half = math.sinh(0.5 * root)
        c2, c3 = -2.0 * half * half / psi, (math.sinh(root) - root) / (-psi * root)
    return c2, c3, (0.5 - c2) / psi, (1.0 / 6.0 - c3) / psi


@lean_kernel
def transition(mu: float, start: Array, time: float, state: Array, out: Array) -> None:
    """Write the state (6; m, m/s) after ``time`` (s, any sign) and its matrix ``out`` (6, 6).

    ``start`` (6) is the inertial state at time 0. NaN where the motion cannot be followed.
    """
    x, y, z, vx, vy, vz = start[0], start[1], start[2], start[3], start[4], start[5]
    sign = 1.0
    if time < 0.0:
        # Backwards is forwards with the velocity reversed.
        sign = -1.0
        vx, vy, vz, time = -vx, -vy, -vz, -time
    root = math.sqrt(mu)
    r0 = math.sqrt(x * x + y * y + z * z)
    alpha = 2.0 / r0 - (vx * vx + vy * vy + vz * vz) / mu
    sigma = (x * vx + y * vy + z * vz) / root
    chi = anomaly(r0, sigma, alpha, root * time)
    psi = alpha * chi * chi
    c2, c3, c4, c5 = stumpff_five(psi)
    square = chi * chi
    u1 = chi * (1.0 - psi * c3)
    u2, u3 = square * c2, chi * square * c3
    u4, u5 = square * square * c4, chi * square * square * c5
    r = r0 * (1.0 - psi * c2) + sigma * u1 + u2
    f, g = 1.0 - u2 / r0, time - u3 / root
    ft, gt = -root * u1 / (r * r0), 1.0 - u2 / r
    rx, ry, rz = f * x + g * vx, f * y + g * vy, f * z + g * vz
    wx, wy, wz = ft * x + gt * vx, ft * y + gt * vy, ft * z + gt * vz
    c = (3.0 * u5 - chi * u4 - root * time * u2) / root
    first = (x, y, z)
    speed0 = (vx, vy, vz)
    place = (rx, ry, rz)
    speed = (wx, wy, wz)
    dv = (wx - vx, wy - vy, wz - vz)
    dr = (rx - x, ry - y, rz - z)
    cube0, cube = r0 * r0 * r0, r * r * r
    less = r0 * (1.0 - f)
    # r . r = r^2, so that (r v' - v r') r = r (v.r) - v r^2.
    across = rx * wx + ry * wy + rz * wz
    for i in range(3):
        for j in range(3):
            one = 1.0 if i == j else 0.0
            out[i, j] = (
                r / mu * dv[i] * dv[j]
                + (less * place[i] * first[j] + c * speed[i] * first[j]) / cube0
                + f * one
            )
            out[i, j + 3] = (
                less / mu * (dr[i] * speed0[j] - dv[i] * first[j])
                + c / mu * speed[i] * speed0[j]
                + g * one
            )
            turned = (place[i] * across - speed[i] * r * r) / (mu * r)
            out[i + 3, j] = (
                -dv[i] * first[j] / (r0 * r0)
                - place[i] * dv[j] / (r * r)
                + ft * (one - place[i] * place[j] / (r * r) + turned * dv[j])
                - mu * c / (cube * cube0) * place[i] * first[j]
            )
            out[i + 3, j + 3] = (
                r0 / mu * dv[i] * dv[j]
                + (less * place[i] * first[j] - c * place[i] * speed0[j]) / cube
                + gt * one
            )
    if sign < 0.0:
        for i in range(3):
            for j in range(3):
                out[i, j + 3] = -out[i, j + 3]
                out[i + 3, j] = -out[i + 3, j]
    for i in range(3):
        state[i] = place[i]
        state[i + 3] = sign * speed[i]


@lean_kernel
def fours(psi: float) -> tuple[float, float]:
    """Return Stumpff's functions (c4, c5) of psi, to rounding where its size is below `SERIES`."""
    c4 = c5 = 0.0
    for k in range(TERMS - 1, -1, -1):
        c4 = FOURTH[k] - psi * c4
        c5 = FIFTH[k] - psi * c5
    return c4, c5


@lean_kernel
def place_matrix(
    mu: float, start: Array, time: float, guess: float, state: Array, out: Array
) -> tuple[float, float]:
    """Write the state (6) after ``time`` >= 0 and the place's rows (3, 6) of its matrix.

    As `transition` does; ``guess`` is near the anomaly chi, as where another time is not far
    (`anomaly_after`), or NaN. Returns chi and the rate at which it grows (1/s).
    """
    x, y, z, vx, vy, vz = start[0], start[1], start[2], start[3], start[4], start[5]
    root = math.sqrt(mu)
    r0 = math.sqrt(x * x + y * y + z * z)
    alpha = 2.0 / r0 - (vx * vx + vy * vy + vz * vz) / mu
    sigma = (x * vx + y * vy + z * vz) / root
    beta = 1.0 - alpha * r0
    chi = guess if guess >= 0.0 else anomaly(r0, sigma, alpha, root * time)
    psi = u1 = u2 = u3 = c4 = c5 = r = 0.0
    for k in range(ROUNDS + 1):
        square = chi * chi
        psi = alpha * square
        if abs(psi) < SERIES:
            c4, c5 = fours(psi)
            c2, c3 = 0.5 - psi * c4, SIXTH - psi * c5
        else:
            c2, c3, c4, c5 = stumpff_five(psi)
        u1 = chi * (1.0 - psi * c3)
        u2, u3 = square * c2, chi * square * c3
        r = r0 + sigma * u1 + beta * u2
        # Halley's rule; from a guess that is good to 1e-5 one step is enough.
        error = r0 * chi + sigma * u2 + beta * u3 - root * time
        step = error / (r - 0.5 * error * (sigma * (1.0 - psi * c2) + beta * u1) / r)
        if not abs(step) > CLOSE * chi or not guess >= 0.0:
            break
        chi = chi - step if k < ROUNDS - 1 else anomaly(r0, sigma, alpha, root * time)
    u4, u5 = chi * chi * chi * chi * c4, chi * chi * chi * chi * chi * c5
    f, g = 1.0 - u2 / r0, time - u3 / root
    ft, gt = -root * u1 / (r * r0), 1.0 - u2 / r
    c = (3.0 * u5 - chi * u4 - root * time * u2) / root
    first, speed0 = (x, y, z), (vx, vy, vz)
    less = r0 * (1.0 - f)
    per_cube = 1.0 / (r0 * r0 * r0)
    a, b, d, e = r / mu, less / mu, less * per_cube, c * per_cube
    h = c / mu
    for i in range(3):
        place, speed = f * first[i] + g * speed0[i], ft * first[i] + gt * speed0[i]
        dr, dv = place - first[i], speed - speed0[i]
        state[i], state[i + 3] = place, speed
        row = d * place + e * speed
        for j in range(3):
            out[i, j] = a * dv * (ft * first[j] + gt * speed0[j] - speed0[j]) + row * first[j]
            out[i, j + 3] = b * (dr * speed0[j] - dv * first[j]) + h * speed * speed0[j]
        out[i, i] += f
        out[i, i + 3] += g
    return chi, root / r


@lean_kernel
def transition_all(mu: float, starts: Array, times: Array, states: Array, out: Array) -> None:
    """Fill ``states`` (N, 6) and ``out`` (N, 6, 6) for N inertial states and times."""
    for i in range(times.size):
        transition(mu, starts[i], times[i], states[i], out[i])
