"""Two negotiations that differ in one weight, line or assumption: what changed, and why."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import small
from test_tested import block

from longroad.bargaining.contrast import contrast
from longroad.bargaining.contrast_told import contrast_told
from longroad.bargaining.errors import BargainingError
from longroad.bargaining.parts import parts, with_part
from longroad.base.errors import LongroadError

WEIGHT = ("tariff: [20, 60], visits: [40, 100]", "tariff: [1, 5], visits: [40, 100]")
LINE = (
    "      no-visits:\n        {name: No visits to the town, holder: town, "
    "forbids: {visits: [yes]}, real: [0.2, 0.6]}\n",
    "      no-visits:\n        {name: No visits to the town, holder: town, "
    "forbids: {visits: [yes]}, real: 1}\n",
)


def compared(*changes, **more):
    return contrast(small.load(), small.load(*changes), lambda one: None, draws=128, **more)


def test_the_same_twice_is_no_difference():
    found = compared()
    assert (found.inputs, found.results, found.causes) == ((), (), ())
    (said,) = contrast_told(found)
    assert "nothing is different" in said.words


def test_one_weight_is_named_and_is_its_own_cause():
    found = compared(WEIGHT)
    (change,) = found.inputs
    assert (change.input, change.before, change.after) == (
        "weight/west/tariff", "[20, 60]", "[1, 5]",
    )  # fmt: skip
    (cause,) = found.causes
    whole = {one.result: one.difference for one in found.results}
    assert cause.agreement == pytest.approx(whole.get("agreement", 0.0))
    assert cause.gains["west"] == pytest.approx(whole["gain/west"])
    assert found.same_numbers
    # East's own answers depend on nothing that West wants.
    assert not any(name.endswith("/east") and "accepted" in name for name in whole)


def test_a_firmer_red_line_takes_from_what_can_be_signed():
    found = compared(LINE)
    (cause,) = found.causes
    assert cause.input == "red-line/east/no-visits"
    assert cause.agreement < 0.0
    assert cause.most == "middle/east"
    assert cause.most_change < 0.0
    words = " ".join(one.words for one in contrast_told(found))
    assert "each change alone" in words


def test_a_part_taken_away_is_drawn_for_both():
    gone = small.load(("    red_lines:\n" + LINE[0], ""))
    found = contrast(small.load(), gone, lambda one: None, draws=64)
    assert not found.same_numbers
    (change,) = found.inputs
    assert (change.input, change.after) == ("red-line/east/no-visits", None)
    # What only West says is answered on the same numbers, and so the same.
    assert not any(one.result == "accepted/opening-east/west" for one in found.results)


def test_changes_are_told_one_at_a_time():
    found = compared(WEIGHT, LINE)
    assert {one.input for one in found.causes} == {"weight/west/tariff", "red-line/east/no-visits"}
    sizes = [one.size for one in found.causes]
    assert sizes == sorted(sizes, reverse=True)
    alone = {one.input: one for one in compared(LINE).causes}
    mixed = {one.input: one for one in found.causes}
    line = "red-line/east/no-visits"
    assert mixed[line].agreement == pytest.approx(alone[line].agreement)


def test_other_issues_are_no_comparison():
    other = small.load(("visits: {name: Visits, options: {no: none, yes: some}}",
                        "visits: {name: Visits, options: {yes: some, no: none}}"))  # fmt: skip
    with pytest.raises(BargainingError, match="options of 'visits'"):
        contrast(small.load(), other, lambda one: None, draws=8)


def test_whose_assumptions_count_is_a_part_like_others():
    """Only the block is asked again, and it is the same one with another holder."""
    asked = []

    def block_of(one):
        asked.append(one)
        return block(6.0)

    found = contrast(small.load(), small.load(WEIGHT), block_of, draws=32)
    assert len(asked) == 2
    assert not found.physics_changed


def test_every_part_can_be_taken_alone_and_all_together_are_the_other():
    first, second = small.load(), small.load(
        WEIGHT, LINE,
        ("half: [0.4, 0.8]", "half: [0.1, 0.3]"), ("points: [5, 15]", "points: [1, 2]"),
        ("margin: [0, 0.1]", "margin: [0, 0.3]"), ("needed: 7", "needed: 9"),
        ("{name: Port stays closed, forbids: {port: [open]}, real: [0.4, 1]}",
         "{name: Port stays closed, forbids: {port: [open]}, real: 1}"),
        ("mimic: [0.3, 0.7]", "mimic: [0.1, 0.2]"), ("years: [1, 3]", "years: [4, 8]"),
        ("discount: {east: [0.02, 0.06]", "discount: {east: [0.1, 0.2]"),
        ("choices: {tariff: half, visits: yes}}\ninterests", "choices: {tariff: full}}\ninterests"),
    )  # fmt: skip
    keys = [key for key, value in parts(second).items() if parts(first).get(key) != value]
    assert {key[0] for key in keys} == {
        "weight", "red-line", "values", "together", "reservation", "ratification", "veto", "trust",
        "stages", "patience", "package",
    }  # fmt: skip
    built = first
    for key in keys:
        alone = with_part(first, second, key)
        assert parts(alone)[key] == parts(second)[key]
        built = with_part(built, second, key)
    assert parts(built) == parts(second)


def test_the_command(tmp_path, command_in):
    run = command_in(tmp_path)
    file = tmp_path / "mine.yaml"
    pack = run("new", "talks", "--pack", "panama-1974")
    assert pack.status == 0
    whole = (tmp_path / "talks" / "negotiation.yaml").read_text(encoding="utf-8")
    changed = whole.replace("use-rights: [17.6, 22, 26.4]", "use-rights: [4, 5, 6]", 1)
    assert changed != whole
    file.write_text(changed, encoding="utf-8")
    done = run("bargain", "panama-1974", "--compare", "mine.yaml", "--draws", "16", "--json")
    assert done.status == 0, done.err
    assert [one["input"] for one in done.json["inputs"]] == ["weight/united-states/use-rights"]
    told = run("bargain", "panama-1974", "--compare", "mine.yaml", "--draws", "16")
    assert "weight/united-states/use-rights" in told.out
    bad = run("bargain", "panama-1974", "--compare", "min.yaml")
    assert (bad.status, bad.out) == (2, "")
    both = run("bargain", "panama-1974", "--compare", "mine.yaml", "--package", "half-way")
    assert "compared as a whole" in both.err


def test_a_change_that_cannot_stand_alone_says_why():
    from longroad.bargaining.contrast import _causes

    def never(key):
        raise LongroadError("it does not fit")

    (cause,) = _causes([("weight", "east", "tariff")], never)
    assert (cause.fault, cause.size) == ("it does not fit", 0.0)


def test_a_range_that_changes_without_its_weight_is_told():
    turned = ("tariff: {none: 0, half: [0.4, 0.8], full: 1}",
              "tariff: {none: 0, half: 1, full: [0.4, 0.8]}")  # fmt: skip
    found = compared(turned)
    assert found.ranges == ("east/tariff",)
    assert any("Ask anew" in block.words for block in contrast_told(found))
    asked = compared(
        turned, ("tariff: [40, 100], visits: [20, 60]", "tariff: [30, 90], visits: [20, 60]")
    )
    assert asked.ranges == ()
    # A value between the ends changes no range.
    assert compared(("half: [0.4, 0.8]", "half: [0.1, 0.3]")).ranges == ()
