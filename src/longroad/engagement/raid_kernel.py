"""Kernel of one raid: decisions in order of time, until nobody can or will fire any more.

Each command (a party, or parties that assign jointly) decides object by object. A decision takes,
among its batteries, the launch that meets the object first:

    launch = max(now, ignition + ready + wait for consent, first useful launch, launcher free,
                 last arrival of an engagement it knows of + the command's kill assessment)
    launch <= latest launch
    meets  = ignition + meets(launch), linear between K launch times

ties go to the most interceptors left. A launch that lies ahead is decided again when it comes;
one that is due is fired, unless the object is known to be dead, as a salvo whose shots leave the
launcher one after another. After the last arrival and the assessment the command decides again,
while the battery's rounds and the object's flight last.
"""

from __future__ import annotations

import math

from longroad.base.kernel import inlined, lean_kernel
from longroad.engagement.raid_arrays_kernel import (
    AIMED,
    ARC,
    AT,
    COMMAND,
    DONE,
    DOUBLE_SALVOS,
    FIRED,
    FLIGHT,
    GAP,
    IS_DECOY,
    KILLED,
    KILLER,
    KIND,
    LATER,
    LATEST,
    OPENS,
    PARTY,
    READY,
    ROUNDS,
    SALVO,
    SCALE,
    TAKEN,
    USABLE,
    WAITS,
    Array,
    Flags,
    Index,
    Luck,
    Objects,
    Work,
)
from longroad.engagement.raid_queue_kernel import pop, push
from longroad.engagement.raid_random_kernel import Words
from longroad.engagement.raid_shots_kernel import (
    CONSENT,
    IGNITION,
    IMPACT,
    LAUNCH,
    add_shot,
    record,
    resolve,
)

PERFECT, STATED, NONE = 0, 1, 2
# What is decided, as one number: object in the upper bits, command in the lower ones.
SHIFT, MASK = 16, 0xFFFF


@inlined
def meeting(meets: Array, launches: Array, n: int, b: int, launch: float) -> float:
    """Return when a launch of battery b meets arc n, NaN where it does not; from its ignition.

    No slices here or in what follows: each would cost two atomic counts of references.
    """
    last = meets.shape[2] - 1
    x = (launch - launches[n, b, OPENS]) * launches[n, b, SCALE]
    if last == 0 or launches[n, b, SCALE] == 0.0 or x >= last:
        return meets[n, b, last]
    k = int(x)
    part = x - k
    if part <= 0.0:
        return meets[n, b, k]
    return meets[n, b, k] + part * (meets[n, b, k + 1] - meets[n, b, k])


@lean_kernel
def taken_for_true(mode: int, decoy: int, taken: float, u: float) -> bool:
    """Return whether an object is taken for a true one under a discrimination."""
    if mode == PERFECT:
        return decoy == 0
    return mode == NONE or u < taken


@inlined
def best_launch(
    o: int, n: int, g: int, now: float, launches: Array, meets: Array, whole: Index,
    order: Index, start: Index, when: Array, tally: Index, account: Index, idle: Array,
) -> tuple[int, float]:  # fmt: skip
    """Return (battery, launch) of a command's best launch from ``now`` on at object o on arc n.

    The battery is -1 when there is none; ``launches`` (N, B, 4) and ``meets`` (N, B, K).
    """
    at = when[o, AT]
    best, best_at, best_meets = -1, math.inf, math.inf
    for k in range(start[g], start[g + 1]):
        b = order[k]
        limit = at + launches[n, b, LATEST]
        launch = at + launches[n, b, READY] + when[o, WAITS + whole[b, PARTY]]
        opens = at + launches[n, b, OPENS]
        if opens > launch:
            launch = opens
        if now > launch:
            launch = now
        if idle[b] > launch:
            launch = idle[b]
        # An intercept comes after its launch: one as late as that cannot be the first.
        if not launch <= limit or launch >= best_meets:
            continue
        if account[b, USABLE] <= 0 or tally[o, FIRED + b] >= whole[b, ROUNDS]:
            continue
        found = at + meeting(meets, launches, n, b, launch - at)
        if not found > launch:
            continue
        more = found == best_meets and account[b, USABLE] > account[best, USABLE]
        if found < best_meets or more:
            best, best_at, best_meets = b, launch, found
    return best, best_at


@inlined
def known_from(o: int, g: int, arrival: Array, look: Array, aware: Flags) -> float:
    """Return when a command knows what became of the shots at an object that it knows of."""
    last = -math.inf
    for h in range(arrival.shape[1]):
        if aware[g, h] and arrival[o, h] > last:
            last = arrival[o, h]
    # Nothing fired, nothing to wait for, even if the look takes for ever.
    return last + look[g] if last > -math.inf else last


@inlined
def known_dead(
    o: int, g: int, now: float, look: Array, aware: Flags, sees: Flags, when: Array, tally: Index
) -> bool:
    """Return whether a command knows that an object has been killed."""
    if when[o, KILLED] == math.inf:
        return False
    return (aware[g, tally[o, KILLER]] or sees[g]) and now >= when[o, KILLED] + look[g]


@inlined
def salvo_size(
    first: int, last: int, o: int, b: int, now: float, whole: Index, look: Array, aware: Flags,
    sees: Flags, when: Array, tally: Index, arrival: Array, open: Flags, usable: int,
) -> int:  # fmt: skip
    """Return how many to fire: the salvo, in later rounds the later one, or a fair share.

    A later salvo of 0 shares what is left evenly over the objects that wait for a decision.
    """
    if tally[o, FIRED + b] == 0:
        return min(whole[b, SALVO], usable)
    if whole[b, LATER] > 0:
        return min(whole[b, LATER], usable)
    g = whole[b, COMMAND]
    waiting = 0
    for other in range(first, last):
        if not open[other, g] or known_dead(other, g, now, look, aware, sees, when, tally):
            continue
        if arrival[other, g] == -math.inf or now >= arrival[other, g] + look[g]:
            waiting += 1
    waiting = max(waiting, 1)
    return (usable + waiting - 1) // waiting


@inlined
def fire(
    o: int, n: int, b: int, size: int, now: float, launches: Array, meets: Array, real: Array,
    whole: Index, work: Work,
) -> None:  # fmt: skip
    """Launch a salvo of ``size`` from battery b at object o on arc n."""
    at, g, kind = work.when[o, AT], whole[b, COMMAND], whole[b, KIND]
    killed = work.when[o, KILLED] < math.inf
    for h in range(work.arrival.shape[1]):
        if h != g and (work.arrival[o, h] > now or (killed and work.tally[o, KILLER] == h)):
            work.account[b, DOUBLE_SALVOS] += 1
            break
    launch = now
    for _ in range(size):
        if launch > at + launches[n, b, LATEST]:
            break
        found = at + meeting(meets, launches, n, b, launch - at)
        if not found > launch:
            break
        work.numbers[o, kind] += 1
        add_shot(o, b, work.numbers[o, kind], found, work.tally, work.arrives, work.shot)
        record(work.log, work.logged, launch, LAUNCH, o, b, whole[b, PARTY], work.numbers[o, kind])
        work.account[b, USABLE] -= 1
        work.arrival[o, g] = max(work.arrival[o, g], found)
        launch += real[b, GAP]
        work.idle[b] = launch
    work.tally[o, FIRED + b] += 1


@lean_kernel
def announce(o: int, n: int, launches: Array, whole: Index, decoy: int, work: Work) -> None:
    """Record an object's ignition, and what came of asking for consent, and when."""
    at = work.when[o, AT]
    record(work.log, work.logged, at, IGNITION, o, -1, -1, 1 - decoy)
    for p in range(work.when.shape[1] - WAITS):
        ready, wait = math.inf, work.when[o, WAITS + p]
        for b in range(whole.shape[0]):
            if whole[b, PARTY] == p and launches[n, b, READY] <= launches[n, b, LATEST]:
                ready = min(ready, launches[n, b, READY])
        if wait > 0.0 and ready < math.inf:
            told = at + ready + (wait if wait < math.inf else 0.0)
            record(work.log, work.logged, told, CONSENT, o, -1, p, int(wait < math.inf))


@lean_kernel
def fight(
    key: Words, replicate: int, raid: int, mode: int, commands: int, launches: Array,
    meets: Array, real: Array, whole: Index, order: Index, start: Index, look: Array,
    aware: Flags, sees: Flags, objects: Objects, luck: Luck, work: Work,
) -> None:  # fmt: skip
    """Run one raid under one agreement and one discrimination; the results stand in ``work``.

    ``launches`` (N, B, 4), ``meets`` (N, B, K), ``real`` and ``whole`` (B, ...) of one agreement
    in one state. Ignitions, waits and usable interceptors in ``work`` are set by the caller.
    """
    first, last = objects.first[raid], objects.first[raid + 1]
    when, tally, arrival, open = work.when, work.tally, work.arrival, work.open
    account, idle, what_is = work.account, work.idle, objects.whole
    arrives, shot, log, logged = work.arrives, work.shot, work.log, work.logged
    times, whats, numbers = work.queue_time, work.queue_what, work.numbers
    system, kill, drawn = luck.system, luck.kill, luck.drawn
    for b in range(idle.size):
        idle[b] = -math.inf
        for k in range(DOUBLE_SALVOS, account.shape[1]):
            account[b, k] = 0
    logged[0] = 0
    queued = 0
    for o in range(first, last):
        when[o, KILLED] = math.inf
        for k in range(tally.shape[1]):
            tally[o, k] = 0
        tally[o, KILLER] = -1
        for k in range(numbers.shape[1]):
            numbers[o, k] = 0
        for g in range(commands):
            arrival[o, g] = -math.inf
        decoy = what_is[o, IS_DECOY]
        taken = taken_for_true(mode, decoy, objects.real[o, TAKEN], luck.plain[o, 1])
        if log.shape[0] > 0:
            announce(o, what_is[o, ARC], launches, whole, decoy, work)
        for g in range(commands):
            open[o, g] = taken
            if not taken:
                continue
            b, launch = best_launch(
                o, what_is[o, ARC], g, -math.inf, launches, meets, whole, order, start, when,
                tally, account, idle,
            )  # fmt: skip
            open[o, g] = b >= 0
            if b >= 0:
                queued = push(times, whats, queued, launch, (o << SHIFT) | g)
    while queued > 0:
        now, what = times[0], whats[0]
        queued = pop(times, whats, queued)
        o, g = what >> SHIFT, what & MASK
        n = what_is[o, ARC]
        if tally[o, DONE] < tally[o, AIMED]:
            resolve(
                key, replicate, raid, o, what_is[o, IS_DECOY], now, real, whole, system, kill,
                drawn, when, tally, arrives, shot, account, log, logged,
            )  # fmt: skip
        if known_dead(o, g, now, look, aware, sees, when, tally):
            open[o, g] = False
            continue
        known = max(known_from(o, g, arrival, look, aware), now)
        b, launch = best_launch(
            o, n, g, known, launches, meets, whole, order, start, when, tally, account, idle
        )
        if b >= 0 and launch <= now:
            if tally[o, FIRED + b] > 0 and whole[b, LATER] == 0:
                # What is left is shared over those alive, so it has to be known who is.
                for other in range(first, last):
                    if tally[other, DONE] < tally[other, AIMED]:
                        resolve(
                            key, replicate, raid, other, what_is[other, IS_DECOY], now, real,
                            whole, system, kill, drawn, when, tally, arrives, shot, account, log,
                            logged,
                        )  # fmt: skip
            size = salvo_size(
                first, last, o, b, now, whole, look, aware, sees, when, tally, arrival, open,
                account[b, USABLE],
            )  # fmt: skip
            fire(o, n, b, size, now, launches, meets, real, whole, work)
            # Decided again when it is known what the salvo did, if ever.
            launch = arrival[o, g] + look[g]
        if b >= 0 and launch < math.inf:
            queued = push(times, whats, queued, launch, what)
        else:
            open[o, g] = False
    for o in range(first, last):
        resolve(
            key, replicate, raid, o, what_is[o, IS_DECOY], math.inf, real, whole, system, kill,
            drawn, when, tally, arrives, shot, account, log, logged,
        )  # fmt: skip
        if when[o, KILLED] == math.inf and log.shape[0] > 0:
            impact = when[o, AT] + objects.real[o, FLIGHT]
            record(log, logged, impact, IMPACT, o, -1, -1, 1 - what_is[o, IS_DECOY])
