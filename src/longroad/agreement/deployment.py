"""Which of a party's batteries the limits of an agreement leave, and with how many interceptors.

A battery that breaks a limit is switched off, as it stands and where it stands: nothing is moved or
exchanged for it. A limit on numbers counts what is left then, in the order in which the scenario
lists batteries; the one in which the number is reached keeps what remains of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from longroad.agreement.value import best
from longroad.scenario.agreement import Basing, Limit, LimitOn
from longroad.scenario.model import Variant
from longroad.scenario.world import Battery, Mode, Party

Where = Literal["land", "sea"]


@dataclass(frozen=True)
class Deployed:
    """One battery under the limits: how many interceptors it keeps, and what takes the others.

    ``mode`` is how it may engage: where no engagement may rest on other sensors alone, a battery
    that would do so needs its own radar at the intercept. ``by`` is what the limit is on that
    switches it off or takes a part, the first of several; None where nothing does.
    ``provisions`` are the ids of all that do.
    """

    battery: str
    basing: Where
    mode: Mode
    number: int
    by: LimitOn | None = None
    provisions: tuple[str, ...] = ()

    @property
    def on(self) -> bool:
        """Return whether it may engage at all."""
        return self.number > 0


def basing(battery: Battery) -> Where:
    """Return whether a battery stands on land or at sea: on a ship, or with a ship's radar."""
    own = battery.own_radar
    facts = [battery.interceptor.facts, *([own.sensor.facts] if own is not None else [])]
    return "sea" if any(one.get("carried_by") == "ship" for one in facts) else "land"


def deployed(
    variant: Variant, party: Party, limits: Sequence[Limit], *, active: bool
) -> tuple[Deployed, ...]:
    """Return what some limits leave of a party's batteries, in the order of the variant.

    ``active``: whether defences that wait for a condition are switched on. A limit on speed knows
    a battery by the adopted best estimate, since what is agreed on is one number.
    """
    remote = not any(limit.on == "remote-engagement" for limit in limits)
    found: list[Deployed] = []
    for battery in (one for one in variant.batteries if one.owner == party):
        where = basing(battery)
        mode: Mode = battery.mode
        if mode == "engage-on-remote" and not remote:
            mode = "launch-on-remote"
        broken = [limit for limit in limits if _barred(variant, battery, where, limit, active)]
        left = 0
        if not broken:
            room = {limit.id: _room(limit, where, found) for limit in limits}
            left = max(min([battery.number, *(n for n in room.values() if n is not None)]), 0)
            if left < battery.number:
                broken = [limit for limit in limits if room[limit.id] == left or _none(room, limit)]
        found.append(
            Deployed(
                battery.id,
                where,
                mode,
                left,
                broken[0].on if broken else None,
                tuple(limit.id for limit in broken),
            )
        )
    return tuple(found)


def _about(limited: Basing, where: Where) -> bool:
    return limited in ("all", where)


def _room(limit: Limit, where: Where, before: Sequence[Deployed]) -> int | None:
    """Return how many more a limit on numbers leaves room for; None where it is on another."""
    if limit.on != "number" or limit.value is None or not _about(limit.basing, where):
        return None
    return int(limit.value) - sum(one.number for one in before if _about(limit.basing, one.basing))


def _none(room: Mapping[str, int | None], limit: Limit) -> bool:
    """Return whether a limit on numbers leaves no room at all."""
    left = room[limit.id]
    return left is not None and left <= 0


def _barred(variant: Variant, battery: Battery, where: Where, limit: Limit, active: bool) -> bool:
    """Return whether a battery breaks a limit; those on numbers count later."""
    if limit.on == "activation":
        return not active
    if limit.on == "burnout-speed":
        speed = best(variant.of(battery.interceptor, "burnout_speed"))
        return limit.value is not None and _about(limit.basing, where) and speed > limit.value
    closed = limit.on == "keep-out" or (limit.on == "patrol-area" and where == "sea")
    place = battery.position
    return (
        closed
        and limit.region is not None
        and bool(limit.region.contains(best(place.latitude), best(place.longitude)))
    )
