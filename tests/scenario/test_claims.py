"""The claims register: claims of all sides in one form, measure and threshold fixed before."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longroad.base.errors import ScenarioError
from longroad.scenario.claim import Threshold
from longroad.scenario.claims import read_claims
from longroad.scenario.faults import Faults
from longroad.scenario.load import load, loads
from longroad.scenario.reader import read_text

CLAIMS = """\
longroad: 1
scenario: test-case
claims:
  coast-is-covered:
    who: A minister
    said: The coast can be covered in full.
    date: 2011-05
    source: test-source
    measure: {outcome: engageable_area_fraction, variant: late, party: coast, missile: class-far}
    threshold: {at_least: 99 %}
    fixed_on: 2012-01-31
  hardly-anything:
    who: A critic
    said: Hardly any of Greece is covered.
    date: 2010
    source: other-source
    measure:
      outcome: engageable_population_fraction
      variant: early
      party: coast
      missile: class-far
      countries: [GRC]
    threshold: {at_most: 5 %}
    fixed_on: 2012-01-31
    note: As reported.
"""


@pytest.fixture
def load_claims(tmp_path, catalog, valid):
    def loaded(text: str):
        (tmp_path / "scenario.yaml").write_text(valid)
        (tmp_path / "claims.yaml").write_text(text)
        return load(tmp_path, catalog=catalog).claims

    return loaded


def test_claims_stand_in_the_order_written(load_claims):
    first, second = load_claims(CLAIMS)
    assert (first.id, first.date, first.fixed_on) == ("coast-is-covered", "2011-05", "2012-01-31")
    assert first.measure.outcome == "engageable_area_fraction/class-far"
    assert first.measure.countries == ()
    assert first.threshold == Threshold("at_least", 0.99, "%")
    assert second.date == "2010"
    assert second.measure.countries == ("GRC",)
    assert second.origin.line == 12


def test_a_claim_whose_source_bears_no_date_has_none(load_claims):
    first, second = load_claims(CLAIMS.replace("    date: 2011-05\n", "", 1))
    assert (first.date, first.fixed_on) == (None, "2012-01-31")
    assert second.date == "2010"


def test_a_threshold_holds_at_its_value():
    assert Threshold("at_least", 0.9, "%").holds(0.9)
    assert not Threshold("at_least", 0.9, "%").holds(0.89)
    assert Threshold("at_most", 0.05, "%").holds(0.05)
    assert not Threshold("at_most", 0.05, "%").holds(0.06)


def test_claims_belong_to_a_file_called_scenario_yaml(tmp_path, catalog, valid):
    (tmp_path / "other.yaml").write_text(valid)
    (tmp_path / "claims.yaml").write_text("nonsense")
    assert load(tmp_path / "other.yaml", catalog=catalog).claims == ()


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "says", "nearest"),
    [
        (
            "scenario: test-case",
            "scenario: other",
            2,
            "scenario",
            "these claims are about 'other'",
            None,
        ),
        ("longroad: 1", "longroad: 3", 1, "longroad", "3 is not a format version", None),
        ("who: A minister", "whom: A minister", 5, "whom", "is not a field here", "who"),
        ("date: 2011-05", "date: 2011-13", 7, "date", "'2011-13' is not a date", None),
        ("date: 2011-05", "date: May 2011", 7, "date", "is not a date", None),
        ("fixed_on: 2012-01-31", "fixed_on: 2012", 11, "fixed_on", "is not a date", None),
        ("fixed_on: 2012-01-31", "fixed_on: 2011-04-30", 11, "fixed_on", "before the claim", None),
        ("test-source", "tset-source", 8, "source", "no source 'tset-source'", "test-source"),
        (
            "engageable_area_fraction",
            "engagable_area_fraction",
            9,
            "measure.outcome",
            "is not a measure",
            "engageable_area_fraction",
        ),
        ("variant: late", "variant: lat", 9, "measure.variant", "no variant 'lat'", "late"),
        ("party: coast", "party: coats", 9, "measure.party", "no party 'coats'", "coast"),
        ("class-far", "class-fra", 9, "measure.missile", "no threat 'class-fra'", "class-far"),
        ("{at_least: 99 %}", "{}", 10, "threshold", "a threshold with 0 bounds", None),
        (
            "{at_least: 99 %}",
            "{at_least: 9 %, at_most: 10 %}",
            10,
            "threshold",
            "a threshold with 2 bounds",
            None,
        ),
        ("99 %", "99 km", 10, "threshold.at_least", "is a length, not a fraction", None),
        ("99 %", "120 %", 10, "threshold.at_least", "out of range", None),
        ("99 %", "0.99", 10, "threshold.at_least", "has no unit", None),
    ],
)
def test_bad_claims_are_refused_with_their_line(
    load_claims, tmp_path, old, new, line, field, says, nearest
):
    with pytest.raises(ScenarioError) as caught:
        load_claims(CLAIMS.replace(old, new, 1))
    error = caught.value
    assert error.file == str(tmp_path / "claims.yaml")
    assert error.line == line
    assert error.field.endswith(field)
    assert says in error.what
    assert error.nearest == nearest
    assert len(getattr(error, "faults", ())) <= 1


def test_countries_of_a_measure_lie_in_the_territory(load_claims):
    with pytest.raises(ScenarioError, match=r"'TUR' is not in the territory of 'coast'"):
        load_claims(CLAIMS.replace("[GRC]", "[TUR]"))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_any_mutation_is_read_or_refused(catalog, valid, mutated, seed, times):
    scenario = loads(valid, "scenario.yaml", catalog=catalog)
    root = read_text(mutated(CLAIMS, seed, times), "claims.yaml")
    faults = Faults("claims.yaml")
    read_claims(root, scenario.id, scenario.variants, catalog, faults)
    for fault in faults.all:
        assert str(fault).startswith("claims.yaml")
        assert "Node(" not in str(fault)
        assert len(str(fault)) < 1500
