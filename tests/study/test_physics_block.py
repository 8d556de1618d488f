"""The physics block: outcomes against direct evaluation, shared cases, the cache, bad ids."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import agreement_case
import reach_case

from longroad.bargaining.contrast import contrast
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.facts import fact_finding
from longroad.base.errors import LongroadError, ScenarioError, UsageError
from longroad.deterrent import LimitSet, Posture, exchange, force_of, read_limit
from longroad.scenario import load_negotiation, loads, loads_negotiation
from longroad.study import physics_block as physics_block_module
from longroad.study import physics_case
from longroad.study.exchange_defence import cases_against
from longroad.study.limits_apply import limited
from longroad.study.physics_block import beside, physics_block
from longroad.study.pipeline import AGREEMENTS, REACH, study

TEXT = """
longroad: 1
negotiation: made-up
title: Made up
question: What can be signed?
author: Tester
draws: 32
seed: 3
basis: {status: judgement, author: Tester, reason: made up for a test}
parties: {one: {name: One}, two: {name: Two}}
issues:
  data: {name: Data, physics: data, options: {none: none, all: all}}
  number: {name: Number, physics: number, options: {open: open, told: told, none-left: none}}
no_deal: {data: none, number: open}
interests:
  one:
    weights: {swing: {data: [40, 100], number: [20, 60]}}
    values: {data: {none: 0, all: 1}, number: {open: 1, told: [0.3, 0.7], none-left: 0}}
    curves: {OUTCOME: {weight: [20, 60], unit: fraction, points: [[0, 0], [1, 1]]}}
    reservation: {no_deal: true}
  two:
    weights: {swing: {data: [20, 60], number: [40, 100]}}
    values: {data: {none: 0, all: 1}, number: {open: 0, told: [0.3, 0.7], none-left: 1}}
    reservation: {no_deal: true}
physics:
"""
ENGAGED = """
  defender: home
  outcomes: {engaged: engageable-population}
  effects:
    data: {all: {agreement: give}}
    number: {none-left: {number: 0}}
  assumptions: {slow: {name: Slow, claims: {interceptor.sm3-iia.burnout_speed: critics}}}
  held: {one: adopted, two: slow}
"""
KEPT = """
  defender: united-states
  deterrent: russia
  towards: USA
  outcomes: {kept: retaliation-kept}
  effects:
    data: {all: {out_of_reach: true}}
    number: {none-left: {number: 4}}
  assumptions: {early: {name: Early, early: true}}
  held: {one: adopted, two: early}
"""


def negotiation(physics, outcome):
    """The made-up negotiation with a section on physics."""
    return loads_negotiation(TEXT.replace("OUTCOME", outcome) + physics, "made-up.yaml")


def engaged(physics=ENGAGED):
    return negotiation(physics, "engaged")


@pytest.fixture(scope="module")
def two():
    give = [agreement_case.give(availability=0.5)]
    return loads(agreement_case.text({"give": give}), "two.yaml")


@pytest.fixture(scope="module")
def block(two):
    return physics_block(engaged(), two, workers=1)


def test_engageable_shares_equal_those_of_a_run(two, block):
    assert block.values.shape == (2, 1, 9, 2, 3)
    assert (block.assumptions, block.options[1]) == (
        ("adopted", "slow"), ("open", "told", "none-left"),
    )  # fmt: skip
    done = study(two, draws=8, workers=1, chapters=(AGREEMENTS,))
    for k, agreement in enumerate(("none", "give")):
        (job,) = [one for one in done.agreements.jobs if one.party == "home"]
        (case,) = [
            c for c, one in enumerate(job.cases)
            if (one.agreement, one.circumstance) == (agreement, "as-agreed")
        ]  # fmt: skip
        table = done.agreements.measures[done.agreements.jobs.index(job)]
        direct = table[:, case, -1]
        assert np.allclose(block.values[0, 0, 0, k, 0], direct[0], rtol=0, atol=1e-12)
        drawn = block.values[0, 0, : len(direct), k, 0]
        assert np.allclose(drawn, direct, rtol=0, atol=1e-12)
    best = block.values[0, 0, 0]
    assert best[1, 0] > best[0, 0]


def test_options_that_change_nothing_share_a_case_and_no_interceptors_engage_nothing(block):
    assert np.array_equal(block.values[..., 0], block.values[..., 1])
    assert not block.values[..., 2].any()


def test_retaliation_kept_equals_one_less_the_loss_of_an_exchange():
    scenario = loads(reach_case.case("united-states", "russia"), "reach-case.yaml")
    one = negotiation(KEPT, "kept")
    block = physics_block(one, scenario, workers=1)
    kept = block.values[:, 0, 0]
    assert 0.0 < kept[1, 0, 0] < 1.0
    assert np.all(kept[1, 0, 2] >= kept[1, 0, 0])
    # Kept out of reach, nothing is lost.
    assert np.all(block.values[:, 0, :, 1] == 1.0)
    early = replace(scenario.variants[0], assume={
        **scenario.variants[0].assume,
        "default.reach.late_delay": replace(
            scenario.variants[0].quantity("default.reach.first_delay"),
            id="default.reach.late_delay",
        ),
    })  # fmt: skip
    done = study(replace(scenario, variants=(early,)), draws=8, workers=1, chapters=(REACH,))
    force = force_of(early.catalog, "russia", early.year or 0)
    for column, number in ((0, None), (2, "4")):
        sets = () if number is None else (read_limit("united-states", "number", number),)
        under = limited(early, LimitSet("one", sets))
        lost = [
            exchange(
                force, case.defence.at_best(), draws=8, repeats=64, seed=scenario.seed
            ).lost_share(Posture.DAILY_RIDE_OUT).best
            for case in cases_against(under, force, "united-states", done.plan, done.reach)
            if (case.towards, case.assumptions) == ("USA", "adopted")
        ]  # fmt: skip
        assert kept[1, 0, column] == pytest.approx(1.0 - max(lost), abs=1e-12)


def test_changing_a_weight_computes_nothing_anew(two, block, monkeypatch):
    def never(*_):
        raise AssertionError("the physics was computed again")

    monkeypatch.setattr(physics_case, "plan_whole", never)
    changed = TEXT.replace("[40, 100]", "[50, 90]").replace("OUTCOME", "engaged")
    again = physics_block(loads_negotiation(changed + ENGAGED, "made-up.yaml"), two, workers=1)
    assert np.array_equal(again.values, block.values)
    # What the world depends on does compute anew.
    moved = ENGAGED.replace("number: 0", "number: 1")
    with pytest.raises(AssertionError, match="computed again"):
        physics_block(engaged(moved), two, workers=1)


def test_comparing_two_negotiations_computes_no_physics(two, block, monkeypatch):
    """A weight is changed: bargaining runs again, the worlds are found as they were."""
    del block  # made before, and kept
    monkeypatch.setattr(
        physics_case, "plan_whole", lambda *_: pytest.fail("the physics was computed again")
    )
    text = TEXT.replace("OUTCOME", "engaged") + ENGAGED
    changed = text.replace("data: [40, 100]", "data: [5, 20]")
    before, after = (loads_negotiation(one, "made-up.yaml") for one in (text, changed))
    found = contrast(before, after, lambda one: physics_block(one, two, workers=1), draws=32)
    assert [one.input for one in found.inputs] == ["weight/one/data"]
    assert not found.physics_changed
    assert found.causes[0].gains["one"] != 0.0


def test_a_set_that_nobody_who_values_the_outcome_holds_moves_the_adopted_draws(two, block):
    adopted, slow = block.values[:, 0]
    moved = np.clip(adopted[1:] + (slow[0] - adopted[0]), 0.0, 1.0)
    assert np.array_equal(slow[1:], moved)
    held = physics_block(engaged(ENGAGED.replace("one: adopted", "one: slow")), two, workers=1)
    whole = held.values[1, 0]
    assert np.array_equal(whole[0], slow[0])
    assert not np.array_equal(whole[1:], slow[1:])
    assert np.abs(whole - slow).max() < 0.2


def test_an_earlier_launch_engages_the_same_and_computes_nothing(two, block, monkeypatch):
    asked = []
    monkeypatch.setattr(
        physics_block_module, "engageable",
        lambda world, measure, rows, *_: asked.append(list(rows)) or np.empty((0, 3)),
    )  # fmt: skip
    early = ENGAGED.replace("slow: {", "early: {name: Early, early: true}, slow: {")
    again = physics_block(engaged(early), two, workers=1)
    assert again.assumptions == ("adopted", "early", "slow")
    assert asked == [[]]
    assert np.array_equal(again.values[1], block.values[0])


def test_fact_finding_takes_the_block(block):
    found = fact_finding(engaged(), block, 32)
    assert (len(found.cells), len(found.common), found.base) == (4, 2, "adopted")
    assert found.own.held == {"one": "adopted", "two": "slow"}
    assert [set(one.held.values()) for one in found.by_weight] == [{"slow"}]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("agreement: give", "agreement: gibe", "give"),
        ("defender: home", "defender: hoem", "home"),
        ("burnout_speed: critics", "burnout_speed: critcs", "critics"),
        ("two: slow", "two: slwo", "slow"),
    ],
)
def test_ids_that_the_scenario_lacks(two, old, new, said):
    with pytest.raises(ScenarioError) as raised:
        physics_block(engaged(ENGAGED.replace(old, new)), two, workers=1)
    assert raised.value.nearest == said


def test_bad_use(two):
    with pytest.raises(UsageError, match="too few"):
        physics_block(engaged(), two, draws=3)
    with pytest.raises(LongroadError):
        engaged(ENGAGED.replace(", two: slow", ""))
    with pytest.raises(LongroadError):
        engaged(ENGAGED.replace("none-left:", "none-lfet:"))
    both = ENGAGED.replace("{number: 0}", "{agreement: give}")
    with pytest.raises(BargainingError, match="together"):
        physics_block(engaged(both), two, workers=1)
    assert physics_block(replace(engaged(), physics=None), two) is None


def test_a_copy_of_a_negotiation_finds_its_scenario(tmp_path):
    """Beside it, else the ready one of the name it gives; none where no physics is asked for."""
    talks = load_negotiation("epaa-2011")
    (tmp_path / "copy.yaml").write_text(talks.source_text, encoding="utf-8")
    copy = load_negotiation(tmp_path / "copy.yaml")
    assert beside(copy).id == beside(talks).id == "epaa-2011"
    assert beside(replace(copy, scenario="nowhere")) is None
    assert beside(replace(copy, scenario="nowhere"), talks).id == "epaa-2011"
    assert beside(replace(talks, physics=None)) is None
