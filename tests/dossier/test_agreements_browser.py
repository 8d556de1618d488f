"""The chapter on agreements in a real browser: its first screen holds the whole answer."""

from __future__ import annotations

import pytest
from fake_agreements import with_agreements
from test_browser import READY, Watched

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=[0, 11], ids=["six", "seventeen"])
def opened(request, run, browser, tmp_path_factory):
    """A dossier with six arrangements, or with as many as the debate of 2007 to 2013 had."""
    from longroad import dossier

    file = tmp_path_factory.mktemp("agreements") / "dossier.html"
    dossier.write_dossier(with_agreements(run, extra=request.param), file)
    watched = Watched(browser, file)
    watched.until(READY)
    yield watched
    watched.close()


def test_the_first_screen_holds_the_table(opened):
    """Gone to the chapter, title, findings, heads and every row stand within 800 pixels."""
    opened.page.set_viewport_size({"width": 1280, "height": 800})
    opened.page.evaluate("document.getElementById('agreements').scrollIntoView()")
    for selector in ("#agreements .leads", "#agreements .worth thead", "#agreements .worth"):
        box = opened.page.locator(selector).first.bounding_box()
        assert box["y"] >= 0, selector
        assert box["y"] + box["height"] <= 800, (selector, box)
    assert opened.complaints == []


@pytest.mark.parametrize("width", [1280, 820, 390])
def test_nothing_runs_over_the_edge(opened, width):
    opened.page.set_viewport_size({"width": width, "height": 800})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_cell_says_whose_it_is_on_a_telephone(opened):
    opened.page.set_viewport_size({"width": 390, "height": 800})
    head = opened.page.evaluate(
        "getComputedStyle(document.querySelector('.worth td'), '::before').content"
    )
    assert head == '"NATO"'
