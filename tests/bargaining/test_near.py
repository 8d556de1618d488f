"""Packages near a proposal, trades, drafting, clauses, even swaps, shading."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import small
from test_solutions import panama

import domains
from longroad.bargaining.assign import assignments, package_rows
from longroad.bargaining.clauses import clauses
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.frontier import frontier
from longroad.bargaining.nearby import nearest_acceptable, neighbours, single_text, trades
from longroad.bargaining.problem import every_package, permitted, problem, utilities
from longroad.bargaining.shading import shading
from longroad.bargaining.solutions import solve
from longroad.bargaining.swap import even_swap, in_swings
from longroad.base.quantity import Status
from longroad.scenario.negotiation import Basis, Curve, Estimate

HALF_WAY = np.ones(10, dtype=np.int64)


def test_the_nearest_acceptable_package_is_the_nearest_of_all():
    rng = np.random.default_rng(11)
    met = 0
    for _ in range(40):
        one = domains.random_problem(rng, int(rng.integers(2, 4)))
        package = np.array([rng.integers(0, size) for size in one.sizes])
        found = nearest_acceptable(one, package)
        every = every_package(one.sizes)
        fine = permitted(one, every) & np.all(
            utilities(one, every) >= one.reservation - 1e-9, axis=1
        )
        if not np.any(fine):
            assert found is None
            continue
        met += 1
        assert found.changes == (every[fine] != package).sum(axis=1).min()
        assert np.all((found.choices != package).sum(axis=1) == found.changes)
        assert np.all(found.gains >= 0)
    assert met > 10


def test_neighbours_are_all_and_once():
    one = problem([np.zeros((2, n)) for n in (2, 3, 4)], [0, 0])
    package = np.array([0, 1, 2])
    for changes, count in ((1, 1 + 2 + 3), (2, 1 * 2 + 1 * 3 + 2 * 3), (3, 6)):
        found = np.concatenate(list(neighbours(one, package, changes)))
        assert len(found) == len(np.unique(found, axis=0)) == count
        assert np.all((found != package).sum(axis=1) == changes)


def test_trades_gain_all_and_say_which():
    # From half way on everything: no single issue gains both, some pairs do.
    one = panama(3)
    found = trades(one, HALF_WAY, 100)
    before = utilities(one, HALF_WAY[None])[0]
    assert before == pytest.approx([0.5, 0.5])
    assert {len(trade.issues) for trade in found} == {2}
    # Expansion rights for Panama's defence role: 14 against 3, 13 against 2, half of each.
    assert (found[0].issues, found[0].options) == ((3, 9), (0, 2))
    assert found[0].gains == pytest.approx([0.06, 0.05])
    for trade in found:
        after = HALF_WAY.copy()
        after[list(trade.issues)] = trade.options
        assert utilities(one, after[None])[0] - before == pytest.approx(trade.gains)
        assert trade.gains.min() >= -1e-9 and trade.gains.max() > 0


def test_a_single_text_stalls_short_of_the_frontier():
    # Notes, section 1.8: single changes stall at once, pairs stop below the frontier.
    one = panama(3)
    assert len(single_text(one, HALF_WAY, 1)) == 1
    drafts = single_text(one, HALF_WAY, 2)
    worth = np.array([draft.utilities for draft in drafts])
    assert len(drafts) > 2
    assert np.all(np.diff(worth, axis=0) >= -1e-9)
    points = frontier(one).utilities
    ahead = np.all(points >= worth[-1] - 1e-9, axis=1) & np.any(points > worth[-1] + 1e-9, axis=1)
    assert np.any(ahead), "something is left on the table"


def test_clauses_name_what_is_contested():
    one = small.load()
    sampled = assignments(one)
    rows = package_rows(one, [package.choices for package in one.packages])
    found = {clause.issue: clause for clause in clauses(sampled, rows[0], rows[1])}
    assert set(found) == {"tariff", "visits", "port"}
    tariff = found["tariff"]
    assert (tariff.first, tariff.second, tariff.contested) == ("full", "half", True)
    assert tariff.worth[0] < 0 < tariff.worth[1]
    assert np.all(tariff.low <= tariff.worth) and np.all(tariff.worth <= tariff.high)
    assert not found["port"].contested
    assert clauses(sampled, rows[0], rows[0]) == ()


def curve(at, value):
    basis = Basis(Status.JUDGEMENT, (), "T", "test")
    return Curve("kept", Estimate(1, 1, 1, False, basis), at, value, "1", basis)


def test_an_even_swap_is_worth_the_gain():
    rising = curve((0.0, 100.0, 300.0), (0.0, 0.5, 1.0))
    # From 100 a gain of 0.1 at weight 0.4 is a quarter of the scale: 0.5 to 0.75 is 200.
    assert even_swap(rising, 0.4, 100.0, 0.1) == pytest.approx(100.0)
    assert even_swap(rising, 0.4, 0.0, 0.1) == pytest.approx(50.0)
    assert even_swap(curve((0.0, 10.0), (1.0, 0.0)), 0.5, 10.0, 0.25) == pytest.approx(-5.0)
    assert np.isnan(even_swap(rising, 0.4, 100.0, 0.5)), "more than the whole curve"
    assert np.isnan(even_swap(rising, 0.0, 100.0, 0.1))
    assert np.isnan(even_swap(curve((0.0, 1.0, 2.0), (0.0, 1.0, 0.0)), 1.0, 0.0, 0.5))
    # The gain of dividing well in Panama, 0.16, is four whole swings of compensation to the US.
    assert in_swings(np.array([0.16]), np.array([0.04])) == pytest.approx([4.0])


def test_shading_is_judged_by_the_truth_and_never_costs():
    one = panama(3)
    for party in (0, 1):
        for share in (0.1, 0.2, 0.5):
            found = shading(one, party, share)
            assert found.gain >= 0
            assert found.others[party] == pytest.approx(found.gain)
    lie = shading(one, 0, 0.2)
    honest = solve(frontier(one), one.reservation, "nash").utilities[0]
    assert (lie.issue, lie.gain > 0) == ("issue-1", True)
    assert honest[0] + lie.gain <= 1


def test_a_search_that_would_not_end_is_refused():
    one = problem([np.zeros((2, 10)) for _ in range(12)], [1, 1])
    with pytest.raises(BargainingError, match="no package with fewer than") as caught:
        nearest_acceptable(one, np.zeros(12, dtype=np.int64))
    assert "4,000,000" in caught.value.expected
