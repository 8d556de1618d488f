"""What a check is, and what it has to say about a scenario."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from longroad.base.messages import text
from longroad.scenario.origin import Origin

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True)
class Finding:
    """One finding: which check, how severe, in words, and where.

    An *error* does not load, or has no meaning that could be run; a *warning* is probably not
    meant; a *note* is worth knowing. ``variants`` are the variants it holds in, or empty when it
    concerns the whole file.
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


@dataclass(frozen=True)
class Remark:
    """What one check says about one place; ``file`` when that is not the scenario's own."""

    severity: Severity
    text: str
    origin: Origin
    file: str | None = None


@dataclass(frozen=True)
class Check:
    """A named check: the severities it may give, and the function that looks.

    The function takes what its group is given and then a variant or a scenario.
    """

    name: str
    severities: tuple[Severity, ...]
    function: Callable[..., Iterator[Remark]]

    @property
    def about(self) -> str:
        """Return what it looks for, as a phrase."""
        return text(f"scenario.about_{self.name.replace('-', '_')}")


Checks = dict[str, Check]


def named(*checks: tuple[Callable[..., Iterator[Any]], tuple[Severity, ...]]) -> Checks:
    """Return a group of checks, each called as its function is."""
    made = [
        Check(function.__name__.replace("_", "-"), severities, function)
        for function, severities in checks
    ]
    return {check.name: check for check in made}


def said(name: str, **values: object) -> str:
    """Return what a check says: the message ``scenario.check_<name>``."""
    return text(f"scenario.check_{name}", **values)
