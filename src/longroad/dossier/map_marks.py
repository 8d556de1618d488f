"""What stands on a map above its cells: sectors, symbols, names, the scale bar."""

from __future__ import annotations

import itertools
import math
import xml.etree.ElementTree as ET
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from longroad.base.messages import text
from longroad.dossier import palette, shapes
from longroad.dossier.drawing import HALO, Value, add
from longroad.dossier.labels import Placed
from longroad.dossier.plot import FOOT
from longroad.dossier.projection import Frame
from longroad.study.manifest import Sensor

SIDE_STEPS = 24


def draw_sectors(parent: ET.Element, sensors: Sequence[Sensor], shape: Frame) -> None:
    """Draw the reference range of every sensor that has a place and a range."""
    for sensor in sensors:
        if sensor.latitude_deg is None or sensor.longitude_deg is None or not sensor.range_km:
            continue
        ring = shapes.sector(
            sensor.latitude_deg, sensor.longitude_deg, sensor.range_km,
            sensor.facing_deg, sensor.azimuth_width_deg,
        )["coordinates"][0][0]  # fmt: skip
        points = _bent(np.array(ring))
        x, y = shape.project(points[:, 0], points[:, 1])
        if not np.isfinite(x + y).all():
            continue
        drawn = "L".join(f"{a:.1f},{b:.1f}" for a, b in zip(x.tolist(), y.tolist(), strict=True))
        add(
            parent, "path", d=f"M{drawn}Z", fill="none", stroke=palette.SENSOR, stroke_width=0.9,
            stroke_dasharray="3 2", opacity="0.75",
        )  # fmt: skip


def _bent(ring: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a ring whose long sides have points along their great circles."""
    lon, lat = np.radians(ring).T
    unit = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    made = []
    for here, there in itertools.pairwise(unit):
        steps = SIDE_STEPS if float(here @ there) < math.cos(math.radians(5.0)) else 1
        share = np.arange(steps)[:, None] / steps
        made.append((1.0 - share) * here + share * there)
    x, y, z = np.concatenate(made).T
    return np.degrees(np.column_stack([np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))]))


def draw_symbol(parent: ET.Element, kind: str, x: float, y: float, scale: float) -> None:
    """Draw one site: a battery by its mode, a radar, a launch area; ``scale`` is of its area."""
    if kind == "launch":
        r = math.sqrt(60.0 * scale) / 2.0
        cross = f"M{x - r:.1f},{y - r:.1f}l{2 * r:.1f},{2 * r:.1f}m{-2 * r:.1f},0"
        cross += f"l{2 * r:.1f},{-2 * r:.1f}"
        add(parent, "path", d=cross, fill="none", stroke=palette.LAUNCH, stroke_width=2.0)
        return
    if kind == "sensor":
        side = math.sqrt(48.0 * scale)
        add(
            parent, "rect", x=x - side / 2, y=y - side / 2, width=side, height=side, fill="#fff",
            stroke=palette.SENSOR, stroke_width=1.6,
        )  # fmt: skip
        return
    r = math.sqrt(90.0 * scale) / 2.0
    look: dict[str, Value] = {"fill": palette.INK, "stroke": "#fff", "stroke_width": 1.3}
    if kind == "organic":
        add(parent, "circle", cx=x, cy=y, r=r, **look)
    elif kind == "launch-on-remote":
        h = r * math.sqrt(3.0) / 2.0
        d = f"M{x:.1f},{y - h:.1f}L{x - r:.1f},{y + h:.1f}H{x + r:.1f}Z"
        add(parent, "path", d=d, **look)
    else:
        d = f"M{x:.1f},{y - r:.1f}l{r:.1f},{r:.1f}l{-r:.1f},{r:.1f}l{-r:.1f},{-r:.1f}Z"
        add(parent, "path", d=d, **look)


def draw_labels(parent: ET.Element, placed: Sequence[Placed], font_px: float) -> None:
    """Draw names with a halo at their places."""
    for label in placed:
        made = add(
            parent, "text", x=label.x_px, y=label.y_px + FOOT * font_px, font_size=font_px,
            fill=palette.INK, **HALO,
        )  # fmt: skip
        if label.align == "right":
            made.set("text-anchor", "end")
        made.text = label.text


def draw_scale(parent: ET.Element, shape: Frame) -> None:
    """Draw a bar of a round number of kilometres, true at the centre, in the upper left."""
    room = 0.22 * shape.width * shape.km_per_px
    steps = [digit * 10.0**power for power in range(-1, 5) for digit in (1, 2, 5)]
    km = max((step for step in steps if step <= room), default=steps[0])
    left, right, y = 10.0, 10.0 + km / shape.km_per_px, 14.0
    for colour, width in (("#fff", 4.0), (palette.QUIET, 1.8)):
        add(parent, "path", d=f"M{left},{y}H{right:.1f}", stroke=colour, stroke_width=width)
    words = add(
        parent, "text", x=right + 6.0, y=y + FOOT * 10.5, font_size=10.5, fill=palette.QUIET,
        **HALO,
    )  # fmt: skip
    words.text = text("dossier.maps.scale", km=f"{km:,g}")
