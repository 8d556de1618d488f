"""The tables of packages: what everybody makes of them, what is in them, where two differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from longroad.bargaining.acceptance import Acceptance, share
from longroad.bargaining.clauses import clauses
from longroad.bargaining.problem import Bools
from longroad.bargaining.regions import ends_of
from longroad.scenario.negotiation import NamedPackage
from longroad.study.bargain_inputs import Row, columns
from longroad.study.bargain_run import OWN, PROPOSAL, Bargained
from longroad.study.table import Table

ALL, HOME = "all", "home"


def packages_table(done: Bargained) -> Table:
    """Return what each party, and all together, make of every package."""
    rows: list[Row] = []
    named = {one.id: one for one in done.negotiation.packages}
    told = {row.package: row for row in done.report.rows}
    moves = {} if done.report.dance is None else {m.package: m for m in done.report.dance.moves}
    replies = {} if done.report.hindcast is None else {
        r.package: r for r in done.report.hindcast.replies
    }  # fmt: skip
    ids = [line.line.id for line in done.sampled.lines]
    whole = done.regions()
    by_party = [done.regions([p]) for p in range(len(done.parties))]
    for k, kind in enumerate(done.packages):
        one = named.get(kind.id) if kind.kind == PROPOSAL else None
        row = told.get(kind.id) if one is not None else None
        move, reply = moves.get(kind.id), replies.get(kind.id)
        crossed = [ids[j] for j in np.flatnonzero(done.made[OWN].crossed[:, k])]
        head = (
            kind.id, kind.name, kind.kind, (one.by or "") if one else "",
            (one.date or "") if one else "", bool(one and one.opening),
            (one.reply or "") if one else "", one.source if one else "", " ".join(crossed),
            float(row.changes) if row is not None and row.changes is not None
            else (np.nan if one is not None else 0.0),
        )  # fmt: skip
        tail = (
            move.concession if move is not None and move.concession is not None else np.nan,
            reply.predicted if reply is not None else np.nan,
        )
        for under, found in done.made.items():
            for p, party in enumerate(done.parties):
                gains = found.gains[:, k, p]
                low, middle, high = np.percentile(gains, [5.0, 50.0, 95.0])
                best = float(done.best.gains[0, k, p]) if under == OWN else np.nan
                numbers = (best, float(low), float(middle), float(high))
                held = found.signs[:, k, p]
                rows.append((*head, under, party, *_share(held, by_party[p]), *numbers, *tail))
            for who, held in _together(found, k).items():
                nothing = (np.nan,) * 4
                rows.append((*head, under, who, *_share(held, whole), *nothing, *tail))
    return columns("bargain_packages", rows)


def _together(found: Acceptance, k: int) -> dict[str, Bools]:
    whole = {ALL: found.signs[:, k], HOME: found.ratifies[:, k]}
    return {who: np.asarray(held.all(axis=1)) for who, held in whole.items()}


def _share(held: Bools, regions: Sequence[Bools]) -> tuple[float, float, float, float]:
    one = share(held)
    return one.share, one.mc_se, *ends_of(held, regions)


def choices_table(done: Bargained) -> Table:
    """Return the options of every package."""
    issues, kept = done.negotiation.issues, done.negotiation.no_deal or {}
    told = {row.package: row for row in done.report.rows}
    rows: list[Row] = []
    for k, kind in enumerate(done.packages):
        near = told[kind.id].nearest if kind.kind == PROPOSAL and kind.id in told else {}
        for i, issue in enumerate(issues):
            option = issue.option_ids[int(done.choices[k, i])]
            changed = kept.get(issue.id) != option
            rows.append((kind.id, issue.id, option, changed, near.get(issue.id, "")))
    return columns("bargain_choices", rows)


def options_table(done: Bargained) -> Table:
    """Return every option with what each party values it at, against that without a deal."""
    sampled, best = done.sampled, done.report.drawn.best
    kept = done.negotiation.no_deal or {}
    coupled = done.block.issues if done.block is not None else ()
    rows: list[Row] = []
    for i, issue in enumerate(done.negotiation.issues):
        base = issue.option_ids.index(kept.get(issue.id, issue.option_ids[0]))
        for o, option in enumerate(issue.options):
            for p, party in enumerate(done.parties):
                drawn = sampled.tables[i][:, p, o] - sampled.tables[i][:, p, base]
                low, high = np.percentile(drawn, [5.0, 95.0])
                middle = float(best.tables[i][0, p, o] - best.tables[i][0, p, base])
                rows.append((
                    issue.id, issue.name, option.id, option.name, o == base and bool(kept),
                    issue.id in coupled, party, middle, float(low), float(high),
                ))  # fmt: skip
    return columns("bargain_options", rows)


def clauses_table(done: Bargained) -> Table:
    """Return where two proposals conflict, issue by issue."""
    packages = done.negotiation.packages
    place = {one.id: k for k, one in enumerate(packages)}
    rows: list[Row] = []
    for first, second in pairs(packages):
        found = clauses(done.sampled, done.choices[place[first]], done.choices[place[second]])
        for one in found:
            rows += [
                (
                    first, second, one.issue, one.first, one.second, one.contested, party,
                    float(one.worth[p]), float(one.low[p]), float(one.high[p]),
                )
                for p, party in enumerate(done.parties)
            ]  # fmt: skip
    return columns("bargain_clauses", rows)


def pairs(packages: tuple[NamedPackage, ...]) -> list[tuple[str, str]]:
    """Return the pairs of proposals that are set against each other.

    Every opening but the first against the last proposal of somebody else before it, and the last
    proposal of the party that spoke last against the last one of somebody else.
    """
    dated = sorted((one for one in packages if one.by and one.date), key=lambda one: str(one.date))
    found: list[tuple[str, str]] = []
    for k, one in enumerate(dated):
        before = [other for other in dated[:k] if other.by != one.by]
        if before and (one.opening or k == len(dated) - 1):
            found.append((before[-1].id, one.id))
    return found
