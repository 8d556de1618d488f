"""How long parties hold out, each for its own preferred deal: a war of attrition.

Both deals beat no deal for both; each side waits for the other to give in. In equilibrium each
concedes at a rate that leaves the other just indifferent between conceding now and waiting:

    rate of i = r_j (low_j - q_j) / (high_j - low_j),    expected delay = 1 / (rate_1 + rate_2)

q is the flow without a deal, low and high the flows under the rival's and the own preferred deal,
r the discount rate per year. The longer the shadow of the future, the longer the haggling. After
Fearon, International Organization 52:2 (1998), in the form of flows derived in the notes.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from longroad.bargaining.problem import Floats


def concession_rates(rate: ArrayLike, none: ArrayLike, low: ArrayLike, high: ArrayLike) -> Floats:
    """Return how often each of two sides concedes, per year; arrays (..., 2) by side.

    Infinite where the rival gains nothing by holding out, zero where it has nothing to lose by it.
    """
    r, q, lo, hi = (np.asarray(a, dtype=np.float64) for a in (rate, none, low, high))
    lose, win = np.maximum(lo - q, 0.0), np.maximum(hi - lo, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        leaves = np.where(win > 0.0, r * lose / win, np.inf)
    return np.asarray(leaves[..., ::-1])


def expected_delay(rate: ArrayLike, none: ArrayLike, low: ArrayLike, high: ArrayLike) -> Floats:
    """Return the expected years until one side concedes, (...)."""
    total = concession_rates(rate, none, low, high).sum(axis=-1)
    with np.errstate(divide="ignore"):
        return np.asarray(np.where(np.isinf(total), 0.0, 1.0 / total))
