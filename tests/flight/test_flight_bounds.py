"""The bounds between closed form and integration that `docs/methods/flight.md` states.

`builders/flight_bounds.py` has measured them on a grid of launches; here others are flown, at
random over the Earth, the poles and the antimeridian among them.
"""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[2]


def builder():
    path = ROOT / "builders" / "flight_bounds.py"
    spec = importlib.util.spec_from_file_location("flight_bounds", path)
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules["flight_bounds"] = module
    spec.loader.exec_module(module)
    return module


bounds = builder()
PAGE = bounds.PAGE.read_text("utf-8")
CASES = [(km, shape) for km in bounds.BOOSTS for shape in bounds.SHAPES]


def launches():
    rng = np.random.default_rng(1976)
    latitude = np.append(np.arcsin(rng.uniform(-1.0, 1.0, 38)), [0.5 * np.pi, -0.5 * np.pi])
    longitude, heading = rng.uniform(-np.pi, np.pi, (2, latitude.size))
    longitude[:6] = np.pi - 1e-3
    return bounds.Places(latitude, longitude, heading)


@pytest.mark.parametrize("effect", bounds.EFFECTS)
@pytest.mark.parametrize(("km", "shape"), CASES)
def test_integration_stays_within_the_stated_bounds(km, shape, effect):
    allowed = bounds.stated(PAGE, effect)[km, shape]
    found = bounds.differences(launches(), km, shape, effect)
    assert len(found) == 40
    most = np.abs(found).max(axis=0)
    assert np.all(most <= allowed), (most, allowed)
    # A bound that nothing comes near would say nothing; 10 m and 10 ms are its least digits.
    assert np.all((most >= 0.4 * allowed) | (allowed <= (10.0, 10.0, 0.01))), (most, allowed)


@pytest.mark.parametrize(("km", "shape"), CASES)
def test_under_the_same_forces_both_are_one(km, shape):
    """A metre and a millisecond: the integration's own error, after half an hour."""
    found = np.abs(bounds.differences(launches(), km, shape, "nothing")).max(axis=0)
    assert np.all(found < (1.0, 1.0, 1e-3)), found


def test_the_page_has_every_table():
    named = {m.group(2) for m in bounds.MARKED.finditer(PAGE)}
    assert named == set(bounds.EFFECTS)
    for effect in bounds.EFFECTS:
        assert set(bounds.stated(PAGE, effect)) == set(CASES)


def test_a_bound_is_above_what_was_measured():
    assert bounds.bound(1.0) == pytest.approx(1.1)
    assert bounds.bound(1.01) == pytest.approx(1.2)
    assert bounds.bound(95.0) == pytest.approx(110.0)
    assert bounds.bound(0.0) == 0.01
