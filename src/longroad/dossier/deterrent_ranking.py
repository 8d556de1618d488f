"""Which assumption makes the difference: bars by rank, from adopted to the owner's extreme."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.agreement_tables import TextTable
from longroad.dossier.deterrent_data import Deterrent, Difference
from longroad.dossier.deterrent_words import Names, none
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import percent, plain

WIDTH_PX, LEFT_PX, RIGHT_PX, ROW_PX, BAR_PX, HEAD_PX, FOOT_PX = 1080, 400, 250, 34, 11, 22, 34
ALONE, WITHOUT = palette.ALL, palette.NONE
MOST = 10  # assumptions in a chart; the table has the rest
STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25)


def figure_name(owner: str, party: str, towards: str) -> str:
    """Return ``assumptions-<owner>-<party>-<country>``."""
    return f"assumptions-{owner}-{party}-{towards.lower()}"


def told(rows: tuple[Difference, ...]) -> list[Difference]:
    """Return the assumptions that make a difference worth a bar, largest first."""
    some = [row for row in rows if not none(max(row.alone, row.without, 0.0))]
    return [row for row in some if not math.isnan(row.alone)][:MOST]


def figure(names: Names, rows: tuple[Difference, ...]) -> Figure:
    """Return the ranked bars of one pair towards one country."""
    first, shown = rows[0], told(rows)
    return Figure(
        figure_name(first.owner, first.party, first.towards),
        title(names, rows),
        text(
            "dossier_deterrent.ranking.alt", most=words(names, shown[0].quantity),
            alone=points(shown[0].alone), without=points(shown[0].without),
        ),
        lambda: draw(names, shown),
    )  # fmt: skip


def title(names: Names, rows: tuple[Difference, ...]) -> str:
    """Return whose force against whose defence, and the shares between which the bars stand."""
    first = rows[0]
    return text(
        "dossier_deterrent.ranking.title", owner=names.called(first.owner),
        party=names.called(first.party), towards=names.towards(first.towards),
        adopted=percent(first.lost_adopted), most=percent(first.lost_most),
        least=percent(first.lost_least),
    )  # fmt: skip


def words(names: Names, quantity: str) -> str:
    """Return what an assumption is about, as a reader calls it."""
    group, _, name = quantity.partition(".all.")
    if name:
        key = f"dossier_deterrent.ranking.group.{group}"
        return text("dossier_deterrent.ranking.all", group=text(key), name=name.replace("_", " "))
    if quantity == "launch":
        return text("dossier_deterrent.ranking.launch")
    labels = (one.label for one in names.manifest.inputs if one.id.partition("@")[0] == quantity)
    return next(labels, quantity)


def taken_as(row: Difference) -> str:
    """Return the owner's end against the adopted value."""
    if row.owner_word == "own-sensors":
        return text("dossier_deterrent.launch.sensors")
    if math.isnan(row.owner_end) or math.isnan(row.adopted):
        return text(f"dossier_deterrent.ranking.{row.owner_word.rpartition(' ')[2]}")
    return text(
        "dossier_deterrent.ranking.taken", end=number(row.owner_end, row.unit),
        adopted=number(row.adopted, row.unit),
    )  # fmt: skip


def number(value: float, unit: str) -> str:
    """Return a value with its unit."""
    if math.isnan(value):
        return "–"
    return plain(value) if unit == "1" else f"{plain(value)} {unit}"


def points(value: float) -> str:
    """Return a change of a share in percentage points."""
    if math.isnan(value):
        return "–"
    said = f"{100.0 * value:+.1f}".replace("-", "−")
    return text("dossier_deterrent.ranking.points", points=said)


def draw(names: Names, rows: list[Difference]) -> ET.Element:
    """Return the drawing: two bars for each assumption, its words left, its holder right."""
    foot = HEAD_PX + ROW_PX * len(rows)
    root = plot.canvas(WIDTH_PX, foot + FOOT_PX)
    width = WIDTH_PX - LEFT_PX - RIGHT_PX
    most = max(max(row.alone, row.without) for row in rows)
    step = next((one for one in STEPS if most / one <= 5.0), STEPS[-1])
    top = step * math.ceil(most / step - 1e-9)
    scale = (width - 70.0) / top
    plot.write(root, text("dossier_deterrent.ranking.held"), WIDTH_PX - RIGHT_PX + 8.0, 8.0,
               11.0, colour=palette.QUIET)  # fmt: skip
    for k in range(round(top / step) + 1):
        at = LEFT_PX + scale * step * k
        plot.line(root, (at, HEAD_PX - 4.0, at, foot), palette.RULE, 0.6)
        plot.write(root, f"{100.0 * step * k:g}", at, foot + 10.0, 11.0, colour=palette.QUIET,
                   anchor="middle")  # fmt: skip
    plot.write(root, text("dossier_deterrent.ranking.axis"), LEFT_PX, foot + 25.0, 11.0,
               colour=palette.QUIET)  # fmt: skip
    for k, row in enumerate(rows):
        y = HEAD_PX + ROW_PX * (k + 0.5)
        plot.write(root, words(names, row.quantity), 0.0, y - 7.0, 12.0, room=LEFT_PX - 12.0)
        plot.write(root, taken_as(row), 0.0, y + 8.0, 11.0, colour=palette.QUIET,
                   room=LEFT_PX - 12.0)  # fmt: skip
        for value, colour, shift in ((row.alone, ALONE, -6.0), (row.without, WITHOUT, 6.0)):
            length = scale * max(value, 0.0)
            add(root, "rect", x=float(LEFT_PX), y=y + shift - BAR_PX / 2.0, width=length,
                height=float(BAR_PX), fill=colour)  # fmt: skip
            plot.write(root, points(value), LEFT_PX + length + 4.0, y + shift, 10.5)
        plot.write(root, row.holder, WIDTH_PX - RIGHT_PX + 8.0, y, 11.0, room=RIGHT_PX - 8.0)
    return root


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of the bars."""
    return [
        (ALONE, text("dossier_deterrent.ranking.alone")),
        (WITHOUT, text("dossier_deterrent.ranking.without")),
    ]


def table(names: Names, rows: tuple[Difference, ...]) -> TextTable:
    """Return every number that moves, at which ends it stands, and who holds the owner's end."""
    heads = [
        text(f"dossier_deterrent.ranking.heads.{name}")
        for name in ("quantity", "adopted", "owner", "defender", "held", "alone", "without")
    ]
    return TextTable(heads, [
        [
            words(names, row.quantity), number(row.adopted, row.unit),
            _end(row.owner_end, row.owner_word, row.unit),
            _end(row.defender_end, row.defender_word, row.unit),
            row.holder or "–", points(row.alone), points(row.without),
        ]
        for row in rows
    ])  # fmt: skip


def _end(value: float, word: str, unit: str) -> str:
    if word == "own-sensors":
        return text("dossier_deterrent.launch.sensors")
    if word == "adopted":
        return text("dossier_deterrent.ranking.as_adopted")
    if math.isnan(value):
        return text(f"dossier_deterrent.ranking.{word.rpartition(' ')[2]}")
    return number(value, unit)


def pairs(found: Deterrent, owner: str) -> list[tuple[Difference, ...]]:
    """Return what can be told of an owner, the defence that takes most of it first."""
    first = found.most(owner)
    parties = sorted(found.against(owner), key=lambda party: party != first)
    every = [rows for party in parties for rows in found.between(owner, party)]
    return [rows for rows in every if told(rows)]
