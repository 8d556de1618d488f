"""Everything that a negotiation alone can say, as one answer: what the command prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from longroad.bargaining.acceptance import Acceptance, Share, acceptance
from longroad.bargaining.assign import Assignments, assignments, package_rows
from longroad.bargaining.dance import Dance, dance
from longroad.bargaining.delay import Delay, delays
from longroad.bargaining.divided import Divided, divided
from longroad.bargaining.facts import FactFinding, fact_finding
from longroad.bargaining.frontier import Frontier, frontier
from longroad.bargaining.hindcast import Hindcast, hindcast
from longroad.bargaining.nearby import nearest_acceptable, trades
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.problem import Floats, Problem
from longroad.bargaining.provenance import count_by_status
from longroad.bargaining.ratify import Level, pivots
from longroad.bargaining.roadmap import Roadmap, roadmap
from longroad.bargaining.shading import Shading, shading
from longroad.bargaining.solutions import KINDS, solve
from longroad.bargaining.swap import even_swap
from longroad.bargaining.zone import Conflict, Price, Zone, prices, smallest_conflicts, zone
from longroad.scenario.negotiation import Negotiation

MOST_FOR_PRICES = 256
"""Assignments over which prices, pivots and delays are taken: each asks for many frontiers."""
MOST_FOR_FACTS = 128
"""Assignments of the fact-finding experiment: each cell asks for two frontiers of each."""
SHADED = 0.2
"""The part of its weight by which an issue is played down in the shading test."""
LEAVES = (0.25, 0.4)
"""Parts of what the others could gain that a party's demand leaves them, beside nothing at all."""


@dataclass(frozen=True)
class Named:
    """What becomes of a package that somebody proposed."""

    package: str
    name: str
    date: str | None
    by: str | None
    opening: bool
    reply: str | None
    accepted: Mapping[str, Share]
    all_accept: Share
    all_ratify: Share
    crosses: tuple[str, ...]
    changes: int | None
    """How many issues have to change, at the best estimate, before all accept; None: never."""
    nearest: Mapping[str, str]
    """Those changes in one such package: option by issue."""


@dataclass(frozen=True)
class Point:
    """One package that a principle chooses at the best estimate."""

    kind: str
    choices: Mapping[str, str]
    changed: Mapping[str, str]
    """Those that differ from what holds without a deal (all, where nothing is said of that)."""
    utilities: Mapping[str, float]
    gains: Mapping[str, float]
    packages: int
    """How many packages give exactly these utilities."""


@dataclass(frozen=True)
class Deal:
    """A change that gains every party something, from what holds without a deal."""

    choices: Mapping[str, str]
    gains: Mapping[str, float]


@dataclass(frozen=True)
class Gain:
    """What a party gains at the Nash point over no deal, as a share of its range."""

    party: str
    p05: float
    median: float
    p95: float


@dataclass(frozen=True)
class Swap:
    """What a party's gain at the best estimate's Nash point is worth in a computed outcome.

    ``start`` is the outcome without a deal as the party holds it; ``change`` what would have to be
    added to it to be worth as much. None when the whole curve is worth less.
    """

    party: str
    outcome: str
    unit: str
    gain: float
    start: float
    change: float | None


@dataclass(frozen=True)
class Common:
    """What the whole answer and its document share: whom it is about, and what all could sign."""

    negotiation: str
    title: str
    scenario: str | None
    draws: int
    seed: int
    parties: tuple[str, ...]
    issues: int
    combinations: int
    physics: bool
    unheard: tuple[str, ...]
    statuses: Mapping[str, int]
    rows: tuple[Named, ...]
    agreement: Share
    agreement_ratified: Share
    gains: tuple[Gain, ...]
    swaps: tuple[Swap, ...]
    disagreement: Mapping[str, float]
    ideal: Mapping[str, float]
    ideal_over: str
    frontier_points: int
    solutions: tuple[Point, ...]


@dataclass(frozen=True)
class Drawn:
    """What the answer was made from, assignment by assignment; ``one`` is the best estimate.

    ``found`` is its frontier, ``accepted`` what is made of the packages (None without any).
    """

    sampled: Assignments
    best: Assignments
    one: Problem
    found: Frontier
    signed: Zone
    ratified: Zone
    accepted: Acceptance | None


@dataclass(frozen=True)
class Report(Common):
    """The whole answer."""

    question: str
    drawn: Drawn
    divided: Divided | None
    first_deals: tuple[Deal, ...]
    price_draws: int
    lines: tuple[Price, ...]
    conflicts: tuple[Conflict, ...]
    pivots: tuple[Level, ...]
    delays: tuple[Delay, ...]
    milder_delays: tuple[Delay, ...]
    shaded: float
    shadings: tuple[Shading, ...]
    roadmap: Roadmap | None
    dance: Dance | None
    hindcast: Hindcast | None
    facts: FactFinding | None


def report(
    negotiation: Negotiation,
    *,
    draws: int | None = None,
    seed: int | None = None,
    block: PhysicsBlock | None = None,
    workers: int | None = None,
    shaded: float | None = None,
) -> Report:
    """Return everything that a negotiation says. The answer does not depend on ``workers``.

    ``shaded`` is the part of its weight by which an issue is played down (default a fifth).
    """
    lie = SHADED if shaded is None else shaded
    sampled = assignments(negotiation, draws=draws, seed=seed, block=block)
    best = assignments(negotiation, draws=0, seed=seed, block=block)
    signed = zone(sampled, workers=workers)
    ratified = zone(sampled, ratified=True, workers=workers) if negotiation.ratification else signed
    some = range(min(sampled.draws, MOST_FOR_PRICES))
    one = best.problem(0)
    found = frontier(one)
    choices = package_rows(negotiation, [package.choices for package in negotiation.packages])
    accepted = acceptance(sampled, choices) if len(choices) else None
    ideal = found.utilities.max(axis=0) if len(found) else np.full(len(one.parties), np.nan)
    parties = sampled.parties
    return Report(
        negotiation=negotiation.id,
        title=negotiation.title,
        question=negotiation.question,
        drawn=Drawn(sampled, best, one, found, signed, ratified, accepted),
        scenario=negotiation.scenario,
        draws=sampled.draws,
        seed=negotiation.seed if seed is None else seed,
        parties=parties,
        issues=len(one.issues),
        combinations=one.packages,
        physics=block is not None,
        unheard=sampled.unheard,
        statuses=count_by_status(negotiation),
        rows=_named(negotiation, accepted, best, one) if accepted is not None else (),
        agreement=signed.share,
        agreement_ratified=ratified.share,
        gains=_gains(signed, parties),
        swaps=_swaps(negotiation, best, found, one, block),
        disagreement=_by(parties, one.reservation),
        ideal=_by(parties, ideal),
        ideal_over="acceptable packages",
        frontier_points=len(found),
        solutions=_solutions(negotiation, found, one),
        divided=divided(negotiation, best),
        first_deals=_first_deals(negotiation, one),
        price_draws=len(some),
        lines=prices(sampled, some, workers=workers) if sampled.lines else (),
        conflicts=smallest_conflicts(best) if sampled.lines or not len(found) else (),
        pivots=pivots(sampled, some),
        delays=delays(sampled, some),
        milder_delays=_milder(sampled, some),
        shaded=lie,
        shadings=tuple(shading(one, p, lie) for p in range(len(parties))),
        roadmap=roadmap(sampled),
        dance=dance(sampled, accepted) if accepted is not None else None,
        hindcast=hindcast(sampled, accepted) if accepted is not None else None,
        facts=_facts(negotiation, block, min(sampled.draws, MOST_FOR_FACTS), seed, workers),
    )


def _milder(sampled: Assignments, some: range) -> tuple[Delay, ...]:
    """Return delays when demands leave the others something, and when elections count."""
    patience = sampled.negotiation.patience
    found = [one for part in LEAVES for one in delays(sampled, some, leaves=part)]
    if patience is not None and patience.elections:
        found += [one for part in (0.0, *LEAVES)
                  for one in delays(sampled, some, leaves=part, elections=True)]  # fmt: skip
    return tuple(found)


def _facts(
    negotiation: Negotiation,
    block: PhysicsBlock | None,
    draws: int,
    seed: int | None,
    workers: int | None,
) -> FactFinding | None:
    """Return the experiment, where the parties hold more than one assumption set."""
    if block is None or any(party.id not in block.held for party in negotiation.parties):
        return None
    if len(block.assumptions) < 2:
        return None
    return fact_finding(negotiation, block, draws, seed=seed, workers=workers)


def _by(parties: tuple[str, ...], values: Floats) -> dict[str, float]:
    return {party: float(value) for party, value in zip(parties, values, strict=True)}


def _named(
    negotiation: Negotiation, found: Acceptance, best: Assignments, one: Problem
) -> tuple[Named, ...]:
    rows = []
    issues = negotiation.issues
    choices = package_rows(negotiation, [package.choices for package in negotiation.packages])
    for k, package in enumerate(negotiation.packages):
        near = nearest_acceptable(one, choices[k], 1)
        changed = (
            {
                issues[i].id: issues[i].option_ids[int(near.choices[0, i])]
                for i in np.flatnonzero(near.choices[0] != choices[k])
            }
            if near is not None
            else {}
        )
        rows.append(
            Named(
                package=package.id,
                name=package.name,
                date=package.date,
                by=package.by,
                opening=package.opening,
                reply=package.reply,
                accepted={p: found.by_party(k, i) for i, p in enumerate(best.parties)},
                all_accept=found.by_all(k),
                all_ratify=found.by_all(k, ratified=True),
                crosses=tuple(
                    line.line.id for j, line in enumerate(best.lines) if found.crossed[j, k]
                ),
                changes=near.changes if near is not None else None,
                nearest=changed,
            )
        )
    return tuple(rows)


def _gains(found: Zone, parties: tuple[str, ...]) -> tuple[Gain, ...]:
    if not np.any(found.exists):
        return ()
    held = found.nash[found.exists]
    low, middle, high = np.percentile(held, [5.0, 50.0, 95.0], axis=0)
    return tuple(
        Gain(party, float(low[p]), float(middle[p]), float(high[p]))
        for p, party in enumerate(parties)
    )


def _swaps(
    negotiation: Negotiation,
    best: Assignments,
    found: Frontier,
    one: Problem,
    block: PhysicsBlock | None,
) -> tuple[Swap, ...]:
    if block is None or negotiation.no_deal is None or not len(found):
        return ()
    (row, *_) = solve(found, one.reservation, "nash").rows
    gains = found.utilities[row] - one.reservation
    place = tuple(
        options.index(negotiation.no_deal[issue])
        for issue, options in zip(block.issues, block.options, strict=True)
    )
    made = []
    for interests, gain in zip(negotiation.interests, gains, strict=True):
        for curve in interests.curves:
            start = float(block.of(interests.party, curve.outcome)[place])
            weight = float(best.curve_weights[interests.party, curve.outcome][0])
            change = even_swap(curve, weight, start, float(gain))
            known = None if np.isnan(change) else change
            made.append(Swap(interests.party, curve.outcome, curve.unit, float(gain), start, known))
    return tuple(made)


def _solutions(negotiation: Negotiation, found: Frontier, one: Problem) -> tuple[Point, ...]:
    points: list[Point] = []
    for kind in KINDS if len(found) else ():
        for row in solve(found, one.reservation, kind).rows:
            chosen = {
                issue.id: issue.option_ids[int(found.choices[row, i])]
                for i, issue in enumerate(negotiation.issues)
            }
            worth = found.utilities[row]
            points.append(
                Point(
                    kind,
                    chosen,
                    {i: o for i, o in chosen.items() if (negotiation.no_deal or {}).get(i) != o},
                    _by(one.parties, worth),
                    _by(one.parties, worth - one.reservation),
                    int(found.counts[row]),
                )
            )
    return tuple(points)


def _first_deals(negotiation: Negotiation, one: Problem, most: int = 5) -> tuple[Deal, ...]:
    """Return the changes of one or two issues that could be signed first."""
    if negotiation.no_deal is None:
        return ()
    (start,) = package_rows(negotiation, [negotiation.no_deal])
    issues = negotiation.issues
    return tuple(
        Deal(
            {
                issues[i].id: issues[i].option_ids[o]
                for i, o in zip(trade.issues, trade.options, strict=True)
            },
            _by(one.parties, trade.gains),
        )
        for trade in trades(one, start, most)
    )
