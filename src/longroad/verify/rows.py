"""Results for programs: every number with its unit, in the order of the case."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from longroad.verify.figure import Expected, Found
from longroad.verify.runner import Result, Verdict
from longroad.verify.units import YES_NO, factor

Number = float | bool | None


@dataclass(frozen=True)
class ExpectedRow:
    """A published number (``value``) or interval; None at an open end."""

    name: str
    value: Number
    low: Number
    high: Number
    unit: str
    rule: str


@dataclass(frozen=True)
class ComputedRow:
    """A computed number (``value``) or interval, and whether it agrees."""

    name: str
    value: Number
    low: Number
    high: Number
    unit: str
    agrees: bool


@dataclass(frozen=True)
class ToleranceRow:
    """What may be missing on either side of a published number; ``written`` as it was put."""

    name: str
    below: float
    above: float
    unit: str
    written: str


@dataclass(frozen=True)
class CaseRow:
    """One case with its result."""

    id: str
    group: str
    title: str
    claim: str
    source: str
    source_id: str | None
    url: str | None
    mark: str
    gated: bool
    expected: tuple[ExpectedRow, ...]
    computed: tuple[ComputedRow, ...]
    tolerance: tuple[ToleranceRow, ...]
    argument: str
    verdict: str
    explanation: str | None
    note: str | None
    fault: str | None


def case_rows(results: Sequence[Result]) -> tuple[CaseRow, ...]:
    """Return the rows of results; numbers are in the unit of the published one."""
    return tuple(_row(result) for result in results)


def _row(result: Result) -> CaseRow:
    case = result.case
    pairs = list(zip(case.expected, result.computed, result.met, strict=bool(result.computed)))
    return CaseRow(
        id=case.id,
        group=case.group,
        title=case.title,
        claim=case.claim,
        source=case.source,
        source_id=case.source_id,
        url=case.url,
        mark=case.mark.value,
        gated=case.gated,
        expected=tuple(
            ExpectedRow(f.name, *_ends(f, f.unit), f.unit, f.rule.value) for f in case.expected
        ),
        computed=tuple(
            ComputedRow(f.name, *_ends(one, f.unit), f.unit, fine) for f, one, fine in pairs
        ),
        tolerance=tuple(
            ToleranceRow(
                f.name, _clean(f.below / factor(f.unit)), _clean(f.above / factor(f.unit)),
                f.unit, f.tolerance,
            )
            for f in case.expected
        ),
        argument=case.argument,
        verdict=result.verdict.value,
        explanation=case.explanation if result.verdict is Verdict.EXPLAINED else None,
        note=case.note,
        fault=result.fault,
    )  # fmt: skip


def _ends(figure: Expected | Found, unit: str) -> tuple[Number, Number, Number]:
    """Return value, low and high in a unit; a single number has a value and no ends."""
    if unit == YES_NO:
        return figure.low == figure.high == 1.0, None, None
    low, high = (_clean(end / factor(unit)) for end in (figure.low, figure.high))
    if figure.low == figure.high:
        return low, None, None
    return None, _finite(low), _finite(high)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _clean(value: float) -> float:
    """Return a number without the last bit's noise of a conversion of units."""
    return float(f"{value:.15g}")
