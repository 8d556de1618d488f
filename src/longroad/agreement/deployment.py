"""Which of a party's batteries the limits of an agreement leave, and with how many interceptors.

A battery that breaks a limit is switched off, as it stands and where it stands: nothing is moved or
exchanged for it. A limit on numbers counts what is left then, in the order in which the scenario
lists batteries; the one in which the number is reached keeps what remains of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from longroad.agreement.value import best
from longroad.scenario.agreement import Basing, Limit, LimitOn
from longroad.scenario.model import Battery, Mode, Party, Variant

Where = Literal["land", "sea"]


@dataclass(frozen=True)
class Deployed:
    """One battery under the limits: how many interceptors it keeps, and what takes the others.

    ``mode`` is how it may engage: where no engagement may rest on other sensors alone, a battery
    that would do so needs its own radar at the intercept. ``by`` is what the limit is on that
    switches it off or takes a part; None where nothing does.
    """

    battery: str
    basing: Where
    mode: Mode
    number: int
    by: LimitOn | None = None

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
        barred = next(_barred(variant, battery, where, limits, active), None)
        left = 0
        if barred is None:
            room = (_room(limit, where, found) for limit in limits)
            left = max(min([battery.number, *(n for n in room if n is not None)]), 0)
            barred = "number" if left < battery.number else None
        found.append(Deployed(battery.id, where, mode, left, barred))
    return tuple(found)


def _about(limited: Basing, where: Where) -> bool:
    return limited in ("all", where)


def _room(limit: Limit, where: Where, before: Sequence[Deployed]) -> int | None:
    """Return how many more a limit on numbers leaves room for; None where it is on another."""
    if limit.on != "number" or limit.value is None or not _about(limit.basing, where):
        return None
    return int(limit.value) - sum(one.number for one in before if _about(limit.basing, one.basing))


def _barred(
    variant: Variant, battery: Battery, where: Where, limits: Sequence[Limit], active: bool
) -> Iterator[LimitOn]:
    """Yield what each limit that a battery breaks is on; those on numbers count later."""
    if not active:
        yield "activation"
    for limit in limits:
        if limit.on == "burnout-speed" and limit.value is not None and _about(limit.basing, where):
            if best(variant.of(battery.interceptor, "burnout_speed")) > limit.value:
                yield limit.on
        elif limit.region is not None and (
            limit.on == "keep-out" or (limit.on == "patrol-area" and where == "sea")
        ):
            place = battery.position
            if bool(limit.region.contains(best(place.latitude), best(place.longitude))):
                yield limit.on
