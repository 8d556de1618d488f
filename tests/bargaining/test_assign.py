"""Value assignments: weights, values, terms, reservation values, red lines, physics."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import small

from longroad.bargaining.acceptance import acceptance
from longroad.bargaining.assign import assignments, package_rows
from longroad.bargaining.draw import ordered, simplex
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.facts import fact_finding
from longroad.bargaining.physics import MOST_COMBINATIONS, PhysicsBlock, block_from_rows
from longroad.bargaining.problem import utilities
from longroad.bargaining.report import report
from longroad.bargaining.smaa import central_weights, confidence, indices
from longroad.bargaining.telling import told
from longroad.base.streams import philox


def test_weights_are_uniform_on_the_simplex_and_its_ordered_part():
    # Notes, section 1.9: three unit-vector alternatives are first in a third of all weights each;
    # the central weight of the first is (11/18, 7/36, 7/36); the mean of ordered weights is the
    # rank-order centroid (11/18, 5/18, 1/9).
    u = philox(0, "simplex").random((400_000, 3))
    weights = simplex(u)
    found = indices(weights, weights)
    assert found.first == pytest.approx([1 / 3] * 3, abs=0.003)
    assert found.central[0] == pytest.approx([11 / 18, 7 / 36, 7 / 36], abs=0.002)
    assert np.allclose(found.rank.sum(axis=0), 1) and np.allclose(found.rank.sum(axis=1), 1)
    ranked = ordered(u, [[2], [0], [1]])
    assert ranked.mean(axis=0) == pytest.approx([5 / 18, 1 / 9, 11 / 18], abs=0.002)
    assert np.all(ranked[:, 2] >= ranked[:, 0]) and np.all(ranked[:, 0] >= ranked[:, 1])
    tied = ordered(u, [[2], [0, 1]])
    assert tied.mean(axis=0) == pytest.approx([7 / 36, 7 / 36, 11 / 18], abs=0.002)
    assert abs(np.mean(tied[:, 0] > tied[:, 1]) - 0.5) < 0.003


def test_confidence_of_a_central_weight():
    values = philox(0, "values").random((5000, 2, 2))
    values[:, 0] += 0.5
    assert confidence(values, np.array([0.5, 0.5]), 0) > 0.95
    assert np.all(np.isnan(central_weights(np.ones((4, 2)), np.zeros(4, bool))))


def test_an_assignment_adds_up():
    one = small.load()
    found = assignments(one)
    rows = package_rows(one, [package.choices for package in one.packages])
    worth = found.utilities(rows)
    assert worth.shape == (256, 2, 2)
    for draw in (0, 100):
        assert np.allclose(worth[draw], utilities(found.problem(draw), rows))
    assert np.allclose(found.weights.sum(axis=2), 1)
    # Full tariff without visits is the best that East can have, and East knows no other issue.
    assert np.allclose(worth[:, 0, 0], 1)
    # The bonus of West for both together: between 5 and 15 points of 60 to 160.
    tariff, visits = found.tables[0][:, 1, 1], found.tables[1][:, 1, 1]
    bonus = worth[:, 1, 1] - tariff - visits
    assert 5 / 160 - 1e-9 <= bonus.min() < bonus.max() <= 15 / 60


def test_best_estimates_are_the_middle_of_intervals_or_what_is_written():
    found = assignments(small.load(("half: [0.4, 0.8]", "half: [0.2, 0.3, 0.8]")), draws=0)
    assert found.draws == 1
    assert found.weights[0, 0].tolist() == pytest.approx([70 / 110, 40 / 110, 0])
    assert found.tables[0][0, 0].tolist() == pytest.approx([0, 0.3 * 70 / 110, 70 / 110])
    assert [bool(line.active[0]) for line in found.lines] == [False, True, True]


def test_draws_depend_on_the_seed_alone_and_more_leave_the_first_as_they_are():
    one = small.load()
    few, many = assignments(one, draws=64), assignments(one, draws=256)
    assert np.array_equal(few.reservation, many.reservation[:64])
    assert not np.array_equal(few.reservation, assignments(one, draws=64, seed=4).reservation)


def test_reservation_values_are_the_same_model_without_a_deal():
    one = small.load()
    found = assignments(one)
    (row,) = package_rows(one, [one.no_deal])
    kept = found.utilities(row[None, :])[:, 0]
    assert np.allclose(kept[:, 1], found.reservation[:, 1])
    margin = found.reservation[:, 0] - kept[:, 0]
    assert 0 <= margin.min() < margin.max() <= 0.1
    # The pivot is the seventh of ten members.
    assert np.allclose(found.demand[:, 1], 0.14)


def test_a_party_accepts_what_is_worth_it_and_crosses_no_line():
    one = small.load()
    sampled = assignments(one)
    rows = package_rows(one, [package.choices for package in one.packages])
    found = acceptance(sampled, rows)
    town = next(line for line in sampled.lines if line.line.id == "no-visits")
    enough = found.gains[:, 1, 0] >= -1e-9
    assert np.array_equal(found.signs[:, 1, 0], enough & ~town.active)
    assert np.all(found.ratifies <= found.signs)
    whole = found.by_all(1)
    assert 0 < whole.share < 1 and whole.mc_se > 0
    assert found.by_all(1, ratified=True).share <= whole.share
    assert found.by_party(0, 1).share < 0.5  # East's opening, as West sees it


def test_an_order_and_no_weights_at_all_can_be_bargained_with():
    order = small.load(("swing: {tariff: [20, 60], visits: [40, 100]}", "order: [visits, tariff]"))
    weights = assignments(order).weights[:, 1]
    assert np.all(weights[:, 1] >= weights[:, 0])
    anything = small.load(("swing: {tariff: [20, 60], visits: [40, 100]}", "any: true"))
    weights = assignments(anything).weights[:, 1]
    assert weights[:, 0].mean() == pytest.approx(0.5, abs=0.02)


# --- physics -------------------------------------------------------------------------------------


def block(closed=0.0, opened=10.0, held=None):
    """West holds that an open port brings much trade, East that it brings little.

    Trade does West no harm below 5 t.
    """
    rows = [
        ({"port": option}, assumed, 0, "trade", "t", value)
        for assumed, factor in (("east", 0.2), ("west", 1.0))
        for option, value in (("closed", closed), ("open", opened * factor))
    ]
    return block_from_rows(
        {"port": ["closed", "open"]}, held or {"east": "east", "west": "west"}, rows
    )


def test_without_physics_the_issue_stays_and_the_answer_says_so():
    found = assignments(small.load())
    assert found.unheard == ("trade",)
    assert found.held == {2: 0}
    assert [line.line.id for line in found.lines] == ["no-visits", "no-full", "port-veto"]
    assert found.problem(0).allowed[2].tolist() == [True, False]


def test_outcomes_enter_through_value_curves_as_each_party_holds_them():
    one = small.load()
    found = assignments(one, block=block())
    assert (found.unheard, found.held) == ((), {})
    rows = package_rows(one, [dict(one.no_deal), {**one.no_deal, "port": "open"}])
    change = np.diff(found.utilities(rows), axis=1)[:, 0]
    east, west = found.curve_weights["east", "trade"], found.curve_weights["west", "trade"]
    assert np.allclose(change[:, 0], 0.2 * east)
    assert np.allclose(change[:, 1], -1.0 * west)
    assert np.allclose(found.weights.sum(axis=2) + np.column_stack([east, west]), 1)
    flood = next(line for line in found.lines if line.line.id == "no-flood")
    assert (flood.scope, flood.crossed.tolist()) == ((2,), [False, True])


def test_fact_finding_separates_interests_from_physics():
    # Under its own physics an open port crosses West's red line at 8 t; under East's it would do
    # West no harm at all, so that East's gain is free.
    found = fact_finding(small.load(), block(), 64)
    assert len(found.cells) == 4
    assert found.own.held == {"east": "east", "west": "west"}
    by_east = next(c for c in found.common if c.held["west"] == "east")
    by_west = next(c for c in found.common if c.held["east"] == "west")
    assert found.worth(by_east) > 0 >= found.worth(by_west) - 1e-12
    # Cells are compared draw by draw: the same cell twice is the same share.
    again = fact_finding(small.load(), block(), 64, workers=2)
    assert [c.share for c in again.cells] == [c.share for c in found.cells]


def test_the_whole_answer_with_physics_gives_gains_in_its_unit():
    found = report(small.load(), draws=32, block=block())
    assert (found.physics, found.unheard) == (True, ())
    east, west = found.swaps
    assert (east.party, east.outcome, east.unit, east.start) == ("east", "trade", "t", 0.0)
    # East's curve rises by 1 over 10 t at a weight of 40 of 150 points.
    assert east.change == pytest.approx(east.gain / (40 / 150) * 10)
    assert west.change is None  # trade can only fall in worth from nothing
    said = " ".join(one.words for one in told(found))
    assert "on top of 0" in said
    assert "Physical options count by a run's outcomes." in said


def test_what_a_block_lacks_is_said():
    with pytest.raises(BargainingError, match="missing"):
        block_from_rows({"port": ["closed", "open"]}, {}, [({"port": "open"}, "a", 0, "t", "t", 1)])
    row = ({"port": "open"}, "a", 0, "trade", "t", 1.0)
    with pytest.raises(BargainingError, match="twice"):
        block_from_rows({"port": ["open"]}, {}, [row, row])
    with pytest.raises(BargainingError, match="no assumption set") as caught:
        block(held={"east": "easst", "west": "west"})
    assert caught.value.nearest == "east"
    with pytest.raises(BargainingError, match="no outcome 'trad'") as caught:
        block().of("east", "trad")
    assert caught.value.nearest == "trade"
    many, values = tuple("abcdefgh"), np.zeros((1, 1, 1, 8, 8, 8))
    with pytest.raises(BargainingError, match="512 combinations") as caught:
        PhysicsBlock(("x", "y", "z"), (many,) * 3, ("o",), ("1",), ("a",), {}, values)
    assert str(MOST_COMBINATIONS) in caught.value.expected
    with pytest.raises(BargainingError, match="what every party holds"):
        fact_finding(small.load(), block(held={"east": "east"}), 8)


def test_a_bound_on_an_outcome_is_met_by_the_physics_of_each_assignment():
    """Trade above 8 t crosses West's line: by the best estimate and in one draw of three."""
    talks = small.load()
    trade = np.array([[[[0.0, 9.0], [0.0, 7.0], [0.0, 8.5]]]])
    block = PhysicsBlock(
        ("port",), (("closed", "open"),), ("trade",), ("t",), ("all",),
        {"east": "all", "west": "all"}, trade,
    )  # fmt: skip
    sampled = assignments(talks, draws=9, block=block)
    (line,) = [one for one in sampled.lines if one.line.id == "no-flood"]
    choices = package_rows(talks, [{"tariff": "none", "visits": "no", "port": "open"}])
    assert sampled.hits(line, choices)[:, 0].tolist() == [True, False, True] * 3
    # What is crossed is not signed, whatever it is worth.
    assert not acceptance(sampled, choices).signs[0, 0, 1]
    for draw in range(3):
        fine = sampled.problem(draw, [line]).allowed[2]
        assert fine.tolist() == [True, draw == 1]
    best = assignments(talks, draws=0, block=block)
    (line,) = [one for one in best.lines if one.line.id == "no-flood"]
    assert line.mask(0).tolist() == [False, True]
