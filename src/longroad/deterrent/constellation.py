"""A layer of interceptors in orbit, at the level of published studies: how many are in reach.

A satellite at height h whose interceptor adds v and has the time t reaches what lies within the
distance v t of it, whatever the direction. The burnout of a missile at a given height is then
within reach from every satellite whose ground point lies within the angle

    cos(theta) = (a^2 + b^2 - (v t)^2) / (2 a b),   a = R + h,   b = R + height of the meeting

of the missile's. The absentee ratio is how many must be in orbit for one of them to be there.
Boost of the interceptor, gravity over its flight and the turning of the Earth are left out: they
shorten or lengthen reach by some per cent of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from longroad.catalog import Catalog
from longroad.deterrent.defence import Chance, Site
from longroad.deterrent.faults import DefenceError
from longroad.deterrent.force import Read, as_adopted

RADIUS_M = 6_371_000.0  # sphere of the same volume as WGS-84
_POINTS = 4001


@dataclass(frozen=True)
class Constellation:
    """Satellites on circular orbits of one height and inclination, spread evenly over both angles.

    Raises :class:`DefenceError` for numbers that cannot be.
    """

    id: str
    satellites: int
    altitude_m: float
    inclination_rad: float
    flyout_speed_m_s: float
    decision_time_s: float
    interceptors_per_satellite: int

    def __post_init__(self) -> None:
        checks = (
            ("satellites", self.satellites, 0.0, math.inf),
            ("altitude", self.altitude_m, 1e5, math.inf),
            ("inclination", self.inclination_rad, 0.0, math.pi / 2),
            ("flyout_speed", self.flyout_speed_m_s, 0.0, math.inf),
            ("detection_and_decision_time", self.decision_time_s, 0.0, math.inf),
            ("interceptors_per_satellite", self.interceptors_per_satellite, 0.0, math.inf),
        )
        for name, value, least, most in checks:
            if not least <= value <= most:
                raise DefenceError(
                    f"{self.id}: {name} is {value:g}",
                    field=name,
                    expected=f"{least:g} to {most:g} in SI units",
                )

    def reach_angle_rad(self, time_s: float, height_m: float) -> float:
        """Return the angle at the Earth's centre within which a satellite reaches a missile.

        ``time_s`` is from its ignition to the meeting at ``height_m``.
        """
        way = self.flyout_speed_m_s * max(time_s - self.decision_time_s, 0.0)
        outer, inner = RADIUS_M + self.altitude_m, RADIUS_M + height_m
        cosine = (outer**2 + inner**2 - way**2) / (2.0 * outer * inner)
        return math.acos(min(max(cosine, -1.0), 1.0))

    def share_within(self, latitude_rad: float, angle_rad: float) -> float:
        """Return the share of satellites within an angle of a ground point.

        The argument of latitude u is uniform, sin(latitude) = sin(i) sin(u), and so is the
        longitude; at each latitude the cap holds the share lambda / pi of longitudes, with
        cos(lambda) = (cos(theta) - sin(b) sin(c)) / (cos(b) cos(c)). The mean over u is taken at
        4,001 midpoints; error below 1e-3 of itself for angles above a degree.
        """
        u = (np.arange(_POINTS) + 0.5) / _POINTS * math.pi - math.pi / 2
        sine = math.sin(self.inclination_rad) * np.sin(u)
        cosine = np.sqrt(1.0 - sine**2)
        over = math.cos(angle_rad) - math.sin(latitude_rad) * sine
        under = np.maximum(math.cos(latitude_rad) * cosine, 1e-300)
        half = np.arccos(np.clip(over / under, -1.0, 1.0))
        return float(half.mean() / math.pi)

    def in_reach(self, latitude_rad: float, time_s: float, height_m: float) -> float:
        """Return the mean number of interceptors in reach of a missile."""
        share = self.share_within(latitude_rad, self.reach_angle_rad(time_s, height_m))
        return self.satellites * self.interceptors_per_satellite * share

    def absentee_ratio(self, latitude_rad: float, time_s: float, height_m: float) -> float:
        """Return how many satellites must be in orbit for one in reach; inf where none ever is."""
        share = self.share_within(latitude_rad, self.reach_angle_rad(time_s, height_m))
        return math.inf if share == 0.0 else 1.0 / share

    def site(
        self, latitude_rad: float, time_s: float, height_m: float, kill: Chance, shots: int
    ) -> Site:
        """Return the layer as one site: as many interceptors as are in reach on average, whole.

        For missiles launched together from near that latitude; those launched later meet others.
        """
        number = math.floor(self.in_reach(latitude_rad, time_s, height_m))
        return Site(self.id, number, kill, shots)


def load_constellation(catalog: Catalog, id: str, read: Read | None = None) -> Constellation:
    """Return a layer of the catalogue by its best estimates; raise :class:`CatalogError`.

    ``read`` says which numbers are taken, by default those that the catalogue adopts.
    """
    entry = catalog.entry(f"constellation/{id}")

    def best(name: str) -> float:
        return (read or as_adopted)(entry, name).best

    return Constellation(
        id,
        round(best("satellites")),
        best("altitude"),
        best("inclination"),
        best("flyout_speed"),
        best("detection_and_decision_time"),
        round(best("interceptors_per_satellite")),
    )
