"""Units at the boundary: text such as ``4.5 km/s`` becomes a float in SI units, once.

Inside Longroad every number is SI (m, s, kg, rad, W, Hz, K). A written number carries its unit;
only fractions and counts, which have none, may stand alone.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import UnitError, nearest

Value = TypeVar("Value", float, NDArray[np.float64])

DEGREE = math.pi / 180.0


@dataclass(frozen=True)
class Unit:
    """A unit of measurement: SI value = written value * ``factor``."""

    symbol: str
    dimension: str
    factor: float


@dataclass(frozen=True)
class Measure:
    """A number read from text: its value in SI units and the symbol its author used."""

    value: float
    unit: str


# Factors: SI Brochure, 9th edition (2019), table 8; nautical mile 1,852 m; mile, foot: 1959; the
# year is the Julian one of 365.25 days.
_TABLE = (
    ("m", "length", 1.0),
    ("km", "length", 1e3),
    ("nmi", "length", 1852.0),
    ("mi", "length", 1609.344),
    ("ft", "length", 0.3048),
    ("m/s", "speed", 1.0),
    ("km/s", "speed", 1e3),
    ("km/h", "speed", 1.0 / 3.6),
    ("mph", "speed", 0.44704),
    ("s", "time", 1.0),
    ("ms", "time", 1e-3),
    ("min", "time", 60.0),
    ("h", "time", 3600.0),
    ("years", "time", 31_557_600.0),
    ("rad", "angle", 1.0),
    ("mrad", "angle", 1e-3),
    ("deg", "angle", DEGREE),
    ("m2", "area", 1.0),
    ("km2", "area", 1e6),
    ("W", "power", 1.0),
    ("kW", "power", 1e3),
    ("MW", "power", 1e6),
    ("kg", "mass", 1.0),
    ("g", "mass", 1e-3),
    ("t", "mass", 1e3),
    ("kg/m2", "mass per area", 1.0),
    ("t/m2", "mass per area", 1e3),
    ("Hz", "frequency", 1.0),
    ("kHz", "frequency", 1e3),
    ("MHz", "frequency", 1e6),
    ("GHz", "frequency", 1e9),
    ("K", "temperature", 1.0),
    ("%", "fraction", 1e-2),
)
UNITS: dict[str, Unit] = {symbol: Unit(symbol, dim, factor) for symbol, dim, factor in _TABLE}
BARE = "1"  # the symbol of a number that has no unit
DIMENSIONS: tuple[str, ...] = (*dict.fromkeys(dim for _, dim, _ in _TABLE), "count")
BARE_DIMENSIONS = frozenset({"fraction", "count"})
_ALIASES = {
    "°": "deg",
    "degree": "deg",
    "degrees": "deg",
    "sec": "s",
    "year": "years",
    "m^2": "m2",
    "m²": "m2",
    "km^2": "km2",
    "km²": "km2",
    "kg/m^2": "kg/m2",
    "kg/m²": "kg/m2",
}
LONGEST_TEXT = 64
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2007\u2009\u202f\t"), " ")
_NUMBER = re.compile(
    r"([-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)\s*(.*)", re.DOTALL
)


def symbols(dimension: str) -> tuple[str, ...]:
    """Return the unit symbols of a dimension, in the order of the table."""
    found = tuple(unit.symbol for unit in UNITS.values() if unit.dimension == dimension)
    return (*found, BARE) if dimension in BARE_DIMENSIONS else found


def dimension_of(unit: str) -> str | None:
    """Return the dimension of a unit symbol; None for a bare number, which fits two.

    Raises :class:`UnitError` for an unknown symbol.
    """
    return None if unit == BARE else _unit(unit, None).dimension


def read(text: str | float, dimension: str | None = None) -> Measure:
    """Read a number with its unit; return SI value and canonical unit symbol.

    ``dimension`` is one of :data:`DIMENSIONS`, or None when any unit will do (a bare number is
    then refused). A count is a whole number that is not negative. Raises :class:`UnitError`.
    """
    if dimension is not None and dimension not in DIMENSIONS:
        raise ValueError(f"unknown dimension {dimension!r}")
    number, symbol = _split(text, dimension)
    if symbol == BARE:
        if dimension not in BARE_DIMENSIONS:
            raise UnitError(f"{_short(text)} has no unit", expected=_expected(dimension))
        factor = 1.0
    else:
        unit = _unit(symbol, dimension)
        if dimension is not None and unit.dimension != dimension:
            raise UnitError(
                f"{_short(text)} is {_a(unit.dimension)}, not {_a(dimension)}",
                expected=_expected(dimension),
            )
        symbol, factor = unit.symbol, unit.factor
    value = number * factor
    if not math.isfinite(value):
        raise UnitError(f"{_short(text)} is too large to compute with", expected="a finite number")
    if dimension == "count" and (value < 0 or value != math.floor(value)):
        raise UnitError(f"{_short(text)} is not a count", expected="a whole number from 0")
    return Measure(value, symbol)


def parse(text: str | float, dimension: str | None = None) -> float:
    """Return the SI value of a written number; see :func:`read`."""
    return read(text, dimension).value


def to_unit(value: Value, unit: str) -> Value:
    """Return an SI value, or array of values, in ``unit``."""
    if unit == BARE:
        return value
    return value / _unit(unit, None).factor


def written(value: float, unit: str, digits: int = 6) -> str:
    """Write an SI value in ``unit`` with at most ``digits`` significant digits: ``4.5 km/s``."""
    number = f"{to_unit(float(value), unit):.{digits}g}"
    return number if unit == BARE else f"{number} {unit}"


def _split(text: str | float, dimension: str | None) -> tuple[float, str]:
    """Return the number as written and its unit symbol (:data:`BARE` when there is none)."""
    if isinstance(text, bool) or not isinstance(text, str | int | float):
        raise UnitError(f"{_short(text)} is not a number", expected=_expected(dimension))
    plain = str(text).translate(_SPACES).replace("\u2212", "-").strip()
    if len(plain) > LONGEST_TEXT:
        raise UnitError(f"{_short(text)} is too long for a number", expected=_expected(dimension))
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise UnitError(f"{_short(text)} is not a finite number", expected=_expected(dimension))
    number, symbol = float(match[1]), match[2].strip()
    if not math.isfinite(number):
        raise UnitError(f"{_short(text)} is too large to compute with", expected="a finite number")
    if symbol[:1] in {",", "."} or symbol[:1].isdigit():
        raise UnitError(
            f"{_short(text)} is not one number",
            expected="digits with a decimal point and no thousands separator",
        )
    return number, symbol or BARE


def _unit(symbol: str, dimension: str | None) -> Unit:
    """Return the unit of a symbol or raise with the nearest symbol, of ``dimension`` if any."""
    name = _ALIASES.get(symbol, symbol)
    if name in UNITS:
        return UNITS[name]
    near = nearest(symbol, symbols(dimension)) if dimension else None
    raise UnitError(
        f"{_short(symbol)} is not a unit that Longroad knows",
        expected=_expected(dimension),
        nearest=near or nearest(symbol, UNITS),
    )


def _expected(dimension: str | None) -> str:
    if dimension is None:
        return "a number with its unit, such as 4.5 km/s"
    if dimension == "count":
        return "a whole number"
    names = [symbol for symbol in symbols(dimension) if symbol != BARE]
    listed = " or ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    alone = "a plain number or " if dimension in BARE_DIMENSIONS else ""
    return f"{_a(dimension)}: {alone}a number in {listed}"


def _a(noun: str | None) -> str:
    return f"{'an' if noun and noun[0] in 'aeiou' else 'a'} {noun}"


def _short(value: object) -> str:
    """Return a value as quoted text of bounded length, without control characters."""
    text = "".join(ch if ch.isprintable() else "?" for ch in str(value))
    return f"'{text[:40]}...'" if len(text) > 40 else f"'{text}'"
