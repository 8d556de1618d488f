"""The surface as one picture needs it: pairs taken together, between delays and between points.

Between the points of the grid values are bilinear, between delays linear. Where the run gives no
value (more than it looked for, or that part of the arc is over) `ABOVE_KM_S` stands in. What the
page's script does in `script/reach-field.js`, this module does for pictures that stand still.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.dossier.reach import AFTER, BEFORE, Flight, Grid, Reach

Array = NDArray[np.float64]
# In place of a speed that is not known; above every speed a reader can choose.
ABOVE_KM_S = 12.75


@dataclass(frozen=True)
class Field:
    """Least speeds (km/s) over the grid, (latitudes, longitudes): in either part and by part."""

    either: Array
    before: Array
    after: Array


def field(reach: Reach, flights: Sequence[Flight], delay_s: float, every: bool = False) -> Field:
    """Return the least speeds that reach at least one pair, or with ``every`` all of them."""
    low, share = between(reach.grid.delay_s, delay_s)
    rows = [flight.number for flight in flights]
    known = np.minimum(reach.speeds[rows], ABOVE_KM_S).astype(np.float64)
    values = (1.0 - share) * known[:, :, low] + share * known[:, :, min(low + 1, _last(reach.grid))]
    together = np.max if every else np.min
    return Field(
        together(np.min(values, axis=1), axis=0),
        together(values[:, BEFORE], axis=0),
        together(values[:, AFTER], axis=0),
    )


def _last(grid: Grid) -> int:
    return len(grid.delay_s) - 1


def between(points: Array, value: float) -> tuple[int, float]:
    """Return the index below ``value`` and the share of the way to the next point."""
    inside = float(np.clip(value, points[0], points[-1]))
    low = min(int(np.searchsorted(points, inside, side="right")) - 1, max(len(points) - 2, 0))
    if len(points) < 2:
        return 0, 0.0
    return low, float((inside - points[low]) / (points[low + 1] - points[low]))


def sample(
    grid: Grid, values: Array, latitude_deg: ArrayLike, longitude_deg: ArrayLike
) -> NDArray[np.float64]:
    """Return values between the grid's points; NaN for places that are not finite."""
    lat, lon = np.broadcast_arrays(
        np.asarray(latitude_deg, float), np.asarray(longitude_deg, float)
    )
    known = np.isfinite(lat) & np.isfinite(lon)
    rows, columns = len(grid.latitude_deg), len(grid.longitude_deg)
    step = (grid.latitude_deg[-1] - grid.latitude_deg[0]) / (rows - 1)
    y = (np.where(known, lat, 0.0) - grid.latitude_deg[0]) / step
    i = np.clip(y.astype(np.int64), 0, rows - 2)
    x = (np.where(known, lon, 0.0) - grid.longitude_deg[0]) / 360.0 * columns % columns
    j = x.astype(np.int64) % columns
    v, u = y - i, x - np.floor(x)
    k = (j + 1) % columns
    low = (1.0 - u) * values[i, j] + u * values[i, k]
    high = (1.0 - u) * values[i + 1, j] + u * values[i + 1, k]
    return np.where(known, (1.0 - v) * low + v * high, np.nan)
