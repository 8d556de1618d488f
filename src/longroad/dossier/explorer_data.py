"""The data of the reach explorer as its script reads them: surfaces packed, places, patterns."""

from __future__ import annotations

import base64
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from longroad.base.messages import text
from longroad.dossier import palette, reach_pack
from longroad.dossier.explorer import run_id
from longroad.dossier.material import Material
from longroad.dossier.reach import Flight, Reach
from longroad.dossier.reach_field import ABOVE_KM_S
from longroad.dossier.reach_land import PER_DEGREE, packed_land
from longroad.dossier.reach_marks import all_labels
from longroad.dossier.reach_sites import Site, Sites, course
from longroad.dossier.reach_view import ALL, SPEEDS_KM_S, View, opening
from longroad.earth import wgs84
from longroad.study.manifest_reach import EndPoint


def data(material: Material, reach: Reach, sites: Sites, version: str) -> dict[str, Any]:
    """Return what the page's script needs; surfaces are packed, one text a pair."""
    settings, grid, view = reach.settings, reach.grid, opening(material.manifest, reach, sites)
    labels = all_labels(reach, sites)
    carried = {flight.number for force in reach.forces for flight in force.flights}
    return {
        "grid": {
            "rows": len(grid.latitude_deg),
            "columns": len(grid.longitude_deg),
            "south": float(grid.latitude_deg[0]),
            "north": float(grid.latitude_deg[-1]),
            "west": float(grid.longitude_deg[0]),
            "delays": grid.delay_s.tolist(),
            "step": reach_pack.STEP_KM_S,
            "above": ABOVE_KM_S,
        },
        "interceptor": {
            "mu": wgs84.MU_M3_S2,
            "spin": wgs84.ANGULAR_SPEED_RAD_S,
            "radius": wgs84.SEMI_MAJOR_AXIS_M,
            "flattening": wgs84.FLATTENING,
            "burn": settings.burn_time_s,
            "fraction": settings.boost_path_fraction,
            "life": settings.flight_life_s,
        },
        "greatest": settings.greatest_speed_km_s,
        "speeds": SPEEDS_KM_S[:2],
        "pairs": len(reach.speeds),
        "forces": [
            {
                "id": force.id,
                "name": force.name,
                "owner": force.owner,
                "ownerName": force.owner_name,
                "bases": [_place(one, labels) for one in force.bases],
                "ends": [_place(one, labels) for one in force.ends],
                "flights": [_flight(one, settings.floor_km) for one in force.flights],
            }
            for force in reach.forces
        ],
        "sites": [_site(site, row, labels) for row, site in enumerate(sites.sites)],
        "sitesPacked": _packed_speeds(sites.speeds),
        "surfaces": _surfaces(reach, carried),
        "land": {"unit": PER_DEGREE, "packed": packed_land()},
        "levels": palette.REACH_LEVELS,
        "colours": {
            "before": palette.REACH_BEFORE,
            "after": palette.REACH_AFTER,
            "ink": palette.INK,
            "quiet": palette.QUIET,
            "flight": palette.LAUNCH,
            "sea": palette.SEA,
            "land": palette.LAND,
        },
        "opening": _opening(view),
        "cite": {
            "version": version,
            "title": material.manifest.title,
            "seed": material.manifest.seed,
            "run": run_id(material.manifest),
        },
        "words": words(),
    }


def _surfaces(reach: Reach, carried: set[int]) -> list[str]:
    """Return every pair's surface packed, an empty text for those that the page leaves out."""

    def packed(number: int) -> str:
        speeds = reach.speeds[number]
        return reach_pack.packed(reach_pack.quantised(speeds)) if number in carried else ""

    with ThreadPoolExecutor() as pool:  # arrays and deflate, which hold no lock
        return list(pool.map(packed, range(len(reach.speeds))))


def _opening(view: View) -> dict[str, Any]:
    return {
        "missiles": view.missiles,
        "from": view.base or ALL,
        "to": view.end or ALL,
        "speed": view.speed_km_s,
        "delay": view.delay_s,
        "part": view.part,
        "count": view.count,
        "site": view.here or "",
        "and": view.there or "",
        "map": view.frame,
    }


def _place(one: EndPoint, labels: dict[str, str]) -> dict[str, Any]:
    named = {"id": one.id, "name": one.name, "label": labels[one.name]}
    return {**named, "lon": one.longitude_deg, "lat": one.latitude_deg}


def _flight(one: Flight, floor_km: float) -> dict[str, Any]:
    arc = course(one, floor_km)
    first, turn, last = arc.parts[[0, 1, 3]] if arc else (1.0, 0.0, 0.0)
    way = one.track
    return {
        "n": one.number,
        "base": one.base,
        "end": one.end,
        "range": round(one.range_km),
        "peak": round(one.apogee_km),
        "burnout": round(one.burnout_s, 3),
        "apogee": round(one.apogee_s, 3),
        "first": round(float(first), 3),
        "turn": round(float(turn), 3),
        "last": round(float(last), 3),
        "state": [*one.position_m.round(1).tolist(), *one.velocity_m_s.round(4).tolist()],
        "track": [
            [round(lon, 2), round(lat, 2), round(alt), round(t)]
            for lon, lat, alt, t in zip(
                way.longitude_deg.tolist(), way.latitude_deg.tolist(),
                way.altitude_km.tolist(), way.time_s.tolist(), strict=True,
            )
        ],
    }  # fmt: skip


def _site(site: Site, row: int, labels: dict[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "row": row,
        "id": site.id,
        "name": site.name,
        "label": labels[site.name],
        "owner": site.owner,
        "ownerName": site.owner_name,
        "kind": site.kind,
        "lat": site.latitude_deg,
        "lon": site.longitude_deg,
    }
    if site.area is not None:
        made["box"] = {
            "south": site.area.south_deg, "north": site.area.north_deg,
            "west": site.area.west_deg, "east": site.area.east_deg,
        }  # fmt: skip
    return made


def _packed_speeds(speeds: np.ndarray) -> str:
    """Return sites' speeds in hundredths of a km/s, -1 for never, as base 64 of deflated int16."""
    whole = np.where(np.isfinite(speeds), np.round(100.0 * speeds), -1.0).astype("<i2")
    return base64.b64encode(zlib.compress(whole.tobytes(), 9)).decode()


def words() -> dict[str, Any]:
    """Return the patterns of the explorer's sentences, braces kept for the script to fill."""

    def kept(key: str, *names: str) -> str:
        return text(f"dossier.reach.{key}", **{name: f"{{{name}}}" for name in names})

    return {
        "head": kept("head", "speed", "delay"),
        "many": [kept("many", "n", "m", "place"), kept("many_also", "n", "m", "place")],
        "also": kept("also"),
        "single_yes": kept("single_yes", "place", "least"),
        "single_no": kept("single_no", "place", "least"),
        "single_never": kept("single_never", "place"),
        "parts": kept("parts", "before", "late"),
        "only_before": kept("only_before"),
        "only_late": kept("only_late"),
        "no_site": kept("no_site"),
        "threshold": kept("threshold", "place", "least", "most"),
        "threshold_open": kept("threshold_open", "place", "least", "greatest"),
        "never": kept("never", "place", "greatest"),
        "area": kept("area", "name"),
        "speed": kept("speed", "speed"),
        "level": kept("speed", "speed"),
        "delay": kept("delay", "delay"),
        "km": text("dossier.maps.scale", km="{km}"),
        "several": kept("several", "count", "pairs"),
        "all_bases": kept("all_bases", "count"),
        "all_ends": kept("all_ends", "count"),
        "nothing": kept("nothing"),
        "none": text("dossier.format.none"),
        "of": kept("of", "n", "m"),
        "point": kept("point", "lat", "ns", "lon", "ew"),
        "north": kept("north"),
        "south": kept("south"),
        "east": kept("east"),
        "west": kept("west"),
        "late": kept("late"),
        "overtaking": kept("overtaking"),
        "ahead": kept("ahead"),
        "meeting": kept("meeting", "kind", "speed", "minutes", "altitude"),
        "or": kept("or"),
        "read": kept("read", "point", "delay", "base", "end", "met"),
        "read_none": kept("read_none", "point", "delay", "base", "end", "greatest"),
        "read_count": kept("read_count", "n", "m", "speed"),
        "hint": kept("hint"),
        "map_keys": kept("map_keys"),
        "kinds": {
            "land": kept("kind_land"),
            "ship": kept("kind_ship"),
            "area": kept("kind_area"),
        },
        "link_copied": kept("link_copied"),
        "citation_copied": kept("citation_copied"),
        "copy_by_hand": kept("copy_by_hand"),
        "citation": kept("citation", "version", "title", "seed", "run", "said", "view"),
    }
