"""Two levels: what a ratifying body leaves of what negotiators could sign.

One dimension: member i with ideal point i accepts x over the status quo s < x when
i >= (s + x) / 2, so a share f of members accepts up to x = 2 Q(1 - f) - s, Q the quantile function
of ideal points (Putnam, International Organization 42:3, 1988, in the form of the notes).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from longroad.bargaining.acceptance import Share
from longroad.bargaining.assign import Assignments
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.problem import Floats
from longroad.bargaining.zone import zone

MAJORITY = 0.5


def votes_needed(members: int, share: float) -> int:
    """Return the smallest number of votes that is at least a share of the members voting."""
    return ceil(members * share - 1e-9)


def furthest(ideals: Floats, status_quo: float, share: float) -> float:
    """Return the furthest agreement that a share of members prefers to the status quo.

    ``ideals`` (members,) of a body. The pivot is the member whose vote completes the number needed
    when they are asked from the most favourable down; without one above the status quo it is the
    status quo itself.
    """
    if not 0.0 < share <= 1.0 or len(ideals) == 0:
        raise BargainingError("a ratifying body has no members, or no share is needed")
    ranked = np.sort(np.asarray(ideals, dtype=np.float64))[::-1]
    pivot = ranked[votes_needed(len(ranked), share) - 1]
    return max(status_quo, 2.0 * float(pivot) - status_quo)


@dataclass(frozen=True)
class Level:
    """Share of assignments with an agreement when so many members have to consent."""

    party: str
    needed: int
    members: int
    share: Share


def pivots(sampled: Assignments, draws: Sequence[int]) -> tuple[Level, ...]:
    """Return how the share of assignments with an agreement falls as more members must consent.

    For each body: a simple majority, the number it needs, and all of its members.
    """
    found = []
    for body in sampled.negotiation.ratification:
        for needed in sorted({votes_needed(body.members, MAJORITY), body.needed, body.members}):
            demand = sampled.demand.copy()
            ends = body.demand
            party = sampled.parties.index(body.party)
            demand[:, party] = ends.low + (ends.high - ends.low) * needed / body.members
            other = replace(sampled, demand=demand)
            found.append(
                Level(body.party, needed, body.members, zone(other, draws, ratified=True).share)
            )
    return tuple(found)
