"""Kernels of forbidden ground: when an arc is not above it, as intervals."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel
from longroad.earth.wgs84 import FLATTENING
from longroad.flight.along import position
from longroad.flight.intervals import MOST, intersect

Array = NDArray[np.float64]
Index = NDArray[np.int32]
Flags = NDArray[np.bool_]


@lean_kernel
def free_spans(times: Array, forbidden: Flags, out: Array, count: Index) -> None:
    """Fill the intervals ``out`` (N, MOST, 2), ``count`` (N,) in which samples are not forbidden.

    ``times``, ``forbidden`` (N, M): an interval ends half way to the next sample; beyond the first
    and last sample it has no end. Of more than MOST intervals the later ones are left out.
    """
    for i in range(times.shape[0]):
        found, opens, is_open = 0, -math.inf, False
        last = times.shape[1] - 1
        for k in range(last + 1):
            if not forbidden[i, k] and not is_open:
                opens = -math.inf if k == 0 else 0.5 * (times[i, k - 1] + times[i, k])
                is_open = True
            closes = math.nan
            if is_open and forbidden[i, k]:
                closes = 0.5 * (times[i, k - 1] + times[i, k])
            elif is_open and k == last:
                closes = math.inf
            if not math.isnan(closes):
                is_open = False
                if found < MOST:
                    out[i, found, 0], out[i, found, 1] = opens, closes
                    found += 1
        count[i] = found


@lean_kernel
def ground_tracks(
    nodes: Array, start: Array, dt: Array, latitude: Array, longitude: Array, times: Array
) -> None:
    """Fill latitude, longitude (rad) and time (s), (N, M), of arcs ``nodes`` (N, K, 6).

    The latitude is that of the surface below; some 0.03 deg off at 1,000 km, where it does not
    matter which normal the missile stands on.
    """
    square = (1.0 - FLATTENING) * (1.0 - FLATTENING)
    steps = nodes.shape[1] - 1
    for i in range(nodes.shape[0]):
        for j in range(times.shape[1]):
            t = start[i] + steps * dt[i] * j / (times.shape[1] - 1)
            x, y, z = position(nodes[i], start[i], dt[i], t)
            times[i, j] = t
            latitude[i, j] = math.atan2(z, square * math.sqrt(x * x + y * y))
            longitude[i, j] = math.atan2(y, x)


@lean_kernel
def nearest_points(
    latitude: Array, longitude: Array, step_deg: float, out: NDArray[np.int32]
) -> None:
    """Fill the numbers ``out`` (N,) of the raster's points nearest to places (rad).

    Points are ``step_deg`` apart and numbered from the south pole and 180 degrees west, row by row.
    """
    columns = int(np.rint(360.0 / step_deg))
    for i in range(out.size):
        row = int(np.rint((math.degrees(latitude[i]) + 90.0) / step_deg))
        column = int(np.rint((math.degrees(longitude[i]) + 180.0) / step_deg))
        out[i] = row * columns + column % columns


@lean_kernel
def intersect_rows(
    a: Array, a_count: Index, b: Array, b_count: Index, out: Array, count: Index
) -> None:
    """Intersect two sets of intervals arc by arc; all (N, MOST, 2) with counts (N,)."""
    for i in range(a.shape[0]):
        count[i] = intersect(a[i], a_count[i], b[i], b_count[i], out[i])
