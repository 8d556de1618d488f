"""The one evaluator: every command, view and export gets its numbers here.

    scenario --plan--> jobs --draws--> values --evaluate--> ensemble --> answers

The ensemble (coarse cells, all draws, all readings of the numbers) gives outcomes with their
spread. What is told in detail, by best estimates on fine cells, is made from it for a run's tables
(`longroad.study.chapters`), and `longroad.study.make_run` writes the run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path

from longroad.base.errors import UsageError, nearest
from longroad.scenario import Scenario, load
from longroad.study.agreement_ensemble import agreement_parts, agreements_of
from longroad.study.agreement_planner import has_agreements
from longroad.study.agreement_table import agreement_cover
from longroad.study.blocks import run_parts
from longroad.study.columns import draw_values
from longroad.study.ensemble import coverage_of, coverage_parts
from longroad.study.outcomes import CoverRow, cover_rows
from longroad.study.plan import AGREEMENT_NONE
from longroad.study.planner import plan_whole
from longroad.study.raid_checks import require_objects
from longroad.study.raid_ensemble import raid_parts, raids_of
from longroad.study.raid_table import RaidRow, raid_rows
from longroad.study.reach_ensemble import reach_of, reach_parts
from longroad.study.readings import ADOPTED, readings
from longroad.study.row import Row
from longroad.study.studied import Study

# What a progress display is told: a message key, steps done, steps in all.
Progress = Callable[[str, int, int], None]
MOST_DRAWS = 100_000
COVERAGE, REACH, AGREEMENTS, RAIDS = "coverage", "reach", "agreements", "raids"
CHAPTERS = (COVERAGE, REACH, AGREEMENTS, RAIDS)
DETERRENTS, BARGAINING = "deterrents", "bargaining"
EVERY = (*CHAPTERS, DETERRENTS, BARGAINING)
MOST_WORKERS = 256


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

    asked = {
        COVERAGE: lambda: coverage_parts(plan, values),
        REACH: lambda: reach_parts(plan, values),
        AGREEMENTS: lambda: agreement_parts(plan, jobs, values),
        RAIDS: lambda: raid_parts(plan, whole.raids, values, chosen.seed),
    }
    parts = {name: make() if name in chapters else [] for name, make in asked.items()}
    blocks = iter(
        run_parts(
            list(chain(*parts.values())),
            partial(Row, plan),
            worker_count(workers),
            teller(progress, "study.ensemble"),
        )
    )
    found = {name: [next(blocks) for _ in own] for name, own in parts.items()}
    return Study(
        chosen,
        plan,
        values,
        coverage_of(plan, values, found[COVERAGE]),
        reach_of(plan, values, found[REACH]),
        agreements_of(jobs, found[AGREEMENTS]),
        raids_of(whole.raids, found[RAIDS]),
    )


def teller(progress: Progress | None, stage: str) -> Callable[[int, int], None] | None:
    """Return what moves the display of one stage; nothing where nobody looks."""
    if progress is None:
        return None
    return lambda done, total: progress(stage, done, total)


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
