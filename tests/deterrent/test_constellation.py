"""A layer in orbit against a plain simulation of satellites."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from longroad.deterrent import Constellation, DefenceError, load_constellation
from longroad.deterrent.constellation import RADIUS_M

LAYER = Constellation("layer", 500, 500e3, math.radians(80), 4000.0, 60.0, 1)


def simulated(layer, latitude, time_s, height_m, number=2_000_000):
    """The share of random satellites within v t of a point, straight, by their coordinates."""
    rng = np.random.default_rng(5)
    u, node = rng.uniform(0.0, 2 * math.pi, (2, number))
    tilt = layer.inclination_rad
    along, across = np.cos(u), np.sin(u)
    x = np.cos(node) * along - np.sin(node) * across * math.cos(tilt)
    y = np.sin(node) * along + np.cos(node) * across * math.cos(tilt)
    place = (RADIUS_M + layer.altitude_m) * np.stack([x, y, across * math.sin(tilt)])
    at = (RADIUS_M + height_m) * np.array([math.cos(latitude), 0.0, math.sin(latitude)])
    far = np.linalg.norm(place - at[:, None], axis=0)
    return float(np.mean(far <= layer.flyout_speed_m_s * (time_s - layer.decision_time_s)))


@pytest.mark.parametrize("latitude", [0.0, 52.0, -52.0, 78.0, 90.0])
def test_share_in_reach_is_that_of_a_simulation(latitude):
    layer = replace(LAYER, flyout_speed_m_s=9000.0)
    wanted = simulated(layer, math.radians(latitude), 250.0, 200e3)
    found = layer.share_within(math.radians(latitude), layer.reach_angle_rad(250.0, 200e3))
    error = math.sqrt(wanted / 2_000_000)
    assert found == pytest.approx(wanted, abs=4 * error + 2e-3 * wanted)
    assert layer.in_reach(math.radians(latitude), 250.0, 200e3) == pytest.approx(500 * found)
    assert layer.absentee_ratio(math.radians(latitude), 250.0, 200e3) == pytest.approx(1 / found)


def test_polar_orbits_over_the_whole_sphere():
    """Every satellite lies within half a turn; within a quarter of the equator, half of them."""
    polar = replace(LAYER, inclination_rad=math.pi / 2)
    for latitude in (0.0, 0.7, math.pi / 2):
        assert polar.share_within(latitude, math.pi) == pytest.approx(1.0, rel=1e-3)
    assert polar.share_within(0.0, math.pi / 2) == pytest.approx(0.5, rel=1e-3)
    # Over the pole the colatitude is uniform: a cap of theta holds 2 theta / (2 pi) of each orbit.
    assert polar.share_within(math.pi / 2, 0.3) == pytest.approx(0.3 / math.pi, rel=2e-3)


def test_nothing_is_in_reach_too_early_or_too_high():
    assert LAYER.absentee_ratio(0.5, 60.0, 200e3) == math.inf
    assert LAYER.in_reach(0.5, 130.0, 200e3) == 0.0  # 280 km of way, 300 km below
    assert LAYER.site(0.5, 60.0, 200e3, 0.5, 1).inventory == 0
    many = replace(LAYER, satellites=20_000)
    assert many.site(0.5, 200.0, 200e3, 0.5, 1).inventory == int(many.in_reach(0.5, 200.0, 200e3))


def test_the_layer_of_the_catalogue_and_what_is_refused(catalog):
    layer = load_constellation(catalog, "boost-layer-500")
    assert layer == replace(LAYER, id="boost-layer-500")
    for name, value in (("satellites", -1), ("altitude_m", 0.0), ("inclination_rad", 4.0)):
        with pytest.raises(DefenceError) as raised:
            replace(LAYER, **{name: value})
        assert raised.value.field
