"""What each shared sensor adds under an agreement: Shapley values as bars, with intervals."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import palette, plot
from longroad.dossier.agreement_data import AREA, NONE, Agreements
from longroad.dossier.agreement_names import Names, points
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.reading import Spread

WIDTH_PX, LEFT_PX, RIGHT_PX, ROW_PX, BAR_PX = 760, 300, 70, 24, 12
# Below a twentieth of a point a sensor is told as adding nothing.
LEAST = 0.0005


@dataclass(frozen=True)
class MarginalRow:
    """One party's chart, under the arrangement that gives it most; or that nothing counts."""

    title: str
    svg: Markup | None


@dataclass(frozen=True)
class MarginalTable:
    """All arrangements: a row for each party, missile and sensor with a value."""

    heads: list[str]
    rows: list[list[str]]


def counts(found: Agreements, agreement: str, party: str, missile: str) -> bool:
    """Return whether any shared sensor adds or takes something."""
    values = found.sensors(agreement, party, missile).values()
    return any(abs(one.best) >= LEAST for one in values)


def figure_name(party: str, missile: str, agreement: str) -> str:
    """Return ``marginal-<agreement>-<party>-<missile>``."""
    return f"marginal-{agreement}-{party}-{missile}"


def figure(found: Agreements, names: Names, party: str, missile: str, agreement: str) -> Figure:
    """Return the bars of one arrangement, largest first, equal ones in scenario order."""
    values = found.sensors(agreement, party, missile)
    order = sorted(values, key=lambda id: -round(values[id].best, 4))
    owners = {one.id: one.owner for one in found.variant.sensors}
    bars = [(_named(names, owners, id), values[id]) for id in order]
    words = {
        "party": names.party[party],
        "missile": names.missile[missile],
        "agreement": names.agreement[agreement],
    }
    return Figure(
        figure_name(party, missile, agreement),
        text("dossier_agreements.marginal.chart_title", **words),
        text("dossier_agreements.marginal.alt", top=f"{bars[0][0]} {points(bars[0][1].best)}"),
        lambda: draw(bars),
    )


def _named(names: Names, owners: dict[str, str], sensor: str) -> str:
    owner = owners.get(sensor, "")
    return text(
        "dossier_agreements.marginal.own", sensor=names.asset.get(sensor, sensor),
        party=names.party.get(owner, owner),
    )  # fmt: skip


def _ends(one: Spread) -> tuple[float, float]:
    low = one.best if one.epistemic_p05 is None else one.epistemic_p05
    return low, one.best if one.epistemic_p95 is None else one.epistemic_p95


def draw(bars: list[tuple[str, Spread]]) -> ET.Element:
    """Return the drawing: a bar for each sensor from nothing, its interval as a line."""
    known = [end for _, one in bars for end in (*_ends(one), one.best)]
    low, high = min(0.0, *known), max(0.05, *known)
    step = next(s for s in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if (high - low) / s <= 6.5)
    high, low = step * math.ceil(high / step - 1e-9), step * math.floor(low / step + 1e-9)
    scale = (WIDTH_PX - LEFT_PX - RIGHT_PX) / (high - low)
    foot = 4.0 + ROW_PX * len(bars)
    root = plot.canvas(WIDTH_PX, foot + 36.0)

    def x(share: float) -> float:
        return LEFT_PX + scale * (share - low)

    def write(words: str, at: float, y: float, anchor: str, colour: str) -> None:
        plot.write(root, words, at, y, 12.5, colour=colour, anchor=anchor)

    for k in range(round((high - low) / step) + 1):
        at = low + k * step
        add(root, "path", d=f"M{x(at):.1f},0V{foot}", stroke=palette.RULE, stroke_width=0.6)
        write(points(at) if round(at, 6) else "0", x(at), foot + 10.0, "middle", palette.QUIET)
    middle = (LEFT_PX + WIDTH_PX - RIGHT_PX) / 2.0
    write(text("dossier_agreements.marginal.axis"), middle, foot + 27.0, "middle", palette.QUIET)
    for number, (name, one) in enumerate(bars):
        y = 4.0 + ROW_PX * (number + 0.5)
        left, right = sorted((x(0.0), x(one.best)))
        fill = palette.ALL if one.best >= 0.0 else palette.NONE
        add(
            root, "rect", x=left, y=y - BAR_PX / 2, width=right - left, height=float(BAR_PX),
            fill=fill,
        )  # fmt: skip
        first, last = _ends(one)
        if last > first:
            add(
                root, "path", d=f"M{x(first):.1f},{y:.1f}H{x(last):.1f}", stroke=palette.INK,
                stroke_width=1.6,
            )  # fmt: skip
        write(name, 0.0, y, "start", palette.INK)
        write(points(one.best), x(max(last, one.best, 0.0)) + 8.0, y, "start", palette.INK)
    add(root, "path", d=f"M{x(0.0):.1f},0V{foot}", stroke=palette.QUIET, stroke_width=1.0)
    return root


def rows(found: Agreements, names: Names, shared: dict[str, str]) -> list[MarginalRow]:
    """Return a chart for every party's most demanding missile, or that no sensor counts."""
    made = []
    for party in found.parties:
        missile = found.most_divided(party)
        if missile is None:
            continue
        known = [
            (area.best, one.id)
            for one in found.proposals
            if one.id != NONE
            and counts(found, one.id, party, missile)
            and (area := found.get(one.id, party, missile, AREA)) is not None
        ]
        if not known:
            words = text("dossier_agreements.marginal.nothing", party=names.party[party])
            made.append(MarginalRow(words, None))
            continue
        best = max(known, key=lambda pair: pair[0])[1]
        title = text(
            "dossier_agreements.marginal.row", party=names.party[party],
            agreement=names.agreement[best], missile=names.missile[missile],
        )  # fmt: skip
        drawn = figure(found, names, party, missile, best).svg(shared)
        made.append(MarginalRow(title, Markup(drawn)))
    return made


def table(found: Agreements, names: Names) -> MarginalTable:
    """Return the values of all arrangements in numbers, those of nothing left out."""
    made = []
    owners = {one.id: one.owner for one in found.variant.sensors}
    for party in found.parties:
        for missile in found.missiles(party):
            for one in found.proposals:
                for sensor, value in found.sensors(one.id, party, missile).items():
                    if abs(value.best) < LEAST:
                        continue
                    low, high = _ends(value)
                    shown = points(value.best)
                    if high > low:
                        shown = text(
                            "dossier.format.change_range", value=shown, low=points(low),
                            high=points(high),
                        )  # fmt: skip
                    made.append([
                        names.party[party], names.missile[missile], names.agreement[one.id],
                        _named(names, owners, sensor), shown,
                    ])  # fmt: skip
    heads = [
        text("dossier_agreements.numbers.party"),
        text("dossier_agreements.numbers.missile"),
        text("dossier_agreements.numbers.arrangement"),
        text("dossier_agreements.marginal.sensor"),
        text("dossier_agreements.marginal.axis"),
    ]
    return MarginalTable(heads, made)
