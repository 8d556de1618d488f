"""The intercept a launch leads to, against the windows of a battery that is ready then."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import case_windows as case

from longroad.engagement.latest import latest_of
from longroad.engagement.meets import meets_of
from longroad.engagement.windows import always, engage
from longroad.flight.nodes import Nodes

LAUNCHES = 9
# So much earlier may a battery that is ready later seem to meet an arc (s): straight under arcs
# that a low ceiling cuts, windows split while they close, and the pieces are not in order.
SPLIT_S = {"under the arcs, low ceiling": 40.0}
SPLIT_ELSEWHERE_S = 2.0


def tabulated(name, count=120, launches=LAUNCHES):
    nodes = Nodes(*case.arcs(count))
    battery, table = case.battery(name)
    support = always(count)
    latest = latest_of(nodes, support, battery, table).launch_s
    opens = np.where(np.isfinite(latest), np.minimum(latest, nodes.start_s), 0.0)
    found = meets_of(nodes, support, battery, table, opens, latest, launches)
    return nodes, battery, table, support, opens, latest, found


def first_windows(nodes, ready, support, battery, table):
    """The first window of a battery that is ready then, by the other way in."""
    windows = engage(nodes.state, nodes.start_s, nodes.dt_s, ready, support, battery, table)
    return np.where(windows.engageable, windows.intervals[:, 0, 0], np.nan)


def launch(opens, latest, share):
    """The launch at that share of the time between, where there is any."""
    some = np.isfinite(latest)
    return np.where(some, opens + share * (np.where(some, latest, opens) - opens), 0.0)


@pytest.mark.parametrize("name", case.BATTERIES)
def test_each_launch_meets_when_its_first_window_opens(name):
    """But for seconds straight under an arc, where a window splits while it closes."""
    nodes, battery, table, support, opens, latest, found = tabulated(name)
    some = np.isfinite(latest)
    assert some.sum() > 10
    assert np.all(np.isnan(found[~some]))
    before = np.full(some.sum(), -np.inf)
    for k in range(LAUNCHES - 1):
        ready = launch(opens, latest, k / (LAUNCHES - 1))
        first = first_windows(nodes, ready, support, battery, table)[some]
        assert np.all(before - first < SPLIT_S.get(name, SPLIT_ELSEWHERE_S))
        before = np.fmax(before, first)
        assert found[some, k] == pytest.approx(before, abs=1e-9)


@pytest.mark.parametrize("name", case.BATTERIES)
def test_who_fires_later_never_meets_earlier(name):
    *_, latest, found = tabulated(name)
    assert np.all(np.diff(found[np.isfinite(latest)], axis=1) >= 0.0)


@pytest.mark.parametrize("name", case.BATTERIES)
def test_between_two_launches_the_line_is_near(name):
    """Within a second for most arcs; a jump to a further window is within one step."""
    nodes, battery, table, support, opens, latest, found = tabulated(name, launches=33)
    some = np.isfinite(latest)
    gaps = []
    for k in (8, 16, 24, 30):
        first = first_windows(
            nodes, launch(opens, latest, (k + 0.5) / 32), support, battery, table
        )[some]
        low, high = found[some, k], found[some, k + 1]
        gaps.append(np.abs(first - 0.5 * (low + high)))
        assert np.all(gaps[-1] <= 0.5 * (high - low) + SPLIT_S.get(name, SPLIT_ELSEWHERE_S))
    assert np.quantile(np.concatenate(gaps), 0.8) < 1.0


def test_without_a_latest_launch_there_is_no_intercept():
    nodes = Nodes(*case.arcs(4))
    battery, table = case.battery("north, fast")
    never = np.full(4, -math.inf)
    found = meets_of(nodes, always(4), battery, table, np.zeros(4), never, 3)
    assert np.all(np.isnan(found))
