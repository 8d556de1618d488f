"""Limits as provisions and as deployments, and a sector in its four readings, on a real pack."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from longroad.scenario import load
from longroad.scenario.agreement import Limit, Sector
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_plan import AS_AGREED
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import plan_with_agreements
from longroad.study.readings import ADOPTED, Assumptions

PACK = load("general-staff-2012")
PLAN = PACK.variant("phase-4")


def engaged(variant, agreements):
    """Return, by agreement, which arcs of the longest class are engaged by the best estimate."""
    threats = tuple(t for t in variant.threats if t.id == "icbm-10000")
    alone = replace(
        variant, threats=threats, trajectories=(), patrol_areas=(), agreements=agreements
    )
    scenario = replace(PACK, variants=(alone,), claims=())
    plan, (job,) = plan_with_agreements(scenario, 2, (Assumptions(ADOPTED),))
    row = draw_values(plan.quantities, 0, scenario.seed).table[BEST_ROW]
    cases = [case for case in job.cases if case.circumstance == AS_AGREED]
    found = AgreementEvaluation(Evaluation(plan, row)).results(job, cases)
    return {case.agreement: one.engaged for case, one in zip(cases, found, strict=True)}


@pytest.fixture(scope="module")
def planned():
    return engaged(PLAN, PLAN.agreements)


def without_poland(variant):
    """Return a variant of the plan's sensors without the battery in Poland."""
    left = tuple(b for b in variant.batteries if b.id != "redzikowo")
    return replace(variant, batteries=left, sensors=PLAN.sensors)


@pytest.mark.parametrize(
    ("agreement", "variant"),
    [
        ("no-northern-sites", "kept-out"),
        ("no-northern-sites-own-radars", "kept-out-own-radars"),
    ],
)
def test_a_limit_is_worth_what_the_deployment_is_that_it_leaves(planned, agreement, variant):
    deployed = engaged(without_poland(PACK.variant(variant)), PLAN.agreements)["none"]
    assert np.array_equal(planned[agreement], deployed)
    assert 0 < deployed.sum() < planned["none"].sum()


def test_a_number_decides_where_it_switches_a_site_off(planned):
    """24 on land are those of the first site in the list; the other is beyond the number."""
    assert np.array_equal(planned["twenty-four-on-land"], planned["no-northern-sites"])


def test_a_sector_from_which_nothing_is_launched_takes_nothing_by_launch_origin(planned):
    by_launch = next(a for a in PLAN.agreements if a.id == "sectoral-by-launch-origin")

    def without(*kinds):
        kept = tuple(p for p in by_launch.provisions if not isinstance(p, kinds))
        found = engaged(PLAN, (PLAN.agreements[0], replace(by_launch, provisions=kept)))
        return found["sectoral-by-launch-origin"]

    assert np.array_equal(planned["sectoral-by-launch-origin"], without(Sector))
    # What it costs is the price of the other provision, no intercept above Russia.
    assert planned["sectoral-by-launch-origin"].sum() < planned["none"].sum()
    assert np.all(without(Sector, Limit) >= planned["none"])


def test_the_four_readings_are_four_things(planned):
    found = {id: one for id, one in planned.items() if id.startswith("sectoral-by-")}
    assert len(found) == 4
    assert len({one.tobytes() for one in found.values()}) == 4
    widest = found["sectoral-by-launch-origin"]
    for one in found.values():
        assert np.all(one <= widest)
