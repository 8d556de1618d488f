"""Interests or physics: each party's decision under its own assumptions and under the others'.

The share of assignments with an agreement is computed for every way in which the parties can hold
the assumption sets of the physics block. What joint fact-finding would be worth is the share when
all hold one common set, less that when each holds its own: if it is small the quarrel is about
interests, and no transparency helps. Where an agreement exists anyway, what it gains tells more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from longroad.bargaining.acceptance import Share
from longroad.bargaining.assign import assignments
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.zone import zone
from longroad.scenario.negotiation import Negotiation


@dataclass(frozen=True)
class Cell:
    """Which assumption set each party holds, and the share of assignments with an agreement.

    ``ratified``: with ratifiers and hosts; ``gains``: mean gain at the Nash point, by party.
    """

    held: Mapping[str, str]
    share: Share
    ratified: Share
    gains: Mapping[str, float]


@dataclass(frozen=True)
class FactFinding:
    """All cells; ``own`` is the one that the block states, ``common`` those shared by all.

    ``base`` is the set that others are compared with; ``draws`` the number of assignments.
    """

    cells: tuple[Cell, ...]
    own: Cell
    common: tuple[Cell, ...]
    base: str
    draws: int

    def worth(self, cell: Cell, *, ratified: bool = False) -> float:
        """Return what agreeing on a common set adds to the share."""
        if ratified:
            return cell.ratified.share - self.own.ratified.share
        return cell.share.share - self.own.share.share

    def change(self, cell: Cell) -> tuple[float, float, float]:
        """Return how far a common cell is from that of ``base``.

        The change of the share, of that with ratifiers, and the greatest of any party's gain.
        """
        (base,) = (one for one in self.common if set(one.held.values()) == {self.base})
        return (
            cell.share.share - base.share.share,
            cell.ratified.share - base.ratified.share,
            max((cell.gains[p] - base.gains[p] for p in base.gains), key=abs),
        )

    @property
    def by_weight(self) -> tuple[Cell, ...]:
        """Return the common cells beside that of ``base``, what changes most first.

        By the share, then by that with ratifiers, then by gains.
        """
        others = [one for one in self.common if set(one.held.values()) != {self.base}]
        order = sorted(others, key=lambda one: [-abs(x) for x in self.change(one)])
        return tuple(order)


def fact_finding(
    negotiation: Negotiation,
    block: PhysicsBlock,
    draws: int,
    *,
    sets: Sequence[str] = (),
    seed: int | None = None,
    workers: int | None = None,
) -> FactFinding:
    """Return the experiment over ``sets`` (default: those that some party holds).

    The block's other sets are asked for as common ones; the block's first is the base.

    The same value assignments are used in every cell, so that cells are compared draw by draw.
    Raises :class:`BargainingError` for a block in which nobody holds anything.
    """
    parties = [party.id for party in negotiation.parties]
    if any(party not in block.held for party in parties):
        raise BargainingError("the physics block does not say what every party holds to be true")
    names = tuple(sets) or tuple(dict.fromkeys(block.held[party] for party in parties))
    own = {party: block.held[party] for party in parties}
    base = block.assumptions[0]
    mixed = list(product(names, repeat=len(parties)))
    alike = [(name,) * len(parties) for name in block.assumptions]
    made: dict[tuple[str, ...], Cell] = {}
    for combination in dict.fromkeys([*mixed, *alike]):
        held = dict(zip(parties, combination, strict=True))
        sampled = assignments(negotiation, draws=draws, seed=seed, block=block.holding(held))
        found = zone(sampled, workers=workers)
        home = zone(sampled, ratified=True, workers=workers) if negotiation.ratification else found
        gains = dict(zip(parties, map(float, found.nash.mean(axis=0)), strict=True))
        made[combination] = Cell(held, found.share, home.share, gains)
    stated = made[tuple(own[party] for party in parties)]
    return FactFinding(
        tuple(made[one] for one in mixed), stated, tuple(made[one] for one in alike), base, draws
    )
