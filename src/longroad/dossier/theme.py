"""The look that all charts share, and the last step from an Altair chart to a specification."""

from __future__ import annotations

from typing import Any

import altair as alt

from longroad.dossier.palette import INK, QUIET, RULE

FONT = "Inter"
PADDING = {"left": 0, "top": 2, "right": 6, "bottom": 6}
CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": "transparent",
    "view": {"stroke": None},
    "axis": {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": 400,
        "labelColor": QUIET,
        "titleColor": QUIET,
        "domainColor": RULE,
        "tickColor": RULE,
        "gridColor": RULE,
        "gridWidth": 0.6,
        "labelPadding": 5,
    },
    "text": {"font": FONT, "fontSize": 12, "fill": INK},
    "header": {"labelFont": FONT, "labelFontSize": 13, "labelFontWeight": 600, "labelColor": INK},
    "title": {"font": FONT, "fontSize": 13, "fontWeight": 600, "color": INK, "anchor": "start"},
}


def specification(
    chart: alt.TopLevelMixin, datasets: dict[str, Any] | None = None, padded: bool = True
) -> dict[str, Any]:
    """Return the Vega-Lite specification of a chart with the shared look.

    ``datasets`` are the named data that the chart refers to (`alt.NamedData`), so that
    geography stands in a specification once.
    """
    # Vega-Lite's own compiler complains of a wrong specification; the schema check costs seconds.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["config"] = CONFIG
    spec["background"] = "transparent"
    spec["padding"] = PADDING if padded else 0
    if datasets:
        spec["datasets"] = {**spec.get("datasets", {}), **datasets}
    return spec
