"""Conversions on the WGS-84 ellipsoid for compiled code: one place at a time, no checks.

The equations are those of `longroad.earth.wgs84`, where the checked, vectorised forms are.
Numbers that are not finite come out as numbers that are not finite.
"""

from __future__ import annotations

import math

from longroad.base.kernel import lean_kernel
from longroad.earth.wgs84 import ECCENTRICITY_SQUARED, FLATTENING, SEMI_MAJOR_AXIS_M

Triple = tuple[float, float, float]


@lean_kernel
def to_ecef(latitude_rad: float, longitude_rad: float, height_m: float) -> Triple:
    """Return Earth-fixed x, y, z (m) of a geodetic position."""
    sine, cosine = math.sin(latitude_rad), math.cos(latitude_rad)
    normal = SEMI_MAJOR_AXIS_M / math.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
    return (
        (normal + height_m) * cosine * math.cos(longitude_rad),
        (normal + height_m) * cosine * math.sin(longitude_rad),
        (normal * (1.0 - ECCENTRICITY_SQUARED) + height_m) * sine,
    )


@lean_kernel
def to_geodetic(x_m: float, y_m: float, z_m: float) -> Triple:
    """Return latitude, longitude (rad) and height (m) of an Earth-fixed position.

    Bowring's formula, three rounds; not meant for places within 1,000 km of the Earth's centre.
    """
    p = math.hypot(x_m, y_m)
    flat = 1.0 - FLATTENING
    beta = math.atan2(z_m, p * flat)
    lat = beta
    for _ in range(3):
        up = z_m + ECCENTRICITY_SQUARED / flat * SEMI_MAJOR_AXIS_M * math.sin(beta) ** 3
        out = p - ECCENTRICITY_SQUARED * SEMI_MAJOR_AXIS_M * math.cos(beta) ** 3
        lat = math.atan2(up, out)
        beta = math.atan2(flat * math.sin(lat), math.cos(lat))
    sine = math.sin(lat)
    surface = SEMI_MAJOR_AXIS_M * math.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
    return lat, math.atan2(y_m, x_m), p * math.cos(lat) + z_m * sine - surface


@lean_kernel
def east(latitude_rad: float, longitude_rad: float) -> Triple:
    """Return the unit vector to the east, Earth-fixed axes."""
    return -math.sin(longitude_rad), math.cos(longitude_rad), 0.0


@lean_kernel
def north(latitude_rad: float, longitude_rad: float) -> Triple:
    """Return the unit vector to the north, along the ellipsoid, Earth-fixed axes."""
    sine = math.sin(latitude_rad)
    return (
        -sine * math.cos(longitude_rad),
        -sine * math.sin(longitude_rad),
        math.cos(latitude_rad),
    )


@lean_kernel
def up(latitude_rad: float, longitude_rad: float) -> Triple:
    """Return the outward unit normal of the ellipsoid, Earth-fixed axes."""
    cosine = math.cos(latitude_rad)
    return (
        cosine * math.cos(longitude_rad),
        cosine * math.sin(longitude_rad),
        math.sin(latitude_rad),
    )
