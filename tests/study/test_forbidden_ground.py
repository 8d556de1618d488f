"""How exactly forbidden ground is known: on a raster, and along ground tracks at moments.

Bounds: a place and its nearest point of the raster are at most half a diagonal of a quarter of a
degree apart, 19.7 km at the equator; between two moments of a track lies what the missile flies
over in that time, of which half is the error of an edge.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from longroad.engagement.zones_kernel import ground_tracks
from longroad.scenario import load
from longroad.scenario.agreement import Region, Sector
from longroad.study.agreement_zones import SAMPLES, Tracks, inside, raster_points
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import make_plan
from longroad.study.readings import ADOPTED, Assumptions

EARTH_KM = 6378.137
RASTER_KM = 19.7
PACK = load("general-staff-2012")
SECTOR = PACK.variant("phase-4").agreements[-1].of_kind(Sector)[0].region
ACROSS = Region(
    tuple(tuple(np.radians(p).tolist()) for p in ((-20.0, 170.0), (30.0, 175.0), (10.0, -160.0)))
)
AROUND = Region(
    tuple(tuple(np.radians(p).tolist()) for p in ((72.0, 0.0), (70.0, 120.0), (75.0, 240.0)))
)
REGIONS = {
    "sector": SECTOR,
    "country": Region(countries=("POL",)),
    "antimeridian": ACROSS,
    "pole": AROUND,
}


def apart_km(one, other):
    """Return great-circle distances of places (latitude, longitude) in rad."""
    (a, b), (c, d) = one, other
    half = np.sin(0.5 * (c - a)) ** 2 + np.cos(a) * np.cos(c) * np.sin(0.5 * (d - b)) ** 2
    return 2.0 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0)))


def places(region, count):
    """Return places spread over the surroundings of a region, over the whole Earth for a pole."""
    chance = np.random.default_rng(5)
    box = {"country": (48, 56, 13, 25), "sector": (50, 74, 0, 36)}.get(region, (-90, 90, 0, 360))
    if region == "antimeridian":
        box = (-25, 35, 165, 205)
    elif region == "pole":
        box = (66, 90, 0, 360)
    south, north, west, east = np.radians(box)
    latitude = np.arcsin(chance.uniform(np.sin(south), np.sin(north), count))
    longitude = chance.uniform(west, east, count)
    return latitude, (longitude + np.pi) % (2.0 * np.pi) - np.pi


@pytest.mark.parametrize("name", REGIONS)
def test_a_place_is_taken_for_one_at_most_20_km_away(name):
    region, at = REGIONS[name], places(name, 3_000)
    points = raster_points(*at)
    latitude = np.radians(points // 1440 * 0.25 - 90.0)
    longitude = np.radians(points % 1440 * 0.25 - 180.0)
    away = apart_km(at, (latitude, longitude))
    assert away.max() <= RASTER_KM
    found, exact = inside(region, points), region.contains(*at)
    assert np.array_equal(found, region.contains(latitude, longitude))
    # Only places near an edge are on its wrong side, and there are some.
    wrong = found != exact
    assert 0.0 < wrong.mean() < 0.06
    assert 0.05 < exact.mean() < 0.95


def test_wrong_places_lie_within_20_km_of_the_polygons_edge():
    at = places("sector", 20_000)
    wrong = inside(SECTOR, raster_points(*at)) != SECTOR.contains(*at)
    # Around each wrong place a circle of the bound holds places of both sides.
    bearing = np.radians(np.arange(0.0, 360.0, 5.0))
    radius = RASTER_KM / EARTH_KM
    latitude, longitude = at[0][wrong][:, None], at[1][wrong][:, None]
    ring = SECTOR.contains(
        latitude + radius * np.cos(bearing),
        longitude + radius * np.sin(bearing) / np.cos(latitude),
    )
    here = SECTOR.contains(latitude, longitude)
    assert np.all(np.any(ring != here, axis=1))
    assert wrong.sum() > 50


@pytest.fixture(scope="module")
def nodes():
    """Arcs of the longest class of the pack, least energy and lofted."""
    variant = PACK.variant("kept-out")
    threats = tuple(t for t in variant.threats if t.id == "icbm-10000")
    alone = replace(variant, threats=threats, trajectories=(), patrol_areas=(), agreements=())
    plan = make_plan(replace(PACK, variants=(alone,), claims=()), 2, (Assumptions(ADOPTED),))
    row = draw_values(plan.quantities, 0, 1).table[BEST_ROW]
    evaluation = Evaluation(plan, row)
    return evaluation.arcs(0).nodes


def dense(nodes, times):
    latitude, longitude, at = np.empty((3, len(nodes.start_s), times))
    ground_tracks(nodes.state, nodes.start_s, nodes.dt_s, latitude, longitude, at)
    return latitude, longitude, at


def test_moments_of_a_track_are_at_most_100_km_apart(nodes):
    latitude, longitude, _ = dense(nodes, SAMPLES)
    steps = apart_km((latitude[:, :-1], longitude[:, :-1]), (latitude[:, 1:], longitude[:, 1:]))
    assert 20.0 < np.median(steps) < 60.0
    assert steps.max() < 100.0


def test_an_edge_is_known_to_half_a_step_and_the_raster(nodes):
    points, times = Tracks(nodes).sampled
    coarse = inside(SECTOR, points)
    fine = 40
    latitude, longitude, at = dense(nodes, (SAMPLES - 1) * fine + 1)
    exact = SECTOR.contains(latitude, longitude)
    step = apart_km((latitude[:, :-1], longitude[:, :-1]), (latitude[:, 1:], longitude[:, 1:]))
    errors = []
    for arc in np.flatnonzero(coarse.any(axis=1) & ~coarse[:, 0]):
        first = int(np.argmax(coarse[arc]))
        enters = 0.5 * (times[arc, first - 1] + times[arc, first])
        truth = np.flatnonzero(exact[arc])
        if truth.size == 0:
            continue  # inside by the raster alone
        travelled = np.concatenate([[0.0], np.cumsum(step[arc])])
        off = abs(np.interp(enters, at[arc], travelled) - travelled[truth[0]])
        half = 0.5 * step[arc, (first - 1) * fine : first * fine].sum()
        # Across the edge the raster's error grows with the slant of the track; thrice will do.
        assert off <= half + 3.0 * RASTER_KM
        errors.append(off)
    assert len(errors) > 100
    assert np.median(errors) < 15.0
    assert max(errors) < 60.0


def test_few_arcs_are_taken_for_overflying_that_do_not(nodes):
    latitude, longitude, _ = dense(nodes, 20 * SAMPLES)
    exact = SECTOR.contains(latitude, longitude).any(axis=1)
    found = inside(SECTOR, Tracks(nodes).sampled[0]).any(axis=1)
    assert np.mean(found != exact) < 0.01
    assert 0.1 < exact.mean() < 0.9
