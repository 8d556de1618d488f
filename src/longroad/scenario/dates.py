"""Dates as they are written: a year, a month or a day."""

from __future__ import annotations

import datetime
import re

from longroad.scenario.faults import Faults
from longroad.scenario.form import written
from longroad.scenario.node import Node

_DATE = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")


def read_date(node: Node | None, faults: Faults, whole: bool = False) -> str | None:
    """Return a date (YYYY, YYYY-MM or YYYY-MM-DD; only the last with ``whole``) as text."""
    if node is None or node.value is None:
        return None
    text = str(node.value)
    match = _DATE.match(text)
    try:
        if match is None or (whole and match[3] is None):
            raise ValueError
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        faults.at(
            node,
            f"{written(node)} is not a date",
            expected="YYYY-MM-DD" if whole else "YYYY, YYYY-MM or YYYY-MM-DD",
        )
        return None
    return text


def earlier(one: str, other: str) -> bool:
    """Return whether a date is before another, as far as both are known."""
    short = min(len(one), len(other))
    return one[:short] < other[:short]
