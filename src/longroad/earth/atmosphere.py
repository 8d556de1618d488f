"""The US Standard Atmosphere 1976, from 5 km below sea level to 1,000 km.

Below 86 km: layers of constant slope of molecular temperature over geopotential height, in
hydrostatic balance (U.S. Standard Atmosphere, 1976, NOAA-S/T 76-1562, equations 18, 23, 33a, 33b,
50; tables 4 and 8). Above: the standard's diffusion of each species, integrated by
`builders/atmosphere.py` and shipped as a table of logarithms with slopes; the cubics between its
nodes follow the integration within 1e-6 of pressure and density. At 86 km the two definitions of
the standard differ by 1e-5.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longroad.base.errors import GeometryError
from longroad.earth.thermosphere import BASE_M, RADIUS_M, TOP_M, temperature

Array = NDArray[np.float64]

LEAST_HEIGHT_M = -5_000.0
GREATEST_HEIGHT_M = TOP_M

_TABLE = Path(__file__).resolve().parent / "data" / "atmosphere-1976.csv"

_GRAVITY_M_S2 = 9.80665
_GAS_CONSTANT = 8314.32  # J/(kmol K)
_MOLAR_MASS = 28.9644  # kg/kmol
_HEAT_RATIO = 1.40
_PER_KELVIN = _GRAVITY_M_S2 * _MOLAR_MASS / _GAS_CONSTANT

# Table 4: bases of the layers (geopotential m) and slopes of the molecular temperature (K/m).
_BASES = np.array([0.0, 11e3, 20e3, 32e3, 47e3, 51e3, 71e3])
_SLOPES = np.array([-6.5e-3, 0.0, 1.0e-3, 2.8e-3, 0.0, -2.8e-3, -2.0e-3])
_SEA_LEVEL_K, _SEA_LEVEL_PA = 288.15, 101_325.0

# Table 8: molar mass over that of mixed air at geometric heights.
_THINNING_M = np.arange(80_000.0, 86_001.0, 500.0)
_THINNING = np.array(
    [1.0, 0.999996, 0.999989, 0.999971, 0.999941, 0.999909, 0.999870, 0.999829, 0.999786,
     0.999741, 0.999694, 0.999641, 0.9995788]
)  # fmt: skip


@dataclass(frozen=True)
class Air:
    """The state of the air; each field has the shape of the heights asked for.

    The speed of sound is not defined above 86 km and is NaN there.
    """

    temperature_k: Array
    pressure_pa: Array
    density_kg_m3: Array
    sound_speed_m_s: Array


def standard_atmosphere(height_m: ArrayLike) -> Air:
    """Return the standard air at geometric heights above sea level (m), of any shape.

    Raises `GeometryError` for heights that are not numbers or lie outside -5 km to 1,000 km.
    """
    z = np.asarray(height_m, dtype=float)
    if not np.all((z >= LEAST_HEIGHT_M) & (z <= GREATEST_HEIGHT_M)):
        raise GeometryError(
            "the standard atmosphere does not reach this height",
            expected="a height from -5 km to 1,000 km",
        )
    molecular_k, lower_pa = _layers(np.minimum(z, BASE_M))
    low = z < BASE_M
    upper_pa, upper_kg_m3 = _diffusion(np.maximum(z, BASE_M))
    kinetic_k = molecular_k * np.interp(z, _THINNING_M, _THINNING)
    lower_kg_m3 = lower_pa * _MOLAR_MASS / (_GAS_CONSTANT * molecular_k)
    sound = np.sqrt(_HEAT_RATIO * _GAS_CONSTANT / _MOLAR_MASS * molecular_k)
    return Air(
        np.where(low, kinetic_k, temperature(np.maximum(z, BASE_M)))[()],
        np.where(low, lower_pa, upper_pa)[()],
        np.where(low, lower_kg_m3, upper_kg_m3)[()],
        np.where(z <= BASE_M, sound, np.nan)[()],
    )


def _layers(height_m: Array) -> tuple[Array, Array]:
    """Return molecular temperature (K) and pressure (Pa) at geometric heights up to 86 km."""
    base_k, base_pa = _layer_bases()
    h = RADIUS_M * height_m / (RADIUS_M + height_m)
    i = np.maximum(np.searchsorted(_BASES, h, side="right") - 1, 0)
    return _in_layer(_SLOPES[i], base_k[i], base_pa[i], h - _BASES[i])


@cache
def _layer_bases() -> tuple[Array, Array]:
    base_k, base_pa = [_SEA_LEVEL_K], [_SEA_LEVEL_PA]
    for slope, rise in zip(_SLOPES[:-1], np.diff(_BASES), strict=True):
        t, p = _in_layer(np.asarray(slope), np.asarray(base_k[-1]), np.asarray(base_pa[-1]), rise)
        base_k.append(float(t))
        base_pa.append(float(p))
    return np.array(base_k), np.array(base_pa)


def _in_layer(slope: Array, base_k: Array, base_pa: Array, rise_m: Array) -> tuple[Array, Array]:
    """Integrate the hydrostatic balance over a rise in one layer (equations 33a and 33b)."""
    t = base_k + slope * rise_m
    isothermal = slope == 0.0
    power = -_PER_KELVIN / np.where(isothermal, 1.0, slope)
    decay = np.where(isothermal, np.exp(-_PER_KELVIN * rise_m / base_k), (t / base_k) ** power)
    return t, base_pa * decay


def _diffusion(height_m: Array) -> tuple[Array, Array]:
    """Return pressure (Pa) and density (kg/m^3) at geometric heights from 86 to 1,000 km."""
    z, logarithm, slope = _table()
    # Two nodes at one height: `right` takes the piece above, and no piece has zero width.
    i = np.clip(np.searchsorted(z, height_m, side="right") - 1, 0, z.size - 2)
    width = z[i + 1] - z[i]
    s = (height_m - z[i]) / width
    h1 = s * s * (3.0 - 2.0 * s)
    g0, g1 = s * (s - 1.0) ** 2 * width, s * s * (s - 1.0) * width
    found = (1.0 - h1) * logarithm[:, i] + h1 * logarithm[:, i + 1]
    found = np.exp(found + g0 * slope[:, i] + g1 * slope[:, i + 1])
    return found[0], found[1]


@cache
def _table() -> tuple[Array, Array, Array]:
    """Return heights (n,), logarithms of pressure and density (2, n) and their slopes (2, n)."""
    columns = np.loadtxt(_TABLE, delimiter=",", skiprows=1).T
    return columns[0], columns[1:3], columns[3:5]
