"""Who may fire where: consent, sectors by four readings, forbidden ground, limits, allocation."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from four_parties import agreed, late

from longroad.agreement import best, derive, with_sectors_by
from longroad.scenario.agreement import Sector

READINGS = ("launch-origin", "overflight", "defended-territory", "interceptor-reach")


def authority(variant, party, agreement=1):
    return derive(variant, variant.agreements[agreement]).authority[party]


def test_without_a_provision_a_party_decides_alone_everywhere():
    variant = agreed()
    for party in ("ares", "bor", "cadmos", "doris"):
        found = authority(variant, party)
        assert (found.mode, found.asks, found.forbidden, found.duties) == ("own", (), (), ())
        assert (found.delay_s(best), found.consent(best)) == (0.0, 1.0)
        assert found.limits.greatest_speed_m_s("land") == math.inf
        assert found.limits.remote
        assert found.key == authority(variant, party, agreement=0).key


def test_saying_that_each_decides_alone_changes_nothing():
    variant = agreed(
        "own: {kind: authority, party: [ares, bor], mode: own}",
        "rules: {kind: authority, party: cadmos, mode: rules}",
        "alone: {kind: allocate, members: [ares, bor], how: independent}",
    )
    for party in ("ares", "bor", "cadmos"):
        assert authority(variant, party).key == authority(variant, party, agreement=0).key
    assert authority(variant, "cadmos").mode == "rules"


def test_concurrence_takes_time_and_may_fail():
    variant = agreed(
        "say: {kind: authority, party: bor, mode: concurrence, of: [ares, cadmos], delay: "
        + late(90) + ", probability: {best: 0.25, status: unverified, source: nrc-2012}}",
    )  # fmt: skip
    found = authority(variant, "bor")
    assert [party.id for party in found.asks] == ["ares", "cadmos"]
    assert (found.delay_s(best), found.consent(best)) == (90.0, 0.25)
    draws = np.array([10.0, 20.0])
    assert found.delay_s(lambda number: draws).tolist() == [10.0, 20.0]
    numbers = {number.id for number in derive(variant, variant.agreements[1]).quantities}
    assert numbers == {"agreement.it.say.delay", "agreement.it.say.probability"}


@pytest.mark.parametrize("by", READINGS)
def test_an_exclusive_sector_keeps_the_other_members_out(by):
    variant = agreed(f"s: {{kind: sector, party: ares, by: {by}, countries: [GRC]}}")
    owner, other = authority(variant, "ares"), authority(variant, "bor")
    assert owner.forbidden == ()
    assert [(zone.by, zone.provision) for zone in owner.duties] == [(by, "s")]
    assert [(zone.by, zone.provision, zone.owner.id) for zone in other.forbidden] == [
        (by, "s", "ares")
    ]
    athens, ankara = np.radians([38.0, 39.9]), np.radians([23.7, 32.9])
    assert other.forbidden[0].region.contains(athens, ankara).tolist() == [True, False]


def test_a_sector_that_is_not_exclusive_is_a_duty_only():
    variant = agreed(
        "s: {kind: sector, party: ares, by: overflight, countries: [GRC], exclusive: false}"
    )
    assert authority(variant, "bor").forbidden == ()
    assert len(authority(variant, "ares").duties) == 1


def test_a_sector_does_not_bind_who_is_no_member():
    from four_parties import BASE

    two = BASE.replace("[ares, bor, cadmos, doris]", "[ares, bor]")
    variant = agreed("s: {kind: sector, party: ares, by: overflight, countries: [GRC]}", base=two)
    assert authority(variant, "bor").forbidden
    assert authority(variant, "doris").forbidden == ()


def test_all_sectors_may_be_read_in_each_of_the_four_ways():
    variant = agreed(
        "one: {kind: sector, party: ares, by: overflight, countries: [GRC]}",
        "two: {kind: sector, party: bor, by: launch-origin, launch_areas: [north]}",
    )
    for by in READINGS:
        read = with_sectors_by(variant.agreements[1], by)
        assert [s.by for s in read.of_kind(Sector)] == [by, "launch-origin"]
        zones = derive(variant, read).authority["cadmos"].forbidden
        assert [zone.by for zone in zones] == [by, "launch-origin"]
    assert variant.agreements[1].of_kind(Sector)[0].by == "overflight"


def test_a_sector_by_launch_origin_holds_launch_areas_by_name_or_by_place():
    variant = agreed(
        "one: {kind: sector, party: ares, by: launch-origin, launch_areas: [north]}",
        "two: {kind: sector, party: bor, by: launch-origin, exclusive: false, countries: [IRN]}",
    )
    north, west = variant.launch_areas
    named = authority(variant, "ares").duties[0].region
    assert (named.holds(north), named.holds(west)) == (True, False)
    placed = authority(variant, "bor").duties[0].region
    assert (placed.holds(north), placed.holds(west)) == (True, True)


def test_ground_above_which_nothing_is_intercepted_is_a_partners_territory():
    variant = agreed("over: {kind: limit, party: bor, on: no-intercept, territory_of: [ares]}")
    (zone,) = authority(variant, "bor").forbidden
    assert (zone.by, zone.provision) == ("interceptor-reach", "over")
    assert zone.region.countries == ("GRC", "BGR")
    assert authority(variant, "cadmos").forbidden == ()


@pytest.mark.parametrize(
    ("corners", "inside", "outside"),
    [
        ("[[50 deg, 170 deg], [70 deg, 170 deg], [70 deg, -170 deg], [50 deg, -170 deg]]",
         (60, 179), (60, 160)),
        ("[[80 deg, 0 deg], [80 deg, 120 deg], [80 deg, -120 deg]]", (89, 45), (70, 45)),
        ("[[-80 deg, 0 deg], [-80 deg, 120 deg], [-80 deg, 240 deg]]", (-89, 45), (-70, 45)),
    ],
)  # fmt: skip
def test_sectors_across_the_antimeridian_and_around_a_pole(corners, inside, outside):
    variant = agreed(f"s: {{kind: sector, party: ares, by: overflight, area: {corners}}}")
    region = authority(variant, "bor").forbidden[0].region
    assert region.contains(*np.radians(inside))
    assert not region.contains(*np.radians(outside))


def test_limits_by_where_batteries_stand():
    variant = agreed(
        "land: {kind: limit, party: bor, on: burnout-speed, at_most: 5.5 km/s, basing: land}",
        "sea: {kind: limit, party: bor, on: burnout-speed, at_most: 4.5 km/s, basing: sea}",
        "number: {kind: limit, party: bor, on: number, at_most: 44}",
        "few: {kind: limit, party: bor, on: number, at_most: 10, basing: sea}",
        "out: {kind: limit, party: bor, on: keep-out, countries: [POL]}",
        "waters: {kind: limit, party: bor, on: patrol-area, patrol_areas: [aegean]}",
        "remote: {kind: limit, party: bor, on: remote-engagement}",
    )
    limits = authority(variant, "bor").limits
    assert limits.greatest_speed_m_s("land") == 5500.0
    assert limits.greatest_speed_m_s("sea") == 4500.0
    assert limits.greatest_number() == 44
    assert limits.greatest_number("sea") == 10
    assert limits.greatest_number("land") == 44
    assert not limits.remote
    assert limits.keep_out[0].contains(*np.radians((52.0, 21.0)))
    aegean = limits.closed_waters[0]
    assert aegean.contains(*np.radians((37.5, 25.0)))
    assert not aegean.contains(*np.radians((37.5, 27.0)))
    assert authority(variant, "ares").limits.limits == ()


def test_who_assigns_objects_with_whom():
    variant = agreed("all: {kind: allocate, members: [ares, bor, cadmos], how: joint}")
    found = authority(variant, "bor").allocation
    assert [(party.id, how) for party, how in found] == [("ares", "joint"), ("cadmos", "joint")]
    assert authority(variant, "doris").allocation == ()
