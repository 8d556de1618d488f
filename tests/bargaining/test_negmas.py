"""NegMAS's frontier of all packages listed, where it is installed: `pip install negmas`."""

from __future__ import annotations

import numpy as np
import pytest

from longroad.bargaining.frontier import frontier
from longroad.bargaining.problem import problem
from longroad.bargaining.solutions import solve

pytest.importorskip("negmas", reason="a witness of its own: the extra 'witness' installs it")


@pytest.mark.filterwarnings("ignore")  # its own imports warn
@pytest.mark.parametrize("seed", range(5))
def test_the_frontier_is_that_of_negmas(seed):
    from negmas import LinearAdditiveUtilityFunction, make_issue, nash_points, pareto_frontier
    from negmas.outcomes import enumerate_issues

    rng = np.random.default_rng(seed)
    sizes = rng.integers(2, 5, 5).tolist()
    tables = [np.round(rng.random((2, m)), 6) for m in sizes]
    issues = [make_issue([f"{o}" for o in range(m)], f"i{k}") for k, m in enumerate(sizes)]
    functions = [
        LinearAdditiveUtilityFunction(
            {
                f"i{k}": {f"{o}": float(v) for o, v in enumerate(table[p])}
                for k, table in enumerate(tables)
            },
            issues=issues,
        )
        for p in range(2)
    ]
    outcomes = list(enumerate_issues(issues))
    points, _ = pareto_frontier(functions, outcomes=outcomes)
    found = frontier(problem(tables, [0, 0]))
    witness = np.unique(np.round(points, 8), axis=0)[::-1]
    assert np.allclose(found.utilities, witness, atol=1e-7)
    # Nash at a disagreement point of zero. NegMAS measures other solutions over other ranges, and
    # lifts a reservation below the range to its lower end; ranges from zero leave nothing to lift.
    nash = nash_points(functions, points, ranges=[(0.0, 1.0)] * 2, outcomes=outcomes)
    own = solve(found, np.zeros(2), "nash").utilities
    assert np.allclose(sorted(map(tuple, own)), sorted(one[0] for one in nash), atol=1e-6)
