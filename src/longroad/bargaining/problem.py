"""A negotiation as arrays: what each option of each issue is worth to each party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longroad.bargaining.errors import BargainingError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
MOST_PARTIES = 4


@dataclass(frozen=True)
class Term:
    """A part of utility, or a condition, that depends on several issues together.

    ``scope`` are issue numbers in rising order; ``values`` (parties, m_1, m_2, ...) are added to
    the utilities, ``allowed`` (m_1, m_2, ...) says which combinations may stand in a package.
    """

    scope: tuple[int, ...]
    values: Floats
    allowed: Bools


@dataclass(frozen=True)
class Problem:
    """Parties, issues, what options are worth, and what each party has without a deal.

    ``tables[i]`` (parties, m_i) is the utility of each option of issue i; a package is worth the
    sum over issues and terms. ``reservation`` (parties,) is what each party keeps without a deal:
    a package is *acceptable* to a party when it is worth at least that. ``allowed[i]`` (m_i,).

    Raises :class:`BargainingError` for fewer than one or more than four parties, no issue, an
    issue without options, and numbers that are not finite.
    """

    parties: tuple[str, ...]
    issues: tuple[str, ...]
    tables: tuple[Floats, ...]
    allowed: tuple[Bools, ...]
    terms: tuple[Term, ...]
    reservation: Floats

    def __post_init__(self) -> None:
        if not 1 <= len(self.parties) <= MOST_PARTIES:
            raise BargainingError(
                f"there are {len(self.parties)} parties", expected=f"one to {MOST_PARTIES}"
            )
        if not self.issues:
            raise BargainingError("there is no issue to bargain over", expected="one or more")
        for name, table, fine in zip(self.issues, self.tables, self.allowed, strict=True):
            if table.ndim != 2 or table.shape[0] != len(self.parties) or table.shape[1] < 1:
                raise BargainingError(
                    f"the issue '{name}' has no value for every party and option",
                    expected="parties by options",
                )
            if fine.shape != table.shape[1:]:
                raise BargainingError(f"'{name}' does not say which options are allowed")
            _finite(table, f"the issue '{name}'")
        for term in self.terms:
            shape = tuple(self.sizes[i] for i in term.scope)
            fits = term.values.shape == (len(self.parties), *shape) and term.allowed.shape == shape
            if not fits or list(term.scope) != sorted(set(term.scope)) or len(term.scope) < 2:
                raise BargainingError("a term does not fit its issues")
            _finite(term.values, "a term")
        if self.reservation.shape != (len(self.parties),):
            raise BargainingError(
                "a party has no reservation value", expected="one for every party"
            )
        _finite(self.reservation, "a reservation value")

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return the number of options of each issue."""
        return tuple(table.shape[1] for table in self.tables)

    @property
    def packages(self) -> int:
        """Return how many packages there are, allowed or not."""
        return prod(self.sizes)


def at(values: NDArray[Any], place: Sequence[Any]) -> NDArray[Any]:
    """Return what a table (parties, m_1, m_2, ...) holds for all parties at options given."""
    index: Any = (slice(None), *place)
    return np.asarray(values[index])


def trusted(
    parties: tuple[str, ...],
    issues: tuple[str, ...],
    tables: tuple[Floats, ...],
    allowed: tuple[Bools, ...],
    terms: tuple[Term, ...],
    reservation: Floats,
) -> Problem:
    """Return a problem made of parts that were checked before, one of thousands of its kind."""
    made = object.__new__(Problem)
    fields = (parties, issues, tables, allowed, terms, reservation)
    for name, value in zip(Problem.__dataclass_fields__, fields, strict=True):
        object.__setattr__(made, name, value)
    return made


def _finite(values: Floats, what: str) -> None:
    if not np.all(np.isfinite(values)):
        raise BargainingError(f"{what} holds a value that is not finite", expected="a number")


def problem(
    tables: Sequence[Floats],
    reservation: Sequence[float] | Floats,
    *,
    parties: Sequence[str] | None = None,
    issues: Sequence[str] | None = None,
    allowed: Sequence[Bools] | None = None,
    terms: Sequence[Term] = (),
) -> Problem:
    """Return a problem from bare tables (parties, options), one for each issue."""
    arrays = tuple(np.asarray(table, dtype=np.float64) for table in tables)
    count = arrays[0].shape[0] if arrays else 0
    return Problem(
        parties=tuple(parties or (f"party-{p + 1}" for p in range(count))),
        issues=tuple(issues or (f"issue-{i + 1}" for i in range(len(arrays)))),
        tables=arrays,
        allowed=tuple(allowed or (np.ones(table.shape[1], dtype=np.bool_) for table in arrays)),
        terms=tuple(terms),
        reservation=np.asarray(reservation, dtype=np.float64),
    )


def utilities(one: Problem, choices: Ints) -> Floats:
    """Return what packages are worth, (packages, parties), for ``choices`` (packages, issues)."""
    total = np.zeros((len(choices), len(one.parties)))
    for i, table in enumerate(one.tables):
        total += table[:, choices[:, i]].T
    for term in one.terms:
        total += at(term.values, [choices[:, i] for i in term.scope]).T
    return total


def permitted(one: Problem, choices: Ints) -> Bools:
    """Return which packages (packages, issues) hold no option or combination that is ruled out."""
    fine = np.ones(len(choices), dtype=np.bool_)
    for i, mask in enumerate(one.allowed):
        fine &= mask[choices[:, i]]
    for term in one.terms:
        fine &= term.allowed[tuple(choices[:, i] for i in term.scope)]
    return fine


def every_package(sizes: Sequence[int]) -> Ints:
    """Return all packages (packages, issues), the last issue turning fastest."""
    grid = np.indices(tuple(sizes)).reshape(len(sizes), -1)
    return np.ascontiguousarray(grid.T).astype(np.int64)
