"""The whole catalogue: entries by kind, quantities by dotted id, and the bibliography."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from longroad.base.errors import CatalogError, UsageError, nearest
from longroad.base.quantity import Disputed, Quantity
from longroad.catalog.entry import Entry
from longroad.catalog.fields import FILES, KINDS
from longroad.catalog.reader import check_sources, read_entries, read_sources
from longroad.catalog.source import Source
from longroad.catalog.yaml_file import YamlFile, read_yaml

DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class Catalog:
    """Entries of every kind and the bibliography; nothing in it can be changed."""

    _entries: Mapping[str, Mapping[str, Entry]]
    _sources: Mapping[str, Source]

    def kinds(self) -> list[str]:
        """Return the kinds of entries, in a fixed order."""
        return list(KINDS)

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """Return the entries of a kind in the order written; raise :class:`CatalogError`."""
        return tuple(self._of(kind).values())

    def entry(self, reference: str) -> Entry:
        """Return the entry of ``kind/id``; raise :class:`CatalogError` with the nearest one."""
        kind, _, id = str(reference).partition("/")
        entries = self._of(kind)
        if id in entries:
            return entries[id]
        raise CatalogError(
            f"the catalogue has no {kind} '{id}'",
            expected=f"an id that `longroad catalog {kind}` lists",
            nearest=nearest(id, entries) or self._elsewhere(id),
        )

    def selected(
        self,
        kind: str | None = None,
        id: str | None = None,
        field: str | None = None,
        *,
        disputed: bool = False,
    ) -> tuple[Entry, ...]:
        """Return all entries, those of a kind, or one; of one perhaps a single quantity.

        With ``disputed`` only the disputed quantities are left, and the entries that have any.
        Raises :class:`CatalogError` for what is unknown, :class:`UsageError` for an id without
        its kind.
        """
        if kind is None:
            if id is not None:
                raise UsageError(
                    "an id needs its kind", expected="kind and id: sensor an-tpy-2-forward"
                )
            found = tuple(entry for name in KINDS for entry in self.entries(name))
        else:
            found = self.entries(kind) if id is None else (self.entry(f"{kind}/{id}"),)
        if field is not None:
            wanted = {entry.quantity(field).id for entry in found}
            found = tuple(entry.keeping(lambda number: number.id in wanted) for entry in found)
        if disputed:
            kept = (entry.keeping(lambda number: isinstance(number, Disputed)) for entry in found)
            found = tuple(entry for entry in kept if entry.quantities)
        return found

    def quantity(self, id: str) -> Quantity | Disputed:
        """Return the quantity of ``kind.id.field``; raise :class:`CatalogError`."""
        kind, _, rest = str(id).partition(".")
        name, _, field = rest.partition(".")
        return self.entry(f"{kind}/{name}").quantity(field)

    def quantities(self) -> tuple[Quantity | Disputed, ...]:
        """Return all quantities, by kind, entry and field."""
        return tuple(
            quantity
            for kind in KINDS
            for entry in self.entries(kind)
            for quantity in entry.quantities.values()
        )

    def sources(self) -> tuple[Source, ...]:
        """Return the bibliography in the order written."""
        return tuple(self._sources.values())

    def source(self, id: str) -> Source:
        """Return a source by id; raise :class:`CatalogError` with the nearest one."""
        if id in self._sources:
            return self._sources[id]
        raise CatalogError(
            f"the bibliography has no source '{id}'",
            expected="an id that `longroad sources` lists",
            nearest=nearest(str(id), self._sources),
        )

    def uses_of_source(self, id: str) -> tuple[str, ...]:
        """Return the ids of the quantities that name a source, sorted."""
        known = self.source(id).id
        return tuple(
            sorted(
                {
                    quantity.id
                    for kind in KINDS
                    for entry in self.entries(kind)
                    for quantity in entry.each()
                    if known in quantity.sources
                }
            )
        )

    def _of(self, kind: str) -> Mapping[str, Entry]:
        if kind in self._entries:
            return self._entries[kind]
        raise CatalogError(
            f"the catalogue has no kind '{kind}'",
            expected=", ".join(KINDS),
            nearest=nearest(str(kind), KINDS) or self._elsewhere(str(kind)),
        )

    def _elsewhere(self, id: str) -> str | None:
        """Return the reference of an entry of any kind that has this id, or an id much like it."""
        known = {entry.id: entry.reference for kind in KINDS for entry in self.entries(kind)}
        found = nearest(id, known)
        return None if found is None else known[found]


@cache
def load_catalog(folder: Path = DATA) -> Catalog:
    """Read the catalogue of a folder, by default the one of this package, once per process.

    Raises :class:`CatalogError` with file, line and field.
    """
    kept = folder == DATA
    files = {
        kind: tuple(read_yaml(folder / name, keep=kept) for name in FILES[kind]) for kind in KINDS
    }
    sources: dict[str, Source] = {}
    entries: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
    for file in files["source"]:
        for source in read_sources(file):
            _check_new(file, source.id, sources)
            sources[source.id] = source
            line = file.entry_lines.get(source.id)
            entries["source"][source.id] = _source_entry(source, str(file.path), line)
    for kind in KINDS:
        if kind == "source":
            continue
        for file in files[kind]:
            found = read_entries(file, kind)
            check_sources(file, found, sources)
            for entry in found:
                _check_new(file, entry.id, entries[kind])
                entries[kind][entry.id] = entry
    return Catalog(entries, sources)


def _check_new(file: YamlFile, id: str, known: Mapping[str, object]) -> None:
    """Raise :class:`CatalogError` when another file of the kind has this id already."""
    if id in known:
        raise file.place.down(id).fault(
            CatalogError,
            f"'{id}' stands in another file of this kind already",
            expected="each id once",
        )


def _source_entry(source: Source, file: str, line: int | None) -> Entry:
    """Return a source as an entry without quantities, so that every kind can be listed alike."""
    keys = ("author", "date", "publisher", "url", "language", "mark")
    facts = {key: value for key in keys if (value := getattr(source, key)) is not None}
    return Entry(
        kind="source",
        id=source.id,
        name=source.title,
        country=source.country,
        quantities={},
        facts=facts,
        note=source.note,
        file=file,
        line=line,
    )
