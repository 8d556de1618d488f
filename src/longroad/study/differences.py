"""What changes from one variant to another: area and people gained, lost, kept, never engaged.

    gained   engageable in the later variant and not in the earlier one, lost the other way about
    kept     engageable in both, never in neither

Shares of what the missile reaches in both variants, best estimate, at the map's resolution. They
add up to one. A place counts as engageable when every arc considered to it has a window: geometry
and time, an upper bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from longroad.engagement.area import CellCount, fraction
from longroad.study.evaluate import Evaluation
from longroad.study.plan import CoverageJob, Plan
from longroad.study.table import Table, make_table

CHANGES = ("gained", "lost", "kept", "never")
WEIGHTS = ("area", "population")
COLUMNS = (
    "agreement",
    "party",
    "missile",
    "from_variant",
    "to_variant",
    *(f"{change}_{weight}_fraction" for change in CHANGES for weight in WEIGHTS),
)


def differences_table(evaluation: Evaluation) -> Table:
    """Return the changes between every two variants, the earlier of the file first."""
    rows = [_row(evaluation, *pair) for pair in _pairs(evaluation.plan)]
    columns = {name: [row[k] for row in rows] for k, name in enumerate(COLUMNS)}
    return make_table("differences", columns)


def _pairs(plan: Plan) -> Iterator[tuple[CoverageJob, CoverageJob]]:
    """Yield the pairs of jobs that differ in the variant alone."""
    alike: dict[tuple[str, ...], list[CoverageJob]] = {}
    for job in plan.coverage:
        key = (job.agreement, job.party, job.threat, job.assumptions)
        alike.setdefault(key, []).append(job)
    for jobs in alike.values():
        yield from combinations(jobs, 2)


def _row(evaluation: Evaluation, old: CoverageJob, new: CoverageJob) -> tuple[object, ...]:
    plan = evaluation.plan
    cells = plan.territories[plan.arcs[new.arcs].territory]
    before, after = evaluation.cells(old), evaluation.cells(new)
    reached = before.reachable & after.reachable
    parts = changes(before, after)
    shares = [
        fraction(parts[change] & reached, reached, weight)
        for change in CHANGES
        for weight in (cells.area_m2, cells.population)
    ]
    return (new.agreement, new.party, new.threat, old.variant, new.variant, *shares)


def changes(before: CellCount, after: CellCount) -> dict[str, NDArray[np.bool_]]:
    """Return by change which cells are concerned, of those that the missile reaches in both."""
    reached = before.reachable & after.reachable
    was, now = before.all_engaged, after.all_engaged
    return {
        "gained": reached & now & ~was,
        "lost": reached & was & ~now,
        "kept": reached & was & now,
        "never": reached & ~was & ~now,
    }
