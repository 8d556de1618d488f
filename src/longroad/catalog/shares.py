"""How many of the catalogue's numbers are published, reported, judged or from memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.base.quantity import Disputed, Quantity, Status
from longroad.catalog.entry import Entry


@dataclass(frozen=True)
class Shares:
    """Numbers by status; every rival claim counts as a number, ``disputed`` counts the disputes."""

    published: int
    reported: int
    judgement: int
    unverified: int
    disputed: int

    @property
    def numbers(self) -> int:
        """Return how many numbers there are."""
        return self.published + self.reported + self.judgement + self.unverified

    def fraction(self, status: Status | str) -> float | None:
        """Return the share of the numbers that have a status; None when there is no number."""
        count: int = getattr(self, Status(status).value)
        return count / self.numbers if self.numbers else None

    def sentence(self) -> str:
        """Return the counts in words."""
        counts = {status.value: getattr(self, status.value) for status in Status}
        return text("catalog.shares", count=self.numbers, disputed=self.disputed, **counts)


def shares(quantities: Iterable[Quantity | Disputed]) -> Shares:
    """Return the counts over quantities, each dispute with all its rival claims."""
    found: Counter[str] = Counter()
    disputed = 0
    for quantity in quantities:
        rivals = quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)
        disputed += isinstance(quantity, Disputed)
        found.update(rival.status.value for rival in rivals)
    return Shares(**{status.value: found[status.value] for status in Status}, disputed=disputed)


def shares_of(entries: Iterable[Entry]) -> Shares:
    """Return the counts over all quantities of entries."""
    return shares(quantity for entry in entries for quantity in entry.quantities.values())
