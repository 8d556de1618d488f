"""Which of many whole-number vectors no other one dominates, exactly, for one to four columns.

A vector dominates another when it is nowhere smaller and somewhere greater. All functions here
work on runs: rows are sorted within each run, in falling lexicographic order, so that a sum of
sorted sets costs a merge and not a sort.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel

Ints = NDArray[np.int64]
MOST_COUNTED = 1 << 62


@kernel
def before(values: Ints, i: int, j: int) -> bool:
    """Return whether row ``i`` comes before row ``j``: greater at the first column they differ."""
    for p in range(values.shape[1]):
        if values[i, p] != values[j, p]:
            return bool(values[i, p] > values[j, p])
    return False


@kernel
def merged(values: Ints, starts: Ints) -> Ints:
    """Return the order of all rows, given the first row of each sorted run."""
    n = values.shape[0]
    order = np.arange(n)
    other = np.empty_like(order)
    edges = np.empty(starts.size + 1, dtype=np.int64)
    edges[:-1] = starts
    edges[-1] = n
    runs = starts.size
    while runs > 1:
        left = 0
        for run in range(0, runs, 2):
            first, middle = edges[run], edges[run + 1]
            last = edges[run + 2] if run + 2 <= runs else middle
            i, j = first, middle
            for k in range(first, last):
                if j >= last or (i < middle and not before(values, order[j], order[i])):
                    other[k] = order[i]
                    i += 1
                else:
                    other[k] = order[j]
                    j += 1
            edges[left] = first
            left += 1
        edges[left] = n
        runs = left
        order, other = other, order
    return order


@kernel
def ranked(column: Ints) -> Ints:
    """Return for each number how many distinct ones are greater, plus one (so from 1)."""
    order = np.argsort(-column, kind="mergesort")
    rank = np.empty_like(order)
    now = 0
    for k in range(order.size):
        if k == 0 or column[order[k]] != column[order[k - 1]]:
            now += 1
        rank[order[k]] = now
    return rank


@kernel
def greatest(tree: Ints, rank: int) -> int:
    """Return the greatest number entered at this rank or a better one (a Fenwick tree)."""
    best = np.iinfo(np.int64).min
    while rank > 0:
        best = max(best, tree[rank])
        rank -= rank & -rank
    return int(best)


@kernel
def enter(tree: Ints, rank: int, value: int) -> None:
    """Enter a number at a rank."""
    while rank < tree.size:
        tree[rank] = max(tree[rank], value)
        rank += rank & -rank


@kernel
def forget(tree: Ints, rank: int) -> None:
    """Take out everything entered at a rank, with all that shares its nodes."""
    while rank < tree.size:
        tree[rank] = np.iinfo(np.int64).min
        rank += rank & -rank


@kernel
def mark_three(values: Ints, out: NDArray[np.bool_]) -> None:
    """Mark dominated rows of three columns, rows distinct and sorted (sweep over a tree)."""
    n = values.shape[0]
    rank = ranked(values[:, 1].copy())
    tree = np.full(n + 1, np.iinfo(np.int64).min, dtype=np.int64)
    for i in range(n):
        if greatest(tree, rank[i]) >= values[i, 2]:
            out[i] = True
        else:
            enter(tree, rank[i], values[i, 2])


@kernel
def mark_four(values: Ints, out: NDArray[np.bool_]) -> None:
    """Mark dominated rows of four columns, rows distinct and sorted.

    Divide and conquer: within each half of growing size the earlier rows, which are no smaller in
    the first column, are entered in the order of the second column into a tree over the third
    that knows the greatest fourth. O(n log^2 n).
    """
    n = values.shape[0]
    rank = ranked(values[:, 2].copy())
    tree = np.full(n + 1, np.iinfo(np.int64).min, dtype=np.int64)
    order = np.arange(n)
    other = np.empty_like(order)
    size = 1
    while size < n:
        for first in range(0, n, 2 * size):
            middle, last = min(first + size, n), min(first + 2 * size, n)
            i = first
            for j in range(middle, last):
                row = order[j]
                while i < middle and values[order[i], 1] >= values[row, 1]:
                    if not out[order[i]]:
                        enter(tree, rank[order[i]], values[order[i], 3])
                    i += 1
                if greatest(tree, rank[row]) >= values[row, 3]:
                    out[row] = True
            for k in range(first, i):
                forget(tree, rank[order[k]])
            i, j = first, middle
            for k in range(first, last):
                if j >= last or (i < middle and values[order[i], 1] >= values[order[j], 1]):
                    other[k] = order[i]
                    i += 1
                else:
                    other[k] = order[j]
                    j += 1
        order, other = other, order
        size *= 2


@kernel
def reduced(values: Ints, counts: Ints, starts: Ints) -> tuple[Ints, Ints]:
    """Return the rows that nothing dominates, in order, and how many packages each stands for.

    ``values`` (n, parties) in sorted runs that begin at ``starts``; ``counts`` (n,). Equal rows
    become one, the first, with their counts added up.
    """
    n, parties = values.shape
    order = merged(values, starts)
    rows = np.empty(n, dtype=np.int64)
    total = np.empty(n, dtype=np.int64)
    distinct = 0
    best = np.iinfo(np.int64).min
    for k in range(n):
        i = order[k]
        if distinct > 0 and not before(values, rows[distinct - 1], i):
            room = MOST_COUNTED - counts[i]  # so that the sum cannot overflow
            total[distinct - 1] = min(room, total[distinct - 1]) + counts[i]
            continue
        # With two columns a row is dominated exactly when the second has been as great before.
        if parties == 2 and values[i, 1] <= best:
            continue
        if parties == 1 and distinct > 0:
            break
        if parties == 2:
            best = values[i, 1]
        rows[distinct] = i
        total[distinct] = counts[i]
        distinct += 1
    rows, total = rows[:distinct], total[:distinct]
    if parties < 3:
        return rows, total
    dominated = np.zeros(distinct, dtype=np.bool_)
    sorted_values = values[rows]
    if parties == 3:
        mark_three(sorted_values, dominated)
    else:
        mark_four(sorted_values, dominated)
    return rows[~dominated], total[~dominated]


@kernel
def combined(
    left: Ints, left_counts: Ints, right: Ints, right_counts: Ints, floor: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Return the undominated sums of two sets: sums, counts, and the rows they came from.

    ``left`` (n, parties) is sorted; ``right`` (m, parties) need not be. A sum below ``floor``
    (parties,) anywhere is left out before anything is compared.
    """
    n, parties = left.shape
    m = right.shape[0]
    values = np.empty((n * m, parties), dtype=np.int64)
    counts = np.empty(n * m, dtype=np.int64)
    source = np.empty(n * m, dtype=np.int64)
    starts = np.empty(m, dtype=np.int64)
    size = 0
    for b in range(m):
        starts[b] = size
        for a in range(n):
            fits = True
            for p in range(parties):
                values[size, p] = left[a, p] + right[b, p]
                if values[size, p] < floor[p]:
                    fits = False
                    break
            if fits:
                high = float(left_counts[a]) * float(right_counts[b])
                counts[size] = left_counts[a] * right_counts[b] if high < 4e18 else MOST_COUNTED
                source[size] = a * m + b
                size += 1
    rows, total = reduced(values[:size], counts[:size], starts)
    return values[rows], total, source[rows] // m, source[rows] % m
