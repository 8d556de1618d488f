"""Marks of a reach map: launch sites, patrol areas, bases, end points, and their names."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
from numpy.typing import NDArray

from longroad.base.messages import text
from longroad.dossier import palette
from longroad.dossier.drawing import HALO, Value, add, path, pieces
from longroad.dossier.labels import Anchor, place
from longroad.dossier.naming import map_labels
from longroad.dossier.projection import Frame
from longroad.dossier.reach import Reach
from longroad.dossier.reach_frame import World
from longroad.dossier.reach_sites import Site, Sites
from longroad.dossier.reach_view import View, speed_text

Array = NDArray[np.float64]
Spot = tuple[float, float]


def all_labels(reach: Reach, sites: Sites) -> dict[str, str]:
    """Return the labels of all places of a run's reach maps by their names."""
    names = [site.name for site in sites.sites]
    for force in reach.forces:
        names += [one.name for one in (*force.bases, *force.ends)]
    return map_labels(names)


def draw_marks(
    root: ET.Element, shape: Frame | World, reach: Reach, sites: Sites, view: View,
    lines: list[tuple[float, Array]],
) -> None:  # fmt: skip
    """Draw all marks of a view, and the labels of lines of equal speed."""
    force, flights = reach.force(view.missiles), view.flights(reach)
    labels = all_labels(reach, sites)
    anchors: list[tuple[Anchor, bool, str]] = []
    spots: list[Spot] = []

    def seen(lon: float, lat: float) -> Spot | None:
        x, y = (float(v) for v in pieces(shape, np.array([lon, lon]), np.array([lat, lat]))[0][0])
        return (x, y) if 0 < x < shape.width and 0 < y < shape.height else None

    last = {view.here, view.there}
    for site in sorted(sites.sites, key=lambda one: one.id in last):
        spot = seen(site.longitude_deg, site.latitude_deg)
        if site.owner == force.owner or spot is None:
            continue
        strong = site.id in (view.here, view.there)
        colour = palette.INK if strong else palette.QUIET
        _site(root, shape, site, spot, strong, colour)
        spots.append(spot)
        anchors.append((Anchor(*spot, labels[site.name]), strong, colour))
    for kind, places in (("base", force.bases), ("end", force.ends)):
        for one in places:
            spot = seen(one.longitude_deg, one.latitude_deg)
            if spot is None or one.id not in {getattr(flight, kind) for flight in flights}:
                continue
            for stroke, width in (("#fff", 4.5), (palette.LAUNCH, 2.2)):
                look: dict[str, Value] = {"stroke": stroke, "stroke_width": width, "fill": "none"}
                x, y = spot
                if kind == "base":
                    d = f"M{x - 4.5:.1f},{y - 4.5:.1f}l9,9M{x - 4.5:.1f},{y + 4.5:.1f}l9,-9"
                    add(root, "path", d=d, **look)
                else:
                    add(root, "circle", cx=x, cy=y, r=4.5, **look)
            spots.append(spot)
            anchors.append((Anchor(*spot, labels[one.name]), False, palette.LAUNCH))
    anchors.sort(key=lambda one: not one[1])
    _names(root, shape, anchors, spots, lines, view)


def _site(
    root: ET.Element, shape: Frame | World, site: Site, spot: Spot, strong: bool,
    colour: str,
) -> None:  # fmt: skip
    if site.area is not None:
        box = site.area
        width = (box.east_deg - box.west_deg) % 360.0
        k = np.linspace(0.0, 1.0, 13)
        flat, tall = box.west_deg + k * width, box.south_deg + k * (box.north_deg - box.south_deg)
        one = np.ones(13)
        lon = np.concatenate([flat, flat[-1] * one, flat[::-1], flat[0] * one])
        lat = np.concatenate([tall[0] * one, tall, tall[-1] * one, tall[::-1]])
        add(
            root, "path", d=path(pieces(shape, lon, lat), closed=False), fill="none",
            stroke=colour, stroke_width=1.8 if strong else 1.0, stroke_dasharray="4 3",
        )  # fmt: skip
    x, y = spot
    r = 6.5 if strong else 4.5
    area = site.kind == "area"
    look: dict[str, Value] = {
        "fill": "#fff" if area else colour,
        "stroke": colour if area else "#fff",
    }
    if site.kind == "land":
        add(root, "circle", cx=x, cy=y, r=r, stroke_width=1.6, **look)
    else:
        d = f"M{x:.1f},{y - r - 1:.1f}l{r + 1},{r + 1}l{-r - 1},{r + 1}l{-r - 1},{-r - 1}Z"
        add(root, "path", d=d, stroke_width=1.6, **look)


def _names(
    root: ET.Element, shape: Frame | World, anchors: list[tuple[Anchor, bool, str]],
    spots: list[Spot], lines: list[tuple[float, Array]], view: View,
) -> None:  # fmt: skip
    size = (shape.width, shape.height)
    # The two sites that the words speak of are named in any case.
    placed = place([a for a, strong, _ in anchors if strong], [], size, 13.0, keep_all=True)
    ends = [
        (p.x_px + k * (1 if p.align == "left" else -1), p.y_px) for p in placed for k in (0, 35, 70)
    ]
    placed += place([a for a, strong, _ in anchors if not strong], spots + ends, size, 11.5)
    looks = {anchor.text: (strong, colour) for anchor, strong, colour in reversed(anchors)}
    for label in placed:
        strong, colour = looks[label.text]
        words = add(
            root, "text", x=label.x_px, y=label.y_px + 4.0, fill=colour,
            font_size=13 if strong else 11.5, font_weight=600 if strong else 400,
            text_anchor="end" if label.align == "right" else "start", **HALO,
        )  # fmt: skip
        words.text = label.text
        spots = [*spots, (label.x_px + (30 if label.align == "left" else -30), label.y_px)]
    for level, line in lines:
        own = level == view.speed_km_s
        for share in (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9):
            x, y = (float(v) for v in line[int(share * (len(line) - 1))])
            clear = all(abs(x - a) > 48 or abs(y - b) > 12 for a, b in spots)
            if clear and 30 < x < size[0] - 30 and 12 < y < size[1] - 12:
                words = add(
                    root, "text", x=x, y=y + 4.0, text_anchor="middle", font_size=11,
                    font_weight=600 if own else 400, fill=palette.INK if own else palette.QUIET,
                    **HALO,
                )  # fmt: skip
                words.text = _level(level) if own else f"{level:.1f}"
                spots = [*spots, (x, y)]
                break


def _level(speed_km_s: float) -> str:
    return text("dossier.reach.speed", speed=speed_text(speed_km_s))
