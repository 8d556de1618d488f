"""Reads the cases of a data file; a file that does not say what it should is a typed error."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from longroad.base import units as base_units
from longroad.base.errors import CatalogError, LongroadError, nearest
from longroad.base.messages import text
from longroad.base.units import BARE
from longroad.catalog.yaml_file import read_yaml
from longroad.verify import units
from longroad.verify.case import Case, Inputs, Mark
from longroad.verify.figure import Expected, Rule

DATA = Path(__file__).resolve().parent / "data"
FILES = (
    "maths.yaml", "kinematics.yaml", "radar.yaml", "raids.yaml", "reach.yaml", "exchange.yaml",
    "bargaining.yaml",
)  # fmt: skip

NEEDED = ("title", "claim", "source", "mark", "gated", "argument", "expected")
KEYS = (*NEEDED, "source_id", "url", "tolerance", "inputs", "explanation", "note")
FIGURE_KEYS = ("value", "low", "high", "tolerance", "rule", "known_miss")


@cache
def load_cases(folder: Path = DATA) -> tuple[Case, ...]:
    """Return all cases in the order written; raise :class:`CatalogError` with file and field."""
    found: dict[str, Case] = {}
    for name in FILES:
        path = folder / name
        if not path.is_file():
            continue
        file = read_yaml(path)
        for id, written in file.content.items():
            try:
                case = read_case(id, written)
            except LongroadError as fault:
                line = file.entry_lines.get(id)
                field = f"{id}.{fault.field}" if fault.field else id
                raise CatalogError(
                    fault.what, file=path, line=line, field=field, expected=fault.expected,
                    nearest=fault.nearest,
                ) from None  # fmt: skip
            if id in found:
                raise CatalogError(f"case {id} stands in two files", file=path)
            found[id] = case
    return tuple(found.values())


def read_case(id: str, written: object) -> Case:
    """Return one case; raise :class:`LongroadError` where it does not say what it should."""
    if not isinstance(written, Mapping):
        raise CatalogError("a case is not a mapping", expected=", ".join(NEEDED))
    _check_keys(written, KEYS, NEEDED)
    group = id.rstrip("0123456789")
    if not group.isupper() or group == id:
        raise CatalogError("a case's id is no letter and number", expected="an id such as M01")
    figures = written["expected"]
    if not isinstance(figures, Mapping) or not figures:
        raise CatalogError("a case expects nothing", field="expected", expected="named numbers")
    default = written.get("tolerance")
    expected = tuple(_figure(str(name), one, default) for name, one in figures.items())
    case = Case(
        id=id,
        group=group,
        title=str(written["title"]),
        claim=str(written["claim"]),
        source=str(written["source"]),
        source_id=_text(written.get("source_id")),
        url=_text(written.get("url")),
        mark=_mark(written["mark"]),
        gated=written["gated"] is True,
        argument=str(written["argument"]),
        inputs=Inputs(id, written.get("inputs") or {}),
        expected=expected,
        explanation=_text(written.get("explanation")),
        note=_text(written.get("note")),
    )
    _check(case)
    return case


def _check(case: Case) -> None:
    """Raise :class:`CatalogError` for a case that could not be trusted."""
    misses = any(figure.known_miss for figure in case.expected)
    if case.gated and not case.mark.may_gate:
        raise CatalogError("a case from memory gates", field="gated", expected="gated: false")
    if misses != case.may_miss:
        raise CatalogError(
            "an explanation and a known miss go together",
            field="explanation",
            expected="both or neither",
        )
    if misses and case.gated:
        raise CatalogError("a known miss gates", field="gated", expected="gated: false")


def _figure(name: str, written: object, default: object) -> Expected:
    """Return one expected number of a case."""
    try:
        if not isinstance(written, Mapping):
            written = {"value": written}
        _check_keys(written, FIGURE_KEYS, ())
        ends = [written.get(key, written.get("value")) for key in ("low", "high")]
        given = [units.read(end) for end in ends if end is not None]
        if not given or ("value" in written) == ("low" in written or "high" in written):
            raise CatalogError(f"'{name}' has no number", expected="value, or low and high")
        unit = given[0].unit
        low = units.read(ends[0]).value if ends[0] is not None else -math.inf
        high = units.read(ends[1]).value if ends[1] is not None else math.inf
        if low > high:
            raise CatalogError(f"the interval of '{name}' is out of order", expected="low <= high")
        tolerance = written.get("tolerance", default)
        if tolerance is None:
            raise CatalogError(f"'{name}' has no tolerance", expected="tolerance")
        sides = tolerance if isinstance(tolerance, Mapping) else {"both": tolerance}
        below = _slack(sides.get("below", sides.get("both", 0)), low, unit)
        above = _slack(sides.get("above", sides.get("both", 0)), high, unit)
        return Expected(
            name=name,
            low=low,
            high=high,
            unit=unit,
            below=below,
            above=above,
            written=_written(written),
            tolerance=_tolerance_text(sides),
            rule=_rule(written.get("rule", Rule.OVERLAP)),
            known_miss=written.get("known_miss") is True,
        )
    except LongroadError as fault:
        raise fault.located(field=f"expected.{name}") from None


def _written(figure: Mapping[str, object]) -> str:
    """Return a published number or interval as its writer put it, a common unit said once."""
    if "value" in figure:
        value = figure["value"]
        if isinstance(value, bool):
            return text(f"verify.value.{'yes' if value else 'no'}")
        return str(value)
    if "low" not in figure:
        return text("verify.value.at_most", value=figure["high"])
    if "high" not in figure:
        return text("verify.value.at_least", value=figure["low"])
    low, high = str(figure["low"]), str(figure["high"])
    number, _, unit = low.partition(" ")
    if unit and high.endswith(f" {unit}"):
        low = number
    return text("verify.value.bare_interval", low=low, high=high)


def _slack(written: object, bound: float, unit: str) -> float:
    """Return an allowed difference in SI units; a percentage is one of the published number."""
    found = units.read(written)
    if found.value < 0.0:
        raise CatalogError(f"the tolerance {written} is negative")
    if found.unit == "%" and unit != "%":
        return found.value * abs(bound) if math.isfinite(bound) else 0.0
    same = found.unit == unit or (found.unit == BARE and found.value == 0.0)
    if not same and not {found.unit, unit} & {BARE, *units.EXTRA}:
        same = base_units.dimension_of(found.unit) == base_units.dimension_of(unit)
    if not same:
        raise CatalogError(f"the tolerance {written} does not go with {unit}")
    return found.value


def _tolerance_text(sides: Mapping[str, object]) -> str:
    if set(sides) == {"both"}:
        return text("verify.tolerance.both", width=sides["both"]) if sides["both"] != 0 else ""
    above, below = sides.get("above", 0), sides.get("below", 0)
    return text("verify.tolerance.sides", above=above, below=below)


def _rule(written: object) -> Rule:
    try:
        return Rule(str(written))
    except ValueError:
        raise CatalogError(f"'{written}' is no rule", expected=", ".join(Rule)) from None


def _mark(written: object) -> Mark:
    try:
        return Mark(str(written))
    except ValueError:
        raise CatalogError(
            f"'{written}' is no mark", field="mark", expected=", ".join(Mark)
        ) from None


def _text(written: object) -> str | None:
    return None if written is None else str(written)


def _check_keys(
    written: Mapping[str, object], allowed: tuple[str, ...], needed: tuple[str, ...]
) -> None:
    for key in written:
        if key not in allowed:
            raise CatalogError(
                f"there is no field '{key}'",
                field=str(key),
                expected=", ".join(allowed),
                nearest=nearest(str(key), allowed),
            )
    for key in needed:
        if key not in written:
            raise CatalogError(f"the field '{key}' is missing", field=key)
