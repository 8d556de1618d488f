"""What is engageable when links fail and consent is refused: an expectation, and parts of it.

Data that come less, with the same rules, engage no arc that all data do not, and none the fewer
than own data alone do. So only the arcs between the two are asked for.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from longroad.study.agreement_evaluate import AgreementEvaluation, Result
from longroad.study.agreement_measures import shares
from longroad.study.agreement_plan import AgreementJob, Case

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
# Cases evaluated at once: their arrays stand in memory together.
AT_ONCE = 64


def expectations(
    evaluation: AgreementEvaluation,
    job: AgreementJob,
    cases: Sequence[Case],
    pairs: Sequence[tuple[Result, Result]],
) -> Array:
    """Return the expected shares (C, 2) over links that work or not, and over consent.

    ``pairs`` are the results with all data and with own data alone. Patterns of links beyond those
    that a case holds count as nothing engaged.
    """
    value = evaluation.value(job)
    out = np.empty((len(cases), 2))
    distinct: dict[Hashable, list[int]] = {}
    for k, case in enumerate(cases):
        keys = tuple(state.information.key for state in case.states)
        distinct.setdefault((case.key(job.party), keys), []).append(k)
    for same in distinct.values():
        case, (whole, own) = cases[same[0]], pairs[same[0]]
        found = between(evaluation, job, case.by_state, own.engaged, whole.engaged)
        for k in same:
            chance = np.array([float(state.probability(value)) for state in cases[k].states])
            consent = cases[k].arrangement.authority[job.party].consent(value)
            out[k] = consent * (chance @ found)
    return out


def between(
    evaluation: AgreementEvaluation,
    job: AgreementJob,
    cases: Sequence[Case],
    least: Flags,
    most: Flags,
) -> Array:
    """Return the shares (C, 2) of cases that engage at least and at most certain arcs (N,)."""
    rows = np.flatnonzero(most & ~least)
    out = np.empty((len(cases), 2))
    if rows.size == 0:
        out[:] = shares(evaluation, job, most)
        return out
    for start in range(0, len(cases), AT_ONCE):
        chunk = cases[start : start + AT_ONCE]
        found: dict[int, Array] = {}
        for k, result in enumerate(evaluation.results(job, chunk, rows)):
            if id(result) not in found:
                engaged = least.copy()
                engaged[rows] = result.engaged
                found[id(result)] = shares(evaluation, job, engaged)
            out[start + k] = found[id(result)]
    return out
