"""One number of a case: what was published, what was computed, and whether they agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """When a computed interval agrees with a published one; for single numbers all are one."""

    OVERLAP = "overlap"
    """They have something in common."""
    INSIDE = "inside"
    """The computed interval lies within the published one."""
    CONTAINS = "contains"
    """The computed interval covers the published one."""


@dataclass(frozen=True)
class Expected:
    """A published number, or interval, and how far from it is still agreement; SI units.

    ``low`` and ``high`` are equal for a single number; an open end is infinite. ``below`` and
    ``above`` are what may be missing on either side. ``written`` and ``tolerance`` are both as
    their writer put them.
    """

    name: str
    low: float
    high: float
    unit: str
    below: float
    above: float
    written: str
    tolerance: str
    rule: Rule = Rule.OVERLAP
    known_miss: bool = False

    def met_by(self, found: Found) -> bool:
        """Return whether a computed number agrees with this one; one that is NaN does not."""
        low, high = self.low - self.below, self.high + self.above
        if self.rule is Rule.CONTAINS:
            low, high = self.low + self.below, self.high - self.above
            return found.low <= low and found.high >= high
        if self.rule is Rule.INSIDE:
            return found.low >= low and found.high <= high
        return found.low <= high and found.high >= low


@dataclass(frozen=True)
class Found:
    """A computed number, or interval, in SI units; yes is 1 and no is 0."""

    name: str
    low: float
    high: float


def found(values: Mapping[str, float | bool | tuple[float, float]]) -> tuple[Found, ...]:
    """Return computed numbers by name; a pair is an interval."""
    out = []
    for name, value in values.items():
        low, high = value if isinstance(value, tuple) else (value, value)
        out.append(Found(name, float(low), float(high)))
    return tuple(out)
