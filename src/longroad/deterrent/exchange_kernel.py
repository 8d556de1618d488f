"""One exchange counted out, launcher by launcher, in four postures on the same random numbers.

Every chance event has its own uniform number, a hash of key, kind and index, so that a share that
grows only ever adds to what was there. What follows on the same draw, and is tested: launching
under attack never does worse than riding out, a generated force never worse than an ordinary day,
and more interceptors or a better shot never let more warheads through.

Hash: the finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014, doi:10.1145/2660193.2660195).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@kernel
def mixed(z: np.uint64) -> np.uint64:
    """Return the finaliser of SplitMix64 of 64 bits."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@kernel
def uniform(key: np.uint64, kind: int, index: int) -> float:
    """Return the uniform number in (0, 1) of a key, a kind of event and its index."""
    step = np.uint64(0x9E3779B97F4A7C15)
    place = np.uint64(kind) * np.uint64(0x100000000) + np.uint64(index)
    bits = mixed(key + (place + np.uint64(1)) * step)
    return (np.float64(bits >> np.uint64(12)) + 0.5) * 2.0**-52


@kernel
def shots_at(place: int, objects: int, inventory: int, most: int) -> int:
    """Return how many of ``inventory`` shots go to object ``place`` of ``objects``, evenly spread.

    min(most, ceil((inventory - place) / objects)), and none for place >= inventory: it never grows
    with the number of objects or with the place, and never falls with the inventory.
    """
    if place >= inventory:
        return 0
    return min(most, (inventory - place + objects - 1) // objects)


@kernel
def simulate(
    seed: int,
    first: int,
    repeats: int,
    size: float,
    platform_weapon: Ints,
    platform_rank: Array,
    platform_block: Array,
    launcher_platform: Ints,
    launcher_flight: Ints,
    slot_launcher: Ints,
    slot_rank: Array,
    ballistic: Flags,
    values: Array,
    within: Flags,
    inventory: Ints,
    most: Ints,
    kill: Array,
    discriminated: Array,
    works: Array,
    out: Array,
) -> None:
    """Fill ``out`` (runs, 4 postures, 7 stages): run i is repeat i % repeats of draw i // repeats.

    ``values`` (draw, weapon, 8) are alert, generation, survival, ratio, prompt, reliability,
    penetration, loaded; ``within`` (draws or 1, flight, site). ``first`` is the number of the
    first draw, which the random numbers depend on.
    """
    platforms, launchers, slots = len(platform_weapon), len(launcher_platform), len(slot_launcher)
    sites = len(inventory)
    lives, prompt = np.empty(platforms), np.empty(platforms)
    flies, fired = np.empty(launchers, dtype=np.bool_), np.empty(launchers, dtype=np.bool_)
    load, passed = np.empty(launchers, dtype=np.int64), np.empty(launchers, dtype=np.int64)
    alive = np.empty(platforms, dtype=np.bool_)
    near_slot = np.empty(slots, dtype=np.int64)
    seen, count = np.empty(sites, dtype=np.int64), np.empty(sites, dtype=np.int64)
    near_slots = 0
    for run in range(len(out)):
        row = run // repeats
        table = row if len(within) > 1 else 0
        key = mixed(
            mixed(np.uint64(seed) + np.uint64(0x632BE59BD9B4E019))
            + mixed(np.uint64(first + row) * np.uint64(0x100000000) + np.uint64(run % repeats))
        )
        value = values[row]
        if run % repeats == 0:  # what depends on the assumptions alone
            load[:] = 0
            near_slots = 0
            for k in range(slots):
                n = slot_launcher[k]
                p = launcher_platform[n]
                if platform_block[p] >= size or slot_rank[k] >= value[platform_weapon[p], 7]:
                    continue
                load[n] += 1
                flight = launcher_flight[n]
                if flight >= 0 and np.any(within[table, flight]):
                    near_slot[near_slots] = k
                    near_slots += 1
        for p in range(platforms):
            lives[p] = uniform(key, 1, p)
            prompt[p] = uniform(key, 2, p)
        for n in range(launchers):
            own = platform_weapon[launcher_platform[n]]
            flies[n] = uniform(key, 3, n) < value[own, 5]
            passed[n] = load[n]
            if not ballistic[own]:
                passed[n] = 0
                for k in range(load[n]):
                    passed[n] += uniform(key, 4, 65536 * n + k) < value[own, 6]
        at_work = uniform(key, 5, 0) < works[row]
        for posture in range(4):
            for p in range(platforms):
                own = platform_weapon[p]
                ready = value[own, 0]
                if posture < 2:
                    ready += (1.0 - ready) * value[own, 1]
                stays = value[own, 2]
                gone = False
                if platform_rank[p] < ready:
                    gone = posture % 2 == 0 and prompt[p] < value[own, 4]
                else:
                    stays *= value[own, 3]
                alive[p] = gone or lives[p] < stays
            there = surviving = launched = arriving = other = near = lost = 0
            for n in range(launchers):
                p = launcher_platform[n]
                there += load[n]
                fired[n] = flies[n] and alive[p]
                if alive[p]:
                    surviving += load[n]
                if fired[n]:
                    launched += load[n]
                    arriving += passed[n]
                    if not ballistic[platform_weapon[p]]:
                        other += passed[n]
            count[:] = 0
            for i in range(near_slots):
                n = slot_launcher[near_slot[i]]
                if fired[n]:
                    near += 1
                    for s in range(sites):
                        count[s] += within[table, launcher_flight[n], s]
            if at_work and near > 0:
                seen[:] = 0
                for i in range(near_slots):
                    k = near_slot[i]
                    n = slot_launcher[k]
                    if not fired[n]:
                        continue
                    hit = False
                    for s in range(sites):
                        if not within[table, launcher_flight[n], s]:
                            continue
                        number = shots_at(seen[s], count[s], inventory[s], most[s])
                        seen[s] += 1
                        for shot in range(number):
                            hit = hit or uniform(key, 16 + s * 65536 + shot, k) < kill[row, s]
                    lost += hit and uniform(key, 6, k) < discriminated[row]
            out[run, posture, 0] = there
            out[run, posture, 1] = surviving
            out[run, posture, 2] = launched
            out[run, posture, 3] = arriving
            out[run, posture, 4] = other
            out[run, posture, 5] = near
            out[run, posture, 6] = arriving - lost
