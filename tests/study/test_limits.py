"""Limits of a study: what they leave, what they cost, and whose concern they meet."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from itertools import pairwise, permutations
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from reach_case import case

from longroad.base.errors import LongroadError, UsageError
from longroad.base.quantity import Disputed
from longroad.commands.limits_input import limit_of
from longroad.deterrent import LimitError, LimitSet, limit_sets, read_limit
from longroad.scenario import load, loads
from longroad.study import growth_of, limits
from longroad.study.columns import adopted
from longroad.study.growth import STEPS, grown
from longroad.study.limits_apply import default_limits, limited, speeds_of_1997
from longroad.study.limits_assume import STRONGEST, strongest, worlds
from longroad.study.limits_search import NO_CHANGE, search_limits, sets_of
from longroad.study.limits_world import DRAWS, rivals_of

PACK = load("epaa-2011")
NORTH = PACK.variant("ships-north")
US, RU, NATO = "united-states", "russia", "nato"
LATE, FIRST = "default.reach.late_delay", "default.reach.first_delay"


@cache
def scenario():
    return loads(case(US, RU), "reach-case.yaml")


@cache
def coarse():
    """Phase III of the pack on coarse cells, against its two nearest missiles and Russia alone."""
    variant = PACK.variant("phase-3")
    groups = tuple(g for g in variant.trajectories if g.id == "russia-icbm-europe")
    variant = replace(variant, threats=variant.threats[:2], trajectories=groups)
    return replace(PACK, grid=replace(PACK.grid, ensemble=2), variants=(variant,))


def searched(*chosen, party=US):
    """Sets of limits on one party's defence, in the order given; the first has none.

    NATO's is that of the pack, any other's that of the small case, which engages nothing.
    """
    whole = coarse() if party == NATO else scenario()
    variant = whole.variants[0]
    sets = tuple(LimitSet(f"l{k}", one) for k, one in enumerate(((), *chosen)))
    return search_limits(whole, variant, party, rivals_of(whole, variant, party), sets, 1)


def told(row):
    """All numbers of a row."""
    return (row.area_lost, row.shots_lost, row.interceptors_lost, row.concern, row.concerns)


def under(variant, *chosen):
    """The batteries that limits leave, by id: number and mode."""
    left = limited(variant, LimitSet("one", tuple(chosen)))
    return {one.id: (one.number, one.mode) for one in left.batteries if one.owner.id == NATO}


def test_what_each_limit_leaves():
    whole = under(NORTH)
    assert len(whole) == 8
    slow = under(NORTH, read_limit(NATO, "burnout-speed", "3 km/s"))
    assert set(slow) == {"deveselu"}
    assert under(NORTH, read_limit(NATO, "burnout-speed", "4.5 km/s")) == whole
    seas = read_limit(NATO, "patrol-area", ["barents-sea", "baltic"])
    assert set(whole) - set(under(NORTH, seas)) == {"ship-barents", "ship-baltic"}
    land = read_limit(NATO, "area", ["POL"])
    assert set(whole) - set(under(NORTH, land)) == {"redzikowo"}
    place = read_limit(NATO, "site", ["ship-baltic", "deveselu"])
    assert set(whole) - set(under(NORTH, place)) == {"ship-baltic", "deveselu"}
    launch = under(NORTH, read_limit(NATO, "remote-engagement", "launch"))
    assert {mode for _, mode in launch.values()} == {"launch-on-remote"}
    none = under(NORTH, read_limit(NATO, "remote-engagement", "none"))
    assert {mode for _, mode in none.values()} == {"organic"}
    few = under(NORTH, read_limit(NATO, "number", "25"))
    assert sum(number for number, _ in few.values()) == 25
    assert list(few)[:2] == list(whole)[:2]


def test_limits_leave_other_parties_alone_and_name_what_is_not_there():
    left = limited(NORTH, LimitSet("one", (read_limit(NATO, "number", "0"),)))
    assert {one.owner.id for one in left.batteries} == {RU, US}
    for limit, nearest in (
        (read_limit("natto", "number", "5"), NATO),
        (read_limit(NATO, "patrol-area", "barents-see"), "barents-sea"),
        (read_limit(NATO, "area", "POLL"), "POL"),
        (read_limit(NATO, "site", "redzikow"), "redzikowo"),
    ):
        with pytest.raises(LimitError) as raised:
            limited(NORTH, LimitSet("one", (limit,)))
        assert raised.value.nearest == nearest
        assert raised.value.field


def test_the_order_of_limits_in_a_set_changes_nothing():
    chosen = (
        read_limit(NATO, "number", "31"),
        read_limit(NATO, "area", ["ROU"]),
        read_limit(NATO, "remote-engagement", "launch"),
        read_limit(NATO, "patrol-area", ["baltic"]),
    )
    left = [limited(NORTH, LimitSet("one", order)).batteries for order in permutations(chosen)]
    assert all(one == left[0] for one in left)


def test_default_limits_change_something_and_the_speeds_of_1997_stand_all_the_same():
    words = [one.words for one in default_limits(PACK.variant("phase-1"), NATO)]
    assert not any("4.5 km/s" in word for word in words)
    defaults = default_limits(NORTH, US)
    assert any("5.5 km/s" in one.words for one in defaults)
    assert [one.value for one in speeds_of_1997(US)] == [3000.0, 4500.0, 5500.0]
    sets = sets_of(NATO, default_limits(PACK.variant("phase-1"), NATO), 2)
    for speed in speeds_of_1997(NATO):
        assert [one.limits for one in sets].count((speed,)) == 1
    assert len({one.id for one in sets}) == len(sets)


def test_no_limits_is_no_change_exactly_and_a_limit_that_changes_nothing_says_so():
    idle = read_limit(NATO, "burnout-speed", "9 km/s")
    plan, same = searched((idle,), party=NATO).rows
    assert plan.concern > 0.0
    assert (plan.words, plan.interceptors_lost) == ("no limit", 0.0)
    assert (plan.area_lost.best, plan.area_lost.epistemic_p05) == (0.0, 0.0)
    assert (plan.shots_lost.best, plan.shots_lost.epistemic_p95) == (0.0, 0.0)
    assert same.standing == NO_CHANGE
    assert told(same) == told(plan)


def test_a_tighter_limit_never_raises_area_shots_or_concern():
    """On the same random numbers, in every posture, draw intervals and assumption set."""
    for kind, values in (
        ("number", ("88", "70", "44", "24", "7", "1", "0")),
        ("burnout-speed", ("5 km/s", "4 km/s", "2 km/s")),
        ("site", (["redzikowo"], ["redzikowo", "ship-aegean"])),
        ("area", (["POL"], ["POL", "ROU"])),
    ):
        rows = searched(*((read_limit(NATO, kind, one),) for one in values), party=NATO).rows
        for looser, tighter in pairwise(rows):
            assert tighter.area_lost.best >= looser.area_lost.best
            assert tighter.shots_lost.best >= looser.shots_lost.best
            assert tighter.interceptors_lost >= looser.interceptors_lost
            for before, after in zip(looser.concerns, tighter.concerns, strict=True):
                assert (before.owner, before.assumptions) == (after.owner, after.assumptions)
                for wide, narrow in zip(before.postures, after.postures, strict=True):
                    assert narrow.best <= wide.best
                    assert narrow.epistemic_p95 <= wide.epistemic_p95


def test_what_is_out_of_reach_is_no_concern_exactly():
    found = searched((read_limit(US, "number", "0"),)).rows[1]
    for concern in found.concerns:
        assert concern.towards is None
        for figure in concern.postures:
            assert (figure.best, figure.epistemic_p05, figure.epistemic_p95) == (0.0, 0.0, 0.0)
    assert found.concern == 0.0


def test_a_set_takes_no_less_than_its_parts():
    poland, romania = read_limit(NATO, "area", ["POL"]), read_limit(NATO, "site", ["deveselu"])
    remote = read_limit(NATO, "remote-engagement", "none")
    chosen = ((poland,), (romania,), (poland, romania), (remote,), (poland, remote))
    _, one, other, both, blind, last = searched(*chosen, party=NATO).rows
    assert both.area_lost.best >= max(one.area_lost.best, other.area_lost.best)
    assert both.shots_lost.best >= max(one.shots_lost.best, other.shots_lost.best)
    assert both.concern <= min(one.concern, other.concern)
    assert last.area_lost.best >= max(one.area_lost.best, blind.area_lost.best)
    assert blind.interceptors_lost == 0.0
    assert blind.area_lost.best > 0.5  # ships far from their sensors engage little by themselves


def test_a_defence_that_engages_nothing_is_priced_by_its_interceptors():
    plan, half = searched((read_limit(US, "number", "5"),)).rows
    assert plan.area_lost is None
    assert half.shots_lost is None
    assert half.interceptors_lost == 0.5


def test_concerns_are_told_by_adopted_and_by_the_owners_own_assumptions():
    (plan,) = searched().rows
    assert [(one.owner, one.assumptions) for one in plan.concerns] == [
        (RU, "adopted"),
        (RU, STRONGEST),
    ]
    usual, own = plan.concerns
    # 9 km/s launched 60 s after ignition reach more than 6.3 km/s after 300 s.
    assert own.best > usual.best
    assert plan.concern == own.best
    assert own.share is own.postures[2 if own.posture == "day-to-day-launch-under-attack" else 3]
    assert own.share.epistemic_p05 < own.share.epistemic_p95
    assert all(0.0 <= one.best <= 1.0 for one in (*usual.postures, *own.postures))


def test_the_strongest_claims_are_made_alike_and_a_set_that_is_held_comes_before_them():
    variant = scenario().variants[0]
    quick = strongest(variant, US)
    speed = variant.quantity("interceptor.gbi-two-stage.burnout_speed")
    assert isinstance(speed, Disputed)
    assert adopted(speed).best == 6300.0
    assert quick.quantity(speed.id).best == 9000.0
    assert quick.quantity(LATE).best == adopted(variant.quantity(FIRST)).best
    assert strongest(variant, RU).quantity(speed.id) is speed  # Russia has no such interceptor
    assert list(worlds(variant, US, [RU])) == ["adopted", STRONGEST]


def test_either_party_can_be_limited():
    here = searched(party=RU).rows[0]
    assert {one.owner for one in here.concerns} == {US}


def test_a_defence_that_reaches_is_limited_at_a_cost():
    found = limits(scenario(), party=US, delay_s=60.0, most=1, workers=1)
    plan = found.rows[0]
    assert plan.concern > 0.0
    slow = next(row for row in found.rows if "3 km/s" in row.words)
    assert (slow.concern, slow.interceptors_lost) == (0.0, 1.0)
    half = next(row for row in found.rows if "no more than 5" in row.words)
    assert half.interceptors_lost == 0.5
    assert 0.0 < half.concern < plan.concern
    # The place that reaches is named as a limit of its own, and is all there is.
    away = next(row for row in found.rows if "no interceptors at north" in row.words)
    assert away.concern == 0.0
    assert {one.kind for one in found.answers} == {"met"}
    late = limits(scenario(), party=US, delay_s=500.0, most=1, workers=1)
    assert late.rows[0].concern <= plan.concern


def test_limits_that_are_asked_for():
    chosen = (read_limit(US, "number", "3"), read_limit(US, "number", "7"))
    found = limits(scenario(), party=US, chosen=chosen, workers=1)
    assert [row.words.rpartition(": ")[2] for row in found.rows] == [
        "no limit",
        "no more than 3 interceptors",
        "no more than 7 interceptors",
    ]
    pair = (chosen[0], read_limit(US, "remote-engagement", "none"))
    together = limits(scenario(), party=US, chosen=pair, together=True, workers=1)
    assert [len(row.limits) for row in together.rows] == [0, 2]
    with pytest.raises(LimitError, match="twice"):
        limits(scenario(), party=US, chosen=chosen, together=True)
    with pytest.raises(LimitError, match="another party"):
        limits(scenario(), party=US, chosen=(read_limit(RU, "number", "7"),))


def test_what_cannot_be_asked_is_refused():
    for wrong, nearest in (
        ({"party": "untied-states"}, US),
        ({"party": US, "concern": "rusia"}, RU),
        ({"party": US, "towards": "USAA"}, "USA"),
        ({"party": US, "grow": "mor"}, "more"),
    ):
        with pytest.raises(UsageError) as raised:
            limits(scenario(), **wrong)
        assert raised.value.nearest == nearest
        assert raised.value.field
    with pytest.raises(UsageError, match="is the party limited"):
        limits(scenario(), party=US, concern=US)
    with pytest.raises(UsageError, match="has no batteries"):
        limits(PACK, party="france")
    with pytest.raises(UsageError, match="ships stand for one at a time"):
        limits(PACK, party=NATO, grow="all")
    with pytest.raises(UsageError, match="delay"):
        limits(scenario(), delay_s=-1.0)
    with pytest.raises(UsageError, match="no other party"):
        limits(loads(case("alpha", "beta"), "reach-case.yaml"))
    bare = replace(scenario().variants[0], batteries=())
    with pytest.raises(UsageError, match="no batteries"):
        limits(replace(scenario(), variants=(bare,)))


def test_growth_is_mechanical():
    variant = PACK.variant("phase-3")
    own = [one for one in variant.batteries if one.owner.id == NATO]

    def built(step, party=NATO):
        return grown(PACK, variant, party, RU if party == NATO else US, step)

    assert built("present") is variant
    more = [one for one in built("more").batteries if one.owner.id == NATO]
    assert [one.number for one in more] == [2 * one.number for one in own]
    faster = built("faster")
    speeds = {
        one.interceptor.id: adopted(faster.of(one.interceptor, "burnout_speed")).best
        for one in faster.batteries
        if one.owner.id == NATO
    }
    assert set(speeds.values()) == {5500.0}
    anywhere = built("anywhere")
    ships = [one for one in anywhere.batteries if one.id.startswith("ship-anywhere")]
    assert len(ships) == len(variant.patrol_areas)
    for area, ship in zip(variant.patrol_areas, ships, strict=True):
        box, at = area.within, ship.position
        assert box.south_rad <= at.latitude_rad <= box.north_rad
        assert ship.owner.id == NATO
        assert ship.number == 10
    # A party without ships gets none, and its interceptors that are faster stay as they are.
    assert built("anywhere", RU).batteries == variant.batteries
    assert built("faster", US).batteries == variant.batteries
    gbi = "interceptor.gbi-three-stage.burnout_speed"
    assert built("faster", US).quantity(gbi) == variant.quantity(gbi)


def test_limits_that_are_idle_today_bind_growth():
    rows = growth_of(scenario(), party=US, workers=1)
    known = {(one.step, one.limits, one.concern.assumptions): one for one in rows}
    freeze = f"{US}: no more than 10 interceptors"
    assert [step for step in STEPS if known[step, freeze, "adopted"].binds] == ["more", "all"]
    plan, more = (known[step, "no limit", "adopted"] for step in ("present", "more"))
    assert (plan.number, more.number) == (10, 20)
    assert more.concern.best > plan.concern.best
    # Twice as many under a limit to today's number are today's defence.
    assert known["more", freeze, "adopted"].concern == plan.concern
    # It has no ships, and nothing slower than what growth would build.
    for step in ("anywhere", "faster"):
        assert (
            known[step, "no limit", STRONGEST].concern
            == known["present", "no limit", STRONGEST].concern
        )
    asked = limits(
        scenario(), party=US, grow="more", chosen=(read_limit(US, "number", "10"),), workers=1
    )
    assert asked.rows[1].interceptors_lost == 0.5
    assert asked.rows[1].concern == known["more", freeze, STRONGEST].concern.best


def test_draws_are_few_and_the_interval_is_theirs():
    assert DRAWS == 8
    (plan,) = searched().rows
    figure = plan.concerns[0].share
    assert figure.epistemic_p05 <= figure.epistemic_p95
    assert np.isfinite(figure.mc_se)
    assert len(limit_sets(default_limits(NORTH, NATO), 2)) > 30


@pytest.mark.parametrize(
    ("written", "field", "nearest"),
    [
        ("number", "--limit", None),
        ("=5", "--limit", None),
        ("burnout-speed=", "--limit", None),
        ("burnout-speed=4.5", "burnout-speed", None),
        ("number=4.5 km/s", "number", None),
        ("numbr=5", "kind", "number"),
        ("remote-engagement=lanch", "remote-engagement", "launch"),
    ],
)
def test_limits_are_written_as_kind_and_value(written, field, nearest):
    with pytest.raises(LongroadError) as raised:
        limit_of(NATO, written)
    assert raised.value.field == field
    assert raised.value.expected
    assert raised.value.nearest == nearest


def test_places_of_a_written_limit_are_divided_by_commas():
    assert limit_of(NATO, "area=POL, ROU") == read_limit(NATO, "area", ["POL", "ROU"])
    assert limit_of(NATO, "burnout-speed=4.5 km/s").value == 4500.0
