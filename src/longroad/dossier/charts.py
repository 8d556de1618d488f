"""Two charts of figures with intervals: what each variant adds, and what rival claims change."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.drawing import add
from longroad.dossier.labels import MEAN_ADVANCE
from longroad.dossier.numbers import share
from longroad.dossier.reading import Spread

ROW_PX = 34
GAP_PX = 36
PAGE_PX = 1060
LEFT_PX = 112
MOST_LEFT_PX = 236
RIVAL_LEFT_PX = 300
HEADING_PX, SLOT_PX = 34.0, 14.0


@dataclass(frozen=True)
class Bar:
    """One figure of one variant against one missile class."""

    variant: str
    missile: str
    spread: Spread


@dataclass(frozen=True)
class RivalRow:
    """A rival claim with the figures it leads to, by (variant, missile class).

    ``detail`` is the value claimed, and whether it is the adopted one.
    """

    quantity: str
    claim: str
    detail: str
    adopted: bool
    figures: dict[tuple[str, str], Spread]


def room_for(names: list[str], font_px: float, least_px: float, most_px: float) -> float:
    """Return the width that the longest of some names needs."""
    longest = max((len(name) for name in names), default=0)
    return min(max(MEAN_ADVANCE * font_px * longest + 14.0, least_px), most_px)


def affected(rows: list[RivalRow]) -> dict[str, set[str]]:
    """Return by disputed quantity the variants in which any rival claim changes a figure."""
    found: dict[str, set[str]] = {}
    for row in rows:
        own = found.setdefault(row.quantity, set())
        if not row.adopted:
            own |= {variant for variant, _ in row.figures}
    return found


def _ends(spread: Spread) -> tuple[float, float]:
    low = spread.best if spread.epistemic_p05 is None else spread.epistemic_p05
    high = spread.best if spread.epistemic_p95 is None else spread.epistemic_p95
    return low, high


def phases(bars: list[Bar], variants: dict[str, str], missiles: dict[str, str]) -> ET.Element:
    """Return the chart of figure and interval: a panel per missile class, a row per variant."""
    rows = list(variants)
    left = room_for(list(variants.values()), 13.0, LEFT_PX, MOST_LEFT_PX)
    high = float(ROW_PX * len(rows))
    root = plot.canvas(PAGE_PX, plot.height(high))

    def middle(variant: str) -> float:
        return plot.TITLE_PX + ROW_PX * (rows.index(variant) + 0.5)

    for variant, name in variants.items():
        plot.write(root, name, left - 8.0, middle(variant), 13.0, anchor="end", room=left)
    axis = text("dossier.charts.share_axis")
    for panel in plot.panels(root, missiles, left, PAGE_PX, GAP_PX, high, axis):
        for bar in bars:
            if bar.missile != panel.key:
                continue
            y, (low, top) = middle(bar.variant), _ends(bar.spread)
            ends = (panel.x(low), y, panel.x(top), y)
            plot.line(root, ends, palette.MOST, 5.0, cap="round")
            add(
                root, "circle", cx=panel.x(bar.spread.best), cy=y, r=4.7, fill=palette.ALL,
                stroke="#fff", stroke_width=1.2,
            )  # fmt: skip
            side = bar.spread.best > 0.6
            at, anchor = (panel.x(low) - 9.0, "end") if side else (panel.x(top) + 9.0, "start")
            plot.write(root, share(bar.spread), at, y, 12.5, anchor=anchor)
    return root


@dataclass(frozen=True)
class _Row:
    """Where a claim's row stands: its middle, and the variants shown under its quantity."""

    row: RivalRow
    top: float
    middle: float
    bottom: float
    slots: list[str]


def rivals(rows: list[RivalRow], variants: dict[str, str], missiles: dict[str, str]) -> ET.Element:
    """Return the dot plot of rival claims: claims under their quantity, a panel per missile class.

    Dots run from light to dark, and from top to bottom, in the order of the variants; under a
    quantity only those stand in which a rival claim changes something.
    """
    shown = affected(rows)
    headings: list[tuple[float, str]] = []
    placed: list[_Row] = []
    y, last = 0.0, None
    for row in rows:
        if row.quantity != last:
            headings.append((y + HEADING_PX - 12.0, row.quantity))
            y, last = y + HEADING_PX, row.quantity
        slots = [variant for variant in variants if variant in shown[row.quantity]]
        claim_px = max(SLOT_PX * len(slots) + 12.0, 42.0)
        placed.append(_Row(row, y + 2.0, y + claim_px / 2.0, y + claim_px - 2.0, slots))
        y += claim_px
    root = plot.canvas(PAGE_PX, plot.height(y))
    colours = dict(zip(variants, palette.sequence(len(variants)), strict=True))
    width = (PAGE_PX - RIVAL_LEFT_PX - GAP_PX * (len(missiles) - 1)) / len(missiles)
    grounds = [RIVAL_LEFT_PX + n * (width + GAP_PX) for n in range(len(missiles))]
    for one in placed:
        for left in grounds:
            add(
                root, "rect", x=left, y=plot.TITLE_PX + one.top, width=width,
                height=one.bottom - one.top, fill=palette.SEA,
            )  # fmt: skip
    axis = text("dossier.charts.share_axis")
    for panel in plot.panels(root, missiles, RIVAL_LEFT_PX, PAGE_PX, GAP_PX, y, axis):
        for one in placed:
            _dots(root, panel, one, colours)
    for at, words in headings:
        room = RIVAL_LEFT_PX - 12 + width
        plot.write(root, words, 0.0, plot.TITLE_PX + at, 12.5, bold=True, room=room)
    for one in placed:
        at = plot.TITLE_PX + one.middle
        room = RIVAL_LEFT_PX - 24.0
        plot.write(root, one.row.claim, 12.0, at - 8.0 * bool(one.row.detail), 12.5, room=room)
        if one.row.detail:
            colour = palette.QUIET
            plot.write(root, one.row.detail, 12.0, at + 9.0, 12.5, colour=colour, room=room)
    return root


def _dots(root: ET.Element, panel: plot.Panel, one: _Row, colours: dict[str, str]) -> None:
    """Draw the figures of one claim against one missile class."""
    top = plot.TITLE_PX + one.middle - 0.5 * SLOT_PX * len(one.slots)
    for (variant, missile), spread in one.row.figures.items():
        if missile != panel.key or variant not in one.slots:
            continue
        y, (low, high) = top + SLOT_PX * (one.slots.index(variant) + 0.5), _ends(spread)
        ends = (panel.x(low), y, panel.x(high), y)
        plot.line(root, ends, colours[variant], 3.0, cap="round").set("opacity", "0.5")
        add(root, "circle", cx=panel.x(spread.best), cy=y, r=4.0, fill=colours[variant])
