"""The catalogue and the bibliography as CSV, one line for each number or source."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable

from longroad.catalog.catalog import Catalog
from longroad.catalog.cite import reference
from longroad.catalog.entry import Entry
from longroad.catalog.render import CatalogRow, SourceRow, catalog_rows, source_rows

SEPARATOR = "; "


def catalog_csv(catalog: Catalog, entries: Iterable[Entry]) -> str:
    """Return a table of the numbers of entries.

    The columns are those of :class:`CatalogRow`, and last ``references``, the sources in full.
    """
    names = [field.name for field in dataclasses.fields(CatalogRow)]
    rows = (
        [
            *_cells(row),
            SEPARATOR.join(reference(catalog.source(source)) for source in row.sources),
        ]
        for row in catalog_rows(entries)
    )
    return _written([*names, "references"], rows)


def sources_csv(catalog: Catalog, id: str | None = None) -> str:
    """Return the bibliography, or one source; the columns are those of :class:`SourceRow`."""
    names = [field.name for field in dataclasses.fields(SourceRow)]
    return _written(names, (_cells(row) for row in source_rows(catalog, id)))


def _cells(row: CatalogRow | SourceRow) -> list[object]:
    values = (getattr(row, field.name) for field in dataclasses.fields(row))
    return [SEPARATOR.join(value) if isinstance(value, tuple) else value for value in values]


def _written(names: list[str], rows: Iterable[list[object]]) -> str:
    page = io.StringIO()
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return page.getvalue()
