"""What a missile can attain: the burnout speed behind a published maximum range.

A published range says nothing of direction, so it is read on a sphere at rest: the boost covers
its ground distance, and from burnout a flight of least energy covers the rest.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import MEAN_RADIUS_M, MU_M3_S2

Array = NDArray[np.float64]

# What a range gains at most, as a share, from the Earth's rotation, and per metre of it; up to
# LONG_M. Found 3, 5, 8 and 14 % at 1,000, 2,000, 4,000 and 7,000 km, eastward on the equator.
GAIN, GAIN_PER_M, LONG_M = 0.04, 2.5e-8, 7e6


def farthest_range(range_m: float) -> float:
    """Return a ground distance (m) that a missile of a maximum range surely does not exceed.

    The published range is read at rest (`attainable_speed`); on the rotating ellipsoid the same
    burnout speed carries farther to the east. Infinite beyond `LONG_M`, where the gain rises fast.
    """
    if not range_m <= LONG_M:
        return math.inf
    return range_m * (1.0 + GAIN + GAIN_PER_M * range_m)


def attainable_speed(
    range_m: ArrayLike,
    burnout_altitude_m: ArrayLike,
    burnout_ground_distance_m: ArrayLike,
    least_elevation_rad: ArrayLike | None = None,
    *,
    radius_m: float = MEAN_RADIUS_M,
    mu_m3_s2: float = MU_M3_S2,
) -> Array:
    """Return the burnout speed (m/s) that just gives ``range_m`` on a sphere at rest.

    From burnout at r1 to the ground at r2, the angle psi = (range - ground distance)/radius
    apart, the chord c and s = (r1 + r2 + c)/2 give the least speed v^2 = mu (2/r1 - 2/s)
    (Bate, Mueller, White, Fundamentals of Astrodynamics, 1971, sections 5.4 and 6.2). Where
    that flight leaves burnout below ``least_elevation_rad`` (g), it is the speed at that angle,

        v^2 = (mu/r1) (1 - cos psi) / ((r1/r2) cos^2 g - cos g cos(psi + g)).

    Arguments broadcast; NaN where the range does not exceed the ground distance of the boost, or
    exceeds half the circumference. Raises GeometryError for arguments that do not broadcast.
    """
    try:
        reach, altitude, distance = np.broadcast_arrays(
            *(
                np.asarray(a, dtype=np.float64)
                for a in (range_m, burnout_altitude_m, burnout_ground_distance_m)
            )
        )
    except (TypeError, ValueError) as error:
        raise GeometryError("range and boost do not go together") from error
    r1, r2 = radius_m + altitude, radius_m
    psi = (reach - distance) / radius_m
    psi = np.where((psi > 0.0) & (psi <= np.pi), psi, np.nan)
    chord = np.sqrt(altitude**2 + 4.0 * r1 * r2 * np.sin(0.5 * psi) ** 2)
    s = 0.5 * (r1 + r2 + chord)
    speed2 = 2.0 * mu_m3_s2 * (1.0 / r1 - 1.0 / s)
    if least_elevation_rad is not None:
        angle = np.asarray(least_elevation_rad, dtype=np.float64)
        # The least-energy flight leaves along the bisector of the vertical and the chord.
        across, down = r2 * np.sin(psi), r2 * np.cos(psi) - r1
        best = 0.5 * (0.5 * np.pi + np.arctan2(down, across))
        low = r1 / r2 * np.cos(angle) ** 2 - np.cos(angle) * np.cos(psi + angle)
        with np.errstate(divide="ignore", invalid="ignore"):
            steep2 = mu_m3_s2 / r1 * 2.0 * np.sin(0.5 * psi) ** 2 / low
        steep2 = np.where(steep2 > 0.0, steep2, np.nan)
        speed2 = np.where(best < angle, steep2, speed2)
    return np.asarray(np.sqrt(speed2), dtype=np.float64)
