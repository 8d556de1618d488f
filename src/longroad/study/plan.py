"""The plan of an evaluation: what has to be computed, each distinct thing once.

Variants, rival claims and assumption sets share most of their physics. A plan turns them into
jobs: arcs of a threat to a territory, what a radar sees of them, the fly-out of an interceptor,
the windows of a battery. A job is named by the columns and positions it reads, so that equal jobs
coincide whoever asks. `longroad.study.planner` makes plans, `longroad.study.evaluate` runs the
jobs for one draw. The jobs of reach stand in `longroad.study.reach_plan`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from longroad.base.quantity import Quantity
from longroad.earth.territories import Cells
from longroad.flight.arcs import Ends, ends_of
from longroad.scenario import Shape
from longroad.study.reach_plan import FlightJob, MeetingJob, ReachJob, ReadyJob

Array = NDArray[np.float64]
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

    @cached_property
    def weights(self) -> tuple[Array, ...]:
        """Return area (m2) and population (2, C) of the cells of each territory."""
        return tuple(np.array([one.area_m2, one.population]) for one in self.territories)

    @cached_property
    def parts(self) -> tuple[NDArray[np.bool_], ...]:
        """Return which cells of each territory belong to each subset of countries (S, C)."""
        return tuple(
            np.array(
                [np.isin(one.country, some) if some else np.ones(len(one), bool)
                 for some in self.subsets]
            )
            for one in self.territories
        )  # fmt: skip

    @cached_property
    def shot_places(self) -> tuple[Array, ...]:
        """Return where each shot may come from: (M, 2) latitude and longitude (rad)."""
        return tuple(np.array(self.meetings[members[0]].places) for members in self.shots)

    @cached_property
    def arc_ends(self) -> tuple[Ends, ...]:
        """Return the end points of each arc job's arcs, as :func:`pairs_of`."""
        aims = [np.stack([c.latitude_rad, c.longitude_rad], axis=1) for c in self.territories]
        keys = [(job.launch, job.territory) for job in self.arcs]
        found = {key: pairs_of(np.array(key[0]), aims[key[1]]) for key in dict.fromkeys(keys)}
        return tuple(found[key] for key in keys)

    @cached_property
    def flight_ends(self) -> tuple[Ends, ...]:
        """Return the end points of each flight job's flights, as :func:`pairs_of`."""
        return tuple(pairs_of(np.array(job.bases), np.array(job.ends)) for job in self.flights)

    @cached_property
    def radar_sites(self) -> tuple[int, ...]:
        """Return, for each radar job, the first of the same radar, whatever it looks at."""
        first: dict[RadarJob, int] = {}
        return tuple(
            first.setdefault(replace(job, arcs=0, strategic=False), index)
            for index, job in enumerate(self.radars)
        )


def pairs_of(starts: Array, aims: Array) -> Ends:
    """Return all pairs (S x C) of starts (S, 2) and aims (C, 2): latitude, longitude (rad)."""
    pairs = np.empty((len(starts), len(aims), 4))
    pairs[:, :, :2], pairs[:, :, 2:] = starts[:, None], aims
    return ends_of(pairs.reshape(-1, 4))
