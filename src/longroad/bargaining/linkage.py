"""Two tables bargained apart or together: losses at one can buy gains at the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.frontier import frontier
from longroad.bargaining.hull import Mixed, chain, mixed
from longroad.bargaining.problem import Floats, Problem


@dataclass(frozen=True)
class Linkage:
    """Egalitarian points, as a share of each table's range, apart and together (two parties)."""

    apart: Floats
    together: Floats

    @property
    def gain(self) -> Floats:
        """Return what linking brings each party."""
        return np.asarray(self.together - self.apart)


def linked(first: Problem, second: Problem) -> Problem:
    """Return both tables as one: issues of both, reservation values added up.

    Linking also brings the second table's red lines and ratifiers to the first.
    """
    if first.parties != second.parties:
        raise BargainingError("the two tables do not seat the same parties")
    shift = len(first.issues)
    from dataclasses import replace

    moved = tuple(
        replace(term, scope=tuple(i + shift for i in term.scope)) for term in second.terms
    )
    return Problem(
        first.parties,
        (*first.issues, *second.issues),
        (*first.tables, *second.tables),
        (*first.allowed, *second.allowed),
        (*first.terms, *moved),
        first.reservation + second.reservation,
    )


def linkage(first: Problem, second: Problem) -> Linkage:
    """Return what linking two divisible tables gains: the point of equal shares of the range."""

    def point(one: Problem) -> Floats:
        solved: Mixed = mixed(chain(frontier(one).utilities), one.reservation)
        return solved.kalai_smorodinsky

    return Linkage(point(first) + point(second), point(linked(first, second)))
