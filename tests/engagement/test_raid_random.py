"""The compiled Philox against NumPy's own, which was not written here."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.streams import philox, philox_key
from longroad.engagement.raid_random_kernel import high_word, quantile, uniforms
from longroad.engagement.raid_random_kernel import philox as words

WORD = st.integers(0, 2**64 - 1)


def numpys(key, counter):
    """NumPy adds one to the counter before the first block."""
    whole = sum(part << (64 * k) for k, part in enumerate(counter))
    before = (whole - 1) % 2**256
    parts = [(before >> (64 * k)) & (2**64 - 1) for k in range(4)]
    made = np.random.Philox(
        key=np.array(key, dtype=np.uint64), counter=np.array(parts, dtype=np.uint64)
    )
    return made.random_raw(4)


@settings(max_examples=60, deadline=None)
@given(key=st.tuples(WORD, WORD), counter=st.tuples(WORD, WORD, WORD, WORD))
def test_the_words_are_those_of_numpy(key, counter):
    ours = words(np.array(key, dtype=np.uint64), *(np.uint64(part) for part in counter))
    assert [int(word) for word in ours] == numpys(key, counter).tolist()


@given(a=WORD, b=WORD)
def test_the_upper_word_of_a_product(a, b):
    assert int(high_word(np.uint64(a), np.uint64(b))) == (a * b) >> 64


def test_uniform_numbers_are_those_of_numpy():
    key = philox_key(5, "raid")
    ours = np.empty(4)
    uniforms(key, 7, 2, 4, 19, ours)
    assert np.array_equal(ours, (numpys(key.tolist(), (7, 2, 4, 19)) >> 11) * 2.0**-53)


def test_the_key_is_that_of_the_generator():
    assert (
        philox(5, "raid").random()
        == np.random.Generator(np.random.Philox(key=philox_key(5, "raid"))).random()
    )


@pytest.mark.parametrize(
    ("u", "expected"), [(0.0, 1.0), (0.25, 2.0), (0.5, 3.0), (0.75, 7.0), (1.0 - 2**-53, 11.0)]
)
def test_quantiles_are_linear_between(u, expected):
    assert quantile(np.array([1.0, 3.0, 11.0]), u) == pytest.approx(expected, rel=1e-12)


def test_one_quantile_is_a_constant_and_infinity_stays():
    assert quantile(np.array([4.0]), 0.9) == 4.0
    assert quantile(np.array([np.inf, np.inf]), 0.5) == np.inf
