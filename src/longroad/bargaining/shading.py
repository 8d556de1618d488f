"""What a party gains by misstating what it wants: weights shaded, the outcome judged by the truth.

Barclay and Peterson (1976) found that one side can gain by falsifying its curves; a method that
rests on stated values should say by how much.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from longroad.bargaining.frontier import frontier
from longroad.bargaining.problem import Problem
from longroad.bargaining.solutions import Kind, solve


@dataclass(frozen=True)
class Shading:
    """The best lie of a size: which issue it plays down (None: none pays), and true gains of all.

    ``gain`` is the liar's utility less what the truth brings it; never below zero, since a party
    may always tell the truth. ``others`` are the changes for every party, the liar included.
    """

    party: str
    issue: str | None
    gain: float
    others: tuple[float, ...]


def shading(one: Problem, party: int, share: float, kind: Kind = "nash") -> Shading:
    """Return the best lie of one party that plays down one issue by ``share`` of its weight.

    The other issues then weigh more, so that the table still adds up to the same range. Among
    several points that the principle chooses, the one worst for the liar is assumed.
    """
    honest = _outcome(one, one, party, kind)
    ranges = [float(np.ptp(table[party])) for table in one.tables]
    whole = sum(ranges)
    best = Shading(one.parties[party], None, 0.0, (0.0,) * len(one.parties))
    for i, swing in enumerate(ranges):
        left = whole - share * swing
        if swing == 0.0 or left <= 0.0:
            continue
        tables = [table.copy() for table in one.tables]
        for j, table in enumerate(tables):
            factor = whole / left * (1.0 - share if j == i else 1.0)
            table[party] = one.tables[j][party] * factor
        told = _outcome(replace(one, tables=tuple(tables)), one, party, kind)
        if told is None or honest is None:
            continue
        change = told - honest
        if change[party] > best.gain + 1e-9:
            best = Shading(
                one.parties[party], one.issues[i], float(change[party]), tuple(map(float, change))
            )
    return best


def _outcome(told: Problem, true: Problem, party: int, kind: Kind) -> np.ndarray | None:
    from longroad.bargaining.problem import utilities

    found = frontier(told)
    if len(found) == 0:
        return None
    rows = list(solve(found, told.reservation, kind).rows)
    worth = utilities(true, found.choices[rows].astype(np.int64))
    chosen: np.ndarray = worth[np.argmin(worth[:, party])]
    return chosen
