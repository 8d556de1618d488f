"""What an agreement is worth in one draw: who is told what when, and which arcs that lets engage.

For each battery and arc the latest launch that still meets the arc is computed once; under every
agreement the battery is ready when the data that it has then, its decision and the consent it
needs allow. So an agreement more costs a set of data and a comparison.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.agreement import Value
from longroad.flight.arcs import ArcSet
from longroad.sensing.commit import Accuracy, Commits, Sensors, Wanted, commits, sensor_row, sensors
from longroad.sensing.radar import radar_range
from longroad.study.agreement_known import Facts, Sets, facts
from longroad.study.agreement_plan import AgreementJob, BatteryUse, Case
from longroad.study.agreement_rules import Ruled, Rules
from longroad.study.evaluate import Evaluation, ecef

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.intp]
Interceptor = tuple[int, int, int]
_Picked = tuple[tuple[Array, ...], tuple[Array, ...]]


@dataclass(frozen=True)
class Result:
    """One case against N kept arcs: ``engaged`` (N,), and times (N,) in s after ignition.

    ``ready_s`` (B, N) is when each battery may launch, infinite for never in time; ``told_s``
    (B, N) is when it could if nobody had to consent and nothing were forbidden, in time or not.
    """

    engaged: Flags
    warned_s: Array
    first_s: Array
    commit_s: Array
    fire_s: Array
    ready_s: Array
    told_s: Array


@dataclass(frozen=True)
class _Case:
    """A case of one draw: what reaches the party, the sets of data that its batteries use.

    ``limits`` and ``meets`` are, by battery, latest launches (N,) and where they meet the arc.
    """

    case: Case
    facts: Facts
    track: int
    fire: int
    own: tuple[int | None, ...]
    ruled: Ruled
    limits: tuple[Array, ...]
    meets: tuple[Array, ...]

    def key(self, party: str) -> Hashable:
        """Return what the result follows from, of cases of one job: equal keys, equal results."""
        known, delay = self.facts, self.case.arrangement.authority[party].delay
        return (
            *(self.track, self.fire, self.own, id(self.ruled)),
            *(known.warning_s, known.radar_warning_s.tobytes()),
            None if delay is None else delay.id,
        )


@dataclass(frozen=True)
class _Shot:
    """One battery against N arcs: whether it may launch in time, when, and when if all agreed."""

    can: Flags
    ready_s: Array
    free_s: Array


@dataclass(frozen=True)
class _Arcs:
    """The arcs asked for, what the radars see of them, and the interceptors that may meet them."""

    solved: ArcSet
    radars: Sensors
    uses: list[Interceptor]


class AgreementEvaluation:
    """Jobs of agreements for one row of values; latest launches are shared between them."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.row = evaluation.row
        self.rules = Rules(evaluation)
        self._radars: tuple[AgreementJob, Sensors] | None = None

    def value(self, job: AgreementJob) -> Value:
        """Return what gives the numbers of a job's agreements in this draw."""
        row, columns = self.row, job.columns
        return lambda number: float(row[columns[number.id]])

    def results(
        self, job: AgreementJob, cases: Sequence[Case], rows: Rows | None = None
    ) -> list[Result]:
        """Return what each case gives; cases that come to the same are computed once.

        ``rows`` are the kept arcs that are asked for, all without.
        """
        keys = [case.key(job.party) for case in cases]
        distinct = dict(zip(reversed(keys), reversed(cases), strict=True))
        found = dict(zip(distinct, self._each(job, list(distinct.values()), rows), strict=True))
        return [found[key] for key in keys]

    def _each(
        self, job: AgreementJob, cases: Sequence[Case], rows: Rows | None
    ) -> Iterator[Result]:
        """Yield what each case gives; cases in which the party knows the same cost nothing."""
        solved, radars = self._arcs(job, rows)
        sets, known = Sets(radars), facts(job, self.row, cases)
        picked: dict[int, _Picked] = {}
        made = [self._case(job, *one, sets, rows, picked) for one in zip(cases, known, strict=True)]
        arcs = _Arcs(solved, radars, interceptors(job.batteries))
        found = commits(solved, radars, sets.known(), self._wanted(job, made, arcs))
        answers = _Answers(job, self.row, self.value(job), arcs, found)
        for one in made:
            yield answers.result(one)

    def _arcs(self, job: AgreementJob, rows: Rows | None) -> tuple[ArcSet, Sensors]:
        arcs, all_ = self.evaluation.arcs(job.arcs), self.radars(job)
        if rows is None:
            return arcs.flown, all_
        return arcs.flown.select(rows), some_of(all_, rows)

    def _case(
        self, job: AgreementJob, case: Case, known: Facts, sets: Sets, rows: Rows | None,
        picked: dict[int, _Picked],
    ) -> _Case:  # fmt: skip
        ruled = self.rules.of(job, case)
        if id(ruled) not in picked:
            limits, meets = ruled.limits, tuple(one.meets_s for one in ruled.latest)
            if rows is not None:
                limits = tuple(one[rows] for one in limits)
                meets = tuple(one[rows] for one in meets)
            picked[id(ruled)] = limits, meets
        return _Case(
            case,
            known,
            sets.add(known.track_s, known),
            sets.add(known.fire_s, known),
            tuple(
                None if battery.own is None or not works else sets.alone(battery.own, known)
                for battery, works in zip(job.batteries, ruled.works, strict=True)
            ),
            ruled,
            *picked[id(ruled)],
        )

    def radars(self, job: AgreementJob) -> Sensors:
        """Return the radars of a job and when they see its kept arcs."""
        if self._radars is None or self._radars[0] is not job:
            self._radars = job, self._radars_of(job)
        return self._radars[1]

    def _radars_of(self, job: AgreementJob) -> Sensors:
        rows, seen = [], []
        for use in job.radars:
            radar, row = self.evaluation.plan.radars[use.radar], self.row
            target = row[self.evaluation.plan.arcs[job.arcs].radar_cross_section]
            reach = radar_range(
                row[radar.reference_range], target, row[radar.reference_cross_section]
            )
            accuracy = Accuracy(*(float(row[column]) for column in use.accuracy))
            place = ecef(radar.latitude_rad, radar.longitude_rad)
            rows.append(sensor_row(place, float(reach), accuracy))
            seen.append(self.evaluation.seen(use.radar))
        return sensors(rows, seen, len(self.evaluation.arcs(job.arcs).kept))

    def _wanted(self, job: AgreementJob, made: Sequence[_Case], arcs: _Arcs) -> Wanted:
        """Return each interceptor's handover basket, then its basket for fire without a radar."""
        row, uses, impact = self.row, arcs.uses, arcs.solved.time_of_flight_s
        wait = row[job.decision_time] + min(row[job.own_link], row[job.remote_link])
        latest = np.full((2 * len(uses), len(impact)), -math.inf)
        for k, battery in enumerate(job.batteries):
            q = uses.index(interceptor_of(battery))
            for limit in {id(one.limits[k]): one.limits[k] for one in made}.values():
                np.maximum(latest[q], limit - wait, out=latest[q])
        for q in range(len(uses)):
            latest[len(uses) + q] = np.where(latest[q] > -math.inf, impact, -math.inf)
        return Wanted(
            np.array([row[u[0]] for u in uses] + [row[u[1]] for u in uses]),
            np.array([row[u[2]] for u in uses] + [0.0] * len(uses)),
            latest,
        )


class _Answers:
    """The results of the cases of one job and row; what cases have in common is computed once."""

    def __init__(
        self, job: AgreementJob, row: Array, value: Value, arcs: _Arcs, found: Commits
    ) -> None:
        self.job, self.row, self.value = job, row, value
        self.arcs, self.found = arcs, found
        self.impact_s = arcs.solved.time_of_flight_s
        self.uses = [arcs.uses.index(interceptor_of(battery)) for battery in job.batteries]
        self._results: dict[Hashable, Result] = {}
        self._shots: dict[Hashable, _Shot] = {}
        self._warned: dict[Hashable, Array] = {}

    def result(self, one: _Case) -> Result:
        """Return what a case gives."""
        key = one.key(self.job.party)
        if key not in self._results:
            self._results[key] = self._result(one)
        return self._results[key]

    def _result(self, one: _Case) -> Result:
        count = len(self.impact_s)
        authority = one.case.arrangement.authority[self.job.party]
        wait = float(self.row[self.job.decision_time] + authority.delay_s(self.value))
        engaged = np.zeros(count, dtype=bool)
        commit = np.full(count, math.inf)
        ready, free = np.empty((2, len(self.uses), count))
        for k in range(len(self.uses)):
            shot = self._shot(k, one, wait)
            ready[k], free[k] = shot.ready_s, shot.free_s
            engaged |= shot.can
            np.minimum(commit, shot.ready_s, out=commit)
        # Every interceptor is some battery's.
        fire = self.found.commit_s[one.fire, len(self.arcs.uses) :].min(axis=0, initial=math.inf)
        first = self.found.first_s[one.track]
        first = np.where(first < self.impact_s, first, math.inf)
        return Result(engaged, self._warned_s(one.facts), first, commit, fire, ready, free)

    def _shot(self, k: int, one: _Case, wait: float) -> _Shot:
        """Return what one battery may do; most cases leave it what others leave it."""
        q, mode = self.uses[k], one.ruled.modes[k]
        remote = mode == "engage-on-remote"
        used = None if mode == "organic" else one.fire if remote else one.track
        own, limit, meets = one.own[k], one.limits[k], one.meets[k]
        key = (q, own, used, wait, id(limit), id(meets) if remote else None)
        if key in self._shots:
            return self._shots[key]
        commit, row, job = self.found.commit_s, self.row, self.job
        if own is not None:
            told = commit[own, q] + row[job.own_link]
        else:
            told = np.full(limit.shape, math.inf)
        if used is not None:
            np.minimum(told, commit[used, q] + row[job.remote_link], out=told)
        ready, free = told + wait, told + row[job.decision_time]
        can = ready <= limit
        if remote:
            with np.errstate(invalid="ignore"):
                supported = commit[one.fire, len(self.arcs.uses) + q] <= meets
            can &= supported
            free[~supported] = math.inf
        ready[~can] = math.inf
        self._shots[key] = _Shot(can, ready, free)
        return self._shots[key]

    def _warned_s(self, known: Facts) -> Array:
        """Return when the party is warned of each arc (N,)."""
        key = known.warning_s, known.radar_warning_s.tobytes()
        if key not in self._warned:
            reports = self.arcs.radars.uncued_s + known.radar_warning_s[:, None]
            warned = np.minimum(known.warning_s, reports.min(axis=0, initial=math.inf))
            # What comes after the impact comes never.
            self._warned[key] = np.where(warned < self.impact_s, warned, math.inf)
        return self._warned[key]


def some_of(radars: Sensors, rows: Rows) -> Sensors:
    """Return radars with what they see of some of their arcs."""
    return Sensors(
        radars.rows, radars.intervals[:, rows], radars.count[:, rows], radars.uncued_s[:, rows]
    )


def interceptor_of(battery: BatteryUse) -> Interceptor:
    """Return the columns by which an interceptor's baskets and lead are known."""
    return battery.basket, battery.fire_basket, battery.lead


def interceptors(batteries: Sequence[BatteryUse]) -> list[Interceptor]:
    """Return the distinct interceptors of some batteries, in their order."""
    return list(dict.fromkeys(interceptor_of(battery) for battery in batteries))
