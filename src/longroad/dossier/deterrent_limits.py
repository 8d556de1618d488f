"""Limits on a defence: what each costs it and what it leaves of a concern, and an answer."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from itertools import pairwise

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.agreement_tables import TextTable
from longroad.dossier.deterrent_data import Deterrent, LimitPoint
from longroad.dossier.deterrent_words import Names, none
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import listed, percent

NAME = "limits-frontier"
WIDTH_PX, LEFT_PX, RIGHT_PX, HIGH_PX, HEAD_PX, FOOT_PX = 1080, 60, 330, 300, 34, 42
FRONTIER, KNEE = "frontier", "knee"
DOMINATED = palette.RULE
# Burnout speeds of the demarcation of 1997, km/s, as a limit's words spell them.
SPEEDS_OF_1997 = ("3 km/s", "4.5 km/s", "5.5 km/s")


def of_1997(point: LimitPoint) -> bool:
    """Return whether a set is one of the speeds of 1997 alone."""
    return any(point.words.endswith(f" than {speed}") for speed in SPEEDS_OF_1997)


def figure(found: Deterrent, names: Names) -> Figure:
    """Return the chart: area lost to the right, what is left of the concern upwards."""
    return Figure(
        NAME,
        text("dossier_deterrent.limits.chart_title", party=names.called(found.limited)),
        " ".join(answers(found, names)),
        lambda: draw(found, names),
    )


def free(found: Deterrent) -> LimitPoint:
    """Return the point without limits: the first of those written, which has none."""
    return found.limits[0]


def answers(found: Deterrent, names: Names) -> list[str]:
    """Return the cheapest limit that leaves nothing to be taken, or the least, and for whom.

    Owners with the same answer stand together; those that need no limit come last.
    """
    told: dict[tuple[str, str], list[str]] = {}
    known = {point.id: point for point in found.limits}
    for owner in owners(found):
        start, limits = free(found).concern.get(owner, math.nan), found.limits[1:]
        if none(start):
            told.setdefault(("moot", free(found).id), []).append(names.called(owner))
            continue
        fine = [point for point in limits if none(point.concern[owner])]
        cost = min(fine, key=lambda one: (one.area_lost, one.interceptors_lost), default=None)
        best = cost or min(limits, key=lambda one: one.concern[owner])
        words = text(
            f"dossier_deterrent.limits.{'owner' if fine else 'owner_left'}",
            owner=names.called(owner), plan=percent(start), left=percent(best.concern[owner]),
        )  # fmt: skip
        told.setdefault(("met" if fine else "least", best.id), []).append(words)
    made = []
    for (key, id), who in sorted(told.items(), key=lambda one: one[0][0] == "moot"):
        point = known[id]
        made.append(
            text(
                f"dossier_deterrent.limits.{key}", owners=listed(who),
                party=names.called(found.limited), limits=names.limits(point, found.limited),
                area=percent(max(point.area_lost, 0.0)),
                rounds=percent(point.interceptors_lost), observable=point.observable,
            )
        )  # fmt: skip
    return made


def owners(found: Deterrent) -> list[str]:
    """Return the owners that the limits are told for, in the order of the scenario."""
    known = {owner for point in found.limits for owner in point.concern}
    return [party.id for party in found.variant.parties if party.id in known]


def speeds(found: Deterrent) -> str:
    """Return what became of the values of 1997: which change something, which do not."""
    told = [s for s in SPEEDS_OF_1997 if any(p.words.endswith(f" than {s}") for p in found.limits)]
    silent = [s for s in SPEEDS_OF_1997 if s not in told]
    if not silent:
        return text("dossier_deterrent.limits.speeds_all")
    key = "speeds_some" if told else "speeds_none"
    return text(
        f"dossier_deterrent.limits.{key}", told=" · ".join(told), silent=" · ".join(silent)
    )  # fmt: skip


def _step(most: float) -> float:
    steps = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
    return next((step for step in steps if most / step <= 5.0), 0.25)


def draw(found: Deterrent, names: Names) -> ET.Element:
    """Return the drawing; numbered points, their words at the side."""
    points = found.limits
    across = max([*(point.area_lost for point in points), 0.05])
    upward = max([*(point.worst for point in points), 0.05])
    step_x, step_y = _step(across), _step(upward)
    right = step_x * math.ceil(across / step_x - 1e-9)
    top = step_y * math.ceil(upward / step_y - 1e-9)
    root = plot.canvas(WIDTH_PX, HEAD_PX + HIGH_PX + FOOT_PX)
    wide = float(WIDTH_PX - LEFT_PX - RIGHT_PX)
    foot = float(HEAD_PX + HIGH_PX)

    def x(area: float) -> float:
        return LEFT_PX + wide * max(area, 0.0) / right

    def y(worry: float) -> float:
        return foot - HIGH_PX * worry / top

    for k in range(round(right / step_x) + 1):
        at = x(k * step_x)
        plot.line(root, (at, float(HEAD_PX), at, foot), palette.RULE, 0.6)
        plot.write(root, percent(k * step_x), at, foot + 12.0, colour=palette.QUIET,
                   anchor="middle")  # fmt: skip
    for k in range(round(top / step_y) + 1):
        at = y(k * step_y)
        plot.line(root, (float(LEFT_PX), at, LEFT_PX + wide, at), palette.RULE, 0.6)
        plot.write(root, percent(k * step_y), LEFT_PX - 6.0, at, colour=palette.QUIET,
                   anchor="end")  # fmt: skip
    plot.write(root, text("dossier_deterrent.limits.across"), LEFT_PX + wide / 2.0, foot + 31.0,
               colour=palette.QUIET, anchor="middle")  # fmt: skip
    plot.write(root, text("dossier_deterrent.limits.upward"), 0.0, 8.0,
               colour=palette.QUIET)  # fmt: skip
    edge = sorted((p for p in points if p.standing in (FRONTIER, KNEE)), key=lambda p: p.area_lost)
    for one, other in pairwise(edge):
        ends = (x(one.area_lost), y(one.worst), x(other.area_lost), y(other.worst))
        plot.line(root, ends, palette.ALL, 1.6)
    side = LEFT_PX + wide + 24.0
    for number, point in enumerate(points):
        at, up = x(point.area_lost), y(point.worst)
        fill = palette.ALL if point in edge else DOMINATED
        if point.standing == KNEE:
            fill = palette.LAUNCH
        ring = palette.NONE if of_1997(point) else palette.ALL
        add(root, "circle", cx=at, cy=up, r=9.0, fill=fill, stroke=ring,
            stroke_width=3.0 if of_1997(point) else 1.4)  # fmt: skip
        colour = palette.INK if fill == DOMINATED else "#ffffff"
        plot.write(root, str(number), at, up, 11.0, bold=True, colour=colour, anchor="middle")
        row = HEAD_PX + 10.0 + 32.0 * number
        if row + 20.0 > foot:
            continue
        plot.write(root, f"{number}  {names.limits(point, found.limited)}", side, row, 12.0,
                   room=RIGHT_PX - 24.0)  # fmt: skip
        plot.write(root, note(point), side + 14.0, row + 14.0, 11.0, colour=palette.QUIET,
                   room=RIGHT_PX - 38.0)  # fmt: skip
    return root


def note(point: LimitPoint) -> str:
    """Return a point's numbers and what stands out of it."""
    words = [text(
        "dossier_deterrent.limits.note", area=percent(max(point.area_lost, 0.0)),
        worst=percent(point.worst),
    )]  # fmt: skip
    if point.standing == KNEE:
        words.append(text("dossier_deterrent.limits.knee"))
    if of_1997(point):
        words.append(text("dossier_deterrent.limits.of_1997"))
    return ", ".join(words)


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of the points."""
    return [
        (palette.ALL, text("dossier_deterrent.limits.on_frontier")),
        (palette.LAUNCH, text("dossier_deterrent.limits.knee")),
        (DOMINATED, text("dossier_deterrent.limits.dominated")),
        (palette.NONE, text("dossier_deterrent.limits.ring")),
    ]


def table(found: Deterrent, names: Names) -> TextTable:
    """Return every set with its costs and what it leaves of every owner's concern."""
    known = owners(found)
    heads = [
        text("dossier_deterrent.limits.heads.limits"),
        text("dossier_deterrent.limits.heads.area"),
        text("dossier_deterrent.limits.heads.rounds"),
        *(text("dossier_deterrent.limits.heads.left", owner=names.called(one)) for one in known),
        text("dossier_deterrent.limits.heads.seen"),
    ]
    rows = [
        [
            f"{number}  {names.limits(point, found.limited)}",
            percent(max(point.area_lost, 0.0)),
            percent(point.interceptors_lost),
            *(percent(point.concern.get(owner, math.nan)) for owner in known),
            point.observable or text("dossier.format.none"),
        ]
        for number, point in enumerate(found.limits)
    ]
    return TextTable(heads, rows)
