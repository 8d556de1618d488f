"""Checks before a run: each a small named function that yields what it finds in a variant.

What cannot be loaded is an error and comes from loading itself. The functions here look at a
scenario that loads and ask whether it says what its author meant. They give warnings and notes;
whether a missile reaches, and what a battery engages, is left to the run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from longroad.base.errors import LongroadError
from longroad.base.messages import text
from longroad.base.quantity import Disputed, Status
from longroad.catalog import Catalog
from longroad.scenario.faults import ScenarioFaultsError
from longroad.scenario.finding import Finding, Severity
from longroad.scenario.load import load
from longroad.scenario.model import Scenario, Variant
from longroad.scenario.origin import Origin
from longroad.scenario.packs import locate
from longroad.scenario.provenance import inputs
from longroad.scenario.territory import country_of
from longroad.scenario.values import adopted


@dataclass(frozen=True)
class Remark:
    """What one check says about one place of one variant."""

    severity: Severity
    text: str
    origin: Origin


VariantCheck = Callable[[Variant], Iterator[Remark]]


def check(path_or_pack: str | Path, *, catalog: Catalog | None = None) -> tuple[Finding, ...]:
    """Return everything there is to say about a scenario file, in the order of its lines.

    A file that does not load gives one finding of severity *error* per fault; the other checks
    need a scenario that loads. Raises :class:`ScenarioError` only when there is no such file.
    """
    file = locate(path_or_pack)
    try:
        scenario = load(file, catalog=catalog)
    except ScenarioFaultsError as error:
        return tuple(_as_finding(fault, str(file)) for fault in error.faults)
    except LongroadError as fault:
        return (_as_finding(fault, str(file)),)
    return check_scenario(scenario)


def check_scenario(scenario: Scenario) -> tuple[Finding, ...]:
    """Return the findings of all checks on a loaded scenario."""
    found: dict[tuple[str, Remark], list[str]] = {}
    for variant in scenario.variants:
        for name, function in VARIANT_CHECKS.items():
            for remark in function(variant):
                found.setdefault((name, remark), []).append(variant.id)
    for name, remark in _between_variants(scenario):
        found.setdefault((name, remark), [])
    findings = [
        Finding(
            check=name,
            severity=remark.severity,
            text=remark.text,
            file=scenario.file,
            line=remark.origin.line,
            field=remark.origin.path or None,
            variants=tuple(variants) if len(scenario.variants) > 1 else (),
        )
        for (name, remark), variants in found.items()
    ]
    return tuple(sorted(findings, key=lambda finding: finding.line or 0))


def battery_without_cue(variant: Variant) -> Iterator[Remark]:
    """A battery that relies on remote tracks, though its owner has no other radar."""
    for battery in variant.batteries:
        others = [
            sensor
            for sensor in variant.sensors
            if sensor.is_radar
            and sensor.owner == battery.owner
            and (battery.own_radar is None or sensor.id != battery.own_radar.id)
        ]
        if battery.mode != "organic" and not others:
            said = text(
                "scenario.check_battery_without_cue",
                battery=battery.id,
                mode=battery.mode,
                owner=battery.owner.id,
            )
            yield Remark("warning", said, battery.origin)


def launch_area_inside_territory(variant: Variant) -> Iterator[Remark]:
    """A launch area that lies in a country which a party attacked from there defends."""
    for area in variant.launch_areas:
        country = country_of(area.position)
        if country is None:
            continue
        targets = [t for t in variant.threats if area.id in {a.id for a in t.launch_areas}]
        parties = {p.id: p for threat in targets for p in threat.against}
        for party in parties.values():
            if country in party.defends:
                said = text(
                    "scenario.check_launch_area_inside_territory",
                    area=area.id,
                    country=country,
                    party=party.id,
                )
                yield Remark("warning", said, area.origin)


def threat_against_nothing(variant: Variant) -> Iterator[Remark]:
    """A threat against a party that defends no territory: nothing will be computed for it."""
    for threat in variant.threats:
        for party in threat.against:
            if not party.defends:
                said = text(
                    "scenario.check_threat_against_nothing", threat=threat.id, party=party.id
                )
                yield Remark("warning", said, threat.origin)


def asset_for_nothing(variant: Variant) -> Iterator[Remark]:
    """A battery whose owner defends no territory, or against whom no threat is considered."""
    attacked = {party.id for threat in variant.threats for party in threat.against}
    for battery in variant.batteries:
        if not battery.owner.defends or battery.owner.id not in attacked:
            said = text(
                "scenario.check_asset_for_nothing", battery=battery.id, owner=battery.owner.id
            )
            yield Remark("warning", said, battery.origin)


def unused_launch_area(variant: Variant) -> Iterator[Remark]:
    """A launch area that no threat uses."""
    used = {area.id for threat in variant.threats for area in threat.launch_areas}
    for area in variant.launch_areas:
        if area.id not in used:
            yield Remark(
                "warning", text("scenario.check_unused_launch_area", area=area.id), area.origin
            )


def unused_sensor(variant: Variant) -> Iterator[Remark]:
    """A sensor whose owner has no battery that could use what it sees."""
    owners = {battery.owner.id for battery in variant.batteries}
    for sensor in variant.sensors:
        if sensor.owner.id not in owners:
            said = text("scenario.check_unused_sensor", sensor=sensor.id, owner=sensor.owner.id)
            yield Remark("note", said, sensor.origin)


def own_radar_elsewhere(variant: Variant) -> Iterator[Remark]:
    """A battery whose own radar stands at another position."""
    for battery in variant.batteries:
        radar = battery.own_radar
        if radar is None or radar.position is None:
            continue
        here, there = battery.position, radar.position
        if (here.latitude_rad, here.longitude_rad) != (there.latitude_rad, there.longitude_rad):
            said = text("scenario.check_own_radar_elsewhere", battery=battery.id, radar=radar.id)
            yield Remark("warning", said, battery.origin)


def outside_catalog_interval(variant: Variant) -> Iterator[Remark]:
    """An assumed value outside everything the catalogue records for the same quantity."""
    for id, assumed in variant.assume.items():
        catalogued = variant.catalog.quantity(id)
        if isinstance(assumed, Disputed) or assumed == catalogued:
            continue
        known = catalogued.alternatives if isinstance(catalogued, Disputed) else (catalogued,)
        low, high = min(q.low for q in known), max(q.high for q in known)
        if not low <= assumed.best <= high:
            said = text(
                "scenario.check_outside_catalog_interval",
                quantity=id,
                assumed=assumed.written(),
                catalogued=adopted(catalogued).written(),
            )
            yield Remark("note", said, _assume_origin(variant, id))


VARIANT_CHECKS: dict[str, VariantCheck] = {
    "battery-without-cue": battery_without_cue,
    "launch-area-inside-territory": launch_area_inside_territory,
    "threat-against-nothing": threat_against_nothing,
    "asset-for-nothing": asset_for_nothing,
    "unused-launch-area": unused_launch_area,
    "unused-sensor": unused_sensor,
    "own-radar-elsewhere": own_radar_elsewhere,
    "outside-catalog-interval": outside_catalog_interval,
}


def _between_variants(scenario: Scenario) -> Iterator[tuple[str, Remark]]:
    yield from (("same-variant", remark) for remark in same_variant(scenario))
    yield from (("idle-party", remark) for remark in idle_party(scenario))
    yield from (("input-status", remark) for remark in input_status(scenario))


def same_variant(scenario: Scenario) -> Iterator[Remark]:
    """A variant that changes nothing with respect to one written before it."""
    for index, variant in enumerate(scenario.variants):
        for earlier in scenario.variants[:index]:
            if _contents(variant) == _contents(earlier):
                said = text("scenario.check_same_variant", variant=variant.id, other=earlier.id)
                yield Remark("warning", said, variant.origin)
                break


def idle_party(scenario: Scenario) -> Iterator[Remark]:
    """A party that in no variant owns, defends or holds anything."""
    parties = {party.id: party for variant in scenario.variants for party in variant.parties}
    for id, party in parties.items():
        busy = any(
            any(p.id == id and p.defends for p in variant.parties)
            or any(s.owner.id == id for s in variant.sensors)
            or any(b.owner.id == id for b in variant.batteries)
            or any(a.held_by.id == id for a in variant.assumptions)
            for variant in scenario.variants
        )
        if not busy:
            yield Remark("note", text("scenario.check_idle_party", party=id), party.origin)


def input_status(scenario: Scenario) -> Iterator[Remark]:
    """How many of the numbers behind a variant are judgements or from memory."""
    for variant in scenario.variants:
        used = inputs(variant)
        shares = {status: sum(q.status is status for q in used) for status in Status}
        said = text(
            "scenario.check_input_status",
            variant=variant.id,
            total=len(used),
            published=shares[Status.PUBLISHED],
            reported=shares[Status.REPORTED],
            judgement=shares[Status.JUDGEMENT],
            unverified=shares[Status.UNVERIFIED],
        )
        yield Remark("note", said, variant.origin)


def _contents(variant: Variant) -> tuple[object, ...]:
    """Return all that a variant says, without its id, title and year."""
    return (
        variant.parties,
        variant.launch_areas,
        variant.threats,
        variant.sensors,
        variant.batteries,
        dict(variant.assume),
        variant.assumptions,
    )


def _assume_origin(variant: Variant, id: str) -> Origin:
    return variant.assume_origins.get(id, variant.origin)


def _as_finding(fault: LongroadError, file: str) -> Finding:
    said = fault.what
    if fault.expected:
        said += f"; expected {fault.expected}"
    if fault.nearest:
        said += f"; did you mean '{fault.nearest}'?"
    return Finding("form", "error", said, fault.file or file, fault.line, fault.field)
