"""The undominated points of many negotiations that are alike in what belongs together.

The same sums as `longroad.bargaining.frontier`, without choices and counts: for thousands of value
assignments of one negotiation what is around the comparisons costs more than they do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.bargaining.dominance_kernel import combined, reduced
from longroad.base.kernel import kernel

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@kernel
def part(values: Ints, places: Ints, fine: Flags, joint: bool) -> Ints:
    """Return the allowed points (n, parties) of one group, of several issues the undominated.

    ``values`` (parties, entries); ``places`` (combinations, most) says which entries add up to a
    combination, -1 for none; ``fine`` (combinations,).
    """
    parties = values.shape[0]
    points = np.zeros((int(np.sum(fine)), parties), dtype=np.int64)
    n = 0
    for k in range(fine.size):
        if fine[k]:
            for j in range(places.shape[1]):
                if places[k, j] >= 0:
                    for p in range(parties):
                        points[n, p] += values[p, places[k, j]]
            n += 1
    if not joint or n == 0:
        return points
    rows, _ = reduced(points, np.ones(n, dtype=np.int64), np.arange(n))
    return points[rows]


@kernel
def one_frontier(
    values: Ints, places: Ints, fine: Flags, edges: Ints, joint: Flags, floor: Ints, most_rows: int
) -> tuple[Ints, bool]:
    """Return the undominated points at or above ``floor`` (parties,), and whether they are known.

    Groups are added from the smallest; not known where that would compare more than ``most_rows``.
    """
    parties, groups = values.shape[0], joint.size
    parts = [
        part(values, places[edges[g] : edges[g + 1]], fine[edges[g] : edges[g + 1]], joint[g])
        for g in range(groups)
    ]
    size = np.array([len(points) for points in parts])
    order = np.argsort(size, kind="mergesort")
    made = np.zeros((1, parties), dtype=np.int64)
    if size[order[0]] == 0:
        return made[:0], True
    # What the groups still to come add at most, by which a sum is given up early.
    after = np.zeros((groups + 1, parties), dtype=np.int64)
    for k in range(groups - 1, -1, -1):
        for p in range(parties):
            after[k, p] = after[k + 1, p] + parts[order[k]][:, p].max()
    for k in range(groups):
        points = parts[order[k]]
        if len(made) * len(points) > most_rows:
            return made[:0], False
        ones, others = np.ones(len(made), np.int64), np.ones(len(points), np.int64)
        made = combined(made, ones, points, others, floor - after[k + 1])[0]
        if len(made) == 0:
            break
    return made, True


@kernel
def frontiers(
    values: Ints, places: Ints, fine: Flags, edges: Ints, joint: Flags, floor: Ints, most_rows: int
) -> tuple[Ints, Ints]:
    """Return the points of all negotiations after one another (n, parties), and how many each has.

    ``values`` (negotiations, parties, entries), ``places`` (combinations, most) and ``fine``
    (negotiations, combinations): group g has the combinations from ``edges[g]`` on, and ``joint``
    says whether it is of several issues; ``floor`` (negotiations, parties). A count of -1: not
    known.
    """
    count = np.empty(len(values), dtype=np.int64)
    points = np.empty((256, values.shape[1]), dtype=np.int64)
    size = 0
    for d in range(len(values)):
        made, known = one_frontier(values[d], places, fine[d], edges, joint, floor[d], most_rows)
        count[d] = len(made) if known else -1
        while size + len(made) > len(points):
            points = np.concatenate((points, np.empty_like(points)))
        points[size : size + len(made)] = made
        size += len(made)
    return points[:size], count
