"""Sheets of entries and numbers, disputes, and the page they are written on."""

import re

import pytest

from longroad.base.errors import CatalogError
from longroad.base.quantity import Disputed
from longroad.catalog import load_catalog
from longroad.catalog.page import Page
from longroad.catalog.sheet import disputes, number_sheet, sheet

CATALOG = load_catalog()
ENTRIES = CATALOG.selected()
WIDTH = 80


def flat(text):
    return " ".join(text.split())


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.reference for entry in ENTRIES])
def test_a_sheet_holds_every_number_with_status_claimant_and_source(entry):
    page = sheet(CATALOG, entry, WIDTH)
    said = flat(page)
    listed = dict(re.findall(r"^  \[(\d+)\] (.+)$", page, re.MULTILINE))
    for name, quantity in entry.quantities.items():
        assert re.search(rf"^{name}: ", page, re.MULTILINE)
        rivals = quantity.alternatives if isinstance(quantity, Disputed) else [quantity]
        for number in rivals:
            assert flat(number.written()) in said
            assert number.status.value in said
            for part in (number.claimant, number.reason, number.note):
                assert part is None or flat(part) in said
    named = {*entry.sources, *(id for number in entry.each() for id in number.sources)}
    if entry.kind != "source":
        assert len(listed) == len(named)
    assert set(re.findall(r"[ ;]\[(\d+)\]", page)) <= set(listed)
    assert f"({entry.reference})" in said


@pytest.mark.parametrize("width", [40, 80, 96])
def test_no_line_is_wider_than_asked_unless_an_address_is(width):
    for entry in ENTRIES:
        for line in sheet(CATALOG, entry, width).splitlines():
            assert len(line) <= width or len(line.split()) == 1 or "http" in line


def test_a_number_has_a_sheet_with_meaning_rivals_and_its_own_sources():
    page = number_sheet(CATALOG, CATALOG.entry("interceptor/gbi-two-stage"), "burnout_speed", WIDTH)
    assert page.startswith(
        "Ground-based interceptor, two stages (interceptor.gbi-two-stage.burnout_speed)\n"
        "burnout speed: Earth-relative speed at the end of powered flight\n"
    )
    assert "* mda: 6.3 km/s, US Missile Defense Agency, 2007 and 2008; used for headlines;" in page
    assert "- postol: 9 km/s, T. Postol, 2007; published" in page
    assert "held by united-states (stated)" in page
    assert "everycrsreport" not in page  # a source of the entry, not of this number
    assert page.count("https://defencetalk.com") == 1
    with pytest.raises(CatalogError, match="burn_time"):
        number_sheet(CATALOG, CATALOG.entry("interceptor/gbi-two-stage"), "burntime", WIDTH)


def test_disputes_show_all_claims_and_nothing_else():
    page = disputes(CATALOG.selected(), WIDTH)
    for quantity in CATALOG.quantities():
        assert (f"\n{quantity.id} (" in f"\n{page}") == isinstance(quantity, Disputed)
        if isinstance(quantity, Disputed):
            for rival in quantity.alternatives:
                mark = "*" if rival.claim == quantity.adopted else "-"
                assert f"{mark} {rival.claim}: {rival.written()}" in flat(page)
    assert flat(page).count("used for headlines") == page.count("\n  * ")


def test_without_rival_claims_it_says_so():
    assert disputes(CATALOG.selected("site", "rota"), WIDTH) == (
        "No rival claims are recorded here.\n"
    )


def test_a_page_hangs_its_paragraphs():
    page = Page(20)
    page.add("  ", "one two three four five six")
    page.gap()
    page.add("", "a-very-long-word-that-is-never-broken x")
    assert page.written() == (
        "  one two three four\n    five six\n\na-very-long-word-that-is-never-broken\n  x\n"
    )
    narrow = Page(0)
    narrow.add("    ", "one two")
    assert narrow.written().split() == ["one", "two"]
