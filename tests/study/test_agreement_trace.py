"""Claims and traces under agreements: a figure of the run, found again with what it came from."""

import sys
from pathlib import Path

import pytest

from longroad import study
from longroad.base.errors import UsageError
from longroad.study import trace, trace_text

sys.path.insert(0, str(Path(__file__).parent))
import agreement_case as case

AGREED = {"data": [case.give(latency=7.0)], "ask": [case.give(latency=7.0), case.consent(600.0)]}
CLAIMS = """\
longroad: 1
scenario: two
claims:
  one:
    who: A
    said: B
    source: nrc-2012
    measure: {outcome: engageable_area_fraction, variant: base, party: home, missile: far,
      agreement: data}
    threshold: {at_least: 1 %}
    fixed_on: 2026-11-28
  part:
    who: A
    said: B
    source: nrc-2012
    measure: {outcome: engageable_population_fraction, variant: base, party: home, missile: far,
      agreement: none, countries: [ROU]}
    threshold: {at_least: 1 %}
    fixed_on: 2026-11-28
  part-with-data:
    who: A
    said: B
    source: nrc-2012
    measure: {outcome: engageable_population_fraction, variant: base, party: home, missile: far,
      agreement: ask, countries: [ROU]}
    threshold: {at_least: 1 %}
    fixed_on: 2026-11-28
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    place = tmp_path_factory.mktemp("traced")
    (place / "scenario.yaml").write_text(case.text(AGREED), encoding="utf-8")
    (place / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    return study.run(place, place / "run", draws=4, workers=1)


def figure(run, **where):
    table = run.table("agreements")
    for name, value in where.items():
        table = table.where(table[name] == value)
    assert table.rows == 1
    return {name: table[name][0] for name in table}


def test_a_claim_is_read_under_the_agreement_that_it_names(run):
    claim = next(one for one in run.manifest.claims if one.id == "one")
    (finding,) = claim.findings
    found = figure(
        run, party="home", agreement="data", circumstance="as-agreed",
        outcome="engageable_area_fraction",
    )  # fmt: skip
    assert (finding.best, finding.epistemic_p05) == (found["best"], found["p05"])
    assert (finding.under, finding.finding) == ("adopted", "holds")
    assert claim.measure == "engageable_area_fraction/far, home, under data"


def test_a_claim_about_countries_is_read_there(run):
    part = next(one for one in run.manifest.claims if one.id == "part-with-data")
    (finding,) = part.findings
    whole = figure(
        run, party="home", agreement="ask", circumstance="as-agreed",
        outcome="engageable_population_fraction",
    )  # fmt: skip
    assert 0.0 <= finding.best <= 1.0
    assert finding.best != whole["best"]


@pytest.mark.parametrize("draw", [-1, 3])
@pytest.mark.parametrize(
    "outcome",
    [
        "base/home/agreements/data/engageable_area_fraction/far",
        "base/home/agreements/ask/expected_engageable_population_fraction/far",
        "base/home/agreements/ask/refused/away/engageable_area_fraction/far",
        "base/away/agreements/data/withdrawn/home/commit_time/far",
    ],
)
def test_the_value_matches_the_stored_one(run, outcome, draw):
    found = trace(run, outcome, draw)
    assert found.matches
    assert found.agreement in outcome
    assert found.value == found.stored or found.value != found.value
    assert found.outcome in trace_text(found, 100)


def test_it_names_the_numbers_of_the_agreement_and_of_what_is_heard(run):
    def read(outcome):
        found = trace(run, f"base/home/agreements/{outcome}/engageable_area_fraction/far", 1)
        return {one.id: one for one in found.inputs}, found

    data, found = read("data")
    none, _ = read("none")
    ask, _ = read("ask")
    assert data["agreement.data.give.latency"].value == 7.0
    assert {one.stage for one in found.inputs} <= {stage.stage for stage in found.stages}
    assert "agreement.data.give.latency" not in none
    assert "agreement.ask.ask.delay" in ask and "agreement.ask.ask.delay" not in data
    heard = {"sensor.voronezh-armavir.reference_range", "default.radar-x.range_error"}
    assert heard <= set(data) and "sensor.voronezh-armavir.reference_range" not in none
    assert "interceptor.sm3-iia.burnout_speed" in none
    for number in data.values():
        assert number.sources or (number.author and number.reason)


@pytest.mark.parametrize(
    ("outcome", "says"),
    [
        ("agreements/data/engageable_area_fraction/far", "fits 2 outcomes"),
        ("base/home/agreements/dta/engageable_area_fraction/far", "has no outcome"),
        ("agreements/data/shot_opportunities/far", "not drawn under agreements"),
        ("agreements/data/far", "not the name"),
    ],
)
def test_a_name_that_fits_nothing_is_refused(run, outcome, says):
    with pytest.raises(UsageError) as fault:
        trace(run, outcome)
    assert says in str(fault.value)


def test_a_draw_that_was_not_made_is_refused(run):
    with pytest.raises(UsageError, match="no draw 9"):
        trace(run, "base/home/agreements/data/engageable_area_fraction/far", 9)
