"""What parties declared under a treaty every half year, against its limits."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from longroad.base.messages import text
from longroad.deterrent import Ledger, ledgers, load_aggregates, load_ledger
from longroad.dossier import palette, plot
from longroad.dossier.deterrent_data import Count, Deterrent
from longroad.dossier.deterrent_words import Names
from longroad.dossier.drawing import add
from longroad.dossier.figure import Figure
from longroad.dossier.numbers import listed

WIDTH_PX, LEFT_PX, GAP_PX, HIGH_PX, HEAD_PX, FOOT_PX = 1080, 46, 44, 190, 44, 62
DECLARED = "declared"
COLOURS = (palette.ALL, palette.LAUNCH, palette.SENSOR, palette.NONE)
LINE_CHARS = 44
KNOWN = ("published", "reported")


@dataclass(frozen=True)
class State:
    """What a treaty was from a date on, in words."""

    since: str
    words: str
    note: str


def treaties(found: Deterrent) -> list[str]:
    """Return the ledgers that the run counts declared numbers by and that were ever in force."""
    held = dict.fromkeys(one.ledger for one in found.counts if one.counted == DECLARED)
    return [id for id in held if id in ledgers() and load_ledger(id).states]


def figure_name(ledger: str) -> str:
    """Return ``treaty-<ledger>``."""
    return f"treaty-{ledger}"


def declared(found: Deterrent, ledger: str) -> dict[str, dict[str, list[Count]]]:
    """Return the declared numbers by rule and party, by date."""
    made: dict[str, dict[str, list[Count]]] = {}
    for one in found.counts:
        if (one.ledger, one.counted) == (ledger, DECLARED):
            made.setdefault(one.rule, {}).setdefault(one.party, []).append(one)
    for own in made.values():
        for counts in own.values():
            counts.sort(key=lambda one: one.date)
    return made


def states(ledger: str) -> list[State]:
    """Return what became of a treaty, in the order of time."""
    return [
        State(one.since, text(f"dossier_deterrent.treaty.state.{one.state}"), one.note or "")
        for one in load_ledger(ledger).states
    ]


def sources(found: Deterrent, ledger: str) -> list[str]:
    """Return the sources of a treaty's rules and states, then of the numbers declared under it."""
    dates = {one.date for one in found.counts if (one.ledger, one.counted) == (ledger, DECLARED)}
    declared = (row.source for row in load_aggregates() if row.date in dates)
    return list(dict.fromkeys([*load_ledger(ledger).cited, *declared]))


def after(ledger: str) -> str:
    """Return in words what has held since the last change of state."""
    book = load_ledger(ledger)
    last = book.states[-1]
    word = text(f"dossier_deterrent.treaty.state.{last.state}")
    return text(
        "dossier_deterrent.treaty.after", treaty=book.name, date=last.since, state=word,
        note=last.note or "",
    ).strip()  # fmt: skip


def findings(found: Deterrent, names: Names, ledger: str) -> list[str]:
    """Return for each party its last declaration against the limits, all parties alike."""
    made = []
    by_rule = declared(found, ledger)
    parties = dict.fromkeys(party for own in by_rule.values() for party in own)
    rules = {rule.id: rule.title for rule in load_ledger(ledger).rules}
    for party in parties:
        last = [own[party][-1] for own in by_rule.values() if party in own]
        over = [one for one in last if one.state != "within"]
        numbers = listed([
            text(
                "dossier_deterrent.treaty.number", value=f"{one.value:,.0f}",
                limit=f"{one.limit:,.0f}", rule=rules.get(one.rule, one.rule),
            )
            for one in last
        ])  # fmt: skip
        key = "over" if over else "within"
        made.append(
            text(
                f"dossier_deterrent.treaty.{key}", party=names.called(party), date=last[0].date,
                numbers=numbers,
            )
        )  # fmt: skip
    return made


def figure(found: Deterrent, names: Names, ledger: str) -> Figure:
    """Return the chart of one treaty: a panel for each rule."""
    book = load_ledger(ledger)
    return Figure(
        figure_name(ledger),
        text("dossier_deterrent.treaty.title", treaty=book.name),
        " ".join([*findings(found, names, ledger), after(ledger)]),
        lambda: draw(found, names, book),
    )


def year(day: str) -> float:
    """Return a date as a year with its part gone by."""
    one = date.fromisoformat(day)
    start = date(one.year, 1, 1)
    return one.year + (one - start).days / (date(one.year + 1, 1, 1) - start).days


def _others(found: Deterrent, ledger: str, rule: str) -> list[tuple[str, float]]:
    """Return the limits of other ledgers under the same rule, by name."""
    made = {
        one.ledger: one.limit for one in found.counts
        if one.rule == rule and one.ledger != ledger and one.ledger in ledgers()
    }  # fmt: skip
    return [(load_ledger(id).name, limit) for id, limit in made.items()]


def draw(found: Deterrent, names: Names, book: Ledger) -> ET.Element:
    """Return the drawing."""
    by_rule = declared(found, book.id)
    rules = [rule for rule in book.rules if rule.id in by_rule]
    days = [one.date for own in by_rule.values() for known in own.values() for one in known]
    changes = [one.since for one in book.states]
    first, last = int(year(min([*days, *changes]))), int(year(max([*days, *changes]))) + 1
    root = plot.canvas(WIDTH_PX, HEAD_PX + HIGH_PX + FOOT_PX)
    width = (WIDTH_PX - LEFT_PX - GAP_PX * (len(rules) - 1)) / len(rules)
    foot = float(HEAD_PX + HIGH_PX)
    parties = list(dict.fromkeys(party for own in by_rule.values() for party in own))
    for place, rule in enumerate(rules):
        left = LEFT_PX + place * (width + GAP_PX)
        own = by_rule[rule.id]
        others = _others(found, book.id, rule.id)
        values = [one.value for known in own.values() for one in known]
        top = _top(max([*values, rule.limit, *(limit for _, limit in others)]))

        def x(at: float, left: float = left) -> float:
            return left + width * (at - first) / (last - first)

        def y(value: float, top: float = top) -> float:
            return foot - HIGH_PX * value / top

        for row, part in enumerate(_wrapped(rule.title)):
            plot.write(root, part, left, 8.0 + 14.0 * row, 11.5, bold=True, room=width + 24.0)
        ended = x(year(changes[-1]))
        add(root, "rect", x=ended, y=float(HEAD_PX), width=left + width - ended,
            height=float(HIGH_PX), fill=palette.LAND)  # fmt: skip
        for k in range(5):
            value = top * k / 4.0
            plot.line(root, (left, y(value), left + width, y(value)), palette.RULE, 0.6)
            plot.write(root, f"{value:,.0f}", left - 5.0, y(value), 11.0,
                       colour=palette.QUIET, anchor="end")  # fmt: skip
        for start in range(first, last + 1, 5):
            plot.write(root, str(start), x(start), foot + 11.0, 11.0, colour=palette.QUIET,
                       anchor="middle")  # fmt: skip
        for change in changes:
            at = x(year(change))
            plot.line(root, (at, foot - HIGH_PX, at, foot), palette.QUIET, 0.8, dashes="2 3")
        limits = [(text("dossier_deterrent.treaty.limit"), rule.limit), *others]
        for number, (words, limit) in enumerate(limits):
            dashes = "" if number == 0 else "6 4"
            plot.line(root, (left, y(limit), left + width, y(limit)), palette.INK, 1.4,
                      dashes=dashes)  # fmt: skip
            words = text("dossier_deterrent.treaty.of", words=words, limit=f"{limit:,.0f}")
            beside = y(limit) + (9.0 if number else -9.0)
            plot.write(
                root, words, left + width, beside, 10.5, anchor="end", room=width
            )  # fmt: skip
        for party, counts in own.items():
            colour = COLOURS[parties.index(party) % len(COLOURS)]
            points = [(x(year(one.date)), y(one.value), one.status) for one in counts]
            for (a, b, _), (c, d, _) in pairwise(points):
                plot.line(root, (a, b, c, d), colour, 1.6)
            for a, b, status in points:
                add(root, "circle", cx=a, cy=b, r=2.6, stroke=colour, stroke_width=1.2,
                    fill=colour if status in KNOWN else "#ffffff")  # fmt: skip
    for place, party in enumerate(parties):
        at = LEFT_PX + 200.0 * place
        colour = COLOURS[place % len(COLOURS)]
        plot.line(root, (at, foot + 38.0, at + 22.0, foot + 38.0), colour, 2.0)
        plot.write(root, names.called(party), at + 28.0, foot + 38.0, room=170.0)
    plot.write(root, text("dossier_deterrent.treaty.marks"), float(WIDTH_PX), foot + 38.0, 11.0,
               colour=palette.QUIET, anchor="end")  # fmt: skip
    return root


def _top(most: float) -> float:
    return next(
        size * k for size in (10.0, 100.0, 1000.0, 1e4) for k in (1.0, 1.2, 1.6, 2.0, 4.0, 8.0)
        if most <= size * k
    )  # fmt: skip


def _wrapped(words: str) -> list[str]:
    """Return a title on two lines at most."""
    if len(words) <= LINE_CHARS:
        return [words]
    cut = words.rfind(" ", 0, LINE_CHARS)
    return [words[:cut], words[cut + 1 :]]


def note(ledger: str) -> str:
    """Return what a ledger says of its way of counting."""
    return load_ledger(ledger).note or ""
