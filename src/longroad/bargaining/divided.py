"""Two parties whose issues can all be divided: the fair division, and the chain of mixtures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from longroad.bargaining.assign import Assignments
from longroad.bargaining.frontier import frontier
from longroad.bargaining.hull import Mixed, chain, mixed, raiffa
from longroad.bargaining.problem import Floats
from longroad.bargaining.winner import adjusted_winner
from longroad.scenario.negotiation import Negotiation

POINTS = 100
FINEST = 1_000_000


@dataclass(frozen=True)
class Divided:
    """Adjusted winner on 100 points a side, and the solutions between packages.

    ``shares`` is the part of each issue that goes as the first party wishes, as a fraction in
    words; ``points`` are the totals. ``corners`` (n, 2) is the frontier of mixtures.
    """

    shares: Mapping[str, str]
    points: Mapping[str, float]
    corners: Floats
    mixed: Mixed
    increments: Floats


def divided(negotiation: Negotiation, best: Assignments) -> Divided | None:
    """Return the division at the best estimate, or None unless it fits.

    It fits when two parties sit at the table, every issue can be divided, and on each what is
    best for one is worst for the other.
    """
    if len(negotiation.parties) != 2 or not all(issue.divisible for issue in negotiation.issues):
        return None
    if best.extras:
        return None
    ranges = []
    for table in best.tables:
        first, second = table[0]
        if np.argmax(first) != np.argmin(second) or np.argmin(first) != np.argmax(second):
            return None
        ranges.append((np.ptp(first), np.ptp(second)))
    points = [
        [Fraction(float(r[side])).limit_denominator(FINEST) * POINTS for r in ranges]
        for side in range(2)
    ]
    division = adjusted_winner(points[0], points[1])
    corners = chain(frontier(best.problem(0), acceptable=False).utilities)
    ids = [party.id for party in negotiation.parties]
    reservation = best.reservation[0]
    return Divided(
        {
            issue.id: str(share)
            for issue, share in zip(negotiation.issues, division.shares, strict=True)
        },
        {ids[0]: float(division.totals[0]), ids[1]: float(division.totals[1])},
        corners,
        mixed(corners, reservation),
        raiffa(corners, reservation),
    )
