"""Outcomes of an ensemble: the long table, and figures with their spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longroad.base.units import BARE, UNITS, dimension_of
from longroad.study.columns import Values
from longroad.study.ensemble import MEASURES, Ensemble
from longroad.study.plan import AGREEMENT_NONE, CoverageJob, Plan
from longroad.study.reach_ensemble import ReachEnsemble
from longroad.study.reach_outcomes import first_jobs, reach_outcomes
from longroad.study.reach_plan import ReachJob
from longroad.study.spread import Spread, spread
from longroad.study.table import Table, make_table

# The number of the best estimate in column `draw`.
BEST_DRAW = -1


@dataclass(frozen=True)
class CoverRow:
    """What one party's batteries can engage of one class of missile, in one variant.

    ``engageable_*`` are shares of the part of the territory that the missile can reach,
    ``reachable_*`` shares of the whole territory.
    """

    variant: str
    agreement: str
    party: str
    missile: str
    assumptions: str
    engageable_area_fraction: Spread
    engageable_population_fraction: Spread
    reachable_area_fraction: Spread
    reachable_population_fraction: Spread


def cover_rows(plan: Plan, ensemble: Ensemble) -> tuple[CoverRow, ...]:
    """Return one row for each coverage job of the plan, in its order."""
    found = []
    for j, job in enumerate(plan.coverage):
        used = [ensemble.drawn(j, m) for m in range(len(MEASURES))]
        figures = [spread(values[0], values[1:]) for values in used]
        found.append(
            CoverRow(job.variant, job.agreement, job.party, job.threat, job.assumptions, *figures)
        )
    return tuple(found)


def outcomes_table(plan: Plan, ensemble: Ensemble, reach: ReachEnsemble) -> Table:
    """Return every measure of every job in every draw; draw -1 is the best estimate.

    Reach that is the same in several variants stands once, under the first of them.
    """
    order = ("variant", "agreement", "party", "assumptions", "draw", "outcome", "unit", "value")
    parts: dict[str, list[np.ndarray]] = {name: [] for name in order}

    def add(job: CoverageJob | ReachJob, outcome: str, unit: str, values: np.ndarray) -> None:
        text = {
            "variant": job.variant, "agreement": AGREEMENT_NONE, "party": job.party,
            "assumptions": job.assumptions, "outcome": outcome, "unit": unit,
        }  # fmt: skip
        for name, value in text.items():
            parts[name].append(np.full(len(values), value, dtype=object))
        parts["draw"].append(np.arange(len(values)) + BEST_DRAW)
        parts["value"].append(values)

    for j, job in enumerate(plan.coverage):
        for m, measure in enumerate(MEASURES):
            add(job, f"{measure}/{job.threat}", "1", ensemble.drawn(j, m))
    for first in first_jobs(plan).values():
        for found in reach_outcomes(plan, reach, first):
            add(first, found.outcome, found.unit, found.values)
    none = np.zeros(0)
    return make_table("outcomes", {k: np.concatenate(p) if p else none for k, p in parts.items()})


def draws_table(values: Values) -> Table:
    """Return every column in every draw in SI units; a rival claim is named after its quantity."""
    rows, columns = values.table.shape
    names = [q.id if q.claim is None else f"{q.id}={q.claim}" for q in values.quantities]
    units = [si_unit(q.unit) for q in values.quantities]
    return make_table(
        "draws",
        {
            "draw": np.repeat(np.arange(rows) + BEST_DRAW, columns),
            "quantity": np.tile(np.array(names, dtype=object), rows),
            "value": values.table.reshape(-1),
            "unit": np.tile(np.array(units, dtype=object), rows),
        },
    )


def si_unit(unit: str) -> str:
    """Return the SI unit in which a number written in ``unit`` is kept."""
    dimension = dimension_of(unit)
    same = (u for u in UNITS.values() if u.dimension == dimension and u.factor == 1.0)
    return next((u.symbol for u in same), BARE)
