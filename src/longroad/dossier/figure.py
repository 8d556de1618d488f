"""A figure before it is drawn: what every picture of the dossier is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from longroad.dossier.svg import render, tidy


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
