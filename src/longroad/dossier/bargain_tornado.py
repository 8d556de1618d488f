"""What moves the answer: elicited numbers, what is believed of the physics, red lines."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.bargain_data import AGREEMENT, WIDEST, Bargain
from longroad.dossier.bargain_words import colour, moved_by
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.raid_chart import steps_of
from longroad.dossier.sheet import wrapped

NAME = "bargain-tornado"
WIDTH_PX, LEFT_PX, ROW_PX, HEAD_PX, GAP_PX, FOOT_PX = 1080.0, 400.0, 19.0, 44.0, 26.0, 26.0
MOST, MOST_GAINS, MOST_LINES = 7, 2, 8
LOW, HIGH = "#aab2ba", "#3c4956"


@dataclass(frozen=True)
class Row:
    """One thing that moves: changes of every measure from what it is on the whole, low and high."""

    words: str
    paint: str
    ends: dict[str, tuple[float, float]]


def measures(found: Bargain) -> list[str]:
    """Return the measures of the panels."""
    known = dict.fromkeys(one.measure for one in found.swings)
    order = [AGREEMENT, WIDEST, *(f"gain/{party}" for party in found.parties)]
    return [name for name in order if name in known]


def wholes(found: Bargain) -> dict[str, float]:
    """Return what every measure is on the whole: halves weigh alike."""
    made: dict[str, float] = {}
    for one in found.swings:
        made.setdefault(one.measure, 0.5 * (one.low + one.high))
    return made


def elicited(found: Bargain) -> list[Row]:
    """Return the elicited numbers that move something most."""
    chosen: dict[str, str] = {}
    for name in measures(found):
        most = MOST if name in (AGREEMENT, WIDEST) else MOST_GAINS
        for one in found.moves(name)[:most]:
            chosen.setdefault(one.input, one.party)
    whole = wholes(found)
    rows: dict[str, Row] = {}
    for one in found.swings:
        if one.input in chosen:
            row = rows.setdefault(
                one.input, Row(moved_by(found, one), colour(found, one.party), {})
            )
            middle = whole[one.measure]
            row.ends[one.measure] = (one.low - middle, one.high - middle)
    return [rows[id] for id in sorted(rows, key=lambda id: -_size(rows[id]))]


def _size(row: Row) -> float:
    low, high = row.ends.get(AGREEMENT, (0.0, 0.0))
    return abs(high - low)


def believed(found: Bargain) -> list[Row]:
    """Return the assumption sets, each held by all, against all holding the first."""
    common = [one for one in found.cells if len(set(one.holds.values())) == 1]
    if not common:
        return []
    base = common[0]
    rows = []
    for one in common[1:]:
        name = found.set_name(next(iter(one.holds.values())))
        ends = {AGREEMENT: (0.0, one.home - base.home)}
        for party in found.parties:
            ends[f"gain/{party}"] = (0.0, one.gains[party] - base.gains[party])
        words = text("dossier_bargain.tornado.set", name=name)
        rows.append(Row(words, palette.QUIET, ends))
    return rows


def lines(found: Bargain) -> list[Row]:
    """Return the red lines that cost most: with the line, against without it."""
    shown = sorted(
        found.lines,
        key=lambda one: (-one.blocked, -max(map(abs, one.gain_change.values()), default=0.0)),
    )
    return [
        Row(
            text("dossier_bargain.tornado.line", name=one.name, holder=found.called(one.holder)),
            colour(found, one.holder),
            {
                AGREEMENT: (0.0, -one.blocked),
                **{f"gain/{p}": (0.0, change) for p, change in one.gain_change.items()},
            },
        )
        for one in shown[:MOST_LINES]
    ]


def figure(found: Bargain) -> Figure | None:
    """Return the drawing, or None where nothing was drawn."""
    rows = elicited(found)
    if not rows:
        return None
    first = found.moves(AGREEMENT)[0]
    return Figure(
        NAME,
        text("dossier_bargain.tornado.title"),
        text(
            "dossier_bargain.tornado.alt", name=moved_by(found, first),
            low=f"{100.0 * first.low:.0f}%", high=f"{100.0 * first.high:.0f}%",
        ),
        lambda: draw(found),
    )  # fmt: skip


def draw(found: Bargain) -> ET.Element:
    """Return the drawing: blocks of rows, a panel for each measure."""
    names = measures(found)
    blocks = [
        (key, rows)
        for key, rows in (
            ("elicited", elicited(found)), ("believed", believed(found)), ("lines", lines(found)),
        )
        if rows
    ]  # fmt: skip
    high = HEAD_PX + sum(GAP_PX + ROW_PX * len(rows) for _, rows in blocks) + FOOT_PX
    root = plot.canvas(WIDTH_PX, high)
    gap = 18.0
    wide = (WIDTH_PX - LEFT_PX - gap * (len(names) - 1) - 16.0) / len(names)
    every = [row for _, rows in blocks for row in rows]
    whole = wholes(found)
    for k, name in enumerate(names):
        left = LEFT_PX + k * (wide + gap)
        most = max([abs(v) for row in every for v in row.ends.get(name, ())] + [0.005])
        marks = steps_of(-most, most)
        reach = max(abs(marks[0]), abs(marks[-1]))
        _panel(root, found, name, whole.get(name, math.nan), left, wide, reach, high - FOOT_PX)
        y = HEAD_PX
        for _, rows in blocks:
            y += GAP_PX
            for row in rows:
                _bar(root, row.ends.get(name), left + wide / 2.0, 0.5 * wide / reach, y)
                y += ROW_PX
    y = HEAD_PX
    for key, rows in blocks:
        plot.write(root, text(f"dossier_bargain.tornado.{key}"), 0.0, y + 13.0, 12.0, bold=True)
        y += GAP_PX
        for row in rows:
            add(root, "rect", x=0.0, y=y + 4.0, width=5.0, height=ROW_PX - 8.0, fill=row.paint)
            plot.write(root, row.words, 11.0, y + ROW_PX / 2.0, 11.0, room=LEFT_PX - 20.0)
            y += ROW_PX
    return root


def _panel(
    root: ET.Element, found: Bargain, name: str, whole: float, left: float, wide: float,
    reach: float, foot: float,
) -> None:  # fmt: skip
    """Draw one panel's head, grid and axis."""
    if name.startswith("gain/"):
        party = name.removeprefix("gain/")
        title = text("dossier_bargain.tornado.gain", party=found.called(party))
        value = text("dossier_bargain.tornado.whole_gain", value=f"{100.0 * whole:.0f}")
    else:
        title = text(f"dossier_bargain.tornado.{name}")
        value = text("dossier_bargain.tornado.whole", value=f"{100.0 * whole:.0f}%")
    for n, words in enumerate([*wrapped(title, wide + 14.0, 11.0)[:2], value]):
        plot.write(root, words, left, 6.0 + 13.5 * n, 11.0, bold=n < 1 or words != value,
                   colour=palette.INK if words != value else palette.QUIET)  # fmt: skip
    for share in (-1.0, -0.5, 0.0, 0.5, 1.0):
        at = left + wide * (0.5 + 0.5 * share)
        plot.line(root, (at, HEAD_PX + 6.0, at, foot), palette.QUIET if share == 0.0
                  else palette.RULE, 1.0 if share == 0.0 else 0.6)  # fmt: skip
    for share in (-1.0, 0.0, 1.0):
        at = left + wide * (0.5 + 0.5 * share)
        shown = 100.0 * reach * share
        digits = 0 if abs(100.0 * reach - round(100.0 * reach)) < 1e-6 else 1
        sign = "\N{MINUS SIGN}" if shown < 0 else "+" if shown > 0 else ""
        anchor = {-1.0: "start", 1.0: "end"}.get(share, "middle")
        plot.write(root, f"{sign}{abs(shown):.{digits}f}", at, foot + 11.0, 11.0,
                   colour=palette.QUIET, anchor=anchor)  # fmt: skip


def _bar(
    root: ET.Element, ends: tuple[float, float] | None, middle: float, scale: float, y: float
) -> None:
    """Draw the change in the lower half and in the upper half, each in its own colour."""
    if ends is None:
        return
    for value, paint in zip(ends, (LOW, HIGH), strict=True):
        size = abs(value) * scale
        if size < 0.2:
            continue
        left = middle if value > 0.0 else middle - size
        add(root, "rect", x=left, y=y + 4.0, width=size, height=ROW_PX - 8.0, fill=paint)


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of the bars."""
    return [
        (LOW, text("dossier_bargain.tornado.low")),
        (HIGH, text("dossier_bargain.tornado.high")),
    ]
