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

from longroad.agreement import Zone
from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.engagement.area import count_cells, fraction
from longroad.engagement.latest import Latest, latest_of
from longroad.engagement.windows import always, support_of
from longroad.flight.nodes import Nodes
from longroad.sensing.commit import Accuracy, Commits, Sensors, Wanted, commits, sensor_row, sensors
from longroad.sensing.radar import radar_range
from longroad.sensing.track import CUED
from longroad.study.agreement_known import Facts, Sets, facts
from longroad.study.agreement_plan import AgreementJob, BatteryUse, Case
from longroad.study.agreement_zones import Clear, forbidden_arcs, keep_clear, reach_key
from longroad.study.evaluate import Evaluation
from longroad.study.solve import ArcResult

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Support = tuple[Array, NDArray[np.int32]]

MEASURES = (
    ("engageable_area_fraction", "1"),
    ("engageable_population_fraction", "1"),
    ("reachable_area_fraction", "1"),
    ("reachable_population_fraction", "1"),
    ("warning_time", "s"),
    ("first_track_time", "s"),
    ("commit_time", "s"),
    ("fire_control_time", "s"),
    ("partner_data_fraction", "1"),
    ("partner_consent_fraction", "1"),
    ("consent_probability", "1"),
)
AREA, POPULATION = 0, 1


@dataclass(frozen=True)
class Result:
    """One case against N kept arcs: ``engaged`` (N,), and times (N,) in s after ignition.

    ``ready_s`` (B, N) is when each battery may launch, infinite for never in time.
    """

    engaged: Flags
    warned_s: Array
    first_s: Array
    commit_s: Array
    fire_s: Array
    ready_s: Array


@dataclass(frozen=True)
class _Case:
    """A case of one draw: what reaches the party, and the sets of data that its batteries use."""

    case: Case
    facts: Facts
    track: int
    fire: int
    own: tuple[int | None, ...]


class AgreementEvaluation:
    """Jobs of agreements for one row of values; latest launches are shared between them."""

    def __init__(self, evaluation: Evaluation) -> None:
        self.evaluation = evaluation
        self.row = evaluation.row
        self._latest: dict[Hashable, Latest] = {}
        self._clear: dict[Hashable, Clear] = {}

    def results(self, job: AgreementJob, cases: Sequence[Case]) -> list[Result]:
        """Return what each case gives; cases that come to the same are computed once."""
        distinct = list({case.key(job.party): case for case in reversed(cases)}.values())
        found = {case.key(job.party): one for case, one in self._each(job, distinct)}
        return [found[case.key(job.party)] for case in cases]

    def _each(self, job: AgreementJob, cases: Sequence[Case]) -> Iterator[tuple[Case, Result]]:
        """Yield what each case gives; cases in which the party knows the same cost nothing."""
        arcs = self.evaluation.arcs(job.arcs)
        sets = Sets()
        made = [self._case(job, case, sets) for case in cases]
        uses = interceptors(job.batteries)
        limits = [self.limits(job, one.case, arcs) for one in made]
        radars = self.radars(job, len(arcs.kept))
        found = commits(
            arcs.solved.select(arcs.kept), radars, sets.known(), self._wanted(job, limits, uses)
        )
        for case, one, latest in zip(cases, made, limits, strict=True):
            yield case, self._result(job, one, latest, found, uses, radars, arcs)

    def latest(self, job: AgreementJob, battery: BatteryUse, case: Case) -> Latest:
        """Return the latest launches of a battery in a case, before any rule but for ground."""
        zones = case.arrangement.authority[job.party].forbidden
        arcs = self.evaluation.arcs(job.arcs)
        key, support = self._unlimited(job, battery, case)
        row = self.evaluation.battery_row(battery.job)
        table = self.evaluation.flyout(self.evaluation.plan.batteries[battery.job].flyout)
        if key not in self._latest:
            self._latest[key] = latest_of(arcs.nodes, support, row, table)
        ground = reach_key(zones)
        if not ground:
            return self._latest[key]
        if (key, ground) not in self._latest:
            clear, whole = self._clear_of(job, zones, arcs), self._latest[key]
            # Only what passes above that ground, and could be met at all, is asked anew.
            some = np.isfinite(whole.launch_s[clear.rows])
            nodes = Nodes(*(part[clear.rows[some]] for part in _parts(arcs.nodes)))
            spans, count = clear.of(support)
            again = latest_of(nodes, (spans[some], count[some]), row, table)
            launch, meets = whole.launch_s.copy(), whole.meets_s.copy()
            launch[clear.rows[some]], meets[clear.rows[some]] = again.launch_s, again.meets_s
            self._latest[key, ground] = Latest(launch, meets)
        return self._latest[key, ground]

    def support(self, job: AgreementJob, battery: BatteryUse, case: Case) -> Support:
        """Return when each arc may be met: in view of what has to see it, not above closed ground.

        Intervals (N, MOST, 2) in s after ignition, and their number (N,).
        """
        zones = case.arrangement.authority[job.party].forbidden
        _, support = self._unlimited(job, battery, case)
        if not reach_key(zones):
            return support
        clear = self._clear_of(job, zones, self.evaluation.arcs(job.arcs))
        spans, count = support[0].copy(), support[1].copy()
        spans[clear.rows], count[clear.rows] = clear.of(support)
        return spans, count

    def _unlimited(
        self, job: AgreementJob, battery: BatteryUse, case: Case
    ) -> tuple[Hashable, Support]:
        """Return the support before any rule on ground, and what decides about latest launches."""
        mode, supported = self.mode(job, battery, case)
        own, flown = battery.own, self.evaluation.plan.batteries[battery.job]
        radar = job.radars[own].radar if own is not None and supported else None
        needs = mode != "engage-on-remote"
        key = (
            job.arcs, flown.flyout, flown.latitude_rad, flown.longitude_rad,
            radar if needs else "none",
        )  # fmt: skip
        count = len(self.evaluation.arcs(job.arcs).kept)
        if not needs:
            return key, always(count)
        seen = [] if radar is None else [self.evaluation.seen(radar)]
        return key, support_of([(s.intervals[CUED], s.count[CUED]) for s in seen], count)

    def _clear_of(self, job: AgreementJob, zones: Sequence[Zone], arcs: ArcResult) -> Clear:
        key = (job.arcs, reach_key(zones))
        if key not in self._clear:
            self._clear[key] = keep_clear(zones, arcs)
        return self._clear[key]

    def mode(self, job: AgreementJob, battery: BatteryUse, case: Case) -> tuple[str, bool]:
        """Return how a battery may engage in a case, and whether its own radar works."""
        mode: str = battery.mode
        if mode == "engage-on-remote" and not case.arrangement.authority[job.party].limits.remote:
            mode = "launch-on-remote"
        known = case.arrangement.information[job.party]
        works = battery.own is not None and bool(known.of(job.radars[battery.own].site))
        return mode, works

    def _case(self, job: AgreementJob, case: Case, sets: Sets) -> _Case:
        known = facts(job, self.row, case)
        return _Case(
            case,
            known,
            sets.add(known.track_s, known),
            sets.add(known.fire_s, known),
            tuple(
                None
                if b.own is None or not self.mode(job, b, case)[1]
                else sets.alone(b.own, known)
                for b in job.batteries
            ),
        )

    def limits(self, job: AgreementJob, case: Case, arcs: ArcResult) -> list[Array]:
        """Return, by battery, the latest launch (N,) that the rules of a case leave."""
        authority = case.arrangement.authority[job.party]
        territory = self.evaluation.plan.arcs[job.arcs].territory
        cells = self.evaluation.plan.territories[territory]
        barred = forbidden_arcs(authority.forbidden, arcs, cells, job.launch_areas)
        found = []
        for battery in job.batteries:
            if authority.blocked or not _stands(battery, case, job.party):
                found.append(np.full(len(arcs.kept), -math.inf))
            else:
                launch = self.latest(job, battery, case).launch_s
                found.append(np.where(barred, -math.inf, launch))
        return found

    def radars(self, job: AgreementJob, arcs: int) -> Sensors:
        """Return the radars of a job and when they see its ``arcs`` kept arcs."""
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
        return sensors(rows, seen, arcs)

    def _wanted(
        self, job: AgreementJob, limits: Sequence[list[Array]], uses: list[tuple[int, int, int]]
    ) -> Wanted:
        """Return each interceptor's handover basket, then its basket for fire without a radar."""
        row, arcs = self.row, self.evaluation.arcs(job.arcs)
        wait = row[job.decision_time] + min(row[job.own_link], row[job.remote_link])
        latest = np.full((2 * len(uses), len(arcs.kept)), -math.inf)
        for k, battery in enumerate(job.batteries):
            q = uses.index(interceptor_of(battery))
            for one in limits:
                np.maximum(latest[q], one[k] - wait, out=latest[q])
        for q in range(len(uses)):
            latest[len(uses) + q] = np.where(
                latest[q] > -math.inf, arcs.solved.time_of_flight_s[arcs.kept], -math.inf
            )
        return Wanted(
            np.array([row[u[0]] for u in uses] + [row[u[1]] for u in uses]),
            np.array([row[u[2]] for u in uses] + [0.0] * len(uses)),
            latest,
        )

    def _result(
        self, job: AgreementJob, one: _Case, limits: list[Array], found: Commits,
        uses: list[tuple[int, int, int]], radars: Sensors, arcs: ArcResult,
    ) -> Result:  # fmt: skip
        row, known = self.row, one.facts
        count = len(arcs.kept)
        authority = one.case.arrangement.authority[job.party]
        wait = row[job.decision_time] + authority.delay_s(
            lambda number: float(row[job.columns[number.id]])
        )
        engaged = np.zeros(count, dtype=bool)
        commit = np.full(count, math.inf)
        fire = np.full(count, math.inf)
        ready = np.full((len(job.batteries), count), math.inf)
        for k, battery in enumerate(job.batteries):
            q = uses.index(interceptor_of(battery))
            mode, _ = self.mode(job, battery, one.case)
            told = np.full(count, math.inf)
            own = one.own[k]
            if own is not None:
                told = found.commit_s[own, q] + row[job.own_link]
            if mode != "organic":
                used = one.fire if mode == "engage-on-remote" else one.track
                told = np.minimum(told, found.commit_s[used, q] + row[job.remote_link])
            good = found.commit_s[one.fire, len(uses) + q]
            np.minimum(fire, good, out=fire)
            can = told + wait <= limits[k]
            if mode == "engage-on-remote":
                with np.errstate(invalid="ignore"):
                    can &= good <= self.latest(job, battery, one.case).meets_s
            ready[k] = np.where(can, told + wait, math.inf)
            engaged |= can
            np.minimum(commit, ready[k], out=commit)
        seen = np.min(radars.uncued_s + known.radar_warning_s[:, None], axis=0, initial=math.inf)
        warned = np.minimum(known.warning_s, np.broadcast_to(seen, count))
        # What comes after the impact comes never.
        impact = arcs.solved.time_of_flight_s[arcs.kept]
        warned = np.where(warned < impact, warned, math.inf)
        first = np.where(found.first_s[one.track] < impact, found.first_s[one.track], math.inf)
        return Result(engaged, warned, first, commit, fire, ready)

    def measures(self, job: AgreementJob, case: Case, result: Result, unaided: Result) -> Array:
        """Return the measures (M,) of a case, in the order of `MEASURES`.

        ``unaided``: the same rules with the party's own data alone.
        """
        arcs = self.evaluation.arcs(job.arcs)
        territory = self.evaluation.plan.arcs[job.arcs].territory
        cells = self.evaluation.plan.territories[territory]
        authority = case.arrangement.authority[job.party]
        count = count_cells(arcs.within, arcs.kept, result.engaged, len(cells))
        everything = np.ones(len(cells), dtype=bool)
        some = int(result.engaged.sum())
        needed = int((result.engaged & ~unaided.engaged).sum())
        times = [
            _usual(arcs, values, count.reachable)
            for values in (result.warned_s, result.first_s, result.commit_s, result.fire_s)
        ]
        return np.array(
            [
                fraction(count.all_engaged, count.reachable, cells.area_m2),
                fraction(count.all_engaged, count.reachable, cells.population),
                fraction(count.reachable, everything, cells.area_m2),
                fraction(count.reachable, everything, cells.population),
                *times,
                needed / some if some else math.nan,
                (1.0 if authority.asks else 0.0) if some else math.nan,
                float(authority.consent(lambda n: float(self.row[job.columns[n.id]]))),
            ]
        )


def _parts(nodes: Nodes) -> tuple[Array, Array, Array]:
    return nodes.state, nodes.start_s, nodes.dt_s


def _usual(arcs: ArcResult, values: Array, reachable: Flags) -> float:
    """Return the median over reachable cells of the latest of a cell's arcs; NaN for never."""
    if not reachable.any():
        return math.nan
    whole = np.full(arcs.within.size, -math.inf)
    whole[arcs.kept] = values
    worst = whole.reshape(-1, reachable.size).max(axis=0)[reachable]
    worst.sort()
    middle = float(worst[(worst.size - 1) // 2])
    return middle if math.isfinite(middle) else math.nan


def interceptor_of(battery: BatteryUse) -> tuple[int, int, int]:
    """Return the columns by which an interceptor's baskets and lead are known."""
    return battery.basket, battery.fire_basket, battery.lead


def interceptors(batteries: Sequence[BatteryUse]) -> list[tuple[int, int, int]]:
    """Return the distinct interceptors of some batteries, in their order."""
    return list(dict.fromkeys(interceptor_of(battery) for battery in batteries))


def _stands(battery: BatteryUse, case: Case, party: str) -> bool:
    """Return whether the limits of a case leave a battery where it is, and switched on."""
    limits = case.arrangement.authority[party].limits
    if not limits.active:
        return False
    if battery.best_speed_m_s > limits.greatest_speed_m_s("sea" if battery.at_sea else "land"):
        return False
    closed = limits.keep_out + (limits.closed_waters if battery.at_sea else ())
    return not any(
        bool(region.contains(battery.latitude_rad, battery.longitude_rad)) for region in closed
    )
