"""Vega-Lite as a witness: its projections are d3's, which ours must equal."""

from __future__ import annotations

import vl_convert


def projection(shape):
    """Return a frame's projection as Vega-Lite writes it."""
    return {
        "type": "azimuthalEqualArea",
        "rotate": [-shape.longitude_deg, -shape.latitude_deg],
        "scale": shape.scale,
        "translate": [shape.x_px, shape.y_px],
        "precision": 0.5,
    }


def render(spec):
    """Return Vega-Lite's drawing of a specification as raw SVG text."""
    return vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
