"""The frontier issue by issue equals brute force, and the limits of what is exact are said."""

from __future__ import annotations

import sys
from pathlib import Path

import moocore
import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import domains
from longroad.bargaining import frontier as room
from longroad.bargaining.dominance_kernel import reduced
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.frontier import frontier
from longroad.bargaining.problem import Term, every_package, problem, utilities


@pytest.mark.parametrize("parties", [2, 3, 4])
@pytest.mark.parametrize("acceptable", [True, False])
@pytest.mark.parametrize("listed", [True, False], ids=["listed", "eliminated"])
def test_equals_brute_force_with_interactions(parties, acceptable, listed, monkeypatch):
    if not listed:  # groups of issues that belong together are then eliminated one by one
        monkeypatch.setattr(room, "MOST_TOGETHER", 1)
    rng = np.random.default_rng([parties, acceptable, listed])
    for k in range(40):
        one = domains.random_problem(rng, parties, whole=k % 2 == 0)
        found = frontier(one, acceptable=acceptable)
        assert domains.same_frontier(found, domains.brute_force(one, acceptable))
        worth = utilities(one, found.choices.astype(np.int64))
        assert np.allclose(worth, found.utilities, atol=1e-7)


def test_a_chain_of_interactions_is_eliminated_exactly(monkeypatch):
    monkeypatch.setattr(room, "MOST_TOGETHER", 1)
    one = domains.chain_problem(np.random.default_rng(5), 6, 4, 2)
    found = frontier(one, acceptable=False)
    assert domains.same_frontier(found, domains.brute_force(one, False))


@pytest.mark.parametrize("parties", [1, 2, 3, 4])
def test_the_filter_agrees_with_moocore(parties):
    rng = np.random.default_rng(parties)
    for size in (1, 2, 50, 3000):
        values = rng.integers(0, 40, (size, parties)).astype(np.int64)
        values = np.ascontiguousarray(values[np.lexsort(-values.T[::-1])])
        rows, counts = reduced(values, np.ones(size, np.int64), np.zeros(1, np.int64))
        witness = np.unique(values, axis=0)
        if parties > 1:
            witness = witness[moocore.is_nondominated(witness.astype(float), maximise=True)]
        else:
            witness = witness[-1:]
        mine = values[rows]
        assert np.array_equal(mine[np.lexsort(mine.T[::-1])], witness)
        for row, count in zip(mine, counts, strict=True):
            assert count == np.count_nonzero(np.all(values == row, axis=1))


def test_the_order_of_issues_and_parties_changes_nothing():
    rng = np.random.default_rng(1)
    one = domains.random_problem(rng, 3, terms=0, whole=False)
    turned = problem(
        [table[[2, 0, 1]] for table in one.tables[::-1]],
        one.reservation[[2, 0, 1]],
        allowed=one.allowed[::-1],
    )
    a, b = frontier(one), frontier(turned)
    assert np.array_equal(np.sort(a.points[:, 0]), np.sort(b.points[:, 1]))
    assert {tuple(p) for p in a.points} == {(p[1], p[2], p[0]) for p in b.points}


def test_a_billion_packages_are_not_listed():
    rng = np.random.default_rng(2)
    one = problem([rng.random((2, 8)) for _ in range(10)], np.zeros(2))
    assert one.packages == 8**10
    found = frontier(one)
    # The best sum of both parties is found issue by issue, and must be on the frontier.
    best = sum(float(table.sum(axis=0).max()) for table in one.tables)
    assert found.utilities.sum(axis=1).max() == pytest.approx(best, abs=1e-8)


def powers(issues):
    """Values 2^i against -2^i: every package is undominated."""
    return problem(
        [np.array([[2.0**i, 0.0], [-(2.0**i), 0.0]]) for i in range(issues)],
        [0.0, -(2.0**issues)],
    )


def test_the_exponential_case_is_exact_or_trips_the_guard():
    assert len(frontier(powers(14), resolution=1.0)) == 2**14
    with pytest.raises(BargainingError, match="would have to compare") as caught:
        frontier(powers(18), resolution=1.0, most_rows=100_000)
    assert "resolution" in caught.value.expected


def test_a_coarse_resolution_bounds_the_points_and_the_error():
    rng = np.random.default_rng(3)
    one = problem([rng.random((2, 4)) for _ in range(12)], np.zeros(2))
    fine, coarse = frontier(one), frontier(one, resolution=0.05)
    assert len(coarse) < len(fine)
    exact = utilities(one, coarse.choices.astype(np.int64))
    assert np.max(np.abs(exact - coarse.utilities)) <= 0.5 * 0.05 * 12


def test_ties_in_floating_point_invent_no_points():
    # 0.1 + 0.2 and 0.3 differ in the last bit; both packages are one point.
    one = problem([np.array([[0.1, 0.3], [1.0, 1.0]]), np.array([[0.2, 0.0], [1.0, 1.0]])], [0, 0])
    found = frontier(one)
    assert found.points.tolist() == [[500_000_000, 2_000_000_000]]
    one = problem([np.array([[0.3, 0.1]] * 2), np.array([[0.0, 0.2]] * 2)], [0, 0])
    assert frontier(one).counts.tolist() == [1]
    assert np.isclose(utilities(one, every_package(one.sizes)).max(), 0.5)


def test_a_package_worth_exactly_the_reservation_value_is_acceptable():
    tables = [np.array([[0.1, 0.0], [0.1, 0.0]]) for _ in range(3)]
    assert len(frontier(problem(tables, [0.3, 0.1 + 0.2]))) == 1
    assert len(frontier(problem(tables, [0.3 + 1e-6, 0.3]))) == 0


def test_nothing_allowed_gives_an_empty_frontier():
    tables = [np.ones((2, 2)), np.ones((2, 2))]
    none = [np.zeros(2, bool), np.ones(2, bool)]
    assert len(frontier(problem(tables, [0, 0], allowed=none))) == 0
    never = Term((0, 1), np.zeros((2, 2, 2)), np.zeros((2, 2), bool))
    assert len(frontier(problem(tables, [0, 0], terms=[never]))) == 0


@pytest.mark.parametrize(
    ("tables", "reservation", "words"),
    [
        ([], [0.0], "0 parties"),
        ([np.ones((5, 2))], [0.0] * 5, "5 parties"),
        ([np.ones((2, 0))], [0.0, 0.0], "no value"),
        ([np.ones((2, 2))], [0.0], "no reservation value"),
        ([np.full((2, 2), np.nan)], [0.0, 0.0], "not finite"),
        ([np.ones((2, 2))], [0.0, np.inf], "not finite"),
    ],
)
def test_what_does_not_fit_is_a_typed_error(tables, reservation, words):
    with pytest.raises(BargainingError, match=words):
        problem(tables, reservation)


def test_counts_saturate_and_do_not_turn_negative():
    one = problem([np.zeros((2, 8)) for _ in range(30)], [0, 0])
    (count,) = frontier(one).counts
    assert count >= 2**61
