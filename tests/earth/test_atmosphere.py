"""The standard atmosphere against the printed tables of the standard, and its own equations."""

import importlib.util
import math
from pathlib import Path

import numpy as np
import pytest

from longroad.base.errors import GeometryError
from longroad.earth.atmosphere import standard_atmosphere
from longroad.earth.thermosphere import temperature, temperature_slope

BUILDERS = Path(__file__).resolve().parents[2] / "builders"

# Height (km): temperature (K), pressure (mbar), density (kg/m^3). Cases M12 to M18.
GATED = {
    0.5: (284.90, 954.61, 1.1673),
    1.0: (281.651, 898.76, 1.1117),
    10.0: (223.252, 264.99, 0.41351),
    77.0: (204.493, 0.017286, 2.9448e-5),
    86.0: (186.87, 3.7338e-3, 6.958e-6),
    92.0: (186.96, 1.2887e-3, 2.393e-6),
    1000.0: (1000.0, 7.5138e-11, 3.561e-15),
}
# More rows of table I of the standard.
PRINTED = {
    95.0: (188.42, 7.5966e-4, 1.393e-6),
    100.0: (195.08, 3.2011e-4, 5.604e-7),
    110.0: (240.00, 7.1042e-5, 9.708e-8),
    120.0: (360.00, 2.5382e-5, 2.222e-8),
    130.0: (469.27, 1.2505e-5, 8.152e-9),
    150.0: (634.39, 4.5421e-6, 2.076e-9),
    200.0: (854.56, 8.4736e-7, 2.541e-10),
    300.0: (976.01, 8.7704e-8, 1.916e-11),
    500.0: (999.24, 3.0236e-9, 5.215e-13),
    600.0: (999.85, 8.2130e-10, 1.137e-13),
}
# Case M19.
SOUND_M_S = {0.5: 338.37, 10: 299.53, 24: 297.72, 41: 318.94, 50: 329.80, 67: 302.57, 85: 275.52}


@pytest.mark.parametrize("height_km", [*GATED, *PRINTED])
def test_printed_rows(height_km):
    t, p_mbar, rho = (GATED | PRINTED)[height_km]
    air = standard_atmosphere(height_km * 1e3)
    assert air.temperature_k == pytest.approx(t, rel=1e-4)
    assert air.pressure_pa == pytest.approx(100.0 * p_mbar, rel=1e-4)
    assert air.density_kg_m3 == pytest.approx(rho, rel=1e-3)


@pytest.mark.parametrize("height_km", SOUND_M_S)
def test_sound_speed(height_km):
    found = standard_atmosphere(height_km * 1e3).sound_speed_m_s
    assert found == pytest.approx(SOUND_M_S[height_km], rel=1e-4)


def test_there_is_no_speed_of_sound_above_86_km():
    found = standard_atmosphere([86_000.0, 86_001.0, 1e6]).sound_speed_m_s
    assert np.isfinite(found).tolist() == [True, False, False]


def test_sea_level():
    air = standard_atmosphere(0)
    assert (air.temperature_k, air.pressure_pa) == (288.15, 101_325.0)
    assert air.density_kg_m3 == pytest.approx(1.2250, abs=5e-5)


def test_air_is_in_hydrostatic_balance_up_to_86_km():
    """dp/dz = -rho g(z), g = g0 (r0 / (r0 + z))^2, by differences."""
    z = np.linspace(-4_900.0, 85_900.0, 1_000)
    step = 5.0
    up, down = standard_atmosphere(z + step), standard_atmosphere(z - step)
    slope = (up.pressure_pa - down.pressure_pa) / (2.0 * step)
    weight = standard_atmosphere(z).density_kg_m3 * 9.80665 / (1.0 + z / 6_356_766.0) ** 2
    np.testing.assert_allclose(-slope, weight, rtol=1e-6)


def test_values_are_continuous_everywhere():
    """The definitions meet at 86 km within 2e-5, elsewhere within rounding."""
    z = np.array([11e3, 20e3, 32e3, 47e3, 51e3, 71e3])
    z = np.concatenate([6_356_766.0 * z / (6_356_766.0 - z), np.arange(80e3, 999e3, 500.0)])
    below, above = standard_atmosphere(z - 1e-3), standard_atmosphere(z + 1e-3)
    for name in ("temperature_k", "pressure_pa", "density_kg_m3"):
        ratio = getattr(above, name) / getattr(below, name)
        allowed = np.where(np.isclose(z, 86e3), 2e-5, np.where(np.isclose(z, 150e3), 8e-6, 1e-6))
        assert np.all(np.abs(ratio - 1.0) < allowed), name


def test_pressure_and_density_fall_all_the_way():
    air = standard_atmosphere(np.linspace(-5e3, 1e6, 20_001))
    assert np.all(np.diff(air.pressure_pa) < 0.0)
    assert np.all(np.diff(air.density_kg_m3) < 0.0)


def test_table_follows_the_integration_of_the_standard():
    """The stated bound, 1e-6, at heights between the nodes; the builder integrates afresh."""
    spec = importlib.util.spec_from_file_location("atmosphere_builder", BUILDERS / "atmosphere.py")
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    solution = builder.Atmosphere()
    heights = np.random.default_rng(5).uniform(86e3, 1e6, 400)
    heights = np.concatenate([heights, np.linspace(86_010.0, 150e3, 401)])
    exact = np.exp(np.array([solution.logarithms(z, above=True)[:2] for z in heights]))
    air = standard_atmosphere(heights)
    assert np.max(np.abs(air.pressure_pa / exact[:, 0] - 1.0)) < 1e-6
    assert np.max(np.abs(air.density_kg_m3 / exact[:, 1] - 1.0)) < 1e-6


def test_temperature_slope_is_the_slope_of_the_temperature():
    z = np.linspace(86_500.0, 999_000.0, 2_001)
    slope = (temperature(z + 0.5) - temperature(z - 0.5)) / 1.0
    np.testing.assert_allclose(temperature_slope(z), slope, rtol=1e-6, atol=1e-9)


def test_shapes():
    air = standard_atmosphere(np.full((2, 3), 40e3))
    assert air.temperature_k.shape == air.sound_speed_m_s.shape == (2, 3)
    assert isinstance(float(standard_atmosphere(40e3).pressure_pa), float)
    assert standard_atmosphere([]).density_kg_m3.shape == (0,)


@pytest.mark.parametrize("bad", [-5_000.1, 1_000_000.1, math.nan, math.inf, [0.0, math.nan]])
def test_heights_outside_are_refused(bad):
    with pytest.raises(GeometryError, match="1,000 km"):
        standard_atmosphere(bad)
