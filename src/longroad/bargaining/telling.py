"""A report in words: paragraphs and tables for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from longroad.bargaining.acceptance import Share
from longroad.bargaining.durations import durations
from longroad.bargaining.facts import Cell, FactFinding
from longroad.bargaining.hindcast import Hindcast
from longroad.bargaining.problem import Floats
from longroad.bargaining.report import Report
from longroad.base.messages import text

VISIBLE = 0.005
"""What two digits can show."""
FEW = 0.02
"""A change of a share that is called small: two assignments in a hundred."""


@dataclass(frozen=True)
class Block:
    """A paragraph (``rows`` empty), or a table under its heading."""

    words: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def two_digits(value: float | Share) -> str:
    """Return a share or a utility with two digits."""
    number = value.share if isinstance(value, Share) else value
    rounded = f"{number:.2f}"
    return "0.00" if rounded == "-0.00" else rounded


def by_party(values: Mapping[str, float]) -> str:
    """Return one number for each party."""
    return ", ".join(
        text("bargaining.gains_of", party=party, gain=two_digits(value))
        for party, value in values.items()
    )


def chosen(choices: Mapping[str, str]) -> str:
    """Return options by issue."""
    return ", ".join(
        text("bargaining.choice", issue=issue, option=option) for issue, option in choices.items()
    )


def told(found: Report) -> Iterator[Block]:
    """Yield the answer, what matters most first."""
    yield Block(
        text(
            "bargaining.head",
            parties=", ".join(found.parties),
            issues=found.issues,
            combinations=f"{found.combinations:,}",
            draws=f"{found.draws:,}",
            seed=found.seed,
        )
    )
    yield Block(text("bargaining.normal"))
    yield Block(_rests_on(found))
    yield from _packages(found)
    yield from _zone(found)
    yield from _swaps(found)
    yield from _facts(found)
    yield from _lines(found)
    yield from _solutions(found)
    yield from _time(found)
    yield from _past(found)


def _rests_on(found: Report) -> str:
    counts = ", ".join(
        text("bargaining.status", count=count, status=status)
        for status, count in found.statuses.items()
        if count
    )
    said = text("bargaining.statuses", counts=counts)
    if found.physics:
        return f"{said} {text('bargaining.physics')}"
    if not found.unheard:
        return f"{said} {text('bargaining.physics_free')}"
    return f"{said} {text('bargaining.no_physics', outcomes=', '.join(found.unheard))}"


def _headings(group: str, *names: str) -> tuple[str, ...]:
    return tuple(text(f"bargaining.{group}.{name}") for name in names)


def _packages(found: Report) -> Iterator[Block]:
    if not found.rows:
        return
    first = _headings("package_columns", "package", "date", "by")
    last = _headings("package_columns", "all", "home", "changes", "reply")
    several = text("bargaining.several")
    rows = [
        (
            row.package,
            row.date or "-",
            row.by or (several if row.reply else "-"),
            *(two_digits(row.accepted[party]) for party in found.parties),
            two_digits(row.all_accept),
            two_digits(row.all_ratify),
            text("bargaining.never") if row.changes is None else str(row.changes),
            row.reply or "-",
        )
        for row in sorted(found.rows, key=lambda row: row.date or "")
    ]
    yield Block(text("bargaining.packages"), (*first, *found.parties, *last), tuple(rows))
    yield Block(text("bargaining.package_note"))


def _zone(found: Report) -> Iterator[Block]:
    one = found.agreement
    words = [text("bargaining.zone", share=two_digits(one), error=_error(one))]
    if found.pivots:
        home = found.agreement_ratified
        words.append(text("bargaining.zone_ratified", share=two_digits(home), error=_error(home)))
    yield Block(" ".join(words))
    for gain in found.gains:
        yield Block(
            text(
                "bargaining.gain",
                party=gain.party,
                median=two_digits(gain.median),
                low=two_digits(gain.p05),
                high=two_digits(gain.p95),
            )
        )


def _swaps(found: Report) -> Iterator[Block]:
    for swap in found.swaps:
        key = "bargaining.swap" if swap.change is not None else "bargaining.swap_beyond"
        yield Block(
            text(
                key,
                party=swap.party,
                gain=two_digits(swap.gain),
                outcome=swap.outcome,
                unit=swap.unit,
                start=f"{swap.start:.3g}",
                change=f"{swap.change or 0.0:+.3g}",
            )
        )


def _facts(found: Report) -> Iterator[Block]:
    facts = found.facts
    if facts is None:
        return
    columns = (*found.parties, *_headings("fact_columns", "share", "home", "gains"))
    rows = [(*(cell.held[party] for party in found.parties), *_cell(cell)) for cell in facts.cells]
    yield Block(text("bargaining.facts", count=facts.draws), columns, tuple(rows))
    yield Block(_worth(facts))
    rows = [(next(iter(cell.held.values())), *_cell(cell)) for cell in facts.by_weight]
    first = _headings("fact_columns", "all_hold", "share", "home", "gains")
    yield Block(text("bargaining.facts_each", base=facts.base), first, tuple(rows))
    most = facts.by_weight[0]
    share, home, gain = facts.change(most)
    name = next(iter(most.held.values()))
    said = {"share": f"{share:+.2f}", "home": f"{home:+.2f}", "gain": f"{gain:+.3f}"}
    still = max(abs(share), abs(home), abs(gain)) < VISIBLE
    key = "bargaining.facts_none" if still else "bargaining.facts_most"
    yield Block(text(key, name=name, **said))


def _cell(cell: Cell) -> tuple[str, str, str]:
    gains = ", ".join(f"{value:.3f}" for value in cell.gains.values())
    return two_digits(cell.share), two_digits(cell.ratified), gains


def _worth(facts: FactFinding) -> str:
    """Return what joint fact-finding would be worth, for each set that some party holds."""
    held = set(facts.own.held.values())
    common = [cell for cell in facts.common if set(cell.held.values()) <= held]
    worths = [
        text(
            "bargaining.facts_worth_of",
            name=next(iter(cell.held.values())),
            share=f"{facts.worth(cell):+.2f}",
            home=f"{facts.worth(cell, ratified=True):+.2f}",
        )
        for cell in common
    ]
    said = text("bargaining.facts_worth", worths="; ".join(worths))
    least = max(
        max(abs(facts.worth(cell)), abs(facts.worth(cell, ratified=True))) for cell in common
    )
    return f"{said} {text('bargaining.facts_interests')}" if least < FEW else said


def _error(one: Share) -> str:
    return "-" if np.isnan(one.mc_se) else f"{one.mc_se:.3f}"


def _lines(found: Report) -> Iterator[Block]:
    if not found.lines:
        return
    columns = _headings("line_columns", "line", "holder", "real", "blocks", "nash")
    rows = [
        (
            line.line,
            line.party,
            two_digits(line.active),
            two_digits(line.blocked),
            by_party(dict(zip(found.parties, line.nash_change, strict=True))),
        )
        for line in found.lines
        if line.blocked >= VISIBLE or max(map(abs, line.nash_change)) >= VISIBLE
    ]
    said = text("bargaining.lines", count=found.price_draws)
    if rows:
        yield Block(said, columns, tuple(rows))
    free = [line.line for line in found.lines]
    free = [name for name in free if name not in {row[0] for row in rows}]
    if free:
        yield Block(text("bargaining.free_lines", lines=", ".join(free), count=len(free)))
    if not found.conflicts:
        yield Block(text("bargaining.no_conflict"))
        return
    yield Block(text("bargaining.conflict_head"))
    for one in found.conflicts:
        floors = [text("bargaining.floor", party=party) for party in one.floors]
        yield Block(text("bargaining.conflict", lines=", ".join([*one.lines, *floors])))


def _solutions(found: Report) -> Iterator[Block]:
    if not found.solutions:
        yield Block(text("bargaining.no_solution"))
        return
    yield Block(text("bargaining.solutions"))
    for point in found.solutions:
        tie = text("bargaining.tie", count=point.packages) if point.packages > 1 else ""
        kind = text(f"bargaining.kind.{point.kind}")
        yield Block(text("bargaining.point", kind=kind, gains=by_party(point.gains), packages=tie))
        yield Block(f"    {chosen(point.changed)}")
    yield Block(
        text(
            "bargaining.disagreement",
            points=by_party(found.disagreement),
            over=found.ideal_over,
            ideal=by_party(found.ideal),
        )
    )
    yield Block(text("bargaining.common_scale"))
    yield from _divided(found)
    if found.first_deals:
        yield Block(text("bargaining.first"))
    for deal in found.first_deals:
        yield Block(
            text("bargaining.deal", choices=chosen(deal.choices), gains=by_party(deal.gains))
        )
    best = max(found.shadings, key=lambda one: one.gain, default=None)
    if best is not None and best.issue is not None:
        yield Block(
            text(
                "bargaining.shade",
                share=two_digits(found.shaded),
                gain=two_digits(best.gain),
                party=best.party,
                issue=best.issue,
            )
        )
    else:
        yield Block(text("bargaining.shade_none", share=two_digits(found.shaded)))


def _divided(found: Report) -> Iterator[Block]:
    one = found.divided
    if one is None:
        return
    shares = ", ".join(
        issue if share == "1" else text("bargaining.divided_one", share=share, issue=issue)
        for issue, share in one.shares.items()
        if share != "0"
    )
    yield Block(
        text(
            "bargaining.divided",
            points=", ".join(f"{party} {points:g}" for party, points in one.points.items()),
            first=found.parties[0],
            shares=shares,
        )
    )

    def pair(point: Floats) -> str:
        return by_party(dict(zip(found.parties, map(float, point), strict=True)))

    first, last = one.mixed.utilitarian
    yield Block(
        text(
            "bargaining.mixed",
            nash=pair(one.mixed.nash),
            ks=pair(one.mixed.kalai_smorodinsky),
            egalitarian=pair(one.mixed.egalitarian),
            first=pair(first),
            last=pair(last),
        )
    )
    yield Block(text("bargaining.increments", point=pair(one.increments)))


def _time(found: Report) -> Iterator[Block]:
    if found.pivots:
        yield Block(text("bargaining.pivots"))
        for party in dict.fromkeys(level.party for level in found.pivots):
            levels = ", ".join(
                text(
                    "bargaining.level",
                    needed=level.needed,
                    members=level.members,
                    share=two_digits(level.share),
                )
                for level in found.pivots
                if level.party == party
            )
            yield Block(text("bargaining.pivot", party=party, levels=levels))
    if found.delays:
        yield Block(text("bargaining.delays"))
    for delay in found.delays:
        if np.isnan(delay.quantiles[1]):
            first, second = delay.parties
            yield Block(text("bargaining.endless", first=first, second=second))
            continue
        low, middle, high = (_years(year) for year in delay.quantiles)
        yield Block(
            text(
                "bargaining.delay",
                first=delay.parties[0],
                second=delay.parties[1],
                low=low,
                median=middle,
                high=high,
                endless=two_digits(delay.endless),
            )
        )
    if found.delays:
        yield Block(text("bargaining.demands"))
    for delay in found.milder_delays:
        low, middle, high = (_years(year) for year in delay.quantiles)
        yield Block(
            text(
                "bargaining.milder_elections" if delay.elections else "bargaining.milder",
                first=delay.parties[0],
                second=delay.parties[1],
                leaves=two_digits(delay.leaves),
                low=low,
                median=middle,
                high=high,
            )
        )
    if found.delays and found.scenario is not None:
        cases = "; ".join(
            text("bargaining.took", case=one.case, years=_years(one.years), outcome=one.outcome)
            for one in durations()
        )
        yield Block(text("bargaining.base_rate", cases=cases))
    yield from _roadmap(found)


def _years(years: float) -> str:
    return "-" if np.isnan(years) else f"{years:.2g}" if years < 100 else f"{years:,.0f}"


def _roadmap(found: Report) -> Iterator[Block]:
    road = found.roadmap
    if road is None:
        return
    yield Block(text("bargaining.roadmap"))

    def medians(values: Floats) -> str:
        middle = np.median(values, axis=0)
        never = text("bargaining.never")
        shown = [two_digits(float(v)) if np.isfinite(v) else never for v in middle]
        return ", ".join(
            text("bargaining.gains_of", party=party, gain=one)
            for party, one in zip(found.parties, shown, strict=True)
        )

    for step in road.steps:
        yield Block(
            text(
                "bargaining.step",
                stage=step.stage,
                share=two_digits(step.share),
                trust=medians(step.trust),
                needed=medians(step.needed),
                gain=medians(step.gain),
            )
        )

    def means(values: Floats) -> str:
        return by_party(dict(zip(found.parties, map(float, values.mean(axis=0)), strict=True)))

    yield Block(
        text(
            "bargaining.road_compare",
            staged=means(road.staged),
            once=means(road.at_once),
            taken=two_digits(float(road.once_taken.mean())),
            better=two_digits(road.staged_better),
        )
    )


def _past(found: Report) -> Iterator[Block]:
    if found.dance is not None and len(found.dance.moves) > 1:
        columns = (*_headings("package_columns", "date", "package", "by"), *found.parties, "")
        rows = [
            (
                move.date,
                move.package,
                move.by or "-",
                *(two_digits(float(gain)) for gain in move.gain),
                "" if move.concession is None else f"{move.concession:+.2f}",
            )
            for move in found.dance.moves
        ]
        yield Block(text("bargaining.dance"), columns, tuple(rows))
        if np.isfinite(found.dance.correlation):
            value, count = two_digits(found.dance.correlation), found.dance.pairs
            yield Block(text("bargaining.correlation", value=value, count=count))
        else:
            yield Block(text("bargaining.no_correlation"))
    one = found.hindcast
    if one is not None:
        said = text(
            "bargaining.hindcast",
            score=two_digits(one.score),
            plain=two_digits(one.plain_score),
            refuse=two_digits(one.refuse_score),
        )
        verdict = text("bargaining.beats" if one.beats_refusal else "bargaining.fails")
        yield Block(f"{said} {verdict}")
        yield from _misses(one)


def _misses(one: Hindcast) -> Iterator[Block]:
    """Yield the replies that the values get wrong, and what their refusals rest on."""
    whole, refuse = one.plainly_answered
    yield Block(
        text(
            "bargaining.hindcast_other",
            share=two_digits(one.share_score),
            whole=two_digits(whole),
            refuse=two_digits(refuse),
        )
    )
    rows = tuple(
        (
            miss.package,
            miss.reply,
            two_digits(miss.predicted),
            two_digits(miss.without_lines),
            two_digits(miss.without_cost),
            two_digits(miss.miss / len(one.replies)),
        )
        for miss in one.misses
    )
    if rows:
        heads = _headings("miss_columns", "package", "reply", "foretold", "lines", "cost", "adds")
        part = sum(miss.miss for miss in one.misses) / len(one.replies) / max(one.score, 1e-9)
        yield Block(text("bargaining.misses", part=two_digits(part)), heads, rows)
