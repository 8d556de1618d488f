"""The tables of a run, chapter by chapter, each made from what a study has found."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from longroad.study.agreement_best import best_rows
from longroad.study.agreement_evaluate import AgreementEvaluation
from longroad.study.agreement_table import (
    agreement_outcomes_table,
    agreement_rows,
    agreements_table,
)
from longroad.study.agreement_tables import (
    CELLS,
    SEQUENCE,
    KeptResults,
    Parts,
    add_cells,
    add_sequence,
    joined,
)
from longroad.study.agreement_words import exposure_table, proposals_table
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.contributions import contributions_table
from longroad.study.detail import arcs_table, coverage_table, windows_table
from longroad.study.deterrent_chapter import deterrent_chapter
from longroad.study.differences import differences_table
from longroad.study.evaluate import Evaluation
from longroad.study.exchange_rows import Exchanges
from longroad.study.outcomes import draws_table, outcomes_table
from longroad.study.pipeline import (
    AGREEMENTS,
    BARGAINING,
    COVERAGE,
    DETERRENTS,
    EVERY,
    RAIDS,
    REACH,
    Progress,
    teller,
)
from longroad.study.planner import make_plan, make_reach_plan
from longroad.study.raid_steps import raid_steps, steps_table
from longroad.study.raid_table import raid_rows, raids_table
from longroad.study.reach_settings import reach_settings
from longroad.study.reach_shares import shares_table
from longroad.study.reach_tables import (
    compute_meetings,
    flights_table,
    reach_table,
)
from longroad.study.readings import ADOPTED, Assumptions, readings
from longroad.study.studied import Study
from longroad.study.surfaces import surfaces_table
from longroad.study.table import Table

Tables = dict[str, Table]


def chapter_tables(
    done: Study,
    strategic: Callable[[], Exchanges],
    workers: int,
    progress: Progress | None = None,
    bargaining: Callable[[], Tables] | None = None,
    wanted: Collection[str] = EVERY,
) -> Iterator[tuple[str, Table]]:
    """Yield the tables of a run by name, always in the same order.

    ``strategic`` gives the exchanges, which claims read too; ``bargaining`` makes the tables of the
    negotiation, where there is one; ``wanted`` are the chapters asked for.

    Chapters are made side by side, ``workers`` of them at a time, and go as they are taken: no
    more than one beside those being made stands in memory.
    """
    tell = teller(progress, "study.surfaces")
    every: tuple[tuple[str, Callable[[], Tables]], ...] = (
        # The longest first.
        (AGREEMENTS, lambda: agreement_chapter(done)),
        (DETERRENTS, lambda: deterrent_chapter(done, strategic(), workers)),
        *(() if bargaining is None else ((BARGAINING, bargaining),)),
        (COVERAGE, lambda: coverage_chapter(done)),
        (RAIDS, lambda: raid_chapter(done)),
        (REACH, lambda: reach_chapter(done, workers, tell)),
    )
    chapters: tuple[Callable[[], Tables], ...] = (
        lambda: {"draws": draws_table(done.values)},
        *(chapter for name, chapter in every if name in wanted),
        lambda: {"outcomes": outcomes_table(done.plan, done.ensemble, done.reach)},
    )
    with ThreadPoolExecutor(workers) as pool:
        waiting = deque(chapters)
        made: deque[Future[Tables]] = deque()
        for step in range(len(chapters)):
            while waiting and len(made) <= workers:
                made.append(pool.submit(waiting.popleft()))
            if progress is not None:
                progress("study.map", step, len(chapters))
            tables = made.popleft().result()
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
    evaluation = KeptResults(Evaluation(done.plan, done.values.table[BEST_ROW]))
    rows = list(agreement_rows(done.agreements))
    sequence: Parts = {}
    cells: Parts = {}
    for job in done.agreements.jobs:
        marginal = job.variant == scenario.headline
        rows += best_rows(evaluation, job, scenario.seed, marginal=marginal)
        add_sequence(sequence, evaluation, job)
        add_cells(cells, evaluation, job)
    return {
        "agreements": agreements_table(rows),
        "agreement_outcomes": agreement_outcomes_table(done.agreements),
        SEQUENCE: joined(SEQUENCE, sequence),
        CELLS: joined(CELLS, cells),
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
