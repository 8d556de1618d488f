"""Semantic checks: a corpus in which each finds what it is named after, and what a run does."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

import longroad
from longroad.base.errors import LongroadError, ScenarioError
from longroad.earth.wgs84 import MEAN_RADIUS_M, MU_M3_S2
from longroad.flight.flyout_kernel import ascend
from longroad.scenario import ScenarioFaultsError, load, loads, packs
from longroad.study import semantic
from longroad.study.rehearsal import GENEROUS, Rehearsal, great_circle

FOLDER = Path(__file__).parent / "checks"
EXPECTED = YAML(typ="safe", pure=True).load((FOLDER / "expected.yaml").read_text("utf-8"))
SOUND = (FOLDER / "sound.yaml").read_text("utf-8")
INPUTS = "input-status"


def told(text: str) -> list:
    return [one for one in semantic.check_scenario(loads(text, "f.yaml")) if one.check != INPUTS]


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def test_every_file_has_an_expectation():
    assert {file.stem for file in FOLDER.glob("*.yaml")} - {"expected"} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_each_check_finds_what_it_is_named_after(name):
    file = FOLDER / f"{name}.yaml"
    found = [one for one in semantic.check(file) if one.check != INPUTS]
    wanted = EXPECTED[name]
    assert [(f.check, f.severity, f.line, f.field) for f in found] == [
        (w["check"], w["severity"], w["line"], w["field"]) for w in wanted
    ]
    for finding, want in zip(found, wanted, strict=True):
        assert want["says"] in " ".join(finding.text.split())
        assert finding.file == str(file)
        assert "\n" not in str(finding)
        assert str(finding).isprintable()


def test_the_corpus_has_every_check_and_severity():
    seen = {(one["check"], one["severity"]) for found in EXPECTED.values() for one in found}
    # Claims stand in a file of their own, and the too large scenario in a test below.
    elsewhere = {("claim-without-test", "warning"), ("not-rehearsed", "note"), (INPUTS, "note")}
    rest = {("stays-in-atmosphere", "note")}
    known = {(one.name, severity) for one in semantic.registry() for severity in one.severities}
    assert known - seen == elsewhere | rest
    assert seen <= known


def test_names_are_unique_and_described():
    names = [one.name for one in semantic.registry()]
    assert len(set(names)) == len(names)
    for one in semantic.registry():
        assert one.about
        assert one.name == one.name.lower()


@pytest.mark.parametrize("pack", [pack.id for pack in packs()])
def test_packs_have_notes_alone(pack):
    assert {finding.severity for finding in semantic.check(pack)} == {"note"}


def test_an_unsound_scenario_is_refused_with_all_its_errors():
    scenario = load(FOLDER / "interceptor-too-brief.yaml")
    with pytest.raises(ScenarioFaultsError) as caught:
        semantic.require_sound(scenario)
    assert caught.value.exit_status == 2
    assert (caught.value.line, caught.value.field) == (37, "batteries.ship")
    assert "flies for 50 s, no longer than it burns (65 s)" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(semantic.require_sound(load(FOLDER / "empty-threat.yaml"))) > 1


def test_no_such_file_is_an_error_not_a_finding(tmp_path):
    with pytest.raises(ScenarioError):
        semantic.check(tmp_path / "none.yaml")


# --- claims --------------------------------------------------------------------------------------

CLAIM = """\
longroad: 1
scenario: sound
claims:
  said:
    who: A tester
    said: Something was said.
    date: 2011-01
    source: nrc-2012
    measure: {%s}
    threshold: {%s}
    fixed_on: 2026-11-01
"""
COVERAGE = "outcome: engageable_area_fraction, variant: one, party: %s, missile: class-2000"
REACH = "outcome: least_burnout_speed, variant: one, trajectories: far, delay: %s, battery: ship"


def claim_findings(tmp_path: Path, text: str, measure: str, threshold: str) -> list:
    (tmp_path / "scenario.yaml").write_text(text)
    (tmp_path / "claims.yaml").write_text(CLAIM % (measure, threshold))
    return [f for f in semantic.check(tmp_path) if f.check not in (INPUTS, "idle-party")]


@pytest.mark.parametrize(
    ("pairs", "measure", "threshold", "says"),
    [
        ((), COVERAGE % "coast", "at_least: 0 %", "holds whatever the figure is"),
        ((), COVERAGE % "coast", "at_most: 100 %", "holds whatever the figure is"),
        ((), REACH % "300 s", "at_least: 0 km/s", "holds whatever the figure is"),
        ((), COVERAGE % "inland", "at_least: 5 %", "is not considered against 'inland'"),
        ((("missile/sejjil", "missile/qiam"),), COVERAGE % "coast", "at_least: 5 %",
         "reaches no part of the territory of 'coast'"),
        ((("owner: coast\n    interceptor: interceptor/sm3-ia", "owner: inland\n    interceptor: "
           "interceptor/sm3-ia"), ("    own_radar: ship-radar\n", ""),
          ("mode: launch-on-remote", "mode: engage-on-remote")), COVERAGE % "coast",
         "at_least: 5 %", "where it has no battery"),
        ((), REACH % "4000 s", "at_least: 3 km/s", "after all of its flights are over"),
        ((("missile/ss-27-mod-2", "missile/qiam"),), REACH % "300 s", "at_least: 3 km/s",
         "none of which the missile can fly"),
    ],
)  # fmt: skip
def test_claims_that_test_nothing(tmp_path, pairs, measure, threshold, says):
    found = claim_findings(tmp_path, changed(SOUND, *pairs), measure, threshold)
    (finding,) = (f for f in found if f.check == "claim-without-test")
    assert (finding.severity, finding.line, finding.field) == ("warning", 4, "claims.said")
    assert finding.file == str(tmp_path / "claims.yaml")
    assert says in finding.text


@pytest.mark.parametrize(
    ("measure", "threshold"),
    [
        (COVERAGE % "coast", "at_least: 1 %"),
        (COVERAGE % "coast", "at_most: 0 %"),
        (REACH % "300 s", "at_least: 3 km/s"),
        (REACH % "own-sensors", "at_most: 3 km/s"),
    ],
)
def test_claims_that_test_something(tmp_path, measure, threshold):
    assert claim_findings(tmp_path, SOUND, measure, threshold) == []


# --- what a run would do is what a check says ----------------------------------------------------


def test_rehearsal_and_flights_agree():
    text = changed(SOUND, ("[site/end-athens]", "[site/end-athens, site/end-washington]"))
    text = changed(text, ("missile/ss-27-mod-2", "missile/notional-3000"))
    rehearsal = Rehearsal(loads(text, "f.yaml"))
    (group,) = rehearsal.groups(rehearsal.scenario.variants[0])
    # Kozelsk and Tatishchevo to Athens, within 3,000 km; to Washington, not.
    assert dict(zip(group.job.pairs, group.found.within.tolist(), strict=True)) == {
        ("kozelsk", "end-athens", "minimum-energy"): True,
        ("kozelsk", "end-washington", "minimum-energy"): False,
        ("tatishchevo", "end-athens", "minimum-energy"): True,
        ("tatishchevo", "end-washington", "minimum-energy"): False,
    }
    (finding,) = told(text)
    assert finding.text.startswith("Of the 4 trajectories of 'far', 2 are beyond")


def test_generous_numbers_see_no_less():
    rehearsal = Rehearsal(loads(SOUND, "f.yaml"))
    best, generous = rehearsal.best, rehearsal.generous
    assert generous.plan is best.plan
    for index in range(len(best.plan.tracks)):
        seen = np.isfinite(best.track(index).quality_s)
        assert np.all(np.isfinite(generous.track(index).quality_s)[seen])
    names = [quantity.id.rpartition(".")[2] for quantity in best.plan.quantities]
    moved = [(n, a, b) for n, a, b in zip(names, best.row, generous.row, strict=True) if a != b]
    assert {name for name, _, _ in moved} <= set(GENEROUS)
    assert all((after > before) == (GENEROUS[name] > 0) for name, before, after in moved)
    # The greatest of the rival claims about the forward radar, 2,000 km (uscc-2016).
    assert ("reference_range", 1.5e6, 2e6) in moved


def test_a_scenario_too_large_says_so(monkeypatch):
    monkeypatch.setattr("longroad.study.rehearsal.MOST_WORK", 1)
    assert Rehearsal(loads(SOUND, "f.yaml")).resolution is None
    assert [(f.check, f.severity) for f in told(SOUND)] == [("not-rehearsed", "note")]


def test_a_scenario_with_too_much_to_plan_says_so(monkeypatch):
    scenario = loads(SOUND, "f.yaml")
    # One battery, a threat to its owner and a group of trajectories, two radars; two variants.
    monkeypatch.setattr("longroad.study.rehearsal.MOST_PLANNED", 1 * 2 * (1 + 2) * 2)
    assert Rehearsal(scenario).resolution == 2
    monkeypatch.setattr("longroad.study.rehearsal.MOST_PLANNED", 1 * 2 * (1 + 2) * 2 - 1)
    assert Rehearsal(scenario).resolution is None


def test_a_large_scenario_is_rehearsed_on_a_coarser_grid(monkeypatch):
    scenario = loads(changed(SOUND, ("ensemble: 2, map: 2", "ensemble: 3, map: 3")), "f.yaml")
    rehearsal = Rehearsal(scenario)
    assert rehearsal.resolution == 3
    work = rehearsal._work(3)
    monkeypatch.setattr("longroad.study.rehearsal.MOST_WORK", work - 1)
    assert Rehearsal(scenario).resolution == 2


@pytest.mark.parametrize("speed_km_s", [0.5, 0.8, 1.0, 1.2, 1.6])
def test_the_climb_is_that_of_a_vertical_shot(speed_km_s):
    """Energy from burnout to apogee on a sphere at rest, against the check's integration."""
    speed, burn, fraction = 1e3 * speed_km_s, 65.0, 0.5
    start = MEAN_RADIUS_M + fraction * speed * burn
    top = 1.0 / (1.0 / start - 0.5 * speed**2 / MU_M3_S2) - MEAN_RADIUS_M
    found = ascend(MU_M3_S2, MEAN_RADIUS_M, speed, burn, fraction, 1e4, math.inf, 4.0)
    # Steps of 4 s miss the very top by at most g (4 s)^2 / 8.
    assert found == pytest.approx(top, abs=25.0)


@settings(max_examples=40, deadline=None)
@given(*(st.floats(-1.5, 1.5), st.floats(-3.1, 3.1)) * 2)
def test_great_circle_is_symmetric_and_bounded(lat1, lon1, lat2, lon2):
    angle = great_circle((lat1, lon1), (lat2, lon2))
    assert 0.0 <= angle <= math.pi
    assert angle == pytest.approx(great_circle((lat2, lon2), (lat1, lon1)), abs=1e-12)
    a, b = (
        np.array([math.cos(p) * math.cos(q), math.cos(p) * math.sin(q), math.sin(p)])
        for p, q in ((lat1, lon1), (lat2, lon2))
    )
    assert math.cos(angle) == pytest.approx(float(a @ b), abs=1e-12)


# --- places and parties --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("box", "sea"),
    [
        ("south: -5 deg, north: 5 deg, west: 179 deg, east: -179 deg", True),
        ("south: 85 deg, north: 90 deg, west: -180 deg, east: 180 deg", True),
        ("south: -90 deg, north: -87 deg, west: -180 deg, east: 180 deg", False),
        ("south: 66.5 deg, north: 68 deg, west: 178 deg, east: -178 deg", False),
        ("south: 66.5 deg, north: 72 deg, west: 178 deg, east: -178 deg", True),
        ("south: 41 deg, north: 44 deg, west: 49 deg, east: 52 deg", True),  # the Caspian
        ("south: 44 deg, north: 47 deg, west: 0 deg, east: 5 deg", False),
        ("south: 44 deg, north: 47 deg, west: 355 deg, east: 5 deg", True),  # Biscay
    ],
)
def test_patrol_areas_with_and_without_sea(box, sea):
    text = changed(SOUND, ("south: 50 deg, north: 55 deg, west: 175 deg, east: -175 deg", box))
    assert [f.check for f in told(text)] == ([] if sea else ["patrol-area-without-sea"])


@pytest.mark.parametrize("place", [(90.0, 0.0), (-90.0, 0.0), (66.0, 180.0), (0.0, -180.0)])
def test_bases_at_poles_and_on_the_antimeridian(place):
    position = "{latitude: %s deg, longitude: %s deg, status: judgement, author: A, reason: b}"
    text = changed(SOUND, ("site/tatishchevo]", position % place + "]"))
    names = {f.check for f in told(text)}
    assert names <= {"land-asset-at-sea", "out-of-range", "shape-without-flight"}


def swapped(text: str) -> str:
    for old, new in (("coast", "@"), ("inland", "coast"), ("@", "inland")):
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("name", ["sound", "blind-battery", "empty-threat", "end-is-base"])
def test_swapping_two_parties_swaps_the_findings(name):
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    first = semantic.check_scenario(loads(text, "f.yaml"))
    second = semantic.check_scenario(loads(swapped(text), "f.yaml"))
    assert [(f.check, f.severity, f.line, f.variants, swapped(f.text)) for f in first] == [
        (f.check, f.severity, f.line, f.variants, f.text) for f in second
    ]


PACT = """\
agreements:
  pact:
    members: [coast, inland]
    ground: {status: judgement, author: A tester, reason: made up}
    provisions: {}
"""


def agreed(name: str) -> str:
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    return changed(text, ("variants:\n", f"{PACT}variants:\n"))


def test_partners_may_cue_and_use():
    eye = "  eye: {owner: inland, sensor: sensor/gbx, at: site/kurecik, facing: 110 deg}\n"
    cued = changed(agreed("battery-without-cue"), ("sensors:\n", f"sensors:\n{eye}"))
    alone = changed(cued, (PACT, ""))
    assert {f.check for f in told(alone)} == {"battery-without-cue", "unused-sensor"}
    assert told(cued) == []
    assert told(agreed("unused-sensor")) == []
    assert told(changed(agreed("idle-party"), ("[coast, inland]", "[coast, nobody]"))) == []


def test_a_battery_that_is_blind_alone_is_a_note_among_partners():
    (finding,) = (f for f in told(agreed("blind-battery")) if f.check == "blind-battery")
    assert finding.severity == "note"
    assert "Without its partners" in finding.text


def test_variants_that_differ_in_an_agreement_differ():
    text = changed(agreed("same-variant"), ("year: 1999", "year: 1999, agreements: {pact: null}"))
    assert told(text) == []


def test_more_missiles_and_sensors_make_no_new_emptiness():
    """A stronger missile empties nothing; a battery that is cued stays so with another radar."""
    weak = {f.check for f in told((FOLDER / "empty-threat.yaml").read_text("utf-8"))}
    strong = {f.check for f in told(SOUND)}
    assert "empty-threat" in weak - strong
    blind = (FOLDER / "blind-battery.yaml").read_text("utf-8")
    eye = "  eye: {owner: coast, sensor: sensor/an-tpy-2-forward, at: place/hill, facing: 80 deg}\n"
    found = {f.check for f in told(changed(blind, ("sensors:\n", f"sensors:\n{eye}")))}
    assert "blind-battery" not in found


NUMBERS = [
    "interceptor.sm3-ia.burnout_speed: {best: %s km/s, %s}",
    "interceptor.sm3-ia.burn_time: {best: %s s, %s}",
    "interceptor.sm3-ia.minimum_intercept_altitude: {best: %s km, %s}",
    "missile.ss-27-mod-2.burnout_altitude: {best: %s km, %s}",
    "missile.ss-27-mod-2.burn_time: {best: %s s, %s}",
    "missile.sejjil.maximum_range: {best: %s km, %s}",
    "missile.sejjil.radar_cross_section: {best: %s m2, %s}",
    "sensor.an-tpy-2-forward.reference_range: {best: %s km, %s}",
    "sensor.an-tpy-2-forward.reference_cross_section: {best: %s m2, %s}",
    "sensor.an-tpy-2-forward.azimuth_width: {best: %s deg, %s}",
    "default.reach.floor: {best: %s km, %s}",
    "default.reach.patrol_step: {best: %s deg, %s}",
    "default.reach.delay_step: {best: %s s, %s}",
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(NUMBERS), st.sampled_from(["0", "1e-9", "0.5", "90", "359", "1e5", "1e9"]))
def test_any_number_is_checked_or_refused_in_words(number, value):
    fixed = "status: reported, source: nrc-2012"
    text = changed(SOUND, ("variants:\n", f"  {number % (value, fixed)}\nvariants:\n"))
    try:
        found = semantic.check_scenario(loads(text, "f.yaml"))
    except LongroadError as fault:
        assert str(fault).startswith("f.yaml")
    else:
        for finding in found:
            assert finding.line
            assert "nan" not in finding.text.split()


# --- before a run --------------------------------------------------------------------------------


def test_a_run_is_refused_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioFaultsError, match="a trajectory needs two places"):
        longroad.run(FOLDER / "end-is-base.yaml")
    assert list(tmp_path.iterdir()) == []


def test_a_run_hands_on_what_the_checks_find(tmp_path, command_in):
    command = command_in(tmp_path)
    refused = command("run", str(FOLDER / "end-at-antipode.yaml"), "--json")
    assert (refused.status, refused.out) == (2, "")
    assert "lies opposite the base 'kozelsk'" in refused.err
    assert refused.err.count("\n") == 1
    done = command("run", str(FOLDER / "empty-threat.yaml"), "--draws", "2", "--json")
    assert done.status == 0
    assert done.json["id"] == "sound"
    # A warning, no note.
    assert done.err.count("\n") == 1
    assert "within range of the threat 'class-2000'" in done.err


def test_check_says_all_at_once(tmp_path, command_in):
    command = command_in(tmp_path)
    found = command("check", str(FOLDER / "end-at-antipode.yaml"), "--json")
    assert found.status == 2
    assert set(found.json) == {"file", "sound", "findings"}
    assert found.json["sound"] is False
    names = [one["check"] for one in found.json["findings"]]
    assert names == ["end-at-antipode", "shape-without-flight", INPUTS, INPUTS]
    spoken = command("check", str(FOLDER / "blind-battery.yaml"))
    assert spoken.status == 0
    assert "[blind-battery; in one, two]" in spoken.out
    assert spoken.err == ""
