"""Whether there is a window at all: the quick answer is the one that the windows give."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import case_windows as case

from longroad.engagement.windows import always, engage, has_window
from longroad.flight.intervals import MOST


def random_support(start, dt, nodes, seed):
    """Return up to two supported intervals for each arc, many of them short, some empty."""
    rng = np.random.default_rng(seed)
    count = rng.integers(0, 3, len(start)).astype(np.int32)
    ends = start + dt * (nodes.shape[1] - 1)
    edges = np.sort(rng.uniform(0.0, 1.0, (len(start), 4)), axis=1)
    edges[:, 2:] = edges[:, 1:2] + (edges[:, 2:] - edges[:, 1:2]) * rng.choice(
        [1.0, 0.02], (len(start), 1)
    )
    intervals = np.zeros((len(start), MOST, 2))
    times = start[:, None] + np.sort(edges, axis=1) * (ends - start)[:, None]
    intervals[:, :2] = times.reshape(len(start), 2, 2)
    intervals[:, 1, 1] = np.where(rng.uniform(size=len(start)) < 0.3, np.inf, intervals[:, 1, 1])
    return intervals, count


@pytest.mark.parametrize("name", case.BATTERIES)
@pytest.mark.parametrize("supported", [False, True])
def test_the_quick_answer_is_that_of_the_windows(name, supported):
    nodes, start, dt = case.arcs(4000, seed=5)
    ready = case.ready_times(start, name)
    ready[::17] = np.inf
    battery, table = case.battery(name)
    support = random_support(start, dt, nodes, 3) if supported else always(len(start))
    expected = engage(nodes, start, dt, ready, support, battery, table).engageable
    rows = np.arange(len(start))
    found = has_window(nodes, start, dt, ready, support, battery, table, rows)
    assert np.array_equal(found, expected)
    assert 0 < expected.sum() < len(expected)
    assert not found[::17].any()


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_rows_in_any_order_give_their_own_answers(data):
    nodes, start, dt = case.arcs(60, seed=8)
    ready = case.ready_times(start)
    battery, table = case.battery("north, fast")
    support = random_support(start, dt, nodes, 4)
    rows = np.array(data.draw(st.lists(st.integers(0, 59), max_size=80)), dtype=np.intp)
    whole = engage(nodes, start, dt, ready, support, battery, table).engageable
    found = has_window(nodes, start, dt, ready, support, battery, table, rows)
    assert np.array_equal(found, whole[rows])


def test_a_window_between_two_nodes_is_found():
    """Support so short that no node lies in it: the search between nodes decides."""
    nodes, start, dt = case.arcs(2000, seed=6)
    ready = case.ready_times(start)
    battery, table = case.battery("north, fast")
    middle = start + dt * (nodes.shape[1] // 2 + 0.5)
    intervals = np.zeros((len(start), MOST, 2))
    intervals[:, 0, 0], intervals[:, 0, 1] = middle - 0.1 * dt, middle + 0.1 * dt
    support = intervals, np.ones(len(start), dtype=np.int32)
    expected = engage(nodes, start, dt, ready, support, battery, table).engageable
    rows = np.arange(len(start))
    assert np.array_equal(
        has_window(nodes, start, dt, ready, support, battery, table, rows), expected
    )
    assert expected.any()


def test_no_rows_no_answers():
    nodes, start, dt = case.arcs(5)
    battery, table = case.battery("north, fast")
    rows = np.array([], dtype=np.intp)
    found = has_window(nodes, start, dt, start, always(5), battery, table, rows)
    assert found.shape == (0,)
