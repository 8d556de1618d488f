"""Where the numbers of an agreement come from: best estimates, or one draw of a run."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from longroad.base.quantity import Disputed, Quantity
from longroad.scenario.agreement import Number
from longroad.scenario.model import AssumptionSet

# A number in one draw (a float), or in many (an array with the draws along its last axis).
Figure = float | NDArray[np.float64]
Value = Callable[[Number], Figure]


def best(number: Number) -> float:
    """Return the best estimate, of a dispute that of the adopted claim."""
    return _adopted(number).best


def never(number: Number) -> bool:
    """Return whether a fraction is zero whatever is assumed."""
    parts = number.alternatives if isinstance(number, Disputed) else (number,)
    return all(part.high == 0.0 for part in parts)


def holding(held: AssumptionSet | None) -> Callable[[Number], Number]:
    """Return a function that replaces a number by what a party holds it to be."""

    def replaced(number: Number) -> Number:
        return number if held is None else held.quantities.get(number.id, number)

    return replaced


def _adopted(number: Number) -> Quantity:
    return number.adopted_quantity if isinstance(number, Disputed) else number
