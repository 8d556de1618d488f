"""Numbers drawn for the estimates of a negotiation, one dimension each, whatever their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from longroad.bargaining.problem import Floats
from longroad.base.quantity import Quantity, Status
from longroad.base.streams import sobol_draws
from longroad.scenario.negotiation import Estimate, Negotiation


class Numbers:
    """Draws of every estimate of a negotiation; with ``draws`` 0, the best estimates alone."""

    def __init__(
        self, negotiation: Negotiation, draws: int, seed: int, also: Sequence[str] = ()
    ) -> None:
        self.draws = draws
        ids = tuple(sorted({*_ids(negotiation), *also}))
        u = _uniform(draws, ids, seed)
        self._column = {id: u[:, k] for k, id in enumerate(ids)}

    @property
    def rows(self) -> int:
        """Return how many values each estimate has."""
        return max(1, self.draws)

    def uniform(self, id: str) -> Floats:
        """Return the uniform numbers of a dimension; a half for the best estimate."""
        return self._column[id] if self.draws else np.full(1, 0.5)

    def of(self, id: str, estimate: Estimate) -> Floats:
        """Return the values of an estimate (rows,): PERT where it has a best, else uniform."""
        if not self.draws or estimate.low == estimate.high:
            return np.full(self.rows, estimate.best)
        u = self._column[id]
        if not estimate.peaked:
            return estimate.low + (estimate.high - estimate.low) * u
        pert = Quantity(
            "bargaining.estimate",
            estimate.best,
            estimate.low,
            estimate.high,
            "1",
            Status.REPORTED,
            ("estimate",),
        )
        return pert.ppf(u)


@lru_cache(4)
def _uniform(draws: int, ids: tuple[str, ...], seed: int) -> Floats:
    """Return the uniform numbers of all dimensions: a report asks for the same ones many times."""
    u = sobol_draws(draws, ids, seed)
    u.flags.writeable = False
    return u


def dimensions(negotiation: Negotiation) -> tuple[str, ...]:
    """Return the names of all numbers that are drawn for a negotiation, sorted."""
    return tuple(sorted(_ids(negotiation)))


def _ids(negotiation: Negotiation) -> Iterator[str]:
    """Yield the name of every dimension."""
    for one in negotiation.interests:
        party = one.party
        for issue in negotiation.issues:
            yield f"{party}/weight/{issue.id}"
            for option in issue.option_ids:
                yield f"{party}/value/{issue.id}/{option}"
        yield from (f"{party}/together/{part.id}" for part in one.together)
        yield from (f"{party}/curve/{curve.outcome}" for curve in one.curves)
        yield from (f"{party}/reservation", f"{party}/margin", f"{party}/demand")
        yield from (f"{party}/discount", f"{party}/trust")
        yield from (f"{party}/exposure/{stage.id}" for stage in negotiation.stages)
    yield from (f"{line.party}/line/{line.id}" for line in negotiation.red_lines)
    yield from (f"{line.party}/real/{line.id}" for line in negotiation.red_lines)
    for stage in negotiation.stages:
        yield from (f"stage/{stage.id}/detection", f"stage/{stage.id}/years")
    yield "mimic"


def simplex(u: Floats) -> Floats:
    """Return points uniform on the simplex, (n, k), from uniform numbers of the same shape.

    -ln(1 - u) is exponential; exponentials divided by their sum are uniform on the simplex
    (Devroye, Non-Uniform Random Variate Generation, 1986, chapter V).
    """
    e = -np.log1p(-u)
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def ordered(u: Floats, groups: Sequence[Sequence[int]]) -> Floats:
    """Return points uniform on the part of the simplex where earlier groups weigh no less.

    ``groups`` holds column numbers, the most important first. The mean over draws of a strict
    order is the rank-order centroid, w_k = (1/n) sum_{j>=k} 1/j.
    """
    weights = np.sort(simplex(u), axis=1)[:, ::-1]
    found = np.empty_like(weights)
    start = 0
    for group in groups:
        size = len(group)
        part = weights[:, start : start + size]
        # Within a group the sizes are dealt out by chance: by the rank of fresh-looking numbers.
        deal = np.argsort(np.argsort(u[:, list(group)], axis=1), axis=1)
        found[:, list(group)] = np.take_along_axis(part, deal, axis=1)
        start += size
    return found
