"""Checks of where things stand: territory, land and sea, and one thing written twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from longroad.catalog import Entry
from longroad.scenario.finding import Remark, named, said
from longroad.scenario.ground import Grounds
from longroad.scenario.model import Variant
from longroad.scenario.origin import Origin
from longroad.scenario.world import Battery, EndPoint, Party, Position, SensorSite, Trajectories

# Kinds of catalogue sites (`longroad.catalog.fields`) that lie at sea.
_AT_SEA = ("patrol", "submarine-area")
_AFLOAT = "ship"


def launch_area_inside_territory(grounds: Grounds, variant: Variant) -> Iterator[Remark]:
    """A launch area that lies in a country which a party attacked from there defends."""
    for area in variant.launch_areas:
        country = grounds.of(area.position).country
        if country is None:
            continue
        targets = [t for t in variant.threats if area.id in {a.id for a in t.launch_areas}]
        parties = {p.id: p for threat in targets for p in threat.against}
        for party in parties.values():
            if country in party.defends:
                words = said(
                    "launch_area_inside_territory", area=area.id, country=country, party=party.id
                )
                yield Remark("warning", words, area.origin)


def asset_outside_territory(grounds: Grounds, variant: Variant) -> Iterator[Remark]:
    """An asset on land that its owner does not defend: on the ground of a host, or of a slip.

    It is a warning where missiles are launched at the owner from that very country.
    """
    hostile = _launch_countries(grounds, variant)
    for noun, id, owner, position, origin in _assets(variant):
        country = _country(grounds, variant, position)
        if country is None or not owner.defends or country in owner.defends:
            continue
        asset = {"noun": noun, "id": id, "country": country, "owner": owner.id}
        if country in hostile.get(owner.id, ()):
            yield Remark("warning", said("asset_among_launchers", **asset), origin)
        else:
            yield Remark("note", said("asset_outside_territory", **asset), origin)


def ship_on_land(grounds: Grounds, variant: Variant) -> Iterator[Remark]:
    """A thing that goes to sea, or a patrol site, well inside a country."""
    for noun, id, entry, position, origin in _movable(variant):
        site = _site(variant, position)
        at_sea = site is not None and site.facts.get("kind") in _AT_SEA
        # A site on land that the catalogue places in a country is taken at its word.
        if not at_sea and not _afloat(entry):
            continue
        if not at_sea and site is not None and site.facts.get("kind") == "port":
            continue
        ground = grounds.of(position)
        if ground.kind == "land":
            why = entry.reference if _afloat(entry) else str(position.reference)
            words = said("ship_on_land", noun=noun, id=id, why=why, country=ground.country)
            yield Remark("warning", words, origin)


def land_asset_at_sea(grounds: Grounds, variant: Variant) -> Iterator[Remark]:
    """A thing that is fixed to the ground, or driven on it, in the open sea."""
    for noun, id, entry, position, origin in _movable(variant):
        site = _site(variant, position)
        if not _ashore(entry) or (site is not None and site.country is not None):
            continue
        if grounds.of(position).kind == "sea":
            words = said("land_asset_at_sea", noun=noun, id=id, what=entry.reference)
            yield Remark("warning", words, origin)


def own_radar_elsewhere(grounds: Grounds, variant: Variant) -> Iterator[Remark]:
    """A battery whose own radar stands at another position."""
    for battery in variant.batteries:
        radar = battery.own_radar
        if radar is None or radar.position is None:
            continue
        if _place(battery.position) != _place(radar.position):
            words = said("own_radar_elsewhere", battery=battery.id, radar=radar.id)
            yield Remark("warning", words, battery.origin)


def same_place(grounds: Grounds, variant: Variant) -> Iterator[Remark]:
    """Two of a kind at one place: one asset, or one trajectory, that counts twice."""
    for things in (_batteries(variant), _sensors(variant), _patrols(variant)):
        first: dict[object, str] = {}
        for key, noun, id, origin in things:
            other = first.setdefault(key, id)
            if other != id:
                yield Remark("warning", said(f"same_{noun}", id=id, other=other), origin)
    seen: dict[object, str] = {}
    for group in variant.trajectories:
        others = Counter(seen.setdefault(key, group.id) for key in _flights(group))
        for other, count in others.items():
            if other != group.id:
                words = said("same_flights", id=group.id, other=other, count=count, all=len(group))
                yield Remark("warning", words, group.origin)
        twice = others[group.id] - sum(id == group.id for id in seen.values())
        if twice:
            yield Remark("warning", said("twice_flights", id=group.id, count=twice), group.origin)


Asset = tuple[str, str, Party, Position, Origin]
Movable = tuple[str, str, Entry, Position, Origin]
Keyed = tuple[object, str, str, Origin]


def _assets(variant: Variant) -> Iterator[Asset]:
    for noun, thing in _placed(variant):
        if thing.position is not None:
            yield noun, thing.id, thing.owner, thing.position, thing.origin
    for group, base in _bases(variant):
        yield "base", base.id, group.owner, base.position, base.origin or group.origin


def _movable(variant: Variant) -> Iterator[Movable]:
    for noun, thing in _placed(variant):
        entry = thing.interceptor if isinstance(thing, Battery) else thing.sensor
        if thing.position is not None:
            yield noun, thing.id, entry, thing.position, thing.origin
    for group, base in _bases(variant):
        yield "base", base.id, group.missile, base.position, base.origin or group.origin


def _placed(variant: Variant) -> Iterator[tuple[str, Battery | SensorSite]]:
    yield from (("battery", battery) for battery in variant.batteries)
    yield from (("sensor", sensor) for sensor in variant.sensors)


def _bases(variant: Variant) -> Iterator[tuple[Trajectories, EndPoint]]:
    for group in variant.trajectories:
        yield from ((group, base) for base in group.bases)


def _batteries(variant: Variant) -> Iterator[Keyed]:
    for each in variant.batteries:
        key = (each.owner.id, each.interceptor.id, each.mode, _place(each.position))
        yield key, "battery", each.id, each.origin


def _sensors(variant: Variant) -> Iterator[Keyed]:
    for each in variant.sensors:
        place = _place(each.position) if each.position is not None else None
        key = (each.owner.id, each.sensor.id, each.facing_rad, place)
        yield key, "sensor", each.id, each.origin


def _patrols(variant: Variant) -> Iterator[Keyed]:
    for each in variant.patrol_areas:
        yield (each.owner.id, each.within), "patrol", each.id, each.origin


def _flights(group: Trajectories) -> Iterator[object]:
    """Yield what each trajectory of a group is: whose, which missile, from where, to where, how."""
    for base in group.bases:
        for end in group.ends:
            route = (_place(base.position), _place(end.position))
            yield from ((group.owner.id, group.missile.id, route, s) for s in group.shapes)


def _launch_countries(grounds: Grounds, variant: Variant) -> dict[str, set[str]]:
    """Return the countries from which missiles are launched at each party."""
    found: dict[str, set[str]] = {}
    for threat in variant.threats:
        countries = {grounds.of(area.position).country for area in threat.launch_areas}
        for party in threat.against:
            found.setdefault(party.id, set()).update(code for code in countries if code)
    return found


def _country(grounds: Grounds, variant: Variant, position: Position) -> str | None:
    """Return the country a position lies in: the catalogue's word, or the outline's."""
    site = _site(variant, position)
    if site is not None and site.country is not None:
        return site.country
    return grounds.of(position).country


def _site(variant: Variant, position: Position) -> Entry | None:
    reference = position.reference or ""
    return variant.catalog.entry(reference) if reference.startswith("site/") else None


def _carried_by(entry: Entry) -> Sequence[str]:
    return entry.facts.get("carried_by", "").split(" and ")


def _afloat(entry: Entry) -> bool:
    """Return whether a thing is nowhere but at sea."""
    return _carried_by(entry) == [_AFLOAT] or entry.facts.get("class") == "SLBM"


def _ashore(entry: Entry) -> bool:
    """Return whether a thing is nowhere but on land; a radar of which nothing is said is."""
    if entry.kind == "missile":
        return entry.facts.get("class") == "ICBM"
    known = entry.kind == "sensor" or "carried_by" in entry.facts
    return known and _AFLOAT not in _carried_by(entry)


def _place(position: Position) -> tuple[float, float]:
    return position.latitude_rad, position.longitude_rad


VARIANT_CHECKS = named(
    (launch_area_inside_territory, ("warning",)),
    (asset_outside_territory, ("warning", "note")),
    (ship_on_land, ("warning",)),
    (land_asset_at_sea, ("warning",)),
    (own_radar_elsewhere, ("warning",)),
    (same_place, ("warning",)),
)
