"""What each part contributes, as the page shows it: every part once, figures as in the table."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import fake_parts
import pytest

from longroad.dossier import contribution, contribution_chart, contribution_data, figures
from longroad.dossier.material import gather
from longroad.dossier.page import render_page


@pytest.fixture(scope="module")
def parts(run):
    return gather(fake_parts.with_parts(run))


def test_a_run_without_the_table_has_no_chapter(material, run):
    assert contribution_data.read(run) is None
    assert contribution.contribution_block(material, "nato", {}) is None
    assert contribution.names(material) == ()
    assert 'id="contributions"' not in render_page(material)


def test_the_headline_comes_first_and_alone_has_a_chart(parts):
    block = contribution.contribution_block(parts, "nato", {})
    assert block.first.title.startswith("Phase III")
    assert block.first.svg is not None
    assert [table.svg for table in block.others] == [None, None]
    assert len(block.heads) == 1 + len(parts.manifest.threats)


def test_a_table_names_every_part_once_under_its_kind(parts):
    block = contribution.contribution_block(parts, "nato", {})
    variant = parts.manifest.variant("phase-3")
    names = [row.part for row in block.first.rows]
    expected = [b.name for b in variant.batteries if b.owner == "nato"]
    expected += [s.name for s in variant.sensors if s.owner == "nato"]
    assert names[: len(expected)] == expected
    assert names[len(expected) :] == ["organic", "launch on remote", "engage on remote"]
    headings = [row.heading for row in block.first.rows if row.heading]
    assert headings == ["Batteries", "Sensors", "All batteries in one mode"]


def test_figures_are_those_of_the_table(parts):
    block = contribution.contribution_block(parts, "nato", {})
    battery, mode = block.first.rows[0], block.first.rows[-1]
    # Made up: 0.6 with all, 0.45 without, 0.3 alone; a quarter of 0.6 is lost.
    assert battery.cells[0] == "25% (25%) / 30% (30%)"
    assert mode.cells[0] == "30% (30%)"


def test_what_cannot_be_taken_away_has_no_dark_bar():
    nan = float("nan")
    one = contribution_chart.Part("mode", "organic", "m", 0.6, nan, 0.2)
    two = contribution_chart.Part("battery", "b", "m", 0.6, 0.4, 0.2)
    none = contribution_chart.Part("battery", "c", "m", nan, nan, nan)
    assert contribution_chart._values(one) == {"whole": 0.6, "alone": 0.2, "without": 0.6}
    assert contribution_chart._values(two) == {"whole": 0.6, "alone": 0.2, "without": 0.4}
    assert contribution_chart._values(none) == {"whole": 0.0, "alone": 0.0, "without": 0.0}


def test_figures_have_names_and_are_drawn(parts):
    names = [name for name in figures.names(parts) if name.startswith("contributions-")]
    assert names == ["contributions-phase-3", "contributions-phase-1", "contributions-phase-2"]
    figure = figures.build(parts, "contributions-phase-1")
    root = ET.fromstring(figure.svg())
    words = " ".join(element.text or "" for element in root.iter())
    assert "Batteries" in words
    assert "engage on remote" in words
    assert contribution.build(parts, "contributions-phase-9") is None


def test_the_page_says_what_the_bars_are(parts):
    page = render_page(parts)
    assert page.count('id="contributions"') == 1
    assert "an upper bound" in page
    assert 'href="#contributions"' in page
    assert page.index('id="contributions"') < page.index('id="rivals"')
