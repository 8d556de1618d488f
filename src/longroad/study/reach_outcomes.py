"""Outcomes of reach by name, in every draw: share of pairs within reach, least burnout speed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.study.plan import Plan
from longroad.study.reach_ensemble import (
    LEAST_SPEED,
    PAIR_FRACTION,
    ReachEnsemble,
    Timing,
    least_of,
    pair_fraction,
    timings,
)
from longroad.study.reach_plan import PARTS, Part, ReachJob

Array = NDArray[np.float64]
KM_S = 1e-3


@dataclass(frozen=True)
class ReachOutcome:
    """One outcome in every row: its name in the outcomes table, its unit and its values (R)."""

    outcome: str
    unit: str
    values: Array


def site_word(job: ReachJob) -> str:
    """Return how outcome names call a site: a battery by its id, others with their kind."""
    return job.site if job.kind == "battery" else f"{job.kind}:{job.site}"


def outcome_name(measure: str, job: ReachJob, part: Part, timing: Timing) -> str:
    """Return ``reachable_pair_fraction/icbm/site-north/any/300-s``."""
    return f"{measure}/{job.trajectories}/{site_word(job)}/{part}/{timing.word}"


def first_jobs(plan: Plan) -> dict[tuple[object, ...], ReachJob]:
    """Return the first of all jobs of equal content: variants share what they do not change."""
    found: dict[tuple[object, ...], ReachJob] = {}
    for job in plan.reach:
        found.setdefault((*job.content, job.kind, job.assumptions), job)
    return found


def measures_of(job: ReachJob) -> tuple[str, ...]:
    """Return the measures that a job has: a site without an interceptor has no share of pairs."""
    return (LEAST_SPEED,) if job.burnout_speed is None else (PAIR_FRACTION, LEAST_SPEED)


def outcome_values(
    plan: Plan, reach: ReachEnsemble, job: ReachJob, measure: str, part: Part, timing: Timing
) -> Array:
    """Return one outcome in every row: a fraction, or a speed in km/s; NaN where there is none."""
    within, least = reach.pairs(plan, job), reach.least(timing, part)
    own = reach.own_speed(job)
    if measure == PAIR_FRACTION and own is not None:
        return pair_fraction(least, within, own)
    return least_of(least, within) * KM_S


def reach_outcomes(plan: Plan, reach: ReachEnsemble, job: ReachJob) -> Iterator[ReachOutcome]:
    """Yield every outcome of a job: by measure, launch time and part of the flight."""
    for measure in measures_of(job):
        for timing in timings(plan, job):
            for part in PARTS:
                yield ReachOutcome(
                    outcome_name(measure, job, part, timing),
                    "1" if measure == PAIR_FRACTION else "km/s",
                    outcome_values(plan, reach, job, measure, part, timing),
                )
