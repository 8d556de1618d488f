"""Makes `atmosphere-1976.csv`: pressure and density of the standard atmosphere above 86 km.

Above 86 km the US Standard Atmosphere 1976 is not a mixed gas: each species diffuses on its own.
This program integrates the equations of the standard (U.S. Standard Atmosphere, 1976,
NOAA-S/T 76-1562, sections 1.2.6 and 1.3: equations 7, 8, 20, 33c, 35 to 40 and 42, tables 3, 6,
7 and 9) upwards from 86 km and writes, at nodes, the logarithms of pressure and density and their
slopes, which `longroad.earth.atmosphere` joins by cubics. Where a slope jumps (the mean molar
mass at 100 km, hydrogen at 150 and 500 km) there are two nodes at one height.

Usage: python builders/atmosphere.py [FILE]      (src/longroad/earth/data/atmosphere-1976.csv)
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

from longroad.earth.thermosphere import BASE_M, RADIUS_M, TOP_M, temperature, temperature_slope

GRAVITY = 9.80665  # m/s^2
GAS_CONSTANT = 8314.32  # J/(kmol K)
BOLTZMANN = 1.380622e-23  # J/K
AVOGADRO = 6.022169e26  # 1/kmol
MIXED_MASS = 28.9644  # kg/kmol

# Species in order: N2, O, O2, Ar, He; hydrogen is treated apart.
MASS = np.array([28.0134, 15.9994, 31.9988, 39.948, 4.0026])  # kg/kmol
AT_86_KM = np.array([1.129794e20, 8.6e16, 3.030898e19, 1.351400e18, 7.5817e14])  # 1/m^3
# Of O, O2, Ar, He: diffusion a (1/(m s)), b; thermal diffusion; flux Q (1/km^3), U (km), W (1/km^3)
A = np.array([6.986e20, 4.863e20, 4.487e20, 1.700e21])
B = np.array([0.750, 0.750, 0.870, 0.691])
THERMAL = np.array([0.0, 0.0, 0.0, -0.40])
Q = np.array([-5.809644e-4, 1.366212e-4, 9.434079e-5, -2.457369e-4])
U = np.array([56.90311, 86.0, 86.0, 86.0])
W = np.array([2.706240e-5, 8.333333e-5, 8.333333e-5, 6.666667e-4])
OXYGEN_q, OXYGEN_u, OXYGEN_w = -3.416248e-3, 97.0, 5.008765e-4

HYDROGEN_MASS = 1.00797
HYDROGEN_A, HYDROGEN_B, HYDROGEN_THERMAL = 3.305e21, 0.500, -0.25
HYDROGEN_AT_500_KM, HYDROGEN_FLUX = 8.0e10, 7.2e11
HYDROGEN_FROM_M, HYDROGEN_REFERENCE_M = 150_000.0, 500_000.0

# Spacing of the nodes (m) up to each height (m), and the heights at which there are two.
SPACING = (
    (105e3, 500.0),
    (110e3, 250.0),
    (120e3, 500.0),
    (150e3, 1_000.0),
    (200e3, 2_500.0),
    (300e3, 5_000.0),
    (TOP_M, 10_000.0),
)
JUMPS = (100_000.0, HYDROGEN_FROM_M, HYDROGEN_REFERENCE_M)


def eddy_diffusion(z: float) -> float:
    """Return K (m^2/s), equation 7."""
    if z < 95e3:
        return 120.0
    if z < 115e3:
        return 120.0 * float(np.exp(1.0 - 400.0 / (400.0 - (z / 1e3 - 95.0) ** 2)))
    return 0.0


def rates(z: float, state: np.ndarray, mixed: bool) -> np.ndarray:
    """Return the slope (1/m) of ln(n T) of N2, O, O2, Ar and He; ``mixed`` below 100 km."""
    t, slope = float(temperature(z)), float(temperature_slope(z))
    pull = GRAVITY * (RADIUS_M / (RADIUS_M + z)) ** 2 / (GAS_CONSTANT * t)
    n = np.exp(state[:5]) / t
    # Oxygen diffuses through nitrogen; argon and helium through nitrogen and oxygen.
    three = n[:3].sum()
    background = np.array([n[0], n[0], three, three])
    mean = np.array([MASS[0], MASS[0], *2 * [n[:3] @ MASS[:3] / three]])
    if mixed:
        mean[:] = MIXED_MASS
    d = A / background * (t / 273.15) ** B
    k = eddy_diffusion(z)
    weight = pull * (d * MASS[1:] + k * mean) / (d + k) + d / (d + k) * THERMAL * slope / t
    above = z / 1e3 - U
    flux = Q * above**2 * np.exp(-W * above**3)
    below = OXYGEN_u - z / 1e3
    if below > 0.0:
        flux[0] += OXYGEN_q * below**2 * np.exp(-OXYGEN_w * below**3)
    return -np.array([pull * mean[0] if mixed else pull * MASS[0], *(weight + flux / 1e3)])


def rates_with_hydrogen(z: float, state: np.ndarray) -> np.ndarray:
    """Return `rates` and those of the two integrals of hydrogen from 150 km (equation 39)."""
    t = float(temperature(z))
    d = HYDROGEN_A / (np.exp(state[:5]).sum() / t) * (t / 273.15) ** HYDROGEN_B
    pull = GRAVITY * (RADIUS_M / (RADIUS_M + z)) ** 2 / (GAS_CONSTANT * t) * HYDROGEN_MASS
    shape = (t / float(temperature(HYDROGEN_REFERENCE_M))) ** (1.0 + HYDROGEN_THERMAL)
    flow = HYDROGEN_FLUX / d * shape * np.exp(state[5])
    return np.array([*rates(z, state, mixed=False), pull, flow])


class Atmosphere:
    """The solution from 86 to 1,000 km, at any height."""

    def __init__(self) -> None:
        start = np.log(AT_86_KM * float(temperature(BASE_M)))
        knots = (BASE_M, 91e3, 95e3, 97e3, 100e3, 110e3, 115e3, 120e3, HYDROGEN_FROM_M)
        self.pieces = []
        for low, high in pairwise(knots):
            mixed = high <= 100e3
            start = self._piece(low, high, lambda z, y, m=mixed: rates(z, y, m), start)
        start = np.concatenate([start, [0.0, 0.0]])
        for low, high in ((HYDROGEN_FROM_M, HYDROGEN_REFERENCE_M), (HYDROGEN_REFERENCE_M, TOP_M)):
            start = self._piece(low, high, rates_with_hydrogen, start)
        self.at_reference = self.pieces[-2][2](HYDROGEN_REFERENCE_M)

    def _piece(self, low, high, slopes, start):
        found = solve_ivp(
            slopes, (low, high), start, method="DOP853", rtol=1e-11, atol=1e-11,
            dense_output=True, max_step=(high - low) / 20.0,
        )  # fmt: skip
        self.pieces.append((low, high, found.sol, slopes))
        return found.y[:, -1]

    def logarithms(self, z: float, above: bool) -> tuple[float, float, float, float]:
        """Return ln p (Pa), ln rho (kg/m^3) and their slopes (1/m).

        At a height where two pieces meet, ``above`` chooses the upper one.
        """
        fits = [p for p in self.pieces if p[0] <= z <= p[1]]
        _, _, solution, slopes = fits[-1] if above else fits[0]
        state = solution(z)
        t, bend = float(temperature(z)), float(temperature_slope(z))
        rate = slopes(z, state)
        n = np.exp(state[:5]) / t
        dn = n * (rate[:5] - bend / t)
        mass, count = n @ MASS, n.sum()
        dmass, dcount = dn @ MASS, dn.sum()
        if len(state) > 5:
            # Above 500 km the standard leaves out the flux (page 14), so the slope jumps there.
            upper = fits[-1] if above else fits[0]
            flows = upper[1] <= HYDROGEN_REFERENCE_M
            shape = (float(temperature(HYDROGEN_REFERENCE_M)) / t) ** (1.0 + HYDROGEN_THERMAL)
            shape *= np.exp(self.at_reference[5] - state[5])
            scale = np.exp(-self.at_reference[5])
            source = HYDROGEN_AT_500_KM
            lost = 0.0
            if flows:
                source -= scale * (state[6] - self.at_reference[6])
                lost = scale * rate[6]
            hydrogen = source * shape
            dhydrogen = hydrogen * (-(1.0 + HYDROGEN_THERMAL) * bend / t - rate[5]) - lost * shape
            mass, count = mass + hydrogen * HYDROGEN_MASS, count + hydrogen
            dmass, dcount = dmass + dhydrogen * HYDROGEN_MASS, dcount + dhydrogen
        return (
            float(np.log(count * BOLTZMANN * t)),
            float(np.log(mass / AVOGADRO)),
            float(dcount / count + bend / t),
            float(dmass / mass),
        )


def nodes() -> list[tuple[float, bool]]:
    """Return the heights of the nodes (m), each with whether it belongs to the piece above."""
    made = [(BASE_M, True)]
    while made[-1][0] < TOP_M:
        z = made[-1][0]
        z += next(step for top, step in SPACING if z < top)
        made.append((z, False))
        if z in JUMPS:
            made.append((z, True))
    return made


def main() -> None:
    """Write the table and print its size."""
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "src/longroad/earth/data/atmosphere-1976.csv")
    atmosphere = Atmosphere()
    lines = ["height_m,ln_pressure_pa,ln_density_kg_m3,pressure_slope_1_m,density_slope_1_m"]
    for z, above in nodes():
        values = atmosphere.logarithms(z, above)
        lines.append(f"{z:.0f}," + ",".join(f"{value:.10g}" for value in values))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(lines) - 1} nodes, {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
