"""The plan of an evaluation: what has to be computed, each distinct thing once.

Variants, rival claims and assumption sets share most of their physics. A plan turns them into
jobs: arcs of a threat to a territory, what a radar sees of them, the fly-out of an interceptor,
the windows of a battery. A job is named by the columns and positions it reads, so that equal jobs
coincide whoever asks. `longroad.study.planner` makes plans, `longroad.study.evaluate` runs the
jobs for one draw. The jobs of reach stand in `longroad.study.reach_plan`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from longroad.base.quantity import Quantity
from longroad.earth.territories import Cells
from longroad.scenario import Shape
from longroad.study.reach_plan import FlightJob, MeetingJob, ReachJob, ReadyJob

AGREEMENT_NONE = "none"


@dataclass(frozen=True)
class ArcJob:
    """All arcs of one threat to one territory: launch areas x shapes x cells."""

    threat: str
    launch: tuple[tuple[float, float], ...]
    launch_areas: tuple[str, ...]
    shapes: tuple[Shape, ...]
    territory: int
    burn_time: int
    burnout_altitude: int
    burnout_ground_distance: int
    maximum_range: int
    radar_cross_section: int


@dataclass(frozen=True)
class RadarJob:
    """One radar against one set of arcs: its place, its sector and the columns it reads.

    ``arcs`` counts flight jobs, not arc jobs, where it is ``strategic``.
    """

    arcs: int
    strategic: bool
    latitude_rad: float
    longitude_rad: float
    facing_rad: float | None
    reference_range: int
    reference_cross_section: int
    instrumented_range: int
    azimuth_width: int
    least_elevation: int
    greatest_elevation: int
    uncued_range_fraction: int


@dataclass(frozen=True)
class TrackJob:
    """A radar's track of each arc: cues are (detection delay, latency) columns of orbiters."""

    radar: int
    cues: tuple[tuple[int, int], ...]
    track_time: int


@dataclass(frozen=True)
class FlyoutJob:
    """An interceptor's fly-out table."""

    burnout_speed: int
    burn_time: int
    boost_path_fraction: int
    flight_life: int
    least_launch_elevation: int
    minimum_intercept_altitude: int
    maximum_intercept_altitude: int


@dataclass(frozen=True)
class BatteryJob:
    """One battery against one set of arcs.

    ``tracks``: (track job, column of the sensor's latency, column of the link's latency) for
    every radar whose track it may commit on. ``support``: the radar jobs one of which must see
    the intercept, if it ``needs_support``.
    """

    arcs: int
    flyout: int
    latitude_rad: float
    longitude_rad: float
    tracks: tuple[tuple[int, int, int], ...]
    support: tuple[int, ...]
    needs_support: bool
    decision_time: int


@dataclass(frozen=True)
class CoverageJob:
    """What one party's batteries can engage of one threat, in one variant, on one assumption.

    ``batteries`` are (battery id, battery job) in the scenario's order.
    """

    variant: str
    agreement: str
    party: str
    threat: str
    assumptions: str
    arcs: int
    batteries: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Plan:
    """All jobs of a scenario at one resolution.

    ``subsets``: groups of countries for which measures are wanted; the empty group is all.
    ``groups``: (variant, flight job) of every trajectories entry as adopted.
    """

    resolution: int
    territories: tuple[Cells, ...]
    arcs: tuple[ArcJob, ...]
    radars: tuple[RadarJob, ...]
    tracks: tuple[TrackJob, ...]
    flyouts: tuple[FlyoutJob, ...]
    batteries: tuple[BatteryJob, ...]
    coverage: tuple[CoverageJob, ...]
    quantities: tuple[Quantity, ...]
    subsets: tuple[tuple[str, ...], ...] = ((),)
    flights: tuple[FlightJob, ...] = ()
    ready: tuple[ReadyJob, ...] = ()
    meetings: tuple[MeetingJob, ...] = ()
    reach: tuple[ReachJob, ...] = ()
    groups: tuple[tuple[str, int], ...] = ()

    @cached_property
    def shots(self) -> tuple[tuple[int, ...], ...]:
        """Return the meeting jobs in groups of one interceptor at one site: one search each."""
        found: dict[tuple[object, ...], list[int]] = {}
        for index, job in enumerate(self.meetings):
            found.setdefault(job.shot, []).append(index)
        return tuple(tuple(members) for members in found.values())
