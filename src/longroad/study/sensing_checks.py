"""Checks of sensing before a run: whether anybody could ever see what is to be met."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Literal

import numpy as np

from longroad.earth.wgs84 import geodetic_to_ecef
from longroad.scenario import SensorSite, Severity, Variant
from longroad.scenario.finding import Remark, named, said
from longroad.scenario.use_checks import together
from longroad.sensing.radar import radar_range, radar_row, see
from longroad.study.columns import adopted
from longroad.study.rehearsal import Rehearsal

# Farther than any arc is from anywhere: the sector and the horizon alone decide.
WITHOUT_LIMIT_M = 1e9
Kind = Literal["arcs", "flights"]


def blind_battery(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A battery for which no sensor of its owner ever has a track of any threat.

    Partners' sensors are left to the run; where there are partners it is a note.
    """
    for battery in variant.batteries:
        jobs = [
            rehearsal.best.plan.batteries[job]
            for coverage in rehearsal.coverage(variant)
            for id, job in coverage.batteries
            if id == battery.id and len(rehearsal.best.arcs(coverage.arcs).kept)
        ]
        if not jobs or any(rehearsal.tracked(job.tracks) for job in jobs):
            continue
        about = {"battery": battery.id, "owner": battery.owner.id}
        if any(rehearsal.tracked(job.tracks, generous=True) for job in jobs):
            yield Remark("note", said("battery_blind_on_best", **about), battery.origin)
        elif len(together(variant, battery.owner.id)) > 1:
            yield Remark("note", said("battery_blind_alone", **about), battery.origin)
        else:
            yield Remark("warning", said("blind_battery", **about), battery.origin)


def unwatched_trajectories(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A party with batteries whose sensors never have a track of another's strategic missiles."""
    plan = rehearsal.best.plan
    for party in variant.parties:
        ready = {
            plan.meetings[job.supported].ready
            for job in plan.reach
            if job.variant == variant.id and job.party == party.id and job.supported is not None
        }
        jobs = [plan.ready[index] for index in ready if index is not None]
        jobs = [job for job in jobs if len(rehearsal.best.flights(job.flights).kept)]
        if jobs and not any(rehearsal.tracked(job.tracks) for job in jobs):
            yield Remark("note", said("unwatched_trajectories", party=party.id), party.origin)


def blind_radar(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A radar whose sector never holds any arc of a threat or of another party's missiles."""
    for sensor in variant.sensors:
        if not sensor.is_radar or sensor.position is None:
            continue
        inside = near = False
        for kind, index, cross_section in _skies(rehearsal, variant, sensor):
            sector, reached = _sees(rehearsal, variant, sensor, kind, index, cross_section)
            inside, near = inside or sector, near or reached
            if near:
                break
        else:
            name = "radar_too_weak" if inside else "blind_radar"
            severity: Severity = "note" if inside else "warning"
            if any(_skies(rehearsal, variant, sensor)):
                yield Remark(severity, said(name, sensor=sensor.id), sensor.origin)


def _skies(
    rehearsal: Rehearsal, variant: Variant, sensor: SensorSite
) -> Iterator[tuple[Kind, int, float]]:
    """Yield all that could come into a sensor's view: arcs or flights, job and cross section.

    Threats to the sensor's owner come first, since one that is seen ends the search.
    """
    best = rehearsal.best
    for job in sorted(rehearsal.coverage(variant), key=lambda job: job.party != sensor.owner.id):
        if len(best.arcs(job.arcs).kept):
            yield "arcs", job.arcs, best.row[best.plan.arcs[job.arcs].radar_cross_section]
    for group in rehearsal.groups(variant):
        if group.written.owner.id != sensor.owner.id and len(group.found.kept):
            yield "flights", group.index, best.row[group.job.radar_cross_section]


def _sees(
    rehearsal: Rehearsal,
    variant: Variant,
    sensor: SensorSite,
    kind: Kind,
    index: int,
    cross_section_m2: float,
) -> tuple[bool, bool]:
    """Return whether a radar's sector ever holds an arc, and whether its range does too."""

    def take(name: str) -> float:
        return adopted(variant.of(sensor.sensor, name)).best

    assert sensor.position is not None
    latitude, longitude = sensor.position.latitude_rad, sensor.position.longitude_rad
    reach = radar_range(
        np.array(take("reference_range")),
        np.array(cross_section_m2),
        np.array(take("reference_cross_section")),
    )
    around = sensor.facing_rad is None
    row = radar_row(
        latitude,
        longitude,
        geodetic_to_ecef(latitude, longitude, 0.0),
        0.0 if sensor.facing_rad is None else sensor.facing_rad,
        2.0 * math.pi if around else take("azimuth_width"),
        take("least_elevation"),
        take("greatest_elevation"),
    )
    cued = min(float(reach), take("instrumented_range"))
    # Variants share most of their radars and arcs.
    key = (kind, index, row.tobytes(), cued)
    if key not in rehearsal.sights:
        result = rehearsal.best.arcs(index) if kind == "arcs" else rehearsal.best.flights(index)
        nodes = result.nodes
        ranges = np.array([WITHOUT_LIMIT_M, cued])
        count = see(nodes.state, nodes.start_s, nodes.dt_s, row, ranges).count
        rehearsal.sights[key] = (bool(count[0].any()), bool(count[1].any()))
    return rehearsal.sights[key]


VARIANT_CHECKS = named(
    (blind_battery, ("warning", "note")),
    (blind_radar, ("warning", "note")),
    (unwatched_trajectories, ("note",)),
)
