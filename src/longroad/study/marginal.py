"""Marginal value: what each of several players adds to what they reach together (Shapley).

phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S)) (Shapley, A value for
n-person games, 1953). Up to `MOST_EXACT` players all coalitions are asked; beyond that the mean
over random orders is given, with the interval that so few of them leave open.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
# v(coalitions) for a list of coalitions, each a bit mask of players: (C, M) for M measures.
Worth = Callable[[Sequence[int]], Array]
MOST_EXACT = 10
ORDERS = 64
# Half the width of an interval from 5 to 95 % of a normal distribution.
TAIL = 1.6448536269514722


@dataclass(frozen=True)
class Marginal:
    """``value`` (P, M) of players by measure; ``low``, ``high`` the same when exact."""

    value: Array
    low: Array
    high: Array
    exact: bool


def marginal_values(players: int, worth: Worth, seed: int) -> Marginal:
    """Return the value of each player."""
    if players <= MOST_EXACT:
        value = _exact(players, worth)
        return Marginal(value, value, value, True)
    return _sampled(players, worth, seed)


def _exact(players: int, worth: Worth) -> Array:
    all_ = worth(range(2**players))
    value = np.zeros((players, all_.shape[1]))
    for mask in range(2**players):
        size = mask.bit_count()
        for i in (i for i in range(players) if not mask >> i & 1):
            weight = math.factorial(size) * math.factorial(players - size - 1)
            value[i] += weight / math.factorial(players) * (all_[mask | 1 << i] - all_[mask])
    return value


def _sampled(players: int, worth: Worth, seed: int) -> Marginal:
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(players) for _ in range(ORDERS)]
    chains = [np.concatenate([[0], np.cumsum(2 ** order.astype(object))]) for order in orders]
    masks = sorted({int(mask) for chain in chains for mask in chain})
    found = dict(zip(masks, worth(masks), strict=True))
    gains = np.zeros((ORDERS, players, found[0].size))
    for n, (order, chain) in enumerate(zip(orders, chains, strict=True)):
        for k, player in enumerate(order):
            gains[n, player] = found[int(chain[k + 1])] - found[int(chain[k])]
    mean = gains.mean(axis=0)
    error = gains.std(axis=0, ddof=1) / math.sqrt(ORDERS)
    return Marginal(mean, mean - TAIL * error, mean + TAIL * error, False)
