"""Scrambled Sobol' points, those of SciPy to the last bit, without importing its statistics.

`scipy.stats` takes half a second to import, which every run would wait for. Its table of direction
numbers is read from where it is installed; where that cannot be done, SciPy itself is asked.

Sources, as SciPy names them: Joe and Kuo, SIAM Journal on Scientific Computing 30:5 (2008), for
the direction numbers; Matousek, Journal of Complexity 14:4 (1998), for the scramble, a linear
matrix with a digital shift.
"""

from __future__ import annotations

import zipfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

BITS = 30
Words = NDArray[np.uint32]


def scrambled(dimensions: int, exponent: int, seed: int) -> NDArray[np.float64]:
    """Return the first 2**exponent points of a scrambled sequence, (2**exponent, dimensions).

    Multiples of 2**-`BITS` in [0, 1). The same as ``scipy.stats.qmc.Sobol(dimensions, bits=BITS,
    rng=seed).random_base2(exponent)``.
    """
    known = directions(dimensions)
    if known is None:
        from scipy.stats import qmc  # costs most of a second

        points: NDArray[np.float64] = qmc.Sobol(
            dimensions, scramble=True, bits=BITS, rng=seed
        ).random_base2(exponent)
        return points
    (random,) = np.random.default_rng(seed).spawn(1)  # as SciPy does
    powers = np.uint32(1) << np.arange(BITS, dtype=np.uint32)
    shift = random.integers(0, 2, (dimensions, BITS), np.uint32) @ powers
    matrix = np.tril(random.integers(0, 2, (dimensions, BITS, BITS), np.uint32), -1)
    matrix += np.eye(BITS, dtype=np.uint32)
    # Of each direction the bits, the highest first, times the matrix, modulo two.
    bits = (known[..., None] >> np.arange(BITS - 1, -1, -1, dtype=np.uint32)) & 1
    mixed = np.einsum("dkm,djm->djk", matrix.astype(np.float32), bits.astype(np.float32))
    steps = (mixed.astype(np.uint32) & 1) @ powers[::-1]
    # In the order of Gray's code, each point differs from the one before in one direction.
    number = np.arange(1, 2**exponent)
    changed = np.log2(number & -number).astype(np.intp)
    whole = np.concatenate([shift[None], steps.T[changed]])
    return np.bitwise_xor.accumulate(whole, axis=0) * 0.5**BITS


@cache
def directions(dimensions: int) -> Words | None:
    """Return the direction numbers (dimensions, `BITS`), or None without SciPy's table.

    m_j of a dimension follow from its primitive polynomial of degree s and its first s numbers:
    m_j = 2 a_1 m_(j-1) xor ... xor 2^s m_(j-s) xor m_(j-s), and v_j = m_j 2^(BITS - j).
    """
    table = _table()
    if table is None or dimensions > len(table[0]):
        return None
    polynomial, first = (part[:dimensions] for part in table)
    degree = np.array([int(p).bit_length() - 1 for p in polynomial])
    made = np.ones((dimensions, BITS), dtype=np.int64)
    for s in np.unique(degree[1:]):  # the first dimension is van der Corput's: ones
        rows = np.flatnonzero(degree == s)
        rows = rows[rows > 0]
        made[rows, :s] = first[rows, :s]
        for j in range(s, BITS):
            new = made[rows, j - s]
            for k in range(s):
                used = (polynomial[rows] >> (s - 1 - k)) & 1
                new = new ^ (used * made[rows, j - k - 1] << (k + 1))
            made[rows, j] = new
    return (made << np.arange(BITS - 1, -1, -1)).astype(np.uint32)


@cache
def _table() -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return SciPy's primitive polynomials and first direction numbers, or None."""
    found = find_spec("scipy")
    if found is None or found.origin is None:
        return None
    try:
        with np.load(Path(found.origin).parent / "stats" / "_sobol_direction_numbers.npz") as file:
            return file["poly"].astype(np.int64), file["vinit"].astype(np.int64)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile):
        return None
