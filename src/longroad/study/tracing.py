"""Trace: one outcome of one draw, computed again from what the run directory holds.

The trace names every number that the outcome read, what it was in that draw, its equation stage by
stage and its sources, and says whether the value agrees with the one stored.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, fields

from longroad.base.errors import RunError, UsageError, nearest
from longroad.base.messages import text
from longroad.base.quantity import Quantity
from longroad.base.units import to_unit
from longroad.scenario import Scenario, load
from longroad.study.columns import draw_values
from longroad.study.ensemble import MEASURES, measure
from longroad.study.evaluate import Evaluation
from longroad.study.outcomes import BEST_DRAW
from longroad.study.pipeline import with_numbers
from longroad.study.plan import CoverageJob, Plan
from longroad.study.planner import make_plan
from longroad.study.readings import ADOPTED, readings
from longroad.study.store import SCENARIO, Run

# Stages of the chain, in the order of data flow; each has an equation in the message table.
STAGES = ("arcs", "radar", "track", "flyout", "window", "coverage")


@dataclass(frozen=True)
class TracedInput:
    """A number an outcome read: its value in the draw, in the unit its author wrote."""

    stage: str
    id: str
    value: float
    best: float
    low: float
    high: float
    unit: str
    status: str
    sources: tuple[str, ...]
    author: str | None
    reason: str | None
    claim: str | None


@dataclass(frozen=True)
class TracedStage:
    """A stage of the computation and its equation in words and symbols."""

    stage: str
    equation: str


@dataclass(frozen=True)
class Trace:
    """One outcome of one draw, with everything it came from."""

    outcome: str
    variant: str
    agreement: str
    party: str
    missile: str
    assumptions: str
    draw: int
    value: float
    stored: float
    matches: bool
    stages: tuple[TracedStage, ...]
    inputs: tuple[TracedInput, ...]


@dataclass(frozen=True)
class OutcomeName:
    """An outcome as a user names it; parts left out are None."""

    measure: str
    missile: str
    variant: str | None = None
    party: str | None = None
    assumptions: str = ADOPTED


def trace(run: Run, outcome: str, draw: int | None = None) -> Trace:
    """Recompute one outcome; ``draw`` -1 or None is the best estimate.

    ``outcome``: ``[VARIANT/[PARTY/]]MEASURE/MISSILE[@ASSUMPTIONS]``. Raises `UsageError` for a name
    that fits nothing or several things, `RunError` for a damaged run.
    """
    manifest = run.manifest
    number = BEST_DRAW if draw is None else draw
    scenario = with_numbers(_scenario_of(run), manifest.draws, manifest.seed)
    plan = make_plan(scenario, scenario.grid.ensemble, readings(scenario))
    name = parse_outcome(outcome)
    index = _find(plan, name, outcome)
    job = plan.coverage[index]
    stored = _stored(run, job, name, number)
    values = draw_values(plan.quantities, manifest.draws, manifest.seed)
    row = values.table[number - BEST_DRAW]
    count = Evaluation(plan, row).cells(job)
    found = measure(plan, plan.arcs[job.arcs].territory, count)[0]
    value = float(found[MEASURES.index(name.measure)])
    same = value == stored or math.isclose(value, stored, rel_tol=1e-9)
    return Trace(
        outcome=f"{name.measure}/{name.missile}",
        variant=job.variant,
        agreement=job.agreement,
        party=job.party,
        missile=job.threat,
        assumptions=job.assumptions,
        draw=number,
        value=value,
        stored=stored,
        matches=same or (math.isnan(value) and math.isnan(stored)),
        stages=tuple(TracedStage(stage, text(f"study.equation.{stage}")) for stage in STAGES),
        inputs=tuple(
            _input(stage, plan.quantities[column], float(row[column]))
            for stage, column in columns_read(plan, job)
        ),
    )


def parse_outcome(name: str) -> OutcomeName:
    """Split an outcome's name into its parts."""
    stem, _, assumptions = name.partition("@")
    parts = stem.split("/")
    if not 2 <= len(parts) <= 4 or not all(parts):
        raise UsageError(
            f"'{name}' is not the name of an outcome",
            expected="[VARIANT/[PARTY/]]MEASURE/MISSILE, such as "
            "phase-1/engageable_area_fraction/mrbm-2000",
        )
    *before, measure_name, missile = parts
    if measure_name not in MEASURES:
        raise UsageError(
            f"'{measure_name}' is not a measure",
            expected=", ".join(MEASURES),
            nearest=nearest(measure_name, MEASURES),
        )
    return OutcomeName(
        measure_name,
        missile,
        before[0] if before else None,
        before[1] if len(before) > 1 else None,
        assumptions or ADOPTED,
    )


def columns_read(plan: Plan, job: CoverageJob) -> tuple[tuple[str, int], ...]:
    """Return (stage, column) of every number a coverage job reads, each once."""
    found: dict[int, str] = {}

    def note(stage: str, columns: Iterable[int]) -> None:
        for column in columns:
            found.setdefault(column, stage)

    arcs = plan.arcs[job.arcs]
    note("arcs", _columns(arcs, "launch", "territory"))
    for _, index in job.batteries:
        battery = plan.batteries[index]
        radars = set(battery.support)
        for track_index, latency, link in battery.tracks:
            track_job = plan.tracks[track_index]
            radars.add(track_job.radar)
            note("track", [track_job.track_time, *(c for cue in track_job.cues for c in cue)])
            note("track", [latency, link])
        for radar in sorted(radars):
            note("radar", _columns(plan.radars[radar], "arcs", "latitude_rad", "longitude_rad"))
        note("flyout", _columns(plan.flyouts[battery.flyout]))
        note("window", [battery.decision_time])
    return tuple(sorted(((s, c) for c, s in found.items()), key=lambda p: STAGES.index(p[0])))


def _columns(job: object, *other: str) -> list[int]:
    """Return the fields of a job that are columns: its whole numbers but for the named ones."""
    values = ((f.name, getattr(job, f.name)) for f in fields(job))  # type: ignore[arg-type]
    return [value for name, value in values if name not in other and type(value) is int]


def _scenario_of(run: Run) -> Scenario:
    """Return the scenario that the run keeps, with its claims."""
    file = run.path / SCENARIO
    if not file.is_file():
        raise RunError("the run has lost its scenario", file=file)
    return load(file)


def _find(plan: Plan, name: OutcomeName, written: str) -> int:
    """Return the coverage job that a name means; it must fit exactly one."""
    fits = [
        j
        for j, job in enumerate(plan.coverage)
        if job.threat == name.missile
        and name.variant in (None, job.variant)
        and name.party in (None, job.party)
        and name.assumptions == job.assumptions
    ]
    if len(fits) == 1:
        return fits[0]
    full = [
        f"{job.variant}/{job.party}/{name.measure}/{job.threat}"
        + ("" if job.assumptions == ADOPTED else f"@{job.assumptions}")
        for job in plan.coverage
    ]
    if fits:
        raise UsageError(
            f"'{written}' fits {len(fits)} outcomes",
            expected="one of " + ", ".join(full[j] for j in fits),
        )
    raise UsageError(
        f"the run has no outcome '{written}'",
        expected="one of " + ", ".join(full[:12]) + (" and more" if len(full) > 12 else ""),
        nearest=nearest(written, full),
    )


def _stored(run: Run, job: CoverageJob, name: OutcomeName, draw: int) -> float:
    table = run.table("outcomes")
    here = (
        (table["variant"] == job.variant)
        & (table["agreement"] == job.agreement)
        & (table["party"] == job.party)
        & (table["assumptions"] == job.assumptions)
        & (table["outcome"] == f"{name.measure}/{name.missile}")
    )
    draws = table["draw"][here]
    value = table["value"][here][draws == draw]
    if value.size != 1:
        raise UsageError(
            f"the run has no draw {draw} of this outcome",
            field="draw",
            expected=f"{BEST_DRAW} (the best estimate) to {int(draws.max(initial=BEST_DRAW))}",
        )
    return float(value[0])


def _input(stage: str, quantity: Quantity, value: float) -> TracedInput:
    shown, best, low, high = (
        float(to_unit(number, quantity.unit))
        for number in (value, quantity.best, quantity.low, quantity.high)
    )
    return TracedInput(
        stage=stage,
        id=quantity.id,
        value=shown,
        best=best,
        low=low,
        high=high,
        unit=quantity.unit,
        status=quantity.status.value,
        sources=quantity.sources,
        author=quantity.author,
        reason=quantity.reason,
        claim=quantity.claim,
    )
