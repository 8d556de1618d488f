"""An agreement between parties as a scenario holds it: provisions, each plain data with a ground.

What provisions mean (who learns what, when, and who may fire) is computed in
`longroad.agreement`; here they are only typed, with every reference resolved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from longroad.base.quantity import Disputed, Quantity
from longroad.earth.polygon import Polygon
from longroad.scenario.model import Party, SensorSite
from longroad.scenario.origin import Origin

Onward = Literal["no", "with-consent", "yes"]
LatencyClass = Literal["real-time", "near-real-time", "minutes", "days"]
CentreKind = Literal["fusion", "planning", "operations"]
AuthorityMode = Literal["own", "rules", "concurrence"]
SectorBy = Literal["launch-origin", "overflight", "defended-territory", "interceptor-reach"]
Allocation = Literal["independent", "deconflicted", "joint"]
LimitOn = Literal["burnout-speed", "number", "keep-out", "patrol-area", "remote-engagement"]
Topology = Literal["none", "peer", "hub", "two-headed-centre", "chain"]
LegalForm = Literal[
    "none", "unilateral", "political", "memorandum", "executive-agreement", "treaty", "lease"
]


class Depth(IntEnum):
    """How deep a party lets another look, ordinal."""

    D0 = 0
    """Nothing."""
    D1 = 1
    """Launch notification: that and when."""
    D2 = 2
    """Early-warning detections: where to look."""
    D3 = 3
    """Tracks."""
    D4 = 4
    """Fire-control quality: an engagement may rest on it alone."""


@dataclass(frozen=True)
class Ground:
    """Why a provision is taken to be so: sources of the bibliography, or a judgement.

    ``begins`` and ``ends`` are dates (YYYY, YYYY-MM, YYYY-MM-DD) or None when they are open.
    """

    status: str
    sources: tuple[str, ...]
    author: str | None
    reason: str | None
    begins: str | None
    ends: str | None


@dataclass(frozen=True)
class Share:
    """One party gives others the data of sensors it owns.

    ``latency`` (s) and ``availability`` (a fraction of the time) are those of the whole link;
    ``onward`` says whether a receiver may hand the data on.
    """

    id: str
    giver: Party
    receivers: tuple[Party, ...]
    assets: tuple[SensorSite, ...]
    depth: Depth
    latency: Quantity | Disputed
    availability: Quantity | Disputed
    onward: Onward
    latency_class: LatencyClass | None
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Centre:
    """A joint centre: data sent to it by ``shares`` of its members reach all members.

    A fusion centre hands on data up to ``depth`` after ``latency``; planning and operations
    centres handle rules and coordination and move no data.
    """

    id: str
    kind: CentreKind
    members: tuple[Party, ...]
    host: Party | None
    depth: Depth
    latency: Quantity | Disputed
    availability: Quantity | Disputed
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Authority:
    """Who decides on a party's fire: itself, by rules agreed before, or others too.

    ``of`` are those whose concurrence is needed (empty but for *concurrence*); ``delay`` (s) is
    what asking takes, ``probability`` that all say yes in time.
    """

    id: str
    party: Party
    mode: AuthorityMode
    of: tuple[Party, ...]
    delay: Quantity | Disputed
    probability: Quantity | Disputed
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Sector:
    """A part of the world in which only one party may engage, by one of four readings.

    ``area``, ``countries`` or ``launch_areas`` say which part (the others are empty). With
    ``exclusive`` False the others may engage there too, and the sector only assigns a duty.
    """

    id: str
    party: Party
    by: SectorBy
    area: Polygon | None
    countries: tuple[str, ...]
    launch_areas: tuple[str, ...]
    exclusive: bool
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Allocate:
    """How members assign objects among their batteries."""

    id: str
    members: tuple[Party, ...]
    how: Allocation
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Limit:
    """A limit on a party's own defence: a greatest value, or an area to keep out of."""

    id: str
    party: Party
    on: LimitOn
    value: float | None
    """Greatest burnout speed (m/s) or number; None for areas and remote engagement."""
    area: Polygon | None
    countries: tuple[str, ...]
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Transparency:
    """What a party shows others of its defence: visits, observers, declarations, telemetry."""

    id: str
    giver: Party
    receivers: tuple[Party, ...]
    measures: tuple[str, ...]
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Guarantee:
    """A promise about what a defence is not for, in some legal form."""

    id: str
    giver: Party
    receivers: tuple[Party, ...]
    legal_form: LegalForm
    ground: Ground
    origin: Origin = field(compare=False)


Provision = Share | Centre | Authority | Sector | Allocate | Limit | Transparency | Guarantee


@dataclass(frozen=True)
class Agreement:
    """Provisions that hold together between members.

    ``bundle`` is the architecture it stands for (none, restraint, A0 to A4) when it is one;
    ``exit_notice`` (s) is how long a member stays bound after saying it leaves.
    """

    id: str
    name: str
    bundle: str | None
    proposed_by: tuple[Party, ...]
    members: tuple[Party, ...]
    date: str | None
    topology: Topology
    legal_form: LegalForm
    exit_notice: Quantity | Disputed | None
    commands: str | None
    threat_scope: str | None
    territory_scope: str | None
    note: str | None
    provisions: tuple[Provision, ...]
    ground: Ground
    origin: Origin = field(compare=False)

    def of_kind(self, kind: type) -> tuple[Provision, ...]:
        """Return the provisions of one kind in the order written."""
        return tuple(p for p in self.provisions if isinstance(p, kind))
