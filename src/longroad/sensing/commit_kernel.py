"""Kernel: when what several sensors know together is good enough to commit an interceptor.

For each arc the information of every sensor is gathered once (`information_kernel`); then any
number of *sets* of sensors, each sensor with a delay of its own, costs a few products. A set is
what one party has under one agreement. It is good enough at the first time at which the error of
the place predicted for a lead time ahead is inside the interceptor's handover basket.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel
from longroad.sensing.information_kernel import (
    BIAS,
    PACKED,
    PLACE_M,
    SPEED_M_S,
    at,
    between,
    blunt,
    gather,
    overlap,
    place_rows,
    predicted_error,
)

Array = NDArray[np.float64]
Index = NDArray[np.int32]

# Steps of the gathered information (s); looks are taken as evenly spread over a step.
STEP_S = 10.0
# A search asks at every so many steps, then goes back to the step at which it succeeds. Every step
# is asked: the error for a moving target time may rise again, and a larger set of sensors must not
# answer later than a smaller one because it was asked elsewhere.
STRIDE = 1


@kernel
def tracking_from(intervals: Array, count: int, uncued: float, cue: float) -> float:
    """Return when a radar begins to track: told where to look, or finding by itself (s)."""
    begins = uncued
    for i in range(count):
        if intervals[i, 1] > cue:
            begins = min(begins, max(intervals[i, 0], cue))
            break
    return begins


@kernel
def known(
    gathered: Array, begin: float, sensors: Array, starts: Array, latency: Array, prior: Array,
    time: float, part: Array, out: Array,
) -> bool:  # fmt: skip
    """Write what a set of sensors knows at ``time`` (21); False when it is the prior alone.

    ``gathered`` (S, K, 21), ``starts`` (S,) when each began to track, ``latency`` (S,) until its
    data arrive (infinite: never), ``prior`` (3,) variances of place (m2) and speed (m2/s2) that
    the cue leaves, infinite for none, and when it arrives (s).
    """
    out[:] = 0.0
    if time >= prior[2]:
        for j in range(6):
            variance = prior[0] / PLACE_M**2 if j < 3 else prior[1] / SPEED_M_S**2
            out[at(j, j)] = 1.0 / variance
    some = False
    for s in range(sensors.shape[0]):
        until = time - latency[s]
        if until > starts[s] and between(gathered[s], begin, STEP_S, starts[s], until, part):
            blunt(part, sensors[s, BIAS])
            some = True
            for n in range(PACKED):
                out[n] += part[n]
    return some


@kernel
def extend(
    mu: float, spin: float, burnout: Array, begin: float, sensors: Array, intervals: Array,
    count: Index, upto: int, done: int, rows_done: int, states: Array, rows: Array,
    squares: Array, rates: Array, gathered: Array,
) -> tuple[int, int]:  # fmt: skip
    """Gather all sensors' information up to step ``upto``; return how far all and the rows are.

    Step ``done`` is reached already, and rows are known before ``rows_done``.
    """
    while rows_done <= upto:
        k = rows_done
        place_rows(mu, burnout, k * STEP_S, states[k], rows[k], squares[k])
        rows_done += 1
    while done < upto:
        low = begin + done * STEP_S
        for s in range(sensors.shape[0]):
            gathered[s, done + 1] = gathered[s, done]
            seen = overlap(low, low + STEP_S, intervals[s], count[s])
            if seen > 0.0:
                gather(
                    spin, sensors[s], low, STEP_S, states[done : done + 2], rows[done : done + 2],
                    squares[done : done + 2], seen, rates[s], rates[s, 2, 0] == done,
                    gathered[s, done + 1],
                )  # fmt: skip
                rates[s, 2, 0] = done + 1
        done += 1
    return done, rows_done


@kernel
def commit_times(
    mu: float, spin: float, burnout: Array, begin: Array, end: Array, sensors: Array,
    intervals: Array, count: Index, uncued: Array, cues: Array, latency: Array, priors: Array,
    baskets: Array, leads: Array, latest: Array, first: Array, out: Array,
) -> None:  # fmt: skip
    """Fill, for N arcs, I sets and Q interceptors, when a track is good enough to commit on.

    ``burnout`` (N, 6) inertial state at ``begin`` (N,), impact at ``end`` (N,); ``sensors`` (S,
    10); ``intervals`` (S, N, MOST, 2) and ``count`` (S, N) when each sees each arc once it knows
    where to look, ``uncued`` (S, N) when it finds it by itself; ``cues``, ``latency`` (I, S) s;
    ``priors`` (I, 3) variances and arrival (s); ``baskets`` (Q,) m, ``leads`` (Q,) s, and
    ``latest`` (Q, N) s after which a commit is of no use and none is looked for. ``first`` (I, N)
    is when the first data arrive, ``out`` (I, Q, N) the commit time, infinite for never.
    """
    arcs, many, sets = begin.size, sensors.shape[0], latency.shape[0]
    most = 2
    for i in range(arcs):
        most = max(most, int((end[i] - begin[i]) / STEP_S) + 2)
    states = np.empty((most, 6))
    rows = np.empty((most, 3, 6))
    squares = np.empty((most, PACKED))
    rates = np.empty((many, 3, PACKED))
    gathered = np.zeros((many, most, PACKED))
    starts = np.empty(many)
    sums = np.empty(PACKED)
    part = np.empty(PACKED)
    work = np.empty((6, 6))
    first[:] = math.inf
    out[:] = math.inf
    for i in range(arcs):
        steps = int((end[i] - begin[i]) / STEP_S) + 2
        rates[:, 2, 0] = -1.0
        done, rows_done = 0, 0
        own, own_count = intervals[:, i], count[:, i]
        for a in range(sets):
            opens, closes = math.inf, -math.inf
            for s in range(many):
                starts[s] = math.inf
                if latency[a, s] < math.inf and count[s, i] > 0:
                    starts[s] = tracking_from(
                        intervals[s, i], count[s, i], uncued[s, i], cues[a, s]
                    )
                    if starts[s] < math.inf:
                        opens = min(opens, starts[s] + latency[a, s])
                        last = intervals[s, i, count[s, i] - 1, 1]
                        closes = max(closes, last + latency[a, s])
            first[a, i] = opens
            if not opens < end[i]:
                continue
            # Steps are counted from burnout, so that every set is asked at the same times and
            # a larger one never answers later.
            k0 = max(int((opens - begin[i]) / STEP_S) + 1, 0)
            for q in range(baskets.size):
                until = min(closes, latest[q, i])
                if not until > begin[i]:
                    continue
                k1 = min(int((until - begin[i]) / STEP_S) + 1, steps - 2)
                ahead = math.ceil(leads[q] / STEP_S)
                failed, found = k0 - 1, -1
                above, below = math.inf, math.nan
                k = min(k0 + (STRIDE - k0 % STRIDE) % STRIDE, k1)
                while k0 <= k <= k1:
                    done, rows_done = extend(
                        mu, spin, burnout[i], begin[i], sensors, own, own_count,
                        k, done, rows_done, states, rows, squares, rates, gathered,
                    )  # fmt: skip
                    target = min(k + ahead, steps - 1)
                    _, rows_done = extend(
                        mu, spin, burnout[i], begin[i], sensors, own, own_count,
                        target, target, rows_done, states, rows, squares, rates, gathered,
                    )  # fmt: skip
                    some = known(
                        gathered[:, : done + 1], begin[i], sensors, starts, latency[a],
                        priors[a], begin[i] + k * STEP_S, part, sums,
                    )  # fmt: skip
                    error = predicted_error(sums, rows[target], work) if some else math.inf
                    if error <= baskets[q]:
                        found, below = k, error
                    else:
                        failed, above = k, error
                    if found < 0:
                        k = min(k + STRIDE, k1) if k < k1 else k1 + 1
                    elif found - failed > 1:
                        k = (found + failed) // 2
                    else:
                        break
                if found >= 0:
                    # Between the last two steps the error falls like an exponential.
                    back = 0.0
                    if above < math.inf and below > 0.0:
                        back = math.log(baskets[q] / below) / math.log(above / below)
                    moment = begin[i] + (found - back * (found - failed)) * STEP_S
                    out[a, q, i] = max(moment, opens)
