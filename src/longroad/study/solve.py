"""Arcs and flights of a job, solved: which the missile can fly, and where it is when."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError
from longroad.engagement.flights import Flights, Meetings, explained
from longroad.engagement.reach_kernel import SPEED
from longroad.flight.arcs import ArcSet, Ends, solve_places
from longroad.flight.capability import attainable_speed, farthest_range
from longroad.flight.nodes import Nodes, sample_arcs
from longroad.scenario import Shape
from longroad.study.plan import ArcJob
from longroad.study.reach_plan import FlightJob

Array = NDArray[np.float64]
# Nodes at most this far apart (s): the cubic between them is then within 3 m of the conic on arcs
# of least energy and within 9 m on steep ones, one or two milliseconds of flight.
NODE_STEP_S = 75.0
LEAST_NODES = 8


@dataclass(frozen=True)
class ArcResult:
    """Arcs of one job: shape x launch area x cell, flattened in that order (A).

    ``within`` (A) says which the missile can fly; ``kept`` (N) are their indices, to which
    ``flown`` and ``nodes`` belong.
    """

    solved: ArcSet
    within: NDArray[np.bool_]
    kept: NDArray[np.intp]
    flown: ArcSet
    nodes: Nodes


@dataclass(frozen=True)
class FlightResult(ArcResult):
    """Flights of one job: shape x base x end, flattened in that order (P); N of them are kept.

    ``kept_flights`` are these as reach sees them.
    """

    kept_flights: Flights


@dataclass(frozen=True)
class Meeting:
    """One site against the flights of a job: the least-speed intercepts.

    ``delays_s`` (D), or (N, D) by kept flight; ``places`` (M, 2) latitude and longitude (rad);
    ``answers`` (N, D, 2, 6) and ``which`` (N, D, 2) as the search gave them.
    """

    flights: FlightResult
    places: Array
    delays_s: Array
    burn_time_s: float
    answers: Array
    which: NDArray[np.int32]

    @property
    def speed_m_s(self) -> Array:
        """Return the least burnout speeds (P, D, 2) of all flights; NaN where there is none."""
        whole = np.full((len(self.flights.solved), *self.answers.shape[1:3]), np.nan)
        whole[self.flights.kept] = self.answers[..., SPEED]
        return whole

    @cached_property
    def full(self) -> Meetings:
        """Return the intercepts of the kept flights in full (N, D, 2)."""
        return explained(
            self.flights.kept_flights, self.places[:, 0], self.places[:, 1], self.burn_time_s,
            self.answers, self.which,
        )  # fmt: skip


def solve_job(
    job: ArcJob | FlightJob, ends: Ends, boost: tuple[float, float, float],
    maximum_range_m: float, *, every: bool = True,
) -> tuple[ArcSet, NDArray[np.bool_], NDArray[np.intp], ArcSet]:  # fmt: skip
    """Return all arcs of a job, shape x start x aim; which the missile can fly; and those alone.

    ``ends`` (start x aim) as `longroad.study.plan.pairs_of`. ``boost``: burn time (s),
    burnout altitude and ground distance (m). Without ``every`` arcs that are far beyond the range
    are not solved, and say so.
    """
    shapes = [(flight_shape(one), one.value) for one in job.shapes]
    farthest = math.inf if every else farthest_range(maximum_range_m)
    solved = solve_places(ends, boost, shapes, farthest_m=farthest)
    capability = attainable_speed(maximum_range_m, *boost[1:])
    with np.errstate(invalid="ignore"):
        within = np.asarray(solved.ok & (solved.burnout_speed_m_s <= capability))
    kept = np.flatnonzero(within)
    return solved, within, kept, solved.select(kept)


def nodes_of(arcs: ArcSet) -> Nodes:
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
