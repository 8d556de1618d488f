"""Small helpers for drawings made by hand: elements, paths, lines on a map."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from longroad.dossier.projection import Frame
from longroad.dossier.reach_frame import World
from longroad.dossier.svg import SVG

Array = NDArray[np.float64]
Value = str | float
HALO: dict[str, Value] = {
    "stroke": "#fff",
    "stroke_width": 3.2,
    "stroke_opacity": "0.9",
    "stroke_linejoin": "round",
    "paint_order": "stroke",
}


def add(parent: ET.Element, tag: str, **attributes: Value) -> ET.Element:
    """Add an element; underscores in names become hyphens, numbers get one digit."""
    made = ET.SubElement(parent, f"{{{SVG}}}{tag}")
    for name, value in attributes.items():
        shown = value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
        made.set(name.replace("_", "-"), shown)
    return made


def path(lines: Iterable[Array], closed: bool) -> str:
    """Return lines of pixels (n, 2) as path data."""
    parts = []
    for line in lines:
        drawn = "L".join(f"{x:.1f},{y:.1f}" for x, y in line.tolist())
        parts.append(f"M{drawn}{'Z' if closed else ''}")
    return "".join(parts)


def pieces(shape: Frame | World, lon: Array, lat: Array) -> list[Array]:
    """Return a line on the map, parted where it runs off one side and comes in on the other."""
    turn = lon
    if isinstance(shape, World):
        turn = shape.longitude_deg + (lon - shape.longitude_deg + 180.0) % 360.0 - 180.0
    x, y = shape.project(turn, lat)
    points = np.column_stack([x, y])
    breaks = np.flatnonzero(np.hypot(*np.diff(points, axis=0).T) > 0.25 * shape.width) + 1
    return [part for part in np.split(points, breaks) if len(part) > 1]
