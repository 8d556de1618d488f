"""How to cite a source, an entry and the catalogue: as text and as BibTeX."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from longroad.base.messages import text
from longroad.base.version import VERSION
from longroad.catalog.catalog import Catalog
from longroad.catalog.entry import Entry
from longroad.catalog.source import Source

_PERSON = re.compile(r"(?:[A-Z]\. )*[A-Z][\w'’-]+")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",  # BibTeX counts braces also behind a backslash
    "}": r"\textbraceright{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def reference(source: Source) -> str:
    """Return one source as a line of a bibliography, with how it was seen.

    ``Congressional Budget Office, Options for ..., 2009-02. http://... (en, USA; seen)``. A title
    in square brackets describes a document whose own title was not recorded.
    """
    parts = (source.author, source.title, source.publisher, source.date)
    known = list(dict.fromkeys(part for part in parts if part))
    line = ", ".join(known) + "."
    if source.url:
        line += f" {source.url}"
    origin = ", ".join(part for part in (source.language, source.country) if part)
    return f"{line} ({origin + '; ' if origin else ''}{source.mark})"


def citation(entry: Entry, field: str | None = None) -> str:
    """Return how to cite an entry or one of its numbers: catalogue, version, name and id."""
    id = entry.reference if field is None else entry.quantity(field).id
    return text("catalog.citation", version=VERSION, name=entry.name, id=id)


def sources_of(catalog: Catalog, *entries: Entry, whole: bool = True) -> tuple[Source, ...]:
    """Return the sources of entries and their numbers, in the order of first mention.

    Without ``whole`` the sources that an entry as a whole is known from are left out.
    """
    found: dict[str, Source] = {}
    for entry in entries:
        named = [entry.id] if entry.kind == "source" else list(entry.sources) if whole else []
        named += [id for number in entry.each() for id in number.sources]
        found |= {id: catalog.source(id) for id in named if id not in found}
    return tuple(found.values())


def bibtex(sources: Iterable[Source]) -> str:
    """Return sources as BibTeX entries of type ``misc``, keyed by their ids.

    A field that is not known is left out; how the document was seen goes into ``note``.
    """
    return "\n".join(_bibtex(source) for source in sources)


def catalog_bibtex(catalog: Catalog, entries: Sequence[Entry], *, whole: bool = True) -> str:
    """Return the catalogue's own BibTeX entry, and one for each source that entries rest on.

    ``whole`` is that of :func:`sources_of`.
    """
    fields = {
        "title": f"{{{_tex(text('catalog.bibtex.title'))}}}",
        "author": f"{{{_tex(text('catalog.bibtex.author'))}}}",
        "version": _tex(VERSION),
        "note": _tex(_cited(entries, whole)),
    }
    return _entry("longroad", fields) + "\n" + bibtex(sources_of(catalog, *entries, whole=whole))


def _cited(entries: Sequence[Entry], whole: bool) -> str:
    """Return what of the catalogue is cited: one number, one entry, or all of it."""
    if len(entries) != 1:
        return text("catalog.bibtex.whole")
    (entry,) = entries
    field, *others = entry.quantities or [None]
    return citation(entry) if whole or others else citation(entry, field)


def _bibtex(source: Source) -> str:
    said = [text("catalog.bibtex.mark", mark=source.mark)]
    said += [text("catalog.bibtex.country", country=source.country)] if source.country else []
    said += [source.note] if source.note else []
    fields = {
        "title": f"{{{_tex(source.title)}}}",
        "author": _author(source.author),
        "year": source.date.partition("-")[0] if source.date else None,
        "date": source.date,
        "howpublished": _tex(source.publisher) if source.publisher else None,
        "url": source.url,
        "language": source.language,
        "note": _tex(". ".join(part.rstrip(".") for part in said)),
    }
    return _entry(source.id, fields)


def _entry(key: str, fields: Mapping[str, str | None]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value is not None]
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"


def _author(author: str | None) -> str | None:
    """Return an author as BibTeX splits names: an organisation stays whole in its own braces."""
    if author is None:
        return None
    names = author.split(" and ")
    persons = all(_PERSON.fullmatch(name) for name in names)
    return _tex(author) if persons else f"{{{_tex(author)}}}"


def _tex(content: str) -> str:
    return "".join(_TEX.get(character, character) for character in content)
