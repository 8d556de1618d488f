"""The ensemble of coverage: a plan evaluated for every draw, in blocks."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.area import CellCount, fraction
from longroad.study.blocks import Block, Progress, run_blocks
from longroad.study.columns import Values
from longroad.study.evaluate import Evaluation
from longroad.study.plan import Plan
from longroad.study.readings import ADOPTED

Array = NDArray[np.float64]

MEASURES = (
    "engageable_area_fraction",
    "engageable_population_fraction",
    "reachable_area_fraction",
    "reachable_population_fraction",
)
# Changes with the meaning of what a block holds.
BLOCK_FORMAT = "ensemble-1"


@dataclass(frozen=True)
class Ensemble:
    """What the draws gave, by coverage job of the plan.

    ``measures`` (J, R, S, 4): row 0 the best estimate, S the plan's subsets of countries, the
    last axis in the order of :data:`MEASURES`.
    ``shares`` and ``complete``, one array (R, C) for each job of the adopted reading, by its
    index: share of arcs within reach that have a window (NaN beyond reach), and whether all have.
    """

    measures: Array
    shares: dict[int, NDArray[np.float32]]
    complete: dict[int, NDArray[np.bool_]]


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
    return Ensemble(np.empty((len(plan.coverage), 0, len(plan.subsets), len(MEASURES))), {}, {})


def run_ensemble(
    plan: Plan, values: Values, workers: int, progress: Progress | None = None
) -> Ensemble:
    """Evaluate a plan for all rows of values with a number of threads."""
    blocks = run_blocks(
        BLOCK_FORMAT,
        plan_digest(plan),
        values.table,
        lambda rows: _block(plan, rows),
        workers,
        progress,
    )
    return _gather(plan, blocks, len(values.table))


def _block(plan: Plan, rows: Array) -> Block:
    """Return one block of rows."""
    jobs = range(len(plan.coverage))
    measures = np.full((len(jobs), len(rows), len(plan.subsets), len(MEASURES)), np.nan)
    parts: dict[str, list[NDArray]] = {}
    for r, row in enumerate(rows):
        evaluation = Evaluation(plan, row)
        for j in jobs:
            job = plan.coverage[j]
            count = evaluation.cells(job)
            measures[j, r] = measure(plan, plan.arcs[job.arcs].territory, count)
            if job.assumptions == ADOPTED:
                parts.setdefault(f"share-{j}", []).append(count.share.astype(np.float32))
                parts.setdefault(f"complete-{j}", []).append(count.all_engaged)
    return {"measures": measures, **{name: np.stack(rows) for name, rows in parts.items()}}


def measure(plan: Plan, territory: int, count: CellCount) -> Array:
    """Return the measures (S, 4) of one row for every subset of countries."""
    cells = plan.territories[territory]
    out = np.empty((len(plan.subsets), len(MEASURES)))
    for s, countries in enumerate(plan.subsets):
        here = np.isin(cells.country, countries) if countries else np.ones(len(cells), dtype=bool)
        engaged, reachable = count.all_engaged & here, count.reachable & here
        out[s] = [
            fraction(engaged, reachable, cells.area_m2),
            fraction(engaged, reachable, cells.population),
            fraction(reachable, here, cells.area_m2),
            fraction(reachable, here, cells.population),
        ]
    return out


def _gather(plan: Plan, blocks: Sequence[Block], rows: int) -> Ensemble:
    """Join blocks in the order of their rows."""
    headline = [j for j, job in enumerate(plan.coverage) if job.assumptions == ADOPTED]
    measures = np.concatenate([block["measures"] for block in blocks], axis=1)
    assert measures.shape[1] == rows
    return Ensemble(
        measures,
        {j: np.concatenate([block[f"share-{j}"] for block in blocks]) for j in headline},
        {j: np.concatenate([block[f"complete-{j}"] for block in blocks]) for j in headline},
    )
