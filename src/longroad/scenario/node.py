"""A value read from YAML that remembers where it was written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Scalar = str | int | float | bool | None
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file: a scalar, a mapping of nodes or a list of nodes.

    ``line`` is the line on which the value begins, ``key_line`` the line of the key that
    introduces it (equal to ``line`` for list items), both from 1. ``path`` is the place in the
    file as written, so that a value merged in from a variant still names its own place.
    ``removed`` holds the `null` entries by which a variant took keys away from this mapping.
    """

    value: Scalar | dict[str, Node] | list[Node]
    line: int
    key_line: int
    path: Path
    removed: dict[str, Node] = field(default_factory=dict)

    @property
    def mapping(self) -> dict[str, Node]:
        """Return the entries by key; empty when the value is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """Return the members; empty when the value is no list."""
        return self.value if isinstance(self.value, list) else []

    def get(self, key: str) -> Node | None:
        """Return the entry under ``key``, or None."""
        return self.mapping.get(key)

    def plain(self) -> object:
        """Return the value as ordinary Python: str, int, float, bool, None, dict, list."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value

    def walk(self) -> Iterator[Node]:
        """Yield this node and every node below it, in the order written."""
        yield self
        children = self.value.values() if isinstance(self.value, dict) else self.items
        for child in children:
            yield from child.walk()

    def nearest_place(self, path: Path) -> tuple[Node, Path]:
        """Follow ``path`` as far as it exists; return the node reached and what is left."""
        node = self
        for depth, part in enumerate(path):
            child: Node | None = None
            if isinstance(part, str):
                child = node.get(part)
            elif part < len(node.items):
                child = node.items[part]
            if child is None:
                return node, path[depth:]
            node = child
        return node, ()


def dotted(path: Path) -> str:
    """Write a path as users read it: ``batteries.ship-east.at``, ``defends[3]``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += f".{part}" if text else part
    return text
