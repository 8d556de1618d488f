"""The projection is d3's: checked against what Vega draws, and equal in area."""

from __future__ import annotations

import re

import h3
import numpy as np
import pytest
from vega import projection, render

from longroad.dossier.projection import Frame, centre, frame

POINTS = [(10.0, 50.0), (-24.0, 65.0), (54.0, 30.0), (30.0, 71.0), (170.0, 60.0)]


def drawn(shape: Frame):
    """Where Vega puts points: its symbols carry their place in a translate()."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": shape.width,
        "height": shape.height,
        "padding": 0,
        "data": {"values": [{"lon": lon, "lat": lat} for lon, lat in POINTS]},
        "mark": {"type": "point", "clip": False},
        "encoding": {
            "longitude": {"field": "lon", "type": "quantitative"},
            "latitude": {"field": "lat", "type": "quantitative"},
        },
        "projection": projection(shape),
    }
    svg = render(spec)
    marks = svg[svg.index("mark-symbol") :]
    found = re.findall(r"translate\(([-\d.]+),\s*([-\d.]+)\)", marks)
    return [(float(x), float(y)) for x, y in found]


@pytest.mark.parametrize("width", [200, 860])
def test_our_projection_is_d3s(width):
    lon, lat = np.array(POINTS).T
    shape = frame(lon, lat, width=width)
    x, y = shape.project(lon, lat)
    assert np.array(drawn(shape)) == pytest.approx(np.column_stack([x, y]), abs=1e-6)


def test_every_point_is_inside_and_inverts():
    lon, lat = np.array(POINTS).T
    shape = frame(lon, lat, width=500)
    x, y = shape.project(lon, lat)
    assert ((x > 0) & (x < shape.width) & (y > 0) & (y < shape.height)).all()
    for i, point in enumerate(POINTS):
        assert shape.invert(x[i], y[i]) == pytest.approx(point, abs=1e-9)


def test_equal_area():
    """Two h3 cells have on the page the ratio of areas that h3 states for the ground."""
    shape = frame([-20.0, 50.0], [30.0, 70.0], width=800)

    def pixels(cell):
        ring = np.array([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)])
        x, y = shape.project(ring[:, 0], ring[:, 1])
        return abs(np.sum(x * np.roll(y, -1) - y * np.roll(x, -1))) / 2

    near, far = h3.latlng_to_cell(48, 14, 4), h3.latlng_to_cell(68, -15, 4)
    ratio = h3.cell_area(far) / h3.cell_area(near)
    assert pixels(far) / pixels(near) == pytest.approx(ratio, rel=1e-4)
    km2 = pixels(near) * shape.km_per_px**2
    assert km2 == pytest.approx(h3.cell_area(near), rel=1e-3)


def test_centre_crosses_the_antimeridian():
    lon, lat = centre([179.0, -179.0], [10.0, 10.0])
    assert abs(lon) == pytest.approx(180.0)
    assert lat == pytest.approx(10.0, abs=0.1)


def test_aspect_is_kept_within_bounds():
    wide = frame([-40.0, 60.0], [50.0, 50.1], width=400)
    assert wide.height == 220
    tall = frame([10.0, 10.1], [35.0, 71.0], width=400)
    assert tall.height == 420
    _, y = tall.project([10.0, 10.1], [35.0, 71.0])
    assert (y > 0).all()
    assert (y < 420).all()
