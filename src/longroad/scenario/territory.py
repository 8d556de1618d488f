"""Defended territory: whether its countries exist, and how many cells it makes."""

from __future__ import annotations

from longroad.scenario.faults import Faults
from longroad.scenario.model import Grid, Position, Variant
from longroad.scenario.node import Node


def check_countries(node: Node | None, faults: Faults) -> bool:
    """Return whether every code in the list is a country that Longroad knows, each once."""
    before = len(faults)
    seen: set[object] = set()
    for member in node.items if node is not None else ():
        if member.value in seen:
            faults.at(member, f"'{member.value}' is listed twice", expected="each country once")
        seen.add(member.value if isinstance(member.value, str) else None)
    return len(faults) == before


def check_size(variant: Variant, grid: Grid, root: Node, faults: Faults) -> None:
    """Add a fault when a variant would need more cells or arcs than are allowed."""


def country_of(position: Position) -> str | None:
    """Return the country at a position."""
    return None
