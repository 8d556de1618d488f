"""The land of the whole Earth as outlines for reach maps, few points and no cut anywhere.

Rings are closed lists of unwrapped longitude and latitude: a ring steps over the antimeridian
without a jump, and one around a pole is led along that pole, so that both a map of the world
(which draws a ring again a turn away) and an azimuthal map can fill it.
"""

from __future__ import annotations

import base64
import zlib
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


def _thin(points: Ring, tolerance: float) -> Ring:
    """Return a line without the points that hardly bend it (Douglas and Peucker 1973)."""
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    parts = [(0, len(points) - 1)]
    while parts:
        a, b = parts.pop()
        if b - a < 2:
            continue
        way = points[b] - points[a]
        off = points[a + 1 : b] - points[a]
        # Degrees of longitude shrink towards the poles.
        squeeze = np.array([np.cos(np.radians(min(abs(points[a, 1]), 80.0))), 1.0])
        way, off = way * squeeze, off * squeeze
        length = float(np.hypot(*way))
        if length > 0.0:
            along = np.clip(off @ way / length**2, 0.0, 1.0)
            off = off - along[:, None] * way
        far = np.hypot(off[:, 0], off[:, 1])
        k = int(np.argmax(far))
        if far[k] > tolerance:
            keep[a + 1 + k] = True
            parts += [(a, a + 1 + k), (a + 1 + k, b)]
    return points[keep]


@cache
def rings() -> tuple[Ring, ...]:
    """Return the outlines of all countries; islands smaller than `SMALLEST_DEG` are left out."""
    made = []
    for country in outlines("50m"):
        for polygon in country.polygons:
            ring = np.array(close_at_pole(unwrap(polygon[0].tolist())))
            ring = np.concatenate([ring, ring[:1]])
            size = np.ptp(ring, axis=0)
            if max(size[0] * np.cos(np.radians(ring[:, 1].mean())), size[1]) < SMALLEST_DEG:
                continue
            # A closed line has no two ends: part it where it is widest.
            far = int(np.argmax(np.hypot(*(ring - ring[0]).T)))
            halves = [_thin(ring[: far + 1], TOLERANCE_DEG), _thin(ring[far:], TOLERANCE_DEG)]
            thin = np.concatenate([halves[0], halves[1][1:]])
            if len(thin) >= 4:
                made.append(thin)
    return tuple(made)


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
