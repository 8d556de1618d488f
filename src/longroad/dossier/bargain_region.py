"""Where an agreement exists in the space of what parties want: two numbers, one another's axis."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.bargain_data import Bargain, Point
from longroad.dossier.bargain_heat import COLOURS, DARK, STEPS, at_least, step
from longroad.dossier.bargain_words import moved_by
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import percent

NAME = "bargain-weights"
WIDTH_PX, LEFT_PX, SIZE_PX, HIGH_PX, HEAD_PX, FOOT_PX = 760.0, 70.0, 470.0, 320.0, 24.0, 46.0
LEAST_COUNT = 8


def region(found: Bargain) -> tuple[str, str, str, list[Point]] | None:
    """Return the measure, the two numbers by id and the points; None where none was drawn."""
    for plot_id, points in found.points.items():
        kind, _, rest = plot_id.partition("/")
        if kind == "weights":
            measure, _, inputs = rest.partition("/")
            first, _, second = inputs.partition("|")
            return measure, first, second, points
    return None


def _named(found: Bargain, id: str) -> str:
    return next((moved_by(found, one) for one in found.swings if one.input == id), id)


def figure(found: Bargain) -> Figure | None:
    """Return the drawing, or None."""
    known = region(found)
    if known is None:
        return None
    measure, first, second, points = known
    cells = [p for p in points if p.series == "cell" and p.count >= LEAST_COUNT]
    if not cells:
        return None
    least, most = (pick(cells, key=lambda p: p.value) for pick in (min, max))
    return Figure(
        NAME,
        text(f"dossier_bargain.region.title_{measure}"),
        text(
            "dossier_bargain.region.alt", first=_named(found, first), second=_named(found, second),
            low=percent(least.value), high=percent(most.value),
        ),
        lambda: draw(found),
    )  # fmt: skip


def draw(found: Bargain) -> ET.Element:
    """Return the drawing: a cell for each pair of intervals, mean numbers with and without."""
    known = region(found)
    root = plot.canvas(WIDTH_PX, HEAD_PX + HIGH_PX + FOOT_PX)
    if known is None:
        return root
    _, first, second, points = known
    cells = [p for p in points if p.series == "cell"]
    xs, ys = (sorted({getattr(p, axis) for p in cells}) for axis in "xy")
    foot = HEAD_PX + HIGH_PX
    wide, high = SIZE_PX / len(xs), HIGH_PX / len(ys)
    step_x, step_y = xs[1] - xs[0], ys[1] - ys[0]

    def x(value: float) -> float:
        return LEFT_PX + wide * ((value - xs[0]) / step_x + 0.5)

    def y(value: float) -> float:
        return foot - high * ((value - ys[0]) / step_y + 0.5)

    for p in cells:
        sure = p.count >= LEAST_COUNT and math.isfinite(p.value)
        number = step(p.value) if sure else 0
        left, top = x(p.x) - wide / 2.0, y(p.y) - high / 2.0
        add(root, "rect", x=left + 0.5, y=top + 0.5, width=wide - 1.0, height=high - 1.0,
            fill=COLOURS[number] if sure else "#f4f6f7", stroke=palette.RULE,
            stroke_width=0.5)  # fmt: skip
        words = percent(p.value) if sure else ""
        paint = "#fff" if number >= DARK else palette.INK
        plot.write(root, words, x(p.x), y(p.y), 11.5, colour=paint, anchor="middle")
        if sure:
            plot.write(root, text("dossier_bargain.region.count", count=f"{p.count:.0f}"), x(p.x),
                       y(p.y) + 14.0, 9.5, colour=paint, anchor="middle")  # fmt: skip
    for k in range(len(xs) + 1):
        value = xs[0] + step_x * (k - 0.5)
        plot.write(root, _short(value), x(value), foot + 11.0, 11.0, colour=palette.QUIET,
                   anchor="middle")  # fmt: skip
    for k in range(len(ys) + 1):
        value = ys[0] + step_y * (k - 0.5)
        plot.write(root, _short(value), LEFT_PX - 6.0, y(value), 11.0, colour=palette.QUIET,
                   anchor="end")  # fmt: skip
    plot.write(root, _named(found, first), LEFT_PX + SIZE_PX / 2.0, foot + 31.0, 12.0,
               anchor="middle", bold=True)  # fmt: skip
    plot.write(root, _named(found, second), 0.0, 9.0, 12.0, bold=True)
    side = LEFT_PX + SIZE_PX + 22.0
    row = HEAD_PX + 10.0
    for series, paint in (("signed", palette.ALL), ("unsigned", palette.LAUNCH)):
        for p in points:
            if p.series != series:
                continue
            for px, py in ((x(p.x), y(p.y)), (side + 6.0, row)):
                add(root, "circle", cx=px, cy=py, r=6.5, fill="none", stroke="#fff",
                    stroke_width=4.5)  # fmt: skip
                add(root, "circle", cx=px, cy=py, r=6.5, fill="none", stroke=paint,
                    stroke_width=2.4)  # fmt: skip
            plot.write(root, text(f"dossier_bargain.region.{series}"), side + 20.0, row, 11.5)
            plot.write(root, f"{_short(p.x)}, {_short(p.y)}", side + 20.0, row + 14.5, 11.5,
                       colour=palette.QUIET)  # fmt: skip
            row += 40.0
    for number, edge in reversed(list(enumerate([0.0, *STEPS]))):
        add(root, "rect", x=side, y=row - 6.0, width=18.0, height=12.0, fill=COLOURS[number],
            stroke=palette.RULE, stroke_width=0.6)  # fmt: skip
        plot.write(root, at_least(edge), side + 24.0, row,
                   11.0)  # fmt: skip
        row += 17.0
    return root


def _short(value: float) -> str:
    return f"{value:.3g}"
