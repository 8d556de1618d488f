"""Rings: d3's direction, RFC 7946's direction, the antimeridian and the poles."""

from __future__ import annotations

import itertools

import h3
import pytest
import shapely.geometry
from geographiclib.geodesic import Geodesic

from longroad.dossier.rings import directed, for_d3, rfc7946, signed_area, turns, unwrap

PLACES = {
    "europe": (50.0, 15.0),
    "antimeridian north": (66.0, 180.0),
    "antimeridian equator": (0.5, -179.99),
    "antimeridian south": (-17.0, 179.98),
    "north pole": (90.0, 0.0),
    "south pole": (-90.0, 0.0),
    "greenwich": (51.48, 0.0),
}


def cell(place, resolution):
    return h3.latlng_to_cell(*PLACES[place], resolution)


def boundary(id):
    return [(lon, lat) for lat, lon in h3.cell_to_boundary(id)]


def rings(geometry):
    several = geometry["type"] == "MultiPolygon"
    polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
    return [ring for polygon in polygons for ring in polygon]


def area_m2(ring):
    """Signed area on WGS-84, positive anticlockwise, by GeographicLib."""
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring:
        polygon.AddPoint(lat, lon)
    return polygon.Compute(False, True)[2]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("resolution", [2, 3, 4])
def test_rfc_7946(place, resolution):
    id = cell(place, resolution)
    geometry = rfc7946(boundary(id))
    parts = rings(geometry)
    for ring in parts:
        assert ring[0] == ring[-1]
        assert len(ring) >= 4
        assert all(-180.0 <= lon <= 180.0 and -90.0 <= lat <= 90.0 for lon, lat in ring)
        steps = [abs(b[0] - a[0]) for a, b in itertools.pairwise(ring)]
        at_pole = [a[1] == b[1] and abs(a[1]) == 90.0 for a, b in itertools.pairwise(ring)]
        assert all(step <= 180.0 or pole for step, pole in zip(steps, at_pole, strict=True))
        planar = shapely.geometry.Polygon(ring)
        assert planar.is_valid
        assert planar.exterior.is_ccw
    whole = abs(area_m2(boundary(id)))
    assert sum(area_m2(ring[:-1]) for ring in parts) == pytest.approx(whole, rel=2e-5)
    cut = place.startswith("antimeridian")
    assert (geometry["type"] == "MultiPolygon") == cut, geometry


def test_a_cell_around_a_pole_holds_the_pole():
    shape = shapely.geometry.shape(rfc7946(boundary(cell("north pole", 3))))
    for lon in range(-179, 180, 20):
        assert shape.covers(shapely.geometry.Point(lon, 89.999))
    assert turns(unwrap(boundary(cell("north pole", 3)))) in (-1, 1)
    assert turns(unwrap(boundary(cell("europe", 3)))) == 0


@pytest.mark.parametrize("place", PLACES)
def test_for_d3_runs_clockwise(place):
    ring = boundary(cell(place, 3))
    for given in (ring, ring[::-1]):
        made = for_d3([[given]], digits=5)["coordinates"][0][0]
        assert area_m2(made[:-1]) < 0 if place != "south pole" else True
        assert made[0] == made[-1]


def test_for_d3_turns_holes_the_other_way():
    outer = [(0, 0), (10, 0), (10, 10), (0, 10)]
    hole = [(4, 4), (6, 4), (6, 6), (4, 6)]
    made = for_d3([[outer, hole]])["coordinates"][0]
    assert area_m2(made[0][:-1]) < 0 < area_m2(made[1][:-1])


def test_direction_is_that_of_geographiclib():
    square = [(10.0, 40.0), (12.0, 40.0), (12.0, 42.0), (10.0, 42.0)]
    assert (signed_area(square) > 0) == (area_m2(square) > 0)
    assert area_m2(directed(square, clockwise=True)) < 0


def test_degenerate_rings_vanish():
    assert for_d3([[[(1.0, 1.0), (1.001, 1.001), (1.0, 1.002)]]], digits=1)["coordinates"] == []
