"""One price, values known only to oneself: what private information alone costs.

Buyer's value and seller's cost uniform on [0, 1]; both name a price, trade at the middle if the
bid is no lower. Linear equilibrium: bid 2 v / 3 + 1 / 12, ask 2 c / 3 + 1 / 4, so that they trade
iff v - c >= 1 / 4: in 9 / 32 of all cases, with gains 9 / 64 of at most 1 / 6. No rule does better
(Myerson and Satterthwaite, 1983). Source: Chatterjee and Samuelson, Operations Research 31:5
(1983).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.bargaining.problem import Floats


@dataclass(frozen=True)
class Trades:
    """Share of pairs that trade, mean gains, and gains if everybody told the truth."""

    trade: float
    gains: float
    possible: float

    @property
    def efficiency(self) -> float:
        """Return the share of possible gains that is realised."""
        return self.gains / self.possible


def split_the_difference(value: Floats, cost: Floats) -> Trades:
    """Return what pairs of values and costs (n,) make of the linear equilibrium."""
    bid, ask = 2.0 * value / 3.0 + 1.0 / 12.0, 2.0 * cost / 3.0 + 0.25
    done = bid >= ask
    surplus = value - cost
    return Trades(
        float(np.mean(done)),
        float(np.mean(np.where(done, surplus, 0.0))),
        float(np.mean(np.maximum(surplus, 0.0))),
    )
