"""Packages by what two parties gain: the cloud, what all accept, the frontier, proposals."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable
from itertools import combinations

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.bargain_data import NASH, PROPOSAL, WIDEST, Bargain, Package, Point
from longroad.dossier.bargain_words import mark, points
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.raid_chart import steps_of

WIDTH_PX, LEFT_PX, WIDE_PX, HIGH_PX, HEAD_PX, FOOT_PX = 1080.0, 62.0, 640.0, 500.0, 34.0, 46.0
ZONE, BAND = "#e8f1f5", "#9cc3d5"
SOLUTIONS = ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian", WIDEST)
LETTERS = {"nash": "N", "kalai-smorodinsky": "K", "egalitarian": "E", "utilitarian": "U",
           WIDEST: "W"}  # fmt: skip
ROW_PX = 17.5
# Beyond this part of a range to either side a proposal is drawn at the edge.
LEAST_SHOWN = -0.5

Scale = Callable[[float], float]
Series = dict[str, list[Point]]


def pairs(found: Bargain) -> list[tuple[str, str]]:
    """Return the pairs of parties, those with most proposals between them first."""
    made = list(combinations(found.parties, 2))

    def between(pair: tuple[str, str]) -> int:
        return sum(one.by in pair for one in found.kind(PROPOSAL))

    return sorted(made, key=lambda pair: -between(pair))


def name_of(pair: tuple[str, str]) -> str:
    """Return ``bargain-frontier-<party>-<party>``."""
    return f"bargain-frontier-{pair[0]}-{pair[1]}"


def figure(found: Bargain, pair: tuple[str, str]) -> Figure:
    """Return the drawing of one pair."""
    first, second = (found.called(party) for party in pair)
    inside = [
        found.number(one)
        for one in found.dated
        if all(one.gains[party].best >= -1e-9 for party in pair)
    ]
    nash = found.kind(NASH)
    gains = [points(nash[0].gains[party].best) for party in pair] if nash else ["", ""]
    key = "alt" if nash else "alt_none"
    return Figure(
        name_of(pair),
        text("dossier_bargain.frontier.title", first=first, second=second),
        text(
            f"dossier_bargain.frontier.{key}", first=first, second=second, a=gains[0], b=gains[1],
            count=len(inside), all=len(found.dated),
        ),
        lambda: draw(found, pair),
    )  # fmt: skip


def draw(found: Bargain, pair: tuple[str, str]) -> ET.Element:
    """Return the drawing; proposals are numbered as in the tables."""
    known = found.points.get("/".join(["gains", *pair]), [])
    by: dict[str, list[Point]] = {}
    for point in known:
        by.setdefault(point.series, []).append(point)
    shown = found.dated
    computed = found.kind(*SOLUTIONS)
    root = plot.canvas(WIDTH_PX, HEAD_PX + HIGH_PX + FOOT_PX)
    foot = HEAD_PX + HIGH_PX
    across, upward = (
        _scale([one.gains[party].best for one in (*shown, *computed)], list(edge))
        for party, edge in zip(
            pair,
            (
                [p.x for s in ("p95", "frontier") for p in by.get(s, [])],
                [p.y for s in ("p95", "frontier") for p in by.get(s, [])],
            ),
            strict=True,
        )
    )

    def x(value: float) -> float:
        low, high = across[0], across[-1]
        return LEFT_PX + WIDE_PX * (min(max(value, low), high) - low) / (high - low)

    def y(value: float) -> float:
        low, high = upward[0], upward[-1]
        return foot - HIGH_PX * (min(max(value, low), high) - low) / (high - low)

    zone = {"x": x(0.0), "y": HEAD_PX, "width": LEFT_PX + WIDE_PX - x(0.0)}
    add(root, "rect", **zone, height=y(0.0) - HEAD_PX, fill=ZONE)
    for value in across:
        plot.line(root, (x(value), HEAD_PX, x(value), foot), palette.RULE, 0.6)
        plot.write(root, points(value), x(value), foot + 12.0, colour=palette.QUIET,
                   anchor="middle")  # fmt: skip
    for value in upward:
        plot.line(root, (LEFT_PX, y(value), LEFT_PX + WIDE_PX, y(value)), palette.RULE, 0.6)
        plot.write(root, points(value), LEFT_PX - 6.0, y(value), colour=palette.QUIET,
                   anchor="end")  # fmt: skip
    _cloud(root, by.get("cloud", []), across, upward, x, y)
    for axis in ((x(0.0), HEAD_PX, x(0.0), foot), (LEFT_PX, y(0.0), LEFT_PX + WIDE_PX, y(0.0))):
        plot.line(root, axis, palette.QUIET, 1.2)
    names = [found.called(party) for party in pair]
    plot.write(
        root,
        text("dossier_bargain.frontier.axis", party=names[0]),
        LEFT_PX + WIDE_PX / 2.0,
        foot + 31.0,
        colour=palette.QUIET,
        anchor="middle",
    )
    plot.write(root, text("dossier_bargain.frontier.axis", party=names[1]), 0.0, 9.0,
               colour=palette.QUIET)  # fmt: skip
    _bands(root, by, x, y)
    _no_deal(root, by, x, y)
    _marks(root, found, pair, shown, computed, x, y)
    _key(root, found, shown, computed)
    return root


def _scale(values: list[float], edge: list[float]) -> list[float]:
    low = max(min([*values, -0.1]), LEAST_SHOWN)
    high = max([*values, *edge, 0.1])
    return steps_of(low, high)


def _cloud(
    root: ET.Element, cloud: list[Point], across: list[float], upward: list[float], x: Scale,
    y: Scale,
) -> None:  # fmt: skip
    """Draw how many packages there are, as squares whose area is the share of the densest."""
    most = max((point.count for point in cloud), default=1.0)
    parts = []
    for one in cloud:
        if not (across[0] < one.x < across[-1] and upward[0] < one.y < upward[-1]):
            continue
        half = 0.5 * (x(0.02) - x(0.0)) * math.sqrt(one.count / most) * 0.92
        if half > 0.25:
            parts.append(f"M{x(one.x) - half:.1f},{y(one.y) - half:.1f}h{2 * half:.1f}"
                         f"v{2 * half:.1f}h{-2 * half:.1f}z")  # fmt: skip
    add(root, "path", d="".join(parts), fill="#c9cdd1")


def _bands(root: ET.Element, by: Series, x: Scale, y: Scale) -> None:
    """Draw attainment from the 5 % to the 95 % curve, the median, and the best frontier."""
    low, high = by.get("p05", []), by.get("p95", [])
    if high:
        there = [f"{x(p.x):.1f},{y(p.y):.1f}" for p in high]
        back = [f"{x(p.x):.1f},{y(max(p.y, 0.0)):.1f}" for p in reversed(low)]
        end = [f"{x(high[-1].x):.1f},{y(0.0):.1f}"]
        if low:
            end.append(f"{x(low[-1].x):.1f},{y(0.0):.1f}")
        add(root, "path", d=f"M{'L'.join([*there, *end, *back])}Z", fill=BAND, fill_opacity="0.45")
    for series, width, dashes in (("p50", 1.4, "4 3"), ("frontier", 2.2, "")):
        line = by.get(series, [])
        if line:
            path = "L".join(f"{x(p.x):.1f},{y(p.y):.1f}" for p in line)
            made = add(root, "path", d=f"M{path}", fill="none", stroke=palette.ALL,
                       stroke_width=width)  # fmt: skip
            if dashes:
                made.set("stroke-dasharray", dashes)


def _no_deal(root: ET.Element, by: Series, x: Scale, y: Scale) -> None:
    """Draw what each has without a deal, with what signing costs at home as whiskers."""
    ends = [by.get(name, []) for name in ("no-deal-p05", "no-deal", "no-deal-p95")]
    if not all(ends):
        return
    low, best, high = (end[0] for end in ends)
    plot.line(root, (x(low.x), y(best.y), x(high.x), y(best.y)), palette.LAUNCH, 1.6)
    plot.line(root, (x(best.x), y(low.y), x(best.x), y(high.y)), palette.LAUNCH, 1.6)
    add(root, "circle", cx=x(best.x), cy=y(best.y), r=3.2, fill=palette.LAUNCH)


def _marks(
    root: ET.Element, found: Bargain, pair: tuple[str, str], shown: list[Package],
    computed: list[Package], x: Scale, y: Scale,
) -> None:  # fmt: skip
    every = [*shown, *computed]
    taken = [(x(one.gains[pair[0]].best), y(one.gains[pair[1]].best)) for one in every]
    for one in shown:
        px, py = (scale(one.gains[party].best) for scale, party in zip((x, y), pair, strict=True))
        mark(root, found, one.by, px, py, hollow=one.reply != "accepted")
        _label(root, str(found.number(one)), px, py, taken, 10.5, palette.INK)
    for one in computed:
        px, py = (scale(one.gains[party].best) for scale, party in zip((x, y), pair, strict=True))
        add(root, "circle", cx=px, cy=py, r=3.4, fill="#fff", stroke=palette.ALL, stroke_width=2.0)
        _label(root, LETTERS[one.kind], px, py, taken, 12.0, palette.ALL)


def _label(
    root: ET.Element, words: str, px: float, py: float, taken: list[tuple[float, float]],
    size: float, paint: str,
) -> None:  # fmt: skip
    """Write a label beside its mark where no other label stands."""
    places = [(9.0, -8.0), (9.0, 9.0), (-9.0, -8.0), (-9.0, 9.0), (0.0, -14.0), (0.0, 15.0),
              (16.0, 0.0), (-16.0, 0.0), (18.0, -16.0), (-18.0, 16.0), (18.0, 16.0),
              (-18.0, -16.0), (28.0, 0.0), (-28.0, 0.0), (0.0, -26.0), (0.0, 27.0)]  # fmt: skip
    free = [
        (dx, dy)
        for dx, dy in places
        if all(abs(px + dx - a) > 13.0 or abs(py + dy - b) > 10.0 for a, b in taken)
    ]
    dx, dy = free[0] if free else places[0]
    taken.append((px + dx, py + dy))
    made = add(root, "text", x=px + dx, y=py + dy + plot.FOOT * size, font_size=size, fill=paint,
               stroke="#fff", stroke_width=2.6, paint_order="stroke")  # fmt: skip
    made.set("font-weight", "600")
    made.set("text-anchor", "middle")
    made.text = words


def _key(root: ET.Element, found: Bargain, shown: list[Package], computed: list[Package]) -> None:
    """Write the numbers' names at the side."""
    side, top = LEFT_PX + WIDE_PX + 26.0, HEAD_PX + 8.0
    room = WIDTH_PX - side - 60.0
    for row, one in enumerate(shown):
        y = top + ROW_PX * row
        mark(root, found, one.by, side + 4.0, y, 3.6, hollow=one.reply != "accepted")
        plot.write(root, str(found.number(one)), side + 14.0, y, 11.0, bold=True)
        plot.write(root, one.name, side + 32.0, y, 11.0, room=room)
        plot.write(root, one.date[:4], WIDTH_PX, y, 11.0, colour=palette.QUIET, anchor="end")
    y = top + ROW_PX * len(shown) + 6.0
    seen: set[str] = set()
    for one in computed:
        if one.kind in seen:
            continue
        seen.add(one.kind)
        plot.write(root, LETTERS[one.kind], side + 14.0, y, 11.5, bold=True, colour=palette.ALL)
        plot.write(root, text(f"dossier_bargain.kind.{one.kind}"), side + 32.0, y, 11.0,
                   room=room + 50.0)  # fmt: skip
        y += ROW_PX


def legend(found: Bargain) -> list[tuple[str, str]]:
    """Return (colour, words) of the drawing's areas and lines."""
    return [
        ("#c9cdd1", text("dossier_bargain.frontier.cloud")),
        (ZONE, text("dossier_bargain.frontier.zone")),
        (palette.ALL, text("dossier_bargain.frontier.line")),
        (BAND, text("dossier_bargain.frontier.band")),
        (palette.LAUNCH, text("dossier_bargain.frontier.no_deal")),
    ]
