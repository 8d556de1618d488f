"""Kernel: how the solution of Lambert's problem changes with its end points and its time.

Differentiating the solution of `longroad.flight.lambert_kernel` at constant x costs a few
products only, since dT/dlam = -2 lam^2/y; so the least speed and the boost's heading are found
by Newton's method with exact slopes rather than by trying.
"""

from __future__ import annotations

import math

from longroad.base.kernel import lean_kernel
from longroad.flight.lambert_kernel import parts, slope_of

Vector = tuple[float, float, float]


@lean_kernel
def change(
    mu: float, x1: float, y1: float, z1: float, x2: float, y2: float, z2: float,
    time: float, long_way: bool, x: float,
    dx1: float, dy1: float, dz1: float, dx2: float, dy2: float, dz2: float, dtime: float,
) -> Vector:  # fmt: skip
    """Return the change of the first velocity for small changes of its data.

    Places in m, ``x`` the solution found by `join`; (dx1, dy1, dz1), (dx2, dy2, dz2) and
    ``dtime`` the rates of change of the two places and of the time with any parameter; the
    result is the rate of change of the velocity (m/s) with the same parameter.
    """
    r1 = math.sqrt(x1 * x1 + y1 * y1 + z1 * z1)
    r2 = math.sqrt(x2 * x2 + y2 * y2 + z2 * z2)
    cx, cy, cz = x2 - x1, y2 - y1, z2 - z1
    c = math.sqrt(cx * cx + cy * cy + cz * cz)
    ax, ay, az = x1 / r1, y1 / r1, z1 / r1
    bx, by, bz = x2 / r2, y2 / r2, z2 / r2
    dr1 = ax * dx1 + ay * dy1 + az * dz1
    dr2 = bx * dx2 + by * dy2 + bz * dz2
    dc = (cx * (dx2 - dx1) + cy * (dy2 - dy1) + cz * (dz2 - dz1)) / c
    s = 0.5 * (r1 + r2 + c)
    ds = 0.5 * (dr1 + dr2 + dc)
    ratio = c / s
    dratio = (dc - ratio * ds) / s
    k = ax * bx + ay * by + az * bz
    lam = math.sqrt(0.5 * r1 * r2 * (1.0 + k)) / s
    if long_way:
        lam = -lam
    dlam = -0.5 * dratio / lam
    total = time * math.sqrt(2.0 * mu / (s * s * s))
    dtotal = total * (dtime / time - 1.5 * ds / s)
    y, _, gap = parts(x, lam, ratio)
    dx = (dtotal + 2.0 * lam * lam / y * dlam) / slope_of(x, lam, y, total)
    dy = (0.5 * dratio + lam * x * (x * dlam + lam * dx)) / y
    dgap = dx - dlam * y - lam * dy
    wide = x + lam * y
    dwide = dx + dlam * y + lam * dy
    zeta = y + lam * x if lam * x >= 0.0 else ratio / (y - lam * x)
    dzeta = dy + dlam * x + lam * dx
    gamma = math.sqrt(0.5 * mu * s)
    rho = (r1 - r2) / c
    drho = (dr1 - dr2 - rho * dc) / c
    # v1 = out u1 + over (u2 - (u1.u2) u1)
    out = -gamma * (gap + rho * wide) / r1
    dout = out * (0.5 * ds / s - dr1 / r1) - gamma * (dgap + drho * wide + rho * dwide) / r1
    over = gamma * zeta * r2 / (c * lam * s)
    dover = over * (dzeta / zeta + dr2 / r2 - dc / c - dlam / lam - 0.5 * ds / s)
    dax, day, daz = (dx1 - ax * dr1) / r1, (dy1 - ay * dr1) / r1, (dz1 - az * dr1) / r1
    dbx, dby, dbz = (dx2 - bx * dr2) / r2, (dy2 - by * dr2) / r2, (dz2 - bz * dr2) / r2
    dk = dax * bx + day * by + daz * bz + ax * dbx + ay * dby + az * dbz
    along = dout - dover * k - over * dk
    turn = out - over * k
    return (
        along * ax + turn * dax + dover * bx + over * dbx,
        along * ay + turn * day + dover * by + over * dby,
        along * az + turn * daz + dover * bz + over * dbz,
    )
