"""Adjusted winner: two parties, 100 points each over divisible issues, one issue split at most.

Each issue goes to whoever gives it more points; then issues go back from the party that is ahead,
least ratio of its points to the other's first, until both have the same number. The division is
efficient, equitable and free of envy (Brams and Taylor, Fair Division, 1996, chapter 4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from longroad.bargaining.errors import BargainingError


@dataclass(frozen=True)
class Division:
    """The share of each issue that the first party has, and the points of both, exactly."""

    shares: tuple[Fraction, ...]
    totals: tuple[Fraction, Fraction]


def adjusted_winner(first: Sequence[int | Fraction], second: Sequence[int | Fraction]) -> Division:
    """Return the division of issues to which the parties give ``first`` and ``second`` points.

    Issues on which the points are equal go to the first party at the start. Raises
    :class:`BargainingError` for lists of unequal length, negative points and equal totals of zero.
    """
    if len(first) != len(second) or not first:
        raise BargainingError("the two parties do not give points to the same issues")
    if min(*first, *second) < 0 or sum(first) <= 0 or sum(second) <= 0:
        raise BargainingError("points sum to zero, or some are negative", expected="points")
    a, b = [Fraction(x) for x in first], [Fraction(x) for x in second]
    shares = [Fraction(int(x >= y)) for x, y in zip(a, b, strict=True)]

    def ahead() -> Fraction:
        ours = sum((s * x for s, x in zip(shares, a, strict=True)), Fraction(0))
        theirs = sum(((1 - s) * y for s, y in zip(shares, b, strict=True)), Fraction(0))
        return ours - theirs

    lead = ahead()
    sign = 1 if lead > 0 else -1
    own, rival = (a, b) if lead > 0 else (b, a)
    held = [i for i, s in enumerate(shares) if (s == 1) == (sign > 0) and own[i] + rival[i] > 0]
    # An issue worthless to the other party is given up last: its ratio has no bound.
    held.sort(key=lambda i: (rival[i] == 0, own[i] / rival[i] if rival[i] else Fraction(0)))
    for i in held:
        lead = ahead() * sign
        if lead <= 0:
            break
        moved = min(Fraction(1), lead / (own[i] + rival[i]))
        shares[i] -= sign * moved
    ours = sum((s * x for s, x in zip(shares, a, strict=True)), Fraction(0))
    theirs = sum(((1 - s) * y for s, y in zip(shares, b, strict=True)), Fraction(0))
    return Division(tuple(shares), (ours, theirs))
