"""Cells on the sphere: h3 indices, their parents, texts and outlines.

h3 (Uber's hexagonal index) is imported only where an outline is asked for; parents and texts
are arithmetic on the 64-bit index, whose layout is given in the h3 documentation ("H3 index
bit layout": resolution in bits 52 to 55, then 15 digits of 3 bits, 7 where unused).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError

Point = tuple[float, float]


def cell_text(cell: int | np.integer) -> str:
    """Return the index as users of h3 write it: 15 or 16 hexadecimal digits."""
    return f"{int(cell):x}"


def parents(cell: ArrayLike, resolution: int) -> NDArray[np.uint64]:
    """Return the cells of a coarser resolution that hold the given cells (any shape, uint64).

    Raises `GeometryError` when a cell is coarser than that already.
    """
    cells = np.asarray(cell, dtype=np.uint64)
    has = (cells >> np.uint64(52)) & np.uint64(0xF)
    if not 0 <= resolution <= 15 or np.any(has < resolution):
        raise GeometryError(
            f"a cell has no parent at resolution {resolution}",
            expected="a resolution from 0 to that of the cell",
        )
    kept = (cells & ~np.uint64(0xF << 52)) | np.uint64(resolution << 52)
    return np.asarray(kept | np.uint64((1 << 3 * (15 - resolution)) - 1))


def cell_boundary(cell: int | np.integer) -> list[Point]:
    """Return a cell's outline as (longitude, latitude) in degrees, clockwise seen from above.

    The ring is open (the first corner is not repeated) and unwrapped: over the antimeridian
    longitudes go on beyond 180 or -180. Around a pole the last corner is nearly a whole turn from
    the first. Clockwise is what d3 reads as the inside; h3 itself goes the other way. The first
    corner's longitude lies in [-180, 180].
    """
    import h3

    if not h3.is_valid_cell(cell_text(cell)):
        raise GeometryError(f"{cell} is not a cell", expected="an h3 index")
    corners = h3.cell_to_boundary(cell_text(cell))[::-1]
    ring: list[Point] = []
    for lat, lon in corners:
        if ring:
            lon = ring[-1][0] + (lon - ring[-1][0] + 180.0) % 360.0 - 180.0
        ring.append((lon, lat))
    return ring


def cell_boundaries(cells: Iterable[int | np.integer]) -> list[list[Point]]:
    """Return the outlines of many cells, in the order given."""
    return [cell_boundary(cell) for cell in cells]
