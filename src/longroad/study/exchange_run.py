"""What `longroad exchange` answers, without writing a run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from longroad.base.errors import UsageError
from longroad.deterrent import forces
from longroad.scenario import Scenario, load
from longroad.study.exchange_defence import scenario_forces
from longroad.study.exchange_rows import ExchangeRow, Exchanges, exchanges
from longroad.study.pipeline import REACH, Progress, study, worker_count


def exchange(
    scenario: Scenario | str | Path,
    *,
    variant: str | None = None,
    year: int | None = None,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[ExchangeRow, ...]:
    """Return what every party's defence does to every other party's strategic force, as rows."""
    return exchange_answer(
        scenario, variant=variant, year=year, draws=draws, seed=seed, workers=workers,
        progress=progress,
    ).rows  # fmt: skip


def exchange_answer(
    scenario: Scenario | str | Path,
    *,
    variant: str | None = None,
    year: int | None = None,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Exchanges:
    """Return the exchanges of a scenario, and which assumption makes the difference.

    Sets that parties hold and extremes are those of ``variant``, by default the headline.
    Forces are those of each variant's year, or the latest up to ``year``. Raises
    :class:`UsageError` for a scenario in which no party has a force or no trajectories are flown.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    if variant is not None:
        loaded = replace(loaded, headline=loaded.variant(variant).id)
    known = {force.party for force in forces(loaded.variants[0].catalog)}
    if not scenario_forces(loaded):
        raise UsageError(
            f"no party of '{loaded.id}' has a strategic force in the catalogue",
            expected="a party among " + ", ".join(sorted(known)),
        )
    if not any(one.trajectories for one in loaded.variants):
        raise UsageError(
            f"'{loaded.id}' has no trajectories, so that nothing says what a defence reaches",
            expected="a scenario with a section 'trajectories'",
        )
    done = study(
        loaded, draws=draws, seed=seed, workers=workers, progress=progress, chapters=(REACH,)
    )
    found = exchanges(done.scenario, done.plan, done.reach, worker_count(workers), year)
    return Exchanges(
        tuple(row for row in found.rows if variant in (None, row.variant)),
        tuple(one for one in found.extremes if variant in (None, one.variant)),
        found.needed,
        tuple(one for one in found.touched if variant in (None, one.variant)),
    )
