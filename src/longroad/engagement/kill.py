"""Kill probabilities whose shots are correlated: three levels from one number and two correlations.

A shot kills when the system works (one draw for each kind of interceptor and raid), when the object
is one that this kind can kill (one draw for each object), and when the shot itself hits:

    p = w d h .

Two shots at different objects share the first level, two at the same object also the second, so
that their correlations are

    r_s = p (1/w - 1) / (1 - p)         r_o = p (1/(w d) - 1) / (1 - p)

and the levels follow from p, r_s and r_o >= r_s:

    w = p / (p + r_s (1 - p))     w d = p / (p + r_o (1 - p))     h = p / (w d) = p + r_o (1 - p) .

Without correlation w = d = 1 and h = p: independent shots. With r_s = 1, w = p and d = h = 1: all
or nothing. With r_o = 1 and r_s = 0 one shot at an object is as good as many.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import RaidError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Levels:
    """Probabilities that the system works, that the object can be killed, that a shot hits."""

    system: Array
    object: Array
    shot: Array

    @property
    def single_shot(self) -> Array:
        """Return the kill probability of a single shot."""
        return np.asarray(self.system * self.object * self.shot)

    def salvo(self, shots: ArrayLike) -> Array:
        """Return the chance that a salvo of ``shots`` kills: w d (1 - (1 - h)^n)."""
        return np.asarray(
            self.system * self.object * (1.0 - (1.0 - self.shot) ** np.asarray(shots))
        )


def levels(
    single_shot: ArrayLike, system_correlation: ArrayLike, object_correlation: ArrayLike
) -> Levels:
    """Return the levels of single-shot kill probabilities under two correlations (any shapes).

    Raises :class:`RaidError` for what is not in [0, 1], and for shots at one object that are less
    correlated than shots at different ones.
    """
    p, r_s, r_o = np.broadcast_arrays(
        *(np.asarray(x, dtype=np.float64)
          for x in (single_shot, system_correlation, object_correlation))
    )  # fmt: skip
    for name, value in (("kill", p), ("system_correlation", r_s), ("object_correlation", r_o)):
        if not np.all((value >= 0.0) & (value <= 1.0)):
            raise RaidError(
                "a probability or correlation lies outside its range",
                field=name,
                expected="numbers from 0 to 1",
            )
    if not np.all(r_s <= r_o):
        raise RaidError(
            "shots at one object are less correlated than shots at different objects",
            field="object_correlation",
            expected="at least the correlation between objects",
        )
    system = _share(p, r_s)
    both = _share(p, r_o)
    object = np.divide(both, system, out=np.ones_like(both), where=system > 0.0)
    return Levels(system, object, p + r_o * (1.0 - p))


def _share(p: Array, r: Array) -> Array:
    """Return p / (p + r (1 - p)); 1 without correlation, whatever p is."""
    below = p + r * (1.0 - p)
    return np.divide(p, below, out=np.ones_like(below), where=below > 0.0)
