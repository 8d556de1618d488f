"""Drawings fit to stand in a page: text stays text, ids are the figure's own."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from longroad.dossier.drawing import add
from longroad.dossier.plot import canvas, write
from longroad.dossier.svg import SVG, finished, shared_drawing

EVIL = "</text></svg><script>alert(1)</script>&\"'"


def drawing(words="x", fill="#000", path="M0,0L1,1"):
    root = canvas(100, 100)
    write(root, words, 0.0, 50.0)
    add(root, "path", d=path, fill=fill)
    return root


def test_hostile_text_stays_text():
    drawn = finished(drawing(EVIL), id="f", title=EVIL, description=EVIL)
    assert "<script" not in drawn
    root = ET.fromstring(drawn)
    words = [e.text for e in root.iter() if e.text and "alert" in e.text]
    assert words.count(EVIL) == 3


def test_the_same_drawing_twice_gives_the_same_text():
    one = finished(drawing(), id="f", title="t", description="d")
    assert finished(drawing(), id="f", title="t", description="d") == one


def test_title_and_description_name_it():
    root = ET.fromstring(finished(drawing(), id="f", title="What", description="How"))
    assert root.get("role") == "img"
    labels = root.get("aria-labelledby").split()
    by_id = {e.get("id"): e.text for e in root.iter()}
    assert [by_id[label] for label in labels] == ["What", "How"]


def test_hatching_carries_its_pattern_where_the_drawing_stands_alone():
    hatched = drawing(fill="url(#hatch)")
    root = ET.fromstring(finished(hatched, id="f", title="t", description="d"))
    assert "url(#f-hatch)" in {e.get("fill") for e in root.iter()}
    assert "f-hatch" in {e.get("id") for e in root.iter()}
    on_page = finished(drawing(fill="url(#hatch)"), id="f", title="t", description="d", shared={})
    assert 'fill="url(#hatch)"' in on_page
    assert 'id="hatch"' in shared_drawing({})


def test_long_paths_are_drawn_once():
    long = "M0,0" + "".join(f"L{i / 10},{i % 7}" for i in range(300)) + "Z"
    shared: dict[str, str] = {}
    one, two = (
        finished(drawing(path=long), id=id, title="t", description="d", shared=shared)
        for id in "ab"
    )
    assert len(shared) == 1
    (id,) = shared
    assert f'href="#{id}"' in one
    assert f'href="#{id}"' in two
    assert f'id="{id}"' in shared_drawing(shared)
    assert len(one) < 2000


def test_a_line_without_room_is_shortened():
    root = canvas(100, 20)
    write(root, "word " * 40, 0.0, 10.0, 12.0, room=100.0)
    (made,) = root.iter(f"{{{SVG}}}text")
    assert made.text.endswith("…")
    assert len(made.text) < 20
