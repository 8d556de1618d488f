"""Territories: the land of countries as h3 cells, with true area and people.

Made by `builders/cells.py` from the 1:50 million borders, GeoNames places and the United Nations'
totals for 2025 (method, errors and licences: that program and `data/ATTRIBUTION.md`). A country's
people are the UN's total; a share of them within some hundred kilometres is known to about +-3
points, +-5 where cities account for less than four fifths (Poland, Norway, Türkiye).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError
from longroad.earth.cells import parents
from longroad.earth.countries import check_countries, country_names, is_country

__all__ = ["Cells", "Within", "country_names", "is_country", "territory_cells"]

Array = NDArray[np.float64]

DATA = Path(__file__).resolve().parent / "data"
RESOLUTIONS = (2, 3, 4)
# South, north, west, east, in radians.
Box = tuple[float, float, float, float]


class Within(Protocol):
    """A latitude-longitude box in radians; it crosses the antimeridian when west > east."""

    @property
    def south_rad(self) -> float:
        """Least latitude."""

    @property
    def north_rad(self) -> float:
        """Greatest latitude."""

    @property
    def west_rad(self) -> float:
        """Western side."""

    @property
    def east_rad(self) -> float:
        """Eastern side."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Land by h3 cell and country: one row per (cell, country), sorted by cell, then country.

    All arrays (n,): ``cell`` (uint64), ``latitude_rad`` and ``longitude_rad`` (area-weighted
    centre of the country's land in the cell), ``country`` (ISO A3, objects), ``area_m2`` (true
    land area, inland water included), ``population``.
    """

    resolution: int
    cell: NDArray[np.uint64]
    latitude_rad: Array
    longitude_rad: Array
    country: NDArray[np.object_]
    area_m2: Array
    population: Array

    def __len__(self) -> int:
        return int(self.cell.size)

    def select(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Cells:
        """Return some of the rows."""
        return Cells(
            self.resolution,
            *(
                _frozen(column[rows])
                for column in (
                    self.cell,
                    self.latitude_rad,
                    self.longitude_rad,
                    self.country,
                    self.area_m2,
                    self.population,
                )
            ),
        )


def territory_cells(
    countries: Iterable[str], resolution: int, within: Within | None = None
) -> Cells:
    """Return the land of countries (ISO A3 codes) at an h3 resolution from 2 to 4.

    ``within`` keeps the rows whose centre of land lies in a box, its sides included. Raises
    `GeometryError` for an unknown code or another resolution.
    """
    codes = check_countries(countries)
    if isinstance(resolution, bool) or resolution not in RESOLUTIONS:
        raise GeometryError(
            f"there are no cells at resolution {resolution}",
            expected=f"a whole number from {RESOLUTIONS[0]} to {RESOLUTIONS[-1]}",
        )
    box = None
    if within is not None:
        box = within.south_rad, within.north_rad, within.west_rad, within.east_rad
    return _chosen(codes, int(resolution), box)


# Every variant of a scenario asks for the territories of the same parties, several times.
@lru_cache(64)
def _chosen(codes: tuple[str, ...], resolution: int, box: Box | None) -> Cells:
    world = _world(resolution)
    chosen = np.isin(world.country.astype(str), np.array(codes, dtype=str))
    if box is not None:
        chosen &= _inside(world, box)
    return world.select(chosen)


def _inside(cells: Cells, box: Box) -> NDArray[np.bool_]:
    """Return which rows have their centre in a box."""
    south, north, west, east = box
    turn = 2.0 * np.pi
    width = east - west
    if not 0.0 <= width < turn:
        # Sides a whole turn apart hold every longitude; other pairs cross the antimeridian.
        width = turn if width >= turn else width % turn
    east_of_side = (cells.longitude_rad - west) % turn
    tall = (cells.latitude_rad >= south) & (cells.latitude_rad <= north)
    return np.asarray(tall & (east_of_side <= width))


@cache
def _world(resolution: int) -> Cells:
    """Return all land of the Earth at a resolution; coarse cells are sums of fine ones."""
    if resolution == RESOLUTIONS[-1]:
        with np.load(DATA / f"cells-{resolution}.npz") as file:
            names = np.array([str(code) for code in file["codes"]], dtype=object)
            columns = (
                file["cell"],
                file["latitude_rad"].astype(np.float64),
                file["longitude_rad"].astype(np.float64),
                names[file["country"]],
                file["area_m2"].astype(np.float64),
                file["population"].astype(np.float64),
            )
        return Cells(resolution, *(_frozen(column) for column in columns))
    fine = _world(resolution + 1)
    return _summed(fine, resolution)


def _summed(fine: Cells, resolution: int) -> Cells:
    """Return rows summed by parent cell and country; their centres weighted by area."""
    codes, number = np.unique(fine.country.astype(str), return_inverse=True)
    parent = parents(fine.cell, resolution)
    order = np.lexsort((number, parent))
    parent, number = parent[order], number[order]
    first = np.ones(parent.size, dtype=bool)
    first[1:] = (parent[1:] != parent[:-1]) | (number[1:] != number[:-1])
    row = np.cumsum(first) - 1

    def total(values: Array) -> Array:
        return np.asarray(np.bincount(row, values[order], int(first.sum())))

    lat, lon, weight = fine.latitude_rad, fine.longitude_rad, fine.area_m2
    x = total(weight * np.cos(lat) * np.cos(lon))
    y = total(weight * np.cos(lat) * np.sin(lon))
    z = total(weight * np.sin(lat))
    return Cells(
        resolution,
        _frozen(parent[first]),
        _frozen(np.arctan2(z, np.hypot(x, y))),
        _frozen(np.arctan2(y, x)),
        _frozen(codes.astype(object)[number[first]]),
        _frozen(total(weight)),
        _frozen(total(fine.population)),
    )


def _frozen(column: NDArray) -> NDArray:
    column.flags.writeable = False
    return column
