"""The ensemble of agreements: every case of every job, for the best estimate and the first draws.

As a rival claim does, agreements rest on the first quarter of the draws, which takes the leading
points of every scramble: track information and latest launches cost several times what coverage
does.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.area import count_cells
from longroad.scenario import Measure
from longroad.study.agreement_evaluate import AgreementEvaluation, Result
from longroad.study.agreement_expected import expectations
from longroad.study.agreement_measures import measures
from longroad.study.agreement_plan import AS_AGREED, AgreementJob, Case
from longroad.study.blocks import Block, Part, Progress, run_parts
from longroad.study.columns import Values
from longroad.study.ensemble import MEASURES as COVERAGE
from longroad.study.ensemble import RIVAL_DRAWS, RIVAL_SHARE, measure, plan_digest
from longroad.study.plan import Plan
from longroad.study.row import Row

Array = NDArray[np.float64]
# Changes with the meaning of what a block holds.
BLOCK_FORMAT = "agreements-4"


@dataclass(frozen=True)
class AgreementEnsemble:
    """``measures[j]`` (R, C, M): rows (the best estimate first), cases of job j, `MEASURES`.

    ``parts[j]`` (R, C, S, 4): the measures of coverage for each of the plan's subsets of countries.
    """

    jobs: tuple[AgreementJob, ...] = ()
    measures: tuple[Array, ...] = ()
    parts: tuple[Array, ...] = ()

    def drawn(self, measure: Measure, subset: int) -> Array:
        """Return what a claim measures under an agreement, best estimate first; empty if nothing.

        ``subset`` is the place of the measure's countries among the plan's.
        """
        kind = COVERAGE.index(measure.measure)
        meant = (measure.variant, measure.party, measure.missile)
        for job, parts in zip(self.jobs, self.parts, strict=True):
            for c, case in enumerate(job.cases):
                usual = (case.agreement, case.circumstance) == (measure.agreement, AS_AGREED)
                if usual and (job.variant, job.party, job.threat) == meant:
                    return parts[:, c, subset, kind]
        return np.empty(0)


def run_agreements(
    plan: Plan,
    jobs: tuple[AgreementJob, ...],
    values: Values,
    workers: int,
    progress: Progress | None = None,
) -> AgreementEnsemble:
    """Evaluate all cases for the first rows of values with a number of threads."""
    parts = agreement_parts(plan, jobs, values)
    return agreements_of(jobs, run_parts(parts, partial(Row, plan), workers, progress))


def agreement_parts(plan: Plan, jobs: tuple[AgreementJob, ...], values: Values) -> list[Part[Row]]:
    """Return what to compute for agreements; nothing where there are none."""
    if not jobs:
        return []
    digest = hashlib.sha256(plan_digest(plan) + "".join(j.digest for j in jobs).encode()).digest()
    table = values.table[: agreement_rows_of(len(values.table))]
    return [Part(BLOCK_FORMAT, digest, table, partial(_row, plan, jobs))]


def agreements_of(jobs: tuple[AgreementJob, ...], blocks: Sequence[Block]) -> AgreementEnsemble:
    """Return the ensemble that the block of :func:`agreement_parts` makes, if any."""
    if not blocks:
        return AgreementEnsemble()
    (block,) = blocks
    found = [tuple(block[f"{name}-{j}"] for j in range(len(jobs))) for name in ("job", "parts")]
    return AgreementEnsemble(jobs, *found)


def agreement_rows_of(rows: int) -> int:
    """Return for how many of ``rows``, the best estimate first, agreements are evaluated."""
    draws = rows - 1
    return 1 + min(draws, max(draws // RIVAL_SHARE, RIVAL_DRAWS))


def _row(plan: Plan, jobs: Sequence[AgreementJob], row: Row) -> Block:
    block: Block = {}
    for j, job in enumerate(jobs):
        block[f"job-{j}"], results = evaluated(row.agreements, job, job.cases)
        block[f"parts-{j}"] = _parts(row.agreements, job, results)
    return block


def _parts(evaluation: AgreementEvaluation, job: AgreementJob, results: Sequence[Result]) -> Array:
    """Return the measures of coverage (C, S, 4) for every subset of countries."""
    plan, arcs = evaluation.evaluation.plan, evaluation.evaluation.arcs(job.arcs)
    territory = plan.arcs[job.arcs].territory
    cells = len(plan.territories[territory])
    found: dict[int, Array] = {}
    for one in results:
        if id(one) not in found:
            count = count_cells(arcs.within, arcs.kept, one.engaged, cells)
            found[id(one)] = measure(plan, territory, count)
    return np.array([found[id(one)] for one in results])


def case_measures(
    evaluation: AgreementEvaluation, job: AgreementJob, cases: Sequence[Case]
) -> Array:
    """Return the measures (C, M) of some cases; those that come to the same are computed once."""
    return evaluated(evaluation, job, cases)[0]


def evaluated(
    evaluation: AgreementEvaluation, job: AgreementJob, cases: Sequence[Case]
) -> tuple[Array, list[Result]]:
    """Return the measures (C, M) of some cases, and what they come from, case by case."""
    results = evaluation.results(job, [*cases, *(case.unaided for case in cases)])
    pairs = list(zip(results[: len(cases)], results[len(cases) :], strict=True))
    found: dict[tuple[int, int], Array] = {}
    for case, (whole, own) in zip(cases, pairs, strict=True):
        if (id(whole), id(own)) not in found:
            found[id(whole), id(own)] = measures(evaluation, job, case, whole, own)
    expected = expectations(evaluation, job, cases, pairs)
    table = [
        np.concatenate([found[id(whole), id(own)], mean])
        for (whole, own), mean in zip(pairs, expected, strict=True)
    ]
    return np.array(table), results[: len(cases)]
