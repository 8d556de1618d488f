"""Geodesics against cases of GeographicLib's test set, and against GeographicLib itself."""

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic as Library
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import GeometryError
from longroad.earth.geodesic import destination, geodesic, ground_range
from longroad.earth.wgs84 import MEAN_RADIUS_M

# lat1, lon1, azi1, lat2, lon2, azi2, s12: from the test set of GeographicLib.
CASES = {
    "M06": (35.60777, -139.44815, 111.098748429560326,
            -11.17491, -69.95921, 129.289270889708762, 8935244.5604818305),
    "M07": (55.52454, 106.05087, 22.020059880982801,
            77.03196, 197.18234, 109.112041110671519, 4105086.1713924406),
    "M08": (-21.97856, 142.59065, -32.44456876433189,
            41.84138, 98.56635, -41.84359951440466, 8394328.894657671),
    "M09": (-66.99028, 112.2363, 173.73491240878403,
            -12.70631, 285.90344, 2.512956620913668, 11150344.2312080241),
}  # fmt: skip

LATITUDES = st.floats(-90.0, 90.0)
LONGITUDES = st.floats(-540.0, 540.0)
DEEP = settings(max_examples=400, deadline=None, derandomize=True)


def turn_between(a_deg, b_deg):
    return abs((a_deg - b_deg + 180.0) % 360.0 - 180.0)


def assert_as_the_library(lat1, lon1, lat2, lon2):
    """Distance within 20 nm; azimuths within 20 nm of cross-track shift of the far end."""
    there = Library.WGS84.Inverse(lat1, lon1, lat2, lon2, Library.STANDARD | Library.REDUCEDLENGTH)
    found = geodesic(*np.radians([lat1, lon1, lat2, lon2]))
    assert abs(found.range_m - there["s12"]) < 2e-8
    for mine, theirs in (("azimuth_rad", "azi1"), ("arrival_azimuth_rad", "azi2")):
        own = math.degrees(getattr(found, mine))
        turn = turn_between(own, there[theirs])
        if lat1 == lat2 == 0.0:
            # Of two places on the equator the way over the north and that over the south are one
            # as good as the other; the library goes by the sign of a zero.
            turn = min(turn, turn_between(180.0 - own, there[theirs]))
        assert math.radians(turn) * abs(there["m12"]) < 2e-8
    return found


@pytest.mark.parametrize("row", CASES.values(), ids=CASES)
def test_inverse_of_the_published_cases(row):
    lat1, lon1, azi1, lat2, lon2, azi2, s12 = row
    found = geodesic(*np.radians([lat1, lon1, lat2, lon2]))
    assert abs(found.range_m - s12) < 2e-8
    assert turn_between(math.degrees(found.azimuth_rad), azi1) < 1e-11
    assert turn_between(math.degrees(found.arrival_azimuth_rad), azi2) < 1e-11


@pytest.mark.parametrize("row", CASES.values(), ids=CASES)
def test_direct_of_the_published_cases(row):
    lat1, lon1, azi1, lat2, lon2, azi2, s12 = row
    found = destination(*np.radians([lat1, lon1, azi1]), s12)
    assert math.degrees(found.latitude_rad) == pytest.approx(lat2, abs=1e-12)
    assert turn_between(math.degrees(found.longitude_rad), lon2) < 1e-12
    assert turn_between(math.degrees(found.azimuth_rad), azi2) < 1e-11


def test_a_sphere_costs_at_most_0_6_percent():
    """Case M10: the same pairs on a sphere of 6,371 km."""
    rows = np.radians(np.array([[r[0], r[1], r[3], r[4]] for r in CASES.values()]))
    lat1, lon1, lat2, lon2 = rows.T
    dot = np.sin(lat1) * np.sin(lat2) + np.cos(lat1) * np.cos(lat2) * np.cos(lon2 - lon1)
    ratio = np.arccos(dot) * MEAN_RADIUS_M / ground_range(lat1, lon1, lat2, lon2)
    assert np.all(np.abs(ratio - 1.0) < 0.006)
    assert np.any(np.abs(ratio - 1.0) > 1e-4)


@DEEP
@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_anywhere(lat1, lon1, lat2, lon2):
    assert_as_the_library(lat1, lon1, lat2, lon2)


@DEEP
@given(LATITUDES, LONGITUDES, st.floats(-1.0, 1.0), st.floats(-1.0, 1.0), st.integers(0, 12))
def test_near_the_antipode(lat, lon, north, east, power):
    """Where Vincenty's iteration fails: within a degree of the antipode, down to 1e-12 deg.

    The azimuth swings by half a turn within 1e-10 deg there, so only the distance is compared.
    """
    lat2 = max(-90.0, min(90.0, -lat + north / 10**power))
    lon2 = lon + 180.0 + east / 10**power
    there = Library.WGS84.Inverse(lat, lon, lat2, lon2)["s12"]
    assert abs(float(ground_range(*np.radians([lat, lon, lat2, lon2]))) - there) < 2e-8


@DEEP
@given(LATITUDES, LONGITUDES, st.floats(-1.0, 1.0), st.floats(-1.0, 1.0), st.integers(0, 12))
def test_close_points(lat, lon, north, east, power):
    lat2 = max(-90.0, min(90.0, lat + north / 10**power))
    assert_as_the_library(lat, lon, lat2, lon + east / 10**power)


@pytest.mark.parametrize(
    "pair",
    [
        (0.0, 0.0, 0.0, 180.0),
        (0.0, 0.0, 0.0, 179.5),
        (0.0, 0.0, 0.0, 179.0),
        (0.0, 10.0, 0.0, -20.0),
        (30.0, 20.0, -30.0, -160.0),
        (90.0, 0.0, -90.0, 77.0),
        (90.0, 33.0, 41.0, -120.0),
        (-12.0, 5.0, -90.0, 40.0),
        (5.0, 7.0, 80.0, 7.0),
        (5.0, 7.0, 80.0, -173.0),
        (70.0, 179.999, 70.0, -179.999),
        (90.0, 10.0, 90.0, 100.0),
        (0.0, 0.0, 0.5, 179.5),
        (0.0, 0.0, 0.5, 179.7),
        (88.202499451857, 0.0, -88.202499451857, 179.981022032992859592),
        (89.333123580033, 0.0, -89.333123580032997687, 179.99295812360148422),
        (48.522876735459, 0.0, -48.52287673545898293, 179.599720456223079643),
    ],
)
def test_special_pairs(pair):
    """Poles, equator, antipodes, antimeridian, and the pairs that once broke GeographicLib."""
    there = Library.WGS84.Inverse(*pair)["s12"]
    assert abs(float(ground_range(*np.radians(pair))) - there) < 2e-8


def test_coincident_points():
    assert float(ground_range(0.7, 0.3, 0.7, 0.3)) == 0.0
    assert float(ground_range(0.7, 0.3, 0.7, 0.3 + 2.0 * math.pi)) < 1e-8
    half_turn = float(ground_range(0.5 * math.pi, 0.0, -0.5 * math.pi, 1.0))
    assert half_turn == pytest.approx(20_003_931.4586, abs=1e-4)


@DEEP
@given(LATITUDES, LONGITUDES, st.floats(-360.0, 360.0), st.floats(-3e7, 3e7))
def test_direct_anywhere(lat, lon, azimuth, distance):
    there = Library.WGS84.Direct(lat, lon, azimuth, distance)
    found = destination(*np.radians([lat, lon, azimuth]), distance)
    gap = Library.WGS84.Inverse(
        math.degrees(found.latitude_rad), math.degrees(found.longitude_rad),
        there["lat2"], there["lon2"],
    )  # fmt: skip
    assert gap["s12"] < 4e-8
    assert abs(found.longitude_rad) <= math.pi


def test_there_and_back_in_bulk():
    rng = np.random.default_rng(11)
    lat1, lat2 = np.arcsin(rng.uniform(-1.0, 1.0, (2, 500, 40)))
    lon1, lon2 = rng.uniform(-math.pi, math.pi, (2, 500, 40))
    way = geodesic(lat1, lon1, lat2, lon2)
    end = destination(lat1, lon1, way.azimuth_rad, way.range_m)
    assert np.max(ground_range(end.latitude_rad, end.longitude_rad, lat2, lon2)) < 4e-8
    back = geodesic(lat2, lon2, lat1, lon1)
    np.testing.assert_allclose(back.range_m, way.range_m, atol=2e-8)


def test_arguments_broadcast():
    found = geodesic(0.5, 0.1, np.linspace(-1.0, 1.0, 7)[:, None], np.linspace(0.0, 3.0, 5))
    assert found.range_m.shape == found.azimuth_rad.shape == (7, 5)
    assert destination(0.5, 0.1, np.zeros(4), 1e6).latitude_rad.shape == (4,)
    assert ground_range([], 0.0, 0.0, 0.0).shape == (0,)


@pytest.mark.parametrize("bad", [math.nan, math.inf, 1.6, -1.6])
def test_bad_places_are_refused(bad):
    with pytest.raises(GeometryError):
        geodesic(bad, 0.0, 0.0, 0.0)
    with pytest.raises(GeometryError):
        geodesic(0.0, 0.0, bad, 0.0)
    with pytest.raises(GeometryError):
        destination(bad, 0.0, 0.0, 1.0)
