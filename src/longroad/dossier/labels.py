"""Labels that keep clear of each other, of symbols and of the edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MEAN_ADVANCE = 0.56  # mean width of a character of Inter 400 as a share of the font size
RADIUS_PX = 5.0  # of a symbol


@dataclass(frozen=True)
class Anchor:
    """A symbol on the page that wants a label; earlier anchors choose first."""

    x_px: float
    y_px: float
    text: str


@dataclass(frozen=True)
class Placed:
    """A label with its place: `x_px`, `y_px` is the middle of its left or right end."""

    text: str
    x_px: float
    y_px: float
    align: str


_Box = tuple[float, float, float, float]


def _around(x: float, y: float, radius: float) -> _Box:
    return x - radius, y - radius, x + radius, y + radius


def _overlap(a: _Box, b: _Box) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    return wide * high if wide > 0 and high > 0 else 0.0


def _candidates(
    anchor: Anchor, width: float, height: float, radius: float
) -> list[tuple[Placed, _Box]]:
    made = []
    for across, down in ((1, 0), (-1, 0), (1, -1), (1, 1), (-1, -1), (-1, 1), (0, -1), (0, 1)):
        middle = anchor.y_px + down * (height * 0.5 + radius)
        if across:
            reach = radius + 1.0 if not down else 2.0
            edge = anchor.x_px + across * reach
            left = edge if across > 0 else edge - width
        else:
            edge = left = anchor.x_px - width / 2.0
        box = (left, middle - height / 2.0, left + width, middle + height / 2.0)
        placed = Placed(anchor.text, edge, middle, "right" if across < 0 else "left")
        made.append((placed, box))
    return made


def place(
    anchors: Sequence[Anchor],
    obstacles: Sequence[tuple[float, float]],
    size: tuple[float, float],
    font_px: float,
    keep_all: bool = False,
    radius_px: float = RADIUS_PX,
) -> list[Placed]:
    """Return labels beside their anchors, clear of symbols, of each other and of the edge.

    Greedy, in the order given, over eight positions. A label without a free place is left out,
    or with ``keep_all`` takes the position of least overlap. ``radius_px`` is that of symbols. All
    in pixels of the page.
    """
    taken: list[_Box] = [_around(x, y, radius_px) for x, y in obstacles]
    out: list[Placed] = []
    for anchor in anchors:
        width = MEAN_ADVANCE * font_px * len(anchor.text)
        own = _around(anchor.x_px, anchor.y_px, radius_px)
        best: tuple[float, Placed, _Box] | None = None
        for placed, box in _candidates(anchor, width, font_px * 1.15, radius_px):
            outside = max(0.0, -box[0], box[2] - size[0]) + max(0.0, -box[1], box[3] - size[1])
            cost = 1000.0 * outside + sum(_overlap(box, other) for other in taken if other != own)
            if best is None or cost < best[0]:
                best = (cost, placed, box)
            if cost == 0.0:
                break
        if best is not None and (best[0] == 0.0 or keep_all):
            out.append(best[1])
            taken.append(best[2])
    return out
