"""Tracks: the rule of start, cue and unbroken view, case by case and as properties."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longroad.flight.intervals import MOST
from longroad.sensing.radar import Visibility
from longroad.sensing.track import track
from longroad.sensing.track_kernel import unite_rows


def visibility(cued, search):
    """One arc: intervals in the cued range and in the search range."""
    intervals = np.zeros((2, 1, MOST, 2))
    count = np.zeros((2, 1), dtype=np.int32)
    for k, rows in enumerate((cued, search)):
        count[k, 0] = len(rows)
        for i, row in enumerate(rows):
            intervals[k, 0, i] = row
    return Visibility(intervals, count)


def times(cued, search, cue, needed=20.0):
    found = track(visibility(cued, search), cue, needed)
    return float(found.first_s[0]), float(found.quality_s[0])


@pytest.mark.parametrize(
    ("cued", "search", "cue", "expected"),
    [
        # The cue comes before the target is in range: the range decides.
        ([(100, 400)], [(200, 300)], 70.0, (100.0, 120.0)),
        # The cue comes while in cued range, before search would find it.
        ([(100, 400)], [(200, 300)], 150.0, (150.0, 170.0)),
        # Search finds it before the cue.
        ([(100, 400)], [(200, 300)], 250.0, (200.0, 220.0)),
        # No cue at all: search alone; and the track holds to the cued range.
        ([(100, 400)], [(290, 300)], math.inf, (290.0, 310.0)),
        # Never within search range, never cued.
        ([(100, 400)], [], math.inf, (math.inf, math.inf)),
        # Too short a look; the second one serves.
        ([(100, 110), (200, 400)], [], 50.0, (200.0, 220.0)),
        # Not long enough in view after the cue.
        ([(100, 160)], [], 145.0, (math.inf, math.inf)),
        # Out of view altogether.
        ([], [], 50.0, (math.inf, math.inf)),
    ],
)
def test_cases(cued, search, cue, expected):
    assert times(cued, search, cue) == expected


@given(
    opens=st.floats(0, 500), length=st.floats(0, 500), inset=st.floats(0, 0.5),
    cue=st.floats(0, 800), sooner=st.floats(0, 300), needed=st.floats(0, 60),
)  # fmt: skip
def test_an_earlier_cue_or_a_longer_search_never_makes_the_track_later(
    opens, length, inset, cue, sooner, needed
):
    """More information never worsens: each comparison adds one thing."""
    cued = [(opens, opens + length)]
    search = [(opens + inset * length, opens + (1.0 - inset) * length)]
    base = times(cued, search, cue, needed)[1]
    assert times(cued, search, max(cue - sooner, 0.0), needed)[1] <= base
    assert times(cued, cued, cue, needed)[1] <= base
    assert base <= times(cued, search, math.inf, needed)[1]
    assert base <= times(cued, [], cue, needed)[1]


def test_union_of_two_radars():
    def one(*rows):
        out = np.zeros((1, MOST, 2))
        out[0, : len(rows)] = rows
        return out, np.array([len(rows)], dtype=np.int32)

    out, count = np.zeros((1, MOST, 2)), np.zeros(1, dtype=np.int32)
    unite_rows(*one((0, 10), (30, 40)), *one((5, 20), (40, 50), (60, 70)), out, count)
    assert count[0] == 3
    assert out[0, :3].tolist() == [[0, 20], [30, 50], [60, 70]]
