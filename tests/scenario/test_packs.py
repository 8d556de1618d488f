"""Ready packs load, say what they are, and a new scenario starts from a working one."""

from __future__ import annotations

import math

import numpy as np
import pytest

from longroad.base.errors import RunError, ScenarioError
from longroad.earth.borders import country_at
from longroad.earth.territories import territory_cells
from longroad.scenario.checks import check
from longroad.scenario.load import load
from longroad.scenario.packs import locate, new, pack_path, packs


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
    assert sorted(f.name for f in folder.iterdir()) == ["README.md", "claims.yaml", "scenario.yaml"]


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


def test_epaa_phases_hold_what_the_plan_says(epaa):
    phases = {variant.year: variant for variant in epaa.variants}
    assert list(phases) == [2011, 2015, 2018]
    kinds = {year: sorted({b.interceptor.id for b in v.batteries}) for year, v in phases.items()}
    assert kinds == {2011: ["sm3-ia"], 2015: ["sm3-ib"], 2018: ["sm3-ib", "sm3-iia"]}
    ashore = {y: {b.id for b in v.batteries if "ship" not in b.id} for y, v in phases.items()}
    assert ashore == {2011: set(), 2015: {"deveselu"}, 2018: {"deveselu", "redzikowo"}}
    for variant in epaa.variants:
        assert 3 <= sum("ship" in b.id for b in variant.batteries) <= 5
        assert len(variant.batteries) <= 8
        assert any(not sensor.is_radar for sensor in variant.sensors)
        assert any(sensor.id == "kurecik" for sensor in variant.sensors)
        assert len(variant.launch_areas) == 6
        ranges = [variant.of(t.missile, "maximum_range").best for t in variant.threats]
        assert ranges == [2_000_000.0, 3_000_000.0, 3_700_000.0]


def test_epaa_things_stand_where_they_should(epaa):
    variant = epaa.variant("phase-3")
    for area in variant.launch_areas:
        where = np.degrees([area.position.latitude_rad, area.position.longitude_rad])
        assert country_at(*where) == "IRN"
    for battery in variant.batteries:
        where = np.degrees([battery.position.latitude_rad, battery.position.longitude_rad])
        wanted = {"deveselu": "ROU", "redzikowo": "POL"}.get(battery.id)
        assert country_at(*where) == wanted  # None is at sea


def test_epaa_territory_is_nato_europe_of_2011(epaa):
    (party,) = epaa.variants[0].parties
    assert len(party.defends) == 26
    # Joined later, or not members: none may have slipped in.
    assert not {"FIN", "SWE", "MNE", "MKD", "UKR", "IRL", "AUT", "CHE", "CYP"} & set(party.defends)
    cells = territory_cells(party.defends, 3, party.within)
    assert set(cells.country) == set(party.defends)
    area = {code: cells.area_m2[cells.country == code].sum() / 1e9 for code in party.defends}
    # All of Turkey and Iceland (national statistics: 783 and 103 thousand km2), Norway without
    # Svalbard (324 of 385), France without its departments overseas (552 of 644).
    assert area["TUR"] == pytest.approx(783, rel=0.02)
    assert area["ISL"] == pytest.approx(103, rel=0.03)
    assert area["NOR"] == pytest.approx(324, rel=0.03)
    assert area["FRA"] == pytest.approx(552, rel=0.02)


def test_epaa_claims_come_from_more_than_one_side(epaa):
    senses = {claim.threshold.sense for claim in epaa.claims}
    assert senses == {"at_least", "at_most"}
    assert len({claim.who for claim in epaa.claims}) >= 5
    for claim in epaa.claims:
        assert claim.fixed_on > claim.date
        assert claim.note


def test_epaa_numbers_are_radians(epaa):
    for variant in epaa.variants:
        for item in (*variant.batteries, *variant.launch_areas):
            assert abs(item.position.latitude_rad) < math.pi / 2
            assert abs(item.position.longitude_rad) < math.pi / 2
