"""The chart of contributions: a row for each part, a panel for each missile class."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import altair as alt

from longroad.base.messages import text
from longroad.dossier import palette
from longroad.dossier.theme import specification

ALONE, LOST, WHOLE = palette.MOST, palette.ALL, palette.INK
ROW_PX = 20.0
HEADING_PX = 26.0
PAGE_PX = 1060
LEFT_PX = 250
GAP_PX = 26


@dataclass(frozen=True)
class Part:
    """A battery, sensor or mode against one missile: shares of the area within reach.

    ``without`` is NaN for what cannot be taken away.
    """

    kind: str
    name: str
    missile: str
    whole: float
    without: float
    alone: float


def chart(parts: list[Part], kinds: dict[str, str], missiles: dict[str, str]) -> dict[str, Any]:
    """Return the Vega-Lite specification: kinds under headings, parts in their order."""
    places: dict[tuple[str, str], float] = {}
    words: list[dict[str, Any]] = []
    y, last = 0.0, None
    for part in parts:
        if (part.kind, part.name) in places:
            continue
        if part.kind != last:
            words.append({"y": y + HEADING_PX - 9.0, "kind": "heading", "text": kinds[part.kind]})
            y, last = y + HEADING_PX, part.kind
        places[part.kind, part.name] = y + 0.5 * ROW_PX
        words.append({"y": y + 0.5 * ROW_PX, "kind": "part", "text": part.name})
        y += ROW_PX
    scale = alt.Scale(domain=[0.0, y], range=[0.0, y], nice=False, zero=False)
    width = round((PAGE_PX - LEFT_PX - GAP_PX * (len(missiles) - 1)) / max(len(missiles), 1))
    panels = []
    for number, (missile, title) in enumerate(missiles.items()):
        values = [
            {"y": places[part.kind, part.name], **_values(part)}
            for part in parts
            if part.missile == missile
        ]
        layers = _bars(values, scale)
        if number == 0:
            layers += _row_words(words, scale)
        panels.append(
            alt.layer(*layers).properties(
                width=width,
                height=y,
                title=alt.TitleParams(title, fontSize=13, offset=6, frame="group"),
            )
        )
    return specification(alt.hconcat(*panels, spacing=GAP_PX))


def _values(part: Part) -> dict[str, float]:
    """Return what the marks need; a share that does not exist is drawn as nothing."""
    whole, alone = _or_zero(part.whole), _or_zero(part.alone)
    without = whole if math.isnan(part.without) else part.without
    return {"whole": whole, "alone": alone, "without": without}


def _or_zero(share: float) -> float:
    return 0.0 if math.isnan(share) else share


def _bars(values: list[dict[str, Any]], scale: alt.Scale) -> list[alt.Chart]:
    """Return pale bars from nothing to *alone*, dark ones from *without* to *whole*, a line."""
    base = alt.Chart(alt.Data(values=values)).encode(y=alt.Y("y:Q", scale=scale, axis=None))
    axis = alt.Axis(
        title=text("coverage.contribution.axis"),
        format=".0%",
        values=[0, 0.5, 1.0],
        domain=False,
    )
    share = alt.Scale(domain=[0, 1])
    wide: dict[str, Any] = {"strokeCap": "butt", "opacity": 1}
    start = base.transform_calculate(zero="0")
    return [
        start.mark_rule(stroke=ALONE, strokeWidth=11, **wide).encode(
            x=alt.X("zero:Q", scale=share, axis=axis), x2="alone:Q"
        ),
        base.transform_filter("datum.whole > datum.without")
        .mark_rule(stroke=LOST, strokeWidth=5, **wide)
        .encode(x=alt.X("without:Q", scale=share), x2="whole:Q"),
        base.mark_tick(thickness=1.6, size=15, color=WHOLE, opacity=1).encode(
            x=alt.X("whole:Q", scale=share)
        ),
    ]


def _row_words(words: list[dict[str, Any]], scale: alt.Scale) -> list[alt.Chart]:
    layers = []
    for kind, bold, indent in (("heading", True, 0), ("part", False, 12)):
        layers.append(
            alt.Chart(alt.Data(values=[word for word in words if word["kind"] == kind]))
            .mark_text(
                align="left",
                x=-LEFT_PX + indent,
                fontSize=12.5,
                fontWeight=600 if bold else 400,
                fill=palette.INK,
                limit=LEFT_PX - indent - 10,
            )
            .encode(y=alt.Y("y:Q", scale=scale, axis=None), text="text:N")
        )
    return layers
