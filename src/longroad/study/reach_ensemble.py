"""Reach in every draw: least burnout speeds by site, flight, launch time and part of the flight."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.reach_kernel import SPEED
from longroad.study.blocks import Block, Progress, run_parts
from longroad.study.blocks import Part as Computed
from longroad.study.columns import Values
from longroad.study.plan import Plan
from longroad.study.reach_plan import (
    ANY,
    BEFORE,
    DELAY,
    OWN_SENSORS,
    MeetingJob,
    Part,
    ReachJob,
)
from longroad.study.row import Row

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

PAIR_FRACTION, LEAST_SPEED = "reachable_pair_fraction", "least_burnout_speed"
REACH_MEASURES = (PAIR_FRACTION, LEAST_SPEED)
# Changes with the meaning of what a block holds.
BLOCK_FORMAT = "reach-1"


@dataclass(frozen=True)
class Timing:
    """When a site launches: ``meeting`` and ``column`` say where its speeds stand.

    ``delay_s`` None: at the earliest launch that the owner's own sensors support.
    """

    meeting: int
    column: int
    delay_s: float | None

    @property
    def kind(self) -> str:
        """Return the word of the tables: delay or own-sensors."""
        return OWN_SENSORS if self.delay_s is None else DELAY

    @property
    def word(self) -> str:
        """Return the word of outcome names: ``300-s`` or ``own-sensors``."""
        return OWN_SENSORS if self.delay_s is None else f"{self.delay_s:g}-s"


@dataclass(frozen=True)
class ReachEnsemble:
    """What the draws gave; row 0 is the best estimate.

    ``speed_m_s`` by meeting job (R, P, D, 2), NaN without a meeting; ``within`` by flight job
    (R, P): which flights the missile can fly. ``table`` (R, C) are the values.
    """

    speed_m_s: tuple[Array, ...]
    within: tuple[Flags, ...]
    table: Array

    def pairs(self, plan: Plan, job: ReachJob) -> Flags:
        """Return which pairs of a job the missile can fly (R, P)."""
        return self.within[plan.meetings[job.meeting].flights]

    def least(self, timing: Timing, part: Part) -> Array:
        """Return the least burnout speed (R, P) in m/s in a part of the flight."""
        speeds = self.speed_m_s[timing.meeting][:, :, timing.column]
        if part == ANY:
            return np.asarray(np.fmin(speeds[..., 0], speeds[..., 1]))
        return np.asarray(speeds[..., 0 if part == BEFORE else 1])

    def own_speed(self, job: ReachJob) -> Array | None:
        """Return the burnout speed (R) of a job's own interceptor (m/s), None without one."""
        return None if job.burnout_speed is None else self.table[:, job.burnout_speed]


def timings(plan: Plan, job: ReachJob) -> tuple[Timing, ...]:
    """Return the launch times of a job: by delay, then the one its owner's sensors support."""
    delays = plan.meetings[job.meeting].delays_s
    found = [Timing(job.meeting, column, delay) for column, delay in enumerate(delays)]
    if job.supported is not None:
        found.append(Timing(job.supported, 0, None))
    return tuple(found)


def pair_fraction(least_m_s: Array, within: Flags, speed_m_s: Array) -> Array:
    """Return the share (R) of flown pairs (R, P) that a burnout speed (R) reaches; NaN without."""
    pairs = within.sum(axis=1)
    with np.errstate(invalid="ignore"):
        reached = (least_m_s <= speed_m_s[:, None]) & within
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(pairs > 0, reached.sum(axis=1) / pairs, np.nan))


def least_of(least_m_s: Array, within: Flags) -> Array:
    """Return the least speed (R) over the flown pairs (R, P); NaN where no pair is met at all."""
    known = np.where(within & np.isfinite(least_m_s), least_m_s, np.inf)
    low = known.min(axis=1, initial=np.inf)
    return np.asarray(np.where(np.isfinite(low), low, np.nan))


def reach_digest(plan: Plan) -> bytes:
    """Return a hash of everything in the reach part of a plan that is not a drawn value."""
    jobs = (plan.flights, plan.ready, plan.meetings, plan.radars, plan.tracks)
    return hashlib.sha256(repr(jobs).encode()).digest()


def run_reach(
    plan: Plan, values: Values, workers: int, progress: Progress | None = None, *,
    kept: bool = True,
) -> ReachEnsemble:  # fmt: skip
    """Evaluate the meetings of a plan for all rows of values; `run_parts` says what is ``kept``."""
    parts = reach_parts(plan, values)
    blocks = run_parts(parts, partial(Row, plan), workers, progress, kept=kept)
    return reach_of(plan, values, blocks)


def reach_parts(plan: Plan, values: Values) -> list[Computed[Row]]:
    """Return what to compute for reach; nothing where no flight is asked about."""
    if not plan.meetings:
        return []
    return [
        Computed(BLOCK_FORMAT, reach_digest(plan), values.table, partial(_row, plan, _layout(plan)))
    ]


def reach_of(plan: Plan, values: Values, blocks: Sequence[Block]) -> ReachEnsemble:
    """Return the ensemble that the block of :func:`reach_parts` makes, if any."""
    if not blocks:
        return ReachEnsemble((), (), values.table)
    (block,) = blocks
    shapes = [_shape(plan, job) for job in plan.meetings]
    counts = [(len(job.pairs),) for job in plan.flights]
    return ReachEnsemble(
        _parted(block["speed"], shapes), _parted(block["within"], counts), values.table
    )


def _shape(plan: Plan, job: MeetingJob) -> tuple[int, ...]:
    timings = len(job.delays_s) if job.ready is None else 1
    return len(plan.flights[job.flights].pairs), timings, 2


def _parted(flat: NDArray, shapes: Sequence[tuple[int, ...]]) -> tuple[NDArray, ...]:
    """Return the columns (R, N) of a block as one array (R, ...) for each job."""
    ends = np.cumsum([0, *(math.prod(shape) for shape in shapes)])
    return tuple(
        flat[:, start:end].reshape(len(flat), *shape)
        for start, end, shape in zip(ends[:-1], ends[1:], shapes, strict=True)
    )


@dataclass(frozen=True)
class _Layout:
    """Where speeds stand in a row of the block, which has ``size`` of them.

    ``places`` has for each of a plan's shots those of its pairs, one job after the other:
    (pairs, D x 2).
    """

    size: int
    places: tuple[NDArray[np.intp], ...]


def _layout(plan: Plan) -> _Layout:
    shapes = [_shape(plan, job) for job in plan.meetings]
    ends = np.cumsum([0, *(math.prod(shape) for shape in shapes)])
    every = [
        np.arange(start, end).reshape(shape[0], -1)
        for start, end, shape in zip(ends[:-1], ends[1:], shapes, strict=True)
    ]
    shots = tuple(np.concatenate([every[m] for m in members]) for members in plan.shots)
    return _Layout(int(ends[-1]), shots)


def _row(plan: Plan, layout: _Layout, row: Row) -> Block:
    reach = row.evaluation.reach
    within = [reach.flights(k).within for k in range(len(plan.flights))]
    speed = np.full(layout.size, np.nan)
    for index, (members, places) in enumerate(zip(plan.shots, layout.places, strict=True)):
        flown = np.concatenate([within[plan.meetings[m].flights] for m in members])
        speed[places[flown]] = reach.shot(index).answers[..., SPEED].reshape(-1, places.shape[1])
    return {"speed": speed, "within": np.concatenate(within)}
