"""NegMAS's frontier of all packages listed, where it is installed: `pip install negmas`."""

from __future__ import annotations

import numpy as np
import pytest

from longroad.bargaining.frontier import frontier
from longroad.bargaining.problem import problem

pytest.importorskip("negmas", reason="a witness of its own: the extra 'witness' installs it")


@pytest.mark.filterwarnings("ignore")  # its own imports warn
@pytest.mark.parametrize("seed", range(5))
def test_the_frontier_is_that_of_negmas(seed):
    from negmas import LinearAdditiveUtilityFunction, make_issue, pareto_frontier
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
    points, _ = pareto_frontier(functions, outcomes=list(enumerate_issues(issues)))
    found = frontier(problem(tables, [0, 0])).utilities
    witness = np.unique(np.round(points, 8), axis=0)[::-1]
    assert np.allclose(found, witness, atol=1e-7)
