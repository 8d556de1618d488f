"""A missile's flight as reach sees it: inertial states from burnout on, in two parts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import ecef_to_geodetic
from longroad.flight.arcs import ArcSet
from longroad.flight.figure import WGS84, Figure
from longroad.flight.kepler import kepler

Array = NDArray[np.float64]

# States this far apart (s): the cubic between them is within a centimetre of the conic.
STEP_S = 15.0


@dataclass(frozen=True)
class Trajectory:
    """One arc from the first to the last moment at which it can be met.

    Inertial axes are the Earth-fixed ones at ignition, time 0. The missile can be met from
    burnout on, where it is above the floor; ``turn_s`` parts what is met before the apogee from
    what is met after it.
    """

    states: Array
    """(K, 6) position (m) and velocity (m/s) at ``begin_s + k step_s``."""
    begin_s: float
    step_s: float
    first_s: float
    turn_s: float
    last_s: float
    impact_s: float
    figure: Figure

    @property
    def parts(self) -> Array:
        """Return from and to (s) of the part before the apogee and of the part after it, (4,)."""
        return np.array([self.first_s, self.turn_s, self.turn_s, self.last_s])

    def at(self, time_s: Array) -> tuple[Array, Array]:
        """Return inertial position (m) and velocity (m/s), (..., 3), at times (s); exact."""
        times = np.asarray(time_s, dtype=np.float64)
        shape = (*times.shape, 3)
        return kepler(
            np.broadcast_to(self.states[0, :3], shape),
            np.broadcast_to(self.states[0, 3:], shape),
            times - self.begin_s,
        )


def trajectory(arcs: ArcSet, row: int, floor_m: float, figure: Figure = WGS84) -> Trajectory:
    """Return the arc ``row`` of a set as a trajectory that can be met above ``floor_m``.

    Raises GeometryError for an arc that does not exist, or that never rises above the floor.
    """
    if not arcs.ok[row]:
        raise GeometryError("there is no such flight", expected="an arc that exists")
    begin, impact = float(arcs.burnout_time_s[row]), float(arcs.time_of_flight_s[row])
    count = max(int((impact - begin) / STEP_S) + 2, 8)
    times = np.linspace(begin, impact, count)
    place, velocity = kepler(
        np.broadcast_to(arcs.burnout_position_m[row], (count, 3)),
        np.broadcast_to(arcs.burnout_velocity_m_s[row], (count, 3)),
        times - begin,
    )
    states = np.ascontiguousarray(np.concatenate([place, velocity], axis=1))
    step = float(times[1] - times[0])
    made = Trajectory(states, begin, step, begin, begin, begin, impact, figure)
    rising = np.sum(place * velocity, axis=1)
    turn = _crossing(times, rising, made, _climb) if rising[0] > 0.0 else begin
    above = _height(place, figure) - floor_m

    def clear(position: Array, _: Array) -> Array:
        return np.asarray(_height(position, figure) - floor_m)

    top = float(clear(*made.at(np.array([turn])))[0])
    if not top > 0.0:
        raise GeometryError(
            f"the missile stays below {floor_m / 1e3:.0f} km after burnout",
            expected="a flight that leaves the atmosphere",
        )
    later = times > turn
    first = begin
    if above[0] < 0.0:
        rise = np.concatenate([times[~later], [turn]])
        first = _crossing(rise, np.concatenate([above[~later], [top]]), made, clear)
    fall = np.concatenate([[turn], times[later]])
    last = _crossing(fall, np.concatenate([[top], above[later]]), made, clear)
    return Trajectory(states, begin, step, first, turn, last, impact, figure)


def _climb(position: Array, velocity: Array) -> Array:
    return np.asarray(np.sum(position * velocity, axis=-1))


def _height(position: Array, figure: Figure) -> Array:
    if figure is WGS84:
        return np.asarray(ecef_to_geodetic(position)[2])
    if figure.flattening == 0.0:
        return np.asarray(np.linalg.norm(position, axis=-1) - figure.radius_m)
    raise GeometryError("heights are known above WGS-84 and above spheres only")


def _crossing(times: Array, values: Array, flight: Trajectory, function: object) -> float:
    """Return when a function of the state changes its sign (s), by bisection to 1e-6 s."""
    signs = np.flatnonzero(np.diff(np.sign(values)) != 0)
    if signs.size == 0:
        return float(times[-1])
    low, high = float(times[signs[0]]), float(times[signs[0] + 1])
    negative = values[signs[0]] < 0.0
    while high - low > 1e-6:
        middle = 0.5 * (low + high)
        value = float(function(*flight.at(np.array([middle])))[0])  # type: ignore[operator]
        if (value < 0.0) == negative:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)
