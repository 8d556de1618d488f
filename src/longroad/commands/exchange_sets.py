"""What `longroad exchange` says of assumption sets, and which assumption makes the difference."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from longroad import console
from longroad.base.messages import text
from longroad.commands.app import columns

if TYPE_CHECKING:
    from longroad.study import DifferenceRow, ExchangeRow, NeededRow

WORST, CALM = "day-to-day-ride-out", "generated-launch-under-attack"
MOST = 6  # assumptions told of for each pair; --json has them all


def by_stability(rows: list[ExchangeRow], needed: list[NeededRow]) -> None:
    """Print the measures of stability of each defence at its most, in two postures."""
    best: dict[tuple[str, str], ExchangeRow] = {}
    for row in rows:
        if row.mode == "adopted" and row.posture in (WORST, CALM):
            known = best.get((row.party, row.posture))
            if known is None or row.lost_share.best > known.lost_share.best:
                best[row.party, row.posture] = row
    by = {one.party: one for one in needed}
    taking = {row.party for row in best.values() if row.lost.best > 0.0}
    shown = [row for row in best.values() if row.party in taking]
    if shown:
        console.line(text("cli.exchange.stability"))
        names = ("defence", "posture", "retaliation", "advantage", "build_up", "touched", "needed")
        console.table(columns(*names), [_stability(row, by.get(row.party)) for row in shown])


def _stability(row: ExchangeRow, needed: NeededRow | None) -> tuple[str, ...]:
    high = row.build_up_high
    grown = text("cli.exchange.unbounded", low=f"{100 * row.build_up_low:.0f}")
    if high is not None:
        grown = text(
            "cli.exchange.grown", low=f"{100 * row.build_up_low:.0f}", high=f"{100 * high:.0f}"
        )
    factor = text("cli.exchange.none")
    if needed is not None and row.posture == needed.posture:
        factor = text("cli.exchange.never", most=f"{100 * needed.effect:.0f}")
        if needed.value is not None:
            factor = text("cli.exchange.factor", factor=f"{needed.value:.1f}")
    return (
        text("cli.exchange.defence", party=row.party, towards=row.towards),
        text(f"cli.exchange.posture.{row.posture}"),
        text("cli.exchange.pair", first=f"{row.arriving:.0f}", second=f"{row.penetrating:.0f}"),
        text(
            "cli.exchange.pair", first=f"{row.first_strike_advantage:.2f}",
            second=f"{row.first_strike_advantage_defended:.2f}",
        ),
        grown,
        text("cli.exchange.percent", share=f"{100 * row.touchable_fraction:.0f}"),
        factor,
    )  # fmt: skip


def by_set(rows: list[ExchangeRow]) -> None:
    """Print what each defence takes under every reading, set and extreme, in one posture."""
    shown = [
        row for row in rows
        if row.posture == WORST and row.mode != "adopted"
        and (row.lost.epistemic_p95 > 0.0 or row.mode == "extreme")
    ]  # fmt: skip
    if not shown:
        return
    console.line(text("cli.exchange.sets"))
    names = ("defence", "assumptions", "held_by", "how", "launched_at", "lost_share")
    console.table(columns(*names), [_set(row) for row in shown])


def _set(row: ExchangeRow) -> tuple[str, ...]:
    share = row.lost_share
    words = text("cli.exchange.percent", share=f"{100 * share.best:.1f}")
    if share.epistemic_p95 > share.epistemic_p05:
        words = text(
            "cli.exchange.share", best=f"{100 * share.best:.1f}",
            low=f"{100 * share.epistemic_p05:.1f}", high=f"{100 * share.epistemic_p95:.1f}",
        )  # fmt: skip
    return (
        text("cli.exchange.defence", party=row.party, towards=row.towards),
        row.assumptions,
        row.holder,
        text(f"cli.exchange.mode.{row.mode}"),
        launch_words(row),
        words,
    )


def launch_words(row: ExchangeRow) -> str:
    """Return when a defence launches."""
    if row.delay_s is None:
        return text("cli.exchange.sensors")
    return text("cli.exchange.delay", delay=f"{row.delay_s:g}")


def by_difference(rows: list[DifferenceRow]) -> None:
    """Print the assumptions that make the greatest difference, pair by pair."""
    for (party, towards), part in groupby(rows, key=lambda row: (row.party, row.towards)):
        own = [row for row in part if row.change_alone is not None]
        if not own:
            continue
        first = own[0]
        console.line(
            text(
                "cli.exchange.differences", party=party, towards=towards,
                adopted=f"{100 * first.lost_adopted:.1f}",
                most=f"{100 * first.lost_owner_extreme:.1f}",
                least=f"{100 * first.lost_defender_extreme:.1f}",
            )
        )  # fmt: skip
        names = ("assumption", "taken_as", "held_by", "change_alone", "change_without")
        console.table(columns(*names), [_difference(row) for row in own[:MOST]])


def _difference(row: DifferenceRow) -> tuple[str, ...]:
    taken = row.owner_word
    if row.owner_end is not None and row.adopted is not None:
        taken = text(
            "cli.exchange.taken", word=row.owner_word, end=f"{row.owner_end:g}",
            adopted=f"{row.adopted:g}", unit="" if row.unit == "1" else f" {row.unit}",
        )  # fmt: skip
    return (row.quantity, taken, row.holder, _points(row.change_alone), _points(row.change_without))


def _points(value: float | None) -> str:
    if value is None:
        return text("cli.exchange.none")
    return text("cli.exchange.points", points=f"{100 * value:+.1f}")
