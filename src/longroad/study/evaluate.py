"""The evaluator: runs the jobs of a plan for one draw of the numbers, each when it is asked for."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from weakref import proxy

import numpy as np
from numpy.typing import NDArray

from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.engagement.area import CellCount, count_cells
from longroad.engagement.windows import (
    CEILING,
    FLOOR,
    Windows,
    always,
    battery_row,
    engage,
    has_window,
    support_of,
)
from longroad.flight.flyout import flyout_tables
from longroad.sensing.radar import Visibility, radar_range, radar_row, see
from longroad.sensing.track import CUED, Track, track
from longroad.study.meet import Reach
from longroad.study.plan import BatteryJob, CoverageJob, Plan
from longroad.study.reach_plan import ReadyJob
from longroad.study.solve import ArcResult, nodes_of, solve_job

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Support = tuple[Array, NDArray[np.int32]]
FULL_CIRCLE = 2.0 * math.pi


@dataclass(frozen=True)
class BatteryResult:
    """One battery against the N kept arcs: first track, earliest launch (s) and windows."""

    warned_s: float
    first_track_s: Array
    ready_s: Array
    windows: Windows


@dataclass(frozen=True)
class Prepared:
    """A battery before its windows: earliest launches (s), what supports an intercept.

    Batteries with the same ``key`` have the same windows; with the same ``stem`` they differ in
    the earliest launches alone.
    """

    ready_s: Array
    support: Support
    stem: Hashable
    key: Hashable


@lru_cache(4096)
def ecef(latitude_rad: float, longitude_rad: float) -> Array:
    """Return the Earth-fixed position (m) of a place; every draw asks for the same ones."""
    return np.asarray(geodetic_to_ecef(latitude_rad, longitude_rad, 0.0))


@lru_cache(4096)
def standing(latitude_rad: float, longitude_rad: float) -> Array:
    """Return the row of a battery at a place without its floor and ceiling."""
    return battery_row(ecef(latitude_rad, longitude_rad), math.nan, math.nan)


class Evaluation:
    """The jobs of a plan for one row of values; each is computed once, when first asked for.

    Without ``every_arc`` only arcs that a missile might fly are solved.
    """

    def __init__(self, plan: Plan, row: Array, *, every_arc: bool = True) -> None:
        self.plan = plan
        self.row = row
        self.every_arc = every_arc
        # One cache per evaluation. They hold it weakly, so that it goes with its last user and
        # does not wait, with all its arrays, for the collector of cycles.
        me = proxy(self)
        self.arcs = cache(partial(Evaluation._arcs, me))
        self.seen = cache(partial(Evaluation._seen, me))
        self.track = cache(partial(Evaluation._track, me))
        self.flyout = cache(partial(Evaluation._flyout, me))
        self.prepared = cache(partial(Evaluation._prepared, me))
        self.unlimited = cache(always)
        self.battery = cache(partial(Evaluation._battery, me))
        self.told = cache(partial(Evaluation._told, me))
        self.ready_s = cache(partial(Evaluation._ready_s, me))
        self.radar_row = cache(partial(Evaluation._radar_row, me))
        self._reported_s = cache(partial(Evaluation._report_s, me))
        self.battery_row = cache(partial(Evaluation._battery_row, me))
        self.reach = Reach(plan, row, self.ready_s)
        self.flights = self.reach.flights
        self.meeting = self.reach.meeting
        # Windows of whole sets of arcs, and what is known of sets in part: which arcs were asked
        # for, and which of them have a window.
        self._windows: dict[Hashable, Windows] = {}
        self._partly: dict[Hashable, tuple[Flags, Flags]] = {}
        self._first: dict[Hashable, Prepared] = {}

    def cells(self, job: CoverageJob) -> CellCount:
        """Return, by cell, how many arcs are within reach and how many have a window."""
        arcs = self.arcs(job.arcs)
        engaged = np.zeros(len(arcs.kept), dtype=bool)
        for _, battery in job.batteries:
            engaged |= self.engaged(battery, ~engaged)
        territory = self.plan.territories[self.plan.arcs[job.arcs].territory]
        return count_cells(arcs.within, arcs.kept, engaged, len(territory))

    def _arcs(self, index: int) -> ArcResult:
        job, row = self.plan.arcs[index], self.row
        boost = (row[job.burn_time], row[job.burnout_altitude], row[job.burnout_ground_distance])
        found = solve_job(
            job, self.plan.arc_ends[index], boost, row[job.maximum_range], every=self.every_arc
        )
        return ArcResult(*found, nodes_of(found[-1]))

    def _seen(self, index: int) -> Visibility:
        job, row = self.plan.radars[index], self.row
        against = self.plan.flights if job.strategic else self.plan.arcs
        target = row[against[job.arcs].radar_cross_section]
        reach = radar_range(row[job.reference_range], target, row[job.reference_cross_section])
        cued = min(float(reach), float(row[job.instrumented_range]))
        radar = self.radar_row(self.plan.radar_sites[index])
        nodes = (self.flights if job.strategic else self.arcs)(job.arcs).nodes
        ranges = np.array([cued, cued * row[job.uncued_range_fraction]])
        return see(nodes.state, nodes.start_s, nodes.dt_s, radar, ranges)

    def _radar_row(self, index: int) -> Array:
        """Return the numbers by which the sensing kernels know a radar, whatever it looks at."""
        job, row = self.plan.radars[index], self.row
        around = job.facing_rad is None
        return radar_row(
            job.latitude_rad,
            job.longitude_rad,
            ecef(job.latitude_rad, job.longitude_rad),
            0.0 if job.facing_rad is None else job.facing_rad,
            FULL_CIRCLE if around else row[job.azimuth_width],
            row[job.least_elevation],
            row[job.greatest_elevation],
        )

    def cue_s(self, index: int) -> float:
        """Return when a track job's radar is told where to look: the earliest report from orbit."""
        return self._reported_s(self.plan.tracks[index].cues)

    def _report_s(self, cues: tuple[tuple[int, int], ...]) -> float:
        reports = (float(self.row[delay] + self.row[latency]) for delay, latency in cues)
        return min(reports, default=math.inf)

    def _track(self, index: int) -> Track:
        job = self.plan.tracks[index]
        return track(self.seen(job.radar), self.cue_s(index), self.row[job.track_time])

    def _flyout(self, index: int) -> Array:
        job, row = self.plan.flyouts[index], self.row
        return flyout_tables(
            row[job.burnout_speed],
            row[job.burn_time],
            row[job.boost_path_fraction],
            row[job.flight_life],
            row[job.least_launch_elevation],
            row[job.maximum_intercept_altitude],
        ).table[0]

    def _battery_row(self, index: int) -> Array:
        """Return the eight numbers by which the window kernel knows a battery."""
        job = self.plan.batteries[index]
        flyout = self.plan.flyouts[job.flyout]
        row = standing(job.latitude_rad, job.longitude_rad).copy()
        row[FLOOR] = self.row[flyout.minimum_intercept_altitude]
        row[CEILING] = self.row[flyout.maximum_intercept_altitude]
        return row

    def engaged(self, index: int, wanted: Flags) -> Flags:
        """Return which of the wanted arcs (N) a battery has a window on; False for the others.

        Only what is not known yet is computed: an arc that one battery engages need not be asked
        of the next, and batteries that several variants share are asked once.
        """
        battery = self.prepared(index)
        if battery.key in self._windows:
            return wanted & self._windows[battery.key].engageable
        known, found = self._known(battery)
        new = np.flatnonzero(wanted & ~known)
        if new.size > 0:
            found[new] = has_window(*self._inputs(index), new)
            known[new] = True
        return wanted & found

    def _known(self, battery: Prepared) -> tuple[Flags, Flags]:
        """Return of which arcs it is known whether a battery engages them, and whether it does.

        A rival claim moves the earliest launch for some arcs only; where the launch is that of
        the reading evaluated first, so is the answer.
        """
        if battery.key not in self._partly:
            nothing = np.zeros(len(battery.ready_s), dtype=bool)
            known, found = nothing, nothing.copy()
            first = self._first.setdefault(battery.stem, battery)
            if first.key in self._partly:
                asked, answers = self._partly[first.key]
                known = asked & (battery.ready_s == first.ready_s)
                found = answers & known
            self._partly[battery.key] = known, found
        return self._partly[battery.key]

    def _battery(self, index: int) -> BatteryResult:
        job, battery = self.plan.batteries[index], self.prepared(index)
        first = np.full(len(battery.ready_s), math.inf)
        for track_index, _, _ in job.tracks:
            first = np.minimum(first, self.track(track_index).first_s)
        warned = min((self.cue_s(track) for track, _, _ in job.tracks), default=math.inf)
        if battery.key not in self._windows:
            self._windows[battery.key] = engage(*self._inputs(index))
        return BatteryResult(warned, first, battery.ready_s, self._windows[battery.key])

    def _prepared(self, index: int) -> Prepared:
        job = self.plan.batteries[index]
        count = len(self.arcs(job.arcs).kept)
        ready = self._earliest_launch(job, count)
        if job.needs_support:
            seen = [self.seen(k) for k in job.support]
            support = support_of([(s.intervals[CUED], s.count[CUED]) for s in seen], count)
        else:
            support = self.unlimited(count)
        stem = (
            job.arcs,
            job.flyout,
            job.latitude_rad,
            job.longitude_rad,
            job.support if job.needs_support else None,
        )
        # A rival claim often leaves the earliest launches as they were: then so are the windows.
        return Prepared(ready, support, stem, (stem, ready.tobytes()))

    def _inputs(self, index: int) -> tuple[Array, Array, Array, Array, Support, Array, Array]:
        """Return what the windows of a battery follow from."""
        job, battery = self.plan.batteries[index], self.prepared(index)
        nodes = self.arcs(job.arcs).nodes
        return (
            nodes.state,
            nodes.start_s,
            nodes.dt_s,
            battery.ready_s,
            battery.support,
            self.battery_row(index),
            self.flyout(job.flyout),
        )

    def _earliest_launch(self, job: BatteryJob | ReadyJob, count: int) -> Array:
        """Return when a track of commit quality, told and decided upon, allows a launch (s)."""
        if not job.tracks:
            return np.full(count, math.inf)
        first, *others = job.tracks
        ready = self.told(first)
        for used in others:
            ready = np.minimum(ready, self.told(used))
        return np.asarray(ready + self.row[job.decision_time])

    def _told(self, used: tuple[int, int, int]) -> Array:
        """Return when a battery is told of a track of commit quality (s)."""
        track_index, latency, link = used
        found = self.track(track_index).quality_s + self.row[latency] + self.row[link]
        return np.asarray(found)

    def _ready_s(self, index: int) -> Array:
        job = self.plan.ready[index]
        return self._earliest_launch(job, len(self.flights(job.flights).kept))
