"""A scenario as the rest of Longroad sees it: frozen, typed, every reference resolved.

Angles are radians, everything else SI. Nothing here knows where on disk it came from except
``origin``, which only findings and errors read and which equality ignores.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from longroad.base.errors import ScenarioError, nearest
from longroad.base.quantity import Disputed, HoldMode, Quantity
from longroad.catalog import Catalog, Entry
from longroad.scenario.agreement import Agreement
from longroad.scenario.claim import Claim
from longroad.scenario.origin import Origin
from longroad.scenario.raid import Doctrine, Raid
from longroad.scenario.world import (
    Battery,
    LaunchArea,
    OrbitLayer,
    Party,
    PatrolArea,
    SensorSite,
    Threat,
    Trajectories,
)

Naming = Literal["shown", "generic"]


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

    def doctrine(self, battery: Battery) -> Doctrine:
        """Return how a battery fires: its own words, then its owner's; the rest stays open."""
        own = self.doctrines.get(battery.id, Doctrine())
        return own.over(self.doctrines.get(battery.owner.id, Doctrine()))


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
