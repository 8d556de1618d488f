"""The evaluator: runs the jobs of a plan for one draw of the numbers, each when it is asked for."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass, fields
from functools import cache

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.engagement.area import CellCount, count_cells
from longroad.engagement.windows import Windows, always, battery_row, engage, support_of
from longroad.flight.arcs import ArcSet, solve_arcs
from longroad.flight.capability import attainable_speed
from longroad.flight.flyout import flyout_tables
from longroad.flight.nodes import Nodes, sample_arcs
from longroad.scenario import Shape
from longroad.sensing.radar import Visibility, radar_range, radar_row, see
from longroad.sensing.track import CUED, Track, track
from longroad.study.plan import CoverageJob, Plan

Array = NDArray[np.float64]
FULL_CIRCLE = 2.0 * math.pi
# Nodes at most this far apart (s): the cubic between them is then within 3 m of the conic on arcs
# of least energy and within 9 m on steep ones, one or two milliseconds of flight.
NODE_STEP_S = 75.0
LEAST_NODES = 8


@dataclass(frozen=True)
class ArcResult:
    """Arcs of one job: shape x launch area x cell, flattened in that order (A).

    ``within`` (A) says which the missile can fly; ``kept`` (N) are their indices, to which
    ``nodes`` belong.
    """

    solved: ArcSet
    within: NDArray[np.bool_]
    kept: NDArray[np.intp]
    nodes: Nodes


@dataclass(frozen=True)
class BatteryResult:
    """One battery against the N kept arcs: first track, earliest launch (s) and windows."""

    warned_s: float
    first_track_s: Array
    ready_s: Array
    windows: Windows


class Evaluation:
    """The jobs of a plan for one row of values; each is computed once, when first asked for."""

    def __init__(self, plan: Plan, row: Array) -> None:
        self.plan = plan
        self.row = row
        # One cache per evaluation, so that it goes when the evaluation goes.
        self.arcs = cache(self._arcs)
        self.seen = cache(self._seen)
        self.track = cache(self._track)
        self.flyout = cache(self._flyout)
        self.battery = cache(self._battery)
        self._windows: dict[Hashable, Windows] = {}

    def cells(self, job: CoverageJob) -> CellCount:
        """Return, by cell, how many arcs are within reach and how many have a window."""
        arcs = self.arcs(job.arcs)
        engaged = np.zeros(len(arcs.kept), dtype=bool)
        for _, battery in job.batteries:
            engaged |= self.battery(battery).windows.engageable
        territory = self.plan.territories[self.plan.arcs[job.arcs].territory]
        return count_cells(arcs.within, arcs.kept, engaged, len(territory))

    def _arcs(self, index: int) -> ArcResult:
        job, row = self.plan.arcs[index], self.row
        cells = self.plan.territories[job.territory]
        launch = np.array(job.launch)
        count = len(cells)
        boost = (row[job.burn_time], row[job.burnout_altitude], row[job.burnout_ground_distance])
        parts = [
            solve_arcs(
                np.repeat(launch[:, 0], count),
                np.repeat(launch[:, 1], count),
                np.tile(cells.latitude_rad, len(launch)),
                np.tile(cells.longitude_rad, len(launch)),
                *boost,
                shape=flight_shape(shape),
                value=shape.value,
            )
            for shape in job.shapes
        ]
        solved = parts[0] if len(parts) == 1 else _join(parts)
        capability = attainable_speed(row[job.maximum_range], *boost[1:])
        with np.errstate(invalid="ignore"):
            within = np.asarray(solved.ok & (solved.burnout_speed_m_s <= capability))
        kept = np.flatnonzero(within)
        return ArcResult(solved, within, kept, _nodes(solved.select(kept)))

    def _seen(self, index: int) -> Visibility:
        job, row = self.plan.radars[index], self.row
        target = row[self.plan.arcs[job.arcs].radar_cross_section]
        reach = radar_range(row[job.reference_range], target, row[job.reference_cross_section])
        cued = min(float(reach), float(row[job.instrumented_range]))
        around = job.facing_rad is None
        radar = radar_row(
            job.latitude_rad,
            job.longitude_rad,
            geodetic_to_ecef(job.latitude_rad, job.longitude_rad, 0.0),
            0.0 if job.facing_rad is None else job.facing_rad,
            FULL_CIRCLE if around else row[job.azimuth_width],
            row[job.least_elevation],
            row[job.greatest_elevation],
        )
        nodes = self.arcs(job.arcs).nodes
        ranges = np.array([cued, cued * row[job.uncued_range_fraction]])
        return see(nodes.state, nodes.start_s, nodes.dt_s, radar, ranges)

    def cue_s(self, index: int) -> float:
        """Return when a track job's radar is told where to look: the earliest report from orbit."""
        cues = self.plan.tracks[index].cues
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

    def battery_row(self, index: int) -> Array:
        """Return the eight numbers by which the window kernel knows a battery."""
        job, row = self.plan.batteries[index], self.row
        flyout = self.plan.flyouts[job.flyout]
        return battery_row(
            geodetic_to_ecef(job.latitude_rad, job.longitude_rad, 0.0),
            row[flyout.minimum_intercept_altitude],
            row[flyout.maximum_intercept_altitude],
        )

    def _battery(self, index: int) -> BatteryResult:
        job, row = self.plan.batteries[index], self.row
        arcs = self.arcs(job.arcs)
        count = len(arcs.kept)
        first, ready = np.full(count, math.inf), np.full(count, math.inf)
        warned = math.inf
        for track_index, latency, link in job.tracks:
            found = self.track(track_index)
            first = np.minimum(first, found.first_s)
            ready = np.minimum(ready, found.quality_s + row[latency] + row[link])
            warned = min(warned, self.cue_s(track_index))
        ready += row[job.decision_time]
        nodes = arcs.nodes
        if job.needs_support:
            seen = [self.seen(k) for k in job.support]
            support = support_of([(s.intervals[CUED], s.count[CUED]) for s in seen], count)
        else:
            support = always(count)
        # A rival claim often leaves the earliest launches as they were: then so are the windows.
        key = (
            job.arcs,
            job.flyout,
            job.latitude_rad,
            job.longitude_rad,
            job.support if job.needs_support else None,
            ready.tobytes(),
        )
        if key not in self._windows:
            self._windows[key] = engage(
                nodes.state,
                nodes.start_s,
                nodes.dt_s,
                ready,
                support,
                self.battery_row(index),
                self.flyout(job.flyout),
            )
        return BatteryResult(warned, first, ready, self._windows[key])


def _nodes(arcs: ArcSet) -> Nodes:
    """Return nodes close enough for the longest of the arcs."""
    longest = float(np.max(arcs.time_of_flight_s - arcs.burnout_time_s, initial=0.0))
    return sample_arcs(arcs, max(math.ceil(longest / NODE_STEP_S) + 1, LEAST_NODES))


def flight_shape(shape: Shape) -> str:
    """Return the flight room's word for a shape: a given burnout speed is named by its branch."""
    if shape.kind != "burnout-speed":
        return shape.kind
    if shape.branch is None:
        raise GeometryError(
            "a given burnout speed has two arcs", field="branch", expected="lofted or depressed"
        )
    return shape.branch


def _join(parts: list[ArcSet]) -> ArcSet:
    """Return several sets of arcs as one, in their order."""
    return ArcSet(
        **{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(ArcSet)}
    )
