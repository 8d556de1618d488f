"""The tables of strategic forces: exchanges, and what treaties make of forces and declarations."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from longroad.base.quantity import Status
from longroad.base.tables import schema
from longroad.deterrent import (
    Item,
    Ledger,
    aggregate_items,
    force_items,
    ledgers,
    load_aggregates,
    load_ledger,
)
from longroad.scenario import Scenario
from longroad.study.exchange_defence import scenario_forces
from longroad.study.exchange_differences import difference_rows
from longroad.study.exchange_rows import ExchangeRow, Exchanges
from longroad.study.table import Table, make_table

FORCES, DECLARED, PROVISIONAL = "forces", "declared", "provisional"
_WORST = tuple(Status)


def exchange_table(rows: Iterable[ExchangeRow]) -> Table:
    """Return the table of exchanges."""
    found = list(rows)
    columns: dict[str, list[object]] = {name: [] for name in schema("exchange").names}
    for row in found:
        spread = {
            "lost": row.lost.best,
            "lost_p05": row.lost.epistemic_p05,
            "lost_p95": row.lost.epistemic_p95,
            "lost_mc_se": row.lost.mc_se,
            "lost_outcome_p05": row.lost.outcome_p05,
            "lost_outcome_p95": row.lost.outcome_p95,
            "lost_fraction": row.lost_share.best,
            "lost_fraction_p05": row.lost_share.epistemic_p05,
            "lost_fraction_p95": row.lost_share.epistemic_p95,
        }
        for name, column in columns.items():
            value = spread[name] if name in spread else getattr(row, name)
            column.append(np.nan if value is None else value)
    return make_columns("exchange", columns)


def arrivals_table(rows: Iterable[ExchangeRow]) -> Table:
    """Return the table of how many arrive at least, in which share of the draws."""
    names = schema("arrivals").names
    columns: dict[str, list[object]] = {name: [] for name in names}
    for row in rows:
        for one in row.arrivals:
            for name, column in columns.items():
                value = getattr(one if hasattr(one, name) else row, name)
                column.append(np.nan if value is None else value)
    return make_columns("arrivals", columns)


def treaty_table(scenario: Scenario) -> Table:
    """Return every ledger on forces against the forces of the scenario, and declared numbers."""
    columns: dict[str, list[object]] = {name: [] for name in schema("treaty").names}
    books = [book for book in map(load_ledger, ledgers()) if book.kind == FORCES]
    parties = [party.id for party in scenario.variants[0].parties]
    for force in scenario_forces(scenario):
        status = PROVISIONAL if force.provisional else Status.JUDGEMENT.value
        for book in books:
            _put(columns, book, force.party, force.id, str(force.year), force_items(force), status)
    declared = load_aggregates()
    days = dict.fromkeys((row.date, row.party) for row in declared if row.party in parties)
    for date, party in days:
        own = [row.status for row in declared if (row.date, row.party) == (date, party)]
        worst = max(own, key=lambda word: _WORST.index(Status(word)))
        for book in books:
            if party in book.parties:
                _put(columns, book, party, DECLARED, date, aggregate_items(date, party), worst)
    return make_columns("treaty", columns)


def treaty_sources(scenario: Scenario) -> set[str]:
    """Return the sources of what the treaty table tells: rules, states and declared numbers."""
    parties = {party.id for party in scenario.variants[0].parties}
    if not scenario_forces(scenario):
        return set()
    found = {row.source for row in load_aggregates() if row.party in parties}
    for book in (book for book in map(load_ledger, ledgers()) if book.kind == FORCES):
        found |= set(book.cited)
    return found


def _put(
    columns: dict[str, list[object]], book: Ledger, party: str, counted: str, date: str,
    items: tuple[Item, ...], status: str,
) -> None:  # fmt: skip
    """Add a row for every rule of a ledger."""
    then = book.state_on(date if "-" in date else f"{date}-12-31")
    for entry in book.entries(items):
        row = {
            "ledger": book.id,
            "rule": entry.rule.id,
            "party": party,
            "counted": counted,
            "date": date,
            "value": np.nan if entry.value is None else entry.value,
            "limit": entry.rule.limit,
            "headroom": np.nan if entry.headroom is None else entry.headroom,
            "state": entry.state,
            "treaty_state": "" if then is None else then.state,
            "bound": party in book.parties,
            "status": status,
        }
        for name, value in row.items():
            columns[name].append(value)


def make_columns(name: str, columns: dict[str, list[object]]) -> Table:
    """Return a table from its columns, each with the kind that its schema says."""
    kinds = {"float64": np.float64, "bool": np.bool_, "text": object}
    made: dict[str, NDArray] = {
        column.name: np.array(columns[column.name], dtype=kinds[column.dtype])
        for column in schema(name).columns
    }
    return make_table(name, made)


def rows_table(name: str, rows: Iterable[object]) -> Table:
    """Return a table of rows that have the columns of its schema as fields."""
    columns: dict[str, list[object]] = {column: [] for column in schema(name).names}
    for row in rows:
        for column, values in columns.items():
            value = getattr(row, column)
            values.append(np.nan if value is None else value)
    return make_columns(name, columns)


def exchange_chapter(scenario: Scenario, found: Exchanges) -> dict[str, Table]:
    """Return the tables of strategic forces but for limits, from the exchanges of a run."""
    return {
        "exchange": exchange_table(found.rows),
        "assumption_differences": rows_table(
            "assumption_differences", difference_rows(found.extremes)
        ),
        "defence_needed": rows_table("defence_needed", found.needed),
        "touched": rows_table("touched", found.touched),
        "arrivals": arrivals_table(found.rows),
        "treaty": treaty_table(scenario),
    }
