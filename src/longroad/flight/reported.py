"""Whether a reported flight can be: range, apogee, time and speed against each other.

The range and one more number fix a flight: the apogee if it is known, else the time, else the
speed. What is reported besides has to lie in the interval that this flight allows for all burn
times, widened by the slack of reports (``default.reported-flight``).
"""

from __future__ import annotations

import math
from dataclasses import replace

from longroad.base.errors import GeometryError
from longroad.catalog import load_catalog
from longroad.earth.wgs84 import MEAN_RADIUS_M, MU_M3_S2
from longroad.flight.arcs import Shape
from longroad.flight.course import Course
from longroad.flight.finding import Check, Finding, Kind, Report, Why
from longroad.flight.generic import Missile, Span, adopted, generic_missile
from longroad.flight.inferred import inferred_range, more_like, settled
from longroad.flight.interval import (
    Flights,
    depressed,
    flights_of,
    least_energy,
    lofted,
    missile_of,
)
from longroad.flight.named import Named
from longroad.flight.single import Arc, fly_arc
from longroad.flight.words import kilometres

ESCAPE_M_S = math.sqrt(2.0 * MU_M3_S2 / MEAN_RADIUS_M)
"""Escape speed at the ground."""

CIRCLE_M_S = math.sqrt(MU_M3_S2 / MEAN_RADIUS_M)
"""Speed of a circle at the ground: what leaves flat and faster does not fall back."""

# Rounds after which an unnamed missile and the apogee it leads to agree well enough.
ROUNDS = 8


def check(course: Course, report: Report, named: Named | None = None) -> Finding:
    """Return what a report makes of a course, for an unnamed missile or a named one.

    Raises GeometryError for an apogee that no flight over this course can have, and for one above
    ``default.reported-flight.greatest_apogee``.
    """
    own = named.missile if named is not None else None
    if report.apogee_m is not None:
        found = _by_apogee(course, report, own)
    elif report.time_s is not None:
        found = _by_time(course, report, own)
    elif report.speed_m_s is not None:
        found = _by_speed(course, report, own)
    else:
        missile = own or generic_missile(course.range_m)
        least = least_energy(course, missile)
        found = Finding(course, report, missile, least, Kind.MINIMUM_ENERGY, least)
    if named is None or found.why is not None:
        return found
    ranges = tuple(
        (claim, claim.allows(found.arc.burnout_speed_m_s, found.arc.boost))
        for claim in named.ranges
    )
    return replace(found, ranges=ranges)


def slack(field: str) -> float:
    """Return the best value (SI) of a field of ``default.reported-flight``."""
    return adopted(load_catalog().quantity(f"default.reported-flight.{field}")).best


def _kind(arc: Arc, least: Arc) -> Kind:
    if lofted(arc.apogee_m, least):
        return Kind.LOFTED
    return Kind.DEPRESSED if depressed(arc.apogee_m, least) else Kind.MINIMUM_ENERGY


def _by_apogee(course: Course, report: Report, own: Missile | None) -> Finding:
    assert report.apogee_m is not None
    most = slack("greatest_apogee")
    if report.apogee_m > most:
        raise GeometryError(
            f"an apogee of {kilometres(report.apogee_m)} is no missile's",
            expected=f"at most {kilometres(most)} (default.reported-flight.greatest_apogee)",
        )
    missile = own or missile_of(course, report.apogee_m)
    flights = flights_of(course, report.apogee_m, missile)
    return _described(course, report, missile, flights)


def _described(course: Course, report: Report, missile: Missile, flights: Flights) -> Finding:
    """Return the finding of a flight whose apogee is known, with all that can be checked."""
    arc, interval = flights.arcs[1], flights.time()
    least = least_energy(course, missile if missile.id is not None else None)
    kind = _kind(arc, least)
    inferred = None
    if kind is Kind.LOFTED:
        try:
            launch = course.launch if course.turning else None
            inferred = inferred_range(course.range_m, arc.apogee_m, launch, missile)
        except GeometryError:
            pass  # too near the vertical for the search: no range is inferred
    time = speed = None
    if report.time_s is not None and report.apogee_m is not None:
        times = Span(interval.low_s, interval.best_s, interval.high_s)
        time = Check(report.time_s, times, slack("time_slack"))
    if report.speed_m_s is not None and report.apogee_m is not None:
        share = slack("speed_slack")
        allowed = _without_drag(flights.speed(), kind)
        speed = Check(report.speed_m_s, allowed, share * report.speed_m_s)
    return Finding(
        course, report, missile, arc, kind, least,
        flights=flights, time=time, speed=speed, inferred=inferred,
    )  # fmt: skip


def _without_drag(speeds: Span, kind: Kind) -> Span:
    """Return the speeds with what the air leaves open: a depressed flight may need any excess.

    Gronlund and Wright (1992) have up to 20 % more than the conic on short depressed flights.
    """
    if kind is not Kind.DEPRESSED:
        return speeds
    return Span(speeds.low, speeds.best, max(speeds.high, CIRCLE_M_S))


def _by_time(course: Course, report: Report, own: Missile | None) -> Finding:
    assert report.time_s is not None
    arc, missile = _settled(course, own, Shape.TIME_OF_FLIGHT, report.time_s)
    least = least_energy(course, own)
    why = None
    if arc is None:
        why = Why.TOO_SHORT if report.time_s < least.time_of_flight_s else Why.TOO_LONG
    elif arc.apogee_m > slack("greatest_apogee"):
        why = Why.TOO_LONG
    elif arc.flight_path_angle_rad < 0.0:
        why = Why.TOO_SHORT
    if why is not None or arc is None:
        return Finding(
            course, report, missile, least, Kind.MINIMUM_ENERGY, least, why=why, nearest=arc
        )
    found = _described(course, report, missile, flights_of(course, arc.apogee_m, missile))
    found = replace(found, arc=arc)
    if report.speed_m_s is None:
        return found
    allowed = _without_drag(_speeds_of_time(course, missile, report.time_s, arc), found.kind)
    share = slack("speed_slack")
    speed = Check(report.speed_m_s, allowed, share * report.speed_m_s)
    return replace(found, speed=speed)


def _speeds_of_time(course: Course, missile: Missile, time_s: float, best: Arc) -> Span:
    """Return the speeds that a time leaves open, over burn times and the slack of the time."""
    off = slack("time_slack")
    found = [best.burnout_speed_m_s, best.impulsive_speed_m_s]
    for burn in missile.burn_times_s:
        for time in (time_s - off, time_s, time_s + off):
            try:
                arc = fly_arc(course, missile, Shape.TIME_OF_FLIGHT, time, burn)
            except GeometryError:
                continue
            if arc.flight_path_angle_rad >= 0.0:
                found += [arc.burnout_speed_m_s, arc.impulsive_speed_m_s]
    # Where the least speed lies between two of these times, it is allowed too.
    least = least_energy(course, missile if missile.id is not None else None)
    if time_s - off <= least.time_of_flight_s <= time_s + off:
        found.append(least.burnout_speed_m_s)
    return Span(min(found), best.burnout_speed_m_s, max(found))


def _by_speed(course: Course, report: Report, own: Missile | None) -> Finding:
    assert report.speed_m_s is not None
    least = least_energy(course, own)
    missile = own or generic_missile(course.range_m)
    slowest = min(
        fly_arc(course, missile, Shape.MINIMUM_ENERGY, None, burn).burnout_speed_m_s
        for burn in missile.burn_times_s
    )
    if report.speed_m_s <= least.burnout_speed_m_s:
        enough = report.speed_m_s >= slowest * (1.0 - slack("speed_slack"))
        why = None if enough else Why.TOO_SLOW
        return Finding(course, report, missile, least, Kind.MINIMUM_ENERGY, least, why=why)
    high, kind_of = _settled(course, own, Shape.LOFTED, report.speed_m_s)
    low, _ = _settled(course, missile, Shape.DEPRESSED, report.speed_m_s)
    if low is not None and low.flight_path_angle_rad < 0.0:
        low = None
    if high is not None and high.apogee_m > slack("greatest_apogee"):
        nearest, high = high, None
    else:
        nearest = None
    if high is None:
        if low is None:
            return Finding(
                course, report, missile, least, Kind.MINIMUM_ENERGY, least,
                why=Why.TOO_FAST, nearest=nearest,
            )  # fmt: skip
        flights = flights_of(course, low.apogee_m, missile)
        return replace(_described(course, report, missile, flights), arc=low)
    found = _described(course, report, kind_of, flights_of(course, high.apogee_m, kind_of))
    return replace(found, arc=high, other=low)


def _settled(
    course: Course, own: Missile | None, shape: Shape, value: float
) -> tuple[Arc | None, Missile]:
    """Return an arc and the unnamed missile that its apogee tells of, or the ``own`` one."""
    missile = own or generic_missile(course.range_m)
    least = least_energy(course, own)
    for _ in range(ROUNDS):
        try:
            arc = fly_arc(course, missile, shape, value)
        except GeometryError:
            return None, missile
        if own is not None or arc.apogee_m > slack("greatest_apogee"):
            break
        if not lofted(arc.apogee_m, least):
            # Flown by a missile of just this range.
            missile = generic_missile(course.range_m)
            return fly_arc(course, missile, shape, value), missile
        try:
            found = more_like(missile, course.range_m, arc.apogee_m)
        except GeometryError:
            found = missile_of(course, arc.apogee_m)
        if settled(missile, found):
            break
        missile = found
    return arc, missile
