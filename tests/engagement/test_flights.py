"""Many flights at once: as one by one, and the shot found flies there in rotating axes."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import ANGULAR_SPEED_RAD_S, MU_M3_S2, geodetic_to_ecef
from longroad.engagement.climb import greatest_height, speed_for_height
from longroad.engagement.flights import fly, least_speeds, meetings
from longroad.engagement.reach import Interceptor, meet
from longroad.engagement.reach_kernel import ARRIVAL, LAUNCH, MEET, SPEED
from longroad.engagement.trajectory import trajectory
from longroad.flight.arcs import solve_arcs
from longroad.flight.kepler import kepler

BURN, FRACTION, LIFE = 110.0, 0.5, 1500.0
SHOT = Interceptor(BURN, FRACTION, LIFE)
SITE = np.radians([54.5, 17.1])
DELAYS = np.array([60.0, 180.0, 300.0, 600.0])


@pytest.fixture(scope="module")
def arcs():
    rng = np.random.default_rng(20261128)
    count = 24
    start = np.radians([rng.uniform(45, 70, count), rng.uniform(25, 130, count)])
    end = np.radians([rng.uniform(28, 48, count), rng.uniform(-125, -65, count)])
    found = solve_arcs(*start, *end, 180.0, 205e3, 400e3)
    assert found.ok.all()
    return found


def test_one_by_one_they_are_the_same(arcs):
    flights = fly(arcs)
    spans = flights.spans(120e3)
    found = meetings(flights, spans, *SITE, DELAYS, BURN, FRACTION, LIFE)
    for row in range(len(arcs)):
        single = trajectory(arcs, row, 120e3)
        # Times of the crossings: to where a cubic differs from the conic, centimetres.
        assert spans[row] == pytest.approx(single.parts, abs=1e-3)
        for d, delay in enumerate(DELAYS):
            for half, one in enumerate(meet(single, *SITE, delay, SHOT)):
                at = (row, d, half)
                # Both end within 1e-4 of the least; a later launch that needs less is taken.
                assert found.speed_m_s[at] <= one.speed_m_s * (1.0 + 1e-6) or not one.exists
                assert found.speed_m_s[at] == pytest.approx(one.speed_m_s, rel=2e-4, nan_ok=True)
                assert found.overtaking[at] == one.overtaking


def test_between_two_heights(arcs):
    flights = fly(arcs)
    free, held = flights.spans(100e3), flights.spans(100e3, 900e3)
    assert np.all(held[:, [0, 3]] == free[:, [0, 3]])
    assert np.all(held[:, 1] < free[:, 1])
    assert np.all(held[:, 2] > free[:, 2])
    for row in range(len(arcs)):
        for column in (1, 2):
            t = held[row, column] - arcs.burnout_time_s[row]
            place, _ = kepler(arcs.burnout_position_m[row], arcs.burnout_velocity_m_s[row], t)
            # 21 km lie between the poles' and the equator's radius.
            assert np.linalg.norm(place) - 6.371e6 == pytest.approx(900e3, abs=15e3)


def test_what_stays_below_the_floor_is_never_met(arcs):
    flights = fly(arcs)
    spans = flights.spans(5000e3)
    assert np.isnan(spans).all()
    answers, _ = least_speeds(flights, spans, *SITE, DELAYS, BURN, FRACTION, LIFE)
    assert np.isnan(answers[..., SPEED]).all()


def test_a_life_shorter_than_the_burn_meets_nothing(arcs):
    flights = fly(arcs)
    spans = flights.spans(100e3)
    answers, _ = least_speeds(flights, spans, *SITE, DELAYS, BURN, FRACTION, BURN - 1.0)
    assert np.isnan(answers).all()


def test_arcs_that_do_not_exist_are_refused():
    arcs = solve_arcs([0.9], [0.5], [-0.9], [0.5 - math.pi], 180.0, 205e3, 400e3)
    assert not arcs.ok.any()
    with pytest.raises(GeometryError):
        fly(arcs)


def rotating(_, state):
    """Two-body motion in axes that turn with the Earth: Coriolis and centrifugal terms."""
    x, y, z, u, v, w = state
    pull = -MU_M3_S2 / (x * x + y * y + z * z) ** 1.5
    spin = ANGULAR_SPEED_RAD_S
    return [
        u, v, w,
        pull * x + 2.0 * spin * v + spin * spin * x,
        pull * y - 2.0 * spin * u + spin * spin * y,
        pull * z,
    ]  # fmt: skip


def test_the_shot_flies_back_to_its_burnout_and_its_energy_to_the_ground(arcs):
    """Another formulation: from the intercept back to the burnout, in turning axes, by DOP853."""
    flights = fly(arcs)
    spans = flights.spans(100e3)
    arguments = (flights, spans, *SITE, DELAYS, BURN, FRACTION, LIFE)
    answers, _ = least_speeds(*arguments)
    found = meetings(*arguments)
    ground = np.asarray(geodetic_to_ecef(*SITE, 0.0))
    spin = np.array([0.0, 0.0, ANGULAR_SPEED_RAD_S])
    checked = 0
    for row in range(0, len(arcs), 5):
        for d in (0, 2):
            for half in (0, 1):
                answer = answers[row, d, half]
                if not np.isfinite(answer[SPEED]):
                    continue
                t = answer[MEET]
                place, _ = kepler(
                    arcs.burnout_position_m[row], arcs.burnout_velocity_m_s[row],
                    t - arcs.burnout_time_s[row],
                )  # fmt: skip
                c, s = math.cos(spin[2] * t), math.sin(spin[2] * t)
                turn = np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])
                fixed = turn @ place
                velocity = turn @ answer[ARRIVAL : ARRIVAL + 3] - np.cross(spin, fixed)
                back = solve_ivp(
                    rotating, (t, answer[LAUNCH] + BURN), [*fixed, *velocity],
                    method="DOP853", rtol=1e-11, atol=1e-4,
                ).y[:, -1]  # fmt: skip
                burnout, speed = back[:3], np.linalg.norm(back[3:])
                # The powered path is straight: as long as the mean speed says, to the metre that
                # the solution of the boost is off, and the ground's turn meanwhile (5 km).
                length = FRACTION * BURN * answer[SPEED]
                assert np.linalg.norm(burnout - ground) == pytest.approx(length, abs=8e3)
                # Relative to the ground at the burnout instead of at the launch: 30 m/s at most.
                assert speed == pytest.approx(answer[SPEED], abs=30.0)

                def potential(p):
                    turning = 0.5 * ANGULAR_SPEED_RAD_S**2 * (p[0] ** 2 + p[1] ** 2)
                    return -MU_M3_S2 / np.linalg.norm(p) - turning

                square = speed**2 + 2.0 * (potential(burnout) - potential(ground))
                assert found.impulsive_speed_m_s[row, d, half] == pytest.approx(
                    math.sqrt(square), abs=0.5
                )
                checked += 1
    assert checked > 10


def test_the_best_of_several_places_is_taken(arcs):
    flights = fly(arcs)
    spans = flights.spans(100e3)
    latitude, longitude = np.radians([54.5, 70.0, 35.0]), np.radians([17.1, 5.0, 20.0])
    arguments = (DELAYS, BURN, FRACTION, LIFE)
    both = meetings(flights, spans, latitude, longitude, *arguments)
    each = [
        meetings(flights, spans, a, o, *arguments).speed_m_s
        for a, o in zip(latitude, longitude, strict=True)
    ]
    least = np.fmin.reduce(each)
    assert both.speed_m_s == pytest.approx(least, rel=2e-4, nan_ok=True)
    known = np.isfinite(least)
    chosen = np.take_along_axis(np.stack(each), both.place[None], axis=0)[0]
    assert chosen[known] == pytest.approx(least[known], rel=2e-4)


def test_how_high_an_interceptor_climbs():
    """The notes' impulsive 6.3 km/s, straight up, end near 2,960 km (catalogue, GBI)."""
    assert greatest_height(6300.0, 0.0, 0.5) == pytest.approx(2960e3, rel=0.01)
    assert greatest_height(100.0, 0.0, 0.5) == pytest.approx(100.0**2 / (2 * 9.82), rel=1e-3)
    assert greatest_height(12e3, 60.0, 0.5) == math.inf
    for height in (20e3, 120e3, 900e3):
        speed = speed_for_height(height, 70.0, 0.5)
        assert greatest_height(speed, 70.0, 0.5) == pytest.approx(height, rel=1e-5)
