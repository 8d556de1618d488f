"""What a scenario names in the world: parties, places, threats, sensors, batteries; all frozen.

Angles are radians, everything else SI. ``origin`` says where in a file a thing was written; only
findings and errors read it, and equality ignores it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from longroad.base.quantity import Disputed, Quantity
from longroad.catalog import Entry
from longroad.scenario.origin import Origin

Mode = Literal["organic", "launch-on-remote", "engage-on-remote"]
ShapeKind = Literal["minimum-energy", "apogee", "time-of-flight", "burnout-speed"]
Branch = Literal["lofted", "depressed"]


@dataclass(frozen=True)
class Position:
    """A geodetic position, WGS-84: ``latitude_rad`` in [-pi/2, pi/2], ``longitude_rad`` in
    [-pi, pi), with the records they come from (status, source, rival claims).

    ``reference`` is ``site/<id>`` or ``place/<id>``, or None for a position written in place.
    """

    latitude_rad: float
    longitude_rad: float
    latitude: Quantity | Disputed
    longitude: Quantity | Disputed
    reference: str | None


@dataclass(frozen=True)
class Box:
    """A latitude-longitude box in radians; it crosses the antimeridian when west > east."""

    south_rad: float
    north_rad: float
    west_rad: float
    east_rad: float


@dataclass(frozen=True)
class Party:
    """A party and the territory it defends (ISO 3166 alpha-3 codes, cut to ``within``)."""

    id: str
    name: str
    defends: tuple[str, ...]
    within: Box | None
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class LaunchArea:
    """A reference area from which missiles are considered to be launched."""

    id: str
    name: str
    position: Position
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Shape:
    """A trajectory shape. ``value`` (SI: m, s or m/s) is None for minimum energy.

    ``id`` names it in tables: ``minimum-energy``, ``apogee-900-km``. ``origin`` is None for one
    that no file says.
    """

    id: str
    kind: ShapeKind
    value: float | None = None
    branch: Branch | None = None
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Threat:
    """A class of missiles considered, from every one of its launch areas, in every shape."""

    id: str
    name: str
    missile: Entry
    launch_areas: tuple[LaunchArea, ...]
    shapes: tuple[Shape, ...]
    against: tuple[Party, ...]
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class EndPoint:
    """One end of a strategic trajectory: a base, a submarine area or a reference end point.

    ``id`` is that of the site or place, or ``base-2``, ``end-3`` by its place in the list.
    """

    id: str
    name: str
    position: Position
    origin: Origin | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Trajectories:
    """Strategic missiles of one type and owner: from every base towards every end point.

    End points are geographic points that give trajectories their direction, not targets.
    """

    id: str
    name: str
    owner: Party
    missile: Entry
    bases: tuple[EndPoint, ...]
    ends: tuple[EndPoint, ...]
    shapes: tuple[Shape, ...]
    origin: Origin = field(compare=False)

    def __len__(self) -> int:
        return len(self.bases) * len(self.ends) * len(self.shapes)


@dataclass(frozen=True)
class PatrolArea:
    """A sea area in which a party's ships may stand: the sea inside a box."""

    id: str
    name: str
    owner: Party
    within: Box
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class OrbitLayer:
    """A layer of interceptors in orbit; how many, how high and how fast the catalogue says."""

    id: str
    name: str
    owner: Party
    constellation: Entry
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class SensorSite:
    """A sensor a party owns: a radar at a position, or infrared warning from orbit.

    ``facing_rad`` is the azimuth of the middle of its sector, clockwise from north in
    [0, 2 pi), or None when it sees all around or has no position.
    """

    id: str
    name: str
    owner: Party
    sensor: Entry
    position: Position | None
    facing_rad: float | None
    origin: Origin = field(compare=False)

    @property
    def is_radar(self) -> bool:
        """Return whether this is a radar (otherwise it watches from orbit)."""
        return self.sensor.facts.get("type") == "radar"


@dataclass(frozen=True)
class Battery:
    """Interceptors of one type at one position, and whose tracks they may use."""

    id: str
    name: str
    owner: Party
    interceptor: Entry
    number: int
    position: Position
    own_radar: SensorSite | None
    mode: Mode
    origin: Origin = field(compare=False)
