"""Onward release: who may hand on what it was given, and where that goes wrong.

A share may name a sensor of another party when its giver was given that sensor's data, no less
deep, by a share that allows handing on. With the word *received* a share hands on whatever is
allowed; then nothing goes back to where it came from and nothing can go wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from longroad.scenario.agreement import Agreement, Centre, Provision, Share
from longroad.scenario.world import Party, SensorSite


class Clash(NamedTuple):
    """What is wrong, the provision that is, what was expected; the other place, if there is one."""

    what: str
    provision: Provision
    expected: str
    other: Provision | None = None
    nearest: str | None = None


def receivers(agreement: Agreement, share: Share) -> tuple[Party, ...]:
    """Return who receives a share: those it names, else the other members of its centre."""
    centre = agreement.provision(share.via) if share.via is not None else None
    if share.receivers or not isinstance(centre, Centre):
        return share.receivers
    return tuple(party for party in centre.members if party != share.giver)


def onward_faults(agreement: Agreement) -> Iterator[Clash]:
    """Yield shares of what the giver does not have, may not hand on, or hands round in a circle."""
    shares = agreement.of_kind(Share)
    for share in shares:
        for asset in share.assets:
            if asset.owner != share.giver:
                yield from _not_owned(agreement, share, asset)
    foreign = {s.id: s for share in shares for s in share.assets if s.owner != share.giver}
    for asset in foreign.values():
        yield from _circle(agreement, asset)


def _not_owned(agreement: Agreement, share: Share, asset: SensorSite) -> Iterator[Clash]:
    given = [
        other
        for other in agreement.of_kind(Share)
        if other is not share
        and share.giver in receivers(agreement, other)
        and (asset in other.assets or other.received)
    ]
    what = f"'{share.giver.id}' would share '{asset.id}', which belongs to '{asset.owner.id}'"
    if not given:
        own = f"a sensor of '{share.giver.id}', or one that it is given with 'onward: yes'"
        yield Clash(what, share, own, None)
        return
    free = [other for other in given if other.onward != "no"]
    if not free:
        what += " and may not be handed on"
        yield Clash(
            what, share, "'onward: yes' or 'onward: with-consent' where it is given", given[0]
        )
        return
    deepest = max(free, key=lambda other: other.depth)
    if share.depth > deepest.depth:
        what = (
            f"'{share.giver.id}' would hand on '{asset.id}' at {share.depth.name}, and is given "
            f"{deepest.depth.name}"
        )
        yield Clash(what, share, f"{deepest.depth.name} or less", deepest)


def _circle(agreement: Agreement, asset: SensorSite) -> Iterator[Clash]:
    """Yield the share that closes a circle: its data come to a party that they came from."""
    steps = [
        (share.giver.id, party.id, share)
        for share in agreement.of_kind(Share)
        if asset in share.assets
        for party in receivers(agreement, share)
    ]

    def reaches(start: str, goal: str, seen: frozenset[str]) -> Share | None:
        for giver, receiver, share in steps:
            if giver == start and receiver not in seen:
                if receiver == goal:
                    return share
                found = reaches(receiver, goal, seen | {receiver})
                if found is not None:
                    return found
        return None

    for giver, receiver, share in steps:
        if giver == asset.owner.id:
            continue
        first = reaches(receiver, giver, frozenset({receiver}))
        if first is not None or receiver == asset.owner.id:
            what = f"the data of '{asset.id}' would come back to '{receiver}'"
            if receiver == asset.owner.id:
                what += ", which owns it"
            expected = "onward release that does not go in a circle"
            yield Clash(what, share, expected, first if first is not share else None)
            return
