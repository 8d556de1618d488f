"""The trace of an outcome of reach: which site and flights it is about, and what it read."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.errors import UsageError, nearest
from longroad.scenario import Position, ReachMeasure, Scenario, Variant
from longroad.study.columns import Array
from longroad.study.evaluate import Evaluation
from longroad.study.inputs import TracedInput, radar_columns, traced
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import PAIR_FRACTION, ReachEnsemble, Timing, timings
from longroad.study.reach_outcomes import (
    first_jobs,
    measures_of,
    outcome_name,
    outcome_values,
)
from longroad.study.reach_plan import PARTS, Part, ReachJob
from longroad.study.readings import ADOPTED, Assumptions

# Stages of the chain, in the order of data flow; each has an equation in the message table.
STAGES = ("flight", "radar", "track", "meeting", "reach")
BY_DELAY = ("flight", "meeting", "reach")
MOST_NAMED = 12


@dataclass(frozen=True)
class ReachTarget:
    """One outcome of reach: its job, its name, and the variant under which it is stored."""

    job: ReachJob
    measure: str
    part: Part
    timing: Timing
    outcome: str
    stored_variant: str

    @property
    def unit(self) -> str:
        """Return the unit of its value."""
        return "1" if self.measure == PAIR_FRACTION else "km/s"

    @property
    def stages(self) -> tuple[str, ...]:
        """Return the stages that it passes through."""
        return STAGES if self.timing.delay_s is None else BY_DELAY


def find_reach(
    plan: Plan, outcome: str, variant: str | None, party: str | None, assumptions: str
) -> ReachTarget:
    """Return the one outcome of reach that a name means; raise UsageError otherwise.

    A name without a variant that fits several variants alike means all of them.
    """
    first = first_jobs(plan)
    known: dict[str, list[ReachTarget]] = {}
    for job in plan.reach:
        home = first[(*job.content, job.kind, job.assumptions)].variant
        for measure in measures_of(job):
            for timing in timings(plan, job):
                for part in PARTS:
                    name = outcome_name(measure, job, part, timing)
                    target = ReachTarget(job, measure, part, timing, name, home)
                    known.setdefault(name, []).append(target)
    if outcome not in known:
        near = nearest(outcome, known)
        raise UsageError(
            f"the run has no outcome '{outcome}'",
            expected=near or "MEASURE/TRAJECTORIES/SITE/PART/DELAY-s",
            nearest=near,
        )
    fits = [
        target
        for target in known[outcome]
        if variant in (None, target.job.variant)
        and party in (None, target.job.party)
        and target.job.assumptions == assumptions
    ]
    if len({target.job.content for target in fits}) == 1:
        return fits[0]
    full = [_full(target.job, outcome) for target in (fits or known[outcome])]
    listed = ", ".join(full[:MOST_NAMED]) + (" and more" if len(full) > MOST_NAMED else "")
    what = f"'{outcome}' fits {len(fits)} outcomes" if fits else f"nothing fits '{outcome}' there"
    raise UsageError(what, expected=f"one of {listed}")


def _full(job: ReachJob, outcome: str) -> str:
    own = "" if job.assumptions == ADOPTED else f"@{job.assumptions}"
    return f"{job.variant}/{job.party}/{outcome}{own}"


def reach_value(plan: Plan, target: ReachTarget, row: Array) -> float:
    """Return the outcome for one row of values."""
    evaluation = Evaluation(plan, row)
    meeting = plan.meetings[target.timing.meeting]
    count = len(plan.meetings)
    speeds = [row[:0]] * count
    speeds[target.timing.meeting] = evaluation.meeting(target.timing.meeting).speed_m_s[None]
    within = [row[:0].astype(bool)] * len(plan.flights)
    within[meeting.flights] = evaluation.flights(meeting.flights).within[None]
    only = ReachEnsemble(tuple(speeds), tuple(within), row[None])
    part, timing = target.part, target.timing
    return float(outcome_values(plan, only, target.job, target.measure, part, timing)[0])


def reach_inputs(
    plan: Plan, target: ReachTarget, scenario: Scenario, way: Assumptions, row: Array
) -> tuple[TracedInput, ...]:
    """Return everything that an outcome of reach read, stage by stage."""
    variant = scenario.variant(target.job.variant)
    columns = _columns(plan, target)
    positions = _positions(plan, target, scenario, variant, way)
    return traced(plan, variant, way, row, columns, positions, STAGES)


def _columns(plan: Plan, target: ReachTarget) -> list[tuple[str, int]]:
    meeting = plan.meetings[target.timing.meeting]
    flights = plan.flights[meeting.flights]
    found = [
        *(("flight", c) for c in (flights.burn_time, flights.burnout_altitude)),
        *(("flight", c) for c in (flights.burnout_ground_distance, flights.maximum_range)),
        *(("meeting", c) for c in (meeting.burn_time, meeting.boost_path_fraction)),
        *(("meeting", c) for c in (meeting.flight_life, meeting.floor)),
    ]
    if meeting.ceiling is not None:
        found.append(("meeting", meeting.ceiling))
    if target.unit == "1" and target.job.burnout_speed is not None:
        found.append(("reach", target.job.burnout_speed))
    if meeting.ready is None:
        return found
    ready = plan.ready[meeting.ready]
    found.append(("radar", flights.radar_cross_section))
    for index, latency, link in ready.tracks:
        job = plan.tracks[index]
        found += [("radar", column) for column in radar_columns(plan, job.radar)]
        cues = [column for cue in job.cues for column in cue]
        found += [("track", column) for column in (job.track_time, *cues, latency, link)]
    found.append(("track", ready.decision_time))
    return list(dict.fromkeys(found))


def _positions(
    plan: Plan, target: ReachTarget, scenario: Scenario, variant: Variant, way: Assumptions
) -> list[tuple[str, Position]]:
    job = target.job
    group = next(g for g in variant.trajectories if g.id == job.trajectories)
    found = [("flight", end.position) for end in (*group.bases, *group.ends)]
    meeting = plan.meetings[target.timing.meeting]
    if meeting.ready is not None:
        radars = {plan.tracks[track[0]].radar for track in plan.ready[meeting.ready].tracks}
        spots = {(plan.radars[r].latitude_rad, plan.radars[r].longitude_rad) for r in radars}
        for site in variant.sensors:
            if site.is_radar and site.position is not None and site.owner.id == job.party:
                found += [("radar", site.position)] if way.place(site.position) in spots else []
    if job.kind == "battery":
        found += [("meeting", b.position) for b in variant.batteries if b.id == job.site]
    elif job.kind == "place":
        measures = (claim.measure for claim in scenario.claims)
        named = [m for m in measures if isinstance(m, ReachMeasure) and m.kind == "place"]
        found += [
            ("meeting", m.position)
            for m in named
            if m.position is not None and (m.variant, m.site) == (variant.id, job.site)
        ]
    return found
