"""The jobs of reach: strategic flights, who can be told of them when, and who could meet them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from longroad.scenario import Shape

Place = tuple[float, float]
SiteKind = Literal["battery", "patrol-area", "place"]
Part = Literal["before-apogee", "after-apogee", "any"]
BEFORE: Part = "before-apogee"
AFTER: Part = "after-apogee"
ANY: Part = "any"
PARTS: tuple[Part, ...] = (BEFORE, AFTER, ANY)
# How a launch is timed: at a given delay or later, or when the owner's own sensors support it.
DELAY, OWN_SENSORS = "delay", "own-sensors"


@dataclass(frozen=True)
class FlightJob:
    """All flights of one trajectories entry: shapes x bases x ends, flattened in that order (P).

    Places are (latitude, longitude) in rad; the other whole numbers are columns.
    """

    trajectories: str
    bases: tuple[Place, ...]
    base_ids: tuple[str, ...]
    ends: tuple[Place, ...]
    end_ids: tuple[str, ...]
    shapes: tuple[Shape, ...]
    burn_time: int
    burnout_altitude: int
    burnout_ground_distance: int
    maximum_range: int
    radar_cross_section: int

    @property
    def pairs(self) -> tuple[tuple[str, str, str], ...]:
        """Return (base, end, shape) of every flight, in order."""
        return tuple(
            (base, end, shape.id)
            for shape in self.shapes
            for base in self.base_ids
            for end in self.end_ids
        )


@dataclass(frozen=True)
class ReadyJob:
    """When the sensors of a battery's owner support a launch against each flight.

    ``tracks`` as in a battery job; the strategic track jobs.
    """

    flights: int
    tracks: tuple[tuple[int, int, int], ...]
    decision_time: int


@dataclass(frozen=True)
class MeetingJob:
    """Least burnout speeds of one kind of interceptor at one place, or at the best of several.

    Launch at one of ``delays_s`` or later, or, with ``ready``, at the times of a ready job.
    ``ceiling`` is None where nothing limits the height of an intercept.
    """

    flights: int
    places: tuple[Place, ...]
    burn_time: int
    boost_path_fraction: int
    flight_life: int
    floor: int
    ceiling: int | None
    delays_s: tuple[float, ...]
    ready: int | None = None

    @property
    def shot(self) -> tuple[object, ...]:
        """Return all but the flights: meetings of the same shot are searched for together."""
        columns = (self.burn_time, self.boost_path_fraction, self.flight_life)
        heights = (self.floor, self.ceiling)
        return (self.places, columns, heights, self.delays_s, self.ready is None)


@dataclass(frozen=True)
class ReachJob:
    """One battery or patrol area against one trajectories entry, in one variant and reading.

    ``meeting`` by delay, ``supported`` at the earliest launch that the owner's sensors support;
    ``burnout_speed`` the column of the interceptor's own speed, None where there is none.
    """

    variant: str
    party: str
    site: str
    kind: SiteKind
    trajectories: str
    assumptions: str
    meeting: int
    supported: int | None
    burnout_speed: int | None

    @property
    def content(self) -> tuple[object, ...]:
        """Return what decides the numbers: jobs with equal content have equal results."""
        return (self.party, self.site, self.trajectories, *self.physics)

    @property
    def physics(self) -> tuple[int | None, ...]:
        """Return the jobs and the column that are read."""
        return (self.meeting, self.supported, self.burnout_speed)
