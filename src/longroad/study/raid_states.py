"""Which links of an agreement work, for all parties at once."""

from __future__ import annotations

import math
from itertools import combinations

from longroad.agreement import Arrangement, Information
from longroad.agreement.feed import Link
from longroad.study.raid_plan import JointState, Pattern

# Patterns of links that are told apart: exact for five links, and with more all of those with few
# links down at once, the rest taken as nothing but one's own data.
MOST_PATTERNS = 32


def joint_states(arrangement: Arrangement, most: int = MOST_PATTERNS) -> tuple[JointState, ...]:
    """Return the states of all links of an arrangement, the one in which every link works first.

    Patterns of links that leave every party with the same feeds are one state. Where there are
    more than ``most`` patterns, those with the fewest links down are kept, whole numbers at a time,
    and one last state stands for the rest: every link down, which no party can be worse off than.
    """
    links: dict[str, Link] = {
        link.id: link for known in arrangement.information.values() for link in known.links
    }
    ids = tuple(links)
    found: dict[tuple[tuple[int, ...], ...], list[Pattern]] = {}
    counted, down = 0, 0
    while down <= len(ids) and counted + math.comb(len(ids), down) <= max(most, 1):
        for off in combinations(ids, down):
            pattern = frozenset(ids) - set(off)
            found.setdefault(_working(arrangement, pattern), []).append(pattern)
        counted += math.comb(len(ids), down)
        down += 1
    states = [
        JointState(_left(arrangement, works), tuple(links.values()), tuple(patterns))
        for works, patterns in found.items()
    ]
    if down <= len(ids):
        nothing = _working(arrangement, frozenset())
        states.append(JointState(_left(arrangement, nothing), tuple(links.values()), (), rest=True))
    return tuple(states)


def _working(arrangement: Arrangement, pattern: Pattern) -> tuple[tuple[int, ...], ...]:
    """Return, by party, which of its feeds come through."""
    return tuple(
        tuple(
            index
            for index, feed in enumerate(known.feeds)
            if all(link.id in pattern for link in feed.links)
        )
        for known in arrangement.information.values()
    )


def _left(arrangement: Arrangement, works: tuple[tuple[int, ...], ...]) -> dict[str, Information]:
    return {
        id: Information(known.party, tuple(known.feeds[k] for k in kept))
        for (id, known), kept in zip(arrangement.information.items(), works, strict=True)
    }
