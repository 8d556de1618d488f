"""Commands for published facts: the catalogue and the bibliography."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.errors import UsageError, nearest
from longroad.base.messages import text
from longroad.commands.app import DONE, Json, app, argument, columns, option

if TYPE_CHECKING:
    from longroad.catalog import Catalog, Entry

FORMATS = ("text", "csv", "bibtex")
STATUSES = ("published", "reported", "judgement", "unverified", "disputed")

To = Annotated[str | None, option("--to", "catalog_to", "FORMAT")]


@app.command(help=text("cli.help.catalog"))
def catalog(
    kind: Annotated[str | None, argument("kind", "KIND")] = None,
    id: Annotated[str | None, argument("id", "ID")] = None,
    disputed: Annotated[bool, option("--disputed", "disputed")] = False,
    to: To = None,
    json: Json = False,
) -> int:
    """Show the catalogue, a kind, an entry or a number."""
    from longroad.catalog import cite, comma, load_catalog, sheet

    _check_format(to, json)
    kind, id, field = _asked(kind, id)
    facts = load_catalog()
    entries = facts.selected(kind, id, field, disputed=disputed)
    whole = field is None and not disputed
    if json:
        _document(facts, entries)
    elif to == "csv":
        _page(comma.catalog_csv(facts, entries))
    elif to == "bibtex":
        _page(cite.catalog_bibtex(facts, entries, whole=whole))
    elif disputed:
        _page(sheet.disputes(entries, console.width()))
    elif field is not None:
        _page(sheet.number_sheet(facts, entries[0], field, console.width()))
    elif id is not None or to == "text":
        _page("\n\n".join(sheet.sheet(facts, entry, console.width()) for entry in entries))
    elif kind is not None:
        _list_kind(entries)
    else:
        _list_kinds(facts)
    return DONE


@app.command(help=text("cli.help.sources"))
def sources(
    id: Annotated[str | None, argument("source", "ID")] = None,
    to: To = None,
    json: Json = False,
) -> int:
    """Show the bibliography or one source."""
    from longroad.catalog import cite, comma, load_catalog
    from longroad.catalog.render import source_rows

    _check_format(to, json)
    facts = load_catalog()
    chosen = facts.sources() if id is None else (facts.source(id),)
    if json:
        console.document({"sources": source_rows(facts, id)})
    elif to == "csv":
        _page(comma.sources_csv(facts, id))
    elif to == "bibtex":
        _page(cite.bibtex(chosen))
    elif to == "text":
        for source in chosen:
            console.line(text("cli.sources.line", id=source.id, reference=cite.reference(source)))
    elif id is None:
        rows = [(s.id, s.mark, len(s.used_by), s.date, s.title) for s in source_rows(facts)]
        console.table(columns("source", "mark", "numbers", "date", "title"), rows)
    else:
        _show_source(facts, id)
    return DONE


def _asked(kind: str | None, id: str | None) -> tuple[str | None, str | None, str | None]:
    """Return kind, id and field of ``KIND ID``, ``KIND/ID`` or ``KIND.ID.FIELD``."""
    field = None
    if kind is not None and id is None and "/" in kind:
        kind, _, id = kind.partition("/")
    elif kind is not None and id is None and "." in kind:
        kind, _, id = kind.partition(".")
    if id is not None and "." in id:
        id, _, field = id.partition(".")
    return kind, id, field


def _check_format(to: str | None, json: bool) -> None:
    if to is not None and to not in FORMATS:
        raise UsageError(
            text("cli.fault.format", format=to),
            expected=", ".join(FORMATS),
            nearest=nearest(to, FORMATS),
        )
    if to is not None and json:
        raise UsageError(text("cli.fault.to_and_json"), expected=text("cli.fault.one_of_both"))


def _document(facts: Catalog, entries: Sequence[Entry]) -> None:
    from longroad.catalog.render import catalog_rows, entry_rows
    from longroad.catalog.shares import shares_of

    listed = [
        console.plain(row) | {"quantities": catalog_rows([entry])}
        for row, entry in zip(entry_rows(entries), entries, strict=True)
    ]
    console.document({"kinds": facts.kinds(), "shares": shares_of(entries), "entries": listed})


def _list_kind(entries: Sequence[Entry]) -> None:
    from longroad.catalog.render import entry_rows
    from longroad.catalog.shares import shares_of

    rows = [(e.id, e.name, e.country, e.quantities, e.disputed) for e in entry_rows(entries)]
    console.table(columns("id", "name", "country", "numbers", "disputed"), rows)
    counts = shares_of(entries)
    if counts.numbers:
        console.line()
        console.line(counts.sentence())


def _list_kinds(facts: Catalog) -> None:
    from longroad.catalog.shares import shares_of

    rows = []
    for kind in facts.kinds():
        counts = shares_of(facts.entries(kind))
        rows.append((kind, len(facts.entries(kind)), *(getattr(counts, word) for word in STATUSES)))
    console.table(columns("kind", "entries", *STATUSES), rows)
    console.line()
    console.line(text("cli.catalog.more"))


def _show_source(facts: Catalog, id: str) -> None:
    source = facts.source(id)
    console.line(text("cli.sources.title", title=source.title, mark=source.mark))
    origin = (source.author, source.publisher, source.date, source.language, source.country)
    console.line(", ".join(part for part in origin if part))
    for part in (source.url, source.note):
        if part:
            console.line(part)
    used = facts.uses_of_source(id)
    console.line(text("cli.sources.used", count=len(used)) if used else text("cli.sources.unused"))
    for quantity in used:
        console.line(f"  {quantity}")


def _page(content: str) -> None:
    console.line(content.rstrip("\n"))
