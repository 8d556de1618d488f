"""Intervals of a proportion: what h hits in n tries say about the chance of a hit."""

from __future__ import annotations

import math

from longroad.base.errors import RaidError


def wilson(hits: int, tries: int, confidence: float) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion.

    (p + z^2/2n +- z sqrt(p (1 - p)/n + z^2/4n^2)) / (1 + z^2/n). Source: Wilson, JASA 22:158
    (1927), doi:10.1080/01621459.1927.10502953.
    """
    from scipy.special import ndtri

    _check(hits, tries, confidence)
    z = float(ndtri(0.5 + 0.5 * confidence))
    p, part = hits / tries, z * z / tries
    middle = p + 0.5 * part
    half = z * math.sqrt(p * (1.0 - p) / tries + 0.25 * part / tries)
    return max((middle - half) / (1.0 + part), 0.0), min((middle + half) / (1.0 + part), 1.0)


def clopper_pearson(hits: int, tries: int, confidence: float) -> tuple[float, float]:
    """Return the exact interval of a proportion, whose ends are quantiles of beta distributions.

    Source: Clopper and Pearson, Biometrika 26:4 (1934), doi:10.1093/biomet/26.4.404.
    """
    from scipy.special import betaincinv

    _check(hits, tries, confidence)
    tail = 0.5 * (1.0 - confidence)
    low = float(betaincinv(hits, tries - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, tries - hits, 1.0 - tail)) if hits < tries else 1.0
    return low, high


def _check(hits: int, tries: int, confidence: float) -> None:
    if not 0 <= hits <= tries or tries < 1 or not 0.0 < confidence < 1.0:
        raise RaidError(
            f"{hits} hits in {tries} tries at {confidence:g} are no test record",
            expected="no more hits than tries, and a confidence between 0 and 1",
        )
