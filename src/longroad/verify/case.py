"""A case: something published that can be computed, with its tolerance and the argument for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from longroad.base.errors import CatalogError
from longroad.verify import units
from longroad.verify.figure import Expected


class Mark(StrEnum):
    """How far the published number can be trusted to be what its source says."""

    SEEN = "F"
    SECOND_HAND = "F2"
    MEMORY = "M"
    OWN = "C"
    SEEN_AND_MEMORY = "F/M"
    """Part of what the case rests on is quoted from memory."""
    OWN_AND_SEEN = "C/F"
    """Our own calculation from what was seen."""

    @property
    def may_gate(self) -> bool:
        """Return whether a miss may fail a verification: not where memory is involved."""
        return self not in {Mark.MEMORY, Mark.SEEN_AND_MEMORY}


@dataclass(frozen=True)
class Inputs:
    """What a case starts from, as written; read by name, in SI units."""

    case: str
    written: Mapping[str, object]

    def _of(self, name: str) -> object:
        if name not in self.written:
            raise CatalogError(
                f"case {self.case} has no input '{name}'", expected=", ".join(self.written)
            )
        return self.written[name]

    def number(self, name: str) -> float:
        """Return a number."""
        return units.read(self._of(name)).value

    def numbers(self, name: str) -> tuple[float, ...]:
        """Return several numbers that share a unit."""
        return units.vector(self._of(name))

    def text(self, name: str) -> str:
        """Return a word, such as the id of an entry of the catalogue."""
        return str(self._of(name))

    def rows(self, name: str) -> tuple[Inputs, ...]:
        """Return the rows of a table."""
        rows = self._of(name)
        if not isinstance(rows, list):
            raise CatalogError(f"input '{name}' of case {self.case} is no table")
        return tuple(Inputs(f"{self.case}.{name}", row) for row in rows)


@dataclass(frozen=True)
class Case:
    """One case, as the data file has it."""

    id: str
    group: str
    title: str
    claim: str
    """What was published, in our words."""
    source: str
    """The citation."""
    source_id: str | None
    """Its id in the bibliography of the catalogue, if it stands there."""
    url: str | None
    mark: Mark
    gated: bool
    """Whether a miss fails the whole verification."""
    argument: str
    """Why the tolerance is what it is, and why the case gates or does not."""
    inputs: Inputs
    expected: tuple[Expected, ...]
    explanation: str | None = None
    """Why the numbers marked as known misses miss."""
    note: str | None = None

    @property
    def may_miss(self) -> bool:
        """Return whether a miss of this case is understood and written down."""
        return self.explanation is not None
