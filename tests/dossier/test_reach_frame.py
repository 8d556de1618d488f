"""Frames of reach maps: Equal Earth as d3 has it, inverses, and what each frame shows."""

from __future__ import annotations

import re

import numpy as np
import pytest
from vega import render

from longroad.dossier.projection import frame
from longroad.dossier.reach_frame import HALF_HEIGHT, HALF_WIDTH, around, inverse, polar, world

POINTS = [(10.0, 50.0), (-24.0, 65.0), (54.0, -30.0), (-130.0, 71.0), (170.0, 10.0), (0.0, 0.0)]


def test_equal_earth_is_d3s():
    shape = world(30.0, 800, 400)
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 800,
        "height": 400,
        "padding": 0,
        "data": {"values": [{"lon": lon, "lat": lat} for lon, lat in POINTS]},
        "mark": {"type": "point", "clip": False},
        "encoding": {
            "longitude": {"field": "lon", "type": "quantitative"},
            "latitude": {"field": "lat", "type": "quantitative"},
        },
        "projection": {
            "type": "equalEarth",
            "rotate": [-30.0, 0],
            "scale": shape.scale,
            "translate": [400, 200],
        },
    }
    svg = render(spec)
    marks = svg[svg.index("mark-symbol") :]
    drawn = [
        (float(x), float(y)) for x, y in re.findall(r"translate\(([-\d.]+),\s*([-\d.]+)\)", marks)
    ]
    lon, lat = np.array(POINTS).T
    lon = 30.0 + (lon - 30.0 + 180.0) % 360.0 - 180.0
    assert np.array(drawn) == pytest.approx(np.column_stack(shape.project(lon, lat)), abs=1e-6)


def test_equal_earth_is_equal_in_area():
    shape = world(0.0, 1000, 500)
    areas = []
    for south in (-80.0, -30.0, 0.0, 45.0, 70.0):
        # Cells of one area on the sphere: 5 degrees wide, 0.02 high in the sine of the latitude.
        north = np.degrees(np.arcsin(np.sin(np.radians(south)) + 0.02))
        lat = np.concatenate([np.linspace(south, north, 50), np.linspace(north, south, 50)])
        lon = np.repeat([20.0, 25.0], 50)
        x, y = shape.project(lon, lat)
        areas.append(abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2.0)
    assert max(areas) == pytest.approx(min(areas), rel=2e-3)
    whole = 4.0 * np.pi * shape.scale**2
    assert areas[0] / whole == pytest.approx(np.radians(5.0) * 0.02 / (4.0 * np.pi), rel=2e-3)
    aspect = HALF_WIDTH / HALF_HEIGHT
    assert aspect == pytest.approx(2.05, abs=0.01)


@pytest.mark.parametrize(
    "shape", [world(0.0, 700, 350), world(-150.0, 700, 350), polar(20.0, 25.0, 600, 400)]
)
def test_inverses_invert(shape):
    lon, lat = np.array([p for p in POINTS if p[1] > 0]).T
    x, y = shape.project(lon, lat)
    back = inverse(shape, np.asarray(x), np.asarray(y))
    assert np.allclose((back[0] - lon + 180.0) % 360.0 - 180.0, 0.0, atol=1e-8)
    assert np.allclose(back[1], lat, atol=1e-8)


def test_around_is_the_frame_of_the_other_maps():
    lon, lat = np.array(POINTS[:4]).T
    one = around(lon, lat, 500, 500)
    other = frame(lon, lat, width=500, least_aspect=1.0, greatest_aspect=1.0)
    assert one.longitude_deg == pytest.approx(other.longitude_deg)
    x, y = one.project(lon, lat)
    assert ((x > 0) & (x < 500) & (y > 0) & (y < 500)).all()


def test_the_polar_map_has_its_meridian_down_and_its_edge_where_asked():
    shape = polar(17.0, 30.0, 600, 400)
    x, y = shape.project([17.0, 17.0], [60.0, 30.0])
    assert x == pytest.approx([300.0, 300.0])
    assert 200.0 < y[0] < y[1] == pytest.approx(400.0)


def test_the_edge_of_the_world_closes():
    edge = world(0.0, 700, 350).edge()
    assert edge[:, 0].min() > 0
    assert edge[:, 0].max() < 700
    assert np.ptp(edge[:, 1]) == pytest.approx(0.995 * 350, rel=0.03)
