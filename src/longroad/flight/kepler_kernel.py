"""Kernel of two-body motion: where a body is after a given time, on any conic.

Universal variables (Battin, An Introduction to the Mathematics and Methods of Astrodynamics,
1999, section 4.5; Vallado, Fundamentals of Astrodynamics and Applications, algorithm 8): with
``alpha = 2/r - v^2/mu``, ``sigma = r.v/sqrt(mu)`` and the anomaly ``chi``,

    sqrt(mu) t = r chi + sigma chi^2 c2 + (1 - alpha r) chi^3 c3,        psi = alpha chi^2

has one root for every time, because its derivative is the distance. No angular momentum is
divided by, so that a straight vertical flight is a case like any other.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel

Array = NDArray[np.float64]
State = tuple[float, float, float, float, float, float]


@lean_kernel
def stumpff(psi: float) -> tuple[float, float]:
    """Return Stumpff's functions (c2, c3) of psi, to rounding for any sign of psi."""
    if abs(psi) < 0.5:
        # Series; the tenth term is below 1e-19 of the first.
        c2 = 0.0
        c3 = 0.0
        for k in range(9, -1, -1):
            c2 = (1.0 - psi * c2) / ((2.0 * k + 1.0) * (2.0 * k + 2.0))
            c3 = (1.0 - psi * c3) / ((2.0 * k + 2.0) * (2.0 * k + 3.0))
        return c2, c3
    if psi > 0.0:
        root = math.sqrt(psi)
        half = math.sin(0.5 * root)
        return 2.0 * half * half / psi, (root - math.sin(root)) / (psi * root)
    root = math.sqrt(-psi)
    half = math.sinh(0.5 * root)
    return -2.0 * half * half / psi, (math.sinh(root) - root) / (-psi * root)


@lean_kernel
def anomaly(r: float, sigma: float, alpha: float, scaled: float) -> float:
    """Return chi for ``scaled = sqrt(mu) t``, not negative (NaN when there is none).

    Laguerre's method of order five, kept inside a bracket that is halved when it strays.
    """
    beta = 1.0 - alpha * r
    if alpha > 0.0:
        # Whole revolutions do not change the place.
        period = 2.0 * math.pi / (alpha * math.sqrt(alpha))
        if scaled > period:
            scaled = scaled % period
    if scaled == 0.0:
        return 0.0
    low = 0.0
    high = math.inf
    if alpha > 0.0:
        high = 2.0 * math.pi / math.sqrt(alpha)
        chi = scaled * alpha
    else:
        chi = scaled / r
        if alpha < 0.0:
            # Far out on a hyperbola the time grows like an exponential of the anomaly.
            root = math.sqrt(-alpha)
            argument = -2.0 * alpha * root * scaled / (sigma * root + beta)
            if argument > 1.0:
                chi = min(chi, (1.0 + math.log(argument)) / root)
    for _ in range(200):
        psi = alpha * chi * chi
        c2, c3 = stumpff(psi)
        u1 = chi * (1.0 - psi * c3)
        u2 = chi * chi * c2
        error = r * chi + sigma * u2 + beta * chi * chi * chi * c3 - scaled
        slope = r + sigma * u1 + beta * u2
        if not error <= 0.0:
            # Too far, or overflown.
            high = chi
        else:
            low = chi
        bend = sigma * (1.0 - psi * c2) + beta * u1
        square = abs(16.0 * slope * slope - 20.0 * error * bend)
        step = 5.0 * error / (slope + math.sqrt(square))
        nxt = chi - step
        if not (low <= nxt <= high):
            nxt = 2.0 * chi if math.isinf(high) else 0.5 * (low + high)
            if math.isinf(nxt):
                return math.nan
        if abs(nxt - chi) <= 1e-14 * nxt:
            return nxt
        chi = nxt
    # The last halvings moved by rounding only.
    return chi


@lean_kernel
def coast(
    mu: float, x: float, y: float, z: float, vx: float, vy: float, vz: float, time: float
) -> State:
    """Return position (m) and velocity (m/s) after ``time`` (s, any sign) under mu (m^3/s^2)."""
    sign = 1.0
    if time < 0.0:
        # Backwards is forwards with the velocity reversed.
        sign = -1.0
        vx, vy, vz, time = -vx, -vy, -vz, -time
    root = math.sqrt(mu)
    r = math.sqrt(x * x + y * y + z * z)
    alpha = 2.0 / r - (vx * vx + vy * vy + vz * vz) / mu
    sigma = (x * vx + y * vy + z * vz) / root
    chi = anomaly(r, sigma, alpha, root * time)
    if alpha > 0.0:
        time = time % (2.0 * math.pi / (alpha * math.sqrt(alpha) * root))
    psi = alpha * chi * chi
    c2, c3 = stumpff(psi)
    u1 = chi * (1.0 - psi * c3)
    u2 = chi * chi * c2
    there = r * (1.0 - psi * c2) + sigma * u1 + u2
    f = 1.0 - u2 / r
    g = time - chi * chi * chi * c3 / root
    df = -root * u1 / (r * there)
    dg = 1.0 - u2 / there
    return (
        f * x + g * vx,
        f * y + g * vy,
        f * z + g * vz,
        sign * (df * x + dg * vx),
        sign * (df * y + dg * vy),
        sign * (df * z + dg * vz),
    )


@lean_kernel
def coast_all(mu: float, places: Array, velocities: Array, times: Array, out: Array) -> None:
    """Propagate N states: ``places``, ``velocities`` (N, 3), ``times`` (N,) into ``out`` (N, 6)."""
    for i in range(times.size):
        out[i, 0], out[i, 1], out[i, 2], out[i, 3], out[i, 4], out[i, 5] = coast(
            mu, places[i, 0], places[i, 1], places[i, 2],
            velocities[i, 0], velocities[i, 1], velocities[i, 2], times[i],
        )  # fmt: skip
