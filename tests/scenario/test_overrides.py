"""Variants are laid over the base before validation, and keep their own lines."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import ScenarioError
from longroad.scenario.faults import Faults
from longroad.scenario.node import Node
from longroad.scenario.overrides import WHOLE_VALUE_KEYS, merge
from longroad.scenario.reader import read_text


def merged(text: str) -> tuple[Node, Faults]:
    root = read_text(text, "f.yaml")
    faults = Faults("f.yaml")
    return merge(root.mapping["base"], root.mapping["over"], faults), faults


def test_groups_merge_lists_and_words_replace_null_removes():
    node, faults = merged(
        "base: {a: {x: 1, y: [1, 2]}, b: 2, c: 3}\nover: {a: {y: [9], z: 5}, b: null, c: {d: 4}}\n"
    )
    assert node.plain() == {"a": {"x": 1, "y": [9], "z": 5}, "c": {"d": 4}}
    assert not len(faults)


def test_what_is_overridden_knows_the_line_of_the_override():
    node, _ = merged("base:\n  a:\n    x: 1\n    y: 2\nover:\n  a:\n    y: 3\n")
    a = node.mapping["a"]
    assert a.mapping["x"].line == 3
    assert a.mapping["y"].line == 7
    assert a.mapping["y"].path == ("over", "a", "y")


@pytest.mark.parametrize(
    ("base", "over"),
    [
        ("{best: 3 km/s, status: reported, source: a}", "{best: 4 km/s}"),
        ("{best: 3 km/s, status: reported, source: a}", "{low: 2 km/s}"),
        ("{claim: nrc-2012}", "{best: 4 km/s, status: reported, source: b}"),
        ("{latitude: 1 deg, longitude: 2 deg, status: published, source: a}", "{latitude: 3 deg}"),
        ("{disputed: [], adopted: a}", "{adopted: b}"),
    ],
)
def test_a_source_stays_with_its_number(base, over):
    node, _ = merged(f"base: {{q: {base}}}\nover: {{q: {over}}}\n")
    wanted = read_text(over, "f").plain()
    assert node.mapping["q"].plain() == wanted


def test_removing_what_is_not_there_names_the_nearest():
    _, faults = merged("base: {kurecik: 1, deveselu: 2}\nover:\n  kureck: null\n")
    (fault,) = faults.all
    assert (fault.line, fault.field, fault.nearest) == (3, "over.kureck", "kurecik")
    assert fault.expected == "one of kurecik, deveselu"


def test_a_removal_that_leaves_a_hole_is_the_fault(load_text, valid):
    text = valid.replace("mode: engage-on-remote}\n      land", "mode: null}\n      land")
    with pytest.raises(ScenarioError) as caught:
        load_text(text)
    assert caught.value.field == "variants.late.batteries.ship.mode"
    assert caught.value.what == "this removes 'mode', which cannot be left out"


def test_a_whole_section_can_be_removed(load_text, valid):
    text = valid.replace("  early: {title: Early, year: 2011}", "  early: {batteries: null}")
    early, late = load_text(text).variants
    assert early.batteries == ()
    assert len(late.batteries) == 2


# A plain rendering of the rule on ordinary dicts, to compare with.
def plain_merge(base: object, over: object) -> object:
    whole = (isinstance(side, dict) and WHOLE_VALUE_KEYS & side.keys() for side in (base, over))
    if not isinstance(base, dict) or not isinstance(over, dict) or any(whole):
        return without_none(over)
    result = copy.deepcopy(base)
    for key, value in over.items():
        if value is None:
            result.pop(key, None)
        elif key in base:
            result[key] = plain_merge(base[key], value)
        else:
            result[key] = without_none(value)
    return result


def without_none(value: object) -> object:
    if isinstance(value, dict):
        return {k: without_none(v) for k, v in value.items() if v is not None}
    return value


KEYS = st.sampled_from(["a", "b", "c", "best", "at"])
LEAVES = st.integers(0, 9) | st.sampled_from(["x", "y"])
SOLID = st.recursive(
    LEAVES, lambda i: st.dictionaries(KEYS, i, max_size=3) | st.lists(LEAVES, max_size=2)
)
WITH_NULL = st.recursive(LEAVES | st.none(), lambda i: st.dictionaries(KEYS, i, max_size=3))


def as_node(value: object, path: tuple = ()) -> Node:
    if isinstance(value, dict):
        return Node({k: as_node(v, (*path, k)) for k, v in value.items()}, 1, 1, path)
    if isinstance(value, list):
        return Node([as_node(v, (*path, i)) for i, v in enumerate(value)], 1, 1, path)
    return Node(value, 1, 1, path)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, SOLID, max_size=4), st.dictionaries(KEYS, WITH_NULL, max_size=4))
def test_merging_agrees_with_plain_dicts_and_changes_neither(base, over):
    base_node, over_node = as_node(base), as_node(over)
    result = merge(base_node, over_node, Faults("f"))
    assert result.plain() == plain_merge(base, over)
    assert base_node.plain() == base
    assert over_node.plain() == over


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(KEYS, SOLID, max_size=4))
def test_an_empty_override_changes_nothing(base):
    if not WHOLE_VALUE_KEYS & base.keys():
        assert merge(as_node(base), as_node({}), Faults("f")).plain() == base
