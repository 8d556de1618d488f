"""The compiled integrator against SciPy, a published case and the closed form."""

import math

import numpy as np
import pytest

from longroad.base.errors import GeometryError
from longroad.flight import kepler
from longroad.flight.integrate import integrate, reference_propagate

MU = 3.986004418e14
STATE = (np.array([6.6e6, 1e5, 2e5]), np.array([4000.0, 3500.0, 3500.0]))


@pytest.mark.parametrize("j2", [False, True])
def test_agrees_with_the_reference_within_a_millimetre(j2):
    r, v = integrate(*STATE, 1900.0, j2=j2)
    r_ref, v_ref = reference_propagate(*STATE, 1900.0, j2=j2)
    assert np.linalg.norm(r - r_ref) < 1e-3
    assert np.linalg.norm(v - v_ref) < 1e-6


def test_error_follows_the_tolerance():
    exact = kepler(*STATE, 1900.0)[0]
    errors = [
        np.linalg.norm(integrate(*STATE, 1900.0, j2=False, tolerance=t)[0] - exact)
        for t in (1e-6, 1e-8, 1e-10)
    ]
    assert errors[0] > 3.0 * errors[1] > 9.0 * errors[2]
    assert errors[2] < 1e-2


def test_backwards_and_many_at_once():
    times = np.array([[600.0], [-600.0], [0.0]])
    speeds = np.stack([STATE[1], 0.5 * STATE[1]])
    r, v = integrate(STATE[0], speeds, times)
    assert r.shape == v.shape == (3, 2, 3)
    assert np.array_equal(r[2, 0], STATE[0])
    back = integrate(r[0, 1], v[0, 1], -600.0)
    assert np.linalg.norm(back[0] - STATE[0]) < 1e-3


def test_j2_keeps_energy_and_the_axial_momentum():
    def constants(r, v):
        sine2 = (r[2] / np.linalg.norm(r)) ** 2
        distance = np.linalg.norm(r)
        bulge = 1.08262668e-3 * (6378137.0 / distance) ** 2 * (1.5 * sine2 - 0.5)
        return 0.5 * np.dot(v, v) - MU / distance * (1.0 - bulge), np.cross(r, v)[2]

    before = constants(*STATE)
    after = constants(*integrate(*STATE, 1900.0))
    assert after[0] == pytest.approx(before[0], rel=1e-11)
    assert after[1] == pytest.approx(before[1], rel=1e-11)


def test_curtis_12_2_node_and_perigee_drift():
    """Curtis, Orbital Mechanics for Engineering Students, example 12.2: 48 h under J2."""
    r0 = np.array([-2384.46, 5729.01, 3050.46]) * 1e3
    v0 = np.array([-7.36138, -2.98997, 1.64354]) * 1e3
    hours = np.linspace(0.0, 48.0, 1500)
    r, v = integrate(r0, v0, hours * 3600.0)
    h = np.cross(r, v)
    node = np.cross([0.0, 0.0, 1.0], h)
    e = np.cross(v, h) / MU - r / np.linalg.norm(r, axis=1)[:, None]
    cosine = np.sum(node * e, axis=1) / np.linalg.norm(node, axis=1) / np.linalg.norm(e, axis=1)
    perigee = np.where(e[:, 2] >= 0.0, np.arccos(cosine), 2.0 * math.pi - np.arccos(cosine))
    angle = np.unwrap(np.arctan2(node[:, 1], node[:, 0]))
    assert np.degrees(np.polyfit(hours, angle, 1)[0]) == pytest.approx(-0.172, rel=0.01)
    assert np.degrees(np.polyfit(hours, np.unwrap(perigee), 1)[0]) == pytest.approx(0.282, rel=0.01)


def test_bad_input_is_a_typed_error():
    with pytest.raises(GeometryError):
        integrate([math.nan, 0.0, 0.0], [0.0, 0.0, 0.0], 1.0)
    with pytest.raises(GeometryError):
        integrate([7e6, 0.0, 0.0], [0.0, 0.0, 0.0], 1e5)
