"""The cases of exchange, worked out again with binomials, and what their notes say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom

from longroad.catalog import load_catalog
from longroad.deterrent import POSTURES, Posture, Stage, exchange, load_force, no_defence
from longroad.verify.reader import load_cases

CASES = {case.id: case for case in load_cases()}
CHAIN = 0.44 * 0.784 * 0.5 * 0.8 * 0.8 * 0.8145


def test_x01_and_x02_are_binomial(value):
    assert value("X01", "at least 1") == pytest.approx(binom.sf(0, 24, CHAIN), abs=2e-5)
    assert value("X02", "at least 5") == pytest.approx(binom.sf(4, 24, CHAIN), abs=2e-5)
    sites = binom.pmf(range(3), 2, 0.36)
    daily = sum(p * binom.sf(4, 4 + 10 * k, CHAIN) for k, p in enumerate(sites))
    assert value("X02", "at least 5, day to day") == pytest.approx(daily, abs=2e-5)


def test_the_trap_would_miss(value):
    """With the chance of detection in the place of destruction: 0.930, which is not published."""
    trap = CHAIN / 0.44 * (1 - 0.7 * 0.7)
    assert binom.sf(0, 24, trap) == pytest.approx(0.930, abs=2e-3)
    (figure,) = CASES["X01"].expected
    assert not figure.low - figure.below <= binom.sf(0, 24, trap) <= figure.high + figure.above
    assert abs(value("X01", "at least 1") - 0.930) > 0.03


def test_numbers_in_the_words_of_the_cases(value):
    apart = np.convolve(binom.pmf(range(5), 4, CHAIN), binom.pmf(range(21), 20, 0.36 * CHAIN))[
        5:
    ].sum()
    assert f"{apart:.3f}" in CASES["X02"].argument
    assert f"{binom.sf(0, 24, CHAIN / 0.8145):.3f}" in CASES["X01"].note
    why = CASES["X04"].explanation
    assert f"{value('X04', 'at least 3, found less often'):.2f}" in why
    assert binom.sf(2, 8, 0.3) < 0.5 < binom.sf(2, 9, 0.3)
    assert f"{binom.sf(0, 8, 0.05):.2f} to {binom.sf(0, 9, 0.05):.2f}" in why


def test_survivors_in_the_note_are_those_of_the_draws():
    note = CASES["X05"].note
    for id in ("united-states-2018", "russia-2018"):
        force = load_force(load_catalog(), id)
        found = exchange(force, no_defence("other"), draws=512, repeats=2, seed=1)
        for posture in (Posture.DAILY_RIDE_OUT, Posture.GENERATED_RIDE_OUT):
            figure = found.figure(posture, Stage.SURVIVING)
            low, high = round(figure.epistemic_p05), round(figure.epistemic_p95)
            assert f"{low} to {high}" in note, (id, posture)


def test_silos_decide_which_posture_in_the_middle_is_higher():
    means = {}
    for id in ("russia-2011", "united-states-2018"):
        force = load_force(load_catalog(), id)
        found = exchange(force, no_defence("other"), draws=64, repeats=4, seed=1)
        means[id] = [found.figure(posture, Stage.ARRIVING).best for posture in POSTURES]
    assert means["russia-2011"][1] < means["russia-2011"][2]
    assert means["united-states-2018"][1] > means["united-states-2018"][2]
