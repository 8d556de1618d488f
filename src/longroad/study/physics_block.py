"""The physics block of a negotiation: outcomes of every combination under every assumption set.

A run of its own, kept by its content: what is bargained over, the scenario's variant, the
catalogue and the kernels. Weights, curves and red lines are no part of that, so that changing one
of them computes nothing here anew.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from longroad.bargaining.physics import PhysicsBlock
from longroad.base.errors import UsageError
from longroad.base.kernel import kernel_hash
from longroad.base.streams import SCRAMBLES
from longroad.scenario import Negotiation, Scenario, load
from longroad.scenario.negotiation import Physics
from longroad.scenario.read_physics import ADOPTED
from longroad.study import cache
from longroad.study.physics_case import ENGAGEABLE, World, engageable, kept, world_of
from longroad.study.physics_options import Combinations, combinations_of
from longroad.study.pipeline import Progress, worker_count

Array = NDArray[np.float64]
FORMAT = "physics-block-1"
DRAWS = SCRAMBLES
"""Draws beside the best estimate: one for each scramble of the sequence."""


def physics_block(
    negotiation: Negotiation,
    scenario: Scenario | None = None,
    *,
    draws: int = DRAWS,
    workers: int | None = None,
    progress: Progress | None = None,
) -> PhysicsBlock | None:
    """Return the block of a negotiation, draw 0 the best estimate; None if it asks for none.

    ``scenario`` is by default that beside the negotiation. Outcomes are shares (0 to 1). ``draws``
    may be 0: the best estimate alone.

    Raises :class:`ScenarioError` for ids that the scenario lacks, :class:`UsageError` for too few
    draws.
    """
    physics = negotiation.physics
    if physics is None:
        return None
    if draws and draws < SCRAMBLES:
        raise UsageError(
            f"{draws} draws of the physics are too few", expected=f"0, or {SCRAMBLES} and more"
        )
    whole = load(Path(negotiation.file).parent) if scenario is None else scenario
    combinations = combinations_of(negotiation, physics)
    names = assumption_sets(physics)
    outcomes = tuple(physics.outcomes)
    bar = _Bar(progress, len(names) * (1 + draws) * len(outcomes))
    parts = []
    for k, name in enumerate(names):
        bar.to(k * (1 + draws) * len(outcomes))
        parts.append(_cached(whole, physics, name, combinations, draws, worker_count(workers), bar))
    bar.to(bar.total)
    of = np.array(combinations.of)
    # (sets, outcomes, draws, cases), then a place for every combination
    values = np.array(parts)[..., of].reshape(
        len(names), len(outcomes), draws + 1, *combinations.sizes
    )
    return PhysicsBlock(
        tuple(issue.id for issue in combinations.issues),
        tuple(issue.option_ids for issue in combinations.issues),
        outcomes,
        ("fraction",) * len(outcomes),
        names,
        dict(physics.held),
        values,
    )


def assumption_sets(physics: Physics) -> tuple[str, ...]:
    """Return the assumption sets: the adopted, those written, those that a party holds."""
    written = (one.id for one in physics.assumptions)
    return tuple(dict.fromkeys([ADOPTED, *written, *physics.held.values()]))


def _cached(
    scenario: Scenario, physics: Physics, name: str, combinations: Combinations, draws: int,
    workers: int,
    bar: _Bar,
) -> Array:  # fmt: skip
    """Return the outcomes (outcomes, 1 + draws, cases) of one assumption set, computed or kept."""
    key = block_key(scenario, physics, name, combinations, draws)
    found = cache.fetch(key)
    shape = (len(physics.outcomes), draws + 1, len(combinations.cases))
    if found is not None and found["values"].shape == shape:
        return np.asarray(found["values"])
    world = world_of(scenario, physics, name, combinations.cases, draws, workers)
    values = np.array([_outcome(world, one, workers, bar) for one in physics.outcomes.values()])
    cache.store(key, {"values": values})
    return values


def _outcome(world: World, measure: str, workers: int, bar: _Bar) -> Array:
    if measure in ENGAGEABLE:
        return engageable(world, measure, workers, bar.step)
    return kept(world, workers)


class _Bar:
    """A progress display of all rows of values, moved from any thread."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.total, self.done = progress, total, 0
        self._lock = Lock()

    def to(self, done: int) -> None:
        """Move to so many rows."""
        with self._lock:
            self.done = done
            if self.progress is not None:
                self.progress("study.physics", done, self.total)

    def step(self) -> None:
        """Move on by one row."""
        self.to(self.done + 1)


def block_key(
    scenario: Scenario, physics: Physics, name: str, combinations: Combinations, draws: int
) -> str:
    """Return the key of one assumption set's outcomes: a hash over all that they depend on."""
    variant = scenario.variant(physics.variant or scenario.headline)
    assumed = [one for one in physics.assumptions if one.id == name]
    others = [scenario.variant(one.batteries) for one in assumed if one.batteries is not None]
    asked = (physics.defender, physics.deterrent, physics.towards, physics.outcomes)
    return cache.key_of(
        FORMAT, kernel_hash(), repr((variant, others)), repr(variant.catalog),
        repr((scenario.seed, scenario.grid.ensemble, draws)),
        repr((name if not assumed else "", assumed, asked, combinations.cases)),
    )  # fmt: skip
