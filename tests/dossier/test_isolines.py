"""Regions of a raster: areas against the known, holes, saddles, edges."""

from __future__ import annotations

import numpy as np
import pytest

from longroad.dossier.isolines import regions, simplified


def area(ring):
    x, y = np.asarray(ring).T
    return float(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2.0


def disk(radius, size=101, centre=50.0):
    y, x = np.mgrid[0:size, 0:size]
    return np.hypot(x - centre, y - centre) - radius


@pytest.mark.parametrize("radius", [5.0, 20.0, 40.0])
def test_a_disk_has_the_area_of_a_disk(radius):
    """Chords of about a cell cut off pi/6 of a cell in all, whatever the radius."""
    (ring,) = regions(disk(radius), 0.0)
    assert 0.0 < np.pi * radius**2 - abs(area(ring)) < 0.8
    assert np.hypot(*(ring - 50.0).T) == pytest.approx(np.full(len(ring), radius), abs=0.05)


def test_a_hole_runs_the_other_way():
    found = regions(np.abs(disk(30.0)) - 8.0, 0.0)
    assert len(found) == 2
    signs = sorted(area(ring) for ring in found)
    assert signs[0] < 0 < signs[1]
    assert abs(sum(signs)) == pytest.approx(np.pi * (38**2 - 22**2), rel=4e-3)


def test_what_touches_the_edge_is_closed_along_it():
    (ring,) = regions(np.zeros((11, 21)), 1.0)
    assert abs(area(ring)) == pytest.approx(20.0 * 10.0, rel=1e-6)
    half = np.tile(np.arange(21.0), (11, 1))
    (ring,) = regions(half, 7.5)
    assert abs(area(ring)) == pytest.approx(7.5 * 10.0, rel=1e-6)


def test_saddles_are_parted_by_their_middle():
    corner = np.array([[0.0, 10.0], [10.0, 0.0]])
    assert len(regions(corner, 4.0)) == 2
    assert len(regions(corner, 6.0)) == 1


def test_nothing_and_nan():
    assert regions(np.ones((5, 5)), 0.0) == []
    values = np.zeros((9, 9))
    values[4, 4] = np.nan
    assert len(regions(values, 1.0)) == 2


def test_random_fields_have_the_area_of_their_bilinear_twin():
    """Total area against a count on a raster thirty times as fine, within 1 %."""
    generator = np.random.default_rng(3)
    field = generator.normal(size=(12, 12))
    whole = abs(sum(area(ring) for ring in regions(field, 0.2)))
    fine = np.linspace(0, 11, 11 * 30 + 1)[:-1] + 1 / 60
    i, v = fine.astype(int), fine % 1.0
    rows = field[i] * (1 - v)[:, None] + field[i + 1] * v[:, None]
    twin = rows[:, i] * (1 - v) + rows[:, i + 1] * v
    assert whole == pytest.approx(float(np.mean(twin <= 0.2)) * 121.0, rel=0.02)


def test_simplified_keeps_the_first_point_and_its_distance():
    ring = regions(disk(40.0), 0.0)[0]
    thin = simplified(ring, 4.0)
    assert np.array_equal(thin[0], ring[0])
    assert len(thin) < len(ring) / 3
    assert np.hypot(*np.diff(thin, axis=0).T).min() >= 4.0
