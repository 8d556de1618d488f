"""Where an arc is at any time: the cubic through its nodes, and its altitude.

The nodes of an arc are equally spaced in time and hold Earth-fixed position and velocity. On a
coasting arc the cubic differs from the conic by up to 2.7e-7 dt**4 m, dt in s: a metre for nodes
44 s apart (`longroad.flight.nodes`).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import lean_kernel
from longroad.earth.wgs84 import FLATTENING, SEMI_MAJOR_AXIS_M

Array = NDArray[np.float64]


@lean_kernel
def position(nodes: Array, start: float, dt: float, t: float) -> tuple[float, float, float]:
    """Return Earth-fixed (x, y, z) in m at time t; outside the arc the end cubic goes on.

    ``nodes`` (K, 6): position and velocity at ``start + k dt``.
    """
    u = (t - start) / dt
    k = min(max(int(u), 0), nodes.shape[0] - 2)
    s = u - k
    s2 = s * s
    h1 = s2 * (3.0 - 2.0 * s)
    h0 = 1.0 - h1
    g0 = dt * s * (s - 1.0) * (s - 1.0)
    g1 = dt * s2 * (s - 1.0)
    a, b = nodes[k], nodes[k + 1]
    return (
        h0 * a[0] + h1 * b[0] + g0 * a[3] + g1 * b[3],
        h0 * a[1] + h1 * b[1] + g0 * a[4] + g1 * b[4],
        h0 * a[2] + h1 * b[2] + g0 * a[5] + g1 * b[5],
    )


@lean_kernel
def altitude(x: float, y: float, z: float) -> float:
    """Return the height above the ellipsoid (m) without iteration.

    r - R(geocentric latitude), corrected for the angle between radius and normal; the error stays
    below 3 m up to 2,000 km (tested against the exact conversion).
    """
    square = x * x + y * y + z * z
    r = math.sqrt(square)
    sine2 = z * z / square
    # Radius of the ellipsoid in the direction of the geocentric latitude.
    stretch = 1.0 / ((1.0 - FLATTENING) * (1.0 - FLATTENING))
    surface = SEMI_MAJOR_AXIS_M / math.sqrt(1.0 + (stretch - 1.0) * sine2)
    # Normal and radius differ by f sin(2 latitude) at the surface; the foot point moves.
    slip = 4.0 * FLATTENING * FLATTENING * sine2 * (1.0 - sine2)
    return (r - surface) * (1.0 - 0.5 * slip * surface / r)
