"""Who gets what: issues by packages, each option with what it is worth to every party."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.bargain_data import HOME, NASH, PROPOSAL, WIDEST, Bargain, Package
from longroad.dossier.bargain_words import colour, package_name, points, proposer
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import percent
from longroad.dossier.sheet import wrapped

NAME = "bargain-sheet"
WIDTH_PX, LEFT_PX, ROW_PX, HEAD_PX, FOOT_PX = 1080.0, 168.0, 52.0, 78.0, 76.0
BAR_PX = 17.0
MOST_COLUMNS = 5


def columns(found: Bargain) -> list[Package]:
    """Return what is set side by side: every party's opening, a draft of nobody's, what computes.

    Of a party without an opening its last proposal; of several openings the last.
    """
    made: list[Package] = []
    for party in found.parties:
        own = [one for one in found.dated if one.by == party]
        opening = [one for one in own if one.opening] or own
        made += opening[-1:]
    drafts = [one for one in found.dated if not one.by and not one.reply and one.date]
    made += drafts[-1:]
    return [*made, *found.kind(NASH)[:1], *found.kind(WIDEST)][: MOST_COLUMNS + 1]


def figure(found: Bargain) -> Figure | None:
    """Return the drawing, or None where there is nothing to set side by side."""
    shown = columns(found)
    if len(shown) < 2:
        return None
    return Figure(
        NAME,
        text("dossier_bargain.sheet.title"),
        text(
            "dossier_bargain.sheet.alt",
            list="; ".join(
                text(
                    "dossier_bargain.sheet.alt_one", name=package_name(found, one),
                    gains=", ".join(
                        f"{found.called(p)} {points(one.gains[p].best)}" for p in found.parties
                    ),
                )
                for one in shown
            ),
        ),
        lambda: draw(found),
    )  # fmt: skip


def draw(found: Bargain) -> ET.Element:
    """Return the drawing: under every option a bar for each party, right for a gain."""
    shown = columns(found)
    issues = list(found.issues.values())
    wide = (WIDTH_PX - LEFT_PX) / len(shown)
    foot = HEAD_PX + ROW_PX * len(issues)
    root = plot.canvas(WIDTH_PX, foot + FOOT_PX)
    most = max(
        abs(option.worth[party][0])
        for issue in issues for option in issue.options.values() for party in found.parties
    )  # fmt: skip
    for k, one in enumerate(shown):
        left = LEFT_PX + wide * k
        lines = wrapped(package_name(found, one), wide - 6.0, 11.5)[:3]
        for n, words in enumerate(lines):
            plot.write(root, words, left, 8.0 + 14.0 * n, 11.5, bold=True)
        about = proposer(found, one) if one.kind == PROPOSAL else text("dossier_bargain.computed")
        date = f", {one.date[:4]}" if one.date else ""
        plot.write(root, f"{about}{date}", left, 8.0 + 14.0 * len(lines), 11.0,
                   colour=palette.QUIET, room=wide - 8.0)  # fmt: skip
    for row, issue in enumerate(issues):
        top = HEAD_PX + ROW_PX * row
        plot.line(root, (0.0, top, WIDTH_PX, top), palette.RULE, 0.6)
        for n, words in enumerate(wrapped(issue.name, LEFT_PX - 14.0, 11.5)[:3]):
            plot.write(root, words, 0.0, top + 11.0 + 13.5 * n, 11.5, bold=True)
        for k, one in enumerate(shown):
            option = issue.options[one.choices[issue.id]]
            left = LEFT_PX + wide * k
            changed = issue.id in one.changed
            for n, words in enumerate(wrapped(option.name, wide - BAR_PX * 2.0 - 10.0, 10.5)[:4]):
                plot.write(root, words, left, top + 8.0 + 12.0 * n, 10.5,
                           colour=palette.INK if changed else palette.QUIET,
                           room=wide - BAR_PX * 2.0 - 8.0)  # fmt: skip
            if changed:
                _bars(root, found, option.worth, left + wide - BAR_PX - 8.0, top, most)
    plot.line(root, (0.0, foot, WIDTH_PX, foot), palette.QUIET, 1.0)
    last = wrapped(text("dossier_bargain.sheet.sum"), LEFT_PX - 10.0, 11.5)
    for n, line in enumerate(last[:4]):
        plot.write(root, line, 0.0, foot + 12.0 + 13.5 * n, 11.5, bold=True)
    for k, one in enumerate(shown):
        left = LEFT_PX + wide * k
        for n, party in enumerate(found.parties):
            y = foot + 12.0 + 14.5 * n
            add(root, "rect", x=left, y=y - 4.0, width=5.0, height=8.0, fill=colour(found, party))
            plot.write(root, f"{points(one.gains[party].best)}  {found.called(party)}", left + 10.0,
                       y, 11.0, room=wide - 16.0)  # fmt: skip
        y = foot + 12.0 + 14.5 * len(found.parties)
        plot.write(root, text("dossier_bargain.sheet.accepted",
                              share=percent(one.of(HOME).share)), left, y, 11.0, bold=True,
                   room=wide - 6.0)  # fmt: skip
    return root


def _bars(
    root: ET.Element, found: Bargain, worth: dict[str, tuple[float, float, float]], middle: float,
    top: float, most: float,
) -> None:  # fmt: skip
    """Draw what an option is worth to each party, against that without a deal."""
    high = (ROW_PX - 10.0) / len(found.parties)
    plot.line(root, (middle, top + 4.0, middle, top + ROW_PX - 6.0), palette.QUIET, 0.8)
    for n, party in enumerate(found.parties):
        value = worth[party][0]
        size = BAR_PX * abs(value) / most
        left = middle if value > 0.0 else middle - size
        y = top + 5.0 + high * n
        add(root, "rect", x=left, y=y + 1.0, width=max(size, 0.8), height=high - 2.5,
            fill=colour(found, party))  # fmt: skip


def legend(found: Bargain) -> list[tuple[str, str]]:
    """Return (colour, words) of the bars."""
    return [(colour(found, party), found.called(party)) for party in found.parties]
