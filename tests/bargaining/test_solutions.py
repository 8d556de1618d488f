"""Solutions against closed forms, published answers and the axioms that name them."""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import minimize_scalar

sys.path.insert(0, str(Path(__file__).parent))
import domains
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.frontier import frontier
from longroad.bargaining.hull import chain, mixed, raiffa
from longroad.bargaining.linkage import linkage
from longroad.bargaining.problem import problem
from longroad.bargaining.solutions import KINDS, solve
from longroad.bargaining.winner import adjusted_winner

# The point table on New York University's page on Adjusted Winner, credited to Raiffa 1982.
US = [22, 22, 15, 14, 11, 6, 4, 2, 2, 2]
PANAMA = [9, 15, 15, 3, 15, 5, 11, 7, 7, 13]


def panama(levels, issues=range(10)):
    share = np.linspace(1.0, 0.0, levels)
    tables = [np.array([US[i] * share, PANAMA[i] * (1 - share)]) / 100 for i in issues]
    return problem(tables, [0.0, 0.0])


def points(one, kind, **given):
    return solve(frontier(one), one.reservation, kind, **given).utilities.round(9).tolist()


def test_panama_by_adjusted_winner_is_the_published_answer():
    found = adjusted_winner(US, PANAMA)
    assert found.totals == (66, 66)
    assert found.shares == (1, 1, Fraction(2, 15), 1, 0, 1, 0, 0, 0, 0)
    turned = adjusted_winner(PANAMA, US)
    assert turned.totals == (66, 66)
    assert turned.shares[2] == Fraction(13, 15)


def test_panama_undivided():
    one = panama(2)
    assert (one.packages, len(frontier(one))) == (1024, 20)
    found = solve(frontier(one), one.reservation, "nash")
    assert found.utilities.round(9).tolist() == [[0.64, 0.68]]
    assert found.value == pytest.approx(0.4352, abs=1e-12)


def test_panama_in_three_levels():
    one = panama(3)
    assert (one.packages, len(frontier(one))) == (59_049, 39)
    assert points(one, "nash") == [[0.64, 0.68]]
    assert points(one, "egalitarian") == [[0.655, 0.655]]
    # All ties: the whole segment on which land and water is traded one to one.
    assert points(one, "utilitarian") == [[0.79, 0.53], [0.715, 0.605], [0.64, 0.68]]


def test_panama_divisible():
    corners = chain(frontier(panama(2)).utilities)
    listed = [(1, 0), (0.98, 0.13), (0.96, 0.20), (0.94, 0.27), (0.90, 0.38), (0.79, 0.53)]
    listed += [(0.64, 0.68), (0.58, 0.73), (0.36, 0.88), (0.14, 0.97), (0, 1)]
    # (0.96, 0.20) lies on the line between its neighbours and is no corner.
    wanted = np.array([point for point in listed if point != (0.96, 0.20)])
    assert np.allclose(corners, wanted, atol=1e-9)
    found = mixed(corners, np.zeros(2))
    for point in (found.nash, found.egalitarian, found.kalai_smorodinsky):
        assert point == pytest.approx([0.66, 0.66], abs=1e-9)
    assert np.allclose(found.utilitarian, [(0.79, 0.53), (0.64, 0.68)], atol=1e-9)


def test_panama_linked():
    # The notes: tables {1-4} and {5-10} apart give 0.607 and 0.621, linked 0.66 each.
    found = linkage(panama(2, range(4)), panama(2, range(4, 10)))
    assert found.apart == pytest.approx([0.607, 0.621], abs=5e-4)
    assert found.together == pytest.approx([0.66, 0.66], abs=1e-9)
    assert np.all(found.gain > 0)


def test_divide_the_dollar():
    # u1 = x, u2 = sqrt(1 - x): Nash 2/3, Kalai-Smorodinsky and egalitarian 0.618034, sum 3/4.
    x = np.linspace(0, 1, 3001)
    one = problem([np.array([x, np.sqrt(1 - x)])], [0, 0])
    for kind, share in zip(KINDS, (2 / 3, (5**0.5 - 1) / 2, (5**0.5 - 1) / 2, 0.75), strict=True):
        assert points(one, kind)[0][0] == pytest.approx(share, abs=2 / 3000)


def test_growth_of_the_set_can_cost_a_party_at_the_nash_point():
    # Notes, section 1.4: S within T; Nash moves against party 2, Kalai-Smorodinsky does not.
    small = mixed(chain(np.array([[1, 0], [0.75, 0.75], [0, 1.0]])), np.zeros(2))
    large = mixed(chain(np.array([[1, 0], [1, 0.7], [0, 1.0]])), np.zeros(2))
    assert small.nash == pytest.approx([0.75, 0.75], abs=1e-12)
    assert small.kalai_smorodinsky == pytest.approx([0.75, 0.75], abs=1e-12)
    assert large.nash == pytest.approx([1.0, 0.7], abs=1e-12)
    assert large.kalai_smorodinsky == pytest.approx([10 / 13, 10 / 13], abs=1e-12)


@pytest.mark.parametrize("parties", [2, 3, 4])
def test_nash_does_not_depend_on_the_scale_of_any_party(parties):
    rng = np.random.default_rng(parties)
    for _ in range(20):
        one = domains.random_problem(rng, parties, terms=0, whole=False)
        if len(frontier(one)) == 0:
            continue
        scale, shift = 2.0 ** rng.integers(-1, 3, parties), rng.integers(-3, 3, parties)
        other = replace(
            one,
            tables=tuple(
                scale[:, None] * table + (shift[:, None] if i == 0 else 0.0)
                for i, table in enumerate(one.tables)
            ),
            reservation=scale * one.reservation + shift,
        )
        here = solve(frontier(one), one.reservation, "nash")
        there = solve(frontier(other), other.reservation, "nash")
        assert np.allclose(there.utilities, scale * here.utilities + shift, atol=1e-7)


def test_kalai_smorodinsky_never_falls_at_fixed_ideal_and_disagreement():
    rng = np.random.default_rng(7)
    for _ in range(50):
        options = rng.random((2, 30))
        ideal = np.ones(2)
        before = solve(
            frontier(problem([options[:, :20]], [0, 0])), np.zeros(2), KINDS[1], ideal=ideal
        )
        after = solve(frontier(problem([options], [0, 0])), np.zeros(2), KINDS[1], ideal=ideal)
        assert after.value >= before.value - 1e-9


def test_a_package_that_is_beaten_changes_nothing():
    tables = [np.array([[0.9, 0.5, 0.2], [0.1, 0.6, 0.8]])]
    more = [np.array([[0.9, 0.5, 0.2, 0.4], [0.1, 0.6, 0.8, 0.5]])]
    for kind in KINDS:
        assert points(problem(tables, [0, 0]), kind) == points(problem(more, [0, 0]), kind)


def test_weights_turn_nash_towards_a_party():
    x = np.linspace(0, 1, 2001)
    one = problem([np.array([x, 1 - x])], [0, 0])
    for a in (0.3, 0.5, 0.8):
        assert points(one, "nash", weights=[a, 1 - a])[0][0] == pytest.approx(a, abs=1e-3)


def test_egalitarian_looks_at_the_next_smallest_too():
    one = problem([np.array([[1, 1, 1], [1, 1, 2], [2, 3, 1]], float)], [0, 0, 0])
    assert points(one, "egalitarian") == [[1.0, 1.0, 3.0]]


def test_the_nash_point_of_a_segment_is_where_calculus_puts_it():
    a, b, d = np.array([1.0, 0.1]), np.array([0.2, 0.9]), np.array([0.15, 0.05])
    at = minimize_scalar(lambda s: -np.prod(a + s * (b - a) - d), bounds=(0, 1), method="bounded")
    found = mixed(np.array([a, b]), d).nash
    assert found == pytest.approx(a + at.x * (b - a), abs=1e-5)


def test_balanced_increments_end_on_the_chain():
    corners = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert raiffa(corners, np.zeros(2)) == pytest.approx([0.5, 0.5], abs=1e-9)
    assert raiffa(corners, np.array([0.2, 0.0])) == pytest.approx([0.6, 0.4], abs=1e-9)
    ends = raiffa(chain(frontier(panama(2)).utilities), np.zeros(2))
    segment = np.array([[0.79, 0.53], [0.64, 0.68]])
    assert ends.sum() == pytest.approx(1.32, abs=1e-9)
    assert segment[1, 0] < ends[0] < segment[0, 0]


def test_what_cannot_be_solved_is_said():
    one = problem([np.array([[0.1], [0.1]])], [0.5, 0.5])
    with pytest.raises(BargainingError, match="no package is acceptable"):
        solve(frontier(one), one.reservation, "nash")
    fine = problem([np.ones((2, 2))], [0, 0])
    with pytest.raises(BargainingError, match="sum to zero"):
        solve(frontier(fine), fine.reservation, "utilitarian", weights=[0, 0])
    with pytest.raises(BargainingError, match="points"):
        adjusted_winner([0, 0], [1, 1])
    with pytest.raises(BargainingError, match="same issues"):
        adjusted_winner([1], [1, 1])


def test_constant_utilities_leave_one_point_that_stands_for_all():
    one = problem([np.full((2, 4), 0.5), np.full((2, 3), 0.5)], [1.0, 1.0])
    found = frontier(one)
    assert (len(found), int(found.counts[0])) == (1, 12)
    for kind in KINDS:
        assert points(one, kind) == [[1.0, 1.0]]
