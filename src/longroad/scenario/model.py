"""A scenario as the rest of Longroad sees it: frozen, typed, every reference resolved.

Angles are radians, everything else SI. Nothing here knows where on disk it came from except
``origin``, which only findings and errors read and which equality ignores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from longroad.base.errors import ScenarioError, nearest
from longroad.base.quantity import Disputed, HoldMode, Quantity
from longroad.catalog import Catalog, Entry
from longroad.scenario.claim import Claim
from longroad.scenario.origin import Origin

if TYPE_CHECKING:
    from longroad.scenario.agreement import Agreement
    from longroad.scenario.raid import Doctrine, Raid

Mode = Literal["organic", "launch-on-remote", "engage-on-remote"]
ShapeKind = Literal["minimum-energy", "apogee", "time-of-flight", "burnout-speed"]
Branch = Literal["lofted", "depressed"]
Naming = Literal["shown", "generic"]


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


@dataclass(frozen=True)
class AssumptionSet:
    """Quantities as one party holds them: one more row of the run."""

    id: str
    name: str
    held_by: Party
    mode: HoldMode
    quantities: Mapping[str, Quantity | Disputed]
    origins: Mapping[str, Origin] = field(compare=False, repr=False)
    origin: Origin = field(compare=False)


@dataclass(frozen=True)
class Grid:
    """h3 resolutions of the uncertainty ensemble and of the best-estimate map."""

    ensemble: int
    map: int


@dataclass(frozen=True)
class Variant:
    """One complete case: who owns what, what is considered, on which assumptions.

    ``assume`` holds only the quantities that replace catalogue values; :meth:`quantity` looks
    there first. Entries stand in the order in which they were written; before the agreements
    stands the agreement `none`.
    """

    id: str
    title: str
    year: int | None
    note: str | None
    parties: tuple[Party, ...]
    launch_areas: tuple[LaunchArea, ...]
    threats: tuple[Threat, ...]
    trajectories: tuple[Trajectories, ...]
    patrol_areas: tuple[PatrolArea, ...]
    sensors: tuple[SensorSite, ...]
    batteries: tuple[Battery, ...]
    assume: Mapping[str, Quantity | Disputed]
    assumptions: tuple[AssumptionSet, ...]
    assume_origins: Mapping[str, Origin] = field(compare=False, repr=False)
    catalog: Catalog = field(compare=False, repr=False)
    origin: Origin = field(compare=False)
    agreements: tuple[Agreement, ...] = ()
    raids: tuple[Raid, ...] = ()
    constellations: tuple[OrbitLayer, ...] = ()
    doctrines: Mapping[str, Doctrine] = field(default_factory=dict)

    def quantity(self, id: str, *, held: AssumptionSet | None = None) -> Quantity | Disputed:
        """Return a quantity by dotted id: of ``held``, else of ``assume``, else catalogued.

        Raises :class:`CatalogError` when the catalogue has no such quantity.
        """
        if held is not None and id in held.quantities:
            return held.quantities[id]
        return self.assume[id] if id in self.assume else self.catalog.quantity(id)

    def of(self, entry: Entry, name: str) -> Quantity | Disputed:
        """Return the quantity ``name`` of a catalogue entry, as this variant assumes it."""
        return self.quantity(f"{entry.kind}.{entry.id}.{name}")


@dataclass(frozen=True)
class Scenario:
    """A loaded scenario file with its variants, in the order written, and its claims.

    ``headline`` is the id of the variant of which readers are told first.
    """

    id: str
    title: str
    question: str
    author: str
    naming: Naming
    seed: int
    draws: int
    grid: Grid
    note: str | None
    headline: str
    variants: tuple[Variant, ...]
    claims: tuple[Claim, ...]
    source_text: str = field(repr=False)
    claims_text: str = field(repr=False)
    file: str = field(compare=False)

    def variant(self, id: str) -> Variant:
        """Return a variant by id; raise :class:`ScenarioError` with the nearest otherwise."""
        for variant in self.variants:
            if variant.id == id:
                return variant
        known = [variant.id for variant in self.variants]
        raise ScenarioError(
            f"there is no variant '{id}'",
            file=self.file,
            field="variants",
            expected="one of " + ", ".join(known),
            nearest=nearest(id, known),
        )
