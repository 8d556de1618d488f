"""Who learns what and how late: depth, paths, onward release, centres, and the limiting cases."""

from __future__ import annotations

import dataclasses
import math
import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))
from four_parties import agreed, late, share

from longroad.agreement import Circumstances, best, derive, holding, states
from longroad.base.quantity import Quantity, Status
from longroad.catalog import load_catalog


def of(variant, party, circumstances=None, agreement="it"):
    chosen = next(one for one in variant.agreements if one.id == agreement)
    return derive(variant, chosen, circumstances or Circumstances()).information[party]


def delays(variant, party, value=best, **options):
    information = of(variant, party, **options)
    found = information.delays(variant.sensors, value)
    return {
        sensor.id: tuple(
            float(row[index]) for row in (found.warning_s, found.cue_s, found.track_s, found.fire_s)
        )
        for index, sensor in enumerate(variant.sensors)
    }


INF = math.inf


def test_without_an_agreement_each_has_its_own_sensors_at_once():
    variant = agreed()
    found = delays(variant, "ares", agreement="none")
    assert found["a-radar"] == (0.0, 0.0, 0.0, 0.0)
    assert found["a-eye"] == (0.0, 0.0, INF, INF)  # from orbit there is no track
    assert all(found[id] == (INF, INF, INF, INF) for id in ("b-eye", "b-radar", "d-radar"))
    assert delays(variant, "ares") == found


@pytest.mark.parametrize(
    ("depth", "radar"),
    [
        ("D0", (INF, INF, INF, INF)),
        ("D1", (10.0, INF, INF, INF)),
        ("D2", (10.0, 10.0, INF, INF)),
        ("D3", (10.0, 10.0, 10.0, INF)),
        ("D4", (10.0, 10.0, 10.0, 10.0)),
    ],
)
def test_depth_is_ordinal(depth, radar):
    variant = agreed(share("s", "ares", "[bor]", depth=depth))
    found = delays(variant, "bor")
    assert found["a-radar"] == radar
    assert found["a-eye"] == (*radar[:2], INF, INF)
    # Only who is named receives, and the giver loses nothing.
    assert delays(variant, "cadmos")["a-radar"] == (INF, INF, INF, INF)
    assert delays(variant, "ares") == delays(variant, "ares", agreement="none")


def test_each_kind_of_knowledge_comes_by_the_way_that_is_soonest():
    variant = agreed(
        "hub: {kind: centre, purpose: fusion, members: [ares, bor], depth: D3, latency: "
        + late(50) + "}",
        share("quick", "ares", "[bor]", assets="[a-radar]", depth="D2", latency=5),
        share("deep", "ares", "via: hub", assets="[a-radar]", depth="D3", latency=20),
    )  # fmt: skip
    assert delays(variant, "bor")["a-radar"] == (5.0, 5.0, 70.0, INF)
    information = of(variant, "bor")
    radar = next(sensor for sensor in variant.sensors if sensor.id == "a-radar")
    assert information.soonest(radar, "cue", best).parties == ("ares", "bor")
    assert [link.id for link in information.soonest(radar, "track", best).links] == ["deep", "hub"]
    assert information.soonest(radar, "fire", best) is None
    assert information.depth(radar).name == "D3"


def test_a_centre_reaches_all_members_and_no_deeper_than_it_is():
    variant = agreed(
        "hub: {kind: centre, purpose: fusion, members: [ares, bor, cadmos], depth: D2, latency: "
        + late(30) + "}",
        share("in", "ares", "via: hub", depth="D2"),
        share("some", "bor", "via: hub, to: [ares]", depth="D2"),
    )  # fmt: skip
    assert delays(variant, "bor")["a-radar"] == (40.0, 40.0, INF, INF)
    assert delays(variant, "cadmos")["a-radar"] == (40.0, 40.0, INF, INF)
    assert delays(variant, "doris")["a-radar"] == (INF, INF, INF, INF)
    assert delays(variant, "ares")["b-radar"] == (40.0, 40.0, INF, INF)
    assert delays(variant, "cadmos")["b-radar"] == (INF, INF, INF, INF)


@pytest.mark.parametrize(("onward", "arrives"), [("no", 0), ("with-consent", 1), ("yes", 1)])
def test_onward_release_by_a_hub(onward, arrives):
    variant = agreed(
        share("up", "ares", "[bor]", depth="D3", latency=10, onward=onward),
        share("down", "bor", "[cadmos]", assets="[received]", depth="D2", latency=7),
    )
    found = delays(variant, "cadmos")["a-radar"]
    assert found == ((17.0, 17.0, INF, INF) if arrives else (INF, INF, INF, INF))
    # 'received' hands on what was given, and nothing of one's own.
    assert delays(variant, "cadmos")["b-radar"] == (INF, INF, INF, INF)
    withheld = delays(variant, "cadmos", circumstances=Circumstances(withheld=("ares",)))
    assert (withheld["a-radar"][0] == 17.0) == (onward == "yes")
    if arrives:
        feeds = of(variant, "cadmos").feeds
        assert {feed.parties for feed in feeds if not feed.own} == {("ares", "bor", "cadmos")}


def test_a_chain_adds_up_and_takes_the_shallowest_depth():
    variant = agreed(
        share("one", "ares", "[bor]", assets="[a-radar]", depth="D4", latency=1, onward="yes"),
        share("two", "bor", "[cadmos]", assets="[a-radar]", depth="D3", latency=2, onward="yes"),
        share("three", "cadmos", "[doris]", assets="[a-radar]", depth="D3", latency=4),
    )
    assert delays(variant, "doris")["a-radar"] == (7.0, 7.0, 7.0, INF)


def test_a_hub_that_hands_on_everything_does_not_send_data_back():
    variant = agreed(
        share("up-a", "ares", "[bor]", onward="yes"),
        share("up-c", "cadmos", "[bor]", onward="yes"),
        share("down", "bor", "[ares, cadmos]", assets="[all, received]", onward="yes"),
    )
    for party in ("ares", "cadmos"):
        own = [feed for feed in of(variant, party).feeds if feed.sensor.owner.id == party]
        assert all(feed.own for feed in own)
    assert delays(variant, "ares")["c-radar"][2] == 20.0
    assert delays(variant, "cadmos")["b-radar"][2] == 10.0


def test_a_full_mesh_in_which_all_hand_on_all_is_quick_and_keeps_direct_ways():
    names = ("ares", "bor", "cadmos", "doris")
    lines = [
        share(f"from-{one}", one, f"[{', '.join(n for n in names if n != one)}]",
              assets="[all, received]", onward="yes")
        for one in names
    ]  # fmt: skip
    variant = agreed(*lines)
    for party in names:
        foreign = [feed for feed in of(variant, party).feeds if not feed.own]
        assert all(len(feed.links) == 1 for feed in foreign)


# The limiting cases.


def test_a_share_that_never_works_or_gives_nothing_is_as_if_it_were_not_there():
    nothing = agreed()
    for line in (
        share("s", "ares", "[bor]", depth="D4", availability=0),
        share("s", "ares", "[bor]", depth="D0"),
    ):
        variant = agreed(line)
        for party in ("ares", "bor", "cadmos", "doris"):
            assert of(variant, party).key == of(nothing, party).key
            assert of(variant, party).links == ()
        arranged = derive(variant, variant.agreements[1])
        assert arranged.exposure == ()
        assert arranged.quantities == ()


def test_an_infinite_latency_is_as_if_the_share_were_not_there():
    variant = agreed(share("s", "ares", "[bor]", depth="D4"))
    never = delays(variant, "bor", value=lambda number: math.inf)
    assert never == delays(agreed(), "bor")


def one_owner(variant, party: str):
    """The same variant in which one party owns every sensor."""
    owner = next(one for one in variant.parties if one.id == party)
    sensors = tuple(dataclasses.replace(sensor, owner=owner) for sensor in variant.sensors)
    return dataclasses.replace(variant, sensors=sensors)


def test_everything_at_once_is_as_if_one_party_owned_it_all():
    lines = [
        share(f"from-{one}", one, "[bor]", depth="D4", latency=0, availability=1)
        for one in ("ares", "cadmos", "doris")
    ]
    variant = agreed(*lines)
    owner = one_owner(variant, "bor")
    assert delays(variant, "bor") == delays(owner, "bor", agreement="none")
    found = states(derive(variant, variant.agreements[1]), "bor", most=64)
    certain = [state.probability(best) for state in found]
    assert certain[0] == 1.0
    assert sum(certain) == 1.0
    authority = derive(variant, variant.agreements[1]).authority["bor"]
    assert (authority.delay_s(best), authority.consent(best)) == (0.0, 1.0)


def test_names_may_be_swapped():
    lines = (
        share("one", "ares", "[bor]", depth="D2", latency=9, onward="yes"),
        share("two", "bor", "[cadmos]", assets="[received, b-radar]", depth="D1", latency=3),
    )
    plain = agreed(*lines)
    swapped_lines = [
        line.replace("ares", "x").replace("bor", "ares").replace("from: x", "from: bor")
        .replace("b-radar", "a-radar").replace("[x", "[bor")
        for line in lines
    ]  # fmt: skip
    swapped = agreed(*swapped_lines)
    one = delays(plain, "cadmos")
    other = delays(swapped, "cadmos")
    twins = {"a-eye": "b-eye", "a-radar": "b-radar", "c-radar": "c-radar", "d-radar": "d-radar"}
    for left, right in twins.items():
        assert one[left] == other[right]
        assert one[right] == other[left]


# Draws and assumptions.


def test_delays_over_draws_are_taken_draw_by_draw():
    variant = agreed(
        share("a", "ares", "[bor]", assets="[a-radar]", depth="D2"),
        share("b", "ares", "[cadmos]", assets="[a-radar]", depth="D2", onward="yes"),
        share("c", "cadmos", "[bor]", assets="[a-radar]", depth="D2"),
    )
    draws = {
        "agreement.it.a.latency": np.array([30.0, 5.0]),
        "agreement.it.b.latency": np.array([4.0, 4.0]),
        "agreement.it.c.latency": np.array([8.0, 8.0]),
    }
    information = of(variant, "bor")
    found = information.delays(variant.sensors, lambda number: draws[number.id])
    assert found.cue_s.shape == (6, 2)
    assert found.cue_s[1].tolist() == [12.0, 5.0]
    assert np.isinf(found.cue_s[4]).all()
    assert {number.id for number in derive(variant, variant.agreements[1]).quantities} >= set(draws)


def test_classes_of_latency_are_the_catalogues_and_an_assumption_replaces_them():
    line = "s: {kind: share, from: ares, to: bor, assets: all, depth: D2, latency_class: real-time}"
    variant = agreed(line)
    number = variant.agreements[1].provisions[0].latency
    assert number.id == "default.agreement.real_time_latency"
    assert number == load_catalog().quantity(number.id)
    held = dataclasses.make_dataclass("Held", ["quantities"])(
        {number.id: Quantity(number.id, 3.0, 1.0, 9.0, "s", Status.UNVERIFIED, ("nrc-2012",))}
    )
    told = holding(held)
    assert delays(variant, "bor", value=lambda q: best(told(q)))["a-radar"][0] == 3.0


# States of links.


def test_states_of_links_are_exact_and_add_up():
    variant = agreed(
        "hub: {kind: centre, purpose: fusion, members: [ares, bor, doris], latency: "
        + late(0) + ", availability: {best: 0.5, status: unverified, source: nrc-2012}}",
        share("a", "ares", "via: hub", latency=0, availability=0.9),
        share("d", "doris", "via: hub", latency=0, availability=0.8),
        share("c", "cadmos", "[bor]", latency=0, availability=0.7),
    )  # fmt: skip
    arranged = derive(variant, variant.agreements[1])
    found = states(arranged, "bor", most=4096)
    assert found.exact
    # Four links, 16 patterns; with the hub down those behind it make no difference.
    assert len(found) == 8 + 2 - 2
    chance = {
        frozenset(s.id for s in state.information.sensors_of("track")): state.probability(best)
        for state in found
    }
    own = {"b-radar"}
    assert chance[frozenset(own | {"a-radar", "d-radar", "c-radar"})] == pytest.approx(
        0.5 * 0.9 * 0.8 * 0.7
    )
    assert chance[frozenset(own)] == pytest.approx((0.5 + 0.5 * 0.1 * 0.2) * 0.3)
    assert sum(chance.values()) == pytest.approx(1.0)
    # The chance that a sensor's data come is that of its own links.
    some = sum(p for sensors, p in chance.items() if "a-radar" in sensors)
    assert some == pytest.approx(0.45)
    feed = of(variant, "bor").of(variant.sensors[1])[0]
    assert feed.availability(best) == pytest.approx(0.45)


def test_too_many_patterns_are_left_out_by_the_number_of_links_down():
    lines = [
        share(f"s-{one}", one, "[bor]", availability=0.9) for one in ("ares", "cadmos", "doris")
    ]
    arranged = derive(*(lambda v: (v, v.agreements[1]))(agreed(*lines)))
    some = states(arranged, "bor", most=4)
    assert not some.exact
    assert len(some) == 4
    two_down_or_more = 3 * 0.9 * 0.1**2 + 0.1**3
    assert some.left_out(best) == pytest.approx(two_down_or_more)
    assert states(arranged, "bor", most=8).left_out(best) == 0.0


def test_a_state_is_what_circumstances_with_the_same_links_down_give():
    variant = agreed(share("a", "ares", "[bor]"), share("c", "cadmos", "[bor]"))
    found = states(derive(variant, variant.agreements[1]), "bor", most=4096)
    for state in found:
        for pattern in state.patterns:
            down = tuple({"a", "c"} - pattern)
            same = of(variant, "bor", circumstances=Circumstances(down=down))
            assert same.key == state.information.key
