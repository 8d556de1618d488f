"""Pages about packs: every number on them is what the pack gives today."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def builder():
    place = ROOT / "builders" / "pack_pages.py"
    spec = importlib.util.spec_from_file_location("pack_pages", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_table_of_the_page_is_known_and_stands_once(builder):
    names = [found[2] for found in builder.MARKED.finditer(builder.PAGE.read_text("utf-8"))]
    assert sorted(names) == sorted(builder.TABLES)


@pytest.mark.parametrize(
    "name",
    [
        "cover",
        "cities",
        "contributions",
        "differences",
        "agreements",
        "reach",
        "homes",
        "claims",
    ],
)
def test_a_table_says_what_the_pack_gives(builder, name):
    (found,) = (
        one for one in builder.MARKED.finditer(builder.PAGE.read_text("utf-8")) if one[2] == name
    )
    expected = found[1] + builder.TABLES[name]() + found[3]
    assert found[0] == expected, "run builders/pack_pages.py, and read the page again"
