"""One reach surface on request, for a trajectories entry or a part of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import UsageError
from longroad.engagement.reach import Interceptor
from longroad.scenario import Scenario
from longroad.study.blocks import Progress
from longroad.study.questions import Question, ask
from longroad.study.reach_settings import reach_settings
from longroad.study.surfaces import grid, surfaces, trajectory_of

Array = NDArray[np.float64]
LEAST_STEP_DEG = 0.25
# A point of the grid, whichever: flights and interceptor do not depend on where they are met from.
SOMEWHERE = (0.0, 0.0)


@dataclass(frozen=True)
class SurfacePair:
    """A flight whose surface was computed."""

    trajectories: str
    base: str
    end: str
    shape: str


@dataclass(frozen=True)
class ReachSurface:
    """Least burnout speeds from everywhere: ``speed_m_s`` (P, A, O, D, 2).

    By flight, latitude, longitude and launch delay; last axis before and after the apogee. NaN:
    that part is over before any such launch could end in it; infinite: above ``cap_m_s``.
    ``interceptor`` is the id of a catalogued one, or ``generic``.
    """

    threat: str
    variant: str
    interceptor: str
    floor_m: float
    cap_m_s: float
    pairs: tuple[SurfacePair, ...]
    latitude_deg: Array
    longitude_deg: Array
    delay_s: Array
    speed_m_s: NDArray[np.float32]


def reach_surface(
    scenario: Scenario, threat: str, *, delays_s: Sequence[float] = (),
    step_deg: float | None = None, variant: str | None = None, interceptor: str | None = None,
    cap_m_s: float | None = None, workers: int = 1, progress: Progress | None = None,
) -> ReachSurface:  # fmt: skip
    """Return the surfaces of the flights that ``TRAJECTORIES[/BASE[/END]]`` means.

    Defaults are those of ``default.reach``: every delay of the axis, the fine grid, its greatest
    speed. Raises as `longroad.study.reach_rows.reach` does.
    """
    chosen = scenario.variants if variant is None else (scenario.variant(variant),)
    settings = reach_settings(chosen[0])
    delays = tuple(delays_s) or settings.delays_s
    question = ask(
        scenario, threat, at=SOMEWHERE, delays_s=delays, variant=variant, interceptor=interceptor
    )
    step = settings.fine_grid_step_rad if step_deg is None else np.radians(step_deg)
    if not LEAST_STEP_DEG <= np.degrees(step) <= 90.0:
        raise UsageError(
            "this is no grid", field="step", expected=f"{LEAST_STEP_DEG} to 90 degrees"
        )
    answer = question.answers[0]
    evaluation = question.evaluation
    job = evaluation.plan.meetings[answer.jobs.meeting]
    row = evaluation.row
    flights = evaluation.flights(job.flights)
    spans = flights.kept_flights.spans(float(row[job.floor]))
    shot = Interceptor(
        float(row[job.burn_time]), float(row[job.boost_path_fraction]), float(row[job.flight_life])
    )
    pairs, paths = _met_flights(question)
    trajectories = [trajectory_of(flights.kept_flights, spans, path) for path in paths]
    cap = settings.greatest_speed_m_s if cap_m_s is None else cap_m_s
    places = grid(float(step))
    times = np.array(sorted(set(delays)), dtype=np.float64)
    speed = surfaces(trajectories, places, times, shot, cap, workers, progress)
    return ReachSurface(
        threat, answer.variants[0], answer.interceptor, float(row[job.floor]), cap, pairs,
        places.latitude_deg, places.longitude_deg, times, speed,
    )  # fmt: skip


def _met_flights(question: Question) -> tuple[tuple[SurfacePair, ...], list[int]]:
    """Return the flights meant that rise above the floor, and their rows among the kept ones."""
    answer = question.answers[0]
    evaluation = question.evaluation
    job = evaluation.plan.meetings[answer.jobs.meeting]
    flights = evaluation.flights(job.flights)
    spans = flights.kept_flights.spans(float(evaluation.row[job.floor]))
    named = evaluation.plan.flights[job.flights]
    meant = set(question.pairs(answer))
    pairs, rows = [], []
    for row, number in enumerate(flights.kept):
        if int(number) in meant and np.isfinite(spans[row, 0]):
            pairs.append(SurfacePair(named.trajectories, *named.pairs[int(number)]))
            rows.append(row)
    return tuple(pairs), rows
