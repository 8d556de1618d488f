"""What provisions may name: parties, sensors and areas of a variant, and the catalogue's numbers.

Each method reads one written value and returns None (or nothing) after adding its fault.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from longroad.base.errors import GeometryError, LongroadError
from longroad.base.quantity import Disputed, Quantity
from longroad.base.quantity_reader import read_quantity
from longroad.base.units import written as with_unit
from longroad.catalog import Catalog
from longroad.scenario.agreement import Number, Region
from longroad.scenario.faults import Faults
from longroad.scenario.form import written
from longroad.scenario.node import Node
from longroad.scenario.references import check_source, check_sources, known_id
from longroad.scenario.territory import check_countries
from longroad.scenario.values import check_status, place_of, read_latitude, read_longitude
from longroad.scenario.world import LaunchArea, Party, PatrolArea, SensorSite

T = TypeVar("T")
DEFAULTS = "default.agreement"
LEAST_VERTICES = 3


@dataclass(frozen=True)
class World:
    """The parties, sensors and areas of one variant by id, and where its numbers come from.

    ``sections`` are the written sections of the variant: an entry that is there but could not be
    read is faulty itself, and naming it is no fault.
    """

    parties: Mapping[str, Party]
    sensors: Mapping[str, SensorSite]
    launch_areas: Mapping[str, LaunchArea]
    patrol_areas: Mapping[str, PatrolArea]
    assume: Mapping[str, Number]
    catalog: Catalog
    root: Node
    faults: Faults

    def party(self, node: Node | None) -> Party | None:
        """Return the party that a value names."""
        return self._one(node, "party", "parties", self.parties)

    def parties_of(self, node: Node | None) -> tuple[Party, ...]:
        """Return the parties that a word or a list of words names, each once."""
        return self._all(node, "party", "parties", self.parties)

    def sensors_of(self, node: Node) -> tuple[SensorSite, ...]:
        """Return the sensors that a word or a list of words names, each once."""
        return self._all(node, "sensor", "sensors", self.sensors)

    def number(self, node: Node | None, id: str, dimension: str, default: str) -> Number | None:
        """Return a quantity written here, or the catalogue's default of that name.

        A time is at least 0 s, a fraction from 0 to 1.
        """
        if node is None:
            name = f"{DEFAULTS}.{default}"
            return self.assume.get(name) or self.catalog.quantity(name)
        if node.value is None:
            return None  # reported with the form
        if not check_status(node, self.faults):
            return None
        place = place_of(node, self.faults.file)
        try:
            quantity = read_quantity(node.plain(), id=id, where=place, dimension=dimension)
        except LongroadError as fault:
            self.faults.add(place.locate(fault))
            return None
        if not self._in_bounds(node, quantity, dimension):
            return None
        return quantity if check_sources(quantity, node, self.catalog, self.faults) else None

    def sources(self, node: Node | None) -> tuple[str, ...]:
        """Return the ids of the bibliography that a word or a list of words names."""
        for member in words(node, "a source", self.faults):
            check_source(member, self.catalog, self.faults)
        return tuple(str(m.value) for m in members_of(node) if isinstance(m.value, str))

    def region(self, node: Node, allowed: tuple[str, ...], needed: bool = True) -> Region | None:
        """Return the part of the Earth that the fields of a provision name.

        ``allowed`` are the fields that have a meaning there; one of them is ``needed``.
        """
        faults, before = self.faults, len(self.faults)
        for name in ("area", "countries", "territory_of", "launch_areas", "patrol_areas"):
            given = node.get(name)
            if given is not None and name not in allowed:
                faults.at(
                    given,
                    f"'{name}' has no meaning here",
                    expected=" or ".join(allowed) or "no area",
                    on_key=True,
                )
        if needed and not any(node.get(name) for name in allowed):
            faults.at(node, "no part of the Earth is named", expected=" or ".join(allowed))
        countries = node.get("countries")
        if countries is not None and isinstance(countries.value, list) and not countries.items:
            faults.at(countries, "nothing stands here", expected="countries, as [POL, ROU]")
        check_countries(countries, faults)
        codes = [str(member.value) for member in (countries.items if countries else ())]
        for party in self.parties_of(node.get("territory_of")):
            codes += [code for code in party.defends if code not in codes]
        region = Region(
            vertices=self._vertices(node.get("area")),
            countries=tuple(codes),
            launch_areas=self._all(
                node.get("launch_areas"), "launch area", "launch_areas", self.launch_areas
            ),
            patrol_areas=self._all(
                node.get("patrol_areas"), "patrol area", "patrol_areas", self.patrol_areas
            ),
        )
        return region if len(faults) == before else None

    def _vertices(self, node: Node | None) -> tuple[tuple[float, float], ...]:
        if node is None or not node.items:
            return ()
        found = []
        for pair in node.items:
            if len(pair.items) != 2:
                return ()  # reported with the form
            latitude = read_latitude(pair.items[0], self.faults)
            longitude = read_longitude(pair.items[1], self.faults)
            if latitude is None or longitude is None:
                return ()
            found.append((latitude, longitude))
        different = len(set(found))
        if different < LEAST_VERTICES:
            self.faults.at(
                node,
                f"a polygon has {different} different {'vertex' if different == 1 else 'vertices'}",
                expected="at least three vertices",
                on_key=True,
            )
            return ()
        try:
            _ = Region(tuple(found)).polygon
        except GeometryError as fault:
            self.faults.at(node, fault.what, expected=fault.expected, on_key=True)
            return ()
        return tuple(found)

    def _in_bounds(self, node: Node, quantity: Number, dimension: str) -> bool:
        greatest = 1.0 if dimension == "fraction" else math.inf
        parts = quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)
        wrong = next((p for p in parts if p.low < 0.0 or p.high > greatest), None)
        if wrong is None:
            return True
        noun = node.path[-1] if node.path else "quantity"
        self.faults.at(
            node,
            f"{noun} of {wrong.written()} is beyond what it can be",
            expected="0 to 1" if dimension == "fraction" else f"at least {_zero(wrong)}",
            on_key=True,
        )
        return False

    def written(self, section: str) -> tuple[str, ...]:
        """Return the ids of a section as written, faulty entries too."""
        at = self.root.get(section)
        return tuple(at.mapping) if at is not None else ()

    def _one(self, node: Node | None, noun: str, section: str, known: Mapping[str, T]) -> T | None:
        at = self.root.get(section)
        name = known_id(node, noun, self.written(section), self.faults, at)
        return known.get(name) if name is not None else None

    def _all(
        self, node: Node | None, noun: str, section: str, known: Mapping[str, T]
    ) -> tuple[T, ...]:
        found: dict[str, T] = {}
        for member in words(node, f"a {noun}", self.faults):
            one = self._one(member, noun, section, known)
            if one is None:
                continue
            if str(member.value) in found:
                self.faults.at(
                    member, f"'{member.value}' is listed twice", expected=f"each {noun} once"
                )
            found[str(member.value)] = one
        return tuple(found.values())


def _zero(quantity: Quantity) -> str:
    return with_unit(0.0, quantity.unit)


def members_of(node: Node | None) -> list[Node]:
    """Return the members of a list, or a single value as a list of one."""
    if node is None or node.value is None:
        return []
    return node.items if isinstance(node.value, list) else [node]


def words(node: Node | None, noun: str, faults: Faults) -> list[Node]:
    """Return the words of a value that is one word or a list of words."""
    if node is not None and isinstance(node.value, list) and not node.items:
        faults.at(node, "nothing stands here", expected=f"{noun}, or a list", on_key=True)
    found = []
    for member in members_of(node):
        if isinstance(member.value, str) and member.value:
            found.append(member)
        elif member.value is not None:
            faults.at(member, f"{written(member)} is not {noun}", expected=f"{noun}, by its id")
    return found
