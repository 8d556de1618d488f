"""One engagement told under each agreement: what happens when, by whom, on whose data.

Every agreement is told on the same arc, chosen by one rule: of the arcs on which the agreements
divide most evenly into those that let it be engaged and those that do not, the one whose earliest
launches lie neither closest together nor farthest apart (the lower median). The battery told of is
the one that meets the arc first; where none is, the one that is in time by most, or misses by
least, before rules on ground.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.windows import engage, latest_launch
from longroad.flight.nodes import Nodes
from longroad.sensing.commit import Sensors, Wanted, commits
from longroad.study.agreement_carriers import Carriers, path
from longroad.study.agreement_evaluate import (
    AgreementEvaluation,
    Result,
    interceptor_of,
    interceptors,
)
from longroad.study.agreement_known import Facts, Sets, facts
from longroad.study.agreement_plan import AS_AGREED, AgreementJob, BatteryUse, Case
from longroad.study.agreement_rules import forbidden_by
from longroad.study.agreement_words import STEP

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
EVENTS = (
    "ignition",
    "burnout",
    "warned",
    "first-track",
    "commit-quality",
    "ready",
    "consented",
    "latest-launch",
    "launch",
    "intercept-earliest",
    "intercept-latest",
    "fire-control",
    "impact",
)


@dataclass(frozen=True)
class Event:
    """An event of one engagement; ``time_s`` after ignition, infinite for never.

    ``actor`` and ``path`` are ids; what the missile does has none.
    """

    event: str
    time_s: float
    actor: str = ""
    path: str = ""


@dataclass(frozen=True)
class Told:
    """One engagement under one case, in the order of `EVENTS`."""

    case: Case
    shape: str
    launch_area: str
    aim_rad: tuple[float, float]
    events: tuple[Event, ...]


def chosen_arc(results: Sequence[Result]) -> int | None:
    """Return which kept arc is told: see the head of this module; None without any arc.

    ``results`` are those of the agreements as agreed. Where no agreement lets engage anything,
    times of first tracks stand for earliest launches.
    """
    engaged = np.array([one.engaged for one in results])
    if engaged.shape[1] == 0:
        return None
    some = engaged.sum(axis=0)
    fewer = np.minimum(some, len(results) - some)
    among = np.flatnonzero((fewer == fewer.max()) & ((some > 0) | (some.max() == 0)))
    times = np.array([one.commit_s if some.any() else one.first_s for one in results])[:, among]
    known = np.isfinite(times)
    last = np.where(known, times, -math.inf).max(axis=0)
    first = np.where(known, times, math.inf).min(axis=0)
    spread = np.where(known.any(axis=0), last - first, 0.0)
    order = np.lexsort((among, first, spread))
    return int(among[order[(len(order) - 1) // 2]])


def told(evaluation: AgreementEvaluation, job: AgreementJob, cases: Sequence[Case]) -> list[Told]:
    """Return the engagement of one job's arc under some of its cases; empty without any arc.

    The arc is that of all agreements of the job as agreed, whatever ``cases`` are.
    """
    usual = [case for case in job.cases if case.circumstance == AS_AGREED]
    arc = chosen_arc(evaluation.results(job, usual))
    if arc is None:
        return []
    return list(_Engagement(evaluation, job, arc).told(cases))


class _Engagement:
    """One arc of one job, with what every case needs of it."""

    def __init__(self, evaluation: AgreementEvaluation, job: AgreementJob, arc: int) -> None:
        self.evaluation, self.job, self.arc = evaluation, job, arc
        base = evaluation.evaluation
        self.row = evaluation.row
        arcs = base.arcs(job.arcs)
        all_ = evaluation.radars(job)
        self.radars = Sensors(
            all_.rows, all_.intervals[:, [arc]], all_.count[:, [arc]], all_.uncued_s[:, [arc]]
        )
        self.solved = arcs.solved.select(arcs.kept[[arc]])
        self.impact = float(self.solved.time_of_flight_s[0])
        self.uses = interceptors(job.batteries)
        count = len(self.uses)
        self.wanted = Wanted(
            np.array([self.row[u[0]] for u in self.uses] + [self.row[u[1]] for u in self.uses]),
            np.array([self.row[u[2]] for u in self.uses] + [0.0] * count),
            np.full((2 * count, 1), self.impact),
        )
        self.nodes = Nodes(
            arcs.nodes.state[[arc]], arcs.nodes.start_s[[arc]], arcs.nodes.dt_s[[arc]]
        )
        number = int(arcs.kept[arc])
        plan = base.plan.arcs[job.arcs]
        cells = base.plan.territories[plan.territory]
        per_shape = len(plan.launch) * len(cells)
        self.shape = plan.shapes[number // per_shape].id
        self.launch_area = plan.launch_areas[number % per_shape // len(cells)]
        cell = number % len(cells)
        self.aim = float(cells.latitude_rad[cell]), float(cells.longitude_rad[cell])

    def told(self, cases: Sequence[Case]) -> Iterator[Told]:
        for case in cases:
            events = tuple(self._events(case))
            yield Told(case, self.shape, self.launch_area, self.aim, events)

    def _value(self, number: object) -> float:
        return float(self.row[self.job.columns[number.id]])  # type: ignore[attr-defined]

    def _events(self, case: Case) -> Iterator[Event]:
        job, row = self.job, self.row
        (known,) = facts(job, row, [case])
        carriers = Carriers(job, row, case, known, self.solved, self.radars)
        yield Event("ignition", 0.0)
        yield Event("burnout", float(self.solved.burnout_time_s[0]))
        yield self._warned(case, known)
        time, radar = carriers.first()
        if radar is None or time >= self.impact:
            yield Event("first-track", math.inf, job.party)
        else:
            by = path(case, job.party, radar, "track", self._value)
            yield Event("first-track", time, radar.id, by)
        yield from self._battery_events(case, known, carriers)
        yield Event("impact", self.impact)

    def _warned(self, case: Case, known: Facts) -> Event:
        """Return the first report that something was launched, and by whom."""
        job, information = self.job, case.arrangement.information[self.job.party]
        late = information.delays([use.site for use in job.orbiters], self._value).warning_s
        reports = [
            (float(self.row[use.delay] + self.row[use.latency] + late[k]), use.site)
            for k, use in enumerate(job.orbiters)
        ]
        reports += [
            (float(self.radars.uncued_s[k, 0] + known.radar_warning_s[k]), use.site)
            for k, use in enumerate(job.radars)
        ]
        time, site = min(reports, key=lambda one: one[0], default=(math.inf, None))
        if site is None or not time < self.impact:
            return Event("warned", math.inf, job.party)
        return Event("warned", time, site.id, path(case, job.party, site, "warning", self._value))

    def _battery_events(self, case: Case, known: Facts, carriers: Carriers) -> Iterator[Event]:
        job = self.job
        if not job.batteries:
            return
        limits = [float(one[self.arc]) for one in self.evaluation.rules.limits(job, case)]
        shots = [self._shot(case, known, k, latest) for k, latest in enumerate(limits)]
        meant = min(shots, key=lambda shot: shot.rank)
        battery, used = job.batteries[meant.battery], meant.latency_s
        authority = case.arrangement.authority[job.party]
        q = self.uses.index(interceptor_of(battery))
        basket, lead = float(self.wanted.basket_m[q]), float(self.wanted.lead_s[q])
        by = carriers.paths(used, basket, lead, meant.commit_s, "track")
        yield Event("commit-quality", meant.commit_s, battery.id, by)
        yield Event("ready", meant.ready_s, battery.id)
        if authority.asks:
            asked = [party.id for party in authority.asks]
            given = math.inf if authority.blocked else meant.ready_s
            yield Event("consented", given, ", ".join(asked), STEP.join((*asked, job.party)))
        ruled = meant.free and not math.isfinite(meant.latest_s)
        why = ", ".join(forbidden_by(battery, case, job.party)) if ruled else ""
        yield Event("latest-launch", meant.latest_s, battery.id, why)
        yield Event("launch", meant.launch_s, battery.id)
        yield Event("intercept-earliest", meant.earliest_s, battery.id)
        yield Event("intercept-latest", meant.last_s, battery.id)
        fire = float(self.wanted.basket_m[len(self.uses) + q])
        good = carriers.paths(known.fire_s, fire, 0.0, meant.fire_s, "fire")
        yield Event("fire-control", meant.fire_s, battery.id, good)

    def _shot(self, case: Case, known: Facts, k: int, latest: float) -> _Shot:
        """Return when one battery could do what, alone."""
        job, row, battery = self.job, self.row, self.job.batteries[k]
        mode, works = self.evaluation.rules.mode(job, battery, case)
        sets = Sets(self.radars)
        fire = sets.add(known.fire_s, known)
        far = fire if mode == "engage-on-remote" else sets.add(known.track_s, known)
        own = sets.alone(battery.own, known) if battery.own is not None and works else None
        found = commits(self.solved, self.radars, sets.known(), self.wanted).commit_s[:, :, 0]
        q = self.uses.index(interceptor_of(battery))
        ways = []
        if own is not None:
            alone = np.full(known.track_s.shape, math.inf)
            alone[battery.own] = known.track_s[battery.own]
            ways.append((found[own, q], row[job.own_link], alone))
        if mode != "organic":
            latency = known.fire_s if far == fire else known.track_s
            ways.append((found[far, q], row[job.remote_link], latency))
        commit, link, latency = min(
            ways, key=lambda way: way[0] + way[1], default=(math.inf, 0.0, known.track_s)
        )
        authority = case.arrangement.authority[job.party]
        wait = row[job.decision_time] + authority.delay_s(self._value)
        ready = float(commit + link + wait)
        good = float(found[fire, len(self.uses) + q])
        meets = float(self.evaluation.rules.latest(job, battery, case).meets_s[self.arc])
        can = ready <= latest and not (mode == "engage-on-remote" and not good <= meets)
        shot = (math.inf, math.inf, math.inf)
        if can:
            remote = mode == "engage-on-remote"
            shot = self._intercepts(case, battery, ready, good if remote else -math.inf)
        # Before ignition nobody knows: a launch that would have to be earlier is none.
        free = float(self.evaluation.rules.unruled(job, battery, case).launch_s[self.arc])
        rank = (shot[1], ready - free if free >= 0.0 else math.inf, k)
        return _Shot(
            k, latency, float(commit), ready, latest if latest >= 0.0 else math.inf, free >= 0.0,
            *shot, good, rank,
        )  # fmt: skip

    def _intercepts(
        self, case: Case, battery: BatteryUse, ready: float, good: float
    ) -> tuple[float, float, float]:
        """Return the launch for the earliest intercept, the earliest and the latest intercept.

        Nothing is met before ``good``, fire-control quality, where there is no other support.
        """
        base = self.evaluation.evaluation
        spans, count = self.evaluation.rules.support(self.job, battery, case)
        support = spans[[self.arc]], count[[self.arc]]
        flyout = base.flyout(base.plan.batteries[battery.job].flyout)
        row, ready_s = base.battery_row(battery.job), np.array([ready])
        nodes = self.nodes.state, self.nodes.start_s, self.nodes.dt_s
        windows = engage(*nodes, ready_s, support, row, flyout)
        spans = windows.intervals[0, : int(windows.count[0])]
        spans = spans[spans[:, 1] >= good]
        if not len(spans):
            return math.inf, math.inf, math.inf
        earliest, last = max(float(spans[0, 0]), good), float(spans[-1, 1])
        launch = latest_launch(
            *nodes, ready_s, np.array([0]), np.array([earliest]), row, flyout
        )  # fmt: skip
        return float(launch[0]), earliest, last


@dataclass(frozen=True)
class _Shot:
    """What one battery could do: data it uses (latencies by radar), times (s), and its rank.

    ``free``: whether it could meet the arc if no rule kept it from any ground.
    """

    battery: int
    latency_s: Array
    commit_s: float
    ready_s: float
    latest_s: float
    free: bool
    launch_s: float
    earliest_s: float
    last_s: float
    fire_s: float
    rank: tuple[float, float, int]
