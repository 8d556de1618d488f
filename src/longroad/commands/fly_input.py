"""What the user of `longroad fly` wrote: end points, numbers with or without units."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from longroad.base.errors import CatalogError, GeometryError, LongroadError, UsageError, nearest

if TYPE_CHECKING:
    from longroad.flight.course import Course

OPTIONS = ("--range", "--apogee", "--time", "--speed", "--missile", "--svg", "--json")
_BARE = re.compile(r"\s*[-+]?[\d.]+(?:[eE][-+]?\d+)?\s*")
_PAIR = re.compile(r"\s*([-+]?[\d.]+)\s*,\s*([-+]?[\d.]+)\s*")


@dataclass(frozen=True)
class End:
    """An end point as it was named: a site of the catalogue, or a position."""

    name: str
    site: str | None
    latitude_deg: float
    longitude_deg: float


def number_of(name: str, written: str | None, dimension: str, unit: str) -> float | None:
    """Return the SI value of an option; a bare number is in ``unit``. It has to be above 0."""
    if written is None:
        return None
    from longroad.base import units

    whole = f"{written} {unit}" if _BARE.fullmatch(written) else written
    try:
        value = units.parse(whole, dimension)
    except LongroadError as fault:
        raise fault.located(field=name) from None
    if value <= 0.0:
        raise UsageError(f"{name} is {whole.strip()}", expected="a number above 0")
    return value


def refuse_others(words: list[str], extra: list[str]) -> None:
    """Raise for a word that looks like an option, and for more than two end points."""
    for word in words:
        if word.startswith("--"):
            raise UsageError(
                f"there is no option {word}",
                expected=", ".join(OPTIONS),
                nearest=nearest(word, OPTIONS),
            )
    if extra:
        raise UsageError(f"'{extra[0]}' is one place too many", expected="FROM and TO")


def end_of(written: str | None) -> End | None:
    """Return an end point; raise with the nearest word when there is no such place."""
    if written is None:
        return None
    from longroad.catalog import load_catalog

    pair = _PAIR.fullmatch(written)
    if pair is not None:
        try:
            latitude, longitude = float(pair[1]), float(pair[2])
        except ValueError:
            latitude = math.inf
        if not (abs(latitude) <= 90.0 and abs(longitude) <= 360.0):
            raise GeometryError(
                f"'{written}' is no place on the Earth",
                expected="LAT,LON in degrees, latitude -90 to 90, longitude -180 to 180",
            )
        return End(f"{latitude:g},{longitude:g}", None, latitude, longitude)
    facts = load_catalog()
    id = written.removeprefix("site/")
    sites = {entry.id: entry for entry in facts.entries("site")}
    if id not in sites:
        raise CatalogError(
            f"there is no place '{written}'",
            expected="a site that `longroad catalog site` lists, or LAT,LON in degrees",
            nearest=nearest(id, sites),
        )
    from longroad.flight.generic import adopted

    latitude, longitude = (
        math.degrees(adopted(sites[id].quantity(field)).best) for field in ("latitude", "longitude")
    )
    return End(sites[id].name, id, latitude, longitude)


def course_of(origin: End | None, aim: End | None, range_m: float | None) -> Course:
    """Return the course between two places, or of a bare range; raise when it is neither."""
    from longroad.flight.course import at_rest, between

    wanted = "FROM and TO, or --range"
    if origin is not None and aim is not None:
        if range_m is not None:
            raise UsageError("both end points and --range are given", expected=wanted)
        return between(
            *(
                math.radians(angle)
                for end in (origin, aim)
                for angle in (end.latitude_deg, end.longitude_deg)
            )
        )
    if origin is not None:
        raise UsageError(f"there is no TO after FROM, '{origin.name}'", expected=wanted)
    if range_m is None:
        raise UsageError("nothing says how far to fly", expected=wanted)
    try:
        return at_rest(range_m)
    except GeometryError as fault:
        raise fault.located(field="--range") from None
