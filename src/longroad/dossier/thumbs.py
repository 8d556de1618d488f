"""Thumbnails for the first screen: the same classes as the maps, without a word on them."""

from __future__ import annotations

import numpy as np

from longroad.dossier import palette, shapes
from longroad.dossier.coverage import Layer
from longroad.dossier.projection import Frame
from longroad.dossier.rings import unwrap


def path(geometry: dict, shape: Frame, step_px: float) -> str:
    """Return a MultiPolygon as SVG path data on a frame, thinned to ``step_px``."""
    parts = []
    for polygon in geometry["coordinates"]:
        for ring in polygon:
            lon, lat = np.array(unwrap(ring)).T
            x, y = shape.project(lon, lat)
            seen = (x > -9) & (x < shape.width + 9) & (y > -9) & (y < shape.height + 9)
            if not seen.any() or not np.isfinite(x + y).all():
                continue
            kept: list[tuple[float, float]] = []
            for px, py in zip(x.tolist(), y.tolist(), strict=True):
                if not kept or abs(px - kept[-1][0]) + abs(py - kept[-1][1]) >= step_px:
                    kept.append((px, py))
            if len(kept) >= 3:
                parts.append("M" + "L".join(f"{px:.1f},{py:.1f}" for px, py in kept) + "Z")
    return "".join(parts)


def thumbnail(layer: Layer, shape: Frame) -> list[tuple[str, str]]:
    """Return (class id, path data) pairs: drawn one over the other they make the thumbnail."""
    drawn = []
    for name, cells in layer.cells_by_class().items():
        if cells:
            drawn.append((name, path(shapes.merged(cells), shape, 1.2)))
    return drawn


def ground(shape: Frame) -> str:
    """Return the land under all thumbnails of one frame as path data."""
    return path(shapes.land(shape, "110m", 1.2), shape, 1.2)


FILLS = {
    palette.NOT_REACHED.id: "url(#hatch)",
    **{one.id: one.colour for one in palette.CLASSES},
}
