"""Where things stand: a catalogue site, a place of the scenario, or a position written out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from longroad.base.errors import nearest
from longroad.base.quantity import Disputed, Quantity
from longroad.catalog import Catalog
from longroad.scenario.faults import Faults
from longroad.scenario.form import listed, written
from longroad.scenario.node import Node
from longroad.scenario.references import catalog_entry, check_sources
from longroad.scenario.values import (
    POSITION_KEYS,
    adopted,
    check_keys,
    latitude_in_range,
    longitude_in_range,
    read_coordinates,
)
from longroad.scenario.world import Position

LONGEST_NAME = 300
_EXPECTED = "site/<id>, place/<id>, or {latitude: ..., longitude: ..., status: ...}"


class PositionReader:
    """Reads the positions of one variant."""

    def __init__(
        self,
        catalog: Catalog,
        assume: Mapping[str, Quantity | Disputed],
        faults: Faults,
    ) -> None:
        self.catalog = catalog
        self.assume = assume
        self.faults = faults
        self.places: dict[str, Position | None] = {}
        self.names: dict[str, str] = {}

    def add_place(self, id: str, node: Node) -> None:
        """Read an entry of ``places:``; it may have a name beside its position."""
        name = node.get("name")
        if name is not None and not isinstance(name.value, str):
            self.faults.at(name, f"{written(name)} is not text", expected="text (in quotes)")
        elif name is not None and len(str(name.value)) > LONGEST_NAME:
            self.faults.at(
                name,
                f"this is longer than {LONGEST_NAME} characters",
                expected=f"at most {LONGEST_NAME} characters",
            )
        elif name is not None:
            self.names[id] = str(name.value)
        keys = ("name", *POSITION_KEYS)
        self.places[id] = self._written_out(node, f"place.{id}", f"place/{id}", keys)

    def read(self, node: Node | None, id: str) -> Position | None:
        """Return the position of the entry with the dotted ``id``; None with a fault."""
        if node is None or node.value is None:
            return None  # reported with the form
        if isinstance(node.value, dict):
            return self._written_out(node, id, None)
        kind, _, name = str(node.value).partition("/")
        if kind == "place" and name:
            return self._place(node, name)
        if kind == "site" and name:
            return self._site(node)
        known = [f"place/{place}" for place in self.places]
        known += [f"site/{entry.id}" for entry in self.catalog.entries("site")]
        self.faults.at(
            node,
            f"{written(node)} is not a position",
            expected=_EXPECTED,
            nearest=partial(nearest, str(node.value), known),
        )
        return None

    def name(self, reference: str) -> str:
        """Return the name of a catalogue site or of a place; a place without one has its id."""
        kind, _, own = reference.partition("/")
        if kind == "site":
            return self.catalog.entry(reference).name
        return self.names.get(own, own)

    def _place(self, node: Node, name: str) -> Position | None:
        if name in self.places:
            return self.places[name]
        known = [f"place/{place}" for place in self.places]
        self.faults.at(
            node,
            f"there is no place {written(node)} in this scenario",
            expected=listed(known) if known else "an entry under 'places'",
            nearest=partial(nearest, f"place/{name}", known),
        )
        return None

    def _site(self, node: Node) -> Position | None:
        entry = catalog_entry(node, "site", self.catalog, self.faults)
        if entry is None:
            return None
        pair = []
        for name in ("latitude", "longitude"):
            id = f"site.{entry.id}.{name}"
            quantity = self.assume.get(id) or entry.quantities.get(name)
            if quantity is None:
                self.faults.at(node, f"the catalogue gives no {name} for {node.value}")
                return None
            pair.append(quantity)
        latitude, longitude = pair
        if (
            isinstance(latitude, Disputed)
            and isinstance(longitude, Disputed)
            and set(latitude.claims) == set(longitude.claims)
            and latitude.adopted != longitude.adopted
        ):
            self.faults.at(
                node,
                f"the latitude of {node.value} is {latitude.adopted}'s and the longitude "
                f"{longitude.adopted}'s",
                expected="one claim for both under 'assume'",
            )
            return None
        return self._position(node, latitude, longitude, str(node.value))

    def _written_out(
        self, node: Node, id: str, reference: str | None, keys: tuple[str, ...] = POSITION_KEYS
    ) -> Position | None:
        if not isinstance(node.value, dict):
            self.faults.at(node, f"{written(node)} is not a position", expected=_EXPECTED)
            return None
        if not check_keys(node, keys, self.faults):
            return None
        read = read_coordinates(node, id, self.faults)
        if read is None or not check_sources(read[0], node, self.catalog, self.faults):
            return None
        return Position(read[2], read[3], read[0], read[1], reference)

    def _position(
        self,
        node: Node,
        latitude: Quantity | Disputed,
        longitude: Quantity | Disputed,
        reference: str,
    ) -> Position | None:
        latitude_rad = latitude_in_range(adopted(latitude).best)
        longitude_rad = longitude_in_range(adopted(longitude).best)
        if latitude_rad is None or longitude_rad is None:
            self.faults.at(
                node,
                f"the position of {reference} is off the Earth",
                expected="latitude -90 deg to 90 deg, longitude -180 deg to 360 deg",
            )
            return None
        return Position(latitude_rad, longitude_rad, latitude, longitude, reference)
