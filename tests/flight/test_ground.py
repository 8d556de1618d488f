"""Distances and heights on the ellipsoid against GeographicLib and the room `earth`."""

import math

import numpy as np
from geographiclib.geodesic import Geodesic

from longroad.earth.wgs84 import ecef_to_geodetic, geodetic_to_ecef
from longroad.flight.figure import WGS84
from longroad.flight.ground import ground_range, height, on_ground

RADIUS, E2 = WGS84.radius_m, WGS84.flattening * (2.0 - WGS84.flattening)

# Karney's test set (GeographicLib): lat1, lon1, lat2, lon2, s12.
KARNEY = [
    (35.60777, -139.44815, -11.17491, -69.95921, 8935244.5604818305),
    (55.52454, 106.05087, 77.03196, 197.18234, 4105086.1713924406),
    (-21.97856, 142.59065, 41.84138, 98.56635, 8394328.894657671),
    (-66.99028, 112.2363, -12.70631, 285.90344, 11150344.2312080241),
]


def test_karneys_geodesics_to_a_millimetre():
    for *degrees, expected in KARNEY:
        assert abs(ground_range(*np.radians(degrees), RADIUS, E2) - expected) < 1e-3


def test_random_geodesics_to_a_millimetre():
    rng = np.random.default_rng(5)
    for _ in range(500):
        lat1, lat2 = np.degrees(np.arcsin(rng.uniform(-1.0, 1.0, 2)))
        lon1, lon2 = rng.uniform(-180.0, 180.0, 2)
        if abs(lat1 + lat2) < 2.0 and abs(abs(lon1 - lon2) - 180.0) < 2.0:
            continue
        expected = Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)["s12"]
        found = ground_range(*np.radians([lat1, lon1, lat2, lon2]), RADIUS, E2)
        assert abs(found - expected) < 1e-3


def test_poles_antimeridian_and_nothing():
    def both(lat1, lon1, lat2, lon2):
        found = ground_range(*np.radians([lat1, lon1, lat2, lon2]), RADIUS, E2)
        return abs(found - Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)["s12"])

    assert both(90.0, 0.0, 40.0, 77.0) < 1e-3
    assert both(-40.0, 10.0, -90.0, 123.0) < 1e-3
    assert both(50.0, 179.5, 51.0, -179.5) < 1e-3
    assert both(0.0, 0.0, 0.0, 90.0) < 1e-3
    assert ground_range(0.3, 1.0, 0.3, 1.0, RADIUS, E2) == 0.0
    assert math.isnan(ground_range(0.0, 0.0, 0.0, math.pi, RADIUS, E2))


def test_places_and_heights_agree_with_the_earth_room():
    rng = np.random.default_rng(6)
    for _ in range(300):
        lat = math.asin(rng.uniform(-1.0, 1.0))
        lon = rng.uniform(-math.pi, math.pi)
        up = 10.0 ** rng.uniform(0.0, 7.0)
        assert np.allclose(
            on_ground(lat, lon, RADIUS, E2), geodetic_to_ecef(lat, lon, 0.0), rtol=0, atol=1e-8
        )
        place = geodetic_to_ecef(lat, lon, up)
        assert abs(height(*place, RADIUS, E2) - up) < 1e-6
        assert abs(height(*place, RADIUS, E2) - ecef_to_geodetic(place)[2]) < 1e-6
