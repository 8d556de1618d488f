"""The chapter on raids in a real browser: the switch without a script, the first screen."""

from __future__ import annotations

import pytest
from fake_raids import with_raids
from test_browser import READY, Watched

pytestmark = pytest.mark.browser
WASTED = "#raids .raid-table tbody:nth-of-type(2) td[data-head=Wasted]"
MEAN = "#raids .raid-table tbody:nth-of-type(2) td[data-head=Mean]"


@pytest.fixture(scope="module", params=[0, 3], ids=["seven", "nine"])
def opened(request, run, browser, tmp_path_factory):
    """A dossier with a raid under seven rows of arrangements, or nine."""
    from longroad import dossier

    file = tmp_path_factory.mktemp("raids") / "dossier.html"
    dossier.write_dossier(with_raids(run, extra=request.param), file)
    watched = Watched(browser, file)
    watched.until(READY)
    yield watched
    watched.close()


def choose(opened, mode):
    opened.page.set_viewport_size({"width": 1280, "height": 800})
    opened.page.locator(f"label[for=raid-mode-{mode}]").click()


def test_the_first_screen_holds_the_answer(opened):
    """Title, switch, findings, every row and the legend stand within 800 pixels."""
    for mode in ("perfect", "stated", "none"):
        choose(opened, mode)
        opened.page.evaluate("document.getElementById('raids').scrollIntoView()")
        for selector in (".raid-switch", ".leads", ".raid-table", ".kinds"):
            box = opened.page.locator(f"#raids {selector}").first.bounding_box()
            assert box["y"] >= 0, (mode, selector)
            assert box["y"] + box["height"] <= 800, (mode, selector, box)
    assert opened.complaints == []


def test_the_switch_shows_one_discrimination_at_a_time(opened):
    seen = {}
    for mode in ("perfect", "stated", "none"):
        choose(opened, mode)
        seen[mode] = (
            opened.page.locator(WASTED).inner_text().strip(),
            opened.page.locator(MEAN).inner_text().split()[0],
        )
        lead = opened.page.locator("#raids .leads li").first.inner_text()
        assert ("no discrimination" in lead) == (mode == "none")
    assert seen == {"perfect": ("0.0", "6.0"), "stated": ("1.0", "6.0"), "none": ("3.0", "7.0")}


def test_the_switch_works_from_the_keyboard(opened):
    choose(opened, "stated")
    opened.page.locator("#raid-mode-stated").focus()
    opened.page.keyboard.press("ArrowRight")
    assert opened.page.locator("#raid-mode-none").is_checked()
    assert opened.page.locator(WASTED).inner_text().strip() == "3.0"


def test_the_switch_needs_no_script(run, browser, tmp_path_factory):
    from longroad import dossier

    file = tmp_path_factory.mktemp("raids") / "still.html"
    dossier.write_dossier(with_raids(run), file)
    still = Watched(browser, file, java_script_enabled=False)
    still.page.locator("label[for=raid-mode-none]").click()
    assert still.page.locator(WASTED).inner_text().strip() == "3.0"
    still.close()


@pytest.mark.parametrize("width", [1280, 820, 390])
def test_nothing_runs_over_the_edge(opened, width):
    opened.page.set_viewport_size({"width": width, "height": 800})
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_figure_says_what_it_is_on_a_telephone(opened):
    opened.page.set_viewport_size({"width": 390, "height": 800})
    head = opened.page.evaluate(
        f"getComputedStyle(document.querySelector('{WASTED}'), '::before').content"
    )
    assert "Wasted" in head
