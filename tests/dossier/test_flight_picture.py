"""The side view of a flight: what it shows, and that it is true to scale."""

import math
import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from longroad.dossier.flight_picture import draw
from longroad.earth.wgs84 import MEAN_RADIUS_M
from longroad.flight.course import at_rest, between
from longroad.flight.finding import Report
from longroad.flight.reported import check

SVG = "{http://www.w3.org/2000/svg}"


def picture(course, **said):
    finding = check(course, Report(**said))
    return finding, ET.fromstring(draw(finding))


def points(path):
    numbers = re.findall(r"-?\d+\.?\d*", path.get("d"))
    return np.array([float(n) for n in numbers]).reshape(-1, 2)


@pytest.mark.parametrize(
    "said", [{}, {"apogee_m": 3725e3}, {"apogee_m": 150e3}], ids=["least", "lofted", "low"]
)
def test_the_flight_is_true_to_scale_over_the_earth(said):
    finding, root = picture(at_rest(998e3), **said)
    earth = next(root.iter(f"{SVG}circle"))
    centre = np.array([float(earth.get("cx")), float(earth.get("cy"))])
    radius = float(earth.get("r"))
    flight = next(p for p in root.iter(f"{SVG}path") if p.get("stroke-width") == "2.2")
    height = np.linalg.norm(points(flight) - centre, axis=1) / radius * MEAN_RADIUS_M
    pixel = MEAN_RADIUS_M / radius
    assert height[0] - MEAN_RADIUS_M == pytest.approx(0.0, abs=pixel)
    assert height[-1] - MEAN_RADIUS_M == pytest.approx(0.0, abs=pixel)
    assert height.max() - MEAN_RADIUS_M == pytest.approx(finding.arc.apogee_m, abs=pixel)
    first, last = (points(flight)[k] - centre for k in (0, -1))
    cosine = first @ last / np.linalg.norm(first) / np.linalg.norm(last)
    assert math.acos(cosine) * MEAN_RADIUS_M == pytest.approx(998e3, abs=2.0 * pixel)


@pytest.mark.parametrize(
    ("course", "said"),
    [
        (at_rest(998e3), {"apogee_m": 6e6}),
        (at_rest(19e6), {}),
        (at_rest(2e3), {}),
        (between(0.7, 2.2, 0.6, -1.3), {"speed_m_s": 7300.0}),
        (between(1.5, 0.0, -1.2, 0.3), {}),
    ],
    ids=["very-lofted", "half-way-round", "short", "turning", "pole-to-pole"],
)
def test_everything_but_the_earth_stays_on_the_page(course, said):
    _, root = picture(course, **said)
    width, height = float(root.get("width")), float(root.get("height"))
    assert root.get("viewBox") == f"0 0 {width:.0f} {height:.0f}"
    for path in root.iter(f"{SVG}path"):
        if path.get("stroke-linecap"):
            at = points(path)
            assert np.all((at[:, 0] >= 0.0) & (at[:, 0] <= width))
            assert np.all((at[:, 1] >= 0.0) & (at[:, 1] <= height))
    for words in root.iter(f"{SVG}text"):
        assert 0.0 <= float(words.get("x")) <= width
        assert 0.0 <= float(words.get("y")) <= height


def test_it_says_what_it_shows():
    _, root = picture(at_rest(998e3), apogee_m=3725e3)
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root.iter() if element.get("id")}
    assert root.get("aria-labelledby") == "flight-title flight-desc"
    assert "3,725 km" in named["flight-desc"]
    said = [element.text for element in root.iter(f"{SVG}text")]
    assert "998 km, lofted" in said
    assert any("same missile" in words for words in said)
    assert any("least energy, 260 km" in words for words in said)
    assert not any("{" in words for words in said)


def test_the_same_flight_gives_the_same_bytes():
    finding = check(at_rest(3e6), Report(apogee_m=1e6))
    assert draw(finding) == draw(finding)
