"""Kernel of a block of replicates: every agreement and discrimination under the same luck."""

from __future__ import annotations

import math

import numpy as np

from longroad.base.kernel import kernel
from longroad.engagement.raid_arrays_kernel import (
    AT,
    IGNITES,
    SPREAD,
    USABLE,
    WAITS,
    Index,
    Luck,
    Objects,
    Terms,
    Work,
)
from longroad.engagement.raid_count_kernel import (
    LEAKERS,
    NOTHING_LEAKS,
    Counts,
    add_up,
    count,
    procedure,
)
from longroad.engagement.raid_kernel import fight
from longroad.engagement.raid_random_kernel import (
    CONSENT,
    OBJECT,
    STATE,
    SYSTEM,
    Words,
    quantile,
    uniforms,
)


@kernel
def draw(
    key: Words, replicate: int, asked: bool, objects: Objects, luck: Luck, work: Work
) -> float:
    """Draw what a replicate needs in any case; return the number of its state of information."""
    luck.drawn[:] = 0
    four = np.empty(4)
    for r in range(objects.first.size - 1):
        for kind in range(luck.system.shape[1]):
            uniforms(key, replicate, r, SYSTEM, kind, four)
            luck.system[r, kind] = four[0]
        for o in range(objects.first[r], objects.first[r + 1]):
            uniforms(key, replicate, r, OBJECT, o, luck.plain[o])
            jitter = objects.real[o, SPREAD] * luck.plain[o, 0]
            work.when[o, AT] = objects.real[o, IGNITES] + jitter
            if asked:
                for p in range(luck.consent.shape[1]):
                    index = o * luck.consent.shape[1] + p
                    uniforms(key, replicate, r, CONSENT, index, luck.consent[o, p])
    uniforms(key, replicate, 0, STATE, 0, four)
    return four[0]


@kernel
def wait_for_consent(terms: Terms, a: int, asked: bool, luck: Luck, work: Work) -> None:
    """Fill how long each party waits for consent to each object; infinite where it is refused."""
    for p in range(terms.consent.shape[1]):
        draws = terms.asks[a, p]
        for o in range(work.when.shape[0]):
            if not asked:
                work.when[o, WAITS + p] = 0.0
            elif luck.consent[o, draws, 0] < terms.consent[a, p]:
                work.when[o, WAITS + p] = quantile(terms.delay[a, p], luck.consent[o, draws, 1])
            else:
                work.when[o, WAITS + p] = math.inf


@kernel
def anybody_asks(terms: Terms) -> bool:
    """Return whether any party under any agreement needs consent that is not certain and free."""
    return bool(np.any(terms.consent < 1.0) or np.any(terms.delay != 0.0))


@kernel
def block(
    key: Words, begin: int, end: int, modes: Index, commands: Index, territories: int,
    objects: Objects, terms: Terms, luck: Luck, work: Work,
    by_raid: Counts, total: Counts, cross: Counts, leaks: Counts, launched: Counts,
    wasted: Counts, samples: Counts,
) -> None:  # fmt: skip
    """Run the replicates from ``begin`` to ``end`` and add them up.

    ``modes`` (D,) discriminations; ``commands`` (A,) how many commands an agreement has;
    ``by_raid`` (R, A, D, M); ``samples`` (n, A, D, M) keeps the first n of the block's replicates
    as they are. The other outputs are those of `raid_count_kernel.add_up`.
    """
    agreements, raids = commands.size, objects.first.size - 1
    x = np.zeros((agreements, modes.size, total.shape[2]), dtype=np.int64)
    one = np.zeros(total.shape[2], dtype=np.int64)
    status = np.zeros((raids, work.when.shape[0]), dtype=np.int64)
    lost = np.zeros((raids, terms.consent.shape[1], 3), dtype=np.int64)
    stock = np.zeros(terms.stock.shape[1], dtype=np.int64)
    asked = anybody_asks(terms)
    for replicate in range(begin, end):
        u = draw(key, replicate, asked, objects, luck, work)
        for a in range(agreements):
            s = 0
            while s < terms.edge.shape[1] - 1 and u >= terms.edge[a, s]:
                s += 1
            launches, meets = terms.launches[a, s], terms.meets[a]
            real, whole = terms.real[a], terms.whole[a]
            wait_for_consent(terms, a, asked, luck, work)
            for r in range(raids):
                procedure(
                    r, launches, whole, terms.free[a, s], objects, work.when, status[r], lost[r]
                )
            for d in range(modes.size):
                stock[:] = terms.stock[a]
                x[a, d] = 0
                for r in range(raids):
                    for b in range(stock.size):
                        stock[b] += terms.resupply[a, r, b]
                        work.account[b, USABLE] = max(stock[b] - terms.reserve[a, r, b], 0)
                        stock[b] -= work.account[b, USABLE]
                    fight(
                        key, replicate, r, modes[d], commands[a], launches, meets, real, whole,
                        terms.order[a], terms.start[a], terms.look[a], terms.aware[a],
                        terms.sees[a], objects, luck, work,
                    )  # fmt: skip
                    for b in range(stock.size):
                        stock[b] += work.account[b, USABLE]
                    count(
                        r, modes[d], whole, objects, luck, work, status[r], lost[r], territories,
                        one,
                    )  # fmt: skip
                    by_raid[r, a, d] += one
                    x[a, d] += one
                x[a, d, NOTHING_LEAKS] = int(x[a, d, LEAKERS] == 0)
        add_up(x, total, cross, leaks, launched, wasted)
        if replicate - begin < samples.shape[0]:
            samples[replicate - begin] = x


@kernel
def one_raid(
    key: Words, replicate: int, a: int, mode: int, commands: int, last: int, objects: Objects,
    terms: Terms, luck: Luck, work: Work, by_raid_stock: Index,
) -> int:  # fmt: skip
    """Fight the raids up to ``last`` of one replicate; the log holds the last; return the state.

    ``by_raid_stock`` (2, B) is filled with what stood ready before the last one and after it.
    """
    u = draw(key, replicate, anybody_asks(terms), objects, luck, work)
    s = 0
    while s < terms.edge.shape[1] - 1 and u >= terms.edge[a, s]:
        s += 1
    wait_for_consent(terms, a, anybody_asks(terms), luck, work)
    stock = terms.stock[a].copy()
    for r in range(last + 1):
        stock += terms.resupply[a, r]
        by_raid_stock[0] = stock
        work.account[:, USABLE] = np.maximum(stock - terms.reserve[a, r], 0)
        stock -= work.account[:, USABLE]
        fight(
            key, replicate, r, mode, commands, terms.launches[a, s], terms.meets[a],
            terms.real[a], terms.whole[a], terms.order[a], terms.start[a], terms.look[a],
            terms.aware[a], terms.sees[a], objects, luck, work,
        )  # fmt: skip
        stock += work.account[:, USABLE]
        by_raid_stock[1] = stock
    return s
