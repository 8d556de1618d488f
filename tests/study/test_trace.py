"""Trace: an outcome computed again from the run directory alone must match what is stored."""

import pytest

from longroad.base.errors import RunError, UsageError
from longroad.study import run, trace, trace_text
from longroad.study.tracing import parse_outcome


@pytest.fixture
def done(small_file, tmp_path, fresh_cache):
    return run(small_file, tmp_path / "out")


@pytest.mark.parametrize("draw", [None, -1, 0, 11])
@pytest.mark.parametrize(
    "outcome",
    [
        "base/alpha/engageable_area_fraction/class-3700",
        "base/beta/engageable_population_fraction/class-3700",
        "base/alpha/engageable_area_fraction/class-3700"
        "@sensor.an-tpy-2-forward.reference_range=uscc-2016",
    ],
)
def test_the_value_matches_the_stored_one(done, outcome, draw):
    found = trace(done, outcome, draw)
    assert found.matches
    assert found.value == found.stored
    assert found.party in outcome


def test_it_names_the_numbers_read_and_no_others(done):
    alpha = {i.id for i in trace(done, "base/alpha/reachable_area_fraction/class-3700").inputs}
    beta = {i.id for i in trace(done, "base/beta/reachable_area_fraction/class-3700").inputs}
    assert "interceptor.sm3-iia.burnout_speed" in alpha - beta
    assert "interceptor.sm3-ib.burnout_speed" in beta - alpha
    assert "sensor.an-tpy-2-forward.reference_range" in alpha - beta
    assert "missile.sejjil-three-stage.maximum_range" in alpha & beta
    # Every number names a source or an author.
    for number in trace(done, "base/alpha/reachable_area_fraction/class-3700").inputs:
        assert number.sources or (number.author and number.reason)


def test_values_are_those_of_the_draw_in_display_units(done):
    draws = done.table("draws")
    found = {
        i.id: i for i in trace(done, "base/alpha/reachable_area_fraction/class-3700", 5).inputs
    }
    speed = found["interceptor.sm3-iia.burnout_speed"]
    stored = draws["value"][
        (draws["draw"] == 5) & (draws["quantity"] == "interceptor.sm3-iia.burnout_speed")
    ]
    assert speed.unit == "km/s"
    assert speed.value == pytest.approx(stored[0] / 1e3)
    assert speed.low <= speed.value <= speed.high


def test_text_names_value_equations_and_sources(done):
    text = trace_text(trace(done, "base/alpha/engageable_area_fraction/class-3700", 3))
    assert "draw 3" in text
    assert "R = R_ref" in text
    assert "interceptor.sm3-iia.burnout_speed" in text
    assert "agrees" in text


def test_a_tampered_table_is_found_out(done):
    """A stored value that the inputs do not give is said to differ."""
    import duckdb

    file = done.path / "tables" / "outcomes.parquet"
    other = file.with_suffix(".new")
    duckdb.sql(
        f"COPY (SELECT * REPLACE (CASE WHEN draw = -1 THEN 0.5 ELSE value END AS value) "
        f"FROM read_parquet('{file}')) TO '{other}' (FORMAT parquet)"
    )
    other.replace(file)
    found = trace(done, "base/alpha/engageable_area_fraction/class-3700")
    assert not found.matches
    assert "NOT" in trace_text(found)


@pytest.mark.parametrize(
    ("outcome", "fragment"),
    [
        ("engageable_area_fraction", "not the name of an outcome"),
        ("engagable_area_fraction/class-3700", "engageable_area_fraction"),
        ("engageable_area_fraction/class-3700", "fits 2 outcomes"),
        ("base/gamma/engageable_area_fraction/class-3700", "no outcome"),
        ("base/alpha/engageable_area_fraction/class-3700@nothing", "no outcome"),
    ],
)
def test_names_that_do_not_fit(done, outcome, fragment):
    with pytest.raises(UsageError, match=fragment):
        trace(done, outcome)


def test_a_draw_that_is_not_there(done):
    with pytest.raises(UsageError, match="draw 12"):
        trace(done, "base/alpha/engageable_area_fraction/class-3700", 12)


def test_a_run_without_its_scenario(done):
    (done.path / "scenario.yaml").unlink()
    with pytest.raises(RunError, match="lost its scenario"):
        trace(done, "base/alpha/engageable_area_fraction/class-3700")


def test_parts_of_a_name():
    name = parse_outcome("phase-1/nato/engageable_area_fraction/mrbm@a=b")
    assert (name.variant, name.party, name.missile) == ("phase-1", "nato", "mrbm")
    assert name.assumptions == "a=b"
