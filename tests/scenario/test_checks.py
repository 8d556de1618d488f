"""Each check finds what it is named after, and nothing in a scenario that is in order."""

from __future__ import annotations

import pytest

from longroad.base.errors import ScenarioError
from longroad.scenario.checks import CHECKS, check, check_scenario


def findings(load_text, text: str) -> dict[str, list]:
    found: dict[str, list] = {}
    for finding in check_scenario(load_text(text)):
        found.setdefault(finding.check, []).append(finding)
    return found


@pytest.fixture
def tidy(valid) -> str:
    """The valid scenario without what its findings are about."""
    text = valid.replace("    sensors: {hill: null}\n", "")
    return text.replace("  desert: {name: The desert}\n", "")


def test_a_tidy_scenario_has_notes_alone(load_text, tidy):
    found = findings(load_text, tidy)
    # The coast's radar is hosted in Turkey, its battery in Romania.
    assert set(found) == {"input-status", "asset-outside-territory"}
    assert {each.severity for all in found.values() for each in all} == {"note"}


def test_battery_without_cue(load_text, tidy):
    text = tidy.replace("    title: Late\n", "    title: Late\n    sensors: {hill: null}\n")
    (finding,) = findings(load_text, text)["battery-without-cue"]
    assert finding.variants == ("late",)
    assert finding.severity == "warning"
    assert finding.field == "batteries.ship"
    assert "'ship' fires by engage-on-remote" in finding.text


def test_an_organic_battery_needs_no_cue(load_text, tidy):
    text = tidy.replace("mode: launch-on-remote", "mode: organic")
    text = text.replace(
        "{title: Early, year: 2011}", "{title: Early, year: 2011, sensors: {hill: null}}"
    )
    assert "battery-without-cue" not in findings(load_text, text)


def test_launch_area_inside_territory(load_text, tidy):
    athens = "latitude: 38.0 deg, longitude: 23.7 deg"
    text = tidy.replace("latitude: 36 deg, longitude: 50 deg", athens)
    (finding,) = findings(load_text, text)["launch-area-inside-territory"]
    assert "lies in GRC" in finding.text
    assert finding.line == 1 + text[: text.index("  north:")].count("\n")
    assert finding.variants == ("early", "late")


def test_threat_and_battery_for_nothing(load_text, tidy):
    text = tidy.replace("defends: [GRC, BGR]", "defends: []")
    found = findings(load_text, text)
    assert len(found["threat-against-nothing"]) == 1
    assert {f.field for f in found["asset-for-nothing"]} == {
        "batteries.ship",
        "variants.late.batteries.land",
    }


def test_unused_launch_area_and_sensor(load_text, valid):
    text = valid.replace(
        "sensors:\n", "sensors:\n  lone: {owner: desert, sensor: sensor/infrared}\n", 1
    )
    text = text.replace("launch_areas:\n", "launch_areas:\n  south: {at: site/plain}\n")
    found = findings(load_text, text)
    assert "'south'" in found["unused-launch-area"][0].text
    assert "'lone'" in found["unused-sensor"][0].text
    assert "idle-party" not in found


def test_idle_party(load_text, valid):
    (finding,) = findings(load_text, valid)["idle-party"]
    assert "'desert'" in finding.text
    assert finding.severity == "note"


def test_own_radar_elsewhere(load_text, tidy):
    text = tidy.replace(
        "sensor: sensor/ship-radar, at: place/bay", "sensor: sensor/ship-radar, at: site/plain"
    )
    (finding,) = findings(load_text, text)["own-radar-elsewhere"]
    assert "'ship-radar'" in finding.text


def test_same_variant(load_text, tidy):
    text = tidy + "  again: {title: The same again, year: 1999}\n"
    (finding,) = findings(load_text, text)["same-variant"]
    assert "'again' changes nothing with respect to 'early'" in finding.text
    assert finding.line == text.count("\n")


def test_outside_catalog_interval(load_text, tidy):
    speed = "{best: 6 km/s, low: 5 km/s, high: 7 km/s, status: reported, source: other-source}"
    text = tidy.replace("variants:\n", f"  interceptor.short.burnout_speed: {speed}\nvariants:\n")
    (finding,) = findings(load_text, text)["outside-catalog-interval"]
    assert "6 km/s (5 to 7)" in finding.text
    assert "3 km/s (3 to 3.5)" in finding.text
    assert finding.field == "assume.interceptor.short.burnout_speed"


def test_input_status_counts_what_a_variant_rests_on(load_text, tidy):
    early = findings(load_text, tidy)["input-status"][0]
    # By hand: missile 1, launch area 2, infrared 1, forward radar 4 and its site 2, ship radar 2,
    # place 2 (once for radar and ship), interceptor 3, default 1.
    assert early.text.startswith(
        "Variant 'early' rests on 18 numbers: 2 published, 0 reported, 2 j"
    )


def test_a_file_that_does_not_load_gives_all_its_faults(tmp_path, catalog, valid):
    file = tmp_path / "bad.yaml"
    file.write_text(valid.replace("seed: 0", "seed: x").replace("[north]", "[nroth]"))
    first, second = check(file, catalog=catalog)
    assert (first.check, first.severity, first.line) == ("form", "error", 6)
    assert second.line == 19
    assert "did you mean 'north'?" in second.text
    assert str(first) == (
        f"error: {file}, line 6, field 'seed': 'x' is not a whole number; "
        "expected a whole number from 0 to 9,007,199,254,740,991"
    )
    file.write_text("a: [")
    (only,) = check(file, catalog=catalog)
    assert only.severity == "error"


def test_no_such_file_is_an_error_not_a_finding(tmp_path):
    with pytest.raises(ScenarioError):
        check(tmp_path / "none.yaml")


def test_every_check_is_described():
    for name, each in CHECKS.items():
        assert each.name == name
        assert each.about
        assert each.severities
