"""Which links work: the on and off states of those that reach a party, each with its chance."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from longroad.agreement.derive import Arrangement
from longroad.agreement.feed import Information, Link
from longroad.agreement.value import Figure, Value

Pattern = frozenset[str]


@dataclass(frozen=True)
class State:
    """What a party knows while some of its links work, and the patterns of links that give it."""

    information: Information
    links: tuple[Link, ...]
    patterns: tuple[Pattern, ...]

    def probability(self, value: Value) -> Figure:
        """Return the chance of this state: the sum over its patterns of independent links."""
        total: Figure = 0.0
        for pattern in self.patterns:
            chance: Figure = 1.0
            for link in self.links:
                works = value(link.availability)
                chance = chance * (works if link.id in pattern else 1.0 - works)
            total = total + chance
        return total


@dataclass(frozen=True)
class States:
    """All states that are told apart, the one in which every link works first.

    ``exact`` says that they are all there are; otherwise states with many links down at once are
    left out, and `left_out` is their chance.
    """

    states: tuple[State, ...]
    exact: bool

    def __iter__(self) -> Iterator[State]:
        return iter(self.states)

    def __len__(self) -> int:
        return len(self.states)

    def left_out(self, value: Value) -> Figure:
        """Return the chance of the states that are not here; 0 when they all are."""
        if self.exact:
            return 0.0
        total: Figure = 1.0
        for state in self.states:
            total = total - state.probability(value)
        return np.maximum(total, 0.0)


def states(arrangement: Arrangement, party: str, *, most: int) -> States:
    """Return the states of the links that reach a party, at most ``most`` patterns of them.

    With n links there are 2**n patterns. They are taken by the number of links down, fewest
    first, whole numbers at a time; patterns that leave the party with the same feeds are one
    state. An expectation over the states is exact when all patterns fit, and otherwise lies
    within `left_out` times the range of what is expected.
    """
    information = arrangement.information[party]
    links = information.links
    found: dict[tuple[int, ...], list[Pattern]] = {}
    counted, down = 0, 0
    while down <= len(links) and counted + math.comb(len(links), down) <= max(most, 1):
        for off in combinations([link.id for link in links], down):
            pattern = frozenset(link.id for link in links) - set(off)
            works = tuple(
                index
                for index, feed in enumerate(information.feeds)
                if all(link.id in pattern for link in feed.links)
            )
            found.setdefault(works, []).append(pattern)
        counted += math.comb(len(links), down)
        down += 1
    made = tuple(
        State(
            Information(information.party, tuple(information.feeds[i] for i in works)),
            links,
            tuple(patterns),
        )
        for works, patterns in found.items()
    )
    return States(made, exact=down > len(links))
