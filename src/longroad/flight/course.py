"""The way of one flight over the ground: two places on the turning Earth, or a bare range.

A bare range says nothing of direction. It is read on a sphere at rest, where none is needed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from longroad.base.errors import GeometryError
from longroad.earth.geodesic import destination, geodesic
from longroad.earth.wgs84 import MEAN_RADIUS_M
from longroad.flight.figure import WGS84, Figure, still_sphere
from longroad.flight.staged import Launch

HALF_WAY_M = math.pi * MEAN_RADIUS_M
"""Half the circumference of the sphere that stands for the Earth at rest."""

SHORTEST_M = 1_000.0
"""Below this the ground between the places does not bend, and there is no ballistic missile."""

# The geodesic of two places nearer to opposite than this leads anywhere.
NEARLY_OPPOSITE_M = 50_000.0


@dataclass(frozen=True)
class Course:
    """Launch and aim place (rad, geodetic), the Earth they lie on, the ground between them."""

    figure: Figure
    latitude_rad: float
    longitude_rad: float
    aim_latitude_rad: float
    aim_longitude_rad: float
    range_m: float
    heading_rad: float
    """Azimuth of the aim place from the launch, from north through east, 0 to 2 pi."""

    @property
    def turning(self) -> bool:
        """Return whether the Earth turns."""
        return self.figure.rotation_rad_s != 0.0

    @property
    def launch(self) -> Launch:
        """Return the launch in this direction, through the standard atmosphere."""
        return Launch(
            self.figure, self.latitude_rad, self.longitude_rad, self.heading_rad, air=True
        )


def at_rest(range_m: float) -> Course:
    """Return the course of a bare range (m) on a sphere at rest with the Earth's mean radius.

    Raises GeometryError for a range below 1 km, or not short of half the circumference.
    """
    if not range_m >= SHORTEST_M:
        raise GeometryError(
            f"a range of {range_m / 1e3:g} km is no flight", expected="a range of 1 km or more"
        )
    if not range_m <= HALF_WAY_M - NEARLY_OPPOSITE_M:
        raise GeometryError(
            f"a range of {range_m / 1e3:,.0f} km leads half round the Earth or farther",
            expected=f"at most {(HALF_WAY_M - NEARLY_OPPOSITE_M) / 1e3:,.0f} km",
        )
    figure = still_sphere(MEAN_RADIUS_M)
    return Course(figure, 0.0, 0.0, 0.0, range_m / MEAN_RADIUS_M, range_m, 0.5 * math.pi)


def between(
    latitude_rad: float, longitude_rad: float, aim_latitude_rad: float, aim_longitude_rad: float
) -> Course:
    """Return the course between two places on the turning WGS-84 Earth.

    Raises GeometryError for places beyond a pole, nearer than 1 km, or opposite each other.
    """
    way = geodesic(latitude_rad, longitude_rad, aim_latitude_rad, aim_longitude_rad)
    length = float(way.range_m)
    if length < SHORTEST_M:
        raise GeometryError(
            f"the two places lie {length:,.0f} m apart", expected="places 1 km apart or more"
        )
    opposite = geodesic(-latitude_rad, longitude_rad + math.pi, aim_latitude_rad, aim_longitude_rad)
    if float(opposite.range_m) < NEARLY_OPPOSITE_M:
        raise GeometryError(
            "the two places lie opposite each other, and no direction leads from one to the other",
            expected=f"places {NEARLY_OPPOSITE_M / 1e3:.0f} km or more from opposite",
        )
    return Course(
        WGS84, latitude_rad, longitude_rad, aim_latitude_rad, aim_longitude_rad,
        length, float(way.azimuth_rad) % (2.0 * math.pi),
    )  # fmt: skip


def from_launch(launch: Launch, range_m: float) -> Course:
    """Return the course of a range (m) in the direction of a launch.

    On a sphere at rest the direction makes no difference and is dropped.
    """
    if launch.figure.rotation_rad_s == 0.0:
        return at_rest(range_m)
    end = destination(launch.latitude_rad, launch.longitude_rad, launch.heading_rad, range_m)
    return between(
        launch.latitude_rad, launch.longitude_rad,
        float(end.latitude_rad), float(end.longitude_rad),
    )  # fmt: skip
