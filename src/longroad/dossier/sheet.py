"""A figure as it leaves the dossier: with title, legend and a source line, to be cited alone."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass

from longroad.dossier import palette
from longroad.dossier.labels import MEAN_ADVANCE
from longroad.dossier.svg import SVG, hatch_pattern

MARGIN = 20.0
LEAST_WIDTH = 560.0
TITLE_PX, TEXT_PX, SMALL_PX = 17.0, 12.5, 11.0
LEADING = 1.35
SWATCH = (18.0, 11.0)
FAMILY = "Inter, system-ui, sans-serif"


@dataclass(frozen=True)
class Swatches:
    """One line of a legend: what it is about, then colours with their words."""

    words: str
    items: tuple[tuple[str, str], ...]


def wrapped(words: str, width: float, font_px: float) -> list[str]:
    """Return a text in lines that fit a width, by the mean width of a character."""
    room = max(int(width / (MEAN_ADVANCE * 0.96 * font_px)), 12)
    lines: list[str] = []
    now = ""
    for word in words.split():
        if now and len(now) + 1 + len(word) > room:
            lines.append(now)
            now = word
        else:
            now = f"{now} {word}" if now else word
    return [*lines, now] if now else lines


class _Page:
    """A drawing that grows downwards."""

    def __init__(self, width: float) -> None:
        self.root = ET.Element(f"{{{SVG}}}svg", {"font-family": FAMILY})
        self.width = width
        self.y = MARGIN
        # Where the colours of a legend begin, so that its lines stand in columns.
        self.column = 0.0

    def text(self, words: str, x: float, px: float, colour: str, weight: int = 400) -> None:
        made = ET.SubElement(
            self.root,
            f"{{{SVG}}}text",
            {
                "x": f"{x:.1f}",
                "y": f"{self.y:.1f}",
                "font-size": f"{px:g}",
                "font-weight": str(weight),
                "fill": colour,
            },
        )
        made.text = words

    def paragraph(self, words: str, px: float, colour: str, weight: int = 400) -> None:
        for line in wrapped(words, self.width - 2 * MARGIN, px * (1.06 if weight > 400 else 1.0)):
            self.y += px * LEADING
            self.text(line, MARGIN, px, colour, weight)

    def legend(self, line: Swatches) -> None:
        self.y += SMALL_PX * 1.7
        x = MARGIN
        if line.words:
            self.text(line.words, x, SMALL_PX, palette.QUIET)
            x += self.column
        for colour, words in line.items:
            wide = SWATCH[0] + 5.0 + MEAN_ADVANCE * SMALL_PX * len(words) + 12.0
            if x + wide > self.width - MARGIN / 2.0:
                self.y += SMALL_PX * 1.6
                x = MARGIN
            box = {"x": f"{x:.1f}", "y": f"{self.y - SWATCH[1] + 2:.1f}"}
            box |= {"width": f"{SWATCH[0]:g}", "height": f"{SWATCH[1]:g}", "fill": colour}
            if colour.startswith("url"):
                box["stroke"] = palette.HATCH
            ET.SubElement(self.root, f"{{{SVG}}}rect", box)
            self.text(words, x + SWATCH[0] + 5.0, SMALL_PX, palette.INK)
            x += wide


def sheet(
    drawn: str, *, title: str, words: Sequence[str], legend: Sequence[Swatches], source: str
) -> str:
    """Return a figure's SVG on a white sheet: title, drawing, legend, what it says, its source."""
    inner = ET.fromstring(drawn)
    _, _, wide, high = (float(v) for v in inner.attrib["viewBox"].split())
    page = _Page(max(wide + 2 * MARGIN, LEAST_WIDTH))
    page.y -= TITLE_PX * 0.5
    page.paragraph(title, TITLE_PX, palette.INK, 600)
    page.y += 12.0
    inner.set("x", f"{(page.width - wide) / 2.0:g}")
    inner.set("y", f"{page.y:g}")
    inner.set("width", f"{wide:g}")
    inner.set("height", f"{high:g}")
    page.root.append(inner)
    page.y += high + 4.0
    named = [len(line.words) for line in legend if line.items]
    page.column = MEAN_ADVANCE * SMALL_PX * max(named, default=0) + 10.0
    for line in legend:
        page.legend(line)
    page.y += 6.0
    for paragraph in words:
        page.paragraph(paragraph, TEXT_PX, palette.INK)
        page.y += 3.0
    page.paragraph(source, SMALL_PX, palette.QUIET)
    height = page.y + MARGIN * 0.8
    root = page.root
    root.set("viewBox", f"0 0 {page.width:g} {height:g}")
    root.set("width", f"{page.width:g}")
    root.set("height", f"{height:g}")
    ground = ET.Element(f"{{{SVG}}}rect", {"width": "100%", "height": "100%", "fill": "#fff"})
    root.insert(0, ground)
    if any(colour.startswith("url") for line in legend for colour, _ in line.items):
        defs = ET.Element(f"{{{SVG}}}defs")
        defs.append(hatch_pattern("hatch"))
        root.insert(0, defs)
    return ET.tostring(root, encoding="unicode")
