"""Interests or physics: each party's decision under its own assumptions and under the others'.

The share of assignments with an agreement is computed for every way in which the parties can hold
the assumption sets of the physics block. What joint fact-finding would be worth is the share when
all hold one common set, less that when each holds its own: if it is small the quarrel is about
interests, and no transparency helps.
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
    """Which assumption set each party holds, and the share of assignments with an agreement."""

    held: Mapping[str, str]
    share: Share


@dataclass(frozen=True)
class FactFinding:
    """All cells; ``own`` is the one that the block states, ``common`` those shared by all."""

    cells: tuple[Cell, ...]
    own: Cell
    common: tuple[Cell, ...]

    def worth(self, cell: Cell) -> float:
        """Return what agreeing on a common set adds to the share."""
        return cell.share.share - self.own.share.share


def fact_finding(
    negotiation: Negotiation,
    block: PhysicsBlock,
    draws: int,
    *,
    sets: Sequence[str] = (),
    ratified: bool = False,
    seed: int | None = None,
    workers: int | None = None,
) -> FactFinding:
    """Return the experiment over ``sets`` (default: those that some party holds).

    The same value assignments are used in every cell, so that cells are compared draw by draw.
    Raises :class:`BargainingError` for a block in which nobody holds anything.
    """
    parties = [party.id for party in negotiation.parties]
    if any(party not in block.held for party in parties):
        raise BargainingError("the physics block does not say what every party holds to be true")
    names = tuple(sets) or tuple(dict.fromkeys(block.held[party] for party in parties))
    own = {party: block.held[party] for party in parties}
    cells = []
    for combination in product(names, repeat=len(parties)):
        held = dict(zip(parties, combination, strict=True))
        sampled = assignments(negotiation, draws=draws, seed=seed, block=block.holding(held))
        found = zone(sampled, ratified=ratified, workers=workers)
        cells.append(Cell(held, found.share))
    common = tuple(cell for cell in cells if len(set(cell.held.values())) == 1)
    (stated,) = (cell for cell in cells if cell.held == own)
    return FactFinding(tuple(cells), stated, common)
