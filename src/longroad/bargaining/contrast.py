"""Two negotiations that differ in something: what was changed, what became of it, and why.

Results are compared on the same value assignments: what both draw is the same number in both.
The cause is told one input at a time: each changed part alone in the first negotiation. What the
parts do together beyond that is the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from longroad.bargaining.acceptance import acceptance
from longroad.bargaining.assign import Assignments, assignments, package_rows
from longroad.bargaining.draw import dimensions
from longroad.bargaining.frontier import frontier
from longroad.bargaining.parts import Key, check_alike, parts, with_part
from longroad.bargaining.physics import PhysicsBlock
from longroad.bargaining.problem import Floats
from longroad.bargaining.solutions import solve
from longroad.bargaining.worksheet import ends
from longroad.bargaining.zone import prices, zone
from longroad.base.errors import LongroadError
from longroad.scenario.negotiation import Negotiation

MOST_FOR_CAUSES = 256
MOST_FOR_LINES = 64
MOST_CAUSES = 24
Blocks = Callable[[Negotiation], PhysicsBlock | None]
Plain = Mapping[str, float]


@dataclass(frozen=True)
class Change:
    """One part of the input as each of the two has it; None where one lacks it."""

    input: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Moved:
    """One result in both, and the difference with its sampling error (None: no share)."""

    result: str
    before: float | None
    after: float | None
    difference: float | None
    mc_se: float | None


@dataclass(frozen=True)
class Cause:
    """What one change does alone: to shares with an agreement, to gains, and where most.

    ``most`` is the answer that moves most (package and party) and ``most_change`` by how much.
    ``fault`` says why a change cannot stand alone.
    """

    input: str
    agreement: float | None
    ratified: float | None
    gains: Plain
    most: str | None
    most_change: float | None
    fault: str | None = None

    @property
    def size(self) -> float:
        """Return the greatest change of any share or gain."""
        values = [self.agreement, self.ratified, self.most_change, *self.gains.values()]
        return max((abs(value) for value in values if value is not None), default=0.0)


@dataclass(frozen=True)
class Contrast:
    """The whole difference; ``causes`` greatest first.

    ``same_numbers``: both files draw the same numbers; else those of both are drawn for each, and
    figures differ from either's own by sampling. ``point_before`` and ``point_after`` are the Nash
    points of the best estimates, in the issues on which they differ. ``cause_draws`` is the number
    of assignments that causes rest on. ``ranges`` are issues by party whose worst or best option is
    another one now, with the weight left as it was: it was asked for another swing.
    """

    before: str
    after: str
    draws: int
    seed: int
    same_numbers: bool
    physics_changed: bool
    inputs: tuple[Change, ...]
    ranges: tuple[str, ...]
    results: tuple[Moved, ...]
    same_results: int
    point_before: Mapping[str, str]
    point_after: Mapping[str, str]
    cause_draws: int
    causes: tuple[Cause, ...]


@dataclass(frozen=True)
class _Outcome:
    """Everything compared, by name: (draws,) where drawn; ``point`` the Nash package."""

    drawn: Mapping[str, Floats]
    gains: Floats
    point: Mapping[str, str]


def contrast(
    before: Negotiation,
    after: Negotiation,
    block_of: Blocks,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
) -> Contrast:
    """Return where two negotiations differ in input and results, and which input does what.

    ``block_of`` returns the outcomes of a negotiation's physical options, or None; it is asked
    again only for a changed physics. Raises :class:`BargainingError` when parties, issues or
    options are not the same.
    """
    check_alike(before, after)
    first, second = parts(before), parts(after)
    keys = [key for key in dict.fromkeys([*first, *second]) if first.get(key) != second.get(key)]
    chosen = before.seed if seed is None else seed
    count = before.draws if draws is None else draws
    blocks = {id(one): block_of(one) for one in (before, after)}
    names = tuple(sorted({*dimensions(before), *dimensions(after)}))

    def outcome(one: Negotiation, block: PhysicsBlock | None, rows: int) -> _Outcome:
        sampled = assignments(one, draws=rows, seed=chosen, block=block, also=names)
        return _outcome(sampled, assignments(one, draws=0, seed=chosen, block=block), workers)

    def lines(one: Negotiation) -> dict[str, float]:
        rows = min(count, MOST_FOR_LINES)
        sampled = assignments(one, draws=rows, seed=chosen, block=blocks[id(one)], also=names)
        costs = prices(sampled, range(rows), workers=workers) if sampled.lines else ()
        return {price.line: price.blocked for price in costs}

    whole = [outcome(one, blocks[id(one)], count) for one in (before, after)]
    some = min(count, MOST_FOR_CAUSES)
    moved = _moved(*whole) + _lines(lines(before), lines(after))
    base = outcome(before, blocks[id(before)], some) if keys else whole[0]

    def alone(key: Key) -> Cause:
        one = with_part(before, after, key)
        physics = block_of(one) if key[0] in ("physics", "held") else blocks[id(before)]
        return _cause("/".join(key), before, base, outcome(one, physics, some))

    differing = [
        issue for issue in whole[0].point if whole[0].point[issue] != whole[1].point.get(issue)
    ]
    return Contrast(
        before=before.file,
        after=after.file,
        draws=count,
        seed=chosen,
        same_numbers=dimensions(before) == dimensions(after),
        physics_changed=any(key[0] == "physics" for key in keys),
        inputs=tuple(Change("/".join(key), first.get(key), second.get(key)) for key in keys),
        ranges=_ranges(before, after, keys),
        results=tuple(one for one in moved if one.difference != 0.0),
        same_results=sum(one.difference == 0.0 for one in moved),
        point_before={issue: whole[0].point[issue] for issue in differing},
        point_after={issue: whole[1].point.get(issue, "") for issue in differing},
        cause_draws=some,
        causes=_causes(keys, alone),
    )


def _ranges(before: Negotiation, after: Negotiation, keys: list[Key]) -> tuple[str, ...]:
    """Return ``party/issue`` where the ends of an issue changed and its weight did not."""
    found = []
    for kind, *rest in keys:
        if kind != "values" or ("weight", *rest) in keys or ("weights", rest[0]) in keys:
            continue
        party, id = rest
        pairs = [ends(one.of(party), one.issue(id)) for one in (before, after)]
        if None not in pairs and pairs[0] != pairs[1]:
            found.append(f"{party}/{id}")
    return tuple(found)


def _outcome(sampled: Assignments, best: Assignments, workers: int | None) -> _Outcome:
    talks = sampled.negotiation
    drawn: dict[str, Floats] = {}
    rows = package_rows(talks, [one.choices for one in talks.packages])
    if len(rows):
        found = acceptance(sampled, rows)
        for k, package in enumerate(talks.packages):
            for p, party in enumerate(sampled.parties):
                drawn[f"accepted/{package.id}/{party}"] = found.signs[:, k, p].astype(float)
            drawn[f"accepted/{package.id}/all"] = found.signs[:, k].all(axis=1).astype(float)
    signed = zone(sampled, workers=workers)
    drawn["agreement"] = signed.exists.astype(float)
    if talks.ratification:
        home = zone(sampled, ratified=True, workers=workers)
        drawn["agreement/with-ratifiers"] = home.exists.astype(float)
    for p, party in enumerate(sampled.parties):
        drawn[f"gain/{party}"] = signed.nash[:, p]
    return _Outcome(drawn, signed.nash.mean(axis=0), _point(best))


def _point(best: Assignments) -> dict[str, str]:
    one = best.problem(0)
    found = frontier(one)
    if not len(found):
        return {}
    (row, *_) = solve(found, one.reservation, "nash").rows
    return {
        issue.id: issue.option_ids[int(found.choices[row, i])]
        for i, issue in enumerate(best.negotiation.issues)
    }


def _moved(before: _Outcome, after: _Outcome) -> list[Moved]:
    from longroad.base.streams import scramble_error

    found = []
    for name in dict.fromkeys([*before.drawn, *after.drawn]):
        first, second = before.drawn.get(name), after.drawn.get(name)
        means = [None if one is None else float(one.mean()) for one in (first, second)]
        if first is None or second is None:
            found.append(Moved(name, means[0], means[1], None, None))
            continue
        change = second - first
        error = float(scramble_error(change)) if len(change) > 1 else None
        found.append(Moved(name, means[0], means[1], float(change.mean()), error))
    return found


def _lines(first: dict[str, float], second: dict[str, float]) -> list[Moved]:
    """Return in which share of assignments each red line alone stands in the way, in both."""
    found = []
    for name in dict.fromkeys([*first, *second]):
        before, after = first.get(name), second.get(name)
        change = None if before is None or after is None else after - before
        found.append(Moved(f"alone-in-the-way/{name}", before, after, change, None))
    return found


def _causes(keys: list[Key], alone: Callable[[Key], Cause]) -> tuple[Cause, ...]:
    found = []
    for key in keys[:MOST_CAUSES]:
        try:
            found.append(alone(key))
        except LongroadError as fault:
            found.append(Cause("/".join(key), None, None, {}, None, None, fault.what))
    return tuple(sorted(found, key=lambda one: (-one.size, one.input)))


def _cause(name: str, before: Negotiation, base: _Outcome, alone: _Outcome) -> Cause:
    def change(of: str) -> float | None:
        if of not in base.drawn or of not in alone.drawn:
            return None
        return float(alone.drawn[of].mean() - base.drawn[of].mean())

    answers = {
        of: change(of) or 0.0
        for of in base.drawn
        if of.startswith("accepted/") and of in alone.drawn and not of.endswith("/all")
    }
    most = max(answers, key=lambda of: abs(answers[of]), default=None)
    gains = dict(
        zip(
            (party.id for party in before.parties),
            map(float, alone.gains - base.gains),
            strict=True,
        )
    )
    told = most is not None and answers[most] != 0.0
    return Cause(
        name,
        change("agreement"),
        change("agreement/with-ratifiers"),
        gains,
        most.removeprefix("accepted/") if told and most is not None else None,
        answers[most] if told and most is not None else None,
    )
