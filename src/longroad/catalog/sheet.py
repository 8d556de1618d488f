"""Entries, numbers and disputes as text that can be cited: values, who says otherwise, sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from longroad.base.messages import text
from longroad.base.quantity import Disputed, Quantity
from longroad.catalog.catalog import Catalog
from longroad.catalog.cite import citation, reference, sources_of
from longroad.catalog.entry import Entry
from longroad.catalog.fields import fields_of
from longroad.catalog.page import DEEP, INDENT, Page
from longroad.catalog.shares import shares, shares_of

Marks = Mapping[str, object]


def sheet(catalog: Catalog, entry: Entry, width: int) -> str:
    """Return an entry as text, no line wider than ``width`` unless an address is.

    Every number stands with status and sources, numbered as in the list at the end; the claims of
    a dispute stand one below the other, each with its claimant and with the parties that hold it.
    """
    marks = _numbered(catalog, entry)
    page = Page(width)
    page.add("", text("catalog.sheet.title", name=entry.name, id=entry.reference))
    if entry.country:
        page.add("", text("catalog.sheet.country", country=entry.country))
    for name, value in entry.facts.items():
        page.add("", text("catalog.sheet.fact", name=name.replace("_", " "), value=value))
    if entry.note:
        page.add("", entry.note)
    if entry.sources:
        page.add("", text("catalog.sheet.known_from", sources=_marks(entry.sources, marks)))
    if entry.quantities:
        page.add("", shares(entry.quantities.values()).sentence())
        page.gap()
    for name, quantity in entry.quantities.items():
        _quantity(page, name, quantity, marks)
    _foot(page, catalog, marks, citation(entry))
    return page.written()


def number_sheet(catalog: Catalog, entry: Entry, field: str, width: int) -> str:
    """Return one number of an entry as text: what it means, its claims, its sources in full."""
    quantity = entry.quantity(field)
    only = entry.keeping(lambda number: number.id == quantity.id)
    marks = _numbered(catalog, only, whole=False)
    page = Page(width)
    page.add("", text("catalog.sheet.title", name=entry.name, id=quantity.id))
    meaning = {f.name: f.description for f in fields_of(entry.kind, entry.id, entry.facts)}
    page.add("", text("catalog.sheet.fact", name=field.replace("_", " "), value=meaning[field]))
    page.gap()
    _quantity(page, field, quantity, marks)
    _foot(page, catalog, marks, citation(entry, field))
    return page.written()


def disputes(entries: Iterable[Entry], width: int) -> str:
    """Return the disputed numbers of entries as text, rival claims one below the other.

    Sources are named by their ids; the last lines count the claims by status.
    """
    page = Page(width)
    chosen = [entry.keeping(lambda number: isinstance(number, Disputed)) for entry in entries]
    for entry in chosen:
        for quantity in entry.quantities.values():
            page.add("", text("catalog.sheet.title", name=quantity.id, id=entry.name))
            marks = {id: id for number in entry.each() for id in number.sources}
            _quantity(page, None, quantity, marks)
            page.gap()
    counts = shares_of(chosen)
    page.add("", counts.sentence() if counts.disputed else text("catalog.undisputed"))
    return page.written()


def held_by(number: Quantity) -> tuple[str, ...]:
    """Return the parties that hold a number, each with how: ``united-states (stated)``."""
    return tuple(f"{held.party} ({held.mode})" for held in number.held_by)


def _numbered(catalog: Catalog, entry: Entry, *, whole: bool = True) -> dict[str, object]:
    """Return the sources of an entry by id, numbered from 1."""
    return {source.id: n for n, source in enumerate(sources_of(catalog, entry, whole=whole), 1)}


def _quantity(page: Page, name: str | None, quantity: Quantity | Disputed, marks: Marks) -> None:
    """Add a number, or the claims of a dispute; under a heading when it has a name."""
    if not isinstance(quantity, Disputed):
        head = text("catalog.sheet.number", name=name, value=quantity.written())
        _number(page, "", head, quantity, marks)
        return
    if name is not None:
        count = len(quantity.alternatives)
        page.add("", text("catalog.sheet.disputed", name=name, count=count))
    for rival in quantity.alternatives:
        key = "adopted" if rival.claim == quantity.adopted else "rival"
        values = {"claim": rival.claim, "value": rival.written(), "claimant": rival.claimant}
        _number(page, INDENT, text(f"catalog.sheet.{key}", **values), rival, marks)


def _number(page: Page, indent: str, head: str, number: Quantity, marks: Marks) -> None:
    ground = text(
        "catalog.sheet.ground", status=number.status.value, sources=_marks(number.sources, marks)
    )
    page.add(indent, f"{head} {ground}".rstrip())
    for holder in held_by(number):
        page.add(indent + DEEP, text("catalog.sheet.held", holder=holder))
    if number.author:
        values = {"author": number.author, "reason": number.reason}
        page.add(indent + DEEP, text("catalog.sheet.judgement", **values))
    if number.note:
        page.add(indent + DEEP, number.note)


def _foot(page: Page, catalog: Catalog, marks: Marks, cited: str) -> None:
    """Add the sources in full and how to cite what stands above."""
    if marks:
        page.gap()
        page.add("", text("catalog.sheet.sources"))
    for id, mark in marks.items():
        page.add(INDENT, f"[{mark}] {reference(catalog.source(id))}")
    page.gap()
    page.add("", text("catalog.sheet.cite", citation=cited))


def _marks(ids: tuple[str, ...], marks: Marks) -> str:
    return " ".join(f"[{marks[id]}]" for id in ids)
