"""The WGS-84 ellipsoid: its constants, and places on and above it.

Source of the constants: NIMA TR8350.2, third edition, tables 3.1 and 3.3 (mu as refined in 1994).
The same conversions for compiled code, one place at a time, are in `longroad.earth.wgs84_kernel`;
distances along the surface are in `longroad.earth.geodesic`.
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

SEMI_MINOR_AXIS_M = SEMI_MAJOR_AXIS_M * (1.0 - FLATTENING)
ECCENTRICITY_SQUARED = FLATTENING * (2.0 - FLATTENING)

# Nearer to the Earth's centre than this a height above the ellipsoid is not well defined.
LEAST_RADIUS_M = 1_000_000.0


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
    normal = SEMI_MAJOR_AXIS_M / np.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
    return np.stack(
        [
            (normal + h) * cosine * np.cos(lon),
            (normal + h) * cosine * np.sin(lon),
            (normal * (1.0 - ECCENTRICITY_SQUARED) + h) * sine,
        ],
        axis=-1,
    )


def ecef_to_geodetic(position_m: ArrayLike) -> tuple[Array, Array, Array]:
    """Return latitude, longitude (rad) and height (m) of Earth-fixed positions (..., 3).

    Bowring's formula (Survey Review 23, 1976) with three rounds on the parametric latitude; within
    a nanometre (and the rounding of the position) from 1,000 km below the surface to 100,000 km
    above it. At a pole the longitude is 0. Raises `GeometryError` for a number that is not finite
    and for places within 1,000 km of the Earth's centre.
    """
    r = np.asarray(position_m, dtype=float)
    if r.shape[-1:] != (3,):
        raise GeometryError("a position has no x, y, z", expected="a last axis of length 3")
    x, y, z = r[..., 0], r[..., 1], r[..., 2]
    p = np.hypot(x, y)
    if not np.all((np.hypot(p, z) >= LEAST_RADIUS_M) & np.isfinite(p) & np.isfinite(z)):
        raise GeometryError(
            "a position is not finite or lies close to the Earth's centre",
            expected="metres from the Earth's centre, at least 1,000,000",
        )
    flat = 1.0 - FLATTENING
    # Parametric latitude of the foot point, as an angle that is safe at the poles.
    beta = np.arctan2(z, p * flat)
    for _ in range(3):
        up = z + ECCENTRICITY_SQUARED / flat * SEMI_MAJOR_AXIS_M * np.sin(beta) ** 3
        out = p - ECCENTRICITY_SQUARED * SEMI_MAJOR_AXIS_M * np.cos(beta) ** 3
        lat = np.arctan2(up, out)
        beta = np.arctan2(flat * np.sin(lat), np.cos(lat))
    sine = np.sin(lat)
    surface = SEMI_MAJOR_AXIS_M * np.sqrt(1.0 - ECCENTRICITY_SQUARED * sine * sine)
    height = p * np.cos(lat) + z * sine - surface
    return np.asarray(lat), np.asarray(np.arctan2(y, x)), np.asarray(height)


def surface_normal(latitude_rad: ArrayLike, longitude_rad: ArrayLike) -> Array:
    """Return the outward unit normal of the ellipsoid (..., 3), in Earth-fixed axes."""
    lat, lon = np.broadcast_arrays(
        np.asarray(latitude_rad, float), np.asarray(longitude_rad, float)
    )
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def local_axes(latitude_rad: ArrayLike, longitude_rad: ArrayLike) -> tuple[Array, Array, Array]:
    """Return the unit vectors east, north, up (..., 3) of places, in Earth-fixed axes.

    At a pole east and north are those of the meridian that ``longitude_rad`` names.
    """
    lat, lon = np.broadcast_arrays(
        np.asarray(latitude_rad, float), np.asarray(longitude_rad, float)
    )
    sin_lat, cos_lat, sin_lon, cos_lon = np.sin(lat), np.cos(lat), np.sin(lon), np.cos(lon)
    east = np.stack([-sin_lon, cos_lon, np.zeros_like(lat)], axis=-1)
    north = np.stack([-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat], axis=-1)
    return east, north, surface_normal(lat, lon)
