"""Where the sites of the catalogue lie: in their country or at sea, and how far from others."""

import itertools
import math

import pytest

from longroad.base.quantity import Disputed
from longroad.base.units import to_unit
from longroad.catalog import load_catalog
from longroad.earth import country_at

CATALOG = load_catalog()
SITES = CATALOG.entries("site")
AT_SEA = ("patrol", "submarine-area")
RADIUS_KM = 6371.0  # of the screening
PLACED_KM = 12.0  # a tenth of a degree on the ground


def degrees(site):
    chosen = [
        q.adopted_quantity if isinstance(q, Disputed) else q for q in site.quantities.values()
    ]
    return tuple(to_unit(q.best, "deg") for q in chosen)


def of(*kinds):
    found = [site for site in SITES if site.facts["kind"] in kinds]
    assert found
    return pytest.mark.parametrize("site", found, ids=[site.id for site in found])


@of("launch-area", "base", "end-point")
def test_a_point_on_land_lies_in_its_country(site):
    assert country_at(*degrees(site)) == site.country


@of("radar", "battery", "port", "command")
def test_an_installation_lies_in_its_country_or_on_its_coast(site):
    if site.id == "shemya":  # smaller than anything on the map
        return
    latitude, longitude = degrees(site)
    steps = itertools.product((0.0, -0.1, 0.1), repeat=2)
    assert site.country in {country_at(latitude + a, longitude + b) for a, b in steps}


@of(*AT_SEA)
def test_a_patrol_point_lies_at_sea(site):
    latitude, longitude = degrees(site)
    assert country_at(latitude, longitude) is None
    assert site.country is None


def test_areas_are_coarse_and_end_points_are_called_nothing_else():
    for site in SITES:
        if site.facts["kind"] == "submarine-area":
            assert all(to_unit(n.high - n.low, "deg") >= 2 - 1e-9 for n in site.each())
            assert degrees(site) == pytest.approx([round(v) for v in degrees(site)], abs=1e-9)
        words = f"{site.id} {site.name} {site.note} {site.facts}"
        words += " ".join(str(number.reason) for number in site.each())
        assert "target" not in words.lower()


def vector(latitude, longitude):
    up, along = math.radians(latitude), math.radians(longitude)
    return (
        math.cos(up) * math.cos(along),
        math.cos(up) * math.sin(along),
        math.sin(up),
    )


def dot(a, b):
    return sum(x * y for x, y in zip(a, b, strict=True))


def cross(a, b):
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


# Base, range to Washington and distance of the ground track from Redzikowo (km), of our own
# screening of the dispute of 2007 on a sphere of 6,371 km; for Dombarovsky it has the second only.
SCREENING = [
    ("vypolzovo", 7480, 845),
    ("kozelsk", 7860, 611),
    ("tatishchevo", 8510, 861),
    ("teykovo", 7866, 1017),
    ("yoshkar-ola", 8217, 1304),
    ("dombarovsky", None, 1519),
]


@pytest.mark.parametrize(("base", "range_km", "aside_km"), SCREENING)
def test_bases_lie_as_far_from_things_as_the_screening_has_them(base, range_km, aside_km):
    start = vector(*degrees(CATALOG.entry(f"site/{base}")))
    end = vector(*degrees(CATALOG.entry("site/end-washington")))
    poland = vector(*degrees(CATALOG.entry("site/redzikowo")))
    if range_km is not None:
        assert RADIUS_KM * math.acos(dot(start, end)) == pytest.approx(range_km, abs=PLACED_KM)
    normal = cross(start, end)
    aside = math.asin(abs(dot(normal, poland)) / math.sqrt(dot(normal, normal)))
    assert RADIUS_KM * aside == pytest.approx(aside_km, abs=PLACED_KM)
