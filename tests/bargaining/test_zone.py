"""Whether an agreement exists, red lines and their price, and the smallest conflicts."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import small

import longroad.bargaining.gains
from longroad.bargaining.acceptance import acceptance
from longroad.bargaining.assign import assignments, package_rows
from longroad.bargaining.dance import dance
from longroad.bargaining.delay import delays
from longroad.bargaining.frontier import Frontier, frontier
from longroad.bargaining.gains import gains, gains_of
from longroad.bargaining.hindcast import hindcast
from longroad.bargaining.problem import every_package, permitted, utilities
from longroad.bargaining.ratify import pivots
from longroad.bargaining.roadmap import roadmap
from longroad.bargaining.solutions import nash_rows, solve
from longroad.bargaining.zone import prices, smallest_conflicts, zone


@pytest.fixture(scope="module")
def sampled():
    return assignments(small.load())


def by_hand(one):
    """Return whether some package is no worse for anybody than no deal and better for one."""
    packages = every_package(one.sizes)
    gains = utilities(one, packages) - one.reservation
    fine = permitted(one, packages) & np.all(gains > -1e-8, axis=1)
    return bool(np.any(fine & np.any(gains > 1e-8, axis=1)))


@pytest.mark.parametrize("ratified", [False, True])
def test_an_agreement_exists_where_listing_all_packages_finds_one(sampled, ratified):
    found = zone(sampled, ratified=ratified)
    expected = [by_hand(sampled.problem(d, ratified=ratified)) for d in range(sampled.draws)]
    assert found.exists.tolist() == expected
    assert 0.1 < found.share.share < 1
    assert np.all(found.nash[~found.exists] == 0)
    assert np.all(found.best >= found.nash - 1e-9)


@pytest.mark.parametrize("ratified", [False, True])
def test_gains_of_many_assignments_are_those_of_each_frontier(sampled, ratified, monkeypatch):
    lines = tuple(one for one in sampled.lines if ratified or not one.veto)
    assert any(len(one.scope) > 1 and 0 < one.active.mean() < 1 for one in lines)
    draws = [5, 3, *range(8, sampled.draws)]
    alone = [sampled.problem(draw, ratified=ratified) for draw in draws]
    expected = [gains_of(frontier(one), one) for one in alone]
    for most in (longroad.bargaining.gains.MOST_TOGETHER, 1):  # 1: nothing is small enough
        monkeypatch.setattr(longroad.bargaining.gains, "MOST_TOGETHER", most)
        found = {}
        for some in gains(sampled, draws, ratified=ratified):
            found |= dict(some.each())
        assert len(found) == len(draws)
        for place, own in enumerate(expected):
            assert np.array_equal(found[place], own)


def test_the_nash_point_of_many_runs_is_that_of_each(sampled):
    runs = [np.array(one) for one in ([[6, 2], [4, 3], [3, 4]], [[0, 5]], [[9, 1], [1, 9], [2, 2]])]
    first = np.cumsum([0, *(len(one) for one in runs[:-1])])
    rows = nash_rows(np.concatenate(runs), first)
    for start, row, points in zip(first, rows, runs, strict=True):
        known = Frontier(points, np.zeros((len(points), 1), np.int16), points[:, 0], None, 1.0)
        assert row - start == solve(known, np.zeros(2), "nash").rows[0]


def test_workers_change_nothing(sampled):
    one, two = zone(sampled), zone(sampled, workers=2)
    assert np.array_equal(one.nash, two.nash)
    assert np.array_equal(one.exists, two.exists)


def test_a_further_ratifier_never_enlarges_what_can_be_signed(sampled):
    table, home = zone(sampled), zone(sampled, ratified=True)
    assert np.all(home.exists <= table.exists)
    levels = pivots(sampled, range(sampled.draws))
    assert [level.needed for level in levels] == [5, 7, 10]
    shares = [level.share.share for level in levels]
    assert shares == sorted(shares, reverse=True)
    assert shares[1] == home.share.share


def test_a_further_red_line_never_enlarges_it_and_has_a_price(sampled):
    found = prices(sampled, range(sampled.draws))
    assert {price.line for price in found} == {"no-visits", "no-full", "port-veto"}
    for price in found:
        assert price.blocked >= 0
        assert max(price.best_change) <= 1e-12
    none = zone(replace(sampled, lines=()), ratified=True)
    assert np.all(zone(sampled, ratified=True).exists <= none.exists)
    by_line = {price.line: price for price in found}
    # What is agreed without the town's line always includes visits: it costs most. The port is
    # not bargained over without physics, so its veto costs nothing.
    assert found[0].line == "no-visits"
    assert by_line["port-veto"].blocked == 0
    assert by_line["no-visits"].party == "town"


def test_smallest_conflicts():
    one = small.load(("real: [0.2, 0.6]", "real: 1"))
    best = assignments(one, draws=0)
    (found,) = smallest_conflicts(best)
    # Visits are all that West gains by; without them East could gain only what West loses.
    assert (found.lines, found.floors) == (("no-visits",), ("west",))
    free = small.load(
        ("forbids: {visits: [yes]}", "forbids: {tariff: [full]}"), ("margin: [0, 0.1]", "margin: 0")
    )
    assert smallest_conflicts(assignments(free, draws=0)) == ()


def test_contradictory_red_lines_leave_nothing_and_are_named():
    one = small.load(
        ("real: [0.2, 0.6]", "real: 1"),
        ("forbids: {tariff: [full], visits: [no]}", "forbids: {visits: [no]}"),
        ("real: [0.3, 0.9]", "real: 1"),
    )
    sampled = assignments(one)
    assert zone(sampled).share.share == 0
    found = {(set_.lines, set_.floors) for set_ in smallest_conflicts(assignments(one, draws=0))}
    assert (("no-visits", "no-full"), ()) in found
    assert all(len(lines) + len(floors) == 2 for lines, floors in found)


def test_hindcast_predicts_each_reply_from_the_others(sampled):
    one = sampled.negotiation
    choices = package_rows(one, [package.choices for package in one.packages])
    found = hindcast(sampled, acceptance(sampled, choices))
    refused, accepted = found.replies
    assert (refused.accepted, accepted.accepted) == (False, True)
    assert found.refuse_score == 0.5
    assert found.score == pytest.approx(
        ((refused.predicted - 0) ** 2 + (accepted.predicted - 1) ** 2) / 2
    )
    # By hand for the first: weights 0.8 where the assignment accepts 'middle', else 0.2.
    says = acceptance(sampled, choices).signs
    weight = np.where(says[:, 1, 0], 0.8, 0.2)
    assert refused.predicted == pytest.approx(np.average(says[:, 0, 1], weights=weight))
    assert found.beats_refusal == (found.score < 0.5)
    nothing = small.load(("    reply: refused\n", ""), (", reply: accepted", ""))
    sampled = assignments(nothing)
    assert hindcast(sampled, acceptance(sampled, choices)) is None


def test_the_dance_goes_by_date(sampled):
    one = sampled.negotiation
    choices = package_rows(one, [package.choices for package in one.packages])
    found = dance(sampled, acceptance(sampled, choices))
    assert [move.package for move in found.moves] == ["opening-east", "middle"]
    assert [move.concession for move in found.moves] == [None, None]
    assert np.isnan(found.correlation)
    assert np.all(found.moves[0].low <= found.moves[0].gain)


def test_delays_and_roads(sampled):
    (delay,) = delays(sampled, range(64))
    assert delay.parties == ("east", "west")
    assert np.nanmin(delay.years) >= 0 < np.nanmax(delay.years)
    road = roadmap(sampled)
    (step,) = road.steps
    assert np.all(step.taken == np.all(road.staged >= 0, axis=1) & (road.staged.any(axis=1)))
    # One stage is the same as all at once, but for those who would keep a stage and not a treaty.
    assert 0 < step.share.share < 1
    trusting = np.all(step.trust >= step.needed, axis=1)
    assert np.mean(step.taken[trusting]) == 1
    assert roadmap(replace(sampled, negotiation=replace(sampled.negotiation, stages=()))) is None


def test_a_miss_says_what_the_refusal_rests_on():
    """Half way is accepted in the file; East's line and its cost of signing are told apart."""
    talks = small.load(("real: [0.2, 0.6]", "real: 1"), ("margin: [0, 0.1]", "margin: [0.2, 0.4]"))
    sampled = assignments(talks, draws=64)
    choices = package_rows(talks, [one.choices for one in talks.packages])
    found = hindcast(sampled, acceptance(sampled, choices))
    (miss,) = [one for one in found.misses if one.package == "middle"]
    assert (miss.reply, miss.plain) == ("accepted", 0.0)
    # Neither alone lets East accept everywhere: the line is real whatever signing costs.
    assert miss.without_cost == 0.0
    assert 0.0 <= miss.without_lines < 1.0
    free = hindcast(*_without_line(talks))
    (again,) = [one for one in free.replies if one.package == "middle"]
    assert again.without_cost >= again.plain
    assert found.share_score == pytest.approx(
        1.0
    )  # one accepted, one refused: each foretells wrong
    assert found.plainly_answered == pytest.approx((found.score, found.refuse_score))


def _without_line(talks):
    sampled = replace(assignments(talks, draws=64), lines=())
    choices = package_rows(talks, [one.choices for one in talks.packages])
    return sampled, acceptance(sampled, choices)
