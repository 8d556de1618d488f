"""One engagement under each agreement, as lanes of time: who knows when, and what is in time.

The upper bar of a lane is what is known until the launch: nothing, a warning, a track, a track
good enough, a launch that can be decided. The lower bar is the interceptor: it flies, it can meet.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.agreement_data import Event, Story
from longroad.dossier.drawing import add
from longroad.dossier.numbers import clock, listed
from longroad.dossier.sheet import wrapped

WIDTH_PX, LEFT_PX, RIGHT_PX = 1060, 252, 16
LANE_PX, TOP_PX, AXIS_PX = 58, 40, 40
KNOWN_PX, FIRE_PX, OTHER_PX = 15, 9, 15
COLOURS = {
    "powered": palette.LAUNCH,
    "ballistic": "#d9b3b8",
    "unseen": "#dfe2e5",
    "warned": "#c4b8de",
    "tracking": "#8573ac",
    "deciding": "#5c6570",
    "launchable": "#e0a458",
    "flies": "#f0c48e",
    "meets": palette.ALL,
    "late": "#f7f1e6",
}


@dataclass(frozen=True)
class Lane:
    """One agreement: its name, the battery told of, its events; others of the same course."""

    name: str
    battery: str
    events: dict[str, Event]
    also: tuple[str, ...] = ()

    def at(self, event: str) -> float:
        """Return when an event happens, in s after ignition; NaN for never."""
        found = self.events.get(event)
        return found.time_s if found is not None else math.nan

    @property
    def engaged(self) -> bool:
        """Whether an interceptor can meet the missile."""
        return math.isfinite(self.at("launch")) and math.isfinite(self.at("intercept-earliest"))


@dataclass(frozen=True)
class Stretch:
    """A stretch of time of one kind, s after ignition."""

    kind: str
    start_s: float
    end_s: float


def known(lane: Lane) -> list[Stretch]:
    """Return what is known when: each stage lasts until the next, the last until impact."""
    impact = lane.at("impact")
    steps = [
        ("warned", lane.at("warned")),
        ("tracking", lane.at("first-track")),
        ("deciding", lane.at("commit-quality")),
    ]
    ready, latest = lane.at("ready"), lane.at("latest-launch")
    if math.isfinite(ready) and math.isfinite(latest):
        steps.append(("launchable", ready if ready <= latest else math.nan))
        steps.append(("late", max(latest, ready)))
    elif math.isfinite(ready):  # no battery, or none that may
        steps.append(("late", ready))
    made, start, kind = [], 0.0, "unseen"
    for name, at in steps:
        if not math.isfinite(at):
            continue
        if at > start:
            made.append(Stretch(kind, start, at))
        start, kind = max(start, at), name
    if impact > start:
        made.append(Stretch(kind, start, impact))
    return made


def fire(lane: Lane) -> list[Stretch]:
    """Return when the interceptor flies and when it can meet; nothing where it never does."""
    if not lane.engaged:
        return []
    first, last = lane.at("intercept-earliest"), lane.at("intercept-latest")
    return [Stretch("flies", lane.at("launch"), first), Stretch("meets", first, last)]


def told(lane: Lane) -> str:
    """Return the moments of a lane in one line."""
    warned, track = lane.at("warned"), lane.at("first-track")
    values = {"warned": clock(warned), "track": clock(track)}
    if lane.engaged:
        made = text(
            "dossier_agreements.story.told", **values, launch=clock(lane.at("ready")),
            latest=clock(lane.at("latest-launch")), opens=clock(lane.at("intercept-earliest")),
            closes=clock(lane.at("intercept-latest")),
        )  # fmt: skip
    elif math.isfinite(lane.at("ready")) and not math.isfinite(lane.at("latest-launch")):
        ready = clock(lane.at("commit-quality"))
        made = text("dossier_agreements.story.told_barred", **values, ready=ready)
    elif math.isfinite(lane.at("ready")):
        made = text(
            "dossier_agreements.story.told_late", **values, ready=clock(lane.at("ready")),
            latest=clock(lane.at("latest-launch")),
        )  # fmt: skip
    elif math.isfinite(track):
        made = text("dossier_agreements.story.told_weak", **values)
    elif math.isfinite(warned):
        made = text("dossier_agreements.story.told_unseen", warned=clock(warned))
    else:
        made = text("dossier_agreements.story.told_nothing")
    asked = lane.at("consented")
    if math.isfinite(asked):
        made += ", " + text("dossier_agreements.story.consented", at=clock(asked))
    return made


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of everything that can stand in a lane, in order of time."""
    return [
        (COLOURS["unseen"], text("dossier_agreements.story.unseen")),
        (COLOURS["warned"], text("dossier_agreements.story.warned")),
        (COLOURS["tracking"], text("dossier_agreements.story.tracking")),
        (COLOURS["deciding"], text("dossier_agreements.story.deciding")),
        (COLOURS["launchable"], text("dossier_agreements.story.launchable")),
        (COLOURS["late"], text("dossier_agreements.story.late")),
        (COLOURS["flies"], text("dossier_agreements.story.flies")),
        (COLOURS["meets"], text("dossier_agreements.story.meets")),
    ]


def draw(lanes: list[Lane]) -> ET.Element:
    """Return the drawing: the missile above, a lane for each different course, minutes below."""
    lanes = together(lanes)
    impact, burnout = lanes[0].at("impact"), lanes[0].at("burnout")
    others = [_others(lane) for lane in lanes]
    foot = TOP_PX + sum(LANE_PX + OTHER_PX * len(lines) for lines in others)
    root = plot.canvas(WIDTH_PX, foot + AXIS_PX)
    scale = (WIDTH_PX - LEFT_PX - RIGHT_PX) / impact

    def x(time_s: float) -> float:
        return LEFT_PX + scale * time_s

    def bar(one: Stretch, y: float, thick: float) -> None:
        add(
            root, "rect", x=x(one.start_s), y=y, width=max(scale * (one.end_s - one.start_s), 0.8),
            height=thick, fill=COLOURS[one.kind],
        )  # fmt: skip

    _axis(root, impact, x, foot)
    plot.write(root, text("dossier_agreements.story.missile"), 0.0, 18.0, 13.0, bold=True)
    bar(Stretch("powered", 0.0, burnout), 10.0, KNOWN_PX)
    bar(Stretch("ballistic", burnout, impact), 10.0, KNOWN_PX)
    words = text("dossier_agreements.story.burnout", at=clock(burnout))
    plot.write(root, words, x(burnout) + 6.0, 17.5)
    words = text("dossier_agreements.story.impact", at=clock(impact))
    plot.write(root, words, x(impact) - 6.0, 17.5, anchor="end")
    top = float(TOP_PX)
    for lane, lines in zip(lanes, others, strict=True):
        plot.line(root, (0.0, top, WIDTH_PX - RIGHT_PX, top), palette.RULE, 0.6)
        _heading(root, lane, top)
        for one in known(lane):
            bar(one, top + 8.0, KNOWN_PX)
        for one in fire(lane):
            bar(one, top + 8.0 + KNOWN_PX + 2.0, FIRE_PX)
        asked = lane.at("consented")
        if math.isfinite(asked):
            mark = f"M{x(asked):.1f},{top + 7:g}l4,-5h-8z"
            add(root, "path", d=mark, fill=palette.LAUNCH)
        plot.write(root, told(lane), LEFT_PX + 2.0, top + 45.0, 11.5, colour=palette.QUIET)
        for row, line in enumerate(lines):
            y = top + LANE_PX + OTHER_PX * (row + 0.2)
            plot.write(root, line, LEFT_PX + 2.0, y, 11.5, colour=palette.QUIET)
        top += LANE_PX + OTHER_PX * len(lines)
    return root


def together(lanes: list[Lane]) -> list[Lane]:
    """Return the lanes with those of the same course as one, in the order of the first of each."""
    groups: dict[tuple[object, ...], list[Lane]] = {}
    for lane in lanes:
        times = tuple(
            (name, round(one.time_s) if math.isfinite(one.time_s) else None)
            for name, one in sorted(lane.events.items())
        )
        groups.setdefault((lane.battery, times), []).append(lane)
    return [replace(own[0], also=tuple(one.name for one in own[1:])) for own in groups.values()]


def _others(lane: Lane) -> list[str]:
    """Return the lines that name the arrangements with the same course."""
    if not lane.also:
        return []
    words = text("dossier_agreements.story.also", list=listed(list(lane.also)))
    return wrapped(words, WIDTH_PX - LEFT_PX - RIGHT_PX + 60.0, 11.5)


def _heading(root: ET.Element, lane: Lane, top: float) -> None:
    lines = wrapped(lane.name, 0.95 * (LEFT_PX - 10.0), 12.0)
    for row, line in enumerate(lines[:2]):
        plot.write(root, line, 0.0, top + 16.0 + 15.0 * row, 12.0, bold=True, room=LEFT_PX)
    y = top + 16.0 + 15.0 * min(len(lines), 2)
    plot.write(root, lane.battery, 0.0, y, 11.5, colour=palette.QUIET, room=LEFT_PX)


def _axis(root: ET.Element, impact: float, x: Callable[[float], float], foot: float) -> None:
    step = 60.0 if impact < 1500.0 else 300.0
    for at in np.arange(0.0, impact, step).tolist():
        plot.line(root, (x(at), 30.0, x(at), foot), palette.RULE, 0.6)
        minute = f"{at / 60.0:.0f}"
        plot.write(root, minute, x(at), foot + 14.0, colour=palette.QUIET, anchor="middle")
    plot.line(root, (x(impact), 26.0, x(impact), foot), palette.LAUNCH, 1.0, dashes="2 2")
    words = text("dossier_agreements.story.axis")
    middle = (LEFT_PX + WIDTH_PX - RIGHT_PX) / 2.0
    plot.write(root, words, middle, foot + 31.0, colour=palette.QUIET, anchor="middle")


def lane(name: str, story: Story, key: tuple[str, str], batteries: dict[str, str]) -> Lane:
    """Return the lane of one agreement; the battery's name, or that there is none in time."""
    events = story.events[key]
    actor = events["launch"].actor if "launch" in events else ""
    made = Lane(name, batteries.get(actor, actor), events)
    if made.engaged:
        return made
    return Lane(name, text("dossier_agreements.story.no_battery"), events)
