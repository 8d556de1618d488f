"""Weights of issues and of computed outcomes, from swing points, an order, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from longroad.bargaining.draw import Numbers, ordered, simplex
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.problem import Floats
from longroad.scenario.negotiation import Interests, Negotiation


def points_of(
    one: Interests, negotiation: Negotiation, numbers: Numbers, block: PhysicsBlock | None
) -> tuple[Floats, Floats, dict[str, Floats]]:
    """Return swing points (rows, issues), their sum with those of curves, and the curves'."""
    issues = negotiation.issues
    swing = np.zeros((numbers.rows, len(issues)))
    curves = {
        curve.outcome: numbers.of(f"{one.party}/curve/{curve.outcome}", curve.weight)
        for curve in (one.curves if block is not None else ())
    }
    if one.weights.kind == "swing":
        for i, issue in enumerate(issues):
            if issue.id in one.weights.swing and issue.id in one.values:
                name = f"{one.party}/weight/{issue.id}"
                swing[:, i] = numbers.of(name, one.weights.swing[issue.id])
    else:
        swing = _ranked(one, negotiation, numbers)
    total = swing.sum(axis=1) + sum(curves.values())
    if np.any(total <= 0.0):
        raise BargainingError(
            f"the weights of '{one.party}' sum to zero in some assignments",
            expected="swing points whose low end is above zero for one issue or more",
        )
    return swing, total, curves


def _ranked(one: Interests, negotiation: Negotiation, numbers: Numbers) -> Floats:
    ids = [issue.id for issue in negotiation.issues]
    named = [id for group in one.weights.order for id in group if id in one.values]
    if one.weights.kind == "any":
        named = [id for id in ids if id in one.values]
    u = np.column_stack([numbers.uniform(f"{one.party}/weight/{id}") for id in named])
    groups = [[named.index(id) for id in g if id in named] for g in one.weights.order]
    if one.weights.kind == "any":
        found = simplex(u) if numbers.draws else np.full((1, len(named)), 1.0 / len(named))
    elif numbers.draws:
        found = ordered(u, groups)
    else:
        found = centroid(groups, len(named))
    swing = np.zeros((numbers.rows, len(ids)))
    swing[:, [ids.index(id) for id in named]] = found
    return swing


def centroid(groups: Sequence[Sequence[int]], count: int) -> Floats:
    """Return the centroid of the region of an order (rank-order centroid, groups averaged)."""
    ranks = np.array(
        [sum(1.0 / j for j in range(k, count + 1)) / count for k in range(1, count + 1)]
    )
    found, start = np.empty((1, count)), 0
    for group in groups:
        found[0, list(group)] = ranks[start : start + len(group)].mean()
        start += len(group)
    return found
