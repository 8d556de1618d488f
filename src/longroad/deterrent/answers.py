"""The answer in words: for each concern the cheapest set of limits that makes it moot, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.deterrent.frontier import Frontier, Outcome
from longroad.deterrent.observability import Means

MOOT, MET, NONE = "moot", "met", "none"


@dataclass(frozen=True)
class Answer:
    """What meets the concern of ``parties``.

    ``kind`` is moot (within the level without any limit), met, or none (no set brings it there).
    ``plan`` is the concern without limits; ``outcome`` the cheapest set that meets it, else the
    one that leaves least.
    """

    parties: tuple[str, ...]
    kind: str
    tolerable: float
    plan: float
    outcome: Outcome

    @property
    def left(self) -> float:
        """Return the concern that is left under the set named."""
        return self.outcome.worst(self.parties)

    @property
    def means(self) -> tuple[Means, ...]:
        """Return by which means the limits could be seen to be kept."""
        found = (means for limit in self.outcome.set.limits for means in limit.means)
        return tuple(dict.fromkeys(found))


def sentences(found: Sequence[Answer]) -> tuple[str, ...]:
    """Return answers in words; parties with the same one stand together, each with its concern."""
    alike: dict[tuple[str, str], list[Answer]] = {}
    for one in found:
        alike.setdefault((one.kind, one.outcome.set.id), []).append(one)
    return tuple(_sentence(group) for group in alike.values())


def _sentence(group: Sequence[Answer]) -> str:
    one = group[0]
    seen = dict.fromkeys(limit.observable for limit in one.outcome.set.limits)
    return text(
        f"deterrent.answer.{one.kind}",
        parties=", ".join(_named(each) for each in group),
        tolerable=_percent(one.tolerable),
        left=_percent(max(each.left for each in group)),
        limits=one.outcome.set.words,
        cost=_cost(one.outcome),
        observable="; ".join(seen),
    )


def _named(one: Answer) -> str:
    parties = ", ".join(one.parties)
    if len(one.parties) > 1:
        parties = text("deterrent.answer.everyone", parties=parties)
    return text("deterrent.answer.share", party=parties, plan=_percent(one.plan))


def answers(found: Frontier, tolerable: float) -> tuple[Answer, ...]:
    """Return the answer for each party, and for all together where there are several.

    ``tolerable`` is the share of the warheads that would arrive below which a concern counts as
    moot: fixed beforehand, or named by whoever asks.
    """
    groups: list[tuple[str, ...]] = [(party,) for party in found.parties]
    if len(groups) > 1:
        groups.append(found.parties)
    return tuple(answer(found, tolerable, group) for group in groups)


def answer(found: Frontier, tolerable: float, parties: Sequence[str]) -> Answer:
    """Return the cheapest set that brings the concern of some parties down to ``tolerable``.

    Of sets that cost the same, the one that takes fewer interceptors, then the one of fewer
    limits.
    """
    asked = tuple(parties)
    every = found.outcomes or (*found.points, *found.dominated)
    free = [outcome for outcome in every if not outcome.set.limits]
    # A limit that costs nothing may dominate the plan, which stands for itself all the same.
    plan = free[0] if free else max(every, key=lambda point: point.worst(asked))
    before = plan.worst(asked)
    if before <= tolerable:
        return Answer(asked, MOOT, tolerable, before, plan)
    fine = [point for point in every if point.worst(asked) <= tolerable]
    if fine:
        return Answer(asked, MET, tolerable, before, min(fine, key=_price))
    least = min(every, key=lambda point: (point.worst(asked), _price(point)))
    return Answer(asked, NONE, tolerable, before, least)


def _price(outcome: Outcome) -> tuple[float, float, int]:
    return (outcome.cost, outcome.interceptors_lost, len(outcome.set.limits))


def _cost(outcome: Outcome) -> str:
    known = outcome.area_lost is not None
    return text(
        f"deterrent.answer.cost.{'all' if known else 'bare'}",
        area=_percent(outcome.area_lost or 0.0), shots=_percent(outcome.shots_lost or 0.0),
        interceptors=_percent(outcome.interceptors_lost),
    )  # fmt: skip


def _percent(share: float) -> str:
    return f"{100 * share:.3g} %"
