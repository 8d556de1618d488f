"""Collects the jobs of a plan: columns, radars and tracks, which coverage and reach share."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

from longroad.base.errors import ScenarioError
from longroad.catalog import Entry
from longroad.earth.territories import Cells
from longroad.scenario import Battery, LaunchArea, SensorSite, Shape, Threat, Variant
from longroad.study.columns import ColumnBook
from longroad.study.plan import (
    ArcJob,
    BatteryJob,
    FlyoutJob,
    RadarJob,
    TrackJob,
)
from longroad.study.reach_plan import FlightJob, MeetingJob, ReadyJob
from longroad.study.readings import Assumptions

J = TypeVar("J", bound=Hashable)


class Jobs(Generic[J]):
    """An ordered set of jobs: the index of an equal job, or of the new one."""

    def __init__(self) -> None:
        self._index: dict[J, int] = {}

    def index(self, job: J) -> int:
        """Return the number of a job, adding it when it is new."""
        return self._index.setdefault(job, len(self._index))

    def all(self) -> tuple[J, ...]:
        """Return the jobs in the order in which they were first asked for."""
        return tuple(self._index)


class Collector:
    """The jobs of all variants and assumptions, and the columns they read."""

    def __init__(self) -> None:
        self.book = ColumnBook()
        self._columns: dict[tuple[object, ...], tuple[int, ...]] = {}
        self.arcs: Jobs[ArcJob] = Jobs()
        self.radars: Jobs[RadarJob] = Jobs()
        self.tracks: Jobs[TrackJob] = Jobs()
        self.flyouts: Jobs[FlyoutJob] = Jobs()
        self.batteries: Jobs[BatteryJob] = Jobs()
        self.flights: Jobs[FlightJob] = Jobs()
        self.ready: Jobs[ReadyJob] = Jobs()
        self.meetings: Jobs[MeetingJob] = Jobs()
        self.cells: list[Cells] = []

    def add_cells(self, cells: Cells) -> int:
        """Return the number of a further territory."""
        self.cells.append(cells)
        return len(self.cells) - 1

    def arc_job(
        self, variant: Variant, reading: Assumptions, threat: Threat,
        areas: tuple[LaunchArea, ...], shapes: tuple[Shape, ...], territory: int,
    ) -> int:  # fmt: skip
        """Return the job of a threat's arcs from some areas, in some shapes, to a territory."""
        columns = self.columns(
            variant,
            reading,
            threat.missile,
            "burn_time",
            "burnout_altitude",
            "burnout_ground_distance",
            "maximum_range",
            "radar_cross_section",
        )
        return self.arcs.index(
            ArcJob(
                threat.id,
                tuple(reading.place(area.position) for area in areas),
                tuple(area.id for area in areas),
                shapes,
                territory,
                *columns,
            )
        )

    def columns(
        self, variant: Variant, reading: Assumptions, entry: Entry, *names: str
    ) -> tuple[int, ...]:
        """Return the columns of several quantities of one entry."""
        key = (variant.id, reading.id, entry.reference, names)
        found = self._columns.get(key)
        if found is None:
            chosen = (reading.choose(variant, entry, name) for name in names)
            found = self._columns[key] = tuple(self.book.column(quantity) for quantity in chosen)
        return found

    def default(self, variant: Variant, reading: Assumptions, id: str) -> int:
        """Return the column of one of the catalogue's defaults, such as ``engagement.x``."""
        known = variant.quantity(f"default.{id}", held=reading.held)
        return self.book.column(reading.pick(known))

    def radar(
        self, variant: Variant, reading: Assumptions, site: SensorSite, arcs: int, strategic: bool
    ) -> int:
        """Return the job of a radar against a job of arcs, or of flights where ``strategic``."""

        if site.position is None:
            raise ScenarioError(
                f"the radar '{site.id}' has no position",
                line=site.origin.line,
                field=site.origin.path,
                expected="'at', a site or a latitude and longitude",
            )
        columns = self.columns(
            variant,
            reading,
            site.sensor,
            "reference_range",
            "reference_cross_section",
            "instrumented_range",
            "azimuth_width",
            "least_elevation",
            "greatest_elevation",
            "uncued_range_fraction",
        )
        place = reading.place(site.position)
        return self.radars.index(RadarJob(arcs, strategic, *place, site.facing_rad, *columns))

    def battery_tracks(
        self,
        variant: Variant,
        reading: Assumptions,
        battery: Battery,
        arcs: int,
        strategic: bool = False,
    ) -> tuple[tuple[int, int, int], ...]:
        """Return (track job, sensor latency, link latency) of each radar a battery may use."""
        sensors = [s for s in variant.sensors if s.owner.id == battery.owner.id]
        cues = []
        for site in sensors:
            if not site.is_radar:
                delay, latency = self.columns(
                    variant, reading, site.sensor, "detection_delay", "report_latency"
                )
                cues.append((delay, latency))
        own = battery.own_radar
        if battery.mode == "organic":
            usable = [own] if own else []
        else:
            usable = [site for site in sensors if site.is_radar]
        own_link = self.default(variant, reading, "link.own_link_latency")
        remote_link = self.default(variant, reading, "link.remote_link_latency")
        tracks = []
        for site in usable:
            track_time, latency = self.columns(
                variant, reading, site.sensor, "track_time", "report_latency"
            )
            radar = self.radar(variant, reading, site, arcs, strategic)
            track = self.tracks.index(TrackJob(radar, tuple(cues), track_time))
            is_own = own is not None and site.id == own.id
            tracks.append((track, latency, own_link if is_own else remote_link))
        return tuple(tracks)

    def battery_job(
        self, variant: Variant, reading: Assumptions, battery: Battery, arcs: int
    ) -> int:
        """Return the job of a battery against a job of arcs: what it reads and is supported by."""
        flyout = self.flyouts.index(
            FlyoutJob(
                *self.columns(
                    variant,
                    reading,
                    battery.interceptor,
                    "burnout_speed",
                    "burn_time",
                    "boost_path_fraction",
                    "flight_life",
                    "least_launch_elevation",
                    "minimum_intercept_altitude",
                    "maximum_intercept_altitude",
                )
            )
        )
        tracks = self.battery_tracks(variant, reading, battery, arcs)
        # On a remote track alone no radar need see the intercept itself.
        supported = battery.mode != "engage-on-remote"
        own = battery.own_radar
        support: tuple[int, ...] = ()
        if own and supported:
            support = (self.radar(variant, reading, own, arcs, strategic=False),)
        return self.batteries.index(
            BatteryJob(
                arcs,
                flyout,
                *reading.place(battery.position),
                tracks,
                support,
                supported,
                self.default(variant, reading, "engagement.decision_time"),
            )
        )
