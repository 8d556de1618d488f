"""A missile that nobody has named: its boost and its build, by the range it could reach.

The catalogue gives three generic boosts (``boost-short``, ``-medium``, ``-long``), each with the
range to which it belongs, and says what generic vehicles have in common (``vehicle``). Between
the three, logarithms are interpolated in the logarithm of the range. Below the shortest the same
powers go on, so that a short flight has a short boost; beyond the longest nothing grows further.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from longroad.base.errors import GeometryError
from longroad.base.quantity import Disputed, Quantity
from longroad.catalog import load_catalog
from longroad.flight.vehicle import Build

BOOSTS = ("boost-short", "boost-medium", "boost-long")


@dataclass(frozen=True)
class Span:
    """An interval with its best value; low <= best <= high."""

    low: float
    best: float
    high: float

    @classmethod
    def of(cls, quantity: Quantity | Disputed) -> Span:
        """Return the interval of a quantity (SI), of its adopted claim where it is disputed."""
        known = adopted(quantity)
        return cls(known.low, known.best, known.high)

    def __iter__(self) -> Iterator[float]:
        return iter((self.low, self.best, self.high))


@dataclass(frozen=True)
class Boost:
    """Powered flight as published figures give it."""

    burn_time_s: float
    burnout_altitude_m: float
    burnout_ground_distance_m: float

    @property
    def path_m(self) -> float:
        """Return the length of the straight line from launch to burnout, on a flat Earth."""
        return math.hypot(self.burnout_altitude_m, self.burnout_ground_distance_m)

    @property
    def slope_rad(self) -> float:
        """Return the slope of that line."""
        return math.atan2(self.burnout_altitude_m, self.burnout_ground_distance_m)

    def laid(self, slope_rad: float, burn_time_s: float) -> Boost:
        """Return the boost of another slope and burn time: its path is as long as its burn."""
        longer = burn_time_s / self.burn_time_s
        if slope_rad == self.slope_rad:
            rise, over = self.burnout_altitude_m, self.burnout_ground_distance_m
            return Boost(burn_time_s, longer * rise, longer * over)
        path = longer * self.path_m
        return Boost(burn_time_s, path * math.sin(slope_rad), path * math.cos(slope_rad))


@dataclass(frozen=True)
class Missile:
    """What a flight has to know of a missile; ``id`` is None for one that is not named.

    ``boost`` belongs to the flight to ``greatest_range_m``. ``burn_times_s`` is the interval that
    has to be propagated.
    """

    id: str | None
    greatest_range_m: float
    boost: Boost
    burn_times_s: Span
    stages: int

    def build(self, burn_time_s: float) -> Build:
        """Return what a vehicle of this missile is integrated as, for a burn time."""
        return Build(self.stages, burn_time_s, **_common())


def adopted(quantity: Quantity | Disputed) -> Quantity:
    """Return the quantity itself, or the claim that headlines use."""
    return quantity.adopted_quantity if isinstance(quantity, Disputed) else quantity


def generic_missile(greatest_range_m: float) -> Missile:
    """Return the unnamed missile of a greatest range (m).

    Burn time, burnout altitude and ground distance are powers of the range between two of the
    catalogue's generic boosts; the number of stages is that of the nearer one. The interval of
    burn times is ``default.reported-flight.burn_time_ratio`` times the burn time. Raises
    GeometryError for a range that is not a finite number above 0.
    """
    if not 0.0 < greatest_range_m < math.inf:
        raise GeometryError(
            f"a missile has the range {greatest_range_m / 1e3:g} km", expected="a range above 0"
        )
    anchors = _anchors()
    place = min(math.log(greatest_range_m), anchors[-1].place)
    at = 1 if place > anchors[1].place else 0
    low, high = anchors[at], anchors[at + 1]
    share = (place - low.place) / (high.place - low.place)
    numbers = [
        math.exp((1.0 - share) * math.log(a) + share * math.log(b))
        for a, b in zip(low.boost, high.boost, strict=True)
    ]
    boost = Boost(*numbers)
    ratio = Span.of(load_catalog().quantity("default.reported-flight.burn_time_ratio"))
    return Missile(
        id=None,
        greatest_range_m=greatest_range_m,
        boost=boost,
        burn_times_s=Span(*(part * boost.burn_time_s for part in ratio)),
        stages=high.stages if share > 0.5 else low.stages,
    )


@dataclass(frozen=True)
class _Anchor:
    place: float
    boost: tuple[float, float, float]
    stages: int


@cache
def _anchors() -> tuple[_Anchor, ...]:
    facts = load_catalog()
    found = []
    for name in BOOSTS:
        entry = facts.entry(f"default/{name}")
        numbers = [
            adopted(entry.quantity(field)).best
            for field in ("burn_time", "burnout_altitude", "burnout_ground_distance")
        ]
        found.append(
            _Anchor(
                math.log(adopted(entry.quantity("reference_range")).best),
                (numbers[0], numbers[1], numbers[2]),
                int(entry.facts["stages"]),
            )
        )
    return tuple(found)


@cache
def _common() -> dict[str, float]:
    """Return what the vehicles have in common, by the names of `Build`."""
    entry = load_catalog().entry("default/vehicle")
    names = {
        "exhaust_speed_m_s": "exhaust_speed",
        "rise_share": "rise_share",
        "launch_ballistic_coefficient_kg_m2": "launch_ballistic_coefficient",
        "entry_ballistic_coefficient_kg_m2": "entry_ballistic_coefficient",
    }
    return {name: adopted(entry.quantity(field)).best for name, field in names.items()}
