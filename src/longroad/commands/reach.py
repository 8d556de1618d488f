"""Commands on reach: who meets which flight with what speed, and what the claims come to."""

from __future__ import annotations

import math
from itertools import groupby
from textwrap import fill
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.errors import UsageError, nearest
from longroad.base.messages import text
from longroad.commands.app import (
    DONE,
    Draws,
    Json,
    Seed,
    Study,
    Workers,
    app,
    columns,
    option,
)
from longroad.commands.fly_input import number_of

if TYPE_CHECKING:
    from longroad.study.manifest import Claim, Finding
    from longroad.study.reach_rows import Intercept, ReachRow, ThresholdRow

Threat = Annotated[str, option("--threat", "threat", "ID")]
BatteryId = Annotated[str | None, option("--battery", "battery", "ID")]
SiteId = Annotated[str | None, option("--site", "site", "ID")]
At = Annotated[str | None, option("--at", "at", "LAT,LON")]
DelaysS = Annotated[list[str] | None, option("--delay", "delay", "S")]
VariantId = Annotated[str | None, option("--variant", "variant", "ID")]
InterceptorId = Annotated[str | None, option("--interceptor", "interceptor", "ID")]


@app.command(help=text("cli.help.reach"))
def reach(
    scenario: Study,
    threat: Threat,
    battery: BatteryId = None,
    site: SiteId = None,
    at: At = None,
    speed: Annotated[str | None, option("--speed", "speed", "KM_S")] = None,
    delay: DelaysS = None,
    variant: VariantId = None,
    interceptor: InterceptorId = None,
    json: Json = False,
) -> int:
    """Say whether, when and where interceptors meet strategic flights."""
    from longroad import scenario as scenarios
    from longroad import study

    rows = study.reach(
        scenarios.load(scenario),
        threat,
        battery=battery,
        site=site,
        at=None if at is None else place(at),
        speed_m_s=number_of("--speed", speed, "speed", "km/s"),
        delays_s=_delays(delay),
        variant=variant,
        interceptor=interceptor,
    )
    if json:
        console.document({"rows": rows})
        return DONE
    for _, group in groupby(rows, key=_site_of):
        part = list(group)
        console.line(_heading(part[0], part[0].burnout_speed_km_s))
        names = ("pair", "launch", "part", "needs", "impulse", "reached", "where")
        console.table(columns(*names), [_reach_line(row) for row in part])
        console.line()
    _notes()
    return DONE


@app.command(help=text("cli.help.threshold"))
def threshold(
    scenario: Study,
    threat: Threat,
    battery: BatteryId = None,
    site: SiteId = None,
    at: At = None,
    delay: DelaysS = None,
    variant: VariantId = None,
    interceptor: InterceptorId = None,
    json: Json = False,
) -> int:
    """Print the least burnout speed that meets strategic flights from a place."""
    from longroad import scenario as scenarios
    from longroad import study

    rows = study.threshold(
        scenarios.load(scenario),
        threat,
        battery=battery,
        site=site,
        at=None if at is None else place(at),
        delays_s=_delays(delay),
        variant=variant,
        interceptor=interceptor,
    )
    if json:
        console.document({"rows": rows})
        return DONE
    for _, group in groupby(rows, key=_site_of):
        part = list(group)
        console.line(_heading(part[0], None))
        names = ("pair", "delay", "before", "after", "least", "impulse", "where")
        console.table(columns(*names), [_threshold_line(row) for row in part])
        console.line()
    _notes()
    return DONE


@app.command(help=text("cli.help.claims"))
def claims(
    scenario: Study,
    about: Annotated[str | None, option("--about", "claims_about", "KIND")] = None,
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = None,
    json: Json = False,
) -> int:
    """Print what a run would say to the claims of a scenario."""
    from dataclasses import replace

    from longroad import scenario as scenarios
    from longroad import study

    loaded = scenarios.load(scenario)
    if about is not None:
        kept = tuple(claim for claim in loaded.claims if claim.subject == _subject(about))
        loaded = replace(loaded, claims=kept)
    with console.progress() as move:
        found = study.claims(loaded, draws=draws, seed=seed, workers=workers, progress=move)
    if json:
        console.document({"claims": found})
        return DONE
    if not found:
        console.line(text("cli.claims.none"))
    for claim in found:
        _claim(claim)
    return DONE


def _subject(written: str) -> str:
    from longroad.scenario.claim import SUBJECTS

    known = list(SUBJECTS.values())
    if written not in known:
        raise UsageError(
            f"'{console.paragraph(written)}' is no kind of claim",
            field="about",
            expected=", ".join(known),
            nearest=nearest(written, known),
        )
    return written


def _delays(written: list[str] | None) -> list[float]:
    found = (number_of("--delay", delay, "time", "s") for delay in written or ())
    return [delay for delay in found if delay is not None]


def place(written: str) -> tuple[float, float]:
    """Return latitude and longitude in rad of ``LAT,LON`` in degrees; raise UsageError."""
    try:
        latitude, longitude = (float(part) for part in written.split(","))
    except ValueError as fault:
        raise UsageError(
            f"'{console.paragraph(written)}' is not a place",
            field="at",
            expected="latitude and longitude in degrees, such as 54.5,17.1",
        ) from fault
    if not (abs(latitude) <= 90.0 and -180.0 <= longitude <= 360.0):
        raise UsageError(
            f"the place {latitude:g},{longitude:g} is not on the Earth",
            field="at",
            expected="latitude -90 to 90, longitude -180 to 360",
        )
    return math.radians(latitude), math.radians((longitude + 180.0) % 360.0 - 180.0)


def _site_of(row: ReachRow | ThresholdRow) -> tuple[object, ...]:
    return row.variants, row.site, row.kind, row.interceptor


def _heading(row: ReachRow | ThresholdRow, speed_km_s: float | None) -> str:
    """Say which site the rows below are about, with which interceptor, in which variants."""
    own = "" if speed_km_s is None else text("cli.reach.of_speed", speed=f"{speed_km_s:.2f}")
    key = "cli.reach.generic" if row.interceptor == "generic" else "cli.reach.interceptor"
    return text(
        "cli.reach.heading",
        site=text(f"cli.reach.site.{row.kind.replace('-', '_')}", site=row.site),
        interceptor=text(key, interceptor=row.interceptor) + own,
        threat=row.threat.partition("/")[0],
        variants=", ".join(row.variants),
    )


def _reach_line(row: ReachRow) -> tuple[str, ...]:
    launch = "" if row.delay_s is None else f"{row.delay_s:.0f} s"
    if row.timing != "delay":
        launch = text("cli.reach.own_sensors", launch=launch or text("cli.reach.never"))
    reached = ""
    if row.reachable is not None:
        reached = text("cli.reach.yes" if row.reachable else "cli.reach.no")
    shot = row.intercept
    where = _state(row.state) if shot is None else _where(row.overtaking, shot)
    return (
        _pair(row.threat, row.shape),
        launch,
        text(f"cli.reach.{row.part.replace('-', '_')}"),
        _speed(row.least_burnout_speed_km_s),
        _speed(row.impulsive_speed_km_s),
        reached,
        where,
    )


def _threshold_line(row: ThresholdRow) -> tuple[str, ...]:
    return (
        _pair(row.threat, row.shape),
        f"{row.delay_s:.0f} s",
        _speed(row.before_apogee_km_s),
        _speed(row.after_apogee_km_s),
        _speed(row.least_burnout_speed_km_s),
        _speed(row.impulsive_speed_km_s),
        _state(row.state) if row.intercept is None else _where(row.overtaking, row.intercept),
    )


def _where(overtaking: bool | None, shot: Intercept) -> str:
    return text(
        "cli.reach.overtaking" if overtaking else "cli.reach.where",
        time=f"{shot.time_s:.0f}",
        altitude=f"{shot.altitude_km:.0f}",
        latitude=f"{shot.latitude_deg:.1f}",
        longitude=f"{shot.longitude_deg:.1f}",
    )


def _state(state: str) -> str:
    return text(f"cli.reach.state.{state.replace('-', '_')}")


def _pair(threat: str, shape: str) -> str:
    _, base, end = threat.split("/")
    pair = text("cli.reach.pair", base=base, end=end)
    return pair if shape == "minimum-energy" else f"{pair} ({shape})"


def _speed(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _notes() -> None:
    for note in ("cli.reach.units", "cli.reach.leaves_out"):
        console.line(fill(text(note), console.width()))


def _claim(claim: Claim) -> None:
    date = "" if claim.date is None else f", {claim.date}"
    console.line(text("cli.claims.said", id=claim.id, who=claim.claimant, date=date))
    console.line(text("cli.claims.text", text=console.paragraph(claim.text)))
    bound = _threshold(claim.threshold)
    test = {"measure": claim.measure, "threshold": bound, "variant": claim.variant or "-"}
    console.line(text("cli.claims.test", **test))
    for finding in claim.findings:
        said = "" if finding.detail is None else text("cli.claims.detail", detail=finding.detail)
        words = {"under": finding.under, "figure": _figure(finding), "detail": said}
        console.line(text(f"cli.claims.{finding.finding}", **words))
    flips = next((finding.flips_on for finding in claim.findings if finding.flips_on), None)
    if flips:
        console.line(text("cli.claims.flips", flips=flips))
    console.line()


def _threshold(written: str) -> str:
    """Return ``>= 0.5`` as "at least 50 %", and a bound with a unit as it is."""
    sign, _, bound = written.partition(" ")
    if " " not in bound:
        bound = f"{100 * float(bound):g} %"
    return text("cli.claims.at_least" if sign == ">=" else "cli.claims.at_most", bound=bound)


def _figure(finding: Finding) -> str:
    def written(value: float | None) -> str:
        if value is None:
            years = finding.unit == "years"
            return text("cli.claims.without_end" if years else "cli.claims.no_figure")
        return f"{100 * value:.1f} %" if finding.unit == "1" else f"{value:.2f} {finding.unit}"

    if finding.epistemic_p05 is None and finding.epistemic_p95 is None:
        return written(finding.best)
    return text(
        "cli.claims.spread",
        best=written(finding.best),
        low=written(finding.epistemic_p05),
        high=written(finding.epistemic_p95),
    )
