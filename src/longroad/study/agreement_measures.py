"""What is told of a case in numbers: shares, times, and what rests on a partner."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.engagement import area
from longroad.engagement.area import CellCount, count_cells
from longroad.study.agreement_evaluate import AgreementEvaluation, Result
from longroad.study.agreement_plan import AgreementJob, Case
from longroad.study.solve import ArcResult

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
MEASURES = (
    ("engageable_area_fraction", "1"),
    ("engageable_population_fraction", "1"),
    ("reachable_area_fraction", "1"),
    ("reachable_population_fraction", "1"),
    ("warning_time", "s"),
    ("first_track_time", "s"),
    ("commit_time", "s"),
    ("fire_control_time", "s"),
    ("partner_data_fraction", "1"),
    ("partner_consent_fraction", "1"),
    ("consent_probability", "1"),
    ("expected_engageable_area_fraction", "1"),
    ("expected_engageable_population_fraction", "1"),
)
AREA, POPULATION = 0, 1


def measures(
    evaluation: AgreementEvaluation, job: AgreementJob, case: Case, result: Result, unaided: Result
) -> Array:
    """Return the measures of a case but for the last two, expectations, in order of `MEASURES`.

    ``unaided``: the same rules with the party's own data alone.
    """
    arcs = evaluation.evaluation.arcs(job.arcs)
    authority = case.arrangement.authority[job.party]
    count, fractions = _counted(evaluation, job, result.engaged)
    some = int(result.engaged.sum())
    needed = int((result.engaged & ~unaided.engaged).sum())
    times = [
        _usual(arcs, values, count.reachable)
        for values in (result.warned_s, result.first_s, result.commit_s, result.fire_s)
    ]
    return np.array(
        [
            *fractions,
            *times,
            needed / some if some else math.nan,
            (1.0 if authority.asks else 0.0) if some else math.nan,
            float(authority.consent(evaluation.value(job))),
        ]
    )


def shares(evaluation: AgreementEvaluation, job: AgreementJob, engaged: Flags) -> Array:
    """Return the engageable shares of area and of population (2,) of some arcs engaged (N,)."""
    return _counted(evaluation, job, engaged)[1][:2]


def _counted(
    evaluation: AgreementEvaluation, job: AgreementJob, engaged: Flags
) -> tuple[CellCount, Array]:
    """Return the cells counted, and the first four measures."""
    arcs, plan = evaluation.evaluation.arcs(job.arcs), evaluation.evaluation.plan
    weights = plan.weights[plan.arcs[job.arcs].territory]
    count = count_cells(arcs.within, arcs.kept, engaged, weights.shape[1])
    return count, area.shares(count, np.ones((1, weights.shape[1]), dtype=bool), weights)[0]


def _usual(arcs: ArcResult, values: Array, reachable: Flags) -> float:
    """Return the median over reachable cells of the latest of a cell's arcs; NaN for never."""
    if not reachable.any():
        return math.nan
    whole = np.full(arcs.within.size, -math.inf)
    whole[arcs.kept] = values
    worst = whole.reshape(-1, reachable.size).max(axis=0)[reachable]
    worst.sort()
    middle = float(worst[(worst.size - 1) // 2])
    return middle if math.isfinite(middle) else math.nan
