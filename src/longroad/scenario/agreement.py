"""An agreement between parties as a scenario holds it: provisions, each plain data with a ground.

What provisions mean (who learns what, when, and who may fire) is derived in
`longroad.agreement`; here they are only typed, with every reference resolved. Entries compare
equal when they say the same, wherever they were written.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.key import Key
from longroad.base.quantity import Disputed, Quantity
from longroad.earth.borders import countries_at
from longroad.scenario.origin import Origin
from longroad.scenario.world import LaunchArea, Party, PatrolArea, SensorSite

if TYPE_CHECKING:
    from longroad.earth.polygon import Polygon

Onward = Literal["no", "with-consent", "yes"]
LatencyClass = Literal["real-time", "near-real-time", "minutes", "days"]
CentrePurpose = Literal["fusion", "planning", "operations"]
AuthorityMode = Literal["own", "rules", "concurrence"]
SectorBy = Literal["launch-origin", "overflight", "defended-territory", "interceptor-reach"]
Allocation = Literal["independent", "deconflicted", "joint"]
LimitOn = Literal[
    "burnout-speed",
    "number",
    "keep-out",
    "patrol-area",
    "remote-engagement",
    "no-intercept",
    "activation",
]
Basing = Literal["land", "sea", "all"]
Measure = Literal[
    "site-visits",
    "observers",
    "monitoring",
    "test-observation",
    "annual-declaration",
    "burnout-speed-disclosure",
    "telemetry",
    "exercises",
    "threat-assessment",
]
Topology = Literal["none", "peer", "hub", "two-headed-centre", "chain"]
Architecture = Literal["none", "restraint", "A0", "A1", "A2", "A3", "A4"]
LegalForm = Literal[
    "none",
    "unilateral",
    "political",
    "memorandum",
    "executive-agreement",
    "treaty",
    "lease",
    "unofficial",
    "unstated",
]
NO_AGREEMENT = "none"
Number = Quantity | Disputed


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

    ``begins`` and ``ends`` are dates (YYYY, YYYY-MM, YYYY-MM-DD), both included, or None when
    they are open.
    """

    status: str
    sources: tuple[str, ...]
    author: str | None
    reason: str | None
    begins: str | None
    ends: str | None

    def holds(self, on: str | None) -> bool:
        """Return whether this holds on a date, or at some time of a month or year."""
        if on is None:
            return True
        return _overlap(on, self.begins, at_most=True) and _overlap(on, self.ends, at_most=False)


def _overlap(on: str, bound: str | None, *, at_most: bool) -> bool:
    """Return whether a date is not before (not after) a bound, as exactly as both are known."""
    if bound is None:
        return True
    short = min(len(on), len(bound))
    return bound[:short] <= on[:short] if at_most else on[:short] <= bound[:short]


@dataclass(frozen=True)
class Region:
    """A part of the Earth: the union of a polygon, countries, launch areas and patrol areas.

    ``vertices`` are (latitude, longitude) in radians, joined by great circles.
    """

    vertices: tuple[tuple[float, float], ...] = ()
    countries: tuple[str, ...] = ()
    launch_areas: tuple[LaunchArea, ...] = ()
    patrol_areas: tuple[PatrolArea, ...] = ()

    @cached_property
    def polygon(self) -> Polygon | None:
        """Return the polygon, or None where there is none."""
        from longroad.earth.polygon import polygon  # its kernel takes long to import

        return polygon(*zip(*self.vertices, strict=True)) if self.vertices else None

    @cached_property
    def key(self) -> Key:
        """Return a hashable value that is equal for equal regions, whatever made them."""
        return Key(
            (
                self.vertices,
                tuple(sorted(self.countries)),
                tuple(sorted(area.id for area in self.launch_areas)),
                tuple(sorted(area.id for area in self.patrol_areas)),
            )
        )

    def contains(self, latitude_rad: ArrayLike, longitude_rad: ArrayLike) -> NDArray[np.bool_]:
        """Return which places (any shape) lie inside the polygon, a country or a patrol area.

        Countries end at their coast (outlines at 1:50 million).
        """
        latitude, longitude = np.broadcast_arrays(
            np.asarray(latitude_rad, float), np.asarray(longitude_rad, float)
        )
        found = np.zeros(latitude.shape, dtype=bool)
        if self.polygon is not None:
            found |= self.polygon.contains(latitude, longitude)
        if self.countries:
            codes = countries_at(np.degrees(latitude), np.degrees(longitude), among=self.countries)
            found |= np.isin(codes.astype(str), self.countries)
        for area in self.patrol_areas:
            box = area.within
            width = (box.east_rad - box.west_rad) % (2.0 * math.pi) or 2.0 * math.pi
            east_of = (longitude - box.west_rad) % (2.0 * math.pi)
            tall = (latitude >= box.south_rad) & (latitude <= box.north_rad)
            found |= tall & (east_of <= width)
        return found

    def holds(self, area: LaunchArea) -> bool:
        """Return whether a launch area is named, or lies inside."""
        if any(area.id == own.id for own in self.launch_areas):
            return True
        at = area.position
        return bool(self.contains(at.latitude_rad, at.longitude_rad))


@dataclass(frozen=True)
class Share:
    """One party gives others data of sensors it owns, or hands on what it was given.

    ``latency`` (s) is what the whole link adds to the sensor's own report, ``availability`` the
    fraction of the time it works. ``onward`` says whether a receiver may hand the data on.
    ``via`` is the id of the fusion centre that the data go to, None for a direct link.
    ``received`` says that the giver also hands on everything that it was given and may hand on.
    """

    id: str
    giver: Party
    receivers: tuple[Party, ...]
    assets: tuple[SensorSite, ...]
    received: bool
    depth: Depth
    via: str | None
    latency: Number
    availability: Number
    onward: Onward
    latency_class: LatencyClass | None
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Centre:
    """A joint centre: data that members share through it reach the other members.

    A fusion centre hands on data no deeper than ``depth`` after ``latency`` more; planning and
    operations centres handle rules and coordination and move no data.
    """

    id: str
    purpose: CentrePurpose
    members: tuple[Party, ...]
    host: Party | None
    depth: Depth
    latency: Number | None
    availability: Number | None
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Authority:
    """Who decides on a party's fire: itself, by rules agreed before, or others too.

    ``of`` are those whose concurrence is needed; ``delay`` (s) is what asking takes and
    ``probability`` that all say yes in time. For *own* and *rules* there is none of this.
    """

    id: str
    party: Party
    mode: AuthorityMode
    of: tuple[Party, ...]
    delay: Number | None
    probability: Number | None
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Sector:
    """A part of the world that is one party's to defend, by one of four readings.

    With ``exclusive`` the other members may not engage there; otherwise it only assigns a duty.
    *launch-origin*: missiles launched from there. *overflight*: whose ground track crosses it.
    *defended-territory*: whose aim point lies in it. *interceptor-reach*: intercepts above it.
    """

    id: str
    party: Party
    by: SectorBy
    region: Region
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
    """A limit on a party's own defence.

    ``value`` is the greatest burnout speed (m/s) or number of interceptors, for batteries of
    the ``basing``; ``region`` the ground that batteries keep out of (*keep-out*; ships:
    *patrol-area*) or above which nothing is intercepted (*no-intercept*). *remote-engagement*
    forbids engaging on other sensors alone, *activation* says on which ``condition`` the
    batteries are switched on at all.
    """

    id: str
    party: Party
    on: LimitOn
    value: float | None
    basing: Basing
    region: Region | None
    condition: str | None
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Transparency:
    """What a party shows others of its defence: visits, observers, declarations, telemetry."""

    id: str
    giver: Party
    receivers: tuple[Party, ...]
    measures: tuple[Measure, ...]
    ground: Ground
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Guarantee:
    """A promise about what a defence is not for, in some legal form."""

    id: str
    giver: Party
    receivers: tuple[Party, ...]
    legal_form: LegalForm
    says: str | None
    ground: Ground
    origin: Origin = field(compare=False)


Provision = Share | Centre | Authority | Sector | Allocate | Limit | Transparency | Guarantee
Kind = TypeVar("Kind", Share, Centre, Authority, Sector, Allocate, Limit, Transparency, Guarantee)


@dataclass(frozen=True)
class Agreement:
    """Provisions that hold together between members.

    ``architecture`` is what it is an instance of (none, restraint, A0 to A4) where it is one,
    ``bundle`` the bundle it was made from. ``date`` is when it was proposed or made.
    ``exit_notice`` (s) is how long a member stays bound after saying that it leaves.
    """

    id: str
    name: str
    bundle: str | None
    architecture: Architecture | None
    proposed_by: tuple[Party, ...]
    members: tuple[Party, ...]
    date: str | None
    topology: Topology
    legal_form: LegalForm
    exit_notice: Number | None
    commands: str | None
    threat_scope: str | None
    territory_scope: str | None
    note: str | None
    sources: tuple[str, ...]
    provisions: tuple[Provision, ...]
    origin: Origin = field(compare=False)

    def of_kind(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the provisions of one kind in the order written."""
        return tuple(p for p in self.provisions if isinstance(p, kind))

    def provision(self, id: str) -> Provision | None:
        """Return a provision by id, or None."""
        return next((p for p in self.provisions if p.id == id), None)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """Return every quantity that a provision holds, once, in the order written."""
        found: dict[str, Number] = {}
        for provision in self.provisions:
            for name in ("latency", "availability", "delay", "probability"):
                number = getattr(provision, name, None)
                if number is not None:
                    found.setdefault(number.id, number)
        return tuple(found.values())


def with_sectors_by(agreement: Agreement, by: SectorBy) -> Agreement:
    """Return the same agreement with every sector read in one way.

    A sector that names launch areas alone can be read by launch origin only, and is left as it is;
    one that names them beside ground is read by the ground.
    """

    def read(sector: Sector) -> Sector:
        region = sector.region
        if by != "launch-origin" and region.launch_areas:
            if not (region.vertices or region.countries):
                return sector
            region = dataclasses.replace(region, launch_areas=())
        return dataclasses.replace(sector, by=by, region=region)

    provisions = tuple(read(p) if isinstance(p, Sector) else p for p in agreement.provisions)
    return dataclasses.replace(agreement, provisions=provisions)
