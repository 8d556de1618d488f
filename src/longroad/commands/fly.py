"""The command that flies one missile, or checks a flight that somebody has reported."""

from __future__ import annotations

import math
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from longroad import console
from longroad.base.errors import GeometryError
from longroad.base.messages import text
from longroad.commands.app import DONE, FAILED_CHECK, Json, app, argument, option
from longroad.commands.fly_input import End, course_of, end_of, number_of, refuse_others

if TYPE_CHECKING:
    from longroad.flight.finding import Finding
    from longroad.flight.generic import Span
    from longroad.flight.single import Arc

WIDTH = 78


# A place such as -33.9,151.2 begins like an option, so unknown options are looked for here.
@app.command(
    help=text("cli.help.fly"),
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
def fly(
    context: typer.Context,
    origin: Annotated[str | None, argument("fly_from", "FROM")] = None,
    aim: Annotated[str | None, argument("fly_to", "TO")] = None,
    range: Annotated[str | None, option("--range", "fly_range", "KM")] = None,
    apogee: Annotated[str | None, option("--apogee", "fly_apogee", "KM")] = None,
    time: Annotated[str | None, option("--time", "fly_time", "S")] = None,
    speed: Annotated[str | None, option("--speed", "fly_speed", "KM_S")] = None,
    missile: Annotated[str | None, option("--missile", "fly_missile", "ID")] = None,
    svg: Annotated[Path | None, option("--svg", "fly_svg", "FILE")] = None,
    json: Json = False,
) -> int:
    """Fly one missile; a reported flight that cannot be is a failed check."""
    refuse_others([word for word in (origin, aim, *context.args) if word], context.args)
    ends = (end_of(origin), end_of(aim))
    from longroad.flight.finding import Report
    from longroad.flight.named import named_missile
    from longroad.flight.reported import check

    report = Report(
        number_of("--apogee", apogee, "length", "km"),
        number_of("--time", time, "time", "s"),
        number_of("--speed", speed, "speed", "km/s"),
    )
    course = course_of(*ends, number_of("--range", range, "length", "km"))
    named = None if missile is None else named_missile(missile)
    try:
        finding = check(course, report, named)
    except GeometryError as fault:
        raise fault.located(field="--apogee" if apogee else None) from None
    name = None if named is None else named.name
    if svg is not None:
        _draw(svg, finding)
    if json:
        console.document(_rounded(console.plain(_plain(finding, ends, svg))))
    else:
        _tell(finding, name, ends, svg)
    return FAILED_CHECK if finding.consistent is False else DONE


def _plain(finding: Finding, ends: tuple[End | None, End | None], svg: Path | None) -> Any:
    """Return the JSON document: plain numbers, the keys of the contract first."""
    from longroad.commands.fly_words import explanation

    interval, inferred = finding.interval, finding.inferred
    turning = finding.course.turning
    times = reach = anywhere = None
    if interval is not None:
        times = {"low": interval.low_s, "best": interval.best_s, "high": interval.high_s}
    if inferred is not None:
        readings = {"low": inferred.low, "best": inferred.best, "high": inferred.high}
        reach = {key: reading.range_m / 1e3 for key, reading in readings.items()}
        anywhere = {key: reading.any_place for key, reading in readings.items()}
    heading = math.degrees(finding.course.heading_rad) if turning else None
    return {
        "range_km": finding.course.range_m / 1e3,
        **_numbers(finding.arc),
        "consistent": finding.consistent,
        "explanation": " ".join(explanation(finding, _name(finding), _called(ends))),
        "shape": finding.kind,
        "lofted": finding.kind == "lofted",
        "missile": finding.missile.id,
        "basis": "rotating-earth" if turning else "earth-at-rest",
        "heading_deg": heading,
        "from": ends[0],
        "to": ends[1],
        "burn_times_s": _span(finding.missile.burn_times_s, 1.0),
        "minimum_energy": _numbers(finding.least),
        "depressed": None if finding.other is None else _numbers(finding.other),
        "free_flight_time_s": None if interval is None else interval.free_flight_s,
        "time_interval_s": times,
        "inferred_maximum_range_km": reach,
        "inferred_any_place": anywhere,
        "range_claims": [
            {
                "claim": claim.claim,
                "adopted": claim.adopted,
                "maximum_range_km": _span(claim.span, 1e3),
                "within": allowed,
            }
            for claim, allowed in finding.ranges
        ],
        "svg": svg,
    }


def _numbers(arc: Arc) -> dict[str, float]:
    return {
        "apogee_km": arc.apogee_m / 1e3,
        "burnout_speed_km_s": arc.burnout_speed_m_s / 1e3,
        "flight_path_angle_deg": math.degrees(arc.flight_path_angle_rad),
        "time_of_flight_s": arc.time_of_flight_s,
        "burn_time_s": arc.boost.burn_time_s,
        "burnout_altitude_km": arc.boost.burnout_altitude_m / 1e3,
        "burnout_ground_distance_km": arc.boost.burnout_ground_distance_m / 1e3,
        "impulsive_speed_km_s": arc.impulsive_speed_m_s / 1e3,
    }


def _rounded(value: Any) -> Any:
    """Return a JSON value without the noise of the last digits."""
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return float(f"{value:.10g}") if isinstance(value, float) else value


def _span(span: Span, unit: float) -> dict[str, float]:
    return {"low": span.low / unit, "best": span.best / unit, "high": span.high / unit}


def _called(ends: tuple[End | None, End | None]) -> tuple[str, str] | None:
    origin, aim = ends
    return None if origin is None or aim is None else (origin.name, aim.name)


def _name(finding: Finding) -> str | None:
    if finding.missile.id is None:
        return None
    from longroad.catalog import load_catalog

    return load_catalog().entry(f"missile/{finding.missile.id}").name


def _tell(
    finding: Finding, name: str | None, ends: tuple[End | None, End | None], svg: Path | None
) -> None:
    """Write the flight as text: numbers, picture, arithmetic."""
    from longroad.commands.fly_picture import picture
    from longroad.commands.fly_words import explanation
    from longroad.flight import words
    from longroad.flight.profile import arc_profile

    arc = finding.arc
    said = explanation(finding, name, _called(ends))
    if finding.consistent is not None:
        # The verdict comes first.
        console.line(said.pop(0))
        console.line()
    minutes, rest = divmod(round(arc.time_of_flight_s), 60)
    rows = (
        ("range", words.kilometres(arc.range_m)),
        ("apogee", words.kilometres(arc.apogee_m)),
        ("speed", words.speed(arc.burnout_speed_m_s)),
        ("impulse", words.speed(arc.impulsive_speed_m_s)),
        ("angle", text("cli.fly.degrees", angle=words.degrees(arc.flight_path_angle_rad))),
        ("burnout", words.kilometres(arc.boost.burnout_altitude_m)),
        (
            "time",
            text(
                "cli.fly.clock",
                time=words.seconds(arc.time_of_flight_s),
                minutes=minutes,
                seconds=rest,
            ),
        ),
    )
    width = max(len(text(f"cli.fly.{key}")) for key, _ in rows)
    for key, value in rows:
        console.line(f"{text(f'cli.fly.{key}'):<{width}}  {value}")
    console.line()
    least = arc_profile(finding.course, finding.least) if arc is not finding.least else None
    braille = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    for line in picture(arc_profile(finding.course, arc), least, braille):
        console.line(line)
    console.line()
    for sentence in said:
        for line in textwrap.wrap(console.paragraph(sentence), WIDTH, break_on_hyphens=False):
            console.line(line)
    if svg is not None:
        console.line(text("cli.fly.picture", path=svg))


def _draw(path: Path, finding: Finding) -> None:
    from longroad.base.atomic import atomic_write
    from longroad.dossier.flight_picture import draw

    atomic_write(path, draw(finding))
