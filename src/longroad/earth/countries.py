"""The countries of the border files: ISO 3166 alpha-3 codes and English names.

The list is `data/countries.csv` (made by `builders/cells.py`). Beside code and name it holds, for
the reader, what went into the cells: area of the outline, people, the United Nations' total for
2025, and how many of them city points account for. Codes that ISO does not have: XKX (Kosovo), and
Natural Earth's ATC, CYN, IOA, KAS and SOL.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from longroad.base.errors import GeometryError, nearest

DATA = Path(__file__).resolve().parent / "data"


@cache
def _names() -> dict[str, str]:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["name"] for row in csv.DictReader(lines)}


def country_names() -> dict[str, str]:
    """Return the names of all countries by ISO A3 code."""
    return dict(_names())


def is_country(code: str) -> bool:
    """Return whether there is a country of this ISO A3 code (upper case)."""
    return code in _names()


def check_countries(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the codes sorted, each once; raises `GeometryError` for one that is not known.

    A country's name, or a code in lower case, is answered with the code that was meant.
    """
    found = {codes} if isinstance(codes, str) else set(codes)
    unknown = sorted(str(code) for code in found if not is_country(code))
    if unknown:
        by_name = {name.lower(): code for code, name in _names().items()}
        meant = by_name.get(unknown[0].lower()) or nearest(unknown[0], _names())
        raise GeometryError(
            f"there is no country '{unknown[0]}'",
            expected="an ISO 3166 alpha-3 code such as POL",
            nearest=meant,
        )
    return tuple(sorted(found))
