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
        (draws["draw"] == 5)
        & (draws["quantity"] == "interceptor.sm3-iia.burnout_speed=open-studies")
    ]
    assert speed.unit == "km/s"
    assert speed.value == pytest.approx(stored[0] / 1e3)
    assert speed.low <= speed.value <= speed.high


def test_it_says_who_says_otherwise(done):
    found = trace(done, "base/alpha/engageable_area_fraction/class-3700")
    inputs = {number.id: number for number in found.inputs}
    radar = inputs["sensor.an-tpy-2-forward.reference_range"]
    assert (radar.claim, radar.value) == ("nrc-2012", 1500.0)
    assert {rival.claim: rival.best for rival in radar.rivals} == {
        "lewis-postol-2012": 870.0,
        "uscc-2016": 2000.0,
        "chinese-press": 1000.0,
    }
    assert all(rival.whence == "claim" and rival.claimant for rival in radar.rivals)
    assert inputs["missile.sejjil-three-stage.burn_time"].rivals == ()
    known = {source.id for source in found.sources}
    for number in found.inputs:
        assert set(number.sources) <= known
        assert {id for rival in number.rivals for id in rival.sources} <= known


def test_under_a_rival_claim_the_adopted_one_is_the_rival(done):
    claim = "sensor.an-tpy-2-forward.reference_range=uscc-2016"
    found = trace(done, f"base/alpha/engageable_area_fraction/class-3700@{claim}")
    (radar,) = (i for i in found.inputs if i.id == "sensor.an-tpy-2-forward.reference_range")
    assert (radar.claim, radar.value) == ("uscc-2016", 2000.0)
    assert "nrc-2012" in {rival.claim for rival in radar.rivals}


def test_positions_are_read_too(done):
    found = trace(done, "base/alpha/engageable_area_fraction/class-3700")
    stages = {(number.stage, number.id) for number in found.inputs}
    assert ("arcs", "site.iran-west.latitude") in stages
    assert ("radar", "site.kurecik.longitude") in stages
    assert ("window", "site.deveselu.latitude") in stages
    assert not {id for _, id in stages if id.startswith("site.patrol-aegean")}  # that is Beta's
    (place,) = (number for number in found.inputs if number.id == "site.kurecik.latitude")
    assert place.value == pytest.approx(38.349)
    assert [rival.best for rival in place.rivals] == pytest.approx([37.808])
    rival = trace(done, "base/alpha/engageable_area_fraction/class-3700@site.kurecik=second-list")
    (place,) = (number for number in rival.inputs if number.id == "site.kurecik.latitude")
    assert place.value == pytest.approx(37.808)
    assert rival.matches


def test_shares_count_each_number_once(done):
    found = trace(done, "base/alpha/engageable_area_fraction/class-3700")
    once = {number.id: number for number in found.inputs}
    assert found.shares.numbers == len(once) < len(found.inputs)
    assert found.shares.disputed == sum(bool(number.rivals) for number in once.values())
    assert found.shares.published == sum(n.status == "published" for n in once.values())


def test_what_the_scenario_replaces_and_what_parties_assume_are_rivals(
    small_file, tmp_path, fresh_cache
):
    own = """
assume:
  default.engagement.decision_time:
    {best: 20 s, low: 10 s, high: 40 s, status: judgement, author: Me, reason: I think so.}
assumptions:
  careful:
    name: Careful
    held_by: beta
    mode: attributed
    set: {interceptor.sm3-iia.flight_life: {best: 600 s, low: 400 s, high: 900 s,
      status: judgement, author: Beta, reason: Longer than one thinks.}}
"""
    file = tmp_path / "own.yaml"
    file.write_text(small_file.read_text(encoding="utf-8") + own, encoding="utf-8")
    done = run(file, tmp_path / "own")
    found = trace(done, "base/alpha/engageable_area_fraction/class-3700")
    inputs = {number.id: number for number in found.inputs}
    time = inputs["default.engagement.decision_time"]
    assert (time.value, time.author) == (20.0, "Me")
    (other,) = time.rivals
    assert (other.whence, other.best, other.low, other.high) == ("catalogue", 30.0, 10.0, 90.0)
    (held,) = inputs["interceptor.sm3-iia.flight_life"].rivals
    assert (held.whence, held.claimant, held.best) == ("party", "Beta", 600.0)
    assert held.held_by == ("beta (attributed)",)
    told = " ".join(trace_text(found, 80).split())
    assert "otherwise 30 s (10 to 90) in the catalogue, Longroad maintainers; judgement" in told
    assert "otherwise 600 s (400 to 900) as a party assumes, Beta; judgement" in told
    # Under the party's own set the value above is what is read, and the catalogue says otherwise.
    own_set = trace(done, "base/alpha/engageable_area_fraction/class-3700@careful")
    (life,) = (i for i in own_set.inputs if i.id == "interceptor.sm3-iia.flight_life")
    assert life.value == 600.0
    assert [(rival.whence, rival.best) for rival in life.rivals] == [("catalogue", 500.0)]
    assert own_set.matches


def test_text_names_value_equations_rivals_and_sources(done):
    told = trace_text(trace(done, "base/alpha/engageable_area_fraction/class-3700", 3), 72)
    flat = " ".join(told.split())
    assert "draw 3" in flat
    assert "R = R_ref" in flat
    assert "interceptor.sm3-iia.burnout_speed [open-studies] =" in flat
    assert "otherwise 870 km, lewis-postol-2012, G. Lewis and T. Postol, 2012; unverified" in flat
    assert "(best 75 s, 55 to 95)" in flat
    assert "agrees" in flat
    assert "from memory and unverified" in flat
    assert "[keeptrack] KeepTrack contributors" in flat
    for line in told.splitlines():
        assert len(line) <= 72 or "http" in line or len(line.split()) == 1


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
    assert "NOT" in trace_text(found, 80)


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
