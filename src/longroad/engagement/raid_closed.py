"""Raids that have a formula: barrage, shoot-look-shoot, and how many interceptors a goal takes.

W warheads are tracked with chance t each; a tracked one is killed by a shot with chance k. The goal
is that all are killed with a given confidence C, so each with C^(1/W).

Source: Wilkening, Science & Global Security 8:2 (1999) 183-215.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import RaidError


def salvo_kill(kill: float, shots: float, track: float = 1.0) -> float:
    """Return the chance that ``shots`` kill one warhead: t (1 - (1 - k)^n)."""
    return track * (1.0 - (1.0 - kill) ** shots)


def least_track(warheads: int, confidence: float) -> float:
    """Return the chance of being tracked below which no number of interceptors reaches the goal."""
    return float(confidence ** (1.0 / warheads))


def shots_each(warheads: int, track: float, kill: float, confidence: float) -> float:
    """Return how many shots, not a whole number, each warhead takes: ln(1 - C^(1/W)/t)/ln(1 - k).

    Raises :class:`RaidError` when the goal is out of reach.
    """
    needed = least_track(warheads, confidence) / track
    if needed >= 1.0 or kill <= 0.0:
        raise RaidError(
            "no number of interceptors reaches this goal",
            field="track",
            expected=f"a chance of being tracked above {least_track(warheads, confidence):.4g}",
        )
    return math.log(1.0 - needed) / math.log(1.0 - kill) if kill < 1.0 else 1.0


def barrage(warheads: int, track: float, kill: float, confidence: float) -> float:
    """Return the interceptors, not a whole number, that a barrage takes."""
    return warheads * shots_each(warheads, track, kill, confidence)


def shoot_look_shoot(
    warheads: int, track: float, kill: float, confidence: float, first: float
) -> float:
    """Return the interceptors expected with a first salvo, and the rest on what it left.

    W (n_1 + (1 - t (1 - (1 - k)^n_1)) (n - n_1)): every warhead gets the first salvo, those that
    survive it, tracked or not, get the rest of the n of `shots_each`.
    """
    rest = shots_each(warheads, track, kill, confidence) - first
    return warheads * (first + (1.0 - salvo_kill(kill, first, track)) * rest)


def all_killed(shots: NDArray[np.int64], track: float, kill: float) -> float:
    """Return the chance that all are killed by whole numbers of ``shots`` (W,) at each."""
    return float(np.prod(track * (1.0 - (1.0 - kill) ** shots)))


def evenly(interceptors: int, warheads: int) -> NDArray[np.int64]:
    """Return how many shots each warhead gets (W,) when they are shared as evenly as possible."""
    each, more = divmod(interceptors, warheads)
    return each + (np.arange(warheads) < more).astype(np.int64)


def barrage_chance(interceptors: int, warheads: int, track: float, kill: float) -> float:
    """Return the chance that a barrage shared evenly kills all."""
    return all_killed(evenly(interceptors, warheads), track, kill)


def two_rounds_chance(
    interceptors: int, warheads: int, track: float, kill: float, first: int
) -> float:
    """Return the chance that a first salvo at each and the rest on what it left kill all.

    The rest is shared evenly. A warhead that is not tracked spoils the goal whatever is fired at
    it, so the sum runs over how many of the W tracked ones the first salvo leaves (binomial).
    """
    rest = interceptors - first * warheads
    if rest < 0:
        return 0.0
    left = (1.0 - kill) ** first
    total = 0.0
    for n in range(warheads + 1):
        chance = math.comb(warheads, n) * left**n * (1.0 - left) ** (warheads - n)
        total += chance * (all_killed(evenly(rest, n), 1.0, kill) if n else 1.0)
    return float(track**warheads * total)


def least_interceptors(chance: NDArray[np.float64], confidence: float) -> int:
    """Return the first index at which chances by number of interceptors reach the goal; -1."""
    reached = np.nonzero(chance >= confidence)[0]
    return int(reached[0]) if reached.size else -1


def expected_shots(kill: float, rounds: int, salvo: int) -> float:
    """Return the interceptors that shoot-look-shoot is expected to take per warhead.

    salvo (1 - q^rounds)/(1 - q) with q = (1 - k)^salvo, the chance that a round leaves it alive.
    """
    q = (1.0 - kill) ** salvo
    return float(salvo * (rounds if q == 1.0 else (1.0 - q**rounds) / (1.0 - q)))
