"""What a run tells of agreements in detail: one engagement, cells, what is shown, who proposed."""

import sys
from pathlib import Path

import numpy as np
import pytest

from longroad import study
from longroad.study.agreement_evaluate import Result
from longroad.study.agreement_sequence import EVENTS, chosen_arc

sys.path.insert(0, str(Path(__file__).parent))
import agreement_case as case

AGREED = {
    "data": [case.give(latency=7.0)],
    "ask": [case.give(latency=7.0), case.consent(delay=25.0)],
    "notice": [case.give("D1")],
    "kept-out": [
        case.give(latency=7.0),
        "away-from-it: {kind: limit, party: home, on: keep-out, countries: [ROU]}",
    ],
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    place = tmp_path_factory.mktemp("told")
    (place / "two.yaml").write_text(case.text(AGREED), encoding="utf-8")
    return study.run(place / "two.yaml", place / "run", draws=2, workers=1)


def told(run, agreement, circumstance="as-agreed", party="home"):
    table = run.table("sequence")
    here = (
        (table["agreement"] == agreement)
        & (table["circumstance"] == circumstance)
        & (table["party"] == party)
    )
    rows = table.where(here)
    return {
        event: (rows["time_s"][k], rows["actor"][k], rows["path"][k])
        for k, event in enumerate(rows["event"])
    }


def test_one_engagement_is_told_under_every_agreement(run):
    table = run.table("sequence").where(run.table("sequence")["party"] == "home")
    days = set(zip(table["agreement"], table["circumstance"], strict=True))
    gone = {(one, "withdrawn/away") for one in AGREED}
    assert days == {("none", "as-agreed"), *((one, "as-agreed") for one in AGREED)} | gone
    for name in ("shape", "launch_area", "aim_latitude_deg", "aim_longitude_deg"):
        assert len(set(table[name])) == 1
    for agreement, circumstance in days:
        events = list(told(run, agreement, circumstance))
        assert events == [e for e in EVENTS if e in events]
        assert ("consented" in events) == ((agreement, circumstance) == ("ask", "as-agreed"))


def test_the_engagement_told_is_one_that_agreements_decide(run):
    data, none = told(run, "data"), told(run, "none")
    assert np.isfinite(data["launch"][0]) and np.isnan(none["launch"][0])
    assert data["commit-quality"][0] < data["ready"][0] <= data["latest-launch"][0]
    assert data["ready"][0] <= data["launch"][0] < data["intercept-earliest"][0]
    assert data["intercept-earliest"][0] <= data["intercept-latest"][0] < data["impact"][0]
    assert data["burnout"][0] < data["first-track"][0] <= data["commit-quality"][0]
    # On the day the giver has left nothing of what it gave is there.
    gone = told(run, "data", "withdrawn/away")
    assert str(gone) == str(none)


def test_consent_comes_after_the_decision_and_takes_its_time(run):
    data, ask = told(run, "data"), told(run, "ask")
    assert ask["ready"][0] == pytest.approx(data["ready"][0] + 25.0)
    assert ask["consented"] == (ask["ready"][0], "away", "away > home")
    assert ask["commit-quality"] == data["commit-quality"]


def test_a_rule_that_takes_the_launch_away_is_named(run):
    data, kept = told(run, "data"), told(run, "kept-out")
    assert np.isfinite(data["latest-launch"][0]) and data["latest-launch"][2] == ""
    assert np.isnan(kept["latest-launch"][0])
    assert kept["latest-launch"][1:] == ("h-site", "away-from-it")
    assert kept["ready"] == data["ready"] and np.isnan(kept["launch"][0])


def test_every_datum_says_by_which_way_it_came(run):
    data = told(run, "data")
    assert data["warned"][1:] == ("a-eye", "a-eye > give > home")
    radar = data["first-track"][1]
    assert data["first-track"][2] == f"{radar} > give > home"
    assert radar in {"a-front", "a-wide"}
    ways = data["commit-quality"][2].split(" + ")
    assert ways and all(way.endswith(" > give > home") for way in ways)
    assert data["ignition"][1:] == data["impact"][1:] == ("", "")
    # A notice warns and says no more: the rest is the party's own.
    notice, none = told(run, "notice"), told(run, "none")
    assert notice["warned"][2] == "a-eye > give > home"
    assert str(notice["commit-quality"]) == str(none["commit-quality"])


def test_a_sensor_is_named_only_where_it_was_needed(run):
    """Each named alone or with those beside it is enough: leaving one out makes it later."""
    data = told(run, "data")
    first, quality = data["first-track"], data["commit-quality"]
    assert quality[0] >= first[0]
    assert quality[2].count("a-") <= 3
    assert "h-radar" not in quality[2]


def result(engaged, commit):
    times = np.where(engaged, commit, np.inf)
    return Result(
        np.array(engaged), times, np.asarray(commit), times, times, times[None], times[None]
    )


def test_the_arc_is_chosen_by_one_rule():
    one = result([True, True, True, True, False], [100.0, 100, 100, 100, 100])
    two = result([True, True, True, False, False], [100.0, 110, 150, 0, 0])
    three = result([True, False, False, False, False], [100.0, 0, 0, 0, 0])
    # Arcs 1 to 3 divide three agreements as evenly as can be, with spreads of 10, 50 and 0 s.
    assert chosen_arc([one, two, three]) == 1
    # Where all say the same, the arc in the middle of the spreads of all that are engaged.
    assert chosen_arc([one, one]) in {0, 1, 2, 3}
    nothing = result([False, False], [30.0, 20.0])
    assert chosen_arc([nothing, nothing]) == 1
    assert chosen_arc([result(np.zeros(0, bool), np.zeros(0))]) is None


def test_cells_are_those_of_none_and_what_differs(run):
    table = run.table("agreement_cells")
    rows = {
        (a, c, cell, country): share
        for a, c, p, cell, country, share in zip(
            *(table[k] for k in ("agreement", "circumstance", "party", "cell", "country")),
            table["engaged"],
            strict=True,
        )
        if p == "home"
    }
    none = {k[2:]: share for k, share in rows.items() if k[0] == "none"}
    coverage = run.table("coverage")
    here = (coverage["resolution"] == 2) & (coverage["party"] == "home")
    assert set(none) == set(zip(coverage["cell"][here], coverage["country"][here], strict=True))
    rest = {k: share for k, share in rows.items() if k[0] != "none"}
    assert rest and all(share != none[k[2:]] for k, share in rest.items())
    assert {k[0] for k in rest} == {"data", "ask"}
    assert not any(k[1].startswith("withdrawn/") for k in rest)
    # The table of outcomes says the same of the whole.
    better = sum(share > none[k[2:]] for k, share in rest.items() if k[0] == "data")
    assert better > 0


def test_what_is_shown_stays_known(run):
    table = run.table("exposure")
    of = table.where((table["agreement"] == "data") & (table["asset"] == "a-front"))
    assert set(of["aspect"]) == {"location", "coverage", "accuracy", "latency", "performance"}
    assert set(of["giver"]) == {"away"} and set(of["receiver"]) == {"home"}
    assert set(of["depth"]) == {"D4"} and of["kept"].all()
    eye = table.where((table["agreement"] == "data") & (table["asset"] == "a-eye"))
    assert set(eye["aspect"]) == {"coverage", "latency"}
    asked = table.where((table["agreement"] == "ask") & (table["provision"] == "ask"))
    assert list(asked["asset"]) == [""] and list(asked["aspect"]) == ["engagements"]


def test_proposals_name_every_agreement_with_its_sources(tmp_path):
    from longroad.scenario import load
    from longroad.study.agreement_words import proposals_table

    table = proposals_table(load("northeast-asia-2023"))
    assert list(table["agreement"])[:2] == ["none", "bilateral-links"]
    hub = table.where(table["agreement"] == "tisa-hub")
    assert (hub["date"][0], hub["architecture"][0]) == ("2014-12-28", "A1")
    assert hub["sources"][0] == "tisa-2014, kyodo-2014"
