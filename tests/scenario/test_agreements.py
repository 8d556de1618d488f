"""Agreements that load: bundles, overrides, the schema, and how they equal what they stand for."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

sys.path.insert(0, str(Path(__file__).parent.parent / "agreement"))
from four_parties import BASE, share

from longroad.base.errors import LongroadError
from longroad.catalog import load_catalog
from longroad.earth.polygon import polygon
from longroad.scenario import load, loads
from longroad.scenario.agreement import (
    Authority,
    Depth,
    Guarantee,
    Limit,
    Region,
    Sector,
    Share,
    Transparency,
)
from longroad.scenario.bundles import bundle_ids, bundles, names, read_bundle
from longroad.scenario.overlap import common_part, overlap
from longroad.scenario.provenance import inputs
from longroad.scenario.reader import read_text
from longroad.scenario.schema import json_schema

HEAD = BASE[: BASE.index("agreements:")]
CATALOG = load_catalog()
VALIDATOR = Draft202012Validator(json_schema())


def scenario(agreements: str, head: str = HEAD):
    text = head + "agreements:\n" + "".join(f"  {line}\n" for line in agreements.split("\n"))
    return loads(text, "case.yaml", catalog=CATALOG)


def first(agreements: str):
    return scenario(agreements).variants[0].agreements[1]


def use(id: str) -> str:
    """Return an agreement made of a bundle, with parties and sensors of the test scenario."""
    bundle = read_bundle(id)
    people = iter(("ares", "bor", "cadmos"))
    roles = ", ".join(
        f"{role}: {'[cadmos, doris]' if role == 'spokes' else next(people)}"
        for role in bundle.roles
    )
    sensors = {"gabala": "b-eye", "armavir": "b-radar"}
    assets = ", ".join(f"{name}: {sensors[name]}" for name in bundle.assets)
    extra = f", assets: {{{assets}}}" if assets else ""
    return f"{id}: {{bundle: {{use: {id}, roles: {{{roles}}}{extra}}}}}"


# The agreement `none` and bundles.


def test_before_all_others_stands_the_agreement_none(catalog=CATALOG):
    variant = loads(HEAD, "case.yaml", catalog=catalog).variants[0]
    (nothing,) = variant.agreements
    assert (nothing.id, nothing.provisions, nothing.members) == ("none", (), ())
    named = scenario("pact: {members: [ares, bor]}\nnone: {name: As it is}").variants[0]
    assert [one.id for one in named.agreements] == ["none", "pact"]
    assert named.agreements[0].name == "As it is"


def test_bundles_are_those_of_the_debate_in_their_order():
    found = bundle_ids()
    assert set(found) == set(names())
    assert found[:7] == ("none", "restraint", "a0", "a1", "a2", "a3", "a4")
    assert {
        "jdec-2000", "gabala-2007", "gabala-armavir-2007", "gates-rice-2007", "sectoral-2010",
        "two-centres-2011", "shared-consent-2011", "easi-2012", "transparency-2013", "tisa-2014",
        "gsomia-2016", "trilateral-2023",
    } <= set(found)  # fmt: skip
    dated = [bundle.date for bundle in bundles() if bundle.date]
    assert dated == sorted(dated)


@pytest.mark.parametrize("id", [id for id in names() if id != "none"])
def test_a_bundle_loads_with_sources_or_reasons(id):
    agreement = first(use(id))
    bundle = read_bundle(id)
    assert (agreement.name, agreement.bundle) == (bundle.name, id)
    assert agreement.architecture == bundle.architecture
    assert agreement.sources
    for source in agreement.sources:
        assert CATALOG.source(source).id == source
    assert agreement.provisions
    for provision in agreement.provisions:
        ground = provision.ground
        assert ground.sources or (ground.author and ground.reason)
        if ground.status == "judgement":
            assert ground.author == "Longroad maintainers"
            assert len(ground.reason) > 20
    # No number of an offer is published, so that each is the catalogue's, with a wide interval.
    assert all(number.id.startswith("default.agreement.") for number in agreement.numbers)
    assert bundle.note
    assert all(party.id for party in agreement.members)


@pytest.mark.parametrize("id", [id for id in names() if id not in ("none", "restraint", "a0")])
def test_every_offer_says_what_became_of_it_and_when_it_was_made(id):
    bundle = read_bundle(id)
    if id[-4:].isdigit():
        assert bundle.date[:4] == id[-4:]
    assert all(bundle.roles.values())
    assert all(bundle.assets.values())


def test_a_bundle_is_what_it_says_written_out():
    ground = "ground: {status: judgement, author: me, reason: because so}"
    bundled = first(f"x: {{bundle: {{use: a1, roles: {{first: ares, second: bor}}}}, {ground}}}")
    written = first(
        "x:\n"
        "  members: [ares, bor]\n"
        f"  {ground}\n"
        "  provisions:\n"
        "    first-to-second: {kind: share, from: ares, to: bor, assets: all, depth: D2,\n"
        "      latency_class: near-real-time}\n"
        "    second-to-first: {kind: share, from: bor, to: ares, assets: all, depth: D2,\n"
        "      latency_class: near-real-time}\n"
        "    own-decision: {kind: authority, party: [ares, bor], mode: own}\n"
        "    own-objects: {kind: allocate, members: [ares, bor], how: independent}"
    )

    def plain(agreement):
        return [
            (type(p).__name__, p.id, *(getattr(p, name, None) for name in _SAID))
            for p in agreement.provisions
        ]

    assert plain(bundled) == plain(written)
    assert bundled.members == written.members


_SAID = ("giver", "receivers", "assets", "depth", "latency", "availability", "party", "mode", "how")


def test_roles_taken_by_several_parties():
    agreement = first(
        "x: {bundle: {use: trilateral-2023, roles: {hub: ares, spokes: [bor, doris]}}}"
    )
    shares = {one.id: one for one in agreement.of_kind(Share)}
    assert list(shares) == ["spokes-to-hub-bor", "spokes-to-hub-doris", "hub-to-spokes"]
    assert [s.id for s in shares["spokes-to-hub-bor"].assets] == ["b-eye", "b-radar"]
    assert [p.id for p in shares["hub-to-spokes"].receivers] == ["bor", "doris"]
    assert shares["hub-to-spokes"].received
    assert [one.party.id for one in agreement.of_kind(Authority)] == ["ares", "bor", "doris"]
    assert [party.id for party in agreement.members] == ["ares", "bor", "doris"]


def test_what_is_left_out_and_what_is_written_anew():
    agreement = first(
        "x:\n"
        "  bundle: {use: a1, roles: {first: ares, second: bor}, without: [first-to-second]}\n"
        "  name: One way\n"
        "  date: 2011-07\n"
        "  provisions:\n"
        "    second-to-first: {kind: share, from: bor, to: ares, assets: radars, depth: D3,\n"
        "      latency_class: real-time, status: judgement, author: me, reason: because so}\n"
        "    more: {kind: guarantee, from: ares, to: bor, legal_form: political}"
    )
    (only,) = agreement.of_kind(Share)
    assert (only.id, only.depth, [s.id for s in only.assets]) == (
        "second-to-first",
        Depth.D3,
        ["b-radar"],
    )
    assert (agreement.name, agreement.date) == ("One way", "2011-07")
    assert len(agreement.of_kind(Guarantee)) == 1
    # A provision that does not say where it comes from takes it from the bundle.
    assert agreement.of_kind(Guarantee)[0].ground.sources == ("ria-rasmussen-2011",)


def test_areas_of_a_bundle_are_its_own_or_given():
    plain = first("x: {bundle: {use: a3, roles: {first: ares, second: bor}}}")
    assert [s.region.countries for s in plain.of_kind(Sector)] == [("GRC", "BGR"), ("ROU",)]
    given = first(
        "x: {bundle: {use: a3, roles: {first: ares, second: bor},\n"
        "  areas: {second-sector: {area: [[48 deg, 22 deg], [44 deg, 26 deg], [47 deg, 28 deg]]}}}}"
    )
    second = given.of_kind(Sector)[1]
    assert second.region.countries == ()
    assert second.region.contains(*np.radians((46.5, 25.5)))
    # A part of the Earth that nobody names restricts nothing.
    free = first("x: {bundle: {use: restraint, roles: {first: ares, second: bor}}}")
    assert {limit.on for limit in free.of_kind(Limit)} == {"burnout-speed"}
    kept = first(
        "x: {bundle: {use: restraint, roles: {first: ares, second: bor},\n"
        "  areas: {first-keeps-out: {countries: [POL]}}}}"
    )
    out = [limit for limit in kept.of_kind(Limit) if limit.on == "keep-out"]
    assert [(limit.party.id, limit.region.countries) for limit in out] == [("ares", ("POL",))]


# Reading.


def test_dates_that_do_not_meet_keep_apart_what_would_contradict():
    agreement = first(
        "x:\n"
        "  members: [ares, bor]\n"
        "  ground: {status: judgement, author: me, reason: because so}\n"
        "  provisions:\n"
        "    one: {kind: authority, party: ares, mode: own, ends: 2012-06}\n"
        "    two: {kind: authority, party: ares, mode: rules, begins: 2012-07}\n"
        + "".join(
            f"    {share(id, 'ares', 'bor', assets='[a-radar]', depth=depth, **dates)}\n"
            for id, depth, dates in (
                ("shallow", "D1", {"ends": 2011}),
                ("deep", "D3", {"begins": 2012}),
            )
        )
    )
    assert len(agreement.provisions) == 4


def test_a_shares_words_for_sensors():
    def assets(words: str) -> list[str]:
        lines = share("s", "bor", "ares", assets=words)
        agreement = first(
            "x:\n  members: [ares, bor]\n  ground: {status: judgement, author: me, reason: so}\n"
            f"  provisions:\n    {lines}"
        )
        return [sensor.id for sensor in agreement.of_kind(Share)[0].assets]

    assert assets("all") == ["b-eye", "b-radar"]
    assert assets("radars") == ["b-radar"]
    assert assets("infrared") == ["b-eye"]
    assert assets("[infrared, b-radar]") == ["b-eye", "b-radar"]
    assert assets("[b-radar]") == ["b-radar"]


def test_a_judgement_counts_among_the_numbers_of_a_variant():
    before = {q.id for q in inputs(loads(HEAD, "case.yaml", catalog=CATALOG).variants[0])}
    assert not any(id.startswith("default.agreement.") for id in before)
    after = {q.id for q in inputs(scenario(use("a2")).variants[0])}
    assert {id for id in after - before if id.startswith("default.agreement.")} == {
        "default.agreement.real_time_latency",
        "default.agreement.link_availability",
        "default.agreement.centre_latency",
        "default.agreement.centre_availability",
    }


def test_an_assumption_replaces_a_default_of_agreements():
    head = HEAD + (
        "assume:\n  default.agreement.real_time_latency: "
        "{best: 4 s, low: 2 s, high: 8 s, status: unverified, source: nrc-2012}\n"
    )
    agreement = scenario(use("a2"), head).variants[0].agreements[1]
    assert agreement.of_kind(Share)[0].latency.best == 4.0


# Variants.


def test_a_variant_replaces_a_provision_as_a_whole_and_removes_one():
    text = BASE + (
        "      one: {kind: authority, party: ares, mode: concurrence, of: bor}\n"
        "      two: {kind: transparency, from: ares, to: bor, measures: [observers]}\n"
        "variants:\n"
        "  plain: {}\n"
        "  other:\n"
        "    agreements:\n"
        "      it:\n"
        "        provisions:\n"
        "          one: {kind: authority, party: ares, mode: rules}\n"
        "          two: null\n"
        "      more: {bundle: {use: a0, roles: {first: ares, second: bor}}}\n"
        "  without: {agreements: {it: null}}\n"
    )
    plain, other, without = loads(text, "case.yaml", catalog=CATALOG).variants
    assert [one.id for one in plain.agreements] == ["none", "it"]
    assert [one.id for one in other.agreements] == ["none", "it", "more"]
    assert [one.id for one in without.agreements] == ["none"]
    (rules,) = other.agreements[1].provisions
    assert (rules.mode, rules.of) == ("rules", ())
    assert len(plain.agreements[1].of_kind(Transparency)) == 1


def test_half_a_provision_in_a_variant_is_refused_at_its_own_line():
    text = BASE + (
        "      one: {kind: authority, party: ares, mode: own}\n"
        "variants:\n"
        "  other: {agreements: {it: {provisions: {one: {mode: rules}}}}}\n"
    )
    with pytest.raises(LongroadError, match="the field 'kind' is missing") as caught:
        loads(text, "case.yaml", catalog=CATALOG)
    assert caught.value.line == len(text.splitlines())


def test_equal_agreements_are_equal_wherever_they_are_written():
    one = scenario(use("a3") + "\n" + use("a2")).variants[0]
    other = scenario("# a line more\n" + use("a3") + "\n" + use("a2")).variants[0]
    assert one.agreements == other.agreements
    assert one.agreements[1] != one.agreements[2]


# Parts of the Earth.


@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_two_polygons_overlap_where_places_lie_in_both(seed):
    chance = np.random.default_rng(seed)

    def shape():
        middle, wide = chance.uniform(-1.2, 1.2), chance.uniform(0.05, 0.5)
        around, count = chance.uniform(-np.pi, np.pi), chance.integers(3, 7)
        turns = np.sort(chance.uniform(0.0, 2.0 * np.pi, count))
        lat = np.clip(middle + wide * np.sin(turns), -1.5, 1.5)
        try:
            return polygon(lat, around + wide * np.cos(turns))
        except LongroadError:
            return None

    one, other = shape(), shape()
    if one is None or other is None:
        return
    centre = one.vertices.mean(axis=0)
    lat0, lon0 = np.arcsin(centre[2] / np.linalg.norm(centre)), np.arctan2(centre[1], centre[0])
    lat = np.clip(lat0 + chance.uniform(-0.8, 0.8, 20_000), -1.57, 1.57)
    lon = lon0 + chance.uniform(-1.5, 1.5, 20_000)
    if np.any(one.contains(lat, lon) & other.contains(lat, lon)):
        assert overlap(one, other)
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one)


def test_polygons_that_touch_do_not_overlap():
    west = polygon(*np.radians([[0, 0, 10, 10], [0, 10, 10, 0]]))
    east = polygon(*np.radians([[0, 0, 10, 10], [10, 20, 20, 10]]))
    cross = polygon(*np.radians([[4, 4, 6, 6], [-5, 30, 30, -5]]))
    far = polygon(*np.radians([[0, 0, 10, 10], [180, 190, 190, 180]]))
    assert not overlap(west, east)
    assert overlap(west, cross)
    assert overlap(east, cross)
    assert not overlap(west, far)
    inner = polygon(*np.radians([[4, 4, 6], [4, 6, 5]]))
    assert overlap(west, inner)
    assert not overlap(east, inner)


def test_regions_of_different_make():
    greece, turkey = Region(countries=("GRC",)), Region(countries=("TUR",))
    box = Region(vertices=tuple(map(tuple, np.radians([[36, 20], [36, 24], [40, 24], [40, 20]]))))
    assert common_part(greece, box) == common_part(box, greece) == "Greece"
    assert common_part(turkey, box) is None
    assert common_part(greece, turkey) is None


# Whatever is written, there is one kind of answer.


def faulty(text: str) -> bool:
    return any(True for _ in VALIDATOR.iter_errors(read_text(text, "f").plain()))


def test_the_schema_takes_what_loads():
    lines = "\n".join(use(id) for id in names() if id != "none")
    assert not faulty(HEAD + "agreements:\n" + "".join(f"  {one}\n" for one in lines.split("\n")))
    assert not faulty(BASE + f"      {share('s', 'ares', '[bor]')}\n")


@pytest.mark.parametrize(
    "line",
    [
        "s: {kind: shares, from: ares, to: bor, assets: all, depth: D3}",
        "s: {kind: share, from: ares, to: bor, assets: all, depth: D7}",
        "s: {kind: authority, party: ares, mode: rule}",
        "s: {kind: transparency, from: ares, to: bor, measures: [visits]}",
        "s: {kind: limit, party: ares, on: speed}",
        "S_x: {kind: authority, party: ares, mode: own}",
    ],
)
def test_faults_of_form_fail_in_schema_and_loader(line):
    text = BASE + f"      {line}\n"
    assert faulty(text)
    with pytest.raises(LongroadError):
        loads(text, "case.yaml", catalog=CATALOG)


RICH = (
    BASE
    + "".join(
        f"      {line}\n"
        for line in (
            share("one", "ares", "[bor]", availability=0.9, onward="yes"),
            share("two", "bor", "[cadmos]", assets="[received, b-radar]", depth="D2"),
            "hub: {kind: centre, purpose: fusion, members: [ares, bor], host: ares}",
            "say: {kind: authority, party: [ares], mode: concurrence, of: [bor]}",
            "mine: {kind: sector, party: ares, by: overflight, begins: 2011, ends: 2012-05, "
            "area: [[1 deg, 2 deg], [9 deg, 2 deg], [4 deg, 9 deg]]}",
            "less: {kind: limit, party: bor, on: burnout-speed, at_most: 4.5 km/s, basing: sea}",
            "seen: {kind: transparency, from: ares, to: bor, measures: [observers]}",
        )
    )
    + "  ready: {bundle: {use: a3, roles: {first: ares, second: bor}, without: [own-decision]}}\n"
)


@pytest.mark.parametrize("times", [1, 2, 6])
def test_a_spoilt_file_is_read_or_refused_in_words(mutated, times):
    chance = random.Random(times)
    outcomes = set()
    for _ in range(30):
        try:
            loads(mutated(RICH, chance.randrange(10**9), times), "f.yaml", catalog=CATALOG)
            outcomes.add("read")
        except LongroadError as error:
            outcomes.add("refused")
            for fault in getattr(error, "faults", None) or (error,):
                assert "\n" not in str(fault)
                assert fault.file == "f.yaml"
    assert "refused" in outcomes


def test_the_flagship_takes_every_bundle():
    text = (load("epaa-2011").source_text).replace(
        "variants:\n",
        "agreements:\n"
        "  centres: {bundle: {use: two-centres-2011, roles: {alliance: nato, partner: russia}}}\n"
        "  sectors: {bundle: {use: sectoral-2010, roles: {alliance: nato, partner: russia}}}\n"
        "variants:\n",
        1,
    )
    for variant in loads(text, "case.yaml", catalog=CATALOG).variants:
        agreements = {one.id: one for one in variant.agreements}
        assert "centres" in agreements
        sector = agreements["sectors"].of_kind(Sector)[0].region
        cities = {
            "Tallinn": (59.4, 24.7), "Riga": (56.9, 24.1), "Vilnius": (54.7, 25.3),
            "Bialystok": (53.1, 23.2), "Helsinki": (60.2, 24.9), "Stockholm": (59.3, 18.1),
            "Tromso": (69.6, 18.9), "Trondheim": (63.4, 10.4),
        }  # fmt: skip
        others = {
            "Warsaw": (52.2, 21.0), "Berlin": (52.5, 13.4), "Copenhagen": (55.7, 12.6),
            "Kristiansand": (58.1, 8.0), "London": (51.5, -0.1), "Bucharest": (44.4, 26.1),
        }  # fmt: skip
        for name, where in cities.items():
            assert sector.contains(*np.radians(where)), name
        for name, where in others.items():
            assert not sector.contains(*np.radians(where)), name
