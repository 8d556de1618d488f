"""The tables of reach in detail: every flight, and the meetings by site and pair."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from longroad.base.tables import schema
from longroad.scenario import Scenario
from longroad.study.evaluate import Evaluation
from longroad.study.plan import Plan
from longroad.study.reach_plan import AFTER, BEFORE, DELAY, OWN_SENSORS, Part, ReachJob
from longroad.study.solve import FlightResult
from longroad.study.table import Table, make_table

Array = NDArray[np.float64]
Columns = dict[str, list[NDArray]]
HALVES: tuple[Part, ...] = (BEFORE, AFTER)
KM, KM_S = 1e-3, 1e-3
_AXES = tuple(enumerate("xyz"))
FLIES, OUT_OF_RANGE, NO_FLIGHT, BELOW_FLOOR = "flies", "out-of-range", "no-flight", "below-floor"


def flights_table(evaluation: Evaluation, scenario: Scenario, floor_m: float) -> Table:
    """Return every flight of the adopted reading; ``flight`` counts them within the run."""
    plan, columns = evaluation.plan, _columns("flights")
    first = 0
    for index, variants in adopted_flights(plan).items():
        job, found = plan.flights[index], evaluation.flights(index)
        stands = scenario.variant(variants[0]).trajectories
        group = next(group for group in stands if group.id == job.trajectories)
        count = len(job.pairs)
        arcs = found.solved
        turn = np.full(count, np.nan)
        turn[found.kept] = found.kept_flights.turn_s
        base, end = np.divmod(np.arange(count) % (len(job.bases) * len(job.ends)), len(job.ends))
        bases, ends = np.degrees(job.bases)[base], np.degrees(job.ends)[end]
        _put(
            columns,
            flight=first + np.arange(count),
            variants=_same(count, ", ".join(variants)),
            trajectories=_same(count, job.trajectories),
            owner=_same(count, group.owner.id),
            missile=_same(count, group.missile.id),
            **_pairs(job.pairs, 1),
            base_latitude_deg=bases[:, 0],
            base_longitude_deg=bases[:, 1],
            end_latitude_deg=ends[:, 0],
            end_longitude_deg=ends[:, 1],
            state=flight_states(found, floor_m),
            range_km=arcs.ground_range_m * KM,
            apogee_km=arcs.apogee_altitude_m * KM,
            burnout_s=arcs.burnout_time_s,
            apogee_s=turn,
            time_of_flight_s=arcs.time_of_flight_s,
            burnout_speed_km_s=arcs.burnout_speed_m_s * KM_S,
            impulsive_km_s=arcs.impulsive_speed_m_s * KM_S,
            **{f"burnout_{x}_km": arcs.burnout_position_m[:, k] * KM for k, x in _AXES},
            **{f"burnout_v{x}_km_s": arcs.burnout_velocity_m_s[:, k] * KM_S for k, x in _AXES},
        )
        first += count
    return _table("flights", columns)


def adopted_flights(plan: Plan) -> dict[int, tuple[str, ...]]:
    """Return the flight jobs of the adopted reading, each with the variants it stands in."""
    found: dict[int, list[str]] = {}
    for variant, index in plan.groups:
        found.setdefault(index, []).append(variant)
    return {index: tuple(variants) for index, variants in found.items()}


def flight_states(found: FlightResult, floor_m: float) -> NDArray[np.object_]:
    """Return one word for each flight of a job: whether it is flown, and why not."""
    state = np.full(len(found.solved), NO_FLIGHT, dtype=object)
    state[found.solved.ok] = OUT_OF_RANGE
    state[found.within] = FLIES
    low = np.isnan(found.kept_flights.spans(floor_m)[:, 0])
    state[found.kept[low]] = BELOW_FLOOR
    return state


def compute_meetings(evaluation: Evaluation, workers: int) -> None:
    """Compute all meetings of a plan, by threads; the result does not depend on their number."""
    plan, reach = evaluation.plan, evaluation.reach
    for job in plan.meetings:
        reach.spans(job.floor, job.ceiling)
        if job.ready is not None:
            evaluation.ready_s(job.ready)
    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        list(pool.map(reach.group, range(len(plan.shots))))


def reach_table(evaluation: Evaluation) -> Table:
    """Return the least-speed intercept of every site, pair, launch time and part of the flight."""
    columns = _columns("reach")
    plan = evaluation.plan
    for job in plan.reach:
        if job.kind == "place":
            continue  # asked for by a claim; its finding stands with the claim
        pairs = plan.flights[plan.meetings[job.meeting].flights].pairs
        for index in (job.meeting, job.supported):
            if index is not None:
                _reach_rows(columns, evaluation, job, index, pairs)
    return _table("reach", columns)


def _reach_rows(
    columns: Columns,
    evaluation: Evaluation,
    job: ReachJob,
    index: int,
    pairs: tuple[tuple[str, str, str], ...],
) -> None:
    """Add the rows of one meeting job: by launch time, flight and part of the flight."""
    meeting = evaluation.meeting(index)
    full, kept = meeting.full, meeting.flights.kept
    times = full.speed_m_s.shape[1]
    count = times * len(pairs) * 2

    def spread_out(values: NDArray, fill: float = np.nan) -> Array:
        """Return values (N, D, 2) of the kept flights as one column: by time, flight, part."""
        whole = np.full((times, len(pairs), 2), fill)
        whole[:, kept] = values.swapaxes(0, 1)
        return whole.ravel()

    own = np.nan if job.burnout_speed is None else evaluation.row[job.burnout_speed]
    speed = spread_out(full.speed_m_s)
    sensed = index == job.supported
    if sensed:
        ready = np.where(np.isfinite(meeting.delays_s), meeting.delays_s, np.nan)
        delay = spread_out(np.repeat(ready[:, :, None], 2, axis=2))
    else:
        delay = np.repeat(meeting.delays_s, 2 * len(pairs))
    places = np.degrees(meeting.places)[full.place]
    with np.errstate(invalid="ignore"):
        reachable = speed <= own
    named = _pairs(pairs, 2)
    _put(
        columns,
        variant=_same(count, job.variant),
        party=_same(count, job.party),
        site=_same(count, job.site),
        kind=_same(count, job.kind),
        trajectories=_same(count, job.trajectories),
        **{name: np.tile(ids, times) for name, ids in named.items()},
        assumptions=_same(count, job.assumptions),
        timing=_same(count, OWN_SENSORS if sensed else DELAY),
        delay_s=delay,
        part=np.tile(np.array(HALVES, dtype=object), times * len(pairs)),
        least_burnout_speed_km_s=speed * KM_S,
        impulsive_km_s=spread_out(full.impulsive_speed_m_s) * KM_S,
        burnout_speed_km_s=np.full(count, own * KM_S),
        reachable=reachable,
        overtaking=spread_out(full.overtaking, 0.0) > 0.0,
        launch_s=spread_out(full.launch_s),
        intercept_s=spread_out(full.intercept_s),
        intercept_altitude_km=spread_out(full.altitude_m) * KM,
        intercept_latitude_deg=np.degrees(spread_out(full.latitude_rad)),
        intercept_longitude_deg=np.degrees(spread_out(full.longitude_rad)),
        crossing_deg=np.degrees(spread_out(full.crossing_rad)),
        closing_speed_km_s=spread_out(full.closing_speed_m_s) * KM_S,
        site_latitude_deg=spread_out(places[..., 0]),
        site_longitude_deg=spread_out(places[..., 1]),
    )


def _pairs(pairs: tuple[tuple[str, str, str], ...], times: int) -> dict[str, NDArray]:
    named = zip(("base", "end", "shape"), zip(*pairs, strict=True), strict=True)
    return {name: np.repeat(np.array(ids, dtype=object), times) for name, ids in named}


def _same(count: int, word: str) -> NDArray:
    return np.full(count, word, dtype=object)


def _columns(name: str) -> Columns:
    return {column: [] for column in schema(name).names}


def _put(columns: Columns, **values: NDArray) -> None:
    for name, array in values.items():
        columns[name].append(array)


def _table(name: str, columns: Columns) -> Table:
    none = np.zeros(0)
    return make_table(name, {key: np.concatenate(p) if p else none for key, p in columns.items()})
