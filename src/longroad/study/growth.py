"""Grown deployments: what a party's defence would be if more were built, in mechanical steps.

    present    as the scenario has it
    more       every battery with more interceptors (default.growth.number_factor)
    anywhere   a further ship in every sea of the scenario, at its best place
    faster     every slower interceptor as fast as default.growth.burnout_speed
    all        faster, then ships anywhere, then more of everything

The same steps for every party. The ships of `anywhere` carry what the party has at sea, as many as
its fullest ship, and rely on its sensors; a party without ships gets none. Each ship stands where
it reaches most of one deterrent's flights, of equal places where the least speed is needed.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from longroad.agreement.deployment import basing
from longroad.base.errors import UsageError, nearest
from longroad.base.quantity import Disputed, Quantity
from longroad.engagement.reach import Interceptor, surface
from longroad.engagement.trajectory import Trajectory
from longroad.scenario import Battery, PatrolArea, Position, Scenario, Variant
from longroad.study.columns import BEST_ROW, adopted, draw_values
from longroad.study.evaluate import Evaluation
from longroad.study.planner import plan_whole
from longroad.study.reach_settings import ReachSettings, reach_settings
from longroad.study.readings import ADOPTED, Assumptions
from longroad.study.sea import sea_places
from longroad.study.surfaces import trajectory_of

Array = NDArray[np.float64]
PRESENT, MORE, ANYWHERE, FASTER, ALL = "present", "more", "anywhere", "faster", "all"
STEPS = (PRESENT, MORE, ANYWHERE, FASTER, ALL)


def grown(scenario: Scenario, variant: Variant, party: str, owner: str, step: str) -> Variant:
    """Return a variant in which a party's defence has grown, with an eye on an owner's flights.

    Raises :class:`UsageError` for a step that is none.
    """
    if step not in STEPS:
        raise UsageError(
            f"'{step}' is no step of growth", field="grown", expected=", ".join(STEPS),
            nearest=nearest(step, STEPS),
        )  # fmt: skip
    return Growth(scenario, variant, party, owner).step(step)


class Growth:
    """The steps of one party's growth, with an eye on an owner's flights."""

    def __init__(self, scenario: Scenario, variant: Variant, party: str, owner: str) -> None:
        self.scenario, self.variant, self.party, self.owner = scenario, variant, party, owner
        # By interceptor and sea: more and faster ones are no reason to compute them again.
        self._flights: dict[str, tuple[Trajectory, ...]] = {}
        self._speeds: dict[tuple[str, str], Array] = {}

    def step(self, step: str) -> Variant:
        """Return the variant after one of :data:`STEPS`."""
        found = self.variant
        if step in (FASTER, ALL):
            found = _faster(found, self.party)
        if step in (ANYWHERE, ALL):
            found = self._anywhere(found)
        if step in (MORE, ALL):
            found = _more(found, self.party)
        return found

    def _anywhere(self, variant: Variant) -> Variant:
        own = [one for one in variant.batteries if one.owner.id == self.party]
        ships = [one for one in own if basing(one) == "sea"]
        ships.sort(key=lambda one: -_of(variant, one, "burnout_speed"))
        if not ships or not variant.patrol_areas:
            return variant
        like = replace(ships[0], number=max(one.number for one in ships), own_radar=None)
        like = replace(like, mode="engage-on-remote")
        added = tuple(
            replace(
                like,
                id=f"ship-anywhere-{area.id}",
                name=area.name,
                position=self._best_place(variant, like, area),
            )
            for area in variant.patrol_areas
        )
        return replace(variant, batteries=(*variant.batteries, *added))

    def _best_place(self, variant: Variant, ship: Battery, area: PatrolArea) -> Position:
        """Return the place in a sea from which a ship reaches most of the flights."""
        key = (ship.interceptor.id, area.id)
        if key not in self._speeds:
            self._speeds[key] = self._least_speeds(variant, ship, area)
        speeds, cap = self._speeds[key], self._settings.greatest_speed_m_s
        reached = (speeds <= _of(variant, ship, "burnout_speed")).sum(axis=0)
        needed = np.minimum(speeds, cap).sum(axis=0)
        best = int(np.lexsort((needed, -reached))[0])
        places = _sea(area, self._settings.patrol_step_rad)
        latitude, longitude = (float(angle) for angle in places[best])
        at = ship.position
        return Position(
            latitude, longitude, _exactly(at.latitude, latitude), _exactly(at.longitude, longitude),
            None,
        )  # fmt: skip

    @cached_property
    def _settings(self) -> ReachSettings:
        return reach_settings(self.variant)

    def _least_speeds(self, variant: Variant, ship: Battery, area: PatrolArea) -> Array:
        """Return by flight and place of a sea the least speed that meets it, infinite if none."""
        name = ship.interceptor.id
        if name not in self._flights:
            self._flights[name] = _flights(self.scenario, variant, self.owner, ship)
        flights = self._flights[name]
        places = np.array(_sea(area, self._settings.patrol_step_rad))
        shot = Interceptor(
            _of(variant, ship, "burn_time"),
            _of(variant, ship, "boost_path_fraction"),
            _of(variant, ship, "flight_life"),
        )
        delay, cap = self._settings.late_delay_s, self._settings.greatest_speed_m_s
        speeds = np.full((len(flights), len(places)), np.inf)
        for k, flight in enumerate(flights):
            found = surface([flight], places[:, 0], places[:, 1], [delay], shot, cap)[:, 0]
            speeds[k] = np.nan_to_num(np.fmin(found[:, 0], found[:, 1]), nan=np.inf)
        return speeds


def _more(variant: Variant, party: str) -> Variant:
    factor = adopted(variant.quantity("default.growth.number_factor")).best
    return replace(
        variant,
        batteries=tuple(
            replace(one, number=int(one.number * factor)) if one.owner.id == party else one
            for one in variant.batteries
        ),
    )


def _faster(variant: Variant, party: str) -> Variant:
    wanted = adopted(variant.quantity("default.growth.burnout_speed"))
    assume = dict(variant.assume)
    for battery in (one for one in variant.batteries if one.owner.id == party):
        known = variant.of(battery.interceptor, "burnout_speed")
        if isinstance(known, Disputed):
            faster = tuple(_lifted(one, wanted) for one in known.alternatives)
            assume[known.id] = replace(known, alternatives=faster)
        else:
            assume[known.id] = _lifted(known, wanted)
    return replace(variant, assume=assume)


def _lifted(known: Quantity, wanted: Quantity) -> Quantity:
    """Return a speed, or the one wanted where that is faster; whose claim it is stays."""
    if known.best >= wanted.best:
        return known
    return replace(wanted, id=known.id, claim=known.claim, claimant=known.claimant)


# Every owner and step asks for the same seas.
_sea = lru_cache(64)(sea_places)


def _exactly(known: Quantity | Disputed, angle_rad: float) -> Quantity:
    one = adopted(known)
    return replace(one, best=angle_rad, low=angle_rad, high=angle_rad, distribution="fixed")


def _flights(
    scenario: Scenario, variant: Variant, owner: str, ship: Battery
) -> tuple[Trajectory, ...]:
    """Return an owner's flights between the heights at which a ship's interceptor works."""
    groups = tuple(group for group in variant.trajectories if group.owner.id == owner)
    bare = replace(variant, trajectories=groups, batteries=(), threats=(), agreements=(), raids=())
    single = replace(scenario, variants=(bare,), headline=bare.id, claims=())
    usual = (Assumptions(ADOPTED),)
    plan = plan_whole(single, scenario.grid.ensemble, usual, second=False).plan
    evaluation = Evaluation(plan, draw_values(plan.quantities, 0, scenario.seed).table[BEST_ROW])
    floor = _of(variant, ship, "minimum_intercept_altitude")
    ceiling = _of(variant, ship, "maximum_intercept_altitude")
    found = []
    for index in range(len(plan.flights)):
        kept = evaluation.flights(index).kept_flights
        spans = kept.spans(floor, ceiling)
        rows = np.flatnonzero(np.isfinite(spans[:, 0]))
        found += [trajectory_of(kept, spans, int(row)) for row in rows]
    return tuple(found)


def _of(variant: Variant, ship: Battery, name: str) -> float:
    return adopted(variant.of(ship.interceptor, name)).best
