"""Closed forms against published figures, and against sums over every outcome."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from longroad.base.errors import RaidError
from longroad.engagement import raid_closed as closed
from longroad.engagement.proportion import clopper_pearson, wilson


def test_the_published_barrage_and_shoot_look_shoot():
    """Wilkening 1999: 113 and 47 interceptors for twenty warheads."""
    assert round(closed.barrage(20, 0.99, 0.7, 0.8)) == 113
    assert round(closed.shoot_look_shoot(20, 0.99, 0.7, 0.8, 2)) == 47


def test_below_the_least_track_no_number_is_enough():
    assert closed.least_track(10, 0.8) == pytest.approx(0.978, abs=5e-4)
    with pytest.raises(RaidError):
        closed.barrage(10, 0.977, 0.7, 0.8)


def every_outcome(shots, first, kill, warheads):
    """Return the chance that all die, by going through all outcomes of the first salvo."""
    total = 0.0
    for alive in itertools.product((False, True), repeat=warheads):
        left = (1.0 - kill) ** first
        chance = np.prod([left if one else 1.0 - left for one in alive])
        n = sum(alive)
        rest = shots - first * warheads
        if n == 0:
            total += chance
            continue
        each = [rest // n + (k < rest % n) for k in range(n)]
        total += chance * np.prod([1.0 - (1.0 - kill) ** m for m in each])
    return total


@pytest.mark.parametrize("shots", [8, 9, 11, 14])
def test_two_rounds_are_the_sum_over_every_outcome(shots):
    found = closed.two_rounds_chance(shots, 4, 1.0, 0.6, 2)
    assert found == pytest.approx(every_outcome(shots, 2, 0.6, 4), rel=1e-12)


def test_two_rounds_need_the_first_salvo():
    assert closed.two_rounds_chance(7, 4, 1.0, 0.6, 2) == 0.0


def test_expected_shots_are_a_sum():
    by_hand = 2 + 2 * 0.3**2 + 2 * 0.3**4
    assert closed.expected_shots(0.7, 3, 2) == pytest.approx(by_hand, rel=1e-12)
    assert closed.expected_shots(0.0, 3, 2) == 6


def test_intervals_of_a_proportion_are_those_of_scipy():
    from scipy.stats import binomtest

    for hits, tries in ((7, 13), (0, 4), (16, 16), (22, 27)):
        test = binomtest(hits, tries)
        for ours, method in ((wilson, "wilson"), (clopper_pearson, "exact")):
            theirs = test.proportion_ci(0.95, method=method)
            assert ours(hits, tries, 0.95) == pytest.approx((theirs.low, theirs.high), abs=1e-9)
