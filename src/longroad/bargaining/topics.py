"""One question about a negotiation at a time: linkage, a mediator's text, ranks, patience, lies.

Each function returns a frozen answer with a topic's name; `topic_told` puts it in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from longroad.bargaining.assign import Assignments, assignments, package_rows
from longroad.bargaining.divided import Divided, divided
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.frontier import frontier
from longroad.bargaining.linkage import linkage
from longroad.bargaining.nearby import single_text
from longroad.bargaining.patience import limit_share, share_at_rates
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.private import split_the_difference
from longroad.bargaining.problem import Floats, Ints, Problem, utilities
from longroad.bargaining.shading import shading
from longroad.bargaining.smaa import confidence, indices
from longroad.bargaining.solutions import solve
from longroad.base.errors import nearest
from longroad.scenario.negotiation import Negotiation

SHADES = (0.05, 0.1, 0.2, 0.35, 0.5)
STEP_YEARS = 1.0
NO_DEAL = "no-deal"
Plain = Mapping[str, float]


@dataclass(frozen=True)
class LinkageAnswer:
    """Two tables apart and together: solutions as worth to each party, and what linking brings.

    ``over`` says what is solved: mixtures of packages at equal shares of the range (two parties,
    divisible issues), or the packages at the Nash point. ``imported`` are the red lines that each
    table's issues bring to the other.
    """

    topic: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    over: str
    apart: Plain
    together: Plain
    gain: Plain
    imported: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class DraftRow:
    """One draft: what it changes against the one before, and its worth to each party."""

    changed: Mapping[str, str]
    worth: Plain


@dataclass(frozen=True)
class Walk:
    """Drafts with so many issues changed at once, and what is left on the table at the end.

    ``left``: the most that every party could still gain at once, by party, at the package that
    gains most for whoever gains least over the last draft; all zero on the frontier.
    """

    changes: int
    drafts: tuple[DraftRow, ...]
    left: Plain


@dataclass(frozen=True)
class TextAnswer:
    """A mediator's single text from a package, improved one issue and two issues at a time."""

    topic: str
    start: Mapping[str, str]
    walks: tuple[Walk, ...]


@dataclass(frozen=True)
class Rank:
    """One alternative to one party: how often it has each rank, and with what weights it is first.

    ``central`` None where it is never first; ``confidence`` is the share of draws of the values in
    which it is first under those weights, the worth of single issues alone.
    """

    alternative: str
    ranks: tuple[float, ...]
    central: Plain | None
    confidence: float | None


@dataclass(frozen=True)
class RanksAnswer:
    """Stochastic multicriteria acceptability of the named packages and of no deal, by party."""

    topic: str
    draws: int
    by_party: Mapping[str, tuple[Rank, ...]]


@dataclass(frozen=True)
class PairPatience:
    """Alternating offers of two parties with complete information: shares of what there is."""

    first: str
    second: str
    first_rate: float
    second_rate: float
    share_of_first: float
    share_when_first_proposes: float
    share_when_second_proposes: float


@dataclass(frozen=True)
class PatienceAnswer:
    """Rubinstein's limit for each pair, and the Nash point with these shares as exponents.

    ``private`` is what one price costs when values are known only to oneself (Chatterjee and
    Samuelson): shares of pairs that trade and of possible gains realised, computed from draws.
    """

    topic: str
    pairs: tuple[PairPatience, ...]
    exponents: Plain
    gains: Plain
    equal_gains: Plain
    private_draws: int
    private_trade: float
    private_efficiency: float


@dataclass(frozen=True)
class ShadeRow:
    """The best lie of a size of one party: the issue played down (None: none pays), and changes."""

    party: str
    share: float
    issue: str | None
    gain: float
    others: Plain


@dataclass(frozen=True)
class ShadingAnswer:
    """What each party gains at the Nash point by playing down one issue, by the size of the lie."""

    topic: str
    rows: tuple[ShadeRow, ...]


@dataclass(frozen=True)
class WinnerAnswer:
    """Adjusted winner, and the solutions between packages."""

    topic: str
    shares: Mapping[str, str]
    points: Plain
    nash: Plain
    egalitarian: Plain


Answer = LinkageAnswer | TextAnswer | RanksAnswer | PatienceAnswer | ShadingAnswer | WinnerAnswer


@dataclass(frozen=True)
class Asked:
    """A negotiation with its assignments, and what the user named beside the topic."""

    negotiation: Negotiation
    sampled: Assignments
    best: Assignments
    seed: int
    package: str | None = None
    split: tuple[str, ...] = ()

    @property
    def problem(self) -> Problem:
        """Return the assignment of the best estimates."""
        return self.best.problem(0)

    def by(self, values: Floats) -> dict[str, float]:
        """Return a number for each party."""
        return dict(zip(self.best.parties, map(float, values), strict=True))


def topic(
    name: str,
    negotiation: Negotiation,
    block: PhysicsBlock | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    package: str | None = None,
    split: Sequence[str] = (),
) -> Answer:
    """Return the answer to one topic of `TOPICS`.

    ``package`` is where a single text starts (default: no deal); ``split`` are the issues of the
    first of two tables. Raises :class:`BargainingError` where the negotiation does not fit.
    """
    sampled, best = (assignments(negotiation, draws=n, seed=seed, block=block) for n in (draws, 0))
    chosen = negotiation.seed if seed is None else seed
    return TOPICS[name](Asked(negotiation, sampled, best, chosen, package, tuple(split)))


def _linkage(asked: Asked) -> LinkageAnswer:
    one = asked.problem
    first = _places(asked)
    second = [i for i in range(len(one.issues)) if i not in first]
    if not second:
        raise BargainingError("nothing is left for a second table", expected="some of the issues")
    tables = [_table(asked, one, part) for part in (first, second)]
    divisible = all(issue.divisible for issue in asked.negotiation.issues)
    if len(one.parties) == 2 and divisible:
        over, found = "mixtures", linkage(*tables)
        apart, together = found.apart, found.together
    else:
        over = "packages"
        apart, together = _nash(tables[0]) + _nash(tables[1]), _nash(one)
    names = [tuple(one.issues[i] for i in part) for part in (first, second)]
    return LinkageAnswer(
        "linkage", names[0], names[1], over,
        asked.by(apart), asked.by(together), asked.by(together - apart),
        {"first": _crossing(asked, second), "second": _crossing(asked, first)},
    )  # fmt: skip


def _places(asked: Asked) -> list[int]:
    known = list(asked.problem.issues)
    if not asked.split:
        raise BargainingError(
            "nothing says which issues are at the first table",
            field="split",
            expected=", ".join(known),
        )
    for name in asked.split:
        if name not in known:
            raise BargainingError(
                f"there is no issue '{name}' in this negotiation",
                field="split",
                expected=", ".join(known),
                nearest=nearest(name, known),
            )
    return sorted({known.index(name) for name in asked.split})


def _table(asked: Asked, one: Problem, part: Sequence[int]) -> Problem:
    """Return some of the issues as a table of their own.

    What a party keeps without a deal is parted: the worth of its options there, and what is left
    (a margin, a plain value) by the table's part of the party's range.
    """
    place = {issue: k for k, issue in enumerate(part)}
    terms = []
    for term in one.terms:
        inside = [i for i in term.scope if i in place]
        if inside and len(inside) < len(term.scope):
            names = ", ".join(one.issues[i] for i in term.scope)
            raise BargainingError(
                f"{names} are valued together or cross a red line together, and cannot be "
                "parted to two tables",
                field="split",
                expected="all of them at one table",
            )
        if inside:
            scope = tuple(place[i] for i in term.scope)
            terms.append(type(term)(scope, term.values, term.allowed))
    whole, own = (_range(one, range(len(one.issues))), _range(one, part))
    base = np.zeros(len(one.parties))
    total = base
    if asked.negotiation.no_deal is not None:
        (row,) = package_rows(asked.negotiation, [asked.negotiation.no_deal])
        total = utilities(one, row[None])[0]
        kept = Problem(
            one.parties, tuple(one.issues[i] for i in part), tuple(one.tables[i] for i in part),
            tuple(one.allowed[i] for i in part), tuple(terms), np.zeros(len(one.parties)),
        )  # fmt: skip
        base = utilities(kept, row[list(part)][None])[0]
    floor = base + (one.reservation - total) * np.divide(
        own, whole, out=np.zeros_like(own), where=whole > 0.0
    )
    return Problem(
        one.parties, tuple(one.issues[i] for i in part), tuple(one.tables[i] for i in part),
        tuple(one.allowed[i] for i in part), tuple(terms), floor,
    )  # fmt: skip


def _range(one: Problem, part: Sequence[int]) -> Floats:
    return np.sum([np.ptp(one.tables[i], axis=1) for i in part], axis=0)


def _nash(one: Problem) -> Floats:
    """Return the worth of the Nash point, or of no deal where nothing is acceptable to all."""
    found = frontier(one)
    if not len(found):
        return one.reservation
    return np.asarray(solve(found, one.reservation, "nash").utilities[0])


def _crossing(asked: Asked, those: Sequence[int]) -> tuple[str, ...]:
    """Return the red lines of ``those`` issues alone, which a link brings to the other table."""
    return tuple(line.line.id for line in asked.best.lines if set(line.scope) <= set(those))


def _text(asked: Asked) -> TextAnswer:
    talks, one = asked.negotiation, asked.problem
    by_id = {package.id: package.choices for package in talks.packages}
    if asked.package is not None:
        start = by_id[asked.package]
    elif talks.no_deal is not None:
        start = talks.no_deal
    else:
        raise BargainingError(
            "nothing says where the text starts", field="package", expected=", ".join(by_id)
        )
    (row,) = package_rows(talks, [start])
    return TextAnswer("text", start, tuple(_walk(asked, one, row, k) for k in (1, 2)))


def _walk(asked: Asked, one: Problem, start: Ints, changes: int) -> Walk:
    drafts = single_text(one, start, changes)
    rows = []
    before = drafts[0].choices
    for draft in drafts[1:]:
        changed = {
            one.issues[i]: asked.negotiation.issues[i].option_ids[int(draft.choices[i])]
            for i in np.flatnonzero(draft.choices != before)
        }
        rows.append(DraftRow(changed, asked.by(draft.utilities)))
        before = draft.choices
    last = drafts[-1].utilities
    found = frontier(_above(one, last))
    left = np.zeros(len(last))
    if len(found):
        gains = found.utilities - last
        left = np.maximum(gains[np.lexsort((gains.sum(axis=1), gains.min(axis=1)))[-1]], 0.0)
    return Walk(changes, tuple(rows), asked.by(left))


def _above(one: Problem, floor: Floats) -> Problem:
    return Problem(one.parties, one.issues, one.tables, one.allowed, one.terms, floor)


def _ranks(asked: Asked) -> RanksAnswer:
    talks, sampled = asked.negotiation, asked.sampled
    alternatives = {one.id: one.choices for one in talks.packages}
    if talks.no_deal is not None:
        alternatives[NO_DEAL] = talks.no_deal
    if not alternatives:
        raise BargainingError("no package is named that could be ranked", expected="'packages'")
    rows = package_rows(talks, list(alternatives.values()))
    worth = sampled.utilities(rows)
    made = {}
    for p, party in enumerate(sampled.parties):
        weights = sampled.weights[:, p]
        found = indices(worth[:, :, p], weights)
        values = np.stack(
            [_plain(sampled.tables[i][:, p], weights[:, i])[:, rows[:, i]]
             for i in range(len(talks.issues))], axis=2,
        )  # fmt: skip
        made[party] = tuple(
            _rank(asked, name, a, found.rank[a], found.central[a], values)
            for a, name in enumerate(alternatives)
        )
    return RanksAnswer("ranks", sampled.draws, made)


def _plain(table: Floats, weight: Floats) -> Floats:
    """Return values 0 to 1 of an issue's options (draws, options) out of weighted ones."""
    return np.divide(table, weight[:, None], out=np.zeros_like(table), where=weight[:, None] > 0.0)


def _rank(
    asked: Asked, name: str, place: int, ranks: Floats, central: Floats, values: Floats
) -> Rank:
    first = tuple(map(float, ranks))
    if np.any(np.isnan(central)):
        return Rank(name, first, None, None)
    issues = [issue.id for issue in asked.negotiation.issues]
    sure = confidence(values, central, place)
    return Rank(name, first, dict(zip(issues, map(float, central), strict=True)), sure)


def _patience(asked: Asked) -> PatienceAnswer:
    talks, one = asked.negotiation, asked.problem
    if talks.patience is None:
        raise BargainingError(
            "the negotiation says nothing of patience", field="patience", expected="'discount'"
        )
    rate = {p: talks.patience.discount[p].best for p in one.parties}
    if min(rate.values()) <= 0.0:
        raise BargainingError("a party never discounts the future", expected="a rate above zero")
    pairs = tuple(
        PairPatience(
            a, b, rate[a], rate[b], limit_share(rate[a], rate[b]),
            share_at_rates(rate[a], rate[b], STEP_YEARS),
            1.0 - share_at_rates(rate[b], rate[a], STEP_YEARS),
        )
        for k, a in enumerate(one.parties)
        for b in one.parties[k + 1 :]
    )  # fmt: skip
    inverse = np.array([1.0 / rate[p] for p in one.parties])
    exponents = inverse / inverse.sum()
    found = frontier(one)
    gains = equal = np.zeros(len(one.parties))
    if len(found):
        weighted = solve(found, one.reservation, "nash", weights=list(exponents))
        gains = weighted.utilities[0] - one.reservation
        equal = solve(found, one.reservation, "nash").utilities[0] - one.reservation
    stream = np.random.Generator(np.random.Philox(asked.seed))
    count = max(asked.sampled.draws, 100_000)
    private = split_the_difference(stream.random(count), stream.random(count))
    return PatienceAnswer(
        "patience", pairs, asked.by(exponents), asked.by(gains), asked.by(equal), count,
        private.trade, private.efficiency,
    )  # fmt: skip


def _shading(asked: Asked) -> ShadingAnswer:
    rows = []
    for p, party in enumerate(asked.problem.parties):
        for share in SHADES:
            lie = shading(asked.problem, p, share)
            rows.append(ShadeRow(party, share, lie.issue, lie.gain, asked.by(np.array(lie.others))))
    return ShadingAnswer("shading", tuple(rows))


def _winner(asked: Asked) -> WinnerAnswer:
    found: Divided | None = divided(asked.negotiation, asked.best)
    if found is None:
        raise BargainingError(
            "adjusted winner does not fit this negotiation",
            expected="two parties, every issue divisible and valued by itself, and on each what "
            "is best for one worst for the other",
        )
    mixed = found.mixed
    return WinnerAnswer(
        "winner", found.shares, found.points, asked.by(mixed.nash), asked.by(mixed.egalitarian)
    )


TOPICS: Mapping[str, Callable[[Asked], Answer]] = {
    "linkage": _linkage,
    "text": _text,
    "ranks": _ranks,
    "patience": _patience,
    "shading": _shading,
    "winner": _winner,
}
