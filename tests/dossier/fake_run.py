"""A made-up run with the shape of a real one, held in memory.

Nothing here is physics: an interceptor "reaches" a cell when it stands within an invented
radius. It exists so that the dossier can be built, looked at and tested without the pipeline.
Every title says so, and hostile strings can be planted in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import fake_reach
import h3
import numpy as np
from fake_numbers import CLAIMS, SOURCES, made_up_inputs
from fake_table import FakeRun, Table

from longroad.earth.territories import territory_cells
from longroad.study import manifest as m

HASH = "5e" * 32
NATO = tuple(
    country
    for row in (
        "ALB BEL BGR HRV CZE DNK EST FRA DEU GRC HUN ISL ITA",
        "LVA LTU LUX NLD NOR POL PRT ROU SVK SVN ESP TUR GBR",
    )
    for country in row.split()
)
AREAS = (
    m.LaunchArea("north-west", "North-western Iran", 38.1, 46.3),
    m.LaunchArea("west", "Western Iran", 34.3, 47.1),
    m.LaunchArea("south", "Southern Iran", 30.3, 54.0),
)
THREATS = (
    ("mrbm-1300", "Shahab-3 class", "missile/shahab-3", "Shahab-3", 1300.0),
    ("mrbm-2000", "Ghadr-1 class", "missile/ghadr-1", "Ghadr-1", 2000.0),
    ("irbm-3700", "Notional three-stage", "missile/notional-irbm", "Notional three-stage", 3700.0),
)
SHAPES = ("minimum-energy", "lofted")
SPEED = {"interceptor/sm3-ia": 1.0, "interceptor/sm3-ib": 1.25, "interceptor/sm3-iia": 2.6}


def _battery(id, name, at, mode, interceptor, radar):
    title = {"ia": "SM-3 Block IA", "ib": "SM-3 Block IB", "iia": "SM-3 Block IIA"}[interceptor]
    kind = f"interceptor/sm3-{interceptor}"
    own = fake_reach.SPEEDS[kind]
    return m.Battery(id, name, "nato", *at, mode, kind, title, 24, radar, burnout_speed_km_s=own)


def _radar(id, name, at, reach, facing=None, width=None):
    return m.Sensor(id, name, "nato", "radar", "sensor/x", "Radar type", *at, reach, facing, width)


EAST_MED, AEGEAN, ADRIATIC = (34.5, 32.0), (37.5, 25.5), (42.3, 16.5)
DEVESELU, REDZIKOWO, KURECIK = (44.08, 24.41), (54.473, 17.123), (38.349, 37.794)
WARNING = m.Sensor(
    "early-warning", "Early-warning satellites", "nato", "space-infrared", "sensor/sbirs", "SBIRS"
)
FORWARD = _radar("kurecik", "Kürecik", KURECIK, 1000.0, 100.0, 120.0)


def _variants() -> tuple[m.Variant, ...]:
    ships = [
        ("ship-east-med", "Ship, eastern Mediterranean", EAST_MED),
        ("ship-aegean", "Ship, Aegean", AEGEAN),
        ("ship-adriatic", "Ship, Adriatic", ADRIATIC),
    ]
    radars = tuple(_radar(f"{id}-radar", f"{name}, radar", at, 600.0) for id, name, at in ships)
    land_ro = _radar("deveselu-radar", "Deveselu, radar", DEVESELU, 700.0)
    land_pl = _radar("redzikowo-radar", "Redzikowo, radar", REDZIKOWO, 700.0)

    def fleet(mode, kind):
        return tuple(_battery(id, name, at, mode, kind, f"{id}-radar") for id, name, at in ships)

    def ashore(mode, ro, pl=None):
        made = [_battery("deveselu", "Deveselu", DEVESELU, mode, ro, "deveselu-radar")]
        if pl:
            made.append(_battery("redzikowo", "Redzikowo", REDZIKOWO, mode, pl, "redzikowo-radar"))
        return tuple(made)

    party = (m.Party("nato", "NATO", tuple(NATO)),)
    threats = tuple(
        m.Threat(
            id, name, missile, title, "Iran", reach, tuple(a.id for a in AREAS), SHAPES, ("nato",)
        )
        for id, name, missile, title, reach in THREATS
    )
    base = m.Variant(
        "phase-1",
        "Phase I",
        2011,
        party,
        AREAS,
        threats,
        (FORWARD, WARNING, *radars[:2]),
        fleet("launch-on-remote", "ia")[:2],
    )
    two = replace(
        base,
        id="phase-2",
        title="Phase II",
        year=2015,
        sensors=(FORWARD, WARNING, *radars, land_ro),
        batteries=(*fleet("launch-on-remote", "ib"), *ashore("launch-on-remote", "ib")),
    )
    three = replace(
        base,
        id="phase-3",
        title="Phase III",
        year=2018,
        sensors=(FORWARD, WARNING, *radars, land_ro, land_pl),
        batteries=(*fleet("engage-on-remote", "iia"), *ashore("engage-on-remote", "ib", "iia")),
    )
    return (base, two, three)


@dataclass(frozen=True)
class Box:
    """A latitude-longitude box, given in degrees."""

    south: float
    north: float
    west: float
    east: float

    south_rad = property(lambda self: np.radians(self.south))
    north_rad = property(lambda self: np.radians(self.north))
    west_rad = property(lambda self: np.radians(self.west))
    east_rad = property(lambda self: np.radians(self.east))


def _distance_km(lat, lon, at):
    """Great-circle distance from arrays of radians to one point in degrees."""
    lat0, lon0 = np.radians(at)
    cosine = np.sin(lat) * np.sin(lat0) + np.cos(lat) * np.cos(lat0) * np.cos(lon - lon0)
    return 6371.0 * np.arccos(np.clip(cosine, -1.0, 1.0))


def _reach_radius(battery, threat, shape, rng_shift=0.0):
    """Invented radius in km within which a battery engages a missile class."""
    speed = SPEED[battery.interceptor] * (1.0 + rng_shift)
    slower = {1300.0: 1.0, 2000.0: 0.88, 3700.0: 0.62}[threat.range_km]
    remote = {"organic": 0.8, "launch-on-remote": 1.0, "engage-on-remote": 1.2}[battery.mode]
    return 560.0 * speed * slower * remote * (0.92 if shape == "lofted" else 1.0)


def _arcs(cells, variants):
    """One row per missile class, launch area, shape and cell."""
    parts = []
    cell_ids = np.array([h3.int_to_str(int(c)) for c in cells.cell], dtype=object)
    for threat in variants[0].threats:
        for area in AREAS:
            far = _distance_km(
                cells.latitude_rad, cells.longitude_rad, (area.latitude_deg, area.longitude_deg)
            )
            for shape in SHAPES:
                lofted = 1.25 if shape == "lofted" else 1.0
                parts.append(
                    {
                        "missile": threat.id,
                        "launch_area": area.id,
                        "shape": shape,
                        "cell": cell_ids,
                        "country": cells.country,
                        "range_km": far,
                        "apogee_km": far * 0.24 * lofted,
                        "burnout_speed_km_s": np.sqrt(far) * 0.09,
                        "flight_path_angle_deg": 45 - far / 450,
                        "burnout_time_s": 110.0,
                        "time_of_flight_s": (250 + far * 0.3) * lofted,
                        "within_reach": far
                        <= threat.range_km * (0.9 if shape == "lofted" else 1.0),
                        "row": np.arange(len(far)),
                    }
                )
    columns = {}
    for name in parts[0]:
        columns[name] = np.concatenate(
            [
                p[name]
                if isinstance(p[name], np.ndarray)
                else np.full(
                    len(p["cell"]), p[name], dtype=object if isinstance(p[name], str) else float
                )
                for p in parts
            ]
        )
    return {"arc": np.arange(len(columns["cell"]), dtype=np.int32), **columns}


def _windows(cells, arcs, variants):
    parts = []
    lat, lon = cells.latitude_rad[arcs["row"]], cells.longitude_rad[arcs["row"]]
    for variant in variants:
        for battery in variant.batteries:
            far = _distance_km(lat, lon, (battery.latitude_deg, battery.longitude_deg))
            radius = np.zeros(len(far))
            for threat in variant.threats:
                for shape in SHAPES:
                    rows = (arcs["missile"] == threat.id) & (arcs["shape"] == shape)
                    radius[rows] = _reach_radius(battery, threat, shape)
            hit = np.nonzero((far < radius) & arcs["within_reach"])[0]
            flight = arcs["time_of_flight_s"][hit]
            early = {"organic": 230, "launch-on-remote": 190, "engage-on-remote": 165}
            commit = np.minimum(early[battery.mode] + 0.01 * arcs["range_km"][hit], 0.45 * flight)
            slack = far[hit] / radius[hit]
            opens = np.minimum(commit + 30 + 120 * slack, 0.85 * flight)
            closes = np.maximum(flight - 60, opens + 5)
            rows = {
                "variant": variant.id,
                "agreement": "none",
                "party": "nato",
                "battery": battery.id,
                "mode": battery.mode,
                "arc": arcs["arc"][hit],
                "warned_s": 62.0,
                "first_track_s": commit - 40,
                "commit_s": commit,
                "window": np.zeros(len(hit), dtype=np.int32),
                "opens_s": opens,
                "closes_s": closes,
                "intercept_altitude_km": 120 + 200 * (1 - slack),
                "launch_s": commit + 30,
            }
            split = (slack > 0.8) & (closes - opens > 120)
            parts.append(rows)
            if split.any():
                first = rows["closes_s"].copy()
                first[split] = opens[split] + 40
                rows["closes_s"] = first
                second = {
                    k: (v[split] if isinstance(v, np.ndarray) else v) for k, v in rows.items()
                }
                second["window"] = np.ones(split.sum(), dtype=np.int32)
                second["opens_s"] = opens[split] + 80
                second["closes_s"] = closes[split]
                parts.append(second)
    columns = {}
    for name in parts[0]:
        columns[name] = np.concatenate(
            [
                p[name]
                if isinstance(p[name], np.ndarray)
                else np.full(
                    len(p["arc"]), p[name], dtype=object if isinstance(p[name], str) else float
                )
                for p in parts
            ]
        )
    return columns


def _share_with_window(cells, variant, threat, scale):
    """Arcs within reach and share of them with a window, per cell; ``scale`` per draw (n, 1)."""
    n = len(cells.cell)
    within, hits = np.zeros(n), np.zeros((len(scale), n))
    first, best_slack = np.full(n, "", dtype=object), np.full(n, np.inf)
    for area in AREAS:
        far = _distance_km(
            cells.latitude_rad, cells.longitude_rad, (area.latitude_deg, area.longitude_deg)
        )
        for shape in SHAPES:
            inside = far <= threat.range_km * (0.9 if shape == "lofted" else 1.0)
            within += inside
            engaged = np.zeros((len(scale), n), dtype=bool)
            for battery in variant.batteries:
                away = _distance_km(
                    cells.latitude_rad,
                    cells.longitude_rad,
                    (battery.latitude_deg, battery.longitude_deg),
                )
                slack = away / _reach_radius(battery, threat, shape)
                engaged |= slack[None, :] < scale
                better = inside & (slack < np.minimum(1.0, best_slack))
                first[better], best_slack[better] = battery.id, slack[better]
            hits += engaged & inside
    with np.errstate(invalid="ignore"):
        share = np.where(within > 0, hits / np.maximum(within, 1), np.nan)
    return within.astype(np.int32), share, first


def _coverage_and_outcomes(fine, coarse, variants, draws, seed):
    rng = np.random.default_rng(seed)
    steady = np.ones((1, 1))
    spread = 1.0 + 0.12 * rng.standard_normal((draws, 1))
    coverage, outcomes = [], []

    def outcome(variant, assumptions, draw, measure, threat, value):
        outcomes.append(
            (variant.id, "none", "nato", assumptions, draw, f"{measure}/{threat.id}", "1", value)
        )

    def fractions(cells, variant, threat, scale, assumptions, first_draw):
        within, share, _ = _share_with_window(cells, variant, threat, scale)
        reach = within > 0
        for k in range(len(scale)):
            full = reach & (share[k] >= 1.0)
            for measure, weight in (("area", cells.area_m2), ("population", cells.population)):
                outcome(
                    variant,
                    assumptions,
                    first_draw + k,
                    f"engageable_{measure}_fraction",
                    threat,
                    weight[full].sum() / weight[reach].sum() if reach.any() else np.nan,
                )
                outcome(
                    variant,
                    assumptions,
                    first_draw + k,
                    f"reachable_{measure}_fraction",
                    threat,
                    weight[reach].sum() / weight.sum(),
                )

    for variant in variants:
        for threat in variant.threats:
            within, share, first = _share_with_window(fine, variant, threat, steady)
            nan = np.full(len(within), np.nan)
            coverage.append((fine, 4, variant, threat, within, share[0], nan, nan, nan, nan, first))
            within, share, first = _share_with_window(coarse, variant, threat, spread)
            best = _share_with_window(coarse, variant, threat, steady)[1][0]
            coverage.append(
                (
                    coarse,
                    3,
                    variant,
                    threat,
                    within,
                    best,
                    share.mean(axis=0),
                    np.quantile(share, 0.05, axis=0),
                    np.quantile(share, 0.95, axis=0),
                    np.where(within > 0, (share >= 1.0).mean(axis=0), np.nan),
                    first,
                )
            )
            fractions(coarse, variant, threat, steady, "adopted", -1)
            fractions(coarse, variant, threat, spread, "adopted", 0)
            for claim, factor in (
                ("sensor.an-tpy-2-forward.reference_range=lewis-postol-2012", 0.8),
                ("cautious-planner", 0.9),
                (
                    "interceptor.sm3-iia.burnout_speed=critics",
                    1.2 if variant.id == "phase-3" else 1.0,
                ),
            ):
                fractions(coarse, variant, threat, steady * factor, claim, -1)
                fractions(coarse, variant, threat, spread[:16] * factor, claim, 0)

    def column(pick):
        return np.concatenate([np.asarray(pick(row)) for row in coverage])

    def repeat(pick):
        return column(lambda row: np.full(len(row[4]), pick(row), dtype=object))

    table = {
        "variant": repeat(lambda r: r[2].id),
        "agreement": repeat(lambda r: "none"),
        "party": repeat(lambda r: "nato"),
        "missile": repeat(lambda r: r[3].id),
        "resolution": column(lambda r: np.full(len(r[4]), r[1], dtype=np.int32)),
        "cell": column(lambda r: np.array([h3.int_to_str(int(c)) for c in r[0].cell], object)),
        "country": column(lambda r: r[0].country),
        "area_km2": column(lambda r: r[0].area_m2 / 1e6),
        "population": column(lambda r: r[0].population),
        "arcs": column(lambda r: r[4]),
        "engageable": column(lambda r: r[5]),
        "engageable_mean": column(lambda r: r[6]),
        "engageable_p05": column(lambda r: r[7]),
        "engageable_p95": column(lambda r: r[8]),
        "all_engageable_share": column(lambda r: r[9]),
        "first_battery": column(lambda r: r[10]),
    }
    names = ("variant", "agreement", "party", "assumptions", "draw", "outcome", "unit", "value")
    types = (object, object, object, object, np.int32, object, object, float)
    made = {
        name: np.array([row[i] for row in outcomes], dtype=kind)
        for i, (name, kind) in enumerate(zip(names, types, strict=True))
    }
    return table, made


def fake_run(
    *, draws=32, seed=2011, countries=NATO, evil="", within=None, reach_step_deg=None
) -> FakeRun:
    """Make a run; ``evil`` is appended to every string that a scenario's author writes.

    With ``reach_step_deg`` it has strategic trajectories and a reach surface on a grid so wide.
    """
    within = within or Box(34.0, 72.0, -25.0, 45.0)
    fine = territory_cells(countries, resolution=4, within=within)
    coarse = territory_cells(countries, resolution=3, within=within)
    variants = _variants()
    arcs = _arcs(fine, variants)
    windows = _windows(fine, arcs, variants)
    coverage, outcomes = _coverage_and_outcomes(fine, coarse, variants, draws, seed)
    arcs.pop("row")
    inputs = made_up_inputs()
    draw_table = {
        "draw": np.repeat(np.arange(-1, draws, dtype=np.int32), len(inputs)),
        "quantity": np.tile(np.array([i.id for i in inputs], dtype=object), draws + 1),
        "value": np.tile(np.array([i.value.best for i in inputs]), draws + 1),
        "unit": np.tile(np.array([i.value.unit for i in inputs], dtype=object), draws + 1),
    }
    columns = {
        "draws": draw_table,
        "arcs": arcs,
        "windows": windows,
        "coverage": coverage,
        "outcomes": outcomes,
    }
    settings = None
    if reach_step_deg is not None:
        settings = replace(fake_reach.SETTINGS, grid_step_deg=reach_step_deg)
        columns |= fake_reach.tables(reach_step_deg, variants)
        variants = tuple(_with_reach(v, evil) for v in variants)
    if evil:
        variants = tuple(_poison(v, evil) for v in variants)
        inputs = tuple(replace(i, label=i.label + evil) for i in inputs)
    manifest = m.Manifest(
        id="synthetic",
        title="Synthetic run for looking at the dossier" + evil,
        question="Which parts of NATO Europe can phases I, II and III of the European Phased "
        "Adaptive Approach engage against three classes of missiles?" + evil,
        author="Longroad tests" + evil,
        naming="shown",
        scenario="epaa-2011",
        scenario_sha256=HASH,
        seed=seed,
        draws=draws,
        scrambles=8,
        grid=m.Grid(3, 4),
        kernel_hash=HASH,
        versions=(m.Version("longroad", "0.1.0"), m.Version("numpy", "2.4.6")),
        variants=variants,
        inputs=inputs,
        sources=SOURCES,
        claims=CLAIMS,
        tables=tuple(
            m.TableRecord(name, len(next(iter(c.values()))), HASH) for name, c in columns.items()
        ),
        reach=settings,
        cost=m.Cost("2026-01-01T00:00:00Z", 41.5, 2, 900.0, "x86-64", "Linux"),
    )
    return FakeRun(manifest, {name: Table(c) for name, c in columns.items()})


def _with_reach(variant: m.Variant, evil: str) -> m.Variant:
    """A variant with two parties more, strategic trajectories and patrol areas."""
    areas = tuple(replace(one, name=one.name + evil) for one in fake_reach.AREAS)
    return replace(
        variant,
        parties=(*variant.parties, m.Party("rival", "The rival"), m.Party("third", "A third")),
        trajectories=fake_reach.trajectories(evil),
        patrol_areas=areas,
    )


def _poison(variant: m.Variant, evil: str) -> m.Variant:
    def marred(items):
        return tuple(replace(item, name=item.name + evil) for item in items)

    return replace(
        variant,
        title=variant.title + evil,
        parties=marred(variant.parties),
        launch_areas=marred(variant.launch_areas),
        threats=marred(variant.threats),
        sensors=marred(variant.sensors),
        batteries=marred(variant.batteries),
    )
