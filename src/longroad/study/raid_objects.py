"""The objects of a raid in one draw: which arc each flies, when, and whose land it is meant for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.raid import Raid
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.raid_plan import GroupUse, RaidJob

Index = NDArray[np.int64]
Rows = NDArray[np.intp]
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Chosen:
    """Arcs of one group that its missiles fly: ``rows`` (N,) among the kept ones.

    ``missiles`` (M,) is the number of each missile's arc in ``rows``; a missile that nothing in
    reach is left for is not there. ``territory`` (N,) and ``flight_s`` (N,) are the arcs'.
    """

    rows: Rows
    missiles: Index
    number: Index
    territory: Index
    flight_s: Array


def chosen(evaluation: AgreementEvaluation, use: GroupUse) -> Chosen:
    """Return the arcs that the missiles of a group fly.

    The missiles are dealt out to the aims in turn, and those to one aim to the launch areas from
    which it can be reached, in turn; they are spread evenly over the rows that are reached from
    there. A missile to an aim out of everybody's range does not come.
    """
    arcs = evaluation.evaluation.arcs(use.arcs)
    columns = len(use.territory)
    place = np.full(arcs.within.size, -1, dtype=np.int64)
    place[arcs.kept] = np.arange(len(arcs.kept))
    areas, aims = len(use.group.launch_areas), len(use.aims)
    flown = np.full(use.group.count, -1, dtype=np.int64)
    for b in range(aims):
        all_ = [place[a * columns + np.array(use.aims[b], dtype=np.int64)] for a in range(areas)]
        reached = [rows[rows >= 0] for rows in all_ if np.any(rows >= 0)]
        mine = np.arange(b, use.group.count, aims)
        for turn, rows in enumerate(reached):
            those = mine[turn :: len(reached)]
            spread = (np.arange(those.size) + 0.5) / max(those.size, 1) * rows.size
            flown[those] = rows[spread.astype(np.int64)]
    comes = np.flatnonzero(flown >= 0)
    rows, missiles = np.unique(flown[comes], return_inverse=True)
    flat = arcs.kept[rows]
    return Chosen(
        rows.astype(np.intp),
        missiles.astype(np.int64),
        comes,
        np.array(use.territory, dtype=np.int64)[flat % columns],
        arcs.solved.time_of_flight_s[flat],
    )


def waves(
    job: RaidJob, groups: Sequence[Chosen], true_taken: float, decoy_taken: float
) -> list[Raid]:
    """Return the raids of the sequence; an arc's number runs through all groups.

    A wave of which no missile can come is left out.
    """
    first = np.concatenate([[0], np.cumsum([len(one.rows) for one in groups])])
    found = []
    for w in range(len(job.raid.waves)):
        parts = [
            _objects(use, one, int(first[g]), true_taken, decoy_taken)
            for g, (use, one) in enumerate(zip(job.groups, groups, strict=True))
            if use.wave == w and one.missiles.size
        ]
        if parts:
            columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
            found.append(Raid(*columns))
    return found


def _objects(
    use: GroupUse, one: Chosen, first: int, true_taken: float, decoy_taken: float
) -> tuple[NDArray, ...]:
    group = use.group
    each = 1 + group.decoys
    decoy = np.tile(np.arange(each) > 0, one.missiles.size)
    count = decoy.size
    return (
        np.repeat(group.first_s + one.number * group.spacing_s, each),
        np.full(count, group.spread_s),
        np.repeat(one.flight_s[one.missiles], each),
        np.repeat(first + one.missiles, each),
        np.repeat(one.territory[one.missiles], each),
        decoy,
        np.where(decoy, decoy_taken, true_taken),
    )
