"""What a table of a run is: its name, what a row stands for, and its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from longroad.base.errors import RunError, nearest

Kind = Literal["int32", "float32", "float64", "bool", "text"]


@dataclass(frozen=True)
class Column:
    """A column: name, type, unit (empty when there is none) and what it means."""

    name: str
    dtype: Kind
    unit: str
    description: str


@dataclass(frozen=True)
class TableSchema:
    """A table: name, what a row is, and its columns in order."""

    name: str
    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Return the column names in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """Return a column by name; raise :class:`RunError` when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise RunError(
            f"the table '{self.name}' has no column '{name}'",
            expected=", ".join(self.names),
            nearest=nearest(name, self.names),
        )
