"""The places from which interceptors are launched, and what each needs against every pair.

Batteries are asked with the generic interceptor, as the surface is, so that the map and the words
about it speak of the same thing; what a battery reaches with its own interceptor stands in the
run's table `reach`. A patrol area counts as its best point at sea.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import GeometryError
from longroad.dossier.naming import headline
from longroad.dossier.reach import BEFORE, Flight, Reach
from longroad.dossier.reach_track import places
from longroad.dossier.reading import ADOPTED, RunLike
from longroad.earth.borders import country_at
from longroad.engagement.reach import Interceptor, surface
from longroad.engagement.trajectory import Trajectory
from longroad.flight.figure import WGS84
from longroad.flight.kepler import kepler

if TYPE_CHECKING:
    from longroad.study.manifest import Manifest
    from longroad.study.manifest_reach import PatrolArea

Array = NDArray[np.float64]
Kind = Literal["land", "ship", "area"]
STEP_S = 15.0
SAME_PLACE_DEG = 0.05


@dataclass(frozen=True)
class Site:
    """A launch place: a battery on land, a ship's battery, or a patrol area (its middle)."""

    id: str
    name: str
    owner: str
    owner_name: str
    kind: Kind
    latitude_deg: float
    longitude_deg: float
    area: PatrolArea | None = None


@dataclass(frozen=True)
class Sites:
    """Launch places with the least speeds (km/s) they need, (sites, pairs, delays, part).

    Infinite where there is no meeting at any speed looked for. ``alias`` gives the site under
    which a battery stands that shares its place with another.
    """

    sites: tuple[Site, ...]
    speeds: Array
    alias: dict[str, str]

    def near(self, latitude_deg: float, longitude_deg: float) -> Site | None:
        """Return the battery's site in a place, or None where there is none."""
        return next(
            (s for s in self.sites if s.kind != "area" and _same(s, latitude_deg, longitude_deg)),
            None,
        )

    def of(self, site: str) -> Array:
        """Return the least speeds of one site, (pairs, delays, part)."""
        row = next(i for i, one in enumerate(self.sites) if one.id == site)
        return self.speeds[row]


def course(flight: Flight, floor_km: float) -> Trajectory | None:
    """Return a flight as reach wants it, or None when it never rises above the floor."""
    known = vars(flight).setdefault("_courses", {})  # kept with the flight, as its track is
    if floor_km not in known:
        known[floor_km] = _course(flight, floor_km)
    return cast("Trajectory | None", known[floor_km])


def _course(flight: Flight, floor_km: float) -> Trajectory | None:
    count = max(int((flight.impact_s - flight.burnout_s) / STEP_S) + 2, 8)
    times = np.linspace(flight.burnout_s, flight.impact_s, count)
    shape = (count, 3)
    place, velocity = kepler(
        np.broadcast_to(flight.position_m, shape),
        np.broadcast_to(flight.velocity_m_s, shape),
        times - flight.burnout_s,
    )
    fine = np.linspace(flight.burnout_s, flight.impact_s, int(flight.impact_s) + 2)
    floor_m = 1e3 * floor_km
    height = places(flight.position_m, flight.velocity_m_s, flight.burnout_s, fine)[2] - floor_m
    above = np.flatnonzero(height >= 0.0)
    if above.size == 0:
        return None
    first, last = (
        _crossing(fine, height, int(k), step) for k, step in ((above[0], -1), (above[-1], 1))
    )
    turn = min(max(flight.apogee_s, first), last)
    return Trajectory(
        np.ascontiguousarray(np.concatenate([place, velocity], axis=1)),
        float(times[0]), float(times[1] - times[0]), first, turn, last, flight.impact_s, WGS84,
    )  # fmt: skip


def _crossing(times: Array, height: Array, k: int, step: int) -> float:
    """Return when the floor is crossed (s) between ``k`` and the next time, to milliseconds."""
    n = k + step
    if not 0 <= n < len(times):
        return float(times[k])
    share = height[k] / (height[k] - height[n])
    return float(times[k] + share * (times[n] - times[k]))


def read_sites(run: RunLike, reach: Reach) -> Sites:
    """Return every launch place of the run; batteries in one place of one party stand once."""
    manifest = run.manifest
    names = {party.id: party.name for party in manifest.parties}
    batteries, alias = _batteries(manifest, names)
    areas = _areas(manifest, names)
    speeds = np.concatenate([_generic(reach, batteries), _from_table(run, reach, areas)])
    # Hundredths of a km/s, as the surface.
    return Sites((*batteries, *areas), np.round(speeds, 2), alias)


def _same(site: Site, latitude_deg: float, longitude_deg: float) -> bool:
    away = abs((site.longitude_deg - longitude_deg + 180.0) % 360.0 - 180.0)
    return abs(site.latitude_deg - latitude_deg) < SAME_PLACE_DEG and away < SAME_PLACE_DEG


def _batteries(manifest: Manifest, names: dict[str, str]) -> tuple[list[Site], dict[str, str]]:
    told_first = headline(manifest)
    order = [told_first, *(one for one in manifest.variants if one is not told_first)]
    found: list[Site] = []
    alias: dict[str, str] = {}
    for variant in order:
        for one in variant.batteries:
            known = [
                site.id
                for site in found
                if site.id == one.id
                or (site.owner == one.owner and _same(site, one.latitude_deg, one.longitude_deg))
            ]
            if known:
                alias[one.id] = known[0]
                continue
            alias[one.id] = one.id
            afloat = country_at(one.latitude_deg, one.longitude_deg) is None
            kind: Kind = "ship" if afloat else "land"
            owner = names.get(one.owner, one.owner)
            place = one.latitude_deg, one.longitude_deg
            found.append(Site(one.id, one.name, one.owner, owner, kind, *place))
    return found, alias


def _areas(manifest: Manifest, names: dict[str, str]) -> list[Site]:
    found: dict[str, Site] = {}
    for variant in manifest.variants:
        for one in variant.patrol_areas:
            width = (one.east_deg - one.west_deg) % 360.0
            lon = (one.west_deg + width / 2.0 + 180.0) % 360.0 - 180.0
            lat = (one.south_deg + one.north_deg) / 2.0
            owner = names.get(one.owner, one.owner)
            found.setdefault(
                one.id, Site(one.id, one.name, one.owner, owner, "area", lat, lon, one)
            )
    return list(found.values())


def _generic(reach: Reach, sites: list[Site]) -> Array:
    """Return what the generic interceptor needs at each battery's place."""
    settings, delays = reach.settings, reach.grid.delay_s
    made = np.full((len(sites), len(reach.speeds), len(delays), 2), np.inf)
    if not sites:
        return made
    interceptor = Interceptor(
        settings.burn_time_s, settings.boost_path_fraction, settings.flight_life_s
    )
    lat = np.radians([site.latitude_deg for site in sites])
    lon = np.radians([site.longitude_deg for site in sites])
    for force in reach.forces:
        for flight in force.flights:
            arc = course(flight, settings.floor_km)
            if arc is None:
                continue
            cap = 1e3 * settings.greatest_speed_km_s
            try:
                found = surface([arc], lat, lon, delays, interceptor, cap)
            except GeometryError:
                continue
            made[:, flight.number] = np.where(np.isfinite(found), found / 1e3, np.inf)
    return made


def _from_table(run: RunLike, reach: Reach, areas: list[Site]) -> Array:
    """Return the best estimates of the table `reach` for patrol areas."""
    delays = reach.grid.delay_s
    made = np.full((len(areas), len(reach.speeds), len(delays), 2), np.inf)
    if not areas:
        return made
    row_of = {area.id: row for row, area in enumerate(areas)}
    pair_of = {
        (flight.force, flight.base, flight.end, flight.shape): flight.number
        for force in reach.forces
        for flight in force.flights
    }
    keep = {"kind": "patrol-area", "assumptions": ADOPTED, "timing": "delay"}
    names = ("site", "trajectories", "base", "end", "shape")
    table = run.select("reach", (*names, "least_burnout_speed_km_s", "delay_s", "part"), keep)
    columns = [table[name] for name in names]
    speed = np.asarray(table["least_burnout_speed_km_s"], dtype=np.float64)
    delay = np.searchsorted(delays, np.asarray(table["delay_s"], dtype=np.float64))
    part = np.where(table["part"] == "before-apogee", BEFORE, 1 - BEFORE)
    for i in range(len(speed)):
        site, *pair = (str(column[i]) for column in columns)
        number = pair_of.get((pair[0], pair[1], pair[2], pair[3]))
        if number is not None and site in row_of and np.isfinite(speed[i]):
            made[row_of[site], number, delay[i], part[i]] = speed[i]
    return made
