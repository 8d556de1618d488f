"""Thumbnails for the first screen: the same classes as the maps, without a word on them."""

from __future__ import annotations

from longroad.dossier import map_paths, palette
from longroad.dossier.coverage import Layer
from longroad.dossier.projection import Frame

STEP_PX = 1.2


def thumbnail(layer: Layer, shape: Frame) -> list[tuple[str, str]]:
    """Return (class id, path data) pairs: drawn one over the other they make the thumbnail."""
    drawn = []
    for name, cells in layer.cells_by_class().items():
        if cells:
            drawn.append((name, map_paths.cells(tuple(cells), shape, STEP_PX)))
    return drawn


def ground(shape: Frame) -> str:
    """Return the land under all thumbnails of one frame as path data."""
    return map_paths.land(shape, map_paths.COARSE, STEP_PX)


FILLS = {
    palette.NOT_REACHED.id: "url(#hatch)",
    **{one.id: one.colour for one in palette.CLASSES},
}
