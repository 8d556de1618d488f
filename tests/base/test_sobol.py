"""Scrambled Sobol' points against SciPy's, which wrote neither our code nor shares it."""

import subprocess
import sys

import numpy as np
import pytest
from scipy.stats import qmc

from longroad.base import sobol


@pytest.fixture
def fresh():
    caches = (sobol.directions, sobol._table)
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


def theirs(dimensions, exponent, seed):
    engine = qmc.Sobol(dimensions, scramble=True, bits=sobol.BITS, rng=seed)
    return engine.random_base2(exponent)


@pytest.mark.parametrize("dimensions", [1, 2, 3, 40, 331, 1500])
@pytest.mark.parametrize(("exponent", "seed"), [(0, 0), (1, 7), (4, 2**127 + 5), (8, 2011)])
def test_points_are_those_of_scipy_to_the_last_bit(dimensions, exponent, seed):
    ours = sobol.scrambled(dimensions, exponent, seed)
    assert ours.tobytes() == theirs(dimensions, exponent, seed).tobytes()


def test_the_installed_table_is_read(fresh):
    # Otherwise every run waits for an import.
    assert sobol.directions(3) is not None


def test_without_the_table_scipy_is_asked(fresh, monkeypatch):
    monkeypatch.setattr(sobol, "find_spec", lambda name: None)
    assert sobol.directions(3) is None
    assert np.array_equal(sobol.scrambled(3, 4, 5), theirs(3, 4, 5))


def test_more_dimensions_than_the_table_has_are_refused_as_scipy_does():
    with pytest.raises(ValueError, match="dimensionality"):
        sobol.scrambled(30_000, 1, 0)


def test_a_run_needs_no_statistics_of_scipy():
    code = (
        "import sys; from longroad.base.streams import sobol_draws; "
        "sobol_draws(16, ['a', 'b'], 1); print('scipy.stats' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
