"""Answers to questions about reach as rows, as the commands `reach` and `threshold` print them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError, UsageError
from longroad.engagement.climb import greatest_height, speed_for_height
from longroad.scenario import Scenario
from longroad.study.questions import Answer, Question, ask, own_speed
from longroad.study.reach_plan import AFTER, BEFORE, DELAY, OWN_SENSORS, Part, Place
from longroad.study.reach_tables import FLIES, HALVES
from longroad.study.solve import Meeting

Array = NDArray[np.float64]
KM, KM_S = 1e-3, 1e-3
# Why a row holds no intercept although the flight is flown.
OVER, NO_TRACK = "over", "no-track"


@dataclass(frozen=True)
class Intercept:
    """The least-speed shot: when, where, and how the two meet; it starts at the site's place."""

    launch_s: float
    time_s: float
    altitude_km: float
    latitude_deg: float
    longitude_deg: float
    crossing_deg: float
    closing_speed_km_s: float
    site_latitude_deg: float
    site_longitude_deg: float


@dataclass(frozen=True)
class ReachRow:
    """One part of one flight against one site and launch time.

    ``threat`` is TRAJECTORIES/BASE/END; ``state`` flies, or why there is nothing to meet (see the
    table ``flights``); over: that part of the flight ends too soon; no-track: the owner's sensors
    support no launch. ``reachable`` compares the
    least speed with ``burnout_speed_km_s``; None where no speed was named. ``intercept`` is that
    of the least speed, None where there is none.
    """

    variants: tuple[str, ...]
    party: str
    site: str
    kind: str
    interceptor: str
    threat: str
    shape: str
    timing: str
    delay_s: float | None
    part: Part
    state: str
    reachable: bool | None
    burnout_speed_km_s: float | None
    least_burnout_speed_km_s: float | None
    impulsive_speed_km_s: float | None
    overtaking: bool | None
    intercept: Intercept | None


@dataclass(frozen=True)
class ThresholdRow:
    """The least burnout speed from one site against one flight, over both parts of it.

    ``before_apogee_km_s`` and ``after_apogee_km_s`` are the least of either part; the rest is of
    the lesser. None where there is no intercept.
    """

    threat: str
    site: str
    delay_s: float
    least_burnout_speed_km_s: float | None
    overtaking: bool | None
    intercept_time_s: float | None
    intercept_altitude_km: float | None
    impulsive_speed_km_s: float | None
    after_apogee: bool | None
    before_apogee_km_s: float | None
    after_apogee_km_s: float | None
    intercept: Intercept | None
    shape: str
    state: str
    kind: str
    interceptor: str
    variants: tuple[str, ...]


@dataclass(frozen=True)
class PairCount:
    """How many flights a burnout speed reaches at one launch delay.

    ``overtaking`` from behind before the apogee, ``late`` after it; a flight may count in both.
    """

    delay_s: float
    pairs: int
    reachable: int
    before_apogee: int
    overtaking: int
    late: int


def reach(
    scenario: Scenario, threat: str, *, battery: str | None = None, site: str | None = None,
    at: Place | None = None, speed_m_s: float | None = None, delays_s: Sequence[float] = (),
    variant: str | None = None, interceptor: str | None = None,
) -> tuple[ReachRow, ...]:  # fmt: skip
    """Return whether, when and where an interceptor meets a threat, both parts of a flight apart.

    ``threat``: TRAJECTORIES[/BASE[/END]]. ``speed_m_s`` replaces the interceptor's burnout speed.
    For a battery, rows at the earliest launch that its owner's sensors support follow those by
    delay. Raises UsageError, or GeometryError where no flight can be met, or where the speed does
    not reach the interceptor's own least height.
    """
    question = ask(
        scenario, threat, battery=battery, site=site, at=at, delays_s=delays_s, variant=variant,
        interceptor=interceptor,
    )  # fmt: skip
    _check_speed(question, speed_m_s)
    rows: list[ReachRow] = []
    for answer in question.answers:
        able = own_speed(question, answer) if speed_m_s is None else speed_m_s
        rows += _rows(question, answer, able, answer.jobs.meeting, DELAY)
        if answer.jobs.supported is not None:
            rows += _rows(question, answer, able, answer.jobs.supported, OWN_SENSORS)
    return tuple(rows)


def threshold(
    scenario: Scenario, threat: str, *, battery: str | None = None, site: str | None = None,
    at: Place | None = None, delays_s: Sequence[float] = (), variant: str | None = None,
    interceptor: str | None = None,
) -> tuple[ThresholdRow, ...]:  # fmt: skip
    """Return the least burnout speed that meets a threat from a place; raises as `reach` does."""
    if battery is None and site is None and at is None:
        raise UsageError("a threshold is about one place", expected="--site or --at")
    question = ask(
        scenario, threat, battery=battery, site=site, at=at, delays_s=delays_s, variant=variant,
        interceptor=interceptor,
    )  # fmt: skip
    rows: list[ThresholdRow] = []
    for answer in question.answers:
        both = _rows(question, answer, None, answer.jobs.meeting, DELAY)
        for before, after in zip(both[::2], both[1::2], strict=True):
            rows.append(_threshold(before, after))
    return tuple(rows)


def reach_pairs(
    scenario: Scenario, battery: str, trajectories: str | Sequence[str], speed_m_s: float | None,
    delays_s: Sequence[float], variant: str | None = None,
) -> tuple[PairCount, ...]:  # fmt: skip
    """Return, by launch delay, how many flights of some trajectories a battery's speed reaches.

    ``speed_m_s`` None: the battery's own. Counts every variant's distinct answer once; name a
    ``variant`` where the battery differs between them.
    """
    names = [trajectories] if isinstance(trajectories, str) else list(trajectories)
    found: dict[float, list[ReachRow]] = {}
    for name in names:
        rows = reach(
            scenario, name, battery=battery, speed_m_s=speed_m_s, delays_s=delays_s, variant=variant
        )
        first = rows[0].variants
        for row in rows:
            if row.timing == DELAY and row.variants == first and row.delay_s is not None:
                found.setdefault(row.delay_s, []).append(row)
    return tuple(_count(delay, rows) for delay, rows in sorted(found.items()))


def _count(delay_s: float, rows: list[ReachRow]) -> PairCount:
    flown = [row for row in rows if row.part == BEFORE and row.state in (FLIES, OVER)]
    hits = [row for row in rows if row.reachable]
    return PairCount(
        delay_s,
        pairs=len(flown),
        reachable=len({(row.threat, row.shape) for row in hits}),
        before_apogee=sum(row.part == BEFORE for row in hits),
        overtaking=sum(bool(row.overtaking) for row in hits),
        late=sum(row.part == AFTER for row in hits),
    )


def _check_speed(question: Question, speed_m_s: float | None) -> None:
    """Refuse a speed with which no interceptor that is asked about climbs to its least height."""
    if speed_m_s is None:
        return
    if not 0.0 < speed_m_s < math.inf:
        raise UsageError("a burnout speed is not above zero", field="speed", expected="km/s")
    refusals = []
    for answer in question.answers:
        job = question.evaluation.plan.meetings[answer.jobs.meeting]
        row = question.evaluation.row
        boost = float(row[job.burn_time]), float(row[job.boost_path_fraction])
        floor = float(row[job.floor])
        top = greatest_height(speed_m_s, *boost)
        if top >= floor:
            return
        refusals.append((floor, top, speed_for_height(floor, *boost)))
    if refusals:
        floor, top, least = min(refusals)
        raise GeometryError(
            f"an interceptor of {speed_m_s * KM_S:g} km/s climbs to {top * KM:.0f} km at most, "
            f"below the {floor * KM:.0f} km of its lowest intercept",
            field="speed",
            expected=f"at least {math.ceil(least / 10.0) / 100.0:g} km/s",
        )


def _rows(
    question: Question, answer: Answer, speed_m_s: float | None, meeting: int, timing: str
) -> list[ReachRow]:
    """Return rows by flight, launch time and part, of the flights that are meant."""
    evaluation = question.evaluation
    met = evaluation.meeting(meeting)
    states = question.states(answer)
    job = evaluation.plan.flights[answer.flights]
    times = _times(met)
    rows = []
    for flight in question.pairs(answer):
        base, end, shape = job.pairs[flight]
        common = ReachRow(
            variants=tuple(answer.variants),
            party=answer.party,
            site=answer.site.id,
            kind=answer.site.kind,
            interceptor=answer.interceptor,
            threat=f"{job.trajectories}/{base}/{end}",
            shape=shape,
            timing=timing,
            delay_s=None,
            part=BEFORE,
            state=str(states[flight]),
            reachable=None if speed_m_s is None else False,
            burnout_speed_km_s=None if speed_m_s is None else speed_m_s * KM_S,
            least_burnout_speed_km_s=None,
            impulsive_speed_km_s=None,
            overtaking=None,
            intercept=None,
        )
        for column, delay in enumerate(times[flight]):
            for half, part in enumerate(HALVES):
                row = replace(common, delay_s=_number(delay), part=part)
                rows.append(_met(row, met, flight, column, half))
    return rows


def _times(met: Meeting) -> Array:
    """Return launch times (P, D) by flight (s); NaN where there is none."""
    delays = np.atleast_1d(met.delays_s)
    whole = np.full((len(met.flights.solved), delays.shape[-1]), np.nan)
    if delays.ndim == 1:
        whole[:] = delays
    else:
        whole[met.flights.kept] = delays
    return whole


def _met(row: ReachRow, met: Meeting, flight: int, column: int, half: int) -> ReachRow:
    """Fill a row with the intercept of a flight, if there is one."""
    if not met.flights.within[flight]:
        return row
    at = (int(np.searchsorted(met.flights.kept, flight)), column, half)
    full = met.full
    least = float(full.speed_m_s[at])
    if not math.isfinite(least):
        if row.state != FLIES:
            return row
        return replace(row, state=NO_TRACK if row.delay_s is None else OVER)
    own = row.burnout_speed_km_s
    place = np.degrees(met.places[full.place[at]])
    return replace(
        row,
        reachable=None if own is None else least * KM_S <= own,
        least_burnout_speed_km_s=least * KM_S,
        impulsive_speed_km_s=float(full.impulsive_speed_m_s[at]) * KM_S,
        overtaking=bool(full.overtaking[at]),
        intercept=Intercept(
            launch_s=float(full.launch_s[at]),
            time_s=float(full.intercept_s[at]),
            altitude_km=float(full.altitude_m[at]) * KM,
            latitude_deg=math.degrees(full.latitude_rad[at]),
            longitude_deg=math.degrees(full.longitude_rad[at]),
            crossing_deg=math.degrees(full.crossing_rad[at]),
            closing_speed_km_s=float(full.closing_speed_m_s[at]) * KM_S,
            site_latitude_deg=float(place[0]),
            site_longitude_deg=float(place[1]),
        ),
    )


def _threshold(before: ReachRow, after: ReachRow) -> ThresholdRow:
    """Return the lesser of two rows, which are the two parts of one flight."""
    speeds = [row.least_burnout_speed_km_s for row in (before, after)]
    known = [math.inf if speed is None else speed for speed in speeds]
    least = before if known[0] <= known[1] else after
    shot = least.intercept
    return ThresholdRow(
        threat=least.threat,
        site=least.site,
        delay_s=least.delay_s if least.delay_s is not None else math.nan,
        least_burnout_speed_km_s=least.least_burnout_speed_km_s,
        overtaking=least.overtaking,
        intercept_time_s=None if shot is None else shot.time_s,
        intercept_altitude_km=None if shot is None else shot.altitude_km,
        impulsive_speed_km_s=least.impulsive_speed_km_s,
        after_apogee=None if shot is None else least.part == AFTER,
        before_apogee_km_s=speeds[0],
        after_apogee_km_s=speeds[1],
        intercept=shot,
        shape=least.shape,
        state=FLIES if shot is not None else least.state,
        kind=least.kind,
        interceptor=least.interceptor,
        variants=least.variants,
    )


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
