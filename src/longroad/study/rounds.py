"""Shot opportunities: how many rounds of shoot, look, shoot an arc leaves a set of batteries."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
MOST_ROUNDS = 6
# Of one battery, given when it is free (N,) and which arcs are asked for: the first intercepts.
FirstMeets = Callable[[int, Array, Flags], Array]


def count_rounds(engaged: Flags, batteries: int, first: FirstMeets, decision_s: float) -> Array:
    """Return how many rounds each arc (N,) leaves time for, at most `MOST_ROUNDS`.

    The battery that meets the arc first fires; whether that hit is known after the decision time,
    and the next round may start. ``engaged`` are the arcs that have a first round; ``first`` (k,
    free (N,), asked (N,)) gives battery k's first intercept of each arc (N,) if it launches at
    ``free`` or later (minus infinity: as early as it can), infinite where there is none.
    """
    rounds = np.zeros(engaged.size)
    free = np.full(engaged.size, -math.inf)
    going = engaged.copy()
    while going.any() and rounds.max(initial=0.0) < MOST_ROUNDS:
        meets = np.full(engaged.size, math.inf)
        for k in range(batteries):
            np.minimum(meets, first(k, free, going), out=meets)
        going &= np.isfinite(meets)
        rounds += going
        free = np.where(going, meets + decision_s, math.inf)
    return rounds
