"""Agreements in a run: the table, the draws they share with the rest, and `longroad cover`."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest

from longroad import study
from longroad.base.errors import UsageError
from longroad.cli import main
from longroad.study.agreement_measures import MEASURES
from longroad.study.planner import plan_whole
from longroad.study.readings import readings

sys.path.insert(0, str(Path(__file__).parent))
import agreement_case as case

AGREED = {"data": [case.give()], "ask": [case.give(), case.consent()]}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    place = tmp_path_factory.mktemp("agreements")
    (place / "two.yaml").write_text(case.text(AGREED), encoding="utf-8")
    return study.run(place / "two.yaml", place / "run", draws=8, workers=1)


def row(table, **where):
    mask = np.ones(table.rows, dtype=bool)
    for name, value in where.items():
        mask &= table[name] == value
    assert mask.sum() == 1, where
    return {name: table[name][mask][0] for name in table}


def test_every_case_stands_with_every_measure(run):
    table = run.table("agreements")
    cases = {("none", "as-agreed"), ("data", "as-agreed"), ("ask", "as-agreed")}
    home = {*cases, ("data", "withdrawn/away"), ("ask", "withdrawn/away"), ("ask", "refused/away")}
    away = {*cases, ("data", "withdrawn/home"), ("ask", "withdrawn/home")}
    found = set(zip(table["party"], table["agreement"], table["circumstance"], strict=True))
    found = {one for one in found if not one[2].startswith("lost/")}
    assert found == {("home", *c) for c in home} | {("away", *c) for c in away}
    drawn = np.isin(table["outcome"], [name for name, _ in MEASURES])
    usual = drawn & ~np.char.startswith(table["circumstance"].astype(str), "lost/")
    assert usual.sum() == len(found) * len(MEASURES)


def test_figures_come_with_their_spread(run):
    table = run.table("agreements")
    at = {"party": "home", "agreement": "data", "circumstance": "as-agreed"}
    share = row(table, outcome="engageable_area_fraction", **at)
    assert 0.0 <= share["p05"] <= share["p95"] <= 1.0
    none = row(table, outcome="engageable_area_fraction", **{**at, "agreement": "none"})
    assert share["best"] > none["best"]
    warning = row(table, outcome="warning_time", **at)
    assert warning["unit"] == "s"
    assert warning["p05"] < warning["best"] < warning["p95"]
    # Who is never asked for consent, and is never engaged at all, has no share of such.
    away = {**at, "party": "away"}
    assert np.isnan(row(table, outcome="partner_data_fraction", **away)["best"])


def test_what_rests_on_what(run):
    """One share of three sensors: worth all that it adds; consent counts in what is expected."""
    table = run.table("agreements")
    at = {"party": "home", "agreement": "data"}
    share = row(table, circumstance="as-agreed", outcome="engageable_area_fraction", **at)["best"]
    own = {"party": "home", "agreement": "none", "circumstance": "as-agreed"}
    alone = row(table, outcome="engageable_area_fraction", **own)["best"]
    worth = [
        row(table, circumstance="as-agreed", outcome=f"marginal_area_fraction/{sensor}", **at)
        for sensor in ("a-eye", "a-front", "a-wide")
    ]
    assert sum(one["best"] for one in worth) == pytest.approx(share - alone)
    for sensor in ("a-eye", "a-front", "a-wide", "h-radar"):
        lost = row(
            table, circumstance=f"lost/{sensor}", outcome="engageable_area_fraction", **at
        )  # fmt: skip
        assert lost["best"] <= share
    at["circumstance"] = "as-agreed"
    expected = "expected_engageable_area_fraction"
    assert row(table, outcome=expected, **at)["best"] == pytest.approx(share)
    ask = {**at, "agreement": "ask"}
    agreed = row(table, outcome="engageable_area_fraction", **ask)["best"]
    assert row(table, outcome=expected, **ask)["best"] == pytest.approx(0.5 * agreed)
    shots = row(table, outcome="shot_opportunities", **at)["best"]
    assert shots >= row(table, outcome="shot_opportunities", **own)["best"]
    assert shots >= share > 0.0


def test_a_scenario_without_agreements_has_no_such_table(small_file, tmp_path):
    plain = study.run(small_file, tmp_path / "run", draws=2, workers=1)
    assert "agreements" not in {record.name for record in plain.manifest.tables}


def test_the_draws_hold_what_agreements_read(run):
    drawn = set(run.table("draws")["quantity"])
    assert {"default.radar-x.range_error", "default.handover-upper.handover_basket"} <= drawn


def test_cover_knows_agreements(capsys, tmp_path, run):
    path = tmp_path / "two.yaml"
    path.write_text(case.text(AGREED), encoding="utf-8")
    assert main(["cover", str(path), "--agreement", "data", "--draws", "8", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(r["agreement"], r["party"]) for r in rows] == [("data", "home"), ("data", "away")]
    share = rows[0]["engageable_area_fraction"]
    table = row(
        run.table("agreements"), party="home", agreement="data", circumstance="as-agreed",
        outcome="engageable_area_fraction",
    )  # fmt: skip
    assert (share["best"], share["epistemic_p05"]) == (table["best"], table["p05"])


def test_an_unknown_agreement_is_refused_with_the_nearest():
    with pytest.raises(UsageError) as fault:
        study.cover(case.scenario(AGREED), agreement="dta", draws=1)
    assert fault.value.nearest == "data"
    assert "none, data, ask" in fault.value.expected


def test_what_a_block_is_kept_by_is_the_same_in_every_process():
    chosen = case.scenario(AGREED)
    jobs = plan_whole(chosen, chosen.grid.ensemble, readings(chosen)).agreements
    told = "".join(job.digest for job in jobs)
    assert any(state.patterns for job in jobs for one in job.cases for state in one.states)
    # A set is written in another order by every process, and its block would never be found again.
    assert "set(" not in told
    assert " at 0x" not in told
