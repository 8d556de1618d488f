"""What a defence takes of each deterrent at every step of its growth, and which limits bind that.

The published concern was about growth: a limit that changes nothing today may be the one that
keeps tomorrow's deployment from mattering. So beside the speeds of 1997 stand two limits that
freeze the plan: no more interceptors than now, and no ships in seas where there are none now.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from longroad.agreement.deployment import basing
from longroad.deterrent import Force, Limit, LimitSet, read_limit
from longroad.deterrent.limits import Kind
from longroad.scenario import Scenario, Variant
from longroad.study.growth import STEPS, Growth
from longroad.study.limits_apply import changes, inside, speeds_of_1997
from longroad.study.limits_assume import own_set
from longroad.study.limits_concern import Concern, Concerns
from longroad.study.limits_world import world_of
from longroad.study.readings import ADOPTED


@dataclass(frozen=True)
class GrowthRow:
    """One step of growth under one limit, for one deterrent under one assumption set.

    ``number`` counts the interceptors that are left under the limit; ``binds`` is whether the
    limit changes anything of what the step has built.
    """

    variant: str
    party: str
    step: str
    limits: str
    binds: bool
    number: int
    concern: Concern


def growth_rows(
    scenario: Scenario, variant: Variant, party: str, rivals: Sequence[Force], workers: int
) -> tuple[GrowthRow, ...]:
    """Return the rows of a party's growth: by rival, step, limit and assumption set."""
    limits = ((), *((one,) for one in freezing(variant, party)))
    sets = tuple(LimitSet(f"g{number}", one) for number, one in enumerate(limits))
    rows = []
    for force in rivals:
        known: list[tuple[Variant, list[GrowthRow]]] = []
        growth = Growth(scenario, variant, party, force.party)
        for step in STEPS:
            built = growth.step(step)
            # A step that builds nothing is what an earlier one was.
            same = next((told for before, told in known if before == built), None)
            if same is None:
                same = _step(scenario, built, party, force, sets, workers)
                known.append((built, same))
            rows += [replace(row, step=step) for row in same]
    return tuple(rows)


def _step(
    scenario: Scenario, built: Variant, party: str, force: Force, sets: Sequence[LimitSet],
    workers: int,
) -> list[GrowthRow]:  # fmt: skip
    """Return the rows of one deployment, under every limit and assumption set."""
    world = world_of(scenario, built, party, (force,), sets, workers, area=False)
    concerns = Concerns(world)
    names = tuple(dict.fromkeys((ADOPTED, own_set(built, force.party))))
    rows = []
    for limited, kept in zip(sets, world.kept, strict=True):
        binds = bool(limited.limits) and changes(built, limited)
        number = sum(count for *_, count in kept)
        rows += [
            GrowthRow(
                built.id, party, "", limited.words, binds, number, concerns.of(kept, force, name)
            )
            for name in names
        ]
    return rows


def freezing(variant: Variant, party: str) -> tuple[Limit, ...]:
    """Return the limits that growth is held against: speeds of 1997, number and seas of now."""
    own = [one for one in variant.batteries if one.owner.id == party]
    ships = [one for one in own if basing(one) == "sea"]
    empty = [
        area.id for area in variant.patrol_areas
        if not any(inside(area.within, one) for one in ships)
    ]  # fmt: skip
    found = [
        *speeds_of_1997(party),
        read_limit(party, Kind.NUMBER, str(sum(one.number for one in own))),
    ]
    return (*found, read_limit(party, Kind.PATROL_AREA, empty)) if empty and ships else (*found,)
