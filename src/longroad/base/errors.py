"""Typed errors: one paragraph that names file, line and field, and what was expected.

Every error a user can cause derives from :class:`LongroadError` and ends the command with
exit status 2. The text is built here, once, so that all errors read alike.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the valid word most like ``word``, or None when nothing is close.

    Similarity is `difflib`'s ratio with a cut-off of 0.6, compared without case.
    """
    by_lower: dict[str, str] = {}
    for candidate in sorted(known):
        by_lower.setdefault(candidate.lower(), candidate)
    found = difflib.get_close_matches(word.lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


class LongroadError(Exception):
    """A fault that the user can mend; prints as one paragraph, ends with exit status 2.

    Attributes: ``what`` (the fault, a clause without full stop), ``file``, ``line`` (1-based),
    ``field`` (dotted path inside the file), ``expected`` and ``nearest`` (a valid word).
    """

    exit_status = 2

    def __init__(
        self,
        what: str,
        *,
        file: str | Path | None = None,
        line: int | None = None,
        field: str | None = None,
        expected: str | None = None,
        nearest: str | None = None,
    ) -> None:
        self.what = what
        self.file = str(file) if file is not None else None
        self.line = line
        self.field = field
        self.expected = expected
        self.nearest = nearest
        super().__init__(what)

    def __str__(self) -> str:
        place = ""
        if self.file is not None:
            place = self.file + (f", line {self.line}" if self.line is not None else "")
        if self.field:
            place += (", " if place else "") + f"field '{self.field}'"
        text = f"{place}: {self.what}" if place else self.what
        if self.expected:
            text += f"; expected {self.expected}"
        if self.nearest:
            text += f"; did you mean '{self.nearest}'?"
        return text if text.endswith(("?", ".")) else text + "."

    def located(
        self, *, file: str | Path | None = None, line: int | None = None, field: str | None = None
    ) -> LongroadError:
        """Return the same error with a place filled in where it had none."""
        return type(self)(
            self.what,
            file=self.file if self.file is not None else file,
            line=self.line if self.line is not None else line,
            field=self.field if self.field is not None else field,
            expected=self.expected,
            nearest=self.nearest,
        )


class UnitError(LongroadError):
    """A number without a unit, an unknown unit, or a unit of the wrong dimension."""


class QuantityError(LongroadError):
    """A quantity that lacks status or source, or whose interval makes no sense."""


class IdError(LongroadError):
    """An id that is not a slug, or that is taken."""


class CatalogError(LongroadError):
    """A catalogue file that cannot be read, or an entry that is not there."""


class ScenarioError(LongroadError):
    """A scenario file that cannot be read or does not say what it should."""


class GeometryError(LongroadError):
    """A position, range or flight that the Earth does not allow."""


class RaidError(LongroadError):
    """A raid, a force or rules of fire that do not fit together, or that do not fit in memory."""


class RunError(LongroadError):
    """A run directory that cannot be written, read or found."""


class UsageError(LongroadError):
    """A command line that does not fit together."""
