"""Which limits meet a concern, and what they cost: the search over sets on one party's defence.

For each set of limits what the defence loses comes from what it engages of the missiles considered
(area and shot opportunities, means over their classes, ensemble grid) and from the interceptors it
gives up; each deterrent's concern from the exchange, under the adopted assumptions and under its
owner's. All of it by best estimate and in a few draws.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.deterrent import (
    Force,
    Frontier,
    Limit,
    LimitSet,
    Outcome,
    frontier,
    limit_sets,
    read_limit,
)
from longroad.deterrent.limits import Kind
from longroad.deterrent.observability import Means
from longroad.scenario import Scenario, Variant
from longroad.study.columns import adopted
from longroad.study.limits_apply import changes, speeds_of_1997
from longroad.study.limits_assume import own_set
from longroad.study.limits_concern import Concern, Concerns
from longroad.study.limits_cost import AREA, SHOTS, engaged_by
from longroad.study.limits_world import Kept, World, world_of
from longroad.study.readings import ADOPTED
from longroad.study.spread import Spread, spread

Array = NDArray[np.float64]
NO_CHANGE = "no-change"
TOLERABLE = "default.limits.tolerable_share"


@dataclass(frozen=True)
class LimitRow:
    """One set of limits on one party's defence. Shares are of what there is without limits.

    ``area_lost`` and ``shots_lost`` are None where the party engages none of the missiles
    considered. ``concerns`` are those of every other party with a deterrent, adopted and under the
    owner's own assumptions; ``concern`` is the greatest of the owners' own, best estimate, and
    ``tolerable`` the share below which one counts as moot, fixed beforehand.
    ``observable`` says by which ``means`` the limits could be seen kept. ``standing`` is frontier,
    knee, dominated, or no-change where the limits change nothing.
    """

    variant: str
    party: str
    set: str
    words: str
    limits: tuple[str, ...]
    area_lost: Spread | None
    shots_lost: Spread | None
    interceptors_lost: float
    concern: float
    tolerable: float
    concerns: tuple[Concern, ...]
    observable: str
    means: tuple[Means, ...]
    standing: str


@dataclass(frozen=True)
class Searched:
    """A search: its rows, and the frontier between cost and the owners' own concerns."""

    variant: str
    party: str
    rows: tuple[LimitRow, ...]
    frontier: Frontier


def sets_of(
    party: str, limits: Sequence[Limit], most: int, *, marks: bool = True
) -> tuple[LimitSet, ...]:
    """Return the sets to evaluate: none, each, and combinations of up to ``most``.

    With ``marks`` the speeds of 1997 that would change nothing stand alone, for their place on the
    frontier.
    """
    idle = [one for one in speeds_of_1997(party) if marks and one not in limits]
    found = list(limit_sets(limits, most))
    alone = 1 + len(limits)
    named = [one.limits for one in found]
    named[alone:alone] = [(one,) for one in idle]
    return tuple(LimitSet(f"l{number}", one) for number, one in enumerate(named))


def keep_outs(
    scenario: Scenario, variant: Variant, party: str, rivals: Sequence[Force], workers: int
) -> tuple[Limit, ...]:
    """Return, for each rival, the limit that keeps out whatever reaches one of its flights.

    Under the rival's own assumptions, best estimate: "outside the reach of" its missiles. Rivals
    for which it is the same places share it.
    """
    plan = (LimitSet("l0"),)
    world = world_of(scenario, variant, party, rivals, plan, workers, area=False)
    concerns = Concerns(world)
    found = (concerns.reaching(force, own_set(variant, force.party)) for force in world.rivals)
    return tuple(
        read_limit(party, Kind.SITE, list(places)) for places in dict.fromkeys(found) if places
    )


def tolerable_of(variant: Variant) -> float:
    """Return the share of arriving warheads below which a concern counts as moot."""
    return adopted(variant.quantity(TOLERABLE)).best


def search_limits(
    scenario: Scenario, variant: Variant, party: str, rivals: Sequence[Force],
    sets: Sequence[LimitSet], workers: int, towards: str | None = None,
) -> Searched:  # fmt: skip
    """Return what sets of limits on one party's defence cost it and leave of each concern.

    The first of ``sets`` is the empty one. ``towards`` is the one country of end points that
    counts, by default each.
    """
    world = world_of(scenario, variant, party, rivals, sets, workers)
    engaged = _engaged(world, workers)
    concerns = Concerns(world, towards)
    outcomes, parts = [], []
    for k, limits in enumerate(world.sets):
        kept = world.kept[k]
        area, shots = (_lost(engaged[:, 0, m], engaged[:, k, m]) for m in (AREA, SHOTS))
        rounds = 1.0 - _number(kept) / max(_number(world.kept[0]), 1)
        told = tuple(
            concerns.of(kept, force, name)
            for force in world.rivals
            for name in dict.fromkeys((ADOPTED, own_set(variant, force.party)))
        )
        own = {one.owner: one.best for one in told}  # the owner's own stands last
        outcomes.append(Outcome(limits, _best(area), _best(shots), own, rounds))
        parts.append((area, shots, told))
    found = frontier(outcomes, [force.party for force in world.rivals])
    idle = {one.set.id for one in outcomes[1:] if not changes(world.variant, one.set)}
    rows = tuple(
        _row(world, one, found, idle, *part) for one, part in zip(outcomes, parts, strict=True)
    )
    return Searched(variant.id, party, rows, found)


def _engaged(world: World, workers: int) -> Array:
    """Return what each set engages (R, S, 2); sets that leave the same are computed once."""
    left = [tuple(world.names[id, mode] for id, mode, n in s if n > 0) for s in world.kept]
    distinct = list(dict.fromkeys(left))
    found = engaged_by(
        world.plan, world.values.table, world.variant.id, world.party, distinct, workers
    )
    return found[:, [distinct.index(one) for one in left]]


def _lost(whole: Array, left: Array) -> Spread | None:
    """Return the share lost; None where nothing is engaged without limits, so nothing is lost."""
    if not whole[0] > 0.0:
        return None
    share = np.zeros_like(whole)
    np.divide(whole - left, whole, out=share, where=whole > 0.0)
    return spread(float(share[0]), share[1:])


def _best(lost: Spread | None) -> float | None:
    return None if lost is None else lost.best


def _number(kept: Sequence[Kept]) -> int:
    return sum(number for *_, number in kept)


def _row(
    world: World, outcome: Outcome, found: Frontier, idle: set[str], area: Spread | None,
    shots: Spread | None, told: tuple[Concern, ...],
) -> LimitRow:  # fmt: skip
    limits = outcome.set.limits
    means = (one for limit in limits for one in limit.means)
    return LimitRow(
        variant=world.variant.id,
        party=world.party,
        set=outcome.set.id,
        words=outcome.set.words,
        limits=tuple(limit.words for limit in limits),
        area_lost=area,
        shots_lost=shots,
        interceptors_lost=outcome.interceptors_lost,
        concern=outcome.worst(found.parties),
        tolerable=tolerable_of(world.variant),
        concerns=told,
        observable="; ".join(limit.observable for limit in limits),
        means=tuple(dict.fromkeys(means)),
        standing=NO_CHANGE if outcome.set.id in idle else found.standing(outcome),
    )
