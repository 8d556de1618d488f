"""Claims about the negotiation beside a scenario: what they name has to be there."""

from __future__ import annotations

import pytest

from longroad.base.errors import ScenarioError
from longroad.scenario.claim import BargainMeasure
from longroad.scenario.load import load

CLAIMS = """\
longroad: 1
scenario: test-case
claims:
  one:
    who: A minister
    said: They will refuse.
    source: test-source
    measure: %s
    threshold: {%s}
    fixed_on: 2012-01-31
"""
TALKS = """\
longroad: 1
negotiation: talks
title: Talks
question: What?
author: A tester
basis: {status: judgement, author: A tester, reason: a test}
parties: {coast: {name: Coast}, desert: {name: Desert}}
issues:
  price: {name: Price, options: {low: Low, high: High}}
  place: {name: Place, options: {here: Here, there: There}}
no_deal: {price: low, place: here}
packages:
  dear:
    {name: D, by: desert, to: [coast], source: test-source, opening: true, choices: {price: high}}
  far: {name: Far, source: test-source, choices: {place: there}}
interests:
  coast:
    weights: {swing: {price: [50, 100], place: [10, 50]}}
    values: {price: {low: 1, high: 0}, place: {here: 0, there: 1}}
    reservation: {no_deal: true}
  desert:
    weights: {swing: {price: [50, 100], place: [10, 50]}}
    values: {price: {low: 0, high: 1}, place: {here: 1, there: 0}}
    reservation: {no_deal: true}
"""


@pytest.fixture
def claim(tmp_path, catalog, valid):
    def loaded(measure: str, threshold: str = "at_most: 5 %", talks: str | None = TALKS):
        (tmp_path / "scenario.yaml").write_text(valid)
        (tmp_path / "claims.yaml").write_text(CLAIMS % (measure, threshold))
        if talks is not None:
            (tmp_path / "negotiation.yaml").write_text(talks)
        (one,) = load(tmp_path, catalog=catalog).claims
        return one

    return loaded


def test_a_share_of_those_who_accept_the_openings(claim):
    one = claim("{outcome: package_accepted_fraction, packages: openings, party: coast}")
    assert one.measure == BargainMeasure(
        "package_accepted_fraction", packages=("dear",), parties=("coast",)
    )


def test_agreements_are_narrowed_by_options(claim):
    one = claim("{outcome: agreement_exists_fraction, choices: {price: high}, ratified: true}")
    assert one.measure.choices == {"price": ("high",)}
    assert one.measure.ratified


def test_years_are_read_with_their_unit(claim):
    one = claim("{outcome: years_to_agreement, percentile: 50}", "at_least: 2 years")
    assert one.threshold.value == 2 * 365.25 * 86400
    assert (one.threshold.unit, one.measure.percentile) == ("years", 50.0)


def test_gains_can_be_losses(claim):
    one = claim("{outcome: gain_fraction, packages: [dear, far]}", "at_most: 0 %")
    assert one.measure.packages == ("dear", "far")


@pytest.mark.parametrize(
    ("measure", "field", "words", "near"),
    [
        ("{outcome: gain_fractoin, packages: dear}", "outcome", "not a measure", "gain_fraction"),
        ("{outcome: gain_fraction, packages: deer}", "packages", "no package 'deer'", "dear"),
        ("{outcome: gain_fraction, packages: [dear, dear]}", "packages", "listed twice", None),
        ("{outcome: gain_fraction, party: cost}", "party", "no party 'cost'", "coast"),
        ("{outcome: gain_fraction, kind: talks}", "kind", "says nothing about", None),
        ("{outcome: gain_fraction, percentile: 120}", "percentile", "120", None),
        ("{outcome: package_accepted_fraction}", "measure", "of no package", None),
        (
            "{outcome: agreement_exists_fraction, choices: {prize: high}}",
            "choices", "no issue 'prize'", "price",
        ),
        (
            "{outcome: agreement_exists_fraction, choices: {price: hihg}}",
            "choices", "not an option of 'price'", "high",
        ),
        ("{outcome: years_to_agreement, party: coast}", "party", "one party waits", None),
        ("{outcome: years_recorded, kind: talk}", "kind", "talk", "talks"),
    ],
)  # fmt: skip
def test_a_bad_word_is_told_with_line_field_and_nearest(claim, measure, field, words, near):
    bound = "at_least: 1 year" if "years" in measure else "at_most: 5 %"
    with pytest.raises(ScenarioError) as fault:
        claim(measure, bound)
    (one,) = fault.value.faults
    assert (one.line, words in one.what) == (8, True), one
    assert field in one.field
    assert one.nearest == near


def test_without_a_negotiation_there_is_nothing_to_be_about(claim):
    with pytest.raises(ScenarioError, match="no negotiation beside this scenario"):
        claim("{outcome: gain_fraction}", talks=None)


def test_a_threshold_in_the_wrong_unit_is_refused(claim):
    with pytest.raises(ScenarioError, match="5 %"):
        claim("{outcome: years_recorded}", "at_least: 5 %")


def test_a_faulty_negotiation_is_told_as_its_own(claim):
    with pytest.raises(ScenarioError) as fault:
        claim("{outcome: gain_fraction}", talks=TALKS.replace("price: low, ", "price: lwo, "))
    assert str(fault.value.file).endswith("negotiation.yaml")
    assert "lwo" in str(fault.value)
