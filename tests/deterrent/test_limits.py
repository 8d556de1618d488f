"""Limits, the frontier between their cost and the concern, its knee, and answers."""

from __future__ import annotations

import pytest

from longroad.deterrent import (
    LimitError,
    LimitSet,
    Outcome,
    answer,
    frontier,
    limit_sets,
    read_limit,
    search,
)

SPEED = read_limit("nato", "burnout-speed", "4.5 km/s")
SLOWER = read_limit("nato", "burnout-speed", "3 km/s")
NUMBER = read_limit("nato", "number", "100")
WATERS = read_limit("nato", "patrol-area", ["Barents Sea", "Norwegian Sea"])


def outcome(id, cost, worry, limits=(), shots=0.0, **more):
    return Outcome(LimitSet(id, tuple(limits)), cost, shots, {"russia": worry, **more})


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
    with pytest.raises(LimitError, match="twice"):
        LimitSet("both", (SPEED, SLOWER))


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
        return Outcome(limits, 0.1 * len(kinds), 0.2 * len(kinds), {"russia": worry})

    sets = limit_sets((SPEED, NUMBER), 2)
    found = search(sets, evaluate, ["russia"])
    assert asked == [one.id for one in sets]
    said = answer(found, 0.06)
    assert "leaves 5 %: nato: no interceptor faster than 4.5 km/s" in said
    assert "10 % of its engageable area" in said
    assert "20 % of its interceptors" in said
    assert "seen in flight tests" in said
    assert "no limit is needed" in answer(found, 0.25)
    assert "None of the sets" in answer(found, 0.001)
    assert "no more than 100 interceptors" in answer(found, 0.001)


def test_a_limit_that_costs_nothing_is_the_answer_to_a_plan_it_dominates():
    found = frontier([outcome("plan", 0.0, 0.1), outcome("free", 0.0, 0.0, [WATERS])], ["russia"])
    assert [point.set.id for point in found.points] == ["free"]
    said = answer(found, 0.01)
    assert "Without limits the defences take 10 %" in said
    assert "It costs the defence 0 %" in said
    assert "no limit is needed" in answer(found, 0.1)


def test_an_outcome_of_more_than_everything_is_refused():
    with pytest.raises(LimitError) as raised:
        outcome("plan", 0.0, 1.5)
    assert raised.value.field == "russia"
    with pytest.raises(LimitError):
        outcome("plan", float("nan"), 0.5)
