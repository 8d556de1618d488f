"""One entry as a page of text that can be cited: numbers, who says otherwise, sources."""

from __future__ import annotations

import textwrap

from longroad.base.messages import text
from longroad.base.quantity import Disputed, Quantity
from longroad.catalog.catalog import Catalog
from longroad.catalog.cite import citation, reference, sources_of
from longroad.catalog.entry import Entry
from longroad.catalog.shares import shares

INDENT = "  "
DEEP = 2 * INDENT


def sheet(catalog: Catalog, entry: Entry, width: int) -> str:
    """Return an entry as text, no line wider than ``width`` unless an address is.

    Every number stands with status and sources, numbered as in the list at the end; the claims of
    a dispute stand one below the other, each with its claimant and with the parties that hold it.
    """
    sources = {source.id: n for n, source in enumerate(sources_of(catalog, entry), 1)}
    page = _Page(width)
    page.add("", text("catalog.sheet.title", name=entry.name, id=entry.reference))
    if entry.country:
        page.add("", text("catalog.sheet.country", country=entry.country))
    for name, value in entry.facts.items():
        page.add("", text("catalog.sheet.fact", name=name, value=value))
    if entry.note:
        page.add("", entry.note)
    if entry.sources:
        page.add("", text("catalog.sheet.known_from", sources=_marks(entry.sources, sources)))
    if entry.quantities:
        page.add("", shares(entry.quantities.values()).sentence())
        page.gap()
    for name, quantity in entry.quantities.items():
        if isinstance(quantity, Disputed):
            count = len(quantity.alternatives)
            page.add("", text("catalog.sheet.disputed", name=name, count=count))
            for rival in quantity.alternatives:
                key = "adopted" if rival.claim == quantity.adopted else "rival"
                head = text(f"catalog.sheet.{key}", value=_value(rival), claimant=rival.claimant)
                _number(page, INDENT, head, rival, sources)
        else:
            head = text("catalog.sheet.number", name=name, value=_value(quantity))
            _number(page, "", head, quantity, sources)
    if sources:
        page.gap()
        page.add("", text("catalog.sheet.sources"))
    for id, number in sources.items():
        page.add(INDENT, f"[{number}] {reference(catalog.source(id))}")
    page.gap()
    page.add("", text("catalog.sheet.cite", citation=citation(entry)))
    return page.written()


def held_by(number: Quantity) -> tuple[str, ...]:
    """Return the parties that hold a number, each with how: ``united-states (stated)``."""
    return tuple(f"{held.party} ({held.mode})" for held in number.held_by)


class _Page:
    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[str] = []

    def add(self, indent: str, content: str) -> None:
        wrapped = textwrap.wrap(
            content,
            max(self.width, len(indent) + 20),
            initial_indent=indent,
            subsequent_indent=indent + INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )
        self.lines += wrapped

    def gap(self) -> None:
        self.lines.append("")

    def written(self) -> str:
        return "\n".join(self.lines) + "\n"


def _number(page: _Page, indent: str, head: str, number: Quantity, sources: dict[str, int]) -> None:
    ground = text(
        "catalog.sheet.ground", status=number.status.value, sources=_marks(number.sources, sources)
    )
    page.add(indent, f"{head} {ground}".rstrip())
    for holder in held_by(number):
        page.add(indent + DEEP, text("catalog.sheet.held", holder=holder))
    if number.author:
        values = {"author": number.author, "reason": number.reason}
        page.add(indent + DEEP, text("catalog.sheet.judgement", **values))
    if number.note:
        page.add(indent + DEEP, number.note)


def _value(number: Quantity) -> str:
    return number.written()


def _marks(ids: tuple[str, ...], numbers: dict[str, int]) -> str:
    return " ".join(f"[{numbers[id]}]" for id in ids)
