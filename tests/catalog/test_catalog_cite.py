"""How sources, entries and numbers are cited: as text, and as BibTeX that reads back."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import bibtex_reader

import longroad
from longroad.catalog import Source, load_catalog
from longroad.catalog.cite import bibtex, catalog_bibtex, citation, reference, sources_of

CATALOG = load_catalog()


def test_a_reference_is_author_title_publisher_date_address_and_how_it_was_seen():
    line = reference(CATALOG.source("butt-postol-2011"))
    assert line == (
        "Y. Butt and T. Postol, Upsetting the Reset: The Technical Basis of Russian Concern Over "
        "NATO Missile Defense, Federation of American Scientists, 2011-06-08. "
        "https://fas.org/publication/upsetting-reset-technical-basis-russian-concern-nato-missile-"
        "defense/ (en, USA; seen)"
    )


def test_what_is_not_known_is_left_out_and_nothing_stands_twice():
    assert reference(Source("x", "[A title]", mark="second-hand")) == "[A title]. (second-hand)"
    cbo = reference(CATALOG.source("cbo-2009"))  # its author is its publisher
    assert cbo.count("Congressional Budget Office") == 1
    for source in CATALOG.sources():
        assert "None" not in reference(source)


def test_a_citation_names_catalogue_version_and_id():
    entry = CATALOG.entry("sensor/sbx")
    assert longroad.__version__ in citation(entry)
    assert "(sensor/sbx)" in citation(entry)
    assert "(sensor.sbx.reference_range)" in citation(entry, "reference_range")


def test_sources_stand_in_the_order_of_first_mention_each_once():
    entry = CATALOG.entry("interceptor/gbi-two-stage")
    found = [source.id for source in sources_of(CATALOG, entry)]
    assert found[:4] == ["crs-rl34051", "afp-gbi", "lewis-postol-2008", "brookes-2008"]
    assert len(found) == len(set(found))
    assert set(found) == {*entry.sources, *(id for n in entry.each() for id in n.sources)}
    only = {source.id for source in sources_of(CATALOG, entry, whole=False)}
    assert "crs-rl34051" not in only
    assert "afp-gbi" in only
    assert [s.id for s in sources_of(CATALOG, CATALOG.entry("source/cbo-2009"))] == ["cbo-2009"]


def test_the_whole_bibliography_can_be_read_back_as_bibtex():
    entries = bibtex_reader.read(bibtex(CATALOG.sources()))
    assert [key for _, key, _ in entries] == [source.id for source in CATALOG.sources()]
    for (kind, _, fields), source in zip(entries, CATALOG.sources(), strict=True):
        assert kind == "misc"
        assert bibtex_reader.plain(fields["title"]) == source.title
        assert fields.get("url") == source.url
        assert fields.get("date") == source.date
        assert fields.get("year") == (source.date[:4] if source.date else None)
        assert source.mark in bibtex_reader.plain(fields["note"])
        said = (
            [bibtex_reader.plain(name) for name in bibtex_reader.authors(fields["author"])]
            if (source.author)
            else []
        )
        assert " and ".join(said) == (source.author or "")


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("G. Lewis and T. Postol", ["G. Lewis", "T. Postol"]),
        ("National Research Council", ["{National Research Council}"]),
        (
            "Governments of the United States and the Russian Federation",
            ["{Governments of the United States and the Russian Federation}"],
        ),
        ("R. O'Rourke", ["R. O'Rourke"]),
    ],
)
def test_an_organisation_is_one_author_and_persons_are_several(author, names):
    ((_, _, fields),) = bibtex_reader.read(bibtex([Source("x", "T", author=author)]))
    assert bibtex_reader.authors(fields["author"]) == names


@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1))
def test_any_title_comes_through_bibtex(title):
    ((_, _, fields),) = bibtex_reader.read(bibtex([Source("x", title)]))
    assert bibtex_reader.plain(fields["title"]) == title


def test_the_bibtex_of_a_selection_begins_with_the_catalogue_itself():
    (entry,) = CATALOG.selected("interceptor", "sm3-iia")
    first, *others = bibtex_reader.read(catalog_bibtex(CATALOG, [entry]))
    assert first[1] == "longroad"
    assert first[2]["version"] == longroad.__version__
    assert "(interceptor/sm3-iia)" in first[2]["note"]
    assert {key for _, key, _ in others} == {s.id for s in sources_of(CATALOG, entry)}
    number = CATALOG.selected("interceptor", "sm3-iia", "burnout_speed")
    first, *others = bibtex_reader.read(catalog_bibtex(CATALOG, number, whole=False))
    assert r"interceptor.sm3-iia.burnout\_speed" in first[2]["note"]
    assert {key for _, key, _ in others} == {"crs-rl33745", "nrc-2012", "critics-sm3-iia"}
    whole = bibtex_reader.read(catalog_bibtex(CATALOG, CATALOG.selected()))
    assert len({key for _, key, _ in whole}) == len(whole) == len(CATALOG.sources()) + 1


@pytest.mark.parametrize(
    "broken", ["@misc{a, title = {b}", "@misc{a, t = {{b}}", "@misc{a t = {b}}"]
)
def test_the_reader_of_the_tests_notices_what_is_broken(broken):
    with pytest.raises(bibtex_reader.BibtexError):
        bibtex_reader.read(broken)
