"""The kernels' grid of the air against the standard atmosphere and its printed table."""

import numpy as np
import pytest

from longroad.earth import standard_atmosphere
from longroad.flight.air import density, no_air, standard_air

# Where the standard's temperature or composition changes its slope: geopotential 11, 20, 32, 47,
# 51 and 71 km, then geometric heights.
_GEOPOTENTIAL_M = np.array([11e3, 20e3, 32e3, 47e3, 51e3, 71e3])
KINKS_M = np.append(
    6_356_766.0 * _GEOPOTENTIAL_M / (6_356_766.0 - _GEOPOTENTIAL_M), [86e3, 91e3, 100e3, 110e3]
)


def off(heights):
    found = np.array([density(standard_air(), h) for h in heights])
    return np.abs(found / standard_atmosphere(heights).density_kg_m3 - 1.0)


def test_agrees_with_the_definition():
    heights = np.linspace(-5e3, 1e6, 100_537)[:-1]
    near = np.abs(heights[:, None] - KINKS_M).min(axis=1) < 250.0
    error = off(heights)
    assert error[~near].max() < 1e-6
    assert error[near].max() < 4e-4


@pytest.mark.parametrize(
    ("height_km", "printed"),
    # U.S. Standard Atmosphere, 1976, table I (kg/m^3): cases M12 to M17, and more.
    [(0.5, 1.1673), (1, 1.1117), (10, 0.41351), (77, 2.9448e-5), (86, 6.958e-6), (92, 2.393e-6),
     (150, 2.076e-9), (300, 1.916e-11), (600, 1.137e-13)],
)  # fmt: skip
def test_printed_rows(height_km, printed):
    assert density(standard_air(), height_km * 1e3) == pytest.approx(printed, rel=1e-3)


def test_thins_with_height_without_a_step():
    heights = np.linspace(-5e3, 999_999.0, 50_000)
    found = np.array([density(standard_air(), h) for h in heights])
    assert np.all(np.diff(found) < 0.0)
    # A step of 20 m takes away at most 0.4 per cent, everywhere.
    assert np.all(found[1:] / found[:-1] > 0.996)


def test_ends():
    air = standard_air()
    assert density(air, 1e6) == 0.0
    assert density(air, 5e7) == 0.0
    assert density(air, np.nan) == 0.0
    assert density(air, -6e3) == density(air, -5e3)
    assert density(no_air(), 0.0) == 0.0
    with pytest.raises(ValueError, match="read-only"):
        air[0, 0] = 0.0
