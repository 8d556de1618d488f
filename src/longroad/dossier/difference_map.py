"""Drawing of the difference maps, alone on a sheet and small on the page.

What is engageable now is blue as on every other map, what is not is ochre; changes are strong,
what stays as it was is pale.
"""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET

from markupsafe import Markup, escape

from longroad.dossier import map_paths, maps, palette
from longroad.dossier.coverage import Layer
from longroad.dossier.map_marks import draw_scale
from longroad.dossier.projection import Frame
from longroad.study.differences import CHANGES

COLOURS = {"gained": "#14506f", "lost": "#c2570c", "kept": "#c3dce8", "never": "#f3e2c9"}
BEYOND = "beyond"
FILLS = {BEYOND: palette.NOT_REACHED.colour, **COLOURS}
STEP_PX, GROUND_PX = 0.8, 1.2


def cells_by_change(old: Layer, new: Layer) -> dict[str, list[str]]:
    """Return the cells by change; *beyond* are those not within reach in both variants."""
    return by_change(_engageable(old), _engageable(new))


def by_change(
    before: dict[str, bool | None], after: dict[str, bool | None]
) -> dict[str, list[str]]:
    """Return the cells by change from whether they are engageable; None is out of reach."""
    found: dict[str, list[str]] = {name: [] for name in (BEYOND, *CHANGES)}
    for cell, now in after.items():
        was = before.get(cell)
        if was is None or now is None:
            change = BEYOND
        else:
            change = ("kept" if was else "gained") if now else ("lost" if was else "never")
        found[change].append(cell)
    return found


def _engageable(layer: Layer) -> dict[str, bool | None]:
    """Return for each cell whether it is engageable; None where the missile does not reach."""
    rows = layer.main_rows()
    reached, engaged = layer.reached[rows], layer.engageable[rows]
    return {
        str(cell): bool(engaged[i]) if reached[i] else None
        for i, cell in enumerate(layer.cell[rows])
    }


def drawn(cells: dict[str, list[str]], shape: Frame) -> ET.Element:
    """Return the drawing of one difference map from its cells by change."""
    root = maps.sea(shape)
    maps.draw_land(root, shape)
    for name, own in cells.items():
        maps.draw_cells(root, own, FILLS[name], shape, 0.0)
    maps.draw_borders(root, shape)
    draw_scale(root, shape)
    return root


def small(
    cells: dict[str, list[str]], shape: Frame, shared: dict[str, str], title: str, description: str
) -> Markup:
    """Return one small difference map as SVG; the land goes to ``shared``, once for all maps.

    Hatching refers to the page's own pattern, so the drawing belongs on a dossier's page.
    """
    land = map_paths.land(shape, map_paths.COARSE, GROUND_PX)
    ground = "g" + hashlib.sha256(land.encode()).hexdigest()[:10]
    shared[ground] = land
    parts = [
        f'<svg viewBox="0 0 {shape.width} {shape.height}" role="img" '
        f'aria-label="{escape(title)}. {escape(description)}">',
        f'<rect width="{shape.width}" height="{shape.height}" fill="{palette.SEA}"/>',
        f'<use href="#{ground}" fill="{palette.LAND}"/>',
    ]
    for name, own in cells.items():
        if own:
            path = map_paths.cells(tuple(own), shape, STEP_PX)
            parts.append(f'<path fill="{FILLS[name]}" d="{path}"/>')
    parts.append(
        f'<use href="#{ground}" fill="none" stroke="{palette.BORDER}" stroke-width="0.6"/></svg>'
    )
    return Markup("".join(parts))
