"""A figure before it is drawn: what every picture of the dossier is."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from longroad.dossier.svg import finished, render, tidy


@dataclass(frozen=True)
class Figure:
    """A figure before it is drawn: its Vega-Lite specification, title and description."""

    name: str
    title: str
    description: str
    spec: dict[str, Any]

    def svg(self, shared: dict[str, str] | None = None) -> str:
        """Return the drawing as SVG text; see `svg.tidy` for ``shared``."""
        id = f"figure-{self.name}"
        return tidy(
            render(self.spec), id=id, title=self.title, description=self.description, shared=shared
        )


@dataclass(frozen=True)
class DrawnFigure:
    """A figure drawn by hand: ``draw`` makes its drawing; like `Figure`, but without Vega."""

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
