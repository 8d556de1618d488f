"""Agreements in a run: the long table of what each is worth, and rows for `longroad cover`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from longroad.study.agreement_ensemble import AgreementEnsemble
from longroad.study.agreement_measures import MEASURES
from longroad.study.agreement_plan import AS_AGREED
from longroad.study.outcomes import CoverRow
from longroad.study.readings import ADOPTED
from longroad.study.spread import Spread, spread
from longroad.study.table import Table, make_table

TABLE = "agreements"
COVER = 4  # the measures that `longroad cover` shows stand first


@dataclass(frozen=True)
class AgreementRow:
    """One outcome of one party under one agreement in one circumstance, against one missile."""

    variant: str
    agreement: str
    circumstance: str
    party: str
    missile: str
    outcome: str
    found: Spread


def agreement_rows(ensemble: AgreementEnsemble) -> Iterator[AgreementRow]:
    """Yield every measure of every case with its spread over the draws, in the plan's order."""
    for job, measures in zip(ensemble.jobs, ensemble.measures, strict=True):
        for c, case in enumerate(job.cases):
            for m, (outcome, unit) in enumerate(MEASURES):
                drawn = measures[:, c, m]
                yield AgreementRow(
                    job.variant, case.agreement, case.circumstance, job.party, job.threat,
                    outcome, spread(drawn[0], drawn[1:], unit),
                )  # fmt: skip


def agreement_cover(ensemble: AgreementEnsemble, agreement: str) -> tuple[CoverRow, ...]:
    """Return what is engageable under one agreement, as agreed, by variant, party and missile."""
    found = []
    for job, measures in zip(ensemble.jobs, ensemble.measures, strict=True):
        for c, case in enumerate(job.cases):
            if (case.agreement, case.circumstance) == (agreement, AS_AGREED):
                four = (spread(measures[0, c, m], measures[1:, c, m]) for m in range(COVER))
                found.append(
                    CoverRow(job.variant, agreement, job.party, job.threat, ADOPTED, *four)
                )
    return tuple(found)


def agreements_table(rows: list[AgreementRow]) -> Table:
    """Return the rows as the run's table; a figure that does not exist is NaN there."""

    def numbers(values: list[float | None]) -> np.ndarray:
        return np.array([np.nan if value is None else value for value in values], dtype=float)

    text = ("variant", "agreement", "circumstance", "party", "missile", "outcome")
    return make_table(
        TABLE,
        {
            **{name: np.array([getattr(r, name) for r in rows], dtype=object) for name in text},
            "best": numbers([row.found.best for row in rows]),
            "p05": numbers([row.found.epistemic_p05 for row in rows]),
            "p95": numbers([row.found.epistemic_p95 for row in rows]),
            "mc_se": numbers([row.found.mc_se for row in rows]),
            "unit": np.array([row.found.unit for row in rows], dtype=object),
        },
    )
