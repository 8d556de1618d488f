"""The reach explorer of the page: its controls and its words; `explorer_data` has the rest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from longroad.base.messages import text
from longroad.dossier import palette, reach_pack
from longroad.dossier.assumptions import Reading, claimant
from longroad.dossier.material import Material
from longroad.dossier.numbers import listed
from longroad.dossier.reach import EVERYTHING, Force, Reach
from longroad.dossier.reach_sites import Sites
from longroad.dossier.reach_view import (
    COUNTS,
    FRAMES,
    PARTS,
    SPEEDS_KM_S,
    View,
    opening,
    speed_text,
)
from longroad.study.manifest import Manifest


@dataclass(frozen=True)
class Published:
    """The burnout speeds published for one interceptor: buttons that set the slider.

    ``speeds`` are (speed, who says so); ``owners`` the parties that have it, by id.
    """

    name: str
    speeds: list[tuple[str, str]]
    owners: str


@dataclass(frozen=True)
class Group:
    """The forces of one owner, as (id, words)."""

    owner: str
    forces: list[tuple[str, str]]


@dataclass(frozen=True)
class Explorer:
    """What the template needs; ``data`` is JSON for the script."""

    groups: list[Group]
    speeds: tuple[float, float, float]
    delays: tuple[float, float, float]
    published: list[Published]
    parts: list[tuple[str, str]]
    counts: list[tuple[str, str]]
    frames: list[tuple[str, str]]
    legend: list[tuple[str, str, str]]
    view: View
    notes: list[str]


def published(manifest: Manifest) -> list[Published]:
    """Return the burnout speeds of the run's interceptors, rival claims apart, slowest first."""
    low, high, _ = SPEEDS_KM_S
    owners: dict[str, set[str]] = {}
    for variant in manifest.variants:
        for battery in variant.batteries:
            id = battery.interceptor.rpartition("/")[2]
            owners.setdefault(f"interceptor.{id}", set()).add(battery.owner)
    names: dict[str, str] = {}
    speeds: dict[str, dict[str, str]] = {}
    for one in manifest.inputs:
        thing, _, quantity = one.id.partition("@")[0].rpartition(".")
        if thing not in owners or quantity != "burnout_speed":
            continue
        names.setdefault(thing, one.label.rpartition(":")[0] or one.label)
        for value in one.values:
            if value.unit == "km/s" and low <= value.best <= high:
                who = Reading("", f"{thing}.{quantity}", value.claim or "")
                note = claimant(manifest, who) if one.disputed else ""
                speeds.setdefault(thing, {}).setdefault(speed_text(value.best), note)
    found = [
        Published(names[thing], sorted(known.items()), " ".join(sorted(owners[thing])))
        for thing, known in speeds.items()
    ]
    return sorted(found, key=lambda one: (float(one.speeds[0][0]), one.name))


def legend() -> list[tuple[str, str, str]]:
    """Return the classes as (words, colour before the apogee, colour of late only)."""
    levels = palette.REACH_LEVELS
    words = [text("dossier.reach.up_to", speed=f"{levels[0]:.1f}")]
    words += [
        text("dossier.reach.between", low=f"{a:.1f}", high=f"{b:.1f}") for a, b in pairwise(levels)
    ]
    words.append(text("dossier.reach.over", speed=f"{levels[-1]:.1f}"))
    return list(zip(words, palette.REACH_BEFORE, palette.REACH_AFTER, strict=True))


def explorer(material: Material, reach: Reach, sites: Sites) -> Explorer:
    """Return the explorer's controls and words."""
    owners = dict.fromkeys(force.owner for force in reach.forces)
    delays = reach.grid.delay_s
    return Explorer(
        groups=[
            Group(
                next(f.owner_name for f in reach.forces if f.owner == owner),
                [
                    *(_choice(force) for force in reach.forces if force.owner == owner),
                    *_whole(reach, owner),
                ],
            )
            for owner in owners
        ],
        speeds=SPEEDS_KM_S,
        delays=(float(delays[0]), float(delays[-1]), 10.0),
        published=published(material.manifest),
        parts=list(zip(PARTS, [
            text("dossier.reach.part_any"),
            text("dossier.reach.part_before"),
            text("dossier.reach.part_after"),
        ], strict=True)),
        counts=list(zip(COUNTS, [
            text("dossier.reach.count_one"), text("dossier.reach.count_every"),
        ], strict=True)),
        frames=list(zip(FRAMES, [
            text("dossier.reach.frame_flights"),
            text("dossier.reach.frame_sites"),
            text("dossier.reach.frame_pole"),
            text("dossier.reach.frame_world"),
        ], strict=True)),
        legend=legend(),
        view=opening(material.manifest, reach, sites),
        notes=notes(reach) + left_out(material),
    )  # fmt: skip


def _whole(reach: Reach, owner: str) -> list[tuple[str, str]]:
    """Return the choice of all missiles of a party, where there are several kinds."""
    if sum(force.owner == owner for force in reach.forces) < 2:
        return []
    id = f"{EVERYTHING}{owner}"
    return [(id, reach.force(id).name)]


def _choice(force: Force) -> tuple[str, str]:
    if force.missile_name in force.name:
        return force.id, force.name
    words = text("dossier.reach.force", name=force.name, missile=force.missile_name)
    return force.id, words


def left_out(material: Material) -> list[str]:
    """Return which missiles the page has no room for, if any."""
    whole, reach = material.reach, material.shown
    if whole is None or reach is None:
        return []
    here = {force.id: len(force.flights) for force in reach.forces}
    missing = [one.name for one in whole.forces if here.get(one.id, 0) < len(one.flights)]
    if not missing:
        return []
    return [text("dossier.reach.note_left_out", list=listed(missing))]


def notes(reach: Reach) -> list[str]:
    """Return how the picture is made, with its errors."""
    settings = reach.settings
    return [
        text(
            "dossier.reach.note_interceptor",
            burn=f"{settings.burn_time_s:.0f}",
            fraction=f"{settings.boost_path_fraction:g}",
            floor=f"{settings.floor_km:.0f}",
            life=f"{settings.flight_life_s:,.0f}",
        ),
        text(
            "dossier.reach.note_grid",
            step=f"{settings.grid_step_deg:g}",
            unit=f"{reach_pack.STEP_KM_S:g}",
            error=f"{reach_pack.ERROR_KM_S:g}",
            greatest=f"{settings.greatest_speed_km_s:g}",
        ),
        text("dossier.reach.note_least"),
        text("dossier.reach.note_points"),
    ]


def run_id(manifest: Manifest) -> str:
    """Return the short name of a run: the first twelve digits of its content hash."""
    return manifest.content_hash()[:12]
