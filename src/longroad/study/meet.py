"""The reach of one draw: all flights at once, and one search for each interceptor at each site."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from weakref import proxy

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.flights import Flights, fly, join, least_speeds, states_needed
from longroad.study.plan import Plan
from longroad.study.solve import FlightResult, Meeting, nodes_of, solve_job

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Fleet:
    """All flights of a plan that are flown, with the same number of states each.

    Those of flight job k are the rows ``start[k]`` to ``start[k + 1]``.
    """

    flights: Flights
    start: NDArray[np.intp]
    jobs: tuple[FlightResult, ...]


@dataclass(frozen=True)
class Shot:
    """One interceptor at one site against the kept flights (N) of all that it is asked about.

    ``delays_s`` (D), or (N, D) by flight; ``answers`` (N, D, 2, 6), ``which`` (N, D, 2) as the
    search gave them.
    """

    delays_s: Array
    answers: Array
    which: NDArray[np.int32]


class Reach:
    """The reach jobs of a plan for one row of values; each is computed once, when asked for.

    ``ready_s`` gives the earliest launches (s) of a ready job against its kept flights.
    """

    def __init__(self, plan: Plan, row: Array, ready_s: Callable[[int], Array]) -> None:
        self.plan = plan
        self.row = row
        self.ready_s = ready_s
        me = proxy(self)
        self.fleet = cache(partial(Reach._fleet, me))
        self.spans = cache(partial(Reach._spans, me))
        self.chosen = cache(partial(Reach._chosen, me))
        self.shot = cache(partial(Reach._shot, me))
        self.group = cache(partial(Reach._group, me))
        self._place_of = {m: (g, k) for g, ms in enumerate(plan.shots) for k, m in enumerate(ms)}

    def flights(self, index: int) -> FlightResult:
        """Return the flights of one flight job."""
        return self.fleet().jobs[index]

    def meeting(self, index: int) -> Meeting:
        """Return the meetings of one job."""
        group, member = self._place_of[index]
        return self.group(group)[member]

    def _fleet(self) -> Fleet:
        parts = []
        for job, ends in zip(self.plan.flights, self.plan.flight_ends, strict=True):
            row = self.row
            boost = (
                row[job.burn_time], row[job.burnout_altitude], row[job.burnout_ground_distance],
            )  # fmt: skip
            parts.append(solve_job(job, ends, boost, row[job.maximum_range]))
        count = max(states_needed(flown) for *_, flown in parts)
        flown = [fly(arcs, count) for *_, arcs in parts]
        jobs = tuple(
            FlightResult(*part, nodes_of(part[-1]), flights)
            for part, flights in zip(parts, flown, strict=True)
        )
        start = np.cumsum([0, *(len(flights) for flights in flown)])
        return Fleet(join(flown), start, jobs)

    def _spans(self, floor: int, ceiling: int | None) -> Array:
        """Return when every flight of the fleet can be met between two heights (N, 4)."""
        top = math.inf if ceiling is None else self.row[ceiling]
        return self.fleet().flights.spans(self.row[floor], top)

    def _chosen(self, jobs: tuple[int, ...]) -> tuple[NDArray[np.intp], Flights]:
        """Return the rows of the fleet that belong to some flight jobs, and those flights."""
        fleet = self.fleet()
        rows = [np.arange(fleet.start[k], fleet.start[k + 1]) for k in jobs]
        named = np.concatenate(rows)
        return named, fleet.flights.select(named)

    def _shot(self, index: int) -> Shot:
        """Return the answers of one shot against the flights of all its jobs."""
        members = [self.plan.meetings[m] for m in self.plan.shots[index]]
        first, row = members[0], self.row
        rows, flights = self.chosen(tuple(job.flights for job in members))
        spans = self.spans(first.floor, first.ceiling)[rows]
        places = self.plan.shot_places[index]
        delays = np.array(first.delays_s)
        ready = [self.ready_s(job.ready) for job in members if job.ready is not None]
        if ready:
            delays = np.concatenate(ready)[:, None]
        return Shot(
            delays,
            *least_speeds(
                flights, spans, places[:, 0], places[:, 1], delays, row[first.burn_time],
                row[first.boost_path_fraction], row[first.flight_life],
            ),
        )  # fmt: skip

    def _group(self, index: int) -> tuple[Meeting, ...]:
        """Return the meetings of one shot, by job."""
        members = [self.plan.meetings[m] for m in self.plan.shots[index]]
        fleet, shot, places = self.fleet(), self.shot(index), self.plan.shot_places[index]
        ends = np.cumsum([0, *(len(fleet.jobs[job.flights].kept) for job in members)])
        found = []
        for job, a, b in zip(members, ends[:-1], ends[1:], strict=True):
            own = shot.delays_s if job.ready is None else shot.delays_s[a:b]
            flown, burn = fleet.jobs[job.flights], self.row[job.burn_time]
            found.append(Meeting(flown, places, own, burn, shot.answers[a:b], shot.which[a:b]))
        return tuple(found)
