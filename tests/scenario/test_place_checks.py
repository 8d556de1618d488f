"""Checks of where things stand, and of use where there are strategic trajectories."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from longroad.base.quantity import Quantity, Status
from longroad.scenario.checks import check_scenario
from longroad.scenario.ground import DOUBT_M, Grounds
from longroad.scenario.world import Position

HILL = "at: site/hill, facing: 110 deg"
BAY = "bay: {latitude: 36 deg, longitude: 20 deg"
GROUP = "trajectories:\n  group: {owner: %s, missile: missile/%s, from: [%s], towards: [%s], shapes: [minimum-energy]}\n"  # noqa: E501


def findings(load_text, text: str, name: str) -> list:
    return [one for one in check_scenario(load_text(text)) if one.check == name]


def group(owner: str, missile: str, bases: str, ends: str = "site/plain") -> str:
    return GROUP % (owner, missile, bases, ends)


def with_group(text: str, *args: str) -> str:
    return text.replace("variants:\n", group(*args) + "variants:\n", 1)


def position(latitude_deg: float, longitude_deg: float) -> Position:
    number = Quantity("place.x.latitude", 0.0, 0.0, 0.0, "deg", Status.UNVERIFIED, ("s",))
    return Position(math.radians(latitude_deg), math.radians(longitude_deg), number, number, None)


@pytest.mark.parametrize(
    ("latitude", "longitude", "kind", "country"),
    [
        (52.0, 20.0, "land", "POL"),
        (44.9, 37.4, "coast", "RUS"),  # Anapa, on the Black Sea
        (0.0, -140.0, "sea", None),
        (67.5, 179.99, "land", "RUS"),  # Chukotka, the circle steps over the antimeridian
        (67.5, -179.99, "land", "RUS"),
        (0.0, 179.99, "sea", None),
        (90.0, 0.0, "sea", None),
        (-90.0, 0.0, "land", "ATA"),
        (-89.9, 12.0, "land", "ATA"),
        (36.0, 20.0, "sea", None),
    ],
)
def test_ground(latitude, longitude, kind, country):
    ground = Grounds([]).of(position(latitude, longitude))
    assert (ground.kind, ground.country) == (kind, country)


def test_grounds_looked_up_together_are_the_same_as_alone():
    places = [position(52.0 + i, 17.0 + 2.0 * i) for i in range(8)]
    together = Grounds(places)
    assert [together.of(p) for p in places] == [Grounds([]).of(p) for p in places]


def test_coast_is_as_wide_as_said():
    # Due north from Warnemuende into the Baltic: the coast of the outline lies near 54.18 deg.
    def kind(latitude: float) -> str:
        return Grounds([]).of(position(latitude, 12.08)).kind

    shore = next(n / 1000 for n in range(54_000, 54_400) if kind(n / 1000) != "land")
    out = next(n / 1000 for n in range(54_000, 54_800) if kind(n / 1000) == "sea")
    wide = math.radians(out - shore) * 6.371e6
    assert wide == pytest.approx(2.0 * DOUBT_M, rel=0.2)


def test_a_hosted_asset_is_a_note(load_text, valid):
    found = findings(load_text, valid, "asset-outside-territory")
    assert {(f.severity, f.field) for f in found} == {
        ("note", "sensors.hill"),
        ("note", "variants.late.batteries.land"),
    }
    assert "stands in TUR, outside the territory that 'coast' defends" in found[0].text


def test_an_asset_among_its_attackers_is_a_warning(load_text, valid):
    # Latitude and longitude the wrong way round put Bulgaria's radar into Iran.
    text = valid.replace(HILL, "at: {latitude: 36 deg, longitude: 50.5 deg, status: published, "
                         "source: test-source}, facing: 110 deg")  # fmt: skip
    (finding,) = (
        f for f in findings(load_text, text, "asset-outside-territory") if f.severity == "warning"
    )
    assert "from where missiles are launched at 'coast'" in finding.text
    assert finding.field == "sensors.hill"


def test_who_declares_no_territory_is_not_outside_it(load_text, valid):
    text = with_group(valid, "desert", "far", "site/plain")
    fields = {f.field for f in findings(load_text, text, "asset-outside-territory")}
    assert not any("trajectories" in field for field in fields)


def test_a_base_outside_the_territory(load_text, valid):
    text = with_group(valid, "coast", "far", "site/plain", "site/hill")
    found = findings(load_text, text, "asset-outside-territory")
    assert "trajectories.group.from[0]" in {f.field for f in found}


def test_a_ship_on_land(load_text, valid):
    text = valid.replace(BAY, "bay: {latitude: 42.5 deg, longitude: 25 deg")
    found = findings(load_text, text, "ship-on-land")
    assert [(f.severity, f.field) for f in found] == [("warning", "sensors.ship-radar")]
    assert "(sensor/ship-radar), but lies in BGR" in found[0].text


def test_a_ship_in_port_is_no_ship_on_land(load_text, valid):
    varna = valid.replace(BAY, "bay: {latitude: 43.2 deg, longitude: 27.9 deg")
    assert findings(load_text, varna, "ship-on-land") == []


def test_a_patrol_site_moved_ashore(load_text, valid, catalog):
    site = catalog.entry("site/plain")
    moved = replace(site, facts={"kind": "patrol"})
    inland = dict(catalog._entries, site={**catalog._entries["site"], "plain": moved})
    from longroad.catalog import Catalog
    from longroad.scenario.load import loads

    scenario = loads(valid, "case.yaml", catalog=Catalog(inland, catalog._sources))
    (finding,) = (f for f in check_scenario(scenario) if f.check == "ship-on-land")
    assert "(site/plain), but lies in ROU" in finding.text


def test_a_land_radar_at_sea(load_text, valid):
    text = valid.replace(
        "sensor/forward-radar, at: site/hill", "sensor/forward-radar, at: place/bay"
    )
    (finding,) = findings(load_text, text, "land-asset-at-sea")
    assert (finding.severity, finding.field) == ("warning", "sensors.hill")


@pytest.mark.parametrize(
    ("missile", "base", "wanted"),
    [
        ("submarine", "place/bay", None),
        ("submarine", "site/plain", "ship-on-land"),
        ("silo", "place/bay", "land-asset-at-sea"),
        ("silo", "site/plain", None),
        ("far", "place/bay", None),
    ],
)
def test_bases_of_submarines_and_silos(load_text, valid, missile, base, wanted):
    text = with_group(valid, "desert", missile, base, "site/hill")
    found = [f for f in check_scenario(load_text(text)) if f.field == "trajectories.group.from[0]"]
    assert [f.check for f in found] == ([wanted] if wanted else [])


def test_the_same_battery_and_sensor_twice(load_text, valid):
    text = valid.replace(
        "batteries:\n",
        "batteries:\n  twin: {owner: coast, interceptor: interceptor/short, number: 1, "
        "at: place/bay, own_radar: ship-radar, mode: launch-on-remote}\n",
        1,
    )
    text = text.replace(
        "sensors:\n", "sensors:\n  other: {owner: coast, sensor: sensor/infrared}\n", 1
    )
    found = findings(load_text, text, "same-place")
    assert {(f.field, f.severity) for f in found} == {
        ("sensors.warning", "warning"),
        ("batteries.ship", "warning"),
    }
    assert "'warning' and 'other'" in next(f.text for f in found if "sensors" in f.field)
    # In the late variant the ship has another interceptor.
    assert next(f.variants for f in found if "batteries" in f.field) == ("early",)


def test_trajectories_given_twice(load_text, strategic):
    more = (
        "  more: {owner: desert, missile: missile/far, from: [site/hill], towards: [site/plain], "
    )
    text = strategic.replace("  near: {", more + "shapes: [minimum-energy]}\n  near: {", 1)
    (finding,) = findings(load_text, text, "same-place")
    assert finding.text.startswith("Of the 1 trajectories of 'more', 1 stand in 'far' too")
    assert finding.field == "trajectories.more"


def test_a_place_that_is_a_site_is_one_base(load_text, strategic):
    plain = "{latitude: 44 deg, longitude: 24 deg, status: published, source: test-source}"
    text = strategic.replace("towards: [site/plain, ", f"towards: [site/plain, {plain}, ", 1)
    (finding,) = findings(load_text, text, "same-place")
    # Three bases and two shapes.
    assert finding.text.startswith("Of the trajectories of 'far', 6 stand there twice")


def test_the_same_patrol_area_twice(load_text, strategic):
    (gulf,) = (line for line in strategic.splitlines() if line.startswith("  gulf: "))
    text = strategic.replace(gulf, f"{gulf}\n{gulf.replace('gulf', 'strait')}", 1)
    (finding,) = findings(load_text, text, "same-place")
    assert "'strait' and 'gulf'" in finding.text


def test_a_battery_that_meets_only_strategic_missiles_is_not_for_nothing(load_text, valid):
    text = valid.replace("defends: [GRC, BGR]", "defends: []")
    assert findings(load_text, text, "asset-for-nothing")
    own = with_group(text, "coast", "far", "place/bay")
    assert findings(load_text, own, "asset-for-nothing")
    others = with_group(text, "desert", "far", "place/bay")
    assert findings(load_text, others, "asset-for-nothing") == []


def test_whoever_has_trajectories_or_a_patrol_area_is_not_idle(load_text, valid):
    assert len(findings(load_text, valid, "idle-party")) == 1
    assert findings(load_text, with_group(valid, "desert", "far", "place/bay"), "idle-party") == []
    box = "{south: 30 deg, north: 40 deg, west: 10 deg, east: 20 deg}"
    patrol = f"patrol_areas:\n  sea: {{owner: desert, within: {box}}}\nvariants:\n"
    assert findings(load_text, valid.replace("variants:\n", patrol, 1), "idle-party") == []


@pytest.mark.parametrize("section", ["trajectories: {near: null}", "patrol_areas: {gulf: null}"])
def test_variants_that_differ_only_there_differ(load_text, strategic, section):
    same = strategic + "  again: {title: Again, year: 2011}\n"
    assert len(findings(load_text, same, "same-variant")) == 1
    other = strategic + f"  again: {{title: Again, {section}}}\n"
    assert findings(load_text, other, "same-variant") == []


def test_what_a_party_holds_is_compared_with_the_catalogue(load_text, valid):
    held = (
        "assumptions:\n  bold:\n    held_by: desert\n    mode: attributed\n    set:\n"
        "      interceptor.short.burnout_speed: {best: 9 km/s, low: 8 km/s, high: 10 km/s, "
        "status: reported, source: other-source}\n"
        "      sensor.forward-radar.reference_range: {claim: low}\n"
    )
    (finding,) = findings(load_text, valid + held, "outside-catalog-interval")
    assert finding.field == "assumptions.bold.set.interceptor.short.burnout_speed"
    assert finding.line == 1 + (valid + held)[
        : (valid + held).index("      interceptor.short")
    ].count("\n")


def test_each_rival_of_an_assumed_dispute_is_compared(load_text, valid):
    rival = "status: reported, source: other-source, claimant: Someone"
    dispute = (
        "  interceptor.short.burnout_speed:\n    disputed:\n"
        f"      - {{claim: slow, best: 3 km/s, {rival}}}\n"
        f"      - {{claim: fast, best: 5 km/s, {rival}}}\n    adopted: slow\n"
    )
    (finding,) = findings(
        load_text,
        valid.replace("variants:\n", f"{dispute}variants:\n", 1),
        "outside-catalog-interval",
    )
    assert "5 km/s" in finding.text


def renamed(text: str, quote: str = "") -> str:
    for old, new in (("coast", "@1"), ("desert", "coast"), ("@1", "desert")):
        text = text.replace(f"{quote}{old}{quote}", f"{quote}{new}{quote}")
    return text


def test_swapping_two_parties_swaps_the_findings(load_text, strategic):
    text = strategic.replace(BAY, "bay: {latitude: 42.5 deg, longitude: 25 deg")
    first = check_scenario(load_text(text))
    second = check_scenario(load_text(renamed(text)))
    assert len(first) > 5
    assert [(f.check, f.severity, f.line, renamed(f.text, "'")) for f in first] == [
        (f.check, f.severity, f.line, f.text) for f in second
    ]
