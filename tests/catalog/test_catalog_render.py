import dataclasses
import json

import pytest

from longroad.base.errors import CatalogError, UsageError
from longroad.base.quantity import Disputed
from longroad.catalog import load_catalog
from longroad.catalog.render import catalog_rows, entry_rows, source_rows

CATALOG = load_catalog()


def test_one_entry_in_the_units_of_its_author():
    rows = {
        (row.field, row.claim): row for row in catalog_rows(CATALOG, "sensor", "an-tpy-2-forward")
    }
    middle = rows["reference_range", "nrc-2012"]
    assert (middle.best, middle.unit, middle.adopted, middle.status) == (
        1500.0,
        "km",
        True,
        "reported",
    )
    assert not rows["reference_range", "lewis-postol-2012"].adopted
    assert rows["azimuth_width", None].best == 120.0
    assert rows["track_time", None].distribution == "pert"
    assert middle.quantity == "sensor.an-tpy-2-forward.reference_range"


def test_selections_are_parts_of_the_whole():
    whole = catalog_rows(CATALOG)
    parts = [row for kind in CATALOG.kinds() for row in catalog_rows(CATALOG, kind)]
    assert whole == parts
    assert len(whole) == sum(
        len(q.alternatives) if isinstance(q, Disputed) else 1 for q in CATALOG.quantities()
    )
    assert catalog_rows(CATALOG, "source") == []


def test_rows_can_be_written_as_json():
    for row in [*catalog_rows(CATALOG), *entry_rows(CATALOG), *source_rows(CATALOG)]:
        assert json.loads(json.dumps(dataclasses.asdict(row), allow_nan=False))


def test_entries():
    rows = {row.id: row for row in entry_rows(CATALOG, "site")}
    assert rows["site/kurecik"].disputed == 2
    assert rows["site/kurecik"].facts["kind"] == "radar"
    assert len(entry_rows(CATALOG)) == sum(len(CATALOG.entries(k)) for k in CATALOG.kinds())


def test_sources_know_what_rests_on_them():
    (row,) = source_rows(CATALOG, "act-2000")
    assert row.used_by == ("missile.shahab-3.maximum_range",)
    assert CATALOG.uses_of_source("act-2000") == row.used_by
    assert len(source_rows(CATALOG)) == len(CATALOG.sources())


@pytest.mark.parametrize(
    ("ask", "nearest"),
    [
        (lambda: CATALOG.entries("sensr"), "sensor"),
        (lambda: CATALOG.entry("interceptor/sm3-iaa"), "sm3-ia"),
        (lambda: CATALOG.entry("sm3-ia"), None),
        (lambda: CATALOG.quantity("interceptor.sm3-ia.burn_tme"), "burn_time"),
        (lambda: CATALOG.quantity("interceptor"), None),
        (lambda: CATALOG.source("atc-2000"), "act-2000"),
        (lambda: CATALOG.uses_of_source("atc-2000"), "act-2000"),
        (lambda: catalog_rows(CATALOG, "sites"), "site"),
        (lambda: catalog_rows(CATALOG, "site", "kurecick"), "kurecik"),
    ],
)
def test_what_is_not_there_suggests_the_nearest(ask, nearest):
    with pytest.raises(CatalogError) as caught:
        ask()
    assert caught.value.nearest == nearest
    assert caught.value.expected


def test_an_id_needs_its_kind():
    with pytest.raises(UsageError):
        catalog_rows(CATALOG, None, "kurecik")


def test_entries_know_where_they_are_written():
    for kind in CATALOG.kinds():
        for entry in CATALOG.entries(kind):
            with open(entry.file, encoding="utf-8") as file:  # noqa: PTH123
                assert file.readlines()[entry.line - 1].startswith(f"{entry.id}:")
