"""The tables of a run's negotiation, and its headline figures."""

from __future__ import annotations

import numpy as np

from longroad.bargaining.acceptance import Share
from longroad.bargaining.facts import Cell
from longroad.bargaining.problem import Floats
from longroad.bargaining.regions import ends_of
from longroad.study.bargain_inputs import Row, columns, inputs_table, swings_table
from longroad.study.bargain_packages import (
    choices_table,
    clauses_table,
    options_table,
    packages_table,
)
from longroad.study.bargain_points import points_table
from longroad.study.bargain_run import OWN, PROPOSAL, WIDEST, Bargained
from longroad.study.table import Table

FLOOR = "floor"
SURE = 1.96


def bargain_chapter(done: Bargained | None) -> dict[str, Table]:
    """Return the tables of the negotiation, where a scenario has one beside it."""
    if done is None:
        return {}
    return {
        "bargain_inputs": inputs_table(done.negotiation),
        "bargain_options": options_table(done),
        "bargain_packages": packages_table(done),
        "bargain_choices": choices_table(done),
        "bargain_clauses": clauses_table(done),
        "bargain_lines": lines_table(done),
        "bargain_facts": facts_table(done),
        "bargain_stages": stages_table(done),
        "bargain_swings": swings_table(done),
        "bargain_points": points_table(done),
        "bargain_figures": figures_table(done),
    }


def lines_table(done: Bargained) -> Table:
    """Return red lines with their prices, and the conditions of smallest conflicts."""
    lines = {line.line.id: line for line in done.sampled.lines}
    rows: list[Row] = []
    number: dict[str, list[str]] = {}
    for k, one in enumerate(done.report.conflicts, start=1):
        for name in (*one.lines, *(f"{FLOOR}/{party}" for party in one.floors)):
            number.setdefault(name, []).append(str(k))
    for price in done.report.lines:
        line = lines[price.line]
        rows += [
            (
                price.line, line.line.name, price.party, line.line.source or "", line.veto,
                price.active, price.blocked, " ".join(number.get(price.line, [])), party,
                price.nash_change[p], price.best_change[p],
            )
            for p, party in enumerate(done.parties)
        ]  # fmt: skip
    for name, sets in number.items():
        if name.startswith(f"{FLOOR}/"):
            party = name.removeprefix(f"{FLOOR}/")
            nothing = (np.nan, np.nan)
            rows.append((name, "", party, "", False, *nothing, " ".join(sets), party, *nothing))
    return columns("bargain_lines", rows)


def facts_table(done: Bargained) -> Table:
    """Return the cells of the fact-finding experiment, mixed ones first."""
    facts = done.report.facts
    if facts is None:
        return columns("bargain_facts", [])
    physics = done.negotiation.physics
    names = {one.id: one.name for one in (physics.assumptions if physics is not None else ())}
    mixed = [tuple(cell.held.items()) for cell in facts.cells]
    cells: dict[tuple[tuple[str, str], ...], Cell] = {}
    for cell in (*facts.cells, *facts.common):
        cells.setdefault(tuple(cell.held.items()), cell)
    rows: list[Row] = []
    for number, (key, cell) in enumerate(cells.items()):
        own = dict(cell.held) == dict(facts.own.held)
        rows += [
            (
                number, own, key in mixed, party, cell.held[party],
                names.get(cell.held[party], cell.held[party]), cell.share.share, cell.share.mc_se,
                cell.ratified.share, cell.ratified.mc_se, cell.gains[party],
            )
            for party in done.parties
        ]  # fmt: skip
    return columns("bargain_facts", rows)


def stages_table(done: Bargained) -> Table:
    """Return the stages of the roadmap by party."""
    road = done.report.roadmap
    if road is None:
        return columns("bargain_stages", [])
    numbers = done.sampled.numbers
    rows: list[Row] = []
    for stage, step in zip(done.negotiation.stages, road.steps, strict=True):
        low, middle, high = np.percentile(step.years, [5.0, 50.0, 95.0])
        words = " ".join(f"{issue}={option}" for issue, option in stage.choices.items())
        head = (
            stage.id, stage.name, words, stage.milestone or "", stage.exit or "",
            float(middle), float(low), float(high), step.share.share, step.share.mc_se,
        )  # fmt: skip
        for p, party in enumerate(done.parties):
            needed = float(np.median(step.needed[:, p]))
            exposed = numbers.of(f"{party}/exposure/{stage.id}", stage.exposure[party])
            trust = np.percentile(step.trust[:, p], [50.0, 10.0, 90.0])
            gain = np.percentile(step.gain[:, p], [50.0, 5.0, 95.0])
            rows.append((
                *head, party, *map(float, trust), needed if np.isfinite(needed) else np.nan,
                *map(float, gain), float(np.median(exposed)),
            ))  # fmt: skip
    return columns("bargain_stages", rows)


def figures_table(done: Bargained) -> Table:
    """Return the headline figures, which a comparison of two runs tells apart."""
    found, drawn = done.report, done.report.drawn
    rows: list[Row] = []
    regions = done.regions()

    def share(outcome: str, one: Share, held: object, about: str = "") -> None:
        low, high = ends_of(np.asarray(held), regions)
        rows.append((outcome, about, "", "1", one.share, low, high, one.mc_se))

    def plain(
        outcome: str, about: str, party: str, unit: str, best: float | None,
        low: float = np.nan, high: float = np.nan,
    ) -> None:  # fmt: skip
        value = np.nan if best is None or not np.isfinite(best) else best
        rows.append((outcome, about, party, unit, value, low, high, np.nan))

    share("agreement_share", found.agreement, drawn.signed.exists)
    share("agreement_share_with_ratifiers", found.agreement_ratified, drawn.ratified.exists)
    for gain in found.gains:
        plain("nash_gain", "", gain.party, "1", gain.median, gain.p05, gain.p95)
    for swap in found.swaps:
        plain("gain_as", swap.outcome, swap.party, "1", swap.change)
        plain("gain_as_start", swap.outcome, swap.party, "1", swap.start)
    accepted = done.made[OWN]
    for k, one in enumerate(done.packages):
        if one.kind in (PROPOSAL, WIDEST):
            held = accepted.ratifies[:, k].all(axis=1)
            named = Share(float(held.mean()), _error(held))
            share("accepted_by_all_with_ratifiers", named, held, one.id)
    for level in found.pivots:
        about = f"{level.needed} of {level.members}"
        one_share = level.share
        rows.append((
            "agreement_share_by_votes", about, level.party, "1", one_share.share,
            one_share.share - SURE * one_share.mc_se, one_share.share + SURE * one_share.mc_se,
            one_share.mc_se,
        ))  # fmt: skip
    for delay in found.delays:
        low, middle, high = delay.quantiles
        plain("delay", " ".join(delay.parties), "", "years", middle, low, high)
        plain("delay_endless_share", " ".join(delay.parties), "", "1", delay.endless)
    for lie in found.shadings:
        plain("shading_gain", lie.issue or "", lie.party, "1", lie.gain)
    if found.roadmap is not None:
        road = found.roadmap
        once = Share(float(road.once_taken.mean()), _error(road.once_taken))
        share("all_at_once_share", once, road.once_taken)
        better = np.all(road.staged >= road.at_once, axis=1)
        better &= np.any(road.staged > road.at_once + 1e-12, axis=1)
        share("stages_better_share", road.staged_better, better)
        for p, party in enumerate(done.parties):
            for name, values in (("staged_gain", road.staged), ("at_once_gain", road.at_once)):
                ends = _ends(values[:, p])
                plain(name, "", party, "1", float(values[:, p].mean()), *ends)
    if found.dance is not None:
        plain("concession_correlation", f"{found.dance.pairs}", "", "1", found.dance.correlation)
    if found.hindcast is not None:
        one_cast = found.hindcast
        plain("hindcast_score", "", "", "1", one_cast.score)
        plain("hindcast_score_without_replies", "", "", "1", one_cast.plain_score)
        plain("hindcast_score_always_refused", "", "", "1", one_cast.refuse_score)
    if found.facts is not None:
        for cell in (*found.facts.by_weight, *_base(done)):
            name = next(iter(cell.held.values()))
            plain("fact_finding_worth", name, "", "1", found.facts.worth(cell))
            worth = found.facts.worth(cell, ratified=True)
            plain("fact_finding_worth_with_ratifiers", name, "", "1", worth)
    for party, value in found.disagreement.items():
        plain("no_deal_worth", "", party, "1", value)
    return columns("bargain_figures", rows)


def _base(done: Bargained) -> list[Cell]:
    facts = done.report.facts
    if facts is None:
        return []
    return [one for one in facts.common if set(one.held.values()) == {facts.base}]


def _error(held: object) -> float:
    from longroad.bargaining.acceptance import share

    return share(np.asarray(held, dtype=np.bool_)).mc_se


def _ends(values: Floats) -> tuple[float, float]:
    low, high = np.percentile(values, [5.0, 95.0])
    return float(low), float(high)
