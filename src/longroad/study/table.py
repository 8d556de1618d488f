"""A table of a run in memory: columns by name, and its Parquet form.

DuckDB writes and reads the files. One thread and a fixed row order make the same columns the same
bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import RunError, nearest
from longroad.base.tables import schema, validate

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_SQL_TYPES = {
    "int32": "INTEGER",
    "float32": "FLOAT",
    "float64": "DOUBLE",
    "bool": "BOOLEAN",
    "text": "VARCHAR",
}


@dataclass(frozen=True)
class Table(Mapping[str, NDArray]):
    """Columns by name, all of one length; indexing gives a column."""

    name: str
    columns: Mapping[str, NDArray]

    def __getitem__(self, key: str) -> NDArray:
        if key not in self.columns:
            raise RunError(
                f"the table '{self.name}' has no column '{key}'",
                expected=", ".join(self.columns),
                nearest=nearest(key, self.columns),
            )
        return self.columns[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    @property
    def rows(self) -> int:
        """Return the number of rows."""
        return len(next(iter(self.columns.values()))) if self.columns else 0

    def where(self, mask: NDArray[np.bool_]) -> Table:
        """Return the rows for which ``mask`` is true, in their order."""
        return Table(self.name, {key: column[mask] for key, column in self.columns.items()})


def make_table(name: str, columns: Mapping[str, object]) -> Table:
    """Return a table of the run, converted to the types of its schema and validated."""
    kinds = {column.name: column.dtype for column in schema(name).columns}
    typed = {}
    for key, values in columns.items():
        kind = kinds.get(key, "text")
        typed[key] = np.asarray(values, dtype=object if kind == "text" else np.dtype(kind))
    validate(name, typed)
    return Table(name, typed)


def link() -> DuckDBPyConnection:
    """Return a new connection to the process's one database, which holds nothing.

    To make a database takes longer than to read most tables. One thread and a fixed row order.
    """
    return _database().cursor()


@cache
def _database() -> DuckDBPyConnection:
    import duckdb  # 0.1 s, and only runs need it

    return duckdb.connect(
        config={
            "threads": 1,
            "preserve_insertion_order": True,
            "enable_external_file_cache": False,  # a run may be replaced at its place
        }
    )


def write_parquet(table: Table, path: Path) -> str:
    """Write a table as Parquet (zstd) and return the SHA-256 of the file."""
    kinds = {column.name: column.dtype for column in schema(table.name).columns}
    select = ", ".join(f'CAST("{key}" AS {_SQL_TYPES[kinds[key]]}) AS "{key}"' for key in table)
    with link() as database:
        database.register("columns", dict(table.columns))
        target = str(path).replace("'", "''")
        database.execute(
            f"COPY (SELECT {select} FROM columns) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_parquet(name: str, path: Path) -> Table:
    """Read a table back, checking it against its schema; raise `RunError` for a damaged file."""
    return make_table(name, _read(path, "SELECT * FROM read_parquet(?)", []))


def read_columns(
    name: str, path: Path, columns: Sequence[str], keep: Mapping[str, object] | None = None
) -> Table:
    """Read some columns of a table, and of its rows those that have the values of ``keep``.

    A tuple of values keeps the rows that have one of them. Nothing else is read from the file, so
    that a large table costs what is asked of it. Raises `RunError` for a column that the schema
    does not have, and for a damaged file.
    """
    known = schema(name)
    kinds = {column: known.column(column).dtype for column in (*columns, *(keep or {}))}
    wanted = ", ".join(f'"{column}"' for column in columns)
    tests, values = [], []
    for column, value in (keep or {}).items():
        some = value if isinstance(value, tuple) else (value,)
        tests.append(f'"{column}" IN ({", ".join("?" * len(some))})' if some else "false")
        values += list(some)
    where = f" WHERE {' AND '.join(tests)}" if tests else ""
    found = _read(path, f"SELECT {wanted} FROM read_parquet(?){where}", values)
    typed = {
        key: np.asarray(found[key], dtype=object if kinds[key] == "text" else np.dtype(kinds[key]))
        for key in columns
    }
    return Table(name, typed)


def _read(path: Path, query: str, values: Sequence[object]) -> dict[str, NDArray]:
    """Return what a query finds in a Parquet file, columns by name; a missing number is NaN."""
    import duckdb

    if not path.is_file():
        raise RunError("the run has no such table", file=path, expected="a Parquet file")
    try:
        with link() as database:
            found = database.execute(query, [str(path), *values]).fetchnumpy()
    except duckdb.Error as fault:
        first = str(fault).splitlines()[0]
        raise RunError(f"the table cannot be read ({first})", file=path) from fault
    return {
        key: values.filled(np.nan)
        if isinstance(values, np.ma.MaskedArray) and values.dtype.kind == "f"
        else np.asarray(values)
        for key, values in found.items()
    }
