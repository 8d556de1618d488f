"""The chapter on raids: its block for the page, and its figures by name."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import raid_chart, raid_provisions, raid_rows, raid_tables
from longroad.dossier.figure import Figure
from longroad.dossier.material import Material
from longroad.dossier.naming import variant_names
from longroad.dossier.numbers import listed
from longroad.dossier.raid_data import MODES, Raids
from longroad.dossier.raid_words import party_name

# So many names are told one by one, more are counted.
MOST_LISTED = 3
WORDS = ("leaker", "discrimination", "salvo", "wasted", "procedure")


@dataclass(frozen=True)
class PlainTable:
    """A table of words."""

    heads: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class RaidBlock:
    """What is said of one raid."""

    screen: raid_rows.Screen
    chart: Markup
    steps: Markup | None
    steps_note: str
    steps_table: PlainTable
    burden: raid_tables.ModeTable
    idle: str
    days: raid_tables.ModeTable | None
    rivals: list[raid_tables.Rivals]
    numbers: PlainTable


@dataclass(frozen=True)
class RaidsBlock:
    """What the chapter says; ``modes`` are (id, name, meaning), ``words`` (id, words)."""

    variant: str | None
    modes: list[tuple[str, str, str]]
    legend: list[tuple[str, str]]
    unders: str
    raids: list[RaidBlock]
    words: list[tuple[str, str]]
    note: str


def raids_block(material: Material, shared: dict[str, str]) -> RaidsBlock | None:
    """Return the chapter, or None where the run plays no raids under agreements."""
    found = material.raids
    if found is None:
        return None
    manifest = material.manifest
    variant = None
    if len(manifest.variants) > 1:
        title = variant_names(manifest)[found.variant.id]
        variant = text("dossier_raids.variant", variant=title)
    return RaidsBlock(
        variant=variant,
        modes=[
            (
                mode,
                text(f"dossier_raids.mode.{mode}"),
                text(f"dossier_raids.switch.{mode}"),
            )
            for mode in MODES
        ],
        legend=raid_chart.legend(),
        unders=listed([text(f"dossier_raids.under.{mode}") for mode in MODES]),
        raids=[_raid(material, found, raid, shared) for raid in found.raids],
        words=[(word, text(f"dossier_raids.words.{word}")) for word in WORDS],
        note=text("dossier_raids.note", draws=manifest.draws),
    )


def _raid(material: Material, found: Raids, raid: str, shared: dict[str, str]) -> RaidBlock:
    steps = raid_provisions.figure(found, raid)
    unmoved = raid_provisions.without(found, raid)
    if steps is None:
        note = text("dossier_raids.steps.nothing")
    else:
        key = "others" if len(unmoved) <= MOST_LISTED else "others_count"
        words = {"list": listed(unmoved), "count": len(unmoved)}
        note = text(f"dossier_raids.steps.{key}", **words) if unmoved else ""
    idle = listed([party_name(found, party) for party in found.idle(raid)])
    return RaidBlock(
        screen=raid_rows.screen(found, raid),
        chart=Markup(raid_chart.figure(found, raid).svg(shared)),
        steps=Markup(steps.svg(shared)) if steps is not None else None,
        steps_note=note,
        steps_table=PlainTable(*raid_provisions.table(found, raid)),
        burden=raid_tables.burden(found, raid),
        idle=text("dossier_raids.burden.idle", list=idle) if idle else "",
        days=raid_tables.days(found, raid),
        rivals=raid_tables.rivals(material.manifest, found, raid),
        numbers=PlainTable(*raid_tables.numbers(found, raid)),
    )


def names(material: Material) -> tuple[str, ...]:
    """Return the names of the chapter's figures."""
    found = material.raids
    if found is None:
        return ()
    made = [raid_chart.figure_name(raid) for raid in found.raids]
    made += [
        raid_provisions.figure_name(raid)
        for raid in found.raids
        if raid_provisions.ladders(found, raid)
    ]
    return tuple(made)


def build(material: Material, name: str) -> Figure | None:
    """Return the figure of that name, or None."""
    found = material.raids
    for raid in found.raids if found is not None else ():
        if found is not None and name == raid_chart.figure_name(raid):
            return raid_chart.figure(found, raid)
        if found is not None and name == raid_provisions.figure_name(raid):
            return raid_provisions.figure(found, raid)
    return None


def legend(name: str) -> list[tuple[str, str]]:
    """Return (colour, words) of a figure's legend."""
    whole = raid_chart.legend()
    return whole[: len(MODES)] if name.startswith("raid-steps-") else whole
