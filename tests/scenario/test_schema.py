"""The JSON Schema says the same as the loader about form; jsonschema is the witness."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from longroad.scenario.packs import STARTER, pack_path, packs
from longroad.scenario.reader import read, read_text
from longroad.scenario.schema import claims_schema, json_schema, schema_text
from longroad.scenario.written import Head, Sections

SCHEMA = json_schema()
VALIDATOR = Draft202012Validator(SCHEMA)


def faults(text: str) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(read_text(text, "f").plain())]


def test_it_is_a_schema_and_text_is_the_same():
    Draft202012Validator.check_schema(SCHEMA)
    Draft202012Validator.check_schema(claims_schema())
    assert json.loads(schema_text()) == SCHEMA


def test_valid_scenarios_pass(valid, strategic):
    assert faults(valid) == []
    assert faults(strategic) == []
    for file in [pack_path(pack.id) for pack in packs()] + [STARTER / "scenario.yaml"]:
        assert list(VALIDATOR.iter_errors(read(file)[0].plain())) == []


def test_valid_claims_pass():
    validator = Draft202012Validator(claims_schema())
    for pack in packs():
        claims = pack.folder / "claims.yaml"
        assert list(validator.iter_errors(read(claims)[0].plain())) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("longroad: 1", "longroad: 2"),
        ("seed: 0", "seed: x"),
        ("draws: 8", "draws: 0"),
        ("map: 3", "map: 9"),
        ("launch_areas:", "lunch_areas:"),
        ("  desert:", "  The_Desert:"),
        ("[GRC, BGR]", "[greece]"),
        ("mode: launch-on-remote", "mode: remote"),
        ("number: 24", "number: 0"),
        ("minimum-energy", "minimum"),
        ("owner: coast, sensor: sensor/infrared", "sensor: sensor/infrared"),
        ("{claim: high}", "high"),
        ("status: published", "status: printed"),
        ("year: 2018", "year: later"),
        ("ship: {interceptor: interceptor/long,", "ship: {interceptr: interceptor/long,"),
        ("    sensors: {hill: null}", "    sensor: {hill: null}"),
    ],
)
def test_faults_of_form_fail_in_both(load_text, valid, old, new):
    text = valid.replace(old, new, 1)
    assert text != valid
    assert faults(text)
    with pytest.raises(Exception, match=r"case\.yaml"):
        load_text(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("trajectories:", "trajectory:"),
        ("patrol_areas:", "patrol_area:"),
        ("  near: {owner: coast,", "  Near: {owner: coast,"),
        ("from: [place/bay]", "from: place/bay"),
        ("from: [place/bay]", "from: []"),
        ("from: [place/bay]", "from: [17]"),
        ("from: [place/bay]", "from: [bay]"),
        ("from: [place/bay], ", ""),
        ("towards: [site/hill]", "to: [site/hill]"),
        (
            "longitude: 190 deg, status: published,\n      source: test-source}",
            "longitude: 190 deg}",
        ),
        ("gulf: {owner: coast, ", "gulf: {"),
        ("west: 170 deg, ", ""),
        ("{south: 30 deg, north: 40 deg, west: 170 deg, east: -170 deg}", "[30 deg, 40 deg]"),
        ("early: {title: Early,", "early: {title: Early, trajectories: {near: {frm: []}},"),
        ("draws: 8\n", "draws: 8\nheadline: [late]\n"),
    ],
)
def test_faults_of_form_of_the_strategic_sections(load_text, strategic, old, new):
    text = strategic.replace(old, new, 1)
    assert text != strategic
    assert faults(text)
    with pytest.raises(Exception, match=r"case\.yaml"):
        load_text(text)


def test_overrides_of_the_strategic_sections_pass(strategic):
    over = ", trajectories: {near: null, far: {from: [place/bay]}}, patrol_areas: null}"
    assert faults(strategic.replace(", year: 2011}", over)) == []
    moved = ", patrol_areas: {gulf: {within: {north: 45 deg}}}}"
    assert faults(strategic.replace(", year: 2011}", moved)) == []
    assert faults(strategic.replace(", year: 2011}", ", patrol_areas: {gulf: {within: 3}}}"))


def test_every_field_is_described():
    for name in [*Head.model_fields, *Sections.model_fields, "variants"]:
        assert SCHEMA["properties"][name]["description"]
    for definition in SCHEMA["$defs"].values():
        assert definition["description"]
        for name, field in definition["properties"].items():
            assert field.get("description"), name
