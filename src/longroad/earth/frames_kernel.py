"""Earth-fixed and inertial axes for compiled code: one vector at a time, no checks.

The frames and the equations are those of `longroad.earth.frames`.
"""

from __future__ import annotations

import math

from longroad.base.kernel import lean_kernel
from longroad.earth.wgs84 import ANGULAR_SPEED_RAD_S

Triple = tuple[float, float, float]


@lean_kernel
def to_inertial(x_m: float, y_m: float, z_m: float, time_s: float) -> Triple:
    """Return the inertial x, y, z (m) of an Earth-fixed position at a time."""
    cosine, sine = math.cos(ANGULAR_SPEED_RAD_S * time_s), math.sin(ANGULAR_SPEED_RAD_S * time_s)
    return cosine * x_m - sine * y_m, sine * x_m + cosine * y_m, z_m


@lean_kernel
def to_ecef(x_m: float, y_m: float, z_m: float, time_s: float) -> Triple:
    """Return the Earth-fixed x, y, z (m) of an inertial position at a time."""
    cosine, sine = math.cos(ANGULAR_SPEED_RAD_S * time_s), math.sin(ANGULAR_SPEED_RAD_S * time_s)
    return cosine * x_m + sine * y_m, cosine * y_m - sine * x_m, z_m


@lean_kernel
def velocity_to_inertial(
    x_m: float, y_m: float, vx_m_s: float, vy_m_s: float, vz_m_s: float, time_s: float
) -> Triple:
    """Return the inertial velocity (m/s) of an Earth-fixed x, y and Earth-relative velocity."""
    return to_inertial(
        vx_m_s - ANGULAR_SPEED_RAD_S * y_m, vy_m_s + ANGULAR_SPEED_RAD_S * x_m, vz_m_s, time_s
    )


@lean_kernel
def velocity_to_ecef(
    x_m: float, y_m: float, vx_m_s: float, vy_m_s: float, vz_m_s: float, time_s: float
) -> Triple:
    """Return the Earth-relative velocity (m/s, Earth-fixed axes) of an inertial x, y, velocity."""
    return to_ecef(
        vx_m_s + ANGULAR_SPEED_RAD_S * y_m, vy_m_s - ANGULAR_SPEED_RAD_S * x_m, vz_m_s, time_s
    )
