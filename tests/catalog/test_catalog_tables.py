"""Counts by status, and the catalogue and bibliography as CSV that reads back."""

import csv
import dataclasses
import io
from collections import Counter

import pytest

from longroad.base.quantity import Disputed
from longroad.catalog import load_catalog
from longroad.catalog.comma import SEPARATOR, catalog_csv, sources_csv
from longroad.catalog.render import CatalogRow, SourceRow, catalog_rows, source_rows
from longroad.catalog.shares import shares, shares_of

CATALOG = load_catalog()


def read(text):
    return list(csv.DictReader(io.StringIO(text)))


def cell(value):
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    return "" if value is None else str(value)


@pytest.mark.parametrize("kind", [None, *CATALOG.kinds()])
def test_a_table_of_numbers_reads_back(kind):
    entries = CATALOG.selected(kind)
    found, rows = read(catalog_csv(CATALOG, entries)), catalog_rows(entries)
    assert len(found) == len(rows)
    for line, row in zip(found, rows, strict=True):
        for field in dataclasses.fields(CatalogRow):
            assert line[field.name] == cell(getattr(row, field.name))
        assert line["references"].count("; ") >= len(row.sources) - 1
        for id in row.sources:
            assert CATALOG.source(id).title in line["references"]


def test_the_bibliography_reads_back():
    found = read(sources_csv(CATALOG))
    for line, row in zip(found, source_rows(CATALOG), strict=True):
        for field in dataclasses.fields(SourceRow):
            assert line[field.name] == cell(getattr(row, field.name))
    (one,) = read(sources_csv(CATALOG, "act-2000"))
    assert one["used_by"] == "missile.shahab-3.maximum_range"


def test_lines_end_as_everywhere_else_in_the_package():
    assert "\r" not in catalog_csv(CATALOG, CATALOG.selected())


def test_shares_count_every_claim_and_every_dispute_once():
    found = shares_of(CATALOG.selected())
    by_status = Counter(row.status for row in catalog_rows(CATALOG.selected()))
    for status in ("published", "reported", "judgement", "unverified"):
        assert getattr(found, status) == by_status[status]
        assert found.fraction(status) == by_status[status] / by_status.total()
    assert found.numbers == by_status.total()
    assert found.disputed == sum(isinstance(q, Disputed) for q in CATALOG.quantities())


def test_shares_of_the_disputed_speed():
    found = shares([CATALOG.quantity("interceptor.gbi-two-stage.burnout_speed")])
    assert (found.published, found.unverified, found.disputed, found.numbers) == (2, 1, 1, 3)
    assert found.sentence() == (
        "3 numbers: 2 published, 0 reported, 0 judgement, 1 from memory and unverified; 1 disputed."
    )


def test_shares_of_nothing():
    found = shares([])
    assert found.numbers == 0
    assert found.fraction("published") is None
