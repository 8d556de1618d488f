"""A domain of GENIUS bargained over: its frontier, its solutions, how far apart the sides are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.frontier import frontier
from longroad.bargaining.genius import read_domain, read_profile
from longroad.bargaining.problem import MOST_PARTIES
from longroad.bargaining.solutions import KINDS, solve
from longroad.bargaining.telling import Block, by_party, chosen
from longroad.base.messages import text


@dataclass(frozen=True)
class DomainPoint:
    """One package that a principle chooses, of ``packages`` with exactly these utilities."""

    kind: str
    choices: Mapping[str, str]
    utilities: Mapping[str, float]
    packages: int


@dataclass(frozen=True)
class DomainAnswer:
    """``opposition``: the least distance of a package from what all would like best, (1, ..., 1).

    ``own_best``: what every other party has (columns) at the package that one likes best (rows),
    the kindest of equals: how an opening that asks for everything looks to those it is put to.
    """

    parties: tuple[str, ...]
    issues: int
    combinations: int
    disagreement: Mapping[str, float]
    frontier_points: int
    opposition: float
    own_best: Mapping[str, Mapping[str, float]]
    solutions: tuple[DomainPoint, ...]


def domain_answer(paths: Sequence[str | Path]) -> DomainAnswer:
    """Return what profiles of GENIUS over the same issues come to, one for each party.

    Raises :class:`BargainingError` for fewer than two files, more than four, or files that are not
    profiles of one domain.
    """
    if not 2 <= len(paths) <= MOST_PARTIES:
        raise BargainingError(
            f"{len(paths)} profiles make no negotiation",
            field="profile",
            expected=f"two to {MOST_PARTIES} files, one for each party",
        )
    one = read_domain(paths)
    options = read_profile(paths[0]).options
    found = frontier(one)

    def by(values: np.ndarray) -> dict[str, float]:
        return dict(zip(one.parties, map(float, values), strict=True))

    points = tuple(
        DomainPoint(
            kind,
            {name: options[i][int(found.choices[row, i])] for i, name in enumerate(one.issues)},
            by(found.utilities[row]),
            int(found.counts[row]),
        )
        for kind in (KINDS if len(found) else ())
        for row in solve(found, one.reservation, kind).rows
    )
    best = {}
    for p, party in enumerate(one.parties) if len(found) else ():
        order = np.lexsort((found.utilities.sum(axis=1), found.utilities[:, p]))
        best[party] = by(found.utilities[order[-1]])
    far = np.linalg.norm(1.0 - found.utilities, axis=1)
    return DomainAnswer(
        one.parties, len(one.issues), one.packages, by(one.reservation), len(found),
        float(far.min()) if len(found) else float("inf"), best, points,
    )  # fmt: skip


def domain_told(found: DomainAnswer) -> Iterator[Block]:
    """Yield a domain in words."""
    yield Block(
        text(
            "bargaining.domain.head",
            parties=", ".join(found.parties),
            issues=found.issues,
            combinations=f"{found.combinations:,}",
            points=found.frontier_points,
            opposition=f"{found.opposition:.4f}",
        )
    )
    if not found.solutions:
        yield Block(text("bargaining.no_solution"))
        return
    for point in found.solutions:
        tie = text("bargaining.tie", count=point.packages) if point.packages > 1 else ""
        worth = ", ".join(f"{party} {value:.4f}" for party, value in point.utilities.items())
        kind = text(f"bargaining.kind.{point.kind}")
        yield Block(text("bargaining.domain.point", kind=kind, worth=worth, packages=tie))
        yield Block(f"    {chosen(point.choices)}")
    for party, worth_of in found.own_best.items():
        yield Block(text("bargaining.domain.best", party=party, worth=by_party(worth_of)))
    yield Block(text("bargaining.domain.disagreement", points=by_party(found.disagreement)))
