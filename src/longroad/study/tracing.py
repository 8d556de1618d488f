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
from longroad.study.agreement_trace import STAGES as AGREEMENT_STAGES
from longroad.study.agreement_trace import (
    agreement_inputs,
    agreement_value,
    cited,
    find_agreement,
    is_agreement,
    stored_agreement,
)
from longroad.study.columns import draw_values
from longroad.study.ensemble import MEASURES, measure
from longroad.study.evaluate import Evaluation
from longroad.study.exchange_trace import (
    EXCHANGE_STAGES,
    exchange_inputs,
    exchange_value,
    is_exchange,
    parse_exchange,
    stored_exchange,
)
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
from longroad.study.plan import AGREEMENT_NONE, CoverageJob, Plan
from longroad.study.planner import make_plan, plan_with_agreements
from longroad.study.reach_ensemble import REACH_MEASURES
from longroad.study.reach_plan import ReachJob
from longroad.study.reach_trace import find_reach, reach_inputs, reach_value
from longroad.study.readings import ADOPTED, Assumptions, readings
from longroad.study.store import SCENARIO, Run


@dataclass(frozen=True)
class TracedStage:
    """A stage of the computation and its equation in words and symbols."""

    stage: str
    equation: str


@dataclass(frozen=True)
class Trace:
    """One outcome of one draw, with everything it came from.

    ``missile`` is the threat or, for reach, the trajectories. ``shares`` counts the inputs by
    status; its ``disputed`` counts those with a rival value.
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
    unit: str
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

    ``outcome``: ``[VARIANT/[PARTY/]]MEASURE/MISSILE[@ASSUMPTIONS]``, where a measure of reach has
    ``TRAJECTORIES/SITE/PART/TIMING`` in place of the missile; or, under an agreement,
    ``[VARIANT/]exchange/PARTY/OWNER/TOWARDS/POSTURE/TIMING/MEASURE``; or, under an agreement,
    ``[VARIANT/[PARTY/]]agreements/AGREEMENT/[CIRCUMSTANCE/]MEASURE/MISSILE``. Raises
    `UsageError` for a name that fits nothing or several things, `RunError` for a damaged run.
    """
    manifest = run.manifest
    number = BEST_DRAW if draw is None else draw
    scenario = with_numbers(_scenario_of(run), manifest.draws, manifest.seed)
    ways = readings(scenario)
    if is_exchange(outcome):
        return _exchange_trace(run, scenario, ways, outcome, number)
    if is_agreement(outcome):
        return _agreement_trace(run, scenario, ways, outcome, number)
    plan = make_plan(scenario, scenario.grid.ensemble, ways)
    name = parse_outcome(outcome)
    by_id = {way.id: way for way in ways}
    values = draw_values(plan.quantities, manifest.draws, manifest.seed)
    job: CoverageJob | ReachJob
    if name.measure in REACH_MEASURES:
        target = find_reach(
            plan, f"{name.measure}/{name.missile}", name.variant, name.party, name.assumptions
        )
        meant = target.outcome
        job, home, about, unit = meant.job, target.stored_variant, meant.name, meant.unit
        missile, stages = meant.job.trajectories, target.stages
    else:
        covered = plan.coverage[_find(plan, name, outcome)]
        job, home, about, unit = covered, covered.variant, f"{name.measure}/{name.missile}", "1"
        missile, stages = covered.threat, STAGES
    variant = scenario.variant(job.variant)
    way = by_id[job.assumptions]
    stored = _stored(run, home, job, about, number)
    row = values.table[number - BEST_DRAW]
    if isinstance(job, ReachJob):
        value = reach_value(plan, meant, row)
        inputs = reach_inputs(plan, meant, scenario, way, row)
    else:
        count = Evaluation(plan, row).cells(job)
        found = measure(plan, plan.arcs[job.arcs].territory, count)[0]
        value = float(found[MEASURES.index(name.measure)])
        inputs = inputs_read(plan, job, variant, way, row)
    return Trace(
        outcome=about,
        variant=job.variant,
        agreement=AGREEMENT_NONE,
        party=job.party,
        missile=missile,
        assumptions=job.assumptions,
        draw=number,
        value=value,
        stored=stored,
        unit=unit,
        matches=_matches(value, stored),
        shares=shares_read(inputs),
        stages=tuple(TracedStage(stage, text(f"study.equation.{stage}")) for stage in stages),
        inputs=inputs,
        sources=sources_read(variant, inputs),
    )


def _exchange_trace(
    run: Run, scenario: Scenario, ways: tuple[Assumptions, ...], outcome: str, draw: int
) -> Trace:
    """Return the trace of a count of an exchange, by best estimates as adopted."""
    meant = parse_exchange(outcome)
    if draw != BEST_DRAW:
        raise UsageError(
            "single draws of exchanges are not stored", field="draw",
            expected=f"{BEST_DRAW} (the best estimate)",
        )  # fmt: skip
    home, stored = stored_exchange(run, meant)
    plan = make_plan(scenario, scenario.grid.ensemble, ways)
    row = draw_values(plan.quantities, 0, scenario.seed).table[0]
    value, case, jobs = exchange_value(scenario, plan, meant, home, row)
    variant = scenario.variant(home)
    inputs = exchange_inputs(plan, case, jobs, variant, row)
    return Trace(
        outcome=meant.name,
        variant=home,
        agreement=AGREEMENT_NONE,
        party=meant.party,
        missile=case.force.id,
        assumptions=ADOPTED,
        draw=draw,
        value=value,
        stored=stored,
        unit="1",
        matches=_matches(value, stored),
        shares=shares_read(inputs),
        stages=tuple(TracedStage(one, text(f"study.equation.{one}")) for one in EXCHANGE_STAGES),
        inputs=inputs,
        sources=sources_read(variant, inputs),
    )


def _agreement_trace(
    run: Run, scenario: Scenario, ways: tuple[Assumptions, ...], outcome: str, draw: int
) -> Trace:
    """Return the trace of an outcome under an agreement, which is drawn as adopted alone."""
    plan, jobs = plan_with_agreements(scenario, scenario.grid.ensemble, ways)
    meant = find_agreement(jobs, outcome)
    stored = stored_agreement(run, meant, draw)
    row = draw_values(plan.quantities, scenario.draws, scenario.seed).table[draw - BEST_DRAW]
    value = agreement_value(plan, meant, row)
    variant = scenario.variant(meant.job.variant)
    inputs = agreement_inputs(plan, meant, variant, Assumptions(ADOPTED), row)
    return Trace(
        outcome=meant.name,
        variant=variant.id,
        agreement=meant.case.agreement,
        party=meant.job.party,
        missile=meant.job.threat,
        assumptions=ADOPTED,
        draw=draw,
        value=value,
        stored=stored,
        unit=meant.unit,
        matches=_matches(value, stored),
        shares=shares_read(inputs),
        stages=tuple(TracedStage(one, text(f"study.equation.{one}")) for one in AGREEMENT_STAGES),
        inputs=inputs,
        sources=sources_read(variant, inputs, cited(meant)),
    )


def _matches(value: float, stored: float) -> bool:
    same = value == stored or math.isclose(value, stored, rel_tol=1e-9)
    return same or (math.isnan(value) and math.isnan(stored))


def parse_outcome(name: str) -> OutcomeName:
    """Split an outcome's name into its parts."""
    stem, _, assumptions = name.partition("@")
    parts = stem.split("/")
    known = (*MEASURES, *REACH_MEASURES)
    place = next((k for k, part in enumerate(parts) if part in known), None)
    # What stands after a measure: the missile; or trajectories, site, part and launch time.
    after = 4 if place is not None and parts[place] in REACH_MEASURES else 1
    if place is None and 2 <= len(parts) <= 4 and all(parts):
        meant = nearest(parts[-2], known)
        raise UsageError(
            f"'{parts[-2]}' is not a measure", expected=", ".join(known), nearest=meant
        )
    if place is None or place > 2 or len(parts) != place + 1 + after or not all(parts):
        raise UsageError(
            f"'{name}' is not the name of an outcome",
            expected="[VARIANT/[PARTY/]]MEASURE/MISSILE, such as "
            "phase-1/engageable_area_fraction/mrbm-2000, or, for reach, "
            "[VARIANT/[PARTY/]]MEASURE/TRAJECTORIES/SITE/PART/TIMING",
        )
    return OutcomeName(
        parts[place],
        "/".join(parts[place + 1 :]),
        parts[0] if place > 0 else None,
        parts[1] if place > 1 else None,
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


def _stored(run: Run, variant: str, job: CoverageJob | ReachJob, outcome: str, draw: int) -> float:
    table = run.table("outcomes")
    here = (
        (table["variant"] == variant)
        & (table["agreement"] == AGREEMENT_NONE)
        & (table["party"] == job.party)
        & (table["assumptions"] == job.assumptions)
        & (table["outcome"] == outcome)
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
