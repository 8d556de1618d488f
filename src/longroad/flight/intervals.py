"""Intervals of time during which a smooth margin along an arc is not negative.

A margin is known at equally spaced nodes. Each room brings its own margin, and compiled code
cannot be handed a function without losing its cache, so the search asks for values instead
(reverse communication):

    begin(search, values, first, last)
    value = 0.0
    while advance(search, values, start, dt, value):
        value = my_margin(search[AT])
    count = finish(search, values, first, last, start, dt, out)

Sign changes between nodes are followed by the Illinois rule (regula falsi with halving, Dowell
and Jarratt 1971); an extremum between nodes that may hide a pair of changes is looked for by
golden section. All times are seconds on the clock of the arc.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel

Array = NDArray[np.float64]
Index = NDArray[np.int32]
# One flat array, made by `search_space`: a single pointer is handed from call to call.
Search = Array

# The most intervals kept for one arc and one sensor or battery. A conic seen from one place
# yields at most two for each single condition, and four for all conditions of a radar together.
MOST = 4
# The most sign changes one margin is followed through.
ROOTS = 2 * MOST
# A root is followed until it moves by less than this many seconds; the design asks for 1e-3.
CLOSE_S = 2e-4
GOLDEN = 0.6180339887498949
# 24 golden steps narrow two node steps of 100 s to 2 ms in time, far less in the margin.
GOLDEN_STEPS = 24

# Places in a search: counters and the state, kept as reals.
BRACKET, FOUND, COUNT, MODE, SIDE, TURN = 0, 1, 2, 3, 4, 5
AT, LEFT, LEFT_VALUE, RIGHT, RIGHT_VALUE, LAST = 6, 7, 8, 9, 10, 11
C, C_VALUE, D, D_VALUE, END, END_VALUE, SIGN = 12, 13, 14, 15, 16, 17, 18
ROOT = 20
PAIR = ROOT + ROOTS
SEARCH_SIZE = PAIR + 3 * ROOTS
# Values of MODE.
NEXT, FOLLOW, FOLLOW_FIRST, GOLDEN_FIRST, GOLDEN_LEFT, GOLDEN_RIGHT = 0, 1, 2, 3, 4, 5


@kernel
def search_space() -> Search:
    """Return fresh work space for a search, one per thread."""
    return np.zeros(SEARCH_SIZE)


@kernel
def _brackets(values: Array, first: int, last: int, search: Search) -> int:
    """Write node pairs between which the margin changes sign; return how many there are.

    A pair is (left node, right node, hidden). A hidden pair spans two steps around a
    node whose value is nearest to zero among neighbours of the same sign, if the parabola through
    the three values, with a quarter of their spread as allowance, reaches zero.
    """
    found = 0
    for k in range(first, last):
        a, b = values[k], values[k + 1]
        if (a >= 0.0) != (b >= 0.0):
            if found < ROOTS:
                at = PAIR + 3 * found
                search[at], search[at + 1], search[at + 2] = k, k + 1, 0.0
                found += 1
        elif k > first and (values[k - 1] >= 0.0) == (a >= 0.0):
            before, here, after = abs(values[k - 1]), abs(a), abs(b)
            if here <= before and here < after:
                bend = before - 2.0 * here + after
                tilt = after - before
                vertex = here - (0.125 * tilt * tilt / bend if bend > 0.0 else 0.0)
                allowance = 0.25 * (max(before, after) - here)
                if vertex - allowance <= 0.0 and found < ROOTS:
                    at = PAIR + 3 * found
                    search[at], search[at + 1], search[at + 2] = k - 1, k + 1, 1.0
                    found += 1
    return found


@kernel
def begin(s: Search, values: Array, first: int, last: int) -> bool:
    """Start a search between two nodes of a margin; return False when there is no sign change."""
    s[BRACKET] = -1
    s[FOUND] = _brackets(values, first, last, s)
    s[COUNT] = 0
    s[MODE] = NEXT
    return bool(s[FOUND] > 0)


@kernel
def _follow(s: Search, a: float, va: float, b: float, vb: float) -> None:
    """Set up a root search between a and b and ask for its first value."""
    s[LEFT], s[LEFT_VALUE], s[RIGHT], s[RIGHT_VALUE] = a, va, b, vb
    s[LAST] = a
    s[SIDE] = 0
    s[TURN] = 0
    s[AT] = (a * vb - b * va) / (vb - va)


@kernel
def _followed(s: Search, value: float) -> bool:
    """Take one value of a root search; return True when the root is close enough."""
    t = s[AT]
    if (value >= 0.0) == (s[LEFT_VALUE] >= 0.0):
        s[LEFT], s[LEFT_VALUE] = t, value
        if s[SIDE] == 1:
            s[RIGHT_VALUE] *= 0.5
        s[SIDE] = 1
    else:
        s[RIGHT], s[RIGHT_VALUE] = t, value
        if s[SIDE] == -1:
            s[LEFT_VALUE] *= 0.5
        s[SIDE] = -1
    s[TURN] += 1
    width = s[RIGHT] - s[LEFT]
    if abs(t - s[LAST]) < CLOSE_S or width < CLOSE_S or s[TURN] > 80:
        return True
    s[LAST] = t
    if s[TURN] % 12 == 11:
        # A kink can hold the rule back: bisect now and then.
        s[AT] = s[LEFT] + 0.5 * width
    else:
        a, b = s[LEFT], s[RIGHT]
        va, vb = s[LEFT_VALUE], s[RIGHT_VALUE]
        s[AT] = (a * vb - b * va) / (vb - va)
    return False


@kernel
def advance(s: Search, values: Array, start: float, dt: float, value: float) -> bool:
    """Take the value last asked for; return True while another is wanted, at ``search[1][AT]``."""
    mode = s[MODE]
    if mode in (FOLLOW, FOLLOW_FIRST):
        if not _followed(s, value):
            return True
        s[ROOT + int(s[COUNT])] = s[AT]
        s[COUNT] += 1
        if mode == FOLLOW_FIRST:
            s[MODE] = FOLLOW
            _follow(s, s[C], s[C_VALUE], s[END], s[END_VALUE])
            return True
    elif mode != NEXT:
        if mode == GOLDEN_RIGHT:
            s[D_VALUE] = s[SIGN] * value
        else:
            s[C_VALUE] = s[SIGN] * value
        if mode == GOLDEN_FIRST:
            s[AT] = s[D]
            s[MODE] = GOLDEN_RIGHT
            return True
        s[TURN] += 1
        best, t = s[C_VALUE], s[C]
        if s[D_VALUE] > best:
            best, t = s[D_VALUE], s[D]
        if (best >= 0.0 and s[SIGN] > 0.0) or best > 0.0:
            # Across zero: one root lies on either side.
            k = int(s[PAIR + 3 * int(s[BRACKET])])
            s[C], s[C_VALUE] = t, s[SIGN] * best
            s[END], s[END_VALUE] = start + (k + 2) * dt, values[k + 2]
            s[MODE] = FOLLOW_FIRST
            _follow(s, start + k * dt, values[k], t, s[C_VALUE])
            return True
        if s[TURN] < GOLDEN_STEPS:
            if s[C_VALUE] >= s[D_VALUE]:
                s[RIGHT], s[D], s[D_VALUE] = s[D], s[C], s[C_VALUE]
                s[C] = s[RIGHT] - GOLDEN * (s[RIGHT] - s[LEFT])
                s[AT] = s[C]
                s[MODE] = GOLDEN_LEFT
            else:
                s[LEFT], s[C], s[C_VALUE] = s[C], s[D], s[D_VALUE]
                s[D] = s[LEFT] + GOLDEN * (s[RIGHT] - s[LEFT])
                s[AT] = s[D]
                s[MODE] = GOLDEN_RIGHT
            return True
    # Take up the next bracket.
    s[BRACKET] += 1
    if s[BRACKET] >= s[FOUND] or s[COUNT] + 2 > ROOTS:
        return False
    pair = PAIR + 3 * int(s[BRACKET])
    left, right = int(s[pair]), int(s[pair + 1])
    a, b = start + left * dt, start + right * dt
    va, vb = values[left], values[right]
    if s[pair + 2] == 0.0:
        s[MODE] = FOLLOW
        _follow(s, a, va, b, vb)
    else:
        s[LEFT], s[RIGHT] = a, b
        s[SIGN] = 1.0 if va < 0.0 else -1.0
        s[C] = b - GOLDEN * (b - a)
        s[D] = a + GOLDEN * (b - a)
        s[AT] = s[C]
        s[TURN] = 0
        s[MODE] = GOLDEN_FIRST
    return True


@kernel
def finish(
    s: Search, values: Array, first: int, last: int, start: float, dt: float, out: Array
) -> int:
    """Write the intervals found between two nodes; return how many."""
    return _pair_up(
        s, int(s[COUNT]), values[first] >= 0.0, start + first * dt, start + last * dt,
        out,
    )  # fmt: skip


@kernel
def _pair_up(s: Search, count: int, inside: bool, first: float, last: float, out: Array) -> int:
    """Turn ordered roots into intervals of ``[first, last]``; return how many.

    ``inside`` says whether the margin is not negative at ``first``.
    """
    found = 0
    opens = first
    for i in range(count):
        if inside:
            if found < out.shape[0] and s[ROOT + i] > opens:
                out[found, 0], out[found, 1] = opens, s[ROOT + i]
                found += 1
        else:
            opens = s[ROOT + i]
        inside = not inside
    if inside and found < out.shape[0] and last > opens:
        out[found, 0], out[found, 1] = opens, last
        found += 1
    return found


@kernel
def intersect(a: Array, count_a: int, b: Array, count_b: int, out: Array) -> int:
    """Write the intersection of two ordered lists of intervals; return how many."""
    found = i = j = 0
    while i < count_a and j < count_b:
        low = max(a[i, 0], b[j, 0])
        high = min(a[i, 1], b[j, 1])
        if low < high and found < out.shape[0]:
            out[found, 0], out[found, 1] = low, high
            found += 1
        if a[i, 1] < b[j, 1]:
            i += 1
        else:
            j += 1
    return found


@kernel
def unite(a: Array, count_a: int, b: Array, count_b: int, out: Array) -> int:
    """Write the union of two ordered lists of intervals, merged; return how many.

    When the union would exceed the room in ``out`` the last interval is stretched, never dropped.
    """
    found = i = j = 0
    while i < count_a or j < count_b:
        if j >= count_b or (i < count_a and a[i, 0] <= b[j, 0]):
            low, high = a[i, 0], a[i, 1]
            i += 1
        else:
            low, high = b[j, 0], b[j, 1]
            j += 1
        if found > 0 and (low <= out[found - 1, 1] or found == out.shape[0]):
            out[found - 1, 1] = max(out[found - 1, 1], high)
        else:
            out[found, 0], out[found, 1] = low, high
            found += 1
    return found
