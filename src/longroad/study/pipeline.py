"""The one evaluator: every command, view and export gets its numbers here.

    scenario --plan--> jobs --draws--> values --evaluate--> ensemble --> tables, manifest, run

The ensemble (coarse cells, all draws, all readings of the numbers) gives outcomes with their
spread; the map (fine cells, best estimate) gives arcs, windows and coverage in detail.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from longroad.base.errors import UsageError, nearest
from longroad.base.kernel import kernel_hash
from longroad.scenario import BargainMeasure, Finding, ReachMeasure, Scenario, load
from longroad.scenario.claim import AnyMeasure
from longroad.study import manifest
from longroad.study.agreement_best import best_rows
from longroad.study.agreement_ensemble import AgreementEnsemble, run_agreements
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_planner import has_agreements
from longroad.study.agreement_table import (
    agreement_cover,
    agreement_outcomes_table,
    agreement_rows,
    agreements_table,
)
from longroad.study.agreement_tables import cells_table, sequence_table
from longroad.study.agreement_words import exposure_table, proposals_table
from longroad.study.bargain_findings import negotiated_records
from longroad.study.columns import BEST_ROW, Values, draw_values
from longroad.study.contributions import contributions_table
from longroad.study.detail import arcs_table, coverage_table, windows_table
from longroad.study.differences import differences_table
from longroad.study.ensemble import Ensemble, empty_ensemble, run_ensemble
from longroad.study.evaluate import Evaluation
from longroad.study.exchange_table import deterrent_chapter
from longroad.study.findings import claim_records
from longroad.study.outcomes import CoverRow, cover_rows, draws_table, outcomes_table
from longroad.study.plan import AGREEMENT_NONE, Plan
from longroad.study.planner import make_plan, make_reach_plan, plan_whole
from longroad.study.raid_checks import require_objects
from longroad.study.raid_ensemble import RaidEnsemble, run_raids
from longroad.study.raid_steps import raid_steps, steps_table
from longroad.study.raid_table import RaidRow, raid_rows, raids_table
from longroad.study.reach_ensemble import ReachEnsemble, run_reach
from longroad.study.reach_settings import reach_settings
from longroad.study.reach_shares import shares_table
from longroad.study.reach_tables import (
    compute_meetings,
    flights_table,
    reach_table,
)
from longroad.study.readings import ADOPTED, Assumptions, readings
from longroad.study.semantic import require_sound
from longroad.study.store import (
    CLAIMS,
    MANIFEST,
    SCENARIO,
    Finish,
    Run,
    check_place,
    open_run,
    write_run,
)
from longroad.study.surfaces import surfaces_table
from longroad.study.table import Table

# What a progress display is told: a message key, steps done, steps in all.
Progress = Callable[[str, int, int], None]
# What is given what the semantic checks find.
Heed = Callable[[tuple[Finding, ...]], None]
MOST_DRAWS = 100_000
COVERAGE, REACH, AGREEMENTS, RAIDS = "coverage", "reach", "agreements", "raids"
CHAPTERS = (COVERAGE, REACH, AGREEMENTS, RAIDS)
BARGAINING = "bargaining"
MOST_WORKERS = 256


@dataclass(frozen=True)
class Study:
    """A scenario evaluated: its plan, the drawn values and what they gave."""

    scenario: Scenario
    plan: Plan
    values: Values
    ensemble: Ensemble
    reach: ReachEnsemble
    agreements: AgreementEnsemble
    raids: RaidEnsemble


def study(
    scenario: Scenario,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    chapters: Collection[str] = CHAPTERS,
) -> Study:
    """Evaluate a scenario's ensemble: every reading of the numbers, every draw.

    Of ``chapters``, those left out stay empty; the draws are the same with and without them.
    """
    chosen = with_numbers(scenario, draws, seed)
    whole = plan_whole(chosen, chosen.grid.ensemble, readings(chosen))
    plan, jobs = whole.plan, whole.agreements
    values = draw_values(plan.quantities, chosen.draws, chosen.seed)

    count = worker_count(workers)
    coverage, reach = empty_ensemble(plan), ReachEnsemble((), (), values.table)
    if COVERAGE in chapters:
        coverage = run_ensemble(plan, values, count, _teller(progress, "study.ensemble"))
    if REACH in chapters:
        reach = run_reach(plan, values, count, _teller(progress, "study.reach"))
    compared = AgreementEnsemble()
    if AGREEMENTS in chapters:
        compared = run_agreements(plan, jobs, values, count, _teller(progress, "study.agreements"))
    played = RaidEnsemble()
    if RAIDS in chapters:
        tell = _teller(progress, "study.raids")
        played = run_raids(plan, whole.raids, values, chosen.seed, count, tell)
    return Study(chosen, plan, values, coverage, reach, compared, played)


def _teller(progress: Progress | None, stage: str) -> Callable[[int, int], None] | None:
    """Return what moves the display of one stage."""
    if progress is None:
        return None
    return lambda done, total: progress(stage, done, total)


def run(
    scenario: Scenario | str | Path,
    out: str | Path | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    finish: Finish | None = None,
    heed: Heed | None = None,
) -> Run:
    """Evaluate a scenario and write its run directory; return the opened run.

    ``out`` defaults to ``runs/<scenario id>``. Finished blocks of draws are kept in the cache, so
    a run that was interrupted goes on where it stopped and ends with the same bytes. With
    ``resume`` a whole run of the same scenario, seed and draws at ``out`` is opened as it stands.
    ``finish`` may add files to the run before it appears at its place (see `write_run`).

    The semantic checks come first: ``heed`` is given what they find, and an error among it is
    raised as :class:`ScenarioFaultsError` before anything is computed or written.
    """
    started = datetime.now(UTC)
    clock = time.perf_counter()
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    target = Path(out) if out is not None else Path("runs") / loaded.id
    if resume:
        former = _same_run(with_numbers(loaded, draws, seed), target)
        if former is not None:
            return former
    found = require_sound(loaded)
    check_place(target)
    if heed is not None:
        heed(found)
    done = study(loaded, draws=draws, seed=seed, workers=workers, progress=progress)
    chosen = done.scenario

    def record() -> manifest.Manifest:
        from longroad.study.record import make_manifest

        cost = manifest.Cost(
            started=started.isoformat(timespec="seconds"),
            wall_s=round(time.perf_counter() - clock, 3),
            workers=worker_count(workers),
            peak_memory_mib=_peak_memory_mib(),
            processor=None,
            platform=sys.platform,
        )
        return make_manifest(
            chosen,
            {quantity.id for quantity in done.plan.quantities},
            claim_records(chosen, done.plan, done.ensemble, done.reach, done.agreements),
            cost,
        )

    texts = {SCENARIO: chosen.source_text}
    if chosen.claims_text:
        texts[CLAIMS] = chosen.claims_text
    return write_run(target, record, _tables(done, worker_count(workers), progress), texts, finish)


def _tables(done: Study, workers: int, progress: Progress | None) -> Iterator[tuple[str, Table]]:
    """Yield the tables of a run by name; those of one chapter at a time are in memory."""
    tell = _teller(progress, "study.surfaces")
    chapters: tuple[Callable[[], dict[str, Table]], ...] = (
        lambda: {"draws": draws_table(done.values)},
        lambda: coverage_chapter(done),
        lambda: reach_chapter(done, workers, tell),
        lambda: agreement_chapter(done),
        lambda: raid_chapter(done),
        lambda: deterrent_chapter(done.scenario, done.plan, done.reach, workers),
        lambda: {"outcomes": outcomes_table(done.plan, done.ensemble, done.reach)},
    )
    for step, chapter in enumerate(chapters):
        if progress is not None:
            progress("study.map", step, len(chapters))
        tables = chapter()
        for name in list(tables):
            yield name, tables.pop(name)
    if progress is not None:
        progress("study.map", len(chapters), len(chapters))


def coverage_chapter(done: Study) -> dict[str, Table]:
    """Return the tables of coverage: arcs, windows, cells, contributions, differences."""
    scenario = done.scenario
    fine = make_plan(scenario, scenario.grid.map, (Assumptions(ADOPTED),))
    best = draw_values(fine.quantities, 0, scenario.seed)
    evaluation = Evaluation(fine, best.table[BEST_ROW])
    return {
        "arcs": arcs_table(evaluation),
        "windows": windows_table(evaluation, scenario),
        "coverage": coverage_table(evaluation, done.plan, done.ensemble),
        "contributions": contributions_table(scenario),
        "differences": differences_table(evaluation),
    }


def reach_chapter(
    done: Study, workers: int, progress: Callable[[int, int], None] | None = None
) -> dict[str, Table]:
    """Return the tables of reach: flights, least speeds, shares of pairs, surfaces."""
    scenario = done.scenario
    plan = make_reach_plan(scenario, readings(scenario))
    best = draw_values(plan.quantities, 0, scenario.seed)
    evaluation = Evaluation(plan, best.table[BEST_ROW])
    settings = reach_settings(scenario.variants[0])
    compute_meetings(evaluation, workers)
    return {
        "flights": flights_table(evaluation, scenario, settings.floor_m),
        "reach": reach_table(evaluation),
        "reach_shares": shares_table(evaluation, done.plan, done.reach),
        "surfaces": surfaces_table(evaluation, settings, workers, progress),
    }


def agreement_chapter(done: Study) -> dict[str, Table]:
    """Return the tables of agreements, where the scenario has any."""
    if not done.agreements.jobs:
        return {}
    scenario = done.scenario
    evaluation = AgreementEvaluation(Evaluation(done.plan, done.values.table[BEST_ROW]))
    rows = list(agreement_rows(done.agreements))
    for job in done.agreements.jobs:
        marginal = job.variant == scenario.headline
        rows += best_rows(evaluation, job, scenario.seed, marginal=marginal)
    return {
        "agreements": agreements_table(rows),
        "agreement_outcomes": agreement_outcomes_table(done.agreements),
        "sequence": sequence_table(evaluation, done.agreements.jobs),
        "agreement_cells": cells_table(evaluation, done.agreements.jobs),
        "exposure": exposure_table(scenario),
        "proposals": proposals_table(scenario),
    }


def raid_chapter(done: Study) -> dict[str, Table]:
    """Return the table of raids, where the scenario has any."""
    if not done.raids.jobs:
        return {}
    tables = {"raid": raids_table(list(raid_rows(done.raids)))}
    evaluation = AgreementEvaluation(Evaluation(done.plan, done.values.table[BEST_ROW]))
    adopted = [job for job in done.raids.jobs if job.assumptions == ADOPTED]
    steps = [s for job in adopted for s in raid_steps(evaluation, done.scenario, job)]
    return {**tables, "raid_steps": steps_table(steps)} if steps else tables


def raid(
    scenario: Scenario | str | Path,
    *,
    raid: str | None = None,
    variant: str | None = None,
    agreement: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[RaidRow, ...]:
    """Return what comes of a scenario's raids, without writing a run."""
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    if variant is not None:
        loaded.variant(variant)
    if agreement is not None:
        _known_agreement(loaded, agreement)
    _known_raid(loaded, raid)
    require_objects(loaded)
    done = study(
        loaded, draws=draws, seed=seed, workers=workers, progress=progress, chapters=(RAIDS,)
    )
    return tuple(
        row
        for row in raid_rows(done.raids)
        if raid in (None, row.raid)
        and variant in (None, row.variant)
        and agreement in (None, row.agreement)
    )


def _known_raid(scenario: Scenario, raid: str | None) -> None:
    """Raise `UsageError` where a scenario has no raid, or not this one."""
    known = list(dict.fromkeys(r.id for variant in scenario.variants for r in variant.raids))
    if not known or (raid is not None and raid not in known):
        raise UsageError(
            f"there is no raid '{raid}'" if known else "this scenario has no raids",
            field="raid" if known else "raids",
            expected="one of " + ", ".join(known) if known else "a section 'raids'",
            nearest=nearest(raid, known) if raid and known else None,
        )


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
    kinds = {_chapter(claim.measure) for claim in loaded.claims}
    found: tuple[manifest.Claim, ...] = ()
    if kinds - {BARGAINING}:
        done = study(
            loaded, draws=draws, seed=seed, workers=workers, progress=progress,
            chapters=kinds - {BARGAINING},
        )  # fmt: skip
        found = claim_records(done.scenario, done.plan, done.ensemble, done.reach, done.agreements)
    if BARGAINING in kinds:
        found += negotiated_records(
            loaded, draws=draws, seed=seed, workers=workers, progress=progress
        )
    return found


def _chapter(measure: AnyMeasure) -> str:
    """Return the chapter that a claim's measure is read from."""
    if isinstance(measure, ReachMeasure):
        return REACH
    if isinstance(measure, BargainMeasure):
        return BARGAINING
    return COVERAGE if measure.agreement == AGREEMENT_NONE else AGREEMENTS


def _same_run(scenario: Scenario, path: Path) -> Run | None:
    """Return the run at ``path`` if it is whole and was made from the same input and kernels."""
    if not (path / MANIFEST).is_file():
        return None
    former = open_run(path)
    record = former.manifest
    text_hash = hashlib.sha256(scenario.source_text.encode()).hexdigest()
    same = (record.scenario_sha256, record.seed, record.draws, record.kernel_hash) == (
        text_hash,
        scenario.seed,
        scenario.draws,
        kernel_hash(),
    )
    return former if same and not former.damaged() else None


def cover(
    scenario: Scenario | str | Path,
    *,
    variant: str | None = None,
    agreement: str | None = None,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[CoverRow, ...]:
    """Return what each party's batteries can engage, by variant and missile, as adopted.

    Without ``agreement`` a track is good enough after a time in view, as in the map of a run;
    with it, of a scenario that has agreements, by what is known of the missile's path
    (docs/methods/worth-of-agreements.md).
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    if variant is not None:
        loaded.variant(variant)
    meant = None if agreement is None else _known_agreement(loaded, agreement)
    if meant is not None and has_agreements(loaded):
        done = study(
            loaded, draws=draws, seed=seed, workers=workers, progress=progress,
            chapters=(AGREEMENTS,),
        )  # fmt: skip
        found = agreement_cover(done.agreements, meant)
        return tuple(row for row in found if variant in (None, row.variant))
    done = study(
        loaded, draws=draws, seed=seed, workers=workers, progress=progress, chapters=(COVERAGE,)
    )
    return tuple(
        row
        for row in cover_rows(done.plan, done.ensemble)
        if row.assumptions == ADOPTED and variant in (None, row.variant)
    )


def _known_agreement(scenario: Scenario, agreement: str) -> str:
    """Return the id of an agreement of some variant; raise `UsageError` for any other word.

    Capitals do not matter: architectures are written A1 and have the ids a1.
    """
    ids = {one.id: None for variant in scenario.variants for one in variant.agreements}
    known = list({AGREEMENT_NONE: None, **ids})
    if agreement in known:
        return agreement
    alike = [id for id in known if id.lower() == agreement.lower()]
    if len(alike) == 1:
        return alike[0]
    raise UsageError(
        f"there is no agreement '{agreement}'",
        field="agreement",
        expected=known[0] if len(known) == 1 else "one of " + ", ".join(known),
        nearest=nearest(agreement, known),
    )


def with_numbers(scenario: Scenario, draws: int | None, seed: int | None) -> Scenario:
    """Return the scenario with draws and seed replaced where given; refuse what has no meaning."""
    if draws is not None and not 1 <= draws <= MOST_DRAWS:
        raise UsageError(f"{draws} draws", field="draws", expected=f"1 to {MOST_DRAWS}")
    if seed is not None and not 0 <= seed < 2**63:
        raise UsageError(f"the seed is {seed}", field="seed", expected="a whole number from 0")
    return replace(
        scenario,
        draws=scenario.draws if draws is None else draws,
        seed=scenario.seed if seed is None else seed,
    )


def worker_count(workers: int | None) -> int:
    """Return the number of threads: as given, else one for each processor."""
    if workers is None:
        return os.cpu_count() or 1
    if not 1 <= workers <= MOST_WORKERS:
        raise UsageError(f"{workers} workers", field="workers", expected=f"1 to {MOST_WORKERS}")
    return workers


def _peak_memory_mib() -> float | None:
    """Return the greatest memory of this process so far (MiB), where the system tells."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024.0 if sys.platform != "darwin" else 1024.0**2), 1)
