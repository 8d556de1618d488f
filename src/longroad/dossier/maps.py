"""Maps of the engageable share: hexagons, borders, batteries, radars and launch areas.

Every map of a dossier has one frame, so that maps can be compared at a glance. A map names
only what its variant adds to the one before it; the rest keeps its symbol without a label.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import altair as alt
import h3
import numpy as np

from longroad.base.messages import text
from longroad.dossier import palette, shapes
from longroad.dossier.coverage import Coverage, Layer
from longroad.dossier.labels import Anchor, Placed, place
from longroad.dossier.naming import compared_with
from longroad.dossier.projection import Frame, frame
from longroad.dossier.theme import specification
from longroad.study.manifest import LaunchArea, Manifest, Sensor, Variant

MODE_SHAPES = {
    "organic": "circle",
    "launch-on-remote": "triangle-up",
    "engage-on-remote": "diamond",
}
HALO: dict[str, Any] = {
    "stroke": "#fff",
    "strokeWidth": 3.0,
    "strokeOpacity": 0.85,
    "strokeJoin": "round",
}
LAUNCH_SHAPE = "M-1,-1L1,1M-1,1L1,-1"


@dataclass(frozen=True)
class Site:
    """A symbol on the map."""

    kind: str
    id: str
    name: str
    latitude_deg: float
    longitude_deg: float


def own_sensors(variant: Variant, party: str) -> tuple[Sensor, ...]:
    """Return the sensors of a party that have a place."""
    return tuple(
        sensor
        for sensor in variant.sensors
        if sensor.owner == party and sensor.latitude_deg is not None
    )


def standalone_sensors(variant: Variant, party: str) -> tuple[Sensor, ...]:
    """Return a party's sensors that have a place of their own, not that of a battery."""
    taken = {(round(b.latitude_deg, 2), round(b.longitude_deg, 2)) for b in variant.batteries}
    return tuple(
        sensor
        for sensor in own_sensors(variant, party)
        if sensor.latitude_deg is not None
        and sensor.longitude_deg is not None
        and (round(sensor.latitude_deg, 2), round(sensor.longitude_deg, 2)) not in taken
    )


def sites(variant: Variant, areas: tuple[LaunchArea, ...], party: str) -> list[Site]:
    """Return all symbols of a variant's map: a party's batteries by mode, its radars, launch areas.

    What other parties own has no part in this party's coverage and would only widen the map.
    """
    made = [
        Site(b.mode, b.id, b.name, b.latitude_deg, b.longitude_deg)
        for b in variant.batteries
        if b.owner == party
    ]
    for s in standalone_sensors(variant, party):
        assert s.latitude_deg is not None and s.longitude_deg is not None
        made.append(Site("sensor", s.id, s.name, s.latitude_deg, s.longitude_deg))
    made += [Site("launch", a.id, a.name, a.latitude_deg, a.longitude_deg) for a in areas]
    return made


def common_frame(
    manifest: Manifest,
    coverage: Coverage,
    width: int,
    focus: bool = False,
    greatest_aspect: float = 1.05,
    party: str = "",
) -> Frame:
    """Return the frame that shows the territory and every site a party has in any variant.

    With ``focus`` only the territory: for thumbnails.
    """
    cells = sorted({str(c) for layer in coverage.layers.values() for c in layer.cell})
    points = [h3.cell_to_latlng(cell) for cell in cells]
    if not focus or not points:
        for variant in manifest.variants:
            shown = sites(variant, variant.launch_areas, party)
            points += [(site.latitude_deg, site.longitude_deg) for site in shown]
    lat, lon = np.array(points).T
    return frame(lon, lat, width=width, greatest_aspect=greatest_aspect)


def new_sites(
    manifest: Manifest, variant: Variant, areas: tuple[LaunchArea, ...], party: str
) -> list[Site]:
    """Return what the variant adds to the one it is compared with; for the first, everything."""
    known = compared_with(manifest, variant)
    if known is None:
        return sites(variant, areas, party)
    before = {(site.id, site.name) for site in sites(known, known.launch_areas, party)}
    return [site for site in sites(variant, areas, party) if (site.id, site.name) not in before]


def _geometry(name: str, **mark: Any) -> alt.Chart:
    return alt.Chart(alt.NamedData(name=name)).mark_geoshape(**mark)


def looks(scale: float) -> dict[str, dict[str, Any]]:
    """Return how each kind of site is drawn, sizes in square pixels times ``scale``."""
    made: dict[str, dict[str, Any]] = {
        "launch": {
            "shape": LAUNCH_SHAPE,
            "stroke": palette.LAUNCH,
            "size": 60 * scale,
            "strokeWidth": 2,
            "fill": None,
        },
        "sensor": {
            "shape": "square",
            "fill": "#fff",
            "stroke": palette.SENSOR,
            "size": 48 * scale,
            "strokeWidth": 1.6,
        },
    }
    for mode, shape in MODE_SHAPES.items():
        made[mode] = {
            "shape": shape,
            "fill": palette.INK,
            "stroke": "#fff",
            "size": 90 * scale,
            "strokeWidth": 1.3,
        }
    return made


def _points(found: list[Site], scale: float) -> list[alt.Chart]:
    layers = []
    for kind, look in looks(scale).items():
        values = [{"lon": s.longitude_deg, "lat": s.latitude_deg} for s in found if s.kind == kind]
        if values:
            layers.append(
                alt.Chart(alt.Data(values=values))
                .mark_point(opacity=1, **look)
                .encode(longitude="lon:Q", latitude="lat:Q")
            )
    return layers


def label_layers(placed: list[Placed], shape: Frame, font_px: float) -> list[alt.Chart]:
    """Return the labels with a halo, at the places found in pixels."""
    layers = []
    for align in ("left", "right"):
        values = []
        for label in placed:
            if label.align == align:
                lon, lat = shape.invert(label.x_px, label.y_px)
                values.append({"lon": lon, "lat": lat, "text": label.text})
        if not values:
            continue
        base = alt.Chart(alt.Data(values=values)).encode(
            longitude="lon:Q", latitude="lat:Q", text="text:N"
        )
        look: dict[str, Any] = {"align": align, "baseline": "middle", "fontSize": font_px}
        layers.append(base.mark_text(**look, **HALO))
        layers.append(base.mark_text(**look, fill=palette.INK))
    return layers


def scale_bar(shape: Frame) -> list[alt.Chart]:
    """Return a bar of a round number of kilometres, true at the centre, in the upper left."""
    room = 0.22 * shape.width * shape.km_per_px
    steps = [digit * 10.0**power for power in range(-1, 5) for digit in (1, 2, 5)]
    km = max((step for step in steps if step <= room), default=steps[0])
    left, right, y = 10.0, 10.0 + km / shape.km_per_px, 14.0
    ends = [shape.invert(left, y), shape.invert(right, y)]
    line = {"type": "LineString", "coordinates": [list(end) for end in ends]}
    lon, lat = shape.invert(right + 6.0, y)
    words = {"lon": lon, "lat": lat, "text": text("dossier.maps.scale", km=f"{km:,g}")}
    bar = alt.Chart(alt.Data(values=[{"type": "Feature", "geometry": line}]))
    label = alt.Chart(alt.Data(values=[words])).encode(
        longitude="lon:Q", latitude="lat:Q", text="text:N"
    )
    look: dict[str, Any] = {"align": "left", "baseline": "middle", "fontSize": 10.5}
    return [
        bar.mark_geoshape(fill=None, stroke="#fff", strokeWidth=4),
        bar.mark_geoshape(fill=None, stroke=palette.QUIET, strokeWidth=1.8),
        label.mark_text(**look, **HALO),
        label.mark_text(**look, fill=palette.QUIET),
    ]


def symbol_layers(
    manifest: Manifest, variant: Variant, party: str, shape: Frame, *, large: bool
) -> list[alt.Chart]:
    """Return sectors, symbols and labels of a party's part of a variant."""
    found = sites(variant, variant.launch_areas, party)
    layers = []
    sensors = own_sensors(variant, party) if large else standalone_sensors(variant, party)
    for sensor in sensors:
        if sensor.latitude_deg is None or sensor.longitude_deg is None or not sensor.range_km:
            continue
        geometry = shapes.sector(
            sensor.latitude_deg,
            sensor.longitude_deg,
            sensor.range_km,
            sensor.facing_deg,
            sensor.azimuth_width_deg,
        )
        data = alt.Data(values=[{"type": "Feature", "geometry": geometry}])
        layers.append(
            alt.Chart(data).mark_geoshape(
                fill=None, stroke=palette.SENSOR, strokeWidth=0.9, strokeDash=[3, 2], opacity=0.75
            )
        )
    layers += _points(found, 1.5 if large else 1.0)
    font_px = 12.5 if large else 11.0
    named = found
    if not large:
        added = new_sites(manifest, variant, variant.launch_areas, party)
        named = [site for site in added if site.kind != "launch"]
    x, y = shape.project([s.longitude_deg for s in found], [s.latitude_deg for s in found])
    places = zip(x.tolist(), y.tolist(), strict=True)
    spot = dict(zip([(s.kind, s.id) for s in found], places, strict=True))
    bar = [(x_px, 14.0) for x_px in (20.0, 60.0, 100.0)]
    anchors = [Anchor(*spot[s.kind, s.id], s.name) for s in named]
    placed = place(
        anchors, [*spot.values(), *bar], (shape.width, shape.height), font_px, keep_all=large
    )
    return layers + label_layers(placed, shape, font_px)


def engageable_map(
    manifest: Manifest, variant: Variant, party: str, layer: Layer, shape: Frame, *,
    large: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Return the Vega-Lite specification of one map, cells merged by class."""
    datasets: dict[str, Any] = {"land": _feature(shapes.land(shape, "50m"))}
    colours = {c.id: c.colour for c in (palette.NOT_REACHED, *palette.CLASSES)}
    layers = [_geometry("land", fill=palette.LAND, stroke=palette.BORDER, strokeWidth=0.6)]
    for name, cells in layer.cells_by_class().items():
        if cells:
            datasets[name] = _feature(shapes.merged(cells))
            colour = colours[name]
            edge = {} if name == palette.NOT_REACHED.id else {"stroke": colour, "strokeWidth": 0.4}
            layers.append(_geometry(name, fill=colour, **edge))
    layers.append(_geometry("land", fill=None, stroke=palette.BORDER, strokeWidth=0.7))
    layers += symbol_layers(manifest, variant, party, shape, large=large)
    layers += scale_bar(shape)
    return map_specification(layers, shape, datasets)


def map_specification(
    layers: list[alt.Chart], shape: Frame, datasets: dict[str, Any]
) -> dict[str, Any]:
    """Return the specification of layers on one frame, over the sea."""
    chart = (
        alt.layer(*layers, view=alt.ViewConfig(fill=palette.SEA, stroke=None))
        .properties(width=shape.width, height=shape.height)
        .project(**shape.vega())
    )
    return specification(chart, datasets, padded=False)


def _feature(geometry: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "Feature", "geometry": geometry}]
