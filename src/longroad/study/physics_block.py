"""The physics block of a negotiation: outcomes of every combination under every assumption set.

A run of its own, kept by its content: what is bargained over, the scenario's variant, the
catalogue and the kernels. Weights, curves and red lines are no part of that, so that changing one
of them computes nothing here anew.

What costs time is what stays engageable, in every draw of every set. Two rules save most of it. A
set that changes nothing engageable (an earlier launch of strategic missiles, say) is found to
have the same input and shares the result. And a set in which nobody who values the outcome
believes is a question of the fact-finding experiment alone: its best estimate is computed, and its
draws are those of the adopted set moved by the difference of the two best estimates (how far off
that is: docs/methods/bargaining.md).
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
from longroad.scenario.packs import SCENARIO_FILE, packs
from longroad.scenario.read_physics import ADOPTED
from longroad.study import cache
from longroad.study.physics_case import (
    ENGAGEABLE,
    World,
    engageable,
    engageable_inputs,
    kept,
    world_of,
)
from longroad.study.physics_options import Combinations, combinations_of
from longroad.study.physics_world import agreements_under, variant_under
from longroad.study.pipeline import Progress, worker_count

Array = NDArray[np.float64]
FORMAT = "physics-block-2"
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
    names, outcomes = assumption_sets(physics), tuple(physics.outcomes)
    full = {
        (name, outcome): name == ADOPTED
        or physics.outcomes[outcome] not in ENGAGEABLE
        or any(
            physics.held.get(one.party) == name and outcome in {c.outcome for c in one.curves}
            for one in negotiation.interests
        )
        for name in names
        for outcome in outcomes
    }
    rows = {key: 1 + draws if whole_set else 1 for key, whole_set in full.items()}
    bar = _Bar(progress, sum(rows.values()))
    maker = _Maker(whole, physics, combinations, draws, worker_count(workers), bar)
    parts: list[list[Array]] = []
    for name in names:
        by_outcome = [maker.values(name, one, rows[name, one]) for one in outcomes]
        if draws and parts:
            by_outcome = [
                _moved(values, base) for values, base in zip(by_outcome, parts[0], strict=True)
            ]
        parts.append(by_outcome)
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


def beside(*negotiations: Negotiation) -> Scenario | None:
    """Return the scenario of the first negotiation that has one; None where none asks for it.

    A changed copy of a negotiation may lie anywhere: where no scenario lies beside it, the ready
    one of the name that it gives is meant.
    """
    asking = [one for one in negotiations if one.physics is not None]
    for one in asking:
        folder = Path(one.file).parent
        if (folder / SCENARIO_FILE).is_file():
            return load(folder)
    ready = {pack.id for pack in packs()}
    return next((load(one.scenario) for one in asking if one.scenario in ready), None)


def require_cases(negotiation: Negotiation, scenario: Scenario) -> None:
    """Raise what :func:`physics_block` would for ids and combinations, before anything is run."""
    physics = negotiation.physics
    if physics is None:
        return
    cases = combinations_of(negotiation, physics).cases
    for name in assumption_sets(physics):
        agreements_under(variant_under(scenario, physics, name), physics, cases, ())


def assumption_sets(physics: Physics) -> tuple[str, ...]:
    """Return the assumption sets: the adopted, those written, those that a party holds."""
    written = (one.id for one in physics.assumptions)
    return tuple(dict.fromkeys([ADOPTED, *written, *physics.held.values()]))


def _moved(values: Array, base: Array) -> Array:
    """Return shares (1 + draws, cases): where only the best is known, draws move with ``base``."""
    if len(values) == len(base):
        return values
    return np.asarray(np.clip(base + (values[0] - base[0]), 0.0, 1.0))


class _Maker:
    """Outcomes of one assumption set after the other, computed or kept; worlds where needed."""

    def __init__(
        self, scenario: Scenario, physics: Physics, combinations: Combinations, draws: int,
        workers: int, bar: _Bar,
    ) -> None:  # fmt: skip
        self.scenario, self.physics, self.combinations = scenario, physics, combinations
        self.draws, self.workers, self.bar = draws, workers, bar
        self._worlds: dict[str, World] = {}

    def values(self, name: str, outcome: str, rows: int) -> Array:
        """Return one outcome under one assumption set (rows, cases), the best estimate first."""
        measure = self.physics.outcomes[outcome]
        key = block_key(
            self.scenario, self.physics, name, measure, self.combinations, self.draws, rows
        )
        done = self.bar.done + rows
        found = _kept(key, (rows, len(self.combinations.cases)))
        if found is None:
            world = self._world(name)
            found = self._engageable(world, measure, rows) if measure in ENGAGEABLE else kept(
                world, self.workers
            )  # fmt: skip
            cache.store(key, {"values": found})
        self.bar.to(done)
        return found

    def _world(self, name: str) -> World:
        if name not in self._worlds:
            # One at a time: the next set seldom asks for the last one's world again.
            self._worlds = {
                name: world_of(
                    self.scenario, self.physics, name, self.combinations.cases, self.draws,
                    self.workers,
                )
            }  # fmt: skip
        return self._worlds[name]

    def _engageable(self, world: World, measure: str, rows: int) -> Array:
        """Return what stays engageable; a row with the same input as another's is shared."""
        keys = [
            cache.key_of(FORMAT, kernel_hash(), measure, *parts)
            for parts in engageable_inputs(world, rows)
        ]
        found = [_kept(key, (len(world.variant.agreements),)) for key in keys]
        missing = [row for row, values in enumerate(found) if values is None]
        made = engageable(world, measure, missing, self.workers, self.bar.step)
        for row, values in zip(missing, made, strict=True):
            found[row] = values
            cache.store(keys[row], {"values": values})
        return np.array(found)[:, world.of]


def _kept(key: str, shape: tuple[int, ...]) -> Array | None:
    found = cache.fetch(key)
    if found is None or found["values"].shape != shape:
        return None
    return np.asarray(found["values"])


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
    scenario: Scenario, physics: Physics, name: str, measure: str, combinations: Combinations,
    draws: int, rows: int,
) -> str:  # fmt: skip
    """Return the key of an outcome under an assumption set: a hash over all it depends on."""
    variant = scenario.variant(physics.variant or scenario.headline)
    assumed = [one for one in physics.assumptions if one.id == name]
    others = [scenario.variant(one.batteries) for one in assumed if one.batteries is not None]
    asked = (physics.defender, physics.deterrent, physics.towards, measure)
    return cache.key_of(
        FORMAT, kernel_hash(), repr((variant, others)), repr(variant.catalog),
        repr((scenario.seed, scenario.grid.ensemble, draws, rows)),
        repr((name if not assumed else "", assumed, asked, combinations.cases)),
    )  # fmt: skip
