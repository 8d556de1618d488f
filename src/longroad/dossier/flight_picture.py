"""A flight seen from the side, true to scale over the round Earth, as SVG.

Everything lies in the plane of the flight: a point at distance d along the ground and height h
stands at radius R + h, the angle d/R from the launch. The picture is turned so that what it shows
lies upright.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.messages import text
from longroad.dossier.labels import MEAN_ADVANCE
from longroad.dossier.palette import INK, LAND, LAUNCH, OUTLINE, QUIET, RULE
from longroad.dossier.svg import FONT, SVG
from longroad.earth.wgs84 import MEAN_RADIUS_M
from longroad.flight.finding import Finding
from longroad.flight.inferred import AT_REST
from longroad.flight.profile import Profile, arc_profile, track_profile
from longroad.flight.words import kilometres, seconds

Array = NDArray[np.float64]

WIDE_PX, HIGH_PX = 940.0, 600.0
TOP_PX, SIDE_PX, FOOT_PX = 108.0, 70.0, 62.0
STEPS_MIN = (1, 2, 5, 10, 15, 20, 30)
MOST_MARKS = 12
# Words stand this far apart.
CLEAR_PX = 60.0
# Mean width of a character; other fonts than Inter may be wider.
WIDTH_PX = 1.2 * MEAN_ADVANCE * 13.0
SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True)
class Frame:
    """From distance and height (m) to the page (px)."""

    middle_rad: float
    scale: float
    left: float
    top: float

    def at(self, distance_m: Array | float, height_m: Array | float) -> tuple[Array, Array]:
        """Return x and y (px) of points."""
        x, y = _plane(np.asarray(distance_m), np.asarray(height_m), self.middle_rad)
        return self.left + self.scale * x, self.top - self.scale * y


def draw(finding: Finding) -> str:
    """Return the picture of a finding as SVG text.

    It shows the flight with its boost, apogee and marks of time; dashed, the flight of least
    energy over the same range; and, for a lofted test, where the same missile steered for range
    would have gone.
    """
    course, arc = finding.course, finding.arc
    flight = arc_profile(course, arc)
    least = None if arc is finding.least else arc_profile(course, finding.least)
    longest = None
    if finding.inferred is not None and finding.inferred.best.longest is not None:
        launch = course.launch if course.turning else AT_REST
        longest = track_profile(launch, finding.inferred.best.longest)
    shown = [curve for curve in (flight, least, longest) if curve is not None]
    frame, size = _frame(shown)
    root = ET.Element(
        f"{{{SVG}}}svg",
        {
            "id": "flight",
            "role": "img",
            "aria-labelledby": "flight-title flight-desc",
            "width": f"{size[0]:.0f}",
            "height": f"{size[1]:.0f}",
            "viewBox": f"0 0 {size[0]:.0f} {size[1]:.0f}",
            "font-family": f"{FONT}, Helvetica, Arial, sans-serif",
            "font-size": "13",
        },
    )
    title = text(
        "flight.picture.title",
        range=kilometres(course.range_m),
        kind=text(f"flight.kind.{finding.kind}"),
    )
    said = text(
        "flight.picture.description",
        range=kilometres(course.range_m),
        apogee=kilometres(arc.apogee_m),
        time=seconds(arc.time_of_flight_s),
    )
    for tag, words in (("title", title), ("desc", said)):
        ET.SubElement(root, f"{{{SVG}}}{tag}", {"id": f"flight-{tag}"}).text = words
    _rect(root, size)
    _ground(root, frame, max(float(np.max(curve.distance_m)) for curve in shown))
    if longest is not None:
        _line(root, frame, longest, {"stroke": OUTLINE, "stroke-width": "1.6"})
    if least is not None:
        dashed = {"stroke": QUIET, "stroke-width": "1.2", "stroke-dasharray": "4 4"}
        _line(root, frame, least, dashed)
    _line(root, frame, flight, {"stroke": INK, "stroke-width": "2.2"})
    _line(root, frame, flight.boost, {"stroke": LAUNCH, "stroke-width": "3.6"})
    minutes = _minutes(root, frame, flight)
    _apogee(root, frame, flight, arc.apogee_m)
    _words(root, size, title, minutes, finding, longest)
    _scale(root, frame, size)
    return ET.tostring(root, encoding="unicode") + "\n"


def _plane(distance: Array, height: Array, middle: float) -> tuple[Array, Array]:
    angle = distance / MEAN_RADIUS_M - middle
    radius = MEAN_RADIUS_M + height
    return radius * np.sin(angle), radius * np.cos(angle)


def _frame(shown: list[Profile]) -> tuple[Frame, tuple[float, float]]:
    """Return the frame that holds all curves, and the size of the page (px)."""
    ends = [float(curve.distance_m[k]) for curve in shown for k in (0, -1)]
    middle = 0.5 * (min(ends) + max(ends)) / MEAN_RADIUS_M
    ground = np.linspace(min(ends), max(ends), 60)
    points = [_plane(curve.distance_m, curve.height_m, middle) for curve in shown]
    points.append(_plane(ground, np.zeros_like(ground), middle))
    x = np.concatenate([p[0] for p in points])
    y = np.concatenate([p[1] for p in points])
    width, height = float(np.ptp(x)), float(np.ptp(y))
    room = (WIDE_PX - 2.0 * SIDE_PX, HIGH_PX - TOP_PX - FOOT_PX)
    scale = min(room[0] / max(width, 1.0), room[1] / max(height, 1.0))
    high = scale * height + TOP_PX + FOOT_PX
    left = 0.5 * WIDE_PX - scale * 0.5 * float(np.max(x) + np.min(x))
    return Frame(middle, scale, left, TOP_PX + scale * float(np.max(y))), (WIDE_PX, high)


def _path(x: Array, y: Array) -> str:
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in zip(x, y, strict=True))


def _line(root: ET.Element, frame: Frame, curve: Profile, style: dict[str, str]) -> None:
    shape = {"d": _path(*frame.at(curve.distance_m, curve.height_m)), "fill": "none"}
    ET.SubElement(
        root,
        f"{{{SVG}}}path",
        shape | {"stroke-linecap": "round", "stroke-linejoin": "round"} | style,
    )


def _write(root: ET.Element, x: float, y: float, words: str, **style: str) -> None:
    named = {key.replace("_", "-"): value for key, value in style.items()}
    element = ET.SubElement(
        root, f"{{{SVG}}}text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "fill": INK} | named
    )
    element.text = words


def _dot(root: ET.Element, x: float, y: float, radius: float, fill: str) -> None:
    ET.SubElement(
        root,
        f"{{{SVG}}}circle",
        {
            "cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": f"{radius:g}", "fill": fill,
            "stroke": "#fff", "stroke-width": "1.2",
        },
    )  # fmt: skip


def _rect(root: ET.Element, size: tuple[float, float]) -> None:
    ET.SubElement(
        root,
        f"{{{SVG}}}rect",
        {"width": f"{size[0]:.0f}", "height": f"{size[1]:.0f}", "fill": "#fff"},
    )


def _ground(root: ET.Element, frame: Frame, farthest: float) -> None:
    """Draw the Earth, of which the page shows a part, and where the longest flight ends."""
    ET.SubElement(
        root,
        f"{{{SVG}}}circle",
        {
            "cx": f"{frame.left:.1f}", "cy": f"{frame.top:.1f}",
            "r": f"{frame.scale * MEAN_RADIUS_M:.1f}", "fill": LAND, "stroke": OUTLINE,
        },
    )  # fmt: skip
    for distance in (0.0, farthest):
        a, b = (float(v) for v in frame.at(distance, 0.0))
        _dot(root, a, b, 3.4, OUTLINE)


def _minutes(root: ET.Element, frame: Frame, flight: Profile) -> int:
    """Put dots of time on the flight with every other one named; return the minutes between."""
    total = float(flight.time_s[-1])
    minutes = next((m for m in STEPS_MIN if total / (60.0 * m) <= MOST_MARKS), STEPS_MIN[-1])
    apogee = _point(frame, flight, float(flight.time_s[flight.apogee]))
    for k, time in enumerate(np.arange(60.0 * minutes, total, 60.0 * minutes), start=1):
        x, y = _point(frame, flight, float(time))
        _dot(root, x, y, 3.2, INK)
        if k % 2 == 0 and math.hypot(x - apogee[0], y - apogee[1]) > CLEAR_PX:
            said = text("flight.picture.minutes", minutes=k * minutes)
            _beside(root, frame, flight, float(time), said, fill=QUIET, font_size="12")
    return minutes


def _point(frame: Frame, flight: Profile, time_s: float) -> tuple[float, float]:
    x, y = frame.at(*flight.at(time_s))
    return float(x), float(y)


def _beside(
    root: ET.Element, frame: Frame, flight: Profile, time_s: float, words: str, **style: str
) -> None:
    """Write words beside a curve, on its outer side, clear of its line."""
    x, y = _point(frame, flight, time_s)
    # Down the page is positive; the normal points away from the middle of the curve.
    x1, y1 = _point(frame, flight, time_s - 1.0)
    x2, y2 = _point(frame, flight, time_s + 1.0)
    across, down = y1 - y2, x2 - x1
    middle = frame.at(float(np.mean(flight.distance_m)), float(np.mean(flight.height_m)))
    if across * (x - float(middle[0])) + down * (y - float(middle[1])) < 0.0:
        across, down = -across, -down
    length = math.hypot(across, down) or 1.0
    across, down = across / length, down / length
    half = 0.5 * WIDTH_PX * len(words)
    # As far along the normal as the box of the words needs to clear the line.
    clear = half * abs(across) + 7.0 * abs(down) + 8.0
    x, y = x + clear * across, y + clear * down + 4.0
    x, y = min(max(x, 10.0 + half), WIDE_PX - 10.0 - half), max(y, TOP_PX - 22.0)
    _write(root, x, y, words, text_anchor="middle", **style)


def _apogee(root: ET.Element, frame: Frame, flight: Profile, apogee_m: float) -> None:
    """Drop a line from the highest point to the ground, and name its height."""
    top = flight.apogee
    distance = float(flight.distance_m[top])
    x, y = (float(v) for v in frame.at(distance, apogee_m))
    x0, y0 = (float(v) for v in frame.at(distance, 0.0))
    ET.SubElement(
        root,
        f"{{{SVG}}}line",
        {"x1": f"{x:.1f}", "y1": f"{y:.1f}", "x2": f"{x0:.1f}", "y2": f"{y0:.1f}",
         "stroke": RULE, "stroke-width": "1"},
    )  # fmt: skip
    said = text("flight.picture.apogee", apogee=kilometres(apogee_m))
    _dot(root, x, y, 4.0, LAUNCH)
    _beside(root, frame, flight, float(flight.time_s[top]), said, font_weight="600")


def _words(
    root: ET.Element,
    size: tuple[float, float],
    title: str,
    minutes: int,
    finding: Finding,
    longest: Profile | None,
) -> None:
    _write(root, 16.0, 26.0, title, font_size="16", font_weight="600")
    parts = [(INK, "this"), (LAUNCH, "boost")]
    x = 16.0
    for colour, key in parts:
        x = _key(root, x, 50.0, colour, text(f"flight.picture.{key}"), None)
    if finding.arc is not finding.least:
        name = text("flight.picture.least", apogee=kilometres(finding.least.apogee_m))
        x = _key(root, x, 50.0, QUIET, name, "4 4")
    if longest is not None:
        reach = kilometres(float(longest.distance_m[-1]))
        _key(root, x, 50.0, OUTLINE, text("flight.picture.longest", range=reach), None)
    _write(
        root, size[0] - 16.0, 26.0, text("flight.picture.foot", minutes=minutes),
        text_anchor="end", fill=QUIET, font_size="12",
    )  # fmt: skip


def _key(
    root: ET.Element, x: float, y: float, colour: str, words: str, dashes: str | None
) -> float:
    line = {
        "x1": f"{x:.0f}", "x2": f"{x + 24.0:.0f}", "y1": f"{y - 4.0:.0f}", "y2": f"{y - 4.0:.0f}",
        "stroke": colour, "stroke-width": "2.2",
    }  # fmt: skip
    ET.SubElement(root, f"{{{SVG}}}line", line | ({"stroke-dasharray": dashes} if dashes else {}))
    _write(root, x + 30.0, y, words, font_size="12", fill=QUIET)
    return x + 30.0 + 6.6 * len(words) + 22.0


def _scale(root: ET.Element, frame: Frame, size: tuple[float, float]) -> None:
    """Draw a bar of a round length of some 150 px."""
    fitting = [km for km in SCALES_KM if km * 1e3 * frame.scale <= 170.0]
    kilometre = fitting[-1] if fitting else SCALES_KM[0]
    long = kilometre * 1e3 * frame.scale
    y, right = size[1] - 18.0, size[0] - 16.0
    bar = f"M{right - long:.1f} {y - 5:.1f}V{y:.1f}H{right:.1f}V{y - 5:.1f}"
    ET.SubElement(root, f"{{{SVG}}}path", {"d": bar, "fill": "none", "stroke": QUIET})
    _write(
        root, right - 0.5 * long, y - 6.0, kilometres(kilometre * 1e3),
        text_anchor="middle", fill=QUIET, font_size="12",
    )  # fmt: skip
