"""Flight by numerical integration: what the closed forms are compared with and leave out.

The compiled integrator is the Runge-Kutta pair of Dormand and Prince, order 5(4) (Journal of
Computational and Applied Mathematics 6, 1980, 19-26), with the attraction of the Earth's point
mass and, if asked for, of its oblateness (J2; Vallado, Fundamentals of Astrodynamics and
Applications, 4th ed., section 8.6.1). The reference is SciPy's DOP853.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.base.kernel import kernel
from longroad.flight.figure import WGS84, Figure
from longroad.flight.kepler import finite, flat, together, vectors

Array = NDArray[np.float64]

# Dormand and Prince (1980), table 2; the last row is the fifth-order rule (first same as last).
TABLEAU = np.array(
    [
        [1 / 5, 0, 0, 0, 0, 0],
        [3 / 40, 9 / 40, 0, 0, 0, 0],
        [44 / 45, -56 / 15, 32 / 9, 0, 0, 0],
        [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729, 0, 0],
        [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656, 0],
        [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
    ]
)
# Fifth minus fourth order.
DIFFERENCE = np.array([71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40])

# Steps after which a flight is given up.
MOST_STEPS = 1_000_000


@kernel
def pull(mu: float, radius: float, j2: float, y: Array, out: Array) -> None:
    """Write the rate of change of an inertial state ``y`` (6) to ``out`` (6); z is the axis."""
    square = y[0] * y[0] + y[1] * y[1] + y[2] * y[2]
    r = math.sqrt(square)
    k = -mu / (square * r)
    bulge = 1.5 * j2 * radius * radius / square
    ratio = 5.0 * y[2] * y[2] / square
    out[0], out[1], out[2] = y[3], y[4], y[5]
    out[3] = k * y[0] * (1.0 + bulge * (1.0 - ratio))
    out[4] = k * y[1] * (1.0 + bulge * (1.0 - ratio))
    out[5] = k * y[2] * (1.0 + bulge * (3.0 - ratio))


@kernel
def propagate(
    mu: float, radius: float, j2: float, time: float, tolerance: float, y: Array, work: Array
) -> bool:
    """Carry an inertial state ``y`` (6; m, m/s) through ``time`` (s); False when it fails.

    ``tolerance``: the error allowed in a step, relative to distance and speed. ``work`` (8, 6).
    """
    if time == 0.0:
        return True
    rates = work[:7]
    trial = work[7]
    pull(mu, radius, j2, y, rates[0])
    gone = 0.0
    step = 1e-3 * time
    for _ in range(MOST_STEPS):
        last = abs(time - gone) <= abs(step)
        if last:
            step = time - gone
        for stage in range(6):
            for i in range(6):
                total = 0.0
                for j in range(stage + 1):
                    total += TABLEAU[stage, j] * rates[j, i]
                trial[i] = y[i] + step * total
            pull(mu, radius, j2, trial, rates[stage + 1])
        length = math.sqrt(trial[0] ** 2 + trial[1] ** 2 + trial[2] ** 2)
        # A body at rest has a speed scale too: that of falling from where it is.
        speed = math.sqrt(trial[3] ** 2 + trial[4] ** 2 + trial[5] ** 2 + mu / length)
        worst = 0.0
        for i in range(6):
            error = 0.0
            for j in range(7):
                error += DIFFERENCE[j] * rates[j, i]
            worst = max(worst, abs(step * error) / (length if i < 3 else speed))
        if not worst < math.inf:
            return False
        if worst <= tolerance:
            gone += step
            y[:] = trial
            if last:
                return True
            rates[0] = rates[6]
        step *= min(5.0, max(0.2, 0.9 * (tolerance / max(worst, 1e-300)) ** 0.2))
        if gone + step == gone:
            return False
    return False


@kernel
def propagate_all(
    mu: float, radius: float, j2: float, tolerance: float, times: Array, states: Array
) -> None:
    """Carry N states (N, 6) through N times in place; NaN where the integration fails."""
    work = np.empty((8, 6))
    for i in range(times.size):
        if not propagate(mu, radius, j2, times[i], tolerance, states[i], work):
            states[i] = math.nan


def integrate(
    r_m: ArrayLike,
    v_m_s: ArrayLike,
    time_s: ArrayLike,
    *,
    j2: bool = True,
    tolerance: float = 1e-12,
    figure: Figure = WGS84,
) -> tuple[Array, Array]:
    """Return position (m) and velocity (m/s) after ``time_s``, by the compiled integrator.

    Inertial states (..., 3) with z along the axis of rotation; arguments broadcast as in
    `longroad.flight.kepler`. ``j2`` adds the oblateness of ``figure``. ``tolerance`` is the error
    allowed per step, relative to distance and speed; at 1e-12 a ballistic arc ends within 1 mm of
    the reference. Raises GeometryError for bad input and for a flight into the centre.
    """
    r, v, time = together(
        vectors(r_m, "r_m"), vectors(v_m_s, "v_m_s"), finite(time_s, "time_s"),
        "r_m, v_m_s and time_s",
    )  # fmt: skip
    states = np.concatenate([flat(r, 3), flat(v, 3)], axis=1)
    oblateness = figure.j2 if j2 else 0.0
    propagate_all(figure.mu_m3_s2, figure.radius_m, oblateness, tolerance, flat(time, 0), states)
    if np.any(np.isnan(states)):
        raise GeometryError(
            "a flight cannot be integrated", expected="a flight that misses the Earth's centre"
        )
    return states[:, :3].reshape(r.shape), states[:, 3:].reshape(r.shape)


def reference_propagate(
    r_m: ArrayLike,
    v_m_s: ArrayLike,
    time_s: float,
    *,
    j2: bool = True,
    figure: Figure = WGS84,
) -> tuple[Array, Array]:
    """Return position (m) and velocity (m/s) of one state (3,) after ``time_s``, by DOP853.

    SciPy's eighth-order Runge-Kutta rule (Hairer, Norsett, Wanner, Solving Ordinary Differential
    Equations I, 1993) at a relative tolerance of 1e-12: the installed reference of the flight
    room, with its own statement of the forces. Raises GeometryError when it fails.
    """
    from scipy.integrate import solve_ivp

    mu, radius = figure.mu_m3_s2, figure.radius_m
    oblateness = figure.j2 if j2 else 0.0

    def rates(_: float, y: Array) -> Array:
        place = y[:3]
        r = float(np.linalg.norm(place))
        # The gradient of mu/r (1 - J2 (radius/r)^2 P2(sin latitude)).
        sine = place[2] / r
        scale = mu * oblateness * (radius / r) ** 2 / r**2
        axis = np.array([0.0, 0.0, 1.0])
        outward = place / r
        bulge = scale * (1.5 * (5.0 * sine**2 - 1.0) * outward - 3.0 * sine * axis)
        return np.concatenate([y[3:], -mu / r**2 * outward + bulge])

    y0 = np.concatenate([vectors(r_m, "r_m"), vectors(v_m_s, "v_m_s")])
    found = solve_ivp(
        rates, (0.0, float(time_s)), y0, method="DOP853", rtol=1e-12, atol=1e-6, t_eval=[time_s]
    )
    if not found.success:
        raise GeometryError("a flight cannot be integrated", expected=str(found.message))
    return found.y[:3, -1], found.y[3:, -1]
