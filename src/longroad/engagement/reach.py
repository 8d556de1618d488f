"""Reach: the least burnout speed with which an interceptor meets a missile, and where.

The equations stand in `longroad.engagement.reach_kernel`. What is left out: sensors, decoys,
whether the interceptor hits, and intercepts during the missile's boost.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import ecef_to_geodetic, geodetic_to_ecef
from longroad.engagement import reach_kernel as k
from longroad.engagement.trajectory import Trajectory

Array = NDArray[np.float64]

# The two parts of an arc, in the order of the last axis of a surface.
BEFORE_APOGEE, AFTER_APOGEE = 0, 1
# Places per share of work.
SHARE = 1024


@dataclass(frozen=True)
class Interceptor:
    """What reach asks of an interceptor besides its speed.

    Burn time (s), mean speed during powered flight over burnout speed, and how long it can fly
    (s, infinite for no limit).
    """

    burn_time_s: float
    boost_path_fraction: float
    flight_life_s: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.burn_time_s < np.inf:
            raise GeometryError(
                f"an interceptor burns for {self.burn_time_s} s",
                field="burn_time",
                expected="a finite time that is not negative",
            )
        if not 0.0 <= self.boost_path_fraction <= 1.0:
            raise GeometryError(
                f"the boost path fraction is {self.boost_path_fraction}",
                field="boost_path_fraction",
                expected="between 0 and 1",
            )
        if not self.flight_life_s > self.burn_time_s:
            raise GeometryError(
                f"an interceptor flies for {self.flight_life_s} s, less than it burns",
                field="flight_life",
                expected=f"more than {self.burn_time_s:g} s",
            )


@dataclass(frozen=True)
class Meeting:
    """The intercept of least burnout speed for one place, delay and part of an arc.

    ``speed_m_s`` is NaN, and with it all else, where that part is over before a launch at the
    delay could end in it.
    """

    speed_m_s: float
    launch_s: float
    intercept_s: float
    altitude_m: float
    latitude_rad: float
    longitude_rad: float
    crossing_rad: float
    """Between the velocities of interceptor and missile: 0 behind it, pi head on."""
    closing_speed_m_s: float
    after_apogee: bool

    @property
    def exists(self) -> bool:
        """Return whether there is an intercept at all."""
        return bool(self.speed_m_s < np.inf)

    @property
    def overtaking(self) -> bool:
        """Return whether the interceptor chases the missile before its apogee."""
        return self.exists and not self.after_apogee and self.crossing_rad < 0.5 * np.pi


def meet(
    flight: Trajectory, latitude_rad: float, longitude_rad: float, delay_s: float,
    interceptor: Interceptor,
) -> tuple[Meeting, Meeting]:  # fmt: skip
    """Return the intercepts of least burnout speed from one place, before and after the apogee.

    The launch is at ``delay_s`` after the missile's ignition or later. Error of the speed: 1e-4
    of it, where the search ends.
    Raises GeometryError for a place or delay without meaning.
    """
    place = _places(flight, np.array([latitude_rad]), np.array([longitude_rad]))[0]
    _delays(np.array([delay_s]))
    earth = flight.figure
    answer = np.empty(k.ANSWER)
    found = []
    for half in (BEFORE_APOGEE, AFTER_APOGEE):
        first, last = flight.parts[2 * half : 2 * half + 2]
        k.least(
            earth.mu_m3_s2, earth.rotation_rad_s, place, interceptor.burn_time_s,
            interceptor.boost_path_fraction, delay_s, interceptor.flight_life_s, flight.states,
            flight.begin_s, flight.step_s, first, last, np.nan, answer,
        )  # fmt: skip
        found.append(_meeting(flight, answer, half == AFTER_APOGEE))
    return found[0], found[1]


def surface(
    flights: Sequence[Trajectory], latitude_rad: ArrayLike, longitude_rad: ArrayLike,
    delays_s: ArrayLike, interceptor: Interceptor, cap_m_s: float, workers: int = 1,
) -> Array:  # fmt: skip
    """Return the least burnout speed (m/s) over places and delays, (N, D, 2).

    The least over ``flights``, for instance all arcs from one base; last axis before and after
    the apogee. Launch at the delay or later, so the speed never falls with the delay. NaN: that
    part of every arc is over; infinite: more than ``cap_m_s``. ``workers`` threads share the
    places; the result does not depend on their number. Raises GeometryError as `meet` does.
    """
    delays = _delays(np.asarray(delays_s, dtype=np.float64))
    if not flights:
        raise GeometryError("there is no flight to reach", expected="at least one trajectory")
    places = _places(flights[0], np.asarray(latitude_rad), np.asarray(longitude_rad))
    result = np.full((len(places), delays.size, 2), np.nan)

    def share(begin: int) -> None:
        part = places[begin : begin + SHARE]
        out = np.empty((len(part), delays.size, 2))
        for flight in flights:
            earth = flight.figure
            k.surface(
                earth.mu_m3_s2, earth.rotation_rad_s, part, interceptor.burn_time_s,
                interceptor.boost_path_fraction, interceptor.flight_life_s, delays,
                flight.states, flight.begin_s, flight.step_s, flight.parts, cap_m_s, out,
            )  # fmt: skip
            whole = result[begin : begin + SHARE]
            np.fmin(whole, out, out=whole)

    starts = range(0, len(places), SHARE)
    if workers > 1 and len(starts) > 1:
        with ThreadPoolExecutor(workers) as pool:
            list(pool.map(share, starts))
    else:
        for begin in starts:
            share(begin)
    return result


def _places(flight: Trajectory, latitude: Array, longitude: Array) -> Array:
    fine = np.isfinite(latitude) & np.isfinite(longitude) & (np.abs(latitude) <= 0.5 * np.pi + 1e-9)
    if not np.all(fine):
        raise GeometryError(
            "a launch place is not on the Earth", expected="latitudes within 90 degrees"
        )
    if flight.figure.flattening > 0.0:
        return np.ascontiguousarray(geodetic_to_ecef(latitude, longitude, 0.0))
    c = np.cos(latitude)
    unit = np.stack([c * np.cos(longitude), c * np.sin(longitude), np.sin(latitude)], axis=-1)
    return np.ascontiguousarray(flight.figure.radius_m * unit)


def _delays(delays: Array) -> Array:
    if delays.ndim != 1 or delays.size == 0 or not np.all(np.isfinite(delays) & (delays >= 0.0)):
        raise GeometryError(
            "a launch delay is not a time after ignition",
            field="delay",
            expected="finite times that are not negative",
        )
    if np.any(np.diff(delays) <= 0.0):
        raise GeometryError("launch delays are not in order", expected="rising times")
    return delays


def _meeting(flight: Trajectory, answer: Array, after: bool) -> Meeting:
    nan = float("nan")
    if not answer[k.SPEED] < np.inf:
        return Meeting(nan, nan, nan, nan, nan, nan, nan, nan, after)
    time = float(answer[k.MEET])
    place, velocity = flight.at(np.array(time))
    arrival = answer[k.ARRIVAL : k.ARRIVAL + 3]
    # To Earth-fixed axes at the time of the intercept.
    angle = flight.figure.rotation_rad_s * time
    c, s = np.cos(angle), np.sin(angle)
    fixed = np.array([c * place[0] + s * place[1], c * place[1] - s * place[0], place[2]])
    if flight.figure.flattening > 0.0:
        latitude, longitude, altitude = (float(v) for v in ecef_to_geodetic(fixed))
    else:
        radius = float(np.linalg.norm(fixed))
        latitude = float(np.arcsin(fixed[2] / radius))
        longitude = float(np.arctan2(fixed[1], fixed[0]))
        altitude = radius - flight.figure.radius_m
    cosine = arrival @ velocity / (np.linalg.norm(arrival) * np.linalg.norm(velocity))
    return Meeting(
        speed_m_s=float(answer[k.SPEED]),
        launch_s=float(answer[k.LAUNCH]),
        intercept_s=time,
        altitude_m=altitude,
        latitude_rad=latitude,
        longitude_rad=longitude,
        crossing_rad=float(np.arccos(np.clip(cosine, -1.0, 1.0))),
        closing_speed_m_s=float(np.linalg.norm(arrival - velocity)),
        after_apogee=after,
    )
