"""Helpers for charts drawn by hand: a canvas, words, panels side by side with an axis of shares."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier import palette
from longroad.dossier.drawing import HALO, add
from longroad.dossier.numbers import percent
from longroad.dossier.svg import FAMILY, SVG

TITLE_PX, AXIS_PX = 24.0, 42.0
# Letters stand about their middle when their foot is this part of their size below it.
FOOT = 0.33
# A panel narrower than this has fewer marks on its axis.
NARROW_PX = 240.0
# Mean width of a character where words are shortened: less than where room is made for them.
ADVANCE = 0.53


def canvas(width: float, height: float) -> ET.Element:
    """Return an empty drawing of a size in pixels."""
    root = ET.Element(f"{{{SVG}}}svg", {"viewBox": f"0 0 {width:g} {height:g}"})
    root.set("font-family", FAMILY)
    return root


def write(
    root: ET.Element, words: str, x: float, y: float, px: float = 12.0, *, bold: bool = False,
    colour: str = palette.INK, anchor: str = "start", room: float | None = None,
    halo: bool = False,
) -> None:  # fmt: skip
    """Write a line whose letters stand about ``y``; longer than ``room`` pixels it is shortened.

    A ``halo`` sets it off from what it stands on.
    """
    look = HALO if halo else {}
    made = add(root, "text", x=x, y=y + FOOT * px, font_size=px, fill=colour, **look)
    if bold:
        made.set("font-weight", "600")
    if anchor != "start":
        made.set("text-anchor", anchor)
    made.text = words
    if room is not None:
        fits = int(room / (ADVANCE * (1.06 if bold else 1.0) * px))
        if len(words) > fits:
            made.text = words[: max(fits - 1, 1)].rstrip() + "…"


def line(
    root: ET.Element, ends: tuple[float, float, float, float], colour: str, width: float,
    *, dashes: str = "", cap: str = "",
) -> ET.Element:  # fmt: skip
    """Draw a straight line from (x, y) to (x, y)."""
    a, b, c, d = ends
    path = f"M{a:.1f},{b:.1f}L{c:.1f},{d:.1f}"
    made = add(root, "path", d=path, fill="none", stroke=colour, stroke_width=width)
    if dashes:
        made.set("stroke-dasharray", dashes)
    if cap:
        made.set("stroke-linecap", cap)
    return made


@dataclass(frozen=True)
class Panel:
    """One of several panels side by side: a key, and shares from 0 to 1 over its width."""

    key: str
    left: float
    width: float

    def x(self, share: float) -> float:
        """Return where a share stands."""
        return self.left + self.width * share


def panels(
    root: ET.Element, titles: dict[str, str], left: float, whole: float, gap: float, high: float,
    axis: str, marks: Sequence[float] | None = None,
) -> Iterator[Panel]:  # fmt: skip
    """Draw titles, grid and axes of panels for ``titles`` by key, and yield each.

    ``whole`` is the width of the drawing, ``high`` the height of the panels' ground.
    """
    width = (whole - left - gap * (len(titles) - 1)) / max(len(titles), 1)
    narrow = width < NARROW_PX
    values = marks or ((0.0, 0.5, 1.0) if narrow else (0.0, 0.25, 0.5, 0.75, 1.0))
    if ADVANCE * 12.0 * len(axis) > width + gap - 10.0:
        axis = text("dossier.charts.share_axis_short")
    foot = TITLE_PX + high
    for number, (key, title) in enumerate(titles.items()):
        panel = Panel(key, left + number * (width + gap), width)
        write(root, title, panel.left, 9.0, 13.0, bold=True, room=width + gap)
        for value in values:
            at = panel.x(value)
            line(root, (at, TITLE_PX, at, foot), palette.RULE, 0.6)
            anchor = {0.0: "start", 1.0: "end"}.get(value, "middle")
            write(root, percent(value), at, foot + 11.0, colour=palette.QUIET, anchor=anchor)
        middle = panel.x(0.5)
        write(root, axis, middle, foot + 30.0, colour=palette.QUIET, anchor="middle")
        yield panel


def height(high: float) -> float:
    """Return the height of a drawing of panels whose ground is ``high``."""
    return TITLE_PX + high + AXIS_PX
