"""The evaluator: runs the jobs of a plan for one draw of the numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from longroad.flight.arcs import ArcSet, attainable_speed, solve_arcs
from longroad.flight.nodes import Nodes, sample_nodes
from numpy.typing import NDArray

from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.engagement.windows import Windows, battery_row, engage, support_of
from longroad.flight.flyout import flyout_tables
from longroad.sensing.radar import Visibility, radar_range, radar_row, see
from longroad.sensing.track import CUED, Track, track
from longroad.study.plan import ArcJob, BatteryJob, FlyoutJob, Plan, RadarJob, TrackJob

Array = NDArray[np.float64]
FULL_CIRCLE = 2.0 * math.pi


@dataclass(frozen=True)
class ArcResult:
    """Arcs of one job: launch area x shape x cell, flattened in that order (A).

    ``within`` (A) says which the missile can fly; ``kept`` are their indices (N), to which
    ``nodes`` belong.
    """

    solved: ArcSet
    within: NDArray[np.bool_]
    kept: NDArray[np.intp]
    nodes: Nodes


@dataclass(frozen=True)
class BatteryResult:
    """One battery against the N kept arcs: earliest launch and windows."""

    first_track_s: Array
    ready_s: Array
    windows: Windows


@dataclass(frozen=True)
class RowResult:
    """All jobs of one draw, in the plan's order; ``cue_s`` by track job."""

    arcs: tuple[ArcResult, ...]
    tracks: tuple[Track, ...]
    cue_s: tuple[float, ...]
    batteries: tuple[BatteryResult, ...]


def evaluate(plan: Plan, row: Array) -> RowResult:
    """Run all jobs of a plan with one row of values (C,)."""
    arcs = tuple(_arcs(plan, job, row) for job in plan.arcs)
    seen = tuple(_radar(plan, job, arcs[job.arcs], row) for job in plan.radars)
    cues = tuple(_cue(job, row) for job in plan.tracks)
    tracks = tuple(
        track(seen[job.radar], cue, row[job.track_time])
        for job, cue in zip(plan.tracks, cues, strict=True)
    )
    tables = tuple(_flyout(job, row) for job in plan.flyouts)
    batteries = tuple(
        _battery(plan, job, arcs[job.arcs], seen, tracks, tables[job.flyout], row)
        for job in plan.batteries
    )
    return RowResult(arcs, tracks, cues, batteries)


def _arcs(plan: Plan, job: ArcJob, row: Array) -> ArcResult:
    cells = plan.territories[job.territory]
    launch = np.array(job.launch)
    boost = (row[job.burn_time], row[job.burnout_altitude], row[job.burnout_ground_distance])
    capability = attainable_speed(row[job.maximum_range], *boost)
    parts = [
        solve_arcs(
            latitude, longitude, cells.latitude_rad, cells.longitude_rad, *boost,
            shape=shape.kind, value=shape.value, branch=shape.branch,
        )
        for latitude, longitude in launch
        for shape in job.shapes
    ]  # fmt: skip
    solved = ArcSet.join(parts)
    within = solved.solved & (solved.burnout_speed_m_s <= capability)
    kept = np.flatnonzero(within)
    return ArcResult(solved, within, kept, sample_nodes(solved, kept))


def _radar(plan: Plan, job: RadarJob, arcs: ArcResult, row: Array) -> Visibility:
    target = row[plan.arcs[job.arcs].radar_cross_section]
    reach = radar_range(row[job.reference_range], target, row[job.reference_cross_section])
    cued = min(float(reach), row[job.instrumented_range])
    position = geodetic_to_ecef(job.latitude_rad, job.longitude_rad, 0.0)
    facing, width = job.facing_rad, row[job.azimuth_width]
    radar = radar_row(
        job.latitude_rad, job.longitude_rad, position,
        0.0 if facing is None else facing, FULL_CIRCLE if facing is None else width,
        row[job.least_elevation], row[job.greatest_elevation],
    )  # fmt: skip
    ranges = np.array([cued, cued * row[job.uncued_range_fraction]])
    return see(arcs.nodes.state, arcs.nodes.start_s, arcs.nodes.step_s, radar, ranges)


def _cue(job: TrackJob, row: Array) -> float:
    """Return when a radar is told where to look: the earliest report from orbit."""
    return min((float(row[delay] + row[latency]) for delay, latency in job.cues), default=math.inf)


def _flyout(job: FlyoutJob, row: Array) -> Array:
    return flyout_tables(
        row[job.burnout_speed], row[job.burn_time], row[job.boost_path_fraction],
        row[job.flight_life], row[job.least_launch_elevation],
        row[job.maximum_intercept_altitude],
    ).table[0]  # fmt: skip


def _battery(
    plan: Plan, job: BatteryJob, arcs: ArcResult, seen: tuple[Visibility, ...],
    tracks: tuple[Track, ...], table: Array, row: Array,
) -> BatteryResult:  # fmt: skip
    count = len(arcs.kept)
    first, ready = np.full(count, math.inf), np.full(count, math.inf)
    for index, latency, link in job.tracks:
        first = np.minimum(first, tracks[index].first_s)
        ready = np.minimum(ready, tracks[index].quality_s + row[latency] + row[link])
    ready += row[job.decision_time]
    support = support_of(
        [(seen[k].intervals[CUED], seen[k].count[CUED]) for k in job.support], count
    )
    flyout = plan.flyouts[job.flyout]
    battery = battery_row(
        geodetic_to_ecef(job.latitude_rad, job.longitude_rad, 0.0),
        row[flyout.minimum_intercept_altitude], row[flyout.maximum_intercept_altitude],
    )  # fmt: skip
    nodes = arcs.nodes
    found = engage(nodes.state, nodes.start_s, nodes.step_s, ready, support, battery, table)
    return BatteryResult(first, ready, found)
