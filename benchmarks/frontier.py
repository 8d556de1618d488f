"""The exact frontier against NegMAS, which lists all packages, and against the clock.

    python benchmarks/frontier.py

NegMAS (AGPL-3.0) is needed for the ratio alone: `pip install negmas`. It is given an additive
domain as it takes one, outcomes and utility functions, and is asked for its frontier; both have to
be the same. Figures are medians of several rounds; memory is the process's peak.
"""

from __future__ import annotations

import resource
import statistics
import time

import numpy as np

from longroad.bargaining.frontier import frontier
from longroad.bargaining.problem import problem

ROUNDS = 5
DRAWS = 2000
MILLION = [6, 6, 5, 5, 4, 4, 4, 3, 3, 2]


def domain(sizes, parties, seed):
    """Return an additive domain with random weights and values."""
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(len(sizes)), parties)
    tables = [weights[:, i, None] * rng.random((parties, m)) for i, m in enumerate(sizes)]
    return problem(tables, np.zeros(parties))


def median_s(work, rounds=ROUNDS):
    """Return the median wall time (s) of several calls, and the last result."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - start)
    return statistics.median(times), result


def negmas_frontier(one):
    """Return NegMAS's frontier of two parties, and how long it took from outcomes on."""
    from negmas import LinearAdditiveUtilityFunction, make_issue, pareto_frontier
    from negmas.outcomes import enumerate_issues

    issues = [make_issue([f"{o}" for o in range(m)], f"i{k}") for k, m in enumerate(one.sizes)]
    functions = [
        LinearAdditiveUtilityFunction(
            {
                f"i{k}": {f"{o}": float(table[p, o]) for o in range(table.shape[1])}
                for k, table in enumerate(one.tables)
            },
            issues=issues,
        )
        for p in range(2)
    ]
    start = time.perf_counter()
    outcomes = list(enumerate_issues(issues))
    points, _ = pareto_frontier(functions, outcomes=outcomes, sort_by_welfare=False)
    return time.perf_counter() - start, np.array(points)


def main() -> None:
    """Measure and print."""
    frontier(domain([2, 2], 2, 0)), frontier(domain([2, 2], 3, 0)), frontier(domain([2, 2], 4, 0))
    print("packages      parties  points  median ms")
    rows = [(MILLION, 2), ([8] * 10, 2), ([8] * 10, 3), ([5] * 20, 2)]
    rows += [([5] * 30, 2), ([2] * 30, 3), ([6] * 8, 4)]
    for sizes, parties in rows:
        one = domain(sizes, parties, 1)
        took, found = median_s(lambda one=one: frontier(one))
        print(f"{one.packages:<13.3g} {parties:<8} {len(found):<7} {1e3 * took:.2f}")
    many = [domain([6, 5, 5, 4, 4, 4, 3, 3, 4], 3, seed) for seed in range(DRAWS)]
    start = time.perf_counter()
    for one in many:
        frontier(one)
    print(
        f"{DRAWS} frontiers of {many[0].packages:,} packages, 3 parties, one thread: "
        f"{time.perf_counter() - start:.1f} s"
    )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")
    try:
        import negmas  # noqa: F401
    except ImportError:
        print("NegMAS is not installed: no ratio")
        return
    one = domain(MILLION, 2, 1)
    took, found = median_s(lambda: frontier(one))
    theirs, points = negmas_frontier(one)
    ordered = points[np.lexsort(-points.T[::-1])]
    same = ordered.shape == found.utilities.shape
    same = same and bool(np.allclose(ordered, found.utilities, atol=1e-8))
    print(
        f"{one.packages:,} packages: NegMAS {theirs:.2f} s, {len(points)} points; Longroad "
        f"{1e3 * took:.2f} ms, {len(found)} points; same points: {same}; ratio {theirs / took:,.0f}"
    )


if __name__ == "__main__":
    main()
