"""What stability needs beside an exchange: the defence for a given effect, and what it can touch.

Adopted assumptions and best estimates throughout, on an ordinary day, ridden out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from longroad.deterrent import Lever, Posture, needed, touched
from longroad.deterrent.measures import ANY
from longroad.scenario import Scenario
from longroad.study.exchange_defence import ExchangeCase

EFFECT = 0.1
"""Share lost that is asked for: the tenth by which claims about deterrence are read."""
POSTURE = Posture.DAILY_RIDE_OUT
GREATEST = 50.0  # times the interceptors that there are
REPEATS = 8


@dataclass(frozen=True)
class NeededRow:
    """The least factor on all interceptors at which a defence takes ``share`` of what would arrive.

    ``value`` is None where no factor up to ``greatest`` does; ``effect`` is what it then takes.
    """

    variant: str
    party: str
    owner: str
    towards: str
    timing: str
    delay_s: float | None
    posture: str
    share: float
    lever: str
    value: float | None
    effect: float
    greatest: float


@dataclass(frozen=True)
class TouchedRow:
    """Deployed warheads of a weapon at a base, and the share of its flights that a site reaches.

    ``site`` is a battery or "any"; ``share`` is None where no flight was computed. No inventory and
    no miss.
    """

    variant: str
    party: str
    owner: str
    towards: str
    timing: str
    delay_s: float | None
    weapon: str
    base: str
    site: str
    warheads: float
    share: float | None


def needed_rows(scenario: Scenario, cases: Iterable[ExchangeCase]) -> tuple[NeededRow, ...]:
    """Return the defence needed for the effect, for every pair of the headline variant.

    Towards the country and at the launch time where a defence reaches most; none where it reaches
    nothing, since more interceptors do not change that.
    """
    best: dict[tuple[str, str], ExchangeCase] = {}
    for case in cases:
        pair = (case.force.party, case.defence.party)
        if case.variant == scenario.headline and case.defence.reach.best_table.any():
            known = best.get(pair)
            if known is None or _touches(case) > _touches(known):
                best[pair] = case
    return tuple(_needed(scenario, case) for case in best.values())


def _touches(case: ExchangeCase) -> float:
    rows = touched(case.force, case.defence)
    return round(sum(r.warheads * (r.share or 0.0) for r in rows if r.site == ANY), 6)


def _needed(scenario: Scenario, case: ExchangeCase) -> NeededRow:
    found = needed(
        case.force, case.defence.at_best(), POSTURE, EFFECT, Lever.INVENTORY, greatest=GREATEST,
        repeats=REPEATS, seed=scenario.seed,
    )  # fmt: skip
    return NeededRow(
        case.variant, case.defence.party, case.force.party, case.towards, case.timing,
        case.delay_s, POSTURE.value, EFFECT, found.lever.value, found.value, found.effect,
        found.greatest,
    )  # fmt: skip


def touched_rows(cases: Iterable[ExchangeCase]) -> tuple[TouchedRow, ...]:
    """Return what each site could touch of each weapon at each base, in every variant."""
    return tuple(
        TouchedRow(
            case.variant, case.defence.party, case.force.party, case.towards, case.timing,
            case.delay_s, one.weapon, one.base, one.site, one.warheads, one.share,
        )
        for case in cases
        for one in touched(case.force, case.defence)
    )  # fmt: skip
