"""The tables of reach: flights, meetings by site and pair, shares of pairs with their spread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from longroad.base.tables import schema
from longroad.scenario import Scenario
from longroad.study.columns import BEST_ROW
from longroad.study.evaluate import Evaluation
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import ReachEnsemble, Timing, least_of, pair_fraction, timings
from longroad.study.reach_plan import AFTER, BEFORE, PARTS, Part, ReachJob
from longroad.study.solve import FlightResult
from longroad.study.spread import Spread, spread
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
    """Compute all meetings of a plan in full, by threads; the result does not depend on them."""
    plan = evaluation.plan
    for job in plan.meetings:
        evaluation.spans(job.flights, job.floor, job.ceiling)
        if job.ready is not None:
            evaluation.ready_s(job.ready)
    found = [evaluation.meeting(k) for k in range(len(plan.meetings))]
    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        list(pool.map(lambda meeting: meeting.full, found))


def reach_table(evaluation: Evaluation) -> Table:
    """Return the least-speed intercept of every site, pair, launch time and part of the flight."""
    columns = _columns("reach")
    plan = evaluation.plan
    for job in plan.reach:
        if job.kind == "place":
            continue  # asked for by a claim; its finding stands with the claim
        flights = plan.flights[plan.meetings[job.meeting].flights]
        for timing in timings(plan, job):
            _reach_rows(columns, evaluation, job, timing, flights.pairs)
    return _table("reach", columns)


def _reach_rows(
    columns: Columns,
    evaluation: Evaluation,
    job: ReachJob,
    timing: Timing,
    pairs: tuple[tuple[str, str, str], ...],
) -> None:
    meeting = evaluation.meeting(timing.meeting)
    full, kept = meeting.full, meeting.flights.kept
    count = 2 * len(pairs)

    def spread_out(values: Array, fill: float = np.nan) -> Array:
        whole = np.full((len(pairs), 2), fill)
        whole[kept] = values[:, timing.column]
        return whole.ravel()

    own = np.nan if job.burnout_speed is None else evaluation.row[job.burnout_speed]
    speed = spread_out(full.speed_m_s)
    delay = np.full(count, np.nan if timing.delay_s is None else timing.delay_s)
    if timing.delay_s is None:
        ready = np.full(len(pairs), np.nan)
        ready[kept] = np.where(np.isfinite(meeting.delays_s), meeting.delays_s, np.nan)[:, 0]
        delay = np.repeat(ready, 2)
    places = np.degrees(meeting.places)[full.place]
    with np.errstate(invalid="ignore"):
        reachable = speed <= own
    _put(
        columns,
        variant=_same(count, job.variant),
        party=_same(count, job.party),
        site=_same(count, job.site),
        kind=_same(count, job.kind),
        trajectories=_same(count, job.trajectories),
        **_pairs(pairs, 2),
        assumptions=_same(count, job.assumptions),
        timing=_same(count, timing.kind),
        delay_s=delay,
        part=np.tile(np.array(HALVES, dtype=object), len(pairs)),
        least_burnout_speed_km_s=speed * KM_S,
        impulsive_km_s=spread_out(full.impulsive_speed_m_s) * KM_S,
        burnout_speed_km_s=np.full(count, own * KM_S),
        reachable=reachable,
        overtaking=spread_out(full.overtaking.astype(float), 0.0) > 0.0,
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


def shares_table(evaluation: Evaluation, plan: Plan, ensemble: ReachEnsemble) -> Table:
    """Return shares of pairs and least speeds by site: best estimates, with spread where drawn.

    ``evaluation`` is of the full plan; ``plan`` and ``ensemble`` are those of the draws.
    """
    columns: dict[str, list[object]] = {name: [] for name in _columns("reach_shares")}
    drawn = {
        (job.variant, job.kind, job.site, job.trajectories, job.assumptions): job
        for job in plan.reach
    }
    for job in evaluation.plan.reach:
        if job.kind == "place":
            continue
        key = (job.variant, job.kind, job.site, job.trajectories, job.assumptions)
        twin = drawn.get(key)
        known = {t.delay_s: t for t in timings(plan, twin)} if twin is not None else {}
        for timing in timings(evaluation.plan, job):
            for part in PARTS:
                row = _share(evaluation, job, timing, part)
                figures = _spreads(plan, ensemble, twin, known.get(timing.delay_s), part)
                for name, value in (row | figures).items():
                    columns[name].append(value)
    return make_table("reach_shares", columns)


def _share(evaluation: Evaluation, job: ReachJob, timing: Timing, part: Part) -> dict[str, object]:
    meeting = evaluation.meeting(timing.meeting)
    within = meeting.flights.within[None]
    speeds = meeting.full.speed_m_s[:, timing.column]
    whole = np.full((*within.shape, 2), np.nan)
    whole[0, meeting.flights.kept] = speeds
    least = np.fmin(whole[..., 0], whole[..., 1])
    if part in HALVES:
        least = whole[..., HALVES.index(part)]
    own = np.nan if job.burnout_speed is None else evaluation.row[job.burnout_speed]
    with np.errstate(invalid="ignore"):
        chase = meeting.full.overtaking[:, timing.column, 0] & (speeds[:, 0] <= own)
        reached = (least <= own) & within
    return {
        "variant": job.variant,
        "party": job.party,
        "site": job.site,
        "kind": job.kind,
        "trajectories": job.trajectories,
        "assumptions": job.assumptions,
        "timing": timing.kind,
        "delay_s": np.nan if timing.delay_s is None else timing.delay_s,
        "part": part,
        "pairs": int(within.sum()),
        "reachable_pairs": int(reached.sum()),
        "overtaking_pairs": 0 if part == AFTER else int(chase.sum()),
        "fraction": float(pair_fraction(least, within, np.array([own]))[0])
        if job.burnout_speed is not None
        else np.nan,
        "least_km_s": float(least_of(least, within)[0]) * KM_S,
    }


def _spreads(
    plan: Plan, ensemble: ReachEnsemble, job: ReachJob | None, timing: Timing | None, part: Part
) -> dict[str, object]:
    """Return what the draws say, NaN where nothing was drawn."""
    share = least = Spread(None, None, None, None)
    if job is not None and timing is not None:
        share, least = figures(plan, ensemble, job, timing, part)
    return {
        "fraction_p05": _nan(share.epistemic_p05),
        "fraction_p95": _nan(share.epistemic_p95),
        "fraction_mc_se": _nan(share.mc_se),
        "least_p05_km_s": _nan(least.epistemic_p05),
        "least_p95_km_s": _nan(least.epistemic_p95),
        "least_mc_se_km_s": _nan(least.mc_se),
    }


def figures(
    plan: Plan, ensemble: ReachEnsemble, job: ReachJob, timing: Timing, part: Part
) -> tuple[Spread, Spread]:
    """Return the share of pairs within reach (1) and the least speed (km/s) with their spread."""
    within, speeds = ensemble.pairs(plan, job), ensemble.least(timing, part)
    own = ensemble.own_speed(job)
    least = least_of(speeds, within) * KM_S
    low = spread(least[BEST_ROW], least[1:], "km/s")
    if own is None:
        return Spread(None, None, None, None), low
    share = pair_fraction(speeds, within, own)
    return spread(share[BEST_ROW], share[1:]), low


def _nan(value: float | None) -> float:
    return np.nan if value is None else value


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
