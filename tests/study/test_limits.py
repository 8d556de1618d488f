"""Limits of a study: what they leave, what they cost, and whose concern they meet."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from reach_case import case

from longroad.base.errors import UsageError
from longroad.deterrent import LimitError, LimitSet, read_limit
from longroad.scenario import load, loads
from longroad.study import limits
from longroad.study.limits_apply import default_limits, limited

PACK = load("epaa-2011")
NORTH = PACK.variant("ships-north")


def under(variant, *chosen):
    """The batteries that limits leave, by id: number and mode."""
    left = limited(variant, LimitSet("one", tuple(chosen)))
    return {one.id: (one.number, one.mode) for one in left.batteries if one.owner.id == "nato"}


def test_what_each_limit_leaves():
    whole = under(NORTH)
    assert len(whole) == 8
    slow = under(NORTH, read_limit("nato", "burnout-speed", "3 km/s"))
    assert set(slow) == {"deveselu"}
    assert under(NORTH, read_limit("nato", "burnout-speed", "4.5 km/s")) == whole
    seas = read_limit("nato", "patrol-area", ["barents-sea", "baltic"])
    assert set(whole) - set(under(NORTH, seas)) == {"ship-barents", "ship-baltic"}
    land = read_limit("nato", "area", ["POL"])
    assert set(whole) - set(under(NORTH, land)) == {"redzikowo"}
    launch = under(NORTH, read_limit("nato", "remote-engagement", "launch"))
    assert {mode for _, mode in launch.values()} == {"launch-on-remote"}
    none = under(NORTH, read_limit("nato", "remote-engagement", "none"))
    assert {mode for _, mode in none.values()} == {"organic"}
    few = under(NORTH, read_limit("nato", "number", "25"))
    assert sum(number for number, _ in few.values()) == 25
    assert list(few)[:2] == list(whole)[:2]


def test_limits_leave_other_parties_alone_and_name_what_is_not_there():
    left = limited(NORTH, LimitSet("one", (read_limit("nato", "number", "0"),)))
    assert {one.owner.id for one in left.batteries} == {"russia", "united-states"}
    for limit, nearest in (
        (read_limit("natto", "number", "5"), "nato"),
        (read_limit("nato", "patrol-area", "barents-see"), "barents-sea"),
        (read_limit("nato", "area", "POLL"), "POL"),
    ):
        with pytest.raises(LimitError) as raised:
            limited(NORTH, LimitSet("one", (limit,)))
        assert raised.value.nearest == nearest


def test_default_limits_change_something():
    words = [one.words for one in default_limits(PACK.variant("phase-1"), "nato")]
    assert not any("4.5 km/s" in word for word in words)
    assert any("eastern-mediterranean" in word for word in words)
    assert any(
        "5.5 km/s" in w for w in map(str, [o.words for o in default_limits(NORTH, "united-states")])
    )


def test_a_defence_that_reaches_is_limited_at_a_cost():
    """Ten interceptors of 6.3 km/s, launched early: a limit on speed removes both."""
    scenario = loads(case("united-states", "russia"), "reach-case.yaml")
    found, rows = limits(scenario, party="united-states", delay_s=60.0, most=1, workers=1)
    assert found.parties == ("russia",)
    plan = rows[0]
    assert (plan.words, plan.area_lost, plan.interceptors_lost) == ("no limit", 0.0, 0.0)
    assert plan.concern > 0.0
    slow = next(row for row in rows if "3 km/s" in row.words)
    assert (slow.concern, slow.interceptors_lost) == (0.0, 1.0)
    half = next(row for row in rows if "no more than 5" in row.words)
    assert half.area_lost == 0.0
    assert half.interceptors_lost == 0.5
    assert 0.0 < half.concern < plan.concern
    late, _ = limits(scenario, party="united-states", delay_s=500.0, most=1, workers=1)
    assert late.points[0].worst(["russia"]) <= plan.concern


def test_what_cannot_be_asked_is_refused():
    scenario = loads(case("united-states", "russia"), "reach-case.yaml")
    for wrong, nearest in (
        ({"party": "untied-states"}, "united-states"),
        ({"party": "united-states", "concern": "rusia"}, "russia"),
        ({"party": "united-states", "towards": "USAA"}, "USA"),
    ):
        with pytest.raises(UsageError) as raised:
            limits(scenario, **wrong)
        assert raised.value.nearest == nearest
    with pytest.raises(UsageError, match="delay"):
        limits(scenario, delay_s=-1.0)
    with pytest.raises(UsageError, match="no other party"):
        limits(loads(case("alpha", "beta"), "reach-case.yaml"))
    bare = replace(scenario.variants[0], batteries=())
    with pytest.raises(UsageError, match="no batteries"):
        limits(replace(scenario, variants=(bare,)))
