"""Two-body motion against Vallado's example and against its own conservation laws."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from longroad.base.errors import GeometryError
from longroad.flight import kepler

MU = 3.986004418e14
DEEP = settings(max_examples=300, deadline=None, derandomize=True)

unit = st.tuples(st.floats(-1.0, 1.0), st.floats(-math.pi, math.pi))


def direction(sine_and_angle):
    sine, angle = sine_and_angle
    cosine = math.sqrt(1.0 - sine * sine)
    return np.array([cosine * math.cos(angle), cosine * math.sin(angle), sine])


@st.composite
def states(draw, least_radius=6.2e6):
    """Places from the ground up to 40,000 km, at rest up to twice the escape speed."""
    radius = draw(st.floats(least_radius, 4e7))
    speed = draw(st.floats(0.0, 2.0)) * math.sqrt(2.0 * MU / radius)
    return radius * direction(draw(unit)), speed * direction(draw(unit))


def constants(r, v):
    return (
        0.5 * np.dot(v, v) - MU / np.linalg.norm(r),
        np.cross(r, v),
    )


def condition(r, v, t):
    """How strongly the motion magnifies a difference of one metre or its like in speed."""
    r1, v1 = kepler(r, v, t)
    if min(np.linalg.norm(r1), np.linalg.norm(r)) < 1e5:
        return math.inf
    scale = np.linalg.norm(r) / np.sqrt(MU / np.linalg.norm(r))
    worst = 1.0
    for axis in np.eye(3):
        worst = max(worst, np.linalg.norm(kepler(r + axis, v, t)[0] - r1))
        worst = max(worst, np.linalg.norm(kepler(r, v + axis / scale, t)[0] - r1))
        worst = max(worst, scale * np.linalg.norm(kepler(r + axis, v, t)[1] - v1))
        worst = max(worst, scale * np.linalg.norm(kepler(r, v + axis / scale, t)[1] - v1))
    return worst


def test_vallado_2_4():
    r, v = kepler(
        np.array([1131.340, -2282.343, 6672.423]) * 1e3,
        np.array([-5.64305, 4.30333, 2.42879]) * 1e3,
        40.0 * 60.0,
    )
    assert np.allclose(r / 1e3, [-4219.7527, 4363.0292, -3958.7666], rtol=0, atol=1e-3)
    assert np.allclose(v / 1e3, [3.689866, -1.916735, -6.112511], rtol=0, atol=1e-6)


def test_vertical_throw_matches_the_textbook_time():
    # A body thrown straight up turns at radius a2 = 2 mu r/(2 mu - v^2 r), after the time of the
    # degenerate ellipse (Bate, Mueller, White, section 4.2 with e = 1).
    r, v = 6.4e6, 6000.0
    a = 1.0 / (2.0 / r - v * v / MU)
    cosine = 1.0 - r / a
    anomaly = math.acos(cosine)
    rise = math.sqrt(a**3 / MU) * (math.pi - (anomaly - math.sin(anomaly)))
    top, stop = kepler([0.0, 0.0, r], [0.0, 0.0, v], rise)
    assert top == pytest.approx([0.0, 0.0, 2.0 * a], abs=1e-6)
    assert stop == pytest.approx([0.0, 0.0, 0.0], abs=1e-9)
    down, speed = kepler([0.0, 0.0, r], [0.0, 0.0, v], 2.0 * rise)
    assert down == pytest.approx([0.0, 0.0, r], abs=1e-6)
    assert speed == pytest.approx([0.0, 0.0, -v], abs=1e-8)


@DEEP
@given(states(), st.floats(-7200.0, 7200.0))
def test_energy_and_angular_momentum_stay(state, time):
    r0, v0 = state
    magnified = condition(r0, v0, time)
    assume(magnified < 1e6)
    r1, v1 = kepler(r0, v0, time)
    e0, h0 = constants(r0, v0)
    e1, h1 = constants(r1, v1)
    scale = MU / min(np.linalg.norm(r0), np.linalg.norm(r1)) + np.dot(v0, v0)
    assert abs(e1 - e0) < 1e-13 * magnified * scale
    assert np.linalg.norm(h1 - h0) < 1e-13 * magnified * np.linalg.norm(r0) * math.sqrt(scale)


@DEEP
@given(states(), st.floats(0.0, 7200.0))
def test_there_and_back(state, time):
    r0, v0 = state
    magnified = condition(r0, v0, time)
    assume(magnified < 1e6)
    r1, v1 = kepler(r0, v0, time)
    for r2, v2 in (kepler(r1, v1, -time), kepler(r1, -v1, time)):
        assert np.linalg.norm(r2 - r0) < 1e-14 * magnified**2 * np.linalg.norm(r0) + 1e-7
        assert min(np.linalg.norm(v2 - v0), np.linalg.norm(v2 + v0)) < (
            1e-14 * magnified**2 * 1e4 + 1e-10
        )


@DEEP
@given(states(), st.floats(-3600.0, 3600.0), st.floats(-3600.0, 3600.0))
def test_two_steps_are_one(state, first, second):
    r0, v0 = state
    magnified = condition(r0, v0, first) * max(1.0, condition(r0, v0, first + second))
    assume(magnified < 1e6)
    r1, _ = kepler(*kepler(r0, v0, first), second)
    r2, _ = kepler(r0, v0, first + second)
    assert np.linalg.norm(r1 - r2) < 1e-13 * magnified * np.linalg.norm(r0) + 1e-7


@DEEP
@given(states(), st.floats(0.0, 3600.0))
def test_obeys_the_law_of_gravitation(state, time):
    r0, v0 = state
    assume(condition(r0, v0, time + 1.0) < 1e4)
    step = 0.5
    before, here, after = kepler(r0, v0, [time - step, time, time + step])[0]
    found = (after - 2.0 * here + before) / step**2
    distance = np.linalg.norm(here)
    expected = -MU * here / distance**3
    # Rounding of three places over the square of the step, and the fourth derivative.
    rounding = 4.0 * 1e-15 * distance * 10.0 / step**2
    speed = np.linalg.norm(after - before) / (2.0 * step)
    bend = step**2 * (MU / distance**3 + (speed / distance) ** 2)
    assume(bend < 1e-4)
    assert np.linalg.norm(found - expected) < 2.0 * bend * np.linalg.norm(expected) + rounding


def test_broadcasts_over_leading_axes():
    r = np.array([7e6, 0.0, 0.0])
    v = np.array([[0.0, 7500.0, 0.0], [0.0, 0.0, 9000.0]])
    times = np.array([[0.0, 60.0], [600.0, -600.0], [1e4, 1e5]])
    r1, v1 = kepler(r, v, times)
    assert r1.shape == v1.shape == (3, 2, 3)
    alone = kepler(r, v[1], times[2, 1])
    assert np.array_equal(r1[2, 1], alone[0])
    assert np.array_equal(r1[0, 0], r)
    assert kepler(r, v[0], 0.0)[0].shape == (3,)


@pytest.mark.parametrize(
    ("r", "v", "time"),
    [
        ([0.0, 0.0, 0.0], [1.0, 0.0, 0.0], 1.0),
        ([math.nan, 0.0, 7e6], [1.0, 0.0, 0.0], 1.0),
        ([7e6, 0.0, 0.0], [math.inf, 0.0, 0.0], 1.0),
        ([7e6, 0.0, 0.0], [1.0, 0.0, 0.0], math.nan),
        ([7e6, 0.0], [1.0, 0.0], 1.0),
        ([[7e6, 0.0, 0.0]] * 2, [[1.0, 0.0, 0.0]] * 3, 1.0),
        ("north", [1.0, 0.0, 0.0], 1.0),
    ],
)
def test_bad_input_is_a_typed_error(r, v, time):
    with pytest.raises(GeometryError):
        kepler(r, v, time)
