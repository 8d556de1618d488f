"""The command that searches for limits on a defence that meet a concern."""

from __future__ import annotations

from textwrap import fill
from typing import Annotated

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

WIDTH = 96


@app.command(help=text("cli.help.limits"))
def limits(
    scenario: Study,
    party: Annotated[str | None, option("--party", "limited", "ID")] = None,
    variant: Annotated[str | None, option("--variant", "variant", "ID")] = None,
    concern: Annotated[str | None, option("--concern", "concern", "ID")] = None,
    towards: Annotated[str | None, option("--towards", "towards", "COUNTRY")] = None,
    delay: Annotated[str | None, option("--delay", "limits_delay", "S")] = None,
    tolerable: Annotated[str | None, option("--tolerable", "tolerable", "SHARE")] = None,
    most: Annotated[int | None, option("--most", "most", "N", 1)] = None,
    seed: Seed = None,
    workers: Workers = None,
    json: Json = False,
) -> int:
    """Print sets of limits with what they cost and leave, the frontier, and an answer."""
    from longroad import scenario as scenarios
    from longroad import study
    from longroad.base import units
    from longroad.deterrent import answer

    asked = None if tolerable is None else units.parse(tolerable, "fraction")
    loaded = scenarios.load(scenario)
    with console.progress() as move:
        found, rows = study.limits(
            loaded, party=party, variant=variant, concern=concern, towards=towards,
            delay_s=number_of("--delay", delay, "time", "s"), most=most or 2, seed=seed,
            workers=workers, progress=move,
        )  # fmt: skip
    said = None if asked is None else answer(found, asked)
    if json:
        knee = None if found.knee is None else found.knee.set.id
        console.document({"rows": rows, "knee": knee, "answer": said})
        return DONE
    meant = party or loaded.variant(variant or loaded.headline).batteries[0].owner.id
    named = {"party": meant, "variant": variant or loaded.headline}
    console.line(fill(text("cli.limits.head", parties=", ".join(found.parties), **named), WIDTH))
    console.table(
        columns("limits", "area_lost", "interceptors_lost", "worst", "standing"),
        [
            (
                row.words.replace(f"{meant}: ", ""),
                _percent(row.area_lost),
                _percent(row.interceptors_lost),
                _percent(row.concern),
                row.standing,
            )
            for row in rows
        ],
    )
    console.line()
    if found.knee is None:
        console.line(text("cli.limits.no_knee"))
    else:
        console.line(fill(text("cli.limits.knee", limits=found.knee.set.words), WIDTH))
    if said is not None:
        console.line(fill(said, WIDTH))
    return DONE


def _percent(share: float) -> str:
    return text("cli.limits.percent", share=f"{100 * share:.1f}")
