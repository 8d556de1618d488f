"""One arc over one course in closed form, with the powered path laid along the flight.

The published figures of a boost belong to the flight of greatest range. On a steeper or flatter
flight the missile burns as long, and its powered path is taken to be as long but to lie
differently. Its slope s stays above the flight-path angle g at burnout as it does on the flight
of greatest range (s0 above g0), and less so as both near the vertical:

    s = g + (s0 - g0) (90 deg - g)/(90 deg - g0).

A named missile keeps its published figures on every flight, as in a scenario.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from longroad.base.errors import GeometryError
from longroad.flight.arcs import ArcSet, Shape, check_arcs, solve_arcs
from longroad.flight.course import HALF_WAY_M, NEARLY_OPPOSITE_M, Course, at_rest
from longroad.flight.generic import Boost, Missile

RIGHT = 0.5 * math.pi
# Slope and angle agree when the slope moves by less than this: a burnout altitude by some metres.
SETTLED_RAD = 1e-5
ROUNDS = 40


@dataclass(frozen=True)
class Arc:
    """One arc; `longroad.flight.arcs.ArcSet` says what the numbers mean."""

    shape: Shape
    boost: Boost
    range_m: float
    apogee_m: float
    time_of_flight_s: float
    burnout_speed_m_s: float
    flight_path_angle_rad: float
    impulsive_speed_m_s: float
    heading_rad: float
    arcs: ArcSet
    """The same as a set of one."""


def fly_arc(
    course: Course,
    missile: Missile,
    shape: Shape,
    value: float | None = None,
    burn_time_s: float | None = None,
) -> Arc:
    """Return the arc of a shape over a course; ``burn_time_s`` replaces the missile's best one.

    ``value`` as in `longroad.flight.arcs.solve_arcs`. Raises GeometryError with the reason when
    there is no such arc.
    """
    burn = missile.boost.burn_time_s if burn_time_s is None else burn_time_s
    own = missile.boost.laid(missile.boost.slope_rad, burn)
    if missile.id is not None or shape is Shape.MINIMUM_ENERGY:
        return _solved(course, own, shape, value)
    least = least_energy_angle(missile)
    over = (own.slope_rad - least) / (RIGHT - least)
    try:
        arc = _solved(course, own, shape, value)
    except GeometryError:
        # The boost as it stands leads too high or too far: begin with one that leads nowhere.
        arc = _solved(course, Boost(burn, 0.0, 0.0), shape, value)
    slope = math.nan
    for _ in range(ROUNDS):
        angle = arc.flight_path_angle_rad
        found = min(max(angle + over * (RIGHT - angle), 0.0), RIGHT)
        moved = abs(found - slope)
        slope = found
        arc = _solved(course, own.laid(slope, burn), shape, value)
        if moved < SETTLED_RAD:
            break
    return arc


def least_energy_angle(missile: Missile) -> float:
    """Return the flight-path angle (rad) at burnout of the flight of greatest range."""
    reach = min(missile.greatest_range_m, HALF_WAY_M - NEARLY_OPPOSITE_M)
    return _solved(at_rest(reach), missile.boost, Shape.MINIMUM_ENERGY, None).flight_path_angle_rad


def _solved(course: Course, boost: Boost, shape: Shape, value: float | None) -> Arc:
    arcs = solve_arcs(
        course.latitude_rad, course.longitude_rad,
        course.aim_latitude_rad, course.aim_longitude_rad,
        boost.burn_time_s, boost.burnout_altitude_m, boost.burnout_ground_distance_m,
        shape=shape, value=value, figure=course.figure,
    )  # fmt: skip
    check_arcs(arcs)
    return Arc(
        shape=shape,
        boost=boost,
        range_m=course.range_m,
        apogee_m=float(arcs.apogee_altitude_m[0]),
        time_of_flight_s=float(arcs.time_of_flight_s[0]),
        burnout_speed_m_s=float(arcs.burnout_speed_m_s[0]),
        flight_path_angle_rad=float(arcs.flight_path_angle_rad[0]),
        impulsive_speed_m_s=float(arcs.impulsive_speed_m_s[0]),
        heading_rad=float(arcs.heading_rad[0]),
        arcs=arcs,
    )
