"""Reach maps as drawings: what is shaded is what the field says, and names stay text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from longroad.dossier import palette, reach_map
from longroad.dossier.reach_field import field, sample
from longroad.dossier.reach_frame import inverse
from longroad.dossier.reach_view import FRAMES, opening
from longroad.dossier.svg import SVG


@pytest.fixture(scope="module")
def view(material):
    return replace(opening(material.manifest, material.reach, material.sites), speed_km_s=5.5)


def rings_of(d):
    """The rings of path data of this package: M and L with absolute points, Z at the end."""
    made = []
    for part in d.split("M")[1:]:
        points = re.findall(r"(-?[\d.]+),(-?[\d.]+)", part)
        made.append(np.array(points, dtype=float))
    return made


def inside(rings, x, y):
    """Even-odd: how often a ray to the right crosses the rings."""
    odd = np.zeros(np.shape(x), dtype=bool)
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            crosses = (y1 > y) != (y2 > y)
            with np.errstate(divide="ignore", invalid="ignore"):
                odd ^= crosses & (x < x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    return odd


def drawn(material, view):
    return reach_map.picture(material.reach, material.sites, view, "t")


@pytest.mark.parametrize("frame", FRAMES)
def test_what_is_shaded_is_what_is_reached(material, view, frame):
    """Of random pixels more than 2 px from an edge, all agree with the field itself."""
    one = replace(view, frame=frame)
    root = drawn(material, one)
    shape = reach_map.frame_of(material.reach, material.sites, one)
    found = field(material.reach, one.flights(material.reach), one.delay_s)
    fills = {}
    for path in root.iter(f"{{{SVG}}}path"):
        fills.setdefault(path.get("fill"), []).extend(rings_of(path.get("d", "")))
    generator = np.random.default_rng(5)
    x = generator.uniform(5, shape.width - 5, 400)
    y = generator.uniform(5, shape.height - 5, 400)
    shaded = np.zeros(400, dtype=bool)
    for colour in (*palette.REACH_BEFORE, *palette.REACH_AFTER):
        for ring_set in [fills.get(colour, [])]:
            shaded |= inside(ring_set, x, y)
    values = sample(material.reach.grid, found.either, *inverse(shape, x, y)[::-1])
    clear = np.abs(values - one.speed_km_s) > 0.15
    assert clear.sum() > 200
    wrong = shaded[clear] != (values[clear] <= one.speed_km_s)
    assert wrong.mean() < 0.01


def test_blue_is_before_the_apogee(material, view):
    root = drawn(material, replace(view, part="before-apogee"))
    fills = {path.get("fill") for path in root.iter(f"{{{SVG}}}path")}
    assert fills & set(palette.REACH_BEFORE)
    assert not fills & set(palette.REACH_AFTER)
    root = drawn(material, replace(view, part="after-apogee"))
    fills = {path.get("fill") for path in root.iter(f"{{{SVG}}}path")}
    assert fills & set(palette.REACH_AFTER)
    assert not fills & set(palette.REACH_BEFORE)


def test_places_are_named_and_nothing_lies_outside(material, view):
    root = drawn(material, replace(view, frame="flights"))
    words = [one.text for one in root.iter(f"{{{SVG}}}text")]
    for name in ("Redzikowo", "Norwegian Sea", "Kozelsk", "Washington", "5.5 km/s"):
        assert name in words, name
    width, height = (float(v) for v in root.get("viewBox").split()[2:])
    for one in root.iter(f"{{{SVG}}}text"):
        assert 0 <= float(one.get("x")) <= width
        assert 0 <= float(one.get("y")) <= height


def test_names_stay_text(fake, evil):
    from longroad.dossier.material import gather

    bad = gather(fake.fake_run(draws=2, countries=("ROU",), evil=evil, reach_step_deg=15.0))
    view = opening(bad.manifest, bad.reach, bad.sites)
    text = reach_map.svg(
        bad.reach, bad.sites, view, id="t", title=reach_map.title_of(bad.reach, view),
        description=evil,
    )  # fmt: skip
    root = ET.fromstring(text)
    assert not list(root.iter("script"))
    assert not list(root.iter(f"{{{SVG}}}script"))
    assert "<script" not in text
    assert "<img" not in text


def test_the_same_view_is_the_same_drawing(material, view):
    one = ET.tostring(drawn(material, view))
    assert ET.tostring(drawn(material, view)) == one
    assert ET.tostring(drawn(material, replace(view, speed_km_s=6.5))) != one
