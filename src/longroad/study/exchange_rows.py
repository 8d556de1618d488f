"""Exchanges of a study: what every party's defence does to every other party's deterrent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longroad.base.streams import SCRAMBLES
from longroad.deterrent import (
    POSTURES,
    STAGES,
    Exchange,
    Figure,
    Posture,
    Stability,
    Stage,
    exchange,
    make_roster,
    no_defence,
    stability,
    touchable_share,
)
from longroad.deterrent.exchange import run_best
from longroad.scenario import ExchangeMeasure, Scenario
from longroad.study.columns import draw_values
from longroad.study.exchange_defence import (
    USUAL,
    ExchangeCase,
    exchange_cases,
    exchange_pairs,
    scenario_forces,
)
from longroad.study.exchange_extremes import OWNER, ExtremeCase, Extremes, extremes
from longroad.study.exchange_extremes import REPEATS as SINGLE_REPEATS
from longroad.study.exchange_sets import Holder, PartySet, holder_of, party_sets, physics_beside
from longroad.study.exchange_stability import (
    NeededRow,
    TouchedRow,
    needed_rows,
    touched_rows,
)
from longroad.study.plan import Plan
from longroad.study.planner import make_reach_plan
from longroad.study.reach_ensemble import ReachEnsemble, run_reach
from longroad.study.readings import readings
from longroad.study.studied import Study

Array = NDArray[np.float64]
REPEATS = 4  # outcomes for each draw of the assumptions
FEW = 32
"""Draws where a reading changes chances and numbers alone."""
Pairs = frozenset[tuple[str, str]]  # defender, deterrent


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
    spreads. ``holder`` and ``mode`` say who holds the assumptions, and how: adopted, claim, stated,
    attributed or extreme; ``own_time`` that the launch time is theirs too.
    ``computed_fraction`` is the share of the deployed ballistic warheads whose flights
    were computed; the rest counts as out of reach. ``provisional``: numbers from memory are used.
    """

    variant: str
    party: str
    owner: str
    force: str
    towards: str
    assumptions: str
    holder: str
    mode: str
    timing: str
    delay_s: float | None
    own_time: bool
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
    build_up_low: float
    build_up_high: float | None
    provisional: bool
    arrivals: tuple[Arrivals, ...]


def told_pairs(scenario: Scenario) -> dict[str, Pairs | None]:
    """Return the variants of which every set of assumptions is asked, with the pairs meant.

    None: all pairs, in the headline variant; else those that a claim about deterrence is about.
    """
    asked: dict[str, set[tuple[str, str]]] = {}
    for claim in scenario.claims:
        if isinstance(claim.measure, ExchangeMeasure):
            about = (claim.measure.party, claim.measure.owner)
            asked.setdefault(claim.measure.variant, set()).add(about)
    found: dict[str, Pairs | None] = {id: frozenset(pairs) for id, pairs in asked.items()}
    return {**found, scenario.headline: None}


@dataclass(frozen=True)
class Exchanges:
    """All exchanges of a scenario, and the extremes of its pairs."""

    rows: tuple[ExchangeRow, ...]
    extremes: tuple[Extremes, ...]
    needed: tuple[NeededRow, ...] = ()
    touched: tuple[TouchedRow, ...] = ()


def exchanges_of(done: Study, workers: int) -> Exchanges:
    """Return the exchanges of a study; none where no party has a strategic force."""
    if not scenario_forces(done.scenario):
        return Exchanges((), ())
    return exchanges(done.scenario, done.plan, done.reach, workers)


def exchanges(
    scenario: Scenario,
    plan: Plan,
    ensemble: ReachEnsemble,
    workers: int,
    year: int | None = None,
) -> Exchanges:
    """Return the rows of all exchanges: by variant, owner, defender, end points, timing, posture.

    Forces are those of the variant's year, or of ``year``. Under readings that move reach all
    variants are asked; under the others, sets and extremes, those of :func:`told_pairs`.

    A defence that reaches nothing equals none exactly, and what two variants share is the same in
    both, so that neither is simulated anew.
    """
    book = _Book(scenario, workers)
    told = told_pairs(scenario)
    ways = {way.id: way for way in readings(scenario)}
    adopted: list[ExchangeCase] = []
    for case in exchange_cases(scenario, plan, ensemble, year, tuple(ways.values())):
        if case.assumptions == USUAL.id:
            adopted.append(case)
        pair = (case.defence.party, case.force.party)
        if case.few and case.assumptions != USUAL.id and not _meant(told, case.variant, pair):
            continue
        book.add(case, holder_of(ways[case.assumptions], scenario.variant(case.variant)))
    physics = physics_beside(scenario)
    for id in told:
        for one in party_sets(scenario, scenario.variant(id), physics):
            for case in _held(scenario, _narrowed(one, told[id]), year, workers):
                if _meant(told, id, (case.defence.party, case.force.party)):
                    book.add(case, one.holder)
    found: list[Extremes] = []
    for id in told:
        variant = scenario.variant(id)
        for force, party in exchange_pairs(scenario, variant, year):
            if _meant(told, id, (party, force.party)):
                asked = _asked(scenario, id, party, force.party)
                if told[id] is None:
                    found += extremes(scenario, variant, force, party, plan, ensemble)
                    asked -= {found[-1].towards} if found else set()
                if asked:
                    found += extremes(scenario, variant, force, party, plan, ensemble, asked)
    for about in found:
        for extreme in about.cases:
            book.add_extreme(about, extreme)
    return Exchanges(
        tuple(book.rows),
        tuple(found),
        needed_rows(scenario, adopted),
        touched_rows(adopted),
    )


def exchange_rows(
    scenario: Scenario,
    plan: Plan,
    ensemble: ReachEnsemble,
    workers: int,
    year: int | None = None,
) -> tuple[ExchangeRow, ...]:
    """Return the rows of :func:`exchanges` alone."""
    return exchanges(scenario, plan, ensemble, workers, year).rows


def _asked(scenario: Scenario, variant: str, party: str, owner: str) -> set[str]:
    """Return the countries that claims about a pair are about."""
    measures = (claim.measure for claim in scenario.claims)
    return {
        one.towards for one in measures
        if isinstance(one, ExchangeMeasure)
        and (one.variant, one.party, one.owner) == (variant, party, owner)
    }  # fmt: skip


def _meant(told: dict[str, Pairs | None], variant: str, pair: tuple[str, str]) -> bool:
    pairs = told.get(variant, frozenset())
    return pairs is None or pair in pairs


def _held(
    scenario: Scenario, one: PartySet, year: int | None, workers: int
) -> Iterator[ExchangeCase]:
    """Yield the cases of a set that stands apart from the run, with few draws of its own."""
    single = replace(scenario, variants=(one.variant,), headline=one.variant.id, claims=())
    plan = make_reach_plan(single, (USUAL,), full=False)
    if not plan.meetings:
        return
    values = draw_values(plan.quantities, SCRAMBLES, scenario.seed)
    for case in exchange_cases(single, plan, run_reach(plan, values, workers), year):
        if one.pair in (None, (case.defence.party, case.force.party)):
            yield replace(
                case, assumptions=one.id, force_read=one.id, few=True, own_time=one.own_time
            )


def build_up_bounds(arriving: float, penetrating: float) -> tuple[float, float | None]:
    """Return between which fractions a force has to grow for as much to arrive as undefended.

    A defence that takes L of A takes of a force s times as large at least L and at most s L, so
    that s - 1 lies from L / A to L / (A - L); None where nothing penetrates. For a force that can
    grow by any part: whole boats make steps that lie outside these bounds.
    """
    lost = arriving - penetrating
    low = lost / arriving if arriving > 0.0 else 0.0
    return low, lost / penetrating if penetrating > 0.0 else None


def _narrowed(one: PartySet, pairs: Pairs | None) -> PartySet:
    """Return a set with the batteries and flights of the pairs that are asked."""
    if pairs is None:
        return one
    parties, owners = ({pair[k] for pair in pairs} for k in (0, 1))
    variant = replace(
        one.variant,
        batteries=tuple(b for b in one.variant.batteries if b.owner.id in parties),
        trajectories=tuple(g for g in one.variant.trajectories if g.owner.id in owners),
    )
    return replace(one, variant=variant)


class _Book:
    """The rows so far; what was computed once is known by what decides its numbers."""

    def __init__(self, scenario: Scenario, workers: int) -> None:
        self.scenario, self.workers = scenario, workers
        self.draws = max(scenario.draws, SCRAMBLES)
        self.known: dict[tuple[object, ...], tuple[ExchangeRow, ...]] = {}
        self.bare: dict[tuple[object, ...], tuple[object, ...]] = {}
        self.rows: list[ExchangeRow] = []

    def add(self, case: ExchangeCase, holder: Holder) -> None:
        """Add the rows of a case, unless a set says of it what the adopted reading says."""
        key = _key(case)
        place = (
            case.variant, case.defence.party, case.force.party, case.towards, case.timing,
            case.delay_s,
        )  # fmt: skip
        reach = case.defence.reach
        numbers = (
            case.force, case.defence.sites, case.defence.discriminated, reach.flights,
            reach.best_table.tobytes(),
        )  # fmt: skip
        if case.assumptions == USUAL.id:
            self.bare[place] = numbers
        elif case.few and self.bare.get(place) == numbers:
            return
        if key not in self.known:
            found, calm = self._run(case, reached=len(key) > 2)
            near = touchable_share(case.force, case.defence)
            self.known[key] = tuple(
                _row(case, holder, found, calm, p, k, near) for k, p in enumerate(POSTURES)
            )
        about = _about(case, holder)
        self.rows += [replace(row, **about) for row in self.known[key]]

    def add_extreme(self, about: Extremes, extreme: ExtremeCase) -> None:
        """Add the rows of an extreme, in which every number that matters is certain."""
        force, defence, seed = extreme.force, extreme.defence, self.scenario.seed
        case = ExchangeCase(
            about.variant, extreme.id, about.towards, extreme.timing, extreme.delay_s, force,
            defence, about.computed_share,
        )  # fmt: skip
        roster = make_roster(force, defence, seed)
        single = run_best(roster, force, defence, SINGLE_REPEATS, seed, under=extreme.under)
        same = np.repeat(single.mean(axis=0)[None], SCRAMBLES, axis=0)
        found = Exchange(force, defence, same, single)
        calm = stability(
            force, defence, repeats=SINGLE_REPEATS, seed=seed, under=extreme.under, outcomes=single
        )
        near = touchable_share(force, defence)
        by = about.owner if extreme.id == OWNER else about.party
        for k, posture in enumerate(POSTURES):
            row = _row(case, Holder(by, "extreme"), found, calm, posture, k, near)
            share = row.lost_share
            certain = replace(share, epistemic_p05=share.best, epistemic_p95=share.best)
            lost = _sampled(row.lost, single, k)
            self.rows.append(replace(row, lost=lost, lost_share=certain))

    def _run(self, case: ExchangeCase, reached: bool) -> tuple[Exchange, tuple[Stability, ...]]:
        draws = self.draws
        if case.few and case.assumptions != USUAL.id:
            draws = min(draws, SCRAMBLES if case.force_read == case.assumptions else FEW)
        defence = case.defence if reached else no_defence("none")
        if reached and len(defence.reach.within) not in (1, draws):
            table = defence.reach.within
            cut = replace(defence.reach, within=table[:draws], best=defence.reach.best_table)
            defence = replace(defence, reach=cut) if len(table) > draws else defence.at_best()
        seed = self.scenario.seed
        found = exchange(
            case.force, defence, draws=draws, repeats=REPEATS, seed=seed, workers=self.workers
        )
        calm = stability(case.force, defence, repeats=draws, seed=seed, outcomes=found.best)
        return found, calm


def _sampled(lost: Figure, single: Array, posture: int) -> Figure:
    """Return a figure with the sampling error of its mean, from single outcomes."""
    own = single[:, posture]
    taken = own[:, STAGES.index(Stage.ARRIVING)] - own[:, STAGES.index(Stage.PENETRATING)]
    return replace(lost, mc_se=float(taken.std() / np.sqrt(len(taken))))


def _key(case: ExchangeCase) -> tuple[object, ...]:
    """Return what decides the numbers of a case: the force alone where nothing is reached."""
    reach = case.defence.reach
    force = (case.force.id, case.force_read)
    if not (reach.within.any() or reach.best_table.any()):
        return force
    tables = (reach.within.tobytes(), reach.best_table.tobytes(), case.few)
    return (*force, case.defence.sites, case.defence.discriminated, reach.flights, *tables)


def _about(case: ExchangeCase, holder: Holder) -> dict[str, Any]:
    """Return what a row says of its case, beside the numbers."""
    return {
        "variant": case.variant,
        "party": case.defence.party,
        "owner": case.force.party,
        "force": case.force.id,
        "towards": case.towards,
        "assumptions": case.assumptions,
        "holder": holder.by,
        "mode": holder.mode,
        "timing": case.timing,
        "delay_s": case.delay_s,
        "own_time": case.own_time,
        "computed_fraction": case.computed_share,
        "provisional": case.force.provisional,
    }


def _row(
    case: ExchangeCase,
    holder: Holder,
    found: Exchange,
    calm: tuple[Stability, ...],
    posture: Posture,
    k: int,
    touchable: float,
) -> ExchangeRow:
    def best(stage: Stage) -> float:
        return found.best_mean(posture, stage)

    grown = build_up_bounds(best(Stage.ARRIVING), best(Stage.PENETRATING))
    return ExchangeRow(
        **_about(case, holder),
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
        first_strike_advantage=calm[k].first_strike_advantage,
        first_strike_advantage_defended=calm[k].first_strike_advantage_defended,
        build_up_low=grown[0],
        build_up_high=grown[1],
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
