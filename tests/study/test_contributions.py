"""What each part contributes, and what changes between variants, against whole evaluations."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from conftest import small
from longroad.scenario import loads
from longroad.study import cover
from longroad.study.columns import draw_values
from longroad.study.contributions import COLUMNS, MODES, contributions_table
from longroad.study.detail import coverage_table
from longroad.study.differences import CHANGES, differences_table
from longroad.study.ensemble import run_ensemble
from longroad.study.evaluate import Evaluation
from longroad.study.planner import make_plan
from longroad.study.readings import ADOPTED, Assumptions

VARIANTS = """
  ship-a:
    name: Ship A
    owner: alpha
    interceptor: interceptor/sm3-ib
    number: 10
    at: site/patrol-black-sea
    own_radar: ship-a-radar
    mode: launch-on-remote
variants:
  before:
    title: Before
    batteries: {site-a: null}
  after: {title: After}
"""
TEXT = (
    small().replace(
        "  radar-b:",
        "  ship-a-radar: {owner: alpha, sensor: sensor/an-spy-1-ship, at: site/patrol-black-sea}\n"
        "  radar-b:",
    )
    + VARIANTS
).replace("ensemble: 2", "ensemble: 3")


@pytest.fixture(scope="module")
def scenario():
    return loads(TEXT)


@pytest.fixture(scope="module")
def table(scenario):
    return contributions_table(scenario)


def row(table, variant, asset, party="alpha"):
    keep = (table["variant"] == variant) & (table["asset"] == asset) & (table["party"] == party)
    assert keep.sum() == 1
    return {name: table[name][keep][0] for name in COLUMNS}


def share_of(text, variant="after", party="alpha"):
    """Return the engageable area and population as `cover` gives them for another scenario."""
    found = [r for r in cover(loads(text), variant=variant, draws=1) if r.party == party]
    (one,) = found
    return one.engageable_area_fraction.best, one.engageable_population_fraction.best


def test_every_part_of_every_party_stands_once(table, scenario):
    found = set(zip(table["variant"], table["party"], table["kind"], table["asset"], strict=True))
    assert len(found) == table.rows
    after = {(kind, asset) for v, p, kind, asset in found if (v, p) == ("after", "alpha")}
    assert after == {
        ("battery", "site-a"), ("battery", "ship-a"),
        ("sensor", "eyes-a"), ("sensor", "forward-a"), ("sensor", "radar-a"),
        ("sensor", "ship-a-radar"), *(("mode", mode) for mode in MODES),
    }  # fmt: skip
    assert not any(asset == "site-a" for v, _, _, asset in found if v == "before")


def test_without_and_alone_are_what_other_scenarios_give(table, fresh_cache):
    """Taking a part out of the file by hand gives the same."""
    whole = share_of(TEXT)
    lone_ship = share_of(TEXT, "before")
    site = row(table, "after", "site-a")
    assert (site["engageable_area_fraction"], site["engageable_population_fraction"]) == whole
    assert (site["without_area_fraction"], site["without_population_fraction"]) == lone_ship
    ship = row(table, "after", "ship-a")
    assert (ship["alone_area_fraction"], ship["alone_population_fraction"]) == lone_ship
    assert site["lost_area_share"] == pytest.approx(1 - lone_ship[0] / whole[0], abs=1e-12)
    blind = TEXT.split("  forward-a:")[0] + "  radar-a:" + TEXT.split("  radar-a:", 1)[1]
    forward = row(table, "after", "forward-a")
    assert (forward["without_area_fraction"], forward["without_population_fraction"]) == share_of(
        blind
    )
    organic = TEXT.replace("mode: launch-on-remote", "mode: organic")
    assert row(table, "after", "organic")["alone_area_fraction"] == share_of(organic)[0]


def test_less_is_never_more(table):
    whole = table["engageable_area_fraction"]
    battery = table["kind"] == "battery"
    sensor = table["kind"] == "sensor"
    assert np.all(table["without_area_fraction"][battery | sensor] <= whole[battery | sensor])
    assert np.all(table["alone_area_fraction"][battery | sensor] <= whole[battery | sensor])
    assert np.isnan(table["without_area_fraction"][table["kind"] == "mode"]).all()
    parts = (battery | sensor) & (whole > 0.0)
    assert np.all(
        (table["lost_area_share"][parts] >= 0.0) & (table["lost_area_share"][parts] <= 1.0)
    )
    # The test would prove nothing if nothing were lost.
    assert np.nanmax(table["lost_area_share"][sensor]) > 0.5


def test_a_radar_taken_away_leaves_its_battery_without(table):
    """Launch on remote needs the battery's own radar on the target; without it none is left."""
    found = row(table, "before", "ship-a-radar")
    assert found["engageable_area_fraction"] > 0.0
    assert found["without_area_fraction"] == 0.0
    assert found["lost_area_share"] == 1.0


def test_warning_alone_is_no_track(table):
    assert row(table, "after", "eyes-a")["alone_area_fraction"] == 0.0


def test_differences_are_those_of_the_coverage_table(scenario, fresh_cache):
    plan = make_plan(scenario, 3, (Assumptions(ADOPTED),))
    values = draw_values(plan.quantities, 1, scenario.seed)
    evaluation = Evaluation(plan, values.table[0])
    table = differences_table(evaluation)
    assert table.rows == 2
    coverage = coverage_table(evaluation, plan, run_ensemble(plan, values, 1))
    fine = coverage.where(coverage["first_battery"] != "none of this name")
    for i, party in enumerate(table["party"]):
        here = (fine["party"] == party) & ~np.isfinite(fine["engageable_mean"])
        old, new = (fine.where(here & (fine["variant"] == v)) for v in ("before", "after"))
        reached = old["arcs"] > 0
        was, now = (reached & (t["engageable"] == 1.0) for t in (old, new))
        expected = {
            "gained": now & ~was,
            "lost": was & ~now,
            "kept": was & now,
            "never": reached & ~was & ~now,
        }
        for weight, column in (("area", "area_km2"), ("population", "population")):
            amount = old[column]
            for change in CHANGES:
                share = amount[expected[change]].sum() / amount[reached].sum()
                got = table[f"{change}_{weight}_fraction"][i]
                assert got == pytest.approx(share, rel=1e-9, abs=1e-12)
            total = sum(table[f"{change}_{weight}_fraction"][i] for change in CHANGES)
            assert total == pytest.approx(1.0)
    alpha = table["party"] == "alpha"
    assert table["gained_area_fraction"][alpha][0] > 0.0
    assert table["lost_area_fraction"][alpha][0] == 0.0
    # The other party has no part in what changes.
    assert table["gained_area_fraction"][~alpha][0] == 0.0
