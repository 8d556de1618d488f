"""What is told of agreements by the best estimate alone: what rests on what.

Each sensor lost in turn, rounds of shots, and the marginal value of each shared sensor. Agreements
that come to the same for a party are computed once.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from longroad.agreement import Information
from longroad.engagement.windows import engage
from longroad.sensing.track import CUED
from longroad.study.agreement_evaluate import AgreementEvaluation, Result
from longroad.study.agreement_expected import between
from longroad.study.agreement_measures import AREA, MEASURES, POPULATION, shares
from longroad.study.agreement_plan import AS_AGREED, LOST, AgreementJob, Case, known_as
from longroad.study.agreement_table import AgreementRow
from longroad.study.marginal import marginal_values
from longroad.study.rounds import count_rounds
from longroad.study.spread import Spread, spread

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Pair = tuple[Result, Result]
Figures = list[tuple[str, str, Spread]]
SHARES = ("area", "population")


def best_rows(
    evaluation: AgreementEvaluation, job: AgreementJob, seed: int, *, marginal: bool
) -> Iterator[AgreementRow]:
    """Yield the rows of one job; ``marginal`` asks for the value of each shared sensor too."""
    usual = [case for case in job.cases if case.circumstance == AS_AGREED]
    distinct = dict(zip([c.key(job.party) for c in reversed(usual)], reversed(usual), strict=True))
    cases = list(distinct.values())
    results = evaluation.results(job, [*cases, *(case.unaided for case in cases)])
    pairs = list(zip(results[: len(cases)], results[len(cases) :], strict=True))
    lost = _lost(evaluation, job, cases, pairs)
    known: dict[Hashable, Figures] = {}
    met: dict[Hashable, Array] = {}
    for key, case, pair, figures in zip(distinct, cases, pairs, lost, strict=True):
        figures.append(_shots(evaluation, job, case, pair, met))
        if marginal:
            figures += _marginal(evaluation, job, case, pair, seed)
        known[key] = figures
    for case in usual:
        for circumstance, outcome, figure in known[case.key(job.party)]:
            yield AgreementRow(
                job.variant, case.agreement, circumstance, job.party, job.threat, outcome, figure
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


def _lost(
    evaluation: AgreementEvaluation,
    job: AgreementJob,
    cases: Sequence[Case],
    pairs: Sequence[Pair],
) -> list[Figures]:
    """Return, case by case, the shares that are left when one sensor works for nobody."""
    base = evaluation.evaluation
    # An arc that a radar does not see is engaged without it as with it.
    sees = {use.site.id: base.seen(use.radar).count[CUED] > 0 for use in job.radars}
    users: dict[str, list[int]] = {}
    for k, case in enumerate(cases):
        for sensor in _sensors(case, job.party):
            users.setdefault(sensor, []).append(k)
    left: dict[tuple[int, str], Flags] = {}
    for sensor, own in users.items():
        asked = np.any([pairs[k][0].engaged for k in own], axis=0) & sees.get(sensor, True)
        rows = np.flatnonzero(asked)
        left |= {(k, sensor): pairs[k][0].engaged for k in own}
        if rows.size:
            found = evaluation.results(job, [without(cases[k], sensor) for k in own], rows)
            for k, result in zip(own, found, strict=True):
                engaged = left[k, sensor] = left[k, sensor].copy()
                engaged[rows] = result.engaged
    out = []
    for k, case in enumerate(cases):
        figures: Figures = []
        for sensor in _sensors(case, job.party):
            share = shares(evaluation, job, left[k, sensor])
            for m in (AREA, POPULATION):
                figure = spread(share[m], np.empty(0))
                figures.append((f"{LOST}/{sensor}", MEASURES[m][0], figure))
        out.append(figures)
    return out


def _sensors(case: Case, party: str) -> list[str]:
    """Return the sensors that give a party a track or a cue, in the order of its feeds."""
    known = case.arrangement.information[party]
    return list({s.id: None for s in (*known.sensors_of("track"), *known.sensors_of("cue"))})


def _shots(
    evaluation: AgreementEvaluation, job: AgreementJob, case: Case, pair: Pair,
    met: dict[Hashable, Array],
) -> tuple[str, str, Spread]:  # fmt: skip
    """Return the mean number of rounds of shoot, look, shoot over the arcs within reach."""
    rounds = shot_rounds(evaluation, job, case, pair[0], met)
    mean = float(rounds.mean()) if rounds.size else math.nan
    return AS_AGREED, "shot_opportunities", spread(mean, np.empty(0))


def shot_rounds(
    evaluation: AgreementEvaluation, job: AgreementJob, case: Case, result: Result,
    met: dict[Hashable, Array],
) -> Array:  # fmt: skip
    """Return how many rounds each arc (N,) leaves time for, at most `MOST_ROUNDS`.

    The battery that meets the arc first fires; whether that hit is known after the decision time,
    and the next round may start. ``met`` keeps the first intercepts of a job's batteries, which
    are often ready at the same times in several of its cases.
    """
    base = evaluation.evaluation
    arcs = base.arcs(job.arcs)

    def first(k: int, free: Array, going: Flags) -> Array:
        battery = job.batteries[k]
        ready = np.maximum(result.ready_s[k], free)
        latest = evaluation.rules.latest(job, battery, case)
        some = np.flatnonzero(going & (ready <= latest.launch_s))
        # Where an arc may be met decides about latest launches, which are kept: one for each.
        key = (k, id(latest), some.tobytes(), ready[some].tobytes())
        if key not in met:
            spans, number = evaluation.rules.support(job, battery, case)
            windows = engage(
                arcs.nodes.state[some], arcs.nodes.start_s[some], arcs.nodes.dt_s[some],
                ready[some], (spans[some], number[some]), base.battery_row(battery.job),
                base.flyout(base.plan.batteries[battery.job].flyout),
            )  # fmt: skip
            met[key] = np.where(windows.engageable, windows.intervals[:, 0, 0], math.inf)
        meets = np.full(ready.size, math.inf)
        meets[some] = met[key]
        return meets

    decision = float(base.row[job.decision_time])
    return count_rounds(result.engaged, len(job.batteries), first, decision)


def _marginal(
    evaluation: AgreementEvaluation, job: AgreementJob, case: Case, pair: Pair, seed: int
) -> Iterator[tuple[str, str, Spread]]:
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
        whole, own = pair
        return np.nan_to_num(between(evaluation, job, cases, own.engaged, whole.engaged))

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
            yield AS_AGREED, f"marginal_{what}_fraction/{sensor}", figure
