"""Patience, attrition, private information, ratification, verification and trust: closed forms.

Numbers without another source are those of the notes on negotiation, sections 1.5 to 1.11.
"""

from __future__ import annotations

import numpy as np
import pytest

from longroad.bargaining.attrition import concession_rates, expected_delay
from longroad.bargaining.durations import durations
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.patience import (
    first_share,
    limit_share,
    share_at_rates,
    share_with_deadline,
)
from longroad.bargaining.private import split_the_difference
from longroad.bargaining.ratify import furthest, votes_needed
from longroad.bargaining.trust import (
    least_patience,
    least_patience_with_lag,
    least_trust,
    stages_needed,
    trust_after,
)
from longroad.base.streams import philox
from longroad.catalog import load_catalog


def test_rubinstein():
    assert first_share(0.9, 0.9) == pytest.approx(0.526316, abs=5e-7)
    assert first_share(0.95, 0.8) == pytest.approx(0.833333, abs=5e-7)
    shares = [share_with_deadline(0.9, 0.9, rounds) for rounds in (1, 2, 5, 50)]
    assert shares == pytest.approx([1.0, 0.1, 0.8371, 0.523603], abs=5e-7)
    # Patient players converge slowly.
    assert share_with_deadline(0.99, 0.99, 50) == pytest.approx(0.198, abs=5e-4)


def test_rubinstein_tends_to_weighted_nash():
    shares = [share_at_rates(0.05, 0.10, step) for step in (1.0, 0.1, 0.01)]
    assert shares == pytest.approx([0.68319, 0.66833, 0.66683], abs=5e-6)
    assert limit_share(0.05, 0.10) == pytest.approx(2 / 3)


def test_attrition():
    flows = ([0.4, 0.4], [0.6, 0.6], [0.75, 0.75])
    years = [float(expected_delay([r, r], *flows)) for r in (0.02, 0.05, 0.10)]
    assert years == pytest.approx([18.75, 7.5, 3.75], rel=1e-12)


def test_attrition_simulated_and_in_equilibrium():
    rate, none, low, high = 0.05, 0.4, 0.6, 0.75
    hazard = concession_rates([rate] * 2, [none] * 2, [low] * 2, [high] * 2)
    rng = philox(0, "attrition")
    times = rng.exponential(1 / hazard, (400_000, 2)).min(axis=1)
    assert times.mean() == pytest.approx(7.5, rel=0.01)
    # Whoever plans to hold out for any time has the same expected worth as one who gives in now.
    rival = rng.exponential(1 / hazard[1], 400_000)
    for wait in (1.0, 5.0, 20.0):
        until = np.minimum(rival, wait)
        after = np.where(rival < wait, high, low)
        worth = none * (1 - np.exp(-rate * until)) + after * np.exp(-rate * until)
        assert worth.mean() == pytest.approx(low, abs=4 * worth.std() / 400_000**0.5)


def test_attrition_at_its_ends():
    assert expected_delay([0.1] * 2, [0.4] * 2, [0.6] * 2, [0.6] * 2) == 0.0
    assert np.isinf(expected_delay([0.1] * 2, [0.6] * 2, [0.6] * 2, [0.7] * 2))
    # The patient side waits, the other concedes more often.
    rates = concession_rates([0.02, 0.10], [0.4] * 2, [0.6] * 2, [0.75] * 2)
    assert rates[0] > rates[1]


def test_private_information():
    rng = philox(1, "private")
    found = split_the_difference(rng.random(1_000_000), rng.random(1_000_000))
    assert found.trade == pytest.approx(9 / 32, abs=3 * (9 / 32 * 23 / 32 / 1e6) ** 0.5)
    assert found.gains == pytest.approx(9 / 64, abs=3 * 0.25 / 1e3)
    assert found.efficiency == pytest.approx(27 / 32, abs=3e-3)


def test_ratification():
    ideals = (np.arange(300_000) + 0.5) / 300_000
    assert furthest(ideals, 0.1, 0.5) == pytest.approx(0.9, abs=1e-4)
    assert furthest(ideals, 0.1, 2 / 3) == pytest.approx(0.5667, abs=1e-4)
    # New START: 71 to 26 were cast, 65 of 97 needed, so 6 to spare.
    assert votes_needed(97, 2 / 3) == 65
    assert 71 - votes_needed(97, 2 / 3) == 6
    shares = [furthest(ideals, 0.1, share) for share in (0.5, 0.6, 0.7, 0.9)]
    assert shares == sorted(shares, reverse=True)
    assert furthest(np.array([0.05, 0.02]), 0.1, 0.5) == 0.1
    with pytest.raises(BargainingError):
        furthest(np.array([]), 0.1, 0.5)


def test_verification():
    found = [least_patience(5, 3, 1, q) for q in (1, 0.5, 0.25, 0.1)]
    assert found == pytest.approx([0.5, 0.6667, 0.8, 0.9091], abs=5e-5)
    lags = [least_patience_with_lag(5, 3, 1, k) for k in (1, 2, 4)]
    assert lags == pytest.approx([0.5, 0.7071, 0.8409], abs=5e-5)
    with pytest.raises(BargainingError):
        least_patience(1, 3, 5)


def test_trust():
    assert least_trust(4, 3, 1, 0) == 0.5
    assert stages_needed(0.2, 0.8, 0.5) == 4
    trust = 0.2
    for _ in range(4):
        trust = trust_after(trust, 0.5)
    assert trust == pytest.approx(0.8)
    assert stages_needed(0.8, 0.2, 0.5) == 0
    for bad in ((0.0, 0.8, 0.5), (0.2, 0.8, 1.0)):
        with pytest.raises(BargainingError):
            stages_needed(*bad)
    with pytest.raises(BargainingError):
        least_trust(3, 4, 1, 0)


def test_durations_are_sourced_and_in_order():
    known = {source.id for source in load_catalog().sources()}
    rows = durations()
    assert len(rows) >= 6
    for row in rows:
        assert set(row.sources) <= known
        assert row.began < row.ended
        assert 0 < row.years < 30
    by_case = {row.case: row for row in rows}
    assert by_case["New START"].years == pytest.approx(303 / 365.25, abs=0.01)
