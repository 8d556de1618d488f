"""A replay of a raid as CZML: objects until they come down or are hit, interceptors, sites."""

from __future__ import annotations

import math
from pathlib import Path

from longroad.base.atomic import atomic_write
from longroad.base.messages import text
from longroad.dossier.czml import Colour, Moving, Place, document
from longroad.scenario import Scenario, Variant
from longroad.study.raid_replay import FlownPath, RaidReplay

OBJECT: Colour = (190, 60, 50)
DECOY: Colour = (150, 150, 150)
LAUNCH: Colour = (120, 60, 50)
# By party, in the order of the variant: no colour means anything but who.
PARTIES: tuple[Colour, ...] = ((40, 100, 180), (60, 140, 90), (150, 100, 30), (120, 80, 160))


def write_czml(scenario: Scenario, shown: RaidReplay, file: Path) -> Path:
    """Write a replay for a globe; the file appears whole or not at all."""
    return atomic_write(file, raid_czml(scenario.variant(shown.variant), shown))


def raid_czml(variant: Variant, shown: RaidReplay) -> str:
    """Return a replay as a CZML document: launch areas, batteries, objects, interceptors."""
    ids = [party.id for party in variant.parties]
    colours = {id: PARTIES[k % len(PARTIES)] for k, id in enumerate(ids)}
    places = [
        Place(
            f"area-{area.id}", area.name, math.degrees(area.position.latitude_rad),
            math.degrees(area.position.longitude_rad), LAUNCH,
        )
        for area in variant.launch_areas
    ] + [
        Place(
            f"battery-{battery.id}", battery.name, math.degrees(battery.position.latitude_rad),
            math.degrees(battery.position.longitude_rad), colours[battery.owner.id],
            text(
                "dossier.czml.stock", before=shown.interceptors_before.get(battery.id, 0),
                after=shown.interceptors_after.get(battery.id, 0),
            ),
        )
        for battery in variant.batteries
    ]  # fmt: skip
    decoys = {e.object for e in shown.events if e.event == "ignition" and e.outcome == "decoy"}
    name = text(
        "dossier.czml.name", raid=shown.raid, agreement=shown.agreement,
        discrimination=shown.discrimination, replicate=shown.replicate,
    )  # fmt: skip
    return document(name, places, [_moving(path, colours, decoys) for path in shown.paths])


def _moving(path: FlownPath, colours: dict[str, Colour], decoys: set[int]) -> Moving:
    if path.kind == "interceptor":
        return Moving(path.id, path.id, path.times_s, path.positions_m, colours[path.party])
    decoy = int(path.id.rpartition("-")[2]) in decoys
    said = text("dossier.czml.decoy" if decoy else "dossier.czml.missile")
    colour = DECOY if decoy else OBJECT
    return Moving(path.id, path.id, path.times_s, path.positions_m, colour, said)
