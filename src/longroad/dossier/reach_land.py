"""The land of the whole Earth as outlines for reach maps, few points and no cut anywhere.

Rings are closed lists of unwrapped longitude and latitude: a ring steps over the antimeridian
without a jump, and one around a pole is led along that pole, so that both a map of the world
(which draws a ring again a turn away) and an azimuthal map can fill it.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from longroad.dossier.rings import close_at_pole, unwrap
from longroad.earth.borders import outlines

Ring = NDArray[np.float64]
# Points closer than this to the straight line between their neighbours are left out.
TOLERANCE_DEG = 0.09
SMALLEST_DEG = 0.35
PER_DEGREE = 50


def _thin(lines: Sequence[Ring], tolerance: float) -> list[Ring]:
    """Return lines without the points that hardly bend them (Douglas and Peucker 1973).

    All lines go together, level by level: a stretch whose farthest point is too far off its chord
    is parted there, and both parts are looked at on the next level.
    """
    points = np.concatenate(lines)
    ends = np.cumsum([len(line) for line in lines])
    a, b = np.r_[0, ends[:-1]], ends - 1
    keep = np.zeros(len(points), dtype=bool)
    keep[a] = keep[b] = True
    while True:
        long = b - a > 1
        a, b = a[long], b[long]
        if a.size == 0:
            return np.split(
                points[keep], np.cumsum(np.add.reduceat(keep, np.r_[0, ends[:-1]]))[:-1]
            )
        inner = b - a - 1
        first = np.cumsum(inner) - inner
        of = np.repeat(np.arange(a.size), inner)
        row = np.arange(of.size) - first[of] + a[of] + 1
        # Degrees of longitude shrink towards the poles.
        squeeze = np.cos(np.radians(np.minimum(np.abs(points[a, 1]), 80.0)))
        way_x, way_y = (points[b, 0] - points[a, 0]) * squeeze, points[b, 1] - points[a, 1]
        x = (points[row, 0] - points[a[of], 0]) * squeeze[of]
        y = points[row, 1] - points[a[of], 1]
        square = way_x**2 + way_y**2
        dot = x * way_x[of] + y * way_y[of]
        # A chord of no length: the distance is that to its one point.
        along = np.clip(dot / np.where(square > 0.0, square, np.inf)[of], 0.0, 1.0)
        far = np.hypot(x - along * way_x[of], y - along * way_y[of])
        most = np.maximum.reduceat(far, first)
        hits = np.flatnonzero(far == most[of])
        middle = row[hits[np.searchsorted(of[hits], np.arange(a.size))]]
        bent = most > tolerance
        a, b, middle = a[bent], b[bent], middle[bent]
        keep[middle] = True
        a, b = np.r_[a, middle], np.r_[middle, b]


@cache
def rings() -> tuple[Ring, ...]:
    """Return the outlines of all countries; islands smaller than `SMALLEST_DEG` are left out."""
    halves: list[Ring] = []
    for country in outlines("50m"):
        for polygon in country.polygons:
            ring = np.array(close_at_pole(unwrap(polygon[0].tolist())))
            ring = np.concatenate([ring, ring[:1]])
            size = np.ptp(ring, axis=0)
            if max(size[0] * np.cos(np.radians(ring[:, 1].mean())), size[1]) < SMALLEST_DEG:
                continue
            # A closed line has no two ends: part it where it is widest.
            far = int(np.argmax(np.hypot(*(ring - ring[0]).T)))
            halves += [ring[: far + 1], ring[far:]]
    thin = _thin(halves, TOLERANCE_DEG)
    made = (np.concatenate([a, b[1:]]) for a, b in zip(thin[::2], thin[1::2], strict=True))
    return tuple(ring for ring in made if len(ring) >= 4)


@cache
def packed_land() -> str:
    """Return all rings as base 64 of deflated int16: length, then steps in 1/`PER_DEGREE` deg."""
    numbers: list[int] = []
    for ring in rings():
        whole = np.round(ring * PER_DEGREE).astype(np.int64)
        numbers.append(len(whole))
        numbers += whole[0].tolist()
        numbers += np.diff(whole, axis=0).ravel().tolist()
    flat = np.array(numbers, dtype=np.int64)
    if np.abs(flat).max() > np.iinfo(np.int16).max:
        raise RuntimeError("a step between two points of a coast does not fit into 16 bits")
    return base64.b64encode(zlib.compress(flat.astype("<i2").tobytes(), 9)).decode()
