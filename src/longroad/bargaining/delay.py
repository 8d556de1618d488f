"""How long a deal that all would accept may take: two parties wait for each other to give in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from longroad.bargaining.assign import Assignments
from longroad.bargaining.attrition import expected_delay
from longroad.bargaining.durations import YEAR_DAYS, day_of
from longroad.bargaining.gains import gains
from longroad.bargaining.problem import Floats
from longroad.scenario.negotiation import Negotiation

SLACK = 1e-9


@dataclass(frozen=True)
class Delay:
    """Expected years of delay between two parties; NaN where no deal exists, (draws,).

    ``leaves`` and ``elections`` are what `delays` was asked for.
    """

    parties: tuple[str, str]
    years: Floats
    leaves: float = 0.0
    elections: bool = False

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


def delays(
    sampled: Assignments,
    draws: Sequence[int],
    *,
    ratified: bool = False,
    leaves: float = 0.0,
    elections: bool = False,
) -> tuple[Delay, ...]:
    """Return the expected delay for every pair of parties, over some assignments.

    Each of a pair holds out for the acceptable package it likes best of those that leave every
    other party at least the part ``leaves`` of the most it could gain; ``low`` is what it has under
    the other's. With ``leaves`` 0 each demands everything, and under its demand the other has next
    to nothing to lose by waiting, which is why these delays are the longest. ``elections`` adds to
    a party's discount the rate at which its government may be gone (`electoral_rate`). Without
    patience in the file there is nothing to compute.
    """
    patience = sampled.negotiation.patience
    if patience is None:
        return ()
    parties = sampled.parties
    rate = np.column_stack(
        [sampled.numbers.of(f"{p}/discount", patience.discount[p]) for p in parties]
    )
    if elections:
        rate = rate + [electoral_rate(sampled.negotiation, party) for party in parties]
    rows = list(draws)
    best = np.empty((len(rows), len(parties), len(parties)))
    for some in gains(sampled, rows, ratified=ratified):
        for place, own in some.each():
            best[place] = _demands(own, leaves)
    made = []
    for a in range(len(parties)):
        for b in range(a + 1, len(parties)):
            low = np.stack([best[:, b, a], best[:, a, b]], axis=-1)
            high = np.stack([best[:, a, a], best[:, b, b]], axis=-1)
            known = np.all(np.isfinite(low), axis=-1)
            years = np.full(len(rows), np.nan)
            waiting = rate[rows][:, [a, b]][known]
            years[known] = expected_delay(waiting, 0.0 * waiting, low[known], high[known])
            made.append(Delay((parties[a], parties[b]), years, leaves, elections))
    return tuple(made)


def _demands(own: Floats, leaves: float) -> Floats:
    """Return what every party gains (columns) under each one's demand (rows); NaN without one.

    ``own`` (points, parties) are those of the frontier.
    """
    parties = own.shape[1]
    nothing = np.full((parties, parties), np.nan)
    if not np.any(own > 0.0):
        return nothing
    enough = own >= leaves * own.max(axis=0) - SLACK
    for p in range(parties):
        others = np.delete(enough, p, axis=1).all(axis=1)
        if not others.any():
            return np.full((parties, parties), np.nan)
        kept = own[others]
        # Of equally good packages the one kindest to the others.
        nothing[p] = kept[np.lexsort((kept.sum(axis=1), kept[:, p]))[-1]]
    return nothing


def electoral_rate(talks: Negotiation, party: str) -> float:
    """Return the rate per year at which a party's government may be gone: 1 / T; 0 without dates.

    T is the mean time between its elections in the file or, with one alone, from the last dated
    package before it. A government that counts nothing after an election discounts by so much
    more: an upper end, since most do.
    """
    elections = talks.patience.elections if talks.patience is not None else ()
    days = sorted(day_of(date) for of, date, _ in elections if of == party)
    if not days:
        return 0.0
    start = [day_of(one.date) for one in talks.packages if one.date and day_of(one.date) < days[0]]
    if len(days) == 1 and not start:
        return 0.0
    spans = [(b - a).days for a, b in pairwise(days)] or [(days[0] - max(start)).days]
    return YEAR_DAYS / float(np.mean(spans))
