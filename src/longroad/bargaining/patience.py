"""Alternating offers with complete information: who is more patient gets more, and at once.

The first proposer's share is (1 - d2) / (1 - d1 d2) with discount factors d per round
(Rubinstein, Econometrica 50:1, 1982). As rounds shrink it tends to r2 / (r1 + r2), the exponents of
an asymmetric Nash solution. It predicts agreement without delay, so it is a limit and no forecast.
"""

from __future__ import annotations

from math import exp

from longroad.bargaining.errors import BargainingError


def first_share(first: float, second: float) -> float:
    """Return the first proposer's share for discount factors per round, without a deadline."""
    _check(first, second)
    return (1.0 - second) / (1.0 - first * second)


def share_with_deadline(first: float, second: float, rounds: int) -> float:
    """Return the first proposer's share when nothing is left after so many rounds.

    Backwards: v_T = 1; the proposer of a round offers the responder what he can have in the next,
    discounted, and keeps v_t = 1 - d_responder v_{t+1}.
    """
    _check(first, second)
    if rounds < 1:
        raise BargainingError("there is no round to propose in", expected="1 or more")
    value = 1.0
    for round_ in range(rounds - 2, -1, -1):
        value = 1.0 - (second if round_ % 2 == 0 else first) * value
    return value


def share_at_rates(first: float, second: float, step: float) -> float:
    """Return the share for discount rates per year and rounds of ``step`` years."""
    return first_share(exp(-first * step), exp(-second * step))


def limit_share(first: float, second: float) -> float:
    """Return the share as rounds shrink to nothing, for discount rates per year."""
    if first + second <= 0.0:
        raise BargainingError("neither party discounts the future", expected="a rate above zero")
    return second / (first + second)


def _check(first: float, second: float) -> None:
    if not (0.0 <= first < 1.0 and 0.0 <= second < 1.0):
        raise BargainingError(
            "a discount factor is not below one", expected="0 or more, less than 1"
        )
