"""A variant under limits: which batteries they leave, in which mode, with how many interceptors.

What breaks a limit is switched off where it stands, as under agreements; nothing is moved or
exchanged for it.
"""

from __future__ import annotations

from dataclasses import replace

from longroad.agreement.deployment import basing
from longroad.base import units
from longroad.base.errors import nearest
from longroad.deterrent import Limit, LimitError, LimitSet, load_ledger, read_limit
from longroad.deterrent.limits import Kind
from longroad.scenario import Battery, Box, Variant
from longroad.study.columns import adopted

DEMARCATION, SPEED = "demarcation-1997", "burnout_speed"


def limited(variant: Variant, limits: LimitSet) -> Variant:
    """Return the variant with the batteries that a set of limits leaves.

    Raises :class:`LimitError` for a party or area that the variant does not have.
    """
    batteries = list(variant.batteries)
    for limit in sorted(limits.limits, key=lambda one: one.kind is Kind.NUMBER):  # numbers last
        _known(variant, limit)
        batteries = _under(variant, batteries, limit)
    return replace(variant, batteries=tuple(batteries))


def default_limits(variant: Variant, party: str) -> tuple[Limit, ...]:
    """Return limits worth a look: the speeds of 1997, half the number, each sea, each country.

    And what may be done on tracks of other sensors: launch, or nothing. Only those that change
    something.
    """
    own = [one for one in variant.batteries if one.owner.id == party]
    half = sum(one.number for one in own) // 2
    seas = [
        area.id for area in variant.patrol_areas
        if any(basing(one) == "sea" and inside(area.within, one) for one in own)
    ]  # fmt: skip
    ground = [_country(variant, one) for one in own if basing(one) == "land"]
    found = [
        *speeds_of_1997(party),
        read_limit(party, Kind.NUMBER, str(half)),
        *(read_limit(party, Kind.PATROL_AREA, [sea]) for sea in seas),
        *(read_limit(party, Kind.AREA, [country]) for country in dict.fromkeys(ground) if country),
        *(read_limit(party, Kind.REMOTE_ENGAGEMENT, word) for word in ("launch", "none")),
    ]
    return tuple(one for one in found if changes(variant, LimitSet("one", (one,))))


def speeds_of_1997(party: str) -> tuple[Limit, ...]:
    """Return limits at the speeds of the demarcation of 1997, the only agreed public precedent."""
    rules = [rule for rule in load_ledger(DEMARCATION).rules if rule.measures == (SPEED,)]
    written = {units.written(rule.limit, rule.unit): rule.limit for rule in rules}
    rising = sorted(written, key=written.__getitem__)
    return tuple(read_limit(party, Kind.BURNOUT_SPEED, speed) for speed in rising)


def changes(variant: Variant, limits: LimitSet) -> bool:
    """Return whether a set of limits changes anything of what is deployed."""
    return limited(variant, limits).batteries != variant.batteries


def _under(variant: Variant, batteries: list[Battery], limit: Limit) -> list[Battery]:
    """Return what one limit leaves of all batteries."""
    left: list[Battery] = []
    room = limit.value
    for battery in batteries:
        if battery.owner.id != limit.party:
            left.append(battery)
            continue
        if limit.kind is Kind.NUMBER and room is not None:
            number = min(battery.number, int(room))
            room -= number
            battery = replace(battery, number=number)
            if number == 0:
                continue
        elif limit.kind is Kind.BURNOUT_SPEED:
            speed = adopted(variant.of(battery.interceptor, "burnout_speed")).best
            if limit.value is not None and speed > limit.value:
                continue
        elif limit.kind is Kind.PATROL_AREA:
            boxes = [area.within for area in variant.patrol_areas if area.id in limit.names]
            if basing(battery) == "sea" and any(inside(box, battery) for box in boxes):
                continue
        elif limit.kind is Kind.AREA:
            if basing(battery) == "land" and _country(variant, battery) in limit.names:
                continue
        elif limit.kind is Kind.SITE:
            if battery.id in limit.names:
                continue
        elif limit.kind is Kind.REMOTE_ENGAGEMENT and battery.mode != "organic":
            if limit.names == ("none",):
                if battery.own_radar is None:
                    continue
                battery = replace(battery, mode="organic")
            elif limit.names == ("launch",) and battery.mode == "engage-on-remote":
                battery = replace(battery, mode="launch-on-remote")
        left.append(battery)
    return left


def _known(variant: Variant, limit: Limit) -> None:
    parties = [party.id for party in variant.parties]
    known: dict[Kind, list[str]] = {
        Kind.PATROL_AREA: [area.id for area in variant.patrol_areas],
        Kind.SITE: [one.id for one in variant.batteries if one.owner.id == limit.party],
        Kind.AREA: sorted({_country(variant, one) for one in variant.batteries} - {""}),
    }
    wanted = [(limit.party, "party", parties)]
    wanted += [(name, "name", known[limit.kind]) for name in limit.names if limit.kind in known]
    for word, what, words in wanted:
        if word not in words:
            raise LimitError(
                f"'{variant.id}' has no {what} '{word}' to limit",
                field=what,
                expected=", ".join(words) or "none",
                nearest=nearest(word, words),
            )


def _country(variant: Variant, battery: Battery) -> str:
    reference = battery.position.reference
    if reference is None or not reference.startswith("site/"):
        return ""
    return variant.catalog.entry(reference).country or ""


def inside(box: Box, battery: Battery) -> bool:
    """Return whether a battery stands inside a box."""
    latitude, longitude = battery.position.latitude_rad, battery.position.longitude_rad
    if not box.south_rad <= latitude <= box.north_rad:
        return False
    if box.west_rad <= box.east_rad:
        return box.west_rad <= longitude <= box.east_rad
    return longitude >= box.west_rad or longitude <= box.east_rad
