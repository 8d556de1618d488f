"""Polygons on the sphere against shapely, area formulas, and the poles and the antimeridian."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import GeometryError
from longroad.earth.polygon import polygon


def made(*vertices):
    latitude, longitude = np.radians(np.array(vertices, dtype=float)).T
    return polygon(latitude, longitude)


def holds(shape, latitude, longitude):
    return bool(shape.contains(math.radians(latitude), math.radians(longitude)))


def test_a_quarter_of_a_hemisphere():
    shape = made((0, 0), (0, 90), (90, 0))
    assert shape.area_sr == pytest.approx(0.5 * math.pi, rel=1e-12)
    assert holds(shape, 30, 45)
    assert not holds(shape, 30, -45)
    assert not holds(shape, -30, 45)
    # The antipode of an inner place.
    assert not holds(shape, -30, -135)


@pytest.mark.parametrize("turn", [1, -1])
def test_either_order_of_the_vertices(turn):
    shape = made(*[(50, 10), (50, 30), (60, 30), (60, 10)][::turn])
    assert holds(shape, 55, 20)
    assert not holds(shape, 45, 20)
    assert shape.area_sr < 0.1


def test_written_closed_or_open():
    corners = [(50, 10), (50, 30), (60, 30), (60, 10)]
    assert np.array_equal(made(*corners).vertices, made(*corners, corners[0]).vertices)


@pytest.mark.parametrize("pole", [90, -90])
def test_around_a_pole(pole):
    sign = math.copysign(1, pole)
    shape = made(*[(sign * 70, longitude) for longitude in range(0, 360, 30)])
    assert holds(shape, pole, 0)
    assert holds(shape, sign * 80, 123)
    assert not holds(shape, sign * 60, 123)
    assert not holds(shape, -pole, 0)
    # Between a cap to 70 degrees and one to where the edges come nearest to the pole.
    nearest = math.atan(math.tan(math.radians(70)) / math.cos(math.radians(15)))
    assert 2 * math.pi * (1 - math.sin(nearest)) < shape.area_sr
    assert shape.area_sr < 2 * math.pi * (1 - math.sin(math.radians(70)))


def test_across_the_antimeridian():
    shape = made((50, 170), (50, -160), (60, -160), (60, 170))
    for longitude in (175, 180, -180, -170):
        assert holds(shape, 55, longitude)
    for longitude in (165, -155, 0):
        assert not holds(shape, 55, longitude)


@settings(max_examples=60, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), st.integers(3, 9), st.integers(0, 2**32 - 1))
def test_agrees_with_shapely_in_a_projection_that_keeps_great_circles(lat, lon, count, seed):
    """In the gnomonic projection about its middle a small polygon has straight edges."""
    rng = np.random.default_rng(seed)
    angles = np.sort(rng.uniform(0, 2 * math.pi, count))
    if np.max(np.diff(angles, append=angles[0] + 2 * math.pi)) > 3.0:
        return  # the middle would lie outside
    radii = rng.uniform(0.1, 0.8, count)
    plane = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    own = shapely.Polygon(plane)
    if not own.is_valid or own.area < 1e-4:
        return
    a, b = math.radians(lat), math.radians(lon)
    up = np.array([math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)])
    east = np.array([-math.sin(b), math.cos(b), 0.0])
    north = np.cross(up, east)

    def places(points):
        v = up + points[:, :1] * east + points[:, 1:] * north
        v /= np.linalg.norm(v, axis=1, keepdims=True)
        return np.arcsin(np.clip(v[:, 2], -1, 1)), np.arctan2(v[:, 1], v[:, 0])

    shape = polygon(*places(plane))
    probes = rng.uniform(-1, 1, (200, 2))
    near = shapely.distance(own.boundary, shapely.points(probes)) < 1e-6
    expected = shapely.contains(own, shapely.points(probes))
    found = shape.contains(*places(probes))
    assert np.array_equal(found[~near], expected[~near])
    # On the other half of the Earth nothing is inside.
    latitude, longitude = places(probes)
    assert not np.any(shape.contains(-latitude, longitude + math.pi))


@pytest.mark.parametrize(
    ("vertices", "words"),
    [
        ([(50, 10), (50, 30)], "2 different vertices"),
        ([(50, 10), (50, 30), (50, 10)], "2 different vertices"),
        ([(50, 10), (50, 10), (60, 30), (60, 20)], "same place"),
        ([(50, 10), (60, 30), (50, 30), (60, 10)], "cross"),
        ([(0, 0), (0, 180), (60, 10)], "half around"),
        ([(0, 0), (0, 120), (0, -120)], "no inside"),
        ([(95, 0), (0, 10), (10, 20)], "not on the Earth"),
        ([(math.nan, 0), (0, 10), (10, 20)], "not on the Earth"),
        ([], "do not go together|0 different"),
    ],
)
def test_what_is_no_polygon(vertices, words):
    table = np.radians(np.array(vertices, dtype=float).reshape(-1, 2))
    with pytest.raises(GeometryError, match=words):
        polygon(table[:, 0], table[:, 1])
