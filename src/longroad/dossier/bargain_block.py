"""The chapter on what all could sign: its block for the page, and its figures by name."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from longroad.base.messages import text
from longroad.dossier import (
    bargain_belief,
    bargain_dance,
    bargain_frontier,
    bargain_heat,
    bargain_lead,
    bargain_region,
    bargain_road,
    bargain_sheet,
    bargain_tables,
    bargain_tornado,
)
from longroad.dossier.agreement_tables import TextTable
from longroad.dossier.bargain_data import Bargain
from longroad.dossier.bargain_words import legend_of
from longroad.dossier.claim_blocks import ClaimBlock, claims
from longroad.dossier.figure import Figure
from longroad.dossier.inputs import SourceRef, bibliography
from longroad.dossier.material import Material
from longroad.dossier.numbers import listed

Legend = list[tuple[str, str]]


@dataclass(frozen=True)
class Picture:
    """A drawing with its title, what to read from it, and the words of its colours."""

    id: str
    title: str
    reading: str
    svg: Markup
    legend: Legend


@dataclass(frozen=True)
class BargainBlock:
    """Everything that the chapter says."""

    title: str
    question: str
    short: str
    leads: list[tuple[str, str]]
    normal: str
    rests: str
    unheard: str
    parties: Legend
    frontier: Picture
    other_frontiers: list[Picture]
    pictures: dict[str, Picture]
    party_names: list[str]
    proposals: list[bargain_tables.ProposalRow]
    computed: TextTable
    gains: TextTable
    line_heads: list[str]
    lines: list[tuple[list[str], list[SourceRef]]]
    conflicts: str
    clauses: list[bargain_tables.ClauseTable]
    facts: TextTable
    stages: TextTable
    staged: str
    pivots: TextTable
    delays: list[str]
    missed: str
    shading: str
    claims: list[ClaimBlock]
    note: str


def cited_sources(material: Material) -> list[str]:
    """Return the ids of the bibliography that the negotiation cites."""
    record = material.manifest.negotiation
    return list(record.sources) if record is not None else []


def bargain_block(
    material: Material, shared: dict[str, str], more: list[str]
) -> BargainBlock | None:
    """Return the chapter, or None where the run has no negotiation.

    ``more`` are the ids of sources that other chapters cite, by which its own are numbered.
    """
    found = material.bargain
    if found is None:
        return None
    known = bibliography(material.manifest, more)
    refs = {one.source.id: SourceRef(one.number, one.source.id) for one in known}
    made = {name: _picture(found, name, shared) for name in figure_names(found)}
    first, *others = (bargain_frontier.name_of(pair) for pair in bargain_frontier.pairs(found))
    record = found.record
    counts = listed(
        [
            text("dossier_bargain.count", count=one.count, status=one.status)
            for one in record.statuses
            if one.count
        ]
    )
    return BargainBlock(
        title=record.title,
        question=record.question,
        short=bargain_lead.short(found),
        leads=[
            (text(f"dossier_bargain.lead.head.{key}"), words)
            for key, words in bargain_lead.leads(found)
        ],
        normal=bargain_lead.normal(found),
        rests=text("dossier_bargain.rests", counts=counts, author=record.author),
        unheard=text("dossier_bargain.unheard", list=listed(list(record.unheard)))
        if record.unheard
        else "",
        parties=legend_of(found),
        frontier=made.pop(first),
        other_frontiers=[made.pop(name) for name in others],
        pictures={name.removeprefix("bargain-"): picture for name, picture in made.items()},
        party_names=[found.called(party) for party in found.parties],
        proposals=bargain_tables.proposals(found, refs),
        computed=bargain_tables.computed(found),
        gains=bargain_tables.gains(found),
        line_heads=bargain_tables.line_heads(found),
        lines=bargain_tables.lines(found, refs),
        conflicts=bargain_tables.conflicts(found),
        clauses=bargain_tables.clause_tables(found),
        facts=bargain_tables.facts(found),
        stages=bargain_tables.stages(found),
        staged=bargain_tables.staged(found),
        pivots=bargain_tables.pivots(found),
        delays=bargain_tables.delays(found),
        missed=bargain_tables.missed(found),
        shading=bargain_tables.shading(found),
        claims=claims(material, "bargaining", more),
        note=text(
            "dossier_bargain.note", assignments=f"{record.assignments:,}",
            packages=f"{record.packages:,.0f}", issues=record.issues,
            prices=record.price_assignments, facts=record.fact_assignments,
        ),
    )  # fmt: skip


def _picture(found: Bargain, name: str, shared: dict[str, str]) -> Picture:
    made = _figure(found, name)
    assert made is not None
    kind = "frontier" if name.startswith("bargain-frontier") else name.removeprefix("bargain-")
    return Picture(
        name, made.title, text(f"dossier_bargain.reading.{kind}"), Markup(made.svg(shared)),
        _legend(found, name),
    )  # fmt: skip


def figure_names(found: Bargain) -> list[str]:
    """Return the names of the chapter's figures, in its order."""
    made = [bargain_frontier.name_of(pair) for pair in bargain_frontier.pairs(found)]
    plain = (
        bargain_heat, bargain_dance, bargain_tornado, bargain_sheet, bargain_road, bargain_region,
        bargain_belief,
    )  # fmt: skip
    return made + [room.NAME for room in plain if room.figure(found) is not None]


def _figure(found: Bargain, name: str) -> Figure | None:
    for pair in bargain_frontier.pairs(found):
        if name == bargain_frontier.name_of(pair):
            return bargain_frontier.figure(found, pair)
    plain = (
        bargain_heat, bargain_dance, bargain_tornado, bargain_sheet, bargain_road, bargain_region,
        bargain_belief,
    )  # fmt: skip
    return next((room.figure(found) for room in plain if name == room.NAME), None)


def _legend(found: Bargain, name: str) -> Legend:
    if name.startswith("bargain-frontier"):
        return bargain_frontier.legend(found)
    rooms = {
        bargain_heat.NAME: bargain_heat.legend,
        bargain_tornado.NAME: bargain_tornado.legend,
        bargain_road.NAME: bargain_road.legend,
    }
    if name in rooms:
        return rooms[name]()
    if name == bargain_dance.NAME:
        return bargain_dance.legend(found)
    return bargain_sheet.legend(found) if name == bargain_sheet.NAME else []


def names(material: Material) -> tuple[str, ...]:
    """Return the names of the chapter's figures."""
    return tuple(figure_names(material.bargain)) if material.bargain is not None else ()


def build(material: Material, name: str) -> Figure | None:
    """Return the figure of that name, or None."""
    return None if material.bargain is None else _figure(material.bargain, name)


def legend(material: Material, name: str) -> Legend:
    """Return (colour, words) of a figure's legend."""
    return [] if material.bargain is None else _legend(material.bargain, name)


def said(description: str) -> list[str]:
    """Return what stands below a figure that is cited alone."""
    return [description, text("dossier_bargain.cited")]
