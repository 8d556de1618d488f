"""Provisions that cannot hold together: refused, with both places named.

Two provisions contradict each other only where their dates meet; a provision without dates always
holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from longroad.base.errors import ScenarioError, nearest
from longroad.scenario.agreement import (
    Agreement,
    Allocate,
    Authority,
    Centre,
    Guarantee,
    Limit,
    Provision,
    Sector,
    Share,
    Transparency,
)
from longroad.scenario.dates import earlier
from longroad.scenario.faults import Faults
from longroad.scenario.onward import Clash, onward_faults, receivers
from longroad.scenario.overlap import common_part
from longroad.scenario.world import Party


def check_agreement(agreement: Agreement, faults: Faults) -> None:
    """Add a fault for every provision that contradicts another, or the list of members."""
    checks: tuple[Callable[[Agreement], Iterable[Clash]], ...] = (
        _strangers,
        _centres,
        _two_authorities,
        _two_sectors,
        _two_depths,
        _two_allocations,
        _two_limits,
        onward_faults,
    )
    for check in checks:
        for clash in check(agreement):
            what, provision, other = clash.what, clash.provision, clash.other
            if other is not None:
                what += f" (the other stands in line {other.origin.line}, '{other.origin.path}')"
            faults.add(
                ScenarioError(
                    what,
                    file=faults.file,
                    line=provision.origin.line,
                    field=provision.origin.path,
                    expected=clash.expected,
                    nearest=clash.nearest,
                )
            )


def together(one: Provision, other: Provision) -> bool:
    """Return whether two provisions ever hold on the same day, as far as their dates say."""
    a, b = one.ground, other.ground
    return not any(
        ends is not None and begins is not None and earlier(ends, begins)
        for ends, begins in ((a.ends, b.begins), (b.ends, a.begins))
    )


def _pairs(agreement: Agreement, kind: type) -> Iterator[tuple[Provision, Provision]]:
    """Yield pairs of one kind that hold together, the later written second."""
    for one, other in combinations([p for p in agreement.provisions if isinstance(p, kind)], 2):
        if together(one, other):
            yield one, other


def _named(provision: Provision) -> tuple[Party, ...]:
    """Return every party that a provision names."""
    if isinstance(provision, Share | Transparency | Guarantee):
        return (provision.giver, *provision.receivers)
    if isinstance(provision, Centre):
        return (*provision.members, *([provision.host] if provision.host else []))
    if isinstance(provision, Authority):
        return (provision.party, *provision.of)
    if isinstance(provision, Allocate):
        return provision.members
    return (provision.party,)


def _strangers(agreement: Agreement) -> Iterator[Clash]:
    """A provision names a party that is no member."""
    members = _ids(agreement.members)
    listed = ", ".join(party.id for party in agreement.members)
    for provision in agreement.provisions:
        # Host and those who are promised something need not take part.
        free = isinstance(provision, Guarantee | Transparency)
        for party in _named(provision)[: 1 if free else None]:
            hosts = isinstance(provision, Centre) and party is provision.host
            if party.id not in members and not hosts:
                yield Clash(
                    f"'{party.id}' is no member of the agreement '{agreement.id}' "
                    f"(line {agreement.origin.line})",
                    provision,
                    f"one of its members: {listed}",
                    None,
                    nearest(party.id, members),
                )


def _centres(agreement: Agreement) -> Iterator[Clash]:
    """A share goes to a centre that is not there, or that cannot hand it on."""
    for share in agreement.of_kind(Share):
        if share.via is None:
            continue
        centre = agreement.provision(share.via)
        if not isinstance(centre, Centre):
            known = [c.id for c in agreement.of_kind(Centre)]
            expected = "one of " + ", ".join(known) if known else "a centre of this agreement"
            what = f"there is no centre '{share.via}' in this agreement"
            yield Clash(what, share, expected, None, nearest(share.via, known))
            continue
        inside = _ids(centre.members)
        if centre.purpose != "fusion":
            what = f"the centre '{centre.id}' is for {centre.purpose} and hands on no data"
            yield Clash(what, share, "a centre with 'purpose: fusion'", centre)
        for party in (share.giver, *share.receivers):
            if party.id not in inside:
                what = f"'{party.id}' is no member of the centre '{centre.id}'"
                yield Clash(what, share, f"one of {', '.join(sorted(inside))}", centre)
        if share.depth > centre.depth and centre.purpose == "fusion":
            yield Clash(
                f"{share.depth.name} would go through the centre '{centre.id}', which hands on "
                f"{centre.depth.name} at most",
                share,
                f"{centre.depth.name} or less, or a deeper centre",
                centre,
            )


def _two_authorities(agreement: Agreement) -> Iterator[Clash]:
    """Two provisions say who decides on the fire of one party."""
    for one, other in _pairs(agreement, Authority):
        assert isinstance(one, Authority)
        assert isinstance(other, Authority)
        if one.party == other.party:
            yield Clash(
                f"two provisions say who decides on the fire of '{one.party.id}'",
                other,
                "one of them, or dates that do not meet",
                one,
            )


def _two_sectors(agreement: Agreement) -> Iterator[Clash]:
    """Two parties have the same sector for themselves alone."""
    for one, other in _pairs(agreement, Sector):
        assert isinstance(one, Sector)
        assert isinstance(other, Sector)
        if one.by != other.by or one.party == other.party:
            continue
        if not (one.exclusive and other.exclusive):
            continue
        common = common_part(one.region, other.region)
        if common is not None:
            yield Clash(
                f"the sectors of '{one.party.id}' and '{other.party.id}' by {one.by} share "
                f"{common}, and both are exclusive",
                other,
                "sectors that do not overlap, 'exclusive: false', or dates that do not meet",
                one,
            )


def _two_depths(agreement: Agreement) -> Iterator[Clash]:
    """The same sensor is shared twice by the same way at different depth."""
    for one, other in _pairs(agreement, Share):
        assert isinstance(one, Share)
        assert isinstance(other, Share)
        if one.giver != other.giver or one.via != other.via or one.depth == other.depth:
            continue
        to = _ids(receivers(agreement, one)) & _ids(receivers(agreement, other))
        again = {s.id for s in one.assets} & {s.id for s in other.assets}
        if to and again:
            yield Clash(
                f"'{one.giver.id}' shares '{sorted(again)[0]}' with '{sorted(to)[0]}' twice, at "
                f"{one.depth.name} and at {other.depth.name}",
                other,
                "one depth, or dates that do not meet",
                one,
            )


def _ids(parties: Iterable[Party]) -> set[str]:
    return {party.id for party in parties}


def _two_allocations(agreement: Agreement) -> Iterator[Clash]:
    """Two members assign objects in two ways at once."""
    for one, other in _pairs(agreement, Allocate):
        assert isinstance(one, Allocate)
        assert isinstance(other, Allocate)
        both = [party.id for party in one.members if party in other.members]
        if len(both) > 1 and one.how != other.how:
            what = f"'{both[0]}' and '{both[1]}' would assign objects in two ways"
            yield Clash(what, other, "one of them, or dates that do not meet", one)


def _two_limits(agreement: Agreement) -> Iterator[Clash]:
    """Two limits set two values for the same thing of one party."""
    for one, other in _pairs(agreement, Limit):
        assert isinstance(one, Limit)
        assert isinstance(other, Limit)
        same = (one.party, one.on, one.basing) == (other.party, other.on, other.basing)
        if same and one.value is not None and one.value != other.value:
            what = f"two limits on {one.on.replace('-', ' ')} of '{one.party.id}'"
            yield Clash(what, other, "one of them, or dates that do not meet", one)
