"""Which provision of an agreement changes what of a raid: provision by provision, in their order.

A step is the agreement with its provisions up to one of them, as the file says them. What a step
changes depends on those before it, and may make matters worse; all steps together are the whole.
Numbers are best estimates, and all steps meet the same luck.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from longroad.agreement import Circumstances
from longroad.scenario import Scenario, Variant
from longroad.scenario.agreement import Agreement
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_plan import AS_AGREED
from longroad.study.raid_ensemble import MODES, play
from longroad.study.raid_inputs import RaidInputs
from longroad.study.raid_plan import RaidJob, Situation
from longroad.study.raid_planner import situation
from longroad.study.table import Table, make_table

TABLE = "raid_steps"
MOST_STEPS = 1_024
TOLD = (("leakers", "leakers"), ("interceptors_wasted", "wasted"))


@dataclass(frozen=True)
class RaidStep:
    """An outcome with an agreement's provisions up to one, and how that one changes it.

    ``change_se`` is the sampling error of the change, in replicates that meet the same luck.
    """

    variant: str
    raid: str
    agreement: str
    step: int
    provision: str
    kind: str
    discrimination: str
    outcome: str
    value: float
    change: float
    change_se: float


def raid_steps(
    evaluation: AgreementEvaluation, scenario: Scenario, job: RaidJob
) -> Iterator[RaidStep]:
    """Yield the steps of every agreement of a raid's variant, at best estimates."""
    variant = scenario.variant(job.variant)
    nothing = job.situations[0]
    steps = [
        (agreement, count)
        for agreement in variant.agreements
        for count in range(1, len(agreement.provisions) + 1)
    ]
    if not steps:
        return
    short = replace(
        job, situations=(nothing, *(_upto(variant, one, count) for one, count in steps))
    )
    inputs = RaidInputs(evaluation, short).all()
    error = float(evaluation.row[job.columns["leaker_error"]])
    outcome = play(short, inputs, error, scenario.seed, MOST_STEPS)
    if outcome is None:
        return
    before: dict[str, int] = {}
    for (agreement, count), a in zip(steps, inputs.of[1:], strict=True):
        last = before.get(agreement.id, inputs.of[0])
        before[agreement.id] = a
        mean, error_of = outcome.difference(a, last)
        provision = agreement.provisions[count - 1]
        for name, counted in TOLD:
            m = outcome.index(counted)
            for d, mode in enumerate(MODES):
                yield RaidStep(
                    job.variant, job.raid.id, agreement.id, count, provision.id,
                    type(provision).__name__.lower(), mode.name.lower(), name,
                    float(outcome.mean()[a, d, m]), float(mean[d, m]), float(error_of[d, m]),
                )  # fmt: skip


def _upto(variant: Variant, agreement: Agreement, count: int) -> Situation:
    part = replace(agreement, provisions=agreement.provisions[:count])
    return situation(variant, part, AS_AGREED, Circumstances())


def steps_table(rows: list[RaidStep]) -> Table:
    """Return the steps as the run's table."""
    text = ("variant", "raid", "agreement", "provision", "kind", "discrimination", "outcome")
    columns: dict[str, np.ndarray] = {
        name: np.array([getattr(row, name) for row in rows], dtype=object) for name in text
    }
    columns["step"] = np.array([row.step for row in rows], dtype=np.int32)
    for name in ("value", "change", "change_se"):
        columns[name] = np.array([getattr(row, name) for row in rows], dtype=np.float64)
    order = (
        "variant", "raid", "agreement", "step", "provision", "kind", "discrimination", "outcome",
        "value", "change", "change_se",
    )  # fmt: skip
    return make_table(TABLE, {name: columns[name] for name in order})
