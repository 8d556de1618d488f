"""Raids in a run: the long table of what each came to, with the four kinds of spread apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from longroad.study.raid_ensemble import (
    DIFFERENCE,
    DIFFERENCE_ERROR,
    ERROR,
    HIGH,
    LOW,
    MEAN,
    MODES,
    RaidEnsemble,
    outcomes_of,
)
from longroad.study.table import Table, make_table

TABLE = "raid"
# What is told as a difference from having no agreement, in replicates that meet the same luck.
COMPARED = ("leakers", "nothing_leaks", "interceptors_launched", "interceptors_wasted")
DIFFERENCE_OF = "_difference"


@dataclass(frozen=True)
class RaidRow:
    """One outcome of one raid under one agreement, in one circumstance and discrimination.

    ``best`` at best estimates, ``mc_se`` its sampling error, ``outcome_*`` the quantiles of chance
    there; ``epistemic_*`` the quantiles of the mean over the draws of what is not known.
    """

    variant: str
    raid: str
    assumptions: str
    agreement: str
    circumstance: str
    discrimination: str
    party: str
    outcome: str
    unit: str
    best: float | None
    epistemic_p05: float | None
    epistemic_p95: float | None
    mc_se: float | None
    outcome_p05: float | None
    outcome_p95: float | None


def raid_rows(ensemble: RaidEnsemble) -> Iterator[RaidRow]:
    """Yield every outcome of every raid, in the plan's order, then its difference from `none`."""
    for job, found in zip(ensemble.jobs, ensemble.found, strict=True):
        for s, situation in enumerate(job.situations):
            for d, mode in enumerate(MODES):
                for q, one in enumerate(outcomes_of(job)):
                    names = (
                        job.variant, job.raid.id, job.assumptions, situation.agreement,
                        situation.circumstance, mode.name.lower(), one.party,
                    )  # fmt: skip
                    here = found[:, :, s, d, q]
                    sampled = one.name not in ("objects", "warning_time")
                    yield RaidRow(
                        *names, one.name, one.unit, *_spread(here[:, MEAN]),
                        _number(here[0, ERROR]) if sampled else None,
                        _number(here[0, LOW]), _number(here[0, HIGH]),
                    )  # fmt: skip
                    if s > 0 and one.name in COMPARED:
                        yield RaidRow(
                            *names, one.name + DIFFERENCE_OF, one.unit,
                            *_spread(here[:, DIFFERENCE]), _number(here[0, DIFFERENCE_ERROR]),
                            None, None,
                        )  # fmt: skip


def _spread(rows: np.ndarray) -> tuple[float | None, float | None, float | None]:
    """Return the best estimate and the quantiles of the draws in which a figure exists."""
    known = rows[1:][np.isfinite(rows[1:])]
    if known.size == 0:
        return _number(rows[0]), None, None
    low, high = np.quantile(known, [0.05, 0.95])
    return _number(rows[0]), float(low), float(high)


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def raids_table(rows: list[RaidRow]) -> Table:
    """Return the rows as the run's table; a figure that does not exist is NaN there."""
    text = (
        "variant", "raid", "assumptions", "agreement", "circumstance", "discrimination", "party",
        "outcome",
    )  # fmt: skip
    numbers = {
        "best": "best", "p05": "epistemic_p05", "p95": "epistemic_p95", "mc_se": "mc_se",
        "outcome_p05": "outcome_p05", "outcome_p95": "outcome_p95",
    }  # fmt: skip
    columns: dict[str, np.ndarray] = {
        name: np.array([getattr(row, name) for row in rows], dtype=object) for name in text
    }
    for name, field in numbers.items():
        values = [getattr(row, field) for row in rows]
        columns[name] = np.array([np.nan if v is None else v for v in values], dtype=np.float64)
    columns["unit"] = np.array([row.unit for row in rows], dtype=object)
    return make_table(TABLE, columns)
