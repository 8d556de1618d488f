"""What an agreement is worth in one draw: who is told what when, and which arcs that lets engage.

For each battery and arc the latest launch that still meets the arc is computed once; under every
agreement the battery is ready when the data that it has then, its decision and the consent it
needs allow. So an agreement more costs a set of data and a comparison.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.agreement import Value
from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.flight.arcs import ArcSet
from longroad.sensing.commit import Accuracy, Commits, Sensors, Wanted, commits, sensor_row, sensors
from longroad.sensing.radar import radar_range
from longroad.study.agreement_known import Facts, Sets, facts
from longroad.study.agreement_plan import AgreementJob, BatteryUse, Case
from longroad.study.agreement_rules import Rules
from longroad.study.evaluate import Evaluation

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.intp]
Interceptor = tuple[int, int, int]


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
    modes: tuple[str, ...]
    limits: tuple[Array, ...]
    meets: tuple[Array, ...]


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
        sets = Sets(radars)
        made = [self._case(job, case, sets, rows) for case in cases]
        arcs = _Arcs(solved, radars, interceptors(job.batteries))
        found = commits(solved, radars, sets.known(), self._wanted(job, made, arcs))
        for one in made:
            yield self._result(job, one, found, arcs)

    def _arcs(self, job: AgreementJob, rows: Rows | None) -> tuple[ArcSet, Sensors]:
        arcs, all_ = self.evaluation.arcs(job.arcs), self.radars(job)
        if rows is None:
            return arcs.solved.select(arcs.kept), all_
        return arcs.solved.select(arcs.kept[rows]), some_of(all_, rows)

    def _case(self, job: AgreementJob, case: Case, sets: Sets, rows: Rows | None) -> _Case:
        known, rules = facts(job, self.row, case), self.rules
        how = [rules.mode(job, battery, case) for battery in job.batteries]
        pick = slice(None) if rows is None else rows
        return _Case(
            case,
            known,
            sets.add(known.track_s, known),
            sets.add(known.fire_s, known),
            tuple(
                None if b.own is None or not works else sets.alone(b.own, known)
                for b, (_, works) in zip(job.batteries, how, strict=True)
            ),
            tuple(mode for mode, _ in how),
            tuple(limit[pick] for limit in rules.limits(job, case)),
            tuple(rules.latest(job, b, case).meets_s[pick] for b in job.batteries),
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
            place = geodetic_to_ecef(radar.latitude_rad, radar.longitude_rad, 0.0)
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
            for one in made:
                np.maximum(latest[q], one.limits[k] - wait, out=latest[q])
        for q in range(len(uses)):
            latest[len(uses) + q] = np.where(latest[q] > -math.inf, impact, -math.inf)
        return Wanted(
            np.array([row[u[0]] for u in uses] + [row[u[1]] for u in uses]),
            np.array([row[u[2]] for u in uses] + [0.0] * len(uses)),
            latest,
        )

    def _result(self, job: AgreementJob, one: _Case, found: Commits, arcs: _Arcs) -> Result:
        row, known, uses = self.row, one.facts, arcs.uses
        impact = arcs.solved.time_of_flight_s
        count = len(impact)
        authority = one.case.arrangement.authority[job.party]
        wait = row[job.decision_time] + authority.delay_s(self.value(job))
        engaged = np.zeros(count, dtype=bool)
        commit = np.full(count, math.inf)
        fire = np.full(count, math.inf)
        ready = np.full((len(job.batteries), count), math.inf)
        free = np.full_like(ready, math.inf)
        for k, battery in enumerate(job.batteries):
            q, mode, own = uses.index(interceptor_of(battery)), one.modes[k], one.own[k]
            told = np.full(count, math.inf)
            if own is not None:
                told = found.commit_s[own, q] + row[job.own_link]
            if mode != "organic":
                used = one.fire if mode == "engage-on-remote" else one.track
                told = np.minimum(told, found.commit_s[used, q] + row[job.remote_link])
            good = found.commit_s[one.fire, len(uses) + q]
            np.minimum(fire, good, out=fire)
            can = told + wait <= one.limits[k]
            free[k] = told + row[job.decision_time]
            if mode == "engage-on-remote":
                with np.errstate(invalid="ignore"):
                    supported = good <= one.meets[k]
                can &= supported
                free[k, ~supported] = math.inf
            ready[k] = np.where(can, told + wait, math.inf)
            engaged |= can
            np.minimum(commit, ready[k], out=commit)
        uncued_s = arcs.radars.uncued_s + known.radar_warning_s[:, None]
        seen = np.min(uncued_s, axis=0, initial=math.inf)
        warned = np.minimum(known.warning_s, np.broadcast_to(seen, count))
        # What comes after the impact comes never.
        warned = np.where(warned < impact, warned, math.inf)
        first = np.where(found.first_s[one.track] < impact, found.first_s[one.track], math.inf)
        return Result(engaged, warned, first, commit, fire, ready, free)


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
