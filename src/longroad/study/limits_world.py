"""One party's defence and the forces of others, planned once for every set of limits on it.

Limits switch batteries off, take interceptors, or change the mode in which a battery engages. So
the world holds every battery in every mode that some set leaves it in (a *twin*), under every
assumption set; a set then picks from what is computed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from longroad.base.streams import SCRAMBLES
from longroad.deterrent import Force, LimitSet, force_of
from longroad.scenario import Battery, Scenario, Threat, Variant
from longroad.study.columns import Values, draw_values
from longroad.study.exchange_defence import scenario_year
from longroad.study.limits_apply import limited
from longroad.study.limits_assume import worlds
from longroad.study.plan import Plan
from longroad.study.planner import plan_whole
from longroad.study.reach_ensemble import ReachEnsemble, run_reach
from longroad.study.readings import ADOPTED, Assumptions

DRAWS = SCRAMBLES
"""Draws beside the best estimate: one for each scramble of the sequence."""
# What a set of limits leaves of a battery: its id, its mode, and how many interceptors.
Kept = tuple[str, str, int]


@dataclass(frozen=True)
class World:
    """What a search over limits is evaluated with.

    ``variant`` has the party's batteries alone, the missiles considered against it, and the
    flights of ``rivals``; ``variants`` are the same with twins, by assumption set. ``kept`` says,
    for each of ``sets``, what it leaves. ``values`` row 0 is the best estimate.
    """

    scenario: Scenario
    variant: Variant
    party: str
    rivals: tuple[Force, ...]
    sets: tuple[LimitSet, ...]
    kept: tuple[tuple[Kept, ...], ...]
    names: Mapping[tuple[str, str], str]
    """By battery and mode, the id by which the plan knows the twin."""
    variants: dict[str, Variant]
    plan: Plan
    values: Values
    reach: ReachEnsemble


def rivals_of(scenario: Scenario, variant: Variant, party: str) -> tuple[Force, ...]:
    """Return the forces of other parties whose flights the variant knows."""
    year = variant.year or scenario_year(scenario)
    owners = dict.fromkeys(group.owner.id for group in variant.trajectories)
    forces = (force_of(variant.catalog, owner, year) for owner in owners if owner != party)
    return tuple(force for force in forces if force is not None)


def world_of(
    scenario: Scenario, variant: Variant, party: str, rivals: Sequence[Force],
    sets: Sequence[LimitSet], workers: int, *, area: bool = True,
) -> World:  # fmt: skip
    """Return the world of a party's defence; without ``area`` no missile is considered in it."""
    owners = [force.party for force in rivals]
    bare = replace(
        variant,
        batteries=tuple(one for one in variant.batteries if one.owner.id == party),
        trajectories=tuple(g for g in variant.trajectories if g.owner.id in owners),
        threats=_against(variant, party) if area else (),
        agreements=(),
        raids=(),
    )
    whole = replace(bare, batteries=variant.batteries)  # so that a party without any is known
    left = [
        [one for one in limited(whole, limits).batteries if one.owner.id == party]
        for limits in sets
    ]
    kept = tuple(tuple((one.id, one.mode, one.number) for one in batteries) for batteries in left)
    names: dict[tuple[str, str], str] = {(one.id, one.mode): one.id for one in bare.batteries}
    twins: dict[str, Battery] = {}
    for one in (battery for batteries in left for battery in batteries):
        id = names.setdefault((one.id, one.mode), f"{one.id}~{one.mode}")
        if id != one.id:
            twins.setdefault(id, replace(one, id=id))
    meant = replace(bare, batteries=(*bare.batteries, *twins.values()))
    variants = worlds(meant, party, owners)
    planned = tuple(
        one if name == ADOPTED else replace(one, threats=()) for name, one in variants.items()
    )
    single = replace(scenario, variants=planned, headline=meant.id, claims=())
    usual = (Assumptions(ADOPTED),)
    plan = plan_whole(single, scenario.grid.ensemble, usual, second=False).plan
    values = draw_values(plan.quantities, DRAWS, scenario.seed)
    # A few rows of a few flights: they are computed in less time than a cache takes.
    reach = run_reach(plan, values, workers, kept=False)
    return World(
        scenario, bare, party, tuple(rivals), tuple(sets), kept, names, variants, plan, values,
        reach,
    )  # fmt: skip


def _against(variant: Variant, party: str) -> tuple[Threat, ...]:
    own = next(one for one in variant.parties if one.id == party)
    return tuple(
        replace(threat, against=(own,))
        for threat in variant.threats
        if own.defends and party in {one.id for one in threat.against}
    )
