"""Ready packs load, say what they are, and a new scenario starts from a working one."""

from __future__ import annotations

import math
from dataclasses import fields

import numpy as np
import pytest

from longroad.base.errors import RunError, ScenarioError
from longroad.earth.borders import country_at
from longroad.earth.geodesic import ground_range
from longroad.earth.territories import territory_cells
from longroad.scenario.checks import check
from longroad.scenario.load import load
from longroad.scenario.packs import locate, new, pack_path, packs
from longroad.scenario.world import Party


@pytest.mark.parametrize("pack", packs(), ids=[pack.id for pack in packs()])
def test_a_pack_loads_and_has_no_warnings(pack):
    scenario = load(pack.id)
    assert scenario.id == pack.id
    assert scenario.title == pack.title
    assert pack.question.endswith("?")
    assert (pack.folder / "README.md").is_file()
    assert {finding.severity for finding in check(pack.id)} <= {"note"}
    assert scenario.claims


def test_an_unknown_pack_has_a_nearest():
    with pytest.raises(ScenarioError) as caught:
        pack_path("epaa2011")
    assert caught.value.nearest == "epaa-2011"
    with pytest.raises(ScenarioError) as caught:
        locate("epaa-2012")
    assert caught.value.nearest == "epaa-2011"
    assert "neither a file nor a pack" in caught.value.what


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000, "/", "~", "no/such/folder/x.yaml"])
def test_odd_names_are_refused_in_words(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError):
        load(name)


def test_a_new_scenario_loads_and_is_checked_without_warnings(tmp_path):
    folder = new(tmp_path / "mine")
    scenario = load(folder)
    assert scenario.file == str(folder / "scenario.yaml")
    assert [v.id for v in scenario.variants] == ["with-forward-radar", "ship-alone"]
    assert {finding.severity for finding in check(folder)} <= {"note"}
    text = (folder / "scenario.yaml").read_text(encoding="utf-8")
    assert sum("#" in line for line in text.splitlines()) > 10


def test_a_copy_of_a_pack_is_the_pack(tmp_path):
    folder = new(tmp_path / "copy", pack="epaa-2011")
    assert load(folder) == load("epaa-2011")
    assert sorted(f.name for f in folder.iterdir()) == [
        "README.md", "claims.yaml", "negotiation.yaml", "scenario.yaml",
    ]  # fmt: skip


def test_new_refuses_to_overwrite(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep me")
    with pytest.raises(RunError, match="not empty"):
        new(tmp_path / "mine")
    assert [f.name for f in tmp_path.rglob("*") if f.is_file()] == ["notes.txt"]
    (tmp_path / "file").write_text("keep me too")
    with pytest.raises(RunError):
        new(tmp_path / "file")
    with pytest.raises(ScenarioError):
        new(tmp_path / "other", pack="nothing")
    assert not (tmp_path / "other").exists()


def test_a_local_folder_comes_before_a_pack_of_the_same_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    new("epaa-2011")
    assert load("epaa-2011").id == "my-first-scenario"


# --- the flagship pack against what is known of it without Longroad -----------------------------


@pytest.fixture(scope="module")
def epaa():
    return load("epaa-2011")


@pytest.fixture(scope="module")
def nato(epaa):
    return next(party for party in epaa.variants[0].parties if party.id == "nato")


def _degrees(position):
    return np.degrees([position.latitude_rad, position.longitude_rad])


def _distance_m(a, b):
    return float(ground_range(a.latitude_rad, a.longitude_rad, b.latitude_rad, b.longitude_rad))


def _nato_batteries(variant):
    return [battery for battery in variant.batteries if battery.owner.id == "nato"]


def test_epaa_variants_hold_what_the_plans_say(epaa):
    assert epaa.headline == "phase-3"
    kinds = {v.id: sorted({b.interceptor.id for b in _nato_batteries(v)}) for v in epaa.variants}
    assert kinds == {
        "phase-1": ["sm3-ia"],
        "phase-2": ["sm3-ib"],
        "phase-3": ["sm3-ib", "sm3-iia"],
        "phase-4": ["sm3-ib", "sm3-iia", "sm3-iib"],
        "ships-north": ["sm3-ib", "sm3-iia"],
        "third-site-2007": ["gbi-two-stage"],
    }
    ashore = {v.id: {b.id for b in _nato_batteries(v) if "ship" not in b.id} for v in epaa.variants}
    assert ashore == {
        "phase-1": set(),
        "phase-2": {"deveselu"},
        "phase-3": {"deveselu", "redzikowo"},
        "phase-4": {"deveselu", "redzikowo"},
        "ships-north": {"deveselu", "redzikowo"},
        "third-site-2007": {"third-site-poland"},
    }
    years = {variant.id: variant.year for variant in epaa.variants}
    assert (years["phase-1"], years["phase-2"], years["phase-3"]) == (2011, 2015, 2018)
    third = epaa.variant("third-site-2007")
    assert [b.number for b in _nato_batteries(third)] == [10]
    radars = [s.id for s in third.sensors if s.owner.id == "nato" and s.is_radar]
    assert radars == ["kurecik", "czech-radar"]
    for variant in epaa.variants:
        ships = sum("ship" in battery.id for battery in variant.batteries)
        assert ships in {"third-site-2007": (0,), "ships-north": (6,)}.get(variant.id, (3, 4))
        assert len(_nato_batteries(variant)) <= 8
        assert any(not s.is_radar and s.owner.id == "nato" for s in variant.sensors)
        assert any(sensor.id == "kurecik" for sensor in variant.sensors)


def test_epaa_considers_four_classes_in_two_shapes(epaa):
    # Apogees of least-energy flights over 2,000, 3,000 and 10,000 km: V2 = (mu/R) 2 s / (1 + s),
    # s = sin(half the range angle), Bate, Mueller and White (1971), chapter 6.
    least = {2_000e3: 459e3, 3_000e3: 655e3, 3_700e3: 776e3, 10_000e3: 1_319e3}
    for variant in epaa.variants:
        assert len(variant.launch_areas) == 6
        ranges = [variant.of(t.missile, "maximum_range").best for t in variant.threats]
        assert ranges == list(least)
        for threat, reach in zip(variant.threats, ranges, strict=True):
            plain, lofted = threat.shapes
            assert plain.kind == "minimum-energy"
            assert lofted.kind == "apogee"
            # The file says: half as high again, rounded.
            assert lofted.value == pytest.approx(1.5 * least[reach], rel=0.03)
            assert threat.launch_areas == variant.launch_areas
            # Agreements are compared in phase III, and there each party is asked alike.
            both = variant.id == "phase-3" and reach <= 3_000e3
            wanted = ["nato", "russia"] if both else ["nato"]
            assert [party.id for party in threat.against] == wanted


def test_epaa_things_stand_where_they_should(epaa):
    at_home = {
        "deveselu": "ROU", "redzikowo": "POL", "third-site-poland": "POL", "fort-greely": "USA",
        "vandenberg": "USA", "moscow-a-135": "RUS", "moscow-s-400": "RUS", "moscow-s-500": "RUS",
    }  # fmt: skip
    for variant in epaa.variants:
        for area in variant.launch_areas:
            assert country_at(*_degrees(area.position)) == "IRN"
        for battery in variant.batteries:
            # A ship lies in no country: at sea.
            assert country_at(*_degrees(battery.position)) == at_home.get(battery.id)


def test_epaa_territory_is_nato_europe_of_2011(epaa, nato):
    assert len(nato.defends) == 26
    assert all(not party.defends for party in epaa.variants[0].parties if party.id != "nato")
    # Joined later, or not members: none may have slipped in.
    assert not {"FIN", "SWE", "MNE", "MKD", "UKR", "IRL", "AUT", "CHE", "CYP"} & set(nato.defends)
    cells = territory_cells(nato.defends, 3, nato.within)
    assert set(cells.country) == set(nato.defends)
    area = {code: cells.area_m2[cells.country == code].sum() / 1e9 for code in nato.defends}
    # All of Turkey and Iceland (national statistics: 783 and 103 thousand km2), Norway without
    # Svalbard (324 of 385), France without its departments overseas (552 of 644).
    assert area["TUR"] == pytest.approx(783, rel=0.02)
    assert area["ISL"] == pytest.approx(103, rel=0.03)
    assert area["NOR"] == pytest.approx(324, rel=0.03)
    assert area["FRA"] == pytest.approx(552, rel=0.02)


# The state that owns the missiles, as the borders and the catalogue spell it.
HOMES = {
    "russia": "RUS", "united-states": "USA", "france": "FRA", "united-kingdom": "GBR",
    "china": "CHN",
}  # fmt: skip


def test_epaa_strategic_flights_start_at_home_and_end_elsewhere(epaa):
    variant = epaa.variant("phase-3")
    groups = variant.trajectories
    assert {group.owner.id for group in groups} == set(HOMES)
    assert sum(len(g.bases) * len(g.ends) * len(g.shapes) for g in groups) == 61
    for group in groups:
        home = HOMES[group.owner.id]
        assert group.missile.country == home
        for base in group.bases:
            submarine = base.id.startswith("submarines-")
            assert country_at(*_degrees(base.position)) == (None if submarine else home)
        for end in group.ends:
            assert country_at(*_degrees(end.position)) not in {None, home}
            assert end.position.reference == f"site/{end.id}"


def test_epaa_strategic_flights_are_within_their_missiles_range(epaa):
    variant = epaa.variant("phase-3")
    for group in variant.trajectories:
        farthest = variant.of(group.missile, "maximum_range").best
        for base in group.bases:
            for end in group.ends:
                assert 1_500e3 < _distance_m(base.position, end.position) < farthest


def bare(things):
    """Things by their fields, parties by id: in phase III Russia defends a territory too."""

    def field(value):
        return value.id if isinstance(value, Party) else value

    kept = [
        f.name for f in fields(things[0]) if f.compare and f.name not in ("against", "own_radar")
    ]
    return [{name: field(getattr(thing, name)) for name in kept} for thing in things]


def test_epaa_has_the_same_forces_in_every_variant(epaa):
    first = epaa.variants[0]
    for variant in epaa.variants[1:]:
        assert bare(variant.trajectories) == bare(first.trajectories)
        assert bare(variant.patrol_areas) == bare(first.patrol_areas)
        assert bare(variant.threats) == bare(first.threats)
        homes = [b for b in variant.batteries if b.owner.id != "nato"]
        assert bare(homes) == bare([b for b in first.batteries if b.owner.id != "nato"])


def test_epaa_patrol_areas_hold_their_reference_points(epaa):
    variant = epaa.variant("ships-north")
    areas = {area.id: area.within for area in variant.patrol_areas}
    points = {
        "barents-sea": "ship-barents", "norwegian-sea": "ship-norwegian-sea",
        "baltic": "ship-baltic", "eastern-mediterranean": "ship-eastern-mediterranean",
    }  # fmt: skip
    batteries = {battery.id: battery.position for battery in variant.batteries}
    for area, battery in points.items():
        box, here = areas[area], batteries[battery]
        assert box.south_rad < here.latitude_rad < box.north_rad
        assert box.west_rad < here.longitude_rad < box.east_rad
    assert [id for id, box in areas.items() if box.west_rad > box.east_rad] == [
        "north-west-pacific"
    ]


def test_epaa_claims_come_from_more_than_one_side(epaa):
    senses = {claim.threshold.sense for claim in epaa.claims}
    assert senses == {"at_least", "at_most"}
    assert len({claim.who for claim in epaa.claims}) >= 10
    for claim in epaa.claims:
        assert claim.date is None or claim.fixed_on > claim.date
        assert claim.note


def test_epaa_claims_about_reach_face_each_other(epaa):
    """Who says "cannot" and who says "can" is tested by the same measure, at the same time."""
    claims = {claim.id: claim for claim in epaa.claims}
    pairs = [
        ("mda-2007-cannot-reach", "podvig-2007-technically-wrong"),
        ("rand-2015-no-threat", "emelyanov-2017-early"),
        ("rand-2015-no-threat", "patrushev-2012-part-of"),
    ]
    for no, yes in pairs:
        one, other = claims[no], claims[yes]
        assert (one.threshold.sense, other.threshold.sense) == ("at_most", "at_least")
        assert one.measure.trajectories == other.measure.trajectories
        assert one.measure.delay_s == other.measure.delay_s == 300.0
    assert claims["mda-2007-cannot-reach"].measure.speed_m_s is None
    assert claims["postol-2007-can-reach"].measure.speed_m_s == pytest.approx(9000.0)


def test_epaa_numbers_are_radians(epaa):
    for variant in epaa.variants:
        ends = [end for group in variant.trajectories for end in (*group.bases, *group.ends)]
        for item in (*variant.batteries, *variant.launch_areas, *ends):
            assert abs(item.position.latitude_rad) < math.pi / 2
            assert abs(item.position.longitude_rad) <= math.pi
