"""Whatever the catalogue is meant to hold is there, and with all that a computation needs."""

import pytest

from longroad.base.quantity import Disputed
from longroad.catalog import load_catalog

CATALOG = load_catalog()
# By kind; ids are names that scenarios use and keep.
WANTED = {
    "interceptor": "sm3-ia sm3-ib sm3-iia sm3-iib gbi-two-stage gbi-three-stage a-135 s-400 s-500 "
    "thaad pac-3 arrow-3 samp-t",
    "sensor": "an-tpy-2-forward an-tpy-2-terminal an-spy-1-ship an-spy-1-ashore uewr-fylingdales "
    "uewr-thule uewr-clear uewr-cape-cod uewr-beale cobra-dane cavalier sbx "
    "european-midcourse-radar voronezh-armavir voronezh-lekhtusi voronezh-pionersky "
    "daryal-gabala daryal-pechora don-2n space-infrared-us space-infrared-russia",
    "missile": "shahab-3 ghadr-1 sejjil khorramshahr notional-3000 sejjil-three-stage "
    "notional-icbm minuteman-iii trident-ii ss-18 ss-19 ss-25 ss-27-mod-1 ss-27-mod-2 ss-n-18 "
    "ss-n-23 ss-n-32 m51 trident-ii-uk df-5 df-31 df-41 jl-2 jl-3",
    "site": "kurecik deveselu redzikowo rota ramstein czech-radar fylingdales gabala armavir "
    "sofrino vypolzovo kozelsk tatishchevo teykovo yoshkar-ola dombarovsky end-washington "
    "end-moscow end-london end-paris end-beijing submarines-barents patrol-baltic patrol-barents "
    "patrol-black-sea patrol-north-sea patrol-eastern-mediterranean",
    "default": "engagement link vehicle reported-flight boost-short boost-medium boost-long",
}


@pytest.mark.parametrize(
    ("kind", "id"), [(k, id) for k, ids in WANTED.items() for id in ids.split()]
)
def test_it_is_there(kind, id):
    assert CATALOG.entry(f"{kind}/{id}").quantities


# Those about which the sources contradict each other, with how many claims.
DISPUTES = {
    "interceptor.gbi-two-stage.burnout_speed": 3,
    "interceptor.gbi-three-stage.burnout_speed": 2,
    "interceptor.sm3-iia.burnout_speed": 2,
    "interceptor.sm3-iib.burnout_speed": 2,
    "sensor.an-tpy-2-forward.reference_range": 4,
    "sensor.an-tpy-2-terminal.reference_range": 3,
    "sensor.sbx.reference_range": 2,
    "sensor.voronezh-armavir.reference_range": 3,
    "sensor.daryal-gabala.reference_range": 2,
    "site.kurecik.latitude": 2,
}


@pytest.mark.parametrize(("id", "claims"), DISPUTES.items())
def test_rival_claims_stand_side_by_side_each_with_its_claimant(id, claims):
    found = CATALOG.quantity(id)
    assert isinstance(found, Disputed)
    assert len(found.alternatives) == claims
    assert all(rival.claimant and rival.sources for rival in found.alternatives)
    assert len({rival.claimant for rival in found.alternatives}) == claims


def test_parties_with_a_strategic_force_have_missiles():
    strategic = [m for m in CATALOG.entries("missile") if m.facts["role"] == "strategic"]
    assert {m.country for m in strategic} == {"USA", "RUS", "FRA", "GBR", "CHN"}
    assert {m.facts["class"] for m in strategic} == {"ICBM", "SLBM"}
    for missile in strategic:
        flown = {"maximum_range", "burn_time", "burnout_altitude", "burnout_ground_distance"}
        assert flown | {"burnout_speed", "radar_cross_section"} <= set(missile.quantities)


def test_a_country_and_a_language_go_with_most_sources():
    """Whatever is not recorded is said in the note of the source; here, that this is rare."""
    sources = CATALOG.sources()
    for field, most in (("language", 10), ("country", 36)):
        assert sum(getattr(source, field) is None for source in sources) <= most
    assert {"en", "fr", "de", "pl", "it", "id", "th", "zh"} <= {s.language for s in sources}


def test_conflicting_coordinates_carry_both_sources():
    kurecik = CATALOG.quantity("site.kurecik.latitude")
    lists = [set(rival.sources) for rival in kurecik.alternatives]
    assert lists[0].isdisjoint(lists[1])
    deveselu = CATALOG.quantity("site.deveselu.latitude")
    assert "public-base-lists-deveselu" in deveselu.sources
    assert len(deveselu.sources) == 2
