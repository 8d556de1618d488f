"""What is found about a flight: the flight, what was said of it, whether the two go together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from longroad.flight.course import Course
from longroad.flight.generic import Missile, Span
from longroad.flight.inferred import InferredRange
from longroad.flight.interval import Flights, TimeInterval
from longroad.flight.named import RangeClaim
from longroad.flight.single import Arc


class Why(StrEnum):
    """Why no flight answers a report."""

    TOO_SLOW = "too-slow"
    TOO_FAST = "too-fast"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"


class Kind(StrEnum):
    """How a flight lies to the one of least energy."""

    MINIMUM_ENERGY = "minimum-energy"
    LOFTED = "lofted"
    DEPRESSED = "depressed"


@dataclass(frozen=True)
class Report:
    """What is said of a flight besides its range; SI, None where nothing is said."""

    apogee_m: float | None = None
    time_s: float | None = None
    speed_m_s: float | None = None

    @property
    def empty(self) -> bool:
        """Return whether nothing is said."""
        return self.apogee_m is None and self.time_s is None and self.speed_m_s is None


@dataclass(frozen=True)
class Check:
    """A reported number against what the flight allows: low - slack <= value <= high + slack."""

    value: float
    allowed: Span
    slack: float

    @property
    def passed(self) -> bool:
        """Return whether the number can be."""
        return self.allowed.low - self.slack <= self.value <= self.allowed.high + self.slack


@dataclass(frozen=True)
class Finding:
    """What a flight is, and whether what is said of it goes together.

    ``arc`` is the flight that the report fixes. Where none does (``why``), it is the one of least
    energy; ``nearest`` then is what the report leads to, if anything.
    """

    course: Course
    report: Report
    missile: Missile
    arc: Arc
    kind: Kind
    least: Arc
    other: Arc | None = None
    """The depressed arc of the same speed, when the speed fixes the flight."""
    why: Why | None = None
    nearest: Arc | None = None
    flights: Flights | None = None
    time: Check | None = None
    speed: Check | None = None
    ranges: tuple[tuple[RangeClaim, bool], ...] = ()
    """Claims about a named missile's greatest range, and whether each allows the flight."""
    inferred: InferredRange | None = None

    @property
    def interval(self) -> TimeInterval | None:
        """Return the interval of times, where an apogee is known."""
        return self.flights.time() if self.flights is not None else None

    @property
    def consistent(self) -> bool | None:
        """Return whether the report can be; None when there is nothing to check."""
        if self.report.empty and not self.ranges:
            return None
        reach = all(allowed for claim, allowed in self.ranges if claim.adopted)
        checks = [check.passed for check in (self.time, self.speed) if check is not None]
        return self.why is None and reach and all(checks)
