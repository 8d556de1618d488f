"""The tables of a run on limits and on growth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from longroad.base.tables import schema
from longroad.deterrent import POSTURES
from longroad.scenario import Scenario
from longroad.study.limits_concern import Concern
from longroad.study.limits_growth import GrowthRow
from longroad.study.limits_search import LimitRow
from longroad.study.limits_told import run_growth, run_limits
from longroad.study.spread import Spread
from longroad.study.table import Table, make_table

KINDS = {"float64": np.float64, "int32": np.int32, "bool": np.bool_, "text": object}


def limit_tables(scenario: Scenario, workers: int) -> dict[str, Table]:
    """Return the tables of limits and of growth of a scenario whose parties have forces."""
    rows = (row for found in run_limits(scenario, workers) for row in found.rows)
    return {
        "limits": limits_table(rows),
        "growth": growth_table(run_growth(scenario, workers)),
    }


def limits_table(rows: Iterable[LimitRow]) -> Table:
    """Return the table of limits: a row for each set, deterrent, assumption set and posture."""
    return _table("limits", (told for row in rows for told in _limit(row)))


def growth_table(rows: Iterable[GrowthRow]) -> Table:
    """Return the table of growth: by step, limit, deterrent, assumption set and posture."""
    return _table("growth", (told for row in rows for told in _grown(row)))


def _limit(row: LimitRow) -> Iterator[dict[str, object]]:
    shared = {
        "variant": row.variant,
        "set": row.set,
        "limits": row.words,
        "party": row.party,
        **_spread("area_lost", row.area_lost),
        **_spread("shots_lost", row.shots_lost),
        "interceptors_lost": row.interceptors_lost,
        "worst": row.concern,
        "tolerable": row.tolerable,
        "standing": row.standing,
        "observable": row.observable,
        "means": "; ".join(means.id for means in row.means),
    }
    for concern in row.concerns:
        for told in _concern(concern):
            yield {**shared, **told}


def _grown(row: GrowthRow) -> Iterator[dict[str, object]]:
    shared = {
        "variant": row.variant,
        "party": row.party,
        "step": row.step,
        "limits": row.limits,
        "binds": row.binds,
        "interceptors": row.number,
    }
    for told in _concern(row.concern):
        yield {**shared, **told}


def _concern(concern: Concern) -> Iterator[dict[str, object]]:
    for posture, figure in zip(POSTURES, concern.postures, strict=True):
        yield {
            "owner": concern.owner,
            "assumptions": concern.assumptions,
            "towards": concern.towards or "",
            "posture": posture.value,
            "headline": posture.value == concern.posture,
            **_spread("concern", figure),
        }


def _spread(name: str, figure: Spread | None) -> dict[str, object]:
    figure = Spread(None, None, None, None) if figure is None else figure
    known = (figure.best, figure.epistemic_p05, figure.epistemic_p95)
    values = (np.nan if value is None else value for value in known)
    return dict(zip((name, f"{name}_p05", f"{name}_p95"), values, strict=True))


def _table(name: str, rows: Iterable[Mapping[str, object]]) -> Table:
    columns: dict[str, list[object]] = {column: [] for column in schema(name).names}
    for row in rows:
        for column, values in columns.items():
            values.append(row[column])
    return make_table(
        name,
        {
            column.name: np.array(columns[column.name], dtype=KINDS[column.dtype])
            for column in schema(name).columns
        },
    )
