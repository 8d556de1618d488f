"""Refraction at the radar horizon by the rule of the 4/3 Earth.

The rule replaces the Earth's radius by 4/3 of it and draws rays straight. It describes the lower
troposphere; carried on to a target hundreds of kilometres up it would bend a ray by several
degrees, where the real total is below one. So the rule is applied through the lowest 10 km and
the ray is straight above (`docs/decisions/0003-four-thirds-earth.md`).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longroad.earth.wgs84 import MEAN_RADIUS_M

Array = NDArray[np.float64]

# Effective radius of the Earth over its radius, the usual value for a standard atmosphere.
EFFECTIVE_RADIUS = 4.0 / 3.0
# Height to which the rule is applied (m): most of the refracting air lies below.
REFRACTING_HEIGHT_M = 10_000.0


def bending(elevation_rad: Array | float) -> Array:
    """Return by how much a ray of given apparent elevation is bent down (rad).

    In the picture of the effective Earth, radius k R, a straight ray of apparent elevation e
    reaches height H after the ground distance s = k R (sqrt(tan(e)**2 + 2 H / (k R)) - tan(e));
    on the real Earth the direction has then turned by s / R - s / (k R).
    """
    tangent = np.tan(np.asarray(elevation_rad, dtype=float))
    k_r = EFFECTIVE_RADIUS * MEAN_RADIUS_M
    run = k_r * (np.sqrt(tangent * tangent + 2.0 * REFRACTING_HEIGHT_M / k_r) - tangent)
    return np.asarray(run / MEAN_RADIUS_M * (1.0 - 1.0 / EFFECTIVE_RADIUS))


def geometric_elevation(apparent_rad: Array | float) -> Array:
    """Return the geometric elevation (rad) of a far target seen at an apparent elevation.

    For targets far beyond the refracting air the two differ by the bending of the ray.
    """
    apparent = np.asarray(apparent_rad, dtype=float)
    steep = apparent >= math.radians(85.0)
    lifted = bending(np.where(steep, 0.0, apparent))
    return np.asarray(np.where(steep, apparent, apparent - lifted))
