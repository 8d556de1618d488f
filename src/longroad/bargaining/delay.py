"""How long a deal that all would accept may take: two parties wait for each other to give in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.bargaining.assign import Assignments
from longroad.bargaining.attrition import expected_delay
from longroad.bargaining.frontier import frontier
from longroad.bargaining.problem import Floats
from longroad.bargaining.zone import gains_of


@dataclass(frozen=True)
class Delay:
    """Expected years of delay between two parties; NaN where no deal exists, (draws,)."""

    parties: tuple[str, str]
    years: Floats

    @property
    def endless(self) -> float:
        """Return the share of assignments with a deal in which neither side ever gives in.

        So it is when each side's best package leaves the other nothing to lose by waiting.
        """
        known = self.years[~np.isnan(self.years)]
        return float(np.mean(np.isinf(known))) if len(known) else 0.0

    @property
    def quantiles(self) -> tuple[float, float, float]:
        """Return the 5th, 50th and 95th percentile over the assignments with a deal."""
        known = self.years[np.isfinite(self.years)]
        if len(known) == 0:
            return float("nan"), float("nan"), float("nan")
        low, middle, high = np.percentile(known, [5.0, 50.0, 95.0])
        return float(low), float(middle), float(high)


def delays(sampled: Assignments, draws: range, *, ratified: bool = False) -> tuple[Delay, ...]:
    """Return the expected delay for every pair of parties, over some assignments.

    Each of a pair holds out for the acceptable package it likes best; ``low`` is what it has under
    the other's. Without patience in the file there is nothing to compute.
    """
    patience = sampled.negotiation.patience
    if patience is None:
        return ()
    parties = sampled.parties
    rate = np.column_stack(
        [sampled.numbers.of(f"{p}/discount", patience.discount[p]) for p in parties]
    )
    best = np.full((len(draws), len(parties), len(parties)), np.nan)
    for k, draw in enumerate(draws):
        one = sampled.problem(draw, ratified=ratified)
        found = frontier(one)
        if len(found) == 0:
            continue
        gains = gains_of(found, one)
        if not np.any(gains > 0.0):
            continue
        for p in range(len(parties)):
            # Of equally good packages the one kindest to the others.
            order = np.lexsort((gains.sum(axis=1), gains[:, p]))
            best[k, p] = gains[order[-1]]
    rows = list(draws)
    made = []
    for a in range(len(parties)):
        for b in range(a + 1, len(parties)):
            low = np.stack([best[:, b, a], best[:, a, b]], axis=-1)
            high = np.stack([best[:, a, a], best[:, b, b]], axis=-1)
            known = np.all(np.isfinite(low), axis=-1)
            years = np.full(len(rows), np.nan)
            waiting = rate[rows][:, [a, b]][known]
            years[known] = expected_delay(waiting, 0.0 * waiting, low[known], high[known])
            made.append(Delay((parties[a], parties[b]), years))
    return tuple(made)
