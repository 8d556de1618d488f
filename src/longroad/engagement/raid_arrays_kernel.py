"""The arrays that the kernels of a raid pass to each other, and what their columns mean.

Letters: A agreements, R raids in sequence, O objects of all raids, N arcs, B batteries, P parties,
G commands (parties that assign together), Y kinds of interceptor, S states of information, K
launch times, Q quantiles, L shots at one object, E events. SI units; times of an arc count from
its ignition. Few wide arrays rather than many narrow ones: a call costs by the array.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

# Read by longroad.base.kernel: this file takes part in the hash of all kernel sources.
Array = NDArray[np.float64]
Index = NDArray[np.int64]
Flags = NDArray[np.bool_]

# `Objects.whole` (O, 3) and `Objects.real` (O, 4).
ARC, TERRITORY, IS_DECOY = 0, 1, 2
IGNITES, SPREAD, FLIGHT, TAKEN = 0, 1, 2, 3
# `Terms.launches` (A, S, N, B, 4), from the arc's ignition; SCALE: launch times per second.
READY, OPENS, LATEST, SCALE = 0, 1, 2, 3
# `Terms.real` (A, B, 4) and `Terms.whole` (A, B, 6).
GAP, SYSTEM_LEVEL, OBJECT_LEVEL, SHOT_LEVEL = 0, 1, 2, 3
KIND, PARTY, SALVO, LATER, ROUNDS, COMMAND = 0, 1, 2, 3, 4, 5
# `Work.when` (O, 2 + P): ignition, time of the kill, from WAITS on each party's wait for consent.
AT, KILLED, WAITS = 0, 1, 2
# `Work.tally` (O, 3 + B): who killed it, shots launched and resolved, from FIRED on salvos by
# battery.
KILLER, AIMED, DONE, FIRED = 0, 1, 2, 3
# `Work.account` (B, 7): interceptors that may be fired, salvos at what another command engages,
# and from FATE on what became of those launched (`raid_shots_kernel`).
USABLE, DOUBLE_SALVOS, FATE = 0, 1, 2
# `Work.shot` (O, L, 2) beside the times of arrival.
BATTERY, NUMBER = 0, 1


class Objects(NamedTuple):
    """What comes; raid r from ``first[r]`` to ``first[r + 1]`` (R + 1,)."""

    first: Index
    whole: Index
    real: Array


class Terms(NamedTuple):
    """What every agreement gives its batteries.

    ``edge`` (A, S) sums of the states' chances; ``free`` (A, S, N, B); ``meets`` (A, N, B, K);
    ``order`` (A, B) batteries by command, those of command g from ``start[g]`` to ``start[g + 1]``
    (A, G + 1); ``look`` (A, G) how long a command takes to know what its shots did, the quickest
    of its batteries; ``aware`` (A, G, G) whose engagements it knows of, ``sees`` (A, G) whether it
    recognises by itself what others have killed;
    ``stock`` (A, B), ``reserve`` and ``resupply`` (A, R, B); ``consent`` and ``asks`` (A, P);
    ``delay`` (A, P, Q).
    """

    edge: Array
    launches: Array
    free: Flags
    meets: Array
    real: Array
    whole: Index
    order: Index
    start: Index
    look: Array
    aware: Flags
    sees: Flags
    stock: Index
    reserve: Index
    resupply: Index
    consent: Array
    delay: Array
    asks: Index


class Luck(NamedTuple):
    """The random numbers of one replicate, drawn when first asked for.

    ``plain`` (O, 4): ignition, discrimination; ``consent`` (O, P, 4); ``system`` (R, Y); ``kill``
    (O, Y, 4 J): the object level, then the shots one after another, of which ``drawn`` (O, Y)
    blocks of four are there.
    """

    plain: Array
    consent: Array
    system: Array
    kill: Array
    drawn: Index


class Work(NamedTuple):
    """What changes while one raid runs; see the columns above.

    ``arrival`` (O, G) last arrival of a command's shots, ``open`` (O, G) whether it still decides
    about the object, ``numbers`` (O, Y) shots by kind, ``idle`` (B,) when the launcher is free,
    ``arrives`` (O, L); the queue of decisions (G O,); ``log`` (E, 6) with ``logged`` (1,).
    """

    when: Array
    tally: Index
    arrival: Array
    open: Flags
    numbers: Index
    account: Index
    idle: Array
    arrives: Array
    shot: Index
    queue_time: Array
    queue_what: Index
    log: Array
    logged: Index
