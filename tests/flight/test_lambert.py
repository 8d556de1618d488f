"""Lambert's problem against published cases, and against the propagator it must agree with."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import GeometryError
from longroad.flight import kepler, lambert

DEEP = settings(max_examples=400, deadline=None, derandomize=True)

# (id, r1 km, r2 km, time s, v1 km/s, v2 km/s or None, tolerance km/s)
PUBLISHED = [
    (
        "Vallado 7-5", [15945.34, 0, 0], [12214.83399, 10249.46731, 0], 76 * 60,
        [2.058925, 2.915956, 0], [-3.451569, 0.910301, 0], 2e-5,
    ),
    (
        "Curtis 5.2", [5000, 10000, 2100], [-14600, 2500, 7000], 3600,
        [-5.9925, 1.9254, 3.2456], [-3.3125, -4.1966, -0.38529], 5e-4,
    ),
    (
        "Curtis 5.3", [273378, 0, 0], [145820, 12758, 0], 13.5 * 3600,
        [-2.4356, 0.26741, 0], None, 3e-4,
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", PUBLISHED, ids=[case[0] for case in PUBLISHED])
def test_published_case(case):
    _, r1, r2, time, v1, v2, tolerance = case
    found1, found2 = lambert(np.multiply(r1, 1e3), np.multiply(r2, 1e3), time)
    assert np.allclose(found1 / 1e3, v1, rtol=0, atol=tolerance)
    if v2 is not None:
        assert np.allclose(found2 / 1e3, v2, rtol=0, atol=tolerance)


def meets(r1, r2, time, long_way, bound):
    v1, v2 = lambert(r1, r2, time, long_way)
    there, speed = kepler(r1, v1, time)
    assert np.linalg.norm(there - r2) < bound
    assert np.linalg.norm(speed - v2) < bound * 1e-2
    return v1


@st.composite
def pairs(draw, angles):
    """Two places 6,300 to 40,000 km from the centre, at a drawn angle."""
    a = np.array([draw(st.floats(1, 3)), draw(st.floats(-1, 1)), draw(st.floats(-1, 1))])
    b = np.cross(a, np.array([0.0, 1.0, draw(st.floats(-1, 1))]))
    a /= np.linalg.norm(a)
    b /= np.linalg.norm(b)
    angle = draw(angles)
    r1 = draw(st.floats(6.3e6, 4e7)) * a
    r2 = draw(st.floats(6.3e6, 4e7)) * (math.cos(angle) * a + math.sin(angle) * b)
    return r1, r2


def stretch(r1, r2, factor):
    """A time of flight: ``factor`` times that of the conic of least energy, roughly."""
    s = 0.5 * (np.linalg.norm(r1) + np.linalg.norm(r2) + np.linalg.norm(r1 - r2))
    lam = math.sqrt(max(0.0, 1.0 - np.linalg.norm(r1 - r2) / s))
    return (
        factor
        * (math.acos(lam) + lam * math.sqrt(1 - lam * lam))
        * math.sqrt(s**3 / (2 * 3.986004418e14))
    )


@DEEP
@given(pairs(st.floats(0.02, math.pi - 0.02)), st.floats(0.3, 10.0), st.booleans())
def test_round_trip(places, factor, long_way):
    r1, r2 = places
    if long_way:
        # The long way round at speed grazes the centre, where differences blow up.
        factor = max(factor, 1.5)
    meets(r1, r2, stretch(r1, r2, factor), long_way, 1e-2)


@DEEP
@given(pairs(st.floats(1e-8, 0.02)), st.floats(0.3, 10.0))
def test_nearly_vertical_flights(places, factor):
    r1, r2 = places
    meets(r1, r2, max(stretch(r1, r2, factor), 1.0), False, 1e-2)


@DEEP
@given(pairs(st.floats(1e-6, 0.02)), st.floats(0.5, 5.0), st.booleans())
def test_nearly_half_a_revolution(places, factor, long_way):
    r1, r2 = places
    # Turn the second place to the other side: its distance to the antipode is kept.
    meets(r1, -r2, stretch(r1, -r2, factor), long_way, 1e-2)


def test_short_hops_keep_their_digits():
    r1 = np.array([6.378e6, 0.0, 0.0])
    for metres in (1.0, 100.0, 1e4):
        r2 = r1 + np.array([0.0, metres, 0.0])
        for time in (0.01 * metres, 10.0, 300.0):
            meets(r1, r2, time, False, 1e-6)


def test_straight_up_and_down():
    r = np.array([0.0, 0.0, 6.4e6])
    v1, v2 = lambert(r, r, 1200.0)
    assert v1 == pytest.approx(-v2)
    assert np.all(v1[:2] == 0.0)
    meets(r, r, 1200.0, False, 1e-4)
    meets(r, 2.0 * r, 1200.0, False, 1e-4)
    meets(r, 2.0 * r, 9000.0, False, 1e-4)


def test_time_reversed_flight_has_the_velocities_reversed():
    r1, r2 = np.array([7e6, 1e6, -2e6]), np.array([1e6, -6e6, 3e6])
    v1, v2 = lambert(r1, r2, 1500.0)
    w1, w2 = lambert(r2, r1, 1500.0)
    assert w1 == pytest.approx(-v2, abs=1e-9)
    assert w2 == pytest.approx(-v1, abs=1e-9)


def test_the_long_way_is_the_other_side_of_the_orbit():
    r1, r2 = np.array([7e6, 0.0, 0.0]), np.array([0.0, 7.5e6, 0.0])
    short, _ = lambert(r1, r2, 2500.0)
    long, _ = lambert(r1, r2, 2500.0, long_way=True)
    assert np.cross(r1, short)[2] > 0.0 > np.cross(r1, long)[2]


def test_broadcasts_over_leading_axes():
    r1 = np.array([7e6, 0.0, 0.0])
    r2 = np.array([[0.0, 7e6, 0.0], [0.0, 0.0, 8e6]])
    times = np.array([[1000.0], [2000.0], [3000.0]])
    v1, v2 = lambert(r1, r2, times)
    assert v1.shape == v2.shape == (3, 2, 3)
    assert np.array_equal(v1[2, 1], lambert(r1, r2[1], 3000.0)[0])


GOOD = ([7e6, 0.0, 0.0], [0.0, 7e6, 0.0], 1000.0)


@pytest.mark.parametrize(
    ("r1", "r2", "time", "long_way"),
    [
        (GOOD[0], GOOD[1], 0.0, False),
        (GOOD[0], GOOD[1], -5.0, False),
        (GOOD[0], GOOD[1], math.nan, False),
        (GOOD[0], GOOD[1], math.inf, False),
        ([math.nan, 0.0, 0.0], GOOD[1], 1000.0, False),
        ([0.0, 0.0, 0.0], GOOD[1], 1000.0, False),
        (GOOD[0], [0.0, 0.0, 0.0], 1000.0, False),
        (GOOD[0], [-8e6, 0.0, 0.0], 1000.0, False),
        (GOOD[0], [8e6, 0.0, 0.0], 1000.0, True),
        ([7e6, 0.0], GOOD[1], 1000.0, False),
        ([GOOD[0]] * 2, [GOOD[1]] * 3, 1000.0, False),
    ],
)
def test_impossible_input_is_a_typed_error(r1, r2, time, long_way):
    with pytest.raises(GeometryError):
        lambert(r1, r2, time, long_way)
