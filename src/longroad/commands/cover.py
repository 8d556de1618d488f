"""The command that prints engageable shares."""

from __future__ import annotations

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

if TYPE_CHECKING:
    from longroad.study import Spread


@app.command(help=text("cli.help.cover"))
def cover(
    scenario: Study,
    variant: Annotated[str | None, option("--variant", "variant", "ID")] = None,
    agreement: Annotated[str | None, option("--agreement", "agreement", "ID")] = None,
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = None,
    json: Json = False,
) -> int:
    """Print the engageable shares of a scenario."""
    from longroad import scenario as scenarios
    from longroad import study

    loaded = scenarios.load(scenario)
    with console.progress() as move:
        rows = study.cover(
            loaded,
            variant=variant,
            agreement=agreement,
            draws=draws,
            seed=seed,
            workers=workers,
            progress=move,
        )
    if json:
        console.document({"rows": rows})
        return DONE
    names = ("variant", "agreement", "party", "missile", "area", "population", "reachable")
    console.table(
        columns(*names),
        [
            (
                row.variant,
                row.agreement,
                row.party,
                row.missile,
                _share(row.engageable_area_fraction),
                _share(row.engageable_population_fraction),
                _share(row.reachable_area_fraction),
            )
            for row in rows
        ],
    )
    return DONE


def _share(found: Spread) -> str:
    """Write a fraction as a percentage with its interval over assumptions."""
    if found.best is None:
        return text("cli.cover.none")
    best = f"{100 * found.best:.1f}"
    if found.epistemic_p05 is None or found.epistemic_p95 is None:
        return text("cli.cover.best", best=best)
    low, high = f"{100 * found.epistemic_p05:.1f}", f"{100 * found.epistemic_p95:.1f}"
    return text("cli.cover.spread", best=best, low=low, high=high)
