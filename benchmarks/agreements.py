"""Agreements: what a further agreement costs, as a share of the first.

    python benchmarks/agreements.py

The headline variant of epaa-2011 with one agreement and with seven, each as agreed and on the day
on which the partner withdraws; one thread, best estimate and draws in turn, median of rounds. The
goal is a further agreement below a tenth of the first.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

from longroad.scenario import Scenario, load, loads
from longroad.study.agreement_ensemble import case_measures
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.columns import draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import plan_with_agreements
from longroad.study.readings import ADOPTED, Assumptions

BUNDLES = ("a0", "a1", "a2", "a3", "a4")
MORE = {
    "slow": "{use: a2, roles: {first: nato, second: russia}, without: [first-to-centre]}",
    "one-way": "{use: a1, roles: {first: nato, second: russia}, without: [first-to-second]}",
}
ROUNDS = 5


def agreed() -> Scenario:
    """Return the headline variant alone, with seven agreements of NATO and Russia."""
    base = load("epaa-2011")
    text = base.source_text + "\nagreements:\n"
    for id in BUNDLES:
        text += f"  {id}: {{bundle: {{use: {id}, roles: {{first: nato, second: russia}}}}}}\n"
    for id, bundle in MORE.items():
        text += f"  {id}: {{bundle: {bundle}}}\n"
    whole = loads(text, "epaa-2011.yaml")
    variant = replace(whole.variant(whole.headline), trajectories=(), patrol_areas=())
    return replace(whole, variants=(variant,), claims=())


def main() -> None:
    """Print the times of one draw and the ratio for a further agreement."""
    scenario = agreed()
    plan, jobs = plan_with_agreements(scenario, scenario.grid.ensemble, (Assumptions(ADOPTED),))
    table = draw_values(plan.quantities, ROUNDS, scenario.seed).table
    ids = [one.id for one in scenario.variants[0].agreements]
    times: dict[int, list[float]] = {1: [], len(ids) - 1: []}
    for row in table:  # the first row compiles
        for count in times:
            begun = time.perf_counter()
            evaluation = AgreementEvaluation(Evaluation(plan, row))
            for job in jobs:
                some = [case for case in job.cases if case.agreement in ids[: count + 1]]
                case_measures(evaluation, job, some)
            times[count].append(time.perf_counter() - begun)
    first, all_ = (statistics.median(found[1:]) for found in times.values())
    many = len(ids) - 1
    further = (all_ - first) / (many - 1) / first
    print(f"one agreement beside none   {first:7.3f} s a draw")
    print(f"{many} agreements beside none  {all_:7.3f} s a draw")
    print(f"a further agreement         {100 * further:7.1f} % of the first")


if __name__ == "__main__":
    main()
