"""Checks of claims before a run: a threshold is no test of a figure that cannot change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from longroad.scenario import (
    BargainMeasure,
    Claim,
    ExchangeMeasure,
    Measure,
    ReachMeasure,
    Scenario,
)
from longroad.scenario.finding import Remark, named, said
from longroad.scenario.load import CLAIMS_FILE
from longroad.study.reach_planner import sites_of
from longroad.study.rehearsal import Rehearsal


def claim_without_test(rehearsal: Rehearsal, scenario: Scenario) -> Iterator[Remark]:
    """A claim whose figure cannot change, does not exist, or meets its threshold whatever it is."""
    file = str(Path(scenario.file).with_name(CLAIMS_FILE))
    for claim in scenario.claims:
        words = _trivial(claim) or _idle(rehearsal, scenario, claim)
        if words is not None:
            yield Remark("warning", words, claim.origin, file)


def _trivial(claim: Claim) -> str | None:
    threshold = claim.threshold
    least = threshold.sense == "at_least" and threshold.value <= 0.0
    most = threshold.sense == "at_most" and threshold.value >= 1.0
    fraction = claim.measure.measure.endswith("_fraction")
    if claim.measure.measure == "gain_fraction":
        return None  # a loss is a gain below zero
    if least or (most and fraction):
        return said("claim_always_holds", claim=claim.id)
    return None


def _idle(rehearsal: Rehearsal, scenario: Scenario, claim: Claim) -> str | None:
    measure = claim.measure
    if isinstance(measure, ReachMeasure):
        return _idle_reach(rehearsal, scenario, claim, measure)
    if isinstance(measure, BargainMeasure | ExchangeMeasure):
        return None  # what it names is checked when it is read
    return _idle_coverage(rehearsal, scenario, claim, measure)


def _idle_coverage(
    rehearsal: Rehearsal, scenario: Scenario, claim: Claim, measure: Measure
) -> str | None:
    variant = scenario.variant(measure.variant)
    about = {"claim": claim.id, "threat": measure.missile, "party": measure.party}
    jobs = [
        job
        for job in rehearsal.coverage(variant)
        if (job.party, job.threat) == (measure.party, measure.missile)
    ]
    if not jobs:
        return said("claim_without_figure", **about)
    (job,) = jobs
    if not len(rehearsal.best.arcs(job.arcs).kept):
        return said("claim_out_of_range", **about)
    if measure.measure.startswith("engageable") and not job.batteries:
        return said("claim_without_battery", **about, variant=variant.id)
    return None


def _idle_reach(
    rehearsal: Rehearsal, scenario: Scenario, claim: Claim, measure: ReachMeasure
) -> str | None:
    variant = scenario.variant(measure.variant)
    if not sites_of(measure, variant):
        return said("claim_without_site", claim=claim.id, site=measure.site)
    flown: list[float] = []
    for group in rehearsal.groups(variant):
        if group.written.id not in measure.trajectories:
            continue
        for k in group.found.kept:
            base, end, _ = group.job.pairs[k]
            if measure.bases and base not in measure.bases:
                continue
            if measure.ends and end not in measure.ends:
                continue
            flown.append(float(group.found.solved.time_of_flight_s[k]))
    if not flown:
        return said("claim_without_flight", claim=claim.id)
    if measure.delay_s is not None and measure.delay_s >= np.max(flown):
        return said("claim_too_late", claim=claim.id, longest=f"{np.max(flown):,.0f} s")
    return None


SCENARIO_CHECKS = named((claim_without_test, ("warning",)))
