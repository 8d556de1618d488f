"""The density of the air for kernels: the US Standard Atmosphere 1976 on an even grid.

`longroad.earth.atmosphere` is the definition; here its density stands at even heights from -5 to
1,000 km as (logarithm, slope of the logarithm times the spacing), read by cubics. Error against
the definition: below 4e-4 within 250 m of the heights where the standard changes its slope,
below 1e-6 elsewhere (tested); a flight feels less than a metre of it.
"""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from longroad.base.kernel import kernel
from longroad.earth.atmosphere import GREATEST_HEIGHT_M, LEAST_HEIGHT_M, standard_atmosphere

Array = NDArray[np.float64]

SPACING_M = 100.0
_COUNT = round((GREATEST_HEIGHT_M - LEAST_HEIGHT_M) / SPACING_M) + 1


@cache
def standard_air() -> Array:
    """Return the grid (n, 2) of the standard atmosphere that `density` reads."""
    heights = np.linspace(LEAST_HEIGHT_M, GREATEST_HEIGHT_M, _COUNT)
    logarithm = np.log(standard_atmosphere(heights).density_kg_m3)
    grid = np.stack([logarithm, np.gradient(logarithm, edge_order=2)], axis=1)
    grid.setflags(write=False)
    return grid


@cache
def no_air() -> Array:
    """Return the grid of a vacuum."""
    grid = np.empty((0, 2))
    grid.setflags(write=False)
    return grid


@kernel
def density(air: Array, height: float) -> float:
    """Return the density (kg/m^3) at a height (m): 0 above the grid, that of its foot below it."""
    if air.shape[0] == 0 or not height < GREATEST_HEIGHT_M:
        return 0.0
    place = max(height - LEAST_HEIGHT_M, 0.0) / SPACING_M
    i = min(int(place), air.shape[0] - 2)
    s = place - i
    h1 = s * s * (3.0 - 2.0 * s)
    g0, g1 = s * (s - 1.0) * (s - 1.0), s * s * (s - 1.0)
    return math.exp(
        (1.0 - h1) * air[i, 0] + h1 * air[i + 1, 0] + g0 * air[i, 1] + g1 * air[i + 1, 1]
    )
