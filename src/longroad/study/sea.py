"""The places of a patrol area: points at sea inside its box, the edges included."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import ScenarioError
from longroad.earth.borders import countries_at
from longroad.scenario import Box, PatrolArea

Array = NDArray[np.float64]
# A finer grid is tried this many times, each half as wide, before an area counts as dry land; a
# coarser one until there are no more places than this.
FINER, MOST = 4, 150
TURN = 2.0 * math.pi


def sea_places(area: PatrolArea, step_rad: float) -> tuple[tuple[float, float], ...]:
    """Return (latitude, longitude) in rad of the places of a patrol area.

    A grid of ``step_rad`` in latitude and about as much on the ground in longitude; a place lies
    at sea when it is in no country (coastlines 1:50 million; lakes are land). Larger areas get a
    coarser grid of at most ``MOST`` places, small ones a finer. Raises ScenarioError for an area
    without sea.
    """
    step = step_rad
    for _ in range(FINER):
        latitude, longitude = _grid(area.within, step)
        while latitude.size > MOST:
            step *= math.sqrt(2.0)
            latitude, longitude = _grid(area.within, step)
        land = countries_at(np.degrees(latitude), np.degrees(longitude))
        sea = np.array([country is None for country in land])
        if sea.any():
            return tuple(zip(latitude[sea].tolist(), longitude[sea].tolist(), strict=True))
        step *= 0.5
    raise ScenarioError(
        f"the patrol area '{area.id}' holds no sea",
        line=area.origin.line,
        field=area.origin.path,
        expected="a box with water in it",
    )


def _grid(box: Box, step: float) -> tuple[Array, Array]:
    """Return latitudes and longitudes (N) of a grid over a box, its edges included."""
    width = box.east_rad - box.west_rad
    if not 0.0 <= width <= TURN:
        width %= TURN  # a box over the antimeridian
    rows = np.linspace(box.south_rad, box.north_rad, _points(box.north_rad - box.south_rad, step))
    latitudes, longitudes = [], []
    for latitude in rows:
        columns = _points(width * math.cos(latitude), step)
        across = box.west_rad + np.linspace(0.0, width, columns)
        longitudes.append((across + math.pi) % TURN - math.pi)
        latitudes.append(np.full(columns, latitude))
    return np.concatenate(latitudes), np.concatenate(longitudes)


def _points(length: float, step: float) -> int:
    return max(math.ceil(length / step - 1e-9) + 1, 2)
