"""Exchanges of a study: what every party's defence does to every other party's deterrent."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.streams import SCRAMBLES
from longroad.deterrent import (
    POSTURES,
    STAGES,
    Exchange,
    Figure,
    Force,
    Posture,
    Stability,
    Stage,
    exchange,
    no_defence,
    stability,
    touchable_share,
)
from longroad.scenario import Scenario
from longroad.study.exchange_defence import ExchangeCase, exchange_cases
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import ReachEnsemble

Array = NDArray[np.float64]
REPEATS = 4  # outcomes for each draw of the assumptions


# Shares of the draws for which it is told how many arrive at least.
SHARES = tuple(k / 20.0 for k in range(1, 20))


@dataclass(frozen=True)
class Arrivals:
    """In ``draws_fraction`` of the draws at least so many arrive, without and with the defence."""

    draws_fraction: float
    arriving: float
    penetrating: float


@dataclass(frozen=True)
class ExchangeRow:
    """One force against one defence in one posture; warheads and bomber weapons.

    Counts are means under the best estimates but for ``lost`` and ``lost_share``, which have their
    spreads. ``computed_fraction`` is the share of the deployed ballistic warheads whose flights
    were computed; the rest counts as out of reach. ``provisional``: numbers from memory are used.
    """

    variant: str
    party: str
    owner: str
    force: str
    towards: str
    assumptions: str
    timing: str
    delay_s: float | None
    posture: str
    deployed: float
    surviving: float
    launched: float
    arriving: float
    other_routes: float
    within_reach: float
    penetrating: float
    lost: Figure
    lost_share: Figure
    touchable_fraction: float
    computed_fraction: float
    first_strike_advantage: float
    first_strike_advantage_defended: float
    provisional: bool
    arrivals: tuple[Arrivals, ...]


def exchange_rows(
    scenario: Scenario,
    plan: Plan,
    ensemble: ReachEnsemble,
    workers: int,
    year: int | None = None,
) -> tuple[ExchangeRow, ...]:
    """Return the rows of all exchanges: by variant, owner, defender, end points, timing, posture.

    Forces are those of the variant's year, or of ``year``.

    A defence that reaches nothing equals none exactly, and what two variants share is the same in
    both, so that neither is simulated anew.
    """
    draws = max(scenario.draws, SCRAMBLES)
    known: dict[tuple[object, ...], tuple[Exchange, tuple[Stability, ...], float]] = {}
    rows: list[ExchangeRow] = []

    def run(force: Force, case: ExchangeCase | None) -> tuple[Exchange, tuple[Stability, ...]]:
        defence = no_defence("none") if case is None else case.defence
        if case is not None and len(defence.reach.within) not in (1, draws):
            defence = defence.at_best()
        found = exchange(
            force, defence, draws=draws, repeats=REPEATS, seed=scenario.seed, workers=workers
        )
        calm = stability(force, defence, repeats=draws, seed=scenario.seed)
        return found, calm

    for case in exchange_cases(scenario, plan, ensemble, year):
        key = _key(case)
        if key not in known:
            found = run(case.force, case if len(key) > 1 else None)
            known[key] = (*found, touchable_share(case.force, case.defence))
        rows += [_row(case, *known[key][:2], p, k, known[key][2]) for k, p in enumerate(POSTURES)]
    return tuple(rows)


def _key(case: ExchangeCase) -> tuple[object, ...]:
    """Return what decides the numbers of a case: the force alone where nothing is reached."""
    reach = case.defence.reach
    if not (reach.within.any() or reach.best_table.any()):
        return (case.force.id,)
    tables = (reach.within.tobytes(), reach.best_table.tobytes())
    return (case.force.id, case.defence.sites, reach.flights, *tables)


def _row(
    case: ExchangeCase,
    found: Exchange,
    calm: tuple[Stability, ...],
    posture: Posture,
    k: int,
    touchable: float,
) -> ExchangeRow:
    def best(stage: Stage) -> float:
        return found.best_mean(posture, stage)

    return ExchangeRow(
        variant=case.variant,
        party=case.defence.party,
        owner=case.force.party,
        force=case.force.id,
        towards=case.towards,
        assumptions=case.assumptions,
        timing=case.timing,
        delay_s=case.delay_s,
        posture=posture.value,
        deployed=best(Stage.DEPLOYED),
        surviving=best(Stage.SURVIVING),
        launched=best(Stage.LAUNCHED),
        arriving=best(Stage.ARRIVING),
        other_routes=best(Stage.OTHER_ROUTES),
        within_reach=best(Stage.WITHIN_REACH),
        penetrating=best(Stage.PENETRATING),
        lost=found.lost(posture),
        lost_share=found.lost_share(posture),
        touchable_fraction=touchable,
        computed_fraction=case.computed_share,
        first_strike_advantage=calm[k].first_strike_advantage,
        first_strike_advantage_defended=calm[k].first_strike_advantage_defended,
        provisional=case.force.provisional,
        arrivals=_arrivals(found, posture),
    )


def _arrivals(found: Exchange, posture: Posture) -> tuple[Arrivals, ...]:
    """Return the counts that given shares of the draws reach or exceed (linear between draws)."""
    place = POSTURES.index(posture)
    levels = [1.0 - share for share in SHARES]
    without, left = (
        np.quantile(found.draws[:, place, STAGES.index(stage)], levels)
        for stage in (Stage.ARRIVING, Stage.PENETRATING)
    )
    return tuple(
        Arrivals(share, float(a), float(b))
        for share, a, b in zip(SHARES, without, left, strict=True)
    )
