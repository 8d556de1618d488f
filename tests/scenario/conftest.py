"""A small catalogue of round numbers and a small valid scenario, for the tests of this room."""

from __future__ import annotations

import copy
import json
import random

import pytest

from longroad.base.quantity import Disputed, Quantity, Status
from longroad.base.units import dimension_of, read
from longroad.catalog import Catalog, Entry, Source
from longroad.catalog.fields import KINDS
from longroad.scenario.load import loads
from longroad.scenario.reader import read_text


def number(id: str, *written: str, claim: str | None = None) -> Quantity:
    """A quantity from best, or from best, low, high."""
    best, low, high = written if len(written) == 3 else written * 3
    symbol = read(best).unit
    values = [read(text, dimension_of(symbol)).value for text in (best, low, high)]
    return Quantity(
        id,
        *values,
        symbol,
        Status.UNVERIFIED,
        ("test-source",),
        claim=claim,
        claimant=claim,
    )


def dispute(id: str, **claims: str) -> Disputed:
    rivals = tuple(number(id, text, claim=claim) for claim, text in claims.items())
    return Disputed(id, rivals, next(iter(claims)))


def entry(kind: str, id: str, facts: dict[str, str] | None = None, **numbers) -> Entry:
    quantities = {}
    for name, written in numbers.items():
        key = f"{kind}.{id}.{name}"
        if isinstance(written, dict):
            quantities[name] = dispute(key, **written)
        else:
            quantities[name] = number(key, *written)
    return Entry(kind, id, id.replace("-", " ").capitalize(), None, quantities, facts or {})


def small_catalog() -> Catalog:
    """Stands for the real catalogue: the same type, numbers made up for tests."""
    radar = {"type": "radar"}
    entries = [
        entry(
            "interceptor",
            "short",
            burnout_speed=("3 km/s", "3 km/s", "3.5 km/s"),
            boost_path_fraction=("50 %", "40 %", "60 %"),
            minimum_intercept_altitude=("80 km",),
        ),
        entry("interceptor", "long", burnout_speed=("4.5 km/s",)),
        entry(
            "sensor",
            "forward-radar",
            radar,
            reference_range={"low": "870 km", "high": "1500 km"},
            azimuth_width=("120 deg",),
            instrumented_range=("2000 km",),
            greatest_elevation=("90 deg",),
        ),
        entry(
            "sensor",
            "ship-radar",
            {**radar, "carried_by": "ship"},
            reference_range=("310 km",),
            azimuth_width=("360 deg",),
        ),
        entry("sensor", "infrared", {"type": "space-infrared"}, detection_delay=("60 s",)),
        entry("missile", "near", maximum_range=("600 km",)),
        entry("missile", "far", maximum_range=("3000 km",)),
        entry("missile", "submarine", {"class": "SLBM"}, maximum_range=("9000 km",)),
        entry("missile", "silo", {"class": "ICBM"}, maximum_range=("9000 km",)),
        entry(
            "site",
            "hill",
            {"kind": "radar"},
            latitude={"a": "38 deg", "b": "37.8 deg"},
            longitude={"a": "37.7 deg", "b": "37.5 deg"},
        ),
        entry("site", "plain", {"kind": "battery"}, latitude=("44 deg",), longitude=("24 deg",)),
        entry("default", "engagement", decision_time=("60 s",)),
    ]
    by_kind: dict[str, dict[str, Entry]] = {kind: {} for kind in KINDS}
    for each in entries:
        by_kind[each.kind][each.id] = each
    sources = {id: Source(id, id) for id in ("test-source", "other-source")}
    return Catalog(by_kind, sources)


VALID = """\
longroad: 1
id: test-case
title: A test case
question: What can the coast defend?
author: A tester
seed: 0
draws: 8
grid: {ensemble: 2, map: 3}
parties:
  coast: {name: The coast, defends: [GRC, BGR]}
  desert: {name: The desert}
places:
  bay: {latitude: 36 deg, longitude: 20 deg, status: judgement, author: A tester, reason: middle}
launch_areas:
  north: {at: {latitude: 36 deg, longitude: 50 deg, status: published, source: test-source}}
threats:
  class-far:
    missile: missile/far
    from: [north]
    shapes: [minimum-energy, {apogee: 900 km}]
    against: [coast]
sensors:
  warning: {owner: coast, sensor: sensor/infrared}
  hill: {owner: coast, sensor: sensor/forward-radar, at: site/hill, facing: 110 deg}
  ship-radar: {owner: coast, sensor: sensor/ship-radar, at: place/bay}
batteries:
  ship:
    owner: coast
    interceptor: interceptor/short
    number: 24
    at: place/bay
    own_radar: ship-radar
    mode: launch-on-remote
assume:
  sensor.forward-radar.reference_range: {claim: high}
variants:
  early: {title: Early, year: 2011}
  late:
    title: Late
    year: 2018
    batteries:
      ship: {interceptor: interceptor/long, mode: engage-on-remote}
      land: {owner: coast, interceptor: interceptor/long, number: 24, at: site/plain,
        mode: engage-on-remote}
    sensors: {hill: null}
"""


STRATEGIC = """\
trajectories:
  far:
    owner: desert
    missile: missile/far
    from: [site/hill, place/bay, {latitude: -10 deg, longitude: 20 deg, status: judgement,
      author: A tester, reason: a point}]
    towards: [site/plain, {latitude: 60 deg, longitude: 190 deg, status: published,
      source: test-source}]
    shapes: [minimum-energy, {apogee: 1200 km}]
  near: {owner: coast, missile: missile/near, from: [place/bay], towards: [site/hill],
    shapes: [minimum-energy]}
patrol_areas:
  gulf: {owner: coast, within: {south: 30 deg, north: 40 deg, west: 170 deg, east: -170 deg}}
"""


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    return small_catalog()


@pytest.fixture(scope="session")
def valid() -> str:
    return VALID


@pytest.fixture(scope="session")
def strategic() -> str:
    """The valid scenario with strategic trajectories and a patrol area over the antimeridian."""
    return VALID.replace("variants:\n", f"{STRATEGIC}variants:\n", 1)


@pytest.fixture
def load_text(catalog):
    """Load a text against the small catalogue."""

    def load(text: str, file: str = "case.yaml"):
        return loads(text, file, catalog=catalog)

    return load


ODD = [
    None, True, False, 0, -1, 1e308, "", " ", "no", "null", "km", "4", "4 km", "-4 km/s", "91 deg",
    "nan deg", "inf s", "1e999 km", [], {}, [[]], [None], [{}], {"a": None}, "place/bay", "site/",
    "interceptor/short", "coast", "x" * 5000, "\u202e", "a.b.c", {"claim": 3}, {"best": "3 km/s"},
    {"disputed": []}, {"disputed": [{}], "adopted": "x"}, {"latitude": "3 deg"}, 10**30,
]  # fmt: skip


def spots(tree: object, path: tuple = ()) -> list[tuple]:
    found = [path] if path else []
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree)
    for key, child in pairs if isinstance(tree, dict | list) else ():
        found += spots(child, (*path, key)) if isinstance(child, dict | list) else [(*path, key)]
    return found


def mutate(tree: dict, chance: random.Random) -> None:
    spot = chance.choice(spots(tree))
    parent = tree
    for key in spot[:-1]:
        parent = parent[key]
    action = chance.choice(["replace", "delete", "rename", "nest", "swap"])
    if action == "delete":
        del parent[spot[-1]]
    elif action == "rename" and isinstance(parent, dict):
        parent[chance.choice(["x", "Name", "at", "status", "", "a b", "null"])] = parent.pop(
            spot[-1]
        )
    elif action == "nest":
        parent[spot[-1]] = chance.choice([[parent[spot[-1]]], {"best": parent[spot[-1]]}])
    elif action == "swap":
        other = chance.choice(spots(tree))
        value: object = tree
        for key in other:
            value = value[key]
        parent[spot[-1]] = json.loads(json.dumps(value))
    else:
        parent[spot[-1]] = copy.deepcopy(chance.choice(ODD))


@pytest.fixture(scope="session")
def mutated():
    """Return a function that spoils a text in ``times`` places, the same ones for a seed."""

    def spoil(text: str, seed: int, times: int) -> str:
        chance = random.Random(seed)
        tree = read_text(text, "f").plain()
        for _ in range(times):
            if spots(tree):
                mutate(tree, chance)
        return json.dumps(tree, indent=1)

    return spoil
