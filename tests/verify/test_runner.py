"""The runner and the command: misses, faults, groups, exit status, JSON."""

from __future__ import annotations

import json
import shutil

import pytest

from longroad import cli
from longroad.base.errors import CatalogError, GeometryError, UsageError
from longroad.verify import Verdict, failed, reader, registry, run_cases, runner
from longroad.verify.figure import Found, found


@pytest.fixture
def altered(tmp_path, monkeypatch):
    """``altered("maths.yaml", old, new)``: run on a copy of the cases in which a text differs."""
    folder = tmp_path / "data"
    shutil.copytree(reader.DATA, folder)
    load = reader.load_cases

    def change(file, old, new):
        path = folder / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), "utf-8")
        load.cache_clear()
        monkeypatch.setattr(runner, "load_cases", lambda: load(folder))

    return change


WRONG = ("maths.yaml", "value: -1.916735 km/s", "value: -1.916738 km/s")


def test_a_wrong_expectation_is_a_miss_and_exit_status_1(altered, capsys):
    altered(*WRONG)
    (result,) = run_cases(None, ["M01"])
    assert result.verdict is Verdict.MISS
    assert result.met == (True, True, True, True, False, True)
    assert failed((result,)) == (result,)
    assert cli.main(["verify", "M01"]) == 1
    said = capsys.readouterr().out
    assert "M01  Two-body motion, 40 min: miss" in said
    assert "1 case: 0 pass, 0 explained, 1 miss." in said
    assert "1 case that gates misses: M01." in said


def test_the_overview_shows_the_number_that_misses(altered, capsys):
    altered(*WRONG)
    assert cli.main(["verify", "--group", "M"]) == 1
    said = capsys.readouterr().out
    row, again = (line for line in said.splitlines() if line.startswith("M01 "))
    for word in ("velocity y", "-1.916738 km/s", "-1.9167348 km/s", "±0.000001 km/s"):
        assert word in row
        assert word in again
    assert " miss " in row
    assert "\nMisses:\n" in said


def test_json_of_a_miss(altered, capsys):
    altered(*WRONG)
    assert cli.main(["verify", "M01", "--json"]) == 1
    (case,) = json.loads(capsys.readouterr().out)["cases"]
    assert (case["verdict"], case["gated"], case["explanation"]) == ("miss", True, None)
    assert [one["agrees"] for one in case["computed"]].count(False) == 1


def test_a_miss_of_a_case_from_memory_fails_nothing(altered, capsys):
    altered("maths.yaml", "value: 34.352496 deg", "value: 34.352596 deg")
    (result,) = run_cases(None, ["M11"])
    assert result.verdict is Verdict.MISS
    assert failed((result,)) == ()
    assert cli.main(["verify", "M11"]) == 0
    assert "No case that gates misses." in capsys.readouterr().out


def test_an_explanation_covers_only_the_miss_it_is_about(altered):
    """K09: the best burn time may miss, free flight may not."""
    assert run_cases(None, ["K09"])[0].verdict is Verdict.EXPLAINED
    altered("kinematics.yaml", "free flight: {value: 3947 s", "free flight: {value: 3957 s")
    assert run_cases(None, ["K09"])[0].verdict is Verdict.MISS


@pytest.mark.parametrize(
    ("least", "verdict"), [("38.1 min", Verdict.PASS), ("38.5 min", Verdict.MISS)]
)
def test_overlap_of_intervals_counts(altered, least, verdict):
    """K06: computed up to 37.2 min, and a minute is allowed."""
    old = "time of flight: {low: 37 min"
    altered("kinematics.yaml", old, old.replace("37 min", least))
    assert run_cases(None, ["K06"])[0].verdict is verdict


def test_one_sided_ranges(altered):
    """K14: the interval reaches half round the Earth, the best burn time 12,910 km."""
    old = "greatest range, best burn time: {low: 13000 km, tolerance: 15 %}"
    altered("kinematics.yaml", old, old.replace("13000", "15300"))
    result = run_cases(None, ["K14"])[0]
    assert result.met == (True, False, True)
    assert result.verdict is Verdict.MISS


def test_a_computation_that_fails_is_a_miss_with_its_reason(monkeypatch, capsys):
    def fails(_):
        raise GeometryError("no such flight")

    runner.prepare()
    monkeypatch.setitem(registry._KNOWN, "M20", fails)
    (result,) = run_cases(None, ["M20"])
    assert (result.verdict, result.computed, result.fault) == (Verdict.MISS, (), "no such flight.")
    assert cli.main(["verify", "M20"]) == 1
    assert "Not computed: no such flight." in capsys.readouterr().out
    assert cli.main(["verify", "M20", "--json"]) == 1
    (case,) = json.loads(capsys.readouterr().out)["cases"]
    assert case["computed"] == []
    assert case["fault"] == "no such flight."


def test_a_number_that_is_none_misses(monkeypatch):
    runner.prepare()
    monkeypatch.setitem(
        registry._KNOWN, "M23", lambda _: found({"least burnout speed": float("nan")})
    )
    assert run_cases(None, ["M23"])[0].verdict is Verdict.MISS


def test_a_case_without_computation_is_a_miss(monkeypatch):
    runner.prepare()
    monkeypatch.delitem(registry._KNOWN, "M23")
    (result,) = run_cases(None, ["M23"])
    assert (result.verdict, bool(result.fault)) == (Verdict.MISS, True)


def test_a_case_cannot_be_computed_twice():
    runner.prepare()
    with pytest.raises(ValueError, match="M01"):
        registry.computes("M01")(lambda _: (Found("x", 0.0, 0.0),))


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["K77"], "K17"),
        (["M01", "moo1"], "M01 to N11"),
        (["--group", "Q"], "M, K, R, S, T, X"),
        (["--group", "M", "K01"], "M01 to M26"),
    ],
)
def test_an_unknown_case_or_group_is_wrong_use(arguments, word, capsys):
    assert cli.main(["verify", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert word in said.err
    assert said.err.count("\n") == 1


def test_unknown_words_are_typed():
    with pytest.raises(UsageError):
        run_cases("Q")
    with pytest.raises(UsageError):
        run_cases(None, ["Q01"])


# Data files that do not say what they should.


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("maths.yaml", "  mark: M\n  gated: false", "  mark: M\n  gated: true", "from memory"),
        ("maths.yaml", "title: Two-body motion", "titel: Two-body motion", "did you mean 'title'"),
        ("maths.yaml", "{value: 4363.0292 km, tolerance", "{valeu: 4363.0292 km, tolerance",
         "did you mean 'value'"),
        ("maths.yaml", "4363.0292 km, tolerance: 0.001 km", "4363.0292 km, tolerance: 1 s",
         "does not go with km"),
        ("maths.yaml", "4363.0292 km, tolerance: 0.001 km", "4363.0292 km, tolerance: -1 km",
         "negative"),
        ("maths.yaml", "value: 4363.0292 km, tolerance: 0.001 km", "value: 4363.0292 km",
         "no tolerance"),
        ("maths.yaml", "4363.0292 km", "4363.0292 kmm", "kmm"),
        ("maths.yaml", "\nM01:", "\nm1:", "letter and number"),
        ("maths.yaml", "time: 40 min\n  expected", "time: 40 min\n  explanation: so\n  expected",
         "known miss go together"),
        ("reach.yaml", "  mark: C\n  gated: false", "  mark: C\n  gated: true", "known miss gates"),
        ("radar.yaml", "low: 180 s, high: 1852 s", "low: 180 s, high: 18 s", "out of order"),
        ("radar.yaml", "tolerance: 0, rule: inside", "tolerance: 0, rule: within", "no rule"),
        ("radar.yaml", "\nR05:", "\nM05:", "two files"),
    ],
)  # fmt: skip
def test_a_faulty_data_file_is_a_typed_error(altered, file, old, new, said):
    altered(file, old, new)
    with pytest.raises(CatalogError) as caught:
        run_cases(None, ["T07"])
    assert said in str(caught.value)
    assert file in str(caught.value)


def test_a_missing_input_is_named(altered):
    altered("maths.yaml", "    time: 40 min", "    tim: 40 min")
    (result,) = run_cases(None, ["M01"])
    assert result.fault is not None
    assert "'time'" in result.fault
