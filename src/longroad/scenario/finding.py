"""What a check has to say about a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Finding:
    """One finding: which check, how severe, in words, and where.

    An *error* does not load; a *warning* is probably not meant; a *note* is worth knowing.
    ``variants`` are the variants it holds in, or empty when it concerns the whole file.
    """

    check: str
    severity: Severity
    text: str
    file: str
    line: int | None = None
    field: str | None = None
    variants: tuple[str, ...] = ()

    def __str__(self) -> str:
        place = self.file + (f", line {self.line}" if self.line is not None else "")
        place += f", field '{self.field}'" if self.field else ""
        return f"{self.severity}: {place}: {self.text}"
