"""Tables in memory, and a run that is made of them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from longroad.study import manifest as m


@dataclass(frozen=True)
class Table:
    """Columns by name."""

    columns: dict[str, np.ndarray]

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.columns)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))


@dataclass(frozen=True)
class FakeRun:
    """What `longroad.study.open_run` gives, without a directory."""

    manifest: m.Manifest
    tables: dict[str, Table] = field(repr=False)

    def table(self, name: str) -> Table:
        return self.tables[name]

    def select(self, name: str, columns, keep=None) -> Table:
        whole = self.tables[name]
        rows = np.ones(len(whole), dtype=bool)
        for column, value in (keep or {}).items():
            rows &= np.isin(whole[column], value if isinstance(value, tuple) else (value,))
        return Table({column: whole[column][rows] for column in columns})
