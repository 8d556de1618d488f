"""Land and cells as SVG path data on a map's frame: drawn once, cut at the frame, kept.

A map is some twenty paths; drawn as text it takes a hundredth of what a chart library needs.
"""

from __future__ import annotations

from functools import lru_cache

import h3
import numpy as np
from numpy.typing import NDArray

from longroad.dossier import shapes
from longroad.dossier.projection import Frame

Array = NDArray[np.float64]
EDGE_PX = 2.0
FINE, COARSE = "50m", "110m"


def closed(lines: list[Array]) -> str:
    """Return rings of pixels (n, 2), not repeating their first point, as path data."""
    parts = []
    for line in lines:
        drawn = "L".join(f"{x:.1f},{y:.1f}" for x, y in line.tolist())
        parts.append(f"M{drawn}Z")
    return "".join(parts)


def cut(ring: Array, shape: Frame) -> Array:
    """Return what of a ring (n, 2) lies in the frame, a little wider (Sutherland-Hodgman)."""
    bounds = ((0, -EDGE_PX, 1), (0, shape.width + EDGE_PX, -1), (1, -EDGE_PX, 1))
    for axis, limit, sign in (*bounds, (1, shape.height + EDGE_PX, -1)):
        inside = sign * (ring[:, axis] - limit) >= 0.0
        if inside.all():
            continue
        if not inside.any():
            return ring[:0]
        after = np.roll(ring, -1, axis=0)
        crosses = inside != np.roll(inside, -1)
        step = after[:, axis] - ring[:, axis]
        share = (limit - ring[:, axis]) / np.where(crosses, step, 1.0)
        meets = ring + share[:, None] * (after - ring)
        # Every point that is inside, and after it the crossing of its edge where there is one.
        both = np.stack([ring, meets], axis=1).reshape(-1, 2)
        ring = both[np.stack([inside, crosses], axis=1).ravel()]
    return ring


def thinned(ring: Array, step_px: float) -> Array:
    """Return a ring without points closer than a step to the last one kept."""
    if step_px <= 0.0:
        return ring
    kept: list[tuple[float, float]] = []
    for x, y in ring.tolist():
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= step_px:
            kept.append((x, y))
    return np.array(kept)


def _drawn(rings: list[Array], shape: Frame, step_px: float) -> str:
    """Return rings of longitude and latitude as path data, those of which something is seen."""
    if not rings:
        return ""
    # All at once: most rings are a few points.
    pixels = np.column_stack(shape.project(*np.concatenate(rings).T))
    lines = []
    for line in np.split(pixels, np.cumsum([len(ring) for ring in rings])[:-1]):
        if np.isfinite(line).all():
            line = cut(line, shape)
            line = thinned(line, step_px) if len(line) else line
            if len(line) >= 3:
                lines.append(line)
    return closed(lines)


@lru_cache(maxsize=16)
def land(shape: Frame, scale: str = FINE, step_px: float = 0.9) -> str:
    """Return the land with its borders as path data."""
    polygons = shapes.land(shape, scale, step_px)["coordinates"]
    return _drawn([np.array(ring[:-1]) for polygon in polygons for ring in polygon], shape, 0.0)


@lru_cache(maxsize=256)
def cells(known: tuple[str, ...], shape: Frame, step_px: float = 0.0) -> str:
    """Return h3 cells of one resolution, neighbours joined, as path data."""
    if not known:
        return ""
    merged = h3.cells_to_h3shape(sorted(set(known)), tight=False)
    rings = [ring for polygon in merged for ring in (polygon.outer, *polygon.holes)]
    return _drawn([np.array(ring)[:, ::-1] for ring in rings], shape, step_px)
