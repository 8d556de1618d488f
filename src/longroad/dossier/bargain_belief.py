"""Interests or physics: the share with an agreement by what each side takes for true."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.bargain_data import Bargain, Cell
from longroad.dossier.bargain_heat import COLOURS, DARK, step
from longroad.dossier.bargain_words import names, points
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import listed, percent
from longroad.dossier.sheet import wrapped

NAME = "bargain-beliefs"
WIDTH_PX, LEFT_PX, HEAD_PX, WIDE_PX, HIGH_PX, GAP_PX = 900.0, 190.0, 62.0, 290.0, 108.0, 64.0


def groups(found: Bargain) -> list[tuple[str, list[str]]]:
    """Return the parties by the assumption set that they hold, in the order of the file."""
    own = next((one for one in found.cells if one.own), None)
    made: dict[str, list[str]] = {}
    for party in found.parties if own is not None else ():
        made.setdefault(own.holds[party] if own is not None else "", []).append(party)
    return list(made.items())


def grid(found: Bargain) -> list[list[Cell]] | None:
    """Return the two by two cells of two groups, None where there are not just two."""
    sides = groups(found)
    if len(sides) != 2:
        return None
    (first, rows), (second, columns) = sides
    made = []
    for one in (first, second):
        line = []
        for other in (first, second):
            held = {**dict.fromkeys(rows, one), **dict.fromkeys(columns, other)}
            cell = next((c for c in found.cells if c.mixed and c.holds == held), None)
            if cell is None:
                return None
            line.append(cell)
        made.append(line)
    return made


def worth(found: Bargain) -> list[tuple[str, float, float]]:
    """Return what all holding each set adds to the share: set, at the table, with those at home."""
    own = next((one for one in found.cells if one.own), None)
    if own is None:
        return []
    held = dict.fromkeys(own.holds.values())
    return [
        (found.set_name(next(iter(one.holds.values()))), one.share - own.share, one.home - own.home)
        for one in found.cells
        if len(set(one.holds.values())) == 1 and next(iter(one.holds.values())) in held
    ]


def figure(found: Bargain) -> Figure | None:
    """Return the drawing, or None where two sides do not differ."""
    if grid(found) is None:
        return None
    told = listed(
        [
            text("dossier_bargain.belief.alt_one", name=name, home=points(home))
            for name, _, home in worth(found)
        ]
    )
    return Figure(
        NAME,
        text("dossier_bargain.belief.title"),
        text("dossier_bargain.belief.alt", list=told),
        lambda: draw(found),
    )


def draw(found: Bargain) -> ET.Element:
    """Return the drawing: four cells, with arrows to those in which all hold the same."""
    cells = grid(found)
    root = plot.canvas(WIDTH_PX, HEAD_PX + 2 * HIGH_PX + GAP_PX + 12.0)
    if cells is None:
        return root
    (first, rows), (second, columns) = groups(found)
    sets = (first, second)
    plot.write(root, text("dossier_bargain.belief.holds", parties=names(columns, found)), LEFT_PX,
               9.0, 12.5, bold=True)  # fmt: skip
    for k, line in enumerate(
        wrapped(text("dossier_bargain.belief.holds", parties=names(rows, found)), LEFT_PX - 20.0,
                12.5)[:3]
    ):  # fmt: skip
        plot.write(root, line, 0.0, HEAD_PX - 26.0 + 14.5 * k, 12.5, bold=True)
    for j, name in enumerate(sets):
        for n, line in enumerate(wrapped(found.set_name(name), WIDE_PX - 10.0, 11.5)[:2]):
            left = LEFT_PX + j * (WIDE_PX + GAP_PX)
            plot.write(root, line, left, 29.0 + 14.0 * n, 11.5, colour=palette.QUIET)
    for i, name in enumerate(sets):
        top = HEAD_PX + i * (HIGH_PX + GAP_PX)
        for n, line in enumerate(wrapped(found.set_name(name), LEFT_PX - 24.0, 11.5)[:3]):
            plot.write(root, line, 0.0, top + HIGH_PX / 2.0 + 14.0 * n, 11.5, colour=palette.QUIET)
        for j, one in enumerate(cells[i]):
            _cell(root, found, one, LEFT_PX + j * (WIDE_PX + GAP_PX), top)
    _arrows(root, cells)
    return root


def _arrows(root: ET.Element, cells: list[list[Cell]]) -> None:
    """Draw what joint fact-finding adds: from the cell of today to those of one set for all."""
    here = next(((i, j) for i in (0, 1) for j in (0, 1) if cells[i][j].own), None)
    if here is None:
        return
    own = cells[here[0]][here[1]]
    for i in (0, 1):
        for j in (0, 1):
            if len(set(cells[i][j].holds.values())) > 1 or (i == here[0]) == (j == here[1]):
                continue
            a, b = _middle(*here)
            c, d = _middle(i, j)
            half = ((WIDE_PX / 2.0 + 8.0) if i == here[0] else 0.0, HIGH_PX / 2.0 + 8.0)
            across, down = (c > a) - (c < a), (d > b) - (d < b)
            ends = (
                a + across * half[0], b + down * half[1],
                c - across * half[0], d - down * half[1],
            )  # fmt: skip
            plot.line(root, ends, palette.LAUNCH, 2.2)
            for turn in (-4.0, 4.0):
                tip = (ends[2] - 6.0 * across + turn * abs(down),
                       ends[3] - 6.0 * down + turn * abs(across))  # fmt: skip
                plot.line(root, (ends[2], ends[3], *tip), palette.LAUNCH, 2.2)
            words = text(
                "dossier_bargain.belief.points", points=points(cells[i][j].home - own.home)
            )
            x, y = 0.5 * (ends[0] + ends[2]), 0.5 * (ends[1] + ends[3])
            plot.write(root, words, x + (8.0 if down else 0.0), y - (10.0 if across else 0.0), 11.5,
                       bold=True, anchor="start" if down else "middle")  # fmt: skip


def _middle(i: int, j: int) -> tuple[float, float]:
    """Return the middle of a cell."""
    return (
        LEFT_PX + j * (WIDE_PX + GAP_PX) + WIDE_PX / 2.0,
        HEAD_PX + i * (HIGH_PX + GAP_PX) + HIGH_PX / 2.0,
    )


def _cell(root: ET.Element, found: Bargain, one: Cell, left: float, top: float) -> None:
    own = next(cell for cell in found.cells if cell.own)
    number = step(one.home)
    paint = "#fff" if number >= DARK else palette.INK
    add(root, "rect", x=left, y=top, width=WIDE_PX, height=HIGH_PX, fill=COLOURS[number],
        stroke=palette.LAUNCH if one.own else palette.RULE,
        stroke_width=3.0 if one.own else 0.8)  # fmt: skip
    error = 196.0 * one.home_mc_se
    plot.write(root, text("dossier_bargain.belief.share", share=percent(one.home),
                          error=f"{error:.0f}"), left + 12.0, top + 22.0, 19.0, bold=True,
               colour=paint)  # fmt: skip
    lines = [
        text("dossier_bargain.belief.table", share=percent(one.share)),
        text("dossier_bargain.belief.gains",
             list=", ".join(f"{100.0 * one.gains[p]:.1f}" for p in found.parties)),
    ]  # fmt: skip
    if one.own:
        lines.append(text("dossier_bargain.belief.own"))
    else:
        change = points(one.home - own.home)
        same = len(set(one.holds.values())) == 1
        lines.append(text(f"dossier_bargain.belief.{'common' if same else 'mixed'}", change=change))
    for n, words in enumerate(lines):
        plot.write(root, words, left + 12.0, top + 48.0 + 17.0 * n, 12.0, colour=paint,
                   room=WIDE_PX - 20.0)  # fmt: skip
