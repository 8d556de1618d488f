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
from longroad.study.readings import ADOPTED

Array = NDArray[np.float64]
KM_S = 1e-3


@dataclass(frozen=True)
class ReachOutcome:
    """One outcome: the job and launch time it is of, its measure, and the part of the flight."""

    job: ReachJob
    timing: Timing
    measure: str
    part: Part

    @property
    def name(self) -> str:
        """Return ``reachable_pair_fraction/icbm/site-north/any/300-s``."""
        site, when = site_word(self.job), self.timing.word
        return f"{self.measure}/{self.job.trajectories}/{site}/{self.part}/{when}"

    @property
    def key(self) -> tuple[object, ...]:
        """Return what is equal for outcomes that differ in their variant alone."""
        return (self.name, self.job.party, self.job.assumptions, self.job.physics)

    @property
    def unit(self) -> str:
        """Return the unit of its values."""
        return "1" if self.measure == PAIR_FRACTION else "km/s"


def site_word(job: ReachJob) -> str:
    """Return how outcome names call a site: a battery by its id, others with their kind."""
    return job.site if job.kind == "battery" else f"{job.kind}:{job.site}"


def stored_outcomes(plan: Plan) -> dict[tuple[object, ...], ReachOutcome]:
    """Return the outcomes that a run stores, by their key.

    Of outcomes that are the same in several variants, the one of the first variant.
    """
    found: dict[tuple[object, ...], ReachOutcome] = {}
    for outcome in reach_outcomes(plan):
        found.setdefault(outcome.key, outcome)
    return found


def reach_outcomes(plan: Plan) -> Iterator[ReachOutcome]:
    """Yield the outcomes of all reach jobs, in their order: by measure, launch time and part.

    A site without an interceptor has no share of pairs. A reading that leaves the meetings as they
    are has no least speeds of its own.
    """
    usual = {
        (j.variant, j.kind, j.site, j.trajectories): j
        for j in plan.reach[::-1]
        if j.assumptions == ADOPTED
    }
    for job in plan.reach:
        headline = usual[job.variant, job.kind, job.site, job.trajectories]
        theirs = () if job is headline else (headline.meeting, headline.supported)
        for measure in (PAIR_FRACTION, LEAST_SPEED):
            if measure == PAIR_FRACTION and job.burnout_speed is None:
                continue
            for timing in timings(plan, job):
                if measure == LEAST_SPEED and timing.meeting in theirs:
                    continue
                for part in PARTS:
                    yield ReachOutcome(job, timing, measure, part)


def outcome_values(plan: Plan, reach: ReachEnsemble, outcome: ReachOutcome) -> Array:
    """Return one outcome in every row: a fraction, or a speed in km/s; NaN where there is none."""
    job = outcome.job
    within, least = reach.pairs(plan, job), reach.least(outcome.timing, outcome.part)
    own = reach.own_speed(job)
    if outcome.measure == PAIR_FRACTION and own is not None:
        return pair_fraction(least, within, own)
    return least_of(least, within) * KM_S
