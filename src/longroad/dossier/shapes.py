"""Shapes on the map: land and borders, merged hexagons, radar sectors.

All come out as d3 wants them (see `rings`): clockwise outer rings in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import h3
import numpy as np
from numpy.typing import NDArray

from longroad.dossier.projection import EARTH_RADIUS_KM, Frame
from longroad.dossier.rings import for_d3, unwrap
from longroad.earth.borders import outlines


def _thin(ring: NDArray[np.float64], frame: Frame, step_px: float) -> list:
    """Drop points closer than ``step_px`` on the page to the last one kept.

    What lies outside the frame is never seen, and may be twenty times as coarse.
    """
    points = unwrap(ring.tolist())
    lon, lat = np.array(points).T
    x, y = frame.project(lon, lat)
    outside = (x < -20) | (x > frame.width + 20) | (y < -20) | (y > frame.height + 20)
    least = np.where(outside, 20.0 * step_px, step_px).tolist()
    kept, xs, ys = [0], x.tolist(), y.tolist()
    for i in range(1, len(points)):
        j = kept[-1]
        if math.hypot(xs[i] - xs[j], ys[i] - ys[j]) >= least[i]:
            kept.append(i)
    return [points[i] for i in kept]


@lru_cache(maxsize=8)
def land(frame: Frame, scale: str, step_px: float = 0.9) -> dict[str, Any]:
    """Return the land in and near the frame as one MultiPolygon, thinned to the page."""
    all_ = [polygon for country in outlines(scale) for polygon in country.polygons]
    starts = np.cumsum([0, *(len(polygon[0]) for polygon in all_)])[:-1]
    x, y = frame.project(*np.concatenate([polygon[0] for polygon in all_]).T)
    low_x, high_x, low_y, high_y = (
        extreme.reduceat(values, starts)
        for values in (x, y)
        for extreme in (np.minimum, np.maximum)
    )
    # Not a number where a point lies at the antipode, which no frame shows.
    seen = (high_x >= 0) & (low_x <= frame.width) & (high_y >= 0) & (low_y <= frame.height)
    large = np.maximum(high_x - low_x, high_y - low_y) >= 2.0 * step_px
    polygons = []
    for k in np.flatnonzero(seen & large):
        rings = [_thin(ring, frame, step_px) for ring in all_[k]]
        if len(rings[0]) >= 3:
            polygons.append([ring for ring in rings if len(ring) >= 3])
    return for_d3(polygons)


def merged(cells: Iterable[str]) -> dict[str, Any]:
    """Return h3 cells of one resolution merged into one MultiPolygon (adjacent cells join)."""
    known = sorted(set(cells))
    if not known:
        return {"type": "MultiPolygon", "coordinates": []}
    shape = h3.cells_to_h3shape(known, tight=False)
    polygons = []
    for polygon in shape:
        rings = [polygon.outer, *polygon.holes]
        polygons.append([[(lon, lat) for lat, lon in ring] for ring in rings])
    return for_d3(polygons)


def hexagon(cell: str) -> list[tuple[float, float]]:
    """Return one cell's boundary, open and unwrapped, in (longitude, latitude) degrees."""
    return unwrap([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)])


def destination(
    latitude_deg: float, longitude_deg: float, azimuth_deg: float, range_km: float
) -> tuple[float, float]:
    """Return (longitude, latitude) at a distance and azimuth on the sphere, in degrees.

    For drawing only; the sphere differs from WGS-84 by at most 0.6% in distance.
    """
    angle, azimuth = range_km / EARTH_RADIUS_KM, np.radians(azimuth_deg)
    lat1 = np.radians(latitude_deg)
    sine = np.sin(lat1) * np.cos(angle) + np.cos(lat1) * np.sin(angle) * np.cos(azimuth)
    east = np.arctan2(
        np.sin(azimuth) * np.sin(angle) * np.cos(lat1), np.cos(angle) - np.sin(lat1) * sine
    )
    lon = (longitude_deg + np.degrees(east) + 180.0) % 360.0 - 180.0
    return float(lon), float(np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0))))


def sector(
    latitude_deg: float,
    longitude_deg: float,
    range_km: float,
    facing_deg: float | None,
    width_deg: float | None,
) -> dict[str, Any]:
    """Return a radar's sector as a polygon; without facing or width it is a full circle."""
    full = facing_deg is None or width_deg is None or width_deg >= 360.0
    if full:
        ring = [
            destination(latitude_deg, longitude_deg, float(a), range_km) for a in range(0, 360, 4)
        ]
    else:
        assert facing_deg is not None and width_deg is not None
        start, end = facing_deg - width_deg / 2.0, facing_deg + width_deg / 2.0
        steps = max(2, round(width_deg / 4.0) + 1)
        ring = [(longitude_deg, latitude_deg)] + [
            destination(latitude_deg, longitude_deg, float(a), range_km)
            for a in np.linspace(start, end, steps)
        ]
    return for_d3([[ring]])
