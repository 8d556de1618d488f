"""Ground on which a party may not engage: which arcs it takes away, and which intercept points.

Ground tracks are sampled, and ground is looked up on a raster of a quarter of a degree (28 km):
zones are lines that parties drew on small maps.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from longroad.agreement import Zone
from longroad.agreement.fire import region_key
from longroad.earth.territories import Cells
from longroad.earth.wgs84 import ecef_to_geodetic
from longroad.engagement.zones_kernel import free_spans, intersect_rows
from longroad.flight.intervals import MOST
from longroad.flight.nodes import Nodes
from longroad.scenario import LaunchArea
from longroad.scenario.agreement import Region
from longroad.study.solve import ArcResult

Flags = NDArray[np.bool_]
Array = NDArray[np.float64]
Support = tuple[Array, NDArray[np.int32]]
SAMPLES = 97
STEP_DEG = 0.25
ROWS, COLUMNS = round(180.0 / STEP_DEG) + 1, round(360.0 / STEP_DEG)
UNKNOWN, OUTSIDE, INSIDE = 0, 1, 2
# What was looked up stays known, from draw to draw: countries take 0.2 ms a place.
_rasters: dict[Hashable, NDArray[np.uint8]] = {}
_exact: dict[Hashable, Flags] = {}


def inside(region: Region, latitude_rad: Array, longitude_rad: Array) -> Flags:
    """Return which places lie in a region, by the nearest point of a raster."""
    raster = _rasters.setdefault(region_key(region), np.zeros(ROWS * COLUMNS, dtype=np.uint8))
    rows = np.rint((np.degrees(latitude_rad) + 90.0) / STEP_DEG).astype(int)
    columns = np.rint((np.degrees(longitude_rad) + 180.0) / STEP_DEG).astype(int)
    points = rows * COLUMNS + columns % COLUMNS
    new = np.unique(points[raster[points] == UNKNOWN])
    if new.size > 0:
        latitude = np.radians(new // COLUMNS * STEP_DEG - 90.0)
        longitude = np.radians(new % COLUMNS * STEP_DEG - 180.0)
        raster[new] = np.where(region.contains(latitude, longitude), INSIDE, OUTSIDE)
    return np.asarray(raster[points] == INSIDE)


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


def ground_track(nodes: Nodes) -> tuple[Array, Array, Array]:
    """Return latitude, longitude (rad) and time (s) of N arcs at `SAMPLES` moments, (N, M)."""
    steps = nodes.state.shape[1] - 1
    u = np.linspace(0.0, steps, SAMPLES)
    k = np.minimum(u.astype(int), steps - 1)
    s = (u - k)[None, :, None]
    dt = nodes.dt_s[:, None, None]
    a, b = nodes.state[:, k], nodes.state[:, k + 1]
    h = s * s * (3.0 - 2.0 * s)
    place = (
        (1.0 - h) * a[..., :3]
        + h * b[..., :3]
        + dt * s * (1.0 - s) ** 2 * a[..., 3:]
        + dt * s * s * (s - 1.0) * b[..., 3:]
    )
    latitude, longitude, _ = ecef_to_geodetic(place)
    return latitude, longitude, nodes.start_s[:, None] + u[None, :] * nodes.dt_s[:, None]


def forbidden_arcs(
    zones: Sequence[Zone], arcs: ArcResult, cells: Cells, launch_areas: Sequence[LaunchArea]
) -> Flags:
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
            latitude, longitude, _ = ground_track(arcs.nodes)
            out |= np.any(inside(zone.region, latitude, longitude), axis=1)
    return out


def keep_clear(zones: Sequence[Zone], arcs: ArcResult, support: Support) -> Support:
    """Return support without the time above ground over which nothing may be intercepted."""
    above = [zone for zone in zones if zone.by == "interceptor-reach"]
    if not above:
        return support
    latitude, longitude, times = ground_track(arcs.nodes)
    forbidden = np.zeros(latitude.shape, dtype=bool)
    for zone in above:
        forbidden |= inside(zone.region, latitude, longitude)
    count = np.zeros(len(times), dtype=np.int32)
    spans = np.full((len(times), MOST, 2), math.nan)
    free_spans(times, forbidden, spans, count)
    out, out_count = np.zeros_like(spans), np.zeros_like(count)
    intersect_rows(spans, count, support[0], support[1], out, out_count)
    return out, out_count


def reach_key(zones: Sequence[Zone]) -> Hashable:
    """Return what decides about intercept points; empty without such zones."""
    return tuple(region_key(zone.region) for zone in zones if zone.by == "interceptor-reach")
