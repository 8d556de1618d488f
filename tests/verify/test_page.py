"""What readers and programs get: the page, the words, the JSON, an installed copy."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path

import pytest

from longroad.verify import Expected, Found, units, words
from longroad.verify.figure import Rule
from longroad.verify.reader import DATA, FILES, load_cases
from longroad.verify.rows import case_rows

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "verification.md"


def builder():
    path = ROOT / "builders" / "verification_page.py"
    spec = importlib.util.spec_from_file_location("verification_page", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_what_the_program_says(results):
    assert PAGE.read_text("utf-8") == builder().page(tuple(results.values())), "make docs"


def test_the_page_shows_every_case_and_every_miss(results):
    page = PAGE.read_text("utf-8")
    for id, result in results.items():
        assert page.count(f"\n### {id} ") == 1
        assert result.case.claim in page
        assert result.case.argument in page
        assert page.count(f"](#{id.lower()}-") == 1
    assert page.count("Why it misses: ") == 6


def test_json_has_numbers_with_units_and_no_strings_for_numbers(longroad_command, results):
    done = longroad_command("verify", "--json")
    assert done.status == 0
    assert done.err == ""
    cases = done.json["cases"]
    assert [case["id"] for case in cases] == list(results)
    for case in cases:
        names = [
            [one["name"] for one in case[key]] for key in ("expected", "computed", "tolerance")
        ]
        assert names[0] == names[1] == names[2]
        assert case["verdict"] in {"pass", "miss", "explained"}
        assert isinstance(case["gated"], bool)
        assert (case["verdict"] == "explained") == (case["explanation"] is not None)
        assert not (case["gated"] and case["verdict"] != "pass")
        for one in case["expected"] + case["computed"]:
            ends = [one["value"], one["low"], one["high"]]
            assert one["unit"]
            assert any(end is not None for end in ends)
            assert all(end is None or isinstance(end, int | float | bool) for end in ends)
        for one in case["tolerance"]:
            assert min(one["below"], one["above"]) >= 0


def test_json_is_in_the_unit_of_the_published_number(results):
    (row,) = case_rows([results["K08"]])
    assert (row.expected[0].low, row.expected[0].high, row.expected[0].unit) == (53.0, 54.0, "min")
    assert row.computed[0].low == pytest.approx(51.7, abs=0.2)
    assert row.tolerance[0].below == 1.0
    (row,) = case_rows([results["K14"]])
    assert (row.expected[0].value, row.expected[0].low, row.expected[0].high) == (None, 13000, None)
    (row,) = case_rows([results["K23"]])
    assert row.expected[0].value is row.computed[0].value is True


def test_the_command_says_it_in_words(longroad_command):
    done = longroad_command("verify", "--group", "T")
    assert done.status == 0
    lines = done.out.splitlines()
    heads = ("id", "what", "expected", "computed", "tolerance", "verdict", "source")
    assert tuple(lines[0].split()) == heads
    assert [line.split()[0] for line in lines[1:8]] == [f"T{n:02d}" for n in range(1, 8)]
    assert "7 cases: 6 pass, 1 explained, 0 miss." in lines
    assert lines[-1] == "No case that gates misses."
    assert any(line.startswith("T06  After so late a launch") for line in lines)


def test_one_case_in_full(longroad_command):
    done = longroad_command("verify", "r01")
    assert done.status == 0
    assert "R01  Range of the AN/TPY-2 from its power and aperture: pass" in done.out
    assert "797 to 894 km" in done.out
    assert "±10 %" in done.out
    assert "This case gates nothing." in done.out


def test_the_cases_lie_in_the_package():
    """A wheel takes all of the package and nothing else."""
    assert {path.name for path in DATA.iterdir()} == set(FILES)
    assert DATA.is_relative_to(ROOT / "src" / "longroad")


def expected(low, high, unit="km", below=0.0, above=0.0, rule=Rule.OVERLAP):
    return Expected("x", low, high, unit, below, above, "", "", rule)


@pytest.mark.parametrize(
    ("figure", "found", "met"),
    [
        (expected(10, 10, below=1, above=2), (11.9, 11.9), True),
        (expected(10, 10, below=1, above=2), (12.1, 12.1), False),
        (expected(10, 10, below=1, above=2), (8.9, 8.9), False),
        (expected(10, 20), (5, 10), True),
        (expected(10, 20), (5, 9.9), False),
        (expected(10, math.inf, below=1), (2, 9.1), True),
        (expected(10, math.inf, below=1), (2, 8.9), False),
        (expected(-math.inf, 10), (11, 12), False),
        (expected(10, 20, rule=Rule.INSIDE), (9, 15), False),
        (expected(10, 20, rule=Rule.INSIDE, below=1), (9, 20), True),
        (expected(10, 20, rule=Rule.CONTAINS), (9, 21), True),
        (expected(10, 20, rule=Rule.CONTAINS), (11, 21), False),
        (expected(10, 20), (math.nan, math.nan), False),
        (expected(10, 20, rule=Rule.CONTAINS), (math.nan, 30), False),
    ],
)
def test_when_a_number_agrees(figure, found, met):
    assert figure.met_by(Found("x", *found)) is met


@pytest.mark.parametrize(
    ("low", "high", "unit", "slack", "said"),
    [
        (6573.1147, 6573.1147, "km/s", 0.05, "6.573 km/s"),
        (7484e3, 7484e3, "km", 12.0, "7484 km"),
        (1e3, 2e3, "km", 0.0, "1 to 2 km"),
        (3.5606e-15, 3.5606e-15, "kg/m3", 3.5e-18, "3.5606e-15 kg/m3"),
        (1.681793, 1.681793, "1", 0.001, "1.6818"),
        (1.0, 1.0, "yes/no", 0.0, "yes"),
        (0.0, 0.0, "yes/no", 0.0, "no"),
        (math.nan, math.nan, "km", 0.0, "-"),
        (1000.0, 1000.2, "km", 10.0, "1 km"),
    ],
)
def test_numbers_have_the_digits_that_their_tolerance_can_tell(low, high, unit, slack, said):
    assert words.interval_text(low, high, unit, slack) == said


def test_units_of_textbooks():
    assert units.read("264.99 mbar").value == pytest.approx(26499.0)
    assert units.read("-0.172 deg/h").value == pytest.approx(-math.radians(0.172) / 3600.0)
    assert units.read(True) == units.Measure(1.0, "yes/no")
    assert units.vector("1 -2.5 3e2 km") == (1e3, -2.5e3, 3e5)
    assert units.read("0.5").unit == "1"


def test_every_input_of_every_case_can_be_read():
    for case in load_cases():
        for name, written in case.inputs.written.items():
            if isinstance(written, list):
                assert case.inputs.rows(name)
            elif not isinstance(written, str) or written[0] in "-0123456789":
                assert case.inputs.numbers(name) if " " in str(written) else True
