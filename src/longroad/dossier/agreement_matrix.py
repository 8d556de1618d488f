"""The first screen of the chapter: arrangements by parties, what each gives, shows and leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace

from longroad.base.messages import text
from longroad.dossier.agreement_data import (
    AREA,
    NONE,
    PEOPLE,
    REFUSED,
    WITHDRAWN,
    Agreements,
    Shown,
)
from longroad.dossier.agreement_names import LEAST_CHANGE, Names, Verdict, timed, verdict
from longroad.dossier.numbers import interval, listed, percent, share

# A screen holds so many rows of four lines each.
MOST_TALL = 7
ROUNDS, LAUNCH, CONSENT = "shot_opportunities", "commit_time", "partner_consent_fraction"


@dataclass(frozen=True)
class Bar:
    """A share as a bar: percentages of its width; ``low`` and ``high`` None without draws."""

    best: float
    low: float | None
    high: float | None
    none: float | None


@dataclass(frozen=True)
class Cell:
    """What an arrangement gives one party: share, interval, verdict, and three short lines."""

    party: str
    best: str | None
    between: str | None
    bar: Bar | None
    verdict: Verdict | None
    people: str
    gives: str
    stays: str
    shows: str


@dataclass(frozen=True)
class Row:
    """One arrangement."""

    name: str
    date: str
    architecture: str
    cells: list[Cell]


@dataclass(frozen=True)
class Matrix:
    """The table, its heads by party (name, missile), and the sentences above it."""

    heads: list[tuple[str, str]]
    bare: list[bool]
    rows: list[Row]
    leads: list[str]

    @property
    def many(self) -> bool:
        """Whether its rows must be short to fit a screen."""
        return len(self.rows) > MOST_TALL


def matrix(found: Agreements, names: Names) -> Matrix:
    """Return the table of all arrangements and parties, each with its most demanding missile."""
    chosen = {party: found.most_divided(party) for party in found.parties}
    heads = [
        (
            names.party[party],
            text("dossier_agreements.table.against", missile=names.missile[missile])
            if missile
            else text("dossier_agreements.table.none"),
        )
        for party, missile in chosen.items()
    ]
    rows = [
        Row(
            names.agreement[one.id],
            one.date,
            one.architecture if one.architecture != NONE else "",
            [_cell(found, names, one.id, party, missile) for party, missile in chosen.items()],
        )
        for one in found.proposals
    ]
    if len(rows) > MOST_TALL:
        rows = _only_what_differs(rows, [one.id for one in found.proposals])
    leads = [_lead(found, names, party, missile) for party, missile in chosen.items()]
    return Matrix(heads, [missile is None for missile in chosen.values()], rows, leads)


def _only_what_differs(rows: list[Row], ids: list[str]) -> list[Row]:
    """Return rows without launch times and rounds that are those of having no agreement.

    Where there are many arrangements they are to fit a screen, and most change neither.
    """
    if NONE not in ids:
        return rows
    usual = [cell.gives for cell in rows[ids.index(NONE)].cells]
    return [
        row
        if id == NONE
        else replace(
            row,
            cells=[
                replace(cell, gives="") if cell.gives == gives else cell
                for cell, gives in zip(row.cells, usual, strict=True)
            ],
        )
        for id, row in zip(ids, rows, strict=True)
    ]


def _cell(found: Agreements, names: Names, agreement: str, party: str, missile: str | None) -> Cell:
    shows = "" if agreement == NONE else shown_words(found.shown.get(agreement, ()), party)
    name = names.party[party]
    area = found.get(agreement, party, missile, AREA) if missile else None
    if missile is None or area is None:
        none = text("dossier_agreements.table.none")
        gives = "" if missile is None else none
        return Cell(name, None, None, None, None, "", gives, "", shows)
    before = found.get(NONE, party, missile, AREA)
    bar = Bar(
        100.0 * area.best,
        None if area.epistemic_p05 is None else 100.0 * area.epistemic_p05,
        None if area.epistemic_p95 is None else 100.0 * area.epistemic_p95,
        None if before is None else 100.0 * before.best,
    )
    return Cell(
        name,
        percent(area.best),
        interval(area) if area.epistemic_p05 != area.epistemic_p95 else None,
        bar,
        verdict(found, names, agreement, party, missile),
        _people(found, agreement, party, missile),
        _gives(found, agreement, party, missile),
        _stays(found, names, agreement, party, missile),
        shows,
    )


def _people(found: Agreements, agreement: str, party: str, missile: str) -> str:
    people = found.get(agreement, party, missile, PEOPLE)
    if people is None:
        return ""
    return text("dossier_agreements.table.people", share=percent(people.best))


def _gives(found: Agreements, agreement: str, party: str, missile: str) -> str:
    """Return launch time and rounds of fire."""
    rounds = found.get(agreement, party, missile, ROUNDS)
    at = timed(found.get(agreement, party, missile, LAUNCH))
    parts = []
    if at is not None:
        parts.append(text("dossier_agreements.table.launch", at=at))
    else:
        parts.append(text("dossier_agreements.table.launch_never"))
    if rounds is not None:
        parts.append(text("dossier_agreements.table.rounds", rounds=f"{rounds.best:.1f}"))
    return " · ".join(parts)


def _stays(found: Agreements, names: Names, agreement: str, party: str, missile: str) -> str:
    """Return what is left on the day a partner has left, or does not consent."""
    parts = []
    days = found.days(agreement, party, missile, WITHDRAWN)
    shares = {percent(one.best) for one in days.values()}
    if len(days) > 1 and len(shares) == 1:
        parts.append(text("dossier_agreements.table.leaves_all", share=next(iter(shares))))
    else:
        for id, one in days.items():
            values = {"party": names.party[id], "share": percent(one.best)}
            if parts:
                parts.append(text("dossier_agreements.table.leaves_too", **values))
            else:
                parts.append(text("dossier_agreements.table.leaves", **values))
    refused = found.days(agreement, party, missile, REFUSED)
    parts += [
        text("dossier_agreements.table.refuses", party=names.party[id], share=percent(one.best))
        for id, one in refused.items()
    ]
    asks = found.get(agreement, party, missile, CONSENT)
    if asks is not None and asks.best > 0.0 and not refused:
        parts.insert(0, text("dossier_agreements.table.consent"))
    return ", ".join(parts)


def shown_words(shown: tuple[Shown, ...], party: str) -> str:
    """Return what a party shows of its own, as numbers of assets by aspect."""
    assets: dict[str, set[str]] = {}
    for one in shown:
        if one.giver == party:
            assets.setdefault(one.aspect, set()).add(one.asset)
    if not assets:
        return text("dossier_agreements.table.shows_nothing")
    by_count: dict[int, list[str]] = {}
    for aspect, known in assets.items():
        by_count.setdefault(len(known - {""}), []).append(aspect_word(aspect))
    parts = []
    for count, words in by_count.items():
        aspects = ", ".join(words)
        if count:
            parts.append(text("dossier_agreements.table.shows_part", aspects=aspects, count=count))
        else:
            parts.append(text("dossier_agreements.table.shows_whole", aspects=aspects))
    return text("dossier_agreements.table.shows", list="; ".join(parts))


def aspect_word(aspect: str) -> str:
    """Return an aspect of exposure in words."""
    return text(f"agreement.aspect.{aspect}")


def _lead(found: Agreements, names: Names, party: str, missile: str | None) -> str:
    """Return the finding for one party in one or two sentences."""
    name = names.party[party]
    none = found.get(NONE, party, missile, AREA) if missile else None
    known = [
        (one.id, area)
        for one in found.proposals
        if missile and (area := found.get(one.id, party, missile, AREA)) is not None
    ]
    if missile is None or none is None or not known:
        return text("dossier_agreements.lead_none", party=name)
    spelled = names.missile[missile]
    best = max((area for _, area in known), key=lambda area: area.best)
    most = [names.agreement[id] for id, one in known if best.best - one.best < LEAST_CHANGE]
    kinds = {id: verdict(found, names, id, party, missile) for id, _ in known}
    lower = [names.agreement[id] for id, one in kinds.items() if one and one.kind == "lower"]
    values = {"party": name, "missile": spelled, "share": share(none)}
    if best.best - none.best < LEAST_CHANGE and lower:
        made = text("dossier_agreements.lead_no_more", **values)
    elif best.best - none.best < LEAST_CHANGE:
        made = text("dossier_agreements.lead_same", **values)
    else:
        made = text(
            "dossier_agreements.lead_most", party=name, agreements=listed(most),
            missile=spelled, share=share(best), none=share(none),
        )  # fmt: skip
    if lower:
        made += " " + text("dossier_agreements.lead_lower", list=listed(lower))
    blocked = [
        names.agreement[id]
        for id, area in known
        if area.best > 0.0
        and any(one.best <= 0.0 for one in found.days(id, party, missile, REFUSED).values())
    ]
    if blocked:
        made += " " + text("dossier_agreements.lead_blocked", list=listed(blocked))
    return made


def short(found: Agreements, names: Names) -> list[str]:
    """Return one or two sentences for each party that has something to engage with."""
    made = []
    for party in found.parties:
        missile = found.most_divided(party)
        none = found.get(NONE, party, missile, AREA) if missile else None
        if missile is None or none is None:
            continue
        others = [one.id for one in found.proposals if one.id != NONE]
        areas = [found.get(id, party, missile, AREA) for id in others]
        known = [area for area in areas if area is not None]
        more = [area for area in known if area.best - none.best >= LEAST_CHANGE]
        lower = sum(_takes(found, id, party) for id in others)
        values = {"party": names.party[party], "all": len(others), "none": share(none)}
        values["missile"] = names.missile[missile]
        if more:
            best = max(more, key=lambda area: area.best)
            words = text(
                "dossier_agreements.short_more", more=len(more), share=share(best), **values
            )  # fmt: skip
        elif lower:
            words = text("dossier_agreements.short_less", **values)
        else:
            words = text("dossier_agreements.short_same", **values)
        if lower:
            words += " " + text("dossier_agreements.short_lower", count=lower)
        made.append(words)
    return made


def _takes(found: Agreements, agreement: str, party: str) -> bool:
    """Return whether an arrangement lets less be engaged of any missile."""
    for missile in found.missiles(party):
        now, none = (found.get(id, party, missile, AREA) for id in (agreement, NONE))
        if now is not None and none is not None and now.best - none.best <= -LEAST_CHANGE:
            return True
    return False
