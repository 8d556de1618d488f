"""Windows against a 2,000-point scan, split windows included, and against a NumPy twin."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import case_windows as case
import window_twin as twin

from longroad.engagement.windows import always, battery_row, engage, latest_launch, support_of
from longroad.flight.intervals import MOST

EDGE_S = 1e-3  # what the design asks of an edge


def scan(nodes, start, dt, ready, support, battery, table, points=2000):
    """All windows of one arc by a scan of 2,000 points, edges bisected to 1e-6 s."""
    one = (nodes[None], np.array([start]), np.array([dt]))
    end = start + (len(nodes) - 1) * dt
    t = np.linspace(start, end, points)

    def ok(times):
        times = np.atleast_1d(times)
        return twin.feasible(*one, times[None], np.array([ready]), support[None], battery, table)[0]

    flags = ok(t)
    edges = []
    for k in np.flatnonzero(flags[1:] != flags[:-1]):
        low, high = t[k], t[k + 1]
        for _ in range(30):
            middle = 0.5 * (low + high)
            if ok(middle)[0] == flags[k]:
                low = middle
            else:
                high = middle
        edges.append(0.5 * (low + high))
    if flags[0]:
        edges.insert(0, start)
    if flags[-1]:
        edges.append(end)
    return np.reshape(edges, (-1, 2))


@pytest.mark.parametrize("name", case.BATTERIES)
def test_every_edge_agrees_with_a_scan(name):
    """Edges within 1e-3 s of the scan; what the scan sees is never lost."""
    count = 250
    nodes, start, dt = case.arcs(count)
    ready = case.ready_times(start, name)
    battery, table = case.battery(name)
    support, supported = always(count)
    found = engage(nodes, start, dt, ready, (support, supported), battery, table)
    worst = 0.0
    splits = windows = 0
    for i in range(count):
        expected = scan(nodes[i], start[i], dt[i], ready[i], support[i, 0], battery, table)
        mine = found.intervals[i, : found.count[i]]
        # A window shorter than two points of the scan may escape the scan, not us.
        gap = 2.0 * (len(nodes[i]) - 1) * dt[i] / 2000
        if len(mine) > len(expected):
            mine = mine[mine[:, 1] - mine[:, 0] > gap]
        assert len(mine) == len(expected), (i, mine, expected)
        if len(expected):
            worst = max(worst, float(np.abs(mine - expected).max()))
        windows += len(expected)
        splits += len(expected) > 1
    assert worst < EDGE_S
    assert windows > 5
    if name == "under the arcs, low ceiling":
        assert splits > 10


def test_split_windows_stay_split_under_split_support():
    """Two radars that see the arc at different times: the window falls apart where neither does."""
    nodes, start, dt = case.arcs(40)
    battery, table = case.battery("north, fast")
    ready = start + 60.0
    free = engage(nodes, start, dt, ready, always(40), battery, table)
    wide = np.flatnonzero((free.count == 1) & (np.ptp(free.intervals[:, 0], axis=1) > 90.0))
    assert len(wide) > 5
    i = wide[0]
    low, high = free.intervals[i, 0]
    third = (high - low) / 3.0
    support = np.zeros((40, MOST, 2))
    support[:, 0] = low - 10.0, low + third
    support[:, 1] = high - third, high + 10.0
    found = engage(nodes, start, dt, ready, (support, np.full(40, 2, np.int32)), battery, table)
    assert found.count[i] == 2
    assert found.intervals[i, :2] == pytest.approx(
        np.array([[low, low + third], [high - third, high]]), abs=EDGE_S
    )


@pytest.mark.parametrize("name", ["south-east, slow", "north, fast", "far west, fast"])
def test_first_windows_agree_with_the_numpy_twin(name):
    count = 1500
    nodes, start, dt = case.arcs(count, seed=5)
    ready = case.ready_times(start)
    battery, table = case.battery(name)
    support, supported = always(count)
    found = engage(nodes, start, dt, ready, (support, supported), battery, table)
    expected = twin.windows(nodes, start, dt, ready, support[:, 0], battery, table)
    both = found.engageable & np.isfinite(expected[:, 0])
    # The coarser scan of the twin may miss a window shorter than its step of some 6 s.
    disagree = np.flatnonzero(found.engageable != np.isfinite(expected[:, 0]))
    assert all(np.ptp(found.intervals[i, 0]) < 12.0 for i in disagree)
    assert both.sum() > 20
    apart = np.abs(found.intervals[both, 0] - expected[both]).max(axis=1)
    # Right at the edge of reach the time of flight may jump by hundredths of a second, and the
    # window with it: one arc of these opens 0.002 s and again 0.043 s after it comes into reach.
    assert np.sum(apart >= EDGE_S) <= 1
    assert apart.max() < 0.05


@settings(max_examples=30, deadline=None)
@given(
    later=st.floats(1.0, 200.0),
    lower=st.floats(0.0, 60e3),
    seed=st.integers(0, 50),
)
def test_later_launch_or_higher_floor_never_adds(later, lower, seed):
    """Monotonicity: what is feasible later, or above a higher floor, was feasible before."""
    nodes, start, dt = case.arcs(30, seed)
    battery, table = case.battery("south-east, slow" if seed % 2 else "north, fast")
    ready = start + 80.0
    support = always(30)
    more = engage(nodes, start, dt, ready, support, battery, table)
    late = engage(nodes, start, dt, ready + later, support, battery, table)
    higher = battery.copy()
    higher[6] += lower
    high = engage(nodes, start, dt, ready, support, higher, table)
    for less in (late, high):
        assert not np.any(less.engageable & ~more.engageable)
        both = less.engageable
        slack = 2e-3
        assert np.all(less.intervals[both, 0, 0] >= more.intervals[both, 0, 0] - slack)


def test_no_support_or_no_track_means_no_window():
    nodes, start, dt = case.arcs(10)
    battery, table = case.battery("north, fast")
    none = support_of([], 10)
    assert not engage(nodes, start, dt, start + 60.0, none, battery, table).engageable.any()
    never = np.full(10, np.inf)
    support = always(10)
    assert not engage(nodes, start, dt, never, support, battery, table).engageable.any()


def test_latest_launch_leaves_exactly_the_time_of_flight():
    """At a window that opens because the interceptor is just in time, launch is at ready."""
    nodes, start, dt = case.arcs(200)
    battery, table = case.battery("north, fast")
    ready = start + 200.0
    found = engage(nodes, start, dt, ready, always(200), battery, table)
    rows = np.flatnonzero(found.engageable)
    opens, closes = found.intervals[rows, 0].T
    at_open = latest_launch(nodes, start, dt, ready, rows, opens, battery, table)
    later = latest_launch(nodes, start, dt, ready, rows, 0.5 * (opens + closes), battery, table)
    assert np.all(at_open >= ready[rows])
    assert np.all(later >= at_open - EDGE_S)
    assert np.all(later < closes)


def test_a_battery_at_the_pole_and_at_the_antimeridian():
    """Geometry has no seam: turning everything about the axis changes nothing."""
    nodes, start, dt = case.arcs(60)
    battery, table = case.battery("north, fast")
    ready = start + 80.0
    support = always(60)
    usual = engage(nodes, start, dt, ready, support, battery, table)
    angle = np.radians(180.0 - 17.1)  # carries the battery to the antimeridian
    c, s = np.cos(angle), np.sin(angle)
    turn = np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])
    turned = np.concatenate([nodes[..., :3] @ turn.T, nodes[..., 3:] @ turn.T], axis=-1)
    there = battery_row(turn @ battery[:3], battery[6], battery[7])
    moved = engage(np.ascontiguousarray(turned), start, dt, ready, support, there, table)
    assert np.array_equal(usual.count, moved.count)
    assert moved.intervals == pytest.approx(usual.intervals, abs=EDGE_S)
    pole = battery_row(np.array([0.0, 0.0, 6_356_752.3]), battery[6], battery[7])
    assert np.isfinite(engage(nodes, start, dt, ready, support, pole, table).intervals).all()
