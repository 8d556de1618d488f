"""What a flight test says about the greatest range: infer the impulse, then fly it farthest.

A test of known range and apogee fixes the impulse of a generic vehicle once its burn time is
given; the same vehicle, steered for range, goes as far as it can. The burn time is not known, so
an interval of burn times is carried through (the method of the published range estimates of
lofted tests; D. Wright, Union of Concerned Scientists, 2017). What the payload was, and whether
the flight used all its propellant, no trajectory can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from longroad.base.errors import GeometryError
from longroad.earth.wgs84 import MEAN_RADIUS_M
from longroad.flight.course import HALF_WAY_M
from longroad.flight.figure import still_sphere
from longroad.flight.fit import Fitted, farthest, match
from longroad.flight.generic import Missile, generic_missile
from longroad.flight.staged import Launch, StagedFlight
from longroad.flight.vehicle import Vehicle

# The unnamed missile is found when its burn time moves by less than this: its range by 0.1 %.
SETTLED_S = 0.2
ROUNDS = 12

AT_REST = Launch(still_sphere(MEAN_RADIUS_M), 0.0, 0.0, 0.0, air=True)
"""An Earth at rest, where the heading makes no difference; with air."""


@dataclass(frozen=True)
class Reading:
    """What one burn time makes of a test."""

    burn_time_s: float
    test: Fitted
    range_m: float
    """Greatest range; half the circumference where ``any_place``."""
    longest: StagedFlight | None
    """The flight of greatest range; None where ``any_place``."""
    any_place: bool
    """Whether the vehicle could have gone half round the Earth or farther."""


@dataclass(frozen=True)
class InferredRange:
    """The greatest range behind a test, over an interval of burn times; ordered by range."""

    low: Reading
    best: Reading
    high: Reading
    missile: Missile

    @property
    def low_range_m(self) -> float:
        """Return the least of the ranges."""
        return self.low.range_m

    @property
    def best_range_m(self) -> float:
        """Return the range of the best burn time."""
        return self.best.range_m

    @property
    def high_range_m(self) -> float:
        """Return the greatest of the ranges."""
        return self.high.range_m


def inferred_range(
    range_m: float, apogee_m: float, launch: Launch | None = None, missile: Missile | None = None
) -> InferredRange:
    """Return the greatest range of the missile that flew ``range_m`` with ``apogee_m``.

    ``launch`` says from where and in which direction, for the test and the longest flight alike;
    without it the Earth is at rest. ``missile`` says which burn times are propagated; without it
    they are those of an unnamed missile (`unnamed_missile`). The impulse is inferred on the
    turning Earth where a boost towards the heading leads to that range and apogee, else on one at
    rest (on a steep test the two differ by less than 1 %). No constant is fitted to any test.

    Raises GeometryError where no vehicle flies so.
    """
    kind = missile or unnamed_missile(range_m, apogee_m)
    readings = {
        burn: read_test(kind, burn, range_m, apogee_m, launch or AT_REST)
        for burn in kind.burn_times_s
    }
    ordered = sorted(readings.values(), key=lambda reading: reading.range_m)
    return InferredRange(ordered[0], readings[kind.burn_times_s.best], ordered[-1], kind)


def unnamed_missile(range_m: float, apogee_m: float) -> Missile:
    """Return the generic missile that could have flown ``range_m`` with ``apogee_m``.

    Its greatest range is the one its own burn time leads to, on an Earth at rest. Raises
    GeometryError where no vehicle flies so.
    """
    missile = generic_missile(range_m)
    for _ in range(ROUNDS):
        found = more_like(missile, range_m, apogee_m)
        if settled(missile, found):
            return found
        missile = found
    return missile


def more_like(missile: Missile, range_m: float, apogee_m: float) -> Missile:
    """Return the generic missile of the range that the test gives with this one's burn time."""
    burn = missile.burn_times_s.best
    return generic_missile(read_test(missile, burn, range_m, apogee_m, AT_REST).range_m)


def settled(missile: Missile, found: Missile) -> bool:
    """Return whether two unnamed missiles are the same for all purposes."""
    return abs(found.burn_times_s.best - missile.burn_times_s.best) < SETTLED_S


def read_test(
    missile: Missile, burn_time_s: float, range_m: float, apogee_m: float, launch: Launch
) -> Reading:
    """Return what a burn time makes of a test; raise GeometryError where no vehicle flies so."""
    test = refly(missile, burn_time_s, range_m, apogee_m, launch)
    at_rest = _longest(test.vehicle, AT_REST)
    longest = at_rest
    if launch != AT_REST and longest is not None:
        longest = _longest(test.vehicle, launch)
    if longest is None:
        return Reading(burn_time_s, test, HALF_WAY_M, None, True)
    return Reading(burn_time_s, test, longest.range_m, longest, False)


@lru_cache(maxsize=64)
def refly(
    missile: Missile, burn_time_s: float, range_m: float, apogee_m: float, launch: Launch
) -> Fitted:
    """Return the integrated flight of ``range_m`` and ``apogee_m`` for a burn time.

    On the Earth of ``launch``, or at rest where no boost towards its heading leads there: a steep
    flight drifts west by hundreds of kilometres while the Earth turns. Raises GeometryError where
    no vehicle flies so at rest either.
    """
    build = missile.build(burn_time_s)
    for where in dict.fromkeys((launch, AT_REST)):
        try:
            return match(build, range_m, apogee_m, where)
        # A ValueError comes from flights of a few hundred metres, which the search cannot bracket.
        except (GeometryError, ValueError) as error:
            last = error
    raise (
        last
        if isinstance(last, GeometryError)
        else GeometryError(
            f"a flight to {apogee_m / 1e3:g} km is too low to be integrated",
            expected="an apogee of some kilometres",
        )
    )


def _longest(vehicle: Vehicle, launch: Launch) -> StagedFlight | None:
    """Return the longest flight, or None where it leads half round the Earth or never ends."""
    try:
        flight = farthest(vehicle, launch).flight
    except GeometryError as error:
        if error.expected == "more thrust":
            raise
        return None
    return flight if flight.range_m < HALF_WAY_M else None
