"""The interactive map: one drawing, and the numbers that its controls put into it.

Cells and values travel as flat lists of whole numbers (tenths of a pixel, thousandths of a share,
seconds), because a page of three thousand hexagons with nine maps each must stay small. A hexagon
is its first corner, then the steps from corner to corner.
"""

from __future__ import annotations

from typing import Any

import h3
import numpy as np
from numpy.typing import NDArray

from longroad.base.messages import text
from longroad.dossier import maps, palette
from longroad.dossier.coverage import Coverage, Layer, Times
from longroad.dossier.drawing import add
from longroad.dossier.map_marks import draw_scale
from longroad.dossier.naming import threat_names, variant_names
from longroad.dossier.projection import Frame
from longroad.dossier.svg import finished
from longroad.earth.countries import country_names
from longroad.study.manifest import Manifest

# Pixels are cut into this many parts, so that hexagons travel as whole numbers.
PARTS = 10
QUANTITIES = ("best", "all_share", "p05", "p95")


def thousandths(share: NDArray[np.float64], within: NDArray[np.bool_]) -> list[int]:
    """Return shares as whole thousandths: 0 and 1000 only when exact, -1 out of reach or NaN."""
    known = within & np.isfinite(share)
    clean = np.where(known, share, 0.0)
    value = np.clip(np.floor(clean * 1000.0), 1, 999)
    value = np.where(clean <= 0.0, 0, np.where(clean >= 1.0 - 1e-12, 1000, value))
    return [int(v) for v in np.where(known, value, -1)]


def _rounded(people: float) -> int:
    """Return a number of people to three digits; the method gives no more."""
    return int(float(f"{people:.3g}"))


def _grid(layer: Layer, countries: list[str], shape: Frame) -> dict[str, Any]:
    rows = layer.main_rows()
    names = country_names()
    cells = [str(c) for c in layer.cell[rows]]
    spelled = [names.get(str(iso), str(iso)) for iso in layer.country[rows]]
    for name in spelled:
        if name not in countries:
            countries.append(name)
    by_cell: dict[str, tuple[float, float]] = {}
    for cell, area, people in zip(layer.cell, layer.area_km2, layer.population, strict=True):
        known = by_cell.get(str(cell), (0.0, 0.0))
        by_cell[str(cell)] = (known[0] + float(area), known[1] + float(people))
    return {
        "rings": _rings(cells, shape),
        "country": [countries.index(name) for name in spelled],
        "area": [round(by_cell[c][0]) for c in cells],
        "people": [_rounded(by_cell[c][1]) for c in cells],
    }


def _rings(cells: list[str], shape: Frame) -> list[list[int]]:
    """Return each cell's outline in parts of a pixel: a corner, then steps."""
    outlines = [h3.cell_to_boundary(cell) for cell in cells]
    lat, lon = np.array([point for one in outlines for point in one]).reshape(-1, 2).T
    pixels = np.round(np.column_stack(shape.project(lon, lat)) * PARTS).astype(np.int64)
    parts = np.split(pixels, np.cumsum([len(one) for one in outlines])[:-1])
    return [np.diff(one, axis=0, prepend=0).ravel().tolist() for one in parts]


def _fine(layer: Layer, times: Times | None, batteries: list[str], names: dict[str, str]) -> dict:
    rows = layer.main_rows()
    first = []
    for id in layer.first_battery[rows]:
        name = names.get(str(id), str(id)) if id else ""
        if name and name not in batteries:
            batteries.append(name)
        first.append(batteries.index(name) if name else -1)
    cells = [str(c) for c in layer.cell[rows]]
    opens = [times.opens_s.get(c) if times else None for c in cells]
    closes = [times.closes_s.get(c) if times else None for c in cells]
    return {
        "best": thousandths(layer.best[rows], layer.reached[rows]),
        "arcs": [int(n) for n in layer.arcs[rows]],
        "first": first,
        "opens": [-1 if v is None else round(v) for v in opens],
        "closes": [-1 if v is None else round(v) for v in closes],
    }


def _coarse(layer: Layer) -> dict[str, list[int]]:
    rows = layer.main_rows()
    reached = layer.reached[rows]
    return {
        "best": thousandths(layer.best[rows], reached),
        "arcs": [int(n) for n in layer.arcs[rows]],
        "all_share": thousandths(layer.all_share[rows], reached),
        "p05": thousandths(layer.p05[rows], reached),
        "p95": thousandths(layer.p95[rows], reached),
    }


def data(
    manifest: Manifest,
    fine: dict[str, Coverage],
    coarse: dict[str, Coverage],
    times: dict[str, dict[tuple[str, str], Times]],
    shape: Frame,
) -> dict[str, Any]:
    """Return what the page's script needs; coverage and times by party."""
    countries: list[str] = []
    batteries: list[str] = []
    grids: list[dict[str, Any]] = []
    known: dict[tuple[str, ...], int] = {}
    layers: dict[str, Any] = {}

    def grid(layer: Layer) -> int:
        """Return the number of the layer's grid; layers of the same cells share one."""
        cells = tuple(str(cell) for cell in layer.cell[layer.main_rows()])
        if cells not in known:
            known[cells] = len(grids)
            grids.append(_grid(layer, countries, shape))
        return known[cells]

    for party, coverage in fine.items():
        for (variant, threat), layer in coverage.layers.items():
            titles = {b.id: b.name for b in manifest.variant(variant).batteries}
            window = times[party].get((variant, threat))
            layers[f"{party}/{variant}/{threat}"] = {
                "fine": {"grid": grid(layer), **_fine(layer, window, batteries, titles)}
            }
        for (variant, threat), layer in coarse[party].layers.items():
            found = layers.setdefault(f"{party}/{variant}/{threat}", {})
            found["coarse"] = {"grid": grid(layer), **_coarse(layer)}
    return {
        "grids": grids,
        "layers": layers,
        "countries": countries,
        "batteries": batteries,
        "variants": variant_names(manifest),
        "missiles": threat_names(manifest),
        "colours": [c.colour for c in palette.CLASSES],
        "words": {
            "area": text("dossier.maps.area"),
            "people": text("dossier.maps.people"),
            "arcs": text("dossier.maps.arcs"),
            "value": text("dossier.maps.value"),
            "battery": text("dossier.maps.battery"),
            "opens": text("dossier.maps.opens"),
            "closes": text("dossier.maps.closes"),
            "after": text("dossier.maps.after", clock="%"),
            "out_of_reach": text("dossier.maps.out_of_reach"),
            "no_window": text("dossier.maps.no_window"),
            "percent": text("dossier.format.percent", value="%%"),
        },
    }


def drawing(
    manifest: Manifest, parties: tuple[str, ...], shape: Frame, shared: dict[str, str]
) -> str:
    """Return the map without cells as SVG text, with the symbols of every party and variant.

    The page's script fills the group ``cells`` and shows one of the groups of symbols.
    """
    root = maps.sea(shape)
    maps.draw_land(root, shape)
    scaled = {"transform": f"scale({1 / PARTS:g})"}
    add(root, "g", **scaled, **{"class": "cells"}, stroke="#fff", stroke_opacity="0.35",
        stroke_width=0.5 * PARTS)  # fmt: skip
    above = add(root, "g", pointer_events="none")
    maps.draw_borders(above, shape)
    add(above, "path", **scaled, **{"class": "chosen"}, fill="none", stroke=palette.INK,
        stroke_width=2.0 * PARTS)  # fmt: skip
    for party in parties:
        for variant in manifest.variants:
            own = add(above, "g", display="none")
            own.set("data-symbols", f"{party}/{variant.id}")
            maps.draw_marks(own, manifest, variant, party, shape, large=True)
    draw_scale(above, shape)
    words = text("dossier.maps.live_alt")
    return finished(root, id="live-drawing", title=words, description="", shared=shared)
