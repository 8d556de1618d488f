"""How high an interceptor climbs, against the least height at which it can intercept."""

from __future__ import annotations

import math

from longroad.earth.wgs84 import MEAN_RADIUS_M, MU_M3_S2


def greatest_height(
    burnout_speed_m_s: float, burn_time_s: float, boost_path_fraction: float
) -> float:
    """Return the height (m) of the top of a vertical shot; infinite from escape speed on.

    The powered path has the length h = f b v, f the boost path fraction and b the burn time; from
    there energy is conserved, v^2/2 - mu/(R + h) = -mu/(R + top), without drag and rotation.
    """
    start = MEAN_RADIUS_M + boost_path_fraction * burn_time_s * burnout_speed_m_s
    left = 1.0 / start - 0.5 * burnout_speed_m_s**2 / MU_M3_S2
    return math.inf if left <= 0.0 else 1.0 / left - MEAN_RADIUS_M


def speed_for_height(height_m: float, burn_time_s: float, boost_path_fraction: float) -> float:
    """Return the least burnout speed (m/s) whose vertical shot reaches a height, by bisection."""
    low, high = 0.0, math.sqrt(2.0 * MU_M3_S2 / MEAN_RADIUS_M)
    while high - low > 1e-3:
        middle = 0.5 * (low + high)
        if greatest_height(middle, burn_time_s, boost_path_fraction) < height_m:
            low = middle
        else:
            high = middle
    return high
