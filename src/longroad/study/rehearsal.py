"""A rehearsal of a run: its arcs, flights and tracks on best estimates, for the checks before it.

The jobs are those of the run itself, on its coarse grid, so that a check and a run agree. Nothing
is drawn. A second evaluation, on the most generous end of every number that sensing reads, tells
what is never seen from what is not seen on best estimates.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from longroad.base.quantity import Disputed, Quantity
from longroad.earth.territories import RESOLUTIONS, territory_cells
from longroad.scenario import Scenario, Trajectories, Variant
from longroad.scenario.origin import Origin
from longroad.study.columns import BEST_ROW, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.plan import CoverageJob
from longroad.study.planner import make_plan, plan_raid_arcs
from longroad.study.raid_planner import Rows
from longroad.study.reach_plan import FlightJob
from longroad.study.readings import ADOPTED, Assumptions
from longroad.study.sea import sea_places
from longroad.study.solve import FlightResult

Array = NDArray[np.float64]

# Work of a rehearsal, arcs times radars, of one variant: some seconds. Beyond it a coarser grid
# is taken, and where that does not help either there is no rehearsal.
MOST_WORK = 2_000_000
# Planning it: batteries times what they could meet times radars, over all variants; some seconds.
MOST_PLANNED = 400_000
# Which end of a number lets a radar see more, sooner.
GENEROUS = {
    "radar_cross_section": 1,
    "reference_range": 1,
    "reference_cross_section": -1,
    "instrumented_range": 1,
    "azimuth_width": 1,
    "least_elevation": -1,
    "greatest_elevation": 1,
    "uncued_range_fraction": 1,
    "track_time": -1,
    "report_latency": -1,
    "detection_delay": -1,
}


@dataclass(frozen=True)
class Group:
    """One entry of trajectories of a variant, its job and its flights (shape x base x end)."""

    written: Trajectories
    index: int
    job: FlightJob
    found: FlightResult


class Rehearsal:
    """The plan of a scenario, evaluated on best estimates when first asked."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        # What a radar sees of a job's arcs: whether its sector holds any, whether its range does.
        self.sights: dict[Hashable, tuple[bool, bool]] = {}
        self.sea = cache(sea_places)

    @cached_property
    def resolution(self) -> int | None:
        """Return the grid's h3 resolution: the ensemble's, a coarser one, or None: too large."""
        if sum(_planned(variant) for variant in self.scenario.variants) > MOST_PLANNED:
            return None
        for resolution in sorted(RESOLUTIONS, reverse=True):
            if resolution <= self.scenario.grid.ensemble and self._work(resolution) <= MOST_WORK:
                return resolution
        return None

    def _work(self, resolution: int) -> int:
        return max(
            _arcs(variant, resolution) * _radars(variant) for variant in self.scenario.variants
        )

    @cached_property
    def best(self) -> Evaluation:
        """Return the evaluation on best estimates, as adopted."""
        plan = make_plan(
            self.scenario,
            self.resolution or min(RESOLUTIONS),
            (Assumptions(ADOPTED),),
        )
        values = draw_values(plan.quantities, 0, self.scenario.seed)
        return Evaluation(plan, values.table[BEST_ROW])

    @cached_property
    def raids(self) -> tuple[Evaluation, dict[tuple[str, Origin], tuple[int, Rows]]]:
        """Return the arcs of raids on best estimates, and which are whose, by variant and group."""
        resolution = self.resolution or min(RESOLUTIONS)
        plan, groups = plan_raid_arcs(self.scenario, resolution)
        values = draw_values(plan.quantities, 0, self.scenario.seed)
        return Evaluation(plan, values.table[BEST_ROW]), groups

    @cached_property
    def generous(self) -> Evaluation:
        """Return the same arcs and flights, seen by the most generous numbers on record."""
        best = self.best
        row = np.array([self._generous(q) for q in best.plan.quantities])
        made = Evaluation(best.plan, row)
        made.arcs, made.flights = best.arcs, best.flights
        return made

    def _generous(self, quantity: Quantity) -> float:
        way = GENEROUS.get(quantity.id.rpartition(".")[2])
        if way is None:
            return quantity.best
        rivals = [quantity]
        for variant in self.scenario.variants:
            known = variant.quantity(quantity.id)
            if isinstance(known, Disputed) and quantity in known.alternatives:
                rivals += known.alternatives
        return max(q.high for q in rivals) if way > 0 else min(q.low for q in rivals)

    def coverage(self, variant: Variant) -> tuple[CoverageJob, ...]:
        """Return the jobs of coverage of a variant: one for each threat to each party."""
        return tuple(job for job in self.best.plan.coverage if job.variant == variant.id)

    def groups(self, variant: Variant) -> Iterator[Group]:
        """Yield the trajectories of a variant with their flights."""
        plan = self.best.plan
        jobs = [job for name, job in plan.groups if name == variant.id]
        for written, job in zip(variant.trajectories, jobs, strict=True):
            yield Group(written, job, plan.flights[job], self.best.flights(job))

    def tracked(self, tracks: tuple[tuple[int, int, int], ...], *, generous: bool = False) -> bool:
        """Return whether one of several track jobs ever gives a track to fire on."""
        evaluation = self.generous if generous else self.best
        return any(np.isfinite(evaluation.track(t).quality_s).any() for t, _, _ in tracks)


def _arcs(variant: Variant, resolution: int) -> int:
    cells = {
        party.id: len(territory_cells(party.defends, resolution, party.within))
        for party in variant.parties
        if party.defends
    }
    coverage = sum(
        len(threat.launch_areas) * len(threat.shapes) * cells.get(party.id, 0)
        for threat in variant.threats
        for party in threat.against
    )
    return coverage + sum(len(group) for group in variant.trajectories)


def _planned(variant: Variant) -> int:
    met = sum(len(threat.against) for threat in variant.threats) + len(variant.trajectories)
    return len(variant.batteries) * met * _radars(variant)


def _radars(variant: Variant) -> int:
    return 1 + sum(sensor.is_radar for sensor in variant.sensors)


def great_circle(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the angle (rad) between two places, given as latitude and longitude (rad)."""
    half = math.sin(0.5 * (a[0] - b[0])) ** 2
    half += math.cos(a[0]) * math.cos(b[0]) * math.sin(0.5 * (a[1] - b[1])) ** 2
    return 2.0 * math.asin(math.sqrt(min(max(half, 0.0), 1.0)))
