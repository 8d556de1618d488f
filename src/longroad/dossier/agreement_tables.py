"""The tables of the chapter on agreements: history, what is shown, all numbers."""

from __future__ import annotations

from dataclasses import dataclass

from longroad.base.messages import text
from longroad.dossier.agreement_data import AREA, LOST, NONE, PEOPLE, Agreements
from longroad.dossier.agreement_matrix import CONSENT, LAUNCH, ROUNDS, aspect_word
from longroad.dossier.agreement_names import LEAST_CHANGE, WARNING, Names, points, timed
from longroad.dossier.inputs import SourceRef, bibliography
from longroad.dossier.material import Material
from longroad.dossier.numbers import listed, percent, share

PARTNER = "partner_data_fraction"


@dataclass(frozen=True)
class HistoryRow:
    """One proposal: when, what, by whom, what it would have done for each party, sources."""

    date: str
    name: str
    note: str
    by: str
    figures: list[str]
    sources: list[SourceRef]


@dataclass(frozen=True)
class TextTable:
    """A table of words."""

    heads: list[str]
    rows: list[list[str]]


def cited(material: Material) -> list[str]:
    """Return the ids of the sources of all agreements that the run has in its list."""
    found, known = material.agreements, {source.id for source in material.manifest.sources}
    if found is None:
        return []
    return [id for one in found.proposals for id in one.sources if id in known]


def history(material: Material, found: Agreements, names: Names) -> list[HistoryRow]:
    """Return all agreements but that of none, in the order of the scenario."""
    known = bibliography(material.manifest, cited(material))
    refs = {one.source.id: SourceRef(one.number, one.source.id) for one in known}
    made = []
    for one in found.proposals:
        if one.id == NONE:
            continue
        made.append(
            HistoryRow(
                one.date or text("dossier_agreements.history.undated"),
                names.agreement[one.id],
                one.note,
                listed([names.party.get(id, id) for id in one.proposed_by])
                or text("dossier_agreements.history.nobody"),
                [_figure(found, one.id, party) for party in found.parties],
                [refs[id] for id in one.sources if id in refs],
            )
        )
    return made


def _figure(found: Agreements, agreement: str, party: str) -> str:
    missile = found.most_divided(party)
    now = found.get(agreement, party, missile, AREA) if missile else None
    before = found.get(NONE, party, missile, AREA) if missile else None
    if now is None:
        return text("dossier.format.none")
    if before is None:
        return share(now)
    change = now.best - before.best
    if abs(change) < LEAST_CHANGE:
        return text("dossier_agreements.history.unchanged", share=share(now))
    return text("dossier_agreements.history.figure", share=share(now), change=points(change))


def exposure(found: Agreements, names: Names) -> TextTable:
    """Return what each arrangement shows, by giver and receiver."""
    rows = []
    for one in found.proposals:
        groups: dict[tuple[str, str, str], list] = {}
        for shown in found.shown.get(one.id, ()):
            groups.setdefault((shown.giver, shown.receiver, shown.depth), []).append(shown)
        for (giver, receiver, depth), known in groups.items():
            assets = [names.asset.get(id, id) for id in dict.fromkeys(s.asset for s in known) if id]
            whole = any(not s.asset for s in known)
            if whole:
                assets.append(text("dossier_agreements.shows.whole"))
            kept = list(dict.fromkeys(s.aspect for s in known if s.kept))
            lost = [s for s in known if not s.kept]
            still = text("dossier_agreements.shows.kept_all")
            if lost:
                still = text("dossier_agreements.shows.kept_none")
                if kept:
                    words = listed([aspect_word(a) for a in kept])
                    still = text("dossier_agreements.shows.kept_some", list=words)
            rows.append([
                names.agreement[one.id], names.party.get(giver, giver),
                names.party.get(receiver, receiver), listed(assets), depth,
                listed([aspect_word(a) for a in dict.fromkeys(s.aspect for s in known)]), still,
            ])  # fmt: skip
    heads = [
        text("dossier_agreements.numbers.arrangement"),
        text("dossier_agreements.shows.giver"),
        text("dossier_agreements.shows.receiver"),
        text("dossier_agreements.shows.assets"),
        text("dossier_agreements.shows.depth"),
        text("dossier_agreements.shows.aspects"),
        text("dossier_agreements.shows.kept"),
    ]
    return TextTable(heads, rows)


def numbers(found: Agreements, names: Names) -> TextTable:
    """Return every party, missile, arrangement and day in figures; lost sensors stay in the run."""
    order = {one.id: i for i, one in enumerate(found.proposals)}
    days = dict.fromkeys(key[:4] for key in found.outcomes if not key[1].startswith(LOST))
    parties, known = list(found.parties), [one.id for one in found.variant.threats]
    keys = sorted(
        (key for key in days if key[0] in order and key[2] in parties),
        key=lambda k: (parties.index(k[2]), known.index(k[3]), order[k[0]]),
    )
    dash = text("dossier.format.none")
    rows = []
    for agreement, day, party, missile in keys:
        area, people, rounds, partner = (
            found.get(agreement, party, missile, outcome, day)
            for outcome in (AREA, PEOPLE, ROUNDS, PARTNER)
        )
        times = (
            timed(found.get(agreement, party, missile, outcome, day)) or dash
            for outcome in (WARNING, LAUNCH)
        )
        asks = found.get(agreement, party, missile, CONSENT, day)
        day_words = names.day(day)
        if asks is not None and asks.best > 0.0:
            day_words += ", " + text("dossier_agreements.table.consent")
        rows.append([
            names.party[party], names.missile[missile], names.agreement[agreement], day_words,
            share(area) if area else dash, share(people) if people else dash, *times,
            f"{rounds.best:.1f}" if rounds else dash, percent(partner.best) if partner else dash,
        ])  # fmt: skip
    heads = [
        text(f"dossier_agreements.numbers.{name}")
        for name in (
            *("party", "missile", "arrangement", "day", "area", "people"),
            *("warning", "launch", "rounds", "partner"),
        )
    ]
    return TextTable(heads, rows)
