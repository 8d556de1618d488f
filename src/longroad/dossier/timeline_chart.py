"""The drawing of a timeline: the missile's lane above, one lane per variant below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np

from longroad.base.messages import text
from longroad.dossier import palette
from longroad.dossier.charts import room_for
from longroad.dossier.labels import MEAN_ADVANCE
from longroad.dossier.numbers import clock, listed
from longroad.dossier.theme import specification
from longroad.dossier.timeline import Arc, Engagement, Timeline

LANE_PX = 54
BAR_PX = 20
WIDTH_PX = 740
LEFT_PX = 170
MOST_LEFT_PX = 250

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


def chart(timeline: Timeline, titles: dict[str, str], batteries: dict[str, str]) -> dict[str, Any]:
    """Return the Vega-Lite specification of the timeline.

    ``titles`` are variant titles by id, ``batteries`` battery names by ``variant/battery``.
    """
    arc = timeline.arc
    lanes = ["missile", *[e.variant for e in timeline.engagements]]
    y = alt.Y("lane:N", sort=lanes, axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    longest = arc.impact_s * 1.01
    step = 60.0 if longest < 1500.0 else 300.0
    x = alt.X(
        "start:Q",
        scale=alt.Scale(domain=[0, longest], nice=False),
        axis=alt.Axis(
            title=text("dossier.timeline.axis"),
            values=np.arange(0.0, longest, step).tolist(),
            labelExpr="floor(datum.value/60)",
        ),
    )
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
        legend=None,
    )
    bars = (
        alt.Chart(alt.Data(values=_bars(timeline)))
        .mark_bar(height=BAR_PX, yOffset=-8)
        .encode(x=x, x2="end:Q", y=y, color=colour)
    )
    impact = (
        alt.Chart(alt.Data(values=[{"at": arc.burnout_s}, {"at": arc.impact_s}]))
        .mark_rule(stroke=palette.QUIET, strokeDash=[2, 2], strokeWidth=1)
        .encode(x="at:Q")
    )
    layers = [bars, impact]
    notes = _notes(timeline)
    for align in ("left", "center", "right"):
        chosen = [note for note in notes if note["align"] == align]
        look: dict[str, Any] = {"align": align, "dy": 12, "fontSize": 12, "fill": palette.INK}
        if chosen:
            base = alt.Chart(alt.Data(values=chosen))
            layers.append(base.mark_text(**look).encode(x="at:Q", y=y, text="text:N"))
    rows = [
        {"lane": lane, "title": title, "sub": sub}
        for lane, title, sub in _headings(timeline, titles, batteries)
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(y=y)
    left = room_for([str(row["title"]) for row in rows], 14.0, LEFT_PX, MOST_LEFT_PX)
    heading: dict[str, Any] = {"align": "left", "x": -left, "limit": left - 12}
    layers += [
        base.mark_text(**heading, dy=-10, fontSize=13, fontWeight=600).encode(text="title:N"),
        base.mark_text(**heading, dy=7, fontSize=11.5, fill=palette.QUIET).encode(text="sub:N"),
    ]
    whole = alt.layer(*layers).properties(width=WIDTH_PX, height=LANE_PX * len(lanes))
    return specification(whole)


def _bars(timeline: Timeline) -> list[dict[str, Any]]:
    arc = timeline.arc
    bars: list[dict[str, Any]] = [
        {"lane": "missile", "kind": "powered", "start": 0.0, "end": arc.burnout_s},
        {"lane": "missile", "kind": "ballistic", "start": arc.burnout_s, "end": arc.impact_s},
    ]
    for e in timeline.engagements:
        bars += [
            {"lane": e.variant, "kind": s.kind, "start": s.start_s, "end": s.end_s}
            for s in segments(arc, e)
        ]
    return bars


def _notes(timeline: Timeline) -> list[dict[str, Any]]:
    """Return the words under the bars: launch to the left of its moment, windows to the right."""
    arc = timeline.arc
    burnout = text("dossier.timeline.burnout", at=clock(arc.burnout_s))
    impact = text("dossier.timeline.impact", at=clock(arc.impact_s))
    notes: list[dict[str, Any]] = [
        {"lane": "missile", "at": arc.burnout_s, "align": "left", "text": f" {burnout}"},
        {"lane": "missile", "at": arc.impact_s, "align": "right", "text": f"{impact} "},
    ]
    for e in timeline.engagements:
        if not e.windows:
            tracked = np.isfinite(e.first_track_s)
            words = text("dossier.timeline.no_battery_in_time")
            if tracked:
                words = text("dossier.timeline.no_window")
            notes.append(
                {"lane": e.variant, "at": arc.impact_s / 2, "align": "center", "text": words}
            )
            continue
        spans = [
            text("dossier.timeline.span", opens=clock(opens), closes=clock(closes))
            for opens, closes in e.windows
        ]
        launch = max(e.launchable_s, e.launch_s)
        late = e.windows[0][0] > 0.72 * arc.impact_s
        shown = text("dossier.timeline.windows", count=len(spans), spans=listed(spans))
        where = e.windows[-1][1] if late else e.windows[0][0]
        notes.append(
            {"lane": e.variant, "at": where, "align": "right" if late else "left", "text": shown}
        )
        taken = where - _seconds(shown, arc) if late else where
        if np.isfinite(launch) and launch < taken:
            words = text("dossier.timeline.launch", at=clock(launch))
            notes.append({"lane": e.variant, "at": launch, "align": "right", "text": words})
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
