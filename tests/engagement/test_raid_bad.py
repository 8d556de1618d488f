"""Raids, forces and rules that make no sense are refused with the field at fault."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import raid_cases as cases

from longroad.base.errors import RaidError
from longroad.base.streams import philox_key
from longroad.engagement.proportion import wilson
from longroad.engagement.raid_run import simulate

KEY = philox_key(1, "bad")


def refused(make, field):
    with pytest.raises(RaidError) as raised:
        make()
    assert raised.value.field == field
    assert raised.value.exit_status == 2
    return str(raised.value)


def test_a_raid_without_objects():
    assert "no objects" in refused(lambda: cases.objects(0), "objects")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("inventory", -3),
        ("inventory", 2.5),
        ("reserve", -1),
        ("gap_s", -1.0),
        ("assessment_s", np.nan),
        ("kill", 1.5),
        ("salvo", [1, 2, 3]),
    ],
)
def test_a_force_that_makes_no_sense(field, value):
    refused(lambda: cases.force(**{field: value}), field)


def test_a_negative_number_is_named():
    assert "-3" in refused(lambda: cases.force(inventory=-3), "inventory")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"chance": [0.4]}, "chance"),
        ({"ready_s": np.full((1, 1, 1), np.nan)}, "ready_s"),
        ({"latest_s": np.inf}, "latest_s"),
        ({"meets_s": np.zeros((1, 1))}, "meets_s"),
        ({"ready_s": np.zeros((2, 1, 1))}, "ready_s"),
    ],
)
def test_opportunities_that_make_no_sense(changed, field):
    refused(lambda: replace(cases.opportunities(), **changed), field)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"consent": [1.2, 1.0]}, "consent"),
        ({"delay_s": [[2.0, 1.0], [0.0, 0.0]]}, "delay_s"),
        ({"asks_as": [0, 2]}, "asks_as"),
        ({"coordination": [[0, 1], [0, 0]]}, "coordination"),
        ({"coordination": [[0, 3], [3, 0]]}, "coordination"),
    ],
)
def test_rules_that_make_no_sense(changed, field):
    refused(lambda: cases.rules(2, **changed), field)


def test_a_raid_that_does_not_fit_into_memory():
    case = cases.plain(cases.objects(200_000), cases.force(inventory=10**6, salvo=10**5, rounds=10))
    said = refused(lambda: simulate(case.raids, case.arrangements, 1, KEY, 1), "objects")
    assert "200000 objects" in said
    assert "MiB" in said


def test_parts_that_do_not_fit_together():
    case = cases.plain(cases.objects(2), cases.force())
    other = cases.plain(cases.objects(2), cases.force(kind=1))
    both = [*case.arrangements, *other.arrangements]
    refused(lambda: simulate(case.raids, both, 1, KEY, 1), "arrangements")
    far = replace(case.raids[0], arc=np.array([0, 5]))
    refused(lambda: simulate([far], case.arrangements, 1, KEY, 1), "arc")
    refused(lambda: simulate(case.raids, case.arrangements, 0, KEY, 1), "territory")
    refused(lambda: simulate([], case.arrangements, 1, KEY, 1), "raids")
    refused(lambda: simulate(case.raids, case.arrangements, 1, KEY, 0), "replicates")
    rows = cases.plain(cases.objects(2), cases.force(reserve=[[1], [1]]))
    refused(lambda: simulate(rows.raids, rows.arrangements, 1, KEY, 1), "reserve")


def test_an_unknown_measure_has_a_nearest_name():
    case = cases.plain(cases.objects(2), cases.force())
    out = simulate(case.raids, case.arrangements, 1, KEY, 2)
    with pytest.raises(RaidError, match="did you mean 'leakers'"):
        out.index("leekers")


def test_a_test_record_that_is_none():
    with pytest.raises(RaidError):
        wilson(5, 4, 0.95)
