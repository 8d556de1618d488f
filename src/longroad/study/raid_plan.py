"""The plan of raids: what comes, who may meet it, and under which agreements it is played.

A raid is played by all parties at once. Its arcs go to the cells and points that it is aimed at,
and each party with batteries has a job of agreements against them (`agreement_plan`), so that
knowledge, rules and latest launches come about as everywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from longroad.agreement import Information
from longroad.agreement.feed import Link
from longroad.agreement.value import Value
from longroad.base.key import Key
from longroad.scenario.raid import Doctrine, Raid, RaidGroup
from longroad.study.agreement_plan import AgreementJob, Case, known_as
from longroad.study.readings import ADOPTED

Pattern = frozenset[str]
# Where an object comes down that no party of the scenario defends.
ELSEWHERE = "elsewhere"
NUMBERS = (
    "salvo",
    "salvo_rounds",
    "assessment_delay",
    "launch_gap",
    "system_correlation",
    "object_correlation",
    "true_taken",
    "decoy_taken",
    "consent_spread",
    "leaker_error",
)


@dataclass(frozen=True)
class JointState:
    """What all parties know while some links work. ``rest``: it stands for whatever is left."""

    information: Mapping[str, Information]
    links: tuple[Link, ...]
    patterns: tuple[Pattern, ...]
    rest: bool = False

    def chance(self, value: Value) -> float:
        """Return the chance of the patterns that it stands for, but for what is left."""
        total = 0.0
        for pattern in self.patterns:
            chance = 1.0
            for link in self.links:
                works = float(np.asarray(value(link.availability)))
                chance *= works if link.id in pattern else 1.0 - works
            total += chance
        return total


@dataclass(frozen=True)
class Situation:
    """One agreement in one circumstance, with the states of its links."""

    agreement: str
    circumstance: str
    case: Case
    states: tuple[JointState, ...]

    @cached_property
    def by_state(self) -> tuple[Case, ...]:
        """Return what the case is in each state: what every party then knows."""
        return tuple(known_as(self.case, state.information) for state in self.states)

    def key(self, parties: Sequence[str]) -> Key:
        """Return what decides how a raid goes for parties; equal keys, equal outcomes."""
        arrangement = self.case.arrangement
        authority = [arrangement.authority[party] for party in parties]
        return Key(
            (
                tuple(self.case.key(party) for party in parties),
                tuple(arrangement.allocation(a, b) for a in parties for b in parties if a != b),
                tuple((d.battery, d.number) for one in authority for d in one.deployed),
                tuple((zone.by, zone.provision) for one in authority for zone in one.duties),
                tuple(
                    (
                        state.rest,
                        state.patterns,
                        tuple(link.availability.id for link in state.links),
                    )
                    for state in self.states
                ),
            )
        )


@dataclass(frozen=True)
class GroupUse:
    """Missiles of one group: their arcs, and each defending party's job against them.

    The arcs go from every launch area of the group to every row of a territory of its own; ``aims``
    are the rows that belong to each aim, ``territory`` (rows,) whose land each is.
    """

    wave: int
    group: RaidGroup
    arcs: int
    jobs: tuple[AgreementJob, ...]
    aims: tuple[tuple[int, ...], ...]
    territory: tuple[int, ...]


@dataclass(frozen=True)
class BatteryTerms:
    """A battery as a raid knows it; ``kill`` is a column, ``resupply`` by wave."""

    id: str
    party: int
    kind: int
    number: int
    kill: int
    doctrine: Doctrine
    resupply: tuple[int, ...]


@dataclass(frozen=True)
class RaidJob:
    """One raid of one variant under all its agreements.

    ``parties`` are those with batteries, ``territories`` those that defend land, then `ELSEWHERE`;
    ``columns`` those of `default.raid` by name.
    """

    variant: str
    raid: Raid
    parties: tuple[str, ...]
    territories: tuple[str, ...]
    kinds: tuple[str, ...]
    batteries: tuple[BatteryTerms, ...]
    groups: tuple[GroupUse, ...]
    situations: tuple[Situation, ...]
    columns: Mapping[str, int]
    assumptions: str = ADOPTED

    @cached_property
    def alike(self) -> tuple[int, ...]:
        """Return which of the distinct situations each is, in order of their first."""
        keys = [one.key(self.parties) for one in self.situations]
        distinct = {key: number for number, key in enumerate(dict.fromkeys(keys))}
        return tuple(distinct[key] for key in keys)

    @property
    def digest(self) -> str:
        """Return a text that is equal when everything but the drawn values is."""
        groups = [
            (
                use.wave, use.arcs, use.aims, use.territory, [job.digest for job in use.jobs],
                use.group.count, use.group.decoys, use.group.first_s, use.group.spacing_s,
                use.group.spread_s,
            )
            for use in self.groups
        ]  # fmt: skip
        situations = [
            (
                one.agreement, one.circumstance,
                [one.case.key(party) for party in self.parties],
                [
                    (a, b, one.case.arrangement.allocation(a, b))
                    for a in self.parties for b in self.parties if a != b
                ],
                [[(d.battery, d.number) for d in one.case.arrangement.authority[p].deployed]
                 for p in self.parties],
                [(state.rest, sorted(map(sorted, state.patterns)),
                  [(link.id, link.availability.id) for link in state.links])
                 for state in one.states],
            )
            for one in self.situations
        ]  # fmt: skip
        batteries = [
            (b.id, b.party, b.kind, b.number, b.kill, b.doctrine, b.resupply)
            for b in self.batteries
        ]
        rest = (self.parties, self.territories, self.kinds, sorted(self.columns.items()))
        return repr((groups, situations, batteries, rest))
