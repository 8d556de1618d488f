"""The plan of agreements: for one party and missile, every case whose worth is asked for.

A case is an agreement in some circumstance: as agreed, on the day a partner withdraws, when one
refuses to consent. All cases of a job share arcs, radars and batteries, so that a further one
costs a comparison (`longroad.study.agreement_evaluate`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from longroad.agreement import Arrangement, Information, State
from longroad.base.key import Key
from longroad.scenario import LaunchArea, SensorSite

T = TypeVar("T")
AS_AGREED = "as-agreed"
WITHDRAWN = "withdrawn"
REFUSED = "refused"
LOST = "lost"


@dataclass(frozen=True)
class RadarUse:
    """A radar whose data reach the party in some case: its job and the columns it reads."""

    site: SensorSite
    radar: int
    latency: int
    accuracy: tuple[int, ...]


@dataclass(frozen=True)
class OrbitUse:
    """Infrared warning from orbit: columns of detection, report, and the errors of its cue."""

    site: SensorSite
    delay: int
    latency: int
    place: int
    speed: int


@dataclass(frozen=True)
class BatteryUse:
    """One of the party's batteries: its job of coverage and the columns it reads beside.

    ``own`` is the place of its own radar among the job's radars. How it may engage, and whether
    it may at all, is what the limits of a case leave of it (`FireAuthority.left`).
    """

    id: str
    job: int
    own: int | None
    basket: int
    fire_basket: int
    lead: int


@dataclass(frozen=True)
class Case:
    """One agreement in one circumstance, as derived for all parties.

    ``states`` are those of the links that reach the party of the job.
    """

    agreement: str
    circumstance: str
    arrangement: Arrangement
    states: tuple[State, ...] = ()

    def key(self, party: str) -> tuple[Key, Key]:
        """Return what decides about the party's engagements; equal keys, equal results."""
        return self._known, self.arrangement.authority[party].key

    @cached_property
    def _known(self) -> Key:
        return Key(tuple(known.key for known in self.arrangement.information.values()))

    def once(self, job: AgreementJob, make: Callable[[AgreementJob, Case], T]) -> T:
        """Return what a job finds out about the case whatever the draw: ``make`` is asked once."""
        key = id(job), make
        if key not in self._made:
            # The job is kept too, so that its number is nobody else's.
            self._made[key] = job, make(job, self)
        found: T = self._made[key][1]
        return found

    @cached_property
    def _made(self) -> dict[tuple[int, object], tuple[AgreementJob, Any]]:
        return {}

    @cached_property
    def unaided(self) -> Case:
        """Return the same rules with what each party's own sensors say, and nothing of others."""
        return known_as(
            self,
            {
                id: Information(known.party, tuple(feed for feed in known.feeds if feed.own))
                for id, known in self.arrangement.information.items()
            },
        )

    @cached_property
    def by_state(self) -> tuple[Case, ...]:
        """Return what the case is in each of its states: the party knows what then reaches it."""
        return tuple(
            known_as(self, {one.information.party.id: one.information}) for one in self.states
        )


def known_as(case: Case, information: Mapping[str, Information]) -> Case:
    """Return a case in which some parties know something else."""
    known = {**case.arrangement.information, **information}
    return replace(case, arrangement=replace(case.arrangement, information=known))


@dataclass(frozen=True)
class AgreementJob:
    """What one party gets out of the variant's agreements against one missile.

    ``columns`` are those of the agreements' own numbers by quantity id. ``alone`` is the case of
    no agreement at all.
    """

    variant: str
    party: str
    threat: str
    arcs: int
    launch_areas: tuple[LaunchArea, ...]
    radars: tuple[RadarUse, ...]
    orbiters: tuple[OrbitUse, ...]
    batteries: tuple[BatteryUse, ...]
    own_link: int
    remote_link: int
    decision_time: int
    columns: Mapping[str, int]
    alone: Case
    cases: tuple[Case, ...]

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """Return the party and the others whose radars' data reach it: they are told of cues."""
        return self.party, *sorted({u.site.owner.id for u in self.radars} - {self.party})

    @property
    def digest(self) -> str:
        """Return a text that is equal when everything but the drawn values is."""
        radars = [(u.site.id, u.site.owner.id, u.radar, u.latency, u.accuracy) for u in self.radars]
        orbiters = [
            (u.site.id, u.site.owner.id, u.delay, u.latency, u.place, u.speed)
            for u in self.orbiters
        ]
        cases = [
            (
                c.agreement,
                c.circumstance,
                c.key(self.party),
                [
                    # A set has no order that two processes share.
                    (
                        [sorted(one) for one in s.patterns],
                        [(x.id, x.availability.id) for x in s.links],
                    )
                    for s in c.states
                ],
            )
            for c in self.cases
        ]
        rest = (self.arcs, self.own_link, self.remote_link, self.decision_time)
        return repr((radars, orbiters, self.batteries, rest, sorted(self.columns.items()), cases))
