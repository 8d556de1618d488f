"""A figure before it is drawn: what every picture of the dossier is."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass

from longroad.dossier.svg import finished


@dataclass(frozen=True)
class Figure:
    """A figure before it is drawn: its title, its description, and what makes its drawing."""

    name: str
    title: str
    description: str
    draw: Callable[[], ET.Element]

    def svg(self, shared: dict[str, str] | None = None) -> str:
        """Return the drawing as SVG text; see `svg.finished` for ``shared``."""
        return finished(
            self.draw(), id=f"figure-{self.name}", title=self.title,
            description=self.description, shared=shared,
        )  # fmt: skip
