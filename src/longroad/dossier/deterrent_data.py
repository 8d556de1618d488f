"""The tables on strategic forces of a run as the dossier needs them.

Exchanges are those of all variants; the chapter tells of the headline variant first, or where
that has none of the first that has.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from longroad.deterrent import POSTURES, Posture
from longroad.dossier.limits_data import (
    Growth,
    LimitPoint,
    LimitSearch,
    read_growth,
    read_limits,
)
from longroad.dossier.naming import headline
from longroad.dossier.reading import ADOPTED, RunLike
from longroad.study.manifest import Manifest, Variant

POSTURE_IDS = tuple(posture.value for posture in POSTURES)
# The posture in which least is left, so that a defence counts for most.
WORST = Posture.DAILY_RIDE_OUT.value
# Below a twentieth of a percent a share is told as none.
LEAST = 0.0005


@dataclass(frozen=True)
class Case:
    """What makes an exchange one: who defends against whom, on which assumptions.

    ``delay_s`` is None where launches are as the owner's sensors support.
    """

    variant: str
    party: str
    owner: str
    towards: str
    assumptions: str
    timing: str
    delay_s: float | None


@dataclass(frozen=True)
class Row:
    """An exchange in one posture; counts of warheads and bomber weapons, shares from 0 to 1."""

    case: Case
    posture: str
    force: str
    deployed: float
    surviving: float
    launched: float
    arriving: float
    other_routes: float
    within_reach: float
    penetrating: float
    lost: float
    lost_p05: float
    lost_p95: float
    lost_fraction: float
    lost_fraction_p05: float
    lost_fraction_p95: float
    touchable_fraction: float
    computed_fraction: float
    first_strike_advantage: float
    first_strike_advantage_defended: float
    provisional: bool
    holder: str = ""
    mode: str = ""
    """Adopted, claim, stated, attributed or extreme."""

    @property
    def build_up(self) -> tuple[float, float] | None:
        """Return the least and the most by which the force must grow to cancel the defence.

        A defence takes of a force s times as large at least what it takes now, L of A, and at most
        s times that; so that as much penetrates as arrived, s - 1 lies from L / A to L / (A - L).
        For a force that can grow by any part: whole boats make steps that lie outside these bounds,
        as `longroad.deterrent.build_up` shows. None where nothing penetrates.
        """
        if self.penetrating <= 0.0:
            return None
        return self.lost / self.arriving, self.lost / self.penetrating


@dataclass(frozen=True)
class Curve:
    """In each share of the draws at least so many arrive, without and with a defence."""

    draws: tuple[float, ...]
    arriving: tuple[float, ...]
    penetrating: tuple[float, ...]


@dataclass(frozen=True)
class Count:
    """One rule of one ledger on one day, or against one force."""

    ledger: str
    rule: str
    party: str
    counted: str
    date: str
    value: float
    limit: float
    state: str
    treaty_state: str
    bound: bool
    status: str


@dataclass(frozen=True)
class Difference:
    """One assumption between what is adopted and the owner's extreme; NaN where not known."""

    party: str
    owner: str
    towards: str
    quantity: str
    unit: str
    adopted: float
    owner_end: float
    defender_end: float
    owner_word: str
    defender_word: str
    holder: str
    alone: float
    without: float
    lost_adopted: float
    lost_most: float
    lost_least: float


@dataclass(frozen=True)
class Touch:
    """Warheads of one weapon at one base, and the share of its flights that any site reaches."""

    case: Case
    base: str
    warheads: float
    share: float


@dataclass(frozen=True)
class Deterrent:
    """What a run says of strategic forces; ``rows`` by case, in the order of the postures."""

    variant: Variant
    rows: dict[Case, dict[str, Row]]
    curves: dict[tuple[Case, str], Curve] = field(default_factory=dict)
    counts: tuple[Count, ...] = ()
    searches: tuple[LimitSearch, ...] = ()
    growth: tuple[Growth, ...] = ()
    differences: tuple[Difference, ...] = ()
    """Of the variant told of, by pair and rank."""

    needed: dict[tuple[str, str], tuple[float, float, float]] = field(default_factory=dict)
    """By owner and party: share to be lost, factor on interceptors (NaN: none), share lost."""
    touched: tuple[Touch, ...] = ()

    @property
    def limits(self) -> tuple[LimitPoint, ...]:
        """The limits on the defence told of first, where they are of the variant told of."""
        return self._first.points if self._first else ()

    @property
    def limited(self) -> str:
        """The party whose defence those are on."""
        return self._first.party if self._first else ""

    @property
    def _first(self) -> LimitSearch | None:
        own = (one for one in self.searches if one.variant == self.variant.id)
        return next(own, None)

    def cases(self, owner: str, party: str | None = None) -> list[Case]:
        """Return an owner's cases in the variant told of, against one defence or all."""
        return [
            case for case in self.rows
            if (case.variant, case.owner) == (self.variant.id, owner)
            and party in (None, case.party)
        ]  # fmt: skip

    @property
    def owners(self) -> tuple[str, ...]:
        """The parties with forces in the variant told of, in the order of the scenario."""
        known = {case.owner for case in self.rows if case.variant == self.variant.id}
        return tuple(party.id for party in self.variant.parties if party.id in known)

    def against(self, owner: str) -> tuple[str, ...]:
        """Return the parties whose defence stands against an owner's force."""
        return tuple(dict.fromkeys(case.party for case in self.cases(owner)))

    def lost(self, case: Case, posture: str = WORST) -> float:
        """Return the share of what would arrive that the defence takes, best estimate."""
        return self.rows[case][posture].lost_fraction

    def read(self, owner: str, party: str) -> list[Case]:
        """Return the cases as adopted or under one rival claim; sets and extremes stand apart."""
        return [case for case in self.cases(owner, party) if not self.held(case)]

    def held(self, case: Case) -> bool:
        """Return whether a case is a set that a party holds, or an extreme."""
        return self.rows[case][WORST].mode in HELD

    def towards(self, owner: str, party: str) -> str:
        """Return the country towards which a defence takes most, over all readings."""
        return max(self.read(owner, party), key=self.lost).towards

    def told(self, owner: str, party: str) -> list[Case]:
        """Return the cases of one defence towards one country: the adopted ones first.

        Of rival claims those that change most, as many as a chart can bear.
        """
        towards = self.towards(owner, party)
        own = [case for case in self.read(owner, party) if case.towards == towards]
        usual = {case.timing: case for case in own if case.assumptions == ADOPTED}

        def change(case: Case) -> float:
            known = usual.get(case.timing)
            return 0.0 if known is None else -abs(self.lost(case) - self.lost(known))

        rivals = sorted((case for case in own if case.assumptions != ADOPTED), key=change)
        kept = set(rivals[:MOST_RIVALS])
        return [*(c for c in own if c.assumptions == ADOPTED), *(c for c in own if c in kept)]

    def sets(self, owner: str, party: str) -> list[Case]:
        """Return one case for each set that a party holds and for each extreme.

        Towards the country told of where the set was asked there, at the launch that takes most.
        """
        towards = self.towards(owner, party)
        best: dict[str, Case] = {}
        for case in self.cases(owner, party):
            if not self.held(case):
                continue
            known = best.get(case.assumptions)
            if known is None or self._rank(case, towards) > self._rank(known, towards):
                best[case.assumptions] = case
        return list(best.values())

    def _rank(self, case: Case, towards: str) -> tuple[bool, float]:
        return case.towards == towards, self.lost(case)

    def between(self, owner: str, party: str) -> list[tuple[Difference, ...]]:
        """Return what makes the difference to one pair, towards each country asked, by rank."""
        found: dict[str, list[Difference]] = {}
        for one in self.differences:
            if (one.owner, one.party) == (owner, party):
                found.setdefault(one.towards, []).append(one)
        return [tuple(own) for own in found.values()]

    def adopted(self, owner: str, party: str) -> Case:
        """Return the case under adopted assumptions in which a defence takes most.

        Of launch times that take the same, the one that its own sensors support.
        """
        own = [one for one in self.cases(owner, party) if one.assumptions == ADOPTED]
        own = own or self.cases(owner, party)
        return max(own, key=lambda one: (round(self.lost(one), 3), one.delay_s is None))

    def most(self, owner: str) -> str:
        """Return the party whose defence takes most from an owner, adopted assumptions."""
        return max(self.against(owner), key=lambda party: self.lost(self.adopted(owner, party)))


HELD = ("stated", "attributed", "extreme")
MOST_RIVALS = 3
CASE = ("variant", "party", "owner", "towards", "assumptions", "timing")
NUMBERS = (
    *("deployed", "surviving", "launched", "arriving", "other_routes", "within_reach"),
    *("penetrating", "lost", "lost_p05", "lost_p95", "lost_fraction", "lost_fraction_p05"),
    *("lost_fraction_p95", "touchable_fraction", "computed_fraction", "first_strike_advantage"),
    "first_strike_advantage_defended",
)


def read(run: RunLike) -> Deterrent | None:
    """Read the exchanges of a run; None where there are none."""
    held = {record.name for record in run.manifest.tables}
    if "exchange" not in held:
        return None
    rows = _rows(run)
    variant = _variant(run.manifest, rows)
    if variant is None:
        return None
    return Deterrent(
        variant=variant,
        rows=rows,
        curves=_curves(run) if "arrivals" in held else {},
        counts=_counts(run) if "treaty" in held else (),
        searches=read_limits(run) if "limits" in held else (),
        growth=read_growth(run) if "growth" in held else (),
        needed=_needed(run, variant.id) if "defence_needed" in held else {},
        touched=_touched(run) if "touched" in held else (),
        differences=_differences(run, variant.id) if "assumption_differences" in held else (),
    )


def _variant(manifest: Manifest, rows: dict[Case, dict[str, Row]]) -> Variant | None:
    known = {case.variant for case in rows}
    first = headline(manifest)
    order = (first, *(one for one in manifest.variants if one is not first))
    return next((one for one in order if one.id in known), None)


def _case(row: tuple[Any, ...]) -> Case:
    delay = float(row[6])
    variant, party, owner, towards, assumptions, timing = map(str, row[:6])
    known = delay if math.isfinite(delay) else None
    return Case(variant, party, owner, towards, assumptions, timing, known)


def _listed(run: RunLike, name: str, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    table = run.select(name, columns)
    return list(zip(*(np.asarray(table[column]).tolist() for column in columns), strict=True))


def _rows(run: RunLike) -> dict[Case, dict[str, Row]]:
    found: dict[Case, dict[str, Row]] = {}
    columns = (*CASE, "delay_s", "posture", "force", *NUMBERS, "provisional", "holder", "mode")
    for row in _listed(run, "exchange", columns):
        numbers: dict[str, Any] = dict(zip(NUMBERS, map(float, row[9:-3]), strict=True))
        made = Row(
            _case(row), str(row[7]), str(row[8]), provisional=bool(row[-3]), holder=str(row[-2]),
            mode=str(row[-1]), **numbers,
        )  # fmt: skip
        found.setdefault(made.case, {})[made.posture] = made
    whole = set(POSTURE_IDS)
    return {case: by for case, by in found.items() if set(by) >= whole}


def _curves(run: RunLike) -> dict[tuple[Case, str], Curve]:
    points: dict[tuple[Case, str], list[tuple[float, float, float]]] = {}
    columns = (*CASE, "delay_s", "posture", "draws_fraction", "arriving", "penetrating")
    for row in _listed(run, "arrivals", columns):
        share, without, left = map(float, row[8:])
        points.setdefault((_case(row), str(row[7])), []).append((share, without, left))
    return {
        key: Curve(*(tuple(column) for column in zip(*sorted(known), strict=True)))
        for key, known in points.items()
    }


COUNT = ("ledger", "rule", "party", "counted", "date", "value", "limit", "state", "treaty_state")


def _counts(run: RunLike) -> tuple[Count, ...]:
    made = []
    for row in _listed(run, "treaty", (*COUNT, "bound", "status")):
        told: dict[str, Any] = dict(zip((*COUNT, "bound", "status"), row, strict=True))
        made.append(Count(**told))
    return tuple(made)


_DIFFERENCE = (
    *("party", "owner", "towards", "quantity", "unit", "adopted", "owner_end", "defender_end"),
    *("owner_word", "defender_word", "holder", "change_alone", "change_without", "lost_adopted"),
    *("lost_owner_extreme", "lost_defender_extreme"),
)


def _differences(run: RunLike, variant: str) -> tuple[Difference, ...]:
    rows = _listed(run, "assumption_differences", ("variant", *_DIFFERENCE))
    return tuple(Difference(*row[1:]) for row in rows if row[0] == variant)


def _needed(run: RunLike, variant: str) -> dict[tuple[str, str], tuple[float, float, float]]:
    rows = _listed(run, "defence_needed", ("variant", "owner", "party", "share", "value", "effect"))
    return {(row[1], row[2]): (row[3], row[4], row[5]) for row in rows if row[0] == variant}


def _touched(run: RunLike) -> tuple[Touch, ...]:
    columns = ("variant", "party", "owner", "towards", "timing", "delay_s", "site", "base")
    found = []
    for row in _listed(run, "touched", (*columns, "warheads", "share")):
        if row[6] == "any" and row[7]:
            case = _case((*row[:4], ADOPTED, *row[4:6]))
            found.append(Touch(case, str(row[7]), float(row[8]), float(row[9])))
    return tuple(found)
