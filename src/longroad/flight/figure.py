"""The figure of the Earth a flight is computed over: size, flattening, attraction, rotation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.earth.wgs84 import ANGULAR_SPEED_RAD_S, FLATTENING, MU_M3_S2, SEMI_MAJOR_AXIS_M


@dataclass(frozen=True)
class Figure:
    """Equatorial radius (m), flattening, attraction mu (m^3/s^2) and rotation rate (rad/s).

    ``j2`` is used by the integrators only; the closed forms know a point mass.
    """

    radius_m: float
    flattening: float
    mu_m3_s2: float
    rotation_rad_s: float
    j2: float = 0.0

    def plain(self) -> NDArray[np.float64]:
        """Return what the kernels take: radius, eccentricity squared, mu, rotation, J2."""
        eccentricity2 = self.flattening * (2.0 - self.flattening)
        return np.array([self.radius_m, eccentricity2, self.mu_m3_s2, self.rotation_rad_s, self.j2])


# The second zonal harmonic of EGM96, un-normalised: 1.082 626 68e-3 (NIMA TR8350.2, section 5).
WGS84 = Figure(SEMI_MAJOR_AXIS_M, FLATTENING, MU_M3_S2, ANGULAR_SPEED_RAD_S, 1.08262668e-3)


def still_sphere(radius_m: float) -> Figure:
    """Return a sphere at rest with the Earth's attraction, for comparison with textbook cases."""
    return Figure(radius_m, 0.0, MU_M3_S2, 0.0)
