"""Random domains, and brute force over every package: what the frontier is held against."""

from __future__ import annotations

import numpy as np

from longroad.bargaining.problem import Term, every_package, permitted, problem, utilities


def random_problem(rng, parties, most_issues=6, most_options=5, terms=3, whole=True):
    """Return a problem with ties, interactions and ruled-out options.

    Whole utilities make many packages equal, which is where methods go wrong.
    """
    sizes = rng.integers(2, most_options + 1, rng.integers(2, most_issues + 1)).tolist()

    def values(*shape):
        if whole:
            return rng.integers(-3, 8, shape).astype(float)
        return np.round(rng.random(shape), 6)

    joined = []
    for _ in range(int(rng.integers(0, terms + 1))):
        scope = rng.choice(len(sizes), min(len(sizes), int(rng.integers(2, 4))), replace=False)
        scope = tuple(sorted(scope.tolist()))
        shape = [sizes[i] for i in scope]
        joined.append(Term(scope, values(parties, *shape), rng.random(shape) > 0.15))
    return problem(
        [values(parties, size) for size in sizes],
        rng.integers(-2, 12, parties).astype(float)
        if whole
        else 0.3 * len(sizes) * np.ones(parties),
        terms=joined,
        allowed=[rng.random(size) > 0.08 for size in sizes],
    )


def chain_problem(rng, issues, options, parties):
    """Return a problem in which each issue depends on the one before."""
    sizes = [options] * issues
    terms = [
        Term((i, i + 1), rng.random((parties, options, options)), np.ones((options, options), bool))
        for i in range(issues - 1)
    ]
    return problem([rng.random((parties, m)) for m in sizes], np.zeros(parties), terms=terms)


def brute_force(one, acceptable):
    """Return undominated utility vectors, sorted, and how many packages give each."""
    packages = every_package(one.sizes)
    worth = utilities(one, packages)
    fine = permitted(one, packages)
    if acceptable:
        fine &= np.all(worth >= one.reservation - 1e-7, axis=1)
    points, counts = np.unique(np.round(worth[fine], 7), axis=0, return_counts=True)
    kept = [
        k
        for k, point in enumerate(points)
        if not np.any(np.all(points >= point, axis=1) & np.any(points > point, axis=1))
    ]
    return points[kept], counts[kept]


def same_frontier(found, expected):
    """Return whether a frontier has exactly the expected points, with their counts."""
    points, counts = expected
    if len(found) != len(points):
        return False
    mine = np.round(found.utilities, 7)
    order = np.lexsort(mine.T[::-1])
    return bool(
        np.allclose(mine[order], points, atol=1e-6) and np.array_equal(found.counts[order], counts)
    )
