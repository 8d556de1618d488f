"""What is told of agreements by the best estimate alone: what rests on what.

Each sensor lost in turn, the expectation over links that work or not and over consent, rounds of
shots, and the marginal value of each shared sensor.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from longroad.agreement import states
from longroad.agreement.feed import Information
from longroad.engagement.area import count_cells, fraction
from longroad.engagement.windows import always, engage, support_of
from longroad.sensing.track import CUED
from longroad.study.agreement_ensemble import case_measures, known_as
from longroad.study.agreement_evaluate import (
    AREA,
    MEASURES,
    POPULATION,
    AgreementEvaluation,
    Result,
)
from longroad.study.agreement_plan import AS_AGREED, LOST, AgreementJob, Case
from longroad.study.agreement_table import AgreementRow
from longroad.study.marginal import marginal_values
from longroad.study.spread import Spread, spread

Array = NDArray[np.float64]
MOST_STATES = 1024
# Subsets evaluated at once: their arrays stand in memory together.
AT_ONCE = 64
MOST_ROUNDS = 6
SHARES = ("area", "population")


def best_rows(
    evaluation: AgreementEvaluation, job: AgreementJob, seed: int, *, marginal: bool
) -> Iterator[AgreementRow]:
    """Yield the rows of one job; ``marginal`` asks for the value of each shared sensor too."""
    for case in (case for case in job.cases if case.circumstance == AS_AGREED):
        yield from _lost(evaluation, job, case)
        yield from _expected(evaluation, job, case)
        yield _shots(evaluation, job, case)
        if marginal:
            yield from _marginal(evaluation, job, case, seed)


def _row(
    job: AgreementJob, case: Case, circumstance: str, outcome: str, found: Spread
) -> AgreementRow:
    return AgreementRow(
        job.variant, case.agreement, circumstance, job.party, job.threat, outcome, found
    )


def without(case: Case, sensor: str) -> Case:
    """Return a case in which one sensor works for nobody."""
    return known_as(
        case,
        {
            id: Information(known.party, tuple(f for f in known.feeds if f.sensor.id != sensor))
            for id, known in case.arrangement.information.items()
        },
    )


def _lost(evaluation: AgreementEvaluation, job: AgreementJob, case: Case) -> Iterator[AgreementRow]:
    known = case.arrangement.information[job.party]
    sensors = {s.id: None for s in (*known.sensors_of("track"), *known.sensors_of("cue"))}
    if not sensors:
        return
    found = case_measures(evaluation, job, [without(case, sensor) for sensor in sensors])
    none = np.empty(0)
    for sensor, measures in zip(sensors, found, strict=True):
        for m in (AREA, POPULATION):
            outcome = MEASURES[m][0]
            yield _row(job, case, f"{LOST}/{sensor}", outcome, spread(measures[m], none))


def _expected(
    evaluation: AgreementEvaluation, job: AgreementJob, case: Case
) -> Iterator[AgreementRow]:
    """Yield the expectation over links and consent; what is left out counts as nothing."""

    def value(number: object) -> float:
        return float(evaluation.row[job.columns[number.id]])  # type: ignore[attr-defined]

    all_ = states(case.arrangement, job.party, most=MOST_STATES)
    consent = case.arrangement.authority[job.party].consent(value)
    chance = np.array([float(state.probability(value)) for state in all_])
    cases = [known_as(case, {job.party: state.information}) for state in all_]
    found = _shares(evaluation, job, cases)
    for m, what in enumerate(SHARES):
        total = float(consent * np.sum(chance * np.nan_to_num(found[:, m])))
        outcome = f"expected_engageable_{what}_fraction"
        yield _row(job, case, AS_AGREED, outcome, spread(total, np.empty(0)))


def _shares(evaluation: AgreementEvaluation, job: AgreementJob, cases: Sequence[Case]) -> Array:
    """Return engageable shares of area and population (C, 2) of some cases."""
    arcs = evaluation.evaluation.arcs(job.arcs)
    plan = evaluation.evaluation.plan
    cells = plan.territories[plan.arcs[job.arcs].territory]
    out = np.empty((len(cases), 2))
    for start in range(0, len(cases), AT_ONCE):
        some = cases[start : start + AT_ONCE]
        for k, result in enumerate(evaluation.results(job, some)):
            count = count_cells(arcs.within, arcs.kept, result.engaged, len(cells))
            out[start + k] = [
                fraction(count.all_engaged, count.reachable, weight)
                for weight in (cells.area_m2, cells.population)
            ]
    return out


def _shots(evaluation: AgreementEvaluation, job: AgreementJob, case: Case) -> AgreementRow:
    """Return the mean number of rounds of shoot, look, shoot over the arcs within reach."""
    (result,) = evaluation.results(job, [case])
    rounds = shot_rounds(evaluation, job, case, result)
    mean = float(rounds.mean()) if rounds.size else math.nan
    return _row(job, case, AS_AGREED, "shot_opportunities", spread(mean, np.empty(0)))


def shot_rounds(
    evaluation: AgreementEvaluation, job: AgreementJob, case: Case, result: Result
) -> Array:
    """Return how many rounds each arc (N,) leaves time for, at most `MOST_ROUNDS`.

    The battery that meets the arc first fires; whether that hit is known after the decision time,
    and the next round may start.
    """
    base = evaluation.evaluation
    arcs = base.arcs(job.arcs)
    count = len(arcs.kept)
    rounds = np.zeros(count)
    free = np.full(count, -math.inf)
    going = result.engaged.copy()
    while going.any() and rounds.max(initial=0.0) < MOST_ROUNDS:
        meets = np.full(count, math.inf)
        for k, battery in enumerate(job.batteries):
            ready = np.where(going, np.maximum(result.ready_s[k], free), math.inf)
            late = ready > evaluation.latest(job, battery, case).launch_s
            support = always(count)
            if battery.mode != "engage-on-remote" and battery.own is not None:
                seen = base.seen(job.radars[battery.own].radar)
                support = support_of([(seen.intervals[CUED], seen.count[CUED])], count)
            windows = engage(
                arcs.nodes.state, arcs.nodes.start_s, arcs.nodes.dt_s,
                np.where(late, math.inf, ready), support, base.battery_row(battery.job),
                base.flyout(base.plan.batteries[battery.job].flyout),
            )  # fmt: skip
            first = np.where(windows.engageable, windows.intervals[:, 0, 0], math.inf)
            np.minimum(meets, first, out=meets)
        going &= np.isfinite(meets)
        rounds += going
        free = np.where(going, meets + base.row[job.decision_time], math.inf)
    return rounds


def _marginal(
    evaluation: AgreementEvaluation, job: AgreementJob, case: Case, seed: int
) -> Iterator[AgreementRow]:
    """Yield what each shared sensor is worth to the party, in shares of area and population."""
    known = case.arrangement.information[job.party]
    shared = {feed.sensor.id: feed.sensor for feed in known.feeds if not feed.own}
    seen = {
        use.site.id: bool(evaluation.evaluation.seen(use.radar).count[CUED].any())
        for use in job.radars
    }
    # A radar that sees none of the arcs adds nothing to any coalition.
    players = [id for id in shared if seen.get(id, True)]

    def worth(masks: Sequence[int]) -> Array:
        cases = []
        for mask in masks:
            have = {player for k, player in enumerate(players) if mask >> k & 1}
            feeds = tuple(f for f in known.feeds if f.own or f.sensor.id in have)
            cases.append(known_as(case, {job.party: Information(known.party, feeds)}))
        return np.nan_to_num(_shares(evaluation, job, cases))

    found = marginal_values(len(players), worth, seed)
    for sensor in shared:
        for m, what in enumerate(SHARES):
            figure = spread(0.0, np.empty(0))
            if sensor in players:
                k = players.index(sensor)
                best = float(found.value[k, m])
                low, high = float(found.low[k, m]), float(found.high[k, m])
                # Beyond ten sensors the interval is that of the orders sampled.
                figure = Spread(
                    best, None if found.exact else low, None if found.exact else high, None
                )
            yield _row(job, case, AS_AGREED, f"marginal_{what}_fraction/{sensor}", figure)
