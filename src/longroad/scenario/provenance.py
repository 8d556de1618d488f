"""The numbers behind a variant, for counting what they rest on."""

from __future__ import annotations

from longroad.base.quantity import Quantity
from longroad.catalog import Entry
from longroad.catalog.fields import RAID_GROUP, TRACKING_GROUPS
from longroad.scenario.model import Variant
from longroad.scenario.values import adopted
from longroad.scenario.world import Position

AGREEMENT_DEFAULTS = "agreement"


def inputs(variant: Variant) -> tuple[Quantity, ...]:
    """Return every quantity that a variant rests on, once, as adopted, in order of its id.

    These are the quantities of the catalogue entries it names, the catalogue's defaults, the
    positions it gives and what its agreements say; a dispute counts as its adopted alternative.
    The defaults of agreements count only as far as an agreement rests on them.
    """
    found: dict[str, Quantity] = {}

    def add_entry(entry: Entry) -> None:
        for name in entry.quantities:
            quantity = adopted(variant.of(entry, name))
            found[quantity.id] = quantity

    def add_position(position: Position | None) -> None:
        if position is not None:
            for record in (position.latitude, position.longitude):
                found[record.id] = adopted(record)

    for threat in variant.threats:
        add_entry(threat.missile)
        for area in threat.launch_areas:
            add_position(area.position)
    for group in variant.trajectories:
        add_entry(group.missile)
        for end in (*group.bases, *group.ends):
            add_position(end.position)
    for sensor in variant.sensors:
        add_entry(sensor.sensor)
        add_position(sensor.position)
    for battery in variant.batteries:
        add_entry(battery.interceptor)
        add_position(battery.position)
    for agreement in variant.agreements:
        for number in agreement.numbers:
            found[number.id] = adopted(number)
    for entry in variant.catalog.entries("default"):
        if entry.id == AGREEMENT_DEFAULTS or (entry.id == RAID_GROUP and not variant.raids):
            continue
        # How exactly sensors measure is asked only where agreements are compared.
        if entry.id not in TRACKING_GROUPS or len(variant.agreements) > 1:
            add_entry(entry)
    return tuple(found[id] for id in sorted(found))
