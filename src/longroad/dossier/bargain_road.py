"""The road in stages: years, how far all parties come, trust with what it takes, ways out."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.bargain_data import Bargain, Stage
from longroad.dossier.bargain_words import colour, mark, points
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import percent
from longroad.dossier.sheet import wrapped

NAME = "bargain-road"
WIDTH_PX, LEFT_PX, RIGHT_PX = 1080.0, 150.0, 24.0
TOP_PX, BAR_PX, TAKEN_PX, WORDS_PX, PANEL_PX, GAP_PX, FOOT_PX = (
    22.0,
    34.0,
    30.0,
    122.0,
    96.0,
    20.0,
    40.0,
)


def figure(found: Bargain) -> Figure | None:
    """Return the drawing, or None without stages."""
    if not found.stages:
        return None
    taken = "; ".join(
        text("dossier_bargain.road.alt_stage", name=one.name, share=percent(one.taken))
        for one in found.stages
    )
    years = sum(one.years[0] for one in found.stages)
    return Figure(
        NAME,
        text("dossier_bargain.road.title"),
        text("dossier_bargain.road.alt", years=f"{years:.1f}", list=taken),
        lambda: draw(found),
    )


def starts(stages: list[Stage]) -> list[float]:
    """Return when each stage begins and the last ends, by median lengths (years)."""
    made = [0.0]
    for one in stages:
        made.append(made[-1] + one.years[0])
    return made


def draw(found: Bargain) -> ET.Element:
    """Return the drawing: stages above, a panel of trust for each party below."""
    stages, times = found.stages, starts(found.stages)
    count = len(found.parties)
    head = TOP_PX + BAR_PX + TAKEN_PX + WORDS_PX
    foot = head + (PANEL_PX + GAP_PX) * count
    root = plot.canvas(WIDTH_PX, foot + FOOT_PX)
    scale = (WIDTH_PX - LEFT_PX - RIGHT_PX) / times[-1]

    def x(years: float) -> float:
        return LEFT_PX + scale * years

    plot.write(root, text("dossier_bargain.road.taken"), 0.0, TOP_PX + BAR_PX + 15.0, 11.5,
               colour=palette.QUIET)  # fmt: skip
    for n, words in enumerate(wrapped(text("dossier_bargain.road.seen"), LEFT_PX - 16.0, 11.5)):
        plot.write(root, words, 0.0, TOP_PX + BAR_PX + TAKEN_PX + 14.0 + 14.0 * n, 11.5,
                   colour=palette.QUIET)  # fmt: skip
    for k, one in enumerate(stages):
        left, right = x(times[k]), x(times[k + 1])
        wide = right - left
        add(root, "rect", x=left + 1.0, y=TOP_PX, width=wide - 2.0, height=BAR_PX, fill="#e8f1f5",
            stroke=palette.ALL, stroke_width=1.0)  # fmt: skip
        lines = wrapped(f"{k + 1}  {one.name}", wide - 12.0, 11.5)[:2]
        for n, words in enumerate(lines):
            y = TOP_PX + BAR_PX / 2.0 + 13.0 * (n - 0.5 * (len(lines) - 1))
            plot.write(root, words, left + 6.0, y, 11.5, bold=True, room=wide - 8.0)
        y = TOP_PX + BAR_PX + 9.0
        add(root, "rect", x=left + 1.0, y=y, width=wide - 2.0, height=11.0, fill="#eceff1")
        add(root, "rect", x=left + 1.0, y=y, width=(wide - 2.0) * one.taken, height=11.0,
            fill=palette.ALL)  # fmt: skip
        inside = one.taken > 0.5
        plot.write(root, percent(one.taken),
                   left + 5.0 if inside else left + (wide - 2.0) * one.taken + 5.0, y + 5.5, 10.5,
                   colour="#fff" if inside else palette.INK, bold=True)  # fmt: skip
        y += TAKEN_PX - 2.0
        milestone = wrapped(one.milestone, wide - 16.0, 11.0)[:3]
        add(root, "path", d=f"M{left + 6.0:.1f},{y + 2.5:.1f}l4.5,4.5l-4.5,4.5l-4.5,-4.5z",
            fill=palette.ALL)  # fmt: skip
        for n, words in enumerate(milestone):
            plot.write(root, words, left + 15.0, y + 7.0 + 13.0 * n, 11.0, room=wide - 16.0)
        y += 16.0 + 13.0 * max(len(milestone), 1)
        way_out = wrapped(one.exit, wide - 16.0, 11.0)[:4]
        plot.line(root, (left + 2.0, y, left + 9.0, y), palette.LAUNCH, 1.6)
        plot.line(root, (left + 6.0, y - 3.0, left + 9.0, y), palette.LAUNCH, 1.6)
        plot.line(root, (left + 6.0, y + 3.0, left + 9.0, y), palette.LAUNCH, 1.6)
        for n, words in enumerate(way_out):
            plot.write(root, words, left + 15.0, y + 13.0 * n, 11.0, colour=palette.QUIET,
                       room=wide - 16.0)  # fmt: skip
    top = head
    for party in found.parties:
        _trust(root, found, party, top, times, x)
        top += PANEL_PX + GAP_PX
    for year in range(math.floor(times[-1]) + 1):
        plot.line(root, (x(year), foot - 2.0, x(year), foot + 3.0), palette.QUIET, 1.0)
        plot.write(root, str(year), x(year), foot + 12.0, 11.0, colour=palette.QUIET,
                   anchor="middle")  # fmt: skip
    plot.write(root, text("dossier_bargain.road.years"), x(times[-1] / 2.0), foot + 30.0, 11.5,
               colour=palette.QUIET, anchor="middle")  # fmt: skip
    return root


def _trust(
    root: ET.Element, found: Bargain, party: str, top: float, times: list[float],
    x: Callable[[float], float],
) -> None:  # fmt: skip
    """Draw one party's trust when each stage is reached, and what the stage takes by itself."""
    high = PANEL_PX - 22.0
    paint = colour(found, party)

    def y(share: float) -> float:
        return top + 18.0 + high * (1.0 - share)

    called = wrapped(found.called(party), LEFT_PX - 40.0, 11.5)[:2]
    for n, words in enumerate(called):
        plot.write(root, words, 0.0, top + 26.0 + 14.0 * n, 11.5, bold=True)
    below = top + 28.0 + 14.0 * len(called)
    for n, words in enumerate(
        wrapped(text("dossier_bargain.road.trust"), LEFT_PX - 40.0, 11.0)[:2]
    ):
        plot.write(root, words, 0.0, below + 13.0 * n, 11.0, colour=palette.QUIET)
    for share in (0.0, 0.5, 1.0):
        plot.line(root, (LEFT_PX, y(share), x(times[-1]), y(share)), palette.RULE, 0.6)
        plot.write(root, percent(share), LEFT_PX - 5.0, y(share), 10.5, colour=palette.QUIET,
                   anchor="end")  # fmt: skip
    places = [(x(t), one.trust[party]) for t, one in zip(times, found.stages, strict=False)]
    upper = [f"{at:.1f},{y(trust[2]):.1f}" for at, trust in places]
    lower = [f"{at:.1f},{y(trust[1]):.1f}" for at, trust in reversed(places)]
    add(root, "path", d=f"M{'L'.join([*upper, *lower])}Z", fill=paint, fill_opacity="0.18")
    line = "L".join(f"{at:.1f},{y(trust[0]):.1f}" for at, trust in places)
    add(root, "path", d=f"M{line}", fill="none", stroke=paint, stroke_width=1.6)
    for k, one in enumerate(found.stages):
        at, trust = places[k]
        mark(root, found, party, at, y(trust[0]), 3.6)
        needed = one.needed[party]
        left, right = x(times[k]) + 3.0, x(times[k + 1]) - 3.0
        if math.isfinite(needed):
            plot.line(root, (left, y(needed), right, y(needed)), palette.LAUNCH, 1.6, dashes="3 2")
        gain, low, up = one.gain[party]
        words = text(
            "dossier_bargain.road.adds" if math.isfinite(needed) else "dossier_bargain.road.costs",
            gain=points(gain), low=points(low), high=points(up),
        )  # fmt: skip
        plot.write(root, words, left + 6.0, top + 9.0, 10.5, room=right - left - 6.0,
                   colour=palette.INK if math.isfinite(needed) else palette.LAUNCH)  # fmt: skip


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of the drawing's lines."""
    return [
        (palette.ALL, text("dossier_bargain.road.legend_taken")),
        (palette.LAUNCH, text("dossier_bargain.road.legend_needed")),
    ]
