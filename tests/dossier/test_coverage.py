"""The coverage table as maps need it: classes, countries and window times."""

from __future__ import annotations

import numpy as np
import pytest

from longroad.dossier.coverage import Coverage, Layer, by_country, window_times
from longroad.dossier.live import thousandths
from longroad.dossier.palette import CLASSES, NOT_REACHED, class_of


def layer(**changes):
    values = {
        "cell": np.array(["a", "a", "b", "c"], object),
        "country": np.array(["POL", "DEU", "POL", "DEU"], object),
        "area_km2": np.array([10.0, 30.0, 60.0, 50.0]),
        "population": np.ones(4),
        "arcs": np.array([2, 2, 4, 0]),
        "best": np.array([1.0, 0.5, 0.0, np.nan]),
        "p05": np.full(4, np.nan),
        "p95": np.full(4, np.nan),
        "all_share": np.full(4, np.nan),
        "first_battery": np.array(["x", "", "", ""], object),
    }
    return Layer(**{**values, **changes})


def test_a_cell_shared_by_countries_shows_the_larger_part():
    rows = layer().main_rows()
    assert rows.tolist() == [1, 2, 3]


def test_by_country_weighs_land_within_reach():
    found = by_country(layer())
    assert found["POL"].engageable_share == pytest.approx(10 / 70)
    assert found["POL"].reached_share == 1.0
    assert found["DEU"].engageable_share == 0.0
    assert found["DEU"].reached_share == pytest.approx(30 / 80)
    unreached = by_country(layer(arcs=np.zeros(4, int)))
    assert unreached["POL"].engageable_share is None


def test_only_the_whole_counts_as_all():
    share = np.array([0.0, 1e-9, 0.49, 0.5, 0.999999, 1.0, np.nan, 1.0])
    within = np.array([True] * 7 + [False])
    assert class_of(share, within).tolist() == [0, 1, 1, 2, 2, 3, -1, -1]
    assert thousandths(share, within) == [0, 1, 490, 500, 999, 1000, -1, -1]


def test_classes_hold_every_cell_once():
    found = layer().cells_by_class()
    assert set(found) == {NOT_REACHED.id, *(one.id for one in CLASSES)}
    assert found["over-half"] == ["a"]
    assert found["none"] == ["b"]
    assert found[NOT_REACHED.id] == ["c"]


def test_layers_are_the_rows_of_the_table(run):
    coverage = Coverage.read(run, "nato", 4)
    table = run.table("coverage")
    for (variant, missile), one in coverage.layers.items():
        rows = (table["variant"] == variant) & (table["missile"] == missile)
        rows &= table["resolution"] == 4
        assert one.area_km2.sum() == pytest.approx(table["area_km2"][rows].sum())
    assert Coverage.read(run, "nobody", 4).layers == {}


def test_window_times_by_plain_loops(run):
    arcs, windows = run.table("arcs"), run.table("windows")
    cell = dict(zip(arcs["arc"].tolist(), arcs["cell"], strict=True))
    missile = dict(zip(arcs["arc"].tolist(), arcs["missile"], strict=True))
    opens, closes = {}, {}
    for i in range(len(windows)):
        arc = int(windows["arc"][i])
        if windows["variant"][i] != "phase-3" or missile[arc] != "irbm-3700":
            continue
        opens[cell[arc]] = min(opens.get(cell[arc], np.inf), windows["opens_s"][i])
        closes[cell[arc]] = max(closes.get(cell[arc], -np.inf), windows["closes_s"][i])
    found = window_times(run, "nato")["phase-3", "irbm-3700"]
    assert found.opens_s == pytest.approx(opens)
    assert found.closes_s == pytest.approx(closes)
