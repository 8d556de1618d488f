"""The surface between its points: against the kernel, and the ways of taking pairs together."""

from __future__ import annotations

import fake_reach
import numpy as np
import pytest

from longroad.dossier.reach import AFTER, BEFORE
from longroad.dossier.reach_field import ABOVE_KM_S, between, field, sample


@pytest.fixture(scope="module")
def reach(material):
    return material.reach


def test_on_its_points_the_field_is_the_table(reach):
    flight = reach.forces[0].flights[0]
    found = field(reach, [flight], 180.0)
    table = reach.speeds[flight.number]
    assert np.allclose(found.before, np.minimum(table[BEFORE, 2], ABOVE_KM_S))
    assert np.allclose(found.after, np.minimum(table[AFTER, 2], ABOVE_KM_S))
    assert np.array_equal(found.either, np.minimum(found.before, found.after))


def test_one_or_every_pair(reach):
    flights = reach.forces[0].flights
    alone = [field(reach, [flight], 300.0) for flight in flights]
    one, every = field(reach, flights, 300.0), field(reach, flights, 300.0, every=True)
    for name in ("before", "after", "either"):
        layers = np.array([getattr(found, name) for found in alone])
        assert np.array_equal(getattr(one, name), layers.min(axis=0))
        assert np.array_equal(getattr(every, name), layers.max(axis=0))
    # Every pair in one part or the other is less than every pair in the same part.
    assert np.all(every.either <= np.minimum(every.before, every.after))
    assert np.any(every.either < np.minimum(every.before, every.after))


def test_delays_are_linear_between_and_held_beyond(reach):
    flight = reach.forces[0].flights[0]
    low, high = field(reach, [flight], 120.0), field(reach, [flight], 180.0)
    middle = field(reach, [flight], 150.0)
    assert np.allclose(middle.before, (low.before + high.before) / 2.0)
    assert between(reach.grid.delay_s, 60.0) == (0, 0.0)
    assert between(reach.grid.delay_s, 600.0) == (8, 1.0)
    assert between(reach.grid.delay_s, 9e9) == (8, 1.0)
    assert between(np.array([60.0]), 300.0) == (0, 0.0)


def test_the_grid_goes_round(reach):
    values = field(reach, reach.forces[0].flights, 300.0).either
    step = 360.0 / len(reach.grid.longitude_deg)
    lat = reach.grid.latitude_deg[5]
    west = sample(reach.grid, values, lat, -180.0 + 1e-9)
    assert sample(reach.grid, values, lat, 180.0 - 1e-9) == pytest.approx(float(west), abs=1e-6)
    assert sample(reach.grid, values, lat, 540.0) == pytest.approx(float(west), abs=1e-6)
    halfway = sample(reach.grid, values, lat, -180.0 - step / 2.0)
    assert halfway == pytest.approx((values[5, 0] + values[5, -1]) / 2.0)
    pole = sample(reach.grid, values, [90.0, 90.0], [0.0, 117.0])
    assert pole[0] == pytest.approx(pole[1])
    assert np.isnan(sample(reach.grid, values, np.nan, 0.0))


def test_a_grid_of_two_and_a_half_degrees_is_within_what_the_page_needs(fake):
    """Bilinear between points 2.5 degrees apart against the kernel, at random places.

    The whole Earth below 10 km/s: 0.03 km/s at nine places in ten, 0.1 at ninety-eight in a
    hundred. The rest lies beside the base, where the field has its edge.
    """
    from longroad.dossier.reach import read_reach

    run = fake.fake_run(draws=2, countries=("ROU",), reach_step_deg=2.5)
    fine = read_reach(run)
    flight = fine.forces[0].flights[0]
    found = field(fine, [flight], 300.0)
    generator = np.random.default_rng(7)
    lat = np.degrees(np.arcsin(generator.uniform(-0.3, 1.0, 60)))
    lon = generator.uniform(-180.0, 180.0, 60)
    wrong = []
    for a, b in zip(lat, lon, strict=True):
        met = fake_reach.least(fake_reach.EAST, fake_reach.WASHINGTON, a, b, 300.0)
        for values, one in zip((found.before, found.after), met, strict=True):
            if one.exists and one.speed_m_s < 10e3:
                wrong.append(abs(float(sample(fine.grid, values, a, b)) - one.speed_m_s / 1e3))
    assert len(wrong) > 60
    assert np.quantile(wrong, 0.9) < 0.03
    assert np.quantile(wrong, 0.98) < 0.1
