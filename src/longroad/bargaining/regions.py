"""Regions of weights: how far a share depends on what a party wants most.

A share of value assignments has no interval over what is not known, since it is taken over it. Its
interval is over regions of weights instead: the halves of the assignments in which one weight is at
or below, or above, its median, weight by weight.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from longroad.bargaining.assign import Assignments
from longroad.bargaining.problem import Bools, Floats

ENDS = (5.0, 95.0)


def regions(sampled: Assignments, draws: int, parties: Sequence[int]) -> list[Bools]:
    """Return the lower and the upper half of the first ``draws`` by every weight that varies."""
    found = []
    for party in parties:
        for weight in sampled.weights[:draws, party].T:
            found += halves(weight)
    return [one for one in found if one.any()]


def halves(numbers: Floats) -> list[Bools]:
    """Return where a number is at most, and where it is above its median; none if it is fixed."""
    if np.ptp(numbers) <= 0.0:
        return []
    middle = np.median(numbers)
    return [numbers <= middle, numbers > middle]


def ends_of(held: Bools, chosen: Sequence[Bools]) -> tuple[float, float]:
    """Return the 5th and 95th percentile of a share over regions; itself where there is none."""
    values = [float(held[region].mean()) for region in chosen] or [float(held.mean())]
    low, high = np.percentile(values, ENDS)
    return float(low), float(high)
