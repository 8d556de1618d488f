"""Checks of who uses what: whether everything that is written has an effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from longroad.scenario.finding import Remark, named, said
from longroad.scenario.model import Scenario, Variant


def together(variant: Variant, party: str) -> set[str]:
    """Return a party and all with whom it has an agreement: whose sensors it might use.

    What an agreement really shares is left to the run.
    """
    found = {party}
    for agreement in variant.agreements:
        members = {member.id for member in agreement.members}
        if party in members:
            found |= members
    return found


def battery_without_cue(variant: Variant) -> Iterator[Remark]:
    """A battery that relies on remote tracks, though nobody has another radar for it."""
    for battery in variant.batteries:
        if battery.mode == "organic":
            continue
        partners = together(variant, battery.owner.id)
        own = battery.own_radar.id if battery.own_radar is not None else None
        if not any(s.is_radar and s.owner.id in partners and s.id != own for s in variant.sensors):
            words = said(
                "battery_without_cue",
                battery=battery.id,
                mode=battery.mode,
                owner=battery.owner.id,
            )
            yield Remark("warning", words, battery.origin)


def threat_against_nothing(variant: Variant) -> Iterator[Remark]:
    """A threat against a party that defends no territory: nothing will be computed for it."""
    for threat in variant.threats:
        for party in threat.against:
            if not party.defends:
                words = said("threat_against_nothing", threat=threat.id, party=party.id)
                yield Remark("warning", words, threat.origin)


def asset_for_nothing(variant: Variant) -> Iterator[Remark]:
    """A battery against which nothing flies: no threat to its owner, no missile of another."""
    attacked = {party.id for threat in variant.threats for party in threat.against}
    for battery in variant.batteries:
        defends = battery.owner.defends and battery.owner.id in attacked
        reaches = any(group.owner.id != battery.owner.id for group in variant.trajectories)
        if not defends and not reaches:
            words = said("asset_for_nothing", battery=battery.id, owner=battery.owner.id)
            yield Remark("warning", words, battery.origin)


def unused_launch_area(variant: Variant) -> Iterator[Remark]:
    """A launch area that no threat uses."""
    used = {area.id for threat in variant.threats for area in threat.launch_areas}
    for area in variant.launch_areas:
        if area.id not in used:
            yield Remark("warning", said("unused_launch_area", area=area.id), area.origin)


def unused_sensor(variant: Variant) -> Iterator[Remark]:
    """A sensor that nobody's battery could use: neither its owner's nor a partner's."""
    owners = {battery.owner.id for battery in variant.batteries}
    for sensor in variant.sensors:
        if not owners & together(variant, sensor.owner.id):
            words = said("unused_sensor", sensor=sensor.id, owner=sensor.owner.id)
            yield Remark("note", words, sensor.origin)


def same_variant(scenario: Scenario) -> Iterator[Remark]:
    """A variant that changes nothing with respect to one written before it."""
    for index, variant in enumerate(scenario.variants):
        for earlier in scenario.variants[:index]:
            if _contents(variant) == _contents(earlier):
                words = said("same_variant", variant=variant.id, other=earlier.id)
                yield Remark("warning", words, variant.origin)
                break


def idle_party(scenario: Scenario) -> Iterator[Remark]:
    """A party that in no variant owns, defends, holds, faces or agrees to anything."""
    busy = {id for variant in scenario.variants for id in _busy(variant)}
    parties = {party.id: party for variant in scenario.variants for party in variant.parties}
    for id, party in parties.items():
        if id not in busy:
            yield Remark("note", said("idle_party", party=id), party.origin)


def _busy(variant: Variant) -> Iterator[str]:
    yield from (party.id for party in variant.parties if party.defends)
    yield from (party.id for threat in variant.threats for party in threat.against)
    yield from (held.held_by.id for held in variant.assumptions)
    yield from (party.id for agreement in variant.agreements for party in agreement.members)
    for owned in (variant.sensors, variant.batteries, variant.trajectories, variant.patrol_areas):
        yield from (thing.owner.id for thing in owned)


def _contents(variant: Variant) -> tuple[object, ...]:
    """Return all that a variant says, without its id, title, year and note."""
    apart = {"id", "title", "year", "note"}
    names = [each.name for each in fields(variant) if each.compare and each.name not in apart]
    return tuple(getattr(variant, name) for name in names)


VARIANT_CHECKS = named(
    (battery_without_cue, ("warning",)),
    (threat_against_nothing, ("warning",)),
    (asset_for_nothing, ("warning",)),
    (unused_launch_area, ("warning",)),
    (unused_sensor, ("note",)),
)
SCENARIO_CHECKS = named((same_variant, ("warning",)), (idle_party, ("note",)))
