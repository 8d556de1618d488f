"""Makes the plan of a scenario: walks its variants and readings and collects the jobs."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass

from longroad.earth.territories import territory_cells
from longroad.scenario import Measure, Party, Scenario, Threat, Variant
from longroad.scenario.origin import Origin
from longroad.study.agreement_plan import AgreementJob
from longroad.study.agreement_planner import agreement_jobs
from longroad.study.collect import Collector
from longroad.study.plan import (
    AGREEMENT_NONE,
    CoverageJob,
    Plan,
)
from longroad.study.raid_plan import RaidJob
from longroad.study.raid_planner import Rows, group_arcs, raid_jobs
from longroad.study.reach_planner import ReachPlanner
from longroad.study.readings import ADOPTED, Assumptions


class _Planner(Collector):
    """Collects the jobs of coverage of all variants and assumptions."""

    def __init__(self, resolution: int) -> None:
        super().__init__()
        self.resolution = resolution
        self.territories: dict[Hashable, int] = {}
        self.coverage: list[CoverageJob] = []
        self.headline: dict[tuple[str, str, str], CoverageJob] = {}

    def territory(self, party: Party) -> int:
        """Return the index of a party's territory; parties with equal territory share it."""
        key = (tuple(sorted(party.defends)), party.within)
        if key not in self.territories:
            cells = territory_cells(party.defends, self.resolution, party.within)
            self.territories[key] = self.add_cells(cells)
        return self.territories[key]

    def add(self, variant: Variant, assumptions: Assumptions) -> None:
        """Add all that one variant asks for under one reading of the numbers."""
        for threat in variant.threats:
            for party in threat.against:
                if not party.defends:
                    continue
                arcs = self._arcs(variant, assumptions, threat, party)
                batteries = tuple(
                    (battery.id, self.battery_job(variant, assumptions, battery, arcs))
                    for battery in variant.batteries
                    if battery.owner.id == party.id
                )
                job = CoverageJob(
                    variant.id,
                    AGREEMENT_NONE,
                    party.id,
                    threat.id,
                    assumptions.id,
                    arcs,
                    batteries,
                )
                if assumptions.id == ADOPTED:
                    self.headline[job.variant, job.party, job.threat] = job
                else:
                    # A reading that changes nothing here is no row of its own.
                    usual = self.headline[job.variant, job.party, job.threat]
                    if (usual.arcs, usual.batteries) == (job.arcs, job.batteries):
                        continue
                self.coverage.append(job)

    def _arcs(self, variant: Variant, reading: Assumptions, threat: Threat, party: Party) -> int:
        return self.arc_job(
            variant, reading, threat, threat.launch_areas, threat.shapes, self.territory(party)
        )

    def plan(self, subsets: tuple[tuple[str, ...], ...], reach: ReachPlanner) -> Plan:
        """Return what was collected."""
        return Plan(
            self.resolution,
            tuple(self.cells),
            self.arcs.all(),
            self.radars.all(),
            self.tracks.all(),
            self.flyouts.all(),
            self.batteries.all(),
            tuple(self.coverage),
            self.book.quantities(),
            subsets,
            self.flights.all(),
            self.ready.all(),
            self.meetings.all(),
            tuple(reach.jobs),
            tuple(reach.groups),
        )


def make_plan(scenario: Scenario, resolution: int, chosen: tuple[Assumptions, ...]) -> Plan:
    """Return the plan of a scenario at an h3 resolution, for the given readings of its numbers.

    The first reading is the adopted one. Another is planned only where it changes something: a
    claim about a number that a variant does not read adds no row.
    """
    return plan_whole(scenario, resolution, chosen, second=False).plan


def plan_with_agreements(
    scenario: Scenario, resolution: int, chosen: tuple[Assumptions, ...]
) -> tuple[Plan, tuple[AgreementJob, ...]]:
    """Return the plan, and the jobs of agreements, whose columns stand in the same plan."""
    whole = plan_whole(scenario, resolution, chosen)
    return whole.plan, whole.agreements


@dataclass(frozen=True)
class Whole:
    """A plan with the jobs of agreements and raids, whose columns stand in it."""

    plan: Plan
    agreements: tuple[AgreementJob, ...]
    raids: tuple[RaidJob, ...]


def plan_whole(
    scenario: Scenario, resolution: int, chosen: tuple[Assumptions, ...], *, second: bool = True
) -> Whole:
    """Return everything that is planned of a scenario; ``second``: agreements and raids too."""
    planner = _Planner(resolution)
    reach = ReachPlanner(planner, scenario, full=False)
    for variant, reading in _cases(scenario, chosen):
        planner.add(variant, reading)
        reach.add(variant, reading)
    jobs = agreement_jobs(planner, scenario, planner.headline) if second else ()
    raids = raid_jobs(planner, scenario, resolution, chosen) if second else ()
    measures = (claim.measure for claim in scenario.claims)
    subsets = {m.countries: None for m in measures if isinstance(m, Measure)}
    return Whole(planner.plan(tuple({(): None, **subsets}), reach), jobs, raids)


def plan_raid_arcs(
    scenario: Scenario, resolution: int
) -> tuple[Plan, dict[tuple[str, Origin], tuple[int, Rows]]]:
    """Return a plan of the arcs of raids alone, and which are whose (`raid_planner.group_arcs`)."""
    planner = _Planner(resolution)
    groups = group_arcs(planner, scenario, resolution)
    return planner.plan(((),), ReachPlanner(planner, scenario, full=False)), groups


def make_reach_plan(
    scenario: Scenario, chosen: tuple[Assumptions, ...], *, full: bool = True
) -> Plan:
    """Return a plan of reach alone; ``full``: at every launch delay, with all patrol areas."""
    planner = _Planner(scenario.grid.ensemble)
    reach = ReachPlanner(planner, scenario, full=full)
    for variant, reading in _cases(scenario, chosen):
        reach.add(variant, reading)
    return planner.plan(((),), reach)


def _cases(
    scenario: Scenario, chosen: tuple[Assumptions, ...]
) -> Iterator[tuple[Variant, Assumptions]]:
    """Yield every variant under every reading of the numbers that concerns it."""
    for reading in chosen:
        for variant in scenario.variants:
            if reading.held is None or any(s is reading.held for s in variant.assumptions):
                yield variant, reading
