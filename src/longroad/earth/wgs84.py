"""The WGS-84 ellipsoid: its constants, and places on and above it.

Source of the constants: NIMA TR8350.2, third edition, tables 3.1 and 3.3 (mu as refined in 1994).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError

Array = NDArray[np.float64]

SEMI_MAJOR_AXIS_M = 6_378_137.0
FLATTENING = 1.0 / 298.257223563
MU_M3_S2 = 3.986004418e14
ANGULAR_SPEED_RAD_S = 7.292115e-5
# The mean radius (2 a + b) / 3 of the ellipsoid is 6,371,008.8 m; a sphere of 6,371 km is usual.
MEAN_RADIUS_M = 6_371_000.0

_E2 = FLATTENING * (2.0 - FLATTENING)


def geodetic_to_ecef(
    latitude_rad: ArrayLike, longitude_rad: ArrayLike, height_m: ArrayLike
) -> Array:
    """Return Earth-fixed x, y, z (m), last axis 3, of geodetic positions; arguments broadcast.

    x = (N + h) cos(lat) cos(lon), y = (N + h) cos(lat) sin(lon), z = (N (1 - e**2) + h) sin(lat),
    N = a / sqrt(1 - e**2 sin(lat)**2). Raises `GeometryError` for a latitude beyond a pole or a
    number that is not finite.
    """
    lat, lon, h = np.broadcast_arrays(
        np.asarray(latitude_rad, float),
        np.asarray(longitude_rad, float),
        np.asarray(height_m, float),
    )
    if not np.all(np.isfinite(lat) & np.isfinite(lon) & np.isfinite(h)):
        raise GeometryError(
            "a position is not finite", expected="finite latitude, longitude, height"
        )
    if np.any(np.abs(lat) > 0.5 * np.pi * (1.0 + 1e-12)):
        raise GeometryError("a latitude lies beyond a pole", expected="-90 deg to 90 deg")
    sine, cosine = np.sin(lat), np.cos(lat)
    normal = SEMI_MAJOR_AXIS_M / np.sqrt(1.0 - _E2 * sine * sine)
    return np.stack(
        [
            (normal + h) * cosine * np.cos(lon),
            (normal + h) * cosine * np.sin(lon),
            (normal * (1.0 - _E2) + h) * sine,
        ],
        axis=-1,
    )


def ecef_to_geodetic(position_m: ArrayLike) -> tuple[Array, Array, Array]:
    """Return latitude, longitude (rad) and height (m) of Earth-fixed positions (..., 3).

    Bowring's formula (Survey Review 23, 1976) with two rounds on the parametric latitude; within
    a nanometre from 5 km below the surface to 10,000 km above it. At a pole the longitude is 0.
    """
    r = np.asarray(position_m, dtype=float)
    x, y, z = r[..., 0], r[..., 1], r[..., 2]
    p = np.hypot(x, y)
    flat = 1.0 - FLATTENING
    b = SEMI_MAJOR_AXIS_M * flat
    # Parametric latitude of the foot point, as an angle that is safe at the poles.
    beta = np.arctan2(z, p * flat)
    for _ in range(3):
        up = z + _E2 / (1.0 - _E2) * b * np.sin(beta) ** 3
        out = p - _E2 * SEMI_MAJOR_AXIS_M * np.cos(beta) ** 3
        lat = np.arctan2(up, out)
        beta = np.arctan2(flat * np.sin(lat), np.cos(lat))
    sine = np.sin(lat)
    height = p * np.cos(lat) + z * sine - SEMI_MAJOR_AXIS_M * np.sqrt(1.0 - _E2 * sine * sine)
    return np.asarray(lat), np.asarray(np.arctan2(y, x)), np.asarray(height)


def local_axes(latitude_rad: float, longitude_rad: float) -> tuple[Array, Array, Array]:
    """Return the unit vectors east, north, up (3,) of a place, in Earth-fixed axes."""
    sin_lat, cos_lat = np.sin(latitude_rad), np.cos(latitude_rad)
    sin_lon, cos_lon = np.sin(longitude_rad), np.cos(longitude_rad)
    east = np.array([-sin_lon, cos_lon, 0.0])
    north = np.array([-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat])
    up = np.array([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat])
    return east, north, up
