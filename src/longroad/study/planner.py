"""Makes the plan of a scenario: walks its variants and readings and collects the jobs."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from longroad.base.errors import ScenarioError
from longroad.base.quantity import Quantity
from longroad.earth.territories import Cells, territory_cells
from longroad.scenario import Battery, Party, Scenario, SensorSite, Threat, Variant
from longroad.study.columns import ColumnBook
from longroad.study.plan import (
    AGREEMENT_NONE,
    ArcJob,
    BatteryJob,
    CoverageJob,
    FlyoutJob,
    Plan,
    RadarJob,
    TrackJob,
)
from longroad.study.readings import ADOPTED, Assumptions

J = TypeVar("J", bound=Hashable)


class _Jobs(Generic[J]):
    """An ordered set of jobs: the index of an equal job, or of the new one."""

    def __init__(self) -> None:
        self._index: dict[J, int] = {}

    def index(self, job: J) -> int:
        return self._index.setdefault(job, len(self._index))

    def all(self) -> tuple[J, ...]:
        return tuple(self._index)


class _Planner:
    """Collects the jobs of all variants and assumptions."""

    def __init__(self, resolution: int) -> None:
        self.resolution = resolution
        self.book = ColumnBook()
        self.territories: dict[Hashable, int] = {}
        self.cells: list[Cells] = []
        self.arcs: _Jobs[ArcJob] = _Jobs()
        self.radars: _Jobs[RadarJob] = _Jobs()
        self.tracks: _Jobs[TrackJob] = _Jobs()
        self.flyouts: _Jobs[FlyoutJob] = _Jobs()
        self.batteries: _Jobs[BatteryJob] = _Jobs()
        self.coverage: list[CoverageJob] = []
        self.headline: dict[tuple[str, str, str], CoverageJob] = {}

    def territory(self, party: Party) -> int:
        """Return the index of a party's territory; parties with equal territory share it."""
        key = (tuple(sorted(party.defends)), party.within)
        if key not in self.territories:
            self.territories[key] = len(self.cells)
            self.cells.append(territory_cells(party.defends, self.resolution, party.within))
        return self.territories[key]

    def columns(self, take: Callable[[str], Quantity], *names: str) -> list[int]:
        """Return the columns of several quantities of one entry."""
        return [self.book.column(take(name)) for name in names]

    def add(self, variant: Variant, assumptions: Assumptions) -> None:
        """Add all that one variant asks for under one reading of the numbers."""
        for threat in variant.threats:
            for party in threat.against:
                if not party.defends:
                    continue
                arcs = self._arcs(variant, assumptions, threat, party)
                own = [s for s in variant.sensors if s.owner.id == party.id]
                batteries = tuple(
                    (battery.id, self._battery(variant, assumptions, battery, own, arcs))
                    for battery in variant.batteries
                    if battery.owner.id == party.id
                )
                job = CoverageJob(
                    variant.id,
                    AGREEMENT_NONE,
                    party.id,
                    threat.id,
                    assumptions.id,
                    arcs,
                    batteries,
                )
                if assumptions.id == ADOPTED:
                    self.headline[job.variant, job.party, job.threat] = job
                else:
                    # A reading that changes nothing here is no row of its own.
                    usual = self.headline[job.variant, job.party, job.threat]
                    if (usual.arcs, usual.batteries) == (job.arcs, job.batteries):
                        continue
                self.coverage.append(job)

    def _arcs(self, variant: Variant, reading: Assumptions, threat: Threat, party: Party) -> int:
        def take(name: str) -> Quantity:
            return reading.choose(variant, threat.missile, name)

        columns = self.columns(
            take,
            "burn_time",
            "burnout_altitude",
            "burnout_ground_distance",
            "maximum_range",
            "radar_cross_section",
        )
        return self.arcs.index(
            ArcJob(
                threat.id,
                tuple(reading.place(area.position) for area in threat.launch_areas),
                tuple(area.id for area in threat.launch_areas),
                threat.shapes,
                self.territory(party),
                *columns,
            )
        )

    def _radar(self, variant: Variant, reading: Assumptions, site: SensorSite, arcs: int) -> int:
        def take(name: str) -> Quantity:
            return reading.choose(variant, site.sensor, name)

        if site.position is None:
            raise ScenarioError(
                f"the radar '{site.id}' has no position",
                line=site.origin.line,
                field=site.origin.path,
                expected="'at', a site or a latitude and longitude",
            )
        columns = self.columns(
            take,
            "reference_range",
            "reference_cross_section",
            "instrumented_range",
            "azimuth_width",
            "least_elevation",
            "greatest_elevation",
            "uncued_range_fraction",
        )
        place = reading.place(site.position)
        return self.radars.index(RadarJob(arcs, *place, site.facing_rad, *columns))

    def _battery(
        self,
        variant: Variant,
        reading: Assumptions,
        battery: Battery,
        sensors: list[SensorSite],
        arcs: int,
    ) -> int:
        def interceptor(name: str) -> Quantity:
            return reading.choose(variant, battery.interceptor, name)

        flyout = self.flyouts.index(
            FlyoutJob(
                *self.columns(
                    interceptor,
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
        cues = tuple(
            (
                self.book.column(reading.choose(variant, site.sensor, "detection_delay")),
                self.book.column(reading.choose(variant, site.sensor, "report_latency")),
            )
            for site in sensors
            if not site.is_radar
        )
        radars = [site for site in sensors if site.is_radar]
        own = battery.own_radar
        usable = [own] if battery.mode == "organic" and own else radars
        if battery.mode == "organic" and own is None:
            usable = []

        def link(name: str) -> int:
            return self.book.column(reading.pick(variant.quantity(f"default.link.{name}")))

        own_link, remote_link = link("own_link_latency"), link("remote_link_latency")
        tracks = []
        for site in usable:
            track_time = self.book.column(reading.choose(variant, site.sensor, "track_time"))
            latency = self.book.column(reading.choose(variant, site.sensor, "report_latency"))
            track = self.tracks.index(
                TrackJob(self._radar(variant, reading, site, arcs), cues, track_time)
            )
            is_own = own is not None and site.id == own.id
            tracks.append((track, latency, own_link if is_own else remote_link))
        # On a remote track alone no radar need see the intercept itself.
        supported = battery.mode != "engage-on-remote"
        support = (self._radar(variant, reading, own, arcs),) if own and supported else ()
        return self.batteries.index(
            BatteryJob(
                arcs,
                flyout,
                *reading.place(battery.position),
                tuple(tracks),
                support,
                supported,
                self.book.column(
                    reading.pick(variant.quantity("default.engagement.decision_time"))
                ),
            )
        )

    def plan(self, subsets: tuple[tuple[str, ...], ...]) -> Plan:
        """Return what was collected."""
        return Plan(
            self.resolution,
            tuple(self.cells),
            self.arcs.all(),
            self.radars.all(),
            self.tracks.all(),
            self.flyouts.all(),
            self.batteries.all(),
            tuple(self.coverage),
            self.book.quantities(),
            subsets,
        )


def make_plan(scenario: Scenario, resolution: int, chosen: tuple[Assumptions, ...]) -> Plan:
    """Return the plan of a scenario at an h3 resolution, for the given readings of its numbers.

    The first reading is the adopted one. Another is planned only where it changes something: a
    claim about a number that a variant does not read adds no row.
    """
    planner = _Planner(resolution)
    for reading in chosen:
        for variant in scenario.variants:
            if reading.held is None or any(s is reading.held for s in variant.assumptions):
                planner.add(variant, reading)
    subsets = {claim.measure.countries: None for claim in scenario.claims}
    return planner.plan(tuple({(): None, **subsets}))
