"""Random numbers that depend on the seed and on nothing else.

Assumptions are drawn by scrambled Sobol' sequences, one dimension per quantity; chance is drawn
by Philox generators keyed by what they are for, never by who asks.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import QuantityError

SCRAMBLES = 8
_BITS = 30  # of a Sobol' point
_KEPT = 2**15  # numbers in a scramble's points (256 KiB) that are kept


def philox(seed: int, *key: int | str) -> np.random.Generator:
    """Return the generator of a key: the same at any worker count and in any order of calls.

    Source: Salmon, Moraes, Dror and Shaw, SC11, doi:10.1145/2063384.2063405.
    """
    return np.random.Generator(np.random.Philox(key=philox_key(seed, *key)))


def philox_key(seed: int, *key: int | str) -> NDArray[np.uint64]:
    """Return the Philox key (2,): the first 128 bits of SHA-256 over seed and key.

    Each part is written with its kind and length.
    """
    return np.frombuffer(_digest(seed, *key), dtype="<u8").astype(np.uint64)


def _digest(seed: int, *key: int | str) -> bytes:
    """Return 16 bytes for a seed and a key; 1 and "1" differ, as do ("ab", "c") and ("a", "bc")."""
    digest = hashlib.sha256()
    for part in (int(seed), *key):
        text = str(part).encode()
        kind = b"s" if isinstance(part, str) else b"i"
        digest.update(kind + str(len(text)).encode() + b":" + text)
    return digest.digest()[:16]


def sobol_draws(
    n: int, ids: Sequence[str], seed: int, scrambles: int = SCRAMBLES
) -> NDArray[np.float64]:
    """Return uniform numbers in (0, 1), shape (n, len(ids)), column j for ``ids[j]``.

    Dimensions are given out in the sorted order of the ids, whatever order they come in. Draw k
    is point k // scrambles of scramble k % scrambles, so that more draws leave the first ones
    as they are and every scramble holds n / scrambles points, give or take one. The scrambles
    are independent (Owen's linear matrix scramble with digital shift, as in SciPy), so the
    spread of their means measures the sampling error: see :func:`scramble_error`.

    Source: Owen, Journal of Complexity 14:4 (1998), doi:10.1006/jcom.1998.0487.
    """
    if n < 0 or scrambles < 1:
        raise ValueError("n and scrambles are not negative, and there is one scramble or more")
    if len(set(ids)) != len(ids):
        raise ValueError("every quantity has one dimension")
    draws = np.empty((n, len(ids)))
    if draws.size == 0:
        return draws
    # A power of two keeps the sequence balanced; the points beyond n are thrown away.
    exponent = math.ceil(math.log2(max(1, math.ceil(n / scrambles))))
    position = np.argsort(np.argsort(np.asarray(ids, dtype=object)))
    for scramble in range(scrambles):
        rows = draws[scramble::scrambles]
        own_seed = int.from_bytes(_digest(seed, "sobol", scramble), "little")
        # Points stand at the lower edge of their cell; half a cell up keeps them off zero.
        block = _points(len(ids), exponent, own_seed)[: len(rows)] + 0.5 ** (_BITS + 1)
        rows[:] = block[:, position]
    return draws


def _points(dimensions: int, exponent: int, seed: int) -> NDArray[np.float64]:
    """Return one scramble's points; small plans with as many quantities ask for the same ones."""
    small = dimensions << exponent <= _KEPT
    return (_kept_points if small else _new_points)(dimensions, exponent, seed)


def _new_points(dimensions: int, exponent: int, seed: int) -> NDArray[np.float64]:
    from scipy.stats import qmc  # costs most of a second, and only runs need it

    sequence = qmc.Sobol(dimensions, scramble=True, bits=_BITS, rng=seed)
    return np.asarray(sequence.random_base2(exponent), dtype=np.float64)


_kept_points = lru_cache(256)(_new_points)


def scramble_error(values: NDArray[np.float64], scrambles: int = SCRAMBLES) -> NDArray[np.float64]:
    """Return the standard error of the mean over draws (axis 0), from the scrambles' means.

    ``values`` has a row for each draw of :func:`sobol_draws`, in that order. NaN when there is
    no draw for two scrambles.
    """
    groups = [values[s::scrambles] for s in range(min(scrambles, len(values)))]
    if len(groups) < 2:
        return np.full(np.shape(values)[1:], np.nan)
    means = np.array([group.mean(axis=0) for group in groups])
    spread: NDArray[np.float64] = means.std(axis=0, ddof=1) / math.sqrt(len(groups))
    return spread


def correlate(u: NDArray[np.float64], rank_correlation: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ``u`` (n, d) with Spearman's rank correlation (d, d), by a Gaussian copula.

    z = Phi^-1(u) is multiplied by the Cholesky factor of R, R_ij = 2 sin(pi rho_ij / 6), the
    normal correlation that has rank correlation rho_ij, and mapped back by Phi. The first
    column stays as it is. Source: Kruskal, JASA 53:284 (1958), doi:10.1080/01621459.1958.10501481.

    Raises :class:`QuantityError` when no joint distribution has these correlations.
    """
    from scipy.special import ndtr, ndtri

    rho = np.asarray(rank_correlation, dtype=np.float64)
    if rho.shape != (u.shape[1], u.shape[1]):
        raise ValueError("one row and column of correlation for each column of u")
    fits = np.all(np.isfinite(rho)) and np.all(np.abs(rho) <= 1.0)
    if not fits or not np.array_equal(rho, rho.T) or not np.all(np.diag(rho) == 1.0):
        raise QuantityError(
            "this is not a rank correlation",
            expected="a symmetric matrix of numbers from -1 to 1 with ones on the diagonal",
        )
    normal = 2.0 * np.sin(np.pi * rho / 6.0)
    np.fill_diagonal(normal, 1.0)
    factor = _cholesky(normal)
    # einsum, not BLAS: the order of summation is then the same at any number of threads.
    return np.asarray(ndtr(np.einsum("nj,ij->ni", ndtri(u), factor)))


def _cholesky(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the lower factor; a matrix that is singular to rounding is accepted."""
    size = len(matrix)
    factor = np.zeros_like(matrix)
    for i in range(size):
        for j in range(i):
            rest = matrix[i, j] - np.dot(factor[i, :j], factor[j, :j])
            factor[i, j] = rest / factor[j, j] if factor[j, j] > 0.0 else 0.0
            if factor[j, j] == 0.0 and abs(rest) > 1e-9:
                raise _impossible()
        left = matrix[i, i] - np.dot(factor[i, :i], factor[i, :i])
        if left < -1e-9:
            raise _impossible()
        factor[i, i] = math.sqrt(left) if left > 1e-12 else 0.0
    return factor


def _impossible() -> QuantityError:
    return QuantityError(
        "these rank correlations contradict each other",
        expected="a matrix that is positive semi-definite",
    )
