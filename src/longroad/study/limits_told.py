"""Which limits, on whose defence in which variant, a run tells of."""

from __future__ import annotations

from collections.abc import Sequence

from longroad.base.quantity import Disputed
from longroad.deterrent import Force, LimitSet
from longroad.scenario import Scenario, Variant
from longroad.study.limits_apply import default_limits
from longroad.study.limits_growth import GrowthRow, growth_rows
from longroad.study.limits_search import Searched, keep_outs, search_limits, sets_of
from longroad.study.limits_world import rivals_of

MOST = 2
"""Limits in one set at most, where nobody says otherwise."""


def run_limits(scenario: Scenario, workers: int) -> tuple[Searched, ...]:
    """Return the default limits, singly and in pairs, that a run tells of.

    Of the headline variant every party with batteries and another's force to reach; and of the
    variant in which an interceptor's burnout speed is disputed most widely, by the ratio of the
    claims, those whose batteries are others there.
    """
    headline = scenario.variant(scenario.headline)
    told = [(headline, party) for party in limited_parties(headline)]
    other = max(scenario.variants, key=dispute)
    if dispute(other) > dispute(headline):
        told += [
            (other, party) for party in limited_parties(other)
            if _own(other, party) != _own(headline, party)
        ]  # fmt: skip
    return tuple(
        search_limits(
            scenario, variant, party, rivals,
            default_sets(scenario, variant, party, rivals, MOST, workers), workers,
        )
        for variant, party in told
        if (rivals := rivals_of(scenario, variant, party))
    )  # fmt: skip


def default_sets(
    scenario: Scenario, variant: Variant, party: str, rivals: Sequence[Force], most: int,
    workers: int,
) -> tuple[LimitSet, ...]:  # fmt: skip
    """Return sets of up to ``most`` of the limits worth a look.

    Among them those that keep a party out of reach of each rival.
    """
    found = (
        *default_limits(variant, party),
        *keep_outs(scenario, variant, party, rivals, workers),
    )
    return sets_of(party, found, most)


def dispute(variant: Variant) -> float:
    """Return the greatest ratio of rival claims about one interceptor's burnout speed; 1: none."""
    speeds = [variant.of(battery.interceptor, "burnout_speed") for battery in variant.batteries]
    claims = [
        [one.best for one in speed.alternatives] for speed in speeds if isinstance(speed, Disputed)
    ]
    return max((max(best) / min(best) for best in claims), default=1.0)


def limited_parties(variant: Variant) -> tuple[str, ...]:
    """Return the parties with batteries, in the order of the scenario."""
    return tuple(dict.fromkeys(battery.owner.id for battery in variant.batteries))


def _own(variant: Variant, party: str) -> tuple[tuple[object, ...], ...]:
    return tuple(
        (one.id, one.interceptor.id, one.number, one.mode)
        for one in variant.batteries
        if one.owner.id == party
    )


def run_growth(scenario: Scenario, workers: int) -> tuple[GrowthRow, ...]:
    """Return the growth of every party of the headline variant that a run tells of."""
    variant = scenario.variant(scenario.headline)
    rows: list[GrowthRow] = []
    for party in limited_parties(variant):
        rivals = rivals_of(scenario, variant, party)
        rows += growth_rows(scenario, variant, party, rivals, workers)
    return tuple(rows)
