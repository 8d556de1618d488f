"""Whether two parts of the Earth have anything in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from longroad.earth.countries import country_names
from longroad.earth.territories import territory_cells
from longroad.scenario.agreement import Region

if TYPE_CHECKING:
    from longroad.earth.polygon import Polygon

# Land is compared by its finest cells, 25 km across; less than a cell in common goes unseen.
RESOLUTION = 4
# Some 6 m, the distance at which vertices count as one.
NUDGE_RAD = 1e-6


def common_part(one: Region, other: Region) -> str | None:
    """Return what two regions have in common, in words; None where they have nothing.

    Two polygons are compared exactly. A polygon and a country are compared by the country's
    cells of land, so that polygons that only touch a border do not overlap it.
    """
    for code in one.countries:
        if code in other.countries:
            return country_names()[code]
    for area in one.launch_areas:
        if area.id in {own.id for own in other.launch_areas} or other.holds(area):
            return f"the launch area '{area.id}'"
    for area in other.launch_areas:
        if one.holds(area):
            return f"the launch area '{area.id}'"
    if one.polygon is not None and other.polygon is not None:
        return "a part of the Earth" if overlap(one.polygon, other.polygon) else None
    return _land(one, other) or _land(other, one)


def _land(one: Region, other: Region) -> str | None:
    if one.polygon is None or not other.countries:
        return None
    cells = territory_cells(other.countries, RESOLUTION)
    inside = one.polygon.contains(cells.latitude_rad, cells.longitude_rad)
    return country_names()[str(cells.country[inside][0])] if np.any(inside) else None


def overlap(one: Polygon, other: Polygon) -> bool:
    """Return whether two polygons have an area in common.

    They do when two edges cross, or when one holds a vertex of the other. Edges that only touch
    do not count.
    """
    a, b = one.vertices, other.vertices
    if _any_inside(one, other) or _any_inside(other, one):
        return True
    begin, end = a[:, None, :], np.roll(a, -1, axis=0)[:, None, :]
    from_, to = b[None, :, :], np.roll(b, -1, axis=0)[None, :, :]
    normal, across = np.cross(begin, end), np.cross(from_, to)
    slack = 1e-9
    p, q = np.sum(across * begin, axis=-1), np.sum(across * end, axis=-1)
    r, s = np.sum(normal * from_, axis=-1), np.sum(normal * to, axis=-1)
    at = np.cross(normal, across)
    same = np.sign(np.sum(at * (begin + end), -1)) == np.sign(np.sum(at * (from_ + to), -1))
    apart = np.minimum(np.abs(p), np.abs(q)) < slack
    apart |= np.minimum(np.abs(r), np.abs(s)) < slack
    return bool(np.any((p * q < 0.0) & (r * s < 0.0) & same & ~apart))


def _any_inside(shape: Polygon, other: Polygon) -> bool:
    """Return whether a vertex of ``other``, moved a little into it, lies inside ``shape``."""
    middle = other.vertices.sum(axis=0)
    moved = other.vertices + NUDGE_RAD * middle / np.linalg.norm(middle)
    moved /= np.linalg.norm(moved, axis=-1, keepdims=True)
    latitude, longitude = np.arcsin(moved[:, 2]), np.arctan2(moved[:, 1], moved[:, 0])
    return bool(np.any(shape.contains(latitude, longitude) & other.contains(latitude, longitude)))
