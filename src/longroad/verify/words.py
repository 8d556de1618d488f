"""Results in words: numbers with as many digits as their tolerance can tell apart."""

from __future__ import annotations

import math

from longroad.base.messages import text
from longroad.base.units import BARE
from longroad.verify.figure import Expected, Found, Rule
from longroad.verify.runner import Result, Verdict
from longroad.verify.units import YES_NO, factor

# Beyond these a number is written with a power of ten.
SMALLEST, LARGEST = 1e-3, 1e8


def expected_text(figure: Expected) -> str:
    """Return a published number or interval as it was written."""
    return figure.written


def computed_text(figure: Expected, found: Found) -> str:
    """Return a computed number or interval in the unit of the published one."""
    slack = max(figure.below, figure.above) / factor(figure.unit)
    return interval_text(found.low, found.high, figure.unit, slack)


def tolerance_text(figure: Expected) -> str:
    """Return the tolerance as its writer put it, and what is asked of an interval."""
    said = figure.tolerance or text("verify.tolerance.none")
    if figure.rule is Rule.OVERLAP:
        return said
    return text(f"verify.tolerance.{figure.rule}", tolerance=said)


def headline(result: Result) -> int:
    """Return the place of the number that stands for a case: the first miss, else the first."""
    return result.met.index(False) if False in result.met else 0


def reasons(result: Result) -> list[str]:
    """Return why a case misses: its explanation, its fault, or each number that does."""
    case = result.case
    if result.fault is not None:
        return [result.fault]
    if result.verdict is Verdict.EXPLAINED:
        return [str(case.explanation)]
    return [
        text(
            "verify.missed",
            number=figure.name,
            expected=figure.written,
            computed=computed_text(figure, found),
            tolerance=tolerance_text(figure),
        )
        for figure, found, fine in zip(case.expected, result.computed, result.met, strict=True)
        if not fine
    ]


def interval_text(low: float, high: float, unit: str, slack: float) -> str:
    """Return an interval (SI) in a unit, to a tenth of ``slack``, which is in that unit."""
    if math.isnan(low) or math.isnan(high):
        return text("verify.value.none")
    if unit == YES_NO:
        return text("verify.value.yes" if low == high == 1.0 else "verify.value.no")
    first, last = (_digits(end / factor(unit), slack) for end in (low, high))
    if first == last:
        return _one(first, unit)
    key = "bare_interval" if unit == BARE else "interval"
    return text(f"verify.value.{key}", low=first, high=last, unit=unit)


def _one(value: str, unit: str) -> str:
    return text("verify.value.bare" if unit == BARE else "verify.value.one", value=value, unit=unit)


def _digits(value: float, slack: float) -> str:
    """Return a number to a tenth of the tolerance; to four digits where there is none."""
    if slack <= 0.0 or value == 0.0 or not math.isfinite(value):
        return f"{value:.4g}"
    places = max(0, 1 - math.floor(math.log10(slack)))
    if SMALLEST <= abs(value) < LARGEST:
        return f"{value:.{places}f}"
    significant = math.floor(math.log10(abs(value))) + places
    return f"{value:.{max(significant, 0)}e}"
