"""The elicited numbers of a negotiation by id, and what each of them moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from longroad.bargaining.problem import Floats
from longroad.bargaining.regions import halves
from longroad.scenario import Negotiation
from longroad.scenario.negotiation import Basis, Estimate
from longroad.study.bargain_run import OWN, WIDEST, Bargained
from longroad.study.table import Table, make_table

AGREEMENT = "agreement"
Row = tuple[object, ...]


@dataclass(frozen=True)
class Elicited:
    """One elicited number; ``id`` is that of its dimension in the draws."""

    id: str
    party: str
    kind: str
    about: str
    option: str
    estimate: Estimate


def elicited(negotiation: Negotiation) -> Iterator[Elicited]:
    """Yield every elicited number but the fixed ends of scales."""
    for one in negotiation.interests:
        p = one.party
        for issue, weight in one.weights.swing.items():
            yield Elicited(f"{p}/weight/{issue}", p, "weight", issue, "", weight)
        for issue, values in one.values.items():
            for option, value in values.items():
                if value.low != value.high or value.low not in (0.0, 1.0):
                    name = f"{p}/value/{issue}/{option}"
                    yield Elicited(name, p, "value", issue, option, value)
        for part in one.together:
            yield Elicited(f"{p}/together/{part.id}", p, "together", part.id, "", part.points)
        for curve in one.curves:
            yield Elicited(
                f"{p}/curve/{curve.outcome}", p, "curve", curve.outcome, "", curve.weight
            )
        kept = one.reservation
        for kind, estimate in (("reservation", kept.value), ("margin", kept.margin)):
            if estimate is not None:
                yield Elicited(f"{p}/{kind}", p, kind, "", "", estimate)
    for line in negotiation.red_lines:
        yield Elicited(f"{line.party}/line/{line.id}", line.party, "line", line.id, "", line.real)
    for body in negotiation.ratification:
        yield Elicited(
            f"{body.party}/demand", body.party, "demand", body.body, "", body.demand
        )  # fmt: skip
    if negotiation.patience is not None:
        for p, rate in negotiation.patience.discount.items():
            yield Elicited(f"{p}/discount", p, "discount", "", "", rate)
    if negotiation.trust is not None:
        for p, start in negotiation.trust.start.items():
            yield Elicited(f"{p}/trust", p, "trust", "", "", start)
        yield Elicited("mimic", "", "mimic", "", "", negotiation.trust.mimic)
    for stage in negotiation.stages:
        yield Elicited(
            f"stage/{stage.id}/detection", "", "detection", stage.id, "", stage.detection
        )
        yield Elicited(f"stage/{stage.id}/years", "", "years", stage.id, "", stage.years)
        for p, exposed in stage.exposure.items():
            yield Elicited(f"{p}/exposure/{stage.id}", p, "exposure", stage.id, "", exposed)


def inputs_table(negotiation: Negotiation) -> Table:
    """Return the elicited numbers with what they rest on.

    Of weights that are an order or anything, the order itself stands in the run's file alone.
    """
    rows: list[Row] = [
        (
            one.id, one.party, one.kind, one.about + (f"/{one.option}" if one.option else ""),
            one.estimate.best, one.estimate.low, one.estimate.high, *_basis(one.estimate.basis),
        )
        for one in elicited(negotiation)
    ]  # fmt: skip
    return columns("bargain_inputs", rows)


def _basis(basis: Basis) -> tuple[str, str]:
    return str(basis.status), basis.author or ""


def columns(name: str, rows: list[Row]) -> Table:
    """Return a table from its rows."""
    from longroad.base.tables import schema

    names = schema(name).names
    parted = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    made = {}
    for column, values in zip(schema(name).columns, parted, strict=True):
        if column.dtype == "text":
            array = np.empty(len(values), dtype=object)
            array[:] = values
            made[column.name] = array
        else:
            made[column.name] = np.array(values, dtype=column.dtype)
    return make_table(name, made)


def drawn(done: Bargained) -> Iterator[tuple[Elicited, Floats]]:
    """Yield the numbers that value assignments differ in, with their values (draws,).

    Weights that are an order or anything have their share of all weights for a value.
    """
    sampled = done.sampled
    place = {issue.id: i for i, issue in enumerate(done.negotiation.issues)}
    for one in elicited(done.negotiation):
        if one.kind in ("weight", "value", "curve", "together", "reservation", "margin"):
            values = sampled.numbers.of(one.id, one.estimate)
            if np.ptp(values) > 0.0:
                yield one, values
    for p, interests in enumerate(done.negotiation.interests):
        if interests.weights.kind == "swing":
            continue
        for issue in interests.values:
            weights = np.asarray(sampled.weights[:, p, place[issue]], dtype=np.float64)
            if np.ptp(weights) > 0.0:
                id = f"{interests.party}/weight/{issue}"
                share = Estimate(0.0, 0.5, 1.0, False, interests.weights.basis)
                yield Elicited(id, interests.party, "weight", issue, "", share), weights


def measures(done: Bargained) -> dict[str, Floats]:
    """Return the measures that are told by halves of the assignments, (draws,) each."""
    found = {AGREEMENT: done.report.drawn.ratified.exists.astype(np.float64)}
    ids = [one.id for one in done.packages]
    if WIDEST in ids:
        held = done.made[OWN].ratifies[:, ids.index(WIDEST)].all(axis=1)
        found[WIDEST] = np.asarray(held, dtype=np.float64)
    for p, party in enumerate(done.parties):
        found[f"gain/{party}"] = done.report.drawn.signed.nash[:, p]
    return found


def swings_table(done: Bargained) -> Table:
    """Return what each number moves: every measure in its lower and in its upper half."""
    asked = measures(done)
    rows: list[Row] = []
    for one, values in drawn(done):
        parts = halves(values)
        if len(parts) != 2 or not parts[1].any():
            continue
        low, high = parts
        rows += [
            (
                one.id, one.party, one.kind, one.about, one.option, name,
                float(each[low].mean()), float(each[high].mean()),
            )
            for name, each in asked.items()
        ]  # fmt: skip
    return columns("bargain_swings", rows)
