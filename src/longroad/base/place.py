"""Where in a file a value stands, so that every error can name file, line and field."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from longroad.base.errors import LongroadError

Keys = tuple[str | int, ...]
Fault = TypeVar("Fault", bound=LongroadError)


@dataclass(frozen=True)
class Place:
    """A value's place: ``file`` and ``keys``, the way to it from the top of the file.

    ``line_of`` looks a line up from keys, and is asked only when there is something to report;
    it returns None for keys it does not know.
    """

    file: str | Path | None = None
    keys: Keys = ()
    line_of: Callable[[Keys], int | None] | None = None

    def down(self, *keys: str | int) -> Place:
        """Return the place of a value inside this one."""
        return Place(self.file, (*self.keys, *keys), self.line_of)

    @property
    def field(self) -> str | None:
        """Return the dotted path: ``batteries.ship-east.at``, ``defends[3]``."""
        text = ""
        for key in self.keys:
            text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
        return text or None

    @property
    def line(self) -> int | None:
        """Return the line of the value, or of the nearest value around it, from 1."""
        if self.line_of is None:
            return None
        for end in range(len(self.keys), -1, -1):
            line = self.line_of(self.keys[:end])
            if line is not None:
                return line
        return None

    def fault(
        self,
        kind: type[Fault],
        what: str,
        *,
        expected: str | None = None,
        nearest: str | None = None,
    ) -> Fault:
        """Return an error of ``kind`` that names this place."""
        return kind(
            what,
            file=self.file,
            line=self.line,
            field=self.field,
            expected=expected,
            nearest=nearest,
        )

    def locate(self, error: LongroadError) -> LongroadError:
        """Return ``error`` with this place filled in where it names none."""
        return error.located(file=self.file, line=self.line, field=self.field)
