"""The columns of an evaluation: every number it reads, one column for each distinct quantity.

A quantity that two variants share is one column; a rival claim or a party's own value is another
column of the same id. All columns of one id share one uniform number per draw, mapped through
each one's own distribution, so that variants and assumption sets are compared draw by draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.quantity import Disputed, Quantity
from longroad.base.streams import sobol_draws

Array = NDArray[np.float64]
# The row of a value table that holds best estimates; draw d stands in row d + 1.
BEST_ROW = 0


def adopted(quantity: Quantity | Disputed) -> Quantity:
    """Return the value that headlines use: the quantity itself, or the adopted claim."""
    return quantity.adopted_quantity if isinstance(quantity, Disputed) else quantity


class ColumnBook:
    """Collects quantities while a plan is made; equal quantities get the same column."""

    def __init__(self) -> None:
        self._index: dict[tuple[object, ...], int] = {}
        self._quantities: list[Quantity] = []

    def column(self, quantity: Quantity) -> int:
        """Return the column of a quantity, adding it when it is new."""
        key = (
            quantity.id, quantity.best, quantity.low, quantity.high, quantity.distribution,
            quantity.claim,
        )  # fmt: skip
        if key not in self._index:
            self._index[key] = len(self._quantities)
            self._quantities.append(quantity)
        return self._index[key]

    def quantities(self) -> tuple[Quantity, ...]:
        """Return the quantity of each column."""
        return tuple(self._quantities)


@dataclass(frozen=True)
class Values:
    """What every column is in every draw: ``table`` (1 + D, C), SI; row 0 is the best estimate.

    ``quantities`` (C) are the columns.
    """

    table: Array
    quantities: tuple[Quantity, ...]

    @property
    def draws(self) -> int:
        """Return the number of draws, the best estimate not counted."""
        return len(self.table) - 1


def draw_values(quantities: Sequence[Quantity], draws: int, seed: int) -> Values:
    """Draw every column: scrambled Sobol', one dimension per varying quantity id, sorted.

    Whatever never varies takes no dimension, so that adding a fixed number leaves all draws as
    they are.
    """
    ids = sorted({q.id for q in quantities if not q.is_fixed})
    uniform = sobol_draws(draws, ids, seed)
    place = {id: k for k, id in enumerate(ids)}
    table = np.empty((draws + 1, len(quantities)))
    for column, quantity in enumerate(quantities):
        table[BEST_ROW, column] = quantity.best
        if quantity.is_fixed:
            table[1:, column] = quantity.best
        else:
            table[1:, column] = quantity.ppf(uniform[:, place[quantity.id]])
    return Values(table, tuple(quantities))
