"""What the limits of an agreement leave of a party's batteries, and how pairs assign objects."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from four_parties import BASE, agreed

from longroad.agreement import Circumstances, derive

# In this order: 24 on land, 10 at sea, 8 at sea, 30 on land.
FOUR = BASE.replace(
    "agreements:",
    "  b-ship: {owner: bor, interceptor: interceptor/sm3-iia, number: 10,\n"
    "    at: site/patrol-aegean, own_radar: b-sea, mode: engage-on-remote}\n"
    "  b-other: {owner: bor, interceptor: interceptor/sm3-ib, number: 8,\n"
    "    at: site/patrol-adriatic, own_radar: b-other-sea, mode: launch-on-remote}\n"
    "  b-north: {owner: bor, interceptor: interceptor/sm3-iib, number: 30, at: site/redzikowo,\n"
    "    own_radar: b-radar, mode: engage-on-remote}\n"
    "  a-battery: {owner: ares, interceptor: interceptor/sm3-iib, number: 5, at: site/redzikowo,\n"
    "    mode: engage-on-remote}\n"
    "agreements:",
).replace(
    "batteries:",
    "  b-sea: {owner: bor, sensor: sensor/an-spy-1-ship, at: site/patrol-aegean}\n"
    "  b-other-sea: {owner: bor, sensor: sensor/an-spy-1-ship, at: site/patrol-adriatic}\n"
    "batteries:",
)  # fmt: skip
ALL = {"b-battery": 24, "b-ship": 10, "b-other": 8, "b-north": 30}


def left(*provisions, party="bor", **day):
    variant = agreed(*provisions, base=FOUR)
    return derive(variant, variant.agreements[1], Circumstances(**day)).authority[party]


def numbers(found):
    return {one.battery: one.number for one in found.deployed}


def test_without_limits_everything_stands():
    found = left()
    assert numbers(found) == ALL
    assert [one.basing for one in found.deployed] == ["land", "sea", "sea", "land"]
    assert all(one.by is None and one.on for one in found.deployed)
    assert left(party="doris").deployed == ()
    with pytest.raises(KeyError):
        found.left("a-battery")


@pytest.mark.parametrize(
    ("most", "basing", "kept"),
    [
        (72, "all", ALL),
        (71, "all", ALL | {"b-north": 29}),
        (34, "all", ALL | {"b-other": 0, "b-north": 0}),
        (0, "all", dict.fromkeys(ALL, 0)),
        (24, "land", ALL | {"b-north": 0}),
        (12, "sea", ALL | {"b-other": 2}),
    ],
)
def test_a_number_is_kept_in_the_order_of_the_scenario(most, basing, kept):
    found = left(f"n: {{kind: limit, party: bor, on: number, at_most: {most}, basing: {basing}}}")
    assert numbers(found) == kept
    for one in found.deployed:
        assert one.by == ("number" if one.number < ALL[one.battery] else None)
        assert one.on == (one.number > 0)
    assert numbers(
        left(f"n: {{kind: limit, party: bor, on: number, at_most: {most}}}", party="ares")
    ) == {"a-battery": 5}


def test_two_numbers_hold_at_once():
    found = left(
        "all: {kind: limit, party: bor, on: number, at_most: 40}",
        "sea: {kind: limit, party: bor, on: number, at_most: 4, basing: sea}",
    )
    assert numbers(found) == {"b-battery": 24, "b-ship": 4, "b-other": 0, "b-north": 12}
    said = [one.provisions for one in found.deployed]
    assert said == [(), ("sea",), ("sea",), ("all",)]


def test_all_that_a_battery_breaks_is_named():
    found = left(
        "slow: {kind: limit, party: bor, on: burnout-speed, at_most: 4.5 km/s, basing: land}",
        "out: {kind: limit, party: bor, on: keep-out, countries: [POL]}",
        "none: {kind: limit, party: bor, on: number, at_most: 0, basing: sea}",
    )
    assert found.left("b-north").provisions == ("slow", "out")
    assert found.left("b-north").by == "burnout-speed"
    assert found.left("b-ship").provisions == ("none",)


def test_what_breaks_another_limit_is_not_counted():
    found = left(
        "slow: {kind: limit, party: bor, on: burnout-speed, at_most: 4.5 km/s, basing: land}",
        "closed: {kind: limit, party: bor, on: patrol-area, patrol_areas: [aegean]}",
        "n: {kind: limit, party: bor, on: number, at_most: 30}",
    )
    assert numbers(found) == {"b-battery": 24, "b-ship": 0, "b-other": 6, "b-north": 0}
    assert [one.by for one in found.deployed] == [None, "patrol-area", "number", "burnout-speed"]
    assert [one.provisions for one in found.deployed] == [(), ("closed",), ("n",), ("slow",)]


def test_ground_is_closed_to_land_and_sea_and_waters_to_ships_alone():
    out = left("out: {kind: limit, party: bor, on: keep-out, countries: [ROU, POL]}")
    assert numbers(out) == {"b-battery": 0, "b-ship": 10, "b-other": 8, "b-north": 0}
    assert out.left("b-north").by == "keep-out"
    area = "area: [[30 deg, 10 deg], [30 deg, 30 deg], [60 deg, 30 deg], [60 deg, 10 deg]]"
    waters = left(f"w: {{kind: limit, party: bor, on: patrol-area, {area}}}")
    assert numbers(waters) == {"b-battery": 24, "b-ship": 0, "b-other": 0, "b-north": 30}


def test_no_engagement_on_other_sensors_alone_changes_how_batteries_engage():
    assert [one.mode for one in left().deployed] == [
        "launch-on-remote", "engage-on-remote", "launch-on-remote", "engage-on-remote",
    ]  # fmt: skip
    found = left("r: {kind: limit, party: bor, on: remote-engagement}")
    assert {one.mode for one in found.deployed} == {"launch-on-remote"}
    assert numbers(found) == ALL


def test_defences_that_wait_are_off_until_the_condition_is_met():
    wait = "w: {kind: limit, party: bor, on: activation, condition: a proof}"
    assert numbers(left(wait)) == ALL
    off = left(wait, conditions_met=False)
    assert numbers(off) == dict.fromkeys(ALL, 0)
    assert {one.by for one in off.deployed} == {"activation"}


def test_every_pair_has_its_way_of_assigning_objects():
    variant = agreed(
        "two: {kind: allocate, members: [ares, bor], how: joint}",
        "more: {kind: allocate, members: [bor, cadmos], how: deconflicted}",
    )
    found = derive(variant, variant.agreements[1])
    pairs = {
        ("ares", "bor"): "joint", ("bor", "cadmos"): "deconflicted",
        ("ares", "cadmos"): "independent", ("ares", "doris"): "independent",
    }  # fmt: skip
    for (one, other), how in pairs.items():
        assert found.allocation(one, other) == found.allocation(other, one) == how
    nothing = derive(variant, variant.agreements[0])
    assert nothing.allocation("ares", "bor") == "independent"
