"""Raids for tests and benchmarks: plain ones, and random ones that touch every rule."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from longroad.engagement.raid import Arrangement, Force, Opportunities, Raid, Rules

K = 5


@dataclass(frozen=True)
class Case:
    """What `raid_run.simulate` takes."""

    raids: tuple[Raid, ...]
    arrangements: tuple[Arrangement, ...]
    territories: int


def objects(count, *, decoys=0, spacing_s=0.0, spread_s=0.0, arc=0, territory=0, taken=1.0):
    """Return a raid of ``count`` objects, the last of which are decoys."""
    return Raid(
        ignition_s=np.arange(count) * spacing_s, spread_s=spread_s, flight_s=600.0,
        arc=np.broadcast_to(arc, count), territory=np.broadcast_to(territory, count),
        decoy=np.arange(count) >= count - decoys, taken=taken,
    )  # fmt: skip


def force(batteries=1, **changed):
    """Return batteries of one party and kind that fire a salvo of one, once, at p = 0.7."""
    values = {
        "party": np.zeros(batteries), "kind": 0, "inventory": 100, "reserve": 0, "resupply": 0,
        "salvo": 1, "later": 1, "rounds": 1, "gap_s": 0.0, "assessment_s": 10.0, "kill": 0.7,
        "system_correlation": 0.0, "object_correlation": 0.0,
    }  # fmt: skip
    return Force(**(values | changed))


def opportunities(arcs=1, batteries=1, *, ready_s=100.0, opens_s=100.0, latest_s=500.0, **changed):
    """Return opportunities in which every launch meets its arc 60 s later."""
    opens = np.broadcast_to(np.asarray(opens_s, dtype=float), (arcs, batteries))
    latest = np.broadcast_to(np.asarray(latest_s, dtype=float), (arcs, batteries))
    ready = np.asarray(ready_s, dtype=float)
    if ready.ndim < 3:
        ready = np.broadcast_to(ready, (1, arcs, batteries))
    values = {
        "chance": [1.0], "ready_s": ready, "free": ready <= latest,
        "opens_s": opens, "latest_s": latest,
        "meets_s": np.linspace(opens, latest, K, axis=-1) + 60.0,
    }  # fmt: skip
    return Opportunities(**(values | changed))


def rules(parties=1, coordination=0, consent=1.0, delay_s=0.0, **changed):
    """Return rules that are the same between all parties."""
    values = {
        "coordination": np.full((parties, parties), coordination),
        "consent": np.full(parties, consent),
        "delay_s": np.full((parties, 1), delay_s) if np.ndim(delay_s) == 0 else delay_s,
        "asks_as": np.arange(parties),
        "sees_kills": False,
    }  # fmt: skip
    return Rules(**(values | changed))


def plain(raid, a_force, *, latest_s=500.0, a_rules=None, **changed):
    """Return one raid under one agreement."""
    arcs = int(raid.arc.max()) + 1
    what = opportunities(arcs, len(a_force), latest_s=latest_s, **changed)
    parties = int(a_force.party.max()) + 1
    return Case((raid,), (Arrangement(a_force, what, a_rules or rules(parties)),), 1)


def random_case(seed, *, most_objects=8, agreements=1, raids=1):
    """Return a random case: every rule has a chance to matter in it."""
    rng = np.random.default_rng(seed)
    n, parties, arcs, territories = (
        int(rng.integers(2, most_objects + 1)),
        int(rng.integers(1, 4)),
        3,
        2,
    )
    batteries = int(rng.integers(parties, 5))
    party = np.concatenate([np.arange(parties), rng.integers(0, parties, batteries - parties)])
    kind = rng.integers(0, 2, batteries)
    made = tuple(
        Raid(
            ignition_s=rng.uniform(0.0, 120.0, n),
            spread_s=rng.choice([1.0, 60.0]),
            flight_s=700.0,
            arc=rng.integers(0, arcs, n),
            territory=rng.integers(0, 2, n),
            decoy=rng.random(n) < 0.25,
            taken=rng.uniform(0.3, 1.0, n),
        )
        for _ in range(raids)
    )
    r_s = rng.choice([0.0, 0.2])
    a_force = Force(
        party=party, kind=kind, inventory=rng.integers(1, 2 * n, batteries),
        reserve=rng.integers(0, 2, batteries), resupply=rng.integers(0, 3, batteries),
        salvo=rng.integers(1, 4, batteries), later=rng.integers(0, 3, batteries),
        rounds=rng.integers(1, 4, batteries), gap_s=rng.uniform(1.0, 12.0, batteries),
        assessment_s=rng.uniform(5.0, 40.0, batteries), kill=rng.uniform(0.2, 0.9, batteries),
        system_correlation=r_s, object_correlation=r_s + rng.choice([0.0, 0.3]),
    )  # fmt: skip
    opens = rng.uniform(60.0, 120.0, (arcs, batteries))
    latest = rng.uniform(180.0, 500.0, (arcs, batteries))
    share = np.linspace(0.0, 1.0, K)
    launches = opens[..., None] + share * (latest - opens)[..., None]
    meets = launches + rng.uniform(50.0, 150.0, (arcs, batteries, 1)) * (1.0 - 0.4 * share)
    arrangements = []
    for _ in range(agreements):
        states = int(rng.integers(1, 3))
        ready = rng.uniform(60.0, 300.0, (states, arcs, batteries))
        free = ready <= latest
        ready[rng.random(ready.shape) < 0.1] = np.inf
        chance = rng.dirichlet(np.ones(states))
        coordination = rng.integers(0, 3, (parties, parties))
        coordination = np.maximum(coordination, coordination.T)
        arrangements.append(
            Arrangement(
                a_force,
                Opportunities(chance / chance.sum(), ready, free, opens, latest, meets),
                Rules(
                    coordination=coordination,
                    consent=rng.choice([1.0, 0.8], parties),
                    delay_s=np.sort(rng.uniform(0.0, 90.0, (parties, 4)), axis=1),
                    asks_as=np.arange(parties) if rng.random() < 0.7 else np.zeros(parties),
                    sees_kills=bool(rng.random() < 0.3),
                ),
            )
        )
    return Case(made, tuple(arrangements), territories)


def with_force(case, **changed):
    """Return a case whose forces are changed."""
    made = tuple(replace(one, force=replace(one.force, **changed)) for one in case.arrangements)
    return replace(case, arrangements=made)
