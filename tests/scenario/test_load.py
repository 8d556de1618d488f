"""From text to typed objects: references, positions, assumptions, and any mutation of a file."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import CatalogError, LongroadError, ScenarioError
from longroad.base.quantity import Disputed, Status
from longroad.earth.countries import country_names
from longroad.scenario.load import load, loads


def test_the_few_lines_a_user_writes(load_text, valid):
    scenario = load_text(valid)
    early, late = scenario.variants
    assert (scenario.id, scenario.seed, scenario.draws) == ("test-case", 0, 8)
    assert (scenario.grid.ensemble, scenario.grid.map) == (2, 3)
    assert scenario.naming == "shown"
    assert scenario.source_text == valid
    assert (early.id, early.title, early.year) == ("early", "Early", 2011)
    assert [battery.id for battery in late.batteries] == ["ship", "land"]
    threat = early.threats[0]
    assert threat.missile.reference == "missile/far"
    assert threat.launch_areas == early.launch_areas
    assert threat.against[0] is early.parties[0]
    assert [shape.id for shape in threat.shapes] == ["minimum-energy", "apogee-900-km"]
    assert threat.shapes[1].value == 900_000.0
    ship = early.batteries[0]
    assert ship.own_radar is early.sensors[2]
    assert ship.position.latitude_rad == math.radians(36.0)
    assert ship.position.reference == "place/bay"
    assert ship.position.latitude.status is Status.JUDGEMENT
    assert early.sensors[1].facing_rad == pytest.approx(math.radians(110.0), abs=1e-15)
    assert early.sensors[0].position is None
    assert not early.sensors[0].is_radar


def test_without_variants_there_is_one_called_base(load_text, valid):
    scenario = load_text(valid[: valid.index("variants:")])
    assert [(v.id, v.title) for v in scenario.variants] == [("base", "A test case")]


def test_an_unknown_variant_has_a_nearest(load_text, valid):
    with pytest.raises(ScenarioError) as caught:
        load_text(valid).variant("erly")
    assert caught.value.nearest == "early"


def test_assume_is_asked_before_the_catalogue(load_text, valid):
    speed = "{best: 4 km/s, low: 3 km/s, high: 5 km/s, status: reported, source: other-source}"
    text = valid.replace(
        "    title: Late\n",
        f"    title: Late\n    assume: {{interceptor.long.burnout_speed: {speed}}}\n",
    )
    early, late = load_text(text).variants
    missile, battery = late.threats[0].missile, late.batteries[0]
    assert late.of(battery.interceptor, "burnout_speed").best == 4000.0
    assert early.quantity("interceptor.long.burnout_speed").best == 4500.0
    assert late.of(missile, "maximum_range").best == 3_000_000.0
    with pytest.raises(CatalogError):
        late.quantity("interceptor.long.colour")


def test_picking_a_claim_keeps_its_rivals(load_text, valid):
    early = load_text(valid).variants[0]
    quantity = early.quantity("sensor.forward-radar.reference_range")
    assert isinstance(quantity, Disputed)
    assert quantity.adopted == "high"
    assert quantity.claims == ("low", "high")


def test_a_whole_dispute_can_be_replaced(load_text, valid):
    rival = "best: {0} km/s, status: reported, source: other-source, claimant: Someone"
    dispute = (
        "  interceptor.short.burnout_speed:\n    disputed:\n"
        f"      - {{claim: slow, {rival.format(3)}}}\n"
        f"      - {{claim: fast, {rival.format(5)}}}\n"
        "    adopted: fast\n"
    )
    scenario = load_text(valid.replace("variants:\n", f"{dispute}variants:\n"))
    quantity = scenario.variants[0].quantity("interceptor.short.burnout_speed")
    assert isinstance(quantity, Disputed)
    assert quantity.adopted_quantity.best == 5000.0


def test_named_assumption_sets(load_text, valid):
    text = valid + (
        "assumptions:\n  cautious:\n    name: Cautious\n    held_by: desert\n    mode: attributed\n"
        "    set:\n      sensor.forward-radar.reference_range: {claim: low}\n"
    )
    variant = load_text(text).variants[0]
    (held,) = variant.assumptions
    assert (held.held_by.id, held.mode) == ("desert", "attributed")
    radar = "sensor.forward-radar.reference_range"
    assert variant.quantity(radar, held=held).adopted == "low"
    assert variant.quantity(radar).adopted == "high"


@pytest.mark.parametrize(
    ("written", "degrees"),
    [("-180 deg", -180), ("180 deg", -180), ("359 deg", -1), ("190 deg", -170), ("0 deg", 0)],
)
def test_longitudes_are_normalised(load_text, valid, written, degrees):
    text = valid.replace("longitude: 50 deg", f"longitude: {written}")
    area = load_text(text).variants[0].launch_areas[0]
    assert area.position.longitude_rad == pytest.approx(math.radians(degrees), abs=1e-12)
    assert -math.pi <= area.position.longitude_rad < math.pi


@pytest.mark.parametrize("written", ["90 deg", "-90 deg"])
def test_poles_are_on_the_earth(load_text, valid, written):
    text = valid.replace("latitude: 36 deg, longitude: 50", f"latitude: {written}, longitude: 50")
    area = load_text(text).variants[0].launch_areas[0]
    assert abs(area.position.latitude_rad) == math.pi / 2


def test_a_box_may_cross_the_antimeridian(load_text, valid):
    box = "within: {south: -20 deg, north: -10 deg, west: 170 deg, east: 190 deg}"
    text = valid.replace("defends: [GRC, BGR]", f"defends: [FJI], {box}")
    within = load_text(text).variants[0].parties[0].within
    assert within.west_rad > within.east_rad
    assert within.east_rad == pytest.approx(math.radians(-170))


def test_a_territory_of_too_many_cells_says_how_many(load_text, valid):
    world = ", ".join(country_names())
    text = valid.replace("[GRC, BGR]", f"[{world}]")
    with pytest.raises(ScenarioError) as caught:
        load_text(text.replace("map: 3", "map: 4"))
    assert caught.value.field == "grid.map"
    assert "would be 92," in caught.value.what
    assert caught.value.expected.startswith("at most 60,000")
    many = ", ".join(f"{{apogee: {900 + n} km}}" for n in range(12))
    areas = "".join(f"  area-{n}: {{at: site/plain}}\n" for n in range(40))
    text = text.replace("{apogee: 900 km}", many[: many.index("}, {apogee: 911")] + "}")
    text = text.replace("threats:\n", f"{areas}threats:\n")
    text = text.replace("[north]", "[north, " + ", ".join(f"area-{n}" for n in range(40)) + "]")
    with pytest.raises(ScenarioError, match=r"would make \d,\d{3},\d{3} trajectories"):
        load_text(text)


def test_one_claim_for_latitude_and_longitude(load_text, valid):
    text = valid.replace("{claim: high}", "{claim: high}\n  site.hill.latitude: {claim: b}")
    with pytest.raises(ScenarioError, match="latitude of site/hill is b's and the longitude a's"):
        load_text(text)
    both = text.replace("variants:\n", "  site.hill.longitude: {claim: b}\nvariants:\n")
    hill = load_text(both).variants[0].sensors[1]
    assert hill.position.latitude_rad == pytest.approx(math.radians(37.8))


def test_a_radar_assumed_to_look_all_around_faces_nowhere(load_text, valid):
    width = "{best: 360 deg, status: reported, source: other-source}"
    text = valid.replace(", facing: 110 deg", "")
    with pytest.raises(ScenarioError, match="which way is not said"):
        load_text(text)
    text = text.replace(
        "variants:\n", f"  sensor.forward-radar.azimuth_width: {width}\nvariants:\n"
    )
    assert load_text(text).variants[0].sensors[1].facing_rad is None


def test_a_place_may_have_a_name_and_no_other_field(load_text, valid):
    named = valid.replace("bay: {latitude", "bay: {name: The bay, latitude")
    assert load_text(named).variants == load_text(valid).variants
    with pytest.raises(ScenarioError) as caught:
        load_text(valid.replace("bay: {latitude", "bay: {nam: The bay, latitude"))
    assert caught.value.nearest == "name"
    assert caught.value.line == 13


def test_generic_naming_hides_names(load_text, valid):
    text = valid.replace("author: A tester\n", "author: A tester\nnaming: generic\n", 1)
    early = load_text(text).variants[0]
    assert early.launch_areas[0].name == "Launch area 1"
    assert early.threats[0].name == "Missile class 1"


def test_all_faults_of_a_file_are_collected(load_text, valid):
    text = valid.replace("number: 24", "number: -1", 1).replace("[north]", "[south]")
    text = text.replace("seed: 0", "seed: x")
    with pytest.raises(ScenarioError) as caught:
        load_text(text)
    faults = caught.value.faults
    assert [fault.line for fault in faults] == [6, 19, 30]
    assert str(caught.value).endswith("And 2 more; `longroad check` lists them.")
    assert "\n" not in str(caught.value)


def test_a_fault_in_an_override_points_into_the_override(load_text, valid):
    text = valid.replace(
        "interceptor: interceptor/long, mode", "interceptor: interceptor/lung, mode"
    )
    line = 1 + text[: text.index("lung")].count("\n")
    with pytest.raises(ScenarioError) as caught:
        load_text(text)
    assert caught.value.line == line
    assert caught.value.field == "variants.late.batteries.ship.interceptor"


def renamed(text: str, names: dict[str, str]) -> str:
    for index, old in enumerate(names):
        text = text.replace(old, f"@{index}@")
    for index, new in enumerate(names.values()):
        text = text.replace(f"@{index}@", new)
    return text


@pytest.mark.parametrize("other", ["aaa", "zzz"])
def test_nothing_depends_on_the_names_of_parties(load_text, valid, other):
    """The same file with other party names loads to the same objects, in the same order."""
    first = load_text(valid)
    second = load_text(renamed(valid, {"coast": other, "desert": "mmm"}))
    for a, b in zip(first.variants, second.variants, strict=True):
        assert [p.defends for p in a.parties] == [p.defends for p in b.parties]
        assert [x.position for x in a.batteries] == [x.position for x in b.batteries]
        assert [x.id for x in a.sensors] == [x.id for x in b.sensors]
        assert [p.id for p in b.parties] == [other, "mmm"]


def test_a_missing_file_names_what_is_near(tmp_path, catalog, valid):
    (tmp_path / "study.yaml").write_text(valid)
    with pytest.raises(ScenarioError) as caught:
        load(tmp_path / "studdy.yaml", catalog=catalog)
    assert caught.value.nearest == str(tmp_path / "study.yaml")
    assert load(tmp_path / "study.yaml", catalog=catalog).id == "test-case"


# --- any mutation of a valid file either loads or is refused in words --------------------------


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_any_mutation_loads_or_is_refused(catalog, valid, mutated, seed, times):
    text = mutated(valid, seed, times)
    try:
        scenario = loads(text, "mutated.yaml", catalog=catalog)
    except LongroadError as fault:
        assert str(fault).startswith("mutated.yaml")
        assert "\n" not in str(fault)
        assert "Node(" not in str(fault)
        assert len(str(fault)) < 1500
    else:
        assert scenario.variants
        for variant in scenario.variants:
            for threat in variant.threats:
                assert threat.launch_areas
                assert threat.against


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32))
def test_any_torn_file_loads_or_is_refused(catalog, valid, seed):
    chance = random.Random(seed)
    data = bytearray(valid.encode())
    for _ in range(chance.randint(1, 5)):
        start = chance.randrange(len(data))
        end = min(len(data), start + chance.randint(0, 40))
        data[start:end] = bytes(chance.choice(b"[]{}:,-&*!|>'\"#%\n\t ab1") for _ in range(3))
    try:
        loads(data.decode("utf-8", "replace"), "torn.yaml", catalog=catalog)
    except LongroadError as fault:
        assert str(fault).startswith("torn.yaml")
