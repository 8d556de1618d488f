"""The search over limits: what each set costs the defence and leaves of it to worry about.

The physics of a set is not computed here. Whoever runs the search gives a function from a set of
limits to its :class:`Outcome` (the protocol :class:`Evaluate`), or the finished outcomes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from longroad.base.errors import nearest
from longroad.deterrent.faults import LimitError
from longroad.deterrent.limits import LimitSet

_ENOUGH = 1e-12


@dataclass(frozen=True)
class Outcome:
    """What a set of limits does, as the study computed it, by best estimates.

    ``area_lost``, ``shots_lost`` and ``interceptors_lost`` are the shares that the defence gives
    up, against no limits, of its engageable area against the missiles considered, of its shot
    opportunities against them and of its interceptors; the first two None where it engages nothing
    of them. ``concern`` is, for each party with a deterrent, what the defence still does to
    it: a share from 0 (nothing) to 1, such as that of the warheads that would arrive and are lost.
    """

    set: LimitSet
    area_lost: float | None
    shots_lost: float | None
    concern: Mapping[str, float]
    interceptors_lost: float = 0.0

    def __post_init__(self) -> None:
        shares = {
            "area_lost": self.area_lost,
            "shots_lost": self.shots_lost,
            "interceptors_lost": self.interceptors_lost,
            **self.concern,
        }
        for name, value in shares.items():
            if value is not None and not -1.0 - _ENOUGH <= value <= 1.0 + _ENOUGH:
                raise LimitError(
                    f"{self.set.id}: {name} is {value:g}", field=name, expected="a share up to 1"
                )

    @property
    def cost(self) -> float:
        """The price on the frontier's axis: area, or interceptors where no area is at stake."""
        return self.interceptors_lost if self.area_lost is None else self.area_lost

    def worst(self, parties: Sequence[str]) -> float:
        """Return the greatest concern among parties."""
        return max(self.concern[party] for party in parties)


class Evaluate(Protocol):
    """What the study layer provides: the outcome of a set of limits."""

    def __call__(self, limits: LimitSet, /) -> Outcome:
        """Return the outcome of one set of limits."""
        ...


@dataclass(frozen=True)
class Frontier:
    """Outcomes that no other betters in one thing without losing in the other.

    ``points`` run from the cheapest to the least worrying. ``knee`` is the point farthest below
    the straight line between the two ends, both axes scaled to their range on the frontier; None
    where fewer than three points leave no bend. ``outcomes`` are all, in the order given.
    """

    parties: tuple[str, ...]
    points: tuple[Outcome, ...]
    dominated: tuple[Outcome, ...]
    knee: Outcome | None
    outcomes: tuple[Outcome, ...] = ()

    def standing(self, outcome: Outcome) -> str:
        """Return frontier, knee or dominated."""
        if outcome is self.knee:
            return "knee"
        return "frontier" if any(outcome is point for point in self.points) else "dominated"


def search(sets: Iterable[LimitSet], evaluate: Evaluate, parties: Sequence[str]) -> Frontier:
    """Return the frontier over sets of limits; one evaluation for each."""
    return frontier([evaluate(limits) for limits in sets], parties)


def frontier(outcomes: Sequence[Outcome], parties: Sequence[str]) -> Frontier:
    """Return the frontier between what the defence loses and the greatest concern.

    Of equal outcomes the one that takes fewer interceptors stands, then that with fewer
    limits, then the first. Raises
    :class:`LimitError` for a party that an outcome does not speak of, or no outcomes at all.
    """
    if not outcomes or not parties:
        raise LimitError("there is nothing to compare", expected="outcomes and parties")
    for outcome in outcomes:
        for party in parties:
            if party not in outcome.concern:
                raise LimitError(
                    f"{outcome.set.id} says nothing of {party}",
                    field="concern",
                    expected=", ".join(outcome.concern) or "a party with a deterrent",
                    nearest=nearest(party, outcome.concern),
                )
    ordered = sorted(
        outcomes,
        key=lambda o: (o.cost, o.worst(parties), o.interceptors_lost, len(o.set.limits)),
    )
    points: list[Outcome] = []
    for outcome in ordered:
        if not points or outcome.worst(parties) < points[-1].worst(parties) - _ENOUGH:
            points.append(outcome)
    chosen = {id(point) for point in points}
    rest = tuple(outcome for outcome in outcomes if id(outcome) not in chosen)
    knee = _knee(points, parties)
    return Frontier(tuple(parties), tuple(points), rest, knee, tuple(outcomes))


def _knee(points: Sequence[Outcome], parties: Sequence[str]) -> Outcome | None:
    """Return the point farthest below the chord of the scaled frontier."""
    if len(points) < 3:
        return None
    cost = np.array([point.cost for point in points])
    worry = np.array([point.worst(parties) for point in points])
    x = (cost - cost[0]) / (cost[-1] - cost[0])
    y = (worry - worry[-1]) / (worry[0] - worry[-1])
    below = 1.0 - x - y
    best = int(np.argmax(below))
    return points[best] if below[best] > _ENOUGH else None
