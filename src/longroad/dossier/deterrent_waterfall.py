"""From force to arrival: bars for every stage in four postures, with and without a defence.

What flies on other routes stands in the first row: no missile defence acts on it.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.assumptions import Reading, claim_value, claimant
from longroad.dossier.deterrent_data import POSTURE_IDS, WORST, Case, Deterrent, Row
from longroad.dossier.deterrent_words import (
    Names,
    count,
    launch,
    posture,
    reading,
    set_words,
    taken,
)
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import listed, percent
from longroad.dossier.reading import ADOPTED

WIDTH_PX, LEFT_PX, GAP_PX, ROW_PX, BAR_PX, HEAD_PX = 1080, 244, 18, 22, 13, 40
SPLIT_PX = 22.0
ROUTES, STAGE, LEFT, TAKEN = palette.STATUS["judgement"], palette.MOST, palette.ALL, palette.NONE
STAGES = ("deployed", "surviving", "launched", "arriving", "within_reach")


@dataclass(frozen=True)
class Bar:
    """One row of one posture: its length, the part that a defence takes, and its number."""

    words: str
    value: float
    lost: float
    number: str
    colour: str


def figure_name(owner: str, party: str) -> str:
    """Return ``waterfall-<owner>-<party>``."""
    return f"waterfall-{owner}-{party}"


def rows_of(
    found: Deterrent, names: Names, owner: str, party: str, at: str, cases: list[Case] | None = None
) -> list[Bar]:
    """Return the bars of one posture from top to bottom, by default of the cases told of."""
    cases = found.told(owner, party) if cases is None else cases
    first = found.rows[cases[0]][at]
    bars = [Bar(text("dossier_deterrent.stage.other_routes"), first.other_routes, 0.0,
                count(first.other_routes), ROUTES)]  # fmt: skip
    reach = max((found.rows[case][at] for case in cases), key=lambda row: row.within_reach)
    for stage in STAGES:
        value = getattr(reach, stage)
        bars.append(Bar(text(f"dossier_deterrent.stage.{stage}"), value, 0.0, count(value), STAGE))
    for case in cases:
        row = found.rows[case][at]
        number = count(row.penetrating)
        if row.lost_p95 > 0.0:
            number = text(
                "dossier_deterrent.waterfall.left", left=count(row.penetrating), lost=taken(row)
            )
        words = short_words(names, case, found.held(case))
        bars.append(Bar(words, row.penetrating, row.lost, number, LEFT))
    return bars


def row_words(names: Names, case: Case) -> str:
    """Return what a row of a defence is called: when it launches and what is read."""
    if case.assumptions == ADOPTED:
        return launch(case)
    return text(
        "dossier_deterrent.waterfall.read", launch=launch(case),
        reading=reading(names, case.assumptions),
    )  # fmt: skip


def short_words(names: Names, case: Case, held: bool = False) -> str:
    """Return the same in few words, as a chart has room for; of a set its title says the rest."""
    known, delay = case.delay_s is not None, f"{case.delay_s or 0.0:g}"
    if case.assumptions == ADOPTED or held:
        kind = "row_delay" if known else "row_sensors"
        return text(f"dossier_deterrent.waterfall.{kind}", delay=delay)
    kind = "row_after" if known else "row_own"
    parsed = Reading.parse(case.assumptions)
    return text(
        "dossier_deterrent.waterfall.row_claim",
        launch=text(f"dossier_deterrent.waterfall.{kind}", delay=delay),
        value=claim_value(names.manifest, parsed) or parsed.claim,
        claimant=claimant(names.manifest, parsed),
    )


def figure(found: Deterrent, names: Names, owner: str, party: str) -> Figure:
    """Return the chart of one force against one defence."""
    cases = found.told(owner, party)
    worst = max((found.rows[case][WORST] for case in cases), key=lambda row: row.lost)
    return Figure(
        figure_name(owner, party),
        title(found, names, owner, party),
        text(
            "dossier_deterrent.waterfall.alt", arriving=count(worst.arriving),
            other=count(worst.other_routes), lost=taken(worst),
        ),
        lambda: draw({
            posture(at): rows_of(found, names, owner, party, at) for at in POSTURE_IDS
        }),
    )  # fmt: skip


def set_figure(found: Deterrent, names: Names, case: Case) -> Figure:
    """Return the chart of one force against one defence under a set of assumptions."""
    row = found.rows[case][WORST]
    return Figure(
        f"{figure_name(case.owner, case.party)}-{case.assumptions}",
        text(
            "dossier_deterrent.waterfall.set_title", owner=names.called(case.owner),
            party=names.called(case.party), towards=names.towards(case.towards),
            assumptions=set_words(found, names, case),
        ),
        text(
            "dossier_deterrent.waterfall.alt", arriving=count(row.arriving),
            other=count(row.other_routes), lost=taken(row),
        ),
        lambda: draw({
            posture(at): rows_of(found, names, case.owner, case.party, at, [case])
            for at in POSTURE_IDS
        }),
    )  # fmt: skip


def title(found: Deterrent, names: Names, owner: str, party: str) -> str:
    """Return whose force it is, of which year's list, against whom, towards which country."""
    case = found.told(owner, party)[0]
    row = found.rows[case][WORST]
    return text(
        "dossier_deterrent.waterfall.title", owner=names.called(owner), party=names.called(party),
        towards=names.towards(case.towards), force=row.force,
    )  # fmt: skip


def _step(most: float) -> float:
    size = 10.0 ** math.floor(math.log10(max(most, 1.0) / 2.0 + 1e-9))
    return next(size * k for k in (1.0, 2.0, 5.0, 10.0) if most / (size * k) <= 2.5)


def draw(postures: dict[str, list[Bar]]) -> ET.Element:
    """Return the drawing: a panel for each posture, a row for each bar."""
    bars = next(iter(postures.values()))
    split = len(STAGES) + 1
    foot = HEAD_PX + ROW_PX * len(bars) + SPLIT_PX + 2.0
    root = plot.canvas(WIDTH_PX, foot + 22.0)
    width = (WIDTH_PX - LEFT_PX - GAP_PX * (len(postures) - 1)) / len(postures)
    most = max((bar.value + bar.lost for own in postures.values() for bar in own), default=1.0)
    step = _step(most)
    scale = (width - 42.0) / max(most, 1.0)

    def y(number: int) -> float:
        return HEAD_PX + ROW_PX * (number + 0.5) + (SPLIT_PX if number >= split else 0.0)

    for number, bar in enumerate(bars):
        plot.write(root, bar.words, 0.0, y(number), 11.5, room=LEFT_PX - 10.0)
    plot.write(
        root, text("dossier_deterrent.waterfall.with_defence"), 0.0, y(split) - ROW_PX + 2.0, 10.5,
        colour=palette.QUIET,
    )  # fmt: skip
    for place, (words, own) in enumerate(postures.items()):
        left = LEFT_PX + place * (width + GAP_PX)
        for line, part in enumerate(words.split(", ", 1)):
            plot.write(root, part, left, 8.0 + 15.0 * line, 12.0, bold=line == 0)
        for k in range(int(most / step) + 1):
            at = left + scale * step * k
            plot.line(root, (at, HEAD_PX - 4.0, at, foot), palette.RULE, 0.6)
            plot.write(
                root, f"{step * k:,.0f}", at, foot + 10.0, 11.0, colour=palette.QUIET,
                anchor="middle" if k else "start",
            )  # fmt: skip
        for number, bar in enumerate(own):
            _bar(root, bar, left, y(number), scale, left + width)
    return root


def _bar(root: ET.Element, bar: Bar, left: float, y: float, scale: float, end: float) -> None:
    length, lost = scale * bar.value, scale * bar.lost
    top = y - BAR_PX / 2.0
    add(root, "rect", x=left, y=top, width=length, height=float(BAR_PX), fill=bar.colour)
    if lost > 0.0:
        lost = max(lost, 1.5)
        add(root, "rect", x=left + length, y=top, width=lost, height=float(BAR_PX), fill=TAKEN)
    room = plot.ADVANCE * 11.0 * len(bar.number)
    at, colour, anchor = left + length + lost + 4.0, palette.INK, "start"
    if at + room > end + GAP_PX - 2.0:
        at, anchor = left + length - 4.0, "end"
        colour = "#ffffff" if bar.colour == LEFT else palette.INK
    plot.write(root, bar.number, at, y, 11.0, colour=colour, anchor=anchor)


def legend() -> list[tuple[str, str]]:
    """Return (colour, words) of the bars."""
    return [
        (ROUTES, text("dossier_deterrent.legend.routes")),
        (STAGE, text("dossier_deterrent.legend.stage")),
        (LEFT, text("dossier_deterrent.legend.left")),
        (TAKEN, text("dossier_deterrent.legend.taken")),
    ]


def table(found: Deterrent, names: Names, owner: str, party: str) -> list[list[str]]:
    """Return the chart in numbers: a row for each stage and reading, a column for each posture."""
    columns = [rows_of(found, names, owner, party, at) for at in POSTURE_IDS]
    words = [row_words(names, case) for case in found.told(owner, party)]
    heads = [bar.words for bar in columns[0]][: -len(words)] + words
    numbers = zip(*([bar.number for bar in own] for own in columns), strict=True)
    return [[head, *row] for head, row in zip(heads, numbers, strict=True)]


def lead(found: Deterrent, names: Names, owner: str) -> str:
    """Return one sentence on an owner: what each defence takes at its most, largest first."""
    cases = [found.adopted(owner, party) for party in found.against(owner)]
    taking = [case for case in cases if found.rows[case][WORST].lost_p95 > 0.0]
    taking.sort(key=lambda case: -found.lost(case))
    key = "most" if taking else "nothing"
    return text(
        f"dossier_deterrent.lead.{key}", owner=names.called(owner),
        arriving=count(found.rows[cases[0]][WORST].arriving),
        list="; ".join(_taken(found, names, case) for case in taking),
    )  # fmt: skip


def _taken(found: Deterrent, names: Names, case: Case) -> str:
    """Return what one defence takes and when it has to launch for that."""
    sensors = [
        found.lost(one) for one in found.cases(case.owner, case.party)
        if one.assumptions == ADOPTED and one.delay_s is None
    ]  # fmt: skip
    key = "sensors" if case.delay_s is None else "delay_only" if sensors else "delay"
    row = found.rows[case][WORST]
    return text(
        "dossier_deterrent.lead.taken", party=names.called(case.party), lost=taken(row),
        share=percent(row.lost_fraction), towards=_towards(found, names, case),
        launch=text(
            f"dossier_deterrent.lead.{key}", delay=f"{case.delay_s or 0.0:g}",
            share=percent(max(sensors, default=0.0)),
        ),
    )  # fmt: skip


def _towards(found: Deterrent, names: Names, case: Case) -> str:
    """Return towards which country most is taken, and towards which nothing in any draw."""
    taking: dict[str, float] = {}
    for one in found.cases(case.owner, case.party):
        if one.assumptions == ADOPTED:
            most = max(found.rows[one][WORST].lost, found.rows[one][WORST].lost_p95)
            taking[one.towards] = max(taking.get(one.towards, 0.0), most)
    spared = [names.towards(country) for country, most in taking.items() if most <= 0.0]
    if not spared:
        return names.towards(case.towards)
    return text(
        "dossier_deterrent.lead.nothing_towards", towards=names.towards(case.towards),
        others=listed(spared),
    )  # fmt: skip


def idle(found: Deterrent, names: Names, owner: str) -> str | None:
    """Return which defences take nothing from an owner in any draw of any reading told."""

    def none(row: Row) -> bool:
        return row.lost <= 0.0 and row.lost_p95 <= 0.0

    parties = [
        names.called(party) for party in found.against(owner)
        if all(none(found.rows[case][WORST]) for case in found.read(owner, party))
    ]  # fmt: skip
    if not parties:
        return None
    return text("dossier_deterrent.lead.idle", parties=listed(parties), owner=names.called(owner))
