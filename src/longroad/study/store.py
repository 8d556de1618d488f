"""The run store: one directory per run, whole or not there.

`manifest.json`, `tables/*.parquet`, `scenario.yaml` (with `claims.yaml` and `negotiation.yaml`) as
they were read, and `dossier.html`. The directory is filled beside its place and renamed, so that
nobody ever sees half a run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from longroad.base.atomic import atomic_directory, atomic_write
from longroad.base.errors import RunError
from longroad.base.tables import SCHEMAS
from longroad.study.manifest import Manifest, TableRecord, from_json, to_json
from longroad.study.table import Table, read_columns, read_parquet, write_parquet

MANIFEST = "manifest.json"
TABLES = "tables"
SCENARIO = "scenario.yaml"
CLAIMS = "claims.yaml"
NEGOTIATION = "negotiation.yaml"
DOSSIER = "dossier.html"


@dataclass(frozen=True)
class Run:
    """An opened run; tables are read when they are asked for."""

    path: Path

    @cached_property
    def manifest(self) -> Manifest:
        """Return the manifest of the run."""
        file = self.path / MANIFEST
        try:
            text = file.read_bytes()
        except OSError as fault:
            raise RunError(
                "this is not a run", file=self.path, expected=f"a directory with {MANIFEST}"
            ) from fault
        return from_json(text, file)

    def table(self, name: str) -> Table:
        """Return a table of the run as columns by name."""
        if name not in SCHEMAS:
            raise RunError(f"a run has no table '{name}'", expected=", ".join(SCHEMAS))
        return read_parquet(name, self.path / TABLES / f"{name}.parquet")

    def select(
        self, name: str, columns: Sequence[str], keep: Mapping[str, object] | None = None
    ) -> Table:
        """Return some columns of a table, of the rows that ``keep`` asks for.

        See :func:`~longroad.study.table.read_columns`; reading less than a table is much faster.
        """
        return read_columns(name, self.path / TABLES / f"{name}.parquet", columns, keep)

    @property
    def dossier(self) -> Path:
        """Return where the dossier stands."""
        return self.path / DOSSIER

    def damaged(self) -> tuple[str, ...]:
        """Return the names of tables whose file is missing or does not have its recorded hash.

        So too the negotiation, whose text has a hash of its own in the manifest.
        """
        found = []
        for record in self.manifest.tables:
            file = self.path / TABLES / f"{record.name}.parquet"
            whole = file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest()
            if whole != record.sha256:
                found.append(record.name)
        talks = self.manifest.negotiation
        if talks is not None:
            text = self.path / NEGOTIATION
            if not text.is_file() or hashlib.sha256(text.read_bytes()).hexdigest() != talks.sha256:
                found.append(NEGOTIATION)
        return tuple(found)


# Adds files to a run that is whole but not yet in its place.
Finish = Callable[[Run], object]


def open_run(path: str | Path) -> Run:
    """Open a run directory; raise `RunError` when it is none."""
    run = Run(Path(path))
    _ = run.manifest
    return run


def check_place(path: str | Path) -> Path:
    """Return where a run would be written; raise `RunError` now rather than after the work.

    A directory that holds something else than a run is refused, so that a slip of the hand cannot
    delete somebody's work; so is a place where nothing can be written.
    """
    target = Path(path)
    if target.is_dir() and any(target.iterdir()) and not (target / MANIFEST).is_file():
        raise RunError(
            "this directory holds something else than a run",
            file=target,
            expected="a new directory, or a former run to replace",
        )
    probe = target.parent / f".{target.name}.probe"
    try:
        atomic_write(probe, b"")
        probe.unlink(missing_ok=True)
    except RunError as fault:
        raise RunError(fault.what, file=target, expected="a directory to write") from fault
    return target


def write_run(
    path: str | Path,
    manifest: Callable[[], Manifest],
    tables: Iterable[tuple[str, Table]],
    texts: Mapping[str, str],
    finish: Finish | None = None,
) -> Run:
    """Write a run directory atomically, replacing a former run at the same place.

    ``tables`` are taken one by one and written as they come, so that they never stand in memory
    together; ``manifest`` is asked for after the last. ``texts`` are further files by name;
    ``finish`` is called with the run before it stands at its place, so that what it adds appears
    with the rest or not at all. Raises `RunError` as :func:`check_place` does.
    """
    target = check_place(path)
    with atomic_directory(target, replace=True) as folder:
        (folder / TABLES).mkdir()
        records = []
        for name, table in tables:
            digest = write_parquet(table, folder / TABLES / f"{name}.parquet")
            records.append(TableRecord(name, table.rows, digest))
        whole = replace(manifest(), tables=tuple(records))
        (folder / MANIFEST).write_text(to_json(whole), encoding="utf-8")
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        if finish is not None:
            try:
                finish(Run(folder))
            except RunError as fault:  # name the place asked for, not the one being filled
                place = str(fault.file or target).replace(str(folder), str(target))
                raise RunError(fault.what, file=place, expected=fault.expected) from fault
    return Run(target)
