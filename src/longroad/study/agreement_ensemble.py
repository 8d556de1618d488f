"""The ensemble of agreements: every case of every job, for the best estimate and the first draws.

As a rival claim does, agreements rest on the first quarter of the draws, which takes the leading
points of every scramble: latest launches and track information cost ten times what coverage does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from longroad.agreement.feed import Information
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_expected import expectations, known_as
from longroad.study.agreement_measures import MEASURES, measures
from longroad.study.agreement_plan import AgreementJob, Case
from longroad.study.blocks import Block, Progress, run_blocks
from longroad.study.columns import Values
from longroad.study.ensemble import RIVAL_DRAWS, RIVAL_SHARE, plan_digest
from longroad.study.evaluate import Evaluation
from longroad.study.plan import Plan

Array = NDArray[np.float64]
# Changes with the meaning of what a block holds.
BLOCK_FORMAT = "agreements-2"


@dataclass(frozen=True)
class AgreementEnsemble:
    """``measures[j]`` (R, C, M): rows (the best estimate first), cases of job j, `MEASURES`."""

    jobs: tuple[AgreementJob, ...] = ()
    measures: tuple[Array, ...] = ()


def run_agreements(
    plan: Plan,
    jobs: tuple[AgreementJob, ...],
    values: Values,
    workers: int,
    progress: Progress | None = None,
) -> AgreementEnsemble:
    """Evaluate all cases for the first rows of values with a number of threads."""
    if not jobs:
        return AgreementEnsemble()
    digest = hashlib.sha256(plan_digest(plan) + "".join(j.digest for j in jobs).encode()).digest()
    blocks = run_blocks(
        BLOCK_FORMAT,
        digest,
        values.table[: agreement_rows_of(len(values.table))],
        partial(_block, plan, jobs),
        workers,
        progress,
    )
    measures = (np.concatenate([block[f"job-{j}"] for block in blocks]) for j in range(len(jobs)))
    return AgreementEnsemble(jobs, tuple(measures))


def agreement_rows_of(rows: int) -> int:
    """Return for how many of ``rows``, the best estimate first, agreements are evaluated."""
    draws = rows - 1
    return 1 + min(draws, max(draws // RIVAL_SHARE, RIVAL_DRAWS))


def _block(plan: Plan, jobs: Sequence[AgreementJob], rows: Array) -> Block:
    out = [np.empty((len(rows), len(job.cases), len(MEASURES))) for job in jobs]
    for r, row in enumerate(rows):
        evaluation = AgreementEvaluation(Evaluation(plan, row))
        for job, table in zip(jobs, out, strict=True):
            table[r] = case_measures(evaluation, job, job.cases)
    return {f"job-{j}": table for j, table in enumerate(out)}


def case_measures(
    evaluation: AgreementEvaluation, job: AgreementJob, cases: Sequence[Case]
) -> Array:
    """Return the measures (C, M) of some cases; those that come to the same are computed once."""
    results = evaluation.results(job, [*cases, *(unaided(case) for case in cases)])
    pairs = list(zip(results[: len(cases)], results[len(cases) :], strict=True))
    found: dict[tuple[int, int], Array] = {}
    for case, (whole, own) in zip(cases, pairs, strict=True):
        if (id(whole), id(own)) not in found:
            found[id(whole), id(own)] = measures(evaluation, job, case, whole, own)
    expected = expectations(evaluation, job, cases, pairs)
    return np.array(
        [
            np.concatenate([found[id(whole), id(own)], mean])
            for (whole, own), mean in zip(pairs, expected, strict=True)
        ]
    )


def unaided(case: Case) -> Case:
    """Return the same rules with what each party's own sensors say, and nothing of others."""
    return known_as(
        case,
        {
            id: Information(known.party, tuple(feed for feed in known.feeds if feed.own))
            for id, known in case.arrangement.information.items()
        },
    )
