"""Checks of raids, held to what a run then does with the same scenario."""

import sys
from pathlib import Path

import pytest

from longroad.catalog import load_catalog
from longroad.scenario import loads
from longroad.study import semantic
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import plan_whole
from longroad.study.raid_objects import chosen
from longroad.study.readings import ADOPTED, Assumptions

sys.path.insert(0, str(Path(__file__).parent))
import agreement_case as case

RAID = """
raids:
  r:
    objects: [{threat: far, at: [AIMS], count: COUNT}]
    ground: {status: judgement, author: The tests, reason: A round number.}
"""
DOCTRINE = "doctrines:\n  home: {rounds: 0}\n"


def loaded(aims, count, more=""):
    raid = RAID.replace("AIMS", aims).replace("COUNT", str(count))
    return loads(case.text() + raid + more, "case.yaml", catalog=load_catalog())


def told(scenario):
    names = ("raid", "doctrine")
    return [one for one in semantic.check_scenario(scenario) if one.check.startswith(names)]


def come(scenario):
    """Return how many missiles come in the run's own plan, by best estimates."""
    whole = plan_whole(scenario, scenario.grid.ensemble, (Assumptions(ADOPTED),))
    best = draw_values(whole.plan.quantities, 0, scenario.seed).table[BEST_ROW]
    evaluation = AgreementEvaluation(Evaluation(whole.plan, best))
    return sum(chosen(evaluation, use).missiles.size for use in whole.raids[0].groups)


@pytest.mark.parametrize(("aims", "count"), [("ROU, USA", 5), ("USA, GRC, ROU", 4), ("GRC", 3)])
def test_what_is_said_not_to_come_does_not_come(aims, count):
    """USA is some 9,000 km from the launch area; the missile's range is a third of that."""
    scenario = loaded(aims, count)
    names = aims.split(", ")
    lost = sum(names[missile % len(names)] == "USA" for missile in range(count))
    warnings = [one for one in told(scenario) if one.check == "raid-out-of-range"]
    assert [one.severity for one in warnings] == ["warning"] * bool(lost)
    assert come(scenario) == count - lost
    for one in warnings:
        assert f"of the {count} missiles of this group" in one.text
        assert f"{lost} do not come" in one.text


def test_a_raid_of_which_nothing_comes_is_refused():
    (finding,) = told(loaded("USA", 3))
    assert (finding.check, finding.severity) == ("raid-out-of-range", "error")
    assert come(loaded("USA", 3)) == 0


def test_what_is_met_in_full_says_nothing():
    assert told(loaded("ROU", 3)) == []
    assert [one.check for one in told(loaded("ROU", 3, DOCTRINE))] == ["doctrine-never-fires"]
    assert [one.check for one in told(loaded("ROU", 25))] == ["raid-exceeds-interceptors"]
    assert told(loaded("ROU", 24)) == []
