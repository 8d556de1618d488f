"""The latest launch against the windows: ready just before it there is one, after it none."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import case_windows as case

from longroad.engagement.latest_kernel import latest
from longroad.engagement.window_kernel import CEILING_M, FLOOR_M, flight_margins
from longroad.engagement.windows import always, engage
from longroad.flight.along import altitude, position
from longroad.flight.intervals import MOST

# What the search leaves. Straight under the arcs the launch has two maxima beside a kink of the
# table, and one arc in some hundreds is given the lower one. There too windows of some seconds
# between two nodes are not found, though the intercept is: two arcs in a hundred.
EDGE_S = 0.1
SLACK_S = 2.0
SCAN_S = 0.25


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
    for slack, most in ((EDGE_S, 1 + 0.01 * some.sum()), (SLACK_S, 0)):
        ready = np.where(some, found + slack, 1e4)
        late = engage(nodes, start, dt, ready, support, battery, table)
        assert np.sum(late.engageable[some]) <= most
    for slack, most in ((SLACK_S, 1 + 0.02 * some.sum()), (4.0 * SLACK_S, 0)):
        ready = np.where(some, found - slack, 0.0)
        early = engage(nodes, start, dt, ready, support, battery, table)
        assert np.sum(~early.engageable[some]) <= most
    # The intercept itself is proof: margins of time and reach, altitude, support.
    for i in np.flatnonzero(some):
        x, y, z = position(nodes[i], start[i], dt[i], meets[i])
        in_time, in_reach = flight_margins(x, y, z, meets[i], found[i] - EDGE_S, battery, table)
        assert in_time >= 0.0
        assert in_reach >= -1e-4
        height = altitude(x, y, z)
        assert battery[FLOOR_M] - 10.0 < height < battery[CEILING_M] + 10.0
        spans = support[0][i, : support[1][i]]
        assert np.any((spans[:, 0] <= meets[i]) & (meets[i] <= spans[:, 1]))
    # Where there is no launch at all, there is no window for one that is ready long before.
    never = engage(nodes, start, dt, np.full(count, -500.0), support, battery, table)
    assert not np.any(never.engageable[~some])
    assert np.all(np.isfinite(meets[some]))


@pytest.mark.parametrize("name", ["south-east, slow", "north, fast", "far west, fast"])
def test_agrees_with_a_plain_scan(name):
    """Every 0.25 s of the arc, the time of flight settled by eight rounds of substitution.

    Up to an edge of altitude the launch rises by less than 3 s a second (1 s of time, and less to
    fly as the missile comes nearer): so far the scan may stay below, never above but by EDGE_S.
    """
    nodes, start, dt = case.arcs(24, seed=3)
    battery, table = case.battery(name)
    found, _ = latest_of(nodes, start, dt, always(24), battery, table)
    assert np.isfinite(found).sum() > 3
    for i in range(24):
        best = -math.inf
        for t in np.arange(start[i], start[i] + (nodes.shape[1] - 1) * dt[i], SCAN_S):
            x, y, z = position(nodes[i], start[i], dt[i], t)
            if not battery[FLOOR_M] <= altitude(x, y, z) <= battery[CEILING_M]:
                continue
            tau = 200.0
            for _ in range(8):
                spare, in_reach = flight_margins(x, y, z, t, t - tau, battery, table)
                tau = max(tau - spare, 1.0)
            if in_reach >= 0.0:
                best = max(best, t - tau)
        if math.isfinite(best):
            assert best - EDGE_S < found[i] < best + 3.0 * SCAN_S + EDGE_S
        else:
            assert found[i] == -math.inf


def test_without_support_never():
    nodes, start, dt = case.arcs(5)
    battery, table = case.battery("north, fast")
    support = np.zeros((5, MOST, 2)), np.zeros(5, dtype=np.int32)
    found, meets = latest_of(nodes, start, dt, support, battery, table)
    assert np.all(found == -math.inf)
    assert np.all(np.isnan(meets))
