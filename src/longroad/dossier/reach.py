"""Reach as the dossier needs it: flights, launch sites, and the surface of least speeds.

The run's tables are `flights`, `surfaces` and `reach`. A *force* is one `trajectories` entry of
the scenario; a *pair* is one of its flights, from a base towards a reference end point. A *site*
is a battery or a patrol area. Speeds are least burnout speeds of the generic interceptor, km/s:
infinite where more is needed than the run looked for, or where that part of the arc is over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import RunError
from longroad.base.messages import text
from longroad.dossier.naming import headline, without_common_start
from longroad.dossier.numbers import listed
from longroad.dossier.reach_track import Track, track
from longroad.dossier.reading import Columns, RunLike

if TYPE_CHECKING:
    from longroad.study.manifest import Manifest
    from longroad.study.manifest_reach import EndPoint, Trajectories
    from longroad.study.manifest_reach import Reach as ReachSettings

Array = NDArray[np.float64]
Speeds = NDArray[np.float32]
BEFORE, AFTER = 0, 1
FLIES = "flies"
EVERYTHING, SEVERAL = "all-", ","
# Surfaces that a page carries: some 38 kB each, so that the whole of it stays under 10 MB.
MOST_PAIRS = 150


@dataclass(frozen=True)
class Flight:
    """One pair that the missile can fly, with its place in the surface.

    ``position_m`` and ``velocity_m_s`` are its inertial state at burnout, axes Earth-fixed at
    ignition.
    """

    number: int
    force: str
    base: str
    end: str
    shape: str
    range_km: float
    apogee_km: float
    burnout_s: float
    apogee_s: float
    impact_s: float
    position_m: Array
    velocity_m_s: Array

    @cached_property
    def track(self) -> Track:
        """The ground track from burnout to impact."""
        return track(self.position_m, self.velocity_m_s, self.burnout_s, self.impact_s)


@dataclass(frozen=True)
class Force:
    """The missiles of one `trajectories` entry, with the pairs that they can fly."""

    id: str
    name: str
    owner: str
    owner_name: str
    missile_name: str
    bases: tuple[EndPoint, ...]
    ends: tuple[EndPoint, ...]
    flights: tuple[Flight, ...]

    def pairs(self, base: str | None = None, end: str | None = None) -> tuple[Flight, ...]:
        """Return the pairs from a base (None: all) towards an end point (None: all)."""
        return tuple(
            one for one in self.flights if base in (None, one.base) and end in (None, one.end)
        )


@dataclass(frozen=True)
class Grid:
    """The points of the surface: degrees, rising; longitudes go once round; delays in s."""

    latitude_deg: Array
    longitude_deg: Array
    delay_s: Array


@dataclass(frozen=True)
class Reach:
    """All forces of a run with their surfaces, (pairs, part, delay, latitude, longitude)."""

    settings: ReachSettings
    forces: tuple[Force, ...]
    grid: Grid
    speeds: Speeds

    @property
    def owners(self) -> dict[str, str]:
        """Names of the parties that own missiles, by id."""
        return {force.owner: force.owner_name for force in self.forces}

    def force(self, id: str) -> Force:
        """Return the force of that id, several taken together, or all of a party.

        ``a,b`` names several, ``all-<party>`` all missiles of a party; they have to exist.
        """
        owner = id.removeprefix(EVERYTHING)
        if id.startswith(EVERYTHING) and owner in self.owners:
            return _together(id, [force for force in self.forces if force.owner == owner])
        by_id = {force.id: force for force in self.forces}
        chosen = [by_id[one] for one in id.split(SEVERAL)]
        return chosen[0] if len(chosen) == 1 else _together(id, chosen)

    def carried(self, most: int = MOST_PAIRS) -> Reach:
        """Return the forces that a page has room for, in order, as long as they fit whole.

        When not even the first fits, it comes with as many of its pairs as there is room for.
        """
        chosen: list[Force] = []
        room = most
        for force in self.forces:
            if len(force.flights) <= room:
                chosen.append(force)
                room -= len(force.flights)
        if not chosen:
            chosen = [replace(self.forces[0], flights=self.forces[0].flights[:most])]
        return replace(self, forces=tuple(chosen))

    def known(self) -> tuple[str, ...]:
        """Return the ids of all forces, then of each party's missiles taken together."""
        whole = [f"{EVERYTHING}{owner}" for owner in self.owners]
        return (*(force.id for force in self.forces), *whole)


def read_reach(run: RunLike) -> Reach | None:
    """Return the reach of a run, or None where the scenario considers no strategic trajectory.

    RunError when tables and manifest do not belong together.
    """
    manifest = run.manifest
    settings = manifest.reach
    variant = headline(manifest)
    if settings is None or not variant.trajectories:
        return None
    flights = run.table("flights")
    grid, speeds, numbers = _surface(run, settings)
    row_of = {int(number): row for row, number in enumerate(numbers)}
    rows = [
        row
        for row, state in enumerate(flights["state"])
        if state == FLIES and variant.id in str(flights["variants"][row]).split(", ")
    ]
    lost = [
        int(flights["flight"][row]) for row in rows if int(flights["flight"][row]) not in row_of
    ]
    if lost:
        raise RunError(f"flight {lost[0]} has no surface", field="surfaces")
    groups = _shortened(variant.trajectories)
    forces = [_force(manifest, one, flights, rows, row_of) for one in groups]
    forces = [force for force in forces if force.flights]
    return Reach(settings, tuple(forces), grid, speeds) if forces else None


def _together(id: str, forces: list[Force]) -> Force:
    bases = {one.id: one for force in forces for one in force.bases}
    ends = {one.id: one for force in forces for one in force.ends}
    flights = tuple(flight for force in forces for flight in force.flights)
    owners = list(dict.fromkeys(force.owner for force in forces))
    names = list(dict.fromkeys(force.owner_name for force in forces))
    if id.startswith(EVERYTHING):
        name = text("dossier.reach.everything", owner=names[0], pairs=len(flights))
    else:
        name = text("dossier.reach.several", count=len(forces), pairs=len(flights))
    return Force(
        id, name, owners[0], listed(names), "", tuple(bases.values()), tuple(ends.values()), flights
    )


def _force(
    manifest: Manifest, one: Trajectories, table: Columns, rows: list[int], row_of: dict[int, int]
) -> Force:
    owner = next((p.name for p in manifest.parties if p.id == one.owner), one.owner)
    made = [
        Flight(
            number=row_of[int(table["flight"][row])],
            force=one.id,
            base=str(table["base"][row]),
            end=str(table["end"][row]),
            shape=str(table["shape"][row]),
            range_km=float(table["range_km"][row]),
            apogee_km=float(table["apogee_km"][row]),
            burnout_s=float(table["burnout_s"][row]),
            apogee_s=float(table["apogee_s"][row]),
            impact_s=float(table["time_of_flight_s"][row]),
            position_m=_vector(table, row, "burnout_{}_km"),
            velocity_m_s=_vector(table, row, "burnout_v{}_km_s"),
        )
        for row in rows
        if table["trajectories"][row] == one.id
    ]
    return Force(
        one.id, one.name, one.owner, owner, one.missile_name, one.bases, one.ends, tuple(made)
    )


def _shortened(groups: tuple[Trajectories, ...]) -> list[Trajectories]:
    """Return the groups with end points and bases named without what all their names begin with."""
    bases = without_common_start([one.name for group in groups for one in group.bases])
    ends = without_common_start([one.name for group in groups for one in group.ends])
    return [
        replace(
            group,
            bases=tuple(replace(one, name=bases[one.name]) for one in group.bases),
            ends=tuple(replace(one, name=ends[one.name]) for one in group.ends),
        )
        for group in groups
    ]


def _vector(table: Columns, row: int, pattern: str) -> Array:
    return np.array([1e3 * float(table[pattern.format(axis)][row]) for axis in "xyz"])


def _surface(run: RunLike, settings: ReachSettings) -> tuple[Grid, Speeds, NDArray[np.int64]]:
    numbers = np.asarray(run.select("surfaces", ("flight",))["flight"], dtype=np.int64)
    count = len(numbers)
    starts = np.r_[0, np.flatnonzero(np.diff(numbers)) + 1]
    numbers = numbers[starts].copy()
    places = run.select("surfaces", ("latitude_deg", "longitude_deg"), {"flight": int(numbers[0])})
    lat = np.unique(np.asarray(places["latitude_deg"], dtype=np.float64))
    lon = np.unique(np.asarray(places["longitude_deg"], dtype=np.float64))
    delay = np.asarray(settings.delays_s, dtype=np.float64)
    shape = (len(numbers), len(lat), len(lon), len(delay))
    if count != np.prod(shape) or len(lon) < 3:
        raise RunError("the reach surface is no whole grid", field="surfaces")
    speeds = np.empty((shape[0], 2, shape[3], shape[1], shape[2]), dtype=np.float32)
    # One half after the other: the table is the largest of a run.
    for part, name in enumerate(("before_apogee_km_s", "after_apogee_km_s")):
        half = np.asarray(run.select("surfaces", (name,))[name], dtype=np.float32).reshape(shape)
        speeds[:, part] = half.transpose(0, 3, 1, 2)
    speeds[np.isnan(speeds)] = np.inf
    return Grid(lat, lon, delay), speeds, numbers
