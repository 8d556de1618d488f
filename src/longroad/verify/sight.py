"""Radars of the catalogue at their sites, and made-up paths that find the edges of what they see.

A path is a list of nodes as the sensing room takes them, so what is measured is what every
run uses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.quantity import Disputed
from longroad.catalog import load_catalog
from longroad.earth.geodesic import destination
from longroad.earth.wgs84 import geodetic_to_ecef, local_axes
from longroad.flight.along import position
from longroad.flight.arcs import check_arcs, solve_arcs
from longroad.flight.nodes import Nodes, sample_arcs
from longroad.sensing.radar import radar_row, see

Array = NDArray[np.float64]


def best(reference: str, field: str, claim: str | None = None) -> float:
    """Return a number of the catalogue: the best value, of a claim where it is disputed."""
    quantity = load_catalog().entry(reference).quantity(field)
    if isinstance(quantity, Disputed):
        quantity = quantity.alternative(claim) if claim else quantity.adopted_quantity
    return quantity.best


def place(site: str) -> tuple[float, float]:
    """Return latitude and longitude (rad) of a site."""
    return best(f"site/{site}", "latitude"), best(f"site/{site}", "longitude")


@dataclass(frozen=True)
class Radar:
    """A radar at its site; angles in rad, azimuths clockwise from north."""

    latitude_rad: float
    longitude_rad: float
    facing_rad: float
    width_rad: float
    least_elevation_rad: float
    greatest_elevation_rad: float
    range_m: float

    @property
    def position_m(self) -> Array:
        """Return the Earth-fixed position."""
        return geodetic_to_ecef(self.latitude_rad, self.longitude_rad, 0.0)

    def row(self) -> Array:
        """Return the radar as the kernel knows it."""
        return radar_row(
            self.latitude_rad, self.longitude_rad, self.position_m, self.facing_rad,
            self.width_rad, self.least_elevation_rad, self.greatest_elevation_rad,
        )  # fmt: skip

    def middle_elevation(self) -> float:
        """Return an elevation well inside the limits."""
        return min(
            0.5 * (self.least_elevation_rad + self.greatest_elevation_rad), math.radians(45.0)
        )


def radar(
    sensor: str, site: str, range_m: float | None, claim: str | None, facing: float | None
) -> Radar:
    """Return a radar of the catalogue: its own range, or that of a claim, unless one is given.

    A radar without edges of its sector in the catalogue needs the azimuth that it faces.
    """
    reference = f"sensor/{sensor}"
    latitude, longitude = place(site)
    width = best(reference, "azimuth_width")
    if facing is None:
        facing = best(reference, "azimuth_from") + 0.5 * width
    return Radar(
        latitude, longitude, facing, width,
        best(reference, "least_elevation"), best(reference, "greatest_elevation"),
        best(reference, "reference_range", claim) if range_m is None else range_m,
    )  # fmt: skip


def track(launch: str, aim: str, burn_s: float, altitude_m: float, distance_m: float) -> Nodes:
    """Return the minimum-energy arc between two sites of the catalogue."""
    arcs = solve_arcs(*place(launch), *place(aim), burn_s, altitude_m, distance_m)
    check_arcs(arcs)
    return sample_arcs(arcs)


def first_seen(nodes: Nodes, one: Radar) -> float:
    """Return when a radar first sees an arc (s after ignition); infinite when it never does."""
    seen = see(nodes.state, nodes.start_s, nodes.dt_s, one.row(), np.array([one.range_m]))
    return float(seen.intervals[0, 0, 0, 0]) if seen.count[0, 0] else math.inf


def distance(nodes: Nodes, one: Radar, time_s: float) -> float:
    """Return how far (m) the target of the first arc is from a radar at a time."""
    if not math.isfinite(time_s):
        return math.nan
    there = position(nodes.state[0], float(nodes.start_s[0]), float(nodes.dt_s[0]), time_s)
    return float(np.linalg.norm(np.array(there) - one.position_m))


def sector(one: Radar) -> tuple[float, float]:
    """Return the azimuths (rad) between which a radar sees a target that circles it."""
    turn = np.linspace(-math.pi, math.pi, 721)
    east, north, up = local_axes(one.latitude_rad, one.longitude_rad)
    lift = one.middle_elevation()
    azimuth = (one.facing_rad + turn)[:, None]
    distance = 0.5 * one.range_m
    across = distance * math.cos(lift)
    offset = across * (np.sin(azimuth) * east + np.cos(azimuth) * north)
    motion = across * (np.cos(azimuth) * east - np.sin(azimuth) * north)
    offset = offset + distance * math.sin(lift) * up
    seen = _interval(one, offset + one.position_m, motion, -math.pi, float(turn[1] - turn[0]))
    if seen[1] - seen[0] > 2.0 * math.pi - 1e-9:
        return 0.0, 2.0 * math.pi
    full = 2.0 * math.pi
    return (one.facing_rad + seen[0]) % full, (one.facing_rad + seen[1]) % full


def line_of_sight(one: Radar, azimuth_rad: float) -> float:
    """Return the distance (m) at which a radar loses a target that goes straight away from it."""
    east, north, up = local_axes(one.latitude_rad, one.longitude_rad)
    lift = one.middle_elevation()
    way = math.sin(azimuth_rad) * east + math.cos(azimuth_rad) * north
    way = math.cos(lift) * way + math.sin(lift) * up
    distance = np.linspace(0.5, 1.5, 41)[:, None] * one.range_m
    offset = distance * way + one.position_m
    start, step = float(distance[0, 0]), float(distance[1, 0] - distance[0, 0])
    return _interval(one, offset, np.broadcast_to(way, offset.shape), start, step)[1]


def ground_radius(one: Radar, azimuth_rad: float, height_m: float) -> float:
    """Return the ground distance (m) at which a target that flies away level is lost."""
    distance = np.linspace(0.5, 1.5, 401) * one.range_m
    step = float(distance[1] - distance[0])

    def at(along: Array) -> Array:
        far = destination(one.latitude_rad, one.longitude_rad, azimuth_rad, along)
        return geodetic_to_ecef(far.latitude_rad, far.longitude_rad, height_m)

    motion = (at(distance + 1.0) - at(distance - 1.0)) / 2.0
    return _interval(one, at(distance), motion, float(distance[0]), step)[1]


def _interval(
    one: Radar, position: Array, motion: Array, start: float, step: float
) -> tuple[float, float]:
    """Return where along a path, in the units of ``start``, a radar sees it; NaN for nowhere."""
    nodes = np.concatenate([position, motion], axis=1)[None]
    seen = see(nodes, np.array([start]), np.array([step]), one.row(), np.array([one.range_m]))
    if seen.count[0, 0] != 1:
        return math.nan, math.nan
    return float(seen.intervals[0, 0, 0, 0]), float(seen.intervals[0, 0, 0, 1])
