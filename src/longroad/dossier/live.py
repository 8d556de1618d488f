"""The interactive map: one drawing, and the numbers that its controls put into it.

Cells and values travel as flat lists of whole numbers (hundredths of a degree, thousandths of
a share, seconds), because a page of three thousand hexagons with nine maps each must stay small.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import numpy as np
import vl_convert
from numpy.typing import NDArray

from longroad.base.messages import text
from longroad.dossier import maps, palette, shapes
from longroad.dossier.coverage import Coverage, Layer, Times
from longroad.dossier.labels import Anchor, place
from longroad.dossier.naming import threat_names, variant_names
from longroad.dossier.projection import Frame
from longroad.dossier.rings import directed
from longroad.earth.countries import country_names
from longroad.study.manifest import Manifest, Variant

LABEL_PX = 12.5
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


def _grid(layer: Layer, countries: list[str]) -> dict[str, Any]:
    rows = layer.main_rows()
    names = country_names()
    cells = [str(c) for c in layer.cell[rows]]
    spelled = [names.get(str(iso), str(iso)) for iso in layer.country[rows]]
    for name in spelled:
        if name not in countries:
            countries.append(name)
    rings = []
    for cell in cells:
        ring = directed(shapes.hexagon(cell), clockwise=True)
        rings.append([v for lon, lat in ring for v in (round(lon * 100), round(lat * 100))])
    by_cell: dict[str, tuple[float, float]] = {}
    for cell, area, people in zip(layer.cell, layer.area_km2, layer.population, strict=True):
        known = by_cell.get(str(cell), (0.0, 0.0))
        by_cell[str(cell)] = (known[0] + float(area), known[1] + float(people))
    return {
        "rings": rings,
        "country": [countries.index(name) for name in spelled],
        "area": [round(by_cell[c][0]) for c in cells],
        "people": [_rounded(by_cell[c][1]) for c in cells],
    }


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


def _symbols(variant: Variant, party: str, shape: Frame) -> dict[str, Any]:
    found = maps.sites(variant, variant.launch_areas, party)
    x, y = shape.project([s.longitude_deg for s in found], [s.latitude_deg for s in found])
    spots = [(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    anchors = [Anchor(*spot, s.name) for spot, s in zip(spots, found, strict=True)]
    placed = place(anchors, spots, (shape.width, shape.height), LABEL_PX, keep_all=True)
    labels = []
    for label in placed:
        lon, lat = shape.invert(label.x_px, label.y_px)
        labels.append({"lon": lon, "lat": lat, "text": label.text, "align": label.align})
    sectors = [
        {
            "type": "Feature",
            "geometry": shapes.sector(
                s.latitude_deg, s.longitude_deg, s.range_km, s.facing_deg, s.azimuth_width_deg
            ),
        }
        for s in maps.own_sensors(variant, party)
        if s.latitude_deg is not None and s.longitude_deg is not None and s.range_km
    ]
    return {
        "sites": [{"lon": s.longitude_deg, "lat": s.latitude_deg, "kind": s.kind} for s in found],
        "labels": labels,
        "sectors": sectors,
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
            grids.append(_grid(layer, countries))
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
        "symbols": {
            f"{party}/{v.id}": _symbols(v, party, shape)
            for party in fine
            for v in manifest.variants
        },
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


def drawing(shape: Frame) -> dict[str, Any]:
    """Return the Vega specification of the map with empty data sets for the script to fill."""

    def named(name: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(name=name))

    lonlat = {"longitude": "lon:Q", "latitude": "lat:Q"}
    layers: list[alt.Chart] = [
        named("land").mark_geoshape(fill=palette.LAND, stroke=palette.BORDER, strokeWidth=0.6),
        named("hexagons")
        .mark_geoshape(strokeWidth=0.5, stroke="#fff", strokeOpacity=0.35)
        .encode(fill=alt.Fill("properties.colour:N", scale=None)),
        named("land").mark_geoshape(fill=None, stroke=palette.BORDER, strokeWidth=0.9),
        named("sectors").mark_geoshape(
            fill=None, stroke=palette.SENSOR, strokeWidth=1, strokeDash=[3, 2], opacity=0.7
        ),
        named("chosen").mark_geoshape(fill=None, stroke=palette.INK, strokeWidth=2),
    ]
    for kind, look in maps.looks(1.5).items():
        layers.append(
            named("sites")
            .transform_filter(f"datum.kind === '{kind}'")
            .mark_point(opacity=1, **look)
            .encode(**lonlat)
        )
    for align in ("left", "right"):
        base = (
            named("labels").transform_filter(f"datum.align === '{align}'").encode(**lonlat)
        ).encode(text="text:N")
        words: dict[str, Any] = {"align": align, "baseline": "middle", "fontSize": LABEL_PX}
        layers.append(base.mark_text(**words, **maps.HALO))
        layers.append(base.mark_text(**words, fill=palette.INK))
    layers += maps.scale_bar(shape)
    empty: Sequence[str] = ("hexagons", "sectors", "chosen", "sites", "labels")
    land = [{"type": "Feature", "geometry": shapes.land(shape, "50m")}]
    spec = maps.map_specification(layers, shape, {"land": land, **{name: [] for name in empty}})
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(spec)
    return compiled
