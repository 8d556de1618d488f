"""Stochastic multicriteria acceptability analysis over sampled weights.

Rank acceptability b_a^r is the share of assignments in which alternative a has rank r; the central
weight of a is the mean of the weights under which it is first: what one would have to want for it
to be the best; its confidence is the share of other draws in which it is first with those weights.
Source: Lahdelma, Hokkanen and Salminen, European Journal of Operational Research 106:1 (1998).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.bargaining.problem import Bools, Floats


@dataclass(frozen=True)
class Indices:
    """``rank`` (alternatives, ranks) shares; ``central`` (alternatives, criteria), NaN if never
    first; ``first`` (alternatives,), the share in which each is first."""

    rank: Floats
    central: Floats

    @property
    def first(self) -> Floats:
        """Return the share of assignments in which each alternative is best."""
        return self.rank[:, 0]


def indices(utilities: Floats, weights: Floats) -> Indices:
    """Return acceptability indices for ``utilities`` (draws, alternatives) under ``weights``.

    Ties share their ranks by the order of the alternatives, which continuous weights make rare.
    """
    draws, count = utilities.shape
    order = np.argsort(-utilities, axis=1, kind="stable")
    rank = np.zeros((count, count))
    for r in range(count):
        rank[:, r] = np.bincount(order[:, r], minlength=count) / draws
    central = np.full((count, weights.shape[1]), np.nan)
    for a in range(count):
        held = order[:, 0] == a
        if np.any(held):
            central[a] = weights[held].mean(axis=0)
    return Indices(rank, central)


def central_weights(weights: Floats, accepted: Bools) -> Floats:
    """Return the mean weights of the assignments in which something is accepted, (criteria,).

    NaN when it never is. Compared with the mean over all assignments it says what a party would
    have to want for the package to be acceptable.
    """
    if not np.any(accepted):
        return np.full(weights.shape[1], np.nan)
    return np.asarray(weights[accepted].mean(axis=0))


def confidence(values: Floats, weight: Floats, alternative: int) -> float:
    """Return the share of draws of ``values`` (draws, alternatives, criteria) in which an
    alternative is first under one set of weights (its central weight)."""
    utilities = values @ weight
    return float(np.mean(np.argmax(utilities, axis=1) == alternative))
