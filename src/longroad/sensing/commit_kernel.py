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

from longroad.base.kernel import kernel, lean_kernel
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
Flags = NDArray[np.bool_]

# Steps of the gathered information (s); looks are taken as evenly spread over a step. A search asks
# at every step: the error for a moving target time may rise again, and a larger set of sensors must
# not answer later than a smaller one because it was asked elsewhere.
STEP_S = 10.0
# Steps whose places are computed one from the other.
BLOCK = 8


@lean_kernel
def tracking_from(intervals: Array, count: int, uncued: float, cue: float) -> float:
    """Return when a radar begins to track: told where to look, or finding by itself (s)."""
    begins = uncued
    for i in range(count):
        if intervals[i, 1] > cue:
            begins = min(begins, max(intervals[i, 0], cue))
            break
    return begins


@lean_kernel
def row_at(
    k: int, mu: float, burnout: Array, ready: Flags, anomalies: Array, states: Array, rows: Array,
    squares: Array,
) -> None:  # fmt: skip
    """See to it that the place's rows at step ``k`` are known."""
    if ready[k]:
        return
    # Within a block each anomaly is guessed from the one before and the rates of the last two; so
    # what is computed does not hang on what was asked before.
    first = k - k % BLOCK
    for j in range(first, k + 1):
        if ready[j]:
            continue
        guess = math.nan
        if j > first:
            rate, before = anomalies[j - 1, 1], anomalies[max(j - 2, first), 1]
            guess = anomalies[j - 1, 0] + STEP_S * (1.5 * rate - 0.5 * before)
        anomalies[j, 0], anomalies[j, 1] = place_rows(
            mu, burnout, j * STEP_S, guess, states[j], rows[j], squares[j]
        )
        ready[j] = True


@lean_kernel
def extend(
    s: int, upto: int, mu: float, spin: float, burnout: Array, begin: float, sensor: Array,
    intervals: Array, count: int, done: Index, ready: Flags, anomalies: Array, states: Array,
    rows: Array, squares: Array, rates: Array, gathered: Array, work: Array,
) -> None:  # fmt: skip
    """Gather the information of sensor ``s`` up to a step; ``done`` (S,) is reached already."""
    for k in range(done[s], upto):
        for n in range(PACKED):
            gathered[s, k + 1, n] = gathered[s, k, n]
        low = begin + k * STEP_S
        seen = overlap(low, low + STEP_S, intervals, count)
        if seen > 0.0:
            row_at(k, mu, burnout, ready, anomalies, states, rows, squares)
            row_at(k + 1, mu, burnout, ready, anomalies, states, rows, squares)
            gather(
                spin, sensor, low, STEP_S, states[k : k + 2], rows[k : k + 2], squares[k : k + 2],
                seen, rates[s], rates[s, 2, 0] == k, work[6], gathered[s, k + 1],
            )  # fmt: skip
            rates[s, 2, 0] = k + 1
    done[s] = max(done[s], upto)


@lean_kernel
def known(
    k: int, mu: float, spin: float, burnout: Array, begin: float, sensors: Array,
    intervals: Array, count: Index, starts: Array, latency: Array, prior: Array, done: Index,
    ready: Flags, anomalies: Array, states: Array, rows: Array, squares: Array, rates: Array,
    gathered: Array, part: Array, work: Array, out: Array,
) -> bool:  # fmt: skip
    """Write what a set of sensors knows at step ``k`` (21); False when it is the prior alone.

    ``starts`` (S,) when each began to track, ``latency`` (S,) until its data arrive (infinite:
    never), ``prior`` (3,) variances of place (m2) and speed (m2/s2) that the cue leaves, infinite
    for none, and when it arrives (s). ``gathered`` (S, K, 21) is filled as far as it is needed.
    """
    time = begin + k * STEP_S
    for n in range(PACKED):
        out[n] = 0.0
    if time >= prior[2]:
        for j in range(6):
            variance = prior[0] / PLACE_M**2 if j < 3 else prior[1] / SPEED_M_S**2
            out[at(j, j)] = 1.0 / variance
    some = False
    for s in range(sensors.shape[0]):
        until = time - latency[s]
        if not until > starts[s]:
            continue
        if done[s] < k:
            extend(
                s, k, mu, spin, burnout, begin, sensors[s], intervals[s], count[s], done, ready,
                anomalies, states, rows, squares, rates, gathered, work,
            )  # fmt: skip
        if between(gathered[s, : k + 1], begin, STEP_S, starts[s], until, part):
            blunt(part, sensors[s, BIAS], work)
            some = True
            for n in range(PACKED):
                out[n] += part[n]
    return some


@lean_kernel
def _each(
    mu: float, spin: float, burnout: Array, begin: Array, end: Array, sensors: Array,
    intervals: Array, count: Index, uncued: Array, group: Index, cues: Array, latency: Array,
    priors: Array, baskets: Array, leads: Array, latest: Array, anomalies: Array, states: Array,
    rows: Array, squares: Array, rates: Array, gathered: Array, ready: Flags, done: Index,
    starts: Array, sums: Array, part: Array, work: Array, first: Array, out: Array,
) -> None:  # fmt: skip
    """Fill what :func:`commit_times` fills, with work space for one arc and its longest flight."""
    arcs, many, sets = begin.size, sensors.shape[0], latency.shape[0]
    most = ready.size
    for i in range(arcs):
        steps = int((end[i] - begin[i]) / STEP_S) + 2
        for s in range(many):
            rates[s, 2, 0] = -1.0
        for k in range(most):
            ready[k] = False
        own, own_count = intervals[:, i], count[:, i]
        for s in range(many):
            # Before a sensor sees the arc it gathers nothing.
            done[s] = min(max(int((own[s, 0, 0] - begin[i]) / STEP_S), 0), most - 1)
            for n in range(PACKED):
                gathered[s, done[s], n] = 0.0
        for a in range(sets):
            opens, closes = math.inf, -math.inf
            for s in range(many):
                starts[s] = math.inf
                if latency[a, s] < math.inf and count[s, i] > 0:
                    starts[s] = tracking_from(
                        intervals[s, i], count[s, i], uncued[group[a], s, i], cues[a, s]
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
            asked, some = -1, False
            for q in range(baskets.size):
                until = min(closes, latest[q, i])
                if not until > begin[i]:
                    continue
                k1 = min(int((until - begin[i]) / STEP_S) + 1, steps - 2)
                ahead = math.ceil(leads[q] / STEP_S)
                found = -1
                above, below = math.inf, math.nan
                for k in range(k0, k1 + 1):
                    if k != asked:
                        some = known(
                            k, mu, spin, burnout[i], begin[i], sensors, own, own_count, starts,
                            latency[a], priors[a], done, ready, anomalies, states, rows, squares,
                            rates, gathered, part, work, sums,
                        )  # fmt: skip
                        asked = k
                    error = math.inf
                    if some:
                        target = min(k + ahead, steps - 1)
                        row_at(target, mu, burnout[i], ready, anomalies, states, rows, squares)
                        error = predicted_error(sums, rows[target], work)
                    if error <= baskets[q]:
                        found, below = k, error
                        break
                    above = error
                if found >= 0:
                    # Between the last two steps the error falls like an exponential.
                    back = 0.0
                    if above < math.inf and below > 0.0:
                        back = math.log(baskets[q] / below) / math.log(above / below)
                    moment = begin[i] + (found - back) * STEP_S
                    out[a, q, i] = max(moment, opens)


@kernel
def commit_times(
    mu: float, spin: float, burnout: Array, begin: Array, end: Array, sensors: Array,
    intervals: Array, count: Index, uncued: Array, group: Index, cues: Array, latency: Array,
    priors: Array, baskets: Array, leads: Array, latest: Array, first: Array, out: Array,
) -> None:  # fmt: skip
    """Fill, for N arcs, I sets and Q interceptors, when a track is good enough to commit on.

    ``burnout`` (N, 6) inertial state at ``begin`` (N,), impact at ``end`` (N,); ``sensors`` (S,
    10); ``intervals`` (S, N, MOST, 2) and ``count`` (S, N) when each sees each arc once it knows
    where to look, ``uncued`` (U, S, N) when it finds it by itself or told by other radars, of
    which set a takes ``group[a]``; ``cues``, ``latency`` (I, S) s;
    ``priors`` (I, 3) variances and arrival (s); ``baskets`` (Q,) m, ``leads`` (Q,) s, and
    ``latest`` (Q, N) s after which a commit is of no use and none is looked for. ``first`` (I, N)
    is when the first data arrive, ``out`` (I, Q, N) the commit time, infinite for never.
    """
    many = sensors.shape[0]
    most = 2
    for i in range(begin.size):
        most = max(most, int((end[i] - begin[i]) / STEP_S) + 2)
    first[:] = math.inf
    out[:] = math.inf
    _each(
        mu, spin, burnout, begin, end, sensors, intervals, count, uncued, group, cues, latency,
        priors, baskets, leads, latest, np.empty((most, 2)), np.empty((most, 6)),
        np.empty((most, 3, 6)), np.empty((most, PACKED)), np.empty((many, 3, PACKED)),
        np.empty((many, most, PACKED)), np.zeros(most, dtype=np.bool_),
        np.zeros(many, dtype=np.int32), np.empty(many), np.empty(PACKED), np.empty(PACKED),
        np.empty((7, 6)), first, out,
    )  # fmt: skip
