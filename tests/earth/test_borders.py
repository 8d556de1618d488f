"""Borders against shapely, known places and the sphere."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely.affinity import translate

from longroad.base.errors import GeometryError
from longroad.earth.borders import borders, countries_at, country_at, notes, outlines

SCALES = ("110m", "50m")


def flat(ring):
    """A ring on a map without a seam; one around the south pole runs along the lower edge."""
    step = (np.diff(ring[:, 0]) + 180) % 360 - 180
    x = ring[0, 0] + np.concatenate([[0], np.cumsum(step)])
    points = np.column_stack([x, ring[:, 1]])
    if abs(step.sum()) > 180:
        points = np.vstack([points, [x[-1], -90], [x[0], -90]])
    return points


def shapes(scale):
    """Every country as shapely sees it, three times side by side."""
    for country in outlines(scale):
        parts = []
        for exterior, *holes in country.polygons:
            outer = shapely.Polygon(flat(exterior), [flat(hole) for hole in holes])
            parts += [translate(outer, turn) for turn in (-360, 0, 360)]
        yield country.code, parts


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(
    ("name", "lat", "lon", "code"),
    [
        ("Simferopol", 44.95, 34.10, "UKR"),
        ("Sevastopol's hinterland", 44.75, 33.85, "UKR"),
        ("Warsaw", 52.23, 21.01, "POL"),
        ("Ankara", 39.93, 32.86, "TUR"),
        ("Pristina", 42.66, 21.16, "XKX"),
        ("Laayoune's hinterland", 26.5, -12.0, "ESH"),
        ("Maseru's hinterland, a hole in South Africa", -29.5, 28.2, "LSO"),
        ("Bloemfontein", -29.12, 26.22, "ZAF"),
        ("Chukotka, west of the antimeridian", 67.5, 179.0, "RUS"),
        ("Chukotka, east of the antimeridian", 66.5, -175.0, "RUS"),
        ("on the antimeridian", 67.5, 180.0, "RUS"),
        ("on the antimeridian, the other sign", 67.5, -180.0, "RUS"),
        ("Vanua Levu, Fiji", -16.6, 179.1, "FJI"),
        ("South pole", -90.0, 0.0, "ATA"),
        ("South pole, another longitude", -90.0, 137.0, "ATA"),
        ("Vostok", -78.46, 106.84, "ATA"),
        ("North pole", 90.0, 0.0, None),
        ("Null Island", 0.0, 0.0, None),
        ("North Sea", 56.0, 3.0, None),
        ("Pacific on the antimeridian", 0.0, 180.0, None),
    ],
)
def test_places(scale, name, lat, lon, code):
    assert country_at(lat, lon, scale) == code


def test_small_countries_are_in_the_finer_set():
    assert country_at(35.88, 14.45) == "MLT"
    assert country_at(-16.85, -179.97) == "FJI"  # Taveuni, beyond the antimeridian
    assert country_at(49.6, 6.1) == "LUX"


@pytest.mark.parametrize("scale", SCALES)
def test_random_places_against_shapely(scale):
    draw = np.random.default_rng(2011)
    count = 4_000
    lat = np.degrees(np.arcsin(draw.uniform(-1, 1, count)))
    lon = draw.uniform(-180, 180, count)
    lon[:500] = 180 + draw.uniform(-3, 3, 500)  # beyond 180 on purpose
    lat[:500] = draw.uniform(-90, 80, 500)
    expected = np.full(count, None, dtype=object)
    wrapped = (lon + 180) % 360 - 180
    for code, parts in shapes(scale):
        for part in parts:
            shapely.prepare(part)
            expected[shapely.contains_xy(part, wrapped, lat)] = code
    found = countries_at(lat, lon, scale)
    assert np.array_equal(found, expected)
    assert len(set(found)) > 80


def test_shape_of_the_answer():
    found = countries_at([[52.0], [-1.0]], [[19.0, 13.0, 0.0]])
    assert found.tolist() == [["POL", "DEU", "GBR"], ["COD", "GAB", None]]
    assert countries_at([], []).shape == (0,)


@pytest.mark.parametrize(("lat", "lon"), [(90.5, 0), (np.nan, 0), (0, np.inf)])
def test_no_place(lat, lon):
    with pytest.raises(GeometryError, match="latitude"):
        country_at(lat, lon)


def test_another_scale():
    with pytest.raises(GeometryError, match="110m or 50m"):
        borders("10m")


def winding(ring):
    """Signed solid angle of the smaller side (halved), positive when it lies to the left.

    The triangles from a point inside or nearby, each by Oosterom and Strackee's formula.
    """
    lon, lat = np.radians(np.asarray(ring)).T
    v = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    pole = v[:-1].mean(axis=0)
    pole /= np.linalg.norm(pole)
    total = 0.0
    for a, b in pairwise(v):
        total += np.arctan2(np.dot(pole, np.cross(a, b)), 1 + pole @ a + a @ b + b @ pole)
    return total


@pytest.mark.parametrize("scale", SCALES)
def test_exteriors_run_clockwise_and_holes_the_other_way(scale):
    # On the sphere, not on a map: so also across the antimeridian and around the pole.
    document = borders(scale)
    rings = 0
    for feature in document["features"]:
        for exterior, *holes in feature["geometry"]["coordinates"]:
            assert winding(exterior) < 0, feature["id"]
            assert all(winding(hole) > 0 for hole in holes), feature["id"]
            rings += 1 + len(holes)
            assert all(ring[0] == ring[-1] for ring in [exterior, *holes])
    assert rings > 280


def test_features_carry_code_and_name():
    features = {f["id"]: f["properties"] for f in borders("110m")["features"]}
    assert features["POL"] == {"a3": "POL", "name": "Poland"}
    assert features["BIH"]["name"] == "Bosnia and Herzegovina"
    assert {"XKX", "PSE", "ESH", "UKR"} <= set(features)
    assert not [p["name"] for p in features.values() if p["name"].endswith(".")]


def test_notes():
    on_borders, on_population = notes()
    assert "no position on any border is implied" in on_borders
    assert "Natural Earth" in on_borders
    assert "±3 points" in on_population
