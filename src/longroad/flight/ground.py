"""Kernels of the ground: places on the ellipsoid, heights above it, distances along it.

For any figure of the Earth, so that arcs can be computed on a sphere as well;
`longroad.earth` has the WGS-84 ellipsoid alone, with geodesics that reach the antipode.
"""

from __future__ import annotations

import math

from longroad.base.kernel import lean_kernel

Vector = tuple[float, float, float]


@lean_kernel
def on_ground(latitude: float, longitude: float, radius: float, e2: float) -> Vector:
    """Return the Earth-fixed place (m) of a geodetic latitude and longitude (rad) at height 0."""
    sine, cosine = math.sin(latitude), math.cos(latitude)
    normal = radius / math.sqrt(1.0 - e2 * sine * sine)
    return (
        normal * cosine * math.cos(longitude),
        normal * cosine * math.sin(longitude),
        normal * (1.0 - e2) * sine,
    )


@lean_kernel
def height(x: float, y: float, z: float, radius: float, e2: float) -> float:
    """Return the height above the ellipsoid (m); Bowring (1976), once: better than 1e-6 m."""
    p = math.sqrt(x * x + y * y)
    flat = math.sqrt(1.0 - e2)
    # The parametric latitude of the foot point, as (cosine, sine).
    scale = math.hypot(p * flat, z)
    cosine, sine = p * flat / scale, z / scale
    up = z + e2 / flat * radius * sine * sine * sine
    out = p - e2 * radius * cosine * cosine * cosine
    scale = math.hypot(up, out)
    cosine, sine = out / scale, up / scale
    return p * cosine + z * sine - radius * math.sqrt(1.0 - e2 * sine * sine)


@lean_kernel
def ground_range(
    latitude1: float, longitude1: float, latitude2: float, longitude2: float,
    radius: float, e2: float,
) -> float:  # fmt: skip
    """Return the length of the geodesic between two places (m), latitudes and longitudes in rad.

    Vincenty, Survey Review 23 (1975) 88-93: within 0.1 mm. Near the antipode, where his
    iteration does not settle, the result is NaN; no arc is computed there.
    """
    f = 1.0 - math.sqrt(1.0 - e2)
    b = radius * (1.0 - f)
    t1, t2 = (1.0 - f) * math.tan(latitude1), (1.0 - f) * math.tan(latitude2)
    c1, c2 = 1.0 / math.sqrt(1.0 + t1 * t1), 1.0 / math.sqrt(1.0 + t2 * t2)
    s1, s2 = t1 * c1, t2 * c2
    away = longitude2 - longitude1
    lam = away
    for _ in range(30):
        sine_lam, cosine_lam = math.sin(lam), math.cos(lam)
        sine = math.hypot(c2 * sine_lam, c1 * s2 - s1 * c2 * cosine_lam)
        if sine == 0.0 and cosine_lam > 0.0:
            return 0.0
        cosine = s1 * s2 + c1 * c2 * cosine_lam
        sigma = math.atan2(sine, cosine)
        sine_alpha = c1 * c2 * sine_lam / sine
        square = (1.0 - sine_alpha) * (1.0 + sine_alpha)
        middle = cosine - 2.0 * s1 * s2 / square if square > 1e-14 else 0.0
        c = f / 16.0 * square * (4.0 + f * (4.0 - 3.0 * square))
        before = lam
        lam = away + (1.0 - c) * f * sine_alpha * (
            sigma + c * sine * (middle + c * cosine * (2.0 * middle * middle - 1.0))
        )
        if abs(lam - before) < 1e-12:
            u = square * (radius * radius - b * b) / (b * b)
            big = 1.0 + u / 16384.0 * (4096.0 + u * (-768.0 + u * (320.0 - 175.0 * u)))
            small = u / 1024.0 * (256.0 + u * (-128.0 + u * (74.0 - 47.0 * u)))
            twice = 2.0 * middle * middle - 1.0
            part = small / 6.0 * middle * (4.0 * sine * sine - 3.0) * (2.0 * twice - 1.0)
            less = small * sine * (middle + 0.25 * small * (cosine * twice - part))
            return b * big * (sigma - less)
    return math.nan
