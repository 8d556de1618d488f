"""Writing a dossier, and drawing one of its figures alone."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import vl_convert

from longroad.base.atomic import atomic_write
from longroad.base.errors import RunError
from longroad.dossier import figures
from longroad.dossier.cited import cited
from longroad.dossier.material import gather
from longroad.dossier.page import render_page
from longroad.dossier.reach_figure import Options
from longroad.dossier.reading import RunLike
from longroad.dossier.svg import register_fonts

PNG_SCALE = 2.0


def write_dossier(run: RunLike, path: str | Path | None = None) -> Path:
    """Write the dossier of a run as one HTML file and return its path.

    Without ``path`` it stands where the run keeps its dossier. The file appears whole
    or not at all; RunError when it cannot be written or the run has nothing to show.
    """
    if path is None:
        path = getattr(run, "dossier", None)
        if path is None:
            raise RunError("this run has no directory", expected="a path for the dossier")
    return atomic_write(path, render_page(gather(run)))


def figure_names(run: RunLike) -> tuple[str, ...]:
    """Return the names of the figures that :func:`figure` can draw."""
    return figures.names(gather(run))


def figure(
    run: RunLike, name: str, to: Literal["svg", "png"] = "svg", options: Options | None = None
) -> bytes:
    """Return one figure of a run as SVG (UTF-8) or PNG, with title, legend and source line.

    ``options`` turn a reach map. RunError and UsageError suggest the nearest name.
    """
    drawn = cited(gather(run), name, options)
    if to == "svg":
        return drawn.encode()
    register_fonts()
    made: bytes = vl_convert.svg_to_png(drawn, scale=PNG_SCALE)
    return made
