"""Conversions on the ellipsoid against Vallado's example and GeographicLib."""

import math

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import GeometryError
from longroad.earth import wgs84_kernel
from longroad.earth.wgs84 import (
    FLATTENING,
    SEMI_MAJOR_AXIS_M,
    ecef_to_geodetic,
    geodetic_to_ecef,
    local_axes,
    surface_normal,
)


def test_constants_are_those_of_geographiclib():
    assert Geodesic.WGS84.a == SEMI_MAJOR_AXIS_M
    assert pytest.approx(FLATTENING, rel=1e-15) == Geodesic.WGS84.f


def test_vallado_example_3_3():
    """Case M11: 1e-6 deg in latitude, 10 m in height; the longitude is printed to 1e-4 deg."""
    lat, lon, h = ecef_to_geodetic([6524.834e3, 6862.875e3, 6448.296e3])
    assert math.degrees(lat) == pytest.approx(34.352496, abs=1e-6)
    assert math.degrees(lon) == pytest.approx(46.4464, abs=5.1e-5)
    assert h == pytest.approx(5085.22e3, abs=10.0)


@settings(deadline=None, derandomize=True)
@given(
    lat=st.floats(-math.pi / 2, math.pi / 2),
    lon=st.floats(-math.pi, math.pi),
    h=st.floats(-1e6, 1e8),
)
def test_round_trip(lat, lon, h):
    r = geodetic_to_ecef(lat, lon, h)
    back = ecef_to_geodetic(r)
    assert np.linalg.norm(geodetic_to_ecef(*back) - r) < 1e-7
    assert back[2] == pytest.approx(h, abs=1e-7)
    assert abs(back[0] - lat) < 1e-14


@pytest.mark.parametrize("lat", [-math.pi / 2, 0.0, math.pi / 2])
def test_axes_of_the_ellipsoid(lat):
    r = geodetic_to_ecef(lat, 0.3, 0.0)
    axis = SEMI_MAJOR_AXIS_M * (1.0 if lat == 0.0 else 1.0 - FLATTENING)
    assert np.linalg.norm(r) == pytest.approx(axis, rel=1e-15)


@settings(deadline=None, derandomize=True)
@given(lat=st.floats(-1.5, 1.5), lon=st.floats(-3.1, 3.1), azimuth=st.floats(0.0, 6.28))
def test_a_short_step_along_the_local_axes_is_a_short_geodesic(lat, lon, azimuth):
    """One metre along the local horizon is one metre of GeographicLib's geodesic."""
    east, north, _ = local_axes(lat, lon)
    step = 1.0 * (math.sin(azimuth) * east + math.cos(azimuth) * north)
    there = ecef_to_geodetic(geodetic_to_ecef(lat, lon, 0.0) + step)
    found = Geodesic.WGS84.Inverse(
        math.degrees(lat), math.degrees(lon), math.degrees(there[0]), math.degrees(there[1])
    )
    assert found["s12"] == pytest.approx(1.0, rel=1e-5)


@pytest.mark.parametrize("bad", [(math.nan, 0.0, 0.0), (2.0, 0.0, 0.0), (0.0, math.inf, 0.0)])
def test_bad_positions_are_refused(bad):
    with pytest.raises(GeometryError):
        geodetic_to_ecef(*bad)


@pytest.mark.parametrize(
    "bad", [(0.0, 0.0, 0.0), (math.nan, 7e6, 0.0), (7e6, 0.0, math.inf), (7e6, 0.0), 7e6]
)
def test_bad_vectors_are_refused(bad):
    with pytest.raises(GeometryError):
        ecef_to_geodetic(bad)


@settings(deadline=None, derandomize=True)
@given(
    lat=st.floats(-math.pi / 2, math.pi / 2),
    lon=st.floats(-math.pi, math.pi),
    h=st.floats(-1e4, 1e7),
)
def test_compiled_forms_agree_with_the_vectorised_ones(lat, lon, h):
    r = geodetic_to_ecef(lat, lon, h)
    assert wgs84_kernel.to_ecef(lat, lon, h) == pytest.approx(tuple(r), abs=1e-8)
    there = tuple(float(v) for v in ecef_to_geodetic(r))
    assert wgs84_kernel.to_geodetic(*r) == pytest.approx(there, rel=1e-14, abs=1e-8)
    kernels = (wgs84_kernel.east, wgs84_kernel.north, wgs84_kernel.up)
    for axis, compiled in zip(local_axes(lat, lon), kernels, strict=True):
        assert compiled(lat, lon) == pytest.approx(tuple(axis), abs=1e-15)


def test_axes_are_orthonormal_right_handed_and_vectorised():
    rng = np.random.default_rng(3)
    lat, lon = rng.uniform(-math.pi / 2, math.pi / 2, (4, 5)), rng.uniform(-4.0, 4.0, 5)
    east, north, up = local_axes(lat, lon)
    assert up.shape == (4, 5, 3)
    np.testing.assert_allclose(np.cross(east, north), up, atol=1e-15)
    np.testing.assert_allclose(np.linalg.norm(up, axis=-1), 1.0, rtol=1e-15)
    np.testing.assert_array_equal(surface_normal(lat, lon), up)
    # Moving along the normal changes the height and nothing else.
    raised = geodetic_to_ecef(lat, lon, 0.0) + 1.0e5 * up
    np.testing.assert_allclose(raised, geodetic_to_ecef(lat, lon, 1.0e5), atol=1e-8)
