"""Distributions of counts, convolved exactly: platforms that survive together, even salvos."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel
from longroad.deterrent.exchange_kernel import shots_at

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@kernel
def platforms_pmf(
    platform_first: Ints,
    survival: Array,
    load: Ints,
    reliability: Array,
    passing: Array,
    pmf: Array,
) -> None:
    """Fill ``pmf`` with the distribution of how many warheads of all platforms arrive.

    Platform p has the launchers from platform_first[p] to platform_first[p + 1]; they survive
    together with probability ``survival``, then each flies with ``reliability``, and each of its
    ``load`` warheads passes with ``passing``. ``pmf`` has one place more than all warheads.
    """
    pmf[:] = 0.0
    pmf[0] = 1.0
    size = 0
    local = np.zeros(len(pmf))
    one = np.zeros(len(pmf))
    for p in range(len(survival)):
        local[0] = 1.0
        own = 0
        for n in range(platform_first[p], platform_first[p + 1]):
            # Binomial(load, passing) by steps, then mixed with a flight that fails.
            one[0] = 1.0
            for k in range(load[n]):
                one[k + 1] = one[k] * passing[n]
                for j in range(k, 0, -1):
                    one[j] = one[j] * (1.0 - passing[n]) + one[j - 1] * passing[n]
                one[0] *= 1.0 - passing[n]
            for j in range(load[n] + 1):
                one[j] *= reliability[n]
            one[0] += 1.0 - reliability[n]
            for i in range(own + load[n], -1, -1):
                total = 0.0
                for j in range(min(load[n], i) + 1):
                    if i - j <= own:
                        total += local[i - j] * one[j]
                local[i] = total
            own += load[n]
        for i in range(own + 1):
            local[i] *= survival[p]
        local[0] += 1.0 - survival[p]
        for i in range(size + own, -1, -1):
            total = 0.0
            for j in range(max(0, i - size), min(own, i) + 1):
                total += pmf[i - j] * local[j]
            pmf[i] = total
        size += own


@kernel
def defended_pmf(
    pmf: Array, inventory: Ints, most: Ints, kill: Array, discriminated: float, out: Array
) -> None:
    """Fill ``out`` with the distribution of what is left of ``pmf``'s objects after the salvos.

    All sites (inventory, most shots, chance of a shot) reach all objects of this pool; object j
    of n is hit with d (1 - prod_s (1 - k_s)^shots_s(j, n)), independently of the others: the
    number hit is Poisson-binomial.
    """
    out[:] = 0.0
    hits = np.zeros(len(pmf))
    for n in range(len(pmf)):
        if pmf[n] == 0.0:
            continue
        hits[0] = 1.0
        number = 0
        for j in range(n):
            missed = 1.0
            for s in range(len(inventory)):
                missed *= (1.0 - kill[s]) ** shots_at(j, n, inventory[s], most[s])
            chance = discriminated * (1.0 - missed)
            if chance == 0.0:
                continue
            number += 1
            hits[number] = hits[number - 1] * chance
            for i in range(number - 1, 0, -1):
                hits[i] = hits[i] * (1.0 - chance) + hits[i - 1] * chance
            hits[0] *= 1.0 - chance
        for i in range(number + 1):
            out[n - i] += pmf[n] * hits[i]
