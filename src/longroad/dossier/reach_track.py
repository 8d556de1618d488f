"""The ground track and the heights of a missile's arc, for drawing and for reading off."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.earth.frames import inertial_to_ecef
from longroad.earth.wgs84 import ecef_to_geodetic
from longroad.flight.kepler import kepler

Array = NDArray[np.float64]
STEP_S = 20.0


@dataclass(frozen=True)
class Track:
    """Places of a missile over the ground by time (s after ignition); degrees and km."""

    time_s: Array
    latitude_deg: Array
    longitude_deg: Array
    altitude_km: Array


def places(
    position_m: Array, velocity_m_s: Array, burnout_s: float, time_s: Array
) -> tuple[Array, Array, Array]:
    """Return latitude, longitude (rad) and height (m) at times (s), from the state at burnout."""
    shape = (len(time_s), 3)
    place, _ = kepler(
        np.broadcast_to(position_m, shape),
        np.broadcast_to(velocity_m_s, shape),
        time_s - burnout_s,
    )
    return ecef_to_geodetic(inertial_to_ecef(place, time_s))


def track(position_m: Array, velocity_m_s: Array, burnout_s: float, impact_s: float) -> Track:
    """Return the track from burnout to impact, a place about every `STEP_S`."""
    times = np.linspace(burnout_s, impact_s, max(int((impact_s - burnout_s) / STEP_S) + 2, 12))
    lat, lon, height = places(position_m, velocity_m_s, burnout_s, times)
    return Track(times, np.degrees(lat), np.degrees(lon), height / 1e3)
