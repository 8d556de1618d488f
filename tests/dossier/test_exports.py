"""Exports read back as what was written, with units in the names, and refuse bad places."""

from __future__ import annotations

import csv

import duckdb
import numpy as np
import pytest

from longroad import dossier
from longroad.base.errors import RunError, UsageError
from longroad.base.tables import SCHEMAS
from longroad.dossier.exports import exported_name
from longroad.study.manifest import from_json


def expected(run, name):
    schema = SCHEMAS[name]
    return {exported_name(schema, c): run.table(name)[c] for c in schema.names}


def held(run):
    """The tables that the run says it has."""
    return [record.name for record in run.manifest.tables]


def same(found, wanted):
    wanted = np.asarray(wanted)
    if wanted.dtype.kind == "f":
        return np.array_equal(np.asarray(found, dtype=wanted.dtype), wanted, equal_nan=True)
    return [str(v) for v in found] == [str(v) for v in wanted]


def test_csv_round_trip(run, tmp_path):
    files = dossier.export(run, "csv", tmp_path)
    assert {file.name for file in files} == {
        *(f"{name}.csv" for name in held(run)),
        "manifest.json",
        "NOTICE.txt",
    }
    for name in held(run):
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        wanted = expected(run, name)
        assert rows[0] == list(wanted)
        for i, column in enumerate(wanted):
            found = [row[i] for row in rows[1:]]
            if np.asarray(wanted[column]).dtype.kind == "f":
                found = [float(v) if v else float("nan") for v in found]
            elif np.asarray(wanted[column]).dtype.kind == "b":
                found = [v == "true" for v in found]
            assert same(found, wanted[column]), (name, column)


def test_parquet_round_trip(run, tmp_path):
    dossier.export(run, "parquet", tmp_path)
    for name in held(run):
        path = str(tmp_path / f"{name}.parquet")
        with duckdb.connect() as link:
            link.execute("SET threads = 1")
            found = link.execute("SELECT * FROM read_parquet(?)", [path]).fetchnumpy()
        wanted = expected(run, name)
        assert list(found) == list(wanted)
        for column, values in wanted.items():
            filled = found[column]
            if isinstance(filled, np.ma.MaskedArray):
                filled = filled.filled(np.nan) if filled.dtype.kind == "f" else filled.data
            assert same(filled, values), (name, column)


def test_the_same_run_exports_the_same_bytes(run, tmp_path):
    for to in ("csv", "parquet", "geojson"):
        one = dossier.export(run, to, tmp_path / "one" / to)
        two = dossier.export(run, to, tmp_path / "two" / to)
        assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]


def test_manifest_and_notice_go_along(run, tmp_path):
    dossier.export(run, "csv", tmp_path)
    assert from_json((tmp_path / "manifest.json").read_bytes()) == run.manifest
    notice = (tmp_path / "NOTICE.txt").read_text(encoding="utf-8")
    assert "GeoNames (CC BY 4.0)" in notice
    assert "CC BY 3.0 IGO" in notice


@pytest.mark.parametrize("name", SCHEMAS)
def test_units_stand_in_the_names(name):
    schema = SCHEMAS[name]
    for column in schema.columns:
        shown = exported_name(schema, column.name)
        if column.unit not in ("", "1"):
            assert shown.endswith("_" + column.unit.replace("/", "_")), shown
    names = [exported_name(schema, column.name) for column in schema.columns]
    assert len(names) == len(set(names))


def test_bad_formats_and_places(run, tmp_path):
    with pytest.raises(UsageError, match="did you mean 'parquet'"):
        dossier.export(run, "parket", tmp_path)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(RunError, match="stands in the way"):
        dossier.export(run, "csv", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "mine"
    with pytest.raises(RunError, match="no directory"):
        dossier.export(run, "csv")


def test_without_a_folder_it_stands_beside_the_run(run, tmp_path):
    class Stored:
        manifest = run.manifest
        table = staticmethod(run.table)
        path = tmp_path / "my-run"

    files = dossier.export(Stored(), "csv")
    assert {file.parent for file in files} == {tmp_path / "my-run-csv"}
