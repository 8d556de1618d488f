"""The day on which an agreement is looked at: who has left, what is lost, who refuses."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from longroad.scenario.agreement import (
    Agreement,
    Allocate,
    Authority,
    Centre,
    Guarantee,
    Provision,
    Share,
    Transparency,
)
from longroad.scenario.world import Party


@dataclass(frozen=True)
class Circumstances:
    """What is not as agreed. Parties, sensors and provisions by id; all empty on a normal day.

    ``withdrawn``: parties that have left, with their data, their say and their obligations.
    ``refused``: parties that do not consent to fire; their data go on.
    ``withheld``: parties that do not consent to onward release where it needs their consent.
    ``lost``: sensors that no longer work, for nobody. ``down``: shares and centres that do not
    work. ``on``: the date, by default the variant's year; provisions whose dates do not hold then
    are left out. ``conditions_met``: whether defences that wait for a condition are switched on.
    """

    withdrawn: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    on: str | None = None
    conditions_met: bool = True


NORMAL = Circumstances()


def in_force(
    agreement: Agreement, circumstances: Circumstances, on: str | None
) -> tuple[Provision, ...]:
    """Return the provisions that hold on a day, without whom has left and what is lost.

    Without a date all hold, whatever their dates. A centre closes when its host leaves, or when
    one member is left. An agreement with fewer than two members left is at an end, unless it is
    a unilateral one: there nobody's word depends on another's.
    """
    gone = set(circumstances.withdrawn)
    left = [party for party in agreement.members if party.id not in gone]
    if len(left) < 2 and gone and agreement.legal_form != "unilateral":
        return ()
    held = [p for p in agreement.provisions if p.ground.holds(on)]
    kept = [one for p in held if (one := _without(p, gone)) is not None]
    centres = {p.id for p in kept if isinstance(p, Centre)} - set(circumstances.down)
    found: list[Provision] = []
    for provision in kept:
        if isinstance(provision, Share):
            if provision.id in circumstances.down:
                continue
            if provision.via is not None and provision.via not in centres:
                continue
            lost = circumstances.lost
            assets = tuple(s for s in provision.assets if s.id not in lost)
            provision = dataclasses.replace(provision, assets=assets)
        found.append(provision)
    return tuple(found)


def _without(provision: Provision, gone: set[str]) -> Provision | None:
    """Return a provision as it holds between those who stay; None where nothing is left of it."""
    if not gone:
        return provision
    if isinstance(provision, Share | Transparency | Guarantee):
        receivers = _stay(provision.receivers, gone)
        if provision.giver.id in gone or (provision.receivers and not receivers):
            return None
        return dataclasses.replace(provision, receivers=receivers)
    if isinstance(provision, Centre):
        members = _stay(provision.members, gone)
        hosted = provision.host is None or provision.host.id not in gone
        return (
            dataclasses.replace(provision, members=members) if hosted and len(members) > 1 else None
        )
    if isinstance(provision, Allocate):
        members = _stay(provision.members, gone)
        return dataclasses.replace(provision, members=members) if len(members) > 1 else None
    if provision.party.id in gone:
        return None
    if isinstance(provision, Authority) and provision.mode == "concurrence":
        others = _stay(provision.of, gone)
        return dataclasses.replace(provision, of=others) if others else None
    return provision


def _stay(parties: tuple[Party, ...], gone: set[str]) -> tuple[Party, ...]:
    return tuple(party for party in parties if party.id not in gone)
