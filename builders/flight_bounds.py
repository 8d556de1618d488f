"""Bounds between closed form and integration, as the tables of `docs/methods/flight.md`.

For six ranges and three shapes, arcs of the closed form (`longroad.flight.arcs`) from launches all
over the turning Earth are flown again by integration from their burnout to the ground, with one
more force at a time. The greatest differences of range, apogee and time of flight, a tenth added
and rounded up to two digits, are what the page states; `tests/flight/test_flight_bounds.py` flies
other launches against them.

    .venv/bin/python builders/flight_bounds.py
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from longroad.earth.geodesic import destination, ground_range
from longroad.earth.wgs84 import ecef_to_geodetic
from longroad.flight.arcs import ArcSet, solve_arcs
from longroad.flight.descent import Descents, descend
from longroad.flight.figure import WGS84

Array = NDArray[np.float64]

PAGE = Path(__file__).resolve().parent.parent / "docs" / "methods" / "flight.md"
MARKED = re.compile(r"(<!-- bounds: ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

# Range (km): burn time (s), burnout altitude and ground distance (m), near the generic boosts of
# the catalogue.
BOOSTS = {
    300: (60.0, 25e3, 20e3),
    1000: (75.0, 50e3, 45e3),
    3000: (120.0, 110e3, 120e3),
    7400: (180.0, 225e3, 500e3),
    10000: (210.0, 210e3, 425e3),
    12000: (230.0, 220e3, 450e3),
}
# Apogee over that of the minimum-energy arc.
SHAPES = {"minimum energy": 1.0, "lofted": 2.0, "depressed": 0.5}
POINT = replace(WGS84, j2=0.0)
SPIN = np.array([0.0, 0.0, WGS84.rotation_rad_s])


@dataclass(frozen=True)
class Places:
    """Launches: latitude, longitude and heading (rad), each (N,)."""

    latitude: Array
    longitude: Array
    heading: Array


def everywhere() -> Places:
    """Return launches from 85 S to 85 N in all directions."""
    lat, heading = np.meshgrid(np.radians(np.linspace(-85, 85, 11)), np.arange(16) * math.pi / 8)
    return Places(lat.ravel(), np.full(lat.size, 0.6), heading.ravel())


def arcs(places: Places, km: int, shape: str) -> ArcSet:
    """Return the arcs of one range and shape."""
    aim = destination(places.latitude, places.longitude, places.heading, km * 1e3)
    ends = (places.latitude, places.longitude, aim.latitude_rad, aim.longitude_rad, *BOOSTS[km])
    least = solve_arcs(*ends)
    if shape == "minimum energy":
        return least
    return solve_arcs(*ends, shape="apogee", value=SHAPES[shape] * least.apogee_altitude_m)


def _start(found: ArcSet) -> tuple[Array, Array]:
    return found.burnout_position_m, found.burnout_velocity_m_s


def oblate(found: ArcSet) -> Descents:
    """Fly on under the oblate Earth's attraction."""
    return descend(*_start(found), math.inf, air=False)


def light(found: ArcSet) -> Descents:
    """Fly on through air that turns, with 2 t/m2."""
    return descend(*_start(found), 2_000.0, figure=POINT)


def heavy(found: ArcSet) -> Descents:
    """Fly on through air that turns, with 12 t/m2."""
    return descend(*_start(found), 12_000.0, figure=POINT)


def at_rest(found: ArcSet) -> Descents:
    """Fly the same Earth-relative burnout over an Earth that does not turn."""
    r, v = _start(found)
    # The inertial axes are those of the ignition; at rest they are those of the burnout.
    angle = WGS84.rotation_rad_s * found.burnout_time_s
    v = v - np.cross(SPIN, r)
    r, v = (_turned(a, -angle) for a in (r, v))
    return descend(r, v, math.inf, air=False, figure=replace(POINT, rotation_rad_s=0.0))


def nothing(found: ArcSet) -> Descents:
    """Fly on under the same forces as the closed form."""
    return descend(*_start(found), math.inf, air=False, figure=POINT)


EFFECTS: dict[str, Callable[[ArcSet], Descents]] = {
    "oblateness": oblate,
    "drag-light": light,
    "drag-heavy": heavy,
    "earth-at-rest": at_rest,
}


def _turned(a: Array, angle: Array) -> Array:
    c, s = np.cos(angle), np.sin(angle)
    return np.stack([c * a[:, 0] - s * a[:, 1], s * a[:, 0] + c * a[:, 1], a[:, 2]], axis=1)


def differences(places: Places, km: int, shape: str, effect: str) -> Array:
    """Return integration less closed form, (N, 3): range (m), apogee (m), time of flight (s)."""
    found = arcs(places, km, shape)
    flown = EFFECTS[effect](found) if effect in EFFECTS else nothing(found)
    total = flown.time_s + found.burnout_time_s
    still = effect == "earth-at-rest"
    place = flown.position_m if still else _turned(flown.position_m, -SPIN[2] * total)
    lat, lon, _ = ecef_to_geodetic(place)
    fine = found.ok & np.isfinite(total)
    away = (
        ground_range(places.latitude[fine], places.longitude[fine], lat[fine], lon[fine])
        - found.ground_range_m[fine]
    )
    return np.stack(
        [
            away,
            flown.apogee_m[fine] - found.apogee_altitude_m[fine],
            total[fine] - found.time_of_flight_s[fine],
        ],
        axis=1,
    )


def bound(value: float) -> float:
    """Return a value with a tenth added, rounded up to two digits; 0.01 at least."""
    value = max(value, 0.01 / 1.1)
    size = 10.0 ** (math.floor(math.log10(1.1 * value)) - 1)
    return math.ceil(1.1 * value / size - 1e-9) * size


def _said(value: float) -> str:
    return f"{value:.0f}" if value >= 10.0 else f"{value:.2g}"


def table(effect: str) -> str:
    """Return one table: a row for each range, a cell for each shape."""
    lines = ["| range km | " + " | ".join(SHAPES) + " |", "|" + " --- |" * (len(SHAPES) + 1)]
    for km in BOOSTS:
        cells = []
        for shape in SHAPES:
            most = np.abs(differences(everywhere(), km, shape, effect)).max(axis=0)
            cells.append(" / ".join(_said(bound(v)) for v in most / (1e3, 1e3, 1.0)))
        lines.append(f"| {km:,} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def stated(page: str, effect: str) -> dict[tuple[int, str], Array]:
    """Return the bounds of a page, by range (km) and shape: range (m), apogee (m), time (s)."""
    block = next(m for m in MARKED.finditer(page) if m.group(2) == effect).group(0)
    found = {}
    for line in block.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if cells[0].replace(",", "").isdigit():
            for shape, cell in zip(SHAPES, cells[1:], strict=True):
                numbers = np.array([float(n) for n in cell.split("/")]) * (1e3, 1e3, 1.0)
                found[int(cells[0].replace(",", "")), shape] = numbers
    return found


def main() -> None:
    """Write the tables anew."""
    written = PAGE.read_text("utf-8")
    new = MARKED.sub(lambda m: m.group(1) + table(m.group(2)) + m.group(3), written)
    PAGE.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
