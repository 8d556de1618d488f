"""What each provision shows of its giver."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from four_parties import agreed, share

from longroad.agreement import ASPECTS, Circumstances, derive
from longroad.agreement.exposure import OF_DEPTH, OF_MEASURE
from longroad.scenario.agreement import Depth


def shown(variant, **circumstances):
    return derive(variant, variant.agreements[1], Circumstances(**circumstances)).exposure


def test_no_agreement_shows_nothing():
    assert shown(agreed()) == ()


def test_a_deeper_look_shows_no_less():
    for one, other in pairwise(sorted(Depth)):
        assert set(OF_DEPTH[one]) <= set(OF_DEPTH[other])
    assert {a for aspects in OF_DEPTH.values() for a in aspects} <= set(ASPECTS)
    assert {a for aspects in OF_MEASURE.values() for a in aspects} <= set(ASPECTS)


@pytest.mark.parametrize("depth", ["D1", "D2", "D3", "D4"])
def test_a_share_shows_each_sensor_to_each_receiver(depth):
    variant = agreed(share("s", "ares", "[bor, cadmos]", depth=depth))
    found = shown(variant)
    assert {(one.asset, one.receiver) for one in found} == {
        (asset, party) for asset in ("a-eye", "a-radar") for party in ("bor", "cadmos")
    }
    for one in found:
        assert (one.provision, one.giver, one.through, one.kept) == ("s", "ares", (), False)
        # What watches from orbit has no tracks to show.
        deepest = Depth[depth] if one.asset == "a-radar" else min(Depth[depth], Depth.D2)
        assert one.aspects == OF_DEPTH[deepest]


def test_onward_release_shows_the_owners_assets_to_a_third_party():
    variant = agreed(
        share("up", "ares", "[bor]", assets="[a-radar]", depth="D4", onward="yes"),
        share("down", "bor", "[cadmos]", assets="[received]", depth="D2"),
    )
    found = {one.receiver: one for one in shown(variant)}
    assert found["cadmos"].giver == "ares"
    assert found["cadmos"].through == ("bor",)
    assert found["cadmos"].depth == Depth.D2
    assert found["cadmos"].provision == "down"
    assert set(found) == {"bor", "cadmos"}


def test_both_ways_to_a_party_are_told_though_one_is_needless():
    variant = agreed(
        share("direct", "ares", "[bor]", assets="[a-radar]", depth="D3"),
        "hub: {kind: centre, purpose: fusion, members: [ares, bor]}",
        share("again", "ares", "via: hub", assets="[a-radar]", depth="D2"),
    )
    assert {(one.provision, one.depth) for one in shown(variant)} == {
        ("direct", Depth.D3),
        ("again", Depth.D2),
    }


def test_words_show_things_too():
    variant = agreed(
        "visits: {kind: transparency, from: ares, to: bor, measures: [site-visits, telemetry]}",
        "talk: {kind: transparency, from: ares, to: bor, measures: [threat-assessment]}",
        "plans: {kind: centre, purpose: planning, members: [ares, bor]}",
        "say: {kind: authority, party: bor, mode: concurrence, of: ares}",
    )
    found = {(one.provision, one.giver, one.receiver): one.aspects for one in shown(variant)}
    assert found == {
        ("visits", "ares", "bor"): ("location", "number", "burnout-speed", "performance"),
        ("plans", "ares", "bor"): ("rules",),
        ("plans", "bor", "ares"): ("rules",),
        ("say", "bor", "ares"): ("engagements",),
    }
    assert all(one.asset is None and one.depth is None for one in shown(variant))


def test_what_was_shown_stays_known_after_somebody_has_left():
    variant = agreed(
        share("a", "ares", "[bor]", assets="[a-radar]"),
        share("b", "bor", "[ares, cadmos]", assets="[b-radar]"),
    )
    found = {(one.provision, one.receiver): one.kept for one in shown(variant, withdrawn=("ares",))}
    assert found == {("a", "bor"): True, ("b", "ares"): True, ("b", "cadmos"): False}
