"""The claims of a scenario with their findings, without writing a run."""

from __future__ import annotations

from pathlib import Path

from longroad.scenario import BargainMeasure, ExchangeMeasure, ReachMeasure, Scenario, load
from longroad.scenario.claim import AnyMeasure
from longroad.study import manifest
from longroad.study.bargain_findings import negotiated_records
from longroad.study.exchange_rows import exchanges_of
from longroad.study.findings import claim_records
from longroad.study.pipeline import (
    AGREEMENTS,
    BARGAINING,
    COVERAGE,
    DETERRENTS,
    REACH,
    Progress,
    study,
    worker_count,
)
from longroad.study.plan import AGREEMENT_NONE


def claims(
    scenario: Scenario | str | Path,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[manifest.Claim, ...]:
    """Return the claims of a scenario with their findings, without writing a run."""
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    kinds = {chapter_of(claim.measure) for claim in loaded.claims}
    found: tuple[manifest.Claim, ...] = ()
    if kinds - {BARGAINING}:
        needed = kinds | {REACH} if DETERRENTS in kinds else kinds
        done = study(
            loaded, draws=draws, seed=seed, workers=workers, progress=progress, chapters=needed
        )
        rows = exchanges_of(done, worker_count(workers)).rows if DETERRENTS in kinds else ()
        found = claim_records(
            done.scenario, done.plan, done.ensemble, done.reach, done.agreements, rows
        )
    if BARGAINING in kinds:
        found += negotiated_records(
            loaded, draws=draws, seed=seed, workers=workers, progress=progress
        )
    return found


def chapter_of(measure: AnyMeasure) -> str:
    """Return the chapter that a claim's measure is read from."""
    if isinstance(measure, ReachMeasure):
        return REACH
    if isinstance(measure, ExchangeMeasure):
        return DETERRENTS
    if isinstance(measure, BargainMeasure):
        return BARGAINING
    return COVERAGE if measure.agreement == AGREEMENT_NONE else AGREEMENTS
