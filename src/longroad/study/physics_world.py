"""The scenario as one assumption set has it, and as each combination of options leaves it.

An assumption set replaces numbers, so that everything asked of its world takes them: what limits
switch off, what is engaged, what is reached. Limits are provisions beside those of an agreement.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TypeVar

from longroad.base.errors import ScenarioError, nearest
from longroad.base.quantity import Disputed, Quantity
from longroad.scenario import Scenario, Variant
from longroad.scenario.agreement import (
    NO_AGREEMENT,
    Agreement,
    Basing,
    Ground,
    Limit,
    LimitOn,
    Region,
)
from longroad.scenario.negotiation import Assumed, Effect, Physics
from longroad.scenario.read_physics import ADOPTED
from longroad.scenario.world import Battery, Box, Party, PatrolArea
from longroad.study.columns import adopted

LATE, FIRST = "default.reach.late_delay", "default.reach.first_delay"
# Half the side of the box (rad, about 6 m) that stands for where one battery is.
SPOT_RAD = 1e-6
GROUND = Ground("judgement", (), None, None, None, None)
T = TypeVar("T")


def variant_under(scenario: Scenario, physics: Physics, name: str) -> Variant:
    """Return the variant that is bargained over in the world of an assumption set.

    Only what the outcomes need is left in it: the defender's batteries, missiles against its land,
    flights of the deterrent. Raises :class:`ScenarioError` for ids that are not there.
    """
    variant = scenario.variant(physics.variant or scenario.headline)
    defender = _known(physics.defender, {party.id: party for party in variant.parties}, "defender")
    sets = {one.id: one for one in physics.assumptions}
    own = {one.id: one for one in variant.assumptions}
    assume = dict(variant.assume)
    batteries = variant.batteries
    if name in sets:
        assume |= _numbers(variant, sets[name])
        other = sets[name].batteries
        if other is not None:
            batteries = _batteries(scenario, variant, other)
    elif name != ADOPTED:
        assume |= _known(name, {**own, **sets}, "held").quantities  # type: ignore[attr-defined]
    return replace(
        variant,
        assume=assume,
        assumptions=(),
        batteries=tuple(one for one in batteries if one.owner.id == defender.id),
        threats=tuple(
            replace(threat, against=(defender,))
            for threat in variant.threats
            if defender.id in {party.id for party in threat.against}
        ),
        trajectories=tuple(
            group for group in variant.trajectories if group.owner.id == physics.deterrent
        ),
        raids=(),
    )


def _known(word: str, known: dict[str, T], field: str) -> T:
    if word not in known:
        raise ScenarioError(
            f"the scenario has no '{word}' of this kind",
            field=f"physics.{field}",
            expected=", ".join(known) or "none",
            nearest=nearest(word, list(known)),
        )
    return known[word]


def _numbers(variant: Variant, assumed: Assumed) -> dict[str, Quantity | Disputed]:
    found: dict[str, Quantity | Disputed] = {}
    for id, claim in assumed.claims.items():
        quantity = variant.quantity(id)
        claims = quantity.claims if isinstance(quantity, Disputed) else ()
        _known(claim, dict.fromkeys(claims), f"assumptions.{assumed.id}.claims.{id}")
        assert isinstance(quantity, Disputed)
        found[id] = quantity.alternative(claim)
    if assumed.early:
        first, late = adopted(variant.quantity(FIRST)), adopted(variant.quantity(LATE))
        found[LATE] = replace(first, id=late.id)
    return found


def _batteries(scenario: Scenario, variant: Variant, other: str) -> tuple[Battery, ...]:
    """Return another variant's batteries; its sensors have to be those of this one."""
    taken = scenario.variant(other)
    here = {site.id for site in variant.sensors}
    for battery in taken.batteries:
        if battery.own_radar is not None and battery.own_radar.id not in here:
            raise ScenarioError(
                f"the battery '{battery.id}' of '{other}' has a radar that '{variant.id}' lacks",
                field="physics.assumptions",
                expected="a variant with the same sensors",
            )
    return taken.batteries


def agreements_under(
    variant: Variant, physics: Physics, cases: tuple[Effect, ...], reaching: Collection[str]
) -> tuple[Agreement, ...]:
    """Return an agreement for every case, ``case-0`` and so on: provisions and limits together.

    ``reaching`` are the batteries that meet some flight of the deterrent in this world.
    """
    known = {one.id: one for one in variant.agreements}
    party = next(one for one in variant.parties if one.id == physics.defender)
    made = []
    for number, effect in enumerate(cases):
        base = _known(effect.agreement or NO_AGREEMENT, known, "effects")
        limits = limits_of(variant, party, effect, reaching, base)
        made.append(
            replace(base, id=f"case-{number}", provisions=(*base.provisions, *limits), date=None)
        )
    return tuple(made)


def limits_of(
    variant: Variant, party: Party, effect: Effect, reaching: Collection[str], base: Agreement
) -> tuple[Limit, ...]:
    """Return the limits of an effect on a party's defence as provisions."""

    def limit(
        on: LimitOn, basing: Basing = "all", value: float | None = None,
        region: Region | None = None,
    ) -> Limit:  # fmt: skip
        id = f"option-{on}-{basing}"
        return Limit(id, party, on, value, basing, region, None, GROUND, base.origin)

    found = []
    if effect.speed_on_land is not None:
        found.append(limit("burnout-speed", "land", effect.speed_on_land))
    if effect.speed_at_sea is not None:
        found.append(limit("burnout-speed", "sea", effect.speed_at_sea))
    if effect.number is not None:
        found.append(limit("number", value=float(effect.number)))
    spots = [_spot(one, party) for one in variant.batteries if one.id in reaching]
    if effect.out_of_reach and spots:
        found.append(limit("keep-out", region=Region(patrol_areas=tuple(spots))))
    if effect.closed_waters:
        areas = {area.id: area for area in variant.patrol_areas}
        seas = tuple(_known(name, areas, "effects") for name in effect.closed_waters)
        found.append(limit("patrol-area", region=Region(patrol_areas=seas)))
    return tuple(found)


def _spot(battery: Battery, party: Party) -> PatrolArea:
    """Return the ground on which a battery stands, as small as can be."""
    at = battery.position
    box = Box(
        at.latitude_rad - SPOT_RAD, at.latitude_rad + SPOT_RAD,
        at.longitude_rad - SPOT_RAD, at.longitude_rad + SPOT_RAD,
    )  # fmt: skip
    return PatrolArea(f"spot-{battery.id}", battery.name, party, box, battery.origin)
