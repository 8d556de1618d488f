import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import qmc

from longroad.base.errors import QuantityError
from longroad.base.streams import correlate, philox, scramble_error, sobol_draws

IDS = ["sensor.b.range", "missile.a.range", "interceptor.c.speed"]


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 300), st.integers(0, 40), st.integers(-5, 5), st.integers(1, 12))
def test_any_number_of_draws(n, dimensions, seed, scrambles):
    draws = sobol_draws(n, [f"q{i}" for i in range(dimensions)], seed, scrambles)
    assert draws.shape == (n, dimensions)
    assert np.all((draws > 0.0) & (draws < 1.0))


def test_the_same_seed_gives_the_same_draws_and_seed_zero_is_a_seed():
    first = sobol_draws(100, IDS, 0)
    assert np.array_equal(first, sobol_draws(100, IDS, 0))
    others = [sobol_draws(100, IDS, seed) for seed in (1, 2011, -1)]
    for other in others:
        assert not np.any(first == other)


def test_more_draws_leave_the_first_ones_as_they_are():
    assert np.array_equal(sobol_draws(257, IDS, 5)[:100], sobol_draws(100, IDS, 5))


def test_a_quantity_has_its_dimension_whatever_the_order_of_the_ids():
    straight, turned = sobol_draws(64, IDS, 5), sobol_draws(64, IDS[::-1], 5)
    assert np.array_equal(straight, turned[:, ::-1])


def test_an_id_twice_is_refused():
    with pytest.raises(ValueError, match="one dimension"):
        sobol_draws(8, ["a", "a"], 0)


def test_each_scramble_is_a_balanced_net():
    # 16 points of a scramble in one dimension: one in each sixteenth (a digital net's property).
    draws = sobol_draws(128, IDS, 3)
    for scramble in range(8):
        cells = np.sort(np.floor(16 * draws[scramble::8]).astype(int), axis=0)
        assert np.array_equal(cells, np.repeat(np.arange(16)[:, None], 3, axis=1))


def test_discrepancy_is_that_of_a_sobol_sequence_not_of_chance():
    draws = sobol_draws(512, [f"q{i}" for i in range(6)], 7)
    chance = np.random.default_rng(7).random((512, 6))
    ours = [qmc.discrepancy(draws[s::8]) for s in range(8)]
    random = [qmc.discrepancy(chance[s::8]) for s in range(8)]
    assert max(ours) < min(random)


def test_scrambles_are_independent():
    # Two scrambles share their linear structure, so single pairs may look alike; over many seeds
    # their correlation averages out.
    correlations = []
    for seed in range(100):
        first, second = (sobol_draws(8 * 64, ["a"], seed)[s::8, 0] for s in (0, 1))
        assert not np.any(first == second)
        correlations.append(np.corrcoef(first, second)[0, 1])
    assert abs(np.mean(correlations)) < 4 * np.std(correlations) / 10


def test_the_error_of_the_mean_covers_the_truth():
    # The integral of exp over (0, 1) is e - 1; the error of 8 scrambles is a t of 7 degrees.
    hits = 0
    for seed in range(40):
        values = np.exp(sobol_draws(128, ["a"], seed)[:, 0])
        error = scramble_error(values)
        hits += abs(values.mean() - (math.e - 1)) < scipy.stats.t.ppf(0.95, 7) * error
    assert 30 <= hits <= 40


def test_the_error_of_one_scramble_is_unknown():
    assert np.isnan(scramble_error(np.array([1.0])))
    assert scramble_error(np.ones((16, 3))).shape == (3,)


def test_philox_depends_on_seed_and_key_only():
    a = philox(0, "raid", 3).random(4)
    assert np.array_equal(a, philox(0, "raid", 3).random(4))
    others = [philox(1, "raid", 3), philox(0, "raid", 4), philox(0, "raid", "3"), philox(0)]
    for other in others:
        assert not np.any(a == other.random(4))


def test_philox_keys_do_not_run_into_each_other():
    assert philox(0, "ab", "c").random() != philox(0, "a", "bc").random()
    assert philox(0, 1, 23).random() != philox(0, 12, 3).random()


def test_philox_is_the_generator_of_numpy_under_the_documented_key():
    import hashlib

    digest = hashlib.sha256(b"i4:2011s4:raidi1:7").digest()
    key = [int.from_bytes(digest[:8], "little"), int.from_bytes(digest[8:16], "little")]
    witness = np.random.Generator(np.random.Philox(key=np.array(key, dtype=np.uint64)))
    assert np.array_equal(philox(2011, "raid", 7).random(5), witness.random(5))


@pytest.mark.parametrize("rho", [-0.9, -0.3, 0.0, 0.5, 0.8])
def test_the_stated_rank_correlation_comes_out(rho):
    u = sobol_draws(8192, ["a", "b", "c"], 1)
    wanted = np.array([[1.0, rho, 0.0], [rho, 1.0, 0.0], [0.0, 0.0, 1.0]])
    made = correlate(u, wanted)
    assert scipy.stats.spearmanr(made).statistic == pytest.approx(wanted, abs=0.02)
    for column in made.T:
        assert scipy.stats.kstest(column, "uniform").pvalue > 0.01
    assert made[:, 0] == pytest.approx(u[:, 0], abs=1e-12)


@pytest.mark.parametrize("rho", [-1.0, 1.0])
def test_perfect_rank_correlation(rho):
    u = sobol_draws(256, ["a", "b"], 1)
    made = correlate(u, np.array([[1.0, rho], [rho, 1.0]]))
    assert made[:, 1] == pytest.approx(u[:, 0] if rho > 0 else 1.0 - u[:, 0], abs=1e-9)


@pytest.mark.parametrize(
    "matrix",
    [
        [[1.0, 0.9, 0.9], [0.9, 1.0, -0.9], [0.9, -0.9, 1.0]],
        [[1.0, 0.5, 0.0], [0.4, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[1.0, 1.5, 0.0], [1.5, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[1.0, math.nan, 0.0], [math.nan, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[0.9, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [[1.0, 1.0, 1.0], [1.0, 1.0, 0.5], [1.0, 0.5, 1.0]],
    ],
)
def test_impossible_correlations_are_refused(matrix):
    with pytest.raises(QuantityError):
        correlate(sobol_draws(16, IDS, 0), np.array(matrix))
