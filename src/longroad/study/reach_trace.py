"""The trace of an outcome of reach: which site and flights it is about, and what it read."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.errors import UsageError, nearest
from longroad.scenario import Position, ReachMeasure, Scenario, Variant
from longroad.study.columns import Array
from longroad.study.evaluate import Evaluation
from longroad.study.inputs import TracedInput, radar_columns, traced
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import ReachEnsemble
from longroad.study.reach_outcomes import (
    ReachOutcome,
    outcome_values,
    reach_outcomes,
    stored_outcomes,
)
from longroad.study.reach_plan import ReachJob
from longroad.study.readings import ADOPTED, Assumptions

# Stages of the chain, in the order of data flow; each has an equation in the message table.
STAGES = ("flight", "radar", "track", "meeting", "reach")
BY_DELAY = ("flight", "meeting", "reach")
MOST_NAMED = 12


@dataclass(frozen=True)
class ReachTarget:
    """One outcome of reach, and the variant under which it is stored."""

    outcome: ReachOutcome
    stored_variant: str

    @property
    def stages(self) -> tuple[str, ...]:
        """Return the stages that it passes through."""
        return STAGES if self.outcome.timing.delay_s is None else BY_DELAY


def find_reach(
    plan: Plan, name: str, variant: str | None, party: str | None, assumptions: str
) -> ReachTarget:
    """Return the one outcome of reach that a name means; raise UsageError otherwise.

    A name without a variant that fits several variants alike means all of them.
    """
    stored = stored_outcomes(plan)
    known: dict[str, list[ReachOutcome]] = {}
    for outcome in reach_outcomes(plan):
        known.setdefault(outcome.name, []).append(outcome)
    if name not in known:
        near = nearest(name, known)
        raise UsageError(
            f"the run has no outcome '{name}'",
            expected=near or "MEASURE/TRAJECTORIES/SITE/PART/DELAY-s",
            nearest=near,
        )
    fits = [
        outcome
        for outcome in known[name]
        if variant in (None, outcome.job.variant)
        and party in (None, outcome.job.party)
        and outcome.job.assumptions == assumptions
    ]
    if len({outcome.key for outcome in fits}) == 1:
        return ReachTarget(fits[0], stored[fits[0].key].job.variant)
    full = [_full(outcome.job, name) for outcome in (fits or known[name])]
    listed = ", ".join(full[:MOST_NAMED]) + (" and more" if len(full) > MOST_NAMED else "")
    what = f"'{name}' fits {len(fits)} outcomes" if fits else f"nothing fits '{name}' there"
    raise UsageError(what, expected=f"one of {listed}")


def _full(job: ReachJob, outcome: str) -> str:
    own = "" if job.assumptions == ADOPTED else f"@{job.assumptions}"
    return f"{job.variant}/{job.party}/{outcome}{own}"


def reach_value(plan: Plan, outcome: ReachOutcome, row: Array) -> float:
    """Return the outcome for one row of values."""
    evaluation = Evaluation(plan, row)
    wanted = outcome.timing.meeting
    flights = plan.meetings[wanted].flights
    speeds = [row[:0]] * len(plan.meetings)
    speeds[wanted] = evaluation.meeting(wanted).speed_m_s[None]
    within = [row[:0].astype(bool)] * len(plan.flights)
    within[flights] = evaluation.flights(flights).within[None]
    only = ReachEnsemble(tuple(speeds), tuple(within), row[None])
    return float(outcome_values(plan, only, outcome)[0])


def reach_inputs(
    plan: Plan, outcome: ReachOutcome, scenario: Scenario, way: Assumptions, row: Array
) -> tuple[TracedInput, ...]:
    """Return everything that an outcome of reach read, stage by stage."""
    variant = scenario.variant(outcome.job.variant)
    columns = reach_columns(plan, outcome)
    positions = _positions(plan, outcome, scenario, variant, way)
    return traced(plan, variant, way, row, columns, positions, STAGES)


def reach_columns(plan: Plan, outcome: ReachOutcome) -> list[tuple[str, int]]:
    """Return (stage, column) of every number that an outcome of reach reads."""
    meeting = plan.meetings[outcome.timing.meeting]
    flights = plan.flights[meeting.flights]
    found = [
        *(("flight", c) for c in (flights.burn_time, flights.burnout_altitude)),
        *(("flight", c) for c in (flights.burnout_ground_distance, flights.maximum_range)),
        *(("meeting", c) for c in (meeting.burn_time, meeting.boost_path_fraction)),
        *(("meeting", c) for c in (meeting.flight_life, meeting.floor)),
    ]
    if meeting.ceiling is not None:
        found.append(("meeting", meeting.ceiling))
    if outcome.unit == "1" and outcome.job.burnout_speed is not None:
        found.append(("reach", outcome.job.burnout_speed))
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
    plan: Plan, outcome: ReachOutcome, scenario: Scenario, variant: Variant, way: Assumptions
) -> list[tuple[str, Position]]:
    job = outcome.job
    group = next(g for g in variant.trajectories if g.id == job.trajectories)
    found = [("flight", end.position) for end in (*group.bases, *group.ends)]
    meeting = plan.meetings[outcome.timing.meeting]
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
