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
from longroad.base.messages import text
from longroad.deterrent.faults import LimitError
from longroad.deterrent.limits import LimitSet

_ENOUGH = 1e-12


@dataclass(frozen=True)
class Outcome:
    """What a set of limits does, as the study computed it.

    ``area_lost`` and ``shots_lost`` are the shares of the engageable area against the missiles
    considered and of the shots (interceptors) that the defence gives up, against no limits.
    ``concern`` is, for each party with a deterrent, what the defences of others still do to it
    under its own assumptions: a share from 0 (nothing) to 1, such as the share of the warheads
    that would arrive and are lost.
    """

    set: LimitSet
    area_lost: float
    shots_lost: float
    concern: Mapping[str, float]

    def __post_init__(self) -> None:
        shares = {"area_lost": self.area_lost, "shots_lost": self.shots_lost, **self.concern}
        for name, value in shares.items():
            if not value <= 1.0 + _ENOUGH or not value >= -1.0 - _ENOUGH:
                raise LimitError(
                    f"{self.set.id}: {name} is {value:g}", field=name, expected="a share up to 1"
                )

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
    where fewer than three points leave no bend.
    """

    parties: tuple[str, ...]
    points: tuple[Outcome, ...]
    dominated: tuple[Outcome, ...]
    knee: Outcome | None


def search(sets: Iterable[LimitSet], evaluate: Evaluate, parties: Sequence[str]) -> Frontier:
    """Return the frontier over sets of limits; one evaluation for each."""
    return frontier([evaluate(limits) for limits in sets], parties)


def frontier(outcomes: Sequence[Outcome], parties: Sequence[str]) -> Frontier:
    """Return the frontier between the area that the defence loses and the greatest concern.

    Of equal outcomes the one with fewer limits stands, then the first. Raises
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
    ordered = sorted(outcomes, key=lambda o: (o.area_lost, o.worst(parties), len(o.set.limits)))
    points: list[Outcome] = []
    for outcome in ordered:
        if not points or outcome.worst(parties) < points[-1].worst(parties) - _ENOUGH:
            points.append(outcome)
    chosen = {id(point) for point in points}
    rest = tuple(outcome for outcome in outcomes if id(outcome) not in chosen)
    return Frontier(tuple(parties), tuple(points), rest, _knee(points, parties))


def _knee(points: Sequence[Outcome], parties: Sequence[str]) -> Outcome | None:
    """Return the point farthest below the chord of the scaled frontier."""
    if len(points) < 3:
        return None
    cost = np.array([point.area_lost for point in points])
    worry = np.array([point.worst(parties) for point in points])
    x = (cost - cost[0]) / (cost[-1] - cost[0])
    y = (worry - worry[-1]) / (worry[0] - worry[-1])
    below = 1.0 - x - y
    best = int(np.argmax(below))
    return points[best] if below[best] > _ENOUGH else None


def answer(found: Frontier, tolerable: float) -> str:
    """Return in words which limits bring every party's concern down to ``tolerable``, at what cost.

    ``tolerable`` is a share of the warheads that would arrive, named by whoever asks.
    """
    every = (*found.points, *found.dominated)
    free = [outcome for outcome in every if not outcome.set.limits]
    # A limit that costs nothing may dominate the plan, which stands for itself all the same.
    plan = free[0] if free else max(every, key=lambda point: point.worst(found.parties))
    values: dict[str, object] = {
        "parties": ", ".join(found.parties),
        "tolerable": f"{100 * tolerable:.3g}",
        "plan": f"{100 * plan.worst(found.parties):.3g}",
    }
    if plan.worst(found.parties) <= tolerable:
        return text("deterrent.answer.moot", **values)
    fine = [point for point in found.points if point.worst(found.parties) <= tolerable]
    if not fine:
        least = min(found.points, key=lambda point: point.worst(found.parties))
        values |= {"limits": least.set.words, "left": f"{100 * least.worst(found.parties):.3g}"}
        return text("deterrent.answer.none", **values)
    first = fine[0]
    seen = "; ".join(dict.fromkeys(limit.observable for limit in first.set.limits))
    values |= {
        "limits": first.set.words,
        "left": f"{100 * first.worst(found.parties):.3g}",
        "area": f"{100 * first.area_lost:.3g}",
        "shots": f"{100 * first.shots_lost:.3g}",
        "observable": seen,
    }
    return text("deterrent.answer.met", **values)
