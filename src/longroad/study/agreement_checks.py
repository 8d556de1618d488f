"""Checks of agreements before a run: whether what is agreed changes anything for anybody."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from longroad.agreement import Arrangement, Link, best, derive
from longroad.agreement.value import never
from longroad.scenario import Party, Variant
from longroad.scenario.agreement import Authority, Share
from longroad.scenario.finding import Remark, named, said
from longroad.study.rehearsal import Rehearsal

# What is meant to change nothing.
IDLE = ("none", "A0")


def agreement_without_effect(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """An agreement under which nobody learns, shows or may do anything that it could not before."""
    agreements = [one for one in variant.agreements if one.provisions]
    if not agreements:
        return
    none = _state(derive(variant, variant.agreements[0]))
    for agreement in agreements:
        arranged = derive(variant, agreement)
        if agreement.architecture not in IDLE and _state(arranged) == none:
            words = said("agreement_without_effect", agreement=agreement.id)
            yield Remark("note", words, agreement.origin)


def _state(arranged: Arrangement) -> object:
    """Return what an arrangement lets each know, do and show."""
    known = [(id, one.key) for id, one in arranged.information.items()]
    rules = [(id, one.key, one.allocation) for id, one in arranged.authority.items()]
    return known, rules, arranged.exposure


def share_without_use(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """A share whose data reach only parties that have no battery to use them."""
    armed = {battery.owner.id for battery in variant.batteries}
    for agreement in variant.agreements:
        information = derive(variant, agreement).information
        for share in agreement.of_kind(Share):
            reached = [
                one.party
                for one in information.values()
                if any(share.id in _links(feed.links) for feed in one.feeds)
            ]
            if reached and not any(party.id in armed for party in reached):
                words = said(
                    "share_without_use",
                    share=share.id,
                    agreement=agreement.id,
                    parties=", ".join(party.id for party in reached),
                )
                yield Remark("note", words, share.origin)


def _links(links: tuple[Link, ...]) -> set[str]:
    return {link.id for link in links}


def consent_too_late(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """Consent that takes longer than any flight, so that whoever needs it never fires."""
    longest = {
        party.id: max(_flight(rehearsal, variant, party), default=math.inf)
        for party in variant.parties
    }
    armed = {battery.owner.id for battery in variant.batteries}
    for agreement in variant.agreements:
        for one in agreement.of_kind(Authority):
            if one.delay is None or one.party.id not in armed:
                continue
            delay = best(one.delay)
            if delay >= longest[one.party.id]:
                words = said(
                    "consent_too_late",
                    party=one.party.id,
                    agreement=agreement.id,
                    delay=f"{delay:.0f} s",
                    longest=f"{longest[one.party.id]:.0f} s",
                )
                yield Remark("warning", words, one.origin)


def consent_never(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """Consent that never comes, whatever is assumed, so that whoever needs it never fires."""
    armed = {battery.owner.id for battery in variant.batteries}
    for agreement in variant.agreements:
        for one in agreement.of_kind(Authority):
            if one.probability is None or one.party.id not in armed:
                continue
            if never(one.probability):
                words = said("consent_never", party=one.party.id, agreement=agreement.id)
                yield Remark("warning", words, one.origin)


def _flight(rehearsal: Rehearsal, variant: Variant, party: Party) -> Iterator[float]:
    """Yield the longest flight of each missile that reaches a party's territory (s)."""
    for job in rehearsal.coverage(variant):
        arcs = rehearsal.best.arcs(job.arcs)
        if job.party == party.id and len(arcs.kept):
            yield float(np.max(arcs.solved.time_of_flight_s[arcs.kept]))


def agreement_disarms(rehearsal: Rehearsal, variant: Variant) -> Iterator[Remark]:
    """An agreement whose limits leave a party none of its batteries."""
    for agreement in variant.agreements:
        for party, authority in derive(variant, agreement).authority.items():
            mine = authority.deployed
            if mine and not any(battery.on for battery in mine):
                words = said("agreement_disarms", party=party, agreement=agreement.id)
                yield Remark("note", words, agreement.origin)


VARIANT_CHECKS = named(
    (agreement_without_effect, ("note",)),
    (share_without_use, ("note",)),
    (consent_too_late, ("warning",)),
    (consent_never, ("warning",)),
    (agreement_disarms, ("note",)),
)
