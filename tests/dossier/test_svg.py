"""Drawings fit to stand in a page: text stays text, ids are the figure's own."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from longroad.dossier.svg import render, shared_drawing, tidy

EVIL = "</text></svg><script>alert(1)</script>&\"'"


def spec(**more):
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 100,
        "height": 100,
        "data": {"values": [{"x": 0.123456789, "t": EVIL}]},
        "mark": {"type": "text", "font": "Inter"},
        "encoding": {
            "text": {"field": "t", "type": "nominal"},
            "x": {"field": "x", "type": "quantitative"},
        },
        **more,
    }


def test_hostile_text_stays_text():
    drawn = tidy(render(spec()), id="f", title=EVIL, description=EVIL)
    assert "<script" not in drawn
    root = ET.fromstring(drawn)
    words = [e.text for e in root.iter() if e.text and "alert" in e.text]
    assert words.count(EVIL) == 3


def test_the_same_drawing_twice_gives_the_same_text():
    one = tidy(render(spec()), id="f", title="t", description="d")
    assert tidy(render(spec()), id="f", title="t", description="d") == one


def test_title_and_description_name_it():
    root = ET.fromstring(tidy(render(spec()), id="f", title="What", description="How"))
    assert root.get("role") == "img"
    labels = root.get("aria-labelledby").split()
    by_id = {e.get("id"): e.text for e in root.iter()}
    assert [by_id[label] for label in labels] == ["What", "How"]


def test_hatching_carries_its_pattern():
    hatched = spec(mark={"type": "rect", "fill": "url(#hatch)"}, encoding={})
    root = ET.fromstring(tidy(render(hatched), id="f", title="t", description="d"))
    fills = {e.get("fill") for e in root.iter()}
    assert "url(#f-hatch)" in fills
    assert "f-hatch" in {e.get("id") for e in root.iter()}


def test_long_paths_are_drawn_once():
    ring = [[i / 10, (i % 7) / 3] for i in range(300)]
    line = {"type": "Feature", "geometry": {"type": "LineString", "coordinates": ring}}
    long = spec(
        data={"values": line},
        mark={"type": "geoshape", "fill": None, "stroke": "#000"},
        encoding={},
        projection={"type": "identity"},
    )
    shared: dict[str, str] = {}
    one = tidy(render(long), id="a", title="t", description="d", shared=shared)
    two = tidy(render(long), id="b", title="t", description="d", shared=shared)
    assert len(shared) == 1
    (id,) = shared
    assert f'href="#{id}"' in one
    assert f'href="#{id}"' in two
    assert f'id="{id}"' in shared_drawing(shared)
    assert len(one) < 2000


def test_nothing_may_be_loaded():
    """A specification that asks for an address fails instead of reaching for the network."""
    outside = spec(data={"url": "https://example.org/x.json"})
    with pytest.raises(ValueError, match=r"example\.org|not allowed|URL"):
        render(outside)
