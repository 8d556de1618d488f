"""The chapter on what all could sign, end to end: command line, page, browser, figures, numbers."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "study"))
import bargain_case
from test_browser import READY, Watched


@pytest.fixture(scope="module")
def made(tmp_path_factory, command_in):
    """A run of a small scenario with a negotiation beside it, by the command line."""
    folder = tmp_path_factory.mktemp("bargain-page")
    bargain_case.write(folder)
    command = command_in(folder)
    done = command("run", "two.yaml", "--draws", "8", "--out", "run", "--json")
    assert done.status == 0, done.err
    return command, folder / "run", done


def test_the_run_says_its_tables_and_the_page_has_the_chapter(made):
    _, place, done = made
    assert "bargain_packages" in [one["name"] for one in done.json["tables"]]
    html = (place / "dossier.html").read_text("utf-8")
    assert '<section id="bargaining">' in html
    assert '<a href="#bargaining">' in html
    assert "Refusal of openings is normal" in html.split('<nav class="chapters"')[0]
    section = html.split('<section id="bargaining">')[1].split("</section>")[0]
    for words in (
        "What to examine first", "98.7%", "Data for nothing", "Told every year", "Nothing left",
        "Interceptors stay", "Two plans told.", "As critics say", "judgement",
    ):  # fmt: skip
        assert words in section, words
    assert "probability" not in section
    for word in ("fear", "the other side's", "verdict"):
        assert word not in section


def test_the_page_is_made_again_from_the_run_alone(made):
    command, place, _ = made
    page = place / "dossier.html"
    before = page.read_bytes()
    page.unlink()
    (place.parent / "negotiation.yaml").rename(place.parent / "elsewhere.yaml")
    try:
        assert command("open", "run", "--no-browser").status == 0
        assert page.read_bytes() == before
    finally:
        (place.parent / "elsewhere.yaml").rename(place.parent / "negotiation.yaml")


def test_a_figure_can_be_cited_alone(made):
    command, place, _ = made
    done = command("figure", "run", "bargain-acceptance", "--out", "alone.svg")
    assert done.status == 0, done.err
    drawn = (place.parent / "alone.svg").read_text("utf-8")
    assert "Data for nothing" in drawn
    assert "not how likely" in drawn


def test_a_pack_without_a_scenario_is_sent_to_the_command_that_takes_it(made):
    command, place, _ = made
    done = command("run", "panama-1974", "--out", "panama")
    assert done.status == 2
    assert "longroad bargain panama-1974" in done.err
    assert not (place.parent / "panama").exists()


@pytest.mark.browser
def test_the_chapter_in_a_browser(made, browser):
    _, place, _ = made
    file = place / "dossier.html"
    watched = Watched(browser, file)
    watched.until(READY)
    page = watched.page
    figures = page.locator("#bargaining figure svg")
    assert figures.count() >= 8
    kinds = set(page.evaluate(
        "[...document.querySelectorAll('#bargaining .picture')].map(e => e.id.split('-')[1])"
    ))  # fmt: skip
    assert kinds == {
        "frontier", "acceptance", "dance", "tornado", "sheet", "road", "weights", "beliefs",
    }  # fmt: skip
    # Every drawing has an accessible name and description of its own.
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll('#bargaining figure svg')].filter(e =>
          e.getAttribute('role') !== 'img' || !e.getAttribute('aria-labelledby').split(' ').every(
            id => (document.getElementById(id) || {}).textContent))"""
    )
    assert unnamed == []
    for width in (1280, 820, 390):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 800})
    # The answer, what is normal and the first lead stand on the chapter's first screen.
    page.evaluate("document.getElementById('bargaining').scrollIntoView()")
    top = page.evaluate(
        "document.querySelector('.bargain-leads dd').getBoundingClientRect().bottom"
    )
    assert top < 800
    assert watched.complaints == []
    assert watched.requests == [file.as_uri()]
    watched.close()
