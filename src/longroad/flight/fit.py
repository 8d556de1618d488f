"""Which vehicle and which kick give a flight: by range and apogee, or farthest of all.

For a given kick the apogee rises with the impulse; at a given apogee the range rises with the
kick. So a flight of given range and apogee is found by one bracketed search inside another
(Brent's method), on any side of least energy.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar

from longroad.base.errors import GeometryError
from longroad.flight import powered_kernel as k
from longroad.flight.staged import Launch, StagedFlight, fly_vehicle, reach, simulate
from longroad.flight.vehicle import Build, Vehicle

Array = NDArray[np.float64]

# Searches end when range and apogee are met to about a metre; one part in 1e9 of the impulse.
CLOSE = 1e-9
LEAST_IMPULSE_M_S = 300.0
GREATEST_IMPULSE_M_S = 20_000.0
LEAST_KICK_RAD = 1e-5
GREATEST_KICK_RAD = 1.2


@dataclass(frozen=True)
class Fitted:
    """A vehicle, its kick and its flight."""

    vehicle: Vehicle
    kick_rad: float
    flight: StagedFlight


def _row(vehicle: Vehicle, kick: float, launch: Launch) -> Array:
    return simulate(vehicle, kick, launch, 0)[0]


def _range(row: Array, launch: Launch) -> float:
    """Return the range of a flight; 0 for one that falls back, infinity for one that does not."""
    status = int(row[k.STATUS])
    if status != k.OK:
        return math.inf if status == k.ESCAPED else 0.0
    return reach(row, launch)[0]


def _apogee(row: Array) -> float:
    status = int(row[k.STATUS])
    if status == k.CRASHED:
        return 0.0
    return float(row[k.TOP]) if status == k.OK else math.inf


def _flown(vehicle: Vehicle, kick: float, launch: Launch) -> Fitted:
    return Fitted(vehicle, kick, fly_vehicle(vehicle, kick, launch))


def match(build: Build, range_m: float, apogee_m: float, launch: Launch) -> Fitted:
    """Return the vehicle of a class, and its kick, that fly to ``range_m`` by ``apogee_m``.

    The impulse is what is inferred: the speed that burnout, gravity and air have shared. Met to
    some metres. Raises GeometryError where no vehicle of the class flies so.
    """

    def impulse(kick: float) -> float:
        def high(speed: float) -> float:
            found = _apogee(_row(build.vehicle(speed), kick, launch))
            return min(found, 1e12) - apogee_m

        low, top = LEAST_IMPULSE_M_S, GREATEST_IMPULSE_M_S
        # Approach from below: far too much impulse never comes down and costs time.
        speed = min(math.sqrt(2.0 * 9.8 * apogee_m) + 500.0, top)
        while high(speed) < 0.0:
            low = speed
            speed *= 1.2
            if speed > top:
                return math.nan
        return float(brentq(high, low, speed, xtol=1e-6, rtol=CLOSE))

    def miss(kick: float) -> float:
        speed = impulse(kick)
        if math.isnan(speed):
            return math.nan
        return _range(_row(build.vehicle(speed), kick, launch), launch) - range_m

    # Widen the kick until the flight goes too far.
    low, high = LEAST_KICK_RAD, 0.02
    while True:
        value = miss(high)
        if math.isnan(value) or high >= GREATEST_KICK_RAD:
            raise GeometryError(
                f"no boost of {build.burn_time_s:.0f} s leads to {range_m / 1e3:,.0f} km with an "
                f"apogee of {apogee_m / 1e3:,.0f} km",
                expected="an apogee well above the burnout altitude",
            )
        if value > 0.0:
            break
        low, high = high, min(1.6 * high, GREATEST_KICK_RAD)
    if miss(low) > 0.0:
        raise GeometryError(
            f"a range of {range_m / 1e3:,.1f} km is too short for this search",
            expected="a flight that is not straight up",
        )
    kick = float(brentq(miss, low, high, xtol=1e-12, rtol=CLOSE))
    return _flown(build.vehicle(impulse(kick)), kick, launch)


def farthest(vehicle: Vehicle, launch: Launch) -> Fitted:
    """Return the flight of greatest range of a vehicle, over all kicks.

    The range is scanned and then refined by Brent's rule to about 1e-8 of it. Raises
    GeometryError when no kick brings the vehicle back to the ground.
    """

    def short(kick: float) -> float:
        found = _range(_row(vehicle, kick, launch), launch)
        return -found if math.isfinite(found) else -1e12

    kicks = np.geomspace(0.01, GREATEST_KICK_RAD, 40)
    values = [short(float(kick)) for kick in kicks]
    best = int(np.argmin(values))
    if values[best] >= 0.0:
        raise GeometryError("the vehicle does not leave the ground", expected="more thrust")
    if values[best] <= -1e12:
        raise GeometryError(
            "the vehicle reaches any place on the Earth", expected="a smaller impulse"
        )
    low, high = kicks[max(best - 1, 0)], kicks[min(best + 1, kicks.size - 1)]
    found = minimize_scalar(short, bounds=(low, high), method="bounded", options={"xatol": 1e-7})
    return _flown(vehicle, float(found.x), launch)


def reaching(build: Build, range_m: float, launch: Launch) -> Fitted:
    """Return the vehicle of a class whose greatest range is ``range_m``, on that flight.

    Met to some metres. Raises GeometryError when no impulse does it.
    """

    def miss(impulse: float) -> float:
        try:
            return farthest(build.vehicle(impulse), launch).flight.range_m - range_m
        except GeometryError:
            return 1e9 if impulse > 5_000.0 else -range_m

    low, high = LEAST_IMPULSE_M_S, 1_000.0
    while miss(high) < 0.0:
        low, high = high, 1.25 * high
        if high > GREATEST_IMPULSE_M_S:
            raise GeometryError(
                f"no vehicle of this class flies {range_m / 1e3:,.0f} km",
                expected="a range within half the circumference",
            )
    impulse = float(brentq(miss, low, high, xtol=1e-5, rtol=CLOSE))
    return farthest(build.vehicle(impulse), launch)
