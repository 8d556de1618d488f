"""One exchange counted out, launcher by launcher, in four postures on the same random numbers.

Every chance event has its own uniform number, a hash of key, kind and index, so that a share that
grows only ever adds to what was there. What follows on the same draw, and is tested: launching
under attack never does worse than riding out, a generated force never worse than an ordinary day,
and more interceptors or a better shot never let more warheads through.

Postures are counted side by side: what fires in some of them is a set of four bits, sums are taken
by set, and no random number is asked for twice.

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
def by_posture(sums: Ints, out: Array) -> None:
    """Add sums (16) by set of postures, posture k its bit k, to ``out`` (4) by posture."""
    for bits in range(1, 16):
        if sums[bits] != 0:
            for k in range(4):
                out[k] += sums[bits] * ((bits >> k) & 1)


@kernel
def surviving(
    key: np.uint64, weapon: Ints, ready: Ints, load: Ints, value: Array, bits: Ints, sums: Ints
) -> None:
    """Fill ``bits`` (platforms): in which postures each survives; add what it carries to ``sums``.

    Postures: generated and launched on warning, generated, daily and launched on warning, daily.
    ``ready`` has bit 0 where a platform is ready when generated, bit 1 where it is daily.
    """
    for p in range(len(weapon)):
        bits[p] = 0
        if load[p] == 0:
            continue
        own = weapon[p]
        stays = value[own, 2]
        lives = uniform(key, 1, p)
        there, caught = lives < stays, lives < stays * value[own, 3]
        gone = ready[p] != 0 and uniform(key, 2, p) < value[own, 4]
        for k in range(2):
            if (ready[p] >> k) & 1:
                bits[p] |= ((there or gone) + 2 * there) << 2 * k
            else:
                bits[p] |= 3 * caught << 2 * k
        sums[bits[p]] += load[p]


@kernel
def taken(
    key: np.uint64,
    slots: Ints,
    slot_launcher: Ints,
    fired: Ints,
    flights: Ints,
    met_by: Ints,
    inventory: Ints,
    most: Ints,
    kill: Array,
    discriminated: float,
    sums: Ints,
) -> None:
    """Add to ``sums`` (16) what is shot down of the warheads in ``slots``, by set of postures.

    ``fired`` (launchers) are sets of postures; ``met_by`` (flight, 1 + sites) how many sites meet a
    flight and which. Every site spreads its shots over all it meets, in the order of ``slots``.
    """
    sites = len(inventory)
    count, seen = np.zeros((sites, 4), np.int64), np.zeros((sites, 4), np.int64)
    given, extra = np.empty((sites, 4), np.int64), np.empty((sites, 4), np.int64)
    for i in range(len(slots)):
        n = slot_launcher[slots[i]]
        if fired[n] == 0:
            continue
        met = met_by[flights[n]]
        for j in range(met[0]):
            for k in range(4):
                count[met[1 + j], k] += (fired[n] >> k) & 1
    for s in range(sites):
        for k in range(4):
            # As `shots_at`, of which only the comparison differs from object to object.
            objects = max(count[s, k], 1)
            given[s, k], extra[s, k] = inventory[s] // objects, inventory[s] % objects
    for i in range(len(slots)):
        slot = slots[i]
        n = slot_launcher[slot]
        bits = fired[n]
        if bits == 0:
            continue
        hit = 0
        met = met_by[flights[n]]
        for j in range(met[0]):
            s = met[1 + j]
            shot = -1  # the first that hits, looked for as far as it matters
            tried = 0
            for k in range(4):
                if (bits >> k) & 1 == 0:
                    continue
                number = min(most[s], given[s, k] + (seen[s, k] < extra[s, k]))
                seen[s, k] += 1
                if (hit >> k) & 1:
                    continue
                while shot < 0 and tried < number:
                    if uniform(key, 16 + s * 65536 + tried, slot) < kill[s]:
                        shot = tried
                    tried += 1
                if 0 <= shot < number:
                    hit |= 1 << k
        if hit != 0 and uniform(key, 6, slot) < discriminated:
            sums[hit] += 1


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
    load, carried = np.empty(launchers, dtype=np.int64), np.empty(platforms, dtype=np.int64)
    ready, alive = np.empty(platforms, dtype=np.int64), np.empty(platforms, dtype=np.int64)
    fired = np.empty(launchers, dtype=np.int64)
    near_slot = np.empty(slots, dtype=np.int64)
    met_by = np.zeros((within.shape[1], 1 + sites), dtype=np.int64)
    sums = np.empty((6, 16), dtype=np.int64)
    near_slots = there = 0
    for run in range(len(out)):
        row = run // repeats
        key = mixed(
            mixed(np.uint64(seed) + np.uint64(0x632BE59BD9B4E019))
            + mixed(np.uint64(first + row) * np.uint64(0x100000000) + np.uint64(run % repeats))
        )
        value = values[row]
        if run % repeats == 0:  # what depends on the assumptions alone
            reach = within[row if len(within) > 1 else 0]
            near_slots = there = 0
            load[:] = 0
            carried[:] = 0
            for f in range(len(reach)):
                met_by[f, 0] = 0
                for s in range(sites):
                    if reach[f, s]:
                        met_by[f, 0] += 1
                        met_by[f, met_by[f, 0]] = s
            for p in range(platforms):
                own = platform_weapon[p]
                daily = value[own, 0]
                generated = daily + (1.0 - daily) * value[own, 1]
                ready[p] = (platform_rank[p] < generated) + 2 * (platform_rank[p] < daily)
            for k in range(slots):
                n = slot_launcher[k]
                p = launcher_platform[n]
                if platform_block[p] >= size or slot_rank[k] >= value[platform_weapon[p], 7]:
                    continue
                load[n] += 1
                carried[p] += 1
                there += 1
                flight = launcher_flight[n]
                if flight >= 0 and met_by[flight, 0] > 0:
                    near_slot[near_slots] = k
                    near_slots += 1
        sums[:] = 0
        surviving(key, platform_weapon, ready, carried, value, alive, sums[0])
        for n in range(launchers):
            p = launcher_platform[n]
            own = platform_weapon[p]
            fired[n] = 0
            if load[n] == 0 or alive[p] == 0 or uniform(key, 3, n) >= value[own, 5]:
                continue
            fired[n] = alive[p]
            sums[1, alive[p]] += load[n]
            passed = load[n]
            if not ballistic[own]:
                passed = 0
                for k in range(load[n]):
                    passed += uniform(key, 4, 65536 * n + k) < value[own, 6]
                sums[3, alive[p]] += passed
            sums[2, alive[p]] += passed
        for i in range(near_slots):
            sums[4, fired[slot_launcher[near_slot[i]]]] += 1
        if near_slots > 0 and uniform(key, 5, 0) < works[row]:
            taken(
                key, near_slot[:near_slots], slot_launcher, fired, launcher_flight, met_by,
                inventory, most, kill[row], discriminated[row], sums[5],
            )  # fmt: skip
        out[run] = 0.0
        out[run, :, 0] = there
        for stage in range(1, 6):
            by_posture(sums[stage - 1], out[run, :, stage])
        by_posture(sums[5], out[run, :, 6])
        for posture in range(4):
            out[run, posture, 6] = out[run, posture, 3] - out[run, posture, 6]
