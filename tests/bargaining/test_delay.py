"""Delays between parties that hold out, milder demands, elections, and dates."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import small

from longroad.bargaining.assign import assignments
from longroad.bargaining.delay import delays, electoral_rate
from longroad.bargaining.durations import day_of
from longroad.bargaining.report import report
from longroad.bargaining.telling import told


def test_demands_that_leave_something_shorten_the_wait():
    """Of everything demanded the other has nothing to lose by waiting: the longest wait."""
    sampled = assignments(small.load(), draws=32)
    waits = [delays(sampled, range(32), leaves=part)[0] for part in (0.0, 0.25, 0.4)]
    both = np.all([np.isfinite(one.years) for one in waits], axis=0)
    assert both.any()
    first, second, third = (one.years[both] for one in waits)
    assert np.all(second <= first + 1e-9)
    assert np.all(third <= second + 1e-9)
    assert [one.leaves for one in waits] == [0.0, 0.25, 0.4]


def test_an_election_makes_its_party_less_patient():
    dated = "patience: {discount: {east: [0.02, 0.06], west: [0.05, 0.15]}, elections: ["
    one = "{party: west, date: 2005, source: nyu-adjusted-winner}"
    other = "{party: west, date: 2009, source: nyu-adjusted-winner}"
    usual = "patience: {discount: {east: [0.02, 0.06], west: [0.05, 0.15]}}"
    twice = small.load((usual, f"{dated}{one}, {other}]}}"))
    assert electoral_rate(twice, "west") == pytest.approx(1 / 4, rel=1e-3)
    assert electoral_rate(twice, "east") == 0.0
    once = small.load((usual, f"{dated}{one}]}}"))
    # From the last package before it, of the year 2002.
    assert electoral_rate(once, "west") == pytest.approx(1 / 3, rel=1e-3)
    sampled = assignments(twice, draws=16)
    (plain,), (hurried,) = (delays(sampled, range(16), elections=e) for e in (False, True))
    known = np.isfinite(plain.years) & (plain.years > 0.0)
    assert known.any()
    assert np.all(hurried.years[known] < plain.years[known])
    said = " ".join(block.words for block in told(report(twice, draws=16)))
    assert "nothing counting beyond an election" in said


@pytest.mark.parametrize(
    ("date", "day"),
    [("2012", "2012-07-01"), ("2012-03", "2012-03-15"), ("2012-03-04", "2012-03-04")],
)
def test_a_date_stands_for_the_middle_of_what_is_known(date, day):
    assert day_of(date).isoformat() == day
