"""What the shipped catalogue says, against the notes it was made from."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest

import longroad
from longroad.base.quantity import Disputed, Status, wide_enough
from longroad.base.units import dimension_of, to_unit
from longroad.catalog import load_catalog
from longroad.catalog.catalog import DATA
from longroad.catalog.fields import fields_of
from longroad.deterrent import load_aggregates
from longroad.verify.reader import load_cases

ADDRESSES = (Path(__file__).parent / "reference_urls.txt").read_text(encoding="utf-8").split()
CATALOG = load_catalog()
ENTRIES = [e for k in CATALOG.kinds() if k != "source" for e in CATALOG.entries(k)]
NUMBERS = [number for entry in ENTRIES for number in entry.each()]
SCENARIOS = Path(longroad.__file__).parent / "scenario"
DETERRENT = Path(longroad.__file__).parent / "deterrent"
CITED_BY_PACKS = {
    id
    for file in (
        *SCENARIOS.glob("packs/*/*.yaml"),
        *SCENARIOS.glob("bundles/*.yaml"),
        *DETERRENT.glob("ledgers/*.yaml"),
    )
    for ids in re.findall(
        r"\bsource: \[?([a-z0-9-]+(?:,\s+[a-z0-9-]+)*)", file.read_text(encoding="utf-8")
    )
    for id in re.split(r",\s+", ids)
}

DURATIONS = Path(longroad.__file__).parent / "bargaining" / "data" / "durations.csv"
with DURATIONS.open(encoding="utf-8", newline="") as rows:
    CITED_BY_PACKS |= {id for row in csv.DictReader(rows) for id in row["source"].split()}


def names(items):
    return [getattr(item, "reference", item.id) for item in items]


@pytest.mark.parametrize("source", CATALOG.sources(), ids=names(CATALOG.sources()))
def test_an_address_stands_in_the_reference_notes(source):
    assert source.url is None or source.url in ADDRESSES


def test_no_other_address_stands_in_the_data():
    for file in DATA.glob("*.yaml"):
        found = re.findall(r"https?://[^\s\"]+", file.read_text(encoding="utf-8"))
        assert set(found) <= set(ADDRESSES), file.name


@pytest.mark.parametrize("source", CATALOG.sources(), ids=names(CATALOG.sources()))
def test_a_source_is_used(source):
    cited = {id for entry in ENTRIES for id in entry.sources} | CITED_BY_PACKS
    cited |= {row.source for row in load_aggregates()}
    cited |= {case.source_id for case in load_cases()}
    assert source.id in cited or CATALOG.uses_of_source(source.id)


@pytest.mark.parametrize("number", NUMBERS, ids=[f"{n.id}={n.claim}" for n in NUMBERS])
def test_every_number_has_unit_status_and_source_or_author(number):
    assert number.unit == "1" or dimension_of(number.unit)
    assert number.status in set(Status)
    for id in number.sources:
        assert CATALOG.source(id).id == id
    if number.status is Status.JUDGEMENT:
        assert number.author == "Longroad maintainers"
        assert len(number.reason) > 10
        assert wide_enough(number)
    else:
        assert number.sources
        assert number.author is None


@pytest.mark.parametrize("number", NUMBERS, ids=[f"{n.id}={n.claim}" for n in NUMBERS])
def test_status_agrees_with_how_the_source_was_seen(number):
    marks = {CATALOG.source(id).mark for id in number.sources}
    if number.status is Status.PUBLISHED:
        assert marks == {"seen"}
    if marks == {"from memory"}:
        assert number.status in {Status.UNVERIFIED, Status.JUDGEMENT}


@pytest.mark.parametrize("entry", ENTRIES, ids=names(ENTRIES))
def test_every_entry_has_its_fields_in_order(entry):
    wanted = [field.name for field in fields_of(entry.kind, entry.id, entry.facts)]
    assert list(entry.quantities) == [name for name in wanted if name in entry.quantities]
    optional = {
        field.name for field in fields_of(entry.kind, entry.id, entry.facts) if field.optional
    }
    assert set(wanted) - set(entry.quantities) <= optional
    assert wanted


# Read out of the notes a second time, number by number, without a look at the data files.
VALUES = (Path(__file__).parent / "values_of_the_notes.csv").read_text(encoding="utf-8")
READ_AGAIN = list(csv.DictReader(VALUES.splitlines()))
OURS = {  # middles of intervals that were published without one, and a list's 95 deg
    ("interceptor.sm3-iia.burnout_speed", "critics"),
    ("interceptor.sm3-iib.burnout_speed", "open-studies"),
    ("interceptor.sm3-ia.single_shot_kill", "lewis-postol-2010"),
    ("sensor.daryal-gabala.reference_range", "others"),
    ("sensor.cavalier.greatest_elevation", ""),
}


@pytest.mark.parametrize(
    "row", READ_AGAIN, ids=[f"{r['quantity']}={r['claim']}" for r in READ_AGAIN]
)
def test_a_second_reading_of_the_notes_agrees(row):
    found = CATALOG.quantity(row["quantity"])
    number = found.alternative(row["claim"]) if row["claim"] else found
    said = [to_unit(value, number.unit) for value in (number.best, number.low, number.high)]
    assert said == pytest.approx([float(row[name]) for name in ("best", "low", "high")], abs=1e-9)
    assert (number.unit, number.status.value) == (row["unit"], row["status"])
    if (row["quantity"], row["claim"]) in OURS:
        assert any(word in number.note for word in ("ours", "written as"))


def test_every_number_but_judgements_was_read_a_second_time():
    read = {(row["quantity"], row["claim"]) for row in READ_AGAIN}
    assert len(read) == len(READ_AGAIN) >= 60
    wanted = {(n.id, n.claim or "") for n in NUMBERS if n.status is not Status.JUDGEMENT}
    assert wanted == read


def test_places_of_one_dispute_can_be_adopted_together():
    for site in CATALOG.entries("site"):
        latitude, longitude = site.quantities["latitude"], site.quantities["longitude"]
        assert isinstance(latitude, Disputed) == isinstance(longitude, Disputed)
        if isinstance(latitude, Disputed):
            assert latitude.claims == longitude.claims
            assert latitude.adopted == longitude.adopted


def test_launch_areas_and_patrol_points_are_a_coarse_grid_of_judgements():
    kinds = ("launch-area", "patrol")
    chosen = [s for s in CATALOG.entries("site") if s.facts["kind"] in kinds]
    assert sum(s.facts["kind"] == "launch-area" for s in chosen) == 10
    for site in chosen:
        for number in site.each():
            assert number.status is Status.JUDGEMENT
            degrees = to_unit(number.best, "deg")
            assert degrees == pytest.approx(round(degrees), abs=1e-9)
            assert to_unit(number.high - number.low, "deg") >= 2 - 1e-9


def adopted(quantity):
    return quantity.adopted_quantity if isinstance(quantity, Disputed) else quantity


def test_boosts_are_longer_and_higher_for_longer_ranges():
    def rows(entries):
        return sorted([adopted(q).best for q in list(e.quantities.values())[:4]] for e in entries)

    considered = [m for m in CATALOG.entries("missile") if m.facts["role"] == "considered"]
    groups = [[e for e in CATALOG.entries("default") if e.id.startswith("boost-")]]
    groups += [
        [m for m in considered if m.facts.get("fuel") != other] for other in ("solid", "liquid")
    ]
    for group in groups:
        assert len(group) > 2
        for shorter, longer in pairwise(rows(group)):
            assert all(a <= b for a, b in zip(shorter, longer, strict=True))


def test_interceptors_may_reach_the_heights_they_are_said_to():
    # A vertical throw from the surface at v rises to R / (2 mu / (v^2 R) - 1), R 6,371 km; the
    # greatest speed claimed has to allow it.
    mu, radius = 3.986004418e14, 6.371e6
    for entry in CATALOG.entries("interceptor"):
        speed = adopted(entry.quantities["burnout_speed"]).high
        rise = radius / (2 * mu / (speed**2 * radius) - 1) if speed < 11e3 else float("inf")
        low, high = (
            entry.quantities["minimum_intercept_altitude"],
            entry.quantities["maximum_intercept_altitude"],
        )
        assert high.high <= rise
        assert low.high < high.best
        assert low.high < 247e3  # USA-193, Block IA, 2008


def test_burns_of_strategic_missiles_hold_what_was_published():
    # Seconds: IEEE Spectrum 2005 (170, 250) and a summary of NRC 2012 (180, 240).
    published = {"solid": (170, 180), "liquid": (240, 250)}
    for missile in CATALOG.entries("missile"):
        if missile.facts["role"] == "strategic":
            burn = missile.quantities["burn_time"]
            assert 170 <= burn.best <= 300
            for value in published[missile.facts["fuel"].split()[0]]:
                assert burn.low <= value <= burn.high
            assert to_unit(missile.quantities["burnout_speed"].high, "km/s") == pytest.approx(7.4)


def test_sectors_are_as_wide_as_their_edges_say():
    with_edges = [s for s in CATALOG.entries("sensor") if "azimuth_from" in s.quantities]
    assert len(with_edges) == 16
    for sensor in with_edges:
        width, start, end = (
            to_unit(sensor.quantities[name].best, "deg")
            for name in ("azimuth_width", "azimuth_from", "azimuth_to")
        )
        assert (start + width - end) % 360 == pytest.approx(0, abs=1e-9)


def test_no_radar_is_blind_at_the_range_it_is_adopted_with():
    for sensor in CATALOG.entries("sensor"):
        if sensor.facts["type"] == "radar":
            numbers = sensor.quantities
            assert numbers["instrumented_range"].best >= adopted(numbers["reference_range"]).best
            assert numbers["least_elevation"].high < numbers["greatest_elevation"].low


@pytest.mark.parametrize("source", CATALOG.sources(), ids=names(CATALOG.sources()))
def test_a_source_says_where_and_in_which_language_or_that_it_is_unknown(source):
    international = ("NATO", "GitHub", "EastWest", "Wikipedia", "blogspot", "russianforces.org")
    stateless = ("armenianclub", "survincity", "infoniac", "defense-aerospace")
    said = f"{source.publisher} {source.note}"
    if source.language is None:
        assert "language" in said
        assert "not recorded" in said
    if source.country is None:
        known = "country" in said and "not recorded" in said
        assert known or any(word in said for word in (*international, *stateless))
