"""Claims about deterrents: read with their faults, found under every set, and traced."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from reach_case import case

from longroad.base.errors import ScenarioError, UsageError
from longroad.scenario import ExchangeMeasure, load
from longroad.study import claims as find
from longroad.study import run, trace

MEASURE = (
    "{outcome: warheads_lost_fraction, variant: base, party: united-states, owner: russia, "
    "towards: USA, posture: day-to-day-ride-out, delay: 300 s}"
)
CLAIMS = f"""
longroad: 1
scenario: reach-case
claims:
  no-matter:
    who: Somebody
    said: It takes next to nothing.
    date: 2012
    source: rand-2015
    measure: {MEASURE}
    threshold: {{at_most: 10 %}}
    fixed_on: 2026-11-28
  some:
    who: Somebody else
    said: It takes a warhead at the least.
    date: 2012
    source: butt-postol-2011
    measure: {MEASURE.replace("warheads_lost_fraction", "warheads_lost")}
    threshold: {{at_least: 1}}
    fixed_on: 2026-11-28
"""


def written(folder, text=CLAIMS):
    (folder / "scenario.yaml").write_text(case("united-states", "russia"), encoding="utf-8")
    (folder / "claims.yaml").write_text(text, encoding="utf-8")
    return folder / "scenario.yaml"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return written(tmp_path_factory.mktemp("claims"))


def test_a_measure_of_an_exchange_is_read_in_full(file):
    first, second = (claim.measure for claim in load(file).claims)
    assert first == ExchangeMeasure(
        "warheads_lost_fraction", "base", "united-states", "russia", "USA",
        "day-to-day-ride-out", 300.0,
    )  # fmt: skip
    assert second.measure == "warheads_lost"


def test_findings_name_who_holds_what_and_what_flips_them(file):
    found = {claim.id: claim for claim in find(file)}
    for claim in found.values():
        assert claim.kind == "deterrence"
        unders = [one.under for one in claim.findings]
        assert unders[0] == "adopted"
        assert {"owner-extreme", "defender-extreme"} <= set(unders)
        words = {one.under: one.finding for one in claim.findings}
        flips = [under for under in unders if words[under] != words["adopted"]]
        assert (claim.findings[0].flips_on or "") == ", ".join(flips)
    most = next(one for one in found["some"].findings if one.under == "owner-extreme")
    least = next(one for one in found["some"].findings if one.under == "defender-extreme")
    assert most.detail == "russia, extreme"
    assert least.detail == "united-states, extreme"
    assert most.best >= least.best
    assert most.unit == "warheads"
    assert found["some"].threshold == ">= 1 warheads"


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("owner: russia", "owner: rusia", "owner", "russia"),
        ("owner: russia", "owner: united-states", "owner", "defender too"),
        ("towards: USA", "towards: US", "towards", "USA"),
        ("day-to-day-ride-out", "day-to-day-ride", "posture", "ride-out"),
        ("delay: 300 s", "delay: 300 km", "delay", "km"),
        ("warheads_lost_fraction", "warheads_lost_fractions", "outcome", "warheads_lost_fraction"),
        ("variant: base", "variant: bas", "variant", "base"),
        ("delay: 300 s", "delay: 300 s, assumptions: owners-extreme", "assumptions", "owner-ext"),
        ("at_most: 10 %", "at_most: 110 %", "at_most", "range"),
        ("at_least: 1}", "at_least: 1.5}", "at_least", "count"),
    ],
)
def test_bad_words_are_told_with_line_field_and_nearest(tmp_path, old, new, field, said):
    with pytest.raises(ScenarioError) as fault:
        load(written(tmp_path, CLAIMS.replace(old, new, 1)))
    assert fault.value.line
    assert field in (fault.value.field or "")
    assert said in str(fault.value)


def test_an_exchange_is_traced_to_the_stored_value(file, tmp_path):
    done = run(file, tmp_path / "run")
    name = "exchange/united-states/russia/USA/day-to-day-ride-out/300-s/lost"
    found = trace(done, name)
    assert found.matches
    assert found.value == found.stored
    assert {number.stage for number in found.inputs} >= {"flight", "force", "exchange"}
    assert found.shares.unverified > 0  # the force is from memory
    inputs = {one.id: one for one in done.manifest.inputs}
    assert any(id.startswith("weapon.russia-2011") for id in inputs)
    assert inputs["basing.silo.survival"].values[0].status == "judgement"
    with pytest.raises(UsageError, match="launch time"):
        trace(done, name.replace("300-s", "soon"))
    with pytest.raises(UsageError, match="is none that the run has"):
        trace(done, name.replace("USA", "FRA"))
    with pytest.raises(UsageError, match="single draws"):
        trace(done, name, 3)
