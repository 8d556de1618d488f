"""Raids and doctrines: read as written, and refused with place, expectation and nearest word."""

from __future__ import annotations

from pathlib import Path

import pytest

import longroad.scenario
from longroad.base.errors import LongroadError
from longroad.catalog import load_catalog
from longroad.scenario import loads
from longroad.scenario.provenance import inputs
from longroad.scenario.raid import Doctrine

STARTER = (Path(longroad.scenario.__file__).parent / "starter" / "scenario.yaml").read_text("utf-8")
GROUNDS = "    ground: {status: judgement, author: The tests, reason: To see it read.}\n"
RAID = (
    "raids:\n"
    "  morning:\n"
    "    name: A first raid\n"
    "    objects:\n"
    "      - {threat: medium-range, at: [GRC, BGR], count: 6, spacing: 20 s, decoys: 1}\n"
    "      - {threat: medium-range, at: [place/bay], count: 2, first: 5 min, spread: 3 s}\n"
    "    then:\n"
    "      - {objects: [{threat: medium-range, at: [GRC], count: 4}], resupply: {ship: 4}}\n"
)


def variant_of(text: str):
    return loads(STARTER + text, "case.yaml", catalog=load_catalog()).variants[0]


def refused(text: str) -> list[str]:
    with pytest.raises(LongroadError) as caught:
        variant_of(text)
    assert caught.value.exit_status == 2
    found = getattr(caught.value, "faults", None) or [caught.value]
    return [str(fault) for fault in found]


def test_a_raid_is_read_as_written():
    (raid,) = variant_of(RAID + GROUNDS).raids
    first, second = raid.waves
    assert (raid.id, raid.name, raid.ground.status) == ("morning", "A first raid", "judgement")
    assert raid.objects == 6 * 2 + 2 + 4
    one, two = first.groups
    assert [aim.country for aim in one.aims] == ["GRC", "BGR"]
    assert (one.count, one.spacing_s, one.decoys, one.shape.id) == (6, 20.0, 1, "minimum-energy")
    assert [area.id for area in one.launch_areas] == ["far-away"]
    assert (two.first_s, two.spread_s, two.aims[0].position.reference) == (300.0, 3.0, "place/bay")
    assert second.resupply == {"ship": 4}


def test_a_battery_fires_as_it_says_then_as_its_owner_says():
    text = "doctrines:\n  home: {salvo: 2, later: shared}\n  ship: {reserve: 2, salvo: 1}\n"
    variant = variant_of(text)
    (ship,) = variant.batteries
    assert variant.doctrine(ship) == Doctrine(1, None, "shared", 2)
    assert variant_of("").doctrine(ship) == Doctrine()


def test_a_variant_may_change_a_raid():
    text = RAID + GROUNDS + "    note: From the first file.\n"
    changed = STARTER.replace(
        "    title: The ship alone\n",
        "    title: The ship alone\n    raids: {morning: {then: null}}\n",
    )
    both = loads(changed + text, "case.yaml", catalog=load_catalog()).variants
    assert [len(variant.raids[0].waves) for variant in both] == [2, 1]


def test_the_numbers_of_raids_count_only_where_there_is_one():
    without, with_ = (
        {q.id for q in inputs(variant_of(text)) if q.id.startswith("default.raid.")}
        for text in ("", RAID + GROUNDS)
    )
    assert without == set()
    assert "default.raid.decoy_taken" in with_


CASES = {
    "a raid without grounds": (RAID, "'ground' is missing", "raids.morning.ground"),
    "a judgement without author": (
        RAID + "    ground: {status: judgement}\n",
        "author and reason",
        None,
    ),
    "no objects": (
        "raids:\n  one:\n    objects: []\n" + GROUNDS,
        "nothing stands here",
        "raids.one.objects",
    ),
    "an unknown threat": (
        RAID.replace("threat: medium-range, at: [GRC],", "threat: medium-rang, at: [GRC],")
        + GROUNDS,
        "did you mean 'medium-range'?",
        "raids.morning.then[0].objects[0].threat",
    ),
    "too many objects": (
        RAID.replace("count: 6", "count: 1000") + GROUNDS,
        "at most 2,000",
        "raids.morning",
    ),
    "no missile": (RAID.replace("count: 6", "count: 0") + GROUNDS, "from 1 to 1000", None),
    "decoys below none": (RAID.replace("decoys: 1", "decoys: -1") + GROUNDS, "from 0 to 50", None),
    "a time without unit": (RAID.replace("20 s", "20") + GROUNDS, "unit", "spacing"),
    "a length of time": (RAID.replace("20 s", "20 km") + GROUNDS, "time", "spacing"),
    "a launch before the raid": (RAID.replace("5 min", "-5 min") + GROUNDS, "0 s or later", None),
    "an unknown country": (RAID.replace("[GRC, BGR]", "[GRC, BGX]") + GROUNDS, "'BGX'", "at[1]"),
    "a word for a country": (
        RAID.replace("[GRC, BGR]", "[grc]") + GROUNDS,
        "did you mean 'GRC'?",
        "at[0]",
    ),
    "another shape": (
        RAID.replace("count: 6", "count: 6, shape: {apogee: 900 km}") + GROUNDS,
        "has no shape 'apogee-900-km'",
        "shape",
    ),
    "another launch area": (
        RAID.replace("count: 6", "count: 6, from: [near]") + GROUNDS,
        "'near'",
        "from[0]",
    ),
    "resupply of nobody": (
        RAID.replace("{ship: 4}", "{shp: 4}") + GROUNDS,
        "did you mean 'ship'?",
        "resupply.shp",
    ),
    "negative resupply": (
        RAID.replace("{ship: 4}", "{ship: -4}") + GROUNDS,
        "a whole number from 0",
        "resupply.ship",
    ),
    "a doctrine of nobody": ("doctrines:\n  hme: {salvo: 1}\n", "did you mean 'home'?", None),
    "a salvo of none": ("doctrines:\n  home: {salvo: 0}\n", "from 1 to 100", "doctrines.home"),
    "a negative reserve": ("doctrines:\n  home: {reserve: -1}\n", "from 0", "doctrines.home"),
    "a field misspelt": ("doctrines:\n  home: {salvos: 2}\n", "did you mean 'salvo'?", None),
}


@pytest.mark.parametrize("name", CASES)
def test_refused_with_place_and_reason(name):
    text, said, field = CASES[name]
    faults = refused(text)
    assert len(faults) == 1, faults
    assert faults[0].startswith("case.yaml, line ")
    assert said in faults[0]
    assert field is None or field in faults[0]
