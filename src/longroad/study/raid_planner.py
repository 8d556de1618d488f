"""Makes the plan of raids: their arcs, everybody's job against them, agreements and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from longroad.agreement import Arrangement, Circumstances, derive
from longroad.earth.territories import Cells, territory_cells
from longroad.scenario import Battery, Party, Scenario, Variant
from longroad.scenario.agreement import Agreement
from longroad.scenario.origin import Origin
from longroad.scenario.raid import Aim, Raid, RaidGroup
from longroad.scenario.territory import country_of
from longroad.study.agreement_plan import AS_AGREED, WITHDRAWN, Case
from longroad.study.agreement_planner import USUAL, job_of
from longroad.study.collect import Collector
from longroad.study.plan import AGREEMENT_NONE, CoverageJob
from longroad.study.raid_plan import (
    ELSEWHERE,
    NUMBERS,
    BatteryTerms,
    GroupUse,
    RaidJob,
    Situation,
)
from longroad.study.raid_states import joint_states
from longroad.study.readings import ADOPTED, Assumptions

# The rows of land of each aim of a group.
Rows = tuple[tuple[int, ...], ...]
KILL = "single_shot_kill"
NO_CELL = 0


def raid_jobs(
    collector: Collector, scenario: Scenario, resolution: int, chosen: Sequence[Assumptions]
) -> tuple[RaidJob, ...]:
    """Return the jobs of each raid of every variant in which somebody has batteries.

    The first of ``chosen`` is the adopted reading; another gets a job of its own where it changes
    a kill probability or a number of raids. Who knows what when is as adopted in all.
    """
    found = []
    for variant in scenario.variants:
        for raid in variant.raids if variant.batteries else ():
            usual = _job(collector, variant, raid, resolution)
            if not usual.batteries:
                continue  # nobody's business; a check says so
            found.append(usual)
            for reading in chosen[1:]:
                if reading.held is None or any(s is reading.held for s in variant.assumptions):
                    other = _read(collector, variant, usual, reading)
                    if (other.batteries, other.columns) != (usual.batteries, usual.columns):
                        found.append(other)
    return tuple(found)


def _read(collector: Collector, variant: Variant, job: RaidJob, reading: Assumptions) -> RaidJob:
    """Return a job with the kill probabilities and numbers of another reading."""
    own = {battery.id: battery for battery in variant.batteries}
    batteries = tuple(
        replace(terms, kill=_kill(collector, variant, own[terms.id], reading))
        for terms in job.batteries
    )
    columns = {name: collector.default(variant, reading, f"raid.{name}") for name in NUMBERS}
    return replace(job, assumptions=reading.id, batteries=batteries, columns=columns)


def situations(variant: Variant, agreement: Agreement) -> Iterator[Situation]:
    """Yield an agreement as agreed, and on the day on which each member has left."""
    yield situation(variant, agreement, AS_AGREED, Circumstances())
    for member in agreement.members:
        gone = Circumstances(withdrawn=(member.id,))
        yield situation(variant, agreement, f"{WITHDRAWN}/{member.id}", gone)


def situation(
    variant: Variant, agreement: Agreement, circumstance: str, day: Circumstances
) -> Situation:
    """Return an agreement on a day, with the states of its links."""
    arranged = derive(variant, agreement, day)
    case = Case(agreement.id, circumstance, arranged)
    return Situation(agreement.id, circumstance, case, joint_states(arranged))


def _job(collector: Collector, variant: Variant, raid: Raid, resolution: int) -> RaidJob:
    defenders = tuple(party for party in variant.parties if party.defends)
    cases = tuple(s for one in variant.agreements for s in situations(variant, one))
    owners = {battery.owner.id for battery in variant.batteries}
    arranged = [one.case.arrangement for one in cases]
    parties = tuple(
        party
        for party in variant.parties
        if party.id in owners and concerned(party, variant, arranged)
    )
    ids = tuple(party.id for party in parties)
    kinds = tuple(dict.fromkeys(b.interceptor.id for b in _ordered(variant, parties)))
    return RaidJob(
        variant.id,
        raid,
        ids,
        (*(party.id for party in defenders), ELSEWHERE),
        kinds,
        tuple(
            BatteryTerms(
                battery.id,
                ids.index(battery.owner.id),
                kinds.index(battery.interceptor.id),
                battery.number,
                _kill(collector, variant, battery, USUAL),
                variant.doctrine(battery),
                tuple(wave.resupply.get(battery.id, 0) for wave in raid.waves),
            )
            for battery in _ordered(variant, parties)
        ),
        tuple(
            _group(collector, variant, w, group, parties, defenders, cases, resolution)
            for w, wave in enumerate(raid.waves)
            for group in wave.groups
        ),
        cases,
        {name: collector.default(variant, USUAL, f"raid.{name}") for name in NUMBERS},
    )


def concerned(party: Party, variant: Variant, arranged: Sequence[Arrangement]) -> bool:
    """Return whether a raid is ever a party's business: to its land, or to whom it defends too."""
    others = [other for other in variant.parties if other.defends and other.id != party.id]
    return bool(party.defends) or any(
        bool(one.authority[party.id].duties)
        or any(one.allocation(party.id, other.id) == "joint" for other in others)
        for one in arranged
    )


def _ordered(variant: Variant, parties: tuple[Party, ...]) -> Iterator[Battery]:
    """Yield all batteries, party by party: the order of a raid's arrays."""
    for party in parties:
        yield from (b for b in variant.batteries if b.owner.id == party.id)


def _kill(collector: Collector, variant: Variant, battery: Battery, reading: Assumptions) -> int:
    """Return the column of a single-shot kill probability: the interceptor's, else the default."""
    if KILL in battery.interceptor.quantities:
        return collector.columns(variant, reading, battery.interceptor, KILL)[0]
    return collector.default(variant, reading, f"raid.{KILL}")


def _group(
    collector: Collector, variant: Variant, wave: int, group: RaidGroup,
    parties: tuple[Party, ...], defenders: tuple[Party, ...], cases: tuple[Situation, ...],
    resolution: int,
) -> GroupUse:  # fmt: skip
    arcs, cells, aims = _arcs(collector, variant, group, defenders, resolution)
    jobs = []
    for party in parties:
        batteries = tuple(
            (battery.id, collector.battery_job(variant, USUAL, battery, arcs))
            for battery in variant.batteries
            if battery.owner.id == party.id
        )
        coverage = CoverageJob(
            variant.id, AGREEMENT_NONE, party.id, group.threat.id, ADOPTED, arcs, batteries
        )
        told = tuple(one.case for one in cases)
        job = job_of(collector, variant, group.threat, party, coverage, told)
        jobs.append(replace(job, launch_areas=group.launch_areas))
    return GroupUse(
        wave,
        group,
        arcs,
        tuple(jobs),
        aims,
        tuple(_territory(str(country), defenders) for country in cells.country),
    )


def group_arcs(
    collector: Collector, scenario: Scenario, resolution: int
) -> dict[tuple[str, Origin], tuple[int, Rows]]:
    """Return the arcs of every group of missiles, and the rows of each aim, by variant and place.

    It is the part of the plan of raids that says what can come at all.
    """
    found = {}
    for variant in scenario.variants:
        defenders = tuple(party for party in variant.parties if party.defends)
        for raid in variant.raids:
            for group in (group for wave in raid.waves for group in wave.groups):
                arcs, _, aims = _arcs(collector, variant, group, defenders, resolution)
                found[variant.id, group.origin] = (arcs, aims)
    return found


def _arcs(
    collector: Collector, variant: Variant, group: RaidGroup, defenders: tuple[Party, ...],
    resolution: int,
) -> tuple[int, Cells, Rows]:  # fmt: skip
    """Return the job of a group's arcs, the rows of land that they go to, and those of each aim."""
    parts = [_cells(aim, defenders, resolution) for aim in group.aims]
    cells = _joined(parts, resolution)
    arcs = collector.arc_job(
        variant, USUAL, group.threat, group.launch_areas, (group.shape,),
        collector.add_cells(cells),
    )  # fmt: skip
    ends = np.cumsum([len(part) for part in parts]).tolist()
    rows = tuple(tuple(range(end - len(p), end)) for p, end in zip(parts, ends, strict=True))
    return arcs, cells, rows


def _territory(country: str, defenders: tuple[Party, ...]) -> int:
    """Return whose land a country is: the first party that defends it, else nobody's."""
    for k, party in enumerate(defenders):
        if country in party.defends:
            return k
    return len(defenders)


def _cells(aim: Aim, defenders: tuple[Party, ...], resolution: int) -> Cells:
    """Return the rows of land that an aim stands for; one without land for a point."""
    if aim.position is not None:
        return Cells(
            resolution,
            np.array([NO_CELL], dtype=np.uint64),
            np.array([aim.position.latitude_rad]),
            np.array([aim.position.longitude_rad]),
            np.array([country_of(aim.position) or ""], dtype=object),
            np.zeros(1),
            np.zeros(1),
        )
    country = str(aim.country)
    within = next((party.within for party in defenders if country in party.defends), None)
    return territory_cells((country,), resolution, within)


def _joined(parts: list[Cells], resolution: int) -> Cells:
    names = ("cell", "latitude_rad", "longitude_rad", "country", "area_m2", "population")
    columns = [np.concatenate([getattr(part, name) for part in parts]) for name in names]
    return Cells(resolution, *columns)
