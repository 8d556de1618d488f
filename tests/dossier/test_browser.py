"""The page in a real browser without network: it draws, it answers, and it asks for nothing."""

from __future__ import annotations

import time
import zlib

import pytest

pytestmark = pytest.mark.browser
READY = "document.documentElement.dataset.live === 'ready'"


class Watched:
    """A page in an offline context, with everything it complained of or asked for."""

    def __init__(self, browser, file, **options):
        self.context = browser.new_context(
            offline=True, viewport={"width": 1280, "height": 800}, **options
        )
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.page.on("console", lambda m: self._heard(m.type, m.text))
        self.page.on("pageerror", lambda fault: self.complaints.append(str(fault)))
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.goto(file.as_uri())

    def _heard(self, kind, words):
        if kind in ("error", "warning"):
            self.complaints.append(words)

    def until(self, expression, seconds=30.0):
        """Wait until an expression is true; asked from outside, for the page forbids eval."""
        end = time.monotonic() + seconds
        while not self.page.evaluate(expression):
            assert time.monotonic() < end, expression
            self.page.wait_for_timeout(20)

    def close(self):
        self.context.close()


@pytest.fixture
def opened(browser, page):
    watched = Watched(browser, page)
    watched.until(READY)
    yield watched
    watched.close()


def fills(page):
    """The hexagons' colours as drawn, counted."""
    return page.evaluate(
        """() => {
          const found = {};
          for (const one of document.querySelectorAll('#live-map svg path[fill]')) {
            const fill = one.getAttribute('fill');
            found[fill] = (found[fill] || 0) + 1;
          }
          return found;
        }"""
    )


def choose(page, name, value):
    page.evaluate(
        """([name, value]) => {
          const one = document.querySelector(`input[name="live-${name}"][value="${value}"]`);
          one.checked = true;
          one.dispatchEvent(new Event('change', { bubbles: true }));
        }""",
        [name, value],
    )
    page.wait_for_timeout(300)


def test_no_complaint_and_no_request(opened, page):
    outward = [url for url in opened.requests if not url.startswith(("data:", page.as_uri()))]
    assert outward == []
    assert opened.complaints == []


def test_first_screen_answers(opened):
    """Question, answer, key figures and the mark of doubt stand on the first screen."""
    for selector in ("h1", ".lead", ".key", ".status-bar", ".mark"):
        box = opened.page.locator(selector).first.bounding_box()
        assert box is not None, selector
        assert box["y"] + box["height"] <= 800, selector


def test_choosing_another_phase_changes_the_map(opened):
    page = opened.page
    choose(page, "missile", "mrbm-2000")
    before = fills(page)
    note = page.inner_text("#live-note")
    choose(page, "variant", "phase-1")
    after = fills(page)
    assert before != after
    assert note != page.inner_text("#live-note")
    legend = page.inner_text("#live .legend p")
    choose(page, "quantity", "all_share")
    assert fills(page) != after
    assert page.inner_text("#live .legend p") != legend
    assert opened.complaints == []


def test_the_drawn_classes_are_the_tables(opened, run):
    """What the browser paints agrees with the coverage table, cell by cell in number."""
    import numpy as np

    from longroad.dossier.coverage import Coverage
    from longroad.dossier.palette import CLASSES

    choose(opened.page, "variant", "phase-2")
    choose(opened.page, "missile", "irbm-3700")
    layer = Coverage.read(run, "nato", 4).layers["phase-2", "irbm-3700"]
    rows = layer.main_rows()
    drawn = fills(opened.page)
    within = layer.arcs[rows] > 0
    assert drawn[CLASSES[0].colour] == int(np.sum(within & (layer.best[rows] == 0)))
    assert drawn[CLASSES[3].colour] == int(np.sum(within & (layer.best[rows] == 1)))


def test_pointing_at_a_hexagon_tells_of_it(opened):
    page = opened.page
    choose(page, "variant", "phase-3")
    choose(page, "missile", "irbm-3700")
    page.locator("#live-map").scroll_into_view_if_needed()
    # The middle of the largest block of hexagons: Kars is out, so take the map's own Türkiye.
    spot = page.evaluate(
        """() => {
          const all = [...document.querySelectorAll('#live-map svg path')];
          const blue = all.filter((one) => one.getAttribute('fill') === '#23668f');
          const box = blue[Math.floor(blue.length / 2)].getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }"""
    )
    page.mouse.move(*spot)
    page.wait_for_selector("#live-panel h4", timeout=5_000)
    words = page.inner_text("#live-panel")
    assert any(name in words for name in ("Türkiye", "Turkey", "Romania", "Greece", "Poland"))
    assert "after ignition" in words
    assert opened.complaints == []


def test_the_picture_is_not_blank(opened):
    picture = opened.page.screenshot()
    assert picture[:4] == b"\x89PNG"
    assert len(picture) > 40_000
    map_picture = opened.page.locator("#live-map").screenshot()
    assert len(zlib.compress(map_picture)) > 15_000


def test_without_scripts_the_page_is_whole(browser, page):
    watched = Watched(browser, page, java_script_enabled=False)
    try:
        assert watched.page.locator(".only-static svg").first.is_visible()
        assert not watched.page.locator("#live-map").is_visible()
        assert watched.page.locator("noscript").count() == 1
        assert watched.page.locator(".map-row svg").count() == 9
    finally:
        watched.close()


def test_hostile_strings_do_not_run(browser, evil_page):
    watched = Watched(browser, evil_page)
    try:
        watched.until(READY)
        assert watched.page.evaluate("window.evil") is None
        assert watched.complaints == []
        assert watched.page.locator("img").count() == 0
        assert "<script>" in watched.page.inner_text("h1")
    finally:
        watched.close()


def test_nothing_runs_over_the_edge(browser, page):
    """No sideways scrolling of the page on a desk, a tablet or a telephone."""
    for width in (1280, 820, 390):
        watched = Watched(browser, page)
        try:
            watched.page.set_viewport_size({"width": width, "height": 800})
            watched.until(READY)
            wide = watched.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (width, wide)
        finally:
            watched.close()


def test_it_prints(opened):
    printed = opened.page.pdf(prefer_css_page_size=True)
    assert printed[:5] == b"%PDF-"
    assert len(printed) > 50_000
