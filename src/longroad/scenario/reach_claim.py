"""The measure of a claim about reach: which flights, from where, how late, how fast."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from longroad.base.errors import nearest
from longroad.catalog import Catalog
from longroad.scenario.claim import Part, ReachKind, ReachMeasure
from longroad.scenario.faults import Faults
from longroad.scenario.form import listed, written
from longroad.scenario.model import Variant
from longroad.scenario.node import Node
from longroad.scenario.positions import PositionReader
from longroad.scenario.references import known_id
from longroad.scenario.values import read_measure
from longroad.scenario.world import Position, Trajectories
from longroad.scenario.written import OWN_SENSORS

# Field of the form, kind of site.
_SITES: dict[str, ReachKind] = {
    "battery": "battery",
    "patrol_area": "patrol-area",
    "site": "place",
    "party": "party",
}
_SPEED_NEEDED = "reachable_pair_fraction"
Site = tuple[ReachKind, str, Position | None]


def read_reach_measure(
    node: Node, outcome: str, variants: tuple[Variant, ...], catalog: Catalog, faults: Faults
) -> ReachMeasure | None:
    """Return a measure whose form is sound, or None with every fault of its names and numbers."""
    before = len(faults)
    by_id = {variant.id: variant for variant in variants}
    name = known_id(node.get("variant"), "variant", by_id, faults)
    if name is None:
        return None
    variant = by_id[name]
    groups = _trajectories(node.get("trajectories"), variant, faults)
    site = _site(node, variant, catalog, faults)
    delay = read_delay(node.get("delay"), faults)
    speed = _speed(node, outcome, site, faults)
    bases = _narrowed(node.get("bases"), "base", [e.id for g in groups for e in g.bases], faults)
    ends = _narrowed(node.get("ends"), "end point", [e.id for g in groups for e in g.ends], faults)
    if delay is None and site is not None and site[0] not in ("battery", "party"):
        place = node.mapping["delay"]
        if place.value == OWN_SENSORS:
            faults.at(place, "only batteries have sensors of their owner", expected="a time: 300 s")
    if len(faults) > before or site is None:
        return None
    part = node.get("part")
    return ReachMeasure(
        measure=outcome,
        variant=name,
        trajectories=tuple(group.id for group in groups),
        kind=site[0],
        site=site[1],
        position=site[2],
        delay_s=delay,
        part=cast(Part, str(part.value) if part is not None else "any"),
        speed_m_s=speed,
        bases=bases,
        ends=ends,
    )


def _trajectories(node: Node | None, variant: Variant, faults: Faults) -> tuple[Trajectories, ...]:
    known = {group.id: group for group in variant.trajectories}
    found: dict[str, Trajectories] = {}
    for member in (node.items or [node]) if node is not None else ():
        name = known_id(member, "entry of trajectories", known, faults)
        if name in found:
            faults.at(member, f"'{name}' is listed twice", expected="each once")
        elif name is not None:
            found[name] = known[name]
    return tuple(found.values())


def _site(node: Node, variant: Variant, catalog: Catalog, faults: Faults) -> Site | None:
    given = [name for name in _SITES if node.get(name) is not None]
    if len(given) != 1:
        faults.at(
            node,
            f"a measure of reach with {len(given)} places",
            expected=f"one of {', '.join(_SITES)}",
        )
        return None
    at = node.mapping[given[0]]
    kind = _SITES[given[0]]
    if kind == "place":
        return _place(at, variant, catalog, faults)
    known: Collection[str] = {
        "battery": [battery.id for battery in variant.batteries],
        "patrol-area": [area.id for area in variant.patrol_areas],
        "party": [party.id for party in variant.parties],
    }[kind]
    name = known_id(at, given[0].replace("_", " "), known, faults)
    if name is None:
        return None
    if kind == "party" and not any(b.owner.id == name for b in variant.batteries):
        faults.at(at, f"'{name}' has no battery in this variant", expected="a party that has one")
        return None
    return kind, name, None


def _place(node: Node, variant: Variant, catalog: Catalog, faults: Faults) -> Site | None:
    """Return a site of the catalogue, or a place that something in the variant stands at."""
    text = str(node.value)
    places = {
        position.reference: position
        for position in _positions(variant)
        if position.reference is not None
    }
    position = places.get(text)
    if position is None:
        if text.startswith("place/"):
            names = [name for name in places if name.startswith("place/")]
            faults.at(
                node,
                f"nothing in this variant stands at {written(node)}",
                expected=listed(names) if names else "site/<id>",
                nearest=nearest(text, names),
            )
            return None
        position = PositionReader(catalog, variant.assume, faults).read(node, "site")
    return None if position is None else ("place", text.partition("/")[2], position)


def _positions(variant: Variant) -> list[Position]:
    return [
        *(battery.position for battery in variant.batteries),
        *(site.position for site in variant.sensors if site.position is not None),
        *(area.position for area in variant.launch_areas),
        *(end.position for group in variant.trajectories for end in (*group.bases, *group.ends)),
    ]


def read_delay(node: Node | None, faults: Faults) -> float | None:
    """Return a launch time after ignition (s); None for the owner's own sensors."""
    if node is None or node.value == OWN_SENSORS:
        return None
    value = read_measure(node, "time", faults)
    if value is not None and value.value < 0.0:
        faults.at(node, "a launch before the missile's", expected="a delay of at least 0 s")
        return None
    return None if value is None else value.value


def _speed(node: Node, outcome: str, site: Site | None, faults: Faults) -> float | None:
    at = node.get("speed")
    if at is None:
        if outcome == _SPEED_NEEDED and site is not None and site[0] not in ("battery", "party"):
            faults.at(
                node,
                f"a {site[0].replace('-', ' ')} has no burnout speed of its own",
                expected="'speed', such as 4.5 km/s",
            )
        return None
    if outcome != _SPEED_NEEDED:
        faults.at(at, f"{outcome} asks for a speed", expected="no 'speed' here")
        return None
    value = read_measure(at, "speed", faults)
    if value is not None and not value.value > 0.0:
        faults.at(at, "this is not above zero", expected="a positive speed")
        return None
    return None if value is None else value.value


def _narrowed(node: Node | None, noun: str, known: list[str], faults: Faults) -> tuple[str, ...]:
    found = []
    for member in node.items if node is not None else ():
        name = known_id(member, noun, known, faults)
        if name is not None and name not in found:
            found.append(name)
    return tuple(found)
