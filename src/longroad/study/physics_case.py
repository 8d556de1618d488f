"""Every case of one assumption set: what stays engageable, and what of the retaliation is kept.

All cases share arcs, latest launches and reach; a case then costs a comparison, and an exchange
where it leaves other batteries or numbers. What comes to the same is computed once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longroad.agreement import derive
from longroad.base.errors import LongroadError
from longroad.base.quantity import Quantity
from longroad.base.streams import SCRAMBLES
from longroad.deterrent import Defence, Force, Posture, Stage, exchange, force_of
from longroad.deterrent.posture import POSTURES, STAGES
from longroad.scenario import Battery, Scenario, Variant
from longroad.scenario.agreement import Agreement
from longroad.scenario.negotiation import Effect, Physics
from longroad.study.agreement_ensemble import case_measures
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_measures import MEASURES
from longroad.study.agreement_plan import AS_AGREED, AgreementJob
from longroad.study.columns import draw_values
from longroad.study.ensemble import plan_digest
from longroad.study.evaluate import Evaluation
from longroad.study.exchange_defence import cases_against
from longroad.study.physics_world import FIRST, LATE, agreements_under, variant_under
from longroad.study.plan import Plan
from longroad.study.planner import plan_whole
from longroad.study.reach_ensemble import ReachEnsemble, run_reach
from longroad.study.readings import ADOPTED, Assumptions

Array = NDArray[np.float64]
USUAL = (Assumptions(ADOPTED),)
# As for limits: an ordinary day, ridden out, in which a defence takes most.
POSTURE = Posture.DAILY_RIDE_OUT
REPEATS = 64
LAUNCH_DELAYS = (FIRST, LATE)
ENGAGEABLE = {
    "engageable-population": "expected_engageable_population_fraction",
    "engageable-area": "expected_engageable_area_fraction",
}


@dataclass(frozen=True)
class World:
    """One assumption set, planned: its cases as agreements, and what they are evaluated with.

    The variant's agreements are the cases that differ; ``of`` says which of them each case is.
    ``table`` (1 + draws, columns): values, the best estimate first.
    """

    physics: Physics
    variant: Variant
    of: tuple[int, ...]
    seed: int
    plan: Plan
    jobs: tuple[AgreementJob, ...]
    table: Array
    reach: ReachEnsemble
    quantities: tuple[Quantity, ...]


def world_of(
    scenario: Scenario, physics: Physics, name: str, cases: tuple[Effect, ...], draws: int,
    workers: int,
) -> World:  # fmt: skip
    """Return the world of an assumption set in which each of ``cases`` is an agreement."""
    variant = variant_under(scenario, physics, name)
    bare = replace(variant, agreements=())
    single = replace(scenario, variants=(bare,), headline=variant.id, claims=())
    reaching: set[str] = set()
    if physics.deterrent is not None and any(case.out_of_reach for case in cases):
        plan = plan_whole(single, scenario.grid.ensemble, USUAL, second=False).plan
        best = draw_values(plan.quantities, 0, scenario.seed)
        found = run_reach(plan, best, workers, kept=False)
        for one in _against(bare, physics, plan, found):
            met = np.atleast_1d(one.reach.best_table.any(axis=0))
            reaching |= {site for site, hit in zip(one.reach.sites, met, strict=True) if hit}
    made = agreements_under(variant, physics, cases, reaching)
    places: dict[tuple[object, ...], int] = {}
    distinct, of = [], []
    for case, agreement in zip(cases, made, strict=True):
        # Limits act by what they leave of the batteries; those that take nothing are no case.
        left = _batteries_left(variant, agreement, physics.defender)
        key = (case.agreement, *((one.id, one.number, one.mode) for one in left))
        if key not in places:
            places[key] = len(places)
            distinct.append(agreement)
        of.append(places[key])
    meant = replace(variant, agreements=tuple(distinct))
    whole = plan_whole(replace(single, variants=(meant,)), scenario.grid.ensemble, USUAL)
    values = draw_values(whole.plan.quantities, draws, scenario.seed)
    # A few rows: they are computed in less time than a cache takes, and the block is kept whole.
    reach = run_reach(whole.plan, values, workers, kept=False)
    return World(
        physics, meant, tuple(of), scenario.seed, whole.plan, whole.agreements, values.table,
        reach, whole.plan.quantities,
    )  # fmt: skip


def engageable_inputs(world: World, rows: int) -> list[tuple[bytes, ...]]:
    """Return, row by row, all that what stays engageable depends on, as bytes.

    Jobs, territories and values. When strategic missiles are launched at does not count, so that
    worlds that differ in nothing else have the same input.
    """
    used = [k for k, one in enumerate(world.quantities) if one.id not in LAUNCH_DELAYS]
    named = [(world.quantities[k].id, world.quantities[k].claim) for k in used]
    fixed = (
        plan_digest(world.plan),
        *(job.digest.encode() for job in _jobs(world)),
        repr(named).encode(),
    )
    return [(*fixed, row[used].tobytes()) for row in world.table[:rows]]


def _jobs(world: World) -> list[AgreementJob]:
    return [job for job in world.jobs if job.party == world.physics.defender]


def engageable(
    world: World, measure: str, rows: Sequence[int], workers: int,
    progress: Callable[[], None] | None = None,
) -> Array:  # fmt: skip
    """Return the share that stays engageable (rows, distinct cases), the mean over the missiles.

    ``progress`` is called after every row of values, which threads share.
    """
    jobs = _jobs(world)
    if not rows:
        return np.empty((0, len(world.variant.agreements)))

    def one(row: Array) -> Array:
        found = _shares(world, jobs, ENGAGEABLE[measure], row)
        if progress is not None:
            progress()
        return found

    with ThreadPoolExecutor(max_workers=max(workers, 1)) as pool:
        table = np.array(list(pool.map(one, world.table[list(rows)])))
    if np.isnan(table).all(axis=1).any():
        raise LongroadError(
            f"no missile considered reaches what '{world.physics.defender}' defends",
            expected="a missile within reach of it",
        )
    return np.asarray(np.nanmean(table, axis=1))


def _shares(world: World, jobs: list[AgreementJob], name: str, row: Array) -> Array:
    """Return the measure (missiles, cases) for one row of values."""
    place = [measure for measure, _ in MEASURES].index(name)
    evaluation = AgreementEvaluation(Evaluation(world.plan, row, every_arc=False))
    return np.array(
        [
            case_measures(
                evaluation, job, [case for case in job.cases if case.circumstance == AS_AGREED]
            )[:, place]
            for job in jobs
        ]
    )


def kept(world: World, workers: int) -> Array:
    """Return the share of the retaliation kept (1 + draws, cases): one less the greatest loss.

    The greatest over end points and launch times, draw by draw, in the posture of `POSTURE`.
    """
    draws = len(world.table) - 1
    known: dict[tuple[object, ...], Array] = {}
    by_left: dict[tuple[object, ...], Array] = {}
    out = np.empty((draws + 1, len(world.variant.agreements)))
    for c in range(len(world.variant.agreements)):
        left = _left(world, c)
        key = tuple((one.id, one.number, one.mode) for one in left.batteries)
        if key not in by_left:
            lost = np.zeros(draws + 1)
            for one in _against(left, world.physics, world.plan, world.reach):
                np.maximum(lost, _lost(world, one, draws, workers, known), out=lost)
            by_left[key] = 1.0 - lost
        out[:, c] = by_left[key]
    return out[:, world.of]


def _left(world: World, case: int) -> Variant:
    """Return the variant with the batteries that a case leaves."""
    agreement, defender = world.variant.agreements[case], world.physics.defender
    return replace(world.variant, batteries=_batteries_left(world.variant, agreement, defender))


def _batteries_left(variant: Variant, agreement: Agreement, defender: str) -> tuple[Battery, ...]:
    """Return the batteries that an agreement leaves, with their numbers and modes under it."""
    authority = derive(variant, agreement).authority[defender]
    left = [(battery, authority.left(battery.id)) for battery in variant.batteries]
    return tuple(replace(one, number=to.number, mode=to.mode) for one, to in left if to.on)


def _against(variant: Variant, physics: Physics, plan: Plan, reach: ReachEnsemble) -> list[Defence]:
    """Return the defences, by end points and launch time, that the deterrent has to pass."""
    force = _force(variant, physics)
    return [
        one.defence
        for one in cases_against(variant, force, physics.defender, plan, reach)
        if physics.towards in (None, one.towards)
    ]


def _force(variant: Variant, physics: Physics) -> Force:
    force = force_of(variant.catalog, physics.deterrent or "", variant.year or 0)
    if force is None or not variant.trajectories:
        raise LongroadError(
            f"'{physics.deterrent}' has no strategic force whose flights are known",
            expected="a party with a force in the catalogue and trajectories in the scenario",
        )
    return force


def _lost(
    world: World, defence: Defence, draws: int, workers: int, known: dict[tuple[object, ...], Array]
) -> Array:
    """Return the share lost (1 + draws,) to one defence; none where nothing is in reach."""
    reach = defence.reach
    if not (reach.within.any() or reach.best_table.any()):
        return np.zeros(draws + 1)
    key = (
        defence.sites, reach.flights, reach.within.tobytes(), reach.best_table.tobytes()
    )  # fmt: skip
    if key not in known:
        found = exchange(
            _force(world.variant, world.physics), defence, draws=max(draws, SCRAMBLES),
            repeats=REPEATS, seed=world.seed, workers=workers,
        )  # fmt: skip
        place = POSTURES.index(POSTURE)
        share = found.best_lost_share(POSTURE)
        arriving, left = (
            found.draws[:draws, place, STAGES.index(stage)]
            for stage in (Stage.ARRIVING, Stage.PENETRATING)
        )
        lost = np.zeros(draws)
        np.divide(arriving - left, arriving, out=lost, where=arriving > 0.0)
        known[key] = np.array([share, *lost])
    return known[key]
