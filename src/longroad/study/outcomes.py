"""Outcomes of an ensemble: the long table, and figures with their spread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longroad.base.units import BARE, UNITS, dimension_of
from longroad.study.columns import Values
from longroad.study.ensemble import MEASURES, Ensemble
from longroad.study.plan import AGREEMENT_NONE, CoverageJob, Plan
from longroad.study.reach_ensemble import ReachEnsemble
from longroad.study.reach_outcomes import outcome_values, stored_outcomes
from longroad.study.reach_plan import ReachJob
from longroad.study.spread import Spread, spread
from longroad.study.table import Table, make_table

Array = NDArray[np.float64]
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
    told: list[tuple[CoverageJob | ReachJob, str, str, Array]] = []
    for j, job in enumerate(plan.coverage):
        for m, measure in enumerate(MEASURES):
            told.append((job, f"{measure}/{job.threat}", "1", ensemble.drawn(j, m)))
    told += [
        (one.job, one.name, one.unit, outcome_values(plan, reach, one))
        for one in stored_outcomes(plan).values()
    ]
    lengths = [len(values) for *_, values in told]

    def column(word: Callable[[CoverageJob | ReachJob, str, str], str]) -> NDArray[np.object_]:
        """Return one word for each row of each outcome."""
        words = np.array([word(job, name, unit) for job, name, unit, _ in told], dtype=object)
        return np.repeat(words, lengths)

    draws = [np.arange(count, dtype=np.int32) + BEST_DRAW for count in lengths]
    none: list[NDArray] = [np.zeros(0)]
    columns = {
        "variant": column(lambda job, name, unit: job.variant),
        "agreement": np.full(sum(lengths), AGREEMENT_NONE, dtype=object),
        "party": column(lambda job, name, unit: job.party),
        "assumptions": column(lambda job, name, unit: job.assumptions),
        "draw": np.concatenate(draws or none),
        "outcome": column(lambda job, name, unit: name),
        "unit": column(lambda job, name, unit: unit),
        "value": np.concatenate([values for *_, values in told] or none),
    }
    return make_table("outcomes", columns)


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
