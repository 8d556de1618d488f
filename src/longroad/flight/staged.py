"""Flights of generic vehicles by integration, from the ground to the ground."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError
from longroad.earth.geodesic_kernel import inverse
from longroad.earth.wgs84 import SEMI_MAJOR_AXIS_M
from longroad.flight import powered_kernel as k
from longroad.flight.air import no_air, standard_air
from longroad.flight.figure import Figure
from longroad.flight.ground import ground_range, height, on_ground
from longroad.flight.vehicle import Vehicle

Array = NDArray[np.float64]

# Error allowed per step, relative to distance and speed: metres at the end of a flight.
TOLERANCE = 1e-10
TRACK_ROWS = 4096

_WHY = {
    k.CRASHED: ("the vehicle falls back while it burns", "more thrust or a smaller kick"),
    k.ESCAPED: ("the vehicle goes into orbit or does not come back", "a smaller impulse"),
    k.FAILED: ("the flight cannot be integrated", "a flight that misses the Earth's centre"),
}


@dataclass(frozen=True)
class StagedFlight:
    """One flight; angles in rad, inertial axes are the Earth-fixed ones at ignition."""

    range_m: float
    """Along the ground from launch to impact; above half the circumference when the flight, on a
    sphere at rest, goes the long way round."""
    apogee_m: float
    """Height of the point farthest from the Earth's centre."""
    time_of_flight_s: float
    burnout_time_s: float
    burnout_altitude_m: float
    burnout_distance_m: float
    burnout_speed_m_s: float
    """Earth-relative."""
    flight_path_angle_rad: float
    impact_speed_m_s: float
    """Earth-relative."""
    apogee_time_s: float
    loss_m_s: float
    """Impulse of the vehicle less its burnout speed: what gravity and air have taken."""
    track: Array
    """(M, 7) time (s) and inertial state (m, m/s) at the steps of the integration."""


@dataclass(frozen=True)
class Launch:
    """Where a vehicle starts and over which Earth: geodetic place, heading from north (rad).

    ``air``: the US Standard Atmosphere 1976, turning with the figure, or none.
    """

    figure: Figure
    latitude_rad: float
    longitude_rad: float
    heading_rad: float
    air: bool

    def __post_init__(self) -> None:
        for name in ("latitude_rad", "longitude_rad", "heading_rad"):
            if not math.isfinite(getattr(self, name)):
                raise GeometryError(f"a launch has {name} {getattr(self, name)}")
        if abs(self.latitude_rad) > 0.5 * math.pi:
            raise GeometryError(
                f"a launch stands at latitude {math.degrees(self.latitude_rad):g} degrees",
                expected="a latitude within 90 degrees",
            )


def fly_vehicle(vehicle: Vehicle, kick_rad: float, launch: Launch) -> StagedFlight:
    """Return the flight of a vehicle that turns by ``kick_rad`` from the vertical.

    Boost towards the heading of ``launch``. Equations: `longroad.flight.powered_kernel`. Error
    against DOP853: see `docs/methods/flight.md` (tested). Raises GeometryError for a kick outside
    0 to 90 degrees, and when the vehicle falls back while it burns, or does not come down.
    """
    if not 0.0 <= kick_rad < 0.5 * math.pi:
        raise GeometryError(
            f"a vehicle turns by {math.degrees(kick_rad):g} degrees from the vertical",
            expected="at least 0 and less than 90 degrees",
        )
    out, track = simulate(vehicle, kick_rad, launch, TRACK_ROWS)
    status = int(out[k.STATUS])
    if status != k.OK:
        what, expected = _WHY[status]
        raise GeometryError(what, expected=expected)
    return _described(vehicle, out, track, launch)


def simulate(vehicle: Vehicle, kick: float, launch: Launch, rows: int) -> tuple[Array, Array]:
    """Return the kernel's row of results and its track (of up to ``rows`` rows)."""
    latitude, longitude, heading = launch.latitude_rad, launch.longitude_rad, launch.heading_rad
    earth = launch.figure.plain()
    sine, cosine = math.sin(latitude), math.cos(latitude)
    sl, cl = math.sin(longitude), math.cos(longitude)
    up = np.array([cosine * cl, cosine * sl, sine])
    north = np.array([-sine * cl, -sine * sl, cosine])
    east = np.array([-sl, cl, 0.0])
    place = np.array(on_ground(latitude, longitude, earth[0], earth[1]))
    out = np.empty(k.FLIGHT)
    track = np.empty((rows, 7))
    count = k.fly_staged(
        earth, standard_air() if launch.air else no_air(), vehicle.table(),
        1.0 / vehicle.launch_ballistic_coefficient_kg_m2,
        1.0 / vehicle.entry_ballistic_coefficient_kg_m2,
        vehicle.rise_share * vehicle.burn_time_s, kick, place, up,
        math.cos(heading) * north + math.sin(heading) * east, TOLERANCE, out, track,
    )  # fmt: skip
    return out, track[:count]


def reach(out: Array, launch: Launch) -> tuple[float, float]:
    """Return the ground distances (m) of impact and burnout of a row of results.

    Geodesic on the ellipsoid. On a sphere at rest the flight stays in the plane of its heading,
    and the distance counts on beyond half the circumference.
    """
    latitude, longitude, heading = launch.latitude_rad, launch.longitude_rad, launch.heading_rad
    earth = launch.figure.plain()
    found = []
    for time, place in (
        (out[k.END_TIME], out[k.END : k.END + 3]),
        (out[k.BURNOUT_TIME], out[k.BURNOUT : k.BURNOUT + 3]),
    ):
        x, y, z = place
        if earth[1] == 0.0 and earth[3] == 0.0:
            sine, cosine = math.sin(latitude), math.cos(latitude)
            sl, cl = math.sin(longitude), math.cos(longitude)
            up = cosine * (cl * x + sl * y) + sine * z
            ahead = math.cos(heading) * (cosine * z - sine * (cl * x + sl * y))
            ahead += math.sin(heading) * (cl * y - sl * x)
            angle = math.atan2(ahead, up)
            # A flight straight up may land behind its launch by rounding.
            found.append(float(earth[0] * (angle if angle > -1e-9 else angle + 2.0 * math.pi)))
            continue
        # Latitude of a place on or above the ellipsoid, Bowring's formula.
        p, f = math.hypot(x, y), math.sqrt(1.0 - earth[1])
        beta = math.atan2(z, p * f)
        lat = math.atan2(
            z + earth[1] / f * earth[0] * math.sin(beta) ** 3,
            p - earth[1] * earth[0] * math.cos(beta) ** 3,
        )
        lon = math.atan2(y, x) - earth[3] * time
        away = ground_range(latitude, longitude, lat, lon, earth[0], earth[1])
        if math.isnan(away):
            # Near the antipode the slower solver of WGS-84 has an answer.
            away = inverse(latitude, longitude, lat, lon)[0] * earth[0] / SEMI_MAJOR_AXIS_M
        found.append(float(away))
    return found[0], found[1]


def _described(vehicle: Vehicle, out: Array, track: Array, launch: Launch) -> StagedFlight:
    earth = launch.figure.plain()
    spin = np.array([0.0, 0.0, earth[3]])
    place, velocity = out[k.BURNOUT : k.BURNOUT + 3], out[k.BURNOUT + 3 : k.BURNOUT + 6]
    relative = velocity - np.cross(spin, place)
    end, end_velocity = out[k.END : k.END + 3], out[k.END + 3 : k.END + 6]
    vertical = place / np.array([1.0, 1.0, 1.0 - earth[1]])
    speed = float(np.linalg.norm(relative))
    total, boost = reach(out, launch)
    climb = float(relative @ vertical) / float(np.linalg.norm(vertical)) / speed
    return StagedFlight(
        range_m=total,
        apogee_m=float(out[k.TOP]),
        time_of_flight_s=float(out[k.END_TIME]),
        burnout_time_s=float(out[k.BURNOUT_TIME]),
        burnout_altitude_m=float(height(place[0], place[1], place[2], earth[0], earth[1])),
        burnout_distance_m=boost,
        burnout_speed_m_s=speed,
        flight_path_angle_rad=math.asin(min(max(climb, -1.0), 1.0)),
        impact_speed_m_s=float(np.linalg.norm(end_velocity - np.cross(spin, end))),
        apogee_time_s=float(out[k.TOP_TIME]),
        loss_m_s=vehicle.impulse_m_s - speed,
        track=track.copy(),
    )
