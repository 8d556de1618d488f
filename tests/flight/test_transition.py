"""The transition matrix against differences, textbook special cases and its own laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import MU_M3_S2 as MU
from longroad.flight.kepler import kepler
from longroad.flight.transition import transition
from longroad.flight.transition_kernel import place_matrix

# Units in which all four blocks are numbers near 1: distance, speed.
SCALE = np.array([7e6] * 3 + [7e3] * 3)


def scaled(matrix):
    return matrix * SCALE[None, :] / SCALE[:, None]


@st.composite
def flights(draw):
    """A state above the ground and a time, as on ballistic arcs, hyperbolas included."""
    radius = draw(st.floats(6.45e6, 9e6))
    speed = draw(st.floats(1e3, 13e3))
    lift = math.radians(draw(st.floats(-5.0, 85.0)))
    turn = draw(st.floats(-3.1, 3.1))
    tilt = draw(st.floats(-1.5, 1.5))
    up = np.array(
        [math.cos(tilt) * math.cos(turn), math.cos(tilt) * math.sin(turn), math.sin(tilt)]
    )
    east = np.array([-math.sin(turn), math.cos(turn), 0.0])
    north = np.cross(up, east)
    way = draw(st.floats(-3.1, 3.1))
    ahead = math.cos(way) * north + math.sin(way) * east
    v = speed * (math.sin(lift) * up + math.cos(lift) * ahead)
    return radius * up, v, draw(st.floats(-300.0, 2000.0))


def misses_the_centre(r, v, time):
    path = [np.linalg.norm(kepler(r, v, t)[0]) for t in np.linspace(0.0, time, 40)]
    return min(path) > 2e6


@settings(max_examples=60, deadline=None)
@given(flights())
def test_agrees_with_differences(flight):
    r, v, time = flight
    if not misses_the_centre(r, v, time):
        return
    expected = np.empty((6, 6))
    for k in range(6):
        # Central differences over 100 m and 0.1 m/s: their own error is about 1e-8 of an entry.
        step = np.zeros(6)
        step[k] = 100.0 if k < 3 else 0.1
        plus = np.concatenate(kepler(r + step[:3], v + step[3:], time))
        minus = np.concatenate(kepler(r - step[:3], v - step[3:], time))
        expected[:, k] = (plus - minus) / (2.0 * step[k])
    size = np.abs(scaled(expected)).max()
    assert scaled(transition(r, v, time)) == pytest.approx(scaled(expected), abs=1e-5 * size)


@settings(max_examples=60, deadline=None)
@given(flights(), st.floats(0.1, 0.9))
def test_laws(flight, share):
    """Liouville's theorem, the symplectic form, and two steps that make one."""
    r, v, time = flight
    if not misses_the_centre(r, v, time):
        return
    whole = transition(r, v, time)
    size = np.abs(scaled(whole)).max()
    form = np.block([[np.zeros((3, 3)), np.eye(3)], [-np.eye(3), np.zeros((3, 3))]])
    # In scaled units the form keeps its shape, place and velocity having one scale each.
    own = scaled(whole)
    assert own.T @ form @ own == pytest.approx(form, abs=1e-8 * size * size)
    middle = kepler(r, v, share * time)
    steps = transition(*middle, (1.0 - share) * time) @ transition(r, v, share * time)
    assert scaled(steps) == pytest.approx(own, abs=1e-8 * size * size)
    back = transition(*kepler(r, v, time), -time)
    assert scaled(back @ whole) == pytest.approx(np.eye(6), abs=1e-8 * size * size)


@pytest.mark.parametrize("angle", [0.3, 1.0, 2.5, 5.0])
def test_circular_motion_is_that_of_clohessy_and_wiltshire(angle):
    """Journal of the Aerospace Sciences 27 (1960) 653-658: x outward, y along the track, z across.

    At the start radial, along-track and cross axes are x, y, z; those of the end are turned by
    the angle, and rates are taken in the turning axes.
    """
    radius = 7.0e6
    n = math.sqrt(MU / radius**3)
    speed = n * radius
    t = angle / n
    s, c = math.sin(angle), math.cos(angle)
    expected = np.array(
        [
            [4 - 3 * c, 0, 0, s / n, 2 * (1 - c) / n, 0],
            [6 * (s - angle), 1, 0, 2 * (c - 1) / n, (4 * s - 3 * angle) / n, 0],
            [0, 0, c, 0, 0, s / n],
            [3 * n * s, 0, 0, c, 2 * s, 0],
            [6 * n * (c - 1), 0, 0, -2 * s, 4 * c - 3, 0],
            [0, 0, -n * s, 0, 0, c],
        ]
    )
    spin = np.array([[0, -n, 0], [n, 0, 0], [0, 0, 0]])
    # Relative rates are inertial ones less the turning of the axes.
    to_inertial = np.block([[np.eye(3), np.zeros((3, 3))], [spin, np.eye(3)]])
    turn = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
    to_axes = np.block(
        [[turn, np.zeros((3, 3))], [-spin @ turn, turn]],
    )
    found = transition([radius, 0.0, 0.0], [0.0, speed, 0.0], t)
    assert scaled(to_axes @ found @ to_inertial) == pytest.approx(scaled(expected), abs=1e-9)


def test_no_time_changes_nothing():
    found = transition([7e6, 1e5, 2e5], [1e3, 5e3, 2e3], 0.0)
    assert found == pytest.approx(np.eye(6), abs=1e-15)


def test_with_little_attraction_errors_run_straight():
    """A hundred-thousandth of the Earth's: the gradient, mu/r^3 t^2 = 3e-6, is what is left."""
    found = transition([7e6, 0.0, 0.0], [1e3, 5e3, 2e3], 500.0, mu_m3_s2=1e-5 * MU)
    expected = np.eye(6) + 500.0 * np.eye(6, k=3)
    assert scaled(found) == pytest.approx(scaled(expected), abs=1e-5)


def test_straight_up_and_down():
    """A vertical flight: no plane, no angular momentum, and still a matrix."""
    r, v = np.array([6.5e6, 0.0, 0.0]), np.array([3e3, 0.0, 0.0])
    found = transition(r, v, 400.0)
    assert found[1, 1] == pytest.approx(found[2, 2], rel=1e-12)
    assert np.linalg.det(found) == pytest.approx(1.0, abs=1e-10)


def test_many_at_once():
    r, v = np.array([7e6, 1e5, 2e5]), np.array([1e3, 5e3, 2e3])
    times = np.array([-100.0, 0.0, 700.0])
    assert transition(r, v, times).shape == (3, 6, 6)
    assert np.array_equal(transition(r, v, times)[2], transition(r, v, 700.0))


@pytest.mark.parametrize(
    ("r", "v", "time"),
    [
        ([math.nan, 0, 0], [0, 7e3, 0], 1.0),
        ([7e6, 0, 0], [0, 7e3], 1.0),
        ([7e6, 0, 0], [0, 7e3, 0], math.inf),
    ],
)
def test_refuses_what_is_no_flight(r, v, time):
    with pytest.raises(GeometryError):
        transition(r, v, time)


@settings(max_examples=60, deadline=None)
@given(flights(), st.one_of(st.none(), st.floats(0.9, 1.1)))
def test_the_rows_of_the_place_are_those_of_the_whole(flight, off):
    """Whatever the guess of the anomaly: none, or one that is up to a tenth off."""
    r, v, time = flight
    time = abs(time)
    if not misses_the_centre(r, v, time):
        return
    expected = transition(r, v, time)
    state, rows = np.empty(6), np.empty((3, 6))
    start = np.concatenate([r, v])
    chi, rate = place_matrix(MU, start, time, math.nan, state, rows)
    if off is not None:
        again, _ = place_matrix(MU, start, time, off * chi, state, rows)
        assert again == pytest.approx(chi, rel=1e-12, abs=1e-12)
    whole = np.zeros((6, 6))
    whole[:3] = rows - expected[:3]
    assert np.abs(scaled(whole)).max() < 1e-9
    assert state == pytest.approx(np.concatenate(kepler(r, v, time)), rel=1e-9, abs=1e-3)
    assert rate == pytest.approx(math.sqrt(MU) / np.linalg.norm(state[:3]))
