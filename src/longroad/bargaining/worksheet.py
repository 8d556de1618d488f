"""A worksheet that guides an analyst from questions to swing weights, and the file to fill in.

Two texts from a negotiation: a page of questions for each party, and the negotiation itself with
`interests` emptied. Every swing is written out with its two ends, since a weight speaks of a swing
between two options and of nothing else; the ends stay in the file under `asked`, so that the reader
refuses the weight once the range has changed and it has not been asked anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from longroad.base.messages import text
from longroad.scenario.negotiation import Interests, Issue, Negotiation, RedLine

_INTERESTS = re.compile(r"^interests:.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Worksheet:
    """The page of questions (Markdown) and the negotiation file to fill in (YAML)."""

    page: str
    file: str


def worksheet(talks: Negotiation) -> Worksheet:
    """Return both texts. No weight or value of the negotiation is in either: it would anchor."""
    return Worksheet("\n".join(_page(talks)) + "\n", _file(talks))


def ends(one: Interests, issue: Issue) -> tuple[str, str] | None:
    """Return a party's worst and best option of an issue by its values; None without values."""
    values = one.values.get(issue.id)
    if values is None:
        return None
    worst = min(issue.option_ids, key=lambda option: values[option].best)
    best = max(issue.option_ids, key=lambda option: values[option].best)
    return worst, best


def _page(talks: Negotiation) -> Iterator[str]:
    yield f"# {text('bargaining.worksheet.title', title=talks.title)}"
    yield ""
    yield talks.question
    yield ""
    for part in ("how", "anchors"):
        yield text(f"bargaining.worksheet.{part}")
        yield ""
    for party, one in zip(talks.parties, talks.interests, strict=True):
        yield f"## {party.name}"
        yield ""
        yield from _swings(talks, one)
        yield from _questions(talks, one)


def _swings(talks: Negotiation, one: Interests) -> Iterator[str]:
    yield text("bargaining.worksheet.swings")
    yield ""
    heads = [
        text(f"bargaining.worksheet.columns.{n}") for n in ("issue", "worst", "best", "points")
    ]
    yield "| " + " | ".join(heads) + " |"
    yield "| --- | --- | --- | --- |"
    for issue in talks.issues:
        pair = ends(one, issue)
        if pair is None:
            continue
        names = {option.id: option.name for option in issue.options}
        worst, best = (f"{names[option]} (`{option}`)" for option in pair)
        yield f"| {issue.name} (`{issue.id}`) | {worst} | {best} | ___ to ___ |"
    for curve in one.curves:
        low, high = (f"{curve.at[k]:g} {curve.unit}" for k in (0, -1))
        first, last = (low, high) if curve.value[0] <= curve.value[-1] else (high, low)
        yield f"| `{curve.outcome}` | {first} | {last} | ___ to ___ |"
    yield ""


def _questions(talks: Negotiation, one: Interests) -> Iterator[str]:
    number = 1

    def ask(name: str, **fields: str) -> str:
        nonlocal number
        said = text(f"bargaining.worksheet.ask.{name}", **fields)
        number += 1
        return f"{number - 1}. {said}"

    yield ask("largest")
    for issue in talks.issues:
        pair = ends(one, issue)
        if pair is not None:
            between = [o.name for o in issue.options if o.id not in pair]
            yield ask("swing", issue=issue.name, worst=pair[0], best=pair[1])
            if between:
                yield ask("between", issue=issue.name, options="; ".join(between))
    yield ask("together")
    yield ask("no_deal")
    for line in _lines(talks, one):
        yield ask("line", line=line.name)
    yield ask("again")
    yield ""


def _lines(talks: Negotiation, one: Interests) -> tuple[RedLine, ...]:
    vetoes = [v for body in talks.ratification if body.party == one.party for v in body.vetoes]
    return (*one.red_lines, *vetoes)


def _file(talks: Negotiation) -> str:
    """Return the source with `interests` emptied: what is left out is told at its line."""
    body = "\n".join(_interests(talks)) + "\n\n"
    filled, count = _INTERESTS.subn(lambda _: body, talks.source_text)
    return filled if count else f"{talks.source_text.rstrip()}\n\n{body}"


def _interests(talks: Negotiation) -> Iterator[str]:
    yield text("bargaining.worksheet.yaml.head")
    yield "interests:"
    for one in talks.interests:
        yield f"  {one.party}:"
        yield "    basis:"
        yield "      status: judgement"
        yield f"      author:  # {text('bargaining.worksheet.yaml.author')}"
        yield f"      reason:  # {text('bargaining.worksheet.yaml.reason')}"
        yield "    weights:"
        yield f"      # {text('bargaining.worksheet.yaml.asked')}"
        yield "      asked:"
        pairs = [(issue, pair) for issue in talks.issues if (pair := ends(one, issue)) is not None]
        yield from (f"        {issue.id}: [{worst}, {best}]" for issue, (worst, best) in pairs)
        yield f"      # {text('bargaining.worksheet.yaml.swing')}"
        yield "      swing:"
        yield from (f"        {issue.id}:" for issue, _ in pairs)
        yield f"    # {text('bargaining.worksheet.yaml.values')}"
        yield "    values:"
        for issue, (worst, best) in pairs:
            known = {worst: " 0", best: " 1"}
            yield f"      {issue.id}:"
            yield from (f"        {option}:{known.get(option, '')}" for option in issue.option_ids)
        if one.curves:
            yield f"    # {text('bargaining.worksheet.yaml.curves')}"
            yield "    curves:"
        for curve in one.curves:
            points = ", ".join(f"[{at:g}, ]" for at in curve.at)
            yield f"      {curve.outcome}: {{weight: , unit: {curve.unit}, points: [{points}]}}"
        if one.together:
            yield f"    # {text('bargaining.worksheet.yaml.together')}"
            yield "    together:"
        for part in one.together:
            yield f"      {part.id}: {{when: {{{_options(part.when)}}}, points: }}"
        yield f"    # {text('bargaining.worksheet.yaml.reservation')}"
        yield "    reservation: {no_deal: true, margin: }"
        if one.red_lines:
            yield f"    # {text('bargaining.worksheet.yaml.red_lines')}"
            yield "    red_lines:"
        for line in one.red_lines:
            yield from _line(line)


def _line(line: RedLine) -> Iterator[str]:
    yield f"      {line.id}:"
    yield f"        name: {_quoted(line.name)}"
    if line.holder != line.party:
        yield f"        holder: {line.holder}"
    parts = [_options(line.forbids)] if line.forbids else []
    parts += [f"{one.outcome}: {{{one.sense}: {one.value:g}}}" for one in line.bounds]
    yield f"        forbids: {{{', '.join(parts)}}}"
    if line.source is not None:
        yield f"        source: {line.source}"
    yield "        real:"


def _options(when: Mapping[str, tuple[str, ...]]) -> str:
    return ", ".join(f"{issue}: [{', '.join(names)}]" for issue, names in when.items())


def _quoted(words: str) -> str:
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
