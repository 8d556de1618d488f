"""The typed layer of commit quality: what it hands to the kernel, and what a cue is worth when."""

import math

import numpy as np
import pytest

from longroad.catalog import load_catalog
from longroad.catalog.fields import TRACKING_GROUPS
from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.flight.arcs import solve_arcs
from longroad.flight.intervals import MOST
from longroad.sensing import commit
from longroad.sensing.radar import Visibility

NEVER = math.inf
ACCURACY = commit.Accuracy(16.0, 10.0, 6e-3, 3.0, 2e-4, 0.9, 2.0, 200.0)
ARCS = solve_arcs(
    *np.radians([[34.0, 34.0], [50.0, 50.0], [50.0, 41.0], [10.0, 29.0]]), 120.0, 100e3, 150e3
)


def found(cue=(10e3, 200.0, 0.0), cue_s=80.0, latency=5.0, latest=2000.0, basket=5e3):
    """Commit times of one radar in south-east Turkey that sees both arcs from 130 to 500 s."""
    position = geodetic_to_ecef(math.radians(38.35), math.radians(37.8), 0.0)
    intervals = np.zeros((2, 2, MOST, 2))
    intervals[:, :, 0] = 130.0, 500.0
    seen = Visibility(intervals, np.array([[1, 1], [0, 0]], dtype=np.int32))
    radars = commit.sensors([commit.sensor_row(position, 1500e3, ACCURACY)], [seen], 2)
    known = commit.Known(np.array([[cue_s]]), np.array([[latency]]), np.array([cue]))
    wanted = commit.Wanted(np.array([basket]), np.array([180.0]), np.full((1, 2), latest))
    return commit.commits(ARCS, radars, known, wanted)


def test_a_radar_is_known_by_the_range_at_which_the_ratio_is_one():
    """The ratio falls with the fourth power of distance: 16 at 1,500 km is 1 at 3,000 km."""
    row = commit.sensor_row(np.array([1.0, 2.0, 3.0]), 1500e3, ACCURACY)
    assert row.tolist() == [1.0, 2.0, 3.0, 3000e3, 10.0, 6e-3, 3.0, 2e-4, 0.45, 200.0]


def test_a_commit_follows_the_first_data():
    times = found()
    assert np.all(times.first_s == 135.0)
    assert np.all(times.commit_s >= times.first_s)
    assert np.all(np.isfinite(times.commit_s))


def test_a_cue_helps_from_when_it_arrives():
    """Before that it is not known; one that arrives late is as good as none until then."""
    none = found(cue=(NEVER, NEVER, NEVER)).commit_s
    early = found(cue=(3e3, 60.0, 0.0)).commit_s
    late = found(cue=(3e3, 60.0, 1900.0)).commit_s
    assert np.all(early <= none)
    assert np.any(early < none)
    assert np.array_equal(late, none)


def test_nothing_is_looked_for_after_the_latest_moment():
    assert np.all(found(latest=130.0).commit_s == NEVER)


def test_a_radar_that_is_never_told_has_no_data():
    times = found(cue_s=NEVER)
    assert np.all(times.first_s == NEVER)
    assert np.all(times.commit_s == NEVER)


def test_without_radars_nothing_is_known():
    radars = commit.sensors([], [], 2)
    known = commit.Known(np.zeros((1, 0)), np.zeros((1, 0)), np.array([[1e3, 10.0, 0.0]]))
    wanted = commit.Wanted(np.array([1e6]), np.array([0.0]), np.full((1, 2), 1e4))
    times = commit.commits(ARCS, radars, known, wanted)
    assert np.all(times.first_s == NEVER)
    assert np.all(times.commit_s == NEVER)


@pytest.mark.parametrize(("kind", "fact", "group"), [
    ("sensor", "band", "radar"), ("interceptor", "handover", "handover"),
])  # fmt: skip
def test_every_entry_has_a_class_with_numbers(kind, fact, group):
    for entry in load_catalog().entries(kind):
        if entry.facts.get("type") != "space-infrared":
            assert f"{group}-{entry.facts.get(fact)}" in TRACKING_GROUPS, entry.id
