"""Reach for the made-up run: the real kernel on a coarse grid, so that its numbers mean something.

Two forces of one party against batteries and patrol areas of another and of a third. The tables
have the shape of the run's own; only the columns that the dossier reads are filled.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from longroad.base.tables import SCHEMAS
from longroad.engagement.reach import Interceptor, meet, surface
from longroad.engagement.trajectory import trajectory
from longroad.flight.arcs import solve_arcs
from longroad.study import manifest_reach as m

DELAYS = tuple(float(d) for d in range(60, 601, 60))
GREATEST_KM_S = 10.5
BOOST = (200.0, 200e3, 350e3)
EAST = m.EndPoint("kozelsk", "Kozelsk", 54.0, 35.8)
SOUTH = m.EndPoint("tatishchevo", "Tatishchevo", 51.7, 45.6)
SEA = m.EndPoint("barents", "Barents Sea", 73.0, 40.0)
WASHINGTON = m.EndPoint("washington", "Washington", 38.9, -77.0)
LOS_ANGELES = m.EndPoint("los-angeles", "Los Angeles", 34.0, -118.2)
BASES, ENDS = (EAST, SOUTH), (WASHINGTON, LOS_ANGELES)
FORCES = (
    ("west", "Missiles of the west", "missile/rs-24", "RS-24", BASES, ENDS),
    ("boats", "Missiles at sea", "missile/ss-n-23", "SS-N-23", (SEA,), (WASHINGTON,)),
)
AREAS = (
    m.PatrolArea("norwegian-sea", "Norwegian Sea", "nato", 64.0, 72.0, -5.0, 10.0),
    m.PatrolArea("baltic", "Baltic", "nato", 54.5, 57.0, 15.0, 20.0),
    m.PatrolArea("pacific", "North-west Pacific", "third", 38.0, 50.0, 160.0, -175.0),
)
SETTINGS = m.Reach(
    burn_time_s=70.0,
    boost_path_fraction=0.5,
    flight_life_s=1500.0,
    floor_km=100.0,
    late_delay_s=300.0,
    delays_s=DELAYS,
    grid_step_deg=0.0,
    greatest_speed_km_s=GREATEST_KM_S,
)


def trajectories(evil: str = "") -> tuple[m.Trajectories, ...]:
    """The forces as the manifest names them."""

    def marred(places):
        return tuple(replace(one, name=one.name + evil) for one in places)

    return tuple(
        m.Trajectories(
            id, name + evil, "rival", missile, title + evil, "Nowhere", marred(bases),
            marred(ends), ("minimum-energy",),
        )
        for id, name, missile, title, bases, ends in FORCES
    )  # fmt: skip


def _arc(base: m.EndPoint, end: m.EndPoint):
    degrees = (base.latitude_deg, base.longitude_deg, end.latitude_deg, end.longitude_deg)
    return solve_arcs(*(np.radians(v) for v in degrees), *BOOST)


def _best_point(flight, area: m.PatrolArea, interceptor: Interceptor):
    """Least speed (m/s) by delay and part over a few places of an area."""
    width = (area.east_deg - area.west_deg) % 360.0
    lat, lon = np.meshgrid(
        np.linspace(area.south_deg, area.north_deg, 3), area.west_deg + np.linspace(0, width, 3)
    )
    found = surface(
        [flight], np.radians(lat.ravel()), np.radians(lon.ravel()), DELAYS, interceptor, 2e4
    )
    return np.nanmin(np.where(np.isfinite(found), found, np.inf), axis=0)


def tables(step_deg: float, variants: tuple) -> dict[str, dict[str, np.ndarray]]:
    """The tables `flights`, `surfaces`, `reach` and `reach_shares` of variants of the manifest."""
    interceptor = Interceptor(
        SETTINGS.burn_time_s, SETTINGS.boost_path_fraction, SETTINGS.flight_life_s
    )
    lat = np.linspace(-90.0, 90.0, round(180.0 / step_deg) + 1)
    lon = -180.0 + step_deg * np.arange(round(360.0 / step_deg))
    places = [a.ravel() for a in np.meshgrid(np.radians(lat), np.radians(lon), indexing="ij")]
    flights, speeds, reach, shares = [], [], [], []
    for id, _, missile, _, bases, ends in FORCES:
        for base in bases:
            for end in ends:
                arcs = _arc(base, end)
                flight = trajectory(arcs, 0, 1e3 * SETTINGS.floor_km)
                number = len(flights)
                position = arcs.burnout_position_m[0] / 1e3
                velocity = arcs.burnout_velocity_m_s[0] / 1e3
                flights.append(
                    {
                        "flight": number,
                        "variants": ", ".join(one.id for one in variants),
                        "trajectories": id,
                        "owner": "rival",
                        "missile": missile,
                        "base": base.id,
                        "end": end.id,
                        "shape": "minimum-energy",
                        "state": "flies",
                        "range_km": float(arcs.ground_range_m[0]) / 1e3,
                        "apogee_km": float(arcs.apogee_altitude_m[0]) / 1e3,
                        "burnout_s": float(arcs.burnout_time_s[0]),
                        "apogee_s": flight.turn_s,
                        "time_of_flight_s": float(arcs.time_of_flight_s[0]),
                        **{f"burnout_{axis}_km": position[i] for i, axis in enumerate("xyz")},
                        **{f"burnout_v{axis}_km_s": velocity[i] for i, axis in enumerate("xyz")},
                    }
                )
                found = surface([flight], *places, DELAYS, interceptor, 1e3 * GREATEST_KM_S, 2)
                speeds.append(np.round(found / 10.0) / 100.0)
                reach += _battery_rows(flight, variants[-1], interceptor, (id, base.id, end.id))
                for area in AREAS:
                    best = _best_point(flight, area, interceptor)
                    for d, delay in enumerate(DELAYS):
                        for part in (0, 1):
                            reach.append(
                                _row(area, id, base.id, end.id, delay, part, best[d, part])
                            )
    shares = _shares(reach)
    shape = (len(flights), len(lat), len(lon), len(DELAYS))
    axes = np.meshgrid(np.arange(len(flights)), lat, lon, DELAYS, indexing="ij")
    names = ("flight", "latitude_deg", "longitude_deg", "delay_s")
    kinds = (np.int32, np.float32, np.float32, np.float32)
    flat = {
        name: axis.ravel().astype(kind) for name, axis, kind in zip(names, axes, kinds, strict=True)
    }
    for part, name in enumerate(("before_apogee_km_s", "after_apogee_km_s")):
        values = np.stack([one[..., part] for one in speeds]).astype(np.float32)
        flat[name] = values.reshape(shape).ravel()
    made = {"flights": _columns(flights), "surfaces": flat, "reach": _columns(reach)}
    made["reach_shares"] = _columns(shares)
    return {name: _whole(name, columns) for name, columns in made.items()}


def _whole(name: str, columns: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """All columns of a table in their order; those that the dossier does not read hold nothing."""
    rows = len(next(iter(columns.values())))
    nothing = {"text": "", "bool": False, "int32": 0}
    return {
        one.name: columns[one.name]
        if one.name in columns
        else np.array([nothing.get(one.dtype, np.nan)] * rows)
        for one in SCHEMAS[name].columns
    }


SPEEDS = {"interceptor/sm3-ia": 3.0, "interceptor/sm3-ib": 3.0, "interceptor/sm3-iia": 4.5}
RIVAL = ("interceptor.sm3-iia.burnout_speed=critics", 6.5)


def _battery_rows(flight, variant, interceptor, pair):
    """What the batteries of a variant reach of one flight, as adopted and under a rival speed."""
    rows = []
    for one in variant.batteries:
        place = np.radians([one.latitude_deg]), np.radians([one.longitude_deg])
        least = surface([flight], *place, DELAYS, interceptor, 2e4)[0] / 1e3
        readings = [("adopted", SPEEDS[one.interceptor])]
        if one.interceptor == "interceptor/sm3-iia":
            readings.append(RIVAL)
        for reading, own in readings:
            for d, delay in enumerate((*DELAYS, None)):
                for part in (0, 1):
                    speed = least[min(d, 5), part] if delay is None else least[d, part]
                    rows.append(
                        {
                            **_row(
                                one, *pair, 360.0 if delay is None else delay, part, 1e3 * speed
                            ),
                            "variant": variant.id,
                            "party": one.owner,
                            "kind": "battery",
                            "assumptions": reading,
                            "timing": "own-sensors" if delay is None else "delay",
                            "burnout_speed_km_s": own,
                            "reachable": bool(speed <= own),
                            "overtaking": part == 0,
                        }
                    )
    return rows


def _shares(reach):
    """Shares of pairs by battery and force, with an invented spread at the late delay."""
    groups = {}
    for row in reach:
        if row["kind"] == "battery":
            own = row["timing"] == "own-sensors"
            when = np.nan if own else row["delay_s"]
            key = (row["variant"], row["party"], row["site"], row["trajectories"])
            key += (row["assumptions"], row["timing"], str(when))
            pairs = groups.setdefault(key, {})
            pair = (row["base"], row["end"])
            pairs[pair] = pairs.get(pair, False) or row["reachable"]
    names = ("variant", "party", "site", "trajectories", "assumptions", "timing")
    made = []
    for key, pairs in groups.items():
        share = sum(pairs.values()) / len(pairs)
        drawn = key[6] in ("nan", "300.0")
        made.append(
            {
                **dict(zip(names, key[:6], strict=True)),
                "kind": "battery",
                "delay_s": float(key[6]),
                "part": "any",
                "pairs": len(pairs),
                "fraction": share,
                "fraction_p05": max(share - 0.1, 0.0) if drawn else np.nan,
                "fraction_p95": min(share + 0.2, 1.0) if drawn else np.nan,
            }
        )
    return made


def _row(area, force, base, end, delay, part, speed):
    return {
        "variant": "phase-3",
        "party": area.owner,
        "site": area.id,
        "kind": "patrol-area",
        "burnout_speed_km_s": np.nan,
        "reachable": False,
        "overtaking": False,
        "trajectories": force,
        "base": base,
        "end": end,
        "shape": "minimum-energy",
        "assumptions": "adopted",
        "timing": "delay",
        "delay_s": delay,
        "part": ("before-apogee", "after-apogee")[part],
        "least_burnout_speed_km_s": speed / 1e3 if np.isfinite(speed) else np.nan,
    }


def _columns(rows: list[dict]) -> dict[str, np.ndarray]:
    made = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        made[name] = np.array(values, dtype=object if isinstance(values[0], str) else None)
    return made


def least(base: m.EndPoint, end: m.EndPoint, latitude_deg, longitude_deg, delay_s):
    """The kernel's own answer for one place, before and after the apogee."""
    flight = trajectory(_arc(base, end), 0, 1e3 * SETTINGS.floor_km)
    interceptor = Interceptor(
        SETTINGS.burn_time_s, SETTINGS.boost_path_fraction, SETTINGS.flight_life_s
    )
    return meet(flight, np.radians(latitude_deg), np.radians(longitude_deg), delay_s, interceptor)
