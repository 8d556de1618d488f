"""A comparison of two runs: what is not the same, aligned by name, and nothing else.

Numbers that went in, claims' findings, outcomes draw by draw, and the figures of every table that
tells a best estimate with its interval. A figure counts as changed when it differs by more than
machines do; where both runs drew the same numbers the difference has an interval of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import RunError
from longroad.base.tables import SCHEMAS
from longroad.study.manifest import Input, Manifest
from longroad.study.spread import Spread, spread
from longroad.study.store import TABLES, Run
from longroad.study.table import link

Array = NDArray[np.float64]
# What two machines may differ by (design, conventions): less is no difference.
SAME = 1e-9
OUTCOMES, ELICITED = "outcomes", "bargain_inputs"
# Tables that tell a figure by its best estimate and quantiles, with the columns that name it.
FIGURES = {
    name: tuple(c.name for c in table.columns if c.dtype == "text" and c.name != "unit")
    for name, table in SCHEMAS.items()
    if {"best", "p05", "p95", "unit"} <= set(table.names)
}


@dataclass(frozen=True)
class InputChange:
    """A number that went in: as it stands in each run, None where the run did not read it."""

    id: str
    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ClaimChange:
    """What the runs say to one claim under one set of assumptions."""

    claim: str
    under: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class OutcomeChange:
    """One outcome in both runs. ``difference`` is after less before, draw by draw.

    Its interval is None when the two runs drew different numbers. ``before`` or ``after`` is None
    when the run does not have the outcome, and then there is no difference.
    """

    table: str
    name: dict[str, str]
    before: Spread | None
    after: Spread | None
    difference: Spread | None


@dataclass(frozen=True)
class Comparison:
    """Two runs side by side. ``paired``: both drew the same numbers, so draws can be compared."""

    before: str
    after: str
    paired: bool
    inputs: tuple[InputChange, ...]
    claims: tuple[ClaimChange, ...]
    outcomes: tuple[OutcomeChange, ...]
    same: int

    @property
    def alike(self) -> bool:
        """Whether nothing differs."""
        return not (self.inputs or self.claims or self.outcomes)


def compare(before: Run, after: Run) -> Comparison:
    """Return what differs between two runs, in the order of the first, then of the second.

    Raises `RunError` when a table that both should have cannot be read.
    """
    paired = _same_draws(before, after)
    outcomes, same = _outcomes(before, after, paired)
    for table, names in FIGURES.items():
        found, alike = _figures(table, names, before, after)
        outcomes, same = outcomes + found, same + alike
    return Comparison(
        str(before.path),
        str(after.path),
        paired,
        (*_inputs(before.manifest, after.manifest), *_elicited(before, after)),
        tuple(_claims(before.manifest, after.manifest)),
        tuple(outcomes),
        same,
    )


def _same_draws(before: Run, after: Run) -> bool:
    """Return whether draw k of every quantity rests on the same uniform number in both runs.

    One dimension belongs to each quantity in the order of the ids, so a quantity more or less
    moves the others.
    """
    one, two = before.manifest, after.manifest
    if (one.seed, one.draws, one.scrambles) != (two.seed, two.draws, two.scrambles):
        return False
    return {entry.id for entry in one.inputs} == {entry.id for entry in two.inputs}


def _elicited(before: Run, after: Run) -> Iterator[InputChange]:
    """Yield the elicited numbers of negotiations that differ; see the table `bargain_inputs`."""
    sides = []
    for run in (before, after):
        found: dict[str, str] = {}
        if _file(run, ELICITED).is_file():
            table = run.table(ELICITED)
            names = ("input", "best", "low", "high", "status")
            for id, best, low, high, status in zip(*(table[name] for name in names), strict=True):
                interval = "" if low == high else f" ({low:g} to {high:g})"
                found[str(id)] = f"{best:g}{interval}, {status}"
        sides.append(found)
    first, second = sides
    for id in dict.fromkeys([*first, *second]):
        if first.get(id) != second.get(id):
            yield InputChange(id, id, first.get(id), second.get(id))


def _inputs(before: Manifest, after: Manifest) -> Iterator[InputChange]:
    first = {entry.id: entry for entry in before.inputs}
    second = {entry.id: entry for entry in after.inputs}
    for id in dict.fromkeys([*first, *second]):
        old, new = first.get(id), second.get(id)
        words = _written(old), _written(new)
        if words[0] != words[1]:
            label = (new or old or first[id]).label
            yield InputChange(id, label, *words)


def _written(entry: Input | None) -> str | None:
    """Return a number as its author wrote it: every rival value with its interval and status."""
    if entry is None:
        return None
    told = []
    for value in entry.values:
        interval = "" if value.low == value.high else f" ({value.low:g} to {value.high:g})"
        claim = "" if value.claim is None else f"{value.claim}: "
        adopted = ", adopted" if entry.disputed and value.claim == entry.adopted else ""
        unit = "" if value.unit == "1" else f" {value.unit}"
        told.append(f"{claim}{value.best:g}{unit}{interval}, {value.status}{adopted}")
    return "; ".join(told)


def _claims(before: Manifest, after: Manifest) -> Iterator[ClaimChange]:
    def findings(manifest: Manifest) -> dict[tuple[str, str], str]:
        return {(c.id, f.under): f.finding for c in manifest.claims for f in c.findings}

    first, second = findings(before), findings(after)
    for claim, under in dict.fromkeys([*first, *second]):
        pair = first.get((claim, under)), second.get((claim, under))
        if pair[0] != pair[1]:
            yield ClaimChange(claim, under, *pair)


def _outcomes(before: Run, after: Run, paired: bool) -> tuple[list[OutcomeChange], int]:
    """Compare the long table of outcomes draw by draw."""
    names = ("variant", "agreement", "party", "assumptions", "outcome")
    found, same = [], 0
    rows = _joined(OUTCOMES, names, "value", before, after)
    for *key, unit, old, new in rows:
        one = _numbers(old)
        two = _numbers(new)
        if one is not None and two is not None and _alike(one, two):
            same += 1
            continue
        difference = None
        if one is not None and two is not None:
            gap = two - one if paired and one.shape == two.shape else np.array([two[0] - one[0]])
            difference = spread(gap[0], gap[1:], unit)
        found.append(
            OutcomeChange(
                OUTCOMES,
                dict(zip(names, key, strict=True)),
                None if one is None else spread(one[0], one[1:], unit),
                None if two is None else spread(two[0], two[1:], unit),
                difference,
            )
        )
    return found, same


def _figures(
    table: str, names: tuple[str, ...], before: Run, after: Run
) -> tuple[list[OutcomeChange], int]:
    """Compare a table of figures with intervals, where both runs or one of them have it."""
    if not any(_file(run, table).is_file() for run in (before, after)):
        return [], 0
    found, same = [], 0
    columns = ("best", "p05", "p95", "mc_se")
    for *key, unit, old, new in _joined(table, names, f"[{', '.join(columns)}]", before, after):
        one = _numbers(old and old[0])
        two = _numbers(new and new[0])
        if one is not None and two is not None and _alike(one, two):
            same += 1
            continue
        difference = None
        if one is not None and two is not None:
            difference = spread(two[0] - one[0], np.zeros(0), unit)
        found.append(
            OutcomeChange(
                table, dict(zip(names, key, strict=True)), _told(one, unit), _told(two, unit),
                difference,
            )
        )  # fmt: skip
    return found, same


def _numbers(values: Sequence[float] | None) -> Array | None:
    return None if values is None else np.asarray(values, dtype=np.float64)


def _told(four: Array | None, unit: str) -> Spread | None:
    if four is None:
        return None
    best, low, high, error = (float(v) if np.isfinite(v) else None for v in four)
    return Spread(best, low, high, error, unit)


def _alike(one: Array, two: Array) -> bool:
    """Return whether two rows of numbers are the same but for what machines differ by."""
    return one.shape == two.shape and bool(np.allclose(one, two, SAME, SAME, equal_nan=True))


def _file(run: Run, table: str) -> Path:
    return run.path / TABLES / f"{table}.parquet"


def _joined(
    table: str, names: Sequence[str], value: str, before: Run, after: Run
) -> list[tuple[Any, ...]]:
    """Return, by name, the values of a table in both runs, in the order in which they appear."""
    import duckdb  # 0.1 s, and only runs need it

    keys = ", ".join(f'"{name}"' for name in (*names, "unit"))
    order = ' ORDER BY "draw"' if table == OUTCOMES else ""
    sides = []
    for run in (before, after):
        file = str(_file(run, table)).replace("'", "''")
        rows = f"read_parquet('{file}', file_row_number = true)"
        if not _file(run, table).is_file():
            empty = ", ".join(f'NULL::VARCHAR AS "{name}"' for name in (*names, "unit"))
            rows = f"(SELECT {empty}, NULL::DOUBLE AS best, NULL::DOUBLE AS p05, "
            rows += "NULL::DOUBLE AS p95, NULL::DOUBLE AS mc_se, 0 AS file_row_number LIMIT 0)"
        sides.append(
            f"(SELECT {keys}, list({value}{order}) AS told, min(file_row_number) AS place "
            f"FROM {rows} GROUP BY ALL)"
        )
    coalesced = ", ".join(f'coalesce(a."{name}", b."{name}")' for name in (*names, "unit"))
    match = " AND ".join(f'a."{name}" = b."{name}"' for name in (*names, "unit"))
    try:
        with link() as database:
            return database.execute(
                f"SELECT {coalesced}, a.told, b.told FROM {sides[0]} AS a FULL JOIN {sides[1]} "
                f"AS b ON {match} ORDER BY a.place NULLS LAST, b.place"
            ).fetchall()
    except duckdb.Error as fault:
        first = str(fault).splitlines()[0]
        raise RunError(f"the table '{table}' cannot be compared ({first})") from fault
