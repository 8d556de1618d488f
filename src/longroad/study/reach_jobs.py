"""Makes the jobs of one site against one entry of trajectories."""

from __future__ import annotations

from dataclasses import dataclass, replace

from longroad.catalog import Entry
from longroad.scenario import Battery, Trajectories, Variant
from longroad.study.collect import Collector
from longroad.study.reach_plan import FlightJob, MeetingJob, Place, ReadyJob
from longroad.study.readings import Assumptions


@dataclass(frozen=True)
class SiteJobs:
    """The jobs of a site: meetings by delay, at the owner's sensors' time, and its own speed."""

    meeting: int
    supported: int | None
    burnout_speed: int | None


def flight_job(
    collector: Collector, variant: Variant, reading: Assumptions, group: Trajectories
) -> int:
    """Return the flight job of a trajectories entry."""
    return collector.flights.index(
        FlightJob(
            group.id,
            tuple(reading.place(end.position) for end in group.bases),
            tuple(end.id for end in group.bases),
            tuple(reading.place(end.position) for end in group.ends),
            tuple(end.id for end in group.ends),
            group.shapes,
            *collector.columns(
                variant,
                reading,
                group.missile,
                "burn_time",
                "burnout_altitude",
                "burnout_ground_distance",
                "maximum_range",
                "radar_cross_section",
            ),
        )
    )


def battery_jobs(
    collector: Collector, variant: Variant, reading: Assumptions, group: Trajectories,
    battery: Battery, delays_s: tuple[float, ...], interceptor: Entry | None = None,
) -> SiteJobs:  # fmt: skip
    """Return the jobs of a battery; ``interceptor`` replaces its own."""
    places = (reading.place(battery.position),)
    entry = battery.interceptor if interceptor is None else interceptor
    meeting, speed = _meeting(collector, variant, reading, group, places, delays_s, entry)
    ready = collector.ready.index(
        ReadyJob(
            meeting.flights,
            collector.battery_tracks(variant, reading, battery, meeting.flights, strategic=True),
            collector.default(variant, reading, "engagement.decision_time"),
        )
    )
    supported = replace(meeting, delays_s=(), ready=ready)
    meetings = collector.meetings
    return SiteJobs(meetings.index(meeting), meetings.index(supported), speed)


def place_jobs(
    collector: Collector, variant: Variant, reading: Assumptions, group: Trajectories,
    places: tuple[Place, ...], delays_s: tuple[float, ...], interceptor: Entry | None = None,
) -> SiteJobs:  # fmt: skip
    """Return the jobs of the best of several places; without an interceptor the generic one."""
    meeting, speed = _meeting(collector, variant, reading, group, places, delays_s, interceptor)
    return SiteJobs(collector.meetings.index(meeting), None, speed)


def _meeting(
    collector: Collector, variant: Variant, reading: Assumptions, group: Trajectories,
    places: tuple[Place, ...], delays_s: tuple[float, ...], interceptor: Entry | None,
) -> tuple[MeetingJob, int | None]:  # fmt: skip
    flights = flight_job(collector, variant, reading, group)
    if interceptor is None:
        burn, fraction, life, floor = (
            collector.default(variant, reading, f"reach.{name}")
            for name in ("burn_time", "boost_path_fraction", "flight_life", "floor")
        )
        job = MeetingJob(flights, places, burn, fraction, life, floor, None, delays_s)
        return job, None
    burn, fraction, life, floor, ceiling, speed = collector.columns(
        variant,
        reading,
        interceptor,
        "burn_time",
        "boost_path_fraction",
        "flight_life",
        "minimum_intercept_altitude",
        "maximum_intercept_altitude",
        "burnout_speed",
    )
    return MeetingJob(flights, places, burn, fraction, life, floor, ceiling, delays_s), speed
