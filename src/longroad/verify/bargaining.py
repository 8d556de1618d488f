"""Bargaining: a published fair division, closed forms of solutions, patience, trust and delay."""

from __future__ import annotations

import math

import numpy as np

from longroad.bargaining.attrition import expected_delay
from longroad.bargaining.draw import ordered, simplex
from longroad.bargaining.frontier import frontier
from longroad.bargaining.hull import chain, mixed
from longroad.bargaining.linkage import linkage
from longroad.bargaining.patience import first_share as endless_share
from longroad.bargaining.patience import limit_share, share_at_rates, share_with_deadline
from longroad.bargaining.private import split_the_difference
from longroad.bargaining.problem import Problem, problem
from longroad.bargaining.ratify import furthest, votes_needed
from longroad.bargaining.smaa import indices
from longroad.bargaining.solutions import Kind, solve
from longroad.bargaining.trust import (
    least_patience,
    least_patience_with_lag,
    least_trust,
    stages_needed,
)
from longroad.bargaining.winner import adjusted_winner
from longroad.base.streams import philox
from longroad.verify.case import Inputs
from longroad.verify.figure import Found, found
from longroad.verify.registry import computes

PAIRS = 1_000_000
MEMBERS = 300_000
GRID = 200_001


def _points(inputs: Inputs) -> tuple[list[int], list[int]]:
    return (
        [round(x) for x in inputs.numbers("first")],
        [round(x) for x in inputs.numbers("second")],
    )


def _table(inputs: Inputs, levels: int, part: slice = slice(None)) -> Problem:
    first, second = _points(inputs)
    share = np.linspace(1.0, 0.0, levels)
    pairs = list(zip(first, second, strict=True))[part]
    tables = [np.array([a * share, b * (1.0 - share)]) / 100.0 for a, b in pairs]
    return problem(tables, [0.0, 0.0])


def _solved(one: Problem, kind: Kind) -> tuple[float, ...]:
    return tuple(map(float, solve(frontier(one), one.reservation, kind).utilities[0]))


@computes("N01")
def division(inputs: Inputs) -> tuple[Found, ...]:
    """Adjusted winner."""
    made = adjusted_winner(*_points(inputs))
    split = [share for share in made.shares if share.denominator > 1]
    return found(
        {
            "points of the first": float(made.totals[0]),
            "points of the second": float(made.totals[1]),
            "issues divided": float(len(split)),
            "part of the divided issue to the first": float(split[0]),
        }
    )


@computes("N02")
def discrete(inputs: Inputs) -> tuple[Found, ...]:
    """The same table undivided, in three levels, and mixed."""
    two, three = _table(inputs, 2), _table(inputs, 3)
    between = mixed(chain(frontier(two).utilities), np.zeros(2))
    nash, fair = _solved(two, "nash"), _solved(three, "egalitarian")
    product = solve(frontier(two), two.reservation, "nash").value
    return found(
        {
            "points, undivided": float(len(frontier(two))),
            "Nash, first": nash[0],
            "Nash, second": nash[1],
            "Nash product": product,
            "points, three levels": float(len(frontier(three))),
            "egalitarian, three levels": (min(fair), max(fair)),
            "Nash between packages": (float(between.nash.min()), float(between.nash.max())),
            "greatest sum": float(between.utilitarian[0].sum()),
        }
    )


@computes("N03")
def linked(inputs: Inputs) -> tuple[Found, ...]:
    """The table split in two, apart and together."""
    cut = round(inputs.number("cut"))
    one = linkage(_table(inputs, 2, slice(cut)), _table(inputs, 2, slice(cut, None)))
    return found(
        {
            "first, apart": float(one.apart[0]),
            "second, apart": float(one.apart[1]),
            "both, together": (float(one.together.min()), float(one.together.max())),
        }
    )


@computes("N04")
def dollar(inputs: Inputs) -> tuple[Found, ...]:
    """A divisible good, one side with decreasing returns."""
    share = np.linspace(0.0, 1.0, GRID)
    one = problem([np.array([share, np.sqrt(1.0 - share)])], [0.0, 0.0])
    return found(
        {
            "Nash": _solved(one, "nash")[0],
            "Kalai-Smorodinsky": _solved(one, "kalai-smorodinsky")[0],
            "egalitarian": _solved(one, "egalitarian")[0],
            "utilitarian": _solved(one, "utilitarian")[0],
        }
    )


@computes("N05")
def growth(inputs: Inputs) -> tuple[Found, ...]:
    """A set that grows, and who loses by it."""
    made: dict[str, float | bool | tuple[float, float]] = {}
    for row in inputs.rows("sets"):
        points = np.column_stack([row.numbers("first"), row.numbers("second")])
        one = mixed(chain(points), np.zeros(2))
        name = row.text("name")
        made[f"Nash, first, {name}"] = float(one.nash[0])
        made[f"Nash, second, {name}"] = float(one.nash[1])
        fair = one.kalai_smorodinsky
        made[f"Kalai-Smorodinsky, {name}"] = (float(fair.min()), float(fair.max()))
    return found(made)


@computes("N06")
def patience(inputs: Inputs) -> tuple[Found, ...]:
    """Alternating offers."""
    d = inputs.number("discount")
    made: dict[str, float | bool | tuple[float, float]] = {
        "without a deadline": endless_share(d, d)
    }
    for rounds in inputs.numbers("deadlines"):
        name = f"deadline after {rounds:g}"
        made[name] = share_with_deadline(d, d, round(rounds))
    first, second = inputs.numbers("rates")
    made["short rounds"] = share_at_rates(first, second, inputs.number("step"))
    made["limit"] = limit_share(first, second)
    return found(made)


@computes("N07")
def private(inputs: Inputs) -> tuple[Found, ...]:
    """One price, values known only to oneself."""
    rng = philox(round(inputs.number("seed")), "verify", "private")
    one = split_the_difference(rng.random(PAIRS), rng.random(PAIRS))
    return found({"share that trade": one.trade, "gains": one.gains, "efficiency": one.efficiency})


@computes("N08")
def weights(inputs: Inputs) -> tuple[Found, ...]:
    """Sampled weights: uniform, and in order."""
    u = philox(round(inputs.number("seed")), "verify", "weights").random((PAIRS, 3))
    free = simplex(u)
    first = indices(free, free)
    central, ranked = first.central[0], ordered(u, [[0], [1], [2]]).mean(axis=0)
    return found(
        {
            "first": float(first.first[0]),
            "central weight of its own": float(central[0]),
            "central weight of another": float(central[1]),
            **{f"centroid, rank {k + 1}": float(ranked[k]) for k in range(3)},
        }
    )


@computes("N09")
def verification(inputs: Inputs) -> tuple[Found, ...]:
    """Patience that keeps an agreement, trust that begins one, stages between."""
    tempted, reward, punished = inputs.numbers("payoffs")
    made: dict[str, float | bool | tuple[float, float]] = {}
    for q in inputs.numbers("detection"):
        made[f"patience at detection {q:g}"] = least_patience(tempted, reward, punished, q)
    for lag in inputs.numbers("lags"):
        made[f"patience at a lag of {lag:g}"] = least_patience_with_lag(
            tempted, reward, punished, round(lag)
        )
    made["trust"] = least_trust(*inputs.numbers("assurance"))
    made["stages"] = float(stages_needed(*inputs.numbers("road")))
    return found(made)


@computes("N10")
def attrition(inputs: Inputs) -> tuple[Found, ...]:
    """Years of holding out."""
    none, low, high = inputs.numbers("flows")
    return found(
        {
            f"delay at {rate:g} a year": float(
                expected_delay([rate] * 2, [none] * 2, [low] * 2, [high] * 2)
            )
            for rate in inputs.numbers("rates")
        }
    )


@computes("N11")
def ratification(inputs: Inputs) -> tuple[Found, ...]:
    """How far a body goes, and the vote on New START."""
    ideals = (np.arange(MEMBERS) + 0.5) / MEMBERS
    start = inputs.number("status quo")
    cast, against = inputs.numbers("votes")
    needed = votes_needed(round(cast + against), 2.0 / 3.0)
    return found(
        {
            "by a majority": furthest(ideals, start, 0.5),
            "by two thirds": furthest(ideals, start, 2.0 / 3.0),
            "votes needed": float(needed),
            "votes to spare": float(math.floor(cast) - needed),
        }
    )
