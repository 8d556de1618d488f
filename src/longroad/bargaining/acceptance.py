"""In how many value assignments each party would accept a package, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.bargaining.assign import Assignments
from longroad.bargaining.frontier import FINE
from longroad.bargaining.problem import Bools, Floats, Ints
from longroad.base.streams import scramble_error

SLACK = 1e-9


@dataclass(frozen=True)
class Share:
    """A share of sampled value assignments, and its sampling error."""

    share: float
    mc_se: float


@dataclass(frozen=True)
class Acceptance:
    """Which packages each party accepts: ``signs`` (draws, packages, parties) at the table,
    ``ratifies`` with those at home; ``utilities`` and ``gains`` over what it has without a deal.
    """

    utilities: Floats
    gains: Floats
    signs: Bools
    ratifies: Bools
    crossed: Bools
    """(lines, packages): which lines a package crosses where they are real."""

    def by_party(self, package: int, party: int, *, ratified: bool = False) -> Share:
        """Return the share of assignments in which a party accepts a package."""
        return share((self.ratifies if ratified else self.signs)[:, package, party])

    def by_all(self, package: int, *, ratified: bool = False) -> Share:
        """Return the share of assignments in which every party accepts a package."""
        held = self.ratifies if ratified else self.signs
        return share(np.asarray(held[:, package].all(axis=1)))


def share(held: Bools) -> Share:
    """Return the share of draws in which something holds, with its error over scrambles."""
    values = held.astype(np.float64)
    error = float(scramble_error(values)) if len(values) > 1 else float("nan")
    return Share(float(values.mean()), error)


def acceptance(sampled: Assignments, choices: Ints) -> Acceptance:
    """Return what each party makes of packages (packages, issues) in every assignment.

    A party signs what is worth at least its reservation value to it and crosses none of its red
    lines that are real. Ratification asks for more: what the body's pivot demands, and no veto.
    """
    worth = sampled.utilities(choices)
    gains = worth - sampled.reservation[:, None, :]
    slack = max(SLACK, FINE * len(sampled.tables))
    signs = gains >= -slack
    demanded = np.maximum(sampled.demand, 0.0)[:, None, :]
    ratifies = gains >= demanded - slack
    crossed = sampled.crossings(choices)
    for line in sampled.lines:
        hit = sampled.hits(line, choices)
        ratifies[:, :, line.party] &= ~hit
        if not line.veto:
            signs[:, :, line.party] &= ~hit
    return Acceptance(worth, gains, signs, ratifies & signs, crossed)
