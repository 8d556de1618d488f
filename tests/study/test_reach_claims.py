"""Claims about reach: for which part of the surface they hold, and what turns them; traces."""

import math
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from reach_case import CLAIMS, case, claims

from longroad.base.errors import ScenarioError, UsageError
from longroad.scenario import ReachMeasure, Threshold, load
from longroad.study import claims as find
from longroad.study import run, trace, trace_text
from longroad.study.reach_findings import interval

MDA = "interceptor.gbi-two-stage.burnout_speed"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("claims")
    (path / "scenario.yaml").write_text(case(), encoding="utf-8")
    (path / "claims.yaml").write_text(claims(), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def done(folder):
    return run(folder / "scenario.yaml", folder / "run")


@pytest.fixture(scope="module")
def found(folder):
    return {claim.id: claim for claim in find(folder / "scenario.yaml")}


def read(tmp_path, text):
    (tmp_path / "scenario.yaml").write_text(case(), encoding="utf-8")
    (tmp_path / "claims.yaml").write_text(text, encoding="utf-8")
    return load(tmp_path / "scenario.yaml").claims


def test_a_measure_of_reach_is_read_in_full(folder):
    measures = {c.id: c for c in load(folder / "scenario.yaml").claims}
    first = measures["cannot-reach"].measure
    assert isinstance(first, ReachMeasure)
    assert (first.kind, first.site, first.delay_s, first.part) == (
        "battery", "north", 300.0, "before-apogee",
    )  # fmt: skip
    assert measures["slow-ships"].measure.ends == ("end-washington",)
    assert measures["slow-ships"].threshold == Threshold("at_most", 5500.0, "km/s")
    assert measures["at-nine"].measure.speed_m_s == 9000.0
    assert measures["at-nine"].measure.position.reference == "site/redzikowo"
    assert measures["with-own-eyes"].measure.delay_s is None


def test_a_finding_names_the_pairs_it_holds_and_fails_for(found, done):
    claim = found["cannot-reach"]
    assert claim.kind == "reach"
    usual = claim.findings[0]
    assert usual.under == "adopted"
    table = done.table("reach")
    rows = table.where(
        (table["site"] == "north") & (table["delay_s"] == 300.0) & (table["timing"] == "delay")
        & (table["part"] == "before-apogee") & (table["assumptions"] == "adopted")
    )  # fmt: skip
    within = {(b, e) for b, e, r in zip(*(rows[c] for c in ROW), strict=True) if r}
    assert {(p.base, p.end) for p in usual.fails_for} == within
    assert len(usual.holds_for) + len(usual.fails_for) == 4
    assert usual.best == len(within) / 4
    assert f"holds for {4 - len(within)} of 4" in usual.detail
    for pair in usual.fails_for:
        assert f"{pair.base} -> {pair.end} (least {pair.least_km_s:.2f} km/s)" in usual.detail
        assert pair.least_km_s <= 6.3


ROW = ("base", "end", "reachable")


def test_a_rival_speed_turns_the_finding(found):
    claim = found["cannot-reach"]
    words = {f.under: f.finding for f in claim.findings}
    assert words[f"{MDA}=postol"] == "fails"
    assert words["adopted"] != "fails"
    assert f"{MDA}=postol" in claim.findings[0].flips_on
    assert all(f.flips_on is None for f in claim.findings[1:])


def test_a_measure_with_a_speed_of_its_own_has_no_rival_speeds(found):
    assert [f.under for f in found["at-nine"].findings] == ["adopted"]
    assert found["at-nine"].findings[0].finding == "holds"


def test_a_least_speed_is_in_km_s_and_narrowed_to_the_ends_named(found):
    finding = found["slow-ships"].findings[0]
    assert finding.unit == "km/s"
    assert {p.end for p in finding.holds_for} == {"end-washington"}
    assert finding.best == min(p.least_km_s for p in finding.holds_for)
    assert finding.epistemic_p05 < finding.best < finding.epistemic_p95
    assert found["slow-ships"].threshold == "<= 5.5 km/s"


def test_rival_ranges_of_radars_are_followed_where_sensors_are_asked_for(found):
    under = {f.under for f in found["with-own-eyes"].findings}
    assert {u.partition("=")[0] for u in under} == {
        "adopted", "sensor.an-tpy-2-forward.reference_range",
    }  # fmt: skip


def test_the_findings_of_a_run_are_those_of_the_command(done, found):
    assert {claim.id: claim for claim in done.manifest.claims} == found


def test_findings_of_the_swapped_parties_are_the_same(found, tmp_path):
    (tmp_path / "scenario.yaml").write_text(case("beta", "alpha"), encoding="utf-8")
    (tmp_path / "claims.yaml").write_text(claims("beta", "alpha"), encoding="utf-8")
    for claim in find(tmp_path / "scenario.yaml"):
        assert claim.findings == found[claim.id].findings


@pytest.mark.parametrize(
    ("old", "new", "field", "says", "nearest"),
    [
        ("trajectories: forest", "trajectories: forrest", "trajectories", "no entry", "forest"),
        ("battery: north", "battery: nort", "battery", "no battery 'nort'", "north"),
        ("patrol_area: cold-sea", "patrol_area: cold", "patrol_area", "no patrol area", "cold-sea"),
        ("site: site/redzikowo", "site: site/redzikovo", "site", "no site", "site/redzikowo"),
        ("site: site/redzikowo", "site: place/x", "site", "nothing in this variant", None),
        ("party: ALPHA", "party: gamma", "party", "no party", None),
        ("delay: 300 s", "delay: 300 km", "delay", "is a length, not a time", None),
        ("delay: 300 s", "delay: -1 s", "delay", "before the missile's", None),
        ("      speed: 9 km/s\n", "", "measure", "no burnout speed of its own", None),
        ("speed: 9 km/s", "speed: 0 km/s", "speed", "not above zero", None),
        ("[end-washington]", "[end-washingtn]", "ends[0]", "no end point", "end-washington"),
        ("      battery: north\n", "", "measure", "with 0 places", None),
        ("{at_most: 5.5 km/s}", "{at_most: 5 %}", "at_most", "not a speed", None),
        ("part: before-apogee", "part: before", "part", "'before'", "before-apogee"),
        (
            "outcome: least_burnout_speed",
            "outcome: least_speed",
            "outcome",
            "measure",
            "least_burnout_speed",
        ),
        ("delay: 120 s", "delay: own-sensors", "delay", "only batteries", None),
        ("      delay: 300 s\n", "", "measure.delay", "is missing", None),
    ],
)
def test_bad_measures_are_refused_with_their_line(tmp_path, old, new, field, says, nearest):
    text = CLAIMS.replace(old, new, 1).replace("ALPHA", "alpha")
    assert text != CLAIMS.replace("ALPHA", "alpha")
    with pytest.raises(ScenarioError) as caught:
        read(tmp_path, text)
    error = caught.value
    assert error.field.endswith(field)
    assert says in f"{error.what} {error.expected}"
    assert error.nearest == nearest
    assert error.line is not None
    assert len(getattr(error, "faults", ())) <= 1


def test_an_interval_with_infinite_draws_has_an_infinite_end():
    low, high = interval(np.array([5.0, 6.0, math.inf, math.nan]))
    assert (low, high) == (5.0, math.inf)
    assert all(math.isnan(end) for end in interval(np.array([math.nan])))


@pytest.mark.parametrize("draw", [-1, 0, 15])
@pytest.mark.parametrize(
    "outcome",
    [
        "reachable_pair_fraction/forest/north/any/300-s",
        "base/least_burnout_speed/forest/north/before-apogee/300-s",
        "base/alpha/least_burnout_speed/forest/north/any/own-sensors",
        f"base/alpha/reachable_pair_fraction/forest/north/any/300-s@{MDA}=postol",
        "base/least_burnout_speed/forest/patrol-area:cold-sea/any/120-s",
        "least_burnout_speed/prairie/capital/after-apogee/300-s",
    ],
)
def test_a_trace_matches_what_is_stored(done, outcome, draw):
    found = trace(done, outcome, draw)
    assert found.matches
    assert found.value == found.stored or math.isnan(found.value)
    assert found.unit == ("1" if "fraction" in outcome else "km/s")


def test_a_trace_names_what_was_read_and_nothing_else(done):
    kinetic = {i.id for i in trace(done, "least_burnout_speed/forest/north/any/300-s").inputs}
    shares = {i.id for i in trace(done, "reachable_pair_fraction/forest/north/any/300-s").inputs}
    sensed = {i.id for i in trace(done, "least_burnout_speed/forest/north/any/own-sensors").inputs}
    assert shares - kinetic == {MDA}
    assert "sensor.an-tpy-2-forward.reference_range" in sensed - kinetic
    assert "default.engagement.decision_time" in sensed - kinetic
    assert {
        "missile.ss-27-mod-2.burn_time",
        "site.kozelsk.latitude",
        "site.redzikowo.latitude",
    } <= (kinetic)
    area = {
        i.id
        for i in trace(done, "least_burnout_speed/forest/patrol-area:cold-sea/any/120-s").inputs
    }
    assert "default.reach.burn_time" in area
    assert not any(id.startswith("interceptor.") for id in area)


def test_a_trace_reads_as_text(done):
    said = trace_text(trace(done, "least_burnout_speed/forest/north/any/300-s"), 90)
    assert "km/s, computed again" in said
    assert "meeting: Least |w|" in said
    assert "radar:" not in said


@pytest.mark.parametrize(
    ("name", "says", "nearest"),
    [
        (
            "least_burnout_speed/forest/nort/any/300-s",
            "no outcome",
            "least_burnout_speed/forest/north/any/300-s",
        ),
        ("least_burnout_speed/forest/north/any", "not the name of an outcome", None),
        ("other/least_burnout_speed/forest/north/any/300-s", "nothing fits", None),
        ("least_speed/forest", "not a measure", "least_burnout_speed"),
    ],
)
def test_wrong_names_of_outcomes(done, name, says, nearest):
    with pytest.raises(UsageError, match=says) as caught:
        trace(done, name)
    assert caught.value.nearest == nearest


def test_a_scenario_in_which_nothing_flies_still_runs(tmp_path):
    """Everything beyond the missile's range: no pair counts, no surface, and no claim decided."""
    text = case().replace(
        "assume:\n",
        "assume:\n  missile.ss-27-mod-2.maximum_range: {best: 900 km, low: 700 km, "
        "high: 1100 km, status: judgement, author: The tests, reason: Short.}\n",
    )
    (tmp_path / "scenario.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "claims.yaml").write_text(claims(), encoding="utf-8")
    found = find(tmp_path / "scenario.yaml", draws=8)
    assert {f.finding for claim in found for f in claim.findings} == {"undecided"}
    assert all("none of these" in claim.findings[0].detail for claim in found)
    done = run(tmp_path / "scenario.yaml", tmp_path / "out", draws=8)
    shares = done.table("reach_shares")
    forest = shares["trajectories"] == "forest"
    assert set(shares["pairs"][forest]) == {0}
    assert np.isnan(shares["fraction"][forest]).all()
    assert set(done.table("surfaces")["flight"]) == {4}
