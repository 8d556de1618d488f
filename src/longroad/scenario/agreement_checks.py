"""Checks of agreements: whether what is agreed can have an effect here."""

from __future__ import annotations

from collections.abc import Iterator

from longroad.scenario.agreement import Agreement, Authority, Limit, Region, Sector, Share
from longroad.scenario.finding import Remark, named, said
from longroad.scenario.model import Variant


def share_of_nothing(variant: Variant) -> Iterator[Remark]:
    """A share that names no sensor, because its giver owns none of the kind."""
    for agreement in variant.agreements:
        for share in agreement.of_kind(Share):
            if not share.assets and not share.received:
                words = said(
                    "share_of_nothing",
                    share=share.id,
                    agreement=agreement.id,
                    party=share.giver.id,
                )
                yield Remark("note", words, share.origin)


def area_without_extent(variant: Variant) -> Iterator[Remark]:
    """A sector or a limit that is about the territory of a party that defends none."""
    for agreement in variant.agreements:
        for one in agreement.provisions:
            if isinstance(one, Sector | Limit) and one.region == Region():
                words = said("area_without_extent", provision=one.id, agreement=agreement.id)
                yield Remark("warning", words, one.origin)


def authority_without_battery(variant: Variant) -> Iterator[Remark]:
    """A party that would have to ask before firing, but has nothing to fire."""
    armed = {battery.owner.id for battery in variant.batteries}
    for agreement in variant.agreements:
        for one in agreement.of_kind(Authority):
            if one.mode == "concurrence" and one.party.id not in armed:
                words = said(
                    "authority_without_battery", party=one.party.id, agreement=agreement.id
                )
                yield Remark("note", words, one.origin)


def agreement_not_in_force(variant: Variant) -> Iterator[Remark]:
    """An agreement none of whose provisions holds in the year of the variant."""
    if variant.year is None:
        return
    year = str(variant.year)
    for agreement in variant.agreements:
        if agreement.provisions and not _in_force(agreement, year):
            words = said("agreement_not_in_force", agreement=agreement.id, year=year)
            yield Remark("warning", words, agreement.origin)


def _in_force(agreement: Agreement, on: str) -> bool:
    return any(provision.ground.holds(on) for provision in agreement.provisions)


VARIANT_CHECKS = named(
    (share_of_nothing, ("note",)),
    (area_without_extent, ("warning",)),
    (authority_without_battery, ("note",)),
    (agreement_not_in_force, ("warning",)),
)
