"""Engagement windows, one thread: against bare look-ups of the same table and a NumPy twin.

    python benchmarks/windows.py

The arcs and batteries are those of the flagship pack at its ensemble's resolution. *Bare* is 100
look-ups of the fly-out table (range and height to time of flight) per arc and battery, at places
drawn over the whole table. The *twin* is `tests/engagement/window_twin.py`: plain NumPy on all
arcs at once, 200 points and bisection to about 1e-4 s. Each figure is the median of several
rounds, the opponents taking turns.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import numba
import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "engagement"))
import window_twin as twin

from longroad.engagement.windows import always, engage
from longroad.flight.flyout_kernel import LEVELS, LOWEST, REACH, TOP, look_up
from longroad.scenario import load
from longroad.study.columns import draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import make_plan
from longroad.study.readings import ADOPTED, Assumptions

LOOK_UPS = 100
ROUNDS = 7
TWIN_ARCS = 400


@numba.njit
def bare(table: np.ndarray, m: np.ndarray, h: np.ndarray) -> float:
    """Sum many look-ups, so that none can be left out."""
    total = 0.0
    for i in range(m.size):
        total += look_up(table, m[i], h[i])[0]
    return total


def cases():
    """Return (name, nodes, start, step, ready, support, battery row, table) of the flagship."""
    scenario = load("epaa-2011")
    plan = make_plan(scenario, scenario.grid.ensemble, (Assumptions(ADOPTED),))
    best = draw_values(plan.quantities, 0, scenario.seed).table[0]
    evaluation = Evaluation(plan, best)
    found = []
    for job in plan.coverage:
        nodes = evaluation.arcs(job.arcs).nodes
        for name, index in job.batteries:
            battery = plan.batteries[index]
            count = len(nodes.start_s)
            seen = [evaluation.seen(k) for k in battery.support]
            support = (seen[0].intervals[0], seen[0].count[0]) if seen else always(count)
            found.append(
                (
                    f"{job.variant} {job.threat} {name}", nodes.state, nodes.start_s, nodes.dt_s,
                    evaluation.battery(index).ready_s, support, evaluation.battery_row(index),
                    evaluation.flyout(battery.flyout),
                )
            )  # fmt: skip
    return found


def seconds(function, *arguments) -> float:
    """Time one call."""
    before = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - before


def main() -> None:
    """Measure and print the ratios."""
    rng = np.random.default_rng(0)
    ours, theirs, numpy_twin, twin_ours = [], [], [], []
    # A battery that comes up to no intercept height has a table without reach: nothing to compare.
    everything = [case for case in cases() if case[-1][REACH : REACH + LEVELS].max() > 0.0]
    windows = sum(len(case[2]) for case in everything)
    table = everything[0][-1]
    bare(table, np.zeros(1), np.array([2e5]))
    for _ in range(ROUNDS):
        mine = other = 0.0
        for _name, nodes, start, step, ready, support, row, table in everything:
            count = LOOK_UPS * len(start)
            m = rng.uniform(0.0, table[REACH : REACH + LEVELS].max(), count)
            h = rng.uniform(table[LOWEST], table[TOP], count)
            mine += seconds(engage, nodes, start, step, ready, support, row, table)
            other += seconds(bare, table, m, h)
        ours.append(mine / windows)
        theirs.append(other / windows)
        mine = other = 0.0
        done = 0
        for _name, nodes, start, step, ready, support, row, table in everything[::ROUNDS]:
            part = slice(0, TWIN_ARCS)
            piece = (nodes[part], start[part], step[part], ready[part])
            held = (support[0][part], support[1][part])
            mine += seconds(engage, *piece, held, row, table)
            known = np.where(np.isfinite(piece[3]), piece[3], 1e9)
            other += seconds(twin.windows, *piece[:3], known, held[0][:, 0], row, table)
            done += len(piece[1])
        numpy_twin.append(other / done)
        twin_ours.append(mine / done)
    mine, other = statistics.median(ours), statistics.median(theirs)
    print(f"windows of {len(everything)} batteries and threats, {windows} arcs and batteries")
    print(f"  one arc and battery        {mine * 1e6:8.2f} us")
    print(f"  {LOOK_UPS} bare look-ups          {other * 1e6:8.2f} us   ratio {other / mine:8.2f}")
    mine, other = statistics.median(twin_ours), statistics.median(numpy_twin)
    print(f"  NumPy twin                 {other * 1e6:8.2f} us   ratio {other / mine:8.1f}")


if __name__ == "__main__":
    main()
