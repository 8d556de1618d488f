"""The chapter on deterrents in a real browser: nothing runs over, tables say whose a cell is."""

from __future__ import annotations

import pytest
from fake_deterrent import with_deterrent
from test_browser import READY, Watched

pytestmark = pytest.mark.browser


def test_the_chapter_fits_every_width(run, browser, tmp_path):
    from longroad import dossier

    file = tmp_path / "dossier.html"
    dossier.write_dossier(with_deterrent(run), file)
    watched = Watched(browser, file)
    watched.until(READY)
    for width in (1280, 820, 390):
        watched.page.set_viewport_size({"width": width, "height": 800})
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width
    head = watched.page.evaluate(
        "getComputedStyle(document.querySelector('.matters td'), '::before').content"
    )
    assert "Defence of" in head or "data-head" in head
    assert watched.page.locator("#deterrents figure svg").count() == 6
    assert watched.complaints == []
    assert watched.requests == [file.as_uri()]
    watched.close()
