"""Lines of equal value on a raster: the regions where a value is at most a level.

Marching squares with linear interpolation, after the edges of the raster are led round by values
above every level, so that every line closes. Saddles are parted by the mean of their corners.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_HUGE = 1e12
# Segments of a cell by which corners lie inside (1 upper left, 2 upper right, 4 lower right, 8
# lower left), from edge to edge with the inside on the left: 0 top, 1 right, 2 bottom, 3 left.
_SEGMENTS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),),
    2: ((0, 1),),
    3: ((3, 1),),
    4: ((1, 2),),
    6: ((0, 2),),
    7: ((3, 2),),
    8: ((2, 3),),
    9: ((2, 0),),
    11: ((2, 1),),
    12: ((1, 3),),
    13: ((1, 0),),
    14: ((0, 3),),
}
_SADDLES = {
    (5, True): ((1, 0), (3, 2)),
    (5, False): ((3, 0), (1, 2)),
    (10, True): ((0, 3), (2, 1)),
    (10, False): ((0, 1), (2, 3)),
}


def regions(values: Array, level: float) -> list[Array]:
    """Return closed rings (n, 2) of column and row around where ``values`` are at most a level.

    ``values`` (rows, columns); NaN lies outside. A ring around a hole runs the other way.
    """
    field = np.pad(np.where(np.isfinite(values), values, _HUGE), 1, constant_values=_HUGE)
    inside = field <= level
    case = (
        inside[:-1, :-1] * 1 + inside[:-1, 1:] * 2 + inside[1:, 1:] * 4 + inside[1:, :-1] * 8
    ).astype(np.int64)
    rows, columns = np.nonzero((case > 0) & (case < 15))
    follow: dict[tuple[int, int, int], tuple[int, int, int]] = {}
    for i, j in zip(rows.tolist(), columns.tolist(), strict=True):
        kind = int(case[i, j])
        segments = _SEGMENTS.get(kind)
        if segments is None:
            middle = float(field[i : i + 2, j : j + 2].mean())
            segments = _SADDLES[kind, middle <= level]
        for start, end in segments:
            follow[_edge(i, j, start)] = _edge(i, j, end)
    rings = []
    while follow:
        first, now = follow.popitem()
        chain = [first]
        while now != first:
            chain.append(now)
            now = follow.pop(now)
        rings.append(np.array([_point(field, level, *edge) for edge in chain]) - 1.0)
    return rings


def _edge(i: int, j: int, side: int) -> tuple[int, int, int]:
    """Return an edge by its upper or left end and its direction: 0 along a row, 1 down."""
    return ((i, j, 0), (i, j + 1, 1), (i + 1, j, 0), (i, j, 1))[side]


def _point(field: Array, level: float, i: int, j: int, down: int) -> tuple[float, float]:
    a, b = float(field[i, j]), float(field[i + down, j + 1 - down])
    share = (level - a) / (b - a) if b != a else 0.5
    return (float(j), i + share) if down else (j + share, float(i))


def simplified(ring: Array, step: float) -> Array:
    """Return a ring without points closer than ``step`` to the last one kept."""
    kept, points = [0], ring.tolist()
    for k in range(1, len(points)):
        (x, y), (x0, y0) = points[k], points[kept[-1]]
        if math.hypot(x - x0, y - y0) >= step:
            kept.append(k)
    return ring[kept]
