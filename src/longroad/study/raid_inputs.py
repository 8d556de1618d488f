"""From one draw of the numbers to a raid as the engagement room plays it, under every agreement."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.agreement.value import Value
from longroad.engagement.meets import meets_of
from longroad.engagement.raid import (
    UNLIMITED,
    Arrangement,
    Coordination,
    Force,
    Opportunities,
    Raid,
    Rules,
)
from longroad.flight.nodes import Nodes
from longroad.study.agreement_evaluate import AgreementEvaluation, Result
from longroad.study.agreement_plan import AgreementJob, Case
from longroad.study.raid_objects import Chosen, chosen, waves
from longroad.study.raid_plan import GroupUse, RaidJob, Situation

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
# Launches between the earliest and the latest at which an intercept is tabulated.
LAUNCHES = 17
# Consent takes a time between less and more of the usual by the stated spread, evenly.
QUANTILES = 9
COORDINATION = {
    "independent": Coordination.INDEPENDENT,
    "deconflicted": Coordination.DECONFLICTED,
    "joint": Coordination.JOINT,
}


@dataclass(frozen=True)
class Inputs:
    """A raid in one draw. ``of`` says which of the distinct ``arrangements`` each situation is.

    ``warned_s`` (S, N) is when the party whose land an arc is aimed at is warned, by situation,
    with all links at work; NaN where it never is or nobody defends that land. ``territory`` and
    ``flight_s`` (N,) are the arcs', ``missiles`` (N,) how many true objects fly each.
    """

    raids: list[Raid]
    arrangements: list[Arrangement]
    of: tuple[int, ...]
    warned_s: Array
    territory: NDArray[np.int64]
    flight_s: Array
    missiles: NDArray[np.int64]


@dataclass(frozen=True)
class _Side:
    """One party against one group in one situation: by state and for its batteries.

    ``told_s`` (S, B, N), ``warned_s`` (N,) in the first state; ``may`` (B, N) what rules leave,
    ``unruled_s``, ``latest_s`` (B, N); ``job``, ``case`` what they come from.
    """

    told_s: Array
    warned_s: Array
    may: Flags
    unruled_s: Array
    latest_s: Array


class RaidInputs:
    """Makes the inputs of one raid for one row of values."""

    def __init__(self, evaluation: AgreementEvaluation, job: RaidJob) -> None:
        self.evaluation = evaluation
        self.job = job
        self.row = evaluation.row
        self.chosen = [chosen(evaluation, use) for use in job.groups]
        self._meets: dict[Hashable, Array] = {}
        self._business: dict[Hashable, Flags] = {}

    def all(self) -> Inputs:
        """Return the raid with every situation of the job."""
        job = self.job
        sides = [
            [self._sides(use, one, p) for p in range(len(job.parties))]
            for use, one in zip(job.groups, self.chosen, strict=True)
        ]
        opens = [
            [self._opens(sides[g][p]) for p in range(len(job.parties))]
            for g in range(len(job.groups))
        ]
        arrangements = [
            self._arrangement(job.alike.index(one), sides, opens)
            for one in range(max(job.alike, default=-1) + 1)
        ]
        territory = np.concatenate([one.territory for one in self.chosen])
        missiles = [np.bincount(c.missiles, minlength=len(c.rows)) for c in self.chosen]
        return Inputs(
            waves(job, self.chosen, self._number("true_taken"), self._number("decoy_taken")),
            arrangements,
            job.alike,
            np.array([self._warned(s, sides, territory) for s in range(len(job.situations))]),
            territory,
            np.concatenate([one.flight_s for one in self.chosen]),
            np.concatenate(missiles).astype(np.int64),
        )

    def _number(self, name: str) -> float:
        return float(self.row[self.job.columns[name]])

    def _sides(self, use: GroupUse, one: Chosen, party: int) -> list[_Side]:
        """Return, by situation, what one party can do against one group."""
        job, rules = use.jobs[party], self.evaluation.rules
        situations = self.job.situations
        cases = [case for situation in situations for case in situation.by_state]
        results = iter(self.evaluation.results(job, cases, one.rows))
        shape = (len(job.batteries), len(one.rows))
        launches: dict[int, list[Array]] = {}
        found = []
        for situation in situations:
            own: list[Result] = [next(results) for _ in situation.states]
            ruled = rules.of(job, situation.case)
            if id(ruled) not in launches:
                launches[id(ruled)] = [
                    np.array([launch[one.rows] for launch in by_battery]).reshape(shape)
                    for by_battery in (
                        ruled.limits,
                        [latest.launch_s for latest in ruled.unruled],
                        [latest.launch_s for latest in ruled.latest],
                    )
                ]
            limits, unruled, latest = launches[id(ruled)]
            concerned = self._concerned(job, situation.case, one, party)
            found.append(
                _Side(
                    np.array([result.told_s for result in own]),
                    own[0].warned_s,
                    (limits > -math.inf) & concerned,
                    np.where(concerned, unruled, -math.inf),
                    latest,
                )
            )
        return found

    def _concerned(self, job: AgreementJob, case: Case, one: Chosen, party: int) -> Flags:
        """Return which arcs (N,) are a party's business: to its land, or to whom it defends too.

        It defends another's land where they assign objects together, and what its own sector means.
        """
        me = self.job.parties[party]
        duties = case.arrangement.authority[me].duties
        ours = tuple(id == me or _joint(case, me, id) for id in self.job.territories[:-1])
        key = (id(one), party, ours, tuple((zone.by, zone.region.key) for zone in duties))
        if key not in self._business:
            mine = np.array([*ours, False])[one.territory]
            meant = self.evaluation.rules.in_zones(job, duties)[one.rows]
            self._business[key] = np.asarray(mine | meant)
        return self._business[key]

    def _opens(self, sides: list[_Side]) -> Array:
        """Return the earliest launch (B, N) of any situation and state, at most the latest."""
        told = np.min([side.told_s.min(axis=0) for side in sides], axis=0)
        latest = np.max([side.latest_s for side in sides], axis=0)
        return np.minimum(told, np.where(np.isfinite(latest), latest, 0.0))

    def _arrangement(
        self, s: int, sides: list[list[list[_Side]]], opens: list[list[Array]]
    ) -> Arrangement:
        """Return one situation as the engagement room knows it."""
        situation = self.job.situations[s]
        groups, parties = range(len(self.job.groups)), range(len(self.job.parties))
        ready, free, first, latest, meets = [], [], [], [], []
        for g in groups:
            mine = [sides[g][p][s] for p in parties]
            told = np.concatenate([side.told_s for side in mine], axis=1)
            may = np.concatenate([side.may for side in mine])
            until = np.concatenate([side.latest_s for side in mine])
            begin = np.concatenate([opens[g][p] for p in parties])
            unruled = np.concatenate([side.unruled_s for side in mine])
            ready.append(np.where(may, told, math.inf).transpose(0, 2, 1))
            free.append((told <= unruled).transpose(0, 2, 1))
            first.append(np.minimum(begin, np.where(until > -math.inf, until, 0.0)).T)
            latest.append(until.T)
            meets.append(
                np.concatenate(
                    [self._intercepts(g, p, situation.case, opens[g][p]) for p in parties], axis=0
                ).transpose(1, 0, 2)
            )
        value = self.evaluation.value(self.job.groups[0].jobs[0])
        chance = np.array([state.chance(value) for state in situation.states])
        if situation.states[-1].rest:
            chance[-1] = max(0.0, 1.0 - float(chance[:-1].sum()))
        return Arrangement(
            self._force(situation),
            Opportunities(
                chance / chance.sum(),
                np.concatenate(ready, axis=1),
                np.concatenate(free, axis=1),
                np.concatenate(first),
                np.concatenate(latest),
                np.concatenate(meets),
            ),
            self._rules(situation, value),
        )

    def _intercepts(self, g: int, p: int, case: Case, opens: Array) -> Array:
        """Return where launches of a party's batteries meet the arcs of a group (B, N, K)."""
        use, one = self.job.groups[g], self.chosen[g]
        job, rules = use.jobs[p], self.evaluation.rules
        whole = self.evaluation.evaluation
        found = np.full((len(job.batteries), len(one.rows), LAUNCHES), math.nan)
        for b, battery in enumerate(job.batteries):
            latest = rules.latest(job, battery, case)
            key = (g, p, b, id(latest))
            if key not in self._meets:
                nodes = whole.arcs(job.arcs).nodes
                spans, count = rules.support(job, battery, case)
                until = latest.launch_s[one.rows]
                flown = whole.plan.batteries[battery.job].flyout
                self._meets[key] = meets_of(
                    Nodes(nodes.state[one.rows], nodes.start_s[one.rows], nodes.dt_s[one.rows]),
                    (spans[one.rows], count[one.rows]),
                    whole.battery_row(battery.job),
                    whole.flyout(flown),
                    np.minimum(opens[b], np.where(until > -math.inf, until, 0.0)),
                    until,
                    LAUNCHES,
                )
            found[b] = self._meets[key]
        return found

    def _force(self, situation: Situation) -> Force:
        batteries = self.job.batteries
        authority = situation.case.arrangement.authority
        left = [authority[self.job.parties[b.party]].left(b.id).number for b in batteries]
        salvo = [b.doctrine.salvo or self._whole("salvo") for b in batteries]
        rounds = [
            self._whole("salvo_rounds") if b.doctrine.rounds is None else b.doctrine.rounds
            for b in batteries
        ]
        later = [
            0 if b.doctrine.later == "shared" else n for b, n in zip(batteries, salvo, strict=True)
        ]
        reserve = np.array([b.doctrine.reserve or 0 for b in batteries])
        came = len(self.job.raid.waves)
        held = np.repeat(reserve[None, :], came, axis=0)
        held[-1] = 0
        come = sorted(
            {
                use.wave
                for use, c in zip(self.job.groups, self.chosen, strict=True)
                if c.missiles.size
            }
        )
        supply = np.array([b.resupply for b in batteries]).T.reshape(came, len(batteries))
        count = len(batteries)
        return Force(
            party=np.array([b.party for b in batteries]),
            kind=np.array([b.kind for b in batteries]),
            inventory=np.array(left),
            reserve=held[come],
            resupply=supply[come],
            salvo=np.array(salvo),
            later=np.array(later),
            rounds=np.minimum(np.array(rounds), UNLIMITED),
            gap_s=np.full(count, self._number("launch_gap")),
            assessment_s=np.full(count, self._number("assessment_delay")),
            kill=np.array([float(self.row[b.kill]) for b in batteries]),
            system_correlation=np.full(count, self._number("system_correlation")),
            object_correlation=np.full(
                count, max(self._number("object_correlation"), self._number("system_correlation"))
            ),
        )

    def _whole(self, name: str) -> int:
        return max(1, round(self._number(name)))

    def _rules(self, situation: Situation, value: Value) -> Rules:
        parties = self.job.parties
        arrangement = situation.case.arrangement
        how = np.zeros((len(parties), len(parties)), dtype=np.int64)
        for i, one in enumerate(parties):
            for j, other in enumerate(parties):
                if i != j:
                    how[i, j] = COORDINATION[arrangement.allocation(one, other)]
        authority = [arrangement.authority[party] for party in parties]
        delay = np.array([float(np.asarray(one.delay_s(value))) for one in authority])
        spread = 1.0 + self._number("consent_spread") * np.linspace(-1.0, 1.0, QUANTILES)
        return Rules(
            how,
            np.array([float(np.asarray(one.consent(value))) for one in authority]),
            delay[:, None] * np.maximum(spread, 0.0)[None, :],
            np.arange(len(parties)),
            sees_kills=True,
        )

    def _warned(self, s: int, sides: list[list[list[_Side]]], territory: NDArray) -> Array:
        """Return when the party whose land an arc is aimed at is warned (N,)."""
        found = []
        for g, one in enumerate(self.chosen):
            by_party = {
                self.job.parties[p]: sides[g][p][s].warned_s for p in range(len(self.job.parties))
            }
            never = np.full(len(one.rows), math.nan)
            rows = [by_party.get(id, never) for id in self.job.territories]
            found.append(np.array(rows)[one.territory, np.arange(len(one.rows))])
        return np.concatenate(found)


def _joint(case: Case, one: str, other: str) -> bool:
    return case.arrangement.allocation(one, other) == "joint"
