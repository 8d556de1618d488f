"""The numbers behind a run: shares by status, citations, rival claims in words."""

from __future__ import annotations

from dataclasses import replace

from longroad.dossier.assumptions import (
    Reading,
    adopted_reading,
    assumed_words,
    claim_value,
    claimant,
    thing_words,
)
from longroad.dossier.inputs import bibliography, groups, shares
from longroad.study.manifest import Input, InputValue


def test_each_input_counts_once_by_its_adopted_value(run):
    found = {s.status: s.count for s in shares(run.manifest)}
    assert found == {"published": 4, "reported": 0, "judgement": 4, "unverified": 2}
    assert sum(s.share for s in shares(run.manifest)) == 1.0


def test_every_citation_leads_to_the_bibliography(run):
    cited = bibliography(run.manifest)
    assert [c.number for c in cited] == list(range(1, len(cited) + 1))
    numbers = {c.source.id: c.number for c in cited}
    for group in groups(run.manifest):
        for row in group.rows:
            for value in row.values:
                for ref in value.sources:
                    assert numbers[ref.id] == ref.number


def test_all_inputs_are_listed_once(run):
    listed = [row.id for group in groups(run.manifest) for row in group.rows]
    assert sorted(listed) == sorted(one.id for one in run.manifest.inputs)


def test_a_judgement_names_author_and_reason(run):
    rows = {row.id: row for group in groups(run.manifest) for row in group.rows}
    value = rows["interceptor.sm3-ia.burn_time"].values[0]
    assert value.origin.startswith("Longroad maintainers: Three stages")
    assert value.between == "50 to 80"


RANGE = "sensor.an-tpy-2-forward.reference_range"


def test_a_rival_claim_in_words(run):
    reading = Reading.parse(f"{RANGE}=lewis-postol-2012")
    assert reading.thing == RANGE
    assert claimant(run.manifest, reading) == "Lewis and Postol (2012)"
    assert claim_value(run.manifest, reading) == "870 km"
    assert adopted_reading(run.manifest, RANGE).claim == "nrc-2012"
    assert "870 km" in assumed_words(run.manifest, reading.id)
    assert assumed_words(run.manifest, "adopted") == "on the adopted figures"
    assert "cautious-planner" in assumed_words(run.manifest, "cautious-planner")


def test_a_disputed_place_and_an_input_of_one_variant(run):
    def value(best, claim):
        return InputValue(best, best, best, "deg", "published", claim=claim, claimant=claim.title())

    place = [
        Input(f"site.x.{name}", f"X: {name}", (value(1.0, "one"), value(2.0, "two")), "one")
        for name in ("latitude", "longitude")
    ]
    local = Input("sensor.y.range@phase-2", "Y: range", (value(5, "a"), value(6, "b")), "b")
    manifest = replace(run.manifest, inputs=(*run.manifest.inputs, *place, local))
    reading = Reading.parse("site.x=two")
    assert thing_words(manifest, "site.x") == "X: position"
    assert claim_value(manifest, reading) == "2° and 2°"
    assert thing_words(manifest, "sensor.y.range") == "Y: range"
    assert adopted_reading(manifest, "sensor.y.range").claim == "b"
    rows = {row.id: row for group in groups(manifest) for row in group.rows}
    assert "site.x.latitude" not in rows
    assert rows["site.x"].label == "X: position"
    assert [value.best for value in rows["site.x"].values] == ["1°, 1°", "2°, 2°"]
