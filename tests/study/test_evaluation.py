"""The evaluator asks each battery only what is not known yet, and goes when nobody needs it."""

from __future__ import annotations

import sys
import weakref
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from conftest import small
from longroad.engagement.area import count_cells
from longroad.engagement.windows import has_window
from longroad.scenario import loads
from longroad.study.columns import draw_values
from longroad.study.ensemble import RIVAL_DRAWS, rows_of, run_ensemble
from longroad.study.evaluate import Evaluation
from longroad.study.planner import make_plan
from longroad.study.readings import ADOPTED, Assumptions, readings

SHIPS = """
  ship-a:
    name: Ship A
    owner: alpha
    interceptor: interceptor/sm3-ia
    number: 10
    at: site/patrol-aegean
    mode: engage-on-remote
  ship-far:
    name: Far ship
    owner: alpha
    interceptor: interceptor/sm3-iia
    number: 10
    at: site/patrol-adriatic
    mode: engage-on-remote
variants:
  all: {title: All}
  fewer:
    title: Fewer
    batteries: {site-a: null}
"""


@pytest.fixture(scope="module")
def planned():
    scenario = loads(small().replace("grid: {ensemble: 2", "grid: {ensemble: 3") + SHIPS)
    plan = make_plan(scenario, 3, (Assumptions(ADOPTED),))
    return plan, draw_values(plan.quantities, 6, scenario.seed).table


def test_what_is_asked_in_part_is_what_all_windows_say(planned):
    plan, table = planned
    several = 0
    for row in table:
        lazy, whole = Evaluation(plan, row), Evaluation(plan, row)
        for job in plan.coverage:
            arcs = whole.arcs(job.arcs)
            each = [whole.battery(k).windows.engageable for _, k in job.batteries]
            several += int(np.sum(np.sum(each, axis=0) > 1))
            territory = plan.territories[plan.arcs[job.arcs].territory]
            expected = count_cells(arcs.within, arcs.kept, np.any(each, axis=0), len(territory))
            found = lazy.cells(job)
            assert np.array_equal(found.engaged, expected.engaged)
            assert np.array_equal(found.within, expected.within)
    assert several > 0  # arcs that two batteries engage: the second is not asked


def test_arcs_that_no_missile_flies_need_not_be_solved(planned):
    plan, table = planned
    for row in table[:3]:
        every, some = Evaluation(plan, row), Evaluation(plan, row, every_arc=False)
        for k in range(len(plan.arcs)):
            a, b = every.arcs(k), some.arcs(k)
            assert np.array_equal(a.within, b.within)
            assert np.array_equal(a.nodes.state, b.nodes.state)
        for job in plan.coverage:
            assert np.array_equal(every.cells(job).engaged, some.cells(job).engaged)


def test_an_arc_is_asked_of_a_battery_once(planned, monkeypatch):
    plan, table = planned
    evaluation = Evaluation(plan, table[0])
    job = next(job for job in plan.coverage if len(job.batteries) == 3)
    asked: dict[int, list[int]] = {index: [] for _, index in job.batteries}
    rows_of_inputs: dict[int, int] = {}
    inputs = Evaluation._inputs

    def noted(self, index):
        made = inputs(self, index)
        rows_of_inputs[id(made[3])] = index  # the earliest launches are the battery's own
        return made

    def counted(*arguments):
        asked[rows_of_inputs[id(arguments[3])]].extend(arguments[-1].tolist())
        return has_window(*arguments)

    monkeypatch.setattr(Evaluation, "_inputs", noted)
    monkeypatch.setattr("longroad.study.evaluate.has_window", counted)
    evaluation.cells(job)
    evaluation.cells(job)
    arcs = len(evaluation.arcs(job.arcs).kept)
    assert all(len(rows) == len(set(rows)) <= arcs for rows in asked.values())
    first, *others = (asked[index] for _, index in job.batteries)
    assert len(first) == arcs
    assert sum(len(rows) for rows in others) < 2 * arcs


def test_an_evaluation_goes_with_its_last_user(planned):
    plan, table = planned
    evaluation = Evaluation(plan, table[0])
    evaluation.cells(plan.coverage[0])
    gone = weakref.ref(evaluation)
    del evaluation
    assert gone() is None  # at once, without the collector of cycles


def test_rival_claims_rest_on_the_first_draws(planned, fresh_cache):
    assert rows_of(ADOPTED, 129) == 129
    assert rows_of("sensor.x=y", 129) == 1 + RIVAL_DRAWS
    assert rows_of("sensor.x=y", 13) == 13
    assert rows_of("sensor.x=y", 1025) == 1 + 256
    assert rows_of("a-party-s-own-set", 129) == 129
    scenario = loads(small())
    plan = make_plan(scenario, 2, readings(scenario))
    values = draw_values(plan.quantities, 40, 7)
    ensemble = run_ensemble(plan, values, 2)
    rivals = [j for j, job in enumerate(plan.coverage) if job.assumptions != ADOPTED]
    assert rivals
    for j in range(len(plan.coverage)):
        count = 1 + (RIVAL_DRAWS if j in rivals else 40)
        assert ensemble.rows[j] == len(ensemble.drawn(j, 0)) == count
        assert np.isnan(ensemble.measures[j, count:]).all()
    # What is there is what every row gives by itself.
    for j in rivals[:2]:
        for r in (0, 5, RIVAL_DRAWS):
            count = Evaluation(plan, values.table[r]).cells(plan.coverage[j])
            cells = plan.territories[plan.arcs[plan.coverage[j].arcs].territory]
            area = cells.area_m2
            share = area[count.all_engaged].sum() / area[count.reachable].sum()
            assert ensemble.drawn(j, 0)[r] == pytest.approx(share, rel=1e-12)
