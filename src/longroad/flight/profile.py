"""A flight seen from the side: how far along the ground and how high it is at any time.

For pictures. The distance is the one in the plane of the launch's vertical and heading, so that
what a turning Earth carries sideways is left out; it ends at the range.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.earth.wgs84 import ecef_to_geodetic
from longroad.flight.course import Course
from longroad.flight.ground import on_ground
from longroad.flight.nodes import sample_arcs
from longroad.flight.single import Arc
from longroad.flight.staged import Launch, StagedFlight

Array = NDArray[np.float64]

BOOST_POINTS = 24
COAST_POINTS = 240


@dataclass(frozen=True)
class Profile:
    """Points of a flight in order of time, and what a picture marks on it; SI."""

    time_s: Array
    distance_m: Array
    height_m: Array
    burnout: int
    """Index of the point at burnout."""

    @property
    def apogee(self) -> int:
        """Return the index of the highest point."""
        return int(np.argmax(self.height_m))

    @property
    def boost(self) -> Profile:
        """Return the part up to burnout."""
        end = self.burnout + 1
        return Profile(self.time_s[:end], self.distance_m[:end], self.height_m[:end], self.burnout)

    def at(self, time_s: float) -> tuple[float, float]:
        """Return distance and height (m) at a time, on straight lines between the points."""
        return (
            float(np.interp(time_s, self.time_s, self.distance_m)),
            float(np.interp(time_s, self.time_s, self.height_m)),
        )


def arc_profile(course: Course, arc: Arc) -> Profile:
    """Return the profile of an arc.

    The powered path, of which only the end is known, is drawn as a curve that leaves straight up
    and ends in the direction of the flight, gone through at constant acceleration.
    """
    state = sample_arcs(arc.arcs, COAST_POINTS, figure=course.figure).state[0]
    times = np.linspace(arc.boost.burn_time_s, arc.time_of_flight_s, COAST_POINTS)
    distance, height = _side(course.launch, state[:, :3])
    # The distance of the impact, on any figure, is the range.
    distance *= course.range_m / distance[-1]
    share = np.linspace(0.0, 1.0, BOOST_POINTS, endpoint=False)
    rise, over = height[0], distance[0]
    angle = arc.flight_path_angle_rad
    # The control point of the quadratic curve: above the launch, and before burnout along g.
    control = max(rise - over * math.tan(min(angle, 1.55)), 0.3 * rise) if rise > 0.0 else 0.0
    up = 2.0 * share * (1.0 - share) * control + share**2 * rise
    along = share**2 * over
    return Profile(
        time_s=np.concatenate([arc.boost.burn_time_s * np.sqrt(share), times]),
        distance_m=np.concatenate([along, distance]),
        height_m=np.concatenate([up, height]),
        burnout=BOOST_POINTS,
    )


def track_profile(launch: Launch, flight: StagedFlight) -> Profile:
    """Return the profile of an integrated flight."""
    # Imported here, since it takes a while and only pictures need it.
    from scipy.interpolate import CubicHermiteSpline

    times, state = flight.track[:, 0], flight.track[:, 1:]
    keep = np.concatenate([[True], np.diff(times) > 0.0])
    path = CubicHermiteSpline(times[keep], state[keep, :3], state[keep, 3:])
    burn = flight.burnout_time_s
    asked = np.concatenate(
        [
            np.linspace(0.0, burn, BOOST_POINTS, endpoint=False),
            np.linspace(burn, flight.time_of_flight_s, COAST_POINTS),
        ]
    )
    places = path(asked)
    turn = launch.figure.rotation_rad_s * asked
    c, s = np.cos(turn), np.sin(turn)
    fixed = np.stack(
        [
            c * places[:, 0] + s * places[:, 1],
            c * places[:, 1] - s * places[:, 0],
            places[:, 2],
        ],
        axis=1,
    )
    distance, height = _side(launch, fixed)
    if distance[-1] > 0.0:
        distance = distance * (flight.range_m / distance[-1])
    return Profile(asked, distance, height, BOOST_POINTS)


def _side(launch: Launch, places: Array) -> tuple[Array, Array]:
    """Return distance in the plane of the heading and height (m) of Earth-fixed places (N, 3)."""
    figure = launch.figure
    e2 = figure.flattening * (2.0 - figure.flattening)
    start = np.array(on_ground(launch.latitude_rad, launch.longitude_rad, figure.radius_m, e2))
    up = start / np.linalg.norm(start)
    sine, cosine = math.sin(launch.latitude_rad), math.cos(launch.latitude_rad)
    sl, cl = math.sin(launch.longitude_rad), math.cos(launch.longitude_rad)
    north, east = np.array([-sine * cl, -sine * sl, cosine]), np.array([-sl, cl, 0.0])
    ahead = math.cos(launch.heading_rad) * north + math.sin(launch.heading_rad) * east
    angle = np.arctan2(places @ ahead, places @ up)
    # Beyond half way round the angle goes on.
    angle = np.unwrap(angle)
    if figure.flattening == 0.0:
        height = np.linalg.norm(places, axis=1) - figure.radius_m
    else:
        height = ecef_to_geodetic(places)[2]
    return figure.radius_m * angle, height
