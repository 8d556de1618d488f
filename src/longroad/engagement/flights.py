"""Many strategic flights at once, and the meetings of one site with all of them.

The same equations as `longroad.engagement.trajectory` and `longroad.engagement.reach.meet`, which
serve one flight and one place; here an ensemble asks for a thousand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.engagement import flights_kernel as fk
from longroad.engagement import reach_kernel as rk
from longroad.engagement.trajectory import STEP_S
from longroad.flight.arcs import ArcSet
from longroad.flight.figure import WGS84

Array = NDArray[np.float64]
LEAST_STATES = 8
# Sets of places whose Earth-fixed positions are kept, since every draw asks for the same.
KEPT_PLACES = 4096


@dataclass(frozen=True)
class Flights:
    """P flights from burnout to impact in inertial axes, the Earth-fixed ones at ignition."""

    states: Array
    """(P, K, 6) position (m) and velocity (m/s) at ``begin_s + k step_s``."""
    begin_s: Array
    step_s: Array
    turn_s: Array
    """(P) when a flight is farthest from the Earth's centre; burnout at the earliest."""
    impact_s: Array

    def __len__(self) -> int:
        return int(self.begin_s.size)

    def select(self, rows: NDArray[np.intp]) -> Flights:
        """Return some of the flights, in the order of ``rows``; one may be named twice."""
        return Flights(
            self.states[rows],
            self.begin_s[rows],
            self.step_s[rows],
            self.turn_s[rows],
            self.impact_s[rows],
        )

    def spans(self, floor_m: float, ceiling_m: float = np.inf) -> Array:
        """Return when each flight can be met (P, 4): from, to (s) before the apogee, and after it.

        Between the heights (m) only; NaN for a flight that never rises above the floor.
        """
        out = np.empty((len(self), 4))
        fk.spans(
            self.states, self.begin_s, self.step_s, self.turn_s, floor_m, ceiling_m, out
        )  # fmt: skip
        return out


@dataclass(frozen=True)
class Meetings:
    """Least-speed intercepts of P flights at D launch delays; last axis before, after the apogee.

    NaN in all numbers where there is none. SI, angles in rad.
    """

    speed_m_s: Array
    """(P, D, 2) least burnout speed; all others have the same shape."""
    launch_s: Array
    intercept_s: Array
    altitude_m: Array
    latitude_rad: Array
    longitude_rad: Array
    crossing_rad: Array
    """Between the velocities of interceptor and missile: 0 behind it, pi head on."""
    closing_speed_m_s: Array
    impulsive_speed_m_s: Array
    """What the shot needs as an impulse at the launch place."""
    place: NDArray[np.int32]
    """Which of the places the shot comes from."""

    @property
    def overtaking(self) -> NDArray[np.bool_]:
        """Return which intercepts chase the missile before its apogee."""
        chase = np.asarray(self.crossing_rad < 0.5 * np.pi)
        chase[..., 1] = False
        return chase


def states_needed(arcs: ArcSet) -> int:
    """Return how many states describe the longest of the arcs well enough."""
    longest = float(np.max(arcs.time_of_flight_s - arcs.burnout_time_s, initial=0.0))
    return max(int(longest / STEP_S) + 2, LEAST_STATES)


def fly(arcs: ArcSet, count: int | None = None) -> Flights:
    """Return arcs, all of which exist, as flights of ``count`` states each (as needed: None).

    Raises GeometryError for an arc that does not exist.
    """
    if not np.all(arcs.ok):
        raise GeometryError("there is no such flight", expected="arcs that exist")
    begin, impact = arcs.burnout_time_s, arcs.time_of_flight_s
    count = states_needed(arcs) if count is None else count
    step = (impact - begin) / (count - 1)
    states = np.empty((len(arcs), count, 6))
    begin = np.ascontiguousarray(begin)
    fk.fly(WGS84.mu_m3_s2, arcs.burnout_position_m, arcs.burnout_velocity_m_s, begin, step, states)
    turn = np.empty(len(arcs))
    fk.turns(states, begin, step, turn)
    return Flights(states, begin, step, turn, np.ascontiguousarray(impact))


def join(parts: Sequence[Flights]) -> Flights:
    """Return flights with equally many states as one set, in their order."""
    columns = ("states", "begin_s", "step_s", "turn_s", "impact_s")
    return Flights(*(np.concatenate([getattr(p, name) for p in parts]) for name in columns))


def least_speeds(
    flights: Flights, spans: Array, latitude_rad: ArrayLike, longitude_rad: ArrayLike,
    delays_s: Array, burn_time_s: float, boost_path_fraction: float, flight_life_s: float,
) -> tuple[Array, NDArray[np.int32]]:  # fmt: skip
    """Return the kernel's answers (P, D, 2, 6) and the places (P, D, 2) they come from.

    The least over all places (N); ``delays_s`` (D) or (P, D), rising, infinite where there is no
    launch. The first column of an answer is the least burnout speed (m/s).
    """
    places = _places(latitude_rad, longitude_rad)
    delays = np.ascontiguousarray(
        np.broadcast_to(delays_s, (len(flights), np.shape(delays_s)[-1])), dtype=np.float64
    )
    answers = np.empty((*delays.shape, 2, rk.ANSWER))
    which = np.empty((*delays.shape, 2), dtype=np.int32)
    fk.meet_all(
        WGS84.mu_m3_s2, WGS84.rotation_rad_s, places, burn_time_s, boost_path_fraction,
        flight_life_s, delays, flights.states, flights.begin_s, flights.step_s, spans, answers,
        which,
    )  # fmt: skip
    return answers, which


def meetings(
    flights: Flights, spans: Array, latitude_rad: ArrayLike, longitude_rad: ArrayLike,
    delays_s: Array, burn_time_s: float, boost_path_fraction: float, flight_life_s: float,
) -> Meetings:  # fmt: skip
    """Return the meetings of least burnout speed in full; arguments as `least_speeds`."""
    answers, which = least_speeds(
        flights, spans, latitude_rad, longitude_rad, delays_s, burn_time_s, boost_path_fraction,
        flight_life_s,
    )  # fmt: skip
    return explained(flights, latitude_rad, longitude_rad, burn_time_s, answers, which)


def explained(
    flights: Flights, latitude_rad: ArrayLike, longitude_rad: ArrayLike, burn_time_s: float,
    answers: Array, which: NDArray[np.int32],
) -> Meetings:  # fmt: skip
    """Return what `least_speeds` found in full: when, where, and how the two meet."""
    words = np.empty((*which.shape, fk.WORDS))
    fk.explain(
        WGS84.mu_m3_s2, WGS84.rotation_rad_s, _places(latitude_rad, longitude_rad), burn_time_s,
        flights.states, flights.begin_s, flights.step_s, answers, which, words,
    )  # fmt: skip
    return Meetings(
        speed_m_s=answers[..., rk.SPEED],
        launch_s=answers[..., rk.LAUNCH],
        intercept_s=answers[..., rk.MEET],
        altitude_m=words[..., fk.HEIGHT],
        latitude_rad=words[..., fk.LATITUDE],
        longitude_rad=words[..., fk.LONGITUDE],
        crossing_rad=words[..., fk.CROSSING],
        closing_speed_m_s=words[..., fk.CLOSING],
        impulsive_speed_m_s=words[..., fk.IMPULSIVE],
        place=which,
    )


def _places(latitude_rad: ArrayLike, longitude_rad: ArrayLike) -> Array:
    latitude = np.asarray(latitude_rad, dtype=np.float64).ravel()
    longitude = np.asarray(longitude_rad, dtype=np.float64).ravel()
    return _fixed(latitude.tobytes(), longitude.tobytes())


@lru_cache(KEPT_PLACES)
def _fixed(latitude: bytes, longitude: bytes) -> Array:
    north, east = (np.frombuffer(axis, dtype=np.float64) for axis in (latitude, longitude))
    return np.ascontiguousarray(geodetic_to_ecef(north, east, 0.0))
