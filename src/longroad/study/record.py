"""Writes the manifest of a run: the scenario as resolved, its numbers and where they come from."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version

import numpy as np

from longroad.base.errors import CatalogError
from longroad.base.kernel import kernel_hash
from longroad.base.quantity import Disputed, Quantity
from longroad.base.streams import SCRAMBLES
from longroad.base.units import to_unit
from longroad.base.version import VERSION
from longroad.catalog import Catalog
from longroad.scenario import (
    Battery,
    EndPoint,
    Position,
    Scenario,
    SensorSite,
    Threat,
    Trajectories,
    Variant,
)
from longroad.study import manifest
from longroad.study.agreement_words import compared, sources_of
from longroad.study.columns import adopted
from longroad.study.exchange_inputs import exchange_numbers
from longroad.study.exchange_table import treaty_sources
from longroad.study.manifest_bargain import NegotiationRecord
from longroad.study.reach_settings import reach_settings

LIBRARIES = ("numpy", "scipy", "numba", "h3", "duckdb")


def make_manifest(
    scenario: Scenario,
    used: Iterable[str],
    claims: tuple[manifest.Claim, ...],
    cost: manifest.Cost,
    negotiation: NegotiationRecord | None = None,
) -> manifest.Manifest:
    """Return the manifest of a run, without its tables.

    ``used`` are the ids of the quantities that the evaluation read; positions are added here.
    """
    catalog = scenario.variants[0].catalog
    inputs = _inputs(scenario, tuple(used))
    named = {source for i in inputs for value in i.values for source in value.sources}
    named |= {source for claim in claims for source in claim.sources}
    told = (one for variant in compared(scenario) for one in variant.agreements)
    named |= {source for one in told for source in sources_of(one)}
    named |= set(negotiation.sources) if negotiation is not None else set()
    named |= treaty_sources(scenario)
    return manifest.Manifest(
        id=scenario.id,
        title=scenario.title,
        question=scenario.question,
        author=scenario.author,
        naming=scenario.naming,
        scenario=scenario.id,
        scenario_sha256=hashlib.sha256(scenario.source_text.encode()).hexdigest(),
        seed=scenario.seed,
        draws=scenario.draws,
        scrambles=SCRAMBLES,
        grid=manifest.Grid(scenario.grid.ensemble, scenario.grid.map),
        kernel_hash=kernel_hash(),
        versions=_versions(),
        variants=tuple(_variant(variant) for variant in scenario.variants),
        inputs=inputs,
        sources=tuple(_source(catalog, id) for id in sorted(named)),
        claims=claims,
        tables=(),
        notes=(scenario.note,) if scenario.note else (),
        cost=cost,
        reach=_reach(scenario),
        headline=scenario.headline,
        negotiation=negotiation,
    )


def _versions() -> tuple[manifest.Version, ...]:
    found = [manifest.Version("longroad", VERSION)]
    found.append(manifest.Version("python", platform.python_version()))
    for name in LIBRARIES:
        try:
            found.append(manifest.Version(name, version(name)))
        except PackageNotFoundError:  # a library vendored by a distributor
            continue
    return tuple(found)


def _deg(radians: float) -> float:
    return float(np.degrees(radians))


def _variant(variant: Variant) -> manifest.Variant:
    return manifest.Variant(
        id=variant.id,
        title=variant.title,
        year=variant.year,
        parties=tuple(
            manifest.Party(party.id, party.name, tuple(party.defends)) for party in variant.parties
        ),
        launch_areas=tuple(
            manifest.LaunchArea(
                area.id,
                area.name,
                _deg(area.position.latitude_rad),
                _deg(area.position.longitude_rad),
            )
            for area in variant.launch_areas
        ),
        threats=tuple(_threat(variant, threat) for threat in variant.threats),
        sensors=tuple(_sensor(variant, site) for site in variant.sensors),
        batteries=tuple(
            manifest.Battery(
                id=battery.id,
                name=battery.name,
                owner=battery.owner.id,
                latitude_deg=_deg(battery.position.latitude_rad),
                longitude_deg=_deg(battery.position.longitude_rad),
                mode=battery.mode,
                interceptor=battery.interceptor.id,
                interceptor_name=battery.interceptor.name,
                number=battery.number,
                own_radar=battery.own_radar.id if battery.own_radar else None,
                burnout_speed_km_s=_burnout_speed(variant, battery) / 1e3,
            )
            for battery in variant.batteries
        ),
        trajectories=tuple(_trajectories(group) for group in variant.trajectories),
        patrol_areas=tuple(
            manifest.PatrolArea(
                area.id,
                area.name,
                area.owner.id,
                _deg(area.within.south_rad),
                _deg(area.within.north_rad),
                _deg(area.within.west_rad),
                _deg(area.within.east_rad),
            )
            for area in variant.patrol_areas
        ),
    )


def _burnout_speed(variant: Variant, battery: Battery) -> float:
    return adopted(variant.of(battery.interceptor, "burnout_speed")).best


def _trajectories(group: Trajectories) -> manifest.Trajectories:
    return manifest.Trajectories(
        id=group.id,
        name=group.name,
        owner=group.owner.id,
        missile=group.missile.id,
        missile_name=group.missile.name,
        country=group.missile.country,
        bases=tuple(_end(end) for end in group.bases),
        ends=tuple(_end(end) for end in group.ends),
        shapes=tuple(shape.id for shape in group.shapes),
    )


def _end(end: EndPoint) -> manifest.EndPoint:
    position = end.position
    return manifest.EndPoint(
        end.id, end.name, _deg(position.latitude_rad), _deg(position.longitude_rad)
    )


def _reach(scenario: Scenario) -> manifest.Reach | None:
    """Return what the reach surfaces are computed with; None where there is no trajectory."""
    if not any(variant.trajectories for variant in scenario.variants):
        return None
    found = reach_settings(scenario.variants[0])
    return manifest.Reach(
        burn_time_s=found.burn_time_s,
        boost_path_fraction=found.boost_path_fraction,
        flight_life_s=found.flight_life_s,
        floor_km=found.floor_m / 1e3,
        late_delay_s=found.late_delay_s,
        delays_s=found.delays_s,
        grid_step_deg=float(f"{_deg(found.grid_step_rad):.12g}"),
        greatest_speed_km_s=found.greatest_speed_m_s / 1e3,
    )


def _threat(variant: Variant, threat: Threat) -> manifest.Threat:
    return manifest.Threat(
        id=threat.id,
        name=threat.name,
        missile=threat.missile.id,
        missile_name=threat.missile.name,
        country=threat.missile.country,
        range_km=adopted(variant.of(threat.missile, "maximum_range")).best / 1e3,
        launch_areas=tuple(area.id for area in threat.launch_areas),
        shapes=tuple(shape.id for shape in threat.shapes),
        against=tuple(party.id for party in threat.against),
    )


def _sensor(variant: Variant, site: SensorSite) -> manifest.Sensor:
    common = manifest.Sensor(
        id=site.id,
        name=site.name,
        owner=site.owner.id,
        kind="radar" if site.is_radar else "space-infrared",
        sensor=site.sensor.id,
        sensor_name=site.sensor.name,
    )
    if site.position is None:
        return common
    width = adopted(variant.of(site.sensor, "azimuth_width")).best if site.is_radar else None
    return replace(
        common,
        latitude_deg=_deg(site.position.latitude_rad),
        longitude_deg=_deg(site.position.longitude_rad),
        range_km=adopted(variant.of(site.sensor, "reference_range")).best / 1e3,
        facing_deg=None if site.facing_rad is None else _deg(site.facing_rad),
        azimuth_width_deg=None if width is None else _deg(width),
    )


def _inputs(scenario: Scenario, used: tuple[str, ...]) -> tuple[manifest.Input, ...]:
    """Return every number read by the run, sorted by id, with the variants that read it.

    A number that differs between variants (by ``assume``) stands once for each, told apart by
    the variant in its id.
    """
    found: dict[tuple[str, Quantity | Disputed], list[str]] = {}
    for variant in scenario.variants:
        numbers = {id: variant.quantity(id) for id in used if _has(variant, id)}
        numbers |= {id: variant.quantity(id) for id in exchange_numbers(scenario, variant)}
        for position in _positions(variant):
            for quantity in (position.latitude, position.longitude):
                numbers[quantity.id] = quantity
        for id, quantity in numbers.items():
            found.setdefault((id, quantity), []).append(variant.id)
    several = {id for id, _ in found if sum(other == id for other, _ in found) > 1}
    every = len(scenario.variants)
    rows = [
        manifest.Input(
            id=f"{id}@{variants[0]}" if id in several else id,
            label=_label(scenario.variants[0].catalog, id),
            values=tuple(_value(q) for q in _alternatives(quantity)),
            adopted=quantity.adopted if isinstance(quantity, Disputed) else None,
            variants=() if len(variants) == every else tuple(variants),
        )
        for (id, quantity), variants in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: row.id))


def _has(variant: Variant, id: str) -> bool:
    """Return whether a variant uses the entry that a quantity belongs to."""
    kind, name, _ = id.split(".", 2)
    entries = {
        *(threat.missile.reference for threat in variant.threats),
        *(group.missile.reference for group in variant.trajectories),
        *(site.sensor.reference for site in variant.sensors),
        *(battery.interceptor.reference for battery in variant.batteries),
    }
    return kind == "default" or f"{kind}/{name}" in entries


def _positions(variant: Variant) -> list[Position]:
    return [
        *(area.position for area in variant.launch_areas),
        *(site.position for site in variant.sensors if site.position is not None),
        *(battery.position for battery in variant.batteries),
        *(end.position for group in variant.trajectories for end in (*group.bases, *group.ends)),
    ]


def _alternatives(quantity: Quantity | Disputed) -> tuple[Quantity, ...]:
    return quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)


def _label(catalog: Catalog, id: str) -> str:
    """Return what a reader calls a number: the entry's name and the field in words."""
    kind, _, rest = id.partition(".")
    name, _, field = rest.rpartition(".")
    words = field.replace("_", " ")
    try:
        return f"{catalog.entry(f'{kind}/{name}').name}: {words}"
    except CatalogError:
        return f"{name}: {words}"


def _value(quantity: Quantity) -> manifest.InputValue:
    best, low, high = (
        float(to_unit(value, quantity.unit))
        for value in (quantity.best, quantity.low, quantity.high)
    )
    return manifest.InputValue(
        best=best,
        low=low,
        high=high,
        unit=quantity.unit,
        status=quantity.status.value,
        sources=quantity.sources,
        author=quantity.author,
        reason=quantity.reason,
        note=quantity.note,
        distribution=quantity.distribution,
        claim=quantity.claim,
        claimant=quantity.claimant,
        held_by=tuple(manifest.Held(held.party, held.mode) for held in quantity.held_by),
    )


def _source(catalog: Catalog, id: str) -> manifest.Source:
    source = catalog.source(id)
    return manifest.Source(
        id=source.id,
        title=source.title,
        author=source.author,
        date=source.date,
        publisher=source.publisher,
        url=source.url,
        language=source.language,
        country=source.country,
        mark=source.mark,
        note=source.note,
    )
