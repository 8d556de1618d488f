"""Kernel of Lambert's problem: which conic joins two places in a given time.

Izzo, "Revisiting Lambert's problem", Celestial Mechanics and Dynamical Astronomy 121 (2015)
1-15, less than one revolution only. With the chord c, the half-perimeter
``s = (r1 + r2 + c)/2``, ``lam = +-sqrt(1 - c/s)`` (minus for the long way) and
``T = time sqrt(2 mu/s^3)`` the time depends on one unknown x alone (x = 0 is the conic of least
energy, x < 1 an ellipse, x > 1 a hyperbola), falls steadily with it, and is solved by
Householder's method of third order.

Added here: every difference of nearly equal numbers is rewritten with
``1 - lam^2 = c/s``, so that short hops, straight vertical flights and half revolutions keep
their digits; and the derivative of the solution by its end points and time, in closed form
(from dT/dlam = -2 lam^2/y at constant x).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel

Array = NDArray[np.float64]
Vector = tuple[float, float, float]
# x, then velocity at the start and at the end; x is NaN where there is no solution.
Solution = tuple[float, float, float, float, float, float, float]

# The sum of two unit vectors below which the plane of a half revolution is undefined, and the
# size of a cross product of unit vectors that is nothing but rounding.
OPPOSITE = 1e-9
ROUNDING = 1e-15
# Distance from the parabola inside which the closed form of the time loses digits to a series:
# Battin's hypergeometric one, 4/3 F(3, 1; 5/2; z), by the ratios of its terms.
NEAR_PARABOLA = 0.2
RATIOS = np.array([(3.0 + j) / (2.5 + j) for j in range(200)])


@lean_kernel
def parts(x: float, lam: float, ratio: float) -> Vector:
    """Return (y, y - lam x, x - lam y) for ``ratio = 1 - lam^2`` without loss of digits."""
    y = math.sqrt(ratio + lam * lam * x * x)
    if lam * x > 0.0:
        eta = ratio / (y + lam * x)
        gap = ratio * (x * x * (1.0 + lam * lam) - lam * lam) / (x + lam * y)
        return y, eta, gap
    return y, y - lam * x, x - lam * y


@lean_kernel
def time_of(x: float, lam: float, y: float, eta: float, gap: float, inverse: float) -> float:
    """Return the non-dimensional time T(x), x > -1, from `parts` and ``inverse = 1/(1 - x^2)``."""
    if abs(x - 1.0) < NEAR_PARABOLA:
        z = 0.5 * (1.0 - lam - x * eta)
        term = 4.0 / 3.0
        total = term
        for j in range(200):
            term *= z * RATIOS[j]
            total += term
            if abs(term) < 1e-17:
                break
        return 0.5 * eta * (eta * eta * total + 4.0 * lam)
    square = (1.0 - x) * (1.0 + x)
    if square > 0.0:
        root = math.sqrt(square)
        return (math.atan2(eta * root, x * y + lam * square) * root * inverse - gap) * inverse
    root = math.sqrt(-square)
    return (-math.asinh(eta * root) * root * inverse - gap) * inverse


@lean_kernel
def slope_of(x: float, lam: float, y: float, total: float) -> float:
    """Return dT/dx at x where T is ``total``."""
    if abs(x - 1.0) < 1e-6:
        return 0.4 * (lam**5 - 1.0)
    return (3.0 * total * x - 2.0 + 2.0 * lam**3 * x / y) / ((1.0 - x) * (1.0 + x))


@lean_kernel
def first_guess(lam: float, ratio: float, total: float) -> float:
    """Return a start for x, without a power: value and slope are right at x = 0.

    Near x = 0 it is Householder's step from there, else a hyperbola with the trend of that side.
    """
    root = math.sqrt(ratio)
    at_zero = math.acos(lam) + lam * root
    more = total - at_zero
    lam3 = lam * lam * lam
    # The kink of y at x = 0 is as narrow as the root.
    if abs(more) < 0.5 * root:
        bend = 3.0 * at_zero + 2.0 * lam3 / root
        return -more * (4.0 + 0.5 * more * bend) / (8.0 + more * (2.0 * bend + 8.0 / 3.0 * more))
    if more >= 0.0:
        if more < 4.0:
            return -more / (more + 2.0)
        return 0.5 * (math.pi / total) ** (2.0 / 3.0) - 1.0
    at_one = 2.0 / 3.0 * (1.0 - lam3)
    if total >= at_one:
        span = at_zero - at_one
        return -more * span / (2.0 * span - (span - 2.0) * more)
    return 1.0 + 2.5 * at_one * (at_one - total) / (total * (1.0 - lam3 * lam * lam))


@lean_kernel
def solve_x(lam: float, ratio: float, total: float, guess: float) -> float:
    """Return the root x of T(x) = ``total``, or NaN; ``guess`` NaN asks for the usual start."""
    x = guess if guess > -1.0 else first_guess(lam, ratio, total)
    if not x > -1.0:
        return math.nan
    low, high = -1.0, math.inf
    # The kink of y near x = 0 is as narrow as sqrt(ratio) when the way is short.
    narrow = min(1.0, math.sqrt(ratio) + abs(x))
    lam2 = lam * lam
    lam3 = lam2 * lam
    for _ in range(100):
        y, eta, gap = parts(x, lam, ratio)
        inverse = 1.0 / ((1.0 - x) * (1.0 + x))
        now = time_of(x, lam, y, eta, gap, inverse)
        error = now - total
        if error > 0.0:
            low = x
        else:
            high = x
        if abs(x - 1.0) < 1e-3:
            step = error / slope_of(x, lam, y, now)
        else:
            over = 1.0 / y
            cube = lam3 * over * over * over
            d1 = (3.0 * now * x - 2.0 + 2.0 * lam3 * x * over) * inverse
            d2 = (3.0 * now + 5.0 * x * d1 + 2.0 * ratio * cube) * inverse
            d3 = (7.0 * x * d2 + 8.0 * d1 - 6.0 * ratio * lam2 * cube * x * over * over) * inverse
            step = (
                error
                * (d1 * d1 - 0.5 * error * d2)
                / (d1 * (d1 * d1 - error * d2) + d3 * error * error * (1.0 / 6.0))
            )
        nxt = x - step
        if not (low <= nxt <= high):
            nxt = 2.0 * x + 1.0 if math.isinf(high) else 0.5 * (low + high)
            if nxt in (low, high) or math.isinf(nxt):
                return nxt if nxt > -1.0 and not math.isinf(nxt) else math.nan
        change = abs(nxt - x)
        x = nxt
        # The method triples the digits and more: the step after this one would be rounding.
        if change < 1e-4 * min(narrow, 1.0 + x) or error == 0.0:
            return x
    return x


@lean_kernel
def geometry(
    x1: float, y1: float, z1: float, x2: float, y2: float, z2: float
) -> tuple[float, float, float, float, float, float, float, float]:
    """Return r1, r2, chord, |u1 - u2|, |u1 + u2| and u1 x u2 of two places (u: unit vectors)."""
    r1 = math.sqrt(x1 * x1 + y1 * y1 + z1 * z1)
    r2 = math.sqrt(x2 * x2 + y2 * y2 + z2 * z2)
    a, b = 1.0 / r1, 1.0 / r2
    dx, dy, dz = x2 - x1, y2 - y1, z2 - z1
    chord = math.sqrt(dx * dx + dy * dy + dz * dz)
    ax, ay, az = a * x1, a * y1, a * z1
    bx, by, bz = b * x2, b * y2, b * z2
    less = math.sqrt((ax - bx) ** 2 + (ay - by) ** 2 + (az - bz) ** 2)
    more = math.sqrt((ax + bx) ** 2 + (ay + by) ** 2 + (az + bz) ** 2)
    return r1, r2, chord, less, more, ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx


@lean_kernel
def join(
    mu: float, x1: float, y1: float, z1: float, x2: float, y2: float, z2: float,
    time: float, long_way: bool, guess: float,
) -> Solution:  # fmt: skip
    """Return x and the velocities (m/s) at both ends of the conic from place 1 to place 2 (m).

    ``guess``: a start for x, or NaN. x comes back NaN for a time that is not positive, a place
    at the centre, or opposite places, which leave the plane open; so does the long way between
    places in one direction. Places in one direction are joined by the straight flight.
    """
    nan = math.nan
    r1, r2, chord, less, more, nx, ny, nz = geometry(x1, y1, z1, x2, y2, z2)
    normal = math.sqrt(nx * nx + ny * ny + nz * nz)
    straight = less < OPPOSITE and not long_way
    if not (time > 0.0 and r1 > 0.0 and r2 > 0.0 and time < math.inf) or (
        not straight and not (more > OPPOSITE and normal > ROUNDING)
    ):
        return nan, nan, nan, nan, nan, nan, nan
    s = 0.5 * (r1 + r2 + chord)
    per_s = 1.0 / s
    ratio = chord * per_s
    mean = math.sqrt(r1 * r2)
    lam = min(0.5 * mean * more * per_s, 1.0)
    if long_way:
        lam = -lam
    gamma = math.sqrt(0.5 * mu * s)
    # T = time sqrt(2 mu/s^3)
    x = solve_x(lam, ratio, 2.0 * time * gamma * per_s * per_s, guess)
    y, _, gap = parts(x, lam, ratio)
    # y + lam x and x + lam y, again without differences of nearly equal numbers.
    zeta = y + lam * x
    wide = x + lam * y
    if lam * x < 0.0:
        zeta = ratio / (y - lam * x)
        wide = ratio * (x * x * (1.0 + lam * lam) - lam * lam) / (x - lam * y)
    rho, sigma = 0.0, 1.0
    if chord > 0.0:
        per_chord = 1.0 / chord
        rho, sigma = (r1 - r2) * per_chord, mean * less * per_chord
    # Radial velocities over r, for both ends.
    a, b = 1.0 / (r1 * r1), 1.0 / (r2 * r2)
    out = -gamma * (gap + rho * wide) * a
    back = gamma * (gap - rho * wide) * b
    if normal <= ROUNDING:
        # Straight up and down: nothing goes across.
        return x, out * x1, out * y1, out * z1, back * x2, back * y2, back * z2
    across = gamma * sigma * zeta / normal
    if long_way:
        across = -across
    # across/r along (normal x u)/|normal|, for both ends.
    p, q = across * a, across * b
    return (
        x,
        out * x1 + p * (ny * z1 - nz * y1),
        out * y1 + p * (nz * x1 - nx * z1),
        out * z1 + p * (nx * y1 - ny * x1),
        back * x2 + q * (ny * z2 - nz * y2),
        back * y2 + q * (nz * x2 - nx * z2),
        back * z2 + q * (nx * y2 - ny * x2),
    )


@lean_kernel
def join_all(
    mu: float, starts: Array, ends: Array, times: Array, long_way: bool, out: Array
) -> None:
    """Solve N problems: ``starts``, ``ends`` (N, 3), ``times`` (N,) into ``out`` (N, 6)."""
    for i in range(times.size):
        _, out[i, 0], out[i, 1], out[i, 2], out[i, 3], out[i, 4], out[i, 5] = join(
            mu, starts[i, 0], starts[i, 1], starts[i, 2], ends[i, 0], ends[i, 1], ends[i, 2],
            times[i], long_way, math.nan,
        )  # fmt: skip
