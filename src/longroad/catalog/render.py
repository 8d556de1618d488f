"""Rows that the commands ``longroad catalog`` and ``longroad sources`` show or write as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from longroad.base.quantity import Disputed, Quantity
from longroad.base.units import to_unit
from longroad.catalog.catalog import Catalog
from longroad.catalog.entry import Entry
from longroad.catalog.sheet import held_by


@dataclass(frozen=True)
class CatalogRow:
    """One number of one entry; ``best``, ``low`` and ``high`` are in ``unit``.

    An alternative of a dispute has a ``claim`` and a ``claimant``; ``adopted`` is False for the
    alternatives that headlines do not use, and True for every other number. ``id`` is the entry
    (``sensor/an-tpy-2-forward``), ``quantity`` the dotted id that scenarios and traces use;
    ``held_by`` names the parties that hold a claim, each with how.
    """

    id: str
    name: str
    field: str
    quantity: str
    best: float
    low: float
    high: float
    unit: str
    distribution: str
    status: str
    sources: tuple[str, ...]
    author: str | None
    reason: str | None
    claim: str | None
    claimant: str | None
    adopted: bool
    note: str | None
    held_by: tuple[str, ...]


@dataclass(frozen=True)
class EntryRow:
    """One entry without its numbers, for lists; ``disputed`` counts its disputed quantities."""

    id: str
    name: str
    country: str | None
    quantities: int
    disputed: int
    facts: dict[str, str]
    sources: tuple[str, ...]
    note: str | None


@dataclass(frozen=True)
class SourceRow:
    """One source, with the ids of the quantities that rest on it."""

    id: str
    title: str
    author: str | None
    date: str | None
    publisher: str | None
    url: str | None
    language: str | None
    country: str | None
    mark: str
    note: str | None
    used_by: tuple[str, ...]


def catalog_rows(entries: Iterable[Entry]) -> list[CatalogRow]:
    """Return a row for every number of the entries; every rival claim is a number."""
    rows = []
    for entry in entries:
        for field, quantity in entry.quantities.items():
            if isinstance(quantity, Disputed):
                rows += [
                    _row(entry, field, rival, rival.claim == quantity.adopted)
                    for rival in quantity.alternatives
                ]
            else:
                rows.append(_row(entry, field, quantity, True))
    return rows


def entry_rows(entries: Iterable[Entry]) -> list[EntryRow]:
    """Return a row for every entry."""
    return [
        EntryRow(
            id=entry.reference,
            name=entry.name,
            country=entry.country,
            quantities=len(entry.quantities),
            disputed=sum(isinstance(q, Disputed) for q in entry.quantities.values()),
            facts=dict(entry.facts),
            sources=entry.sources,
            note=entry.note,
        )
        for entry in entries
    ]


def source_rows(catalog: Catalog, id: str | None = None) -> list[SourceRow]:
    """Return a row for every source, or for one; raise :class:`CatalogError` when unknown."""
    chosen = catalog.sources() if id is None else (catalog.source(id),)
    return [
        SourceRow(
            id=source.id,
            title=source.title,
            author=source.author,
            date=source.date,
            publisher=source.publisher,
            url=source.url,
            language=source.language,
            country=source.country,
            mark=source.mark,
            note=source.note,
            used_by=catalog.uses_of_source(source.id),
        )
        for source in chosen
    ]


def _row(entry: Entry, field: str, number: Quantity, adopted: bool) -> CatalogRow:
    # Twelve digits take off what the way to SI and back has added to the author's number.
    best, low, high = (
        float(f"{to_unit(value, number.unit):.12g}")
        for value in (number.best, number.low, number.high)
    )
    return CatalogRow(
        id=entry.reference,
        name=entry.name,
        field=field,
        quantity=number.id,
        best=best,
        low=low,
        high=high,
        unit=number.unit,
        distribution="fixed" if number.is_fixed else number.distribution,
        status=number.status.value,
        sources=number.sources,
        author=number.author,
        reason=number.reason,
        claim=number.claim,
        claimant=number.claimant,
        adopted=adopted,
        note=number.note,
        held_by=held_by(number),
    )
