"""Agreements of the best estimate in detail: one engagement event by event, and cells, as tables.

Of cells, those of the agreement *none* stand in full; under every other agreement only those that
it makes differ from *none*, so that a run of many agreements stays small.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from longroad.base.tables import schema
from longroad.earth.cells import cell_text
from longroad.engagement.area import count_cells
from longroad.study.agreement_evaluate import AgreementEvaluation, Result, Rows
from longroad.study.agreement_plan import AS_AGREED, WITHDRAWN, AgreementJob, Case
from longroad.study.agreement_sequence import told
from longroad.study.evaluate import Evaluation
from longroad.study.table import Table, make_table

SEQUENCE, CELLS = "sequence", "agreement_cells"
Array = NDArray[np.float64]
Parts = dict[str, list[NDArray]]


class KeptResults(AgreementEvaluation):
    """An evaluation that keeps what the cases of one job give, for all who ask in turn."""

    def __init__(self, evaluation: Evaluation) -> None:
        super().__init__(evaluation)
        self._job: AgreementJob | None = None
        self._kept: dict[Hashable, Result] = {}

    def results(
        self, job: AgreementJob, cases: Sequence[Case], rows: Rows | None = None
    ) -> list[Result]:
        """Return what each case gives; of all arcs, each case of a job is evaluated once."""
        if rows is not None:
            return super().results(job, cases, rows)
        if job is not self._job:
            self._job, self._kept = job, {}
        keys = [case.key(job.party) for case in cases]
        new = [k for k, key in enumerate(keys) if key not in self._kept]
        if new:
            found = super().results(job, [cases[k] for k in new])
            self._kept |= zip([keys[k] for k in new], found, strict=True)
        return [self._kept[key] for key in keys]


def days(job: AgreementJob) -> tuple[Case, ...]:
    """Return the cases that are told in detail: as agreed, and with each partner gone."""
    return tuple(
        case
        for case in job.cases
        if case.circumstance == AS_AGREED or case.circumstance.startswith(f"{WITHDRAWN}/")
    )


def add_sequence(parts: Parts, evaluation: AgreementEvaluation, job: AgreementJob) -> None:
    """Add one engagement of a party and missile, told under every agreement."""
    for one in told(evaluation, job, days(job)):
        _put(
            parts,
            len(one.events),
            variant=job.variant,
            agreement=one.case.agreement,
            circumstance=one.case.circumstance,
            party=job.party,
            missile=job.threat,
            shape=one.shape,
            launch_area=one.launch_area,
            aim_latitude_deg=math.degrees(one.aim_rad[0]),
            aim_longitude_deg=math.degrees(one.aim_rad[1]),
            event=[e.event for e in one.events],
            time_s=[e.time_s if math.isfinite(e.time_s) else math.nan for e in one.events],
            actor=[e.actor for e in one.events],
            path=[e.path for e in one.events],
        )


def add_cells(parts: Parts, evaluation: AgreementEvaluation, job: AgreementJob) -> None:
    """Add the share of arcs engaged by cell: of *none* all cells, of the rest what differs."""
    plan = evaluation.evaluation.plan
    cells = plan.territories[plan.arcs[job.arcs].territory]
    names = np.array([cell_text(cell) for cell in cells.cell], dtype=object)
    none: Array | None = None
    for case, engaged in _shares(evaluation, job, len(cells)):
        rows = np.arange(len(cells))
        if none is None:
            none = engaged
        else:
            rows = rows[(engaged != none) & np.isfinite(engaged)]
        _put(
            parts,
            len(rows),
            variant=job.variant,
            agreement=case.agreement,
            circumstance=case.circumstance,
            party=job.party,
            missile=job.threat,
            cell=names[rows],
            country=cells.country[rows],
            engaged=engaged[rows],
        )


def _shares(
    evaluation: AgreementEvaluation, job: AgreementJob, cells: int
) -> Iterator[tuple[Case, Array]]:
    """Yield every day of every agreement, that of *none* first, with the share by cell."""
    cases = sorted(days(job), key=lambda case: case is not job.alone)
    arcs = evaluation.evaluation.arcs(job.arcs)
    for case, result in zip(cases, evaluation.results(job, cases), strict=True):
        yield case, count_cells(arcs.within, arcs.kept, result.engaged, cells).share


def _put(parts: Parts, rows: int, **values: str | float | list | NDArray) -> None:
    """Add some rows; a single value stands in all of them."""
    for name, value in values.items():
        whole = [value] * rows if isinstance(value, str | float) else value
        parts.setdefault(name, []).append(np.asarray(whole, dtype=object))


def joined(name: str, parts: Parts) -> Table:
    """Return the table of what was added, with no row where nothing was."""
    names = schema(name).names
    return make_table(name, {key: np.concatenate(parts.get(key, [np.empty(0)])) for key in names})
