"""The information graph of one agreement, asked for alone: what a party knows when, by which way.

Times are those of one missile of each class by the best estimate: the same that a run tells in its
table `sequence`.
"""

from __future__ import annotations

import dataclasses

from longroad.scenario import Scenario, Variant
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_plan import AS_AGREED
from longroad.study.agreement_sequence import Told, told
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import plan_with_agreements
from longroad.study.readings import ADOPTED, Assumptions


@dataclasses.dataclass(frozen=True)
class Engagement:
    """One engagement of a party against one missile under an agreement as agreed."""

    party: str
    missile: str
    told: Told


def information_graph(
    scenario: Scenario, variant: Variant, agreement: str
) -> tuple[Engagement, ...]:
    """Return what each party knows and does when, by missile, under one agreement of a variant.

    Empty for a variant without agreements beside that of having none, or without missiles.
    """
    alone = dataclasses.replace(scenario, variants=(variant,), claims=())
    resolution = scenario.grid.ensemble
    plan, jobs = plan_with_agreements(alone, resolution, (Assumptions(ADOPTED),))
    row = draw_values(plan.quantities, 0, scenario.seed).table[BEST_ROW]
    evaluation = AgreementEvaluation(Evaluation(plan, row))
    return tuple(
        Engagement(job.party, job.threat, one)
        for job in jobs
        for one in told(
            evaluation,
            job,
            [c for c in job.cases if (c.agreement, c.circumstance) == (agreement, AS_AGREED)],
        )
    )
