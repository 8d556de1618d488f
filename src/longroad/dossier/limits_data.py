"""What a run says of limits on defences and of their growth, as the dossier needs it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from longroad.deterrent import Frontier, LimitSet, Outcome, frontier
from longroad.dossier.reading import ADOPTED, RunLike, Spread

NO_CHANGE = "no-change"
_SHARES = ("area_lost", "shots_lost", "concern")
_ENDS = ("", "_p05", "_p95")


@dataclass(frozen=True)
class Left:
    """What is still taken of one owner's arriving warheads, adopted and by its own assumptions.

    Each in the posture in which most is taken; ``towards`` which country.
    """

    adopted: Spread
    own: Spread
    assumptions: str
    posture: str
    towards: str


@dataclass(frozen=True)
class LimitPoint:
    """One set of limits: what it costs the defence, and what it leaves of each owner's concern.

    ``area`` and ``shots`` are None where the party engages none of the missiles considered.
    """

    id: str
    words: str
    area: Spread | None
    shots: Spread | None
    interceptors_lost: float
    worst: float
    standing: str
    observable: str
    left: dict[str, Left] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        """Whether it is one limit, or none."""
        return ";" not in self.words

    @property
    def cost(self) -> float:
        """The share lost of the area, or where that is none, of the interceptors."""
        return self.interceptors_lost if self.area is None else max(self.area.best, 0.0)

    @property
    def area_lost(self) -> float:
        """The best estimate of the area lost; 0 where there is none to lose."""
        return 0.0 if self.area is None else self.area.best

    @property
    def concern(self) -> dict[str, float]:
        """What is left of each owner's concern by adopted assumptions."""
        return {owner: left.adopted.best for owner, left in self.left.items()}


@dataclass(frozen=True)
class LimitSearch:
    """All sets of limits on one party's defence in one variant; the first has none."""

    variant: str
    party: str
    points: tuple[LimitPoint, ...]
    tolerable: float

    @property
    def owners(self) -> tuple[str, ...]:
        """The parties whose deterrents it speaks of."""
        return tuple(self.points[0].left) if self.points else ()

    def edge(self, owner: str) -> Frontier:
        """Return the frontier for one owner's concern under its own assumptions."""
        return frontier(
            [
                Outcome(
                    LimitSet(one.id), None if one.area is None else max(one.area.best, 0.0), None,
                    {owner: one.left[owner].own.best}, one.interceptors_lost,
                )
                for one in self.points
            ],
            [owner],
        )  # fmt: skip

    def point(self, id: str) -> LimitPoint:
        """Return a set by its id."""
        return next(one for one in self.points if one.id == id)


@dataclass(frozen=True)
class GrowthCell:
    """One step of growth under one limit for one owner: what is taken, and whether it binds."""

    adopted: float
    own: float
    binds: bool
    interceptors: int


@dataclass(frozen=True)
class Growth:
    """Growth of one party's defence: ``cells`` by owner, limit in words and step."""

    variant: str
    party: str
    steps: tuple[str, ...]
    limits: tuple[str, ...]
    cells: dict[tuple[str, str, str], GrowthCell]

    @property
    def owners(self) -> tuple[str, ...]:
        """The parties whose deterrents it speaks of."""
        return tuple(dict.fromkeys(owner for owner, _, _ in self.cells))


def read_limits(run: RunLike) -> tuple[LimitSearch, ...]:
    """Read the searches of a run, in its order."""
    found: dict[tuple[str, str], dict[str, LimitPoint]] = {}
    level = 0.0
    for row in _rows(run, "limits", _LIMIT):
        points = found.setdefault((row["variant"], row["party"]), {})
        level = float(row["tolerable"])
        if row["set"] not in points:
            points[row["set"]] = LimitPoint(
                row["set"], row["limits"], _spread(row, "area_lost"), _spread(row, "shots_lost"),
                row["interceptors_lost"], row["worst"], row["standing"], row["observable"],
            )  # fmt: skip
        _put(points[row["set"]].left, row)
    return tuple(LimitSearch(*key, tuple(by.values()), level) for key, by in found.items())


def _put(left: dict[str, Left], row: dict[str, Any]) -> None:
    """Take in a row in the posture of an owner's concern; the adopted one stands first."""
    if not row["headline"]:
        return
    owner, figure = row["owner"], _spread(row, "concern") or Spread(0.0, None, None)
    before = left.get(owner)
    adopted = figure if before is None or row["assumptions"] == ADOPTED else before.adopted
    left[owner] = Left(adopted, figure, row["assumptions"], row["posture"], row["towards"])


def read_growth(run: RunLike) -> tuple[Growth, ...]:
    """Read the growth of each party's defence."""
    parts: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in _rows(run, "growth", _GROWTH):
        if row["headline"]:
            parts.setdefault((row["variant"], row["party"]), []).append(row)
    made = []
    for key, rows in parts.items():
        cells: dict[tuple[str, str, str], GrowthCell] = {}
        for row in rows:
            at, best = (row["owner"], row["limits"], row["step"]), float(row["concern"])
            adopted = best if row["assumptions"] == ADOPTED else cells[at].adopted
            cells[at] = GrowthCell(adopted, best, bool(row["binds"]), int(row["interceptors"]))
        steps, limits = (tuple(dict.fromkeys(row[name] for row in rows)) for name in _WORDS)
        made.append(Growth(*key, steps, limits, cells))
    return tuple(made)


_WORDS = ("step", "limits")
_LIMIT = (
    *("variant", "set", "limits", "party", "interceptors_lost", "worst", "standing"),
    "tolerable",
    *("observable", "owner", "assumptions", "posture", "towards", "headline"),
    *(f"{name}{end}" for name in _SHARES for end in _ENDS),
)
_GROWTH = (
    *("variant", "party", "step", "limits", "binds", "interceptors", "owner", "assumptions"),
    *("headline", "concern"),
)


def _rows(run: RunLike, name: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    table = run.select(name, columns)
    lists = [np.asarray(table[column]).tolist() for column in columns]
    return [dict(zip(columns, row, strict=True)) for row in zip(*lists, strict=True)]


def _spread(row: dict[str, Any], name: str) -> Spread | None:
    best, low, high = (float(row[f"{name}{end}"]) for end in _ENDS)
    if math.isnan(best):
        return None
    known = not math.isnan(low) and not math.isnan(high)
    return Spread(best, low if known else None, high if known else None)
