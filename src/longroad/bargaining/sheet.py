"""One package in full: who accepts it, what it crosses, what is near, what would gain all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from longroad.bargaining.acceptance import Share, acceptance
from longroad.bargaining.assign import Assignments, assignments, package_rows
from longroad.bargaining.clauses import clauses
from longroad.bargaining.nearby import nearest_acceptable, trades
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.problem import Bools, Floats, Ints
from longroad.bargaining.smaa import central_weights
from longroad.bargaining.telling import Block, by_party, chosen, two_digits
from longroad.base.messages import text
from longroad.scenario.negotiation import NamedPackage, Negotiation

MOST_NEAR = 3
MOST_TRADES = 8
MOST_MOVED = 3
SELDOM = 0.5
"""Up to which share of assignments a party is told to accept seldom."""


@dataclass(frozen=True)
class Near:
    """A package near this one: the options that change, and gains over no deal by party."""

    choices: Mapping[str, str]
    gains: Mapping[str, float]


@dataclass(frozen=True)
class ClauseRow:
    """One issue on which two packages differ: median worth of the second's option to each."""

    issue: str
    first: str
    second: str
    worth: Mapping[str, float]
    worth_p05: Mapping[str, float]
    worth_p95: Mapping[str, float]
    contested: bool


@dataclass(frozen=True)
class Sheet:
    """Everything about one package; ``acceptable_weights`` are the mean weights with which each
    party accepts it (None where none does), ``weights`` those over all assignments."""

    negotiation: str
    package: str
    name: str
    physics: bool
    unheard: tuple[str, ...]
    by: str | None
    date: str | None
    reply: str | None
    source: str
    choices: Mapping[str, str]
    accepted: Mapping[str, Share]
    all_accept: Share
    all_ratify: Share
    gains: Mapping[str, float]
    gains_p05: Mapping[str, float]
    gains_p95: Mapping[str, float]
    crosses: tuple[str, ...]
    changes: int | None
    nearest: tuple[Near, ...]
    trades: tuple[Near, ...]
    weights: Mapping[str, Mapping[str, float]]
    acceptable_weights: Mapping[str, Mapping[str, float] | None]
    against: str | None
    clauses: tuple[ClauseRow, ...]


def sheet(
    negotiation: Negotiation,
    package: str,
    against: str | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    block: PhysicsBlock | None = None,
) -> Sheet:
    """Return one package in full, and clause by clause against another one if named.

    ``block`` brings the outcomes of the physical options; without it typed values count alone.
    """
    by_id = {one.id: one for one in negotiation.packages}
    named = by_id[package]
    sampled = assignments(negotiation, draws=draws, seed=seed, block=block)
    best = assignments(negotiation, draws=0, seed=seed, block=block)
    rows = package_rows(negotiation, [named.choices])
    found = acceptance(sampled, rows)
    parties = sampled.parties
    one = best.problem(0)
    near = nearest_acceptable(one, rows[0], MOST_NEAR)
    low, middle, high = np.percentile(found.gains[:, 0], [5.0, 50.0, 95.0], axis=0)

    def party_values(values: Floats) -> dict[str, float]:
        return {party: float(v) for party, v in zip(parties, values, strict=True)}

    def options(issues: Iterable[int], picked: Ints) -> dict[str, str]:
        return {
            negotiation.issues[i].id: negotiation.issues[i].option_ids[int(picked[i])]
            for i in issues
        }

    exchanged = []
    for trade in trades(one, rows[0], MOST_TRADES):
        after = rows[0].copy()
        after[list(trade.issues)] = trade.options
        exchanged.append(Near(options(trade.issues, after), party_values(trade.gains)))
    nearest = tuple(
        Near(options(np.flatnonzero(picked != rows[0]), picked), party_values(gains))
        for picked, gains in (zip(near.choices, near.gains, strict=True) if near else ())
    )
    return Sheet(
        negotiation=negotiation.id,
        package=named.id,
        name=named.name,
        physics=block is not None,
        unheard=sampled.unheard,
        by=named.by,
        date=named.date,
        reply=named.reply,
        source=named.source,
        choices=named.choices,
        accepted={p: found.by_party(0, i) for i, p in enumerate(parties)},
        all_accept=found.by_all(0),
        all_ratify=found.by_all(0, ratified=True),
        gains=party_values(middle),
        gains_p05=party_values(low),
        gains_p95=party_values(high),
        crosses=tuple(line.line.id for k, line in enumerate(sampled.lines) if found.crossed[k, 0]),
        changes=near.changes if near is not None else None,
        nearest=nearest,
        trades=tuple(exchanged),
        weights={p: _weights(sampled, i, None) or {} for i, p in enumerate(parties)},
        acceptable_weights={
            p: _weights(sampled, i, found.signs[:, 0, i]) for i, p in enumerate(parties)
        },
        against=against,
        clauses=_clauses(negotiation, sampled, rows[0], by_id[against]) if against else (),
    )


def _weights(sampled: Assignments, party: int, held: Bools | None) -> dict[str, float] | None:
    weights = sampled.weights[:, party]
    every = np.ones(len(weights), dtype=np.bool_)
    mean = central_weights(weights, every if held is None else held)
    if np.any(np.isnan(mean)):
        return None
    ids = [issue.id for issue in sampled.negotiation.issues]
    return {id: float(weight) for id, weight in zip(ids, mean, strict=True)}


def _clauses(
    negotiation: Negotiation, sampled: Assignments, first: Ints, other: NamedPackage
) -> tuple[ClauseRow, ...]:
    (second,) = package_rows(negotiation, [other.choices])
    parties = sampled.parties

    def by(values: Floats) -> dict[str, float]:
        return {party: float(v) for party, v in zip(parties, values, strict=True)}

    return tuple(
        ClauseRow(
            one.issue, one.first, one.second, by(one.worth), by(one.low), by(one.high),
            one.contested,
        )
        for one in clauses(sampled, first, second)
    )  # fmt: skip


def sheet_told(found: Sheet) -> Iterator[Block]:
    """Yield a package's sheet in words."""
    yield Block(
        text(
            "bargaining.in_full",
            name=found.name,
            by=found.by or text("bargaining.nobody"),
            date=found.date or text("bargaining.undated"),
            reply=found.reply or "-",
            source=found.source,
        )
    )
    yield Block(chosen(found.choices))
    if found.unheard:
        yield Block(text("bargaining.no_physics", outcomes=", ".join(found.unheard)))
    columns = ("", *found.accepted, text("bargaining.package_columns.all"))
    shares = [two_digits(one) for one in found.accepted.values()]
    yield Block(
        text("bargaining.packages"), columns, (("", *shares, two_digits(found.all_accept)),)
    )
    if found.crosses:
        yield Block(text("bargaining.crosses", lines=", ".join(found.crosses)))
    else:
        yield Block(text("bargaining.crosses_nothing"))
    if found.changes is None:
        yield Block(text("bargaining.no_nearest"))
    for near in found.nearest:
        yield Block(
            text(
                "bargaining.nearest",
                changes=found.changes,
                choices=chosen(near.choices) or text("bargaining.none"),
                gains=by_party(near.gains),
            )
        )
    yield Block(text("bargaining.trades" if found.trades else "bargaining.no_trades"))
    for trade in found.trades:
        yield Block(
            text("bargaining.deal", choices=chosen(trade.choices), gains=by_party(trade.gains))
        )
    yield from _would_want(found)
    if found.against is None:
        return
    if not found.clauses:
        yield Block(text("bargaining.same"))
        return
    names = ("issue", "first", "second")
    heads = tuple(text(f"bargaining.clause_columns.{name}") for name in names)
    last = text("bargaining.clause_columns.contested")
    rows = tuple(
        (
            row.issue,
            row.first,
            row.second,
            *(two_digits(value) for value in row.worth.values()),
            text("bargaining.yes" if row.contested else "bargaining.no"),
        )
        for row in found.clauses
    )
    yield Block(
        text("bargaining.clauses", first=found.package, second=found.against),
        (*heads, *found.accepted, last),
        rows,
    )


def _would_want(found: Sheet) -> Iterator[Block]:
    """Yield, for each party that seldom accepts, what it would have to want to accept."""
    for party, share in found.accepted.items():
        wanted = found.acceptable_weights[party]
        if share.share > SELDOM:
            continue
        if wanted is None:
            yield Block(text("bargaining.wants_never", party=party))
            continue
        usual = found.weights[party]
        moved = sorted(usual, key=lambda issue: -abs(wanted[issue] - usual[issue]))[:MOST_MOVED]
        weights = ", ".join(
            text("bargaining.weight_moves", issue=i, usual=two_digits(usual[i]),
                 wanted=two_digits(wanted[i]))
            for i in moved
        )  # fmt: skip
        yield Block(text("bargaining.wants", party=party, weights=weights))
