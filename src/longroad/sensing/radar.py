"""Radars: what the kernel needs to know of one, and in which intervals it sees arcs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import local_axes
from longroad.flight.intervals import MOST
from longroad.sensing.horizon import geometric_elevation
from longroad.sensing.radar_kernel import visibility

Array = NDArray[np.float64]


def radar_range(
    reference_range_m: Array | float, cross_section_m2: Array | float, reference_m2: Array | float
) -> Array:
    """Return the range against a target: R = R_ref (sigma / sigma_ref)**(1/4), in m.

    The fourth root is the radar equation at equal signal-to-noise ratio (Skolnik, Introduction to
    Radar Systems). Arguments broadcast; cross sections must be positive.
    """
    if isinstance(cross_section_m2, float) and isinstance(reference_m2, float):
        # One number, as every draw asks: arrays of no dimension cost several times as much.
        fine = cross_section_m2 > 0.0 and reference_m2 > 0.0
    else:
        cross_section_m2 = np.asarray(cross_section_m2, dtype=float)
        reference_m2 = np.asarray(reference_m2, dtype=float)
        fine = bool(np.all(cross_section_m2 > 0.0) and np.all(reference_m2 > 0.0))
    if not fine:
        raise GeometryError(
            "a radar cross section is not positive",
            field="radar_cross_section",
            expected="a cross section above 0 m2",
        )
    return np.asarray(reference_range_m * (cross_section_m2 / reference_m2) ** 0.25)


@lru_cache(4096)
def _axes(latitude_rad: float, longitude_rad: float, facing_rad: float) -> tuple[Array, Array]:
    """Return up and facing of a radar; every draw asks for the same ones."""
    east, north, up = local_axes(latitude_rad, longitude_rad)
    return up, np.sin(facing_rad) * east + np.cos(facing_rad) * north


def radar_row(
    latitude_rad: float,
    longitude_rad: float,
    position_m: Array,
    facing_rad: float,
    azimuth_width_rad: float,
    least_elevation_rad: float,
    greatest_elevation_rad: float,
) -> Array:
    """Return the twelve numbers by which `longroad.sensing.radar_kernel` knows a radar.

    ``position_m``: Earth-fixed x, y, z. ``facing_rad``: azimuth of the middle of the sector,
    clockwise from north. ``least_elevation_rad`` is apparent: refraction lowers it.
    """
    up, facing = _axes(latitude_rad, longitude_rad, facing_rad)
    half = min(0.5 * azimuth_width_rad, np.pi)
    limits = [
        np.sin(float(geometric_elevation(least_elevation_rad))),
        np.sin(min(greatest_elevation_rad, 0.5 * np.pi)),
        # A full circle must let everything pass, straight overhead too.
        np.cos(half) if half < np.pi else -2.0,
    ]
    return np.concatenate([np.asarray(position_m, dtype=float), up, facing, limits])


@dataclass(frozen=True)
class Visibility:
    """When one radar sees N arcs, for M ranges.

    ``intervals`` (M, N, MOST, 2) in s after ignition, of which the first ``count`` (M, N) hold.
    """

    intervals: Array
    count: NDArray[np.int32]


def see(nodes: Array, start_s: Array, step_s: Array, row: Array, ranges_m: Array) -> Visibility:
    """Return the intervals in which a radar sees arcs: ``nodes`` (N, K, 6), ``ranges_m`` (M,)."""
    ranges = np.ascontiguousarray(ranges_m, dtype=float)
    intervals = np.zeros((ranges.size, nodes.shape[0], MOST, 2))
    count = np.zeros((ranges.size, nodes.shape[0]), dtype=np.int32)
    visibility(nodes, start_s, step_s, row, ranges, intervals, count)
    return Visibility(intervals, count)
