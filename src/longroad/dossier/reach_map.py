"""One view of reach as a drawing that stands still: SVG without a browser.

The same picture as the page's script paints (`script/reach-draw.js`): shading where the least
speed is at most the chosen one, lines of equal speed beyond, flights, launch sites. The field is
sampled on a raster of the page and its regions are drawn as polygons, so that the drawing scales.
"""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from longroad.base.messages import text
from longroad.dossier import palette
from longroad.dossier.drawing import Value, add, path, pieces
from longroad.dossier.isolines import regions, simplified
from longroad.dossier.projection import Frame
from longroad.dossier.reach import Reach
from longroad.dossier.reach_field import Field, field, sample
from longroad.dossier.reach_frame import World, around, inverse, polar, world
from longroad.dossier.reach_land import rings
from longroad.dossier.reach_marks import draw_marks
from longroad.dossier.reach_sites import Sites
from longroad.dossier.reach_view import View
from longroad.dossier.reach_words import chosen as spoken
from longroad.dossier.svg import SVG, finished

Array = NDArray[np.float64]
WIDTH, ASPECT = 860, 0.62
RASTER_PX, LINE_PX = 4, 2.0
FAR = 1.96  # of the radius at which the far side of the Earth lies: drawn inside out


def frame_of(reach: Reach, sites: Sites, view: View, width: int = WIDTH) -> Frame | World:
    """Return the map of a view, framed on what it speaks of."""
    force = reach.force(view.missiles)
    height = round(width * ASPECT)
    places = (*force.bases, *force.ends)
    points: list[tuple[float, float]] = [(p.longitude_deg, p.latitude_deg) for p in places]
    chosen = spoken(sites, view)
    if view.frame == "world":
        turn = _around(points, 10, 10).longitude_deg
        return world(30.0 * round(turn / 30.0), width, round(width * 0.5))
    if view.frame == "pole":
        lats = [lat for _, lat in points] + [site.latitude_deg for site in chosen]
        lowest = min(max(min(lats) - 8.0, 5.0), 50.0)
        return polar(chosen[0].longitude_deg if chosen else 0.0, lowest, width, height)
    if view.frame == "sites" and chosen:
        near = [site for site in sites.sites if site.owner == chosen[0].owner]
        points = [
            (site.longitude_deg + dx, min(max(site.latitude_deg + dy, -89.0), 89.0))
            for site in near
            for dx, dy in ((-8, 0), (8, 0), (0, 6), (0, -6))
        ]
        return _around(points, width, height)
    for flight in force.flights:
        way = flight.track
        points += list(zip(way.longitude_deg[::6], way.latitude_deg[::6], strict=True))
    points += [(site.longitude_deg, site.latitude_deg) for site in chosen]
    return _around(points, width, height)


def _around(points: list[tuple[float, float]], width: int, height: int) -> Frame:
    lon, lat = np.array(points).T
    return around(lon, lat, width, height)


def _land(shape: Frame | World) -> str:
    lines = []
    for ring in rings():
        for turn in (-360.0, 0.0, 360.0) if isinstance(shape, World) else (0.0,):
            x, y = shape.project(ring[:, 0] + turn, ring[:, 1])
            if isinstance(shape, Frame):
                far = np.hypot(x - shape.x_px, y - shape.y_px) > FAR * shape.scale
                if far.any() or not np.isfinite(x + y).all():
                    continue
            if x.max() < 0 or x.min() > shape.width or y.max() < 0 or y.min() > shape.height:
                continue
            line = simplified(np.column_stack([x, y]), 0.8)
            if len(line) > 2:
                lines.append(line)
    return path(lines, closed=True)


def _net(shape: Frame | World) -> str:
    lines = []
    for lon in range(-180, 180, 30):
        lines += pieces(shape, np.full(81, float(lon)), np.linspace(-80.0, 80.0, 81))
    around_all = shape.longitude_deg + np.linspace(-179.99, 179.99, 121)
    for lat in range(-60, 81, 20):
        lines += pieces(shape, around_all, np.full(121, float(lat)))
    return path(lines, closed=False)


def picture(reach: Reach, sites: Sites, view: View, id: str, width: int = WIDTH) -> ET.Element:
    """Return the drawing of a view; ``id`` begins the ids within it."""
    shape = frame_of(reach, sites, view, width)
    flights = view.flights(reach)
    found = field(reach, flights, view.delay_s, view.count == "every")
    root = ET.Element(f"{{{SVG}}}svg", {"viewBox": f"0 0 {shape.width} {shape.height}"})
    root.set("font-family", "Inter, system-ui, sans-serif")
    defs = add(root, "defs")
    clip = add(defs, "clipPath", id=f"{id}-clip")
    edge = _edge(clip, shape)
    inside = add(root, "g", clip_path=f"url(#{id}-clip)")
    add(inside, "rect", width=shape.width, height=shape.height, fill=palette.SEA)
    # Drawn three times, kept once: it is the longest part of the picture.
    add(defs, "path", id=f"{id}-land", d=_land(shape))
    land = f"#{id}-land"
    add(inside, "use", href=land, fill=palette.LAND)
    sampler = _Raster(reach, shape)
    _shade(inside, sampler, found, view)
    add(inside, "use", href=land, fill=palette.INK, fill_opacity="0.07")
    add(
        inside,
        "use",
        href=land,
        fill="none",
        stroke="#fff",
        stroke_opacity="0.55",
        stroke_width=0.7,
    )
    add(
        inside, "path", d=_net(shape), fill="none", stroke=palette.QUIET, stroke_opacity="0.22",
        stroke_width=0.6,
    )  # fmt: skip
    lines = _lines(inside, sampler, found, view)
    _tracks(inside, shape, reach, view)
    edge = _edge(root, shape)
    edge.set("fill", "none")
    edge.set("stroke", "#c4ccd3")
    draw_marks(root, shape, reach, sites, view, lines)
    return root


def _edge(parent: ET.Element, shape: Frame | World) -> ET.Element:
    if isinstance(shape, World):
        return add(parent, "path", d=path([shape.edge()], closed=True))
    if 2.0 * shape.scale > np.hypot(shape.width, shape.height):
        return add(parent, "rect", width=shape.width, height=shape.height)
    return add(parent, "circle", cx=shape.x_px, cy=shape.y_px, r=2.0 * shape.scale)


class _Raster:
    """The field on a raster of the page, a little wider than the page."""

    def __init__(self, reach: Reach, shape: Frame | World) -> None:
        columns = np.arange(-2, shape.width // RASTER_PX + 4) * RASTER_PX
        rows = np.arange(-2, shape.height // RASTER_PX + 4) * RASTER_PX
        x, y = np.meshgrid(columns.astype(float), rows.astype(float))
        self.lon, self.lat = inverse(shape, x, y)
        self.grid = reach.grid

    def regions(self, values: Array, level: float) -> list[Array]:
        """Return where values are at most a level, as rings in pixels."""
        found = regions(sample(self.grid, values, self.lat, self.lon), level)
        return [simplified(RASTER_PX * (ring - 2.0), LINE_PX) for ring in found]


def _shade(parent: ET.Element, raster: _Raster, found: Field, view: View) -> None:
    layers: list[tuple[Array, Sequence[str]]] = [(found.before, palette.REACH_BEFORE)]
    if view.part == "after-apogee":
        layers = [(found.after, palette.REACH_AFTER)]
    elif view.part == "any":
        layers.insert(0, (found.either, palette.REACH_AFTER))
    speed = view.speed_km_s
    for values, ramp in layers:
        bounds = [*(level for level in palette.REACH_LEVELS if level < speed), speed]
        for k in range(len(bounds) - 1, -1, -1):
            rings_ = [ring for ring in raster.regions(values, bounds[k]) if len(ring) > 2]
            if rings_:
                add(
                    parent, "path", d=path(rings_, closed=True), fill=ramp[k],
                    fill_rule="evenodd",
                )  # fmt: skip


def _lines(
    parent: ET.Element, raster: _Raster, found: Field, view: View
) -> list[tuple[float, Array]]:
    """Draw the lines of equal speed; return each level with its longest line, for labels."""
    outer = {"before-apogee": found.before, "after-apogee": found.after}.get(
        view.part, found.either
    )
    beyond = [level for level in palette.REACH_LEVELS if level > view.speed_km_s + 0.05]
    labels = []
    for level in (*beyond, view.speed_km_s):
        own = level == view.speed_km_s
        lines = raster.regions(outer, level)
        if not lines:
            continue
        look: dict[str, Value] = {"stroke": palette.INK, "stroke_width": 1.8} if own else {
            "stroke": palette.QUIET, "stroke_width": 1.0, "stroke_dasharray": "2 3",
        }  # fmt: skip
        add(parent, "path", d=path(lines, closed=True), fill="none", **look)
        lines.sort(key=len, reverse=True)
        labels += [(level, line) for line in lines[: 2 if own else 1] if len(line) > 12]
    if view.part == "any":
        inner = raster.regions(found.before, view.speed_km_s)
        if inner:
            add(
                parent, "path", d=path(inner, closed=True), fill="none", stroke=palette.INK,
                stroke_width=0.9,
            )  # fmt: skip
    return labels


def _tracks(parent: ET.Element, shape: Frame | World, reach: Reach, view: View) -> None:
    flights = view.flights(reach)
    bases = {one.id: one for one in reach.force(view.missiles).bases}
    thin = 1.2 if len(flights) > 3 else 1.8
    for colour, width, opacity in (("#fff", 3.6, "0.75"), (palette.LAUNCH, thin, "1")):
        for flight in flights:
            way = flight.track
            turn = int(np.searchsorted(way.time_s, flight.apogee_s))
            for part, dashes in ((slice(0, turn + 1), ""), (slice(turn, None), "5 4")):
                lon, lat = way.longitude_deg[part], way.latitude_deg[part]
                if not dashes:
                    # Powered flight, of which only both ends are known.
                    base = bases[flight.base]
                    lon, lat = np.r_[base.longitude_deg, lon], np.r_[base.latitude_deg, lat]
                lines = pieces(shape, lon, lat)
                if lines:
                    made = add(
                        parent, "path", d=path(lines, closed=False), fill="none", stroke=colour,
                        stroke_width=width, stroke_opacity=opacity,
                    )  # fmt: skip
                    if dashes and colour != "#fff":
                        made.set("stroke-dasharray", dashes)


def svg(reach: Reach, sites: Sites, view: View, *, id: str, title: str, description: str) -> str:
    """Return the drawing of a view as SVG text, ready to stand in a page."""
    root = picture(reach, sites, view, id)
    return finished(root, id=id, title=title, description=description)


def view_id(view: View) -> str:
    """Return a short id of a view, for the ids within its drawing."""
    return "reach-" + hashlib.sha256(view.fragment().encode()).hexdigest()[:8]


def title_of(reach: Reach, view: View) -> str:
    """Return the title of a view's picture."""
    force = reach.force(view.missiles)
    names = {one.id: one.name for one in (*force.bases, *force.ends)}
    return text(
        "dossier.reach.picture_title",
        force=force.name,
        owner=force.owner_name,
        base=names[view.base] if view.base else text("dossier.reach.any_base"),
        end=names[view.end] if view.end else text("dossier.reach.any_end"),
    )
