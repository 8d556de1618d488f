"""Trace of an outcome of one draw under an agreement: which case it is, its value, its inputs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from longroad.base.errors import UsageError, nearest
from longroad.base.quantity import Disputed, Quantity
from longroad.scenario import Position, Variant
from longroad.study.agreement_ensemble import case_measures
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_measures import MEASURES
from longroad.study.agreement_plan import AS_AGREED, AgreementJob, Case
from longroad.study.agreement_table import OUTCOMES
from longroad.study.columns import Array
from longroad.study.evaluate import Evaluation
from longroad.study.inputs import TracedInput, job_columns, radar_columns, traced
from longroad.study.plan import Plan
from longroad.study.readings import Assumptions
from longroad.study.store import Run

PREFIX = "agreements"
STAGES = ("arcs", "radar", "information", "agreement", "flyout", "latest", "coverage")
NAMES = tuple(name for name, _ in MEASURES)
WRITTEN = f"[VARIANT/[PARTY/]]{PREFIX}/AGREEMENT/[CIRCUMSTANCE/]MEASURE/MISSILE"


@dataclass(frozen=True)
class AgreementOutcome:
    """One measure of one case of one job."""

    job: AgreementJob
    case: Case
    measure: str

    @property
    def name(self) -> str:
        """Return its name as a user writes it, without variant and party."""
        case = self.case
        return "/".join((PREFIX, case.agreement, case.circumstance, self.measure, self.job.threat))

    @property
    def unit(self) -> str:
        """Return the unit of its value."""
        return dict(MEASURES)[self.measure]


def is_agreement(outcome: str) -> bool:
    """Return whether the name of an outcome speaks of an agreement."""
    return PREFIX in outcome.split("/")[:3]


def find_agreement(jobs: Iterable[AgreementJob], written: str) -> AgreementOutcome:
    """Return the outcome that a name means; raise `UsageError` where that is not just one."""
    parts = written.split("/")
    place = parts.index(PREFIX)
    before, after = parts[:place], parts[place + 1 :]
    if len(after) < 3 or not all(parts):
        raise UsageError(f"'{written}' is not the name of an outcome", expected=WRITTEN)
    measure, missile = after[-2:]
    if measure not in NAMES:
        raise UsageError(
            f"'{measure}' is not drawn under agreements",
            expected=", ".join(NAMES),
            nearest=nearest(measure, NAMES),
        )
    circumstance = "/".join(after[1:-2]) or AS_AGREED
    all_ = [AgreementOutcome(job, case, measure) for job in jobs for case in job.cases]
    fits = [
        one
        for one in all_
        if (one.case.agreement, one.case.circumstance) == (after[0], circumstance)
        and one.job.threat == missile
        and [one.job.variant, one.job.party][: len(before)] == before
    ]
    if len(fits) == 1:
        return fits[0]
    full = [f"{one.job.variant}/{one.job.party}/{one.name}" for one in (fits or all_)]
    some = ", ".join(full[:8]) + (" and more" if len(full) > 8 else "")
    if fits:
        raise UsageError(f"'{written}' fits {len(fits)} outcomes", expected=f"one of {some}")
    raise UsageError(
        f"the run has no outcome '{written}'",
        expected=f"one of {some}" if full else "a run of a scenario with agreements",
        nearest=nearest(written, full),
    )


def agreement_value(plan: Plan, meant: AgreementOutcome, row: Array) -> float:
    """Return the value of an outcome for one row of values."""
    evaluation = AgreementEvaluation(Evaluation(plan, row))
    found = case_measures(evaluation, meant.job, [meant.case])
    return float(found[0, NAMES.index(meant.measure)])


def stored_agreement(run: Run, meant: AgreementOutcome, draw: int) -> float:
    """Return the value that the run holds for one draw."""
    table = run.table(OUTCOMES)
    job, case = meant.job, meant.case
    where = {
        "variant": job.variant,
        "agreement": case.agreement,
        "circumstance": case.circumstance,
        "party": job.party,
        "missile": job.threat,
        "outcome": meant.measure,
    }
    here = np.logical_and.reduce([table[name] == value for name, value in where.items()])
    draws = table["draw"][here]
    value = table["value"][here][draws == draw]
    if value.size != 1:
        raise UsageError(
            f"the run has no draw {draw} of this outcome",
            field="draw",
            expected=f"-1 (the best estimate) to {int(draws.max(initial=-1))}: agreements rest "
            "on the first quarter of the draws, 32 at least",
        )
    return float(value[0])


def agreement_inputs(
    plan: Plan, meant: AgreementOutcome, variant: Variant, way: Assumptions, row: Array
) -> tuple[TracedInput, ...]:
    """Return everything that the outcome read, stage by stage: columns, then positions."""
    columns, records = _columns(plan, meant)
    positions = _positions(meant, variant)
    return traced(plan, variant, way, row, columns, positions, STAGES, records)


def cited(meant: AgreementOutcome) -> set[str]:
    """Return the sources of the agreement and of its provisions."""
    arrangement = meant.case.arrangement
    grounds = {id for one in arrangement.provisions for id in one.ground.sources}
    return grounds | set(arrangement.agreement.sources)


def _columns(
    plan: Plan, meant: AgreementOutcome
) -> tuple[list[tuple[str, int]], dict[int, Quantity | Disputed]]:
    job, arrangement = meant.job, meant.case.arrangement
    heard = {feed.sensor.id for feed in arrangement.information[job.party].feeds}
    found = [("arcs", c) for c in job_columns(plan.arcs[job.arcs], "launch", "territory")]
    for use in job.radars:
        if use.site.id in heard:
            found += [("radar", c) for c in radar_columns(plan, use.radar)]
            found += [("information", c) for c in (use.latency, *use.accuracy)]
    for eye in job.orbiters:
        if eye.site.id in heard:
            found += [("information", c) for c in (eye.delay, eye.latency, eye.place, eye.speed)]
    for battery in job.batteries:
        flown = plan.flyouts[plan.batteries[battery.job].flyout]
        found += [("flyout", c) for c in job_columns(flown)]
        found += [("information", c) for c in (battery.basket, battery.fire_basket, battery.lead)]
    if job.batteries:
        found += [("latest", c) for c in (job.own_link, job.remote_link, job.decision_time)]
    records: dict[int, Quantity | Disputed] = {}
    authority = arrangement.authority[job.party]
    numbers = [authority.delay, authority.probability]
    for link in arrangement.information[job.party].links:
        numbers += [link.latency, link.availability]
    for number in numbers:
        if number is not None:
            records[job.columns[number.id]] = number
    found += [("agreement", c) for c in records]
    return list(dict.fromkeys(found)), records


def _positions(meant: AgreementOutcome, variant: Variant) -> list[tuple[str, Position]]:
    job = meant.job
    heard = {feed.sensor.id for feed in meant.case.arrangement.information[job.party].feeds}
    found = [("arcs", area.position) for area in job.launch_areas]
    found += [
        ("radar", use.site.position)
        for use in job.radars
        if use.site.id in heard and use.site.position is not None
    ]
    mine = {battery.id for battery in job.batteries}
    return found + [("latest", b.position) for b in variant.batteries if b.id in mine]
