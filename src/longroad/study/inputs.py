"""What an outcome read: every number and position, with its rivals, and the sources named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType

from longroad.base.quantity import Disputed, Quantity, Status
from longroad.base.units import to_unit
from longroad.catalog.cite import reference
from longroad.catalog.shares import Shares
from longroad.scenario import Position, Variant
from longroad.study.columns import Array
from longroad.study.plan import CoverageJob, Plan
from longroad.study.readings import Assumptions
from longroad.study.rivals import Rival, rivals_of, shown

# Stages of the chain, in the order of data flow; each has an equation in the message table.
STAGES = ("arcs", "radar", "track", "flyout", "window", "coverage")


@dataclass(frozen=True)
class TracedInput:
    """A number an outcome read: its value in the draw, in the unit its author wrote.

    ``rivals`` are the other values on record. Positions are never drawn: their value is the best.
    """

    stage: str
    id: str
    value: float
    best: float
    low: float
    high: float
    unit: str
    status: str
    sources: tuple[str, ...]
    author: str | None
    reason: str | None
    note: str | None
    claim: str | None
    claimant: str | None
    rivals: tuple[Rival, ...]


@dataclass(frozen=True)
class TracedSource:
    """A source that a number or a rival names, as a line of a bibliography."""

    id: str
    reference: str
    url: str | None


def inputs_read(
    plan: Plan, job: CoverageJob, variant: Variant, way: Assumptions, row: Array
) -> tuple[TracedInput, ...]:
    """Return everything that a coverage job read, stage by stage: columns, then positions."""
    columns, positions = columns_read(plan, job), positions_read(plan, job, variant, way)
    return traced(plan, variant, way, row, columns, positions, STAGES)


def traced(
    plan: Plan,
    variant: Variant,
    way: Assumptions,
    row: Array,
    columns: Iterable[tuple[str, int]],
    positions: Iterable[tuple[str, Position]],
    stages: Sequence[str],
    records: Mapping[int, Quantity | Disputed] = MappingProxyType({}),
) -> tuple[TracedInput, ...]:
    """Return columns and positions, each with its stage, as inputs in the order of the stages.

    ``records`` are what is on record for columns that no id of the catalogue or scenario names.
    """
    found = [
        _input(
            stage,
            plan.quantities[c],
            float(row[c]),
            rivals_of(variant, plan.quantities[c], records.get(c)),
        )
        for stage, c in columns
    ]
    for stage, position in positions:
        for record in (position.latitude, position.longitude):
            read = way.pick(record)
            found.append(_input(stage, read, read.best, rivals_of(variant, read, record)))
    once = {(number.id, number.stage): number for number in found}
    return tuple(sorted(once.values(), key=lambda number: stages.index(number.stage)))


def columns_read(plan: Plan, job: CoverageJob) -> tuple[tuple[str, int], ...]:
    """Return (stage, column) of every number a coverage job reads, each once."""
    found: dict[int, str] = {}

    def note(stage: str, columns: Iterable[int]) -> None:
        for column in columns:
            found.setdefault(column, stage)

    arcs = plan.arcs[job.arcs]
    note("arcs", job_columns(arcs, "launch", "territory"))
    for _, index in job.batteries:
        battery = plan.batteries[index]
        radars = set(battery.support)
        for track_index, latency, link in battery.tracks:
            track_job = plan.tracks[track_index]
            radars.add(track_job.radar)
            note("track", [track_job.track_time, *(c for cue in track_job.cues for c in cue)])
            note("track", [latency, link])
        for radar in sorted(radars):
            note("radar", radar_columns(plan, radar))
        note("flyout", job_columns(plan.flyouts[battery.flyout]))
        note("window", [battery.decision_time])
    return tuple(sorted(((s, c) for c, s in found.items()), key=lambda p: STAGES.index(p[0])))


def radar_columns(plan: Plan, radar: int) -> list[int]:
    """Return the columns that a radar job reads."""
    return job_columns(plan.radars[radar], "arcs", "latitude_rad", "longitude_rad")


def job_columns(job: object, *other: str) -> list[int]:
    """Return the fields of a job that are columns: its whole numbers but for the named ones."""
    values = ((f.name, getattr(job, f.name)) for f in fields(job))  # type: ignore[arg-type]
    return [value for name, value in values if name not in other and type(value) is int]


def positions_read(
    plan: Plan, job: CoverageJob, variant: Variant, way: Assumptions
) -> tuple[tuple[str, Position], ...]:
    """Return (stage, position) of the launch areas, radars and batteries of a coverage job."""
    batteries = {id: plan.batteries[index] for id, index in job.batteries}
    radars = {plan.tracks[track[0]].radar for b in batteries.values() for track in b.tracks}
    radars |= {radar for battery in batteries.values() for radar in battery.support}
    spots = {(plan.radars[r].latitude_rad, plan.radars[r].longitude_rad) for r in radars}
    threat = next(threat for threat in variant.threats if threat.id == job.threat)
    found = [("arcs", area.position) for area in threat.launch_areas]
    for site in variant.sensors:
        if site.is_radar and site.position is not None and site.owner.id == job.party:
            found += [("radar", site.position)] if way.place(site.position) in spots else []
    found += [("window", b.position) for b in variant.batteries if b.id in batteries]
    return tuple(found)


def shares_read(inputs: tuple[TracedInput, ...]) -> Shares:
    """Count each number once, also one that two stages read."""
    once = {number.id: number for number in inputs}.values()
    counts = Counter(number.status for number in once)
    disputed = sum(bool(number.rivals) for number in once)
    return Shares(**{status.value: counts[status.value] for status in Status}, disputed=disputed)


def sources_read(
    variant: Variant, inputs: tuple[TracedInput, ...], others: Iterable[str] = ()
) -> tuple[TracedSource, ...]:
    """Return the sources that the inputs, their rivals and ``others`` name, sorted by id."""
    named = set(others)
    named |= {id for number in inputs for id in number.sources}
    named |= {id for number in inputs for rival in number.rivals for id in rival.sources}
    found = (variant.catalog.source(id) for id in sorted(named))
    return tuple(TracedSource(source.id, reference(source), source.url) for source in found)


def traced_number(stage: str, variant: Variant, quantity: Quantity) -> TracedInput:
    """Return a number that is no column of a plan, by its best estimate."""
    return _input(stage, quantity, quantity.best, rivals_of(variant, quantity))


def _input(stage: str, quantity: Quantity, value: float, rivals: tuple[Rival, ...]) -> TracedInput:
    best, low, high = shown(quantity)
    return TracedInput(
        stage=stage,
        id=quantity.id,
        value=float(f"{to_unit(value, quantity.unit):.12g}"),
        best=best,
        low=low,
        high=high,
        unit=quantity.unit,
        status=quantity.status.value,
        sources=quantity.sources,
        author=quantity.author,
        reason=quantity.reason,
        note=quantity.note,
        claim=quantity.claim,
        claimant=quantity.claimant,
        rivals=rivals,
    )
