"""Plans the jobs of reach: every site of a party against the trajectories of every other party."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from longroad.catalog import Entry
from longroad.scenario import (
    Battery,
    ExchangeMeasure,
    PatrolArea,
    Position,
    ReachMeasure,
    Scenario,
    Trajectories,
    Variant,
)
from longroad.study.collect import Collector
from longroad.study.reach_jobs import SiteJobs, battery_jobs, flight_job, place_jobs
from longroad.study.reach_plan import Place, ReachJob, SiteKind
from longroad.study.reach_settings import reach_settings
from longroad.study.readings import ADOPTED, Assumptions, disputed_thing
from longroad.study.sea import sea_places

# The launch delays (s) that are wanted of a site against trajectories.
Key = tuple[str, str, str, str]
Delays = Callable[[Key], tuple[float, ...]]
NO_PARTY = ""


class ReachPlanner:
    """Adds the jobs of reach to a collector.

    ``full``: patrol areas too and every launch delay of the axis, for the best estimate; else the
    late delay, and what the claims of the scenario ask for, which is what an ensemble can bear.
    Rival claims about sensors, which move the earliest launch alone, are followed where a claim of
    the scenario asks for that.
    """

    def __init__(self, collector: Collector, scenario: Scenario, *, full: bool) -> None:
        self.collector = collector
        self.full = full
        self.jobs: list[ReachJob] = []
        self.groups: list[tuple[str, int]] = []
        self.headline: dict[Key, ReachJob] = {}
        self.asked: dict[Key, set[float]] = {}
        self.by_sensors: set[tuple[str, str, str]] = set()
        self.measures = [c.measure for c in scenario.claims if isinstance(c.measure, ReachMeasure)]
        for measure in self.measures:
            for variant in scenario.variants:
                if variant.id == measure.variant:
                    self._ask(measure, variant)
        for claim in scenario.claims:
            if isinstance(claim.measure, ExchangeMeasure):
                self._ask_exchange(claim.measure, scenario)
        self.done: set[tuple[Key, str]] = set()
        self.sea = cache(sea_places)

    def _ask(self, measure: ReachMeasure, variant: Variant) -> None:
        for site in sites_of(measure, variant):
            for trajectories in measure.trajectories:
                key = (variant.id, _kind(measure), site, trajectories)
                delays = self.asked.setdefault(key, set())
                if measure.delay_s is not None:
                    delays.add(measure.delay_s)
                else:
                    self.by_sensors.add((variant.id, site, trajectories))

    def _ask_exchange(self, measure: ExchangeMeasure, scenario: Scenario) -> None:
        """Ask for the launch time of a claim on all flights of one force and all batteries."""
        for variant in scenario.variants:
            if variant.id != measure.variant or measure.delay_s is None:
                continue
            for battery in variant.batteries:
                for group in variant.trajectories:
                    if (battery.owner.id, group.owner.id) == (measure.party, measure.owner):
                        key = (variant.id, "battery", battery.id, group.id)
                        self.asked.setdefault(key, set()).add(measure.delay_s)

    def add(self, variant: Variant, reading: Assumptions) -> None:
        """Add all that one variant asks for under one reading of the numbers."""
        for group in variant.trajectories:
            if reading.id == ADOPTED:
                index = flight_job(self.collector, variant, reading, group)
                self.groups.append((variant.id, index))
            for battery in variant.batteries:
                wanted = (variant.id, "battery", battery.id, group.id) in self.asked
                if battery.owner.id == group.owner.id and not wanted:
                    continue
                entries, places = [battery.interceptor], [battery.position]
                if (variant.id, battery.id, group.id) in self.by_sensors:
                    own = [s for s in variant.sensors if s.owner.id == battery.owner.id]
                    entries += [site.sensor for site in own]
                    places += [site.position for site in own if site.position is not None]
                if touches(reading, group, entries, places):
                    self._battery(variant, reading, group, battery)
            for area in variant.patrol_areas:
                wanted = (variant.id, "patrol-area", area.id, group.id) in self.asked
                usual = self.full and area.owner.id != group.owner.id
                if (wanted or usual) and touches(reading, group):
                    self._area(variant, reading, group, area)
            for measure in self.measures:
                if (measure.kind, measure.variant) == ("place", variant.id):
                    self._place(variant, reading, group, measure)

    def _battery(
        self, variant: Variant, reading: Assumptions, group: Trajectories, battery: Battery
    ) -> None:
        delays = self._delays(variant, "battery", battery.id, group)
        jobs = battery_jobs(self.collector, variant, reading, group, battery, delays)
        self._put(variant, reading, group, "battery", battery.id, battery.owner.id, jobs)

    def _area(
        self, variant: Variant, reading: Assumptions, group: Trajectories, area: PatrolArea
    ) -> None:
        places = self.sea(area, reach_settings(variant).patrol_step_rad)
        self._generic(variant, reading, group, places, "patrol-area", area.id, area.owner.id)

    def _place(
        self, variant: Variant, reading: Assumptions, group: Trajectories, measure: ReachMeasure
    ) -> None:
        position = measure.position
        if position is None or group.id not in measure.trajectories:
            return
        if touches(reading, group, positions=[position]):
            places = (reading.place(position),)
            self._generic(variant, reading, group, places, "place", measure.site, NO_PARTY)

    def _generic(
        self, variant: Variant, reading: Assumptions, group: Trajectories,
        places: tuple[Place, ...], kind: SiteKind, site: str, party: str,
    ) -> None:  # fmt: skip
        """Add a place without an interceptor of its own: the generic one stands for it."""
        delays = self._delays(variant, kind, site, group)
        jobs = place_jobs(self.collector, variant, reading, group, places, delays)
        self._put(variant, reading, group, kind, site, party, jobs)

    def _delays(
        self, variant: Variant, kind: SiteKind, site: str, group: Trajectories
    ) -> tuple[float, ...]:
        settings = reach_settings(variant)
        delays = set(self.asked.get((variant.id, kind, site, group.id), ()))
        if kind == "battery" or not delays:
            delays.add(settings.late_delay_s)
        if self.full:
            delays.update(settings.delays_s)
        return tuple(sorted(delays))

    def _put(
        self, variant: Variant, reading: Assumptions, group: Trajectories,
        kind: SiteKind, site: str, party: str, jobs: SiteJobs,
    ) -> None:  # fmt: skip
        key = (variant.id, kind, site, group.id)
        if (key, reading.id) in self.done:
            return
        self.done.add((key, reading.id))
        job = ReachJob(
            variant.id, party, site, kind, group.id, reading.id,
            jobs.meeting, jobs.supported, jobs.burnout_speed,
        )  # fmt: skip
        if reading.id == ADOPTED:
            self.headline[key] = job
        elif self.headline[key].physics == job.physics:
            return  # a reading that changes nothing here is no row of its own
        self.jobs.append(job)


def touches(
    reading: Assumptions,
    group: Trajectories,
    entries: Sequence[Entry] = (),
    positions: Sequence[Position] = (),
) -> bool:
    """Return whether a reading may change what a site has to do with trajectories.

    ``entries`` and ``positions`` are those the site adds to the missile, bases and end points.
    Spares the planning of rival claims about what a job does not read.
    """
    if reading.claim is None:
        return True
    about = reading.claim[0]
    stem = about.rpartition(".")[0]
    read = [group.missile, *entries]
    stand = [*(end.position for end in (*group.bases, *group.ends)), *positions]
    return (
        stem.startswith("default.")
        or any(stem == f"{entry.kind}.{entry.id}" for entry in read)
        or any(disputed_thing(position.latitude.id) == about for position in stand)
    )


def _kind(measure: ReachMeasure) -> str:
    return "battery" if measure.kind == "party" else measure.kind


def sites_of(measure: ReachMeasure, variant: Variant) -> tuple[str, ...]:
    """Return the ids of the sites that a measure takes together: one, or a party's batteries."""
    if measure.kind != "party":
        return (measure.site,)
    return tuple(b.id for b in variant.batteries if b.owner.id == measure.site)
