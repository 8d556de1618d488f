"""The packed surface: nothing is lost, errors are as stated, and it is small."""

from __future__ import annotations

import numpy as np
import pytest

from longroad.dossier import reach_pack
from longroad.dossier.reach_land import PER_DEGREE, packed_land, rings


@pytest.fixture(scope="module")
def speeds(material):
    return material.reach.speeds


def test_a_round_trip_gives_the_steps_again(speeds):
    steps = reach_pack.quantised(speeds)
    for plane in steps:
        again = reach_pack.unpacked(reach_pack.packed(plane), plane.shape)
        assert np.array_equal(again, plane)


def test_any_steps_survive_the_extremes():
    generator = np.random.default_rng(1)
    for shape in ((1, 1, 2, 3), (2, 3, 5, 7)):
        plane = generator.integers(0, reach_pack.NOTHING + 1, shape).astype(np.int16)
        plane[..., 0, 0], plane[..., -1, -1] = 0, reach_pack.NOTHING
        assert np.array_equal(reach_pack.unpacked(reach_pack.packed(plane), shape), plane)


def test_the_rounding_is_at_most_what_is_stated(speeds):
    steps = reach_pack.quantised(speeds)
    known = np.isfinite(speeds) & (speeds < reach_pack.NOTHING * reach_pack.STEP_KM_S)
    wrong = np.abs(steps[known] * reach_pack.STEP_KM_S - speeds[known])
    assert known.sum() > 10_000
    assert wrong.max() <= reach_pack.ERROR_KM_S + 1e-6
    assert np.all(steps[~np.isfinite(speeds)] == reach_pack.NOTHING)


def test_what_is_beyond_the_scale_is_nothing():
    steps = reach_pack.quantised(np.array([12.74, 12.75, 99.0, np.inf, np.nan, 0.0]))
    assert steps.tolist() == [1274, 1275, 1275, 1275, 1275, 0]


def test_a_real_surface_packs_to_a_quarter(speeds):
    """One byte in four at most; a page with some sixty pairs must stay under 10 MB."""
    plane = reach_pack.quantised(speeds[0])
    assert len(reach_pack.packed(plane)) < 0.6 * plane.nbytes


def test_land_stays_near_the_outlines_and_is_small():
    """What is left out of a coast lies within the tolerance; islands keep their place."""
    assert len(packed_land()) < 80_000
    from longroad.earth.borders import outlines

    poland = next(one for one in outlines("50m") if one.code == "POL").polygons[0][0]
    thin = min(rings(), key=lambda ring: np.abs(ring[0] - poland[0]).sum())
    assert len(thin) < len(poland)
    ends = thin[1:] - thin[:-1]
    for point in poland:
        off = point - thin[:-1]
        along = np.clip(np.sum(off * ends, 1) / np.maximum(np.sum(ends * ends, 1), 1e-12), 0, 1)
        nearest = np.hypot(*(off - along[:, None] * ends).T).min()
        assert nearest < 0.2, point
    assert np.iinfo(np.int16).max > PER_DEGREE * 360
