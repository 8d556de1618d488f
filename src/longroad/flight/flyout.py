"""Interceptor fly-out tables: earliest time of flight by ground range and height.

Model of the flight, at the level of published studies: a straight powered path at the launch
elevation during which the interceptor gains its *burnout speed* (Earth-relative speed at the end
of powered flight, after gravity loss), then two-body coasting until the end of its flight life.
The sweep over launch elevation is integrated by the compiled fourth-order Runge-Kutta rule; the
kernel `longroad.flight.flyout_kernel` says how the sweep becomes a table.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import MEAN_RADIUS_M, MU_M3_S2
from longroad.flight.flyout_kernel import (
    REACH,
    REACH_SCALE,
    REACH_TIME,
    TABLE_SIZE,
    build_table,
    look_up,
)

Array = NDArray[np.float64]

# The sphere of the tables (m); look-ups rescale to the radius of the launch site.
TABLE_RADIUS_M = MEAN_RADIUS_M
# The sweep: 361 elevations and steps of 4 s. Against eight times as many elevations and steps of
# 1 s the time of flight changes by 0.01 s in the median (`docs/methods/flight.md`).
ELEVATIONS = 361
STEP_S = 4.0
# The height at which gravity's gradient is taken for the displacement of the launch axes (m): the
# middle of the flights of interest. At 200 km the errors at 600 s grow by half, from 2.0 to 2.5 s.
SCHULER_HEIGHT_M = 400_000.0
# Tables start here; the least intercept altitude of a battery is a separate limit.
LOWEST_M = 40_000.0


@dataclass(frozen=True)
class FlyoutTables:
    """Fly-out tables of one interceptor for D draws.

    ``table`` (D, TABLE_SIZE), in the layout of `longroad.flight.flyout_kernel`; ``usable`` (D,)
    is False where the interceptor reaches no height of interest.
    """

    table: Array
    usable: NDArray[np.bool_]

    def time_of_flight(self, draw: int, ground_range_m: Array, height_m: Array) -> Array:
        """Return the earliest time of flight (s), infinite outside reach; shapes broadcast."""
        angle, height = np.broadcast_arrays(
            np.asarray(ground_range_m, dtype=float) / TABLE_RADIUS_M,
            np.asarray(height_m, dtype=float),
        )
        out = np.empty(angle.shape)
        for index in np.ndindex(angle.shape):
            m = float(2.0 * np.sin(0.5 * angle[index]) ** 2)
            least, edge = look_up(self.table[draw], m, float(height[index]))
            out[index] = least if m <= edge else np.inf
        return out

    def reach_m(self, draw: int) -> Array:
        """Return the greatest ground range (m) at each level of the table."""
        edge = np.clip(self.table[draw, REACH:REACH_TIME], 0.0, 2.0)
        return np.asarray(TABLE_RADIUS_M * np.arccos(1.0 - edge))

    def widest_m(self, draw: int) -> float:
        """Return the greatest ground range (m) at any height of interest."""
        scale = min(max(float(self.table[draw, REACH_SCALE]), 0.0), 2.0)
        return float(TABLE_RADIUS_M * np.arccos(1.0 - scale))


def flyout_tables(
    burnout_speed_m_s: Array,
    burn_time_s: Array,
    boost_path_fraction: Array,
    flight_life_s: Array,
    least_launch_elevation_rad: Array,
    ceiling_m: Array,
) -> FlyoutTables:
    """Build the tables of one interceptor for D draws; all arguments (D,) or scalars.

    ``boost_path_fraction``: mean speed during powered flight divided by burnout speed (0.5 for
    constant acceleration). ``ceiling_m``: greatest altitude of interest. Raises `GeometryError`
    for a value that is not finite or has no meaning.
    """
    columns = np.broadcast_arrays(
        *(
            np.atleast_1d(np.asarray(value, dtype=float))
            for value in (
                burnout_speed_m_s, burn_time_s, boost_path_fraction, flight_life_s,
                least_launch_elevation_rad, ceiling_m,
            )
        )
    )  # fmt: skip
    names = (
        "burnout_speed", "burn_time", "boost_path_fraction", "flight_life",
        "least_launch_elevation", "ceiling",
    )  # fmt: skip
    for name, column in zip(names, columns, strict=True):
        wrong = ~(np.isfinite(column) & (column >= 0.0))
        if np.any(wrong):
            raise GeometryError(
                f"the interceptor's {name} is {column[wrong][0]}",
                field=name,
                expected="a finite number that is not negative",
            )
    if np.any(columns[4] >= 0.5 * np.pi):
        raise GeometryError(
            "the least launch elevation is vertical or more",
            field="least_launch_elevation",
            expected="less than 90 deg",
        )
    draws = columns[0].size
    table = np.zeros((draws, TABLE_SIZE))
    usable = np.zeros(draws, dtype=bool)
    for d in range(draws):
        speed, burn, fraction, life, elevation, ceiling = (float(c[d]) for c in columns)
        usable[d] = build_table(
            MU_M3_S2, TABLE_RADIUS_M, speed, burn, fraction, life, elevation, LOWEST_M, ceiling,
            ELEVATIONS, STEP_S, table[d],
        )  # fmt: skip
    return FlyoutTables(table, usable)
