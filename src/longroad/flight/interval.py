"""How long a flight of known range and apogee takes, and how fast it is, whatever the boost.

Both are computed twice, for a short, the best and a long burn time: in closed form (a conic from
burnout, with the powered path laid along the flight) and by integration of boost, coast and
re-entry through the air. The two share no code beyond the Earth's constants.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from longroad.base.errors import GeometryError
from longroad.flight.arcs import Shape
from longroad.flight.course import Course, at_rest, from_launch
from longroad.flight.fit import Fitted
from longroad.flight.generic import Missile, Span, generic_missile
from longroad.flight.inferred import AT_REST, refly, unnamed_missile
from longroad.flight.single import Arc, fly_arc
from longroad.flight.staged import Launch

# Over the interval of burn times the apogee of least energy moves by as much as this.
LOOSE = 0.05


@dataclass(frozen=True)
class TimeInterval:
    """Ignition to impact over an interval of burn times.

    ``integrated`` is None where the gravity turn of the generic vehicle does not lead to such a
    flight: depressed ones are steered otherwise.
    """

    missile: Missile
    closed: Span
    integrated: Span | None
    free_flight_s: float
    """From ground to ground at once, without boost and air: less than any real flight."""

    @property
    def best_s(self) -> float:
        """Return the time for the best burn time, integrated where that can be."""
        return (self.integrated or self.closed).best

    @property
    def low_s(self) -> float:
        """Return the least of all the times."""
        return min(span.low for span in (self.closed, self.integrated or self.closed))

    @property
    def high_s(self) -> float:
        """Return the greatest of all the times."""
        return max(span.high for span in (self.closed, self.integrated or self.closed))


@dataclass(frozen=True)
class Flights:
    """The flights of one range and apogee for a short, the best and a long burn time."""

    missile: Missile
    arcs: tuple[Arc, Arc, Arc]
    flights: tuple[Fitted, Fitted, Fitted] | None
    """By integration; None where the gravity turn does not lead there."""

    def time(self) -> TimeInterval:
        """Return the times of flight."""
        arcs = [arc.time_of_flight_s for arc in self.arcs]
        flown = None
        if self.flights is not None:
            flown = _span([fitted.flight.time_of_flight_s for fitted in self.flights])
        arc = self.arcs[1]
        return TimeInterval(
            self.missile, _span(arcs), flown, free_flight_time(arc.range_m, arc.apogee_m)
        )

    def speed(self) -> Span:
        """Return the speeds (m/s) a report can mean: at burnout, or as one impulse from the ground.

        The best is the burnout speed of the arc for the best burn time.
        """
        found = [arc.burnout_speed_m_s for arc in self.arcs]
        found += [arc.impulsive_speed_m_s for arc in self.arcs]
        if self.flights is not None:
            found += [fitted.flight.burnout_speed_m_s for fitted in self.flights]
        return Span(min(found), self.arcs[1].burnout_speed_m_s, max(found))


def time_interval(
    range_m: float, apogee_m: float, launch: Launch | None = None, missile: Missile | None = None
) -> TimeInterval:
    """Return how long a flight of ``range_m`` and ``apogee_m`` takes from ignition to impact.

    ``launch``: from where and in which direction, else over an Earth at rest. ``missile``: whose
    burn times are propagated, else those of an unnamed one. Closed form and integration differ by
    some 10 s at most unless the flight is depressed. Raises GeometryError where no such arc is.
    """
    course = at_rest(range_m) if launch is None else from_launch(launch, range_m)
    kind = missile or missile_of(course, apogee_m)
    return flights_of(course, apogee_m, kind).time()


def flights_of(course: Course, apogee_m: float, missile: Missile) -> Flights:
    """Return the flights over a course by an apogee, for the missile's interval of burn times.

    A short or long burn that cannot fly so (it ends above the apogee) gives way to the best one.
    Raises GeometryError when the best one cannot either.
    """
    best = fly_arc(course, missile, Shape.APOGEE, apogee_m)
    low, high = (
        _or(best, course, missile, apogee_m, burn)
        for burn in (missile.burn_times_s.low, missile.burn_times_s.high)
    )
    launch = course.launch if course.turning else AT_REST
    try:
        short, middle, long = (
            refly(missile, burn, course.range_m, apogee_m, launch) for burn in missile.burn_times_s
        )
    except GeometryError:
        return Flights(missile, (low, best, high), None)
    return Flights(missile, (low, best, high), (short, middle, long))


def least_energy(course: Course, missile: Missile | None) -> Arc:
    """Return the arc of least burnout speed over a course."""
    return fly_arc(course, missile or generic_missile(course.range_m), Shape.MINIMUM_ENERGY)


def lofted(apogee_m: float, least: Arc) -> bool:
    """Return whether an apogee lies above that of the least-energy arc, whatever the burn time."""
    return apogee_m > (1.0 + LOOSE) * least.apogee_m


def depressed(apogee_m: float, least: Arc) -> bool:
    """Return whether an apogee lies below that of the least-energy arc, whatever the burn time."""
    return apogee_m < (1.0 - LOOSE) * least.apogee_m


def missile_of(course: Course, apogee_m: float) -> Missile:
    """Return the unnamed missile of a flight over a course.

    A lofted flight tells of a greater range (`unnamed_missile`); any other is taken to be flown
    by a missile of just this range.
    """
    if lofted(apogee_m, least_energy(at_rest(course.range_m), None)):
        try:
            return unnamed_missile(course.range_m, apogee_m)
        except GeometryError:
            # Too near the vertical to be fitted: the range that the same impulse would give.
            missile = generic_missile(course.range_m)
            arc = fly_arc(course, missile, Shape.APOGEE, apogee_m)
            return generic_missile(least_energy_range(course, arc.impulsive_speed_m_s))
    return generic_missile(course.range_m)


def least_energy_range(course: Course, impulsive_speed_m_s: float) -> float:
    """Return the greatest range (m) of one impulse from the ground of a sphere at rest.

    sin(L/2) = q/(2 - q) with q = v^2 R/mu, for the range angle L (Bate, Mueller, White,
    Fundamentals of Astrodynamics, 1971, section 6.2); half the circumference from q = 1.
    """
    radius = course.figure.radius_m
    q = impulsive_speed_m_s**2 * radius / course.figure.mu_m3_s2
    sine = q / (2.0 - q) if q < 1.0 else 1.0
    return 2.0 * radius * math.asin(sine)


def free_flight_time(range_m: float, apogee_m: float) -> float:
    """Return the time (s) from ground to ground of a conic on a sphere at rest.

    With ground radius R, apogee distance A and half the range angle h: the eccentricity is
    (A - R)/(A - R cos h), and Kepler's equation gives twice the time from the apogee down.
    """
    figure = at_rest(range_m).figure
    radius, half = figure.radius_m, 0.5 * range_m / figure.radius_m
    top = radius + apogee_m
    eccentricity = apogee_m / (top - radius * math.cos(half))
    axis = top / (1.0 + eccentricity)
    # The eccentric anomaly of the ground, counted from the apogee.
    cosine = (radius / axis - 1.0) / eccentricity
    anomaly = math.acos(min(max(cosine, -1.0), 1.0))
    motion = math.sqrt(figure.mu_m3_s2 / axis**3)
    return 2.0 * (anomaly + eccentricity * math.sin(anomaly)) / motion


def _or(best: Arc, course: Course, missile: Missile, apogee_m: float, burn_time_s: float) -> Arc:
    try:
        return fly_arc(course, missile, Shape.APOGEE, apogee_m, burn_time_s)
    except GeometryError:
        return best


def _span(found: list[float]) -> Span:
    return Span(min(found), found[1], max(found))
