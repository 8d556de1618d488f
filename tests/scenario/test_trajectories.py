"""Strategic trajectories and patrol areas: from text to typed objects, and what is refused."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import LongroadError, ScenarioError
from longroad.base.quantity import Disputed, Status
from longroad.scenario.load import loads
from longroad.scenario.provenance import inputs
from longroad.scenario.sizes import MOST_TRAJECTORIES
from longroad.scenario.territory import country_of

EARLY = "early: {title: Early, year: 2011"


def replaced(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def refused(load_text, text: str) -> ScenarioError:
    with pytest.raises(ScenarioError) as caught:
        load_text(text)
    return caught.value


def line_of(text: str, fragment: str) -> int:
    return 1 + text[: text.index(fragment)].count("\n")


def test_bases_ends_and_shapes(load_text, strategic):
    variant = load_text(strategic).variants[0]
    far, near = variant.trajectories
    assert (far.id, far.name, far.missile.reference) == ("far", "Far", "missile/far")
    assert far.owner is variant.parties[1]
    assert [base.id for base in far.bases] == ["hill", "bay", "base-3"]
    assert [base.name for base in far.bases] == ["Hill", "bay", "Base 3"]
    assert [end.id for end in far.ends] == ["plain", "end-2"]
    assert [end.name for end in far.ends] == ["Plain", "End point 2"]
    assert [shape.id for shape in far.shapes] == ["minimum-energy", "apogee-1200-km"]
    assert (len(far), len(near)) == (12, 1)
    # 190 deg east is 170 deg west.
    assert far.ends[1].position.longitude_rad == pytest.approx(math.radians(-170.0), abs=1e-12)
    assert far.bases[2].position.latitude.status is Status.JUDGEMENT
    assert far.ends[1].position.latitude.id == "trajectories.far.towards.2.latitude"
    # A site keeps its rival claims, and one place is one position wherever it is named.
    assert isinstance(far.bases[0].position.latitude, Disputed)
    assert far.bases[1].position is near.bases[0].position
    assert country_of(far.ends[0].position) == "ROU"


def test_a_patrol_area_may_cross_the_antimeridian(load_text, strategic):
    (gulf,) = load_text(strategic).variants[0].patrol_areas
    assert (gulf.id, gulf.name, gulf.owner.id) == ("gulf", "gulf", "coast")
    assert gulf.within.west_rad > gulf.within.east_rad
    assert math.degrees(gulf.within.east_rad) == pytest.approx(-170.0)


def test_a_place_gives_its_name_to_a_base(load_text, strategic):
    text = replaced(strategic, "bay: {latitude", "bay: {name: The bay, latitude")
    assert load_text(text).variants[0].trajectories[0].bases[1].name == "The bay"


def test_sections_may_be_absent(load_text, valid):
    for variant in load_text(valid).variants:
        assert variant.trajectories == ()
        assert variant.patrol_areas == ()


def test_they_know_their_lines(load_text, strategic):
    far = load_text(strategic).variants[0].trajectories[0]
    assert far.origin.line == line_of(strategic, "  far:\n    owner")
    assert [base.origin.line for base in far.bases] == [line_of(strategic, "[site/hill, pl")] * 3
    assert far.bases[2].origin.path == "trajectories.far.from[2]"
    assert far.shapes[1].origin.path == "trajectories.far.shapes[1]"


def test_a_variant_replaces_lists_whole_and_null_removes(load_text, strategic):
    over = EARLY + ", trajectories: {far: {towards: [place/bay]}, near: null}, patrol_areas: null"
    text = replaced(strategic, EARLY, over)
    early, late = load_text(text).variants
    (far,) = early.trajectories
    assert [end.id for end in far.ends] == ["bay"]
    assert [base.id for base in far.bases] == ["hill", "bay", "base-3"]
    assert far.ends[0].origin.path == "variants.early.trajectories.far.towards[0]"
    assert early.patrol_areas == ()
    assert len(late.trajectories) == 2
    assert len(late.patrol_areas) == 1


def test_one_edge_of_a_patrol_area_can_be_moved(load_text, strategic):
    over = EARLY + ", patrol_areas: {gulf: {within: {north: 45 deg}}}"
    early, late = load_text(replaced(strategic, EARLY, over)).variants
    assert math.degrees(early.patrol_areas[0].within.north_rad) == pytest.approx(45.0)
    assert early.patrol_areas[0].within.west_rad == late.patrol_areas[0].within.west_rad


def test_a_variant_may_add_a_group(load_text, strategic):
    group = "{owner: desert, missile: missile/far, from: [place/bay], towards: [site/plain], " + (
        "shapes: [minimum-energy]}"
    )
    text = replaced(strategic, EARLY, EARLY + f", trajectories: {{more: {group}}}")
    early, late = load_text(text).variants
    assert [group.id for group in early.trajectories] == ["far", "near", "more"]
    assert [group.id for group in late.trajectories] == ["far", "near"]


@pytest.mark.parametrize(
    ("west", "east", "degrees"),
    [
        ("-180 deg", "180 deg", (-180, 180)),
        ("170 deg", "190 deg", (170, -170)),
        ("350 deg", "10 deg", (-10, 10)),
        ("-10 deg", "180 deg", (-10, 180)),
        ("180 deg", "-170 deg", (-180, -170)),
    ],
)
def test_edges_of_boxes(load_text, strategic, west, east, degrees):
    text = replaced(strategic, "west: 170 deg, east: -170 deg", f"west: {west}, east: {east}")
    box = load_text(text).variants[0].patrol_areas[0].within
    assert [math.degrees(box.west_rad), math.degrees(box.east_rad)] == pytest.approx(degrees)


@pytest.mark.parametrize(
    ("west", "east"),
    [
        ("180 deg", "-180 deg"),
        ("180 deg", "180 deg"),
        ("10 deg", "10 deg"),
        ("190 deg", "-170 deg"),
    ],
)
def test_a_box_without_width_is_refused(load_text, strategic, west, east):
    text = replaced(strategic, "west: 170 deg, east: -170 deg", f"west: {west}, east: {east}")
    error = refused(load_text, text)
    assert error.what == "the box has no width"
    assert error.field == "patrol_areas.gulf.within"


def test_two_things_of_one_id_cannot_be_told_apart(load_text, strategic):
    text = replaced(strategic, "places:\n", "places:\n  hill: {latitude: 1 deg, longitude: 2 deg, "
                    "status: published, source: test-source}\n")  # fmt: skip
    error = refused(load_text, replaced(text, "place/bay, {lat", "place/hill, {lat"))
    assert (
        error.what == "'site/hill' and 'place/hill' would have the same id, 'hill', in the results"
    )
    assert error.field == "trajectories.far.from[1]"
    twice = refused(
        load_text, replaced(strategic, "[site/hill, place/bay", "[site/hill, site/hill")
    )
    assert twice.what == "'site/hill' is listed twice"


def test_a_removed_party_is_the_removals_fault(load_text, strategic):
    error = refused(load_text, replaced(strategic, EARLY, EARLY + ", parties: {desert: null}"))
    assert error.field == "variants.early.parties.desert"
    assert "'trajectories.far.owner' still names" in error.what


def test_missiles_and_positions_count_as_inputs(load_text, valid, strategic):
    before = {quantity.id for quantity in inputs(load_text(valid).variants[0])}
    after = {quantity.id for quantity in inputs(load_text(strategic).variants[0])}
    assert after - before == {
        "missile.near.maximum_range",
        "site.plain.latitude",
        "site.plain.longitude",
        "trajectories.far.from.3.latitude",
        "trajectories.far.from.3.longitude",
        "trajectories.far.towards.2.latitude",
        "trajectories.far.towards.2.longitude",
    }


def test_generic_names_are_the_same_in_every_variant(load_text, strategic):
    text = replaced(strategic, "author: A tester\n", "author: A tester\nnaming: generic\n")
    text = replaced(text, EARLY, EARLY + ", trajectories: {far: null}")
    early, late = load_text(text).variants
    assert [group.name for group in early.trajectories] == ["Strategic missile class 1"]
    assert [group.name for group in late.trajectories] == [
        "Strategic missile class 2",
        "Strategic missile class 1",
    ]
    far, near = late.trajectories
    assert [base.name for base in far.bases] == ["Base 2", "Base 1", "Base 3"]
    assert [base.name for base in near.bases] == ["Base 1"]
    assert [end.name for end in near.ends] == ["End point 1"]
    assert early.threats[0].name == "Missile class 1"
    shown = {
        word
        for group in late.trajectories
        for e in (*group.bases, *group.ends)
        for word in e.name.split()
    }
    assert not shown & {"Hill", "Plain", "bay"}


def test_a_number_is_first_come_also_for_launch_areas(load_text, valid):
    text = replaced(valid, "author: A tester\n", "author: A tester\nnaming: generic\n")
    text = replaced(text, "launch_areas:\n", "launch_areas:\n  south: {at: site/plain}\n")
    early, late = load_text(
        replaced(text, "    sensors: {hill: null}\n", "    launch_areas: {south: null}\n")
    ).variants
    assert [area.name for area in early.launch_areas] == ["Launch area 1", "Launch area 2"]
    assert [area.name for area in late.launch_areas] == ["Launch area 2"]


def test_too_many_trajectories(load_text, strategic):
    one = "{{latitude: {0} deg, longitude: 10 deg, status: published, source: test-source}}"
    bases = ", ".join(one.format(n) for n in range(60))
    text = replaced(
        strategic, "[site/hill, place/bay, {latitude: -10 deg", f"[{bases}, {{latitude: -10 deg"
    )
    assert refused(load_text, text).what == "this is longer than 60 entries"
    bases = bases.replace(
        "}, {latitude: 59 deg, longitude: 10 deg, status: published, source: test-source}", "}"
    )
    text = replaced(
        strategic, "[site/hill, place/bay, {latitude: -10 deg", f"[{bases}, {{latitude: -10 deg"
    )
    ends = "site/plain, " + ", ".join(one.format(-n) for n in range(1, 42))
    text = replaced(text, "[site/plain, {", f"[{ends}, {{")
    # 60 bases, 43 end points, 2 shapes, and the one of the other group.
    error = refused(load_text, text)
    assert error.what == "bases, end points and shapes would make 5,161 trajectories"
    assert error.field == "trajectories.far"
    assert error.line == line_of(text, "  far:\n    owner")
    assert f"{MOST_TRAJECTORIES:,}" in error.expected


def test_a_list_of_a_great_many_faults_is_one_fault(load_text, strategic, valid):
    many = ", ".join(["site/hil"] * 3000)
    error = refused(load_text, replaced(strategic, "[site/hill, place/bay, {", f"[{many}, {{"))
    assert len(error.faults) == 1
    error = refused(load_text, replaced(valid, "[north]", "[" + "nroth, " * 3000 + "]"))
    assert len(error.faults) == 1


def test_suggestions_stop_before_they_take_long(load_text, valid):
    unknown = "".join(f"  interceptor.shrt-{n}.burnout_speed: {{claim: x}}\n" for n in range(400))
    error = refused(load_text, replaced(valid, "assume:\n", f"assume:\n{unknown}"))
    assert len(error.faults) == 400
    assert sum(fault.nearest is not None for fault in error.faults) == 200


def renamed(text: str) -> str:
    """Return the text with its two parties in each other's place."""
    for old, new in (("coast", "@1"), ("desert", "coast"), ("@1", "desert")):
        text = text.replace(old, new)
    return text


def test_swapping_two_parties_swaps_them_and_nothing_else(load_text, strategic):
    other = {"coast": "desert", "desert": "coast"}
    first, second = load_text(strategic), load_text(renamed(strategic))
    for a, b in zip(first.variants, second.variants, strict=True):
        for one, two in zip(a.trajectories, b.trajectories, strict=True):
            assert two.owner.id == other[one.owner.id]
            assert (two.bases, two.ends, two.shapes) == (one.bases, one.ends, one.shapes)
            assert two.missile == one.missile
        for one, two in zip(a.patrol_areas, b.patrol_areas, strict=True):
            assert two.owner.id == other[one.owner.id]
            assert two.within == one.within


def test_the_headline_is_the_last_variant_unless_said(load_text, valid):
    assert load_text(valid).headline == "late"
    assert (
        load_text(replaced(valid, "draws: 8\n", "draws: 8\nheadline: early\n")).headline == "early"
    )
    assert load_text(valid[: valid.index("variants:")]).headline == "base"
    error = refused(load_text, replaced(valid, "draws: 8\n", "draws: 8\nheadline: ealry\n"))
    assert (error.line, error.field, error.nearest) == (8, "headline", "early")


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 4))
def test_any_mutation_loads_or_is_refused(catalog, strategic, mutated, seed, times):
    text = mutated(strategic, seed, times)
    try:
        scenario = loads(text, "mutated.yaml", catalog=catalog)
    except LongroadError as fault:
        assert str(fault).startswith("mutated.yaml")
        assert "\n" not in str(fault)
        assert len(str(fault)) < 1500
    else:
        for variant in scenario.variants:
            for group in variant.trajectories:
                ids = [base.id for base in group.bases]
                assert len(set(ids)) == len(ids) > 0
                assert len(group) > 0
            for area in variant.patrol_areas:
                assert area.within.south_rad < area.within.north_rad


SECTIONS = (
    "parties",
    "launch_areas",
    "threats",
    "trajectories",
    "patrol_areas",
    "sensors",
    "batteries",
    "assume",
)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_nothing_written_is_dropped_in_silence(catalog, strategic, mutated, seed, times):
    text = mutated(strategic[: strategic.index("variants:")], seed, times)
    try:
        (variant,) = loads(text, "mutated.yaml", catalog=catalog).variants
    except LongroadError:
        return
    written = json.loads(text)
    for section in SECTIONS:
        assert len(getattr(variant, section)) == len(written.get(section, {})), section
    for group in variant.trajectories:
        said = written["trajectories"][group.id]
        assert len(group.bases) == len(said["from"])
        assert len(group.ends) == len(said["towards"])
        assert len(group.shapes) == len(said["shapes"])
