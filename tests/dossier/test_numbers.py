"""Numbers as words: nothing is called 0 or 100 percent that is not."""

from __future__ import annotations

import pytest

from longroad.dossier.numbers import change, clock, interval, listed, percent, plain, share
from longroad.dossier.reading import Spread


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0%"),
        (1.0, "100%"),
        (0.0004, "0.1%"),
        (0.004, "0.4%"),
        (0.0051, "1%"),
        (0.62, "62%"),
        (0.996, "99.6%"),
        (0.99999, "99.9%"),
        (float("nan"), "–"),
    ],
)
def test_percent(value, shown):
    assert percent(value) == shown


def test_shares_carry_their_interval():
    assert share(Spread(0.62, 0.48, 0.71)) == "62% (48–71%)"
    assert share(Spread(0.62, None, None)) == "62%"
    assert interval(Spread(0.62, None, None)) is None


def test_changes_carry_a_sign():
    assert change(Spread(0.12, 0.08, 0.15)) == "+12 (+8 to +15)"
    assert change(Spread(-0.12, -0.2, 0.0)) == "−12 (−20 to 0)"


def test_clock_and_lists():
    assert clock(0) == "0:00"
    assert clock(250.4) == "4:10"
    assert clock(59.6) == "1:00"
    assert clock(float("nan")) == "–"
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed([]) == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1300.0, "1,300"), (4.35, "4.35"), (38.349, "38.35"), (0.0123456, "0.01235"), (-2.5, "−2.5")],
)
def test_plain(value, shown):
    assert plain(value) == shown
