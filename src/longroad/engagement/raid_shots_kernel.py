"""Kernel of shots in flight: what becomes of each interceptor when it arrives.

An interceptor of kind y kills object o with its shot k when three levels all hold,

    u_system(y) < w,  u_object(y, o) < d,  u_shot(y, o, k) < h,

whose numbers are addressed by what they are for (`raid_random_kernel`), so that shot k at object o
meets the same luck whoever fires it, when, and under which agreement.
"""

from __future__ import annotations

import math

from longroad.base.kernel import inlined
from longroad.engagement.raid_arrays_kernel import (
    AIMED,
    BATTERY,
    COMMAND,
    DONE,
    FATE,
    KILLED,
    KILLER,
    KIND,
    NUMBER,
    OBJECT_LEVEL,
    PARTY,
    SHOT_LEVEL,
    SYSTEM_LEVEL,
    Array,
    Index,
)
from longroad.engagement.raid_random_kernel import PURPOSES, SHOT, Words, uniforms

# What became of an interceptor. SURPLUS: the object had been killed by the same command before it
# arrived, as the later shots of a salvo often find; DOUBLE: by another one.
HIT, MISS, SURPLUS, DOUBLE, DECOY, FATES = 0, 1, 2, 3, 4, 5
# Kinds of events in a replay.
IGNITION, CONSENT, LAUNCH, INTERCEPT, IMPACT = 0, 1, 2, 3, 4


@inlined
def record(
    log: Array, logged: Index, time: float, event: int, object: int, battery: int, party: int,
    outcome: int,
) -> None:  # fmt: skip
    """Write one event into the log, if there is one."""
    n = logged[0]
    if n < log.shape[0]:
        log[n, 0] = time
        log[n, 1] = event
        log[n, 2] = object
        log[n, 3] = battery
        log[n, 4] = party
        log[n, 5] = outcome
        logged[0] = n + 1


@inlined
def kill_number(
    key: Words, replicate: int, raid: int, object: int, kind: int, n: int, kill: Array,
    drawn: Index,
) -> float:  # fmt: skip
    """Return number n of an object and a kind of interceptor: 0 is the object level, k shot k."""
    while drawn[object, kind] <= n >> 2:
        block = drawn[object, kind]
        uniforms(
            key, replicate, raid, SHOT + PURPOSES * block, object * drawn.shape[1] + kind,
            kill[object, kind, 4 * block : 4 * block + 4],
        )  # fmt: skip
        drawn[object, kind] = block + 1
    return kill[object, kind, n]


@inlined
def add_shot(
    o: int, battery: int, number: int, time: float, tally: Index, arrives: Array, shot: Index
) -> None:
    """Put a shot among those on their way to an object, in order of arrival."""
    i = tally[o, AIMED]
    while i > tally[o, DONE] and arrives[o, i - 1] > time:
        arrives[o, i] = arrives[o, i - 1]
        shot[o, i, BATTERY] = shot[o, i - 1, BATTERY]
        shot[o, i, NUMBER] = shot[o, i - 1, NUMBER]
        i -= 1
    arrives[o, i] = time
    shot[o, i, BATTERY] = battery
    shot[o, i, NUMBER] = number
    tally[o, AIMED] += 1


@inlined
def resolve(
    key: Words, replicate: int, raid: int, o: int, decoy: int, until: float, real: Array,
    whole: Index, system: Array, kill: Array, drawn: Index, when: Array, tally: Index,
    arrives: Array, shot: Index, account: Index, log: Array, logged: Index,
) -> None:  # fmt: skip
    """Let everything arrive at an object that does so by ``until``."""
    while tally[o, DONE] < tally[o, AIMED] and arrives[o, tally[o, DONE]] <= until:
        i = tally[o, DONE]
        tally[o, DONE] = i + 1
        b, time = shot[o, i, BATTERY], arrives[o, i]
        alive = when[o, KILLED] == math.inf
        hit = False
        if alive:
            kind = whole[b, KIND]
            if system[raid, kind] < real[b, SYSTEM_LEVEL]:
                works = kill_number(key, replicate, raid, o, kind, 0, kill, drawn)
                if works < real[b, OBJECT_LEVEL]:
                    n = shot[o, i, NUMBER]
                    hit = (
                        kill_number(key, replicate, raid, o, kind, n, kill, drawn)
                        < real[b, SHOT_LEVEL]
                    )
            if hit:
                when[o, KILLED], tally[o, KILLER] = time, whole[b, COMMAND]
        if decoy:
            fate = DECOY
        elif alive:
            fate = HIT if hit else MISS
        else:
            fate = SURPLUS if tally[o, KILLER] == whole[b, COMMAND] else DOUBLE
        account[b, FATE + fate] += 1
        record(log, logged, time, INTERCEPT, o, b, whole[b, PARTY], fate)
