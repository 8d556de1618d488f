"""The ensemble of coverage: a plan evaluated for every draw, in blocks.

The adopted reading of the numbers and parties' own assumptions are evaluated for every draw. A
rival claim is a question of its own (what if this were true?), with an interval that need not be
as fine: it rests on the first quarter of the draws, which takes the leading points of every
scramble and so is itself a balanced sample.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.area import CellCount, shares
from longroad.study.blocks import Block, Part, Progress, run_parts
from longroad.study.columns import Values
from longroad.study.plan import Plan
from longroad.study.readings import ADOPTED, is_rival
from longroad.study.row import Row

Array = NDArray[np.float64]

MEASURES = (
    "engageable_area_fraction",
    "engageable_population_fraction",
    "reachable_area_fraction",
    "reachable_population_fraction",
)
# A rival claim rests on one in so many draws, but on no fewer than so many.
RIVAL_SHARE, RIVAL_DRAWS = 4, 32
# Changes with the meaning of what a block holds.
BLOCK_FORMAT = "ensemble-3"


@dataclass(frozen=True)
class Ensemble:
    """What the draws gave, by coverage job of the plan.

    ``measures`` (J, R, S, 4): row 0 the best estimate, S the plan's subsets of countries, the
    last axis in the order of :data:`MEASURES`. ``rows`` (J): how many rows were evaluated.
    ``shares`` and ``complete``, one array (R, C) for each job of the adopted reading, by its
    index: share of arcs within reach that have a window (NaN beyond reach), and whether all have.
    """

    measures: Array
    rows: tuple[int, ...]
    shares: dict[int, NDArray[np.float32]]
    complete: dict[int, NDArray[np.bool_]]

    def drawn(self, job: int, measure: int, subset: int = 0) -> Array:
        """Return one measure of one job, the best estimate first, as far as it was evaluated."""
        return self.measures[job, : self.rows[job], subset, measure]


def rows_of(assumptions: str, rows: int) -> int:
    """Return how many of ``rows`` (the best estimate and the draws) a reading is evaluated for."""
    draws = rows - 1
    if is_rival(assumptions):
        draws = min(draws, max(draws // RIVAL_SHARE, RIVAL_DRAWS))
    return 1 + draws


def plan_digest(plan: Plan) -> bytes:
    """Return a hash of everything in a plan that is not a drawn value."""
    digest = hashlib.sha256()
    jobs = (plan.arcs, plan.radars, plan.tracks, plan.flyouts, plan.batteries, plan.coverage)
    digest.update(repr((plan.resolution, plan.subsets, jobs)).encode())
    for cells in plan.territories:
        for array in (
            cells.cell, cells.latitude_rad, cells.longitude_rad, cells.area_m2, cells.population,
        ):  # fmt: skip
            digest.update(np.ascontiguousarray(array).tobytes())
    return digest.digest()


def empty_ensemble(plan: Plan) -> Ensemble:
    """Return an ensemble without a row, where coverage was not asked for."""
    count = len(plan.coverage)
    return Ensemble(np.empty((count, 0, len(plan.subsets), len(MEASURES))), (0,) * count, {}, {})


def run_ensemble(
    plan: Plan, values: Values, workers: int, progress: Progress | None = None
) -> Ensemble:
    """Evaluate a plan for all rows of values with a number of threads."""
    parts = coverage_parts(plan, values)
    return coverage_of(plan, values, run_parts(parts, partial(Row, plan), workers, progress))


def coverage_parts(plan: Plan, values: Values) -> list[Part[Row]]:
    """Return what to compute for coverage: by spans of rows for which the same jobs are asked."""
    return [
        Part(
            BLOCK_FORMAT,
            plan_digest(plan) + repr(jobs).encode(),
            values.table[begin:end],
            partial(_row, plan, jobs),
        )
        for begin, end, jobs in _spans(plan, len(values.table))
    ]


def coverage_of(plan: Plan, values: Values, blocks: Sequence[Block]) -> Ensemble:
    """Return the ensemble that the blocks of :func:`coverage_parts` make, if there are any."""
    if not blocks:
        return empty_ensemble(plan)
    total = len(values.table)
    rows = tuple(rows_of(job.assumptions, total) for job in plan.coverage)
    measures = np.full((len(rows), total, len(plan.subsets), len(MEASURES)), np.nan)
    shares: dict[int, list[NDArray]] = {}
    complete: dict[int, list[NDArray]] = {}
    for (begin, end, jobs), block in zip(_spans(plan, total), blocks, strict=True):
        measures[jobs, begin:end] = block["measures"].swapaxes(0, 1)
        for j in (j for j in jobs if plan.coverage[j].assumptions == ADOPTED):
            shares.setdefault(j, []).append(block[f"share-{j}"])
            complete.setdefault(j, []).append(block[f"complete-{j}"])
    return Ensemble(
        measures,
        rows,
        {j: np.concatenate(parts) for j, parts in shares.items()},
        {j: np.concatenate(parts) for j, parts in complete.items()},
    )


def _spans(plan: Plan, total: int) -> list[tuple[int, int, list[int]]]:
    """Return spans of rows (begin, end) and the jobs that are asked for them.

    Rows that the same jobs are asked for go together, so that a job finds in its row what the
    others have computed.
    """
    rows = [rows_of(job.assumptions, total) for job in plan.coverage]
    ends = sorted({*rows})
    return [
        (begin, end, [j for j, count in enumerate(rows) if count >= end])
        for begin, end in pairwise([0, *ends])
    ]


def _row(plan: Plan, jobs: Sequence[int], row: Row) -> Block:
    """Return one row of some jobs."""
    block: Block = {"measures": np.full((len(jobs), len(plan.subsets), len(MEASURES)), np.nan)}
    for k, j in enumerate(jobs):
        job = plan.coverage[j]
        count = row.evaluation.cells(job)
        block["measures"][k] = measure(plan, plan.arcs[job.arcs].territory, count)
        if job.assumptions == ADOPTED:
            block[f"share-{j}"] = count.share.astype(np.float32)
            block[f"complete-{j}"] = count.all_engaged
    return block


def measure(plan: Plan, territory: int, count: CellCount) -> Array:
    """Return the measures (S, 4) of one row for every subset of countries."""
    return shares(count, plan.parts[territory], plan.weights[territory])
