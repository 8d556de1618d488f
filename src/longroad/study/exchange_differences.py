"""Which assumption makes the difference between what is adopted and an extreme, as rows."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from longroad.study.exchange_extremes import Extremes


@dataclass(frozen=True)
class DifferenceRow:
    """One assumption of one pair; shares are lost on an ordinary day, ridden out.

    ``adopted``, ``owner_end`` and ``defender_end`` are in ``unit``, None where several numbers
    differ. ``change_alone``: by how much more is lost with this one alone at the owner's end;
    ``change_without``: by how much less in the owner's extreme with this one as adopted; None where
    the defender's extreme alone moves it.
    """

    variant: str
    party: str
    owner: str
    towards: str
    rank: int
    quantity: str
    status: str
    unit: str
    adopted: float | None
    owner_end: float | None
    defender_end: float | None
    owner_word: str
    defender_word: str
    holder: str
    change_alone: float | None
    change_without: float | None
    lost_adopted: float
    lost_owner_extreme: float
    lost_defender_extreme: float


def difference_rows(found: Iterable[Extremes]) -> tuple[DifferenceRow, ...]:
    """Return the rows of all pairs, each pair's by rank."""
    return tuple(
        DifferenceRow(
            variant=one.variant,
            party=one.party,
            owner=one.owner,
            towards=one.towards,
            rank=rank,
            quantity=each.matter.id,
            status=each.matter.status,
            unit=each.matter.unit,
            adopted=each.matter.shown(each.matter.usual),
            owner_end=each.matter.shown(each.owner_end),
            defender_end=each.matter.shown(each.defender_end),
            owner_word=each.owner_end.word,
            defender_word=each.defender_end.word,
            holder=each.owner_end.holder,
            change_alone=_known(each.alone),
            change_without=_known(each.without),
            lost_adopted=one.adopted,
            lost_owner_extreme=one.most,
            lost_defender_extreme=one.least,
        )
        for one in found
        for rank, each in enumerate(one.differences, 1)
    )


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
