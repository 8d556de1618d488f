"""The turning Earth against SciPy's rotations and against differences in time."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from longroad.earth import frames, frames_kernel
from longroad.earth.wgs84 import ANGULAR_SPEED_RAD_S

METRES = st.floats(-1e8, 1e8)
SPEEDS = st.floats(-1e4, 1e4)
TIMES = st.floats(-1e5, 1e5)


def test_frames_coincide_at_time_zero():
    r = np.array([4.0e6, 5.0e6, -2.0e6])
    np.testing.assert_array_equal(frames.ecef_to_inertial(r, 0.0), r)


def test_against_scipy_rotation():
    rng = np.random.default_rng(1)
    r, t = rng.normal(size=(50, 3)) * 7e6, rng.uniform(-5e4, 5e4, 50)
    turned = Rotation.from_euler("z", ANGULAR_SPEED_RAD_S * t[:, None]).apply(r)
    np.testing.assert_allclose(frames.ecef_to_inertial(r, t), turned, atol=1e-7)
    np.testing.assert_allclose(frames.inertial_to_ecef(turned, t), r, atol=1e-7)


def test_the_earth_turns_once_in_a_sidereal_day():
    """86,164.1 s; the Earth turns to the east."""
    day = 2.0 * math.pi / ANGULAR_SPEED_RAD_S
    assert day == pytest.approx(86_164.1, abs=0.05)
    x, y, z = frames.ecef_to_inertial([7e6, 0.0, 1e6], day / 4.0)
    assert (x, y, z) == pytest.approx((0.0, 7e6, 1e6), abs=1e-6)


def test_a_geostationary_satellite_is_at_rest():
    """Radius 42,164.2 km and inertial speed 3,074.7 m/s: v**2 = mu / r to six digits."""
    v = frames.velocity_to_inertial([42_164.17e3, 0.0, 0.0], [0.0, 0.0, 0.0], 1234.0)
    speed = float(np.linalg.norm(v))
    assert speed**2 * 42_164.17e3 == pytest.approx(3.986004418e14, rel=1e-6)


def test_velocity_is_the_derivative_of_the_position():
    def inertial(t):
        fixed = np.array([6.5e6 + 900.0 * t, -1.0e6 + 2500.0 * t, 2.0e6 - 700.0 * t])
        return frames.ecef_to_inertial(fixed, t)

    t, step = 900.0, 0.5
    fixed = np.array([6.5e6 + 900.0 * t, -1.0e6 + 2500.0 * t, 2.0e6 - 700.0 * t])
    slope = (inertial(t + step) - inertial(t - step)) / (2.0 * step)
    found = frames.velocity_to_inertial(fixed, [900.0, 2500.0, -700.0], t)
    np.testing.assert_allclose(found, slope, atol=1e-4)


@settings(deadline=None, derandomize=True)
@given(st.tuples(METRES, METRES, METRES), st.tuples(SPEEDS, SPEEDS, SPEEDS), TIMES)
def test_round_trips_and_compiled_forms(r, v, t):
    there = frames.ecef_to_inertial(r, t)
    speed = frames.velocity_to_inertial(r, v, t)
    np.testing.assert_allclose(frames.inertial_to_ecef(there, t), r, atol=1e-6)
    np.testing.assert_allclose(frames.velocity_to_ecef(there, speed, t), v, atol=1e-9)
    assert frames_kernel.to_inertial(*r, t) == pytest.approx(tuple(there), abs=1e-7)
    assert frames_kernel.to_ecef(*there, t) == pytest.approx(r, abs=1e-6)
    moved = frames_kernel.velocity_to_inertial(r[0], r[1], *v, t)
    assert moved == pytest.approx(tuple(speed), abs=1e-9)
    back = frames_kernel.velocity_to_ecef(there[0], there[1], *moved, t)
    assert back == pytest.approx(v, abs=1e-9)


def test_times_and_positions_broadcast():
    r, t = np.ones((4, 1, 3)), np.arange(5.0)
    assert frames.ecef_to_inertial(r, t).shape == (4, 5, 3)
    assert frames.velocity_to_ecef(r, np.zeros(3), t).shape == (4, 5, 3)
