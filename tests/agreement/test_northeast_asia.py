"""The second pack: three parties and a hub, by the same machinery as NATO and Russia."""

from __future__ import annotations

import pytest

from longroad.agreement import Circumstances, best, derive
from longroad.scenario import load


@pytest.fixture(scope="module")
def variant():
    return load("northeast-asia-2023").variants[0]


@pytest.fixture(scope="module")
def under(variant):
    def arranged(id: str, **circumstances):
        agreement = next(one for one in variant.agreements if one.id == id)
        return derive(variant, agreement, Circumstances(**circumstances))

    return arranged


def foreign(arranged, party: str, need: str) -> dict[str, float]:
    """Return the sensors of others that give a party one kind of knowledge, and how late."""
    information = arranged.information[party]
    sensors = [one for one in information.sensors_of(need) if one.owner.id != party]
    return {s.id: information.soonest(s, need, best).latency_s(best) for s in sensors}


US = {"early-warning-us", "forward-radar-north", "forward-radar-west", "guam-radar"}
JAPAN = {"japan-ship-north-radar", "japan-ship-south-radar", "japan-warning-radar"}
KOREA = {"korea-warning-radar", "korea-battery-radar"}


def test_alone_each_has_its_own(under):
    for party in ("united-states", "japan", "south-korea"):
        assert foreign(under("none"), party, "warning") == {}


def test_two_bilateral_links_do_not_join_the_two_ends(under):
    links = under("bilateral-links")
    assert set(foreign(links, "japan", "cue")) == US
    assert set(foreign(links, "south-korea", "cue")) == US
    assert set(foreign(links, "united-states", "cue")) == JAPAN | KOREA


def test_the_hub_of_2014_tells_that_and_when_and_no_more(under):
    hub = under("tisa-hub")
    assert set(foreign(hub, "japan", "warning")) == US | KOREA
    assert foreign(hub, "japan", "cue") == {}
    # Through the hub twice by people: far too late for any flight of the region.
    assert foreign(hub, "japan", "warning")["korea-warning-radar"] == 600.0
    # South Korea may keep its own from Japan, and the hub cannot hand it on then.
    withheld = under("tisa-hub", withheld=("south-korea",))
    assert set(foreign(withheld, "japan", "warning")) == US


def test_the_agreement_of_2016_is_direct_and_without_the_united_states(under):
    direct = under("gsomia")
    assert set(foreign(direct, "japan", "warning")) == KOREA
    assert set(foreign(direct, "south-korea", "warning")) == JAPAN
    assert foreign(direct, "united-states", "warning") == {}
    assert direct.authority["united-states"].mode == "own"


def test_the_exchange_of_2023_joins_the_two_ends_by_way_of_the_middle(under):
    exchange = under("trilateral")
    japan = foreign(exchange, "japan", "cue")
    assert set(japan) == US | KOREA
    assert (japan["early-warning-us"], japan["korea-warning-radar"]) == (15.0, 30.0)
    assert foreign(exchange, "japan", "track") == {}
    shown = {one.asset: one for one in exchange.exposure if one.receiver == "japan"}
    assert shown["korea-warning-radar"].through == ("united-states",)
    assert "location" not in shown["korea-warning-radar"].aspects
    # Each decides by itself, whatever it is shown.
    assert {one.mode for one in exchange.authority.values()} == {"own"}


def test_without_the_middle_nothing_is_left(under):
    left = under("trilateral", withdrawn=("united-states",))
    for party in ("japan", "south-korea"):
        assert foreign(left, party, "warning") == {}
    assert any(one.kept for one in left.exposure)


def test_one_step_deeper_gives_tracks(under):
    tracks = foreign(under("trilateral-tracks"), "japan", "track")
    assert set(tracks) == (US | KOREA) - {"early-warning-us"}
