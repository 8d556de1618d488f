"""Trace: one outcome of one draw, computed again from what the run directory holds.

The trace names every number that the outcome read, what it was in that draw, who says otherwise,
its equation stage by stage and its sources, and says whether the value agrees with the one stored.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from longroad.base.errors import RunError, UsageError, nearest
from longroad.base.messages import text
from longroad.catalog.shares import Shares
from longroad.scenario import Scenario, load
from longroad.study.columns import draw_values
from longroad.study.ensemble import MEASURES, measure
from longroad.study.evaluate import Evaluation
from longroad.study.inputs import (
    STAGES,
    TracedInput,
    TracedSource,
    inputs_read,
    shares_read,
    sources_read,
)
from longroad.study.outcomes import BEST_DRAW
from longroad.study.pipeline import with_numbers
from longroad.study.plan import CoverageJob, Plan
from longroad.study.planner import make_plan
from longroad.study.readings import ADOPTED, readings
from longroad.study.store import SCENARIO, Run


@dataclass(frozen=True)
class TracedStage:
    """A stage of the computation and its equation in words and symbols."""

    stage: str
    equation: str


@dataclass(frozen=True)
class Trace:
    """One outcome of one draw, with everything it came from.

    ``shares`` counts the inputs by status; its ``disputed`` counts those with a rival value.
    """

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
    shares: Shares
    stages: tuple[TracedStage, ...]
    inputs: tuple[TracedInput, ...]
    sources: tuple[TracedSource, ...]


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
    ways = readings(scenario)
    plan = make_plan(scenario, scenario.grid.ensemble, ways)
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
    variant = scenario.variant(job.variant)
    (way,) = (way for way in ways if way.id == job.assumptions)
    inputs = inputs_read(plan, job, variant, way, row)
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
        shares=shares_read(inputs),
        stages=tuple(TracedStage(stage, text(f"study.equation.{stage}")) for stage in STAGES),
        inputs=inputs,
        sources=sources_read(variant, inputs),
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
