"""The best estimate in detail: arcs, windows and coverage by cell, as tables of the run."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.earth.cells import cell_text
from longroad.earth.territories import Cells
from longroad.engagement.area import CellCount
from longroad.engagement.windows import altitude_at, latest_launch
from longroad.scenario import Scenario
from longroad.study.ensemble import Ensemble
from longroad.study.evaluate import Evaluation
from longroad.study.plan import CoverageJob, Plan
from longroad.study.table import Table, make_table

Array = NDArray[np.float64]
Columns = dict[str, list[NDArray]]


def arcs_table(evaluation: Evaluation) -> Table:
    """Return every arc of the plan; ``arc`` counts them over the jobs in their order."""
    columns: Columns = {}
    plan = evaluation.plan
    first = 0
    for index, job in enumerate(plan.arcs):
        result = evaluation.arcs(index)
        solved = result.solved
        cells = plan.territories[job.territory]
        per_shape = len(job.launch) * len(cells)
        count = len(solved)
        numbers = np.arange(count)
        launch = np.array(job.launch_areas, dtype=object)[(numbers % per_shape) // len(cells)]
        shape = np.array([s.id for s in job.shapes], dtype=object)[numbers // per_shape]
        cell = numbers % len(cells)
        _put(
            columns,
            arc=first + numbers,
            missile=np.full(count, job.threat, dtype=object),
            launch_area=launch,
            shape=shape,
            cell=_texts(cells)[cell],
            country=cells.country[cell],
            range_km=solved.ground_range_m / 1e3,
            apogee_km=solved.apogee_altitude_m / 1e3,
            burnout_speed_km_s=solved.burnout_speed_m_s / 1e3,
            flight_path_angle_deg=np.degrees(solved.flight_path_angle_rad),
            burnout_time_s=solved.burnout_time_s,
            time_of_flight_s=solved.time_of_flight_s,
            within_reach=result.within,
        )
        first += count
    return _table("arcs", columns)


def windows_table(evaluation: Evaluation, scenario: Scenario) -> Table:
    """Return every window of every battery, by variant."""
    columns: Columns = {}
    words, counts = [], []
    starts = _first_arcs(evaluation)
    modes = {
        (variant.id, battery.id): battery.mode
        for variant in scenario.variants
        for battery in variant.batteries
    }
    for job in evaluation.plan.coverage:
        arcs = evaluation.arcs(job.arcs)
        for battery_id, index in job.batteries:
            result = evaluation.battery(index)
            row, window = np.nonzero(
                np.arange(result.windows.intervals.shape[1]) < result.windows.count[:, None]
            )
            count = len(row)
            opens = result.windows.intervals[row, window, 0]
            closes = result.windows.intervals[row, window, 1]
            nodes = arcs.nodes
            rows = (nodes.state, nodes.start_s, nodes.dt_s)
            launch = latest_launch(
                *rows,
                result.ready_s,
                row,
                opens,
                evaluation.battery_row(index),
                evaluation.flyout(evaluation.plan.batteries[index].flyout),
            )
            mode = modes[job.variant, battery_id]
            words.append((job.variant, job.agreement, job.party, battery_id, mode))
            counts.append(count)
            _put(
                columns,
                arc=starts[job.arcs] + arcs.kept[row],
                warned_s=np.full(
                    count, result.warned_s if np.isfinite(result.warned_s) else np.nan
                ),
                first_track_s=result.first_track_s[row],
                commit_s=result.ready_s[row],
                window=window,
                opens_s=opens,
                closes_s=closes,
                intercept_altitude_km=altitude_at(*rows, row, opens) / 1e3,
                launch_s=launch,
            )
    names = ("variant", "agreement", "party", "battery", "mode")
    said = np.array(words, dtype=object).reshape(-1, len(names)).T
    heads = {name: [np.repeat(word, counts)] for name, word in zip(names, said, strict=True)}
    return _table("windows", heads | columns)


def coverage_table(evaluation: Evaluation, plan: Plan, ensemble: Ensemble) -> Table:
    """Return coverage by cell: the map of the best estimate, then the cells of the ensemble."""
    columns: Columns = {}
    for job in evaluation.plan.coverage:
        count = evaluation.cells(job)
        nothing = np.full(count.within.size, np.nan)
        _coverage_rows(
            columns,
            evaluation.plan,
            job,
            arcs=count.within,
            engageable=count.share,
            mean=nothing,
            p05=nothing,
            p95=nothing,
            complete=nothing,
            first=_first_battery(evaluation, job, count),
        )
    for j, job in enumerate(plan.coverage):
        if j not in ensemble.shares:
            continue
        shares, complete = ensemble.shares[j], ensemble.complete[j]
        draws = shares[1:].astype(float)
        reached = np.isfinite(draws)
        times = reached.sum(axis=0)
        _coverage_rows(
            columns,
            plan,
            job,
            arcs=np.where(np.isfinite(shares[0]), _arcs_of(plan, job), 0),
            engageable=shares[0].astype(float),
            mean=_over(np.where(reached, draws, 0.0).sum(axis=0), times),
            p05=_quantile(draws, times, 0.05),
            p95=_quantile(draws, times, 0.95),
            complete=_over(complete[1:].sum(axis=0), times),
            first=np.full(shares.shape[1], "", dtype=object),
        )
    return _table("coverage", columns)


def _arcs_of(plan: Plan, job: CoverageJob) -> int:
    arcs = plan.arcs[job.arcs]
    return len(arcs.launch) * len(arcs.shapes)


def _coverage_rows(
    columns: Columns,
    plan: Plan,
    job: CoverageJob,
    *,
    arcs: NDArray,
    engageable: Array,
    mean: Array,
    p05: Array,
    p95: Array,
    complete: Array,
    first: NDArray,
) -> None:
    cells = plan.territories[plan.arcs[job.arcs].territory]
    count = len(cells)
    _put(
        columns,
        variant=np.full(count, job.variant, dtype=object),
        agreement=np.full(count, job.agreement, dtype=object),
        party=np.full(count, job.party, dtype=object),
        missile=np.full(count, job.threat, dtype=object),
        resolution=np.full(count, plan.resolution),
        cell=_texts(cells),
        country=cells.country,
        area_km2=cells.area_m2 / 1e6,
        population=cells.population,
        arcs=arcs,
        engageable=engageable,
        engageable_mean=mean,
        engageable_p05=p05,
        engageable_p95=p95,
        all_engageable_share=complete,
        first_battery=first,
    )


def _first_battery(evaluation: Evaluation, job: CoverageJob, count: CellCount) -> NDArray:
    """Return, by cell, the battery whose window opens first on any arc to it; '' without any."""
    arcs = evaluation.arcs(job.arcs)
    cells = count.within.size
    earliest = np.full(cells, np.inf)
    name = np.full(cells, "", dtype=object)
    for battery_id, index in job.batteries:
        windows = evaluation.battery(index).windows
        opens = np.where(windows.count > 0, windows.intervals[:, 0, 0], np.inf)
        by_cell = np.full(cells, np.inf)
        np.minimum.at(by_cell, arcs.kept % cells, opens)
        sooner = by_cell < earliest
        earliest = np.where(sooner, by_cell, earliest)
        name[sooner] = battery_id
    return name


def _first_arcs(evaluation: Evaluation) -> list[int]:
    """Return the number of the first arc of each arc job."""
    counts = [len(evaluation.arcs(k).solved) for k in range(len(evaluation.plan.arcs))]
    return [int(start) for start in np.cumsum([0, *counts])[:-1]]


def _quantile(draws: Array, times: NDArray[np.intp], p: float) -> Array:
    """Return a quantile over the draws that reach a cell (NaN elsewhere); NaN where none does.

    Linear between order statistics, as NumPy's, which takes cells with gaps one by one.
    """
    ordered = np.sort(draws, axis=0)  # NaN last
    place = p * np.maximum(times - 1, 0)
    low = np.floor(place).astype(np.intp)
    high = np.minimum(low + 1, np.maximum(times - 1, 0))
    cells = np.arange(draws.shape[1])
    first, second = ordered[low, cells], ordered[high, cells]
    return np.asarray(first + (place - low) * (second - first))


def _over(total: NDArray, times: NDArray[np.intp]) -> Array:
    return np.where(times > 0, total / np.maximum(times, 1), np.nan)


def _texts(cells: Cells) -> NDArray:
    return np.array([cell_text(cell) for cell in cells.cell], dtype=object)


def _put(columns: Columns, **values: NDArray) -> None:
    for name, array in values.items():
        columns.setdefault(name, []).append(array)


def _table(name: str, columns: Columns) -> Table:
    return make_table(name, {key: np.concatenate(parts) for key, parts in columns.items()})
