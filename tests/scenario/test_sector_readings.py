"""One agreement written once and read in each of the ways in which a sector may be meant."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "agreement"))
from four_parties import agreed, share

from longroad.base.errors import LongroadError
from longroad.scenario.agreement import Sector

ALL = "[launch-origin, overflight, defended-territory, interceptor-reach]"
SECTOR = "s: {kind: sector, party: ares, by: overflight, countries: [GRC]}"


def readings(*provisions, sectors_by=ALL):
    return agreed(*provisions, sectors_by=sectors_by).agreements[1:]


def refused(*provisions, sectors_by):
    with pytest.raises(LongroadError) as caught:
        readings(*provisions, sectors_by=sectors_by)
    assert caught.value.exit_status == 2
    assert len(caught.value.faults) == 1, [str(fault) for fault in caught.value.faults]
    return caught.value


def test_one_agreement_for_each_reading():
    found = readings(SECTOR, share("give", "ares", "bor"))
    assert [one.id for one in found] == [
        "it-by-launch-origin", "it-by-overflight", "it-by-defended-territory",
        "it-by-interceptor-reach",
    ]  # fmt: skip
    assert [one.of_kind(Sector)[0].by for one in found] == [
        "launch-origin", "overflight", "defended-territory", "interceptor-reach",
    ]  # fmt: skip
    assert len({one.name for one in found}) == 4
    # Everything else is the same, and so are the numbers, so that draws are shared.
    assert len({tuple(number.id for number in one.numbers) for one in found}) == 1
    assert found[0].numbers[0].id == "agreement.it.give.latency"
    assert all(one.provisions[1:] == found[0].provisions[1:] for one in found)


def test_without_the_word_it_is_read_as_written():
    (one,) = agreed(SECTOR).agreements[1:]
    assert one.id == "it"
    (only,) = readings(SECTOR, sectors_by="[overflight]")
    assert only.of_kind(Sector) == one.of_kind(Sector)


def test_launch_areas_beside_ground_count_for_the_launch_origin_alone():
    by_launch, by_flight = readings(
        "s: {kind: sector, party: ares, by: launch-origin, launch_areas: [north], "
        "countries: [GRC]}",
        sectors_by="[launch-origin, overflight]",
    )
    assert [area.id for area in by_launch.of_kind(Sector)[0].region.launch_areas] == ["north"]
    assert by_flight.of_kind(Sector)[0].region.launch_areas == ()
    assert by_flight.of_kind(Sector)[0].region.countries == ("GRC",)


@pytest.mark.parametrize(
    ("provision", "by", "field", "what", "expected", "nearest"),
    [
        (SECTOR, "[overflights]", "[0]", "'overflights' is not a reading", "launch-origin",
            "overflight"),
        (SECTOR, "[3]", "[0]", "3 is not a reading", "launch-origin", None),
        (SECTOR, "[overflight, overflight]", "[1]", "listed twice", "each reading once", None),
        (SECTOR, "[]", "", "nothing stands here", "readings of its sectors", None),
        (SECTOR, "", "", "the value is missing", "readings of its sectors", None),
        (SECTOR, "overflight", "", "is not a list", "a list", None),
        ("l: {kind: limit, party: ares, on: no-intercept, countries: [GRC]}", "[overflight]", "",
            "has no sector to read", "kind: sector", None),
        ("s: {kind: sector, party: ares, by: launch-origin, launch_areas: [north]}",
            "[launch-origin, overflight]", "[1]", "is made of launch areas", "launch-origin", None),
    ],
)  # fmt: skip
def test_what_cannot_be_read_so_is_refused(provision, by, field, what, expected, nearest):
    error = refused(provision, sectors_by=by)
    assert what in error.what
    assert error.field == f"agreements.it.sectors_by{field}"
    assert expected in error.expected
    assert error.nearest == nearest
    assert error.line is not None


def test_sectors_that_meet_only_when_read_alike_are_refused_with_both_places():
    error = refused(
        "s: {kind: sector, party: ares, by: launch-origin, countries: [GRC]}",
        "t: {kind: sector, party: bor, by: overflight, countries: [GRC]}",
        sectors_by="[overflight, defended-territory]",
    )
    assert "share Greece" in error.what
    assert "agreements.it.provisions.s" in error.what
    assert error.field == "agreements.it.provisions.t"


def test_an_id_that_a_reading_takes_is_refused():
    with pytest.raises(LongroadError) as caught:
        agreed(
            SECTOR + "\n  it-by-overflight: {members: [ares, bor]}",
            sectors_by="[overflight]",
        )
    assert "is also what 'it'" in caught.value.what
    assert caught.value.field == "agreements.it-by-overflight"
