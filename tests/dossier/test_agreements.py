"""The chapter on agreements: what is said of each, that it is said alike, and how it is drawn."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import replace

import h3
import pytest
from fake_agreements import AREA, swapped, with_agreements

from longroad.dossier import (
    agreement_block,
    agreement_data,
    agreement_gantt,
    agreement_maps,
    agreement_marginal,
    agreement_matrix,
    figures,
)
from longroad.dossier.agreement_gantt import Event, Lane
from longroad.dossier.agreement_names import Names, points, verdict
from longroad.dossier.cited import cited
from longroad.dossier.material import gather
from longroad.dossier.page import render_page
from longroad.study.differences import CHANGES

SVG = "{http://www.w3.org/2000/svg}"
NAN = math.nan


@pytest.fixture(scope="module")
def told(run):
    return gather(with_agreements(run))


@pytest.fixture(scope="module")
def found(told):
    return told.agreements


@pytest.fixture(scope="module")
def names(told, found):
    return Names.of(told.manifest, found)


def test_a_run_without_the_table_has_no_chapter(material):
    assert material.agreements is None
    assert agreement_block.names(material) == ()
    assert 'id="agreements"' not in render_page(material)


def test_the_missile_told_of_is_the_one_that_divides_the_agreements(found):
    assert found.parties == ("nato", "east")
    assert found.most_divided("nato") == found.variant.threats[-1].id
    # Both missiles alike: the one of longer range.
    assert found.most_divided("east") == found.variant.threats[-1].id


def test_the_verdict_says_what_is_better_worse_or_nothing(found, names):
    missile = found.most_divided("nato")
    kinds = {id: verdict(found, names, id, "nato", missile) for id in AREA}
    assert {id: one.kind for id, one in kinds.items()} == {
        "none": "base", "links": "higher", "notice": "earlier", "consent": "higher",
        "limits": "lower", "words": "same",
    }  # fmt: skip
    assert "70" in kinds["links"].words
    assert "3:30" in kinds["notice"].words
    assert "less" in kinds["limits"].words
    assert points(-0.098) == "\N{MINUS SIGN}10"
    assert points(0.0004) == "0"


def test_the_table_has_a_row_for_each_agreement_in_order(found, names):
    made = agreement_matrix.matrix(found, names)
    assert [row.name for row in made.rows][:2] == ["No agreement", "The links arrangement"]
    assert [head[0] for head in made.heads] == ["NATO", "East"]
    assert len(made.leads) == 2
    assert "The links arrangement" in made.leads[0]
    assert "Less than with no agreement: The limits arrangement" in made.leads[0]
    assert "A consent refused" in made.leads[0]
    links, consent = made.rows[1].cells[0], made.rows[3].cells[0]
    assert links.best == "90%"
    assert links.between == "75–95%"
    assert links.bar.none == pytest.approx(20.0)
    assert "if East leaves 20%" in links.stays
    assert "location, latency of 1" in links.shows
    assert "if East refuses 0%" in consent.stays
    assert "consent" not in links.stays
    assert made.rows[1].cells[1].shows.endswith("of the whole")
    assert not made.many


def test_parties_are_told_alike(run, names):
    """Two parties' figures exchanged give the same cells exchanged."""
    given = with_agreements(run)
    one = agreement_matrix.matrix(agreement_data.read(given), names)
    two = agreement_matrix.matrix(agreement_data.read(swapped(given)), names)
    for before, after in zip(one.rows, two.rows, strict=True):
        for cell, other in zip(before.cells, reversed(after.cells), strict=True):
            assert (cell.best, cell.between, cell.verdict) == (
                other.best, other.between, other.verdict,
            )  # fmt: skip
            turned = cell.stays.replace("East", "*").replace("NATO", "East").replace("*", "NATO")
            assert turned == other.stays


def _lane(**times):
    times = {"impact": 900.0, "burnout": 100.0, **times}
    return Lane("x", "b", {name.replace("_", "-"): Event(at, "", "") for name, at in times.items()})


def test_a_lane_is_whole_from_ignition_to_impact():
    lane = _lane(
        warned=60.0, first_track=120.0, commit_quality=150.0, ready=200.0, latest_launch=400.0,
        launch=200.0, intercept_earliest=380.0, intercept_latest=600.0,
    )  # fmt: skip
    parts = agreement_gantt.known(lane)
    assert [(p.kind, p.start_s, p.end_s) for p in parts] == [
        ("unseen", 0.0, 60.0), ("warned", 60.0, 120.0), ("tracking", 120.0, 150.0),
        ("deciding", 150.0, 200.0), ("launchable", 200.0, 400.0), ("late", 400.0, 900.0),
    ]  # fmt: skip
    assert [(p.kind, p.start_s) for p in agreement_gantt.fire(lane)] == [
        ("flies", 200.0), ("meets", 380.0),
    ]  # fmt: skip


def test_lanes_of_one_course_are_drawn_once():
    lanes = [_lane(warned=60.0), _lane(warned=60.2), _lane(warned=90.0), _lane(warned=60.0)]
    lanes = [replace(lane, name=f"n{i}") for i, lane in enumerate(lanes)]
    made = agreement_gantt.together(lanes)
    assert [(lane.name, lane.also) for lane in made] == [("n0", ("n1", "n3")), ("n2", ())]
    words = " ".join(one.text for one in agreement_gantt.draw(lanes).iter(f"{SVG}text"))
    assert "The same under n1 and n3." in words


@pytest.mark.parametrize(
    ("times", "kinds", "word"),
    [
        ({}, ["unseen"], "never warned"),
        ({"warned": 60.0}, ["unseen", "warned"], "never tracked"),
        ({"warned": 60.0, "first_track": 90.0}, ["unseen", "warned", "tracking"], "never well"),
        (
            {"first_track": 90.0, "commit_quality": 300.0, "ready": 350.0, "latest_launch": 340.0},
            ["unseen", "tracking", "deciding", "late"],
            "needed by",
        ),
        (
            {"first_track": 90.0, "commit_quality": 300.0, "ready": 350.0},
            ["unseen", "tracking", "deciding", "late"],
            "can or may",
        ),
    ],
)
def test_a_lane_claims_no_more_than_is_known(times, kinds, word):
    lane = _lane(**times)
    parts = agreement_gantt.known(lane)
    assert [p.kind for p in parts] == kinds
    assert parts[-1].end_s == 900.0
    assert agreement_gantt.fire(lane) == []
    assert word in agreement_gantt.told(lane)


def test_cells_add_up_and_are_counted_in_the_words(told, found, names):
    missile = found.most_divided("nato")
    split = agreement_maps.changed(found, "nato", missile, "links")
    whole = found.cells["nato", missile]["none"]
    assert sum(map(len, split.values())) == len(whole)
    assert split["gained"]
    assert not split["lost"]
    assert agreement_maps.changed(found, "nato", missile, "limits")["lost"]
    assert not agreement_maps.changed(found, "nato", missile, "words")["gained"]
    (row,) = agreement_maps.rows(told, found, names, {})
    assert len(row.cells) == 2
    assert (
        f"{len(split['gained'])} of {sum(len(split[c]) for c in CHANGES)}" in row.cells[0].caption
    )
    assert "The words arrangement" in row.same
    assert all(h3.is_valid_cell(cell) for cells in split.values() for cell in cells)


def test_bars_are_as_long_as_their_values(found, names):
    missile = found.most_divided("nato")
    assert agreement_marginal.counts(found, "links", "nato", missile)
    assert not agreement_marginal.counts(found, "words", "nato", missile)
    figure = agreement_marginal.figure(found, names, "nato", missile, "links")
    root = ET.fromstring(figure.svg())
    wide = [float(one.get("width")) for one in root.iter(f"{SVG}rect")]
    assert wide[0] / wide[1] == pytest.approx(0.75 / 0.25, rel=0.01)
    lines = [p for p in root.iter(f"{SVG}path") if p.get("stroke-width") == "1.6"]
    assert len(lines) == 2
    charts = agreement_marginal.rows(found, names, {})
    assert [row.svg is not None for row in charts] == [True, False]


def test_every_figure_has_a_name_and_is_drawn(told):
    names = agreement_block.names(told)
    assert len(names) == len(set(names))
    assert set(names) <= set(figures.names(told))
    for name in names:
        root = ET.fromstring(cited(told, name))
        words = " ".join(one.text or "" for one in root.iter(f"{SVG}text"))
        assert "Longroad" in words
        assert figures.build(told, name).description


def test_the_first_screen_says_it_in_a_sentence_for_each_party(found, names):
    nato, east = agreement_matrix.short(found, names)
    assert "2 of 5 arrangements let more" in nato
    assert "90% (75–95%) instead of 20% (5–25%)" in nato
    assert "1 let less" in nato
    assert "none of 5 arrangements lets more" in east


def test_the_page_has_the_chapter_and_its_sources(told):
    page = render_page(told)
    assert page.count('id="agreements"') == 1
    assert 'href="#agreements"' in page
    assert "Chapter 2" in page
    assert "Chapter 3" in page
    assert "East" in page
    chapter = page[page.index('<section id="agreements">') :]
    assert 'href="#source-' in chapter[: chapter.index("</section>")]
