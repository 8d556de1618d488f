"""Claims about a negotiation: records for a run, the finding's word, the command."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from conftest import small
from longroad.bargaining.acceptance import acceptance
from longroad.bargaining.assign import assignments, package_rows
from longroad.scenario import load, load_negotiation
from longroad.study import claims
from longroad.study.bargain_findings import bargaining_records, negotiated_records
from longroad.study.claim_checks import _trivial

TALKS = """\
longroad: 1
negotiation: talks
title: Talks
question: What?
author: A tester
draws: 256
basis: {status: judgement, author: A tester, reason: a test}
parties: {one: {name: One}, two: {name: Two}}
issues:
  price: {name: Price, options: {low: Low, high: High}}
  place: {name: Place, options: {here: Here, there: There}}
no_deal: {price: low, place: here}
packages:
  dear: {name: D, by: two, to: [one], source: nrc-2012, opening: true, choices: {price: high}}
  trade: {name: T, source: nrc-2012, choices: {price: high, place: there}}
interests:
  one:
    weights: {swing: {price: [20, 60], place: [60, 100]}}
    values: {price: {low: 1, high: 0}, place: {here: 0, there: 1}}
    reservation: {no_deal: true}
  two:
    weights: {swing: {price: [60, 100], place: [20, 60]}}
    values: {price: {low: 0, high: 1}, place: {here: 1, there: 0}}
    reservation: {no_deal: true}
"""
CLAIM = """\
  {id}:
    who: A
    said: B
    source: nrc-2012
    measure: {measure}
    threshold: {{{threshold}}}
    fixed_on: 2026-11-28
"""
MADE = {
    "nobody": ("{outcome: package_accepted_fraction, packages: openings}", "at_most: 5 %"),
    "always": ("{outcome: agreement_exists_fraction}", "at_least: 95 %"),
    "gain": ("{outcome: gain_fraction, packages: trade}", "at_least: 99 %"),
    "some": ("{outcome: gain_fraction, packages: trade, party: one}", "at_least: 40 %"),
    "wait": ("{outcome: years_to_agreement}", "at_least: 1 year"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("claimed")
    (made / "scenario.yaml").write_text(small(), encoding="utf-8")
    (made / "negotiation.yaml").write_text(TALKS, encoding="utf-8")
    written = "".join(
        CLAIM.format(id=id, measure=measure, threshold=threshold)
        for id, (measure, threshold) in MADE.items()
    )
    text = f"longroad: 1\nscenario: small\nclaims:\n{written}"
    (made / "claims.yaml").write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def records(folder):
    found = bargaining_records(load(folder), load_negotiation(folder), None)
    return {record.id: record for record in found}


def test_each_claim_has_its_word(records):
    words = {id: record.findings[0].finding for id, record in records.items()}
    assert words["nobody"] == words["always"] == "holds"
    assert words["gain"] == "fails"
    # The interval of what One gains lies around two fifths.
    assert words["some"] == "undecided"
    for record in records.values():
        assert (record.kind, record.findings[0].under) == ("bargaining", "adopted")
        assert record.fixed_on == "2026-11-28"


def test_without_patience_there_is_no_wait_to_speak_of(records):
    (finding,) = records["wait"].findings
    assert (finding.finding, finding.best, finding.unit) == ("undecided", None, "years")


def test_the_answer_does_not_depend_on_workers(folder, records):
    again = bargaining_records(load(folder), load_negotiation(folder), None, workers=2)
    assert tuple(again) == tuple(records.values())


def test_a_study_of_such_claims_alone_plans_nothing_else(folder, monkeypatch):
    monkeypatch.setattr(
        "longroad.study.claims_run.study", lambda *_, **__: pytest.fail("a study was made")
    )
    found = claims(folder, draws=64)
    assert [claim.id for claim in found] == list(MADE)
    assert found == negotiated_records(load(folder), draws=64)


def test_a_gain_of_nothing_is_a_test_and_a_share_of_nothing_is_none(folder):
    by_id = {claim.id: claim for claim in load(folder).claims}
    zero = replace(by_id["gain"].threshold, value=0.0)
    assert _trivial(replace(by_id["gain"], threshold=zero)) is None
    assert _trivial(replace(by_id["always"], threshold=zero)) is not None


def test_the_command_takes_one_kind(folder, command_in, tmp_path):
    run = command_in(tmp_path)
    done = run("claims", str(folder), "--about", "bargaining", "--draws", "64", "--json")
    assert done.status == 0, done.err
    assert [claim["id"] for claim in done.json["claims"]] == list(MADE)
    none = run("claims", str(folder), "--about", "reach")
    assert "no claims" in none.out
    bad = run("claims", str(folder), "--about", "bargain")
    assert (bad.status, "did you mean 'bargaining'?" in " ".join(bad.err.split())) == (2, True)
    told = run("claims", str(folder), "--about", "bargaining", "--draws", "64")
    assert "holds under adopted" in told.out
    assert "at least 1 years" in told.out


def test_openings_are_answered_alike_whatever_the_seed():
    """Notes, check 10: stable to 0.01 over seeds with 5,000 assignments."""
    talks = load_negotiation("epaa-2011")
    rows = package_rows(talks, [one.choices for one in talks.packages if one.opening])
    shares = [
        acceptance(assignments(talks, draws=5000, seed=seed), rows).signs.mean(axis=0)
        for seed in (2011, 1)
    ]
    assert len(rows) == 4
    assert np.abs(shares[0] - shares[1]).max() < 0.01
