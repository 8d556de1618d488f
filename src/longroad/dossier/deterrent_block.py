"""The chapter on deterrents: its block for the page, and its figures by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import (
    deterrent_curve,
    deterrent_growth,
    deterrent_limits,
    deterrent_ranking,
    deterrent_tables,
    deterrent_treaty,
    deterrent_waterfall,
)
from longroad.dossier.agreement_tables import TextTable
from longroad.dossier.deterrent_data import POSTURE_IDS, WORST, Deterrent
from longroad.dossier.deterrent_words import Names, launch, posture, set_words
from longroad.dossier.figure import Figure
from longroad.dossier.inputs import SourceRef, bibliography
from longroad.dossier.limits_data import LimitSearch
from longroad.dossier.material import Material
from longroad.dossier.numbers import listed


@dataclass(frozen=True)
class Lead:
    """One sentence on one owner, and whether it leans on numbers from memory."""

    words: str
    more: str | None
    provisional: bool


@dataclass(frozen=True)
class OwnerBlock:
    """One owner's force against the defence that takes most of it."""

    title: str
    waterfall: Markup
    table: TextTable
    curve: Markup | None
    curve_legend: list[tuple[str, str]]
    others: str
    other_charts: list[tuple[str, Markup]]
    sets: list[tuple[str, Markup]]
    """What each tab of the chart shows beside the first: sets that parties hold, and extremes."""


@dataclass(frozen=True)
class RankingBlock:
    """Which assumption makes the difference to one owner: bars, and all numbers that move."""

    title: str
    charts: list[tuple[str, Markup, TextTable]]


@dataclass(frozen=True)
class TreatyBlock:
    """One treaty: its chart, what became of it, and the last declarations."""

    title: str
    svg: Markup
    after: str
    findings: list[str]
    states: list[deterrent_treaty.State]
    note: str
    sources: list[SourceRef]


@dataclass(frozen=True)
class LimitsBlock:
    """Limits on one defence: the chart, the answer in words, the numbers."""

    title: str
    svg: Markup
    legend: list[tuple[str, str]]
    reading: str
    answers: list[str]
    notes: list[str]
    table: TextTable
    whole: TextTable


@dataclass(frozen=True)
class GrowthBlock:
    """Growth of one party's defence: what it does to each deterrent."""

    title: str
    sentences: list[str]
    table: TextTable


@dataclass(frozen=True)
class DeterrentBlock:
    """Everything that the chapter says."""

    variant: str
    leads: list[Lead]
    provisional: bool
    legend: list[tuple[str, str]]
    owners: list[OwnerBlock]
    matters: list[deterrent_tables.MatterTable]
    rankings: list[RankingBlock]
    ranking_legend: list[tuple[str, str]]
    treaties: list[TreatyBlock]
    stability: TextTable
    touched: list[tuple[str, TextTable]]
    limits: list[LimitsBlock]
    growth: list[GrowthBlock]
    note: str


def cited(material: Material) -> list[str]:
    """Return the ids of the sources that the chapter cites, where the run knows them."""
    found, known = material.deterrent, {source.id for source in material.manifest.sources}
    if found is None:
        return []
    treaties = deterrent_treaty.treaties(found)
    every = [id for one in treaties for id in deterrent_treaty.sources(found, one)]
    return [id for id in dict.fromkeys(every) if id in known]


def deterrent_block(
    material: Material, shared: dict[str, str], others: Iterable[str] = ()
) -> DeterrentBlock | None:
    """Return the chapter, or None where the run has no exchanges.

    ``others`` are the ids of sources that chapters cite, by which its own are numbered.
    """
    found = material.deterrent
    if found is None:
        return None
    known = bibliography(material.manifest, others)
    refs = {one.source.id: SourceRef(one.number, one.source.id) for one in known}
    names = Names.of(material.manifest, found)
    leads = []
    for owner in found.owners:
        row = found.rows[found.adopted(owner, found.most(owner))][WORST]
        more = deterrent_waterfall.idle(found, names, owner)
        words = deterrent_waterfall.lead(found, names, owner)
        leads.append(Lead(words, more if more != words else None, row.provisional))
    return DeterrentBlock(
        variant=names.variant[found.variant.id],
        leads=leads,
        provisional=any(lead.provisional for lead in leads),
        legend=deterrent_waterfall.legend(),
        owners=[_owner(found, names, owner, shared) for owner in found.owners],
        matters=deterrent_tables.matters(found, names),
        rankings=[
            made for owner in found.owners if (made := _ranking(found, names, owner, shared))
        ],
        ranking_legend=deterrent_ranking.legend(),
        treaties=[
            _treaty(found, names, id, shared, refs) for id in deterrent_treaty.treaties(found)
        ],
        stability=deterrent_tables.stability(found, names),
        touched=_touched(found, names),
        limits=[_limits(found, names, one, shared) for one in found.searches],
        growth=[
            GrowthBlock(
                deterrent_growth.title(names, one),
                deterrent_growth.sentences(names, one),
                deterrent_growth.table(names, one),
            )
            for one in found.growth
        ],
        note=text("dossier_deterrent.note", draws=material.manifest.draws),
    )


def _owner(found: Deterrent, names: Names, owner: str, shared: dict[str, str]) -> OwnerBlock:
    party = found.most(owner)
    heads = [text("dossier_deterrent.waterfall.row"), *(posture(at) for at in POSTURE_IDS)]
    rows = deterrent_waterfall.table(found, names, owner, party)
    curve, legend = None, []
    if deterrent_curve.has_curves(found, owner, party):
        curve = Markup(deterrent_curve.figure(found, names, owner, party).svg(shared))
        legend = deterrent_curve.legend(found, names, owner, party)
    others = [one for one in found.against(owner) if one != party]
    parties = listed([names.called(one) for one in others])
    return OwnerBlock(
        title=deterrent_waterfall.title(found, names, owner, party),
        waterfall=Markup(deterrent_waterfall.figure(found, names, owner, party).svg(shared)),
        table=TextTable(heads, rows),
        curve=curve,
        curve_legend=legend,
        others=text("dossier_deterrent.waterfall.others", parties=parties) if others else "",
        other_charts=[
            (made.title, Markup(made.svg(shared)))
            for one in others
            if (made := deterrent_waterfall.figure(found, names, owner, one))
        ],
        sets=[
            (set_words(found, names, case), Markup(made.svg(shared)))
            for case in found.sets(owner, party)
            if (made := deterrent_waterfall.set_figure(found, names, case))
        ],
    )


def _touched(found: Deterrent, names: Names) -> list[tuple[str, TextTable]]:
    """Return by pair what sites could touch of each base, where they touch anything anywhere."""
    made = []
    for owner in found.owners:
        for party in found.against(owner):
            table = deterrent_tables.touched(found, names, owner, party)
            if table is not None:
                title = text(
                    "dossier_deterrent.stability.touched_by", party=names.called(party),
                    owner=names.called(owner),
                    towards=names.towards(found.adopted(owner, party).towards),
                    launch=launch(found.adopted(owner, party)),
                )  # fmt: skip
                made.append((title, table))
    return made


def _ranking(
    found: Deterrent, names: Names, owner: str, shared: dict[str, str]
) -> RankingBlock | None:
    charts = [
        (made.title, Markup(made.svg(shared)), deterrent_ranking.table(names, rows))
        for rows in deterrent_ranking.pairs(found, owner)
        if (made := deterrent_ranking.figure(names, rows))
    ]
    if not charts:
        return None
    return RankingBlock(text("dossier_deterrent.matters.owner", owner=names.called(owner)), charts)


def _treaty(
    found: Deterrent, names: Names, id: str, shared: dict[str, str], refs: dict[str, SourceRef]
) -> TreatyBlock:
    made = deterrent_treaty.figure(found, names, id)
    return TreatyBlock(
        title=made.title,
        svg=Markup(made.svg(shared)),
        after=deterrent_treaty.after(id),
        findings=deterrent_treaty.findings(found, names, id),
        states=deterrent_treaty.states(id),
        note=deterrent_treaty.note(id),
        sources=[refs[one] for one in deterrent_treaty.sources(found, id) if one in refs],
    )


def _limits(
    found: Deterrent, names: Names, search: LimitSearch, shared: dict[str, str]
) -> LimitsBlock:
    made, drawn = deterrent_limits.figure(found, names, search), deterrent_limits.drawn(search)
    notes = (
        deterrent_limits.postures(names, search), deterrent_limits.knees(names, search),
        deterrent_limits.speeds(search), deterrent_limits.dispute(names, search),
    )  # fmt: skip
    return LimitsBlock(
        title=made.title,
        svg=Markup(made.svg(shared) if drawn else ""),
        legend=deterrent_limits.legend() if drawn else [],
        reading=deterrent_limits.reading(search) if drawn else "",
        answers=deterrent_limits.answers(names, search),
        notes=[note for note in notes if note],
        table=deterrent_limits.table(names, search),
        whole=deterrent_limits.table(names, search, whole=True),
    )


def _search(found: Deterrent, about: str) -> LimitSearch:
    return next(one for one in found.searches if f"{one.variant}/{one.party}" == about)


def _figures(found: Deterrent) -> list[tuple[str, str, str]]:
    """Return all figures as (name, kind, owner and party or ledger)."""
    made = []
    for owner in found.owners:
        for party in found.against(owner):
            pair = f"{owner}/{party}"
            made.append((deterrent_waterfall.figure_name(owner, party), "waterfall", pair))
            if deterrent_curve.has_curves(found, owner, party):
                made.append((deterrent_curve.figure_name(owner, party), "curve", pair))
        for rows in deterrent_ranking.pairs(found, owner):
            about = (owner, rows[0].party, rows[0].towards)
            name = deterrent_ranking.figure_name(*about)
            made.append((name, "ranking", "/".join(about)))
    made += [
        (deterrent_treaty.figure_name(id), "treaty", id) for id in deterrent_treaty.treaties(found)
    ]
    made += [
        (deterrent_limits.figure_name(one), "limits", f"{one.variant}/{one.party}")
        for one in found.searches
        if deterrent_limits.drawn(one)
    ]
    return made


def names(material: Material) -> tuple[str, ...]:
    """Return the names of the chapter's figures."""
    found = material.deterrent
    return tuple(name for name, _, _ in _figures(found)) if found else ()


def build(material: Material, name: str) -> Figure | None:
    """Return the figure of that name, or None."""
    found = material.deterrent
    if found is None:
        return None
    spelled = Names.of(material.manifest, found)
    for known, kind, about in _figures(found):
        if known != name:
            continue
        owner, _, party = about.partition("/")
        if kind == "ranking":
            return next(
                deterrent_ranking.figure(spelled, rows)
                for rows in deterrent_ranking.pairs(found, owner)
                if "/".join((rows[0].party, rows[0].towards)) == party
            )
        if kind == "waterfall":
            return deterrent_waterfall.figure(found, spelled, owner, party)
        if kind == "curve":
            return deterrent_curve.figure(found, spelled, owner, party)
        if kind == "treaty":
            return deterrent_treaty.figure(found, spelled, owner)
        return deterrent_limits.figure(found, spelled, _search(found, about))
    return None


def legend(material: Material, name: str) -> list[tuple[str, str]]:
    """Return (colour, words) of a figure's legend; none for the treaty, whose lines are named."""
    found = material.deterrent
    if found is None:
        return []
    for known, kind, about in _figures(found):
        if known == name:
            owner, _, party = about.partition("/")
            if kind == "curve":
                spelled = Names.of(material.manifest, found)
                return deterrent_curve.legend(found, spelled, owner, party)
            if kind == "waterfall":
                return deterrent_waterfall.legend()
            if kind == "ranking":
                return deterrent_ranking.legend()
            return deterrent_limits.legend() if kind == "limits" else []
    return []


def said(material: Material, name: str, description: str) -> list[str]:
    """Return what stands below a figure that is cited alone: what it says, rests on, leaves out."""
    found = material.deterrent
    if found is None:
        return []
    kind, about = next(((k, a) for known, k, a in _figures(found) if known == name), ("", ""))
    if kind == "treaty":
        return [description]
    if kind == "limits":
        return [description, text("dossier_deterrent.limits_bound")]
    words = [text("dossier_deterrent.upper_bound")]
    owner = about.partition("/")[0]
    if any(found.rows[case][WORST].provisional for case in found.cases(owner)):
        words.append(text("dossier_deterrent.provisional_note"))
    return words
