"""Exchanges of a study: whose flights are given to which weapon, and what reach comes to."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from reach_case import case

from longroad.base.errors import UsageError
from longroad.deterrent import POSTURES, force_of
from longroad.scenario import load, loads
from longroad.study import exchange
from longroad.study.deterrent_chapter import deterrent_chapter
from longroad.study.exchange_defence import exchange_cases, weapon_pairs
from longroad.study.exchange_rows import SHARES, exchange_rows, exchanges_of
from longroad.study.exchange_table import treaty_table
from longroad.study.pipeline import REACH, study

TEXT = case("united-states", "russia")


@pytest.fixture(scope="module")
def done():
    return study(loads(TEXT, "reach-case.yaml"), chapters=(REACH,), workers=1)


@pytest.fixture(scope="module")
def cases(done):
    return list(exchange_cases(done.scenario, done.plan, done.reach))


def test_every_defence_stands_against_every_other_force(cases):
    pairs = {(one.defence.party, one.force.party) for one in cases}
    assert pairs == {("united-states", "russia"), ("russia", "united-states")}
    assert {one.force.id for one in cases} == {"russia-2011", "united-states-2011"}
    assert {one.towards for one in cases} == {"USA", "RUS"}
    assert {(one.timing, one.delay_s) for one in cases} == {("delay", 300.0), ("own-sensors", None)}


def test_a_weapon_gets_the_flights_of_its_bases_and_class(done):
    variant = done.scenario.variants[0]
    force = force_of(variant.catalog, "russia", 2018)
    found = weapon_pairs(variant, force, "USA")
    silo = found["russia-2018-ss-27-mod-2-silo"]  # at Kozelsk, its own missile
    assert [pair for pair, _ in silo] == [
        ("forest", "kozelsk", end) for end in ("end-washington", "end-los-angeles")
    ]
    topol = found["russia-2018-ss-27-mod-1-silo"]  # at Tatishchevo, another of its class
    assert {pair[1] for pair, _ in topol} == {"tatishchevo"}
    assert len(found["russia-2018-ss-19"]) == 4
    assert found["russia-2018-ss-n-23"] == found["russia-2018-bombers"] == []
    for own in found.values():
        assert not own or sum(weight for _, weight in own) == pytest.approx(1.0)
    assert not any(weapon_pairs(variant, force, "GBR").values())


def test_reach_is_that_of_the_meetings(done, cases):
    """By hand: the battery's speed against the least speed of every flight, draw by draw."""
    job = next(j for j in done.plan.reach if (j.site, j.assumptions) == ("north", "adopted"))
    parts = done.reach.speed_m_s[job.meeting][:, :, 0]
    speed = np.fmin(parts[..., 0], parts[..., 1])
    own = done.values.table[:, job.burnout_speed]
    wanted = speed <= own[:, None]
    one = next(
        c for c in cases
        if (c.force.party, c.delay_s, c.assumptions) == ("russia", 300.0, "adopted")
    )  # fmt: skip
    pairs = done.plan.flights[done.plan.meetings[job.meeting].flights].pairs
    for k, flight in enumerate(one.defence.reach.flights):
        column = [pair[:2] for pair in pairs].index((flight.base, flight.end))
        assert np.array_equal(one.defence.reach.within[:, k, 0], wanted[1:, column])
        assert one.defence.reach.best_table[k, 0] == wanted[0, column]


def test_nine_kilometres_a_second_reach_more_than_six(done):
    """The dispute of 2007 in warheads: the rival reading stands as a row of its own."""
    rows = exchange_rows(done.scenario, done.plan, done.reach, 1)
    of = {
        row.assumptions: row for row in rows
        if (row.owner, row.delay_s, row.posture) == ("russia", 300.0, POSTURES[0].value)
    }  # fmt: skip
    fast = next(row for name, row in of.items() if "=" in name and "postol" in name)
    slow = of["adopted"]
    assert slow.arriving == fast.arriving
    assert slow.touchable_fraction < fast.touchable_fraction
    assert slow.within_reach < fast.within_reach
    assert 0.0 < fast.lost.best < 10.0  # ten interceptors
    assert fast.first_strike_advantage_defended > fast.first_strike_advantage
    assert fast.penetrating == pytest.approx(fast.arriving - fast.lost.best)
    for row in rows:
        assert row.arriving == pytest.approx(row.penetrating + row.lost.best)
        if row.touchable_fraction == 0.0 and row.lost.epistemic_p95 == 0.0:
            assert row.penetrating == row.arriving
    # Few weapons of 2011 stand at the two bases; the rest counts as out of reach.
    assert 0.0 < slow.computed_fraction < 0.5


def test_the_year_picks_the_force(done):
    rows = exchange_rows(done.scenario, done.plan, done.reach, 1, year=2024)
    assert {row.force for row in rows} == {"russia-2024", "united-states-2024"}


def test_tables_of_a_run(done):
    tables = deterrent_chapter(done, exchanges_of(done, 1), 1)
    assert set(tables) == {
        "exchange", "assumption_differences", "defence_needed", "touched", "arrivals", "treaty",
        "limits", "growth",
    }  # fmt: skip
    arrivals = tables["arrivals"]
    first = slice(0, len(SHARES))  # of one row of the exchange
    assert np.all(np.diff(arrivals["arriving"][first]) <= 0.0)
    assert np.all(arrivals["penetrating"] <= arrivals["arriving"])
    assert arrivals.rows == len(SHARES) * tables["exchange"].rows
    limits = tables["limits"]
    assert limits["limits"][0] == "no limit"
    assert set(limits["owner"]) == {"russia", "united-states"}
    assert set(limits["party"]) == {"united-states", "russia"}
    assert set(limits["standing"]) <= {"frontier", "knee", "dominated", "no-change"}
    # One posture of the four is the headline, under each assumption set.
    assert limits["headline"].sum() * 4 == limits.rows
    assert np.all(limits["concern_p05"] <= limits["concern_p95"])
    growth = tables["growth"]
    assert set(growth["step"]) == {"present", "more", "anywhere", "faster", "all"}
    found, treaty = tables["exchange"], tables["treaty"]
    assert set(found["posture"]) == {posture.value for posture in POSTURES}
    assert found["provisional"].all()
    assert np.all(found["lost_p05"] <= found["lost_p95"])
    assert set(treaty["ledger"]) == {"new-start", "follow-on-1000"}
    declared = treaty.where((treaty["counted"] == "declared") & (treaty["date"] == "2018-02-05"))
    start = declared.where(declared["ledger"] == "new-start")
    assert set(start["state"]) == {"within"}
    assert set(start["treaty_state"]) == {"limits-apply"}
    assert set(start["party"]) == {"russia", "united-states"}


def test_without_forces_there_are_no_tables_and_a_clear_answer():
    scenario = loads(case("alpha", "beta"), "reach-case.yaml")
    bare = study(replace(scenario, draws=8), chapters=(), workers=1)
    assert deterrent_chapter(bare, exchanges_of(bare, 1), 1) == {}
    with pytest.raises(UsageError, match="no party of 'reach-case' has a strategic force"):
        exchange(scenario)
    bare = loads(TEXT[: TEXT.index("trajectories:")] + TEXT[TEXT.index("sensors:") :], "bare.yaml")
    with pytest.raises(UsageError, match="has no trajectories"):
        exchange(bare)


def test_forces_of_the_pack_all_have_flights():
    """Every ballistic weapon of the forces of 2011 has flights in the pack of 2011."""
    variant = load("epaa-2011").variant("phase-3")
    for party, towards in (("russia", "USA"), ("united-states", "RUS"), ("france", "RUS")):
        force = force_of(variant.catalog, party, 2011)
        pairs = weapon_pairs(variant, force, towards)
        assert all(pairs[weapon.id] for weapon in force.weapons if weapon.ballistic), party
    assert set(treaty_table(load("epaa-2011"))["party"]) == {
        "russia", "united-states", "france", "united-kingdom", "china",
    }  # fmt: skip
