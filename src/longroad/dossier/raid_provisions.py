"""Which provision of an arrangement changes what of a raid: bars in the order as stated."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import listed
from longroad.dossier.raid_chart import COLOURS, raid_name, steps_of
from longroad.dossier.raid_data import LEAKERS, MODES, WASTED, Raids, Step
from longroad.dossier.raid_words import ERRORS, EXACT, label, signed

WIDTH_PX, LEFT_PX, RIGHT_PX, GAP_PX = 1060.0, 330.0, 26.0, 46.0
ROW_PX, HEAD_PX, BAR_PX = 26.0, 28.0, 6.0
# An axis is never shorter than this to either side, in missiles or interceptors.
SHORTEST = 0.4
OUTCOMES = (LEAKERS, WASTED)
Changes = dict[tuple[str, str], tuple[float, float]]


@dataclass(frozen=True)
class Ladder:
    """Arrangements with the same steps: those that change something, and all together."""

    agreements: tuple[str, ...]
    steps: tuple[Step, ...]
    whole: Changes


def told(change: float, error: float) -> bool:
    """Return whether a step's change is more than the sampling could show."""
    return abs(change) > EXACT and abs(change) >= ERRORS * error


def ladders(found: Raids, raid: str) -> list[Ladder]:
    """Return the arrangements in which some provision changes something, alike ones together."""
    alike: dict[tuple, list[str]] = {}
    kept: dict[tuple, tuple[Step, ...]] = {}
    for agreement in found.agreements:
        steps = tuple(
            step
            for step in found.steps.get((raid, agreement), ())
            if any(told(*one) for one in step.changes.values())
        )
        if steps:
            key = tuple((step.kind, tuple(sorted(step.changes.items()))) for step in steps)
            alike.setdefault(key, []).append(agreement)
            kept.setdefault(key, steps)
    return [Ladder(tuple(names), kept[key], _whole(kept[key])) for key, names in alike.items()]


def _whole(steps: tuple[Step, ...]) -> Changes:
    """Return all steps together; their errors' sum, which the error of the whole cannot exceed."""
    made: Changes = {}
    for step in steps:
        for key, (change, error) in step.changes.items():
            before = made.get(key, (0.0, 0.0))
            made[key] = (before[0] + change, before[1] + error)
    return made


def without(found: Raids, raid: str) -> list[str]:
    """Return the names of the arrangements whose provisions change nothing."""
    moved = {agreement for one in ladders(found, raid) for agreement in one.agreements}
    known = [agreement for at, agreement in found.steps if at == raid]
    return [found.agreements.get(id, id) for id in dict.fromkeys(known) if id not in moved]


def step_name(step: Step) -> str:
    """Return a provision's name: its id in words, and its kind."""
    words = step.provision.replace("-", " ").replace("_", " ")
    return text("dossier_raids.steps.label", provision=words, kind=step.kind)


def figure_name(raid: str) -> str:
    """Return ``raid-steps-<raid>``."""
    return f"raid-steps-{raid}"


def figure(found: Raids, raid: str) -> Figure | None:
    """Return the figure of one raid, None where no provision changes anything."""
    made = ladders(found, raid)
    if not made:
        return None
    return Figure(
        figure_name(raid),
        text("dossier_raids.steps.chart_title", raid=raid_name(raid)),
        text("dossier_raids.steps.alt"),
        lambda: draw(found, made),
    )


def draw(found: Raids, made: list[Ladder]) -> ET.Element:
    """Return the drawing: arrangements as headings, provisions as rows, an outcome a panel."""
    rows: list[tuple[str, bool, Changes | None]] = []
    for ladder in made:
        rows.append((label(found, ladder.agreements), True, None))
        rows += [(step_name(step), False, step.changes) for step in ladder.steps]
        if len(ladder.steps) > 1:
            rows.append((text("dossier_raids.steps.whole"), True, ladder.whole))
    foot = plot.TITLE_PX + sum(HEAD_PX if one[2] is None else ROW_PX for one in rows)
    root = plot.canvas(WIDTH_PX, foot + 20.0)
    width = (WIDTH_PX - LEFT_PX - GAP_PX - RIGHT_PX) / 2.0
    for number, outcome in enumerate(OUTCOMES):
        left = LEFT_PX + number * (width + GAP_PX)
        _panel(root, rows, outcome, (left, width, foot))
    top = plot.TITLE_PX
    for words, bold, changes in rows:
        high = HEAD_PX if changes is None else ROW_PX
        if changes is None:
            plot.line(root, (0.0, top, WIDTH_PX, top), palette.RULE, 0.6)
        indent = 0.0 if changes is None else 12.0
        middle = top + high / 2.0
        room = LEFT_PX - indent - 10.0 if changes else WIDTH_PX
        plot.write(root, words, indent, middle, 12.5, bold=bold, room=room)
        top += high
    return root


def _panel(
    root: ET.Element, rows: list[tuple[str, bool, Changes | None]], outcome: str,
    place: tuple[float, float, float],
) -> None:  # fmt: skip
    left, width, foot = place
    known = [
        change + sign * ERRORS * error
        for _, _, changes in rows
        for (_, name), (change, error) in (changes or {}).items()
        if name == outcome
        for sign in (-1.0, 1.0)
    ]
    marks = steps_of(min(-SHORTEST, *known), max(SHORTEST, *known))

    def x(value: float) -> float:
        return left + width * (value - marks[0]) / (marks[-1] - marks[0])

    plot.write(root, text(f"dossier_raids.steps.{_key(outcome)}"), left, 9.0, 12.5, bold=True)
    digits = 0 if marks[1] - marks[0] >= 0.999 else 1 if marks[1] - marks[0] >= 0.0999 else 2
    for mark in marks:
        plot.line(root, (x(mark), plot.TITLE_PX, x(mark), foot), palette.RULE, 0.6)
        words = signed(mark, digits)
        plot.write(root, words, x(mark), foot + 11.0, colour=palette.QUIET, anchor="middle")
    plot.line(root, (x(0.0), plot.TITLE_PX, x(0.0), foot), palette.QUIET, 1.2)
    top = plot.TITLE_PX
    for _, _, changes in rows:
        for number, mode in enumerate(MODES if changes else ()):
            change, error = (changes or {}).get((mode, outcome), (0.0, 0.0))
            y = top + ROW_PX / 2.0 + (number - 1) * (BAR_PX + 1.0)
            low, high = x(change - ERRORS * error), x(change + ERRORS * error)
            _bar(root, (x(0.0), x(change), low, high), y, mode)
        top += HEAD_PX if changes is None else ROW_PX


def _bar(root: ET.Element, ends: tuple[float, float, float, float], y: float, mode: str) -> None:
    zero, end, low, high = ends
    width = abs(end - zero)
    add(
        root, "rect", x=min(zero, end), y=y - BAR_PX / 2.0, width=width, height=BAR_PX,
        fill=COLOURS[mode],
    )  # fmt: skip
    if high - low > 0.5:
        plot.line(root, (low, y, high, y), palette.QUIET, 1.0)


def _key(outcome: str) -> str:
    return "leakers" if outcome == LEAKERS else "wasted"


def table(found: Raids, raid: str) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows: every step that changes something, under each discrimination."""
    heads = [text("dossier_raids.table.arrangement"), text("dossier_raids.steps.provision")]
    for outcome in OUTCOMES:
        for mode in MODES:
            words = text(f"dossier_raids.steps.{_key(outcome)}")
            heads.append(f"{words}, {text(f'dossier_raids.mode.{mode}')}")
    rows = []
    for ladder in ladders(found, raid):
        for step in ladder.steps:
            figures = []
            for outcome in OUTCOMES:
                for mode in MODES:
                    change, error = step.changes.get((mode, outcome), (0.0, 0.0))
                    figures.append(
                        text(
                            "dossier_raids.table.error", value=signed(change, 2),
                            error=f"{error:.2f}",
                        )
                    )  # fmt: skip
            names = listed([found.agreements.get(id, id) for id in ladder.agreements])
            rows.append([names, step_name(step), *figures])
    return heads, rows
