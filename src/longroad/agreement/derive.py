"""From an agreement and a day to what each party knows, may do and shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from longroad.agreement.circumstances import NORMAL, Circumstances, in_force
from longroad.agreement.exposure import Exposure, exposures, still_known
from longroad.agreement.feed import Information
from longroad.agreement.fire import FireAuthority, authority_of
from longroad.agreement.flow import feeds_by_party, flow, hops
from longroad.scenario.agreement import Agreement, Allocation, Number, Provision
from longroad.scenario.model import Variant


@dataclass(frozen=True)
class Arrangement:
    """An agreement on one day: what each party of the variant knows, may do and shows.

    ``information`` and ``authority`` are by party id, in the order of the variant's parties;
    ``provisions`` are those that hold on the day.
    """

    agreement: Agreement
    circumstances: Circumstances
    provisions: tuple[Provision, ...]
    information: Mapping[str, Information]
    authority: Mapping[str, FireAuthority]
    exposure: tuple[Exposure, ...]

    def allocation(self, one: str, other: str) -> Allocation:
        """Return how two parties assign objects: independent where nothing is agreed."""
        return self.authority[one].with_(other)

    @property
    def quantities(self) -> tuple[Number, ...]:
        """Return every quantity that anything here may be asked by, once, in order of its id."""
        found: dict[str, Number] = {}
        for information in self.information.values():
            for link in information.links:
                for number in (link.latency, link.availability):
                    found[number.id] = number
        for authority in self.authority.values():
            for one in (authority.delay, authority.probability):
                if one is not None:
                    found[one.id] = one
        return tuple(found[id] for id in sorted(found))


def derive(
    variant: Variant, agreement: Agreement, circumstances: Circumstances = NORMAL
) -> Arrangement:
    """Return what an agreement means on a day.

    The date is that of the circumstances, else the variant's year; without either every
    provision holds.
    """
    on = circumstances.on or (str(variant.year) if variant.year is not None else None)
    provisions = in_force(agreement, circumstances, on)
    steps = hops(provisions)
    come = flow(variant, steps, circumstances)
    feeds = feeds_by_party(variant, come)
    shown = exposures(provisions, steps, come)
    if circumstances.withdrawn:
        before = replace(circumstances, withdrawn=(), on=on)
        shown += still_known(derive(variant, agreement, before).exposure, shown)
    members = tuple(p for p in agreement.members if p.id not in circumstances.withdrawn)
    return Arrangement(
        agreement=agreement,
        circumstances=circumstances,
        provisions=provisions,
        information={p.id: Information(p, feeds[p.id]) for p in variant.parties},
        authority={
            p.id: authority_of(variant, p, members, provisions, circumstances)
            for p in variant.parties
        },
        exposure=shown,
    )
