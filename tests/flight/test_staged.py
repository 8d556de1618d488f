"""Staged flight in the limits where it has a closed form, and what has to stay the same."""

import math
from dataclasses import replace

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.flight import powered_kernel as k
from longroad.flight.figure import WGS84, Figure, still_sphere
from longroad.flight.integrate import integrate
from longroad.flight.staged import Launch, fly_vehicle, reach, simulate
from longroad.flight.vehicle import Build, Stage, Vehicle

SPHERE = still_sphere(6.371e6)
DEEP = settings(max_examples=80, deadline=None, derandomize=True)
LONG = Build(2, 210.0, 2600.0, 0.05, 30_000.0, 6_000.0)

builds = st.builds(
    Build, st.integers(1, 3), st.floats(50.0, 250.0), st.floats(2050.0, 3150.0),
    st.floats(0.02, 0.1), st.floats(1.5e4, 6e4), st.floats(2e3, 1.2e4),
)  # fmt: skip
launches = st.builds(
    Launch, st.just(WGS84), st.floats(-0.5 * math.pi, 0.5 * math.pi), st.floats(-4.0, 4.0),
    st.floats(0.0, 2.0 * math.pi), st.booleans(),
)  # fmt: skip


def at(figure, latitude=0.0, longitude=0.0, heading=90.0, air=False):
    return Launch(figure, *(math.radians(a) for a in (latitude, longitude, heading)), air)


@st.composite
def flights(draw):
    """Vehicles that leave the ground with some thrust, and come back."""
    vehicle = draw(builds).vehicle(draw(st.floats(2000.0, 8000.0)))
    assume(vehicle.stages[0].thrust_to_weight > 1.4)
    kick, launch = draw(st.floats(0.02, 0.3)), draw(launches)
    assume(simulate(vehicle, kick, launch, 0)[0][k.STATUS] == k.OK)
    return vehicle, kick, launch


def test_rocket_equation_without_gravity_and_air():
    """Tsiolkovsky's speed, and the way at constant thrust: c b (1 + (1 - f)/f ln(1 - f))."""
    stages = (Stage(60.0, 2500.0, 0.7), Stage(40.0, 2900.0, 0.5), Stage(90.0, 2700.0, 0.8))
    vehicle = Vehicle(stages, 0.1)
    out, _ = simulate(vehicle, 0.0, at(replace(SPHERE, mu_m3_s2=1.0)), 0)
    place, velocity = out[k.BURNOUT : k.BURNOUT + 3], out[k.BURNOUT + 3 : k.BURNOUT + 6]
    assert np.linalg.norm(velocity) == pytest.approx(vehicle.impulse_m_s, rel=1e-9)
    way, speed = 0.0, 0.0
    for s in stages:
        b, c, f = s.burn_time_s, s.exhaust_speed_m_s, s.mass_fraction
        way += speed * b + c * b * (1.0 + (1.0 - f) / f * math.log(1.0 - f))
        speed += -c * math.log(1.0 - f)
    assert place[0] - SPHERE.radius_m == pytest.approx(way, rel=1e-9)


def test_straight_up_in_even_gravity_loses_g_times_the_burn():
    """A sphere so large that gravity is even: v = dv - g b, and the way less g b^2/2."""
    g, radius = 9.8, 1e9
    flat = Figure(radius, 0.0, g * radius**2, 0.0)
    flight = fly_vehicle(Build(1, 80.0, 2500.0, 0.05).vehicle(2400.0), 0.0, at(flat))
    f = 1.0 - math.exp(-2400.0 / 2500.0)
    climb = 2500.0 * 80.0 * (1.0 + (1.0 - f) / f * math.log(1.0 - f)) - 0.5 * g * 80.0**2
    assert flight.burnout_altitude_m == pytest.approx(climb, rel=1e-4)
    speed = 2400.0 - g * 80.0
    assert flight.burnout_speed_m_s == pytest.approx(speed, rel=1e-4)
    assert flight.loss_m_s == pytest.approx(g * 80.0, rel=3e-4)
    assert flight.apogee_m == pytest.approx(climb + speed**2 / (2.0 * g), rel=3e-4)
    assert flight.range_m == pytest.approx(0.0, abs=1.0)
    assert flight.flight_path_angle_rad == pytest.approx(0.5 * math.pi, abs=1e-6)


# Closed form of Bate, Mueller, White (1971), chapter 6, for impulses: km, km/s, degrees, min.
@pytest.mark.parametrize(
    ("range_km", "speed", "angle", "apogee_km", "minutes"),
    [(300, 1.696, 44.33, 74, 4.18), (1000, 3.016, 42.75, 240, 7.91),
     (3000, 4.865, 38.26, 655, 14.92), (8000, 6.805, 27.01, 1264, 27.99),
     (12000, 7.480, 18.02, 1265, 35.72)],
)  # fmt: skip
def test_a_boost_of_a_blink_is_the_impulse_of_the_textbook(
    range_km, speed, angle, apogee_km, minutes
):
    """1 ms of burn; the table's speed is rounded to 0.5 m/s, which is 6 km at 12,000 km."""
    vehicle = Build(1, 1e-3, 2500.0, 0.001).vehicle(speed * 1e3)
    flight = fly_vehicle(vehicle, math.radians(90.0 - angle), at(SPHERE))
    assert flight.range_m == pytest.approx(range_km * 1e3, rel=2e-3)
    assert flight.apogee_m == pytest.approx(apogee_km * 1e3, abs=1.5e3)
    assert flight.time_of_flight_s == pytest.approx(60.0 * minutes, abs=2.0)
    # The impact mirrors the launch.
    assert flight.impact_speed_m_s == pytest.approx(flight.burnout_speed_m_s, rel=1e-3)


def constants(states, figure):
    """Energy and angular momentum of inertial states (N, 6), J2 included."""
    r, v = states[:, :3], states[:, 3:]
    d = np.linalg.norm(r, axis=1)
    bulge = figure.j2 * (figure.radius_m / d) ** 2 * (1.5 * (r[:, 2] / d) ** 2 - 0.5)
    energy = 0.5 * np.sum(v * v, axis=1) - figure.mu_m3_s2 / d * (1.0 - bulge)
    return energy, np.cross(r, v)


@DEEP
@given(flights(), st.booleans())
def test_a_coast_keeps_energy_and_angular_momentum(flight, oblate):
    vehicle, kick, launch = flight
    figure = WGS84 if oblate else replace(WGS84, j2=0.0)
    found = fly_vehicle(vehicle, kick, replace(launch, figure=figure, air=False))
    coast = found.track[found.track[:, 0] >= found.burnout_time_s - 1e-9][:, 1:]
    energy, momentum = constants(coast, figure)
    scale = figure.mu_m3_s2 / figure.radius_m
    assert np.ptp(energy) < 1e-8 * scale
    size = np.linalg.norm(momentum[0])
    if oblate:
        assert np.ptp(momentum[:, 2]) < 1e-8 * size
    else:
        assert np.linalg.norm(momentum - momentum[0], axis=1).max() < 1e-8 * size


@DEEP
@given(flights())
def test_a_coast_backwards_in_time_ends_at_its_burnout(flight):
    vehicle, kick, launch = flight
    found = fly_vehicle(vehicle, kick, replace(launch, air=False))
    end = found.track[-1]
    assert end[0] == found.time_of_flight_s
    # Another integrator, another tolerance: the steps' errors, magnified by the fall.
    r, v = integrate(end[1:4], end[4:7], found.burnout_time_s - end[0])
    burnout = found.track[np.searchsorted(found.track[:, 0], found.burnout_time_s - 1e-9)]
    assert np.linalg.norm(r - burnout[1:4]) < 2.0
    assert np.linalg.norm(v - burnout[4:7]) < 5e-3


def same(a, b, loose=5.0):
    """Whether two flights have the same figures.

    A mirrored flight takes other steps by rounding, and so shows the integration's own error: in 99
    of 100 flights 0.3 m, 4 m at worst among thousands.
    """
    for name in ("range_m", "apogee_m", "burnout_altitude_m", "burnout_distance_m"):
        assert getattr(a, name) == pytest.approx(getattr(b, name), abs=loose)
    for name in ("time_of_flight_s", "burnout_speed_m_s", "impact_speed_m_s"):
        assert getattr(a, name) == pytest.approx(getattr(b, name), abs=4e-3 * loose)
    assert a.flight_path_angle_rad == pytest.approx(b.flight_path_angle_rad, abs=1e-6)


@DEEP
@given(flights(), st.floats(-3.0, 3.0))
def test_symmetries(flight, turn):
    vehicle, kick, launch = flight
    found = fly_vehicle(vehicle, kick, launch)
    # The Earth looks alike from all meridians, the antimeridian included.
    same(found, fly_vehicle(vehicle, kick, replace(launch, longitude_rad=turn)))
    # North and south mirror each other ...
    south = replace(
        launch, latitude_rad=-launch.latitude_rad, heading_rad=math.pi - launch.heading_rad
    )
    same(found, fly_vehicle(vehicle, kick, south))
    # ... and so do east and west once the Earth turns the other way.
    back = replace(launch.figure, rotation_rad_s=-launch.figure.rotation_rad_s)
    west = replace(launch, figure=back, heading_rad=-launch.heading_rad)
    same(found, fly_vehicle(vehicle, kick, west))


@DEEP
@given(flights(), st.floats(0.0, 6.0))
def test_at_a_pole_the_heading_is_a_longitude(flight, heading):
    vehicle, kick, launch = flight
    pole = replace(launch, latitude_rad=0.5 * math.pi, heading_rad=0.3)
    assume(simulate(vehicle, kick, pole, 0)[0][k.STATUS] == k.OK)
    same(
        fly_vehicle(vehicle, kick, pole),
        fly_vehicle(vehicle, kick, replace(pole, heading_rad=heading)),
    )


@DEEP
@given(flights(), st.floats(-1.5, 1.5), st.floats(0.0, 6.0))
def test_a_sphere_at_rest_has_no_directions(flight, latitude, heading):
    vehicle, kick, launch = flight
    rest = replace(launch, figure=SPHERE)
    assume(simulate(vehicle, kick, rest, 0)[0][k.STATUS] == k.OK)
    other = replace(rest, latitude_rad=latitude, heading_rad=heading)
    same(fly_vehicle(vehicle, kick, rest), fly_vehicle(vehicle, kick, other))


@DEEP
@given(flights())
def test_air_takes_speed_and_endless_weight_takes_it_away(flight):
    vehicle, kick, launch = flight
    assume(simulate(vehicle, kick, replace(launch, air=False), 0)[0][k.STATUS] == k.OK)
    vacuum = fly_vehicle(vehicle, kick, replace(launch, air=False))
    heavy = replace(
        vehicle,
        launch_ballistic_coefficient_kg_m2=1e12,
        entry_ballistic_coefficient_kg_m2=1e12,
    )
    same(vacuum, fly_vehicle(heavy, kick, replace(launch, air=True)))
    # What re-enters is slowed: the lighter for its area, the more.
    speeds = []
    for beta in (1e3, 4e3, 16e3):
        body = replace(vehicle, entry_ballistic_coefficient_kg_m2=beta)
        out, _ = simulate(body, kick, replace(launch, air=True), 0)
        assume(out[k.STATUS] == k.OK)
        speeds.append(fly_vehicle(body, kick, replace(launch, air=True)).impact_speed_m_s)
    assert speeds[0] < speeds[1] < speeds[2] < vacuum.impact_speed_m_s + 200.0


def test_an_eastward_launch_gains_from_the_turning_earth():
    """At the equator the ground moves with 465 m/s; in a vacuum, for one Earth-relative boost."""
    vehicle, kick = LONG.vehicle(8200.0), 0.3
    east, north, west = (fly_vehicle(vehicle, kick, at(WGS84, 0, 0, h)) for h in (90.0, 0.0, 270.0))
    assert east.range_m > north.range_m > west.range_m
    # Earth-relative, the boosts differ by the pull that the Earth's turning takes off: small.
    assert east.burnout_speed_m_s - west.burnout_speed_m_s < 30.0


def test_the_track_goes_from_the_launch_to_the_impact():
    found = fly_vehicle(LONG.vehicle(7500.0), 0.2, at(WGS84, 40.0, 40.0, 310.0, air=True))
    times = found.track[:, 0]
    assert times[0] == 0.0
    assert times[-1] == found.time_of_flight_s
    assert np.all(np.diff(times) > 0.0)
    assert np.any(times == found.burnout_time_s)
    ground = np.linalg.norm(found.track[0, 1:4])
    assert ground == pytest.approx(6.3694e6, abs=2e3)
    assert np.linalg.norm(found.track[0, 4:7]) == pytest.approx(465.1 * math.cos(0.698), rel=5e-3)


def test_an_apogee_during_the_burn_is_the_apogee():
    """A second stage that burns on weakly, over the top and down."""
    vehicle = Vehicle((Stage(40.0, 2500.0, 0.5), Stage(150.0, 2500.0, 0.05)), 0.01)
    found = fly_vehicle(vehicle, 0.3, at(SPHERE))
    assert found.flight_path_angle_rad < 0.0
    assert found.apogee_time_s < found.burnout_time_s
    heights = np.linalg.norm(found.track[:, 1:4], axis=1) - SPHERE.radius_m
    assert heights.max() - 1e-3 <= found.apogee_m < heights.max() + 500.0
    assert found.apogee_m > found.burnout_altitude_m + 1e4


def test_the_long_way_round_counts_on():
    vehicle = LONG.vehicle(8500.0)
    found = [fly_vehicle(vehicle, kick, at(SPHERE)).range_m for kick in (0.36, 0.38, 0.405)]
    assert found[0] < math.pi * SPHERE.radius_m < found[1] < found[2]


def test_close_to_the_antipode_there_is_a_range():
    """Vincenty's iteration does not settle there; GeographicLib knows the distance."""
    row = np.full(k.FLIGHT, math.nan)
    row[k.BURNOUT_TIME] = row[k.END_TIME] = 0.0
    row[k.END : k.END + 3] = geodetic_to_ecef(math.radians(-5.1), math.radians(-174.8), 0.0)
    row[k.BURNOUT : k.BURNOUT + 3] = geodetic_to_ecef(math.radians(6.0), math.radians(7.0), 1e5)
    far, near = reach(row, at(WGS84, 5.0, 5.0, 60.0))
    assert far == pytest.approx(Geodesic.WGS84.Inverse(5.0, 5.0, -5.1, -174.8)["s12"], abs=1e-3)
    assert near == pytest.approx(Geodesic.WGS84.Inverse(5.0, 5.0, 6.0, 7.0)["s12"], abs=1.0)


@pytest.mark.parametrize(
    ("vehicle", "kick", "words"),
    [
        (Build(1, 100.0, 2600.0, 0.05).vehicle(800.0), 0.1, "falls back"),
        (LONG.vehicle(7000.0), 1.3, "falls back"),
        (LONG.vehicle(14_000.0), 0.1, "orbit"),
        (LONG.vehicle(9000.0), 0.45, "orbit"),
        (LONG.vehicle(7000.0), -0.1, "turns by"),
        (LONG.vehicle(7000.0), math.nan, "turns by"),
        (LONG.vehicle(7000.0), 1.6, "turns by"),
    ],
)
def test_what_does_not_come_back_is_said(vehicle, kick, words):
    with pytest.raises(GeometryError, match=words):
        fly_vehicle(vehicle, kick, at(SPHERE, air=False))


@pytest.mark.parametrize(
    "place", [(math.nan, 0.0, 0.0), (0.0, math.inf, 0.0), (0.0, 0.0, math.nan), (1.6, 0.0, 0.0)]
)
def test_a_launch_stands_on_the_earth(place):
    with pytest.raises(GeometryError):
        Launch(WGS84, *place, air=False)
