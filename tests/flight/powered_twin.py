"""A witness of staged flight: SciPy's DOP853 on forces stated anew, in axes that turn.

Nothing is shared with the kernels but the standard atmosphere's definition: the motion is that
relative to the turning Earth (Coriolis and centrifugal forces), the mass is a state in kilograms,
thrust and drag are in newtons, gravity is the gradient of the potential by differences of its
terms, and the height comes from a fixed-point iteration of the latitude.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.integrate import solve_ivp

from longroad.earth import standard_atmosphere

LAUNCH_MASS_KG = 20_000.0


@dataclass(frozen=True)
class Flown:
    """Earth-fixed states (m, m/s) at burnout and impact, and the apogee."""

    burnout: np.ndarray
    apogee_m: float
    apogee_time_s: float
    impact: np.ndarray
    time_of_flight_s: float


def geodetic(place, radius, flattening):
    """Return (latitude, height) above the ellipsoid by iteration."""
    e2 = flattening * (2.0 - flattening)
    p, z = math.hypot(place[0], place[1]), place[2]
    lat = math.atan2(z, p * (1.0 - e2))
    for _ in range(12):
        normal = radius / math.sqrt(1.0 - e2 * math.sin(lat) ** 2)
        lat = math.atan2(z + e2 * normal * math.sin(lat), p)
    normal = radius / math.sqrt(1.0 - e2 * math.sin(lat) ** 2)
    # Along the normal: exact at every latitude.
    foot = (normal * math.cos(lat), normal * (1.0 - e2) * math.sin(lat))
    return lat, (p - foot[0]) * math.cos(lat) + (z - foot[1]) * math.sin(lat)


class Twin:
    """One vehicle over one Earth; ``density`` maps a height (m) to kg/m^3, or is None."""

    def __init__(self, vehicle, launch, density="standard"):
        self.vehicle, self.launch, self.figure = vehicle, launch, launch.figure
        self.density = self._standard if density == "standard" else density

    @staticmethod
    def _standard(height):
        if not height < 1e6:
            return 0.0
        return float(standard_atmosphere(max(height, -5e3)).density_kg_m3)

    def gravity(self, r):
        """Return the attraction: the gradient of mu/r - mu J2 a^2 (3 z^2 - r^2)/(2 r^5)."""
        f, d = self.figure, float(np.linalg.norm(r))
        z = np.array([0.0, 0.0, r[2]])
        c = 0.5 * f.mu_m3_s2 * f.j2 * f.radius_m**2
        bulge = -c * ((6.0 * z - 2.0 * r) / d**5 - 5.0 * (3.0 * r[2] ** 2 - d * d) * r / d**7)
        return -f.mu_m3_s2 * r / d**3 + bulge

    def rates(self, y, area, thrust, flow, way):
        """Return the rate of place, Earth-relative velocity and mass (7)."""
        r, w, mass = y[:3], y[3:6], y[6]
        turn = np.array([0.0, 0.0, self.figure.rotation_rad_s])
        pull = self.gravity(r) - np.cross(turn, np.cross(turn, r)) - 2.0 * np.cross(turn, w)
        speed = float(np.linalg.norm(w))
        force = np.zeros(3)
        if self.density is not None and area > 0.0:
            height = geodetic(r, self.figure.radius_m, self.figure.flattening)[1]
            force = force - 0.5 * self.density(height) * speed * area * w
        if thrust > 0.0:
            force = force + thrust * (w / speed if way is None else way)
        return np.concatenate([w, pull + force / mass, [-flow]])

    def leg(self, y, begin, end, area, thrust=0.0, flow=0.0, way=None, events=None):
        """Integrate one leg with constant thrust (N) and mass flow (kg/s)."""
        found = solve_ivp(
            lambda _, s: self.rates(s, area, thrust, flow, way),
            (begin, end), y, method="DOP853", rtol=1e-11, atol=1e-7, events=events,
        )  # fmt: skip
        assert found.success
        return found

    def fly(self, kick):
        """Return the flight from the ground to the ground."""
        at, f = self.launch, self.figure
        sla, cla = math.sin(at.latitude_rad), math.cos(at.latitude_rad)
        slo, clo = math.sin(at.longitude_rad), math.cos(at.longitude_rad)
        up = np.array([cla * clo, cla * slo, sla])
        east = np.array([-slo, clo, 0.0])
        north = np.cross(up, east)
        e2 = f.flattening * (2.0 - f.flattening)
        normal = f.radius_m / math.sqrt(1.0 - e2 * sla * sla)
        place = normal * np.array([cla * clo, cla * slo, (1.0 - e2) * sla])
        ahead = math.cos(at.heading_rad) * north + math.sin(at.heading_rad) * east
        stages = self.vehicle.stages
        rise = self.vehicle.rise_share * sum(s.burn_time_s for s in stages)
        area = LAUNCH_MASS_KG / self.vehicle.launch_ballistic_coefficient_kg_m2
        y = np.concatenate([place, np.zeros(3), [LAUNCH_MASS_KG]])
        time, vertical = 0.0, True
        for stage in stages:
            flow = y[6] * stage.mass_fraction / stage.burn_time_s
            thrust = flow * stage.exhaust_speed_m_s
            end = time + stage.burn_time_s
            if vertical:
                stop = min(rise, end)
                y = self.leg(y, time, stop, area, thrust, flow, up).y[:, -1]
                time = stop
                if stop == rise:
                    vertical = False
                    speed = np.linalg.norm(y[3:6])
                    y[3:6] = speed * (math.cos(kick) * up + math.sin(kick) * ahead)
            if end > time:
                y = self.leg(y, time, end, area, thrust, flow, up if vertical else None).y[:, -1]
            time = end
        return self.coast(y, time, y[6] / self.vehicle.entry_ballistic_coefficient_kg_m2)

    def coast(self, y, time, area):
        """Return the flight without thrust from a state (7) to the ground."""

        def climbing(_, s):
            return float(s[:3] @ s[3:6])

        def ground(_, s):
            return geodetic(s[:3], self.figure.radius_m, self.figure.flattening)[1]

        climbing.direction, ground.direction, ground.terminal = -1, -1, True
        found = self.leg(y, time, time + 4e4, area, events=[climbing, ground])
        top = found.y_events[0][0]
        return Flown(
            burnout=y[:6],
            apogee_m=geodetic(top[:3], self.figure.radius_m, self.figure.flattening)[1],
            apogee_time_s=float(found.t_events[0][0]),
            impact=found.y_events[1][0][:6],
            time_of_flight_s=float(found.t_events[1][0]),
        )


def earth_fixed(state, time, spin):
    """Return an inertial state (6) at a time as place and velocity in axes that turn."""
    c, s = math.cos(spin * time), math.sin(spin * time)
    back = np.array([[c, s, 0.0], [-s, c, 0.0], [0.0, 0.0, 1.0]])
    r, v = back @ state[:3], back @ state[3:6]
    return np.concatenate([r, v - np.cross([0.0, 0.0, spin], r)])
