"""One entry of the bibliography."""

from __future__ import annotations

from dataclasses import dataclass

MARKS = ("seen", "second-hand", "from memory")
NEEDED = ("title", "mark")
KEYS = ("title", "author", "date", "publisher", "url", "language", "country", "mark", "note")


@dataclass(frozen=True)
class Source:
    """A document; ``mark`` says how it was seen: seen, second-hand or from memory.

    ``url`` is given only where it was seen; ``date`` is a year or an ISO date, as far as known;
    ``language`` an ISO 639-1 code; ``country`` where it was published, ISO 3166-1 alpha-3.
    """

    id: str
    title: str
    author: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    country: str | None = None
    mark: str = "seen"
    note: str | None = None
