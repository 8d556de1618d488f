"""The attainable speed against the arcs on a sphere at rest, and against textbook numbers."""

import math

import numpy as np
import pytest

from longroad.base.errors import GeometryError
from longroad.flight.arcs import solve_arcs
from longroad.flight.capability import attainable_speed
from longroad.flight.figure import still_sphere

SPHERE = still_sphere(6.371e6)
RANGES = np.array([400e3, 1000e3, 3000e3, 8000e3, 15000e3])


@pytest.mark.parametrize("elevation", [None, math.radians(35.0), math.radians(50.0)])
def test_is_the_speed_of_the_arc_on_a_sphere_at_rest(elevation):
    speed = attainable_speed(RANGES, 9e4, 1.2e5, elevation, radius_m=6.371e6)
    arcs = solve_arcs(
        0.2, 0.0, 0.2 - RANGES / 6.371e6, 0.0, 100.0, 9e4, 1.2e5,
        least_elevation_rad=elevation, figure=SPHERE,
    )  # fmt: skip
    there = arcs.ok
    assert there.sum() >= 4
    assert np.allclose(speed[there], arcs.burnout_speed_m_s[there], rtol=1e-9)
    if elevation is not None:
        low = arcs.flight_path_angle_rad[there]
        assert np.all(low > elevation - 1e-9)


def test_impulsive_values_of_the_closed_form():
    """v^2 = (mu/R) 2 sin(L/2)/(1 + sin(L/2)) for a shot from the ground to the ground."""
    angle = RANGES / 6.371e6
    sine = np.sin(0.5 * angle)
    expected = np.sqrt(3.986004418e14 / 6.371e6 * 2.0 * sine / (1.0 + sine))
    assert np.allclose(attainable_speed(RANGES, 0.0, 0.0, radius_m=6.371e6), expected, rtol=1e-12)


def test_grows_with_range_and_is_undefined_inside_the_boost():
    speed = attainable_speed(np.linspace(2e5, 1.5e7, 200), 1e5, 1e5)
    assert np.all(np.diff(speed) > 0.0)
    assert math.isnan(attainable_speed(1e5, 1e5, 1e5))
    assert math.isnan(attainable_speed(3e7, 1e5, 1e5))
    with pytest.raises(GeometryError):
        attainable_speed([1.0, 2.0], [1.0, 2.0, 3.0], 0.0)
