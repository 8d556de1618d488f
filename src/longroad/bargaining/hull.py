"""Two parties and everything between packages: lotteries, or issues that can be divided.

What parties can reach by mixing packages is the convex hull; its upper right edge is a chain of
segments, on which each principle has its point in closed form.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.problem import Floats

SAME = 1e-12


@dataclass(frozen=True)
class Mixed:
    """The points that principles choose on the chain; utilitarian is a segment, often of length 0.

    ``ideal`` are the most that each party can have on the part of the chain acceptable to both.
    """

    disagreement: Floats
    ideal: Floats
    nash: Floats
    kalai_smorodinsky: Floats
    egalitarian: Floats
    utilitarian: tuple[Floats, Floats]


def chain(points: Floats) -> Floats:
    """Return the corners of the upper right edge of the hull of ``points`` (n, 2).

    They run from the best point of the first party to that of the second.
    """
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    corners: list[Floats] = []
    for point in points[order]:
        if corners and point[1] <= corners[-1][1] + SAME:
            continue
        while len(corners) > 1 and _below(corners[-2], corners[-1], point):
            corners.pop()
        corners.append(point)
    return np.array(corners)


def _below(a: Floats, b: Floats, c: Floats) -> bool:
    """Return whether ``b`` lies on the line from ``a`` to ``c`` or below it."""
    return bool((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= SAME)


def mixed(corners: Floats, disagreement: Floats) -> Mixed:
    """Return the solutions on a chain of corners (n, 2), first party's best first.

    Raises :class:`BargainingError` when no mixture is acceptable to both.
    """
    d = np.asarray(disagreement, dtype=np.float64)
    part = _above(corners, d)
    if len(part) == 0:
        raise BargainingError("no mixture of packages is acceptable to both parties")
    ideal = part.max(axis=0)
    reach = ideal - d
    level = _towards(part, d, np.ones(2))
    share = _towards(part, d, np.where(reach > SAME, reach, 1.0))
    sums = part.sum(axis=1)
    tied = part[sums >= sums.max() - SAME]
    return Mixed(d, ideal, _nash(part, d), share, level, (tied[0], tied[-1]))


def _above(corners: Floats, d: Floats) -> Floats:
    """Cut the chain to what is at least ``d`` for both."""
    found: list[Floats] = []
    pairs = list(pairwise(corners)) or [(corners[0], corners[0])]
    for a, b in pairs:
        low, high = 0.0, 1.0
        for p in range(2):
            rise = b[p] - a[p]
            if rise == 0.0:
                if a[p] < d[p] - SAME:
                    low, high = 1.0, 0.0
            elif rise > 0.0:
                low = max(low, (d[p] - a[p]) / rise)
            else:
                high = min(high, (d[p] - a[p]) / rise)
        if low <= high + SAME:
            found += [a + low * (b - a), a + high * (b - a)]
    kept: list[Floats] = []
    for point in found:
        if not kept or np.max(np.abs(point - kept[-1])) > SAME:
            kept.append(point)
    return np.array(kept)


def _towards(part: Floats, d: Floats, direction: Floats) -> Floats:
    """Return the point with the greatest least gain, measured in units of ``direction``."""
    scaled = (part - d) / direction
    best = max(part, key=lambda point: float(np.min((point - d) / direction)))
    for k in range(len(part) - 1):
        gap = scaled[k] @ [1.0, -1.0], scaled[k + 1] @ [1.0, -1.0]
        if gap[0] * gap[1] < 0.0:
            share = gap[0] / (gap[0] - gap[1])
            return part[k] + share * (part[k + 1] - part[k])
    return best


def _nash(part: Floats, d: Floats) -> Floats:
    """Maximise the product along each segment: a parabola with a known vertex."""
    best, value = part[0], float(np.prod(part[0] - d))
    for a, b in pairwise(part):
        start, way = a - d, b - a
        curve, slope = way[0] * way[1], start[0] * way[1] + start[1] * way[0]
        at = min(1.0, max(0.0, -slope / (2.0 * curve))) if curve < 0.0 else float(slope > 0.0)
        point = a + at * way
        product = float(np.prod(point - d))
        if product > value + SAME:
            best, value = point, product
    return best


def raiffa(corners: Floats, disagreement: Floats, tolerance: float = 1e-12) -> Floats:
    """Return where balanced increments end: d moves half way to (m(d)) until on the chain.

    d <- d + (m(d) - d) / 2, m(d) the most of each party given d for the other. Source: Raiffa,
    Contributions to the Theory of Games II, 1953.
    """
    d = np.asarray(disagreement, dtype=np.float64)
    while True:
        part = _above(corners, d)
        if len(part) == 0:
            return d
        step = (part.max(axis=0) - d) / 2.0
        if sqrt(float(step @ step)) < tolerance:
            return d
        d = d + step
