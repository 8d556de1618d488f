"""One topic of a negotiation in words, for the terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from longroad.bargaining.telling import VISIBLE, Block, by_party, chosen, two_digits
from longroad.bargaining.topics import (
    Answer,
    LinkageAnswer,
    PatienceAnswer,
    RanksAnswer,
    ShadingAnswer,
    TextAnswer,
    WinnerAnswer,
)
from longroad.base.messages import text

MOST_CENTRAL = 3


def topic_told(found: Answer) -> Iterator[Block]:
    """Yield the answer to one topic."""
    teller: Callable[[Any], Iterator[Block]] = _TELLERS[type(found)]
    yield from teller(found)


def _heads(*names: str) -> tuple[str, ...]:
    return tuple(text(f"bargaining.topic.columns.{name}") for name in names)


def _linkage(found: LinkageAnswer) -> Iterator[Block]:
    yield Block(
        text(
            f"bargaining.topic.linkage_{found.over}",
            first=", ".join(found.first),
            second=", ".join(found.second),
        )
    )
    rows = tuple(
        (
            party,
            f"{found.apart[party]:.3f}",
            f"{found.together[party]:.3f}",
            f"{found.gain[party]:+.3f}",
        )
        for party in found.apart
    )
    yield Block(
        text("bargaining.topic.linkage"), _heads("party", "apart", "together", "gain"), rows
    )
    for side, lines in found.imported.items():
        if lines:
            yield Block(text(f"bargaining.topic.imported_{side}", lines=", ".join(lines)))


def _text(found: TextAnswer) -> Iterator[Block]:
    yield Block(text("bargaining.topic.text", start=chosen(found.start)))
    for walk in found.walks:
        if walk.drafts:
            rows = tuple(
                (str(k), chosen(draft.changed), *(two_digits(v) for v in draft.worth.values()))
                for k, draft in enumerate(walk.drafts, 1)
            )
            heads = (*_heads("draft", "changes"), *walk.drafts[0].worth)
            yield Block(text(f"bargaining.topic.walk_{walk.changes}"), heads, rows)
        else:
            yield Block(text(f"bargaining.topic.stalls_{walk.changes}"))
        left = max(walk.left.values())
        key = "left" if left > 1e-9 else "left_nothing"
        yield Block(text(f"bargaining.topic.{key}", gains=by_party(walk.left)))


def _ranks(found: RanksAnswer) -> Iterator[Block]:
    yield Block(text("bargaining.topic.ranks", draws=f"{found.draws:,}"))
    for party, ranks in found.by_party.items():
        order = sorted(ranks, key=lambda one: (-one.ranks[0], -sum(one.ranks[:3])))
        rows = tuple(
            (
                one.alternative,
                two_digits(one.ranks[0]),
                two_digits(sum(one.ranks[:3])),
                two_digits(one.ranks[-1]),
                "-" if one.confidence is None else two_digits(one.confidence),
                "-" if one.central is None else _heaviest(one.central),
            )
            for one in order
            if max(one.ranks[0], sum(one.ranks[:3]), one.ranks[-1]) >= VISIBLE
        )
        heads = _heads("package", "first", "top", "last", "confidence", "central")
        yield Block(text("bargaining.topic.ranks_of", party=party), heads, rows)
        shown = {row[0] for row in rows}
        others = [one.alternative for one in order if one.alternative not in shown]
        if others:
            yield Block(text("bargaining.topic.ranks_rest", packages=", ".join(others)))


def _heaviest(weights: dict[str, float] | Any) -> str:
    most = sorted(weights.items(), key=lambda one: -one[1])[:MOST_CENTRAL]
    return ", ".join(f"{issue} {two_digits(weight)}" for issue, weight in most)


def _patience(found: PatienceAnswer) -> Iterator[Block]:
    rows = tuple(
        (
            f"{pair.first}, {pair.second}",
            f"{pair.first_rate:.3g}, {pair.second_rate:.3g}",
            f"{pair.share_of_first:.3f}",
            f"{pair.share_when_first_proposes:.3f}",
            f"{pair.share_when_second_proposes:.3f}",
        )
        for pair in found.pairs
    )
    heads = _heads("pair", "rates", "limit", "first_proposes", "second_proposes")
    yield Block(text("bargaining.topic.patience"), heads, rows)
    yield Block(
        text(
            "bargaining.topic.exponents",
            exponents=by_party(found.exponents),
            gains=by_party(found.gains),
            equal=by_party(found.equal_gains),
        )
    )
    yield Block(
        text(
            "bargaining.topic.private",
            draws=f"{found.private_draws:,}",
            trade=f"{found.private_trade:.3f}",
            efficiency=f"{found.private_efficiency:.3f}",
        )
    )


def _shading(found: ShadingAnswer) -> Iterator[Block]:
    parties = list(found.rows[0].others) if found.rows else []
    rows = tuple(
        (
            row.party,
            f"{100 * row.share:.0f} %",
            row.issue or text("bargaining.none"),
            *(f"{row.others[party]:+.3f}" for party in parties),
        )
        for row in found.rows
    )
    yield Block(
        text("bargaining.topic.shading"), (*_heads("party", "share", "issue"), *parties), rows
    )


def _winner(found: WinnerAnswer) -> Iterator[Block]:
    rows = tuple(found.shares.items())
    first = next(iter(found.points))
    yield Block(text("bargaining.topic.winner", first=first), _heads("issue", "part"), rows)
    yield Block(
        text(
            "bargaining.topic.winner_points",
            points=", ".join(f"{party} {points:g}" for party, points in found.points.items()),
            nash=by_party(found.nash),
            egalitarian=by_party(found.egalitarian),
        )
    )


_TELLERS: dict[type, Callable[[Any], Iterator[Block]]] = {
    LinkageAnswer: _linkage,
    TextAnswer: _text,
    RanksAnswer: _ranks,
    PatienceAnswer: _patience,
    ShadingAnswer: _shading,
    WinnerAnswer: _winner,
}
