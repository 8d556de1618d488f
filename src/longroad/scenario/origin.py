"""Where an entry of a loaded scenario was written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """Line (from 1) and dotted path of an entry in its file; no part of what the entry is."""

    line: int
    path: str
