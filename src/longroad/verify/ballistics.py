"""Worked examples of ballistic flight from a textbook: cases M20 to M24.

Bate, Mueller and White use canonical units: DU is the radius of the Earth, and DU/TU the speed of
a circular orbit there.
"""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq

from longroad.flight import kepler
from longroad.flight.arcs import check_arcs, solve_arcs
from longroad.flight.capability import attainable_speed
from longroad.flight.figure import WGS84, still_sphere
from longroad.verify.case import Inputs
from longroad.verify.figure import Found, found
from longroad.verify.registry import computes

MU = WGS84.mu_m3_s2


def range_angle(radius_m: float, speed_m_s: float, angle_rad: float) -> float:
    """Return the angle (rad) flown until the flight is back at its first height.

    By the propagator: the way down mirrors the way up, so it takes twice the time to the apogee.
    """
    r0 = np.array([radius_m, 0.0, 0.0])
    v0 = speed_m_s * np.array([math.sin(angle_rad), math.cos(angle_rad), 0.0])

    def climb(time: float) -> float:
        r, v = kepler(r0, v0, time)
        return float(r @ v)

    energy = 0.5 * speed_m_s**2 - MU / radius_m
    period = 2.0 * math.pi * math.sqrt((-0.5 * MU / energy) ** 3 / MU)
    end = kepler(r0, v0, 2.0 * float(brentq(climb, 0.0, 0.5 * period)))[0]
    return math.atan2(float(end[1]), float(end[0])) % (2.0 * math.pi)


@computes("M20", "M24")
def given_apogee(inputs: Inputs) -> tuple[Found, ...]:
    """Flight of a burnout speed that reaches an apogee."""
    radius = inputs.number("earth radius")
    r, top = radius + inputs.number("burnout height"), radius + inputs.number("apogee")
    unit = math.sqrt(MU / radius)
    speed = inputs.number("burnout speed")
    if inputs.number("speed is canonical"):
        speed *= unit
    energy = 0.5 * speed**2 - MU / r
    at_top = math.sqrt(2.0 * (energy + MU / top))
    angle = math.acos(at_top * top / (speed * r))
    return found(
        {
            "flight-path angle at burnout": angle,
            "range angle": range_angle(r, speed, angle),
            "speed at the apogee": at_top,
            "speed at the apogee, canonical": at_top / unit,
            "energy": energy,
        }
    )


@computes("M21")
def high_flight(inputs: Inputs) -> tuple[Found, ...]:
    """Flight-path angle of the higher of two flights of one speed between two places."""
    radius = inputs.number("earth radius")
    speed = inputs.number("burnout speed") * math.sqrt(MU / radius)
    (lat1, lon1), (lat2, lon2) = inputs.numbers("from"), inputs.numbers("to")
    # From burnout to re-entry at one height: a sphere of that radius, without a boost.
    sphere = still_sphere(radius + inputs.number("burnout height"))
    arcs = solve_arcs(
        lat1, lon1, lat2, lon2, 0.0, 0.0, 0.0, shape="lofted", value=speed, figure=sphere
    )
    check_arcs(arcs)
    return found({"flight-path angle at burnout": float(arcs.flight_path_angle_rad[0])})


@computes("M22")
def longest_range(inputs: Inputs) -> tuple[Found, ...]:
    """Greatest range angle of a burnout speed."""
    r = inputs.number("earth radius") + inputs.number("burnout height")
    speed = inputs.number("burnout speed")

    def short(angle: float) -> float:
        return float(attainable_speed(angle * r, 0.0, 0.0, radius_m=r)) - speed

    return found({"greatest range angle": float(brentq(short, 0.1, math.pi - 1e-6))})


@computes("M23")
def least_speed(inputs: Inputs) -> tuple[Found, ...]:
    """Least burnout speed for a range, which is measured along the ground."""
    radius = inputs.number("earth radius")
    r = radius + inputs.number("burnout height")
    needed = float(attainable_speed(inputs.number("range") / radius * r, 0.0, 0.0, radius_m=r))
    return found({"least burnout speed": needed / math.sqrt(MU / radius)})
