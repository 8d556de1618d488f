"""The temperature of the US Standard Atmosphere 1976 from 86 to 1,000 km, and its slope.

U.S. Standard Atmosphere, 1976 (NOAA-S/T 76-1562), equations 25 to 32. Heights are geometric.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

RADIUS_M = 6_356_766.0
BASE_M = 86_000.0
TOP_M = 1_000_000.0

_Z8, _Z9, _Z10 = 91_000.0, 110_000.0, 120_000.0
_T7, _T9, _T10, _LIMIT = 186.8673, 240.0, 360.0, 1000.0
_SLOPE9 = 12.0e-3
_DECAY = _SLOPE9 / (_LIMIT - _T10)

# The ellipse between 91 and 110 km, from its conditions: T8 = T7 with no slope below, T9 with the
# slope of the next layer above. The standard prints it rounded (263.1905 K, -76.3232 K,
# -19.9429 km), which would leave a step of 0.0003 K at 110 km.
_RUN = _SLOPE9 * (_Z9 - _Z8)
_CENTRE = (_RUN * _T9 + _T7**2 - _T9**2) / (_RUN + 2.0 * _T7 - 2.0 * _T9)
_HEIGHT = _T7 - _CENTRE
_HALF_WIDTH_M = (_Z9 - _Z8) / np.sqrt(1.0 - ((_T9 - _CENTRE) / _HEIGHT) ** 2)


def temperature(height_m: Array) -> Array:
    """Return the kinetic temperature (K) at geometric heights from 86 to 1,000 km."""
    z = np.asarray(height_m, dtype=float)
    share = np.clip((z - _Z8) / _HALF_WIDTH_M, 0.0, 1.0)
    ellipse = _CENTRE + _HEIGHT * np.sqrt(1.0 - share * share)
    rise = np.maximum(z - _Z10, 0.0) * (RADIUS_M + _Z10) / (RADIUS_M + z)
    limit = _LIMIT - (_LIMIT - _T10) * np.exp(-_DECAY * rise)
    lower = np.where(z < _Z9, ellipse, _T9 + _SLOPE9 * (z - _Z9))
    return np.asarray(np.where(z < _Z10, lower, limit))


def temperature_slope(height_m: Array) -> Array:
    """Return dT/dz (K/m) at geometric heights from 86 to 1,000 km."""
    z = np.asarray(height_m, dtype=float)
    share = np.where(z < _Z9, np.maximum(z - _Z8, 0.0) / _HALF_WIDTH_M, 0.0)
    ellipse = -_HEIGHT / _HALF_WIDTH_M * share / np.sqrt(1.0 - share * share)
    squeeze = (RADIUS_M + _Z10) / (RADIUS_M + z)
    rise = np.maximum(z - _Z10, 0.0) * squeeze
    limit = _DECAY * (_LIMIT - _T10) * squeeze**2 * np.exp(-_DECAY * rise)
    return np.asarray(np.where(z < _Z9, ellipse, np.where(z < _Z10, _SLOPE9, limit)))
