"""The drawing of a timeline: the missile's lane above, one lane per variant below it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

import numpy as np

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.charts import room_for
from longroad.dossier.drawing import add
from longroad.dossier.labels import MEAN_ADVANCE
from longroad.dossier.numbers import clock, listed
from longroad.dossier.timeline import Arc, Engagement, Timeline

LANE_PX = 54
BAR_PX = 20
WIDTH_PX = 740
LEFT_PX = 170
MOST_LEFT_PX = 250
RIGHT_PX, AXIS_PX = 6, 42

COLOURS = {
    "powered": "#9b1c31",
    "ballistic": "#d9b3b8",
    "unseen": "#dfe2e5",
    "warned": "#c4b8de",
    "tracking": "#8573ac",
    "waiting": "#b9bec4",
    "flying": "#f0c48e",
    "window": palette.ALL,
}


@dataclass(frozen=True)
class Segment:
    """A stretch of time in one lane."""

    kind: str
    start_s: float
    end_s: float


@dataclass(frozen=True)
class _Note:
    """Words under a bar, beginning, centred or ending at a moment."""

    lane: str
    at_s: float
    align: str
    text: str


def segments(arc: Arc, engagement: Engagement) -> list[Segment]:
    """Return what fills a variant's lane: each stage lasts until the next one begins.

    Without a window the last stage reached lasts until impact; when the run says nothing of
    warning or track in that variant, the lane stays empty.
    """
    if not engagement.windows and not np.isfinite(engagement.warned_s):
        return []
    launch = max(engagement.launchable_s, engagement.launch_s)
    opens = engagement.windows[0][0] if engagement.windows else float("nan")
    steps = (
        ("warned", engagement.warned_s),
        ("tracking", engagement.first_track_s),
        ("waiting", engagement.launchable_s),
        ("flying", launch),
        ("window", opens),
    )
    made = []
    start, kind = 0.0, "unseen"
    for name, at in steps:
        if not np.isfinite(at):
            continue
        if at > start:
            made.append(Segment(kind, start, float(at)))
        start, kind = max(start, float(at)), name
    if not engagement.windows:
        made.append(Segment(kind, start, arc.impact_s))
    return made + [Segment("window", opens, closes) for opens, closes in engagement.windows]


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of everything that can stand in a lane, in order of time."""
    return [
        (COLOURS["powered"], text("dossier.timeline.powered")),
        (COLOURS["ballistic"], text("dossier.timeline.ballistic")),
        (COLOURS["unseen"], text("dossier.timeline.unseen")),
        (COLOURS["warned"], text("dossier.timeline.warned")),
        (COLOURS["tracking"], text("dossier.timeline.tracking")),
        (COLOURS["waiting"], text("dossier.timeline.waiting")),
        (COLOURS["flying"], text("dossier.timeline.flying")),
        (COLOURS["window"], text("dossier.timeline.window")),
    ]


def chart(timeline: Timeline, titles: dict[str, str], batteries: dict[str, str]) -> ET.Element:
    """Return the drawing of the timeline.

    ``titles`` are variant titles by id, ``batteries`` battery names by ``variant/battery``.
    """
    arc = timeline.arc
    lanes = ["missile", *[e.variant for e in timeline.engagements]]
    headings = _headings(timeline, titles, batteries)
    left = room_for([title for _, title, _ in headings], 14.0, LEFT_PX, MOST_LEFT_PX)
    foot = float(LANE_PX * len(lanes))
    root = plot.canvas(left + WIDTH_PX + RIGHT_PX, foot + AXIS_PX)
    longest = arc.impact_s * 1.01

    def x(time_s: float) -> float:
        return left + WIDTH_PX * time_s / longest

    def middle(lane: str) -> float:
        return LANE_PX * (lanes.index(lane) + 0.5)

    step = 60.0 if longest < 1500.0 else 300.0
    for at in np.arange(0.0, longest, step).tolist():
        plot.line(root, (x(at), 0.0, x(at), foot), palette.RULE, 0.6)
        minute = f"{at // 60.0:.0f}"
        plot.write(root, minute, x(at), foot + 11.0, colour=palette.QUIET, anchor="middle")
    axis = text("dossier.timeline.axis")
    plot.write(
        root, axis, x(longest / 2.0), foot + 30.0, colour=palette.QUIET, anchor="middle"
    )  # fmt: skip
    for lane, one in _bars(timeline):
        add(
            root, "rect", x=x(one.start_s), y=middle(lane) - 8.0 - BAR_PX / 2.0,
            width=x(one.end_s) - x(one.start_s), height=float(BAR_PX), fill=COLOURS[one.kind],
        )  # fmt: skip
    for at in (arc.burnout_s, arc.impact_s):
        plot.line(root, (x(at), 0.0, x(at), foot), palette.QUIET, 1.0, dashes="2 2")
    for note in _notes(timeline):
        anchor = {"left": "start", "center": "middle", "right": "end"}[note.align]
        plot.write(root, note.text, x(note.at_s), middle(note.lane) + 12.0, anchor=anchor)
    for lane, title, sub in headings:
        plot.write(root, title, 0.0, middle(lane) - 10.0, 13.0, bold=True, room=left - 12.0)
        if sub:
            colour = palette.QUIET
            plot.write(root, sub, 0.0, middle(lane) + 7.0, 11.5, colour=colour, room=left - 12.0)
    return root


def _bars(timeline: Timeline) -> list[tuple[str, Segment]]:
    arc = timeline.arc
    bars = [
        ("missile", Segment("powered", 0.0, arc.burnout_s)),
        ("missile", Segment("ballistic", arc.burnout_s, arc.impact_s)),
    ]
    return bars + [(e.variant, s) for e in timeline.engagements for s in segments(arc, e)]


def _notes(timeline: Timeline) -> list[_Note]:
    """Return the words under the bars: launch to the left of its moment, windows to the right."""
    arc = timeline.arc
    burnout = text("dossier.timeline.burnout", at=clock(arc.burnout_s))
    impact = text("dossier.timeline.impact", at=clock(arc.impact_s))
    notes = [
        _Note("missile", arc.burnout_s + _seconds(" ", arc), "left", burnout),
        _Note("missile", arc.impact_s - _seconds(" ", arc), "right", impact),
    ]
    for e in timeline.engagements:
        if not e.windows:
            tracked = np.isfinite(e.first_track_s)
            words = text("dossier.timeline.no_battery_in_time")
            if tracked:
                words = text("dossier.timeline.no_window")
            notes.append(_Note(e.variant, arc.impact_s / 2, "center", words))
            continue
        spans = [
            text("dossier.timeline.span", opens=clock(opens), closes=clock(closes))
            for opens, closes in e.windows
        ]
        launch = max(e.launchable_s, e.launch_s)
        late = e.windows[0][0] > 0.72 * arc.impact_s
        shown = text("dossier.timeline.windows", count=len(spans), spans=listed(spans))
        where = e.windows[-1][1] if late else e.windows[0][0]
        notes.append(_Note(e.variant, where, "right" if late else "left", shown))
        taken = where - _seconds(shown, arc) if late else where
        if np.isfinite(launch) and launch < taken:
            words = text("dossier.timeline.launch", at=clock(launch))
            notes.append(_Note(e.variant, launch, "right", words))
    return notes


def _seconds(words: str, arc: Arc) -> float:
    """Return how many seconds of the axis some words cover."""
    return MEAN_ADVANCE * 12.0 * len(words) * arc.impact_s / WIDTH_PX


def _headings(
    timeline: Timeline, titles: dict[str, str], batteries: dict[str, str]
) -> list[tuple[str, str, str]]:
    made = [("missile", text("dossier.timeline.missile_lane"), "")]
    for e in timeline.engagements:
        if e.battery is None:
            sub = text("dossier.timeline.no_battery")
        else:
            sub = batteries.get(f"{e.variant}/{e.battery}", e.battery)
        made.append((e.variant, titles.get(e.variant, e.variant), sub))
    return made
