"""Reading YAML 1.2: words stay words, lines are kept, hostile files are refused."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import ScenarioError
from longroad.scenario.reader import LARGEST_FILE_BYTES, MOST_VALUES, read, read_text


def plain(text: str) -> object:
    return read_text(text, "f.yaml").plain()


def test_words_of_yaml_1_1_stay_words():
    assert plain("a: no\nb: on\nc: off\nd: yes\ne: NO\nf: y\ng: 12:30:00\nh: 2011-09-15\n") == {
        "a": "no",
        "b": "on",
        "c": "off",
        "d": "yes",
        "e": "NO",
        "f": "y",
        "g": "12:30:00",
        "h": "2011-09-15",
    }


# The core schema of the YAML 1.2.2 specification, section 10.3.2.
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("null", None),
        ("~", None),
        ("true", True),
        ("False", False),
        ("0", 0),
        ("-19", -19),
        ("0o7", 7),
        ("0x3A", 58),
        ("12e03", 12000.0),
        ("-2E+05", -200000.0),
        ("0.", 0.0),
        (".5", 0.5),
        ("+12.3", 12.3),
        ("010", 10),
        ("1_000", "1_000"),
        ("0b11", "0b11"),
        ("'5'", "5"),
        ('"null"', "null"),
        ("4.5 km/s", "4.5 km/s"),
    ],
)
def test_core_schema(written, value):
    found = plain(f"a: {written}\n")["a"]
    assert found == value
    assert type(found) is type(value)


def test_every_key_and_value_knows_its_line_and_path():
    root = read_text("a:\n  b: 1\n  c:\n    - x\n    -\n      y: 2\n", "f.yaml")
    a = root.mapping["a"]
    assert (a.key_line, a.line, a.path) == (1, 2, ("a",))
    c = a.mapping["c"]
    assert (c.key_line, c.line) == (3, 4)
    y = c.items[1].mapping["y"]
    assert (y.key_line, y.path) == (6, ("a", "c", 1, "y"))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_editors_count_them(ending):
    text = ending.join(["a: 'x\u2028y\u0085z'", "b: 1", "# c", "d: 2"])
    assert read_text(text, "f").mapping["d"].key_line == 4


def test_a_byte_order_mark_is_no_fault(tmp_path):
    file = tmp_path / "bom.yaml"
    file.write_bytes(b"\xef\xbb\xbfa: 1\n")
    root, text = read(file)
    assert root.plain() == {"a": 1}
    assert text == "a: 1\n"


def test_an_alias_is_copied_with_its_own_place():
    root = read_text("a: &x {b: 1}\nc: *x\n", "f")
    assert root.plain() == {"a": {"b": 1}, "c": {"b": 1}}
    copy = root.mapping["c"].mapping["b"]
    assert copy.path == ("c", "b")
    assert copy.line == 1


def test_limits_hold_for_files_and_values(tmp_path):
    large = tmp_path / "large.yaml"
    large.write_bytes(b"# " + b"x" * LARGEST_FILE_BYTES)
    with pytest.raises(ScenarioError, match=r"large.yaml: the file is larger than 500,000 bytes"):
        read(large)
    many = "a: [" + "1," * (MOST_VALUES + 1) + "]"
    with pytest.raises(ScenarioError, match="more than 50,000 values"):
        read_text(many, "f")
    assert len(plain("a: [" + "1," * 2000 + "]")["a"]) == 2000


def test_what_is_no_file_is_refused(tmp_path):
    with pytest.raises(ScenarioError, match="this is a directory"):
        read(tmp_path)
    with pytest.raises(ScenarioError, match="there is no such file"):
        read(tmp_path / "none.yaml")
    with pytest.raises(ScenarioError, match="cannot be read"):
        read("bad\0name.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_make_us_wait(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(ScenarioError, match="not a regular file"):
        read(tmp_path / "pipe.yaml")


# Trees of what a scenario can hold.
LEAVES = st.one_of(
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=20),
)
KEYS = st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=8)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_random_trees_survive(tree):
    # YAML 1.2 contains JSON, so that Python's own writer of JSON is the witness.
    assert plain(json.dumps(tree, ensure_ascii=False)) == tree
    assert plain(json.dumps(tree, indent=2, ensure_ascii=False)) == tree


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="[]{}:-,&*!|>'\"#%? \n\tab01<", max_size=120))
def test_any_text_is_read_or_refused(text):
    try:
        root = read_text(text, "f.yaml")
    except ScenarioError as fault:
        assert str(fault).startswith("f.yaml")
        assert "\n" not in str(fault)
    else:
        root.plain()
