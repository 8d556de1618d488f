import dataclasses
import json

import pytest

from longroad.base.errors import CatalogError, UsageError
from longroad.base.quantity import Disputed
from longroad.catalog import load_catalog
from longroad.catalog.render import catalog_rows, entry_rows, source_rows

CATALOG = load_catalog()


def rows_of(*selection, **more):
    return catalog_rows(CATALOG.selected(*selection, **more))


def test_one_entry_in_the_units_of_its_author():
    rows = {(row.field, row.claim): row for row in rows_of("sensor", "an-tpy-2-forward")}
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


def test_numbers_come_out_as_they_were_written():
    """On the way to SI and back nothing is added: 2.6 km/s stays 2.6, 105 deg stays 105."""
    for row in rows_of():
        for value in (row.best, row.low, row.high):
            assert len(f"{value!r}".replace(".", "").replace("-", "").strip("0")) <= 6, row


def test_who_holds_a_claim():
    rows = {row.claim: row for row in rows_of("interceptor", "gbi-two-stage", "burnout_speed")}
    assert rows["mda"].held_by == ("united-states (stated)",)
    assert rows["postol"].held_by == ()


def test_selections_are_parts_of_the_whole():
    whole = rows_of()
    parts = [row for kind in CATALOG.kinds() for row in rows_of(kind)]
    assert whole == parts
    assert len(whole) == sum(
        len(q.alternatives) if isinstance(q, Disputed) else 1 for q in CATALOG.quantities()
    )
    assert rows_of("source") == []
    (number,) = rows_of("sensor", "an-tpy-2-forward", "azimuth_width")
    assert number in whole


def test_the_disputed_are_those_with_a_claim():
    assert rows_of(disputed=True) == [row for row in rows_of() if row.claim is not None]
    assert {e.id for e in CATALOG.selected("interceptor", disputed=True)} >= {"gbi-two-stage"}
    assert CATALOG.selected("site", "rota", disputed=True) == ()
    kept = CATALOG.selected("sensor", "sbx", disputed=True)[0]
    assert list(kept.quantities) == ["reference_range"]
    assert len(CATALOG.entry("sensor/sbx").quantities) > 1  # the catalogue itself is not cut


def test_rows_can_be_written_as_json():
    for row in [*rows_of(), *entry_rows(CATALOG.selected()), *source_rows(CATALOG)]:
        assert json.loads(json.dumps(dataclasses.asdict(row), allow_nan=False))


def test_entries():
    rows = {row.id: row for row in entry_rows(CATALOG.selected("site"))}
    assert rows["site/kurecik"].disputed == 2
    assert rows["site/kurecik"].facts["kind"] == "radar"
    every = sum(len(CATALOG.entries(kind)) for kind in CATALOG.kinds())
    assert len(entry_rows(CATALOG.selected())) == every


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
        (lambda: CATALOG.entry("sm3-ia"), "interceptor/sm3-ia"),
        (lambda: CATALOG.quantity("interceptor.sm3-ia.burn_tme"), "burn_time"),
        (lambda: CATALOG.quantity("interceptor"), None),
        (lambda: CATALOG.source("atc-2000"), "act-2000"),
        (lambda: CATALOG.uses_of_source("atc-2000"), "act-2000"),
        (lambda: rows_of("sites"), "site"),
        (lambda: rows_of("site", "kurecick"), "kurecik"),
        (lambda: rows_of("sensor", "kurecik"), "site/kurecik"),
        (lambda: rows_of("sm3-iia"), "interceptor/sm3-iia"),
        (lambda: rows_of("interceptor", "sm3-iia", "burnout_sped"), "burnout_speed"),
    ],
)
def test_what_is_not_there_suggests_the_nearest(ask, nearest):
    with pytest.raises(CatalogError) as caught:
        ask()
    assert caught.value.nearest == nearest
    assert caught.value.expected


def test_an_id_needs_its_kind():
    with pytest.raises(UsageError):
        rows_of(None, "kurecik")


def test_entries_know_where_they_are_written():
    for kind in CATALOG.kinds():
        for entry in CATALOG.entries(kind):
            with open(entry.file, encoding="utf-8") as file:  # noqa: PTH123
                assert file.readlines()[entry.line - 1].startswith(f"{entry.id}:")
