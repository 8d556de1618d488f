"""Commands for published facts: the catalogue and the bibliography."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.messages import text
from longroad.commands.app import DONE, Json, app, argument, columns

if TYPE_CHECKING:
    from longroad.catalog import Entry
    from longroad.catalog.render import CatalogRow


@app.command(help=text("cli.help.catalog"))
def catalog(
    kind: Annotated[str | None, argument("kind", "KIND")] = None,
    id: Annotated[str | None, argument("id", "ID")] = None,
    json: Json = False,
) -> int:
    """Show the catalogue, a kind or an entry."""
    from longroad.catalog import load_catalog
    from longroad.catalog.render import catalog_rows, entry_rows

    if kind is not None and id is None and "/" in kind:
        kind, _, id = kind.partition("/")
    facts = load_catalog()
    entries, numbers = entry_rows(facts, kind, id), catalog_rows(facts, kind, id)
    if json:
        own: dict[str, list[CatalogRow]] = {entry.id: [] for entry in entries}
        for number in numbers:
            own[number.id].append(number)
        listed = [console.plain(entry) | {"quantities": own[entry.id]} for entry in entries]
        console.document({"kinds": facts.kinds(), "entries": listed})
    elif id is not None:
        _show_entry(facts.entry(f"{kind}/{id}"), numbers)
    elif kind is not None:
        names = ("id", "name", "country", "numbers", "disputed")
        console.table(
            columns(*names),
            [(e.id, e.name, e.country, e.quantities, e.disputed) for e in entries],
        )
    else:
        console.table(
            columns("kind", "entries"),
            [(name, len(facts.entries(name))) for name in facts.kinds()],
        )
        console.line()
        console.line(text("cli.catalog.more"))
    return DONE


@app.command(help=text("cli.help.sources"))
def sources(id: Annotated[str | None, argument("source", "ID")] = None, json: Json = False) -> int:
    """Show the bibliography or one source."""
    from longroad.catalog import load_catalog
    from longroad.catalog.render import source_rows

    found = source_rows(load_catalog(), id)
    if json:
        console.document({"sources": found})
    elif id is None:
        rows = [(s.id, s.mark, len(s.used_by), s.date, s.title) for s in found]
        console.table(columns("source", "mark", "numbers", "date", "title"), rows)
    else:
        (source,) = found
        console.line(text("cli.sources.title", title=source.title, mark=source.mark))
        origin = (source.author, source.publisher, source.date, source.language, source.country)
        console.line(", ".join(part for part in origin if part))
        for part in (source.url, source.note):
            if part:
                console.line(part)
        if source.used_by:
            console.line(text("cli.sources.used", count=len(source.used_by)))
        else:
            console.line(text("cli.sources.unused"))
        for quantity in source.used_by:
            console.line(f"  {quantity}")
    return DONE


def _show_entry(entry: Entry, numbers: Sequence[CatalogRow]) -> None:
    console.line(text("cli.catalog.entry", name=entry.name, id=entry.reference))
    if entry.country:
        console.line(text("cli.catalog.country", country=entry.country))
    for name, value in entry.facts.items():
        console.line(text("cli.catalog.fact", name=name, value=value))
    if entry.note:
        console.line(text("cli.catalog.note", note=entry.note))
    if entry.sources:
        console.line(text("cli.catalog.sources", sources=", ".join(entry.sources)))
    if not numbers:
        return
    console.line()
    rows = []
    for number in numbers:
        name = number.field
        if number.claim is not None:
            key = "adopted" if number.adopted else "rival"
            name = text(f"cli.catalog.{key}", name=name, claim=number.claim)
        interval = "" if number.low == number.high else f"{number.low:.6g} - {number.high:.6g}"
        ground = ", ".join(number.sources)
        if number.author is not None:
            values = {"author": number.author, "reason": number.reason}
            ground = text("cli.catalog.judgement", **values)
        rows.append((name, number.best, interval, number.unit, number.status, ground))
    console.table(columns("number", "best", "interval", "unit", "status", "rests_on"), rows)
