"""What sets of batteries engage of the missiles considered: area and shot opportunities, by draw.

A set of limits leaves batteries, each in some mode; what they engage is put together from what
each engages alone, so that a further set costs a union of flags, and its rounds of shots.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.area import count_cells, fraction
from longroad.engagement.windows import Windows, engage
from longroad.study.blocks import Block, Part, Progress, run_parts
from longroad.study.ensemble import plan_digest
from longroad.study.evaluate import Evaluation
from longroad.study.plan import CoverageJob, Plan
from longroad.study.rounds import count_rounds

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
# Ids of the batteries of a plan that are left.
Left = tuple[str, ...]
# Changes with the meaning of what a block holds.
BLOCK_FORMAT = "limits-1"
AREA, SHOTS = 0, 1
SAMPLE = 300
"""Arcs of a missile, at least, that shot opportunities are counted on: every k-th of them."""


def engaged_by(
    plan: Plan, table: Array, variant: str, party: str, sets: Sequence[Left], workers: int,
    progress: Progress | None = None,
) -> Array:  # fmt: skip
    """Return, by row of values and set of batteries (R, S, 2), what the set engages.

    The engageable share of the area within reach and the mean number of shot opportunities over
    a sample of the arcs within reach, each the mean over the missiles considered; NaN where none
    is considered against the party or none is within reach of its territory.
    """
    jobs = [job for job in plan.coverage if (job.variant, job.party) == (variant, party)]
    if not jobs or not sets:
        return np.full((len(table), len(sets), 2), np.nan)
    digest = hashlib.sha256(plan_digest(plan) + repr((jobs, tuple(sets))).encode()).digest()
    part = Part(BLOCK_FORMAT, digest, table, partial(_row, jobs, sets))
    (found,) = run_parts([part], partial(Evaluation, plan), workers, progress)
    return found["engaged"]


def _row(jobs: Sequence[CoverageJob], sets: Sequence[Left], evaluation: Evaluation) -> Block:
    by_job = np.stack([_engaged(evaluation, job, sets) for job in jobs])
    known = np.isfinite(by_job[:, 0, AREA])
    nothing = np.full((len(sets), 2), np.nan)
    return {"engaged": by_job[known].mean(axis=0) if known.any() else nothing}


def _engaged(evaluation: Evaluation, job: CoverageJob, sets: Sequence[Left]) -> Array:
    """Return area and shot opportunities (S, 2) of one missile."""
    arcs = evaluation.arcs(job.arcs)
    plan = evaluation.plan
    cells = plan.territories[plan.arcs[job.arcs].territory]
    index = dict(job.batteries)
    names = dict.fromkeys(id for left in sets for id in left)
    every = np.ones(len(arcs.kept), dtype=bool)
    flags = {id: evaluation.engaged(index[id], every) for id in names}
    sample = np.arange(0, len(arcs.kept), max(len(arcs.kept) // SAMPLE, 1))
    shooters = {id: _Shooter(evaluation, index[id], sample) for id in names}
    out = np.full((len(sets), 2), np.nan)
    for s, left in enumerate(sets):
        engaged = np.zeros(len(arcs.kept), dtype=bool)
        for id in left:
            engaged |= flags[id]
        count = count_cells(arcs.within, arcs.kept, engaged, len(cells))
        out[s, AREA] = fraction(count.all_engaged, count.reachable, cells.area_m2)
        out[s, SHOTS] = _shots(evaluation, [shooters[id] for id in left], engaged[sample])
    return out


def _shots(evaluation: Evaluation, own: Sequence[_Shooter], engaged: Flags) -> float:
    if not engaged.size or not own:
        return 0.0
    decision = float(evaluation.row[own[0].decision_time])
    rounds = count_rounds(
        engaged, len(own), lambda k, free, going: own[k].first(free, going), decision
    )
    return float(rounds.mean())


class _Shooter:
    """One battery against a sample of the arcs of a job: its first intercept once it is free."""

    def __init__(self, evaluation: Evaluation, index: int, rows: NDArray[np.intp]) -> None:
        self.evaluation, self.index, self.rows = evaluation, index, rows
        self.decision_time = evaluation.plan.batteries[index].decision_time
        windows = self._windows(rows, np.full(rows.size, -math.inf))
        some, last = np.arange(rows.size), np.maximum(windows.count - 1, 0)
        self.last = np.where(windows.engageable, windows.intervals[some, last, 1], -math.inf)
        self.begins = np.where(windows.engageable, windows.intervals[:, 0, 0], math.inf)

    def first(self, free: Array, going: Flags) -> Array:
        """Return the first intercept (M,), s, of arcs asked for, launched at ``free`` or later.

        Who launches later meets an arc within the windows known, or not at all.
        """
        if np.all(np.isneginf(free)):
            return np.where(going, self.begins, math.inf)
        meets = np.full(free.size, math.inf)
        some = np.flatnonzero(going & (self.last > free))
        if some.size:
            windows = self._windows(self.rows[some], free[some])
            meets[some] = np.where(windows.engageable, windows.intervals[:, 0, 0], math.inf)
        return meets

    def _windows(self, rows: NDArray[np.intp], free: Array) -> Windows:
        evaluation, job = self.evaluation, self.evaluation.plan.batteries[self.index]
        battery, nodes = evaluation.prepared(self.index), evaluation.arcs(job.arcs).nodes
        return engage(
            nodes.state[rows], nodes.start_s[rows], nodes.dt_s[rows],
            np.maximum(battery.ready_s[rows], free),
            (battery.support[0][rows], battery.support[1][rows]),
            evaluation.battery_row(self.index), evaluation.flyout(job.flyout),
        )  # fmt: skip
