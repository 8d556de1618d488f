"""Which limits meet a concern, and what they cost: the search over sets, evaluated by the study.

For each set the defence's loss is computed from its engageable area against the missiles considered
(mean over their classes, best estimates, ensemble grid) and from the interceptors it gives up; each
deterrent's concern from the exchange. Coverage is computed once for sets that leave the same
batteries.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from longroad.base.errors import UsageError, nearest
from longroad.base.quantity import LEAST_JUDGEMENT_SPREAD
from longroad.base.streams import SCRAMBLES
from longroad.deterrent import (
    Defence,
    Force,
    Frontier,
    Limit,
    LimitSet,
    Outcome,
    Posture,
    exchange,
    limit_sets,
    search,
)
from longroad.scenario import Scenario, Variant, load
from longroad.study.columns import adopted
from longroad.study.exchange_defence import cases_against, countries, scenario_forces
from longroad.study.limits_apply import default_limits, limited
from longroad.study.outcomes import cover_rows
from longroad.study.plan import Plan
from longroad.study.reach_ensemble import ReachEnsemble
from longroad.study.readings import ADOPTED

DELAY = "default.reach.late_delay"
REPEATS = 64
WORST = Posture.DAILY_RIDE_OUT


@dataclass(frozen=True)
class LimitRow:
    """One set of limits on one party. Shares are of what there is without limits.

    ``concern`` is the greatest over parties and the launch times known; ``standing`` is frontier,
    knee or dominated.
    """

    set: str
    words: str
    limits: tuple[str, ...]
    area_lost: float
    interceptors_lost: float
    concern: float
    concern_of: dict[str, float]
    observable: tuple[str, ...]
    standing: str


def limits(
    scenario: Scenario | str | Path,
    *,
    party: str | None = None,
    variant: str | None = None,
    concern: str | None = None,
    towards: str | None = None,
    delay_s: float | None = None,
    chosen: Sequence[Limit] | None = None,
    most: int = 2,
    seed: int | None = None,
    workers: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> tuple[Frontier, tuple[LimitRow, ...]]:
    """Return the frontier over sets of limits on one party's defence, and a row for each set.

    ``concern`` is the one party whose deterrent counts, by default every other party that has one;
    ``towards`` the country of end points that counts, by default each; ``delay_s`` the launch time
    after the missile's ignition, beside the one that sensors support, by default the catalogue's
    ``default.reach.late_delay``: who is concerned will name an early one. ``chosen`` are the limits
    to combine, up to ``most`` at once, by default those of :func:`default_limits`. Best estimates
    throughout; the posture is an ordinary day, ridden out, in which a defence takes most.

    Raises :class:`UsageError` where there is nothing to limit or to worry about.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    meant = loaded.variant(variant or loaded.headline)
    if delay_s is not None:
        meant = _at_delay(meant, delay_s)
    owner = _party(meant, party)
    single = replace(loaded, variants=(meant,), headline=meant.id, claims=())
    rivals = [force for force in scenario_forces(single) if force.party != owner]
    flown = {group.owner.id for group in meant.trajectories}
    rivals = [force for force in rivals if force.party in flown]
    if concern is not None:
        _check(concern, "concern", [force.party for force in rivals])
        rivals = [force for force in rivals if force.party == concern]
    if towards is not None:
        ends = [end for force in rivals for end in countries(meant, force.party)]
        _check(towards, "towards", list(dict.fromkeys(ends)))
    if not rivals:
        raise UsageError(
            f"no other party of '{meant.id}' has a strategic force whose flights are known",
            expected="a scenario with trajectories of parties with strategic forces",
        )
    from longroad.study.pipeline import REACH, study  # which takes this file's rows into a run

    base = study(
        single, draws=SCRAMBLES, seed=seed, workers=workers, progress=progress, chapters=(REACH,)
    )
    evaluator = _Evaluator(
        base.scenario, base.plan, base.reach, meant, owner, rivals, towards, workers
    )
    sets = limit_sets(default_limits(meant, owner) if chosen is None else chosen, most)
    found = search(sets, evaluator, [force.party for force in rivals])
    return found, _rows(found)


def headline_limits(
    scenario: Scenario, plan: Plan, ensemble: ReachEnsemble, workers: int
) -> tuple[LimitRow, ...]:
    """Return the default limits, each alone, on the first defence of the headline variant.

    From the reach that a run has computed; no rows where nothing can be limited or is of concern.
    """
    meant = scenario.variant(scenario.headline)
    single = replace(scenario, variants=(meant,), claims=())
    flown = {group.owner.id for group in meant.trajectories}
    if not meant.batteries:
        return ()
    owner = _party(meant, None)
    rivals = [
        force for force in scenario_forces(single)
        if force.party != owner and force.party in flown
    ]  # fmt: skip
    if not rivals:
        return ()
    evaluator = _Evaluator(single, plan, ensemble, meant, owner, rivals, None, workers)
    sets = limit_sets(default_limits(meant, owner), 1)
    return _rows(search(sets, evaluator, [force.party for force in rivals]))


def _rows(found: Frontier) -> tuple[LimitRow, ...]:
    standing = {id(point): "frontier" for point in found.points}
    if found.knee is not None:
        standing[id(found.knee)] = "knee"
    every = sorted((*found.points, *found.dominated), key=lambda one: int(one.set.id[1:]))
    return tuple(
        LimitRow(
            one.set.id,
            one.set.words,
            tuple(limit.words for limit in one.set.limits),
            one.area_lost,
            one.shots_lost,
            one.worst(found.parties),
            dict(one.concern),
            tuple(limit.observable for limit in one.set.limits),
            standing.get(id(one), "dominated"),
        )
        for one in every
    )


def _at_delay(variant: Variant, delay_s: float) -> Variant:
    """Return a variant whose reach is asked at another launch delay."""
    if not 0.0 <= delay_s < np.inf:
        raise UsageError(f"a delay of {delay_s:g} s", field="delay", expected="0 s or more")
    known = adopted(variant.quantity(DELAY))
    width = LEAST_JUDGEMENT_SPREAD * delay_s
    asked = replace(
        known, best=delay_s, low=delay_s - width, high=delay_s + width, distribution="fixed"
    )
    return replace(variant, assume={**variant.assume, DELAY: asked})


def _party(variant: Variant, party: str | None) -> str:
    """Return the party to limit: as named, else the owner of the first battery."""
    owners = list(dict.fromkeys(battery.owner.id for battery in variant.batteries))
    if not owners:
        raise UsageError(f"'{variant.id}' has no batteries to limit", expected="a battery")
    if party is None:
        return owners[0]
    _check(party, "party", owners)
    return party


def _check(word: str, field: str, known: list[str]) -> None:
    """Raise :class:`UsageError` for a word that is not known."""
    if word not in known:
        raise UsageError(
            f"'{word}' does not fit here",
            field=field,
            expected=", ".join(known) or "nothing",
            nearest=nearest(word, known),
        )


class _Evaluator:
    """The outcome of a set of limits, from one study of reach and one of coverage for each set."""

    def __init__(
        self, scenario: Scenario, plan: Plan, ensemble: ReachEnsemble, variant: Variant,
        party: str, rivals: list[Force], towards: str | None, workers: int | None,
    ) -> None:  # fmt: skip
        self.scenario, self.plan, self.ensemble = scenario, plan, ensemble
        self.variant, self.party, self.towards = variant, party, towards
        self.rivals, self.workers = rivals, workers
        self.areas: dict[tuple[object, ...], float] = {}
        self.interceptors = self._interceptors(variant)
        self.area = self._area(variant)

    def __call__(self, limits: LimitSet, /) -> Outcome:
        under = limited(self.variant, limits)
        area = 1.0 - self._area(under) / self.area if self.area > 0.0 else 0.0
        left = self._interceptors(under) / self.interceptors if self.interceptors else 1.0
        concern = {force.party: self._concern(under, force) for force in self.rivals}
        return Outcome(limits, area, 1.0 - left, concern)

    def _interceptors(self, variant: Variant) -> int:
        return sum(one.number for one in variant.batteries if one.owner.id == self.party)

    def _area(self, variant: Variant) -> float:
        """Return the engageable share of the area in reach, mean over missiles; 0 without any."""
        own = [one for one in variant.batteries if one.owner.id == self.party]
        key = tuple((one.id, one.mode) for one in own)
        if key not in self.areas:
            from longroad.study.pipeline import COVERAGE, study

            single = replace(self.scenario, variants=(replace(variant, agreements=(), raids=()),))
            done = study(single, draws=1, chapters=(COVERAGE,), workers=self.workers)
            shares = [
                row.engageable_area_fraction.best
                for row in cover_rows(done.plan, done.ensemble)
                if row.party == self.party and row.assumptions == ADOPTED
            ]
            known = [share for share in shares if share is not None]
            self.areas[key] = sum(known) / len(known) if known else 0.0
        return self.areas[key]

    def _concern(self, variant: Variant, force: Force) -> float:
        """Return the greatest share lost of what would arrive, over end points and launch times."""
        worst = 0.0
        for case in cases_against(variant, force, self.party, self.plan, self.ensemble):
            meant = case.assumptions == ADOPTED and self.towards in (None, case.towards)
            if meant and case.defence.reach.best_table.any():
                worst = max(worst, self._lost(force, case.defence))
        return worst

    def _lost(self, force: Force, defence: Defence) -> float:
        found = exchange(
            force, defence.at_best(), draws=SCRAMBLES, repeats=REPEATS,
            seed=self.scenario.seed,
        )  # fmt: skip
        return found.lost_share(WORST).best
