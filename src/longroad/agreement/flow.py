"""How data flow under an agreement: every way from a sensor to a party, hop by hop.

A hop is a share, from its giver to a receiver, direct or through a centre. Data go on from a
receiver when the share that brought them allows it, over a share that names the sensor or hands on
what was received. A way never passes the same party twice, and one that is in no respect better
than another is not followed.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from longroad.agreement.circumstances import Circumstances
from longroad.agreement.feed import Feed, Link
from longroad.agreement.value import never
from longroad.scenario.agreement import Centre, Depth, Provision, Share
from longroad.scenario.model import Variant
from longroad.scenario.world import SensorSite


@dataclass(frozen=True)
class Hop:
    """One step of data: from whom to whom, of which sensors (by id), over which links."""

    share: Share
    giver: str
    receiver: str
    assets: frozenset[str]
    depth: Depth
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Arrival:
    """Data of a sensor that have come to a party: how, by which hop, and whether they may go on."""

    party: str
    feed: Feed
    hop: Hop | None
    goes_on: bool

    def carried_by(self, hop: Hop) -> bool:
        """Return whether a hop takes the data on from here, to where they have not been."""
        here = hop.giver == self.party and hop.receiver not in self.feed.parties
        named = self.feed.sensor.id in hop.assets
        return here and self.goes_on and (named or (hop.share.received and self.hop is not None))

    def as_good_as(self, other: Arrival) -> bool:
        """Return whether nothing speaks for the other: depth, links, and going on from here."""
        return (
            self.feed.depth >= other.feed.depth
            and self.goes_on >= other.goes_on
            and _passed(self.feed) <= _passed(other.feed)
        )


def hops(provisions: tuple[Provision, ...]) -> tuple[Hop, ...]:
    """Return the steps that provisions allow; a link that never works allows none."""
    centres = {p.id: p for p in provisions if isinstance(p, Centre)}
    found = []
    for share in (p for p in provisions if isinstance(p, Share)):
        links = [Link(share.id, share.latency, share.availability)]
        depth, receivers = share.depth, share.receivers
        if share.via is not None:
            centre = centres[share.via]
            assert centre.latency is not None
            assert centre.availability is not None
            links.append(Link(centre.id, centre.latency, centre.availability))
            depth = min(depth, centre.depth)
            inside = tuple(party for party in centre.members if party != share.giver)
            receivers = tuple(p for p in receivers if p in inside) if receivers else inside
        if depth == Depth.D0 or any(never(link.availability) for link in links):
            continue
        giver, assets = share.giver.id, frozenset(sensor.id for sensor in share.assets)
        found += [Hop(share, giver, to.id, assets, depth, tuple(links)) for to in receivers]
    return tuple(found)


def flow(
    variant: Variant, steps: tuple[Hop, ...], circumstances: Circumstances
) -> tuple[tuple[Arrival, ...], ...]:
    """Return, for each sensor that works, how its data come to its owner and to others."""
    there = (sensor for sensor in variant.sensors if sensor.id not in circumstances.lost)
    return tuple(_arrivals(steps, sensor, circumstances) for sensor in there)


def _arrivals(
    steps: tuple[Hop, ...], sensor: SensorSite, circumstances: Circumstances
) -> tuple[Arrival, ...]:
    owner = sensor.owner.id
    first = Arrival(owner, Feed(sensor, Depth.D4, (), (owner,)), None, goes_on=True)
    found, waiting = [first], deque([first])
    while waiting:
        here = waiting.popleft()
        for hop in steps:
            if not here.carried_by(hop):
                continue
            there = _after(here, hop, circumstances)
            if not any(one.party == there.party and one.as_good_as(there) for one in found):
                found.append(there)
                waiting.append(there)
    return tuple(found)


def _after(here: Arrival, hop: Hop, circumstances: Circumstances) -> Arrival:
    """Return what one hop makes of data that are at a party."""
    feed, share = here.feed, hop.share
    new = tuple(link for link in hop.links if link not in feed.links)
    there = Feed(
        sensor=feed.sensor,
        depth=min(feed.depth, hop.depth),
        links=feed.links + new,
        parties=(*feed.parties, hop.receiver),
    )
    withheld = feed.sensor.owner.id in circumstances.withheld
    allowed = share.onward == "yes" or (share.onward == "with-consent" and not withheld)
    return Arrival(hop.receiver, there, hop, allowed)


def feeds_by_party(
    variant: Variant, come: tuple[tuple[Arrival, ...], ...]
) -> dict[str, tuple[Feed, ...]]:
    """Return each party's feeds: its own sensors, then the ways of others that are not needless.

    A way is needless when another is as deep and passes no link that it does not pass.
    """
    own: dict[str, list[Feed]] = {party.id: [] for party in variant.parties}
    foreign: dict[str, list[Feed]] = {party.id: [] for party in variant.parties}
    for ways in come:
        own[ways[0].party].append(ways[0].feed)
        by_party: dict[str, list[Feed]] = {}
        for arrival in ways[1:]:
            by_party.setdefault(arrival.party, []).append(arrival.feed)
        for id, feeds in by_party.items():
            foreign[id] += [feed for i, feed in enumerate(feeds) if not _needless(i, feeds)]
    return {id: tuple(own[id] + foreign[id]) for id in own}


def _passed(feed: Feed) -> set[str]:
    return {link.id for link in feed.links}


def _needless(index: int, feeds: list[Feed]) -> bool:
    feed, links = feeds[index], _passed(feeds[index])
    for other_index, other in enumerate(feeds):
        passed = _passed(other)
        if other_index == index or other.depth < feed.depth or not passed <= links:
            continue
        if passed < links or other.depth > feed.depth or other_index < index:
            return True
    return False
