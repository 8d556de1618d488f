"""Flights without thrust to the ground, many at once: oblateness, drag, a turning atmosphere.

What the closed forms leave out, for any number of bodies that coast and re-enter. Equations:
`longroad.flight.powered_kernel`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.base.kernel import kernel
from longroad.flight import powered_kernel as k
from longroad.flight.air import no_air, standard_air
from longroad.flight.figure import WGS84, Figure
from longroad.flight.kepler import finite, flat, together, vectors

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Descents:
    """N flights to the ground, inertial; NaN where one does not come down.

    Shapes are those of the states given, (...) and (..., 3).
    """

    time_s: Array
    """(...) to the impact."""
    position_m: Array
    """(..., 3) of the impact."""
    velocity_m_s: Array
    """(..., 3) at the impact."""
    apogee_m: Array
    """(...) height of the point farthest from the Earth's centre."""
    apogee_time_s: Array
    """(...) after the start."""


@kernel
def _fall_all(
    earth: Array, air: Array, cross: Array, tolerance: float, states: Array, out: Array
) -> None:
    """Let N states (N, 6) fall; ``cross`` (N,) is 1/beta; rows of flights go to ``out``."""
    work = np.empty((k.ROWS, 6))
    track = np.empty((0, 7))
    for i in range(cross.size):
        out[i] = math.nan
        status, _ = k.fall(earth, air, cross[i], tolerance, 0.0, states[i], work, out[i], track, 0)
        if status != k.OK:
            out[i] = math.nan


def descend(
    r_m: ArrayLike,
    v_m_s: ArrayLike,
    ballistic_coefficient_kg_m2: ArrayLike,
    *,
    air: bool = True,
    tolerance: float = 1e-11,
    figure: Figure = WGS84,
) -> Descents:
    """Return the flights of bodies from inertial states to height 0 of ``figure``.

    ``r_m``, ``v_m_s`` (..., 3), z along the axis of rotation, and the ballistic coefficient
    m/(C_D A) (...) broadcast; an infinite coefficient means no drag, ``air`` False none for all.
    The air is the US Standard Atmosphere 1976, turning with the figure. ``tolerance`` is the
    error allowed per step, relative to distance and speed. Raises GeometryError for states that
    are not finite and coefficients that are not above 0; a flight that starts below the ground or
    does not come down is NaN.
    """
    beta = np.asarray(ballistic_coefficient_kg_m2, dtype=np.float64)
    if not np.all(beta > 0.0):
        raise GeometryError(
            "a ballistic coefficient is not above 0", expected="kg/m2 above 0, or infinity"
        )
    r, v, cross = together(
        vectors(r_m, "r_m"), vectors(v_m_s, "v_m_s"), finite(1.0 / beta, "1/beta"),
        "r_m, v_m_s and ballistic_coefficient_kg_m2",
    )  # fmt: skip
    states = np.concatenate([flat(r, 3), flat(v, 3)], axis=1)
    out = np.empty((cross.size, k.FLIGHT))
    grid = standard_air() if air else no_air()
    _fall_all(figure.plain(), grid, flat(cross, 0), tolerance, states, out)
    end = out[:, k.END : k.END + 6]
    return Descents(
        time_s=out[:, k.END_TIME].reshape(cross.shape),
        position_m=end[:, :3].reshape(r.shape),
        velocity_m_s=end[:, 3:].reshape(r.shape),
        apogee_m=out[:, k.TOP].reshape(cross.shape),
        apogee_time_s=out[:, k.TOP_TIME].reshape(cross.shape),
    )
