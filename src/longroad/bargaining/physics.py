"""Outcomes computed by the study for every combination of the physical options.

This is the table that the study's physics block fills in: a row for each combination of the
options of the coupled issues, each set of assumptions and each draw of the physics. Nothing in it
is typed in by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.problem import Floats
from longroad.base.errors import nearest

MOST_COMBINATIONS = 500


@dataclass(frozen=True)
class PhysicsBlock:
    """Outcomes of the physical issues, each combination computed once under every assumption set.

    ``issues`` are ids of the negotiation and ``options`` their option ids in the file's order.
    ``values`` (assumption sets, outcomes, draws, m_1, m_2, ...) in ``units``; one draw is the best
    estimate. ``held`` says which assumption set each party takes for true.

    Raises :class:`BargainingError` for more than 500 combinations and for shapes that do not fit.
    """

    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    outcomes: tuple[str, ...]
    units: tuple[str, ...]
    assumptions: tuple[str, ...]
    held: Mapping[str, str]
    values: Floats

    def __post_init__(self) -> None:
        sizes = tuple(len(options) for options in self.options)
        if prod(sizes) > MOST_COMBINATIONS:
            raise BargainingError(
                f"the physical issues have {prod(sizes)} combinations of options",
                expected=f"at most {MOST_COMBINATIONS}, since each is a run of its own",
            )
        wanted = (len(self.assumptions), len(self.outcomes))
        fits = len(sizes) == len(self.issues) and len(self.units) == len(self.outcomes)
        if not fits or self.values.shape[:2] != wanted or self.values.shape[3:] != sizes:
            raise BargainingError("the outcomes do not fit the combinations they are given for")
        if not np.all(np.isfinite(self.values)):
            raise BargainingError("an outcome is not finite", expected="a number everywhere")
        for party, name in self.held.items():
            self.assumption(name, party)

    def assumption(self, name: str, party: str | None = None) -> int:
        """Return the row of an assumption set; raise when there is none of that name."""
        if name not in self.assumptions:
            raise BargainingError(
                f"there is no assumption set '{name}'" + (f" for '{party}'" if party else ""),
                expected=", ".join(self.assumptions),
                nearest=nearest(name, self.assumptions),
            )
        return self.assumptions.index(name)

    def outcome(self, name: str) -> int:
        """Return the row of an outcome; raise when there is none of that name."""
        if name not in self.outcomes:
            raise BargainingError(
                f"the physics block has no outcome '{name}'",
                expected=", ".join(self.outcomes),
                nearest=nearest(name, self.outcomes),
            )
        return self.outcomes.index(name)

    def of(self, party: str, outcome: str, draw: int = 0) -> Floats:
        """Return an outcome as a party holds it, (m_1, m_2, ...), for one draw (they repeat)."""
        row = self.assumption(self.held[party], party)
        column = self.outcome(outcome)
        return np.asarray(self.values[row, column, draw % self.values.shape[2]])

    def holding(self, held: Mapping[str, str]) -> PhysicsBlock:
        """Return the same block with parties that take other assumptions for true."""
        return PhysicsBlock(
            self.issues,
            self.options,
            self.outcomes,
            self.units,
            self.assumptions,
            {**self.held, **held},
            self.values,
        )


def block_from_rows(
    issues: Mapping[str, Sequence[str]],
    held: Mapping[str, str],
    rows: Sequence[tuple[Mapping[str, str], str, int, str, str, float]],
) -> PhysicsBlock:
    """Return a block from long-form rows: choices, assumption set, draw, outcome, unit, value.

    Raises :class:`BargainingError` when a combination is missing or given twice.
    """
    names, options = tuple(issues), tuple(tuple(one) for one in issues.values())
    units: dict[str, str] = {row[3]: row[4] for row in rows}
    outcomes, assumptions = tuple(units), tuple(dict.fromkeys(row[1] for row in rows))
    draws = 1 + max((row[2] for row in rows), default=0)
    shape = (len(assumptions), len(outcomes), draws, *(len(one) for one in options))
    values = np.full(shape, np.nan)
    for choices, assumption, draw, outcome, _, value in rows:
        place = (
            assumptions.index(assumption),
            outcomes.index(outcome),
            draw,
            *(one.index(choices[issue]) for issue, one in zip(names, options, strict=True)),
        )
        if not np.isnan(values[place]):
            raise BargainingError("a combination of options is given twice", expected="once each")
        values[place] = value
    if np.any(np.isnan(values)):
        lacking = int(np.count_nonzero(np.isnan(values)))
        raise BargainingError(f"{lacking} outcomes are missing", expected="every combination")
    return PhysicsBlock(
        names, options, outcomes, tuple(units.values()), assumptions, dict(held), values
    )
