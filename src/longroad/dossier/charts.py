"""Two charts of figures with intervals: what each variant adds, and what rival claims change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt

from longroad.base.messages import text
from longroad.dossier import palette
from longroad.dossier.labels import MEAN_ADVANCE
from longroad.dossier.numbers import share
from longroad.dossier.reading import Spread
from longroad.dossier.theme import specification

ROW_PX = 34
GAP_PX = 28
PAGE_PX = 940
LEFT_PX = 112
MOST_LEFT_PX = 210
RIVAL_LEFT_PX = 300
NARROW_PX = 150


@dataclass(frozen=True)
class Bar:
    """One figure of one variant against one missile class."""

    variant: str
    missile: str
    spread: Spread


@dataclass(frozen=True)
class RivalRow:
    """A rival claim with the figures it leads to, by (variant, missile class).

    ``detail`` is the value claimed, and whether it is the adopted one.
    """

    quantity: str
    claim: str
    detail: str
    adopted: bool
    figures: dict[tuple[str, str], Spread]


def _share_axis(title: str, room_px: float) -> alt.X:
    """Return the axis of shares; a narrow panel has fewer marks, and says less."""
    narrow = room_px < NARROW_PX
    values = [0, 0.5, 1.0] if narrow else [0, 0.25, 0.5, 0.75, 1.0]
    if narrow:
        title = text("dossier.charts.share_axis_short")
    return alt.X(
        "best:Q",
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(title=title, format=".0%", values=values, domain=False),
    )


def room_for(names: list[str], font_px: float, least_px: float, most_px: float) -> float:
    """Return the width that the longest of some names needs."""
    longest = max((len(name) for name in names), default=0)
    return min(max(MEAN_ADVANCE * font_px * longest + 14.0, least_px), most_px)


def affected(rows: list[RivalRow]) -> dict[str, set[str]]:
    """Return by disputed quantity the variants in which any rival claim changes a figure."""
    found: dict[str, set[str]] = {}
    for row in rows:
        own = found.setdefault(row.quantity, set())
        if not row.adopted:
            own |= {variant for variant, _ in row.figures}
    return found


def _values(spread: Spread) -> dict[str, float]:
    low = spread.best if spread.epistemic_p05 is None else spread.epistemic_p05
    high = spread.best if spread.epistemic_p95 is None else spread.epistemic_p95
    return {"best": spread.best, "low": low, "high": high}


def phases(bars: list[Bar], variants: dict[str, str], missiles: dict[str, str]) -> dict[str, Any]:
    """Return the chart of figure and interval: a panel per missile class, a row per variant."""
    panels = []
    rows = list(variants.values())
    left = room_for(rows, 13.0, LEFT_PX, MOST_LEFT_PX)
    width = round((PAGE_PX - left - GAP_PX * (len(missiles) - 1)) / len(missiles))
    for number, (missile, title) in enumerate(missiles.items()):
        values = [
            {
                "row": variants[bar.variant],
                "label": share(bar.spread),
                "side": bar.spread.best > 0.6,
                **_values(bar.spread),
            }
            for bar in bars
            if bar.missile == missile
        ]
        axis = (
            alt.Axis(
                title=None,
                domain=False,
                ticks=False,
                labelFontSize=13,
                labelColor=palette.INK,
                labelLimit=left,
            )
            if number == 0
            else None
        )
        y = alt.Y("row:N", sort=rows, axis=axis, scale=alt.Scale(domain=rows))
        base = alt.Chart(alt.Data(values=values)).encode(y=y)
        x = _share_axis(text("dossier.charts.share_axis"), width)
        panels.append(
            alt.layer(
                base.mark_rule(strokeWidth=5, stroke=palette.MOST, strokeCap="round").encode(
                    x=alt.X("low:Q", scale=alt.Scale(domain=[0, 1])), x2="high:Q"
                ),
                base.mark_point(
                    size=90,
                    filled=True,
                    fill=palette.ALL,
                    stroke="#fff",
                    strokeWidth=1.2,
                    opacity=1,
                ).encode(x=x),
                base.transform_filter("!datum.side")
                .mark_text(align="left", dx=9, fontSize=12.5, fill=palette.INK)
                .encode(x="high:Q", text="label:N"),
                base.transform_filter("datum.side")
                .mark_text(align="right", dx=-9, fontSize=12.5, fill=palette.INK)
                .encode(x="low:Q", text="label:N"),
            ).properties(
                width=width,
                height=ROW_PX * len(rows),
                title=alt.TitleParams(title, fontSize=13, offset=8, frame="group"),
            )
        )
    return specification(alt.hconcat(*panels, spacing=GAP_PX))


def rivals(
    rows: list[RivalRow], variants: dict[str, str], missiles: dict[str, str]
) -> dict[str, Any]:
    """Return the dot plot of rival claims: claims under their quantity, a panel per missile class.

    Dots run from light to dark, and from top to bottom, in the order of the variants; under a
    quantity only those stand in which a rival claim changes something.
    """
    names, heading_px = list(variants.values()), 34.0
    shown = affected(rows)
    words: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    bands: list[dict[str, Any]] = []
    y, last = 0.0, None
    for row in rows:
        if row.quantity != last:
            words.append({"y": y + heading_px - 12.0, "kind": "quantity", "text": row.quantity})
            y, last = y + heading_px, row.quantity
        slots = [variant for variant in variants if variant in shown[row.quantity]]
        claim_px = max(14.0 * len(slots) + 12.0, 42.0)
        middle = y + claim_px / 2.0
        words.append({"y": middle - 8.0 * bool(row.detail), "kind": "claim", "text": row.claim})
        words.append({"y": middle + 9.0, "kind": "detail", "text": row.detail})
        bands.append({"y": y + 2.0, "end": y + claim_px - 2.0, "adopted": row.adopted})
        for (variant, missile), spread in row.figures.items():
            if variant not in slots:
                continue
            top = middle - 7.0 * len(slots)
            dots.append(
                {
                    "y": top + 14.0 * (slots.index(variant) + 0.5),
                    "missile": missile,
                    "variant": variants[variant],
                    **_values(spread),
                }
            )
        y += claim_px
    down = alt.Scale(domain=[0.0, y], range=[0.0, y], nice=False, zero=False)
    colour = alt.Color(
        "variant:N",
        scale=alt.Scale(domain=names, range=list(palette.sequence(len(names)))),
        legend=None,
    )
    width = round((PAGE_PX - RIVAL_LEFT_PX - GAP_PX * (len(missiles) - 1)) / len(missiles))
    panels = []
    for number, (missile, title) in enumerate(missiles.items()):
        chosen = [dot for dot in dots if dot["missile"] == missile]
        base = alt.Chart(alt.Data(values=chosen)).encode(
            y=alt.Y("y:Q", scale=down, axis=None), color=colour
        )
        ground = (
            alt.Chart(alt.Data(values=bands))
            .mark_rect(fill=palette.SEA)
            .encode(y=alt.Y("y:Q", scale=down, axis=None), y2="end:Q")
        )
        x = _share_axis(text("dossier.charts.share_axis"), width)
        layers = [
            ground,
            base.mark_rule(strokeWidth=3, opacity=0.5, strokeCap="round").encode(
                x=alt.X("low:Q", scale=alt.Scale(domain=[0, 1])), x2="high:Q"
            ),
            base.mark_point(size=64, filled=True, opacity=1).encode(x=x),
        ]
        if number == 0:
            layers += _row_words(words, down, width)
        panels.append(
            alt.layer(*layers).properties(
                width=width,
                height=y,
                title=alt.TitleParams(title, fontSize=13, offset=6, frame="group"),
            )
        )
    return specification(alt.hconcat(*panels, spacing=GAP_PX))


def _row_words(words: list[dict[str, Any]], down: alt.Scale, panel_px: int) -> list[alt.Chart]:
    """Return the words to the left of the first panel; headings may run on over the panel."""
    layers = []
    for kind, bold, colour, indent in (
        ("quantity", True, palette.INK, 0),
        ("claim", False, palette.INK, 12),
        ("detail", False, palette.QUIET, 12),
    ):
        room = RIVAL_LEFT_PX - indent - 12 + (panel_px if kind == "quantity" else 0)
        layers.append(
            alt.Chart(alt.Data(values=[word for word in words if word["kind"] == kind]))
            .mark_text(
                align="left",
                x=-RIVAL_LEFT_PX + indent,
                fontSize=12.5,
                fontWeight=600 if bold else 400,
                fill=colour,
                limit=room,
            )
            .encode(y=alt.Y("y:Q", scale=down, axis=None), text="text:N")
        )
    return layers
