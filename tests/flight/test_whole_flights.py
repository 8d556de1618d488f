"""Closed form and integration of the same flight, from the ground to the ground.

A vehicle is flown through its boost over the turning Earth: least energy, lofted (twice that
apogee) and depressed (half of it). The closed form then gets what a catalogue would print of that
flight (burn time, burnout altitude and ground distance), its end points and its apogee, and has to
come to the same burnout speed, angle and time.
"""

import math
from dataclasses import replace

import numpy as np
import pytest

from longroad.earth.wgs84 import ecef_to_geodetic
from longroad.flight.arcs import solve_arcs
from longroad.flight.figure import WGS84
from longroad.flight.fit import match, reaching
from longroad.flight.staged import Launch
from longroad.flight.vehicle import Build

# Range (km): burn time (s), stages; launch latitude and heading (degrees).
CLASSES = {
    300: (70.0, 1, 33.0, 250.0),
    1000: (80.0, 1, -50.0, 100.0),
    3000: (120.0, 2, 0.0, 90.0),
    7400: (170.0, 2, 60.0, 330.0),
    10000: (210.0, 2, 0.0, 270.0),
    12000: (230.0, 2, 40.0, 15.0),
}
SHAPES = {"least": 1.0, "lofted": 2.0, "depressed": 0.5}


def both(km, shape, figure, air):
    """Closed form less integration: speed (m/s), time (s), angle (degrees)."""
    burn, stages, latitude, heading = CLASSES[km]
    launch = Launch(figure, math.radians(latitude), 3.1, math.radians(heading), air)
    build = Build(stages, burn, 2600.0, 0.05, 30_000.0, 6_000.0)
    flight = reaching(build, km * 1e3, launch).flight
    if shape != "least":
        flight = match(build, km * 1e3, SHAPES[shape] * flight.apogee_m, launch).flight
    end = flight.track[-1]
    lat, lon, _ = ecef_to_geodetic(end[1:4])
    lon = lon - figure.rotation_rad_s * end[0]
    arc = solve_arcs(
        launch.latitude_rad, launch.longitude_rad, lat, lon,
        burn, flight.burnout_altitude_m, flight.burnout_distance_m,
        shape="apogee", value=flight.apogee_m, figure=figure,
    )  # fmt: skip
    assert arc.ok[0]
    assert arc.ground_range_m[0] == pytest.approx(km * 1e3, abs=50.0)
    angle = arc.flight_path_angle_rad[0] - flight.flight_path_angle_rad
    return np.abs(
        [
            arc.burnout_speed_m_s[0] - flight.burnout_speed_m_s,
            arc.time_of_flight_s[0] - flight.time_of_flight_s,
            math.degrees(angle),
        ]
    )


@pytest.mark.parametrize("km", CLASSES)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_forces_give_the_same_flight(km, shape):
    """Without air and J2 only the boost's way differs: the closed form knows a plane one.

    The turning Earth bends a boost aside by a degree or two: 1 m/s, 0.05 s and 0.01 degrees.
    """
    found = both(km, shape, replace(WGS84, j2=0.0), air=False)
    assert np.all(found < (1.0, 0.05, 0.01)), found


@pytest.mark.parametrize("km", [3000, 7400, 10000, 12000])
@pytest.mark.parametrize("shape", SHAPES)
def test_with_air_and_oblateness_the_speed_holds_and_the_time_is_drag(km, shape):
    """15 m/s and 0.1 degrees; the last kilometres of a body of 6 t/m2 take 10 s, flat ones 60 s."""
    found = both(km, shape, WGS84, air=True)
    assert np.all(found < (15.0, 60.0 if shape == "depressed" else 35.0, 0.1)), found


@pytest.mark.parametrize(
    ("shape", "speed"), [("least", 10.0), ("lofted", 10.0), ("depressed", 50.0)]
)
def test_at_1000_km_air_counts_above_the_burnout(shape, speed):
    found = both(1000, shape, WGS84, air=True)
    assert np.all(found < (speed, 20.0, 0.3)), found
