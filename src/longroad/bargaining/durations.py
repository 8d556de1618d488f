"""How long comparable talks took, as data: a base rate to hold any computed delay against."""

from __future__ import annotations

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data" / "durations.csv"
YEAR_DAYS = 365.25


@dataclass(frozen=True)
class Duration:
    """One past negotiation, ratification or implementation; dates as far as known."""

    case: str
    kind: str
    began: str
    ended: str
    outcome: str
    sources: tuple[str, ...]
    note: str

    @property
    def years(self) -> float:
        """Return how long it took; a date without a day stands for the middle of its month."""
        return (day_of(self.ended) - day_of(self.began)).days / YEAR_DAYS


def day_of(date: str) -> datetime.date:
    """Return a date as written; the middle of the month or of the year where no more is known."""
    year, *rest = map(int, date.split("-"))
    month, day = (rest[0], (*rest, 15)[1]) if rest else (7, 1)
    return datetime.date(year, month, day)


@cache
def durations() -> tuple[Duration, ...]:
    """Return the cases in the order of their beginning."""
    with DATA.open(encoding="utf-8", newline="") as stream:
        rows = [
            Duration(
                row["case"],
                row["kind"],
                row["began"],
                row["ended"],
                row["outcome"],
                tuple(row["source"].split()),
                row["note"],
            )
            for row in csv.DictReader(stream)
        ]
    return tuple(sorted(rows, key=lambda one: one.began))
