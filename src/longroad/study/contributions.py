"""What each battery, each sensor and each mode gives: the coverage without it, and with it alone.

    lost share = 1 - (engageable without it) / (engageable with all)

Best estimate, at the ensemble's resolution. A battery taken away leaves the union of the others. A
sensor taken away leaves its party's batteries with the tracks and cues of the others, and a
battery whose own radar it was without one. What something gives alone: a battery, with all
sensors of its party; a radar, with the party's warning from orbit and no other radar; warning
from orbit, without any radar; a mode, when every battery of the party works in it. Shares do not
add up: what two assets both engage is lost only when both are gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.area import fraction
from longroad.scenario import Battery, Party, Scenario, SensorSite, Variant
from longroad.scenario.world import Mode
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.plan import AGREEMENT_NONE, Plan
from longroad.study.planner import make_plan
from longroad.study.readings import ADOPTED, Assumptions
from longroad.study.table import Table, make_table

Array = NDArray[np.float64]
Kind = Literal["battery", "sensor", "mode"]
MODES: tuple[Mode, ...] = get_args(Mode)
Shares = tuple[float, float]
Case = tuple[str, str, str]
NOTHING: Shares = (float("nan"), float("nan"))
COLUMNS = (
    "variant",
    "agreement",
    "party",
    "missile",
    "kind",
    "asset",
    "engageable_area_fraction",
    "engageable_population_fraction",
    "without_area_fraction",
    "without_population_fraction",
    "alone_area_fraction",
    "alone_population_fraction",
    "lost_area_share",
    "lost_population_share",
)


@dataclass(frozen=True)
class Asset:
    """A battery, a sensor or a mode of one party, and the variant without it and with it alone.

    Nothing can be taken away of a mode.
    """

    kind: Kind
    id: str
    without: Variant | None
    alone: Variant


def contributions_table(scenario: Scenario) -> Table:
    """Return what every asset gives, of every party that defends something, by missile."""
    cases: list[Variant] = []

    def planned(variant: Variant) -> str:
        """Plan one more case; return the name by which its figures are found."""
        name = str(len(cases))
        cases.append(replace(variant, id=name, trajectories=(), patrol_areas=()))
        return name

    wanted = [
        _Wanted(
            variant.id,
            party.id,
            asset,
            whole,
            None if asset.without is None else planned(asset.without),
            planned(asset.alone),
        )
        for variant in scenario.variants
        for whole in [planned(variant)]
        for party in _defended(variant)
        for asset in assets(variant, party)
    ]
    found = _figures(replace(scenario, variants=tuple(cases), claims=()))
    rows = [row for one in wanted for row in _rows(one, found)]
    return make_table(
        "contributions", {name: [r[k] for r in rows] for k, name in enumerate(COLUMNS)}
    )


@dataclass(frozen=True)
class _Wanted:
    """An asset of a variant, and the names of the cases with all, without it, with it alone."""

    variant: str
    party: str
    asset: Asset
    whole: str
    without: str | None
    alone: str


def _rows(one: _Wanted, found: Mapping[Case, Shares]) -> Iterator[tuple[object, ...]]:
    """Yield a row of the table for each missile."""
    for case, party, missile in found:
        if (case, party) != (one.whole, one.party):
            continue
        whole = found[case, party, missile]
        alone = found[one.alone, party, missile]
        rest = NOTHING if one.without is None else found[one.without, party, missile]
        lost = [1.0 - r / w if w > 0.0 else np.nan for w, r in zip(whole, rest, strict=True)]
        head = (one.variant, AGREEMENT_NONE, party, missile, one.asset.kind, one.asset.id)
        yield (*head, *whole, *rest, *alone, *lost)


def assets(variant: Variant, party: Party) -> Iterator[Asset]:
    """Yield the batteries, the sensors and the modes of a party, in the scenario's order."""
    for battery in variant.batteries:
        if battery.owner.id == party.id:
            others = tuple(b for b in variant.batteries if b.id != battery.id)
            rivals = tuple(b for b in others if b.owner.id != party.id)
            yield Asset(
                "battery",
                battery.id,
                replace(variant, batteries=others),
                replace(variant, batteries=(battery, *rivals)),
            )
    own = [site for site in variant.sensors if site.owner.id == party.id]
    for site in own:
        kept = [other for other in own if other.id == site.id or not other.is_radar]
        yield Asset(
            "sensor",
            site.id,
            _with_sensors(variant, party, [other for other in own if other.id != site.id]),
            _with_sensors(variant, party, kept if site.is_radar else [site]),
        )
    for mode in MODES:
        yield Asset("mode", mode, None, _in_mode(variant, party, mode))


def _with_sensors(variant: Variant, party: Party, kept: list[SensorSite]) -> Variant:
    """Return the variant with these sensors of the party only, in their order."""
    ids = {site.id for site in kept}

    def battery(one: Battery) -> Battery:
        radar = one.own_radar
        if one.owner.id != party.id or radar is None or radar.id in ids:
            return one
        return replace(one, own_radar=None)

    return replace(
        variant,
        sensors=tuple(s for s in variant.sensors if s.owner.id != party.id or s.id in ids),
        batteries=tuple(battery(one) for one in variant.batteries),
    )


def _in_mode(variant: Variant, party: Party, mode: Mode) -> Variant:
    return replace(
        variant,
        batteries=tuple(
            replace(one, mode=mode) if one.owner.id == party.id else one
            for one in variant.batteries
        ),
    )


def _defended(variant: Variant) -> list[Party]:
    """Return the parties against whom a missile is considered, in the order of the file."""
    considered = {party.id for threat in variant.threats for party in threat.against}
    return [party for party in variant.parties if party.id in considered and party.defends]


def _figures(cases: Scenario) -> dict[Case, Shares]:
    """Return area and population share by (case, party, threat)."""
    plan = make_plan(cases, cases.grid.ensemble, (Assumptions(ADOPTED),))
    best = draw_values(plan.quantities, 0, cases.seed).table[BEST_ROW]
    evaluation = Evaluation(plan, best)
    return {
        (job.variant, job.party, job.threat): _shares(plan, evaluation, index)
        for index, job in enumerate(plan.coverage)
    }


def _shares(plan: Plan, evaluation: Evaluation, index: int) -> Shares:
    job = plan.coverage[index]
    count = evaluation.cells(job)
    cells = plan.territories[plan.arcs[job.arcs].territory]
    engaged, reached = count.all_engaged, count.reachable
    return (
        fraction(engaged, reached, cells.area_m2),
        fraction(engaged, reached, cells.population),
    )
