"""Intervals of time during which a smooth margin along an arc is not negative.

A margin is known at some times, mostly those of the arc's nodes. Each room brings its own margin,
and compiled code cannot be handed a function without losing its cache, so the search asks for
values instead (reverse communication):

    begin(search, times, values, first, last, low, high)
    value = 0.0
    while advance(search, times, values, value):
        value = my_margin(search[AT])
    count = finish(search, times, values, first, last, out)

A sign change between two times is followed from the root of the cubic through the values around
it, by the parabola through the last three values, in the bracket that they keep: a smooth margin
is asked once or twice. An extremum that may hide a pair of changes is looked for by golden
section. All times are seconds on the clock of the arc.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel, lean_kernel

Array = NDArray[np.float64]
Index = NDArray[np.int32]
# One flat array, made by `search_space`: a single pointer is handed from call to call.
Search = Array

# The most intervals kept for one arc and one sensor or battery. A conic seen from one place
# yields at most two for each single condition, and four for all conditions of a radar together.
MOST = 4
# The most sign changes one margin is followed through.
ROOTS = 2 * MOST
# A root is close where the next parabola moves it by less than this many seconds, a little more if
# the slope is that of the last NEARBY_S: beyond a kink it may differ manifold. The design asks for
# 1e-3.
CLOSE_S, CLOSE_NEARBY_S, NEARBY_S = 1e-4, 5e-4, 0.5
# Two ends this near to each other (s) leave nothing to follow.
NARROW_S = 2e-4
# A kink can hold the parabola back: every so many steps the bracket is halved.
HALVE = 6
MOST_STEPS = 80
GOLDEN = 0.6180339887498949
# A golden section may give up after so many steps, a fiftieth of the span: before, the flanks of
# a peak may bend the other way. Twice what can still be gained is left for kinks.
EARLY = 8
SPARE = 2.0
# 24 golden steps narrow two node steps of 100 s to 2 ms in time, far less in the margin.
GOLDEN_STEPS = 24

# Places in a search: counters and the state, kept as reals.
BRACKET, FOUND, COUNT, MODE, LOW, TURN = 0, 1, 2, 3, 4, 5
AT, LEFT, LEFT_VALUE, RIGHT, RIGHT_VALUE, HIGH = 6, 7, 8, 9, 10, 11
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


@lean_kernel
def _brackets(times: Array, values: Array, first: int, last: int, search: Search) -> int:
    """Write pairs of times between which the margin changes sign; return how many there are.

    A pair is (left, right, hidden). Hidden is an extremum that may reach zero between values of one
    sign: in the two steps around a value nearest to zero, if the parabola through it and its
    neighbours does, with a quarter of their spread as allowance; and in a single step, if the
    lines through the two values before and the two after do, which lie beyond any extremum that
    bends one way, with a kink or without.
    """
    low, high = int(search[LOW]), int(search[HIGH])
    found = taken = 0
    before, here = values[max(first - 1, low)], values[first]
    for k in range(first, last + 1):
        after = values[min(k + 1, high)]
        if (here >= 0.0) != (after >= 0.0):
            if k < last and found < ROOTS:
                at = PAIR + 3 * found
                search[at], search[at + 1], search[at + 2] = k, k + 1, 0.0
                found += 1
        elif low < k < high and (before >= 0.0) == (here >= 0.0):
            a, b, c = abs(before), abs(here), abs(after)
            if b < a and found < ROOTS:
                left = right = 0
                if b < c and k > taken and _parabola_reaches(times, k, a, b, c):
                    left, right = k - 1, k + 1
                elif k >= taken and k + 1 < high and k < last:
                    d = abs(values[k + 2])
                    alike = (values[k + 2] >= 0.0) == (here >= 0.0)
                    # Around the nearer of the two the parabola, if it reaches, sees both steps.
                    later = c < b and alike and c < d and _parabola_reaches(times, k + 1, b, c, d)
                    if alike and c < d and not later and _lines_reach(times, k, a, b, c, d):
                        left, right = k, k + 1
                if right > 0:
                    at = PAIR + 3 * found
                    search[at], search[at + 1], search[at + 2] = left, right, 1.0
                    found += 1
                    taken = right
        before, here = here, after
    return found


@lean_kernel
def _parabola_reaches(times: Array, k: int, a: float, b: float, c: float) -> bool:
    """Return whether the parabola through values at k - 1, k and k + 1 may come to zero."""
    left, right = times[k] - times[k - 1], times[k + 1] - times[k]
    fall, rise = (b - a) / left, (c - b) / right
    tilt = fall * right + rise * left
    vertex = b - 0.25 * tilt * tilt / ((rise - fall) * (left + right))
    return vertex <= 0.25 * (max(a, c) - b)


@lean_kernel
def _lines_reach(times: Array, k: int, a: float, b: float, c: float, d: float) -> bool:
    """Return whether lines from k - 1 to k, and back from k + 2 to k + 1, meet beyond zero."""
    fall = (b - a) / (times[k] - times[k - 1])
    rise = (d - c) / (times[k + 2] - times[k + 1])
    step = times[k + 1] - times[k]
    return b + fall * (c - rise * step - b) / (fall - rise) <= 0.0


@lean_kernel
def begin(
    s: Search, times: Array, values: Array, first: int, last: int, low: int, high: int
) -> bool:
    """Start a search between two of the times; return False when there is no sign change.

    ``times`` rise; values are known from ``low`` to ``high``, which may reach further than from
    ``first`` to ``last`` and then serve to find extrema.
    """
    s[BRACKET] = -1
    s[LOW], s[HIGH] = low, high
    s[FOUND] = _brackets(times, values, first, last, s)
    s[COUNT] = 0
    s[MODE] = NEXT
    return bool(s[FOUND] > 0)


@lean_kernel
def _guess(s: Search, times: Array, values: Array, k: int) -> float:
    """Return where the polynomial through the values around the pair (k, k + 1) crosses zero."""
    x0, x1 = times[k], times[k + 1]
    f0 = values[k]
    slope = (values[k + 1] - f0) / (x1 - x0)
    bend = twist = 0.0
    x2 = x1
    before, after = k > s[LOW], k + 1 < s[HIGH]
    if before:
        x2 = times[k - 1]
        bend = ((values[k - 1] - values[k + 1]) / (x2 - x1) - slope) / (x2 - x0)
    if after:
        x3, f3 = times[k + 2], values[k + 2]
        last = (f3 - values[k + 1]) / (x3 - x1)
        if before:
            middle = (values[k - 1] - values[k + 1]) / (x2 - x1)
            last = (f3 - values[k - 1]) / (x3 - x2)
            twist = ((last - middle) / (x3 - x1) - bend) / (x3 - x0)
        else:
            bend = (last - slope) / (x3 - x0)
    t = x0 - f0 / slope
    for _ in range(3):
        u, v, w = t - x0, t - x1, t - x2
        inner = bend + w * twist
        value = f0 + u * (slope + v * inner)
        rate = slope + (u + v) * inner + u * v * twist
        t -= value / rate
    return t


@lean_kernel
def _follow(s: Search, a: float, va: float, b: float, vb: float, guess: float) -> None:
    """Set up a root search between a and b and ask for its first value, at the guess if inside."""
    s[LEFT], s[LEFT_VALUE], s[RIGHT], s[RIGHT_VALUE] = a, va, b, vb
    s[TURN] = 0
    s[AT] = guess if a < guess < b else (a * vb - b * va) / (vb - va)


@lean_kernel
def _followed(s: Search, value: float) -> bool:
    """Take one value of a root search; return True when the root, now in AT, is close enough."""
    t = s[AT]
    # The end that t replaces is the third point of the parabola.
    if (value >= 0.0) == (s[LEFT_VALUE] >= 0.0):
        c, vc, b, vb = s[LEFT], s[LEFT_VALUE], s[RIGHT], s[RIGHT_VALUE]
        s[LEFT], s[LEFT_VALUE] = t, value
    else:
        c, vc, b, vb = s[RIGHT], s[RIGHT_VALUE], s[LEFT], s[LEFT_VALUE]
        s[RIGHT], s[RIGHT_VALUE] = t, value
    s[TURN] += 1
    width = s[RIGHT] - s[LEFT]
    if width < NARROW_S or s[TURN] > MOST_STEPS:
        return True
    to_b, to_c = (value - vb) / (t - b), (value - vc) / (t - c)
    slope = to_b + to_c - (vb - vc) / (b - c)
    square = slope * slope - 4.0 * value * (to_b - to_c) / (b - c)
    step = math.nan
    if square > 0.0:
        step = -2.0 * value / (slope + math.copysign(math.sqrt(square), slope))
    s[AT] = t + step
    if not s[LEFT] <= s[AT] <= s[RIGHT] or s[TURN] % HALVE == HALVE - 1:
        s[AT] = s[LEFT] + 0.5 * width
        return False
    return abs(step) < (CLOSE_NEARBY_S if abs(c - t) < NEARBY_S else CLOSE_S)


@lean_kernel
def _gain(s: Search) -> float:
    """Return what a margin that bends one way can still rise beyond the better golden point.

    It lies below the lines through any two points: beyond them, and between the next two.
    """
    fall, rise = s[C_VALUE] - s[D_VALUE], s[D_VALUE] - s[C_VALUE]
    best = max(s[C_VALUE], s[D_VALUE])
    left = s[C_VALUE] + GOLDEN * (s[C_VALUE] - s[LEFT_VALUE]) - best
    right = s[D_VALUE] + GOLDEN * (s[D_VALUE] - s[RIGHT_VALUE]) - best
    return max(fall / GOLDEN, rise / GOLDEN, min(left, right))


@lean_kernel
def advance(s: Search, times: Array, values: Array, value: float) -> bool:
    """Take the value last asked for; return True while another is wanted, at ``search[AT]``."""
    mode = s[MODE]
    if mode in (FOLLOW, FOLLOW_FIRST):
        if not _followed(s, value):
            return True
        s[ROOT + int(s[COUNT])] = s[AT]
        s[COUNT] += 1
        if mode == FOLLOW_FIRST:
            s[MODE] = FOLLOW
            _follow(s, s[C], s[C_VALUE], s[END], s[END_VALUE], math.nan)
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
            pair = PAIR + 3 * int(s[BRACKET])
            k, end = int(s[pair]), int(s[pair + 1])
            s[C], s[C_VALUE] = t, s[SIGN] * best
            s[END], s[END_VALUE] = times[end], values[end]
            s[MODE] = FOLLOW_FIRST
            _follow(s, times[k], values[k], t, s[C_VALUE], math.nan)
            return True
        if s[TURN] < EARLY or (s[TURN] < GOLDEN_STEPS and best + SPARE * _gain(s) >= 0.0):
            if s[C_VALUE] >= s[D_VALUE]:
                s[RIGHT], s[RIGHT_VALUE] = s[D], s[D_VALUE]
                s[D], s[D_VALUE] = s[C], s[C_VALUE]
                s[C] = s[RIGHT] - GOLDEN * (s[RIGHT] - s[LEFT])
                s[AT] = s[C]
                s[MODE] = GOLDEN_LEFT
            else:
                s[LEFT], s[LEFT_VALUE] = s[C], s[C_VALUE]
                s[C], s[C_VALUE] = s[D], s[D_VALUE]
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
    a, b = times[left], times[right]
    va, vb = values[left], values[right]
    if s[pair + 2] == 0.0:
        s[MODE] = FOLLOW
        _follow(s, a, va, b, vb, _guess(s, times, values, left))
    else:
        s[LEFT], s[RIGHT] = a, b
        s[SIGN] = 1.0 if va < 0.0 else -1.0
        s[LEFT_VALUE], s[RIGHT_VALUE] = s[SIGN] * va, s[SIGN] * vb
        s[C] = b - GOLDEN * (b - a)
        s[D] = a + GOLDEN * (b - a)
        s[AT] = s[C]
        s[TURN] = 0
        s[MODE] = GOLDEN_FIRST
    return True


@lean_kernel
def finish(s: Search, times: Array, values: Array, first: int, last: int, out: Array) -> int:
    """Write the intervals found between two of the times; return how many."""
    return _pair_up(s, int(s[COUNT]), values[first] >= 0.0, times[first], times[last], out)


@lean_kernel
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


@lean_kernel
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


@lean_kernel
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
