"""What `longroad exchange` answers, without writing a run."""

from __future__ import annotations

from pathlib import Path

from longroad.base.errors import UsageError
from longroad.deterrent import forces
from longroad.scenario import Scenario, load
from longroad.study.exchange_defence import scenario_forces
from longroad.study.exchange_rows import ExchangeRow, exchange_rows
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
    """Return what every party's defence does to every other party's strategic force.

    Forces are those of each variant's year, or the latest up to ``year``. Raises
    :class:`UsageError` for a scenario in which no party has a force or no trajectories are flown.
    """
    loaded = scenario if isinstance(scenario, Scenario) else load(scenario)
    if variant is not None:
        loaded.variant(variant)
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
    rows = exchange_rows(done.scenario, done.plan, done.reach, worker_count(workers), year)
    return tuple(row for row in rows if variant in (None, row.variant))
