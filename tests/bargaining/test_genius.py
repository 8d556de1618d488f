"""Profiles of GENIUS: its normalisation, and hostile or broken files."""

from __future__ import annotations

import numpy as np
import pytest

from longroad.bargaining.errors import BargainingError
from longroad.bargaining.frontier import frontier
from longroad.bargaining.genius import read_domain, read_profile

FIRST = """<utility_space number_of_issues="2">
 <objective index="0" etype="objective" type="objective" name="any">
  <weight index="1" value="0.75"/><weight index="2" value="0.25"/>
  <issue index="1" name="price" type="discrete" etype="discrete">
   <item index="1" value="low" evaluation="0"/>
   <item index="1" value="low" evaluation="5"/>
   <item index="2" value="high" evaluation="20"/>
   <similarity_function><item index="9" value="ghost" evaluation="99"/></similarity_function>
  </issue>
  <issue index="2" name="colour" type="discrete" etype="discrete">
   <item index="1" value="red" evaluation="3"/><item index="2" value="blue" evaluation="1"/>
  </issue>
 </objective>
 <reservation value="0.2"/>
</utility_space>
"""
SECOND = (
    FIRST.replace('"5"', '"8"')
    .replace('evaluation="20"', 'evaluation="2"')
    .replace('value="blue" evaluation="1"', 'value="blue" evaluation="6"')
)


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / "first.xml", tmp_path / "second.xml"]
    for path, text in zip(paths, (FIRST, SECOND), strict=True):
        path.write_text(text)
    return paths


def test_values_are_divided_by_the_greatest_of_their_issue(files):
    one = read_profile(files[0])
    assert one.options == (("low", "high"), ("red", "blue"))
    assert np.allclose(one.tables[0], [0.75 * 5 / 20, 0.75])
    assert np.allclose(one.tables[1], [0.25, 0.25 / 3])
    assert one.reservation == 0.2


def test_a_domain_is_bargained_over(files):
    one = read_domain(files)
    assert one.issues == ("price", "colour")
    assert one.parties == ("first", "second")
    found = frontier(one)
    # By hand: high-red (1, .3125), low-red (.4375, .875), high-blue (.8333, .4375) and low-blue
    # (.2708, 1): none beats another.
    assert found.utilities.round(4).tolist() == [
        [1.0, 0.3125], [0.8333, 0.4375], [0.4375, 0.875], [0.2708, 1.0],
    ]  # fmt: skip


def test_options_may_stand_in_another_order(files):
    text = SECOND.replace(
        '<item index="1" value="red" evaluation="3"/><item index="2" value="blue" evaluation="6"/>',
        '<item index="2" value="blue" evaluation="6"/><item index="1" value="red" evaluation="3"/>',
    )
    files[1].write_text(text)
    assert np.allclose(read_domain(files).tables[1][1], [0.125, 0.25])


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "hosts.txt">]><utility_space>&f;</utility_space>'
CASES = {
    "bomb": (BOMB, "document type"),
    "outside": (OUTSIDE, "document type"),
    "dtd": ('<!DOCTYPE x SYSTEM "x.dtd"><utility_space/>', "document type"),
    "no-xml": ("hello", "not XML"),
    "cut": (FIRST[:200], "not XML"),
    "empty": ("", "not XML"),
    "no-issue": ("<utility_space/>", "no issue"),
    "deep": ("<a>" * 60 + "</a>" * 60, "nested"),
    "nan": (FIRST.replace('"20"', '"nan"'), "not a number"),
    "word": (FIRST.replace('"20"', '"many"'), "not a number"),
    "weightless": (FIRST.replace('<weight index="2" value="0.25"/>', ""), "'colour' has no weight"),
    "zero": (FIRST.replace('"0.75"', '"0"').replace('"0.25"', '"0"'), "sum to zero"),
    "twice": (FIRST.replace('name="colour"', 'name="price"'), "appears twice"),
    "integer": (FIRST.replace('etype="discrete">', 'etype="integer">'), "kind 'integer'"),
    "unnamed": (FIRST.replace('name="price" ', ""), "no 'name'"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), CASES.values(), ids=CASES)
def test_a_broken_or_hostile_file_is_a_clear_error(text, words, tmp_path):
    path = tmp_path / "file.xml"
    path.write_text(text)
    with pytest.raises(BargainingError, match=words) as caught:
        read_profile(path)
    assert caught.value.file == str(path)
    assert caught.value.expected


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(BargainingError, match="cannot be read"):
        read_profile(tmp_path / "none.xml")


def test_profiles_of_different_domains_do_not_fit(files):
    files[1].write_text(SECOND.replace('name="colour"', 'name="color"'))
    with pytest.raises(BargainingError, match="'colour' is not the same") as caught:
        read_domain(files)
    assert caught.value.nearest == "color"
