"""Earth-fixed and inertial axes.

The inertial frame of a scenario is the Earth-fixed frame (ECEF, WGS-84) frozen at time zero, the
first ignition. Both share the origin and the z axis; at time t the Earth has turned about z by
omega t. With R the rotation by omega t and w = (0, 0, omega):

    r_inertial = R r_ecef,    v_inertial = R (v_ecef + w x r_ecef)

Precession, nutation, polar motion and changes in the length of the day are left out: over an hour
they move a point on the ground by less than a metre. The compiled forms are in
`longroad.earth.frames_kernel`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.earth.wgs84 import ANGULAR_SPEED_RAD_S

Array = NDArray[np.float64]


def _turn(vector: Array, angle_rad: Array) -> Array:
    """Rotate vectors (..., 3) about z by angles (...); both broadcast."""
    cosine, sine = np.cos(angle_rad), np.sin(angle_rad)
    x, y, z = vector[..., 0], vector[..., 1], vector[..., 2]
    turned = np.broadcast_arrays(cosine * x - sine * y, sine * x + cosine * y, z)
    return np.stack(turned, axis=-1)


def _carried(position_m: Array) -> Array:
    """Return w x r (m/s): the speed at which the Earth carries a place, same axes as r."""
    x, y = position_m[..., 0], position_m[..., 1]
    return ANGULAR_SPEED_RAD_S * np.stack([-y, x, np.zeros_like(x)], axis=-1)


def ecef_to_inertial(position_m: ArrayLike, time_s: ArrayLike) -> Array:
    """Return inertial positions (..., 3) of Earth-fixed positions (..., 3) at times (...)."""
    return _turn(np.asarray(position_m, float), ANGULAR_SPEED_RAD_S * np.asarray(time_s, float))


def inertial_to_ecef(position_m: ArrayLike, time_s: ArrayLike) -> Array:
    """Return Earth-fixed positions (..., 3) of inertial positions (..., 3) at times (...)."""
    return _turn(np.asarray(position_m, float), -ANGULAR_SPEED_RAD_S * np.asarray(time_s, float))


def velocity_to_inertial(
    position_m: ArrayLike, velocity_m_s: ArrayLike, time_s: ArrayLike
) -> Array:
    """Return inertial velocities (..., 3) of Earth-fixed positions and Earth-relative velocities.

    All three broadcast; positions and velocities in Earth-fixed axes.
    """
    r, v = np.asarray(position_m, float), np.asarray(velocity_m_s, float)
    return _turn(v + _carried(r), ANGULAR_SPEED_RAD_S * np.asarray(time_s, float))


def velocity_to_ecef(position_m: ArrayLike, velocity_m_s: ArrayLike, time_s: ArrayLike) -> Array:
    """Return Earth-relative velocities (..., 3), Earth-fixed axes, of inertial states.

    All three broadcast; positions and velocities in inertial axes.
    """
    r, v = np.asarray(position_m, float), np.asarray(velocity_m_s, float)
    return _turn(v - _carried(r), -ANGULAR_SPEED_RAD_S * np.asarray(time_s, float))
