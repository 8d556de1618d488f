"""The Shapley value: its axioms, the glove game, and the sample against the exact value."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.study import marginal


def gloves(masks):
    """Players 0 and 1 hold a left glove, player 2 a right one; a pair is worth 1."""
    return np.array([[float(bool(mask & 4) and bool(mask & 3))] for mask in masks])


def test_the_glove_game():
    """The textbook's values: 1/6 for each left glove, 2/3 for the right one."""
    found = marginal.marginal_values(3, gloves, 0)
    assert found.value[:, 0] == pytest.approx([1 / 6, 1 / 6, 2 / 3])
    assert found.exact


@settings(max_examples=30)
@given(st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_all_is_shared_out_and_who_adds_nothing_gets_nothing(players, seed):
    worths = np.random.default_rng(seed).normal(size=(2**players, 2))
    found = marginal.marginal_values(players, lambda masks: worths[list(masks)], 0)
    assert found.value.sum(axis=0) == pytest.approx(worths[-1] - worths[0])
    idle = 2**players - 2  # all but player 0
    found = marginal.marginal_values(players, lambda m: worths[[k & idle for k in m]], 0)
    assert found.value[0] == pytest.approx(0.0, abs=1e-12)


def test_a_sample_of_orders_agrees_with_what_is_known(monkeypatch):
    """Twelve players: weights that add up, and one pair that is worth something together."""
    weights = np.arange(12) / 10.0

    def worth(masks):
        held = np.array([[mask >> k & 1 for k in range(12)] for mask in masks])
        return (held @ weights + held[:, 0] * held[:, 1])[:, None]

    found = marginal.marginal_values(12, worth, 5)
    assert not found.exact
    expected = weights.copy()
    expected[:2] += 0.5
    assert found.value[2:, 0] == pytest.approx(expected[2:])
    assert np.all(found.low[:2, 0] < expected[:2])
    assert np.all(found.high[:2, 0] > expected[:2])
    assert found.value.sum() == pytest.approx(expected.sum())
