"""Kernel of counting: whole numbers from each replicate, added up without rounding.

Everything that is counted is a whole number and is added up in 64-bit integers, so sums, squares
and products do not depend on the order, nor on how replicates are shared out to workers.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel
from longroad.engagement.raid_arrays_kernel import (
    AIMED,
    ARC,
    DOUBLE_SALVOS,
    FATE,
    IS_DECOY,
    KILLED,
    LATEST,
    PARTY,
    READY,
    TAKEN,
    TERRITORY,
    WAITS,
    Array,
    Flags,
    Index,
    Luck,
    Objects,
    Work,
)
from longroad.engagement.raid_kernel import taken_for_true
from longroad.engagement.raid_shots_kernel import DECOY, DOUBLE, FATES, HIT, MISS, SURPLUS

Counts = NDArray[np.int64]

# Measures of a whole raid, in this order; then leakers by territory, `BY_BATTERY` by battery and
# `BY_PARTY` by party. The last five say why an object got through, and add up to the leakers.
(
    LEAKERS, NOTHING_LEAKS, LAUNCHED, HITS, MISSES, SURPLUSES, DOUBLES, AT_DECOYS, WASTED,
    DOUBLE_ENGAGEMENTS, ENGAGED, DECOYS_ENGAGED,
    NEVER, PROCEDURE, PASSED_OVER, NOT_FIRED, MISSED, FIXED,
) = range(18)  # fmt: skip
BY_BATTERY, BY_PARTY = 3, 6
BARRED, REFUSED, LATE = 3, 4, 5  # of what is counted by party

# What an agreement leaves of an object before a shot is fired.
ENGAGEABLE, BY_PROCEDURE, NEVER_AT_ALL = 0, 1, 2


@lean_kernel
def measures(territories: int, batteries: int, parties: int) -> int:
    """Return how many measures there are."""
    return FIXED + territories + BY_BATTERY * batteries + BY_PARTY * parties


@lean_kernel
def procedure(
    raid: int, launches: Array, whole: Index, free: Flags, objects: Objects, when: Array,
    status: Index, lost: Counts,
) -> None:  # fmt: skip
    """Say what procedure leaves of each true object: ``status`` (O,), ``lost`` (P, 3) by party.

    ``free`` (N, B): the battery could meet the arc if nobody were asked and nothing forbidden. An
    object is lost to a party by the first of: barred, consent refused, consent too late.
    """
    lost[:] = 0
    for o in range(objects.first[raid], objects.first[raid + 1]):
        n = objects.whole[o, ARC]
        status[o] = NEVER_AT_ALL
        for p in range(lost.shape[0]):
            could = allowed = in_time = False
            wait = when[o, WAITS + p]
            for b in range(whole.shape[0]):
                if whole[b, PARTY] != p:
                    continue
                ready, latest = launches[n, b, READY], launches[n, b, LATEST]
                could |= free[n, b]
                allowed |= ready <= latest
                in_time |= ready + wait <= latest
            if in_time:
                status[o] = ENGAGEABLE
            elif could or allowed:
                status[o] = min(status[o], BY_PROCEDURE)
                if not objects.whole[o, IS_DECOY]:
                    if not allowed:
                        lost[p, 0] += 1
                    elif wait == math.inf:
                        lost[p, 1] += 1
                    else:
                        lost[p, 2] += 1


@lean_kernel
def count(
    raid: int, mode: int, whole: Index, objects: Objects, luck: Luck, work: Work, status: Index,
    lost: Counts, territories: int, x: Counts,
) -> None:  # fmt: skip
    """Write the measures (M,) of a raid that has been fought to ``x``."""
    x[:] = 0
    for o in range(objects.first[raid], objects.first[raid + 1]):
        fired_at = work.tally[o, AIMED] > 0
        if objects.whole[o, IS_DECOY]:
            x[DECOYS_ENGAGED] += int(fired_at)
            continue
        x[ENGAGED] += int(fired_at)
        if work.when[o, KILLED] < math.inf:
            continue
        x[LEAKERS] += 1
        x[FIXED + objects.whole[o, TERRITORY]] += 1
        if fired_at:
            x[MISSED] += 1
        elif status[o] == NEVER_AT_ALL:
            x[NEVER] += 1
        elif status[o] == BY_PROCEDURE:
            x[PROCEDURE] += 1
        elif not taken_for_true(mode, 0, objects.real[o, TAKEN], luck.plain[o, 1]):
            x[PASSED_OVER] += 1
        else:
            x[NOT_FIRED] += 1
    x[NOTHING_LEAKS] = int(x[LEAKERS] == 0)
    batteries = FIXED + territories
    parties = batteries + BY_BATTERY * whole.shape[0]
    for b in range(whole.shape[0]):
        fate = work.account[b, FATE : FATE + FATES]
        launched = fate[HIT] + fate[MISS] + fate[SURPLUS] + fate[DOUBLE] + fate[DECOY]
        wasted = fate[DOUBLE] + fate[DECOY]
        x[LAUNCHED] += launched
        x[HITS] += fate[HIT]
        x[MISSES] += fate[MISS]
        x[SURPLUSES] += fate[SURPLUS]
        x[DOUBLES] += fate[DOUBLE]
        x[AT_DECOYS] += fate[DECOY]
        x[WASTED] += wasted
        x[DOUBLE_ENGAGEMENTS] += work.account[b, DOUBLE_SALVOS]
        for at in (batteries + BY_BATTERY * b, parties + BY_PARTY * whole[b, PARTY]):
            x[at] += launched
            x[at + 1] += fate[HIT]
            x[at + 2] += wasted
    for p in range(lost.shape[0]):
        for k in range(3):
            x[parties + BY_PARTY * p + BARRED + k] = lost[p, k]


@lean_kernel
def add_up(
    x: Counts, total: Counts, cross: Counts, leaks: Counts, launched: Counts, wasted: Counts
) -> None:
    """Add one replicate, ``x`` (A, D, M), to everything that is kept of all of them.

    ``total`` (A, D, M) sums; ``cross`` (D, M, A, A) sums of products, lower triangle; ``leaks``
    (A, D, 1 + T, O + 1), ``launched`` and ``wasted`` (A, D, L + 1) numbers of replicates.
    """
    for a in range(x.shape[0]):
        for d in range(x.shape[1]):
            one = x[a, d]
            leaks[a, d, 0, one[LEAKERS]] += 1
            for t in range(1, leaks.shape[2]):
                leaks[a, d, t, one[FIXED + t - 1]] += 1
            launched[a, d, one[LAUNCHED]] += 1
            wasted[a, d, one[WASTED]] += 1
            for m in range(x.shape[2]):
                total[a, d, m] += one[m]
                if one[m] != 0:
                    for other in range(a + 1):
                        cross[d, m, a, other] += one[m] * x[other, d, m]
