"""Kernel of chance in a raid: Philox4x64-10, so that a number depends on its key alone.

Every random number of a raid has an address: (replicate, raid, purpose, index) is the counter, the
seed's digest is the key. Agreements and discriminations that are run side by side look up the same
addresses and so meet the same luck, and no number depends on which worker asks for it.

Source: Salmon, Moraes, Dror and Shaw, SC11, doi:10.1145/2063384.2063405.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel

Array = NDArray[np.float64]
Words = NDArray[np.uint64]

# What a number is for; block j of a purpose's numbers has j * PURPOSES added.
STATE, OBJECT, SYSTEM, CONSENT, SHOT, PURPOSES = 0, 1, 2, 3, 4, 8

_MULTIPLY_0, _MULTIPLY_1 = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
_WEYL_0, _WEYL_1 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_LOW, _HALF, _DROP = np.uint64(0xFFFFFFFF), np.uint64(32), np.uint64(11)
_UNIT = 2.0**-53
ROUNDS = 10


@lean_kernel
def high_word(a: np.uint64, b: np.uint64) -> np.uint64:
    """Return the upper 64 of the 128 bits of a * b."""
    a_low, a_high, b_low, b_high = a & _LOW, a >> _HALF, b & _LOW, b >> _HALF
    middle = a_high * b_low + ((a_low * b_low) >> _HALF)
    other = a_low * b_high + (middle & _LOW)
    return a_high * b_high + (middle >> _HALF) + (other >> _HALF)


@lean_kernel
def philox(
    key: Words, c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Return the four words of one counter under a key (2,)."""
    k0, k1 = key[0], key[1]
    for _ in range(ROUNDS):
        high_0, low_0 = high_word(_MULTIPLY_0, c0), _MULTIPLY_0 * c0
        high_1, low_1 = high_word(_MULTIPLY_1, c2), _MULTIPLY_1 * c2
        c0, c1, c2, c3 = high_1 ^ c1 ^ k0, low_1, high_0 ^ c3 ^ k1, low_0
        k0 += _WEYL_0
        k1 += _WEYL_1
    return c0, c1, c2, c3


@lean_kernel
def uniforms(key: Words, replicate: int, raid: int, purpose: int, index: int, out: Array) -> None:
    """Fill four numbers in [0, 1), multiples of 2^-53, of one address into ``out`` (4,)."""
    a, b, c, d = philox(
        key, np.uint64(replicate), np.uint64(raid), np.uint64(purpose), np.uint64(index)
    )
    out[0] = (a >> _DROP) * _UNIT
    out[1] = (b >> _DROP) * _UNIT
    out[2] = (c >> _DROP) * _UNIT
    out[3] = (d >> _DROP) * _UNIT


@lean_kernel
def quantile(table: Array, u: float) -> float:
    """Return the value at ``u`` of a table of evenly spaced quantiles (Q,), linear between."""
    x = u * (table.size - 1)
    k = min(int(x), table.size - 2) if table.size > 1 else 0
    if table.size == 1 or table[k] == table[k + 1]:
        return table[k]
    return table[k] + (x - k) * (table[k + 1] - table[k])
