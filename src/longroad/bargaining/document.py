"""A report for programs: what was drawn is summed up, every number named with its unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import numpy as np

from longroad.bargaining.acceptance import Share
from longroad.bargaining.delay import Delay
from longroad.bargaining.facts import Cell
from longroad.bargaining.problem import Floats
from longroad.bargaining.ratify import Level
from longroad.bargaining.report import Common, Deal, Report
from longroad.bargaining.shading import Shading
from longroad.bargaining.zone import Conflict

Plain = Mapping[str, float | None]


@dataclass(frozen=True)
class LineRow:
    """What one red line costs."""

    line: str
    holder: str
    active_share: float
    agreement_share_with: float
    agreement_share_without: float
    blocked_share: float
    nash_gain_change: Plain
    best_gain_change: Plain


@dataclass(frozen=True)
class DelayRow:
    """Expected delay between two parties, over the assignments with a deal."""

    parties: tuple[str, str]
    p05_years: float
    median_years: float
    p95_years: float
    endless_share: float
    leaves_share: float
    elections: bool


@dataclass(frozen=True)
class StageRow:
    """One stage: medians over assignments by party."""

    stage: str
    taken: Share
    median_years: float
    gain: Plain
    trust: Plain
    trust_needed: Plain


@dataclass(frozen=True)
class RoadRow:
    """Stages against all at once: mean expected gains by party."""

    stages: tuple[StageRow, ...]
    staged_gain: Plain
    at_once_gain: Plain
    at_once_taken_share: float
    staged_better: Share


@dataclass(frozen=True)
class MoveRow:
    """One dated proposal: median gain over no deal by party, with interval."""

    package: str
    date: str
    by: str | None
    gain: Plain
    gain_p05: Plain
    gain_p95: Plain
    concession: float | None


@dataclass(frozen=True)
class ReplyRow:
    """One reply, predicted from the others."""

    package: str
    accepted: bool
    share: float
    predicted_share: float
    effective_assignments: float
    reply: str
    share_without_red_lines: float
    share_without_signing_cost: float


@dataclass(frozen=True)
class HindcastRow:
    """Brier scores; lower is better."""

    score: float
    score_without_replies: float
    score_always_refused: float
    score_base_rate: float
    score_without_partial_replies: float
    score_always_refused_without_partial_replies: float
    beats_always_refused: bool
    replies: tuple[ReplyRow, ...]


@dataclass(frozen=True)
class DivisionRow:
    """Adjusted winner, and the solutions between packages, by party."""

    shares: Mapping[str, str]
    points: Plain
    nash: Plain
    kalai_smorodinsky: Plain
    egalitarian: Plain
    greatest_sum: tuple[Plain, Plain]
    balanced_increments: Plain
    frontier: Floats


@dataclass(frozen=True)
class CommonRow:
    """All parties hold one assumption set.

    ``worth`` is against each holding its own, ``change`` against all holding the base.
    """

    assumptions: str
    agreement: Share
    agreement_ratified: Share
    nash_gain: Plain
    worth: float
    worth_ratified: float
    change: float
    change_ratified: float
    greatest_gain_change: float


@dataclass(frozen=True)
class FactRow:
    """The fact-finding experiment; ``common`` in the order of what changes most, the base last."""

    base: str
    draws: int
    own: Mapping[str, str]
    cells: tuple[Cell, ...]
    common: tuple[CommonRow, ...]


@dataclass(frozen=True)
class Document(Common):
    """The JSON document of `longroad bargain`."""

    division: DivisionRow | None
    first_deals: tuple[Deal, ...]
    lines: tuple[LineRow, ...]
    conflicts: tuple[Conflict, ...]
    pivots: tuple[Level, ...]
    delays: tuple[DelayRow, ...]
    milder_delays: tuple[DelayRow, ...]
    shaded_share: float
    shadings: tuple[Shading, ...]
    roadmap: RoadRow | None
    moves: tuple[MoveRow, ...]
    concession_correlation: float | None
    hindcast: HindcastRow | None
    fact_finding: FactRow | None


def document(found: Report) -> Document:
    """Return a report without its draws."""
    one, moves = found.hindcast, found.dance
    return Document(
        **{one.name: getattr(found, one.name) for one in fields(Common)},
        division=_division(found),
        first_deals=found.first_deals,
        lines=tuple(
            LineRow(
                line.line,
                line.party,
                line.active,
                line.with_line,
                line.without_line,
                line.blocked,
                _by(found, np.array(line.nash_change)),
                _by(found, np.array(line.best_change)),
            )
            for line in found.lines
        ),
        conflicts=found.conflicts,
        pivots=found.pivots,
        delays=tuple(map(_delay, found.delays)),
        milder_delays=tuple(map(_delay, found.milder_delays)),
        shaded_share=found.shaded,
        shadings=found.shadings,
        roadmap=_road(found),
        moves=tuple(
            MoveRow(
                move.package,
                move.date,
                move.by,
                _by(found, move.gain),
                _by(found, move.low),
                _by(found, move.high),
                move.concession,
            )
            for move in (moves.moves if moves is not None else ())
        ),
        concession_correlation=moves.correlation if moves is not None else None,
        hindcast=None
        if one is None
        else HindcastRow(
            one.score,
            one.plain_score,
            one.refuse_score,
            one.share_score,
            *one.plainly_answered,
            one.beats_refusal,
            tuple(
                ReplyRow(
                    r.package,
                    r.accepted,
                    r.plain,
                    r.predicted,
                    r.effective,
                    r.reply,
                    r.without_lines,
                    r.without_cost,
                )
                for r in one.replies
            ),
        ),
        fact_finding=_fact_finding(found),
    )


def _delay(one: Delay) -> DelayRow:
    return DelayRow(one.parties, *one.quantiles, one.endless, one.leaves, one.elections)


def _fact_finding(found: Report) -> FactRow | None:
    facts = found.facts
    if facts is None:
        return None
    base = [one for one in facts.common if set(one.held.values()) == {facts.base}]
    return FactRow(
        facts.base,
        facts.draws,
        facts.own.held,
        facts.cells,
        tuple(
            CommonRow(
                next(iter(one.held.values())),
                one.share,
                one.ratified,
                one.gains,
                facts.worth(one),
                facts.worth(one, ratified=True),
                *facts.change(one),
            )
            for one in (*facts.by_weight, *base)
        ),
    )


def _by(found: Report, values: Floats) -> Plain:
    """Return a number for each party; None where it is not finite."""
    return {
        party: float(value) if np.isfinite(value) else None
        for party, value in zip(found.parties, values, strict=True)
    }


def _division(found: Report) -> DivisionRow | None:
    one = found.divided
    if one is None:
        return None
    first, last = one.mixed.utilitarian
    return DivisionRow(
        one.shares,
        one.points,
        _by(found, one.mixed.nash),
        _by(found, one.mixed.kalai_smorodinsky),
        _by(found, one.mixed.egalitarian),
        (_by(found, first), _by(found, last)),
        _by(found, one.increments),
        one.corners,
    )


def _road(found: Report) -> RoadRow | None:
    road = found.roadmap
    if road is None:
        return None
    stages = tuple(
        StageRow(
            step.stage,
            step.share,
            float(np.median(step.years)),
            _by(found, np.median(step.gain, axis=0)),
            _by(found, np.median(step.trust, axis=0)),
            _by(found, np.median(step.needed, axis=0)),
        )
        for step in road.steps
    )
    return RoadRow(
        stages,
        _by(found, road.staged.mean(axis=0)),
        _by(found, road.at_once.mean(axis=0)),
        float(road.once_taken.mean()),
        road.staged_better,
    )
