"""Maps of the engageable share: hexagons, borders, batteries, radars and launch areas.

Every map of a dossier has one frame, so that maps can be compared at a glance. A map names
only what its variant adds to the one before it; the rest keeps its symbol without a label.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

import h3
import numpy as np

from longroad.dossier import map_paths, palette
from longroad.dossier.coverage import Coverage, Layer
from longroad.dossier.drawing import add
from longroad.dossier.labels import Anchor, place
from longroad.dossier.map_marks import draw_labels, draw_scale, draw_sectors, draw_symbol
from longroad.dossier.naming import compared_with
from longroad.dossier.plot import canvas
from longroad.dossier.projection import Frame, frame
from longroad.study.manifest import LaunchArea, Manifest, Sensor, Variant

SMALL_PX, LARGE_PX = 11.0, 12.5
LARGE_SYMBOLS = 1.5
THIN_PX = 0.8
FILLS = {one.id: one.colour for one in (palette.NOT_REACHED, *palette.CLASSES)}


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


def draw_marks(
    parent: ET.Element, manifest: Manifest, variant: Variant, party: str, shape: Frame, *,
    large: bool,
) -> None:  # fmt: skip
    """Draw sectors, symbols and labels of a party's part of a variant."""
    found = sites(variant, variant.launch_areas, party)
    sensors = own_sensors(variant, party) if large else standalone_sensors(variant, party)
    draw_sectors(parent, sensors, shape)
    x, y = shape.project([s.longitude_deg for s in found], [s.latitude_deg for s in found])
    spots = list(zip(x.tolist(), y.tolist(), strict=True))
    spot = dict(zip([(s.kind, s.id) for s in found], spots, strict=True))
    # Batteries cover radars, and radars launch areas.
    for site in sorted(found, key=lambda s: ("launch", "sensor").index(s.kind)
                       if s.kind in ("launch", "sensor") else 2):  # fmt: skip
        scale = LARGE_SYMBOLS if large else 1.0
        draw_symbol(parent, site.kind, *spot[site.kind, site.id], scale)
    font_px = LARGE_PX if large else SMALL_PX
    named = found
    if not large:
        added = new_sites(manifest, variant, variant.launch_areas, party)
        named = [site for site in added if site.kind != "launch"]
    bar = [(x_px, 14.0) for x_px in (20.0, 60.0, 100.0)]
    anchors = [Anchor(*spot[s.kind, s.id], s.name) for s in named]
    size = (shape.width, shape.height)
    draw_labels(
        parent, place(anchors, [*spots, *bar], size, font_px, keep_all=large), font_px
    )  # fmt: skip


def sea(shape: Frame) -> ET.Element:
    """Return an empty map: a drawing of the frame's size, all sea."""
    root = canvas(shape.width, shape.height)
    add(root, "rect", width=float(shape.width), height=float(shape.height), fill=palette.SEA)
    return root


def draw_land(root: ET.Element, shape: Frame) -> None:
    """Draw the land under the cells."""
    add(root, "path", d=map_paths.land(shape), fill=palette.LAND)


def draw_borders(root: ET.Element, shape: Frame) -> None:
    """Draw coasts and borders, above the cells."""
    add(
        root, "path", d=map_paths.land(shape), fill="none", stroke=palette.BORDER, stroke_width=0.7
    )  # fmt: skip


def draw_cells(root: ET.Element, cells: list[str], fill: str, shape: Frame, step_px: float) -> None:
    """Draw cells of one class, neighbours joined; nothing for no cells."""
    if cells:
        made = add(root, "path", d=map_paths.cells(tuple(cells), shape, step_px), fill=fill)
        if not fill.startswith("url"):
            # Without it a hairline of ground shows where two classes meet.
            made.set("stroke", fill)
            made.set("stroke-width", "0.4")


def engageable_map(
    manifest: Manifest, variant: Variant, party: str, layer: Layer, shape: Frame, *,
    large: bool = False,
) -> ET.Element:  # fmt: skip
    """Return the drawing of one map, cells merged by class."""
    root = sea(shape)
    draw_land(root, shape)
    for name, cells in layer.cells_by_class().items():
        draw_cells(root, cells, FILLS[name], shape, 0.0 if large else THIN_PX)
    draw_borders(root, shape)
    draw_marks(root, manifest, variant, party, shape, large=large)
    draw_scale(root, shape)
    return root
