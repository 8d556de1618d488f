"""The tables of the chapter on what all could sign."""

from __future__ import annotations

import math
from dataclasses import dataclass

from longroad.bargaining.durations import durations
from longroad.base.messages import text
from longroad.dossier.agreement_tables import TextTable
from longroad.dossier.bargain_data import ALL, HOME, Bargain
from longroad.dossier.bargain_words import (
    choice,
    line_name,
    package_name,
    points,
    proposer,
    ranged,
    reply,
    spread,
)
from longroad.dossier.inputs import SourceRef
from longroad.dossier.numbers import listed, percent, share
from longroad.dossier.reading import Spread

# What one half is away from what came to be.
COIN = 0.5


@dataclass(frozen=True)
class ProposalRow:
    """One proposal in full."""

    number: int
    name: str
    about: str
    sources: list[SourceRef]
    shares: list[str]
    crosses: str
    nearest: str
    predicted: str


@dataclass(frozen=True)
class ClauseTable:
    """Two proposals issue by issue."""

    title: str
    heads: list[str]
    rows: list[list[str]]
    contested: str


def heads(found: Bargain, group: str, *names: str) -> list[str]:
    """Return headings of a table."""
    return [text(f"dossier_bargain.heads.{group}.{name}") for name in names]


def proposals(found: Bargain, refs: dict[str, SourceRef]) -> list[ProposalRow]:
    """Return all proposals by date."""
    rows = []
    for one in found.dated:
        date = one.date or text("dossier_bargain.undated")
        shares = [spread(one.of(who)) for who in (*found.parties, ALL, HOME)]
        if one.nearest:
            near = "; ".join(choice(found, i, o) for i, o in one.nearest.items())
            near = text("dossier_bargain.nearest", count=len(one.nearest), changes=near)
        else:
            key = "as_it_is" if one.changes == 0.0 else "never"
            near = text(f"dossier_bargain.{key}")
        known = math.isfinite(one.predicted)
        rows.append(
            ProposalRow(
                found.number(one), one.name, f"{proposer(found, one)}, {date}; {reply(one)}",
                [refs[one.source]] if one.source in refs else [], shares,
                listed([line_name(found, id) for id in one.crosses])
                or text("dossier_bargain.no_line"),
                near, percent(one.predicted) if known else text("dossier.format.none"),
            )
        )  # fmt: skip
    return rows


def lines(found: Bargain, refs: dict[str, SourceRef]) -> list[tuple[list[str], list[SourceRef]]]:
    """Return red lines with what they cost, dearest first, each with its source."""
    rows = []
    for one in found.lines:
        where = text(f"dossier_bargain.{'at_home' if one.veto else 'at_table'}")
        cells = [
            one.name, f"{found.called(one.holder)}, {where}", percent(one.real),
            percent(one.blocked), *(points(one.gain_change[p]) for p in found.parties),
        ]  # fmt: skip
        rows.append((cells, [refs[one.source]] if one.source in refs else []))
    return rows


def line_heads(found: Bargain) -> list[str]:
    """Return the headings of the table of red lines."""
    names = [text("dossier_bargain.heads.lines.gain", party=found.called(p)) for p in found.parties]
    return [*heads(found, "lines", "line", "holder", "real", "blocked"), *names]


def clause_tables(found: Bargain) -> list[ClauseTable]:
    """Return the conflicts of two proposals."""
    made = []
    for (first, second), clauses in found.clauses.items():
        a, b = found.packages[first], found.packages[second]
        rows = [
            [
                found.issues[one.issue].name, found.option(one.issue, one.first),
                found.option(one.issue, one.second),
                *(ranged(*one.worth[p]) for p in found.parties),
                text(f"dossier_bargain.{'contested' if one.contested else 'uncontested'}"),
            ]
            for one in clauses
        ]  # fmt: skip
        sides = [f"{proposer(found, one)}, {one.date}: {one.name}" for one in (a, b)]
        contested = [found.issues[one.issue].name for one in clauses if one.contested]
        key = "conflict_on" if contested else "conflict_none"
        made.append(
            ClauseTable(
                text("dossier_bargain.against", first=sides[0], second=sides[1]),
                [*heads(found, "clauses", "issue", "first", "second"),
                 *(found.called(p) for p in found.parties), ""],
                rows,
                text(f"dossier_bargain.{key}", count=len(contested), all=len(clauses),
                     list=listed(contested)),
            )
        )  # fmt: skip
    return made


def gains(found: Bargain) -> TextTable:
    """Return what each party gains at the Nash point, and what that is worth in an outcome."""
    rows = []
    for party in found.parties:
        one = found.figure("nash_gain", party=party)
        if one is None:
            continue
        swaps = []
        for swap in found.all_figures("gain_as"):
            start = found.figure("gain_as_start", swap.about, party)
            if swap.party != party or start is None:
                continue
            key = "swap" if math.isfinite(swap.best) else "swap_beyond"
            swaps.append(
                text(
                    f"dossier_bargain.{key}", outcome=swap.about.replace("-", " "),
                    change=points(swap.best), start=percent(start.best),
                )
            )  # fmt: skip
        rows.append([
            found.called(party), ranged(one.best, one.p05, one.p95),
            "; ".join(swaps) or text("dossier.format.none"),
        ])  # fmt: skip
    return TextTable(heads(found, "gains", "party", "gain", "swap"), rows)


def pivots(found: Bargain) -> TextTable:
    """Return how the share with an agreement falls as more must consent at home."""
    rows = [
        [
            found.called(one.party), one.about,
            share(Spread(one.best, max(one.p05, 0.0), min(one.p95, 1.0))),
        ]
        for one in found.all_figures("agreement_share_by_votes")
    ]  # fmt: skip
    return TextTable(heads(found, "pivots", "party", "votes", "share"), rows)


def facts(found: Bargain) -> TextTable:
    """Return all cells of the fact-finding experiment."""
    rows = []
    for one in found.cells:
        holds = [found.set_name(one.holds[p]) for p in found.parties]
        mark = f" ({text('dossier_bargain.belief.own')})" if one.own else ""
        rows.append([
            holds[0] + mark, *holds[1:], _with_error(one.share, one.mc_se),
            _with_error(one.home, one.home_mc_se),
            ", ".join(f"{100.0 * one.gains[p]:.1f}" for p in found.parties),
        ])  # fmt: skip
    names = [text("dossier_bargain.heads.facts.holds", party=found.called(p))
             for p in found.parties]  # fmt: skip
    return TextTable([*names, *heads(found, "facts", "table", "home", "gains")], rows)


def _with_error(value: float, error: float) -> str:
    if not math.isfinite(error):
        return percent(value)
    return text("dossier_bargain.plus_minus", share=percent(value), error=f"{196.0 * error:.0f}")


def stages(found: Bargain) -> TextTable:
    """Return the stages in numbers."""
    rows = []
    for one in found.stages:
        years = text(
            "dossier_bargain.years_range", years=f"{one.years[0]:.1f}", low=f"{one.years[1]:.1f}",
            high=f"{one.years[2]:.1f}",
        )  # fmt: skip
        what = "; ".join(choice(found, i, o) for i, o in one.choices.items())
        for n, party in enumerate(found.parties):
            needed = one.needed[party]
            trust = one.trust[party]
            rows.append([
                one.name if n == 0 else "", what if n == 0 else "", years if n == 0 else "",
                _with_error(one.taken, one.mc_se) if n == 0 else "", found.called(party),
                share(Spread(*trust)),
                percent(needed) if math.isfinite(needed) else text("dossier_bargain.never_pays"),
                ranged(*one.gain[party]), points(-one.exposure[party]),
            ])  # fmt: skip
    names = ("stage", "what", "years", "taken", "party", "trust", "needed", "gain", "exposure")
    return TextTable(heads(found, "stages", *names), rows)


def staged(found: Bargain) -> str:
    """Return stages against all at once in a sentence."""
    once, better = (found.figure(n) for n in ("all_at_once_share", "stages_better_share"))
    if once is None or better is None:
        return ""
    told = []
    for party in found.parties:
        road, whole = (found.figure(n, party=party) for n in ("staged_gain", "at_once_gain"))
        if road is not None and whole is not None:
            told.append(text(
                "dossier_bargain.road.each", party=found.called(party),
                staged=ranged(road.best, road.p05, road.p95),
                once=ranged(whole.best, whole.p05, whole.p95),
            ))  # fmt: skip
    return text(
        "dossier_bargain.road.compare", list="; ".join(told),
        taken=share(Spread(once.best, once.p05, once.p95)),
        better=share(Spread(better.best, better.p05, better.p95)),
    )  # fmt: skip


def delays(found: Bargain) -> list[str]:
    """Return how long two parties hold out, and how long comparable talks took."""
    told = []
    for one in found.all_figures("delay"):
        pair = listed([found.called(p) for p in one.about.split()])
        if math.isfinite(one.best):
            told.append(text(
                "dossier_bargain.delay", pair=pair, years=_years(one.best), low=_years(one.p05),
                high=_years(one.p95),
            ))  # fmt: skip
        else:
            told.append(text("dossier_bargain.delay_endless", pair=pair))
    if told:
        cases = "; ".join(
            text("dossier_bargain.took", case=one.case, years=_years(one.years),
                 outcome=one.outcome)
            for one in durations()
        )  # fmt: skip
        told.append(text("dossier_bargain.base_rate", cases=cases))
    return told


def _years(years: float) -> str:
    return f"{years:.2g}" if years < 100.0 else f"{years:,.0f}"


def missed(found: Bargain) -> str:
    """Return the replies of the record that are foretold worse than by a coin."""
    told = [one for one in found.dated if math.isfinite(one.predicted)]
    wrong = [
        text(
            "dossier_bargain.hindcast.missed_one", name=one.name, reply=reply(one),
            share=percent(one.predicted),
        )
        for one in told
        if abs(one.predicted - float(one.reply == "accepted")) >= COIN
    ]  # fmt: skip
    if not told:
        return ""
    if not wrong:
        return text("dossier_bargain.hindcast.none_missed")
    return text("dossier_bargain.hindcast.missed", list="; ".join(wrong))


def conflicts(found: Bargain) -> str:
    """Return whether anything is left when every red line is real."""
    if not found.conflicts:
        return text("dossier_bargain.conflict_free")
    sets = [listed([line_name(found, id) for id in ids]) for ids in found.conflicts.values()]
    return text("dossier_bargain.conflict_sets", sets="; ".join(sets))


def shading(found: Bargain) -> str:
    """Return what a party gains by playing an issue down."""
    best = max(found.all_figures("shading_gain"), key=lambda one: one.best, default=None)
    if best is None or best.best < 0.0005 or best.about not in found.issues:
        return text("dossier_bargain.shade_none")
    return text(
        "dossier_bargain.shade", party=found.called(best.party), gain=points(best.best),
        issue=found.issues[best.about].name,
    )  # fmt: skip


def computed(found: Bargain) -> TextTable:
    """Return the packages that were computed: what they hold and what everybody gains."""
    rows = []
    for one in found.packages.values():
        if one.kind == "proposal":
            continue
        told = "; ".join(choice(found, i, one.choices[i]) for i in one.changed)
        rows.append([
            package_name(found, one), told,
            *(ranged(one.gains[p].best, one.gains[p].p05, one.gains[p].p95)
              for p in found.parties),
            spread(one.of(ALL)), spread(one.of(HOME)),
        ])  # fmt: skip
    names = [found.called(p) for p in found.parties]
    return TextTable(
        [*heads(found, "computed", "package", "what"), *names,
         *heads(found, "computed", "all", "home")], rows,
    )  # fmt: skip
