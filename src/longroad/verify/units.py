"""Units of published results: those of scenarios, and those that only textbooks use."""

from __future__ import annotations

from longroad.base import units
from longroad.base.errors import UnitError
from longroad.base.units import BARE, DEGREE, Measure

# Factors to SI units. The canonical speed unit of Bate, Mueller and White is a ratio: it has no
# factor before the radius is chosen.
EXTRA = {
    "mbar": 100.0,
    "kg/m3": 1.0,
    "km2/s2": 1e6,
    "deg/h": DEGREE / 3600.0,
    "DU/TU": 1.0,
    "dB": 1.0,
    "ratio": 1.0,  # where several plain numbers stand in a row
    "yes/no": 1.0,
}
YES_NO = "yes/no"


def read(text: object) -> Measure:
    """Return the SI value and unit of a written number; yes and no are 1 and 0.

    A number without a unit is a ratio. Raises :class:`UnitError`.
    """
    if isinstance(text, bool):
        return Measure(float(text), YES_NO)
    if isinstance(text, int | float):
        return Measure(float(text), BARE)
    number, _, unit = str(text).strip().partition(" ")
    if unit in EXTRA:
        return Measure(units.parse(number, "fraction") * EXTRA[unit], unit)
    found = units.read(str(text), None if unit else "fraction")
    return found


def vector(text: object) -> tuple[float, ...]:
    """Return the SI values of several numbers with one unit: ``1131.34 -2282.343 km``."""
    *numbers, unit = str(text).split()
    if not numbers:
        raise UnitError(f"'{text}' is not a list of numbers", expected="numbers and their unit")
    return tuple(read(f"{number} {unit}").value for number in numbers)


def factor(unit: str) -> float:
    """Return the SI value of one of a unit; raise :class:`UnitError` for an unknown one."""
    if unit == BARE:
        return 1.0
    if unit in EXTRA:
        return EXTRA[unit]
    units.dimension_of(unit)
    return units.UNITS[unit].factor
