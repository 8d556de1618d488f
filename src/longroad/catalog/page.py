"""A page of text: paragraphs with hanging indents, wrapped at a width."""

from __future__ import annotations

import textwrap

INDENT = "  "
DEEP = 2 * INDENT


class Page:
    """Collects paragraphs; no line is wider than ``width`` unless a single word is."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._lines: list[str] = []

    def add(self, indent: str, content: str) -> None:
        """Add a paragraph that begins at an indent and goes on one step further in."""
        self._lines += textwrap.wrap(
            content,
            max(self.width, 1),
            initial_indent=indent,
            subsequent_indent=indent + INDENT,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def gap(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def written(self) -> str:
        """Return the text, with a line break at its end."""
        return "\n".join(self._lines) + "\n"
