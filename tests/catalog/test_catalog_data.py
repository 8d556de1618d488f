"""What the shipped catalogue says, against the notes it was made from."""

import ast
import re
from itertools import pairwise
from pathlib import Path

import pytest

import longroad
from longroad.base.quantity import Disputed, Status, wide_enough
from longroad.base.units import dimension_of, to_unit
from longroad.catalog import load_catalog
from longroad.catalog.fields import fields_of

ADDRESSES = (Path(__file__).parent / "reference_urls.txt").read_text(encoding="utf-8").split()
CATALOG = load_catalog()
ENTRIES = [e for k in CATALOG.kinds() if k != "source" for e in CATALOG.entries(k)]
NUMBERS = [number for entry in ENTRIES for number in entry.each()]
PACKS = Path(longroad.__file__).parent / "scenario" / "packs"
CITED_BY_PACKS = {
    id
    for file in PACKS.glob("*/*.yaml")
    for id in re.findall(r"\bsource: ([a-z0-9-]+)", file.read_text(encoding="utf-8"))
}


def names(items):
    return [getattr(item, "reference", item.id) for item in items]


@pytest.mark.parametrize("source", CATALOG.sources(), ids=names(CATALOG.sources()))
def test_an_address_stands_in_the_reference_notes(source):
    assert source.url is None or source.url in ADDRESSES


@pytest.mark.parametrize("source", CATALOG.sources(), ids=names(CATALOG.sources()))
def test_a_source_is_used(source):
    cited = {id for entry in ENTRIES for id in entry.sources} | CITED_BY_PACKS
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


def alternatives(id):
    found = CATALOG.quantity(id)
    rivals = found.alternatives if isinstance(found, Disputed) else (found,)
    return {r.claim: (round(to_unit(r.best, r.unit), 9), r.unit, r.status.value) for r in rivals}


# Each row is copied from the notes by hand, not from the data files.
ROWS = [
    ("interceptor.sm3-ia.burnout_speed", {None: (3.0, "km/s", "unverified")}),
    ("interceptor.sm3-iia.burnout_speed", {None: (4.5, "km/s", "unverified")}),
    (
        "sensor.an-tpy-2-forward.reference_range",
        {
            "lewis-postol-2012": (870.0, "km", "unverified"),
            "nrc-2012": (1500.0, "km", "reported"),
            "uscc-2016": (2000.0, "km", "published"),
        },
    ),
    ("missile.shahab-3.maximum_range", {None: (1300.0, "km", "published")}),
    ("missile.sejjil.maximum_range", {None: (2000.0, "km", "published")}),
    ("missile.sejjil-three-stage.maximum_range", {None: (3700.0, "km", "reported")}),
    (
        "site.kurecik.latitude",
        {"first-list": (38.349, "deg", "published"), "second-list": (37.808, "deg", "published")},
    ),
    (
        "site.kurecik.longitude",
        {"first-list": (37.794, "deg", "published"), "second-list": (37.55, "deg", "published")},
    ),
    ("site.redzikowo.latitude", {None: (54.473, "deg", "published")}),
    ("site.redzikowo.longitude", {None: (17.123, "deg", "published")}),
    ("site.deveselu.latitude", {None: (44.08, "deg", "unverified")}),
    ("site.rota.longitude", {None: (-6.34, "deg", "published")}),
    ("site.fylingdales.longitude", {None: (-0.67, "deg", "published")}),
    (
        "interceptor.gbi-two-stage.burnout_speed",
        {
            "mda": (6.3, "km/s", "published"),
            "postol": (9.0, "km/s", "published"),
            "open-studies": (7.0, "km/s", "unverified"),
        },
    ),
    (
        "interceptor.sm3-iib.burnout_speed",
        {"planned": (5.5, "km/s", "published"), "open-studies": (5.25, "km/s", "unverified")},
    ),
    (
        "sensor.sbx.reference_range",
        {"wikipedia": (2000.0, "km", "published"), "keeptrack": (4025.0, "km", "published")},
    ),
    (
        "sensor.voronezh-lekhtusi.reference_range",
        {
            "keeptrack": (4200.0, "km", "published"),
            "ria": (4000.0, "km", "published"),
            "yesin-2012": (6000.0, "km", "published"),
        },
    ),
    (
        "sensor.dnepr-mishelevka.reference_range",
        {"keeptrack": (4600.0, "km", "published"), "yesin": (2500.0, "km", "published")},
    ),
    ("sensor.daryal-pechora.azimuth_to", {None: (55.0, "deg", "published")}),
    ("sensor.volga-gantsevichi.reference_range", {None: (6500.0, "km", "published")}),
    ("sensor.cobra-dane.azimuth_from", {None: (259.0, "deg", "published")}),
    ("interceptor.a-135.launchers", {None: (68.0, "1", "published")}),
    ("interceptor.s-400.claimed_target_speed", {None: (4.8, "km/s", "published")}),
    ("interceptor.s-500.claimed_reach", {None: (600.0, "km", "published")}),
    ("missile.emad.maximum_range", {None: (1700.0, "km", "published")}),
    ("missile.qiam.maximum_range", {None: (750.0, "km", "published")}),
    ("site.mishelevka.longitude", {None: (103.232, "deg", "published")}),
    ("site.gabala.latitude", {None: (40.87, "deg", "unverified")}),
    ("sensor.uewr-fylingdales.reference_range", {None: (4820.0, "km", "published")}),
]


@pytest.mark.parametrize(("id", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_rows_of_the_notes(id, expected):
    assert alternatives(id) == expected


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
    assert sum(s.facts["kind"] == "launch-area" for s in chosen) == 6
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


def test_no_physical_number_hides_in_the_code_of_the_catalogue():
    allowed = {0, 1, 2, -1, 90, -90, 180, -180, 360, 1e-12}  # indices, full angles, rounding
    for path in Path(load_catalog.__wrapped__.__code__.co_filename).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float):
                assert node.value in allowed, f"{path.name}:{node.lineno}"
