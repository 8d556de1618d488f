"""Points that principles of fairness or efficiency choose on a finite frontier, with all ties.

Over the acceptable packages R, with d the disagreement point and m_p the most that party p can
have in R:

    Nash                 max  prod_p (u_p - d_p)^a_p      (Econometrica 18:2, 1950)
    Kalai-Smorodinsky    max  min_p (u_p - d_p) / (m_p - d_p)   (Econometrica 43:3, 1975)
    egalitarian          max  min_p (u_p - d_p), then the next smallest, and so on
    utilitarian          max  sum_p l_p u_p

Nash, Kalai-Smorodinsky and the frontier itself do not depend on how a party's utility is scaled;
egalitarian and utilitarian compare utilities of different parties, which has a meaning only on a
scale that the parties declare common. Points are compared as whole numbers, so that ties are ties.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Literal

import numpy as np

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.frontier import Frontier
from longroad.bargaining.problem import Floats, Ints

Kind = Literal["nash", "kalai-smorodinsky", "egalitarian", "utilitarian"]
KINDS: tuple[Kind, ...] = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian")
NEAR = 1e-9  # relative: points this near to the best are compared exactly


@dataclass(frozen=True)
class Solution:
    """All points that a principle chooses: rows of the frontier, their utilities and its measure.

    ``disagreement`` and ``ideal`` (parties,) are what it was measured from; ``ideal_over`` says
    over which packages the ideal was taken. ``value`` is the product, share or sum attained.
    """

    kind: str
    rows: tuple[int, ...]
    utilities: Floats
    value: float
    disagreement: Floats
    ideal: Floats
    ideal_over: str


def solve(
    found: Frontier,
    disagreement: Floats,
    kind: Kind,
    *,
    weights: Sequence[float] | None = None,
    ideal: Floats | None = None,
) -> Solution:
    """Return the points of a frontier that a principle chooses.

    ``weights`` (parties,) are the exponents of Nash or the multipliers of the utilitarian sum.
    ``ideal`` replaces the most that each party can have on the frontier (Kalai-Smorodinsky).
    Raises :class:`BargainingError` for an empty frontier and for weights that are not positive.
    """
    if len(found) == 0:
        raise BargainingError(
            "no package is acceptable to every party", expected="a zone of possible agreement"
        )
    d = np.rint(np.asarray(disagreement) / found.resolution).astype(np.int64)
    gains = found.points - d
    best = found.points.max(axis=0) if ideal is None else _whole(ideal, found)
    if weights is not None and (min(weights) < 0 or sum(weights) <= 0):
        raise BargainingError("weights sum to zero or below", expected="numbers above zero")
    if kind == "nash":
        rows, value = _nash(np.maximum(gains, 0), weights)
    elif kind == "kalai-smorodinsky":
        rows = _most(gains / np.maximum(best - d, 1), _shares(gains, best - d))
        value = float(np.min(gains[rows[0]] / np.maximum(best - d, 1)))
    elif kind == "egalitarian":
        rows = _most(gains.astype(np.float64), lambda row: sorted(gains[row].tolist()))
        value = float(gains[rows[0]].min()) * found.resolution
    else:
        rows, value = _sum(found, weights)
    scale = found.resolution ** (len(d) if weights is None else sum(weights))
    return Solution(
        kind=kind,
        rows=rows,
        utilities=found.utilities[list(rows)],
        value=value * scale if kind == "nash" else value,
        disagreement=np.asarray(d * found.resolution, dtype=np.float64),
        ideal=np.asarray(best * found.resolution, dtype=np.float64),
        ideal_over="acceptable packages" if ideal is None else "given",
    )


def _whole(values: Floats, found: Frontier) -> Ints:
    return np.rint(np.asarray(values) / found.resolution).astype(np.int64)


def _shares(gains: Ints, reach: Ints) -> Callable[[int], object]:
    """Return each row's shares of what is attainable, smallest first, as exact fractions."""
    return lambda row: sorted(
        Fraction(int(g), max(1, int(r))) for g, r in zip(gains[row], reach, strict=True)
    )


def _most(measures: Floats, exact: Callable[[int], object]) -> tuple[int, ...]:
    """Return the rows whose smallest entry is greatest; ties by the next smallest, exactly."""
    worst = measures.min(axis=1)
    best = worst.max()
    near = np.flatnonzero(worst >= best - NEAR * max(1.0, abs(best)))
    keys = [exact(int(row)) for row in near]
    top = max(keys)  # type: ignore[type-var]
    return tuple(int(row) for row, key in zip(near, keys, strict=True) if key == top)


def _nash(gains: Ints, weights: Sequence[float] | None) -> tuple[tuple[int, ...], float]:
    powers = np.ones(gains.shape[1]) if weights is None else np.asarray(weights, dtype=np.float64)
    product = np.prod(gains.astype(np.float64) ** powers, axis=1)
    near = np.flatnonzero(product >= product.max() * (1.0 - NEAR))
    if weights is not None:
        return tuple(int(row) for row in near), float(product.max())
    exact = [prod(int(g) for g in gains[row]) for row in near]
    rows = tuple(int(row) for row, one in zip(near, exact, strict=True) if one == max(exact))
    return rows, float(product.max())


def nash_rows(gains: Ints, first: Ints) -> Ints:
    """Return the first row at the Nash point of each run of ``gains`` (n, parties), in steps.

    Runs begin at the rows ``first``, none of them empty; what `solve` gives run by run.
    """
    held = np.maximum(gains, 0)
    product = np.prod(held.astype(np.float64), axis=1)
    of = np.repeat(np.arange(len(first)), np.diff([*first, len(gains)]))
    near = product >= (np.maximum.reduceat(product, first) * (1.0 - NEAR))[of]
    rows = np.flatnonzero(near)
    _, start, ties = np.unique(of[rows], return_index=True, return_counts=True)
    found = rows[start]
    for k in np.flatnonzero(ties > 1):
        tied = rows[start[k] : start[k] + ties[k]]
        exact = [prod(int(g) for g in held[row]) for row in tied]
        found[k] = tied[exact.index(max(exact))]
    return np.asarray(found)


def _sum(found: Frontier, weights: Sequence[float] | None) -> tuple[tuple[int, ...], float]:
    if weights is None:
        total = found.points.sum(axis=1)
        rows = np.flatnonzero(total == total.max())
        return tuple(map(int, rows)), float(total.max()) * found.resolution
    sums = found.utilities @ np.asarray(weights, dtype=np.float64)
    rows = np.flatnonzero(sums >= sums.max() - NEAR * max(1.0, abs(float(sums.max()))))
    return tuple(map(int, rows)), float(sums.max())
