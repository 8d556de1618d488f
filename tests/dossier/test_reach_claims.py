"""Claims about reach: each opens the explorer at its own case and names the pairs it holds for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from longroad.dossier.claim_blocks import claims
from longroad.dossier.reach_claims import claim_view, pairs_words, question_words
from longroad.dossier.reach_view import from_fragment, opening
from longroad.dossier.reach_words import tally
from longroad.study.manifest import Claim, Finding
from longroad.study.manifest_reach import PairFigure, ReachQuestion


def asked(**more):
    usual = {
        "trajectories": ("west",),
        "kind": "battery",
        "site": "redzikowo",
        "latitude_deg": None,
        "longitude_deg": None,
        "delay_s": 300.0,
        "part": "any",
        "speed_km_s": None,
    }
    return ReachQuestion(**(usual | more))


def claim(asks, **more):
    found = Finding(
        "fails", "adopted", 0.5, 0.25, 0.5, "1",
        holds_for=(PairFigure("west", "kozelsk", "los-angeles", "minimum-energy", None),),
        fails_for=(PairFigure("west", "kozelsk", "washington", "minimum-energy", 6.31),),
    )  # fmt: skip
    usual = Claim(
        "c", "They cannot reach it.", "Somebody", "2007", (), "share of the flights of west",
        "<= 0", "phase-3", (found,), "reach", asks,
    )  # fmt: skip
    return replace(usual, **more)


def test_a_battery_is_shown_at_its_own_speed(material):
    view = claim_view(material, claim(asked(part="before-apogee", bases=("kozelsk",))))
    assert (view.missiles, view.base, view.end) == ("west", "kozelsk", None)
    assert (view.speed_km_s, view.delay_s, view.part) == (4.5, 300.0, "before-apogee")
    assert view.here == "redzikowo"
    assert view.there == "norwegian-sea"


def test_a_stated_speed_and_time_go_first(material):
    view = claim_view(material, claim(asked(speed_km_s=9.0, delay_s=200.0)))
    assert (view.speed_km_s, view.delay_s) == (9.0, 200.0)
    early = claim_view(material, claim(asked(delay_s=None)))
    assert early.delay_s == 300.0  # the sensors' own time is no place on the slider
    beyond = claim_view(material, claim(asked(delay_s=900.0, speed_km_s=14.0)))
    assert (beyond.speed_km_s, beyond.delay_s) == (10.0, 600.0)


def test_a_party_an_area_and_a_place(material):
    party = claim_view(material, claim(asked(kind="party", site="nato")))
    assert (party.speed_km_s, party.here) == (4.5, "redzikowo")
    area = claim_view(material, claim(asked(kind="patrol-area", site="baltic")))
    assert area.there == "baltic"
    place = asked(kind="place", site="somewhere", latitude_deg=54.473, longitude_deg=17.123)
    assert claim_view(material, claim(place)).here == "redzikowo"


def test_several_missiles_stand_together(material):
    view = claim_view(material, claim(asked(trajectories=("west", "boats"))))
    assert view.missiles == "west,boats"
    assert len(view.flights(material.reach)) == 5


def test_the_link_opens_that_view_and_it_agrees_with_the_count(material):
    made = claims(
        replace(material, manifest=replace(material.manifest, claims=(claim(asked()),))), "reach"
    )
    assert made[0].show.startswith("#reach?")
    start = opening(material.manifest, material.reach, material.sites)
    view = from_fragment(start, material.reach, material.sites, made[0].show)
    assert view == claim_view(material, claim(asked()))
    assert tally(material.reach, material.sites, "redzikowo", view).pairs == 4


def test_nothing_to_show_without_the_parts_of_the_question(material):
    assert claim_view(material, claim(None)) is None
    assert claim_view(material, claim(asked(trajectories=("unknown",)))) is None
    bare = replace(material, reach=None, sites=None)
    assert claim_view(bare, claim(asked())) is None
    assert question_words(bare, claim(asked())) is None


def test_the_test_in_words(material):
    words = question_words(material, claim(asked(speed_km_s=6.3)))
    assert words.startswith("share of base and end-point pairs of Missiles of the west")
    assert "from Redzikowo at 6.3 km/s, launched 300 s after the missile" in words
    party = question_words(material, claim(asked(kind="party", site="nato", delay_s=None)))
    assert "all batteries of NATO" in party
    assert "own sensors allow" in party
    speed = replace(claim(asked()).findings[0], unit="km/s")
    assert question_words(material, claim(asked(), findings=(speed,))).startswith("least burnout")


def test_for_which_pairs_it_holds(material):
    holds, fails = pairs_words(material, claim(asked()))
    assert holds.startswith("It holds for 1 of 2 pairs: Kozelsk towards Los Angeles")
    assert "more than was looked for" in holds
    assert fails == "It fails for 1 of 2 pairs: Kozelsk towards Washington (needs 6.3 km/s)."


@pytest.mark.parametrize("threshold", ["<= 0", ">= 6.3 km/s"])
def test_thresholds_in_words(material, threshold):
    one = replace(claim(asked()), threshold=threshold)
    holder = replace(material, manifest=replace(material.manifest, claims=(one,)))
    (made,) = claims(holder, "reach")
    wanted = {"<= 0": "at most 0%", ">= 6.3 km/s": "at least 6.3 km/s"}[threshold]
    assert wanted in made.test
