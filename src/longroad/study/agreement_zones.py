"""Ground on which a party may not engage: which arcs it takes away, and which intercept points.

Ground tracks are sampled, and ground is looked up on a raster of a quarter of a degree (28 km):
zones are lines that parties drew on small maps.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from longroad.agreement import Zone
from longroad.agreement.fire import region_key
from longroad.earth.territories import Cells
from longroad.engagement.zones_kernel import (
    free_spans,
    ground_tracks,
    intersect_rows,
    nearest_points,
)
from longroad.flight.intervals import MOST
from longroad.flight.nodes import Nodes
from longroad.scenario import LaunchArea
from longroad.scenario.agreement import Region
from longroad.study.solve import ArcResult

Flags = NDArray[np.bool_]
Array = NDArray[np.float64]
Points = NDArray[np.int32]
Support = tuple[Array, NDArray[np.int32]]
SAMPLES = 97
STEP_DEG = 0.25
ROWS, COLUMNS = round(180.0 / STEP_DEG) + 1, round(360.0 / STEP_DEG)
UNKNOWN, OUTSIDE, INSIDE = 0, 1, 2
# What was looked up stays known, from draw to draw: countries take 5 us a place.
_rasters: dict[Hashable, NDArray[np.uint8]] = {}
_exact: dict[Hashable, Flags] = {}


def raster_points(latitude_rad: Array, longitude_rad: Array) -> Points:
    """Return the nearest point of the raster, by number, to each place."""
    points = np.empty(latitude_rad.size, dtype=np.int32)
    nearest_points(latitude_rad.ravel(), longitude_rad.ravel(), STEP_DEG, points)
    return points.reshape(latitude_rad.shape)


def inside(region: Region, points: Points) -> Flags:
    """Return which points of the raster lie in a region."""
    raster = _rasters.setdefault(region_key(region), np.zeros(ROWS * COLUMNS, dtype=np.uint8))
    found = raster[points]
    unknown = found == UNKNOWN
    if unknown.any():
        new = np.unique(points[unknown])
        latitude = np.radians(new // COLUMNS * STEP_DEG - 90.0)
        longitude = np.radians(new % COLUMNS * STEP_DEG - 180.0)
        raster[new] = np.where(region.contains(latitude, longitude), INSIDE, OUTSIDE)
        found = raster[points]
    return np.asarray(found == INSIDE)


def _exactly(region: Region, cells: Cells) -> Flags:
    """Return which cells' centres lie in a region."""
    key = (region_key(region), cells.latitude_rad.tobytes(), cells.longitude_rad.tobytes())
    if key not in _exact:
        _exact[key] = region.contains(cells.latitude_rad, cells.longitude_rad)
    return _exact[key]


def _holds(region: Region, area: LaunchArea) -> Flags:
    """Return whether a region holds a launch area."""
    place = area.position
    key = (region_key(region), area.id, place.latitude_rad, place.longitude_rad)
    if key not in _exact:
        _exact[key] = np.array(region.holds(area))
    return _exact[key]


class Tracks:
    """Ground tracks of N arcs at `SAMPLES` moments (N, M), sampled when first asked for."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes

    @cached_property
    def sampled(self) -> tuple[Points, Array]:
        """Return the points of the raster and the times (s) of all moments."""
        nodes = self.nodes
        latitude, longitude, times = np.empty((3, len(nodes.start_s), SAMPLES))
        ground_tracks(nodes.state, nodes.start_s, nodes.dt_s, latitude, longitude, times)
        return raster_points(latitude, longitude), times


def forbidden_arcs(
    zones: Sequence[Zone], arcs: ArcResult, cells: Cells, launch_areas: Sequence[LaunchArea],
    tracks: Tracks,
) -> Flags:  # fmt: skip
    """Return which kept arcs (N,) a party leaves alone by origin, aim point or overflight."""
    out = np.zeros(len(arcs.kept), dtype=bool)
    origin = arcs.kept // len(cells) % len(launch_areas)
    aim = arcs.kept % len(cells)
    for zone in zones:
        if zone.by == "launch-origin":
            out |= np.array([_holds(zone.region, area) for area in launch_areas])[origin]
        elif zone.by == "defended-territory":
            out |= _exactly(zone.region, cells)[aim]
        elif zone.by == "overflight":
            out |= np.any(inside(zone.region, tracks.sampled[0]), axis=1)
    return out


@dataclass(frozen=True)
class Clear:
    """The arcs (W,) of N that pass above forbidden ground, and when they are not above it."""

    rows: NDArray[np.intp]
    spans: Array
    count: NDArray[np.int32]

    def of(self, support: Support) -> Support:
        """Return the support of those arcs without the time above forbidden ground."""
        out, count = np.zeros_like(self.spans), np.zeros_like(self.count)
        kept = support[0][self.rows], support[1][self.rows]
        intersect_rows(self.spans, self.count, *kept, out, count)
        return out, count


def keep_clear(zones: Sequence[Zone], tracks: Tracks) -> Clear:
    """Return which arcs pass ground over which nothing may be intercepted, and when."""
    points, times = tracks.sampled
    forbidden = np.zeros(points.shape, dtype=bool)
    for zone in zones:
        if zone.by == "interceptor-reach":
            forbidden |= inside(zone.region, points)
    rows = np.flatnonzero(forbidden.any(axis=1))
    count = np.zeros(len(rows), dtype=np.int32)
    spans = np.full((len(rows), MOST, 2), math.nan)
    free_spans(times[rows], forbidden[rows], spans, count)
    return Clear(rows, spans, count)


def reach_key(zones: Sequence[Zone]) -> Hashable:
    """Return what decides about intercept points; empty without such zones."""
    return tuple(region_key(zone.region) for zone in zones if zone.by == "interceptor-reach")
