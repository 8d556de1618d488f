"""The pages of the documentation about the catalogue are what their builder writes."""

import importlib.util
import re
from pathlib import Path

import pytest

from longroad.base.quantity import Disputed
from longroad.catalog import load_catalog

ROOT = Path(__file__).resolve().parent.parent.parent
CATALOG = load_catalog()


def builder():
    spec = importlib.util.spec_from_file_location("pages", ROOT / "builders" / "catalog_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES = builder().pages(CATALOG)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_the_builder_writes(name):
    assert (ROOT / "docs" / "catalog" / name).read_text(encoding="utf-8") == PAGES[name], (
        "make docs"
    )


def test_no_other_page_lies_about():
    assert {path.name for path in (ROOT / "docs" / "catalog").iterdir()} == set(PAGES)


@pytest.mark.parametrize("kind", CATALOG.kinds())
def test_a_page_shows_every_entry_and_every_claim(kind):
    page = PAGES[builder().PAGES[kind][0]]
    for entry in CATALOG.entries(kind):
        assert (f"\n## {entry.id}\n" if kind == "source" else f"`{entry.reference}`") in page
        for quantity in entry.quantities.values():
            rivals = quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)
            assert all(rival.written() in page for rival in rivals)
            if isinstance(quantity, Disputed):
                assert all(f"claim `{claim}`" in page for claim in quantity.claims)


def test_every_mention_of_a_source_leads_to_it():
    known = set(re.findall(r"^## (\S+)$", PAGES["sources.md"], re.MULTILINE))
    for page in PAGES.values():
        assert set(re.findall(r"\(sources\.md#([^)]+)\)", page)) <= known


def test_tables_have_as_many_cells_in_every_row():
    for name, page in PAGES.items():
        for table in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
            cells = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
            assert len(cells) == 1, (name, table[:80])


def test_make_docs_writes_them():
    assert "builders/catalog_pages.py" in (ROOT / "Makefile").read_text(encoding="utf-8")
