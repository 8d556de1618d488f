"""A partner's radar that only tells where to look: what that is worth to radars of one's own."""

from __future__ import annotations

import itertools
import math
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import agreement_case as case
from test_agreements import NAMES, found, not_worse

AREA = NAMES.index("engageable_area_fraction")
TRACK = NAMES.index("first_track_time")
COMMIT = NAMES.index("commit_time")


def front(depth, latency=0.0):
    """Return a share of the forward radar alone: no cue from orbit comes with it."""
    return case.give(depth, latency).replace("assets: all", "assets: [a-front]")


@pytest.fixture(scope="module")
def rows():
    return found(
        {
            "notice": [front("D1")],
            "cue": [front("D2")],
            "late-cue": [front("D2", latency=200.0)],
            "too-late": [front("D2", latency=1e9)],
            "tracks": [front("D3")],
        },
        mode="launch-on-remote",
    )


def of(rows, agreement, column):
    return np.nan_to_num(rows[agreement, "as-agreed"][:, column], nan=math.inf)


def test_detections_of_a_partners_radar_tell_ones_own_where_to_look(rows):
    """The radar at Deveselu finds the missile later by itself, or in some draws not at all."""
    none, cue = of(rows, "none", TRACK), of(rows, "cue", TRACK)
    assert np.all(cue <= none)
    assert np.any(cue < none - 10.0)
    assert np.all(of(rows, "cue", COMMIT) <= of(rows, "none", COMMIT))


def test_a_notice_tells_nobody_where_to_look(rows):
    assert np.array_equal(of(rows, "notice", TRACK), of(rows, "none", TRACK))
    assert np.array_equal(of(rows, "notice", AREA), of(rows, "none", AREA))


def test_what_comes_too_late_is_as_if_it_did_not_come(rows):
    none, late = rows["none", "as-agreed"], rows["too-late", "as-agreed"]
    for column in (AREA, TRACK, COMMIT):
        assert np.array_equal(none[:, column], late[:, column], equal_nan=True)


def test_deeper_and_sooner_is_not_worse(rows):
    order = ["tracks", "cue", "late-cue", "none"]
    for more, less in itertools.pairwise(order):
        assert not_worse(rows[more, "as-agreed"], rows[less, "as-agreed"])


def test_the_day_on_which_the_partner_leaves_ends_its_cues(rows):
    gone, none = rows["cue", "withdrawn/away"], rows["none", "as-agreed"]
    assert np.array_equal(gone[:, TRACK], none[:, TRACK], equal_nan=True)
