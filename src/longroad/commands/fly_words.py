"""What `longroad fly` says of a flight: the arithmetic, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable

from longroad.base.messages import text
from longroad.flight.capability import attainable_speed
from longroad.flight.finding import Check, Finding, Kind, Why
from longroad.flight.generic import Span
from longroad.flight.inferred import Reading
from longroad.flight.reported import CIRCLE_M_S, ESCAPE_M_S, slack
from longroad.flight.words import degrees, kilometres, seconds, speed


def explanation(finding: Finding, name: str | None, ends: tuple[str, str] | None) -> list[str]:
    """Return the sentences about a finding.

    ``name`` is that of the missile, ``ends`` how the end points are called; None where there are
    none.
    """
    said = [*_basis(finding, ends), *_boost(finding, name)]
    if finding.why is not None:
        said += [_why(finding), text("flight.why.least_given")]
    else:
        said += [*_shape(finding), *_time(finding), *_speed(finding), *_inferred(finding)]
        said += _ranges(finding, name or "")
    if finding.consistent is None:
        return said
    return [text(f"flight.verdict.{'passed' if finding.consistent else 'failed'}"), *said]


def _basis(finding: Finding, ends: tuple[str, str] | None) -> list[str]:
    course = finding.course
    if ends is None:
        return [text("flight.basis.at_rest")]
    return [
        text(
            "flight.basis.turning",
            origin=ends[0],
            aim=ends[1],
            range=kilometres(course.range_m),
            heading=degrees(course.heading_rad),
        )
    ]


def _boost(finding: Finding, name: str | None) -> list[str]:
    missile = finding.missile
    boost = missile.boost
    values = {
        "burn": seconds(boost.burn_time_s),
        "altitude": kilometres(boost.burnout_altitude_m),
        "distance": kilometres(boost.burnout_ground_distance_m),
    }
    burns = text(
        "flight.boost.burns",
        low=seconds(missile.burn_times_s.low),
        high=seconds(missile.burn_times_s.high),
    )
    if name is not None:
        first = text("flight.boost.named", name=name, **values)
    else:
        reach = kilometres(missile.greatest_range_m)
        first = text("flight.boost.generic", range=reach, **values)
    return [first] if finding.report.empty else [first, burns]


def _least(finding: Finding) -> str:
    least = finding.least
    return text(
        "flight.shape.least",
        range=kilometres(least.range_m),
        speed=speed(least.burnout_speed_m_s),
        impulse=speed(least.impulsive_speed_m_s),
        apogee=kilometres(least.apogee_m),
        time=seconds(least.time_of_flight_s),
    )


def _shape(finding: Finding) -> list[str]:
    arc, report = finding.arc, finding.report
    if report.empty:
        return [_least(finding)]
    said = []
    if finding.kind is not Kind.MINIMUM_ENERGY:
        values = {
            "apogee": kilometres(arc.apogee_m),
            "least": kilometres(finding.least.apogee_m),
        }
        said = [_least(finding), text(f"flight.shape.{finding.kind}", **values)]
    by_speed = report.apogee_m is None and report.time_s is None
    if not by_speed or report.speed_m_s is None or arc is finding.least:
        return said
    told = {"range": kilometres(arc.range_m), "speed": speed(report.speed_m_s)}
    if finding.other is not None:
        low = finding.other
        key, more = (
            "two",
            {
                "high": kilometres(arc.apogee_m),
                "high_time": seconds(arc.time_of_flight_s),
                "low": kilometres(low.apogee_m),
                "low_time": seconds(low.time_of_flight_s),
            },
        )
    elif finding.kind is Kind.DEPRESSED:
        key, more = "depressed_only", {"most": kilometres(slack("greatest_apogee"))}
    else:
        key, more = "lofted_only", {}
    return [*said, text(f"flight.shape.{key}", **told, **more)]


def _time(finding: Finding) -> list[str]:
    interval = finding.interval
    if interval is None:
        return []
    burns = finding.missile.burn_times_s
    values = {
        "range": kilometres(finding.arc.range_m),
        "apogee": kilometres(finding.arc.apogee_m),
        "low": seconds(interval.low_s),
        "high": seconds(interval.high_s),
        "burn_low": seconds(burns.low),
        "burn_high": seconds(burns.high),
        "burn": seconds(burns.best),
        "closed": seconds(interval.closed.best),
        "free": seconds(interval.free_flight_s),
    }
    if interval.integrated is None:
        said = [text("flight.time.interval_closed", **values)]
    else:
        values["integrated"] = seconds(interval.integrated.best)
        said = [text("flight.time.interval", **values)]
    if finding.time is not None:
        passed = "passed" if finding.time.passed else "failed"
        said.append(text(f"flight.time.{passed}", **_tested(finding.time, seconds)))
    return said


def _speed(finding: Finding) -> list[str]:
    check = finding.speed
    if check is None:
        return []
    allowed = check.allowed
    key = "depressed" if finding.kind is Kind.DEPRESSED else "allowed"
    passed = "passed" if check.passed else "failed"
    return [
        text(
            f"flight.speed.{key}",
            low=speed(allowed.low),
            high=speed(allowed.high),
            circle=speed(CIRCLE_M_S),
        ),
        text(f"flight.speed.{passed}", **_tested(check, speed)),
    ]


def _tested(check: Check, write: Callable[[float], str]) -> dict[str, str]:
    return {
        "value": write(check.value),
        "slack": write(check.slack),
        "low": write(check.allowed.low - check.slack),
        "high": write(check.allowed.high + check.slack),
        "escape": speed(ESCAPE_M_S),
    }


def _why(finding: Finding) -> str:
    report, least, near = finding.report, finding.least, finding.nearest
    most = slack("greatest_apogee")
    if near is not None and near.apogee_m > most:
        high = text(
            "flight.why.beyond_apogee",
            apogee=kilometres(near.apogee_m),
            most=kilometres(most),
        )
    else:
        high = text("flight.why.beyond_time")
    values = {
        "range": kilometres(finding.course.range_m),
        "high": high,
        "impulse": speed(least.impulsive_speed_m_s),
        "escape": speed(ESCAPE_M_S),
    }
    if finding.why in (Why.TOO_SLOW, Why.TOO_FAST) and report.speed_m_s is not None:
        values |= {"speed": speed(report.speed_m_s), "least": speed(least.burnout_speed_m_s)}
    elif report.time_s is not None:
        values |= {"time": seconds(report.time_s), "least": seconds(least.time_of_flight_s)}
    return text(f"flight.why.{finding.why}", **values)


def _inferred(finding: Finding) -> list[str]:
    found = finding.inferred
    if found is None:
        return []

    def reach(reading: Reading) -> str:
        return text("flight.inferred.any") if reading.any_place else kilometres(reading.range_m)

    basis = "turning" if finding.course.turning else "at_rest"
    return [
        text(
            "flight.inferred.range",
            best=reach(found.best),
            low=reach(found.low),
            high=reach(found.high),
            basis=text(f"flight.inferred.{basis}"),
        )
    ]


def _ranges(finding: Finding, name: str) -> list[str]:
    said = []
    for claim, allowed in finding.ranges:
        which = ""
        if claim.claim is not None:
            key = "claim" if claim.adopted else "other"
            which = text(f"flight.range.{key}", claim=claim.claim)
        boost = finding.arc.boost
        own = float(
            attainable_speed(
                claim.span.high, boost.burnout_altitude_m, boost.burnout_ground_distance_m
            )
        )
        said.append(
            text(
                f"flight.range.{'within' if allowed else 'beyond'}",
                name=name,
                most=_interval(claim.span),
                claim=which,
                speed=speed(finding.arc.burnout_speed_m_s),
                own=speed(own),
            )
        )
    return said


def _interval(span: Span) -> str:
    if span.low == span.high:
        return kilometres(span.best)
    low = kilometres(span.low).removesuffix(" km")
    return f"{kilometres(span.best)} ({low} to {kilometres(span.high)})"
