"""The day on which somebody leaves, refuses, or loses a sensor; dates; and the laws of more."""

from __future__ import annotations

import math
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
from four_parties import BASE, agreed, late, share

from longroad.agreement import NORMAL, Circumstances, best, derive
from longroad.base.errors import ScenarioError

NEEDS = ("warning_s", "cue_s", "track_s", "fire_s")
TWO = (
    share("a", "ares", "[bor, cadmos]"),
    share("b", "bor", "[ares]", assets="all"),
    "say: {kind: authority, party: [ares, bor], mode: concurrence, of: [ares, bor]}",
    "mine: {kind: sector, party: ares, by: defended-territory, territory_of: ares}",
    "slow: {kind: limit, party: bor, on: burnout-speed, at_most: 3 km/s}",
    "no-two: {kind: allocate, members: [ares, bor, cadmos], how: deconflicted}",
)


def day(variant, **circumstances):
    return derive(variant, variant.agreements[1], Circumstances(**circumstances))


def tracks(arranged, party):
    return {sensor.id for sensor in arranged.information[party].sensors_of("track")}


def test_refused_consent_blocks_fire_and_data_go_on():
    variant = agreed(*TWO)
    normal, refused = day(variant), day(variant, refused=("ares",))
    bor = refused.authority["bor"]
    assert bor.blocked
    assert [party.id for party in bor.refused_by] == ["ares"]
    assert bor.consent(best) == 0.0
    assert bor.key != normal.authority["bor"].key
    assert refused.information["bor"].key == normal.information["bor"].key
    assert tracks(refused, "bor") == {"a-radar", "b-radar"}
    # Who refuses may still fire itself, if the other agrees.
    assert not refused.authority["ares"].blocked


def test_withdrawal_returns_own_authority_without_the_partners_data():
    variant = agreed(*TWO)
    normal, left = day(variant), day(variant, withdrawn=("ares",))
    bor = left.authority["bor"]
    assert normal.authority["bor"].mode == "concurrence"
    assert (bor.mode, bor.asks, bor.blocked) == ("own", (), False)
    assert (bor.delay_s(best), bor.consent(best)) == (0.0, 1.0)
    assert tracks(normal, "bor") == {"a-radar", "b-radar"}
    assert tracks(left, "bor") == {"b-radar"}
    # What the one who left was given stops too, and so does its own obligation.
    assert tracks(left, "ares") == {"a-radar"}
    assert left.authority["ares"].mode == "own"
    # What binds those who stay, among themselves, stays: three were members.
    assert bor.limits.greatest_speed_m_s("sea") == 3000.0
    assert [party.id for party, _ in bor.allocation] == ["cadmos"]
    # A sector of the one who left keeps nobody out.
    assert normal.authority["bor"].forbidden
    assert left.authority["bor"].forbidden == ()


def test_an_agreement_of_two_is_at_an_end_when_one_leaves_but_a_unilateral_one_is_not():
    two = BASE.replace("[ares, bor, cadmos, doris]", "[ares, bor]")
    limits = (
        "a: {kind: limit, party: ares, on: number, at_most: 10}",
        "b: {kind: limit, party: bor, on: number, at_most: 20}",
    )
    mutual = day(agreed(*limits, base=two), withdrawn=("ares",))
    assert mutual.authority["bor"].limits.greatest_number() == math.inf
    alone = day(agreed(*limits, base=two, legal_form="unilateral"), withdrawn=("ares",))
    assert alone.authority["bor"].limits.greatest_number() == 20
    assert alone.authority["ares"].limits.greatest_number() == math.inf


def test_a_centre_closes_with_its_host_and_with_its_last_partner():
    lines = (
        "hub: {kind: centre, purpose: fusion, members: [ares, bor, cadmos], host: cadmos, latency: "
        + late(1) + "}",
        share("a", "ares", "via: hub"),
    )  # fmt: skip
    variant = agreed(*lines)
    assert tracks(day(variant), "bor") == {"a-radar", "b-radar"}
    assert tracks(day(variant, withdrawn=("cadmos",)), "bor") == {"b-radar"}
    hostless = agreed(lines[0].replace(", host: cadmos", ""), lines[1])
    assert tracks(day(hostless, withdrawn=("cadmos",)), "bor") == {"a-radar", "b-radar"}
    assert tracks(day(hostless, down=("hub",)), "bor") == {"b-radar"}
    assert tracks(day(hostless, withdrawn=("cadmos", "bor")), "bor") == {"b-radar"}


def test_a_party_in_the_middle_takes_the_data_of_others_with_it():
    variant = agreed(
        share("up", "ares", "[bor]", onward="yes"),
        share("down", "bor", "[cadmos]", assets="[received]"),
    )
    assert tracks(day(variant), "cadmos") == {"a-radar", "c-radar"}
    assert tracks(day(variant, withdrawn=("bor",)), "cadmos") == {"c-radar"}
    assert tracks(day(variant, down=("up",)), "cadmos") == {"c-radar"}


def test_a_lost_sensor_is_lost_to_all():
    variant = agreed(*TWO)
    for sensor in variant.sensors:
        arranged = day(variant, lost=(sensor.id,))
        for information in arranged.information.values():
            assert sensor.id not in {feed.sensor.id for feed in information.feeds}
        assert sensor.id not in {one.asset for one in arranged.exposure}
    assert tracks(day(variant, lost=("b-radar",)), "bor") == {"a-radar"}


def test_provisions_hold_on_their_dates():
    lines = (
        share("first", "ares", "[bor]", assets="[a-radar]", depth="D1", ends="2012"),
        share("then", "ares", "[bor]", assets="[a-radar]", depth="D3", begins="2013-01"),
        "say: {kind: authority, party: bor, mode: concurrence, of: ares, ends: 2012-06-30}",
        "free: {kind: authority, party: bor, mode: own, begins: 2012-07-01}",
    )
    variant = agreed(*lines)

    def on(date):
        arranged = day(variant, on=date)
        depth = arranged.information["bor"].depth(variant.sensors[1])
        return depth.name, arranged.authority["bor"].mode

    assert on("2011") == ("D1", "concurrence")
    assert on("2012-06-30") == ("D1", "concurrence")
    assert on("2012-07-01") == ("D1", "own")
    assert on("2012-12-31") == ("D1", "own")
    assert on("2013") == ("D3", "own")
    # Without a date every provision holds: the deepest share, the later authority.
    assert on(None) == ("D3", "own")


def test_the_date_is_the_variants_year_unless_another_is_asked_for():
    head = BASE.replace("agreements:", "variants: {only: {year: 2011}}\nagreements:")
    lines = (share("s", "ares", "[bor]", begins="2013"),)
    variant = agreed(*lines, base=head)
    assert tracks(day(variant), "bor") == {"b-radar"}
    assert tracks(day(variant, on="2014"), "bor") == {"a-radar", "b-radar"}


def test_defences_that_wait_for_a_condition():
    variant = agreed("off: {kind: limit, party: bor, on: activation, condition: a proof}")
    limits = day(variant).authority["bor"].limits
    assert limits.active
    assert limits.conditions == ("a proof",)
    assert not day(variant, conditions_met=False).authority["bor"].limits.active
    assert day(variant, conditions_met=False).authority["ares"].limits.active


# More is never worse.

PARTIES = ("ares", "bor", "cadmos", "doris")


@st.composite
def shares(draw, prefix: str):
    """Return shares between four parties that no rule refuses: own sensors or what was received."""
    lines = []
    for index in range(draw(st.integers(0, 5))):
        giver = draw(st.sampled_from(PARTIES))
        others = [party for party in PARTIES if party != giver]
        to = draw(st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True))
        lines.append(
            share(
                f"{prefix}{index}",
                giver,
                f"[{', '.join(to)}]",
                assets=draw(st.sampled_from(["[received]", "[all, received]", "[infrared]"])),
                depth=draw(st.sampled_from(["D1", "D2", "D3", "D4"])),
                latency=draw(st.integers(0, 90)),
                onward=draw(st.sampled_from(["no", "with-consent", "yes"])),
            )
        )
    return lines


def all_delays(variant, circumstances=NORMAL):
    arranged = derive(variant, variant.agreements[1], circumstances)
    for information in arranged.information.values():
        found = information.delays(variant.sensors, best)
        yield np.stack([getattr(found, name) for name in NEEDS])


def with_shares(lines):
    """Return the variant, or None where two shares say different depths for the same sensor."""
    try:
        return agreed(*lines)
    except ScenarioError as fault:
        assert "twice, at" in fault.what
        return None


@given(some=shares("a"), more=shares("b"))
@settings(max_examples=40, deadline=None)
def test_a_further_share_never_makes_anybody_know_less_or_later(some, more):
    less, all_of_it = with_shares(some), with_shares([*some, *more])
    if less is None or all_of_it is None:
        return
    for one, other in zip(all_delays(less), all_delays(all_of_it), strict=True):
        assert np.all(other <= one)


@given(lines=shares("a"), sensor=st.sampled_from(["a-eye", "a-radar", "b-radar", "d-radar"]))
@settings(max_examples=30, deadline=None)
def test_a_loss_never_makes_anybody_know_more_or_sooner(lines, sensor):
    variant = with_shares(lines)
    if variant is None:
        return
    losses = (
        Circumstances(lost=(sensor,)),
        Circumstances(withdrawn=("bor",)),
        Circumstances(withheld=("ares",)),
        Circumstances(down=("a0",)),
    )
    for circumstances in losses:
        for one, other in zip(all_delays(variant), all_delays(variant, circumstances), strict=True):
            assert np.all(other >= one)


@given(lines=shares("a"))
@settings(max_examples=30, deadline=None)
def test_what_comes_is_as_deep_as_the_next_kind_of_knowledge_needs(lines):
    variant = with_shares(lines)
    if variant is None:
        return
    for found in all_delays(variant):
        warning, cue, track, fire = found
        assert np.all((warning <= cue) & (cue <= track) & (track <= fire))


@pytest.mark.parametrize("party", PARTIES)
def test_who_is_no_part_of_it_is_as_without(party):
    variant = agreed(share("a", "ares", "[bor]"))
    arranged = derive(variant, variant.agreements[1])
    nothing = derive(variant, variant.agreements[0])
    if party not in ("ares", "bor"):
        assert arranged.information[party] == nothing.information[party]
        assert arranged.authority[party] == nothing.authority[party]
