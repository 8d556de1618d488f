"""Agreements in a run: the long table of what each is worth, and rows for `longroad cover`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from longroad.base.tables import schema
from longroad.study.agreement_ensemble import AgreementEnsemble
from longroad.study.agreement_measures import MEASURES
from longroad.study.agreement_plan import AS_AGREED
from longroad.study.outcomes import BEST_DRAW, CoverRow
from longroad.study.readings import ADOPTED
from longroad.study.spread import Spread, spread
from longroad.study.table import Table, make_table

TABLE, OUTCOMES = "agreements", "agreement_outcomes"
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


def agreement_outcomes_table(ensemble: AgreementEnsemble) -> Table:
    """Return every measure of every case, draw by draw; draw -1 is the best estimate."""
    parts: dict[str, list[np.ndarray]] = {}

    def put(name: str, values: object, shape: tuple[int, ...], kind: type = object) -> None:
        whole: np.ndarray = np.broadcast_to(np.asarray(values, dtype=kind), shape)
        parts.setdefault(name, []).append(whole.reshape(-1))

    for job, measures in zip(ensemble.jobs, ensemble.measures, strict=True):
        shape = measures.transpose(1, 2, 0).shape
        put("variant", job.variant, shape)
        put("agreement", np.array([[[case.agreement]] for case in job.cases], object), shape)
        put("circumstance", np.array([[[c.circumstance]] for c in job.cases], object), shape)
        put("party", job.party, shape)
        put("missile", job.threat, shape)
        put("draw", np.arange(shape[2]) + BEST_DRAW, shape, int)
        put("outcome", np.array([[name] for name, _ in MEASURES], object), shape)
        put("unit", np.array([[unit] for _, unit in MEASURES], object), shape)
        put("value", measures.transpose(1, 2, 0), shape, float)
    names = schema(OUTCOMES).names
    return make_table(OUTCOMES, {name: np.concatenate(parts[name]) for name in names})
