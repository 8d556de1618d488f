"""Which vehicle and which kick give a flight: by range and apogee, or farthest of all.

For a given kick the apogee rises with the impulse; at a given apogee the range rises with the
kick. So a flight of given range and apogee is found by one bracketed search inside another
(Brent's method), on any side of least energy. What comes out is compared with what was asked
for: a search that ends at a jump (a vehicle that just clears the ground) is no answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar

from longroad.base.errors import GeometryError
from longroad.flight import powered_kernel as k
from longroad.flight.ground import on_ground
from longroad.flight.staged import Launch, StagedFlight, fly_vehicle, reach, simulate
from longroad.flight.vehicle import Build, Vehicle

Array = NDArray[np.float64]

# Searches end at one part in 1e9 of the impulse or the kick; the flight is then within metres of
# what was asked for, and is refused beyond MISSED of it.
CLOSE = 1e-9
MISSED = 1e-4
LEAST_IMPULSE_M_S = 300.0
GREATEST_IMPULSE_M_S = 20_000.0
LEAST_KICK_RAD = 1e-5
SMALLEST_KICK_RAD = 1e-6
GREATEST_KICK_RAD = 1.4
# Beyond this the vehicle does not come down; what stands for it has to be larger.
ENDLESS_M = 1e12


@dataclass(frozen=True)
class Fitted:
    """A vehicle, its kick and its flight."""

    vehicle: Vehicle
    kick_rad: float
    flight: StagedFlight


def _row(vehicle: Vehicle, kick: float, launch: Launch) -> Array:
    return simulate(vehicle, kick, launch, 0)[0]


def _flown(vehicle: Vehicle, kick: float, launch: Launch) -> Fitted:
    return Fitted(vehicle, kick, fly_vehicle(vehicle, kick, launch))


def _range(row: Array, launch: Launch) -> float:
    """Return the range of a flight; 0 for one that falls back, ENDLESS_M for one that does not."""
    status = int(row[k.STATUS])
    if status == k.OK:
        return reach(row, launch)[0]
    return ENDLESS_M if status == k.ESCAPED else 0.0


def _apogee(row: Array) -> float:
    """Return the apogee of a flight; 0 for one that falls back, ENDLESS_M for one that does not."""
    status = int(row[k.STATUS])
    if status == k.OK:
        return float(row[k.TOP])
    return ENDLESS_M if status == k.ESCAPED else 0.0


def _ahead(row: Array, launch: Launch) -> float:
    """Return the range of a flight counted along its heading, so that it grows with the kick.

    Negative when the turning Earth puts the impact behind (straight up is not straight down
    again: from the equator a missile lands in the west), beyond half the circumference when the
    flight goes the long way round.
    """
    found = _range(row, launch)
    figure = launch.figure
    if row[k.STATUS] != k.OK or figure.rotation_rad_s == 0.0:
        return found
    x, y, z = row[k.END : k.END + 3]
    latitude, heading = launch.latitude_rad, launch.heading_rad
    turned = launch.longitude_rad + figure.rotation_rad_s * float(row[k.END_TIME])
    outward = math.cos(turned) * x + math.sin(turned) * y
    east = math.cos(turned) * y - math.sin(turned) * x
    # North of the launch place itself, which the vertical axis does not pass through.
    foot = on_ground(latitude, 0.0, figure.radius_m, figure.plain()[1])
    north = math.cos(latitude) * (z - foot[2]) - math.sin(latitude) * (outward - foot[0])
    if math.cos(heading) * north + math.sin(heading) * east >= 0.0:
        return found
    around = 2.0 * math.pi * figure.radius_m
    return -found if found < 0.25 * around else around - found


def _asked(**figures: float) -> None:
    for name, value in figures.items():
        if not 0.0 < value < math.inf:
            raise GeometryError(f"{name} is {value}", expected="a number above 0")


def match(build: Build, range_m: float, apogee_m: float, launch: Launch) -> Fitted:
    """Return the vehicle of a class, and its kick, that fly to ``range_m`` by ``apogee_m``.

    The impulse is what is inferred: the speed that burnout, gravity and air have shared. Met to
    some metres; the impact lies ahead, within 90 degrees of the heading. Raises GeometryError
    where no vehicle of the class flies so.
    """
    _asked(range_m=range_m, apogee_m=apogee_m)
    refused = GeometryError(
        f"no boost of {build.burn_time_s:.0f} s leads to {range_m / 1e3:,.0f} km with an apogee of "
        f"{apogee_m / 1e3:,.0f} km",
        expected="an apogee well above the burnout altitude, or a shorter boost",
    )
    # Straight up at once and without air: less than what any vehicle needs.
    mu, radius = launch.figure.mu_m3_s2, launch.figure.radius_m
    least = math.sqrt(2.0 * mu * apogee_m / (radius * (radius + apogee_m)))

    def row(speed: float, kick: float) -> Array:
        return _row(build.vehicle(speed), kick, launch)

    def impulse(kick: float) -> float:
        """Return the impulse that gives the apogee, NaN when none does: the kick is too large.

        An apogee of some hundred metres is below what the least impulse does.
        """
        low, speed = LEAST_IMPULSE_M_S, min(least + 500.0, GREATEST_IMPULSE_M_S)
        # Approach from below: too much impulse never comes down and costs time.
        while _apogee(row(speed, kick)) < apogee_m:
            if speed >= GREATEST_IMPULSE_M_S:
                return math.nan
            low, speed = speed, min(1.2 * speed, GREATEST_IMPULSE_M_S)

        def high(trial: float) -> float:
            return _apogee(row(trial, kick)) - apogee_m

        if high(low) > 0.0:
            raise refused
        found = float(brentq(high, low, speed, xtol=1e-6, rtol=CLOSE))
        # A vehicle that just clears the ground may be above already: a jump, not a root.
        return found if abs(high(found)) <= MISSED * apogee_m else math.nan

    def miss(kick: float) -> float:
        speed = impulse(kick)
        if math.isnan(speed):
            return ENDLESS_M
        return _ahead(row(speed, kick), launch) - range_m

    # Widen the kick until the flight goes too far.
    low, high = LEAST_KICK_RAD, 0.02
    while miss(high) < 0.0:
        if high >= GREATEST_KICK_RAD:
            raise refused
        low, high = high, min(1.3 * high, GREATEST_KICK_RAD)
    if miss(low) > 0.0:
        raise refused
    kick = float(brentq(miss, low, high, xtol=1e-12, rtol=CLOSE))
    speed = impulse(kick)
    if math.isnan(speed) or not abs(miss(kick)) <= MISSED * range_m:
        raise refused
    return _flown(build.vehicle(speed), kick, launch)


def _best(vehicle: Vehicle, launch: Launch) -> tuple[float, float]:
    """Return the greatest range (0, or ENDLESS_M) of a vehicle and its kick.

    Counted along the heading. A vehicle of little thrust turns by itself and wants the smallest
    kicks, of 0.001 rad and less; they are looked at when the larger ones do not enclose a peak.
    """

    def short(kick: float) -> float:
        return -_ahead(_row(vehicle, kick, launch), launch)

    kicks = np.geomspace(0.01, GREATEST_KICK_RAD, 40)
    values = [short(float(kick)) for kick in kicks]
    if np.argmin(values) == 0:
        more = np.geomspace(SMALLEST_KICK_RAD, kicks[0], 60)[:-1]
        kicks, values = np.append(more, kicks), [short(float(kick)) for kick in more] + values
    best = int(np.argmin(values))
    if values[best] >= 0.0:
        return 0.0, float(kicks[best])
    if values[best] == -ENDLESS_M:
        return ENDLESS_M, float(kicks[best])
    low, high = kicks[max(best - 1, 0)], kicks[min(best + 1, kicks.size - 1)]
    # Near a maximum the range is as flat as the square of this.
    found = minimize_scalar(
        short, bounds=(low, high), method="bounded", options={"xatol": 1e-6 * kicks[best]}
    )
    if found.fun > values[best]:
        return -values[best], float(kicks[best])
    return -float(found.fun), float(found.x)


def _half_way(launch: Launch) -> float:
    """Return the range (m) that no place of a turning Earth is beyond; at rest, infinity."""
    return math.pi * launch.figure.radius_m if launch.figure.rotation_rad_s else math.inf


def farthest(vehicle: Vehicle, launch: Launch) -> Fitted:
    """Return the flight of greatest range of a vehicle, over all kicks.

    The range is scanned and then refined by Brent's rule to about 1e-8 of it. Raises
    GeometryError when no kick brings the vehicle off the ground or back to it, or when, on a
    turning Earth, it flies beyond half the circumference.
    """
    found, kick = _best(vehicle, launch)
    if found == 0.0:
        raise GeometryError("the vehicle does not leave the ground", expected="more thrust")
    if found == ENDLESS_M or found > _half_way(launch):
        raise GeometryError(
            "the vehicle reaches any place on the Earth", expected="a smaller impulse"
        )
    return _flown(vehicle, kick, launch)


def reaching(build: Build, range_m: float, launch: Launch) -> Fitted:
    """Return the vehicle of a class whose greatest range is ``range_m``, on that flight.

    Met to some metres. Raises GeometryError when no impulse does it.
    """
    _asked(range_m=range_m)

    def miss(impulse: float) -> float:
        return _best(build.vehicle(impulse), launch)[0] - range_m

    beyond = GeometryError(
        f"no vehicle of this class flies {range_m / 1e3:,.0f} km",
        expected="a range within half the circumference",
    )
    if range_m > _half_way(launch):
        raise beyond
    low, high = LEAST_IMPULSE_M_S, 1_000.0
    while miss(high) < 0.0:
        low, high = high, 1.25 * high
        if high > GREATEST_IMPULSE_M_S:
            raise beyond
    if miss(low) > 0.0:
        raise GeometryError(
            f"a range of {range_m / 1e3:,.1f} km is too short for this search",
            expected="a missile that leaves the lower air",
        )
    impulse = float(brentq(miss, low, high, xtol=1e-5, rtol=CLOSE))
    vehicle = build.vehicle(impulse)
    found, kick = _best(vehicle, launch)
    if not abs(found - range_m) <= MISSED * range_m:
        raise GeometryError(
            f"no vehicle of this class has its greatest range at {range_m / 1e3:,.0f} km: "
            "with less impulse it does not leave the ground",
            expected="a shorter boost or a longer range",
        )
    return _flown(vehicle, kick, launch)
