"""Assumption sets of an exchange: parties' own, extremes, what makes the difference, layers."""

from __future__ import annotations

import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from reach_case import case

from longroad.base.errors import LongroadError
from longroad.deterrent import POSTURES, force_of
from longroad.scenario import loads
from longroad.scenario.claim import Posture
from longroad.study.exchange_extremes import DEFENDER, OWNER
from longroad.study.exchange_rows import exchanges
from longroad.study.exchange_stability import EFFECT
from longroad.study.pipeline import REACH, study

TEXT = case("united-states", "russia")
GROUND = "status: judgement, author: A. Nalyst, reason: Invented for a test."
SETS = f"""
assumptions:
  doubts:
    name: What Russia says of its own silos
    held_by: russia
    mode: stated
    set:
      basing.silo.survival: {{best: 5 %, low: 2 %, high: 8 %, {GROUND}}}
  bold:
    held_by: united-states
    mode: attributed
    set:
      default.raid.true_taken: {{best: 95 %, low: 75 %, high: 100 %, {GROUND}}}
"""
LAYER = """
constellations:
  ring: {name: A layer, owner: united-states, constellation: constellation/boost-layer-500}
"""
WORST = POSTURES[-1].value


def found_of(text):
    done = study(loads(text, "reach-case.yaml"), chapters=(REACH,), workers=1)
    return done.scenario, exchanges(done.scenario, done.plan, done.reach, 1)


@pytest.fixture(scope="module")
def plain():
    return found_of(TEXT + SETS)


def of(found, owner, assumptions, posture=WORST):
    return [
        row for row in found.rows
        if (row.owner, row.assumptions, row.posture) == (owner, assumptions, posture)
    ]  # fmt: skip


def test_the_postures_of_claims_are_those_of_the_exchange():
    assert set(Posture.__args__) == {posture.value for posture in POSTURES}


def test_a_set_acts_on_forces_and_says_who_holds_it(plain):
    _, found = plain
    usual, doubts = of(found, "russia", "adopted")[0], of(found, "russia", "doubts")[0]
    assert (doubts.holder, doubts.mode) == ("russia", "stated")
    assert doubts.arriving < usual.arriving  # fewer silos survive
    assert all(row.mode == "adopted" and row.holder == "" for row in of(found, "russia", "adopted"))


def test_extremes_stand_on_both_sides_of_what_is_adopted(plain):
    _, found = plain
    assert {(one.party, one.owner) for one in found.extremes} == {
        ("united-states", "russia"), ("russia", "united-states"),
    }  # fmt: skip
    for one in found.extremes:
        assert one.least <= one.adopted + 1e-9 <= one.most + 1e-9
        changes = [d for d in one.differences if not math.isnan(d.alone)]
        assert [d.size for d in changes] == sorted((d.size for d in changes), reverse=True)
        for each in changes:  # every end is one of the matter's own, and somebody's
            assert each.owner_end in each.matter.ends
            assert each.owner_end.holder or each.owner_end.word == "own-sensors"
        most = of(found, one.owner, OWNER)[0]
        least = of(found, one.owner, DEFENDER)[0]
        assert most.lost_share.best == pytest.approx(one.most)
        assert least.lost_share.best == pytest.approx(one.least)
        assert (most.mode, least.mode) == ("extreme", "extreme")
        assert (most.holder, least.holder) == (one.owner, one.party)


def test_what_a_defence_needs_takes_the_share_asked(plain):
    _, found = plain
    for one in found.needed:
        if one.value is None:
            assert one.effect < EFFECT
        else:
            assert one.effect >= EFFECT
            assert 0.0 < one.value <= one.greatest


def test_build_up_is_told_between_its_bounds(plain):
    _, found = plain
    for row in found.rows:
        lost = row.arriving - row.penetrating
        if row.arriving > 0.0:
            assert row.build_up_low == pytest.approx(lost / row.arriving)
        if row.build_up_high is not None:
            assert row.build_up_high >= row.build_up_low - 1e-12


def test_a_layer_in_orbit_takes_and_only_from_others():
    _, bare = found_of(TEXT)
    scenario, found = found_of(TEXT + LAYER)
    (layer,) = scenario.variants[0].constellations
    assert (layer.owner.id, layer.constellation.id) == ("united-states", "boost-layer-500")
    with_, without = of(found, "russia", "adopted")[0], of(bare, "russia", "adopted")[0]
    assert with_.arriving == without.arriving
    assert with_.within_reach >= without.within_reach
    same = [
        replace(row, arrivals=()) for row in found.rows
        if row.owner == "united-states" and row.mode == "adopted"
    ]  # fmt: skip
    assert same == [
        replace(row, arrivals=()) for row in bare.rows
        if row.owner == "united-states" and row.mode == "adopted"
    ]  # fmt: skip


def test_more_satellites_never_let_more_through():
    rows = []
    for number in (500, 5_000, 50_000):
        assumed = (
            "assume:\n  constellation.boost-layer-500.satellites: "
            f"{{best: {number}, low: {number // 2}, high: {2 * number}, {GROUND}}}\n"
        )
        text = TEXT.replace("assume:\n", assumed, 1) + LAYER
        rows.append(of(found_of(text)[1], "russia", "adopted")[0])
    left = [row.penetrating for row in rows]
    assert left == sorted(left, reverse=True)
    assert rows[-1].lost.best > 0.0


def test_a_layer_nobody_knows_is_told_with_line_and_nearest():
    with pytest.raises(LongroadError) as fault:
        loads(TEXT + LAYER.replace("boost-layer-500", "boost-layer-50"), "reach-case.yaml")
    assert "constellations.ring.constellation" in str(fault.value)
    assert "boost-layer-500" in str(fault.value)


def test_a_force_reads_what_a_scenario_assumes():
    scenario = loads(TEXT + SETS, "reach-case.yaml")
    variant = scenario.variants[0]
    usual = force_of(variant.catalog, "russia", 2011)
    doubled = force_of(
        variant.catalog, "russia", 2011,
        lambda entry, name: variant.quantity(
            f"{entry.kind}.{entry.id}.{name}", held=variant.assumptions[0]
        ),
    )  # fmt: skip
    silo = next(k for k, weapon in enumerate(usual.weapons) if weapon.basing == "silo")
    assert doubled.weapons[silo].survival.best == 0.05 != usual.weapons[silo].survival.best
