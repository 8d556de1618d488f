"""Kernel of the bracketed secant rule: how a bracket around a sign change is narrowed.

The Illinois rule (Dowell and Jarratt, BIT 11, 1971): the secant's point replaces the end whose
sign it has; an end that stays twice in a row counts half, so that both ends close in.
"""

from __future__ import annotations

from longroad.base.kernel import lean_kernel


@lean_kernel
def secant(low: float, at_low: float, high: float, at_high: float) -> float:
    """Return where the line through two values crosses zero."""
    return high - at_high * (high - low) / (at_high - at_low)


@lean_kernel
def narrowed(
    low: float, at_low: float, high: float, at_high: float, now: float, value: float, side: int
) -> tuple[float, float, float, float, int]:
    """Return (low, at_low, high, at_high, side) with the value at ``now`` taken in.

    ``side`` is 0 at first, then which end was replaced last: 1 the low one, -1 the high one.
    """
    if (value > 0.0) == (at_low > 0.0):
        return now, value, high, 0.5 * at_high if side == 1 else at_high, 1
    return low, 0.5 * at_low if side == -1 else at_low, now, value, -1
