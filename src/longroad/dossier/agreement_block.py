"""The chapter on agreements: its block for the page, and its figures by name."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier import (
    agreement_gantt,
    agreement_maps,
    agreement_marginal,
    agreement_matrix,
    agreement_story,
    agreement_tables,
)
from longroad.dossier.agreement_data import NONE, Agreements
from longroad.dossier.agreement_names import Names
from longroad.dossier.figure import Figure
from longroad.dossier.material import Material
from longroad.dossier.naming import variant_names


@dataclass(frozen=True)
class AgreementBlock:
    """Everything that the chapter says."""

    variant: str | None
    matrix: agreement_matrix.Matrix
    short: list[str]
    legend: list[tuple[str, str]]
    stories: list[agreement_story.StoryBlock]
    map_legend: list[tuple[str, str]]
    maps: list[agreement_maps.MapRow]
    marginal: list[agreement_marginal.MarginalRow]
    marginal_table: agreement_marginal.MarginalTable
    history: list[agreement_tables.HistoryRow]
    parties: list[str]
    shows: agreement_tables.TextTable
    numbers: agreement_tables.TextTable
    note: str


def agreement_block(material: Material, shared: dict[str, str]) -> AgreementBlock | None:
    """Return the chapter, or None where the run compares no agreements."""
    found = material.agreements
    if found is None:
        return None
    manifest = material.manifest
    names = Names.of(manifest, found)
    variant = None
    if len(manifest.variants) > 1:
        title = variant_names(manifest)[found.variant.id]
        variant = text("dossier_agreements.variant", variant=title)
    chosen = [(party, found.most_divided(party)) for party in found.parties]
    return AgreementBlock(
        variant=variant,
        matrix=agreement_matrix.matrix(found, names),
        short=agreement_matrix.short(found, names),
        legend=agreement_gantt.legend(),
        stories=[
            agreement_story.block(found, names, party, missile, shared)
            for party, missile in chosen
            if missile is not None and (party, missile) in found.stories
        ],
        map_legend=agreement_maps.legend(),
        maps=agreement_maps.rows(material, found, names, shared),
        marginal=agreement_marginal.rows(found, names, shared),
        marginal_table=agreement_marginal.table(found, names),
        history=agreement_tables.history(material, found, names),
        parties=[names.party[party] for party in found.parties],
        shows=agreement_tables.exposure(found, names),
        numbers=agreement_tables.numbers(found, names),
        note=text("dossier_agreements.note", draws=manifest.draws),
    )


def _figures(found: Agreements) -> list[tuple[str, str, str, str]]:
    """Return all figures as (kind, party, missile, agreement)."""
    made = [("sequence", party, missile, "") for party, missile in found.stories]
    for party in found.parties:
        for missile in found.missiles(party):
            for one in found.proposals:
                if one.id == NONE:
                    continue
                if (party, missile) in found.cells:
                    made.append(("agreement", party, missile, one.id))
                if agreement_marginal.counts(found, one.id, party, missile):
                    made.append(("marginal", party, missile, one.id))
    return made


def _name(kind: str, party: str, missile: str, agreement: str) -> str:
    if kind == "sequence":
        return agreement_story.figure_name(party, missile)
    named = agreement_maps if kind == "agreement" else agreement_marginal
    return named.figure_name(party, missile, agreement)


def names(material: Material) -> tuple[str, ...]:
    """Return the names of the chapter's figures."""
    found = material.agreements
    return tuple(_name(*one) for one in _figures(found)) if found else ()


def build(material: Material, name: str) -> Figure | None:
    """Return the figure of that name, or None."""
    found = material.agreements
    if found is None:
        return None
    spelled = Names.of(material.manifest, found)
    for kind, party, missile, agreement in _figures(found):
        if name != _name(kind, party, missile, agreement):
            continue
        if kind == "sequence":
            return agreement_story.figure(found, spelled, party, missile)
        if kind == "marginal":
            return agreement_marginal.figure(found, spelled, party, missile, agreement)
        if party in material.fine:
            return agreement_maps.figure(material, found, spelled, party, missile, agreement)
    return None


def legend(name: str) -> list[tuple[str, str]]:
    """Return (colour, words) of a figure's legend; none for bars, which are labelled."""
    if name.startswith("sequence-"):
        return agreement_gantt.legend()
    return agreement_maps.legend() if name.startswith("agreement-") else []
