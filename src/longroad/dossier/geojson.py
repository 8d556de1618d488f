"""Coverage as GeoJSON (RFC 7946): one file per variant, missile class and resolution.

A feature is one country's part of one h3 cell; its geometry is the whole cell, its properties
say how much land of the country lies inside. Rings run anticlockwise, cells that cross the
antimeridian are cut there, and a cell around a pole is led along the antimeridian to the pole.
A further file per variant holds batteries, sensors and launch areas as points.
"""

from __future__ import annotations

import json
import math
from functools import lru_cache
from pathlib import Path
from typing import Any

import h3
import numpy as np

from longroad.base.atomic import atomic_write
from longroad.base.messages import text
from longroad.dossier.reading import Columns, RunLike
from longroad.dossier.rings import rfc7946
from longroad.earth.borders import notes
from longroad.study.manifest import Manifest, Variant

PROPERTIES = {
    "area_km2": "area_km2",
    "population": "population",
    "arcs": "arcs",
    "engageable": "engageable_fraction",
    "engageable_mean": "engageable_mean_fraction",
    "engageable_p05": "engageable_p05_fraction",
    "engageable_p95": "engageable_p95_fraction",
    "all_engageable_share": "all_engageable_share_fraction",
}


@lru_cache(maxsize=20_000)
def cell_geometry(cell: str) -> dict[str, Any]:
    """Return an h3 cell as an RFC 7946 Polygon, or a MultiPolygon where it is cut."""
    return rfc7946([(lon, lat) for lat, lon in h3.cell_to_boundary(cell)])


def _plain(value: Any) -> Any:
    """Return a JSON value: NaN becomes null, whole numbers stay whole."""
    number = value.item() if isinstance(value, np.generic) else value
    if isinstance(number, float):
        if not math.isfinite(number):
            return None
        return round(number, 6)
    return number


def _frame(manifest: Manifest, features: list[dict[str, Any]], **about: Any) -> str:
    document = {
        "type": "FeatureCollection",
        "title": manifest.title,
        "run": manifest.content_hash(),
        **about,
        "notes": [text("dossier.answer.upper_bound"), *notes()],
        "licences": text("dossier.maps.licences"),
        "features": features,
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def coverage_features(table: Columns, rows: np.ndarray) -> list[dict[str, Any]]:
    """Return the features of some rows of the coverage table."""
    features = []
    names = ("cell", "country", "first_battery", *PROPERTIES)
    columns = {name: table[name][rows] for name in names}
    for i in range(len(rows)):
        cell = str(columns["cell"][i])
        properties: dict[str, Any] = {"cell": cell, "country": str(columns["country"][i])}
        for name, shown in PROPERTIES.items():
            properties[shown] = _plain(columns[name][i])
        properties["first_battery"] = str(columns["first_battery"][i]) or None
        features.append(
            {"type": "Feature", "geometry": cell_geometry(cell), "properties": properties}
        )
    return features


def _sites(variant: Variant) -> list[dict[str, Any]]:
    found: list[tuple[float, float, dict[str, Any]]] = []
    for b in variant.batteries:
        about: dict[str, Any] = {"kind": "battery", "id": b.id, "name": b.name, "owner": b.owner}
        about |= {"mode": b.mode, "interceptor": b.interceptor_name, "number": b.number}
        found.append((b.longitude_deg, b.latitude_deg, about))
    for s in variant.sensors:
        if s.latitude_deg is not None and s.longitude_deg is not None:
            about = {"kind": "sensor", "id": s.id, "name": s.name, "owner": s.owner}
            about |= {"range_km": s.range_km, "facing_deg": s.facing_deg}
            about["azimuth_width_deg"] = s.azimuth_width_deg
            found.append((s.longitude_deg, s.latitude_deg, about))
    for area in variant.launch_areas:
        about = {"kind": "launch-area", "id": area.id, "name": area.name}
        found.append((area.longitude_deg, area.latitude_deg, about))
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]},
            "properties": about,
        }
        for lon, lat, about in found
    ]


def write(run: RunLike, folder: Path) -> list[Path]:
    """Write the coverage and the sites of a run; return the files, in table order."""
    manifest, table = run.manifest, run.table("coverage")
    keys = ("agreement", "party", "variant", "missile", "resolution")
    columns = [table[name] for name in keys]
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, key in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        groups.setdefault(tuple(map(str, key)), []).append(i)
    several = len({key[:2] for key in groups}) > 1
    files = []
    for key, rows in groups.items():
        agreement, party, variant, missile, resolution = key
        stem = f"coverage_{variant}_{missile}_h3-{resolution}"
        if several:
            stem = f"coverage_{agreement}_{party}_{variant}_{missile}_h3-{resolution}"
        written = _frame(
            manifest,
            coverage_features(table, np.array(rows)),
            **dict(zip(keys, key, strict=True)),
        )
        files.append(atomic_write(folder / f"{stem}.geojson", written))
    for one in manifest.variants:
        written = _frame(manifest, _sites(one), variant=one.id)
        files.append(atomic_write(folder / f"sites_{one.id}.geojson", written))
    return files
