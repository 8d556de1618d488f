"""The table of five bases: least interceptor speeds against arcs to Washington, T01 to T07.

A screening model on a sphere at rest: an arc of least energy from a burnout at given time, height
and distance, and an interceptor that is an impulse after a delay, free to choose any intercept
point above a floor.
"""

from __future__ import annotations

import math

import numpy as np

from longroad.engagement.reach import Interceptor, meet
from longroad.engagement.trajectory import Trajectory, trajectory
from longroad.flight.arcs import ArcSet, check_arcs, solve_arcs
from longroad.flight.figure import Figure, still_sphere
from longroad.verify.case import Inputs
from longroad.verify.figure import Found, found
from longroad.verify.registry import computes
from longroad.verify.sight import place


def _arc(inputs: Inputs, base: str) -> tuple[ArcSet, Figure]:
    figure = still_sphere(inputs.number("earth radius"))
    arcs = solve_arcs(
        *place(base), *place(inputs.text("aim")), inputs.number("burn time"),
        inputs.number("burnout altitude"), inputs.number("burnout distance"), figure=figure,
    )  # fmt: skip
    check_arcs(arcs)
    return arcs, figure


def least_speed(flight: Trajectory, site: str, delay_s: float, boost_s: float) -> float:
    """Return the least speed (m/s) of an impulse ``boost_s`` after a launch at a delay or later."""
    shot = Interceptor(boost_s, 0.0, math.inf)
    return min(one.speed_m_s for one in meet(flight, *place(site), delay_s, shot) if one.exists)


def track_distance(base: str, aim: str, site: str, radius_m: float) -> float:
    """Return the least distance (m) of a site from the great circle between two others."""
    points = []
    for name in (base, aim, site):
        latitude, longitude = place(name)
        points.append(
            [
                math.cos(latitude) * math.cos(longitude),
                math.cos(latitude) * math.sin(longitude),
                math.sin(latitude),
            ]
        )
    first, last, away = np.array(points)
    whole = math.acos(float(first @ last))
    shares = np.linspace(0.0, 1.0, 20_001)[:, None]
    way = np.sin((1.0 - shares) * whole) * first + np.sin(shares * whole) * last
    return radius_m * math.acos(float(np.max(way @ away)) / math.sin(whole))


@computes("T01", "T02", "T03", "T04", "T05")
def base(inputs: Inputs) -> tuple[Found, ...]:
    """One row of the table."""
    name, site = inputs.text("base"), inputs.text("site")
    arcs, figure = _arc(inputs, name)
    flight = trajectory(arcs, 0, inputs.number("floor"), figure)
    values: dict[str, float | bool | tuple[float, float]] = {
        "range": float(arcs.ground_range_m[0]),
        "apogee": float(arcs.apogee_altitude_m[0]),
        "time of flight": float(arcs.time_of_flight_s[0]),
        "distance of the ground track": track_distance(
            name, inputs.text("aim"), site, figure.radius_m
        ),
    }
    for delay in inputs.numbers("delays"):
        values[f"least speed, launch at {delay:g} s"] = least_speed(
            flight, site, delay, inputs.number("boost penalty")
        )
    return found(values)


@computes("T06")
def late_launch(inputs: Inputs) -> tuple[Found, ...]:
    """The last column, with the floor and with intercepts ending higher up."""
    values: dict[str, float | bool | tuple[float, float]] = {}
    for row in inputs.rows("bases"):
        arcs, figure = _arc(inputs, row.text("base"))
        for name in ("floor", "high floor"):
            flight = trajectory(arcs, 0, inputs.number(name), figure)
            label = f"{row.text('name')}, above {inputs.number(name) / 1e3:g} km"
            values[label] = least_speed(
                flight, inputs.text("site"), inputs.number("delay"), inputs.number("boost penalty")
            )
    return found(values)


@computes("T07")
def other_site(inputs: Inputs) -> tuple[Found, ...]:
    """The interval of the least speeds from another site, over bases and delays."""
    speeds = []
    for row in inputs.rows("bases"):
        arcs, figure = _arc(inputs, row.text("base"))
        flight = trajectory(arcs, 0, inputs.number("floor"), figure)
        for delay in inputs.numbers("delays"):
            speeds.append(  # noqa: PERF401
                least_speed(flight, inputs.text("site"), delay, inputs.number("boost penalty"))
            )
    return found({"least speed, over bases and delays": (min(speeds), max(speeds))})
