"""The cases: all there, as published, with a tolerance that is argued, and none fails."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from longroad.base.messages import text
from longroad.catalog import load_catalog
from longroad.engagement.trajectory import trajectory
from longroad.flight.arcs import Shape
from longroad.flight.course import at_rest
from longroad.flight.fit import match
from longroad.flight.inferred import AT_REST, unnamed_missile
from longroad.flight.interval import time_interval
from longroad.flight.single import fly_arc
from longroad.verify import Verdict, failed, reach, registry, run_cases
from longroad.verify.reader import load_cases
from longroad.verify.runner import prepare

HERE = Path(__file__).resolve().parent
URLS = set((HERE.parent / "catalog" / "reference_urls.txt").read_text("utf-8").split())


def sibling(name):
    spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


notes = sibling("from_the_notes")
CASES = {case.id: case for case in load_cases()}


def test_every_case_of_the_notes_is_there():
    published = {id for id in CASES if id[0] in "MKRSX"}
    assert published == set(notes.MARKS)
    assert {id for id in CASES if id[0] == "T"} == {f"T{n:02d}" for n in range(1, 8)}


def test_marks_are_those_of_the_notes_or_stricter():
    wanted = notes.MARKS | notes.STRICTER
    assert {id: case.mark for id, case in CASES.items() if id in wanted} == wanted


def test_what_rests_on_memory_gates_nothing():
    gated = {id for id, case in CASES.items() if case.gated}
    assert not {id for id in gated if "M" in CASES[id].mark}
    assert {id for id in notes.MARKS if id[0] == "M"} - gated == {"M11"}
    assert {"K01", "K08", "K10", "K14", "K15", "R02", "R04", "T01", "T05", "T07"} <= gated
    assert gated & {f"X{n:02d}" for n in range(1, 7)} == {"X01", "X02", "X03", "X05"}


def test_every_case_has_a_computation_and_every_computation_a_case():
    prepare()
    assert registry.known() == set(CASES)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_says_what_it_rests_on(case):
    assert min(map(len, (case.title, case.claim, case.source, case.argument))) > 5
    if case.url is not None:
        assert case.url in URLS
    if case.source_id is not None:
        load_catalog().source(case.source_id)
    for figure in case.expected:
        assert figure.low <= figure.high
        assert figure.below >= 0.0 <= figure.above
        assert figure.written


def test_verdicts(results):
    verdicts = {id: result.verdict for id, result in results.items()}
    assert verdicts == {
        id: Verdict.EXPLAINED if id in notes.EXPLAINED else Verdict.PASS for id in CASES
    }
    assert failed(tuple(results.values())) == ()


def test_every_known_miss_does_miss(results):
    """An explanation of a miss that is none would mislead."""
    for result in results.values():
        known = [figure.known_miss for figure in result.case.expected]
        assert known == [not fine for fine in result.met], result.case.id


def test_all_numbers_that_are_expected_are_computed(results):
    for result in results.values():
        assert result.fault is None
        names = [figure.name for figure in result.case.expected]
        assert [found.name for found in result.computed] == names


def test_numbers_in_explanations_are_the_computed_ones(results, value):
    for id, burn, said in (("K07", 207, "45.3 min"), ("K09", 210, "4,078 s")):
        inputs, why = CASES[id].inputs, CASES[id].explanation
        times = time_interval(inputs.number("range"), inputs.number("apogee"))
        assert times.missile.burn_times_s.best == pytest.approx(burn, abs=0.5)
        assert f"{burn} s" in why
        best = value(id, "time of flight, best burn time")
        assert said in (f"{best / 60:.1f} min", f"{best:,.0f} s")
        assert said in why
    why = CASES["T06"].explanation
    for floor, said in ((0.0, "6.56"), (100e3, "6.57"), (300e3, "6.61"), (500e3, "6.67")):
        arcs, figure = reach._arc(CASES["T01"].inputs, "vypolzovo")
        flight = trajectory(arcs, 0, floor, figure)
        assert f"{reach.least_speed(flight, 'redzikowo', 420.0, 35.0) / 1e3:.2f}" == said
        assert said in why


def test_what_the_page_says_of_the_lofted_tests(value):
    """Best burn time: 94 to 131 s above free flight.

    The ends of the reported band lie between integration and closed form at those burns.
    """
    ids = [f"K{n:02d}" for n in range(5, 12)]
    more = [value(id, "time of flight, best burn time") - value(id, "free flight") for id in ids]
    about = text("verify.group.K.about")
    assert f"{min(more):.0f} to {max(more):.0f} s" in about
    assert "some 250 to 310 s" in about
    inputs = CASES["K09"].inputs
    course, apogee = at_rest(inputs.number("range")), inputs.number("apogee")
    missile = unnamed_missile(course.range_m, apogee)
    free = value("K09", "free flight")
    for burn, excess in ((250.0, 170.0), (310.0, 205.0)):
        closed = fly_arc(course, missile, Shape.APOGEE, apogee, burn).time_of_flight_s
        flown = match(missile.build(burn), course.range_m, apogee, AT_REST)
        assert flown.flight.time_of_flight_s - free < excess < closed - free


def test_groups_and_single_cases_are_the_same_cases(results):
    assert [r.case.id for r in run_cases("r")] == [f"R{n:02d}" for n in range(1, 6)]
    (one,) = run_cases(None, ["m20"])
    assert one == results["M20"]
    assert [r.case.id for r in run_cases("M", ["M02", "M01", "M02"])] == ["M02", "M01"]


def test_expectations_of_the_fields_of_view_are_the_notes():
    """The numbers of R04 and of T01 to T06 against a second copy of the notes."""
    case = CASES["R04"]
    written = {figure.name: figure.written for figure in case.expected}
    rows = case.inputs.rows("radars")
    assert {row.text("sensor") for row in rows} == set(notes.FIELDS_OF_VIEW)
    for row in rows:
        first, last, reach = notes.FIELDS_OF_VIEW[row.text("sensor")]
        found = [written[f"{row.text('name')} {part}"] for part in ("from", "to", "range")]
        assert found == [f"{first} deg", f"{last} deg", f"{reach} km"]


def test_expectations_of_the_five_bases_are_the_notes():
    late = {figure.name: figure.low / 1e3 for figure in CASES["T06"].expected}
    for number, (base, row) in enumerate(notes.FIVE_BASES.items(), 1):
        case = CASES[f"T{number:02d}"]
        assert case.inputs.text("base") == base
        expected = {figure.name: figure for figure in case.expected}
        reach, apogee, minutes, distance, speeds = row
        assert expected["range"].low == reach * 1e3
        assert expected["apogee"].low == apogee * 1e3
        assert expected["time of flight"].low == pytest.approx(60 * minutes)
        assert expected["distance of the ground track"].low == distance * 1e3
        for delay, speed in zip(notes.DELAYS_S, speeds, strict=True):
            figure = expected.get(f"least speed, launch at {delay} s")
            if figure is None:
                assert late[f"{base.capitalize()}, above 100 km"] == speed
                continue
            assert figure.low == pytest.approx(1e3 * speed)
            assert figure.below == figure.above == 50.0
