"""Limits, the frontier between their cost and the concern, its knee, and answers."""

from __future__ import annotations

import pytest

from longroad.catalog import load_catalog
from longroad.deterrent import (
    LimitError,
    LimitSet,
    Outcome,
    answer,
    frontier,
    limit_sets,
    read_limit,
    search,
    sentences,
)
from longroad.deterrent.answers import MET, MOOT, NONE, answers
from longroad.deterrent.limits import Kind
from longroad.deterrent.observability import means_of

SPEED = read_limit("nato", "burnout-speed", "4.5 km/s")
SLOWER = read_limit("nato", "burnout-speed", "3 km/s")
NUMBER = read_limit("nato", "number", "100")
WATERS = read_limit("nato", "patrol-area", ["Barents Sea", "Norwegian Sea"])


def outcome(id, cost, worry, limits=(), shots=0.0, **more):
    return Outcome(LimitSet(id, tuple(limits)), cost, shots, {"russia": worry, **more}, 0.5 * cost)


def test_limits_are_read_in_their_units_and_said_in_words():
    assert SPEED.value == 4500.0
    assert SPEED.words == "nato: no interceptor faster than 4.5 km/s"
    assert NUMBER.words == "nato: no more than 100 interceptors"
    assert WATERS.words == "nato: no ships with interceptors in Barents Sea, Norwegian Sea"
    assert "declared" in SPEED.observable
    assert read_limit("nato", "remote-engagement", "launch").names == ("launch",)
    assert LimitSet("l0").words == "no limit"


@pytest.mark.parametrize(
    ("kind", "written", "nearest"),
    [
        ("burnout-speed", "4.5 km", None),
        ("burnout-speed", 4.5, None),
        ("burnout-speed", "-3 km/s", None),
        ("number", "100 km/s", None),
        ("number", "2.5", None),
        ("remote-engagement", "lanch", "launch"),
        ("burnout-sped", "4.5 km/s", "burnout-speed"),
        ("area", [], None),
    ],
)
def test_a_limit_in_the_wrong_unit_is_refused(kind, written, nearest):
    with pytest.raises(LimitError) as raised:
        read_limit("nato", kind, written)
    assert raised.value.field
    assert raised.value.expected
    assert raised.value.nearest == nearest


def test_sets_are_singles_and_combinations_without_contradiction():
    found = limit_sets((SPEED, SLOWER, NUMBER, WATERS), 3)
    assert found[0].limits == ()
    assert [len(one.limits) for one in found] == [0, *[1] * 4, *[2] * 5, *[3] * 2]
    assert len({one.id for one in found}) == len(found)
    assert not any({SPEED, SLOWER} <= set(one.limits) for one in found)
    with pytest.raises(LimitError, match="twice") as raised:
        LimitSet("both", (SPEED, SLOWER))
    assert raised.value.field == "burnout-speed"


def test_the_frontier_holds_what_nothing_betters():
    plan = outcome("plan", 0.0, 0.5)
    cheap = outcome("cheap", 0.1, 0.1, [SPEED])
    dear = outcome("dear", 0.9, 0.0, [NUMBER])
    wasteful = outcome("wasteful", 0.2, 0.3, [WATERS])
    twin = outcome("twin", 0.1, 0.1, [NUMBER, WATERS])
    found = frontier([dear, wasteful, twin, plan, cheap], ["russia"])
    assert [point.set.id for point in found.points] == ["plan", "cheap", "dear"]
    assert {point.set.id for point in found.dominated} == {"wasteful", "twin"}
    assert found.knee is cheap


def test_the_worst_off_party_counts():
    one = outcome("one", 0.1, 0.0, china=0.5)
    two = outcome("two", 0.2, 0.1, china=0.1)
    found = frontier([outcome("plan", 0.0, 0.6, china=0.6), one, two], ["russia", "china"])
    assert [point.worst(found.parties) for point in found.points] == [0.6, 0.5, 0.1]
    with pytest.raises(LimitError) as raised:
        frontier([one], ["chna"])
    assert raised.value.nearest == "china"
    with pytest.raises(LimitError):
        frontier([], ["china"])


def test_a_straight_frontier_has_no_knee():
    line = [outcome(f"p{k}", k / 4, 1 - k / 4) for k in range(5)]
    assert frontier(line, ["russia"]).knee is None
    assert frontier(line[:2], ["russia"]).knee is None


def test_search_evaluates_every_set_once_and_answers():
    asked = []

    def evaluate(limits):
        asked.append(limits.id)
        kinds = {limit.kind for limit in limits.limits}
        worry = 0.2 - 0.15 * ("burnout-speed" in kinds) - 0.04 * ("number" in kinds)
        costs = (0.1 * len(kinds), 0.1 * len(kinds))
        return Outcome(limits, *costs, {"russia": worry}, 0.2 * len(kinds))

    sets = limit_sets((SPEED, NUMBER), 2)
    found = search(sets, evaluate, ["russia"])
    assert asked == [one.id for one in sets]
    assert [one.set.id for one in found.outcomes] == asked
    met = answer(found, 0.06, ["russia"])
    assert (met.kind, met.outcome.set.limits, met.plan) == (MET, (SPEED,), 0.2)
    assert met.left == pytest.approx(0.05)
    (said,) = sentences([met])
    for words in (
        "russia (20 %) without limits",
        "leaves 5 %: nato: no interceptor faster than 4.5 km/s",
        "10 % of its engageable area",
        "10 % of its shot opportunities",
        "20 % of its interceptors",
        "seen in flight tests",
    ):
        assert words in said
    assert answer(found, 0.25, ["russia"]).kind == MOOT
    assert "no limit is needed" in sentences([answer(found, 0.25, ["russia"])])[0]
    least = answer(found, 0.001, ["russia"])
    assert (least.kind, len(least.outcome.set.limits)) == (NONE, 2)
    assert "no set of limits brings" in sentences([least])[0]


def test_each_concern_has_its_answer_and_all_together_the_dearest():
    plan = outcome("plan", 0.0, 0.2, china=0.5)
    cheap = outcome("cheap", 0.1, 0.0, [SPEED], china=0.4)
    dear = outcome("dear", 0.4, 0.0, [NUMBER], china=0.0)
    found = answers(frontier([plan, cheap, dear], ["russia", "china"]), 0.01)
    assert [(one.parties, one.outcome.set.id) for one in found] == [
        (("russia",), "cheap"),
        (("china",), "dear"),
        (("russia", "china"), "dear"),
    ]
    said = sentences(found)
    assert len(said) == 2
    assert "china (50 %), all of russia, china together (50 %)" in said[1]


def test_where_no_area_is_at_stake_interceptors_are_the_price():
    plan = Outcome(LimitSet("plan"), None, None, {"russia": 0.4})
    half = Outcome(LimitSet("half", (NUMBER,)), None, None, {"russia": 0.1}, 0.5)
    gone = Outcome(LimitSet("gone", (SLOWER,)), None, None, {"russia": 0.0}, 1.0)
    found = frontier([gone, plan, half], ["russia"])
    assert [point.set.id for point in found.points] == ["plan", "half", "gone"]
    assert found.knee is half
    (said,) = sentences([answer(found, 0.2, ["russia"])])
    assert "50 % of its interceptors (of the missiles considered it engages nothing here)" in said


def test_of_equal_outcomes_the_one_with_fewer_interceptors_lost_stands():
    plan = outcome("plan", 0.0, 0.5)
    many = Outcome(LimitSet("many", (NUMBER,)), 0.1, 0.1, {"russia": 0.1}, 0.9)
    few = Outcome(LimitSet("few", (WATERS,)), 0.1, 0.1, {"russia": 0.1}, 0.2)
    assert frontier([plan, many, few], ["russia"]).points[1] is few
    assert answer(frontier([plan, many, few], ["russia"]), 0.2, ["russia"]).outcome is few


def test_every_kind_says_by_which_means_it_could_be_seen_kept():
    for kind in Kind:
        means = means_of(kind)
        assert means
        for one in means:
            assert one.words
            assert one.by in {"from-outside", "provision", "none"}
            assert (one.provision is not None) == (one.by == "provision")
            # A judgement has author and reason, whatever else a source.
            assert (one.source is None) == (one.status == "judgement")
            assert (one.author is not None and one.reason is not None) == (one.source is None)
    sources = {source.id for source in load_catalog().sources()}
    assert {one.source for kind in Kind for one in means_of(kind) if one.source} <= sources


def test_a_limit_that_costs_nothing_is_the_answer_to_a_plan_it_dominates():
    found = frontier([outcome("plan", 0.0, 0.1), outcome("free", 0.0, 0.0, [WATERS])], ["russia"])
    assert [point.set.id for point in found.points] == ["free"]
    said = answer(found, 0.01, ["russia"])
    assert (said.kind, said.plan, said.outcome.set.id) == (MET, 0.1, "free")
    assert answer(found, 0.1, ["russia"]).kind == MOOT


def test_an_outcome_of_more_than_everything_is_refused():
    with pytest.raises(LimitError) as raised:
        outcome("plan", 0.0, 1.5)
    assert raised.value.field == "russia"
    with pytest.raises(LimitError):
        outcome("plan", float("nan"), 0.5)
