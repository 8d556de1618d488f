"""The first screen of a raid: a row for each arrangement, what it comes to and in one sentence."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import raid_chart
from longroad.dossier.agreement_data import NONE
from longroad.dossier.numbers import listed, percent
from longroad.dossier.raid_data import (
    LAUNCHED,
    LEAKERS,
    MODES,
    NOTHING,
    PROCEDURE,
    WASTED,
    Group,
    Raids,
    Told,
)
from longroad.dossier.raid_order import leads, order_words
from longroad.dossier.raid_words import badge, label, one, party_name, sentence, signed, verdict
from longroad.dossier.svg import finished

# More rows than this must be short to fit a screen.
MOST_TALL = 5
LOW_PX = 8.0
ByMode = dict[str, str]


@dataclass(frozen=True)
class Cell:
    """A figure under each discrimination, its column's head for narrow screens, a quiet remark."""

    head: str
    words: ByMode
    aside: ByMode


@dataclass(frozen=True)
class Row:
    """One group of arrangements: names, drawing, figures, verdict (kind, words) and sentence."""

    name: str
    also: str
    strip: Markup
    cells: list[Cell]
    kinds: ByMode
    badges: ByMode
    sentences: ByMode

    @property
    def same(self) -> bool:
        """Whether there is no difference under any discrimination."""
        return set(self.kinds.values()) == {"same"} and len(set(self.badges.values())) == 1


@dataclass(frozen=True)
class Screen:
    """One raid's first screen."""

    id: str
    title: str
    scale: str
    chart_head: str
    axis: Markup
    heads: list[str]
    rows: list[Row]
    leads: list[ByMode]
    order: str

    @property
    def many(self) -> bool:
        """Whether its rows must be short to fit a screen."""
        return len(self.rows) > MOST_TALL


def by_mode(words: Callable[[str], str]) -> ByMode:
    """Return words under each discrimination."""
    return {mode: words(mode) for mode in MODES}


def screen(found: Raids, raid: str) -> Screen:
    """Return the table of one raid with the sentences above it."""
    objects = f"{found.objects(raid):.0f}"
    name = raid_chart.raid_name(raid)
    told = {mode: leads(found, raid, mode) for mode in MODES}
    lines = range(len(told[MODES[0]]))
    territories = found.territories(raid)
    heads = [
        text(f"dossier_raids.table.{key}")
        for key in ("mean", "change", "nothing", "launched", "wasted", "procedure")
    ] + [
        text("dossier_raids.table.to", party=party_name(found, party)) for party in territories
    ]  # fmt: skip
    axis = raid_chart.strip_axis(found, raid)
    return Screen(
        id=raid,
        title=text("dossier_raids.raid", name=name, objects=objects),
        scale=text("dossier_raids.table.scale", objects=objects),
        chart_head=text(
            "dossier_raids.table.chart", leakers=text("dossier_raids.leakers"), objects=objects
        ),
        axis=_drawn(axis, f"raid-axis-{raid}", name),
        heads=heads,
        rows=[_row(found, raid, group, heads) for group in found.groups(raid)],
        leads=[{mode: told[mode][line] for mode in MODES} for line in lines],
        order=order_words(found, raid),
    )


def _drawn(root: ET.Element, id: str, title: str) -> Markup:
    return Markup(finished(root, id=id, title=title, description="", shared={}))


def _row(found: Raids, raid: str, group: Group, heads: list[str]) -> Row:
    first = group[0]
    names = [found.agreements[id] for id in group]
    many = len(found.groups(raid)) > MOST_TALL
    strip = raid_chart.strip(found, raid, first, LOW_PX if many else raid_chart.LANE_PX)
    return Row(
        name=names[0],
        also=_also(names[1:]) if NONE not in group else "",
        strip=_drawn(strip, f"raid-strip-{raid}-{first}", label(found, group)),
        cells=_cells(found, raid, first, heads),
        kinds=by_mode(
            lambda mode: "base" if NONE in group else verdict(found, raid, first, mode).kind
        ),
        badges=by_mode(
            lambda mode: "" if NONE in group else badge(found, verdict(found, raid, first, mode))
        ),
        sentences=by_mode(lambda mode: sentence(found, raid, group, mode)),
    )


def _also(names: list[str]) -> str:
    return text("dossier_raids.table.same", list=listed(names)) if names else ""


def _cells(found: Raids, raid: str, agreement: str, heads: list[str]) -> list[Cell]:
    dash = text("dossier.format.none")

    def cell(head: str, told: Callable[[str], Told | None], show: Callable[[Told], str]) -> Cell:
        return Cell(
            head,
            by_mode(lambda mode: show(it) if (it := told(mode)) is not None else dash),
            by_mode(lambda _: ""),
        )

    def at(outcome: str, party: str = "") -> Callable[[str], Told | None]:
        return lambda mode: found.get(raid, agreement, mode, outcome, party)

    def number(told: Told) -> str:
        return one(told.best)

    def gap(mode: str) -> Told | None:
        return None if agreement == NONE else found.difference(raid, agreement, mode, LEAKERS)

    mean = cell(heads[0], at(LEAKERS), number)
    mean = Cell(mean.head, mean.words, by_mode(lambda mode: between(at(LEAKERS)(mode))))
    return [
        mean,
        cell(heads[1], gap, with_error),
        cell(heads[2], at(NOTHING), lambda told: percent(told.best)),
        *(
            cell(head, at(outcome), number)
            for head, outcome in zip(heads[3:6], (LAUNCHED, WASTED, PROCEDURE), strict=True)
        ),
        *(
            cell(head, at(LEAKERS, party), number)
            for head, party in zip(heads[6:], found.territories(raid), strict=True)
        ),
    ]


def between(told: Told | None) -> str:
    """Return the interval of what is not known, or nothing where there are no draws."""
    if told is None or told.epistemic_p05 is None or told.epistemic_p95 is None:
        return ""
    return text(
        "dossier_raids.table.range", low=one(told.epistemic_p05), high=one(told.epistemic_p95)
    )


def with_error(told: Told) -> str:
    """Return a difference with the sampling error of the pairs."""
    if told.error <= 0.0:
        return signed(told.best, 2)
    shown = f"{told.error:.2f}" if told.error >= 0.005 else f"{told.error:.3f}"
    return text("dossier_raids.table.error", value=signed(told.best, 2), error=shown)
