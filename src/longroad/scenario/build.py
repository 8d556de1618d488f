"""One variant: from its merged tree to typed, resolved objects.

Every fault goes into ``faults`` and the entry is left out, so that one reading finds them all.
Nothing depends on the names of the entries: they are taken in the order written.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeVar

from longroad.base.errors import LongroadError
from longroad.base.ids import slug
from longroad.catalog import Catalog, Entry
from longroad.scenario.agreement import NO_AGREEMENT
from longroad.scenario.agreement_world import World
from longroad.scenario.assume import read_assumptions
from longroad.scenario.faults import Faults
from longroad.scenario.form import validate, written
from longroad.scenario.model import AssumptionSet, Variant
from longroad.scenario.naming import Names, numbered
from longroad.scenario.node import Node, dotted
from longroad.scenario.origin import Origin
from longroad.scenario.positions import PositionReader
from longroad.scenario.read_agreements import AgreementReader, no_agreement
from longroad.scenario.read_raids import RaidReader
from longroad.scenario.references import catalog_entry, known_id, known_ids
from longroad.scenario.sizes import MOST_ENTRIES
from longroad.scenario.territory import check_countries
from longroad.scenario.values import adopted, read_box, read_facing, read_shape
from longroad.scenario.world import (
    Battery,
    Box,
    EndPoint,
    LaunchArea,
    OrbitLayer,
    Party,
    PatrolArea,
    SensorSite,
    Shape,
    Threat,
    Trajectories,
)
from longroad.scenario.written import (
    MOST_ENDS,
    MOST_SHAPES,
    REQUIRED_SECTIONS,
    SECTION_NAMES,
    Form,
    Sections,
    VariantHead,
    WrittenAssumptionSet,
    WrittenBattery,
    WrittenConstellation,
    WrittenLaunchArea,
    WrittenParty,
    WrittenPatrolArea,
    WrittenSensor,
    WrittenThreat,
    WrittenTrajectories,
)

T = TypeVar("T")
F = TypeVar("F", bound=Form)
_ALL_AROUND = 2.0 * math.pi - 1e-9


class VariantBuilder:
    """Builds one variant from the merged tree of its sections."""

    def __init__(self, root: Node, catalog: Catalog, names: Names, faults: Faults) -> None:
        self.root = root
        self.catalog = catalog
        self.names = names
        self.faults = faults
        self.sections = {name: self._entries(name) for name in SECTION_NAMES}
        self.parties: dict[str, Party] = {}
        self.launch_areas: dict[str, LaunchArea] = {}
        self.sensors: dict[str, SensorSite] = {}

    def build(self, id: str, head: VariantHead, origin: Origin) -> Variant:
        """Return the variant; complete only when ``faults`` is still empty."""
        assume_node = self.root.get("assume")
        assume = read_assumptions(assume_node, self.catalog, self.faults)
        written_at = assume_node.mapping if assume_node is not None else {}
        self.positions = PositionReader(self.catalog, assume, self.faults)
        for place, node in self.sections["places"].items():
            self.positions.add_place(place, node)
        self.parties = _kept((i, self._party(i, n)) for i, n in self._section("parties"))
        self.launch_areas = _kept(
            (i, self._launch_area(i, n)) for i, n in self._section("launch_areas")
        )
        threats = _kept((i, self._threat(i, n)) for i, n in self._section("threats"))
        trajectories = _kept(
            (i, self._trajectories(i, n)) for i, n in self._section("trajectories")
        )
        patrols = _kept((i, self._patrol_area(i, n)) for i, n in self._section("patrol_areas"))
        layers = _kept((i, self._layer(i, n)) for i, n in self._section("constellations"))
        self.sensors = _kept((i, self._sensor(i, n)) for i, n in self._section("sensors"))
        batteries = _kept((i, self._battery(i, n)) for i, n in self._section("batteries"))
        sets = _kept((i, self._assumption_set(i, n)) for i, n in self._section("assumptions"))
        world = World(
            self.parties,
            self.sensors,
            self.launch_areas,
            patrols,
            assume,
            self.catalog,
            self.root,
            self.faults,
        )
        agreements = _kept(AgreementReader(world).all(self._section("agreements")))
        raids = RaidReader(world, threats, batteries, self.positions)
        nothing = agreements.pop(NO_AGREEMENT, None) or no_agreement(origin)
        return Variant(
            id=id,
            title=head.title or id,
            year=head.year,
            note=head.note,
            parties=tuple(self.parties.values()),
            launch_areas=tuple(self.launch_areas.values()),
            threats=tuple(threats.values()),
            trajectories=tuple(trajectories.values()),
            patrol_areas=tuple(patrols.values()),
            sensors=tuple(self.sensors.values()),
            batteries=tuple(batteries.values()),
            assume=assume,
            assumptions=tuple(sets.values()),
            assume_origins={id: _origin(written_at[id]) for id in assume},
            catalog=self.catalog,
            origin=origin,
            agreements=(nothing, *agreements.values()),
            raids=tuple(raids.raids(self._section("raids"))),
            doctrines=raids.doctrines(self._section("doctrines")),
            constellations=tuple(layers.values()),
        )

    def _section(self, name: str) -> list[tuple[str, Node]]:
        return list(self.sections[name].items())

    def _entries(self, name: str) -> dict[str, Node]:
        """Return the entries of a section by id, after checking its form and its ids."""
        node = self.root.get(name)
        description = Sections.model_fields[name].description
        if node is None:
            if name in REQUIRED_SECTIONS:
                self.faults.at(
                    self.root,
                    f"the section '{name}' is missing",
                    expected=description,
                    below=(name,),
                )
            return {}
        if not isinstance(node.value, dict):
            what = "nothing stands here" if node.value is None else f"{written(node)} is no group"
            self.faults.at(node, what, expected=description)
            return {}
        if len(node.value) > MOST_ENTRIES[name]:
            self.faults.at(
                node,
                f"{len(node.value):,} entries are too many",
                expected=f"at most {MOST_ENTRIES[name]:,}",
            )
            return {}
        if name == "assume":
            return node.value
        return {id: child for id, child in node.value.items() if self._is_slug(id, child)}

    def _is_slug(self, id: str, node: Node) -> bool:
        try:
            slug(id)
        except LongroadError as fault:
            self.faults.at(
                node, fault.what, expected=fault.expected, nearest=fault.nearest, on_key=True
            )
            return False
        return True

    def _form(self, model: type[F], node: Node) -> F | None:
        return validate(model, node, self.faults)

    def _id(self, node: Node | None, noun: str, section: str) -> str | None:
        known = self.sections[section]
        return known_id(node, noun, known, self.faults, self.root.get(section))

    def _ids(self, node: Node | None, noun: str, section: str) -> tuple[str, ...] | None:
        known = self.sections[section]
        if node is not None and not _members(node, MOST_ENTRIES[section]):
            return None  # none or too many; reported with the form
        return known_ids(node, noun, known, self.faults, self.root.get(section))

    def _party(self, id: str, node: Node) -> Party | None:
        form = self._form(WrittenParty, node)
        if form is None or not check_countries(node.get("defends"), self.faults):
            return None
        within: Box | None = None
        box = node.get("within")
        if box is not None:
            within = read_box(box, self.faults)
            if within is None:
                return None
        return Party(id, form.name or id, tuple(form.defends), within, _origin(node))

    def _launch_area(self, id: str, node: Node) -> LaunchArea | None:
        form = self._form(WrittenLaunchArea, node)
        position = self.positions.read(node.get("at"), f"launch-area.{id}")
        if form is None or position is None:
            return None
        name = self.names.name("launch_area", id, form.name or id)
        return LaunchArea(id, name, position, _origin(node))

    def _threat(self, id: str, node: Node) -> Threat | None:
        form = self._form(WrittenThreat, node)
        missile = catalog_entry(node.get("missile"), "missile", self.catalog, self.faults)
        areas = self._ids(node.get("from"), "launch area", "launch_areas")
        against = self._ids(node.get("against"), "party", "parties")
        kept = self._shapes(node.get("shapes"))
        if form is None or missile is None or areas is None or against is None:
            return None
        return Threat(
            id=id,
            name=self.names.name("missile", id, form.name or missile.name),
            missile=missile,
            launch_areas=_found(areas, self.launch_areas),
            shapes=kept,
            against=_found(against, self.parties),
            origin=_origin(node),
        )

    def _shapes(self, node: Node | None) -> tuple[Shape, ...]:
        members = _members(node, MOST_SHAPES)
        shapes = [read_shape(member, self.faults) for member in members]
        for index, shape in enumerate(shapes):
            if shape is not None and shape in shapes[:index]:
                self.faults.at(members[index], f"the shape '{shape.id}' is listed twice")
        return tuple(shape for shape in shapes if shape is not None)

    def _trajectories(self, id: str, node: Node) -> Trajectories | None:
        form = self._form(WrittenTrajectories, node)
        owner = self._owner(node)
        missile = catalog_entry(node.get("missile"), "missile", self.catalog, self.faults)
        bases = self._ends(node.get("from"), f"trajectories.{id}.from", "base")
        ends = self._ends(node.get("towards"), f"trajectories.{id}.towards", "end")
        shapes = self._shapes(node.get("shapes"))
        if form is None or owner is None or missile is None or not bases or not ends:
            return None
        name = self.names.name("strategic_missile", id, form.name or missile.name)
        return Trajectories(id, name, owner, missile, bases, ends, shapes, _origin(node))

    def _ends(self, node: Node | None, id: str, noun: str) -> tuple[EndPoint, ...]:
        """Return the positions of a list, each with an id and a name of its own."""
        found: dict[str, EndPoint] = {}
        for index, member in enumerate(_members(node, MOST_ENDS), start=1):
            position = self.positions.read(member, f"{id}.{index}")
            if position is None:
                continue
            reference = position.reference
            if reference is None:
                own, name = f"{noun}-{index}", numbered(noun, index)
            else:
                own, name = reference.partition("/")[2], self.positions.name(reference)
            if own in found:
                self._same_end(member, own, reference, found[own].position.reference)
            where = (position.latitude_rad, position.longitude_rad)
            name = self.names.name(noun, where, name)
            found[own] = EndPoint(own, name, position, _origin(member))
        return tuple(found.values())

    def _same_end(self, node: Node, id: str, reference: str | None, other: str | None) -> None:
        if reference == other:
            self.faults.at(node, f"'{reference}' is listed twice", expected="each position once")
            return
        both = " and ".join(
            f"'{one}'" if one else "a position written here" for one in (other, reference)
        )
        self.faults.at(
            node,
            f"{both} would have the same id, '{id}', in the results",
            expected="a place with another id",
        )

    def _patrol_area(self, id: str, node: Node) -> PatrolArea | None:
        form = self._form(WrittenPatrolArea, node)
        owner = self._owner(node)
        box = node.get("within")
        within = read_box(box, self.faults) if box is not None else None
        if form is None or owner is None or within is None:
            return None
        return PatrolArea(id, form.name or id, owner, within, _origin(node))

    def _layer(self, id: str, node: Node) -> OrbitLayer | None:
        form = self._form(WrittenConstellation, node)
        owner = self._owner(node)
        at = node.get("constellation")
        entry = catalog_entry(at, "constellation", self.catalog, self.faults)
        if form is None or owner is None or entry is None:
            return None
        return OrbitLayer(id, form.name or id, owner, entry, _origin(node))

    def _owner(self, node: Node) -> Party | None:
        name = self._id(node.get("owner"), "party", "parties")
        return self.parties.get(name) if name is not None else None

    def _sensor(self, id: str, node: Node) -> SensorSite | None:
        form = self._form(WrittenSensor, node)
        owner = self._owner(node)
        sensor = catalog_entry(node.get("sensor"), "sensor", self.catalog, self.faults)
        at = node.get("at")
        position = self.positions.read(at, f"sensor.{id}")
        facing = read_facing(node.get("facing"), self.faults)
        if form is None or owner is None or sensor is None:
            return None
        if not self._sensor_fits(node, sensor):
            return None
        if at is not None and position is None:
            return None
        return SensorSite(id, form.name or id, owner, sensor, position, facing, _origin(node))

    def _sensor_fits(self, node: Node, sensor: Entry) -> bool:
        """Return whether position and facing are given exactly where the sensor needs them."""
        before = len(self.faults)
        if sensor.facts.get("type") != "radar":
            for name in ("at", "facing"):
                given = node.get(name)
                if given is not None:
                    self.faults.at(
                        given,
                        f"{sensor.reference} watches from orbit",
                        expected=f"no '{name}' here",
                        on_key=True,
                    )
            return len(self.faults) == before
        if node.get("at") is None:
            self.faults.at(
                node,
                f"{sensor.reference} stands nowhere",
                expected="'at': a position",
                below=("at",),
            )
        id = f"sensor.{sensor.id}.azimuth_width"
        width = self.positions.assume.get(id) or sensor.quantities.get("azimuth_width")
        sector = width is not None and adopted(width).best < _ALL_AROUND
        if sector and node.get("facing") is None:
            self.faults.at(
                node,
                f"{sensor.reference} looks into a sector, but which way is not said",
                expected="'facing': the azimuth of its middle, such as 110 deg",
                below=("facing",),
            )
        return len(self.faults) == before

    def _battery(self, id: str, node: Node) -> Battery | None:
        form = self._form(WrittenBattery, node)
        owner = self._owner(node)
        interceptor = catalog_entry(
            node.get("interceptor"), "interceptor", self.catalog, self.faults
        )
        position = self.positions.read(node.get("at"), f"battery.{id}")
        radar_node = node.get("own_radar")
        radar_id = self._id(radar_node, "sensor", "sensors")
        if form is None or owner is None or interceptor is None or position is None:
            return None
        own_radar = self.sensors.get(radar_id) if radar_id is not None else None
        if form.mode == "organic" and radar_node is None:
            self.faults.at(
                node,
                "an organic battery has no radar of its own",
                expected="'own_radar': a sensor of this scenario, or another 'mode'",
                below=("own_radar",),
            )
        if own_radar is not None and radar_node is not None:
            self._check_own_radar(radar_node, own_radar, owner)
        return Battery(
            id=id,
            name=form.name or id,
            owner=owner,
            interceptor=interceptor,
            number=form.number,
            position=position,
            own_radar=own_radar,
            mode=form.mode,
            origin=_origin(node),
        )

    def _check_own_radar(self, node: Node, radar: SensorSite, owner: Party) -> None:
        if not radar.is_radar:
            self.faults.at(node, f"'{radar.id}' is not a radar", expected="the id of a radar")
        if radar.owner.id != owner.id:
            self.faults.at(
                node,
                f"'{radar.id}' belongs to '{radar.owner.id}', the battery to '{owner.id}'",
                expected="a radar of the same owner",
            )

    def _assumption_set(self, id: str, node: Node) -> AssumptionSet | None:
        form = self._form(WrittenAssumptionSet, node)
        holder = self._id(node.get("held_by"), "party", "parties")
        quantities = read_assumptions(node.get("set"), self.catalog, self.faults)
        party = self.parties.get(holder) if holder is not None else None
        if form is None or party is None:
            return None
        written_at = node.mapping["set"].mapping
        origins = {one: _origin(written_at[one]) for one in quantities}
        return AssumptionSet(
            id, form.name or id, party, form.mode, quantities, origins, _origin(node)
        )


def _origin(node: Node) -> Origin:
    return Origin(node.key_line, dotted(node.path))


def _members(node: Node | None, most: int) -> list[Node]:
    """Return the members of a list; none of one that is too long, which its form says."""
    members = node.items if node is not None else []
    return members if len(members) <= most else []


def _kept(pairs: Iterable[tuple[str, T | None]]) -> dict[str, T]:
    return {id: value for id, value in pairs if value is not None}


def _found(ids: tuple[str, ...], entries: dict[str, T]) -> tuple[T, ...]:
    """Return the entries of these ids; one that was itself faulty is already reported."""
    return tuple(entries[id] for id in ids if id in entries)
