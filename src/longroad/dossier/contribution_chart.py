"""The chart of contributions: a row for each part, a panel for each missile class."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier import palette, plot

ALONE, LOST, WHOLE = palette.MOST, palette.ALL, palette.INK
ROW_PX = 20.0
HEADING_PX = 26.0
PAGE_PX = 1060
LEFT_PX = 250
GAP_PX = 26


@dataclass(frozen=True)
class Part:
    """A battery, sensor or mode against one missile: shares of the area within reach.

    ``without`` is NaN for what cannot be taken away.
    """

    kind: str
    name: str
    missile: str
    whole: float
    without: float
    alone: float


def chart(parts: list[Part], kinds: dict[str, str], missiles: dict[str, str]) -> ET.Element:
    """Return the drawing: kinds under headings, parts in their order.

    Pale bars run from nothing to *alone*, dark ones from *without* to *whole*, a line is *whole*.
    """
    places: dict[tuple[str, str], float] = {}
    headings: list[tuple[float, str]] = []
    y, last = 0.0, None
    for part in parts:
        if (part.kind, part.name) in places:
            continue
        if part.kind != last:
            headings.append((y + HEADING_PX - 9.0, kinds[part.kind]))
            y, last = y + HEADING_PX, part.kind
        places[part.kind, part.name] = y + 0.5 * ROW_PX
        y += ROW_PX
    root = plot.canvas(PAGE_PX, plot.height(y))
    for at, words in headings:
        plot.write(root, words, 0.0, plot.TITLE_PX + at, 12.5, bold=True, room=LEFT_PX - 10.0)
    for (_, name), at in places.items():
        plot.write(root, name, 12.0, plot.TITLE_PX + at, 12.5, room=LEFT_PX - 22.0)
    axis, marks = text("coverage.contribution.axis"), (0.0, 0.5, 1.0)
    for panel in plot.panels(root, missiles, LEFT_PX, PAGE_PX, GAP_PX, y, axis, marks):
        for part in parts:
            if part.missile == panel.key:
                _bars(root, panel, plot.TITLE_PX + places[part.kind, part.name], _values(part))
    return root


def _bars(root: ET.Element, panel: plot.Panel, y: float, values: dict[str, float]) -> None:
    whole, without = values["whole"], values["without"]
    plot.line(root, (panel.x(0.0), y, panel.x(values["alone"]), y), ALONE, 11.0)
    if whole > without:
        plot.line(root, (panel.x(without), y, panel.x(whole), y), LOST, 5.0)
    plot.line(root, (panel.x(whole), y - 7.5, panel.x(whole), y + 7.5), WHOLE, 1.6)


def _values(part: Part) -> dict[str, float]:
    """Return what the marks need; a share that does not exist is drawn as nothing."""
    whole, alone = _or_zero(part.whole), _or_zero(part.alone)
    without = whole if math.isnan(part.without) else part.without
    return {"whole": whole, "alone": alone, "without": without}


def _or_zero(share: float) -> float:
    return 0.0 if math.isnan(share) else share
