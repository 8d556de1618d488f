"""The manifest survives JSON, and refuses what it should refuse with a useful sentence."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from longroad.base.errors import RunError
from longroad.study import manifest as m

HASH = "0" * 64


def sample() -> m.Manifest:
    battery = m.Battery(
        "ship", "Ship", "east", 35.0, 30.0, "organic", "interceptor/x", "X", 24, "radar"
    )
    sensor = m.Sensor("radar", "Radar", "east", "radar", "sensor/y", "Y", 35.0, 30.0, 900.0)
    threat = m.Threat(
        "mrbm", "MRBM", "missile/z", "Z", None, 2000.0, ("a",), ("lofted",), ("east",)
    )
    variant = m.Variant(
        "base",
        "Base",
        None,
        (m.Party("east", "East", ("TUR",)),),
        (m.LaunchArea("a", "Area", -10.0, 179.5),),
        (threat,),
        (sensor,),
        (battery,),
    )
    rival = m.Input(
        "sensor.y.reference_range",
        "Range",
        (
            m.InputValue(1500, 1500, 1500, "km", "published", ("nrc",), claim="nrc"),
            m.InputValue(870, 800, 900, "km", "unverified", claim="lp"),
        ),
        adopted="nrc",
    )
    return m.Manifest(
        id="sample",
        title="Ünïcode & <tags>",
        question="?",
        author=None,
        naming="shown",
        scenario="sample",
        scenario_sha256=HASH,
        seed=0,
        draws=8,
        scrambles=8,
        grid=m.Grid(3, 4),
        kernel_hash=HASH,
        versions=(m.Version("longroad", "0.1.0"),),
        variants=(variant, replace(variant, id="later")),
        inputs=(rival,),
        sources=(m.Source("nrc", "Making Sense"),),
        claims=(m.Claim("c", "Said so.", "Someone", "2012", ("nrc",), "x/mrbm", "> 0.5"),),
        tables=(m.TableRecord("draws", 3, HASH),),
        cost=m.Cost("2026-01-01T00:00:00Z", 1.5, 2),
    )


def test_round_trip_is_exact_and_stable() -> None:
    text = m.to_json(sample())
    assert m.from_json(text) == sample()
    assert m.to_json(m.from_json(text)) == text
    assert "Ünïcode" in text


def test_cost_is_no_part_of_the_content_hash() -> None:
    one = sample()
    assert one.content_hash() == replace(one, cost=None).content_hash()
    assert one.content_hash() != replace(one, seed=1).content_hash()


def test_lookups_and_unions() -> None:
    one = sample()
    assert [threat.id for threat in one.threats] == ["mrbm"]
    assert one.variant("later").id == "later"
    assert one.input("sensor.y.reference_range").value.claim == "nrc"
    with pytest.raises(RunError, match="did you mean 'later'"):
        one.variant("latter")


def _changed(*path: object, to: object) -> str:
    document = json.loads(m.to_json(sample()))
    node = document
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = to
    return json.dumps(document)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        (_changed("seed", to="zero"), "seed"),
        (_changed("surprise", to=1), "surprise"),
        (_changed("variants", to=[]), "variants"),
        (_changed("format", to=2), "format"),
        (_changed("tables", 0, "sha256", to="abc"), "tables.0.sha256"),
        (_changed("inputs", 0, "values", 0, "status", to="certain"), "inputs.0.values.0.status"),
        (_changed("inputs", 0, "values", 0, "best", to=9e9), "inputs.sensor.y.reference_range"),
        (_changed("inputs", 0, "adopted", to="nobody"), "inputs.sensor.y.reference_range"),
        (_changed("inputs", 0, "values", 0, "sources", to=["ncr"]), "did you mean 'nrc'"),
        (_changed("claims", 0, "sources", to=["zzz"]), "claims.c"),
        (_changed("variants", 1, "id", to="base"), "stands twice"),
        (_changed("variants", 0, "batteries", 0, "latitude_deg", to=91), "latitude_deg"),
        ("{", "manifest"),
    ],
)
def test_bad_manifests_are_refused_by_field(text: str, field: str) -> None:
    with pytest.raises(RunError) as caught:
        m.from_json(text, file="manifest.json")
    assert field in str(caught.value)
    assert "manifest.json" in str(caught.value)


def test_not_a_number_is_never_written() -> None:
    broken = replace(sample(), cost=m.Cost("", float("nan"), 1))
    with pytest.raises(RunError, match=r"cost\.wall_s"):
        m.to_json(broken)
