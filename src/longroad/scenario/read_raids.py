"""Raids and doctrines: from what stands under ``raids:`` and ``doctrines:`` to typed objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from longroad.base.errors import nearest
from longroad.earth.countries import country_names
from longroad.scenario.agreement_world import World
from longroad.scenario.form import listed, validate, written
from longroad.scenario.node import Node, dotted
from longroad.scenario.origin import Origin
from longroad.scenario.positions import PositionReader
from longroad.scenario.raid import MOST_OBJECTS, Aim, Doctrine, Raid, RaidGroup, Wave
from longroad.scenario.read_ground import ground_of
from longroad.scenario.references import known_id, known_ids
from longroad.scenario.territory import check_countries
from longroad.scenario.values import read_measure, read_shape
from longroad.scenario.world import Battery, LaunchArea, Shape, Threat
from longroad.scenario.written_raids import (
    WrittenDoctrine,
    WrittenRaid,
    WrittenRaidGroup,
    WrittenWave,
)

TIMES = ("first", "spacing", "spread")


class RaidReader:
    """Reads the raids and doctrines of one variant."""

    def __init__(
        self,
        world: World,
        threats: Mapping[str, Threat],
        batteries: Mapping[str, Battery],
        positions: PositionReader,
    ) -> None:
        self.world = world
        self.faults = world.faults
        self.threats = threats
        self.batteries = batteries
        self.positions = positions

    def raids(self, entries: list[tuple[str, Node]]) -> Iterator[Raid]:
        """Yield every raid that has no fault, in the order written."""
        for id, node in entries:
            found = self._raid(id, node)
            if found is not None:
                yield found

    def doctrines(self, entries: list[tuple[str, Node]]) -> dict[str, Doctrine]:
        """Return doctrines by the party or battery that they are of."""
        found = {}
        known = [*self._written("parties"), *self._written("batteries")]
        for id, node in entries:
            form = validate(WrittenDoctrine, node, self.faults)
            if id not in known:
                self.faults.at(
                    node,
                    f"there is no party or battery '{id}' in this scenario",
                    expected=listed(known),
                    nearest=nearest(id, known),
                    on_key=True,
                )
            elif form is not None:
                found[id] = Doctrine(
                    form.salvo, form.rounds, form.later, form.reserve, _origin(node)
                )
        return found

    def _raid(self, id: str, node: Node) -> Raid | None:
        before = len(self.faults)
        form = validate(WrittenRaid, node, self.faults)
        if form is None:
            return None
        ground = ground_of(node.mapping["ground"], self.world)
        waves = [self._wave(node, {})]
        rest = node.get("then")
        for wave in rest.items if rest is not None else ():
            below = validate(WrittenWave, wave, self.faults)
            if below is not None:
                waves.append(self._wave(wave, self._resupply(wave)))
        if ground is None or len(self.faults) > before:
            return None
        raid = Raid(id, form.name or id, form.note, tuple(waves), ground, _origin(node))
        if raid.objects > MOST_OBJECTS:
            self.faults.at(
                node,
                f"missiles and decoys are {raid.objects:,} objects",
                expected=f"at most {MOST_OBJECTS:,}, all waves together",
                on_key=True,
            )
            return None
        return raid

    def _wave(self, node: Node, resupply: dict[str, int]) -> Wave:
        groups = [self._group(member) for member in node.mapping["objects"].items]
        kept = tuple(group for group in groups if group is not None)
        return Wave(kept, resupply, _origin(node))

    def _resupply(self, wave: Node) -> dict[str, int]:
        node = wave.get("resupply")
        found: dict[str, int] = {}
        for id, child in node.mapping.items() if node is not None else ():
            known = self._written("batteries")
            if id not in known:
                self.faults.at(
                    child,
                    f"there is no battery '{id}' in this scenario",
                    expected=listed(known),
                    nearest=nearest(id, known),
                    on_key=True,
                )
            elif not isinstance(child.value, int) or child.value < 0:
                self.faults.at(
                    child, f"{written(child)} interceptors", expected="a whole number from 0"
                )
            else:
                found[id] = child.value
        return found

    def _group(self, node: Node) -> RaidGroup | None:
        before = len(self.faults)
        form = validate(WrittenRaidGroup, node, self.faults)
        if form is None:
            return None
        section = self.world.root.get("threats")
        known = self._written("threats")
        name = known_id(node.get("threat"), "threat", known, self.faults, section)
        first_s, spacing_s, spread_s = (self._time(node.get(key)) for key in TIMES)
        aims = tuple(self._aims(node.mapping["at"]))
        if name is None or name not in self.threats or len(self.faults) > before:
            return None  # a faulty threat is reported where it stands
        threat = self.threats[name]
        areas = self._areas(node.get("from"), threat)
        shape = self._shape(node.get("shape"), threat)
        if areas is None or shape is None or len(self.faults) > before:
            return None
        return RaidGroup(
            threat, areas, shape, aims, form.count, first_s, spacing_s, spread_s, form.decoys,
            _origin(node),
        )  # fmt: skip

    def _written(self, section: str) -> list[str]:
        """Return the ids that a section has, faulty entries too."""
        node = self.world.root.get(section)
        return list(node.mapping) if node is not None else []

    def _time(self, node: Node | None) -> float:
        """Return a time (s), 0 where none is written."""
        if node is None:
            return 0.0
        measure = read_measure(node, "time", self.faults)
        if measure is not None and measure.value < 0.0:
            self.faults.at(node, f"{written(node)} is before the raid", expected="0 s or later")
        return measure.value if measure is not None else 0.0

    def _areas(self, node: Node | None, threat: Threat) -> tuple[LaunchArea, ...] | None:
        own = {area.id: area for area in threat.launch_areas}
        if node is None:
            return threat.launch_areas
        ids = known_ids(node, f"launch area of '{threat.id}'", own, self.faults)
        return tuple(own[id] for id in ids) if ids is not None else None

    def _shape(self, node: Node | None, threat: Threat) -> Shape | None:
        if node is None:
            return threat.shapes[0] if threat.shapes else None
        shape = read_shape(node, self.faults)
        if shape is None or shape in threat.shapes:
            return shape
        self.faults.at(
            node,
            f"'{threat.id}' has no shape '{shape.id}'",
            expected=listed([one.id for one in threat.shapes]),
        )
        return None

    def _aims(self, node: Node) -> Iterator[Aim]:
        countries = [m for m in node.items if isinstance(m.value, str) and m.value.isupper()]
        check_countries(Node(countries, node.line, node.key_line, node.path), self.faults)
        for index, member in enumerate(node.items, start=1):
            if member in countries:
                yield Aim(str(member.value), str(member.value), None, _origin(member))
                continue
            if isinstance(member.value, str) and "/" not in member.value:
                self.faults.at(
                    member,
                    f"{written(member)} is neither a country nor a position",
                    expected="a code of three capital letters such as ROU, site/<id> or place/<id>",
                    nearest=nearest(member.value.upper(), list(country_names())),
                )
                continue
            position = self.positions.read(member, f"raid.at.{index}")
            if position is not None:
                id = (position.reference or f"point-{index}").rpartition("/")[2]
                yield Aim(id, None, position, _origin(member))


def _origin(node: Node) -> Origin:
    return Origin(node.key_line, dotted(node.path))
