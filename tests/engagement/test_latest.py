"""The latest launch against the windows: ready just before it there is one, after it none."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import case_windows as case

from longroad.engagement.latest_kernel import latest
from longroad.engagement.windows import always, engage
from longroad.flight.intervals import MOST

# What the narrowing leaves. Straight under the arcs a window can split while it closes, and one
# arc in some hundreds is found to close up to SLACK_S earlier or later.
EDGE_S = 0.1
SLACK_S = 2.0


def latest_of(nodes, start, dt, support, battery, table):
    out, meets = np.empty(len(start)), np.empty(len(start))
    latest(nodes, start, dt, *support, battery, table, out, meets)
    return out, meets


@pytest.mark.parametrize("name", case.BATTERIES)
@pytest.mark.parametrize("limited", [False, True])
def test_engageable_just_before_and_not_after(name, limited):
    count = 300
    nodes, start, dt = case.arcs(count)
    battery, table = case.battery(name)
    support = always(count)
    if limited:
        # Two spells of support, the second an eighth of the flight, as when a radar loses sight.
        rng = np.random.default_rng(9)
        flight = (nodes.shape[1] - 1) * dt
        support = np.zeros((count, MOST, 2)), np.full(count, 2, dtype=np.int32)
        support[0][:, 0, 0] = start + 0.1 * flight
        support[0][:, 0, 1] = start + rng.uniform(0.2, 0.5, count) * flight
        support[0][:, 1, 0] = start + rng.uniform(0.6, 0.8, count) * flight
        support[0][:, 1, 1] = support[0][:, 1, 0] + 0.125 * flight
    found, meets = latest_of(nodes, start, dt, support, battery, table)
    some = np.isfinite(found)
    assert some.sum() > 0
    odd = {}
    for slack in (EDGE_S, SLACK_S):
        early = engage(
            nodes, start, dt, np.where(some, found - slack, 0.0), support, battery, table
        )
        late = engage(nodes, start, dt, np.where(some, found + slack, 1e4), support, battery, table)
        odd[slack] = np.sum(~early.engageable[some]) + np.sum(late.engageable[some])
    assert odd[EDGE_S] <= 1 + 0.01 * some.sum()
    assert odd[SLACK_S] == 0
    # Where there is no launch at all, there is no window for one that is ready long before.
    never = engage(nodes, start, dt, np.full(count, -500.0), support, battery, table)
    assert not np.any(never.engageable[~some])
    assert np.all(np.isfinite(meets[some]))


def test_without_support_never():
    nodes, start, dt = case.arcs(5)
    battery, table = case.battery("north, fast")
    support = np.zeros((5, MOST, 2)), np.zeros(5, dtype=np.int32)
    found, meets = latest_of(nodes, start, dt, support, battery, table)
    assert np.all(found == -math.inf)
    assert np.all(np.isnan(meets))
