"""Share of the draws in which at least N arrive, without and with a defence, by posture."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.deterrent_data import POSTURE_IDS, WORST, Curve, Deterrent
from longroad.dossier.deterrent_waterfall import row_words
from longroad.dossier.deterrent_words import Names, count, posture
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import percent

WIDTH_PX, LEFT_PX, GAP_PX, HIGH_PX, HEAD_PX, FOOT_PX = 1080, 44, 22, 150, 40, 40
WITHOUT = palette.INK
# As many readings as have a look of their own; the rest stand in the table.
LOOKS = ((palette.ALL, ""), (palette.NONE, ""), (palette.ALL, "5 3"), (palette.NONE, "5 3"))
MIDDLE = 0.5


@dataclass(frozen=True)
class Line:
    """One curve: how many arrive at least in each share of the draws."""

    words: str
    draws: tuple[float, ...]
    numbers: tuple[float, ...]
    colour: str
    dashes: str


def figure_name(owner: str, party: str) -> str:
    """Return ``arrivals-<owner>-<party>``."""
    return f"arrivals-{owner}-{party}"


def _curves(found: Deterrent, owner: str, party: str, at: str) -> list[tuple[int, Curve]]:
    cases = found.told(owner, party)[: len(LOOKS)]
    known = ((k, found.curves.get((case, at))) for k, case in enumerate(cases))
    return [(k, curve) for k, curve in known if curve is not None]


def has_curves(found: Deterrent, owner: str, party: str) -> bool:
    """Return whether the run has the curves of a pair in every posture."""
    return all(_curves(found, owner, party, at) for at in POSTURE_IDS)


def lines(found: Deterrent, names: Names, owner: str, party: str, at: str) -> list[Line]:
    """Return the curves of one posture, that without a defence first."""
    curves, cases = _curves(found, owner, party, at), found.told(owner, party)
    first = curves[0][1]
    words = text("dossier_deterrent.curve.without")
    made = [Line(words, first.draws, first.arriving, WITHOUT, "")]
    for k, curve in curves:
        words = row_words(names, cases[k])
        made.append(Line(words, curve.draws, curve.penetrating, *LOOKS[k]))
    return made


def figure(found: Deterrent, names: Names, owner: str, party: str) -> Figure:
    """Return the curves of one force against one defence in four postures."""
    worst = lines(found, names, owner, party, WORST)
    middle = [at_share(line, MIDDLE) for line in worst]
    return Figure(
        figure_name(owner, party),
        text(
            "dossier_deterrent.curve.title", owner=names.called(owner), party=names.called(party),
            towards=names.towards(found.towards(owner, party)),
        ),
        text(
            "dossier_deterrent.curve.alt", without=count(middle[0]),
            left=count(min(middle[1:], default=middle[0])),
        ),
        lambda: draw({
            posture(at): lines(found, names, owner, party, at) for at in POSTURE_IDS
        }),
    )  # fmt: skip


def at_share(line: Line, share: float) -> float:
    """Return how many arrive at least in a share of the draws; the nearest share that is known."""
    k = min(range(len(line.draws)), key=lambda k: abs(line.draws[k] - share))
    return line.numbers[k]


def draw(postures: dict[str, list[Line]]) -> ET.Element:
    """Return the drawing: a panel for each posture, each with an axis of its own."""
    root = plot.canvas(WIDTH_PX, HEAD_PX + HIGH_PX + FOOT_PX)
    width = (WIDTH_PX - LEFT_PX - GAP_PX * (len(postures) - 1)) / len(postures)
    foot = float(HEAD_PX + HIGH_PX)

    def y(share: float) -> float:
        return foot - HIGH_PX * share

    for share in (0.0, 0.5, 1.0):
        at = y(share)
        plot.write(root, percent(share), LEFT_PX - 6.0, at, colour=palette.QUIET, anchor="end")
    for place, (words, own) in enumerate(postures.items()):
        left = LEFT_PX + place * (width + GAP_PX)
        for row, part in enumerate(words.split(", ", 1)):
            plot.write(root, part, left, 8.0 + 15.0 * row, bold=row == 0)
        for share in (0.0, 0.5, 1.0):
            plot.line(root, (left, y(share), left + width, y(share)), palette.RULE, 0.6)
        most = max(max(line.numbers) for line in own)
        top = _top(most)
        for k in range(3):
            value = top * k / 2.0
            at = left + width * k / 2.0
            plot.line(root, (at, y(0.0), at, y(1.0)), palette.RULE, 0.6)
            anchor = ("start", "middle", "end")[k]
            plot.write(root, f"{value:,.4g}", at, foot + 11.0, colour=palette.QUIET, anchor=anchor)
        for line in reversed(own):
            _line(root, line, left, width / top, y)
    plot.write(
        root, text("dossier_deterrent.curve.axis"), (LEFT_PX + WIDTH_PX) / 2.0, foot + 30.0,
        colour=palette.QUIET, anchor="middle",
    )  # fmt: skip
    return root


def _line(
    root: ET.Element, line: Line, left: float, scale: float, y: Callable[[float], float]
) -> None:
    points = list(zip(line.numbers, line.draws, strict=True))
    for (a, b), (c, d) in pairwise(points):
        ends = (left + scale * a, y(b), left + scale * c, y(d))
        plot.line(root, ends, line.colour, 2.0 if not line.dashes else 1.6, dashes=line.dashes)


def _top(most: float) -> float:
    size = 10.0 ** math.floor(math.log10(max(most, 1.0)))
    return next(
        size * k for k in (1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0) if most <= size * k
    )


def legend(found: Deterrent, names: Names, owner: str, party: str) -> list[tuple[str, str]]:
    """Return (colour, words) of the curves; dashed ones say so."""
    made = []
    for line in lines(found, names, owner, party, WORST):
        words = line.words
        if line.dashes:
            words = text("dossier_deterrent.curve.dashed", words=words)
        made.append((line.colour, words))
    return made
