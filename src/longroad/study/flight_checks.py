"""Checks of flight before a run: whether what is written can fly, and can be met at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from longroad.base.errors import ScenarioError
from longroad.base.messages import text
from longroad.base.quantity import Disputed
from longroad.earth.wgs84 import MEAN_RADIUS_M, MU_M3_S2
from longroad.flight.arcs import ArcStatus
from longroad.flight.flyout import STEP_S
from longroad.flight.flyout_kernel import ascend
from longroad.scenario import Battery, Shape, Variant
from longroad.scenario.finding import Remark, Severity, named, said
from longroad.scenario.origin import Origin
from longroad.study.columns import adopted
from longroad.study.reach_settings import reach_settings
from longroad.study.rehearsal import Group, Rehearsal, great_circle
from longroad.study.solve import ArcResult

Mask = NDArray[np.bool_]
# Nearer than this (rad, about a kilometre) two places are one.
SAME_PLACE_RAD = 1.6e-4
# How many trajectories a sentence names.
MOST_NAMED = 3


def end_too_near(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A trajectory that ends where it begins, or nearer than its missile is at burnout."""
    for group in rehearsal.groups(variant):
        near = group.found.solved.status == ArcStatus.INSIDE_BOOST
        places = dict(zip(group.job.base_ids, group.job.bases, strict=True))
        aims = dict(zip(group.job.end_ids, group.job.ends, strict=True))
        for base, end in _pairs(group, near):
            apart = great_circle(places[base], aims[end])
            named_here = {"group": group.written.id, "base": base, "end": end}
            if apart < SAME_PLACE_RAD:
                words = said("end_is_base", **named_here)
                yield Remark("error", words, _end_origin(group, end))
            else:
                words = said("end_too_near", **named_here, range=_km(apart * MEAN_RADIUS_M))
                yield Remark("warning", words, _end_origin(group, end))


def end_at_antipode(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """An end point so nearly opposite its base that no direction leads there."""
    for group in rehearsal.groups(variant):
        solved = group.found.solved
        lost = (solved.status == ArcStatus.NO_FLIGHT) & np.isnan(solved.ground_range_m)
        for base, end in _pairs(group, lost):
            words = said("end_at_antipode", group=group.written.id, base=base, end=end)
            yield Remark("error", words, _end_origin(group, end))


def empty_threat(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A threat to a party no part of whose territory is within its range."""
    threats = {threat.id: threat for threat in variant.threats}
    for job in rehearsal.coverage(variant):
        arcs, threat = rehearsal.best.arcs(job.arcs), threats[job.threat]
        if len(arcs.kept) or not len(arcs.solved):
            continue
        about = {"threat": threat.id, "party": job.party, "missile": threat.missile.reference}
        if arcs.solved.ok.any():
            reach = adopted(variant.of(threat.missile, "maximum_range")).best
            nearest = float(np.nanmin(arcs.solved.ground_range_m[arcs.solved.ok]))
            words = said("empty_threat", **about, range=_km(reach), nearest=_km(nearest))
        else:
            words = said("threat_without_arcs", **about)
        yield Remark("warning", words, threat.origin)


def empty_trajectories(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """Strategic trajectories none of which the missile can fly, all end points being too far."""
    for group in rehearsal.groups(variant):
        solved = group.found.solved
        if not len(group.found.kept) and solved.ok.any():
            words = said(
                "empty_trajectories",
                group=group.written.id,
                missile=group.written.missile.reference,
                range=_km(adopted(variant.of(group.written.missile, "maximum_range")).best),
                nearest=_km(float(np.nanmin(solved.ground_range_m[solved.ok]))),
            )
            yield Remark("warning", words, group.written.origin)


def out_of_range(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """Some of a group's trajectories, or all arcs from one launch area, beyond the range."""
    threats = {threat.id: threat for threat in variant.threats}
    for job in rehearsal.coverage(variant):
        arcs, threat = rehearsal.best.arcs(job.arcs), threats[job.threat]
        areas, shapes = len(threat.launch_areas), len(threat.shapes)
        flown: list[bool] = np.any(arcs.within.reshape(shapes, areas, -1), axis=(0, 2)).tolist()
        idle = [a.id for a, some in zip(threat.launch_areas, flown, strict=True) if not some]
        if idle and len(idle) < areas:
            words = said(
                "out_of_range_area",
                threat=threat.id,
                party=job.party,
                areas=", ".join(idle),
                count=len(idle),
            )
            yield Remark("note", words, threat.origin)
    for group in rehearsal.groups(variant):
        far = group.found.solved.ok & ~group.found.within
        if far.any() and len(group.found.kept):
            words = said(
                "out_of_range",
                group=group.written.id,
                count=int(far.sum()),
                all=far.size,
                missile=group.written.missile.reference,
                range=_km(adopted(variant.of(group.written.missile, "maximum_range")).best),
                which=_named(group, far),
            )
            yield Remark("note", words, group.written.origin)


def shape_without_flight(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A shape in which nothing flies, though the places allow another flight."""
    for noun, id, shapes, found, origin in _shaped(rehearsal, variant):
        solved = found.solved
        count = len(solved) // len(shapes)
        status = solved.status.reshape(len(shapes), count)
        # What is too near for the boost, or opposite, has no flight of any shape.
        hopeless = (status == ArcStatus.INSIDE_BOOST) | np.isnan(
            solved.ground_range_m.reshape(len(shapes), count)
        )
        beyond = solved.ok.reshape(len(shapes), count) & ~found.within.reshape(len(shapes), count)
        for k, shape in enumerate(shapes):
            if noun == "threat" and len(found.kept) and beyond[k].any():
                if not found.within.reshape(len(shapes), count)[k].any():
                    words = said("shape_beyond_missile", id=id, shape=shape.id)
                    yield Remark("warning", words, shape.origin or origin)
                continue
            absent = (status[k] != ArcStatus.OK) & ~hopeless[k]
            if not absent.any() or (noun == "threat" and not absent[~hopeless[k]].all()):
                continue
            all_of_it = bool(absent[~hopeless[k]].all())
            common = Counter(status[k][absent].tolist()).most_common(1)[0][0]
            words = said(
                "shape_without_flight" if all_of_it else "shape_partly_without_flight",
                noun=noun,
                id=id,
                shape=shape.id,
                count=int(absent.sum()),
                all=count,
                why=text(f"scenario.no_flight_{ArcStatus(common).name.lower()}"),
            )
            yield Remark("warning" if all_of_it else "note", words, shape.origin or origin)


def stays_in_atmosphere(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """Flights whose apogee is not above the edge of the atmosphere, where drag is left out."""
    floor = adopted(variant.quantity("default.reach.floor")).best
    for noun, id, shapes, found, origin in _shaped(rehearsal, variant):
        low = found.within & _below(found.solved.apogee_altitude_m, floor)
        if not low.any():
            continue
        if noun == "trajectories" and low.sum() == found.within.sum():
            words = said("stays_in_atmosphere_all", id=id, floor=_km(floor))
            yield Remark("error", words, origin)
            continue
        for k, shape in enumerate(shapes):
            flown = found.within.reshape(len(shapes), -1)[k]
            here = int(low.reshape(len(shapes), -1)[k].sum())
            if here:
                whole = here == int(flown.sum())
                words = said(
                    "stays_in_atmosphere",
                    noun=noun,
                    id=id,
                    shape=shape.id,
                    count=here,
                    all=int(flown.sum()),
                    floor=_km(floor),
                )
                severity: Severity = "warning" if whole or noun == "trajectories" else "note"
                yield Remark(severity, words, shape.origin or origin)


def interceptor_without_reach(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """An interceptor that cannot climb to its own least intercept altitude, or has none."""
    for battery in variant.batteries:
        climb = _Climb(variant, battery, favour=False)
        about = {"battery": battery.id, "interceptor": battery.interceptor.reference}
        if not climb.life_s > climb.burn_s:
            life, burn = f"{climb.life_s:,.0f} s", f"{climb.burn_s:,.0f} s"
            words = said("interceptor_too_brief", **about, life=life, burn=burn)
            yield Remark("error", words, battery.origin)
        elif not climb.most_m > climb.least_m:
            least, most = _km(climb.least_m), _km(climb.most_m)
            words = said("interceptor_without_heights", **about, least=least, most=most)
            yield Remark("error", words, battery.origin)
        elif not climb.arrives:
            hopeless = not _Climb(variant, battery, favour=True).arrives
            words = said(
                "interceptor_too_slow" if hopeless else "interceptor_perhaps_too_slow",
                **about,
                speed=f"{climb.speed_m_s / 1e3:.2f}",
                top=_km(climb.top_m),
                least=_km(climb.least_m),
            )
            yield Remark("error" if hopeless else "warning", words, battery.origin)


def patrol_area_without_sea(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A patrol area that holds no sea."""
    step = reach_settings(variant).patrol_step_rad
    for area in variant.patrol_areas:
        try:
            rehearsal.sea(area, step)
        except ScenarioError as fault:
            if fault.field != area.origin.path:
                raise
            yield Remark("error", said("patrol_area_without_sea", area=area.id), area.origin)


class _Climb:
    """A vertical shot of a battery's interceptor: as adopted, or with everything in its favour."""

    def __init__(self, variant: Variant, battery: Battery, *, favour: bool) -> None:
        def take(name: str, way: int) -> float:
            quantity = variant.of(battery.interceptor, name)
            if not favour:
                return adopted(quantity).best
            every = quantity.alternatives if isinstance(quantity, Disputed) else (quantity,)
            return max(q.high for q in every) if way > 0 else min(q.low for q in every)

        self.speed_m_s = take("burnout_speed", 1)
        self.burn_s = take("burn_time", 1)
        self.life_s = take("flight_life", 1)
        self.least_m = take("minimum_intercept_altitude", -1)
        self.most_m = take("maximum_intercept_altitude", 1)
        self.fraction = take("boost_path_fraction", 1)

    @property
    def top_m(self) -> float:
        """Return the height it reaches within its flight life, up to the least wanted."""
        return float(
            ascend(
                MU_M3_S2, MEAN_RADIUS_M, self.speed_m_s, self.burn_s, self.fraction, self.life_s,
                self.least_m, STEP_S,
            )
        )  # fmt: skip

    @property
    def arrives(self) -> bool:
        """Return whether it climbs to its least intercept altitude."""
        return self.top_m >= self.least_m


def _end_origin(group: Group, end: str) -> Origin:
    written = {one.id: one.origin for one in group.written.ends}
    return written[end] or group.written.origin


Shaped = tuple[str, str, tuple[Shape, ...], ArcResult, Origin]


def _shaped(rehearsal: Rehearsal, variant: Variant) -> Iterator[Shaped]:
    """Yield threats and trajectories with their shapes and arcs (shape first)."""
    threats = {threat.id: threat for threat in variant.threats}
    for job in rehearsal.coverage(variant):
        threat, arcs = threats[job.threat], rehearsal.best.arcs(job.arcs)
        if len(arcs.solved):
            yield "threat", threat.id, threat.shapes, arcs, threat.origin
    for group in rehearsal.groups(variant):
        yield (
            "trajectories",
            group.written.id,
            group.written.shapes,
            group.found,
            group.written.origin,
        )


def _below(apogee_m: NDArray[np.float64], floor_m: float) -> Mask:
    with np.errstate(invalid="ignore"):
        return np.asarray(apogee_m <= floor_m)


def _pairs(group: Group, chosen: Mask) -> list[tuple[str, str]]:
    """Return (base, end) of the chosen flights, each pair once."""
    pairs = group.job.pairs
    return list(dict.fromkeys(pairs[k][:2] for k in np.flatnonzero(chosen)))


def _named(group: Group, chosen: Mask) -> str:
    """Return the longest of the chosen flights in words: ``kozelsk to end-paris (2,500 km)``."""
    ranges = group.found.solved.ground_range_m
    order = sorted(np.flatnonzero(chosen), key=lambda k: (-ranges[k], k))
    pairs = group.job.pairs
    shown = [
        text("scenario.pair", base=pairs[k][0], end=pairs[k][1], range=_km(ranges[k]))
        for k in order[:MOST_NAMED]
    ]
    return ", ".join(shown)


def _km(metres: float) -> str:
    return f"{metres / 1e3:,.0f} km"


VARIANT_CHECKS = named(
    (end_too_near, ("error", "warning")),
    (end_at_antipode, ("error",)),
    (empty_threat, ("warning",)),
    (empty_trajectories, ("warning",)),
    (out_of_range, ("note",)),
    (shape_without_flight, ("warning", "note")),
    (stays_in_atmosphere, ("error", "warning", "note")),
    (interceptor_without_reach, ("error", "warning")),
    (patrol_area_without_sea, ("error",)),
)
