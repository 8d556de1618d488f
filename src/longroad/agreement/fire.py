"""Who may fire: whose consent a party needs, where it may not engage, and what limits it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from longroad.agreement.circumstances import Circumstances
from longroad.agreement.deployment import Deployed, deployed
from longroad.agreement.value import Figure, Value
from longroad.base.key import Key
from longroad.scenario.agreement import (
    Allocate,
    Allocation,
    Authority,
    AuthorityMode,
    Limit,
    Number,
    Provision,
    Region,
    Sector,
    SectorBy,
)
from longroad.scenario.model import Variant
from longroad.scenario.world import Party

Basing = Literal["land", "sea"]


@dataclass(frozen=True)
class Zone:
    """A part of the Earth with a meaning for fire, by one of four readings (see `Sector`)."""

    by: SectorBy
    region: Region
    provision: str
    owner: Party


@dataclass(frozen=True)
class Limits:
    """The limits on one party's own defence, as its provisions set them."""

    limits: tuple[Limit, ...]
    conditions_met: bool

    def greatest_speed_m_s(self, basing: Basing) -> float:
        """Return the greatest burnout speed of batteries on land or at sea; infinite if free."""
        return self._least("burnout-speed", basing)

    def greatest_number(self, basing: Basing | None = None) -> float:
        """Return how many interceptors may stand on land, at sea or (None) in all."""
        return self._least("number", basing)

    @property
    def keep_out(self) -> tuple[Region, ...]:
        """Return the ground on which no battery may stand."""
        return self._regions("keep-out")

    @property
    def closed_waters(self) -> tuple[Region, ...]:
        """Return the waters in which no ship with interceptors may stand."""
        return self._regions("patrol-area")

    @property
    def remote(self) -> bool:
        """Return whether an engagement may rest on other sensors alone."""
        return not any(limit.on == "remote-engagement" for limit in self.limits)

    @property
    def conditions(self) -> tuple[str, ...]:
        """Return what has to happen before batteries are switched on."""
        return tuple(str(limit.condition) for limit in self.limits if limit.on == "activation")

    @property
    def active(self) -> bool:
        """Return whether batteries are switched on at all."""
        return self.conditions_met or not self.conditions

    def _least(self, on: str, basing: Basing | None) -> float:
        applies = {"all", basing} if basing is not None else {"all"}
        values = [
            float(limit.value)
            for limit in self.limits
            if limit.on == on and limit.basing in applies and limit.value is not None
        ]
        return min(values, default=math.inf)

    def _regions(self, on: str) -> tuple[Region, ...]:
        found = (limit.region for limit in self.limits if limit.on == on)
        return tuple(region for region in found if region is not None)


@dataclass(frozen=True)
class FireAuthority:
    """Whether one party may fire, who has to agree, how long that takes, and where it may not.

    ``asks`` are those who all have to agree; ``refused_by`` those among them who do not.
    ``forbidden`` are zones in which it may not engage, ``duties`` its own sectors; ``deployed``
    what the limits leave of its batteries.
    """

    party: Party
    mode: AuthorityMode
    asks: tuple[Party, ...]
    refused_by: tuple[Party, ...]
    delay: Number | None
    probability: Number | None
    forbidden: tuple[Zone, ...]
    duties: tuple[Zone, ...]
    limits: Limits
    allocation: tuple[tuple[Party, Allocation], ...]
    deployed: tuple[Deployed, ...] = ()

    def left(self, battery: str) -> Deployed:
        """Return what the limits leave of one of the party's batteries; KeyError for another's."""
        return self._left[battery]

    @cached_property
    def _left(self) -> Mapping[str, Deployed]:
        return {one.battery: one for one in self.deployed}

    def with_(self, other: str) -> Allocation:
        """Return how this party and another assign objects; each by itself where nothing says."""
        return next((how for party, how in self.allocation if party.id == other), "independent")

    @property
    def blocked(self) -> bool:
        """Return whether somebody who has to agree does not."""
        return bool(self.refused_by)

    def delay_s(self, value: Value) -> Figure:
        """Return how long asking takes (s); 0 where nobody is asked."""
        return value(self.delay) if self.delay is not None else 0.0

    def consent(self, value: Value) -> Figure:
        """Return the chance that all agree in time: 1 where nobody is asked, 0 when blocked."""
        if self.blocked:
            return 0.0
        return value(self.probability) if self.probability is not None else 1.0

    @cached_property
    def key(self) -> Key:
        """Return what decides about fire, whatever the draw: equal keys, equal rules."""
        return Key(
            (
                bool(self.asks),
                self.blocked,
                self.delay.id if self.delay is not None else None,
                self.probability.id if self.probability is not None else None,
                tuple((zone.by, region_key(zone.region)) for zone in self.forbidden),
                tuple(
                    (one.on, one.value, one.basing, region_key(one.region) if one.region else None)
                    for one in self.limits.limits
                ),
                self.limits.active,
            )
        )


def region_key(region: Region) -> Key:
    """Return a hashable value that is equal for equal regions."""
    return region.key


def authority_of(
    variant: Variant, party: Party, members: tuple[Party, ...],
    provisions: tuple[Provision, ...], circumstances: Circumstances,
) -> FireAuthority:  # fmt: skip
    """Return who decides on a party's fire under some provisions between ``members``.

    Another's exclusive sector keeps out members only. Of two provisions on authority, which dates
    must keep apart, the later written counts where no date is asked for.
    """
    said = [p for p in provisions if isinstance(p, Authority) and p.party == party]
    rule = said[-1] if said else None
    asks = rule.of if rule is not None else ()
    limits = tuple(p for p in provisions if isinstance(p, Limit) and p.party == party)
    standing = Limits(limits, circumstances.conditions_met)
    sectors = [p for p in provisions if isinstance(p, Sector)]
    forbidden = [
        Zone(s.by, s.region, s.id, s.party)
        for s in sectors
        if s.exclusive and s.party != party and party in members
    ]
    forbidden += [
        Zone("interceptor-reach", limit.region, limit.id, party)
        for limit in limits
        if limit.on == "no-intercept" and limit.region is not None
    ]
    return FireAuthority(
        party=party,
        mode=rule.mode if rule is not None else "own",
        asks=asks,
        refused_by=tuple(other for other in asks if other.id in circumstances.refused),
        delay=rule.delay if rule is not None else None,
        probability=rule.probability if rule is not None else None,
        forbidden=tuple(forbidden),
        duties=tuple(Zone(s.by, s.region, s.id, s.party) for s in sectors if s.party == party),
        limits=standing,
        allocation=tuple(
            (other, p.how)
            for p in provisions
            if isinstance(p, Allocate) and party in p.members
            for other in p.members
            if other != party
        ),
        deployed=deployed(variant, party, limits, active=standing.active),
    )
