"""The command that says what defences do to strategic forces."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.messages import text
from longroad.commands.app import (
    DONE,
    Draws,
    Json,
    Seed,
    Study,
    Workers,
    app,
    columns,
    option,
)
from longroad.commands.exchange_sets import by_difference, by_set, by_stability, launch_words

if TYPE_CHECKING:
    from longroad.study import ExchangeRow


@app.command(help=text("cli.help.exchange"))
def exchange(
    scenario: Study,
    variant: Annotated[str | None, option("--variant", "variant", "ID")] = None,
    year: Annotated[int | None, option("--year", "force_year", "YEAR", 1)] = None,
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = None,
    json: Json = False,
) -> int:
    """Print what every party's defence does to every other party's deterrent."""
    from longroad import scenario as scenarios
    from longroad import study

    loaded = scenarios.load(scenario)
    with console.progress() as move:
        found = study.exchange_answer(
            loaded, variant=variant, year=year, draws=draws, seed=seed, workers=workers,
            progress=move,
        )  # fmt: skip
    rows, differences = found.rows, study.difference_rows(found.extremes)
    if json:
        console.document({
            "rows": rows, "assumption_differences": differences, "defence_needed": found.needed,
            "touched": found.touched,
        })  # fmt: skip
        return DONE
    chosen = variant or loaded.headline
    shown = [row for row in rows if (row.variant, row.assumptions) == (chosen, "adopted")]
    console.line(text("cli.exchange.head", variant=chosen))
    for owner, part in groupby(shown, key=lambda row: row.owner):
        _of_owner(owner, list(part))
        here = [row for row in rows if (row.variant, row.owner) == (chosen, owner)]
        by_stability(here, [one for one in found.needed if one.owner == owner])
        by_set(here)
        by_difference([d for d in differences if (d.variant, d.owner) == (chosen, owner)])
    console.line()
    console.line(text("cli.exchange.note"))
    console.line(text("cli.exchange.extremes"))
    return DONE


def _of_owner(owner: str, rows: list[ExchangeRow]) -> None:
    """Print what is left of one party's force, by defender."""
    first = rows[0]
    console.line()
    console.line(text("cli.exchange.force", owner=owner, force=first.force))
    if first.provisional:
        console.line(text("cli.exchange.provisional"))
    reaching = [row for row in rows if row.within_reach > 0.0 or row.lost.epistemic_p95 > 0.0]
    idle = sorted({row.party for row in rows} - {row.party for row in reaching})
    names = (
        *("defence", "launched_at", "posture", "arriving", "other_routes"),
        *("near", "lost", "lost_share"),
    )
    undefended = {row.posture: row for row in rows}
    lines = [_bare(row) for row in undefended.values()] + [_line(row) for row in reaching]
    console.table(columns(*names), lines)
    if idle:
        console.line(text("cli.exchange.idle", parties=", ".join(idle)))


def _bare(row: ExchangeRow) -> tuple[str, ...]:
    none = text("cli.exchange.none")
    return (
        text("cli.exchange.without"), none, _posture(row), f"{row.arriving:.0f}",
        f"{row.other_routes:.0f}", none, none, none,
    )  # fmt: skip


def _line(row: ExchangeRow) -> tuple[str, ...]:
    launch = launch_words(row)
    lost, share = row.lost, row.lost_share
    return (
        text("cli.exchange.defence", party=row.party, towards=row.towards),
        launch,
        _posture(row),
        f"{row.arriving:.0f}",
        f"{row.other_routes:.0f}",
        f"{row.within_reach:.0f}",
        text(
            "cli.exchange.spread", best=f"{lost.best:.1f}", low=f"{lost.epistemic_p05:.1f}",
            high=f"{lost.epistemic_p95:.1f}",
        ),
        text("cli.exchange.percent", share=f"{100 * share.best:.1f}"),
    )  # fmt: skip


def _posture(row: ExchangeRow) -> str:
    return text(f"cli.exchange.posture.{row.posture}")
