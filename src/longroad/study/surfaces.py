"""Reach surfaces: from every place on Earth, the least burnout speed that meets a flight."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel_hash
from longroad.engagement.flights import Flights
from longroad.engagement.reach import Interceptor, surface
from longroad.engagement.trajectory import Trajectory
from longroad.flight.figure import WGS84
from longroad.study import cache
from longroad.study.blocks import Progress
from longroad.study.evaluate import Evaluation
from longroad.study.reach_settings import ReachSettings
from longroad.study.reach_tables import adopted_flights
from longroad.study.table import Table, make_table

Array = NDArray[np.float64]
Surfaces = NDArray[np.float32]
SURFACE_FORMAT = "surface-1"
# Speeds are stored in steps of this many m/s: finer than the grid can tell.
STORED_M_S = 10.0


@dataclass(frozen=True)
class Grid:
    """Places of a surface, the poles included: latitudes (A), longitudes (O) in degrees."""

    latitude_deg: Array
    longitude_deg: Array

    @property
    def flat_rad(self) -> tuple[Array, Array]:
        """Return latitude and longitude of all places (A x O), longitude running fastest."""
        latitude, longitude = np.meshgrid(self.latitude_deg, self.longitude_deg, indexing="ij")
        return np.radians(latitude.ravel()), np.radians(longitude.ravel())


def grid(step_rad: float) -> Grid:
    """Return a regular grid of about a step: latitudes -90 to 90, longitudes from -180."""
    rows = max(round(np.pi / step_rad), 1)
    columns = max(round(2.0 * np.pi / step_rad), 1)
    longitude = -180.0 + 360.0 / columns * np.arange(columns, dtype=np.float64)
    return Grid(np.linspace(-90.0, 90.0, rows + 1), longitude)


def trajectory_of(flights: Flights, spans: Array, row: int) -> Trajectory:
    """Return one flight as the reach room's trajectory."""
    first, _, _, last = (float(t) for t in spans[row])
    return Trajectory(
        np.ascontiguousarray(flights.states[row]),
        float(flights.begin_s[row]),
        float(flights.step_s[row]),
        first,
        float(flights.turn_s[row]),
        last,
        float(flights.impact_s[row]),
        WGS84,
    )


def surfaces(
    flights: Sequence[Trajectory], places: Grid, delays_s: Array, interceptor: Interceptor,
    cap_m_s: float, workers: int, progress: Progress | None = None,
) -> Surfaces:  # fmt: skip
    """Return the surface of each flight (F, A, O, D, 2) in m/s, rounded to ``STORED_M_S``.

    Last axis before and after the apogee. NaN: that part is over; infinite: above the cap. One
    thread a flight; surfaces are kept and found again.
    """
    latitude, longitude = places.flat_rad
    shape = (places.latitude_deg.size, places.longitude_deg.size, delays_s.size, 2)

    def one(flight: Trajectory) -> Surfaces:
        numbers = (flight.begin_s, flight.step_s, *flight.parts, cap_m_s)
        parts = (
            SURFACE_FORMAT, kernel_hash(), flight.states.tobytes(), np.array(numbers).tobytes(),
            repr(interceptor), latitude.tobytes(), longitude.tobytes(), delays_s.tobytes(),
        )  # fmt: skip
        key = cache.key_of(*parts)
        found = cache.fetch(key)
        if found is not None:
            return found["speed"]
        speed = surface([flight], latitude, longitude, delays_s, interceptor, cap_m_s)
        steps = np.round(speed / STORED_M_S) * STORED_M_S
        stored = steps.reshape(shape).astype(np.float32)
        cache.store(key, {"speed": stored})
        return stored

    result = np.empty((len(flights), *shape), dtype=np.float32)
    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        for k, found in enumerate(pool.map(one, flights)):
            result[k] = found
            if progress is not None:
                progress(k + 1, len(flights))
    return result


def generic(settings: ReachSettings) -> Interceptor:
    """Return the interceptor that stands for one that is not named."""
    return Interceptor(settings.burn_time_s, settings.boost_path_fraction, settings.flight_life_s)


def surfaces_table(
    evaluation: Evaluation, settings: ReachSettings, workers: int, progress: Progress | None = None
) -> Table:
    """Return the surfaces of all flights that are flown above the floor, as adopted."""
    plan = evaluation.plan
    numbers, chosen = [], []
    first = 0
    for index in adopted_flights(plan):
        found = evaluation.flights(index)
        spans = found.kept_flights.spans(settings.floor_m)
        for row, number in enumerate(found.kept):
            if np.isfinite(spans[row, 0]):
                numbers.append(first + int(number))
                chosen.append(trajectory_of(found.kept_flights, spans, row))
        first += len(found.solved)
    places = grid(settings.grid_step_rad)
    delays = np.array(settings.delays_s)
    speed = surfaces(
        chosen, places, delays, generic(settings), settings.greatest_speed_m_s, workers, progress
    )
    flight, latitude, longitude, delay = np.meshgrid(
        np.array(numbers, dtype=np.int32),
        places.latitude_deg.astype(np.float32),
        places.longitude_deg.astype(np.float32),
        delays.astype(np.float32),
        indexing="ij",
    )
    return make_table(
        "surfaces",
        {
            "flight": flight.ravel(),
            "latitude_deg": latitude.ravel(),
            "longitude_deg": longitude.ravel(),
            "delay_s": delay.ravel(),
            # Divided as decimals are read, so that 6.25 km/s is 6.25 and not a neighbour.
            "before_apogee_km_s": (speed[..., 0].astype(np.float64) / 1e3).ravel(),
            "after_apogee_km_s": (speed[..., 1].astype(np.float64) / 1e3).ravel(),
        },
    )
