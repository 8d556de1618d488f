"""The plan of agreements: for one party and missile, every case whose worth is asked for.

A case is an agreement in some circumstance: as agreed, on the day a partner withdraws, when one
refuses to consent. All cases of a job share arcs, radars and batteries, so that a further one
costs a comparison (`longroad.study.agreement_evaluate`).
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

from longroad.agreement import Arrangement, State
from longroad.scenario import LaunchArea, SensorSite

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

    def key(self, party: str) -> Hashable:
        """Return what decides about the party's engagements; equal keys, equal results."""
        return self._known, self.arrangement.authority[party].key

    @cached_property
    def _known(self) -> Hashable:
        return tuple(known.key for known in self.arrangement.information.values())


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
