"""Readings of the numbers: the adopted values, each rival claim, each party's own assumptions."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.quantity import Disputed, Quantity
from longroad.catalog import Entry
from longroad.scenario import AssumptionSet, Position, Scenario, Variant
from longroad.study.columns import adopted

ADOPTED = "adopted"
# Kinds of entries that say what a strategic force is; no coverage reads them.
FORCE_KINDS = ("weapon", "basing", "route")


@dataclass(frozen=True)
class Assumptions:
    """One way to read the numbers: the adopted values, a rival claim, or a party's own set.

    ``claim`` is (quantity id, claim); a dispute about a position is named by its place, without
    latitude or longitude, since the two belong together.
    """

    id: str
    claim: tuple[str, str] | None = None
    held: AssumptionSet | None = None

    def choose(self, variant: Variant, entry: Entry, name: str) -> Quantity:
        """Return the quantity of a catalogue entry under these assumptions."""
        return self.pick(variant.quantity(f"{entry.kind}.{entry.id}.{name}", held=self.held))

    def pick(self, quantity: Quantity | Disputed) -> Quantity:
        """Return the alternative these assumptions take of a disputed quantity."""
        if self.claim is not None and isinstance(quantity, Disputed):
            about, claim = self.claim
            if disputed_thing(quantity.id) == about and claim in quantity.claims:
                return quantity.alternative(claim)
        return adopted(quantity)

    def place(self, position: Position) -> tuple[float, float]:
        """Return latitude and longitude (rad) of a position under these assumptions."""
        if isinstance(position.latitude, Disputed) or isinstance(position.longitude, Disputed):
            return self.pick(position.latitude).best, self.pick(position.longitude).best
        return position.latitude_rad, position.longitude_rad


def is_rival(reading: str) -> bool:
    """Return whether a reading, by its id, takes a rival claim (and is not a party's own set)."""
    return "=" in reading


def disputed_thing(quantity_id: str) -> str:
    """Return what a dispute is about: the quantity, or the place of a latitude or longitude."""
    stem, _, name = quantity_id.rpartition(".")
    return stem if name in {"latitude", "longitude"} else quantity_id


def readings(scenario: Scenario) -> tuple[Assumptions, ...]:
    """Return the adopted reading, one per rival claim not adopted, and every party's own set.

    Claims are found in what the variants assume and in every catalogue entry that they use, in
    the order of their ids.
    """
    claims: dict[tuple[str, str], None] = {}
    sets: dict[str, AssumptionSet] = {}
    for variant in scenario.variants:
        for quantity in disputes(variant):
            for claim in quantity.claims:
                if claim != quantity.adopted:
                    claims[disputed_thing(quantity.id), claim] = None
        for held in variant.assumptions:
            sets.setdefault(held.id, held)
    rivals = [Assumptions(f"{about}={claim}", (about, claim)) for about, claim in sorted(claims)]
    own = [Assumptions(id, None, held) for id, held in sets.items()]
    return (Assumptions(ADOPTED), *rivals, *own)


def disputes(variant: Variant) -> list[Disputed]:
    """Return the disputed quantities that a variant may read."""
    entries = [
        *(threat.missile for threat in variant.threats),
        *(group.missile for group in variant.trajectories),
        *(site.sensor for site in variant.sensors),
        *(battery.interceptor for battery in variant.batteries),
    ]
    found = [variant.of(entry, name) for entry in entries for name in entry.quantities]
    positions = [
        *(area.position for area in variant.launch_areas),
        *(site.position for site in variant.sensors if site.position is not None),
        *(battery.position for battery in variant.batteries),
        *(end.position for group in variant.trajectories for end in (*group.bases, *group.ends)),
    ]
    found += [c for position in positions for c in (position.latitude, position.longitude)]
    found += [
        variant.quantity(quantity.id)
        for entry in variant.catalog.entries("default")
        for quantity in entry.quantities.values()
    ]
    # The catalogue disputes no number of a force; a scenario may.
    found += [q for id, q in variant.assume.items() if id.partition(".")[0] in FORCE_KINDS]
    return [quantity for quantity in found if isinstance(quantity, Disputed)]
