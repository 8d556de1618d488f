"""Exports of a run: its tables as CSV or Parquet, its coverage as GeoJSON.

Every export carries the manifest and a notice on units, borders, population and licences. Each
file appears whole or not at all; a folder that holds something else is not emptied.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from longroad.base.atomic import atomic_write
from longroad.base.errors import RunError, UsageError, nearest
from longroad.base.messages import text
from longroad.base.tables import SCHEMAS, TableSchema
from longroad.dossier import geojson
from longroad.dossier.reading import RunLike
from longroad.earth.borders import notes
from longroad.study.manifest import to_json
from longroad.study.table import Table, link, make_table

Format = Literal["csv", "parquet", "geojson"]
FORMATS: tuple[str, ...] = get_args(Format)
BLOCK_ROWS = 200_000


def export(run: RunLike, to: Format, out: str | Path | None = None) -> list[Path]:
    """Write a run in another format into the folder ``out`` and return the files written.

    Without ``out`` the folder stands beside the run, named after it and the format. ``csv`` and
    ``parquet`` hold every table, units in the column names, numbers in full precision; an empty
    CSV field is a number that does not exist (NaN). ``geojson`` holds the coverage (see
    `geojson`). Raises UsageError for another format, RunError when the folder cannot be written.
    """
    if to not in FORMATS:
        raise UsageError(
            f"a run cannot be exported to '{to}'",
            expected=", ".join(FORMATS),
            nearest=nearest(str(to), FORMATS),
        )
    folder = _folder(run, to, out)
    makers: dict[str, Callable[[RunLike, Path], list[Path]]] = {
        "csv": _csv,
        "parquet": _parquet,
        "geojson": geojson.write,
    }
    files = makers[to](run, folder)
    files.append(atomic_write(folder / "manifest.json", to_json(run.manifest)))
    files.append(atomic_write(folder / "NOTICE.txt", notice()))
    return files


def notice() -> str:
    """Return the words on units, borders, population and licences that go with every export."""
    return text(
        "dossier.export.notice", notes="\n".join(notes()), licences=text("dossier.maps.licences")
    )


def _folder(run: RunLike, to: str, out: str | Path | None) -> Path:
    if out is not None:
        folder = Path(out)
    else:
        home: Path | None = getattr(run, "path", None)
        if home is None:
            raise RunError("this run has no directory", expected="a folder for the export")
        folder = home.resolve().with_name(f"{home.resolve().name}-{to}")
    if folder.exists() and not folder.is_dir():
        raise RunError("a file stands in the way", file=folder, expected="a folder")
    return folder


def exported_name(schema: TableSchema, column: str) -> str:
    """Return a column's name with its unit at the end, where the name does not say it already.

    Shares and counts (unit 1) keep their name, with `_fraction` for shares.
    """
    known = schema.column(column)
    suffix = known.unit.replace("/", "_")
    if known.unit == "1":
        share = known.dtype == "float64" and column.startswith(("engageable", "all_engageable"))
        return f"{column}_fraction" if share else column
    if not suffix or column.endswith(f"_{suffix}"):
        return column
    return f"{column}_{suffix}"


def _typed(run: RunLike, name: str) -> Table:
    columns = run.table(name)
    return make_table(name, {column: columns[column] for column in SCHEMAS[name].names})


def _schemas(run: RunLike) -> dict[str, TableSchema]:
    """Return the schemas of the tables that the run has, in their usual order."""
    held = {record.name for record in run.manifest.tables}
    return {name: schema for name, schema in SCHEMAS.items() if name in held}


def _csv(run: RunLike, folder: Path) -> list[Path]:
    files = []
    for name, schema in _schemas(run).items():
        table = _typed(run, name)
        head = ",".join(exported_name(schema, column) for column in schema.names)
        parts = [f"{head}\n".encode()]
        # A reach surface has millions of rows: only a block at a time becomes Python's strings.
        for begin in range(0, table.rows, BLOCK_ROWS):
            block = slice(begin, begin + BLOCK_ROWS)
            columns = [_csv_column(table[column][block]) for column in schema.names]
            rows = (",".join(row) for row in zip(*columns, strict=True))
            parts.append(("\n".join(rows) + "\n").encode())
        files.append(atomic_write(folder / f"{name}.csv", b"".join(parts)))
    return files


def _csv_column(values: np.ndarray) -> list[str]:
    """Return a column as CSV fields: shortest text that reads back exactly, RFC 4180 quotes."""
    if values.dtype == np.float32:
        return ["" if v == "nan" else v for v in values.astype(str).tolist()]
    if values.dtype.kind == "f":
        return ["" if v != v else repr(v) for v in values.tolist()]
    if values.dtype.kind == "b":
        return ["true" if v else "false" for v in values.tolist()]
    if values.dtype.kind == "i":
        return [str(v) for v in values.tolist()]
    return [_csv_text(str(v)) for v in values.tolist()]


def _csv_text(value: str) -> str:
    if any(sign in value for sign in ',"\n\r'):
        return '"' + value.replace('"', '""') + '"'
    return value


def _parquet(run: RunLike, folder: Path) -> list[Path]:
    files = []
    for name, schema in _schemas(run).items():
        table = _typed(run, name)
        names = {column: exported_name(schema, column) for column in schema.names}
        with tempfile.TemporaryDirectory() as scratch:
            made = Path(scratch) / "table.parquet"
            _write_parquet({names[column]: table[column] for column in schema.names}, made)
            files.append(atomic_write(folder / f"{name}.parquet", made.read_bytes()))
    return files


def _write_parquet(columns: dict[str, np.ndarray], path: Path) -> None:
    """Write columns as Parquet in their order, text as VARCHAR; one thread, so bytes repeat."""
    picked = ", ".join(
        f'CAST("{key}" AS VARCHAR) AS "{key}"' if values.dtype.kind in "OU" else f'"{key}"'
        for key, values in columns.items()
    )
    target = str(path).replace("'", "''")
    with link() as database:
        database.register("columns", columns)
        database.execute(
            f"COPY (SELECT {picked} FROM columns) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
