"""Published facts, each with unit, interval, status and source, and the reader of them."""

from longroad.catalog.catalog import Catalog, load_catalog
from longroad.catalog.entry import Entry
from longroad.catalog.source import Source

__all__ = ["Catalog", "Entry", "Source", "load_catalog"]
