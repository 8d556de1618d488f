"""Written values with units: angles, positions, boxes, shapes.

Each reader returns None after adding its fault to ``faults``.
"""

from __future__ import annotations

import math
from functools import partial

from longroad.base import units
from longroad.base.errors import LongroadError, nearest
from longroad.base.ids import slugify
from longroad.base.place import Keys, Place
from longroad.base.quantity import Disputed, Quantity
from longroad.base.quantity_reader import read_quantity
from longroad.scenario.faults import Faults
from longroad.scenario.form import listed, written
from longroad.scenario.node import Node, dotted
from longroad.scenario.origin import Origin
from longroad.scenario.world import Box, Shape, ShapeKind

# Rounding of degrees to radians and back must not push 90 deg or 180 deg over the edge.
_SLACK_DEG = 1e-9
_SHAPES: dict[str, tuple[ShapeKind, str]] = {
    "apogee": ("apogee", "length"),
    "time_of_flight": ("time-of-flight", "time"),
    "burnout_speed": ("burnout-speed", "speed"),
}
_BRANCHES = ("lofted", "depressed")
_PROVENANCE = ("status", "source", "author", "reason", "note", "held_by")
POSITION_KEYS = ("latitude", "longitude", *_PROVENANCE)


def place_of(node: Node, file: str) -> Place:
    """Return the place of a node for readers that take plain values."""

    def line_of(keys: Keys) -> int | None:
        reached, rest = node.nearest_place(keys[len(node.path) :])
        if rest:
            return None
        return reached.key_line if isinstance(reached.value, dict | list) else reached.line

    return Place(file, node.path, line_of)


def read_measure(node: Node | None, dimension: str, faults: Faults) -> units.Measure | None:
    """Return a number with its unit, in SI."""
    if node is None or node.value is None:
        return None
    if isinstance(node.value, dict | list):
        faults.at(node, f"{written(node)} is not a number", expected="a number with its unit")
        return None
    try:
        return units.read(node.value, dimension)
    except LongroadError as fault:
        faults.add(place_of(node, faults.file).locate(fault))
        return None


def read_latitude(node: Node | None, faults: Faults) -> float | None:
    """Return a latitude in radians, within [-pi/2, pi/2]."""
    measure = read_measure(node, "angle", faults)
    if measure is None or node is None:
        return None
    radians = latitude_in_range(measure.value)
    if radians is None:
        faults.at(node, f"latitude {written(node)} is off the Earth", expected="-90 deg to 90 deg")
    return radians


def read_longitude(node: Node | None, faults: Faults) -> float | None:
    """Return a longitude in radians, normalised to [-pi, pi); written in [-180, 360) deg."""
    measure = read_measure(node, "angle", faults)
    if measure is None or node is None:
        return None
    radians = longitude_in_range(measure.value)
    if radians is None:
        faults.at(
            node,
            f"longitude {written(node)} is out of range",
            expected="-180 deg to 180 deg, or 0 deg up to 360 deg",
        )
    return radians


def latitude_in_range(radians: float) -> float | None:
    """Return a latitude cut to +-pi/2 where rounding went over it; None outside."""
    if abs(math.degrees(radians)) > 90.0 + _SLACK_DEG:
        return None
    return max(-math.pi / 2, min(math.pi / 2, radians))


def longitude_in_range(radians: float) -> float | None:
    """Return a longitude in [-pi, pi); None when it was not within [-180, 360) deg."""
    degrees = math.degrees(radians)
    if not -180.0 - _SLACK_DEG <= degrees < 360.0 - _SLACK_DEG:
        return None
    if degrees >= 180.0 - _SLACK_DEG:
        radians -= 2.0 * math.pi
    return max(-math.pi, radians)


def read_facing(node: Node | None, faults: Faults) -> float | None:
    """Return an azimuth in radians, in [0, 2 pi), clockwise from north."""
    measure = read_measure(node, "angle", faults)
    if measure is None or node is None:
        return None
    if not -180.0 - _SLACK_DEG <= math.degrees(measure.value) <= 360.0 + _SLACK_DEG:
        faults.at(node, f"azimuth {written(node)} is out of range", expected="0 deg to 360 deg")
        return None
    turned = measure.value % (2.0 * math.pi)
    return 0.0 if math.isclose(turned, 2.0 * math.pi) else turned


def read_box(node: Node, faults: Faults) -> Box | None:
    """Return a latitude-longitude box."""
    south = read_latitude(node.get("south"), faults)
    north = read_latitude(node.get("north"), faults)
    west = read_longitude(node.get("west"), faults)
    east = read_longitude(node.get("east"), faults)
    if south is None or north is None or west is None or east is None:
        return None
    if south >= north:
        faults.at(node, "the southern edge is not south of the northern", expected="south < north")
        return None
    if east == -math.pi:
        east = math.pi  # an eastern edge at 180 deg means just that, not -180 deg
    # The edges of the whole Earth are -180 and 180 deg; in the other order nothing is between.
    whole = math.degrees(east - west) > 360.0 - _SLACK_DEG
    if abs(math.degrees(east - west)) < _SLACK_DEG or (whole and not _rises(node)):
        faults.at(node, "the box has no width", expected="west and east that differ")
        return None
    return Box(south, north, west, east)


def _rises(node: Node) -> bool:
    """Return whether the eastern edge of a box is written as more than the western."""
    west, east = (units.read(str(node.mapping[side].value), "angle") for side in ("west", "east"))
    return east.value > west.value


def read_coordinates(
    node: Node, id: str, faults: Faults
) -> tuple[Quantity, Quantity, float, float] | None:
    """Return latitude and longitude records of a position written out, and both in radians.

    Status, source, author and reason stand once for both. A position needs no interval, also
    as a judgement: it is where the analyst puts it.
    """
    for key in ("latitude", "longitude"):
        if key not in node.mapping:
            faults.at(node, f"a position has no '{key}'", expected=f"'{key}', such as 38.3 deg")
    latitude = read_latitude(node.get("latitude"), faults)
    longitude = read_longitude(node.get("longitude"), faults)
    if latitude is None or longitude is None:
        return None
    if not check_status(node, faults):
        return None
    shared = {key: node.mapping[key].plain() for key in _PROVENANCE if key in node.mapping}
    records = []
    for key in ("latitude", "longitude"):
        number = node.mapping[key].plain()
        fields = {"best": number, "low": number, "high": number, **shared}
        place = place_of(node, faults.file)
        try:
            record = read_quantity(fields, id=f"{id}.{key}", where=place, dimension="angle")
        except LongroadError as fault:
            faults.add(place.locate(fault))
            return None
        assert isinstance(record, Quantity)
        records.append(record)
    return records[0], records[1], latitude, longitude


def check_status(node: Node, faults: Faults) -> bool:
    """Return whether the status of a quantity or position, if it has one, is a word."""
    status = node.get("status")
    if status is None or (isinstance(status.value, str) and len(status.value) < 60):
        return True
    faults.at(status, f"{written(status)} is not a status", expected="a word such as judgement")
    return False


def check_keys(node: Node, known: tuple[str, ...], faults: Faults) -> bool:
    """Return whether all keys of a group are known; add a fault for each that is not."""
    before = len(faults)
    for key, child in node.mapping.items():
        if key not in known:
            faults.at(
                child,
                f"'{key}' is not a field here",
                expected=listed(list(known)),
                nearest=partial(nearest, key, known),
                on_key=True,
            )
    return len(faults) == before


def read_shape(node: Node, faults: Faults) -> Shape | None:
    """Return a trajectory shape."""
    expected = "minimum-energy, {apogee: 900 km}, {time_of_flight: 800 s} or " + (
        "{burnout_speed: 4 km/s, branch: lofted}"
    )
    if isinstance(node.value, str) or not isinstance(node.value, dict):
        if node.value == "minimum-energy":
            return Shape("minimum-energy", "minimum-energy", origin=_origin(node))
        near = partial(nearest, str(node.value), ["minimum-energy", *_SHAPES])
        faults.at(node, f"{written(node)} is not a shape", expected=expected, nearest=near)
        return None
    if not check_keys(node, (*_SHAPES, "branch"), faults):
        return None
    given = [key for key in _SHAPES if key in node.mapping]
    if len(given) != 1:
        faults.at(node, f"a shape with {len(given)} measures", expected=f"exactly one: {expected}")
        return None
    kind, dimension = _SHAPES[given[0]]
    measure = read_measure(node.get(given[0]), dimension, faults)
    branch = _branch(node, kind, faults)
    if measure is None or (kind == "burnout-speed") != (branch is not None):
        return None
    if measure.value <= 0.0:
        faults.at(node.mapping[given[0]], "this is not above zero", expected=f"a positive {kind}")
        return None
    name = f"{kind} {units.written(measure.value, measure.unit)} {branch or ''}"
    id = slugify(name) or kind
    return Shape(id, kind, measure.value, branch, _origin(node))  # type: ignore[arg-type]


def _origin(node: Node) -> Origin:
    return Origin(node.line, dotted(node.path))


def _branch(node: Node, kind: str, faults: Faults) -> str | None:
    branch = node.get("branch")
    if kind != "burnout-speed":
        if branch is not None:
            faults.at(
                branch, "only a given burnout speed has branches", expected="no 'branch' here"
            )
        return None
    if branch is None:
        faults.at(
            node, "a given burnout speed has two arcs", expected="'branch': lofted or depressed"
        )
        return None
    if branch.value not in _BRANCHES:
        faults.at(
            branch,
            f"{written(branch)} is not a branch",
            expected=listed(list(_BRANCHES)),
            nearest=partial(nearest, str(branch.value), _BRANCHES),
        )
        return None
    return str(branch.value)


def adopted(quantity: Quantity | Disputed) -> Quantity:
    """Return the quantity itself, or the adopted alternative of a dispute."""
    return quantity.adopted_quantity if isinstance(quantity, Disputed) else quantity
