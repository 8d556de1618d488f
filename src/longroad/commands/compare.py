"""The command that compares two runs: only what is not the same, aligned by name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from longroad import console
from longroad.base.messages import text
from longroad.commands.app import DONE, Json, app, argument, columns, option

if TYPE_CHECKING:
    from longroad.study import OutcomeChange, Spread

# Rows of outcomes shown when the reader does not say; the rest is counted.
MOST = 40
ADOPTED = "adopted"
# Words in the names of outcomes that are shares or chances; others of unit 1 are counts.
SHARES = ("fraction", "probability", "nothing_leaks")


@app.command(help=text("cli.help.compare"))
def compare(
    before: Annotated[Path, argument("before", "RUN")],
    after: Annotated[Path, argument("after", "RUN")],
    every: Annotated[bool, option("--all", "compare_all")] = False,
    json: Json = False,
) -> int:
    """Print what differs between two runs."""
    from longroad import study

    found = study.compare(study.open_run(before), study.open_run(after))
    if json:
        console.document(found)
        return DONE
    if found.alike:
        console.line(text("cli.compare.alike", count=found.same))
        return DONE
    if found.inputs:
        console.line(text("cli.compare.inputs"))
        console.table(
            columns("number", "first_run", "second_run"),
            [(row.id, row.before or _none(), row.after or _none()) for row in found.inputs],
        )
        console.line()
    if found.claims:
        console.line(text("cli.compare.claims"))
        console.table(
            columns("claim", "under", "first_run", "second_run"),
            [(c.claim, c.under, c.before or _none(), c.after or _none()) for c in found.claims],
        )
        console.line()
    shown = found.outcomes
    if not every:
        shown = tuple(row for row in shown if _telling(row, found.paired))[:MOST]
    if shown:
        console.line(text("cli.compare.outcomes"))
        console.table(
            columns("outcome", "first_run", "second_run", "difference"), list(map(_row, shown))
        )
        console.line()
    left = len(found.outcomes) - len(shown)
    if left:
        console.line(text("cli.compare.left", count=left))
    console.line(text("cli.compare.same", count=found.same))
    console.line(text("cli.compare.paired" if found.paired else "cli.compare.unpaired"))
    return DONE


def _telling(change: OutcomeChange, paired: bool) -> bool:
    """Whether a row is shown unasked: as adopted, and not for other draws alone."""
    adopted = change.name.get("assumptions", ADOPTED) == ADOPTED
    if paired or change.before is None or change.after is None:
        return adopted
    return adopted and change.before.best != change.after.best


def _row(change: OutcomeChange) -> tuple[str, str, str, str]:
    name = "/".join(word for word in change.name.values() if word not in ("", "none"))
    share = any(word in name for word in SHARES)
    return (
        name,
        _figure(change.before, share),
        _figure(change.after, share),
        _figure(change.difference, share, "+"),
    )


def _figure(found: Spread | None, share: bool, sign: str = "") -> str:
    """Write a figure with its interval, shares in per cent, counts without a unit."""
    if found is None or found.best is None:
        return _none()
    plain = (100.0, " %") if share else (1.0, "")
    factor, unit = plain if found.unit == "1" else (1.0, f" {found.unit}")
    best = f"{factor * found.best:{sign}.4g}{unit}"
    if found.epistemic_p05 is None or found.epistemic_p95 is None:
        return best
    low, high = (factor * v for v in (found.epistemic_p05, found.epistemic_p95))
    return text("cli.compare.spread", best=best, low=f"{low:{sign}.4g}", high=f"{high:{sign}.4g}")


def _none() -> str:
    return text("cli.cover.none")
