"""What a gain is worth in something that can be counted: an even swap, read backwards.

A gain g at a curve with weight w is worth as much as moving its outcome from x to y where
w (v(y) - v(x)) = g. Source: Hammond, Keeney and Raiffa, Smart Choices, 1999 (even swaps).
"""

from __future__ import annotations

import numpy as np

from longroad.bargaining.problem import Floats
from longroad.scenario.negotiation import Curve


def even_swap(curve: Curve, weight: float, start: float, gain: float) -> float:
    """Return by how much the outcome would have to change from ``start`` to be worth ``gain``.

    NaN when the whole curve is worth less than that, or when the curve is not strictly monotone
    between the two.
    """
    if weight <= 0.0:
        return float("nan")
    at, value = np.asarray(curve.at), np.asarray(curve.value)
    wanted = float(np.interp(start, at, value)) + gain / weight
    if not value.min() <= wanted <= value.max():
        return float("nan")
    steps = np.diff(value)
    if np.all(steps > 0.0):
        return float(np.interp(wanted, value, at)) - start
    if np.all(steps < 0.0):
        return float(np.interp(wanted, value[::-1], at[::-1])) - start
    return float("nan")


def in_swings(gains: Floats, weight: Floats) -> Floats:
    """Return gains in whole swings, worst to best, of an issue that has ``weight``."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(weight > 0.0, gains / weight, np.nan))
