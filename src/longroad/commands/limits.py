"""The command that searches for limits on a defence that meet a concern."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.messages import text
from longroad.commands.app import (
    DONE,
    Json,
    Seed,
    Study,
    Workers,
    app,
    columns,
    option,
)
from longroad.commands.fly_input import number_of
from longroad.commands.limits_input import limit_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from longroad.study import GrowthRow, LimitRow, Limits, Spread

WIDTH = 96
ADOPTED, NO_CHANGE, DOMINATED = "adopted", "no-change", "dominated"


@app.command(help=text("cli.help.limits"))
def limits(
    scenario: Study,
    party: Annotated[str | None, option("--party", "limited", "ID")] = None,
    variant: Annotated[str | None, option("--variant", "variant", "ID")] = None,
    concern: Annotated[str | None, option("--concern", "concern", "ID")] = None,
    towards: Annotated[str | None, option("--towards", "towards", "COUNTRY")] = None,
    limit: Annotated[list[str] | None, option("--limit", "limit", "KIND=VALUE")] = None,
    together: Annotated[bool, option("--together", "together")] = False,
    most: Annotated[int | None, option("--most", "most", "N", 1)] = None,
    grown: Annotated[str | None, option("--grown", "grown", "STEP")] = None,
    growth: Annotated[bool, option("--growth", "growth")] = False,
    delay: Annotated[str | None, option("--delay", "limits_delay", "S")] = None,
    tolerable: Annotated[str | None, option("--tolerable", "tolerable", "SHARE")] = None,
    seed: Seed = None,
    workers: Workers = None,
    json: Json = False,
) -> int:
    """Print sets of limits with what they cost and leave, the frontier, and an answer."""
    from longroad import scenario as scenarios
    from longroad import study
    from longroad.base import units
    from longroad.study.limits_run import party_of

    level = None if tolerable is None else units.parse(tolerable, "fraction")
    loaded = scenarios.load(scenario)
    owner = party_of(loaded.variant(variant or loaded.headline), party)
    if growth:
        rows = study.growth_of(
            loaded, party=owner, variant=variant, concern=concern, seed=seed, workers=workers
        )
        if json:
            console.document({"rows": rows})
        else:
            _print_growth(rows)
        return DONE
    with console.progress() as move:
        found = study.limits(
            loaded, party=owner, variant=variant, concern=concern, towards=towards,
            delay_s=number_of("--delay", delay, "time", "s"),
            chosen=tuple(limit_of(owner, one) for one in limit or ()), together=together,
            most=most or 2, grow=grown or "present", tolerable=level, seed=seed, workers=workers,
            progress=move,
        )  # fmt: skip
    if json:
        knee = None if found.knee is None else found.knee.set.id
        answers = [{**vars(one), "outcome": one.outcome.set.id} for one in found.answers]
        console.document({"rows": found.rows, "knee": knee, "answers": answers})
        return DONE
    _print(found, grown)
    return DONE


def _print(found: Limits, grown: str | None) -> None:
    """Print the single sets and those of the frontier, then the answer."""
    from longroad.deterrent import sentences
    from longroad.study.limits_world import DRAWS

    first = found.rows[0]
    shown = [r for r in found.rows if len(r.limits) < 2 or r.standing not in (DOMINATED, NO_CHANGE)]
    own = dict.fromkeys(one.assumptions for one in first.concerns if one.assumptions != ADOPTED)
    console.line(
        fill(
            text(
                "cli.limits.head", party=first.party, variant=first.variant, draws=DRAWS,
                own=", ".join(own),
            ),
            WIDTH,
        )
    )  # fmt: skip
    if grown is not None:
        console.line(text("cli.limits.grown", step=grown))
    owners = list(dict.fromkeys(one.owner for one in first.concerns))
    pair = _pair if len(owners) > 1 else _pair_spread
    console.table(
        (
            *columns("limits", "area_lost", "shots_lost", "interceptors_lost"),
            *(_head(first, owner) for owner in owners),
            *columns("standing"),
        ),
        [
            (
                row.words.replace(f"{row.party}: ", ""),
                _spread(row.area_lost),
                _spread(row.shots_lost),
                _percent(row.interceptors_lost),
                *(pair(row, owner) for owner in owners),
                text("cli.limits.unchanged") if row.standing == NO_CHANGE else row.standing,
            )
            for row in shown
        ],
    )
    if len(shown) < len(found.rows):
        console.line(text("cli.limits.bettered", count=len(found.rows) - len(shown)))
    console.line()
    if found.knee is None:
        console.line(text("cli.limits.no_knee"))
    else:
        console.line(fill(text("cli.limits.knee", limits=found.knee.set.words), WIDTH))
    for words in sentences(found.answers):
        console.line(fill(words.replace(f"{first.party}: ", ""), WIDTH))


def _print_growth(rows: Sequence[GrowthRow]) -> None:
    """Print a table for each deterrent: steps of growth down, limits across."""
    for owner in dict.fromkeys(row.concern.owner for row in rows):
        mine = [row for row in rows if row.concern.owner == owner]
        first = mine[0]
        own = next(r.concern.assumptions for r in reversed(mine))
        known = {(r.step, r.limits, r.concern.assumptions): r for r in mine}
        limits = list(dict.fromkeys(row.limits for row in mine))
        console.line(
            fill(
                text(
                    "cli.limits.growth_head", party=first.party, variant=first.variant,
                    owner=owner, own=own,
                ),
                WIDTH,
            )
        )  # fmt: skip
        table = []
        for step in dict.fromkeys(row.step for row in mine):
            cells = []
            for words in limits:
                usual, extreme = known[step, words, ADOPTED], known[step, words, own]
                pair = text(
                    "cli.limits.pair", adopted=_number(usual.concern.best),
                    own=_number(extreme.concern.best),
                )  # fmt: skip
                idle = words != limits[0] and not usual.binds
                cells.append(text(f"cli.limits.{'idle' if idle else 'binds'}", pair=pair))
            table.append((step, *cells))
        heads = [words.replace(f"{first.party}: ", "") for words in limits]
        console.table((*columns("step"), *heads), table)
        console.line()
    console.line(text("cli.limits.idle_note"))


def _head(row: LimitRow, owner: str) -> str:
    mine = [one for one in row.concerns if one.owner == owner]
    country = next((one.towards for one in reversed(mine) if one.towards), None)
    where = "" if country is None else text("cli.limits.towards", country=country)
    return text("cli.limits.concern", owner=owner, towards=where)


def _pair(row: LimitRow, owner: str) -> str:
    mine = [one for one in row.concerns if one.owner == owner]
    return text("cli.limits.pair", adopted=_number(mine[0].best), own=_number(mine[-1].best))


def _pair_spread(row: LimitRow, owner: str) -> str:
    mine = [one for one in row.concerns if one.owner == owner]
    ends = [_spread(one.share).removesuffix(" %") for one in (mine[0], mine[-1])]
    return text("cli.limits.pair", adopted=ends[0], own=ends[1])


def _spread(lost: Spread | None) -> str:
    if lost is None or lost.best is None:
        return text("cli.limits.none")
    if lost.epistemic_p05 is None or lost.epistemic_p95 is None:
        return _percent(lost.best)
    return text(
        "cli.limits.spread", best=_number(lost.best), low=_number(lost.epistemic_p05),
        high=_number(lost.epistemic_p95),
    )  # fmt: skip


def _percent(share: float) -> str:
    return text("cli.limits.share", best=_number(share))


def _number(share: float) -> str:
    return f"{100 * share:.1f}"
