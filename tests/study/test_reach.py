"""Reach in the study room: against direct calls, alike for all parties, the same at any workers."""

import json
import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from reach_case import case, claims

from longroad.engagement.reach import Interceptor, meet
from longroad.engagement.trajectory import trajectory
from longroad.flight.arcs import solve_arcs
from longroad.scenario import load, loads
from longroad.study import open_run, reach, reach_pairs, reach_surface, run, threshold
from longroad.study.columns import draw_values
from longroad.study.planner import make_plan, make_reach_plan
from longroad.study.reach_ensemble import run_reach
from longroad.study.reach_tables import BELOW_FLOOR, FLIES, NO_FLIGHT, OUT_OF_RANGE
from longroad.study.readings import ADOPTED, readings

STATES = {FLIES, OUT_OF_RANGE, NO_FLIGHT, BELOW_FLOOR}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The small case with its claims."""
    path = tmp_path_factory.mktemp("reach")
    (path / "scenario.yaml").write_text(case(), encoding="utf-8")
    (path / "claims.yaml").write_text(claims(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def done(folder):
    """One run of the small case for all tests that only look at it."""
    return run(folder / "scenario.yaml", folder / "run", workers=2)


def where(table, **values):
    """Return the rows of a table whose columns have the given values."""
    mask = np.ones(table.rows, dtype=bool)
    for name, value in values.items():
        mask &= table[name] == value
    return table.where(mask)


# The catalogue's own entries, so that the direct call below reads nothing from the study room.
def by_hand(base, end, place, delay, floor_m, boost, interceptor):
    scenario = loads(case())
    catalog = scenario.variants[0].catalog

    def at(name):
        return tuple(catalog.quantity(f"site.{name}.{axis}").best for axis in AXES)

    arcs = solve_arcs(*at(base), *at(end), *boost)
    return meet(trajectory(arcs, 0, floor_m), *at(place), delay, interceptor)


AXES = ("latitude", "longitude")


def number(scenario, id):
    from longroad.study.columns import adopted

    return adopted(scenario.variants[0].quantity(id)).best


@pytest.mark.parametrize("base", ["kozelsk", "tatishchevo"])
@pytest.mark.parametrize("delay", [120.0, 300.0])
def test_rows_are_those_of_direct_calls(done, base, delay):
    scenario = loads(case())
    missile, shot = "missile.ss-27-mod-2", "interceptor.gbi-two-stage"
    names = ("burn_time", "burnout_altitude", "burnout_ground_distance")
    boost = [number(scenario, f"{missile}.{name}") for name in names]
    names = ("burn_time", "boost_path_fraction", "flight_life")
    interceptor = Interceptor(*(number(scenario, f"{shot}.{name}") for name in names))
    floor = number(scenario, f"{shot}.minimum_intercept_altitude")
    ends = by_hand(base, "end-washington", "redzikowo", delay, floor, boost, interceptor)
    rows = where(
        done.table("reach"), site="north", base=base, end="end-washington", delay_s=delay,
        timing="delay", assumptions=ADOPTED,
    )  # fmt: skip
    assert list(rows["part"]) == ["before-apogee", "after-apogee"]
    for k, found in enumerate(ends):
        # The search ends at 1e-4 of the speed; the greatest height (1,800 km) is not met here.
        assert rows["least_burnout_speed_km_s"][k] * 1e3 == pytest.approx(found.speed_m_s, rel=1e-4)
        assert rows["intercept_s"][k] == pytest.approx(found.intercept_s, abs=1.0)
        assert rows["intercept_altitude_km"][k] * 1e3 == pytest.approx(found.altitude_m, rel=2e-3)
        assert np.radians(rows["crossing_deg"][k]) == pytest.approx(found.crossing_rad, abs=1e-3)
        assert rows["overtaking"][k] == found.overtaking
        own = rows["burnout_speed_km_s"][k]
        assert rows["reachable"][k] == (found.speed_m_s <= own * 1e3)


def test_the_impulsive_equivalent_has_the_energy_of_the_burnout(done):
    """At the intercept's speed and height, whatever way: v_imp^2 - v^2 = 2 mu (1/R - 1/(R + h))."""
    rows = where(done.table("reach"), site="north", assumptions=ADOPTED, timing="delay")
    known = np.isfinite(rows["least_burnout_speed_km_s"])
    burnout, impulse = (rows[n][known] for n in ("least_burnout_speed_km_s", "impulsive_km_s"))
    # A powered path of 110 s at half the speed, straight up to level, ends 0 to 600 km high.
    rise = (impulse**2 - burnout**2) / (2 * 9.8e-3)
    assert np.all(rise > 20.0)
    assert np.all(rise < 0.5 * 110.0 * burnout)


def test_speeds_never_fall_with_the_delay(done):
    table = where(done.table("reach"), timing="delay", assumptions=ADOPTED)
    keys = ("site", "base", "end", "part")
    series = {}
    for row in zip(*(table[k] for k in keys), table["delay_s"], table[COLUMN], strict=True):
        series.setdefault(row[:4], []).append(row[4:])
    assert len(series) > 10
    for points in series.values():
        speeds = [speed for _, speed in sorted(points)]
        # Once a part of the flight is over, it stays over.
        known = [math.inf if math.isnan(speed) else speed for speed in speeds]
        assert known == sorted(known)


COLUMN = "least_burnout_speed_km_s"


def test_shares_count_the_rows(done):
    rows = where(
        done.table("reach"), site="north", timing="delay", delay_s=300.0, assumptions=ADOPTED
    )
    shares = where(
        done.table("reach_shares"), site="north", timing="delay", delay_s=300.0,
        assumptions=ADOPTED,
    )  # fmt: skip
    by_part = {part: k for k, part in enumerate(shares["part"])}
    before = rows.where(rows["part"] == "before-apogee")
    after = rows.where(rows["part"] == "after-apogee")
    for part, chosen in (("before-apogee", before), ("after-apogee", after)):
        k = by_part[part]
        assert shares["pairs"][k] == 4
        assert shares["reachable_pairs"][k] == chosen["reachable"].sum()
        assert shares["least_km_s"][k] == pytest.approx(np.nanmin(chosen[COLUMN]))
    either = before["reachable"] | after["reachable"]
    assert shares["fraction"][by_part["any"]] == either.mean()
    chase = (before["reachable"] & before["overtaking"]).sum()
    assert shares["overtaking_pairs"][by_part["any"]] == chase
    # The draws surround the best estimate, and are there at the late delay.
    k = by_part["any"]
    assert shares["least_p05_km_s"][k] < shares["least_km_s"][k] < shares["least_p95_km_s"][k]


def test_outcomes_are_those_of_the_shares(done):
    table = done.table("outcomes")
    name = "reachable_pair_fraction/forest/north/any/300-s"
    outcome = where(table, outcome=name, assumptions=ADOPTED)
    assert outcome.rows == 17
    assert set(outcome["unit"]) == {"1"}
    share = where(
        done.table("reach_shares"), site="north", delay_s=300.0, part="any", assumptions=ADOPTED
    )
    assert outcome["value"][outcome["draw"] == -1] == share["fraction"]
    speed = where(table, outcome="least_burnout_speed/forest/north/any/300-s", assumptions=ADOPTED)
    assert set(speed["unit"]) == {"km/s"}
    low = np.quantile(speed["value"][speed["draw"] >= 0], 0.05)
    assert low == pytest.approx(share["least_p05_km_s"][0])
    # A patrol area has no interceptor of its own, so no share of pairs.
    assert "reachable_pair_fraction/forest/patrol-area:cold-sea/any/120-s" not in table["outcome"]
    assert "least_burnout_speed/forest/patrol-area:cold-sea/any/120-s" in table["outcome"]


def test_flights_are_told_and_every_surface_belongs_to_one(done):
    flights, surfaces = done.table("flights"), done.table("surfaces")
    assert set(flights["state"]) <= STATES
    assert list(flights["trajectories"]) == ["forest"] * 4 + ["prairie"]
    assert np.all(flights["impulsive_km_s"] > flights["burnout_speed_km_s"])
    r = np.stack([flights[f"burnout_{x}_km"] for x in "xyz"], axis=1)
    assert np.linalg.norm(r, axis=1) == pytest.approx(6371.0 + 205.0, abs=25.0)
    flown = flights["flight"][flights["state"] == FLIES]
    assert list(np.unique(surfaces["flight"])) == list(flown)
    shape = (len(flown), 7, 12, 3)
    before = surfaces["before_apogee_km_s"].reshape(shape)
    assert np.all(surfaces["latitude_deg"].reshape(shape)[:, 0] == -90.0)
    # At a pole all longitudes are one place.
    pole = before[:, -1]
    assert np.array_equal(pole, np.broadcast_to(pole[:, :1], pole.shape), equal_nan=True)
    # Speeds stand in steps of 0.01 km/s, and never fall with the delay.
    known = before[np.isfinite(before)]
    assert np.abs(known * 100 - np.round(known * 100)).max() < 1e-3
    rise = np.where(np.isnan(before), np.inf, before)
    assert np.all(rise[..., 1:] >= rise[..., :-1])


def test_a_surface_is_what_the_threshold_says(folder):
    """The surface and the question give one number for one place: the same kernel, other paths."""
    scenario = load(folder / "scenario.yaml")
    found = reach_surface(
        scenario, "forest/kozelsk/end-washington", delays_s=[120.0, 300.0], step_deg=5.0
    )
    assert found.speed_m_s.shape == (1, 37, 72, 2, 2)
    a, o = 29, 39  # 55 N, 15 E
    assert (found.latitude_deg[a], found.longitude_deg[o]) == (55.0, 15.0)
    at = (math.radians(55.0), math.radians(15.0))
    rows = threshold(scenario, "forest/kozelsk/end-washington", at=at, delays_s=[120.0, 300.0])
    for d, row in enumerate(rows):
        before, after = found.speed_m_s[0, a, o, d] / 1e3
        assert row.before_apogee_km_s == pytest.approx(before, abs=0.006)
        assert row.after_apogee_km_s == pytest.approx(after, abs=0.006)


def test_the_bytes_do_not_depend_on_the_workers(folder, tmp_path, fresh_cache):
    one = run(folder / "scenario.yaml", tmp_path / "one", workers=1)
    fresh_cache.rename(tmp_path / "away")
    three = run(folder / "scenario.yaml", tmp_path / "three", workers=3)
    tables = [{t.name: t.sha256 for t in found.manifest.tables} for found in (one, three)]
    assert tables[0] == tables[1]
    assert one.manifest.content_hash() == three.manifest.content_hash()


def test_swapping_the_parties_swaps_the_rows_exactly(done, tmp_path):
    (tmp_path / "scenario.yaml").write_text(case("beta", "alpha"), encoding="utf-8")
    (tmp_path / "claims.yaml").write_text(claims("beta", "alpha"), encoding="utf-8")
    other = run(tmp_path / "scenario.yaml", tmp_path / "out")
    swap = {"alpha": "beta", "beta": "alpha", "": ""}
    for name in ("reach", "reach_shares", "surfaces"):
        here, there = done.table(name), other.table(name)
        assert here.rows == there.rows
        for column in here:
            values = here[column]
            if column in {"party", "owner"}:
                values = np.array([swap[v] for v in values], dtype=object)
            nan = values.dtype.kind == "f"
            assert np.array_equal(values, there[column], equal_nan=nan), (name, column)
    here, there = (
        where(done.table("outcomes"), unit="km/s"),
        where(other.table("outcomes"), unit="km/s"),
    )
    assert np.array_equal(here["value"], there["value"], equal_nan=True)


def test_every_site_meets_every_other_partys_trajectories_and_no_own():
    scenario = loads(case())
    plan = make_reach_plan(scenario, readings(scenario))
    found = {(j.site, j.trajectories) for j in plan.reach if j.assumptions == ADOPTED}
    assert found == {("north", "forest"), ("capital", "prairie"), ("cold-sea", "forest")}


def test_a_reading_adds_a_row_only_where_it_changes_reach():
    scenario = loads(case())
    plan = make_plan(scenario, 2, readings(scenario))
    told = {(j.site, j.assumptions) for j in plan.reach}
    speeds = {f"interceptor.gbi-two-stage.burnout_speed={c}" for c in ("postol", "open-studies")}
    assert {a for s, a in told if s == "north"} == {ADOPTED, *speeds}
    assert {a for s, a in told if s == "capital"} == {ADOPTED}
    # What a rival speed leaves as it is stands once.
    north = [j for j in plan.reach if j.site == "north"]
    assert len({(j.meeting, j.supported) for j in north}) == 1


def test_the_draws_are_the_same_with_and_without_coverage():
    scenario = loads(case())
    plan = make_plan(scenario, 2, readings(scenario))
    values = draw_values(plan.quantities, 4, 3)
    one, two = run_reach(plan, values, 1), run_reach(plan, values, 2)
    for a, b in zip(one.speed_m_s, two.speed_m_s, strict=True):
        assert np.array_equal(a, b, equal_nan=True)


@settings(max_examples=15, deadline=None)
@given(st.floats(30.0, 700.0), st.floats(1.0, 400.0), st.floats(2.0, 9.0), st.floats(0.0, 2.0))
def test_more_pairs_with_more_speed_and_less_delay(delay, later, speed, faster):
    scenario = loads(case())
    few, many = (
        reach_pairs(scenario, "north", "forest", v * 1e3, [delay]) for v in (speed, speed + faster)
    )
    assert few[0].reachable <= many[0].reachable
    soon, late = reach_pairs(scenario, "north", "forest", speed * 1e3, [delay, delay + later])
    assert soon.reachable >= late.reachable
    for count in (*few, *many, soon, late):
        assert max(count.before_apogee, count.late) <= count.reachable <= count.pairs == 4
        assert count.overtaking <= count.before_apogee


def test_the_speed_of_2007_turns_the_finding(folder):
    """At 6.3 km/s and 300 s hardly any flight is overtaken, at 9 km/s every one is."""
    scenario = load(folder / "scenario.yaml")
    slow, fast = (
        reach_pairs(scenario, "north", "forest", speed, [300.0])[0] for speed in (6300.0, 9000.0)
    )
    assert slow.overtaking <= 1
    assert (fast.overtaking, fast.before_apogee, fast.late) == (4, 4, 4)


def test_the_antimeridian_and_the_pole_are_places_like_others():
    scenario = loads(case())
    for latitude, west, east in ((70.0, -180.0, 180.0), (90.0, 0.0, 120.0), (-90.0, 10.0, -40.0)):
        places = [(math.radians(latitude), math.radians(side)) for side in (west, east)]
        here, there = (threshold(scenario, "forest", at=p, delays_s=[200.0]) for p in places)
        for a, b in zip(here, there, strict=True):
            if a.least_burnout_speed_km_s is None:
                assert b.least_burnout_speed_km_s is None
            else:
                assert a.least_burnout_speed_km_s == pytest.approx(
                    b.least_burnout_speed_km_s, rel=1e-4
                )


def test_own_sensors_give_the_launch_of_their_track(done):
    """The battery of the capital sees nothing rise on the other side of the Earth for long."""
    rows = where(done.table("reach"), timing="own-sensors", site="north", part="before-apogee")
    shown = where(rows, assumptions=ADOPTED)
    assert np.all((shown["delay_s"] > 170.0) | np.isnan(shown["delay_s"]))
    for row in reach(load(done.path / "scenario.yaml"), "forest", battery="north"):
        if row.timing == "own-sensors" and row.part == "before-apogee":
            _, base, end = row.threat.split("/")
            same = where(shown, base=base, end=end)["delay_s"][0]
            assert (row.delay_s is None) == math.isnan(same)
            assert row.delay_s is None or row.delay_s == pytest.approx(same, abs=1e-9)


def test_the_manifest_tells_what_the_tables_hold(done):
    manifest = open_run(done.path).manifest
    variant = manifest.variants[0]
    assert [g.id for g in variant.trajectories] == ["forest", "prairie"]
    assert [end.id for end in variant.trajectories[0].bases] == ["kozelsk", "tatishchevo"]
    assert variant.trajectories[0].owner == "beta"
    assert (variant.patrol_areas[0].west_deg, variant.patrol_areas[0].owner) == (
        pytest.approx(2.0), "alpha",
    )  # fmt: skip
    assert variant.batteries[0].burnout_speed_km_s == pytest.approx(6.3)
    assert manifest.reach.delays_s == (120.0, 300.0, 480.0)
    used = {i.id for i in manifest.inputs}
    assert {"missile.ss-27-mod-2.burn_time", "default.reach.burn_time"} <= used
    assert "site.kozelsk.latitude" in used
    assert json.loads((done.path / "manifest.json").read_text())["reach"]["grid_step_deg"] == 30.0
