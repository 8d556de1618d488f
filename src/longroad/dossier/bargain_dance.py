"""The concession dance: what each dated proposal would have been worth to each party."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from collections.abc import Callable

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.bargain_data import Bargain, Package
from longroad.dossier.bargain_words import colour, mark, points
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.raid_chart import steps_of

NAME = "bargain-dance"
MOST_NAME = 22
WIDTH_PX, LEFT_PX, HEAD_PX, HIGH_PX, GAP_PX, FOOT_PX = 1080.0, 84.0, 22.0, 118.0, 18.0, 176.0


def figure(found: Bargain) -> Figure | None:
    """Return the drawing, or None with fewer than two dated proposals."""
    shown = dated(found)
    if len(shown) < 2:
        return None
    kept = [
        one for one in shown
        if all(one.gains[party].p50 >= 0.0 for party in found.parties)
    ]  # fmt: skip
    answered = found.all_figures("concession_correlation")
    words = text("dossier_bargain.dance.alt", count=len(shown), fine=len(kept))
    if answered and answered[0].best == answered[0].best:
        words += " " + text(
            "dossier_bargain.dance.correlation", value=f"{answered[0].best:.2f}",
            pairs=answered[0].about,
        )  # fmt: skip
    return Figure(NAME, text("dossier_bargain.dance.title"), words, lambda: draw(found))


def dated(found: Bargain) -> list[Package]:
    """Return the dated proposals in order."""
    return [one for one in found.dated if one.date]


def draw(found: Bargain) -> ET.Element:
    """Return the drawing: a panel for each party, a step to the right for each proposal."""
    shown = dated(found)
    count = len(found.parties)
    foot = HEAD_PX * count + HIGH_PX * count + GAP_PX * (count - 1)
    root = plot.canvas(WIDTH_PX, foot + FOOT_PX)
    wide = (WIDTH_PX - LEFT_PX - 20.0) / len(shown)

    def x(k: int) -> float:
        return LEFT_PX + wide * (k + 0.5)

    for k, one in enumerate(shown):
        if k and one.date[:4] != shown[k - 1].date[:4]:
            at = x(k) - wide / 2.0
            plot.line(root, (at, HEAD_PX, at, foot + 4.0), palette.RULE, 0.8, dashes="2 3")
    top = 0.0
    for party in found.parties:
        top += HEAD_PX
        _panel(root, found, party, shown, top, x)
        top += HIGH_PX + GAP_PX
    for k, one in enumerate(shown):
        name = one.name if len(one.name) <= MOST_NAME else one.name[: MOST_NAME - 1].rstrip() + "…"
        made = add(root, "text", x=x(k) + 4.0, y=foot + 12.0, font_size=11.0, fill=palette.INK,
                   transform=f"rotate(-56 {x(k) + 4.0:.1f} {foot + 12.0:.1f})")  # fmt: skip
        made.set("text-anchor", "end")
        made.text = f"{name}  {one.date}  {found.number(one)}"
    return root


def _panel(
    root: ET.Element, found: Bargain, party: str, shown: list[Package], top: float,
    x: Callable[[int], float],
) -> None:  # fmt: skip
    """Draw what the proposals are worth to one party."""
    gains = [one.gains[party] for one in shown]
    marks = steps_of(min([*(g.p05 for g in gains), -0.05]), max([*(g.p95 for g in gains), 0.05]))

    def y(value: float) -> float:
        return top + HIGH_PX * (1.0 - (value - marks[0]) / (marks[-1] - marks[0]))

    plot.write(root, text("dossier_bargain.dance.panel", party=found.called(party)), LEFT_PX,
               top - 11.0, 12.5, bold=True)  # fmt: skip
    right = WIDTH_PX - 20.0
    for value in marks[:: max(1, len(marks) // 4)]:
        plot.line(root, (LEFT_PX, y(value), right, y(value)), palette.RULE, 0.6)
        plot.write(root, points(value), LEFT_PX - 5.0, y(value), 11.0, colour=palette.QUIET,
                   anchor="end")  # fmt: skip
    plot.line(root, (LEFT_PX, y(0.0), right, y(0.0)), palette.QUIET, 1.4)
    for who in found.parties:
        own = [k for k, one in enumerate(shown) if one.by == who]
        for a, b in itertools.pairwise(own):
            _arrow(root, (x(a), y(gains[a].p50), x(b), y(gains[b].p50)), colour(found, who))
    for k, one in enumerate(shown):
        paint = colour(found, one.by)
        plot.line(root, (x(k), y(gains[k].p05), x(k), y(gains[k].p95)), paint, 2.2).set(
            "stroke-opacity", "0.45"
        )
        mark(root, found, one.by, x(k), y(gains[k].p50), 4.0, hollow=one.reply != "accepted")


def _arrow(root: ET.Element, ends: tuple[float, float, float, float], paint: str) -> None:
    """Draw a thin line that ends short of its mark with an open head."""
    a, b, c, d = ends
    length = ((c - a) ** 2 + (d - b) ** 2) ** 0.5
    if length < 16.0:
        return
    ux, uy = (c - a) / length, (d - b) / length
    c, d = c - 7.0 * ux, d - 7.0 * uy
    plot.line(root, (a + 6.0 * ux, b + 6.0 * uy, c, d), paint, 1.0)
    for turn in (0.45, -0.45):
        bx = -ux - turn * uy
        by = -uy + turn * ux
        plot.line(root, (c, d, c + 6.0 * bx, d + 6.0 * by), paint, 1.0)


def legend(found: Bargain) -> list[tuple[str, str]]:
    """Return (colour, words): whose proposal."""
    return [
        (colour(found, party), text("dossier_bargain.dance.by", party=found.called(party)))
        for party in found.parties
    ] + [(palette.INK, text("dossier_bargain.dance.by_all"))]
