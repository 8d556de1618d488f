"""What gets through, drawn: a lane for each discrimination, its kinds of spread kept apart.

A dot is the best estimate, the thick line what is not known, the thin one chance.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.raid_data import LEAKERS, MODES, Raids, Told
from longroad.dossier.raid_words import label, one, signed
from longroad.dossier.sheet import wrapped

COLOURS = {"perfect": "#3f8fc0", "stated": palette.INK, "none": "#c7751a"}
STRIP_PX, LANE_PX, PAD_PX = 240.0, 11.0, 8.0
WIDTH_PX, LEFT_PX, PART_PX, GAP_PX, ROW_PX = 1060.0, 290.0, 430.0, 46.0, 44.0
# An axis of differences is never shorter than this to either side, in missiles.
SHORTEST = 0.4

Scale = Callable[[float], float]


def steps_of(low: float, high: float) -> list[float]:
    """Return round values from below ``low`` to above ``high``, at most eight."""
    width = max(high - low, 1e-6)
    power = 10.0 ** math.floor(math.log10(width))
    size = next(s * power for s in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0) if width / (s * power) <= 6.0)
    first, last = math.floor(low / size + 1e-9), math.ceil(high / size - 1e-9)
    return [size * k for k in range(first, last + 1)]


def lanes(
    root: ET.Element, told: dict[str, Told | None], x: Scale, top: float, lane: float = LANE_PX
) -> None:
    """Draw one group's lanes, each discrimination in a part of its own."""
    for number, mode in enumerate(MODES):
        it = told.get(mode)
        if it is None:
            continue
        y = top + lane * (number + 0.5)
        part = add(root, "g", **{"class": f"g-{mode}"})
        colour = COLOURS[mode]
        if it.chance_p05 is not None and it.chance_p95 is not None:
            plot.line(part, (x(it.chance_p05), y, x(it.chance_p95), y), colour, 1.0)
        if it.epistemic_p05 is not None and it.epistemic_p95 is not None:
            ends = (x(it.epistemic_p05), y, x(it.epistemic_p95), y)
            plot.line(part, ends, colour, 5.0).set("stroke-opacity", "0.45")
        _mark(part, mode, x(it.best), y)


def _mark(part: ET.Element, mode: str, x: float, y: float) -> None:
    """Draw the best estimate: a ring, a disc or a diamond, told apart without colour too."""
    colour = COLOURS[mode]
    if mode == "stated":
        add(part, "circle", cx=x, cy=y, r=3.6, fill=colour)
    elif mode == "perfect":
        add(part, "circle", cx=x, cy=y, r=3.1, fill="#fff", stroke=colour, stroke_width=1.8)
    else:
        add(part, "path", d=f"M{x:.1f},{y - 4.4:.1f}l4.4,4.4l-4.4,4.4l-4.4,-4.4z", fill=colour)


def strip_scale(found: Raids, raid: str) -> Scale:
    """Return where a number of missiles stands in a row of the table."""
    most = max(found.objects(raid), 1.0)
    return lambda value: PAD_PX + (STRIP_PX - 2.0 * PAD_PX) * value / most


def strip(found: Raids, raid: str, agreement: str, lane: float = LANE_PX) -> ET.Element:
    """Return a row's drawing for the table; the grid is that of its head."""
    high = lane * len(MODES) + 5.0
    root = plot.canvas(STRIP_PX, high)
    x = strip_scale(found, raid)
    for value in steps_of(0.0, found.objects(raid)):
        if value <= found.objects(raid) + 1e-9:
            plot.line(root, (x(value), 0.0, x(value), high), palette.RULE, 0.6)
    lanes(root, {mode: found.get(raid, agreement, mode, LEAKERS) for mode in MODES}, x, 2.5, lane)
    return root


def strip_axis(found: Raids, raid: str) -> ET.Element:
    """Return the axis of the table's drawings."""
    root = plot.canvas(STRIP_PX, 14.0)
    x = strip_scale(found, raid)
    for value in steps_of(0.0, found.objects(raid)):
        if value <= found.objects(raid) + 1e-9:
            plot.write(
                root, f"{value:g}", x(value), 7.0, 11.0, colour=palette.QUIET, anchor="middle"
            )
    return root


def figure_name(raid: str) -> str:
    """Return ``raid-<raid>``."""
    return f"raid-{raid}"


def figure(found: Raids, raid: str) -> Figure:
    """Return the figure of one raid: leakers, and the difference from having no agreement."""
    objects = f"{found.objects(raid):.0f}"
    said = [
        f"{label(found, group)} {one(told.best)}"
        for group in found.groups(raid)
        if (told := found.get(raid, group[0], "stated", LEAKERS)) is not None
    ]
    return Figure(
        figure_name(raid),
        text("dossier_raids.chart.title", raid=raid_name(raid)),
        text("dossier_raids.chart.alt", objects=objects, list="; ".join(said)),
        lambda: draw(found, raid),
    )


def raid_name(raid: str) -> str:
    """Return a raid's name for readers: a run knows raids by id alone."""
    return raid.replace("-", " ").replace("_", " ")


def draw(found: Raids, raid: str) -> ET.Element:
    """Return the drawing: leakers at the left, differences at the right, a row for each group."""
    groups = found.groups(raid)
    foot = plot.TITLE_PX + ROW_PX * len(groups)
    root = plot.canvas(WIDTH_PX, foot + 22.0)
    objects = max(found.objects(raid), 1.0)
    changes = {
        group: {mode: found.difference(raid, group[0], mode, LEAKERS) for mode in MODES}
        for group in groups
    }
    ends = [
        end
        for by_mode in changes.values()
        for told in by_mode.values()
        if told is not None
        for end in (told.best, told.epistemic_p05, told.epistemic_p95)
        if end is not None
    ]
    marks = steps_of(min(-SHORTEST, *ends), max(SHORTEST, *ends))
    right = LEFT_PX + PART_PX + GAP_PX
    wide = WIDTH_PX - right - 26.0

    def first(value: float) -> float:
        return LEFT_PX + PART_PX * value / objects

    def second(value: float) -> float:
        return right + wide * (value - marks[0]) / (marks[-1] - marks[0])

    counts = [value for value in steps_of(0.0, objects) if value <= objects + 1e-9]
    words = text("dossier_raids.chart.leakers", objects=f"{objects:.0f}")
    _grid(root, words, [(first(v), f"{v:g}") for v in counts], foot)
    shown = [(second(v), signed(v, 0 if marks[1] - marks[0] >= 0.999 else 1)) for v in marks]
    _grid(root, text("dossier_raids.chart.change"), shown, foot)
    plot.line(root, (second(0.0), plot.TITLE_PX, second(0.0), foot), palette.QUIET, 1.2)
    for number, group in enumerate(groups):
        top = plot.TITLE_PX + ROW_PX * number
        plot.line(root, (0.0, top, WIDTH_PX, top), palette.RULE, 0.6)
        _named(root, [found.agreements[id] for id in group], top)
        told = {mode: found.get(raid, group[0], mode, LEAKERS) for mode in MODES}
        lanes(root, told, first, top + 5.0)
        lanes(root, changes[group], second, top + 5.0)
    return root


def _named(root: ET.Element, names: list[str], top: float) -> None:
    """Write a row's name in two lines at most; what is the same is counted."""
    lines = wrapped(names[0], LEFT_PX - 12.0, 12.5)
    if len(names) > 1:
        lines = [lines[0], text("dossier_raids.table.same_count", count=len(names) - 1)]
    for number, line in enumerate(lines[:2]):
        y = top + ROW_PX / 2.0 + 15.0 * (number - 0.5 * (min(len(lines), 2) - 1))
        colour = palette.QUIET if number and len(names) > 1 else palette.INK
        plot.write(root, line, 0.0, y, 12.5, colour=colour, room=LEFT_PX - 12.0)


def _grid(root: ET.Element, title: str, marks: list[tuple[float, str]], foot: float) -> None:
    plot.write(root, title, marks[0][0], 9.0, 12.5, bold=True)
    for at, words in marks:
        plot.line(root, (at, plot.TITLE_PX, at, foot), palette.RULE, 0.6)
        plot.write(root, words, at, foot + 11.0, colour=palette.QUIET, anchor="middle")


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of the discriminations and of the kinds of spread."""
    modes = [(COLOURS[mode], text(f"dossier_raids.legend.mode.{mode}")) for mode in MODES]
    kinds = [
        (palette.QUIET, text(f"dossier_raids.legend.{kind}")) for kind in ("epistemic", "chance")
    ]
    return [*modes, *kinds]
