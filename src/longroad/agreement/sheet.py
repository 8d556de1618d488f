"""A bundle or an agreement as a page of text, with its sources in full."""

from __future__ import annotations

from collections.abc import Iterable

from longroad.agreement.derive import Arrangement
from longroad.agreement.feed import Feed, Information
from longroad.agreement.fire import FireAuthority
from longroad.agreement.telling import (
    Told,
    agreement_in_words,
    aspects_in_words,
    bundle_in_words,
    joined,
    number_in_words,
    region_in_words,
)
from longroad.base.messages import text
from longroad.catalog import Catalog
from longroad.catalog.cite import reference
from longroad.catalog.page import DEEP, INDENT, Page
from longroad.scenario.agreement import Agreement, Depth
from longroad.scenario.bundles import Bundle


def bundle_sheet(bundle: Bundle, catalog: Catalog, width: int) -> str:
    """Return what a bundle says, provision by provision; no line wider than ``width``."""
    page = Page(width)
    page.add("", text("agreement.sheet.title", name=bundle.name, id=bundle.id))
    _head(page, bundle)
    for role, about in bundle.roles.items():
        page.add(INDENT, text("agreement.sheet.role", role=role, about=about))
    for name, about in bundle.assets.items():
        page.add(INDENT, text("agreement.sheet.asset", name=name, about=about))
    for name, about in bundle.areas.items():
        page.add(INDENT, text("agreement.sheet.area", name=name, about=about))
    told = bundle_in_words(bundle)
    _provisions(page, told)
    _foot(page, catalog, bundle.sources, told)
    return page.written()


def agreement_sheet(arrangement: Arrangement, catalog: Catalog, width: int) -> str:
    """Return what an agreement says, and what each member knows, may do and learns under it."""
    agreement = arrangement.agreement
    page = Page(width)
    page.add("", text("agreement.sheet.title", name=agreement.name, id=agreement.id))
    _head(page, agreement)
    if agreement.members:
        members = joined([party.name for party in agreement.members])
        page.add("", text("agreement.sheet.members", parties=members))
    told = agreement_in_words(agreement)
    _provisions(page, told)
    names = {id: one.party.name for id, one in arrangement.information.items()}
    for party in agreement.members:
        page.gap()
        page.add("", text("agreement.sheet.party", party=party.name))
        _knows(page, arrangement.information[party.id], names)
        _decides(page, arrangement.authority[party.id])
        _learns(page, arrangement, party.id, names)
    _foot(page, catalog, agreement.sources, told)
    return page.written()


def _head(page: Page, one: Bundle | Agreement) -> None:
    if one.architecture is not None:
        page.add("", text("agreement.sheet.architecture", architecture=one.architecture))
    if one.date is not None:
        page.add("", text("agreement.sheet.date", date=one.date))
    if one.proposed_by:
        who = [party if isinstance(party, str) else party.name for party in one.proposed_by]
        page.add("", text("agreement.sheet.proposed_by", parties=joined(who)))
    legal = text(f"agreement.legal.{one.legal_form}")
    topology = text(f"agreement.topology.{one.topology}")
    page.add("", text("agreement.sheet.form", legal=legal, topology=topology))
    if one.commands:
        page.add("", text("agreement.sheet.commands", commands=one.commands))
    if one.threat_scope:
        page.add("", text("agreement.sheet.threat_scope", scope=one.threat_scope))
    if one.territory_scope:
        page.add("", text("agreement.sheet.territory_scope", scope=one.territory_scope))
    if one.note:
        page.add("", one.note)


def _provisions(page: Page, told: Iterable[Told]) -> None:
    for one in told:
        page.gap()
        page.add(INDENT, text("agreement.sheet.provision", id=one.provision, says=one.says))
        if one.shows:
            shown = aspects_in_words(one.shows)
            page.add(DEEP, text("agreement.sheet.shows", aspects=shown))
        grounds = [f"[{id}]" for id in one.sources]
        if one.reason:
            grounds.append(text("agreement.sheet.judged", author=one.author, reason=one.reason))
        page.add(DEEP, text("agreement.sheet.ground", status=one.status, ground=" ".join(grounds)))


def _knows(page: Page, information: Information, names: dict[str, str]) -> None:
    foreign = [feed for feed in information.feeds if not feed.own]
    if not foreign:
        page.add(INDENT, text("agreement.sheet.knows_nothing"))
    for feed in foreign:
        between = [names[id] for id in feed.parties[1:-1]]
        given = feed.depth if feed.sensor.is_radar else min(feed.depth, Depth.D2)
        page.add(
            INDENT,
            text(
                "agreement.sheet.knows",
                sensor=feed.sensor.name,
                owner=feed.sensor.owner.name,
                depth=text(f"agreement.depth.{given.name}"),
                level=feed.depth.name,
                late=_late(feed),
                through=(
                    text("agreement.sheet.through", parties=joined(between)) if between else ""
                ),
            ),
        )


def _late(feed: Feed) -> str:
    """Return what the links add: best estimates and intervals, one after the other."""
    terms = [number_in_words(term) for term in feed.terms]
    return text("agreement.latency", time=" + ".join(terms))


def _decides(page: Page, authority: FireAuthority) -> None:
    values: dict[str, str] = {}
    if authority.delay is not None and authority.probability is not None:
        values = {
            "parties": joined([party.name for party in authority.asks]),
            "delay": number_in_words(authority.delay),
            "chance": number_in_words(authority.probability),
        }
    page.add(INDENT, text(f"agreement.sheet.decides_{authority.mode}", **values))
    for zone in authority.forbidden:
        by = text(f"agreement.by.{zone.by}", region=region_in_words(zone.region))
        page.add(INDENT, text("agreement.sheet.forbidden", by=by))


def _learns(page: Page, arrangement: Arrangement, party: str, names: dict[str, str]) -> None:
    """Write what a party learns of others' assets, those shown alike in one line."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in arrangement.exposure:
        if one.receiver == party and one.aspects:
            asset = one.asset or text("agreement.sheet.defence")
            found.setdefault((one.giver, aspects_in_words(one.aspects)), []).append(asset)
    for (giver, aspects), assets in found.items():
        once = joined(list(dict.fromkeys(assets)))
        page.add(
            INDENT,
            text("agreement.sheet.shown", giver=names[giver], what=once, aspects=aspects),
        )


def _foot(page: Page, catalog: Catalog, sources: tuple[str, ...], told: Iterable[Told]) -> None:
    cited = dict.fromkeys((*sources, *(id for one in told for id in one.sources)))
    if cited:
        page.gap()
    for id in cited:
        said = reference(catalog.source(id))
        page.add("", text("agreement.sheet.source", id=id, reference=said))
