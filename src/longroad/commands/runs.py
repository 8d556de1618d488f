"""Commands around a run: make one, trace a number, open it, export it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

from longroad import console
from longroad.base.errors import UsageError, nearest
from longroad.base.messages import text
from longroad.commands.app import (
    DONE,
    FAILED_CHECK,
    Draws,
    Json,
    RunFolder,
    Seed,
    Study,
    Workers,
    app,
    argument,
    option,
)

if TYPE_CHECKING:
    from longroad.scenario import Finding

FORMATS = ("csv", "parquet", "geojson")
BEST_ESTIMATE = -1


@app.command(help=text("cli.help.run"))
def run(
    scenario: Study,
    out: Annotated[Path | None, option("--out", "out", "DIR")] = None,
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = None,
    resume: Annotated[bool, option("--resume", "resume")] = False,
    json: Json = False,
) -> int:
    """Run a scenario and write its dossier."""
    from longroad import run as carry_out

    with console.progress() as move:
        done = carry_out(
            scenario,
            out,
            draws=draws,
            seed=seed,
            workers=workers,
            resume=resume,
            progress=move,
            heed=_warn,
        )
    if json:
        manifest = done.manifest
        console.document(
            {
                "run": done.path,
                "dossier": done.dossier,
                "id": manifest.id,
                "draws": manifest.draws,
                "seed": manifest.seed,
                "variants": [variant.id for variant in manifest.variants],
                "tables": manifest.tables,
            }
        )
    else:
        console.line(text("cli.run.stands", path=done.path))
        console.line(text("cli.run.dossier", path=done.dossier))
    return DONE


def _warn(findings: tuple[Finding, ...]) -> None:
    """Write what the checks before a run warn of to standard error."""
    for finding in findings:
        if finding.severity == "warning":
            console.complain(finding)


@app.command(help=text("cli.help.trace"))
def trace(
    folder: RunFolder,
    outcome: Annotated[str, argument("outcome", "OUTCOME")],
    draw: Annotated[int, option("--draw", "draw", "N", BEST_ESTIMATE)] = BEST_ESTIMATE,
    json: Json = False,
) -> int:
    """Recompute one outcome; a value that differs from the stored one is a failed check."""
    from longroad import study

    found = study.trace(study.open_run(folder), outcome, draw)
    if json:
        console.document(found)
    else:
        console.line(study.trace_text(found, console.width()).rstrip())
    return DONE if found.matches else FAILED_CHECK


@app.command("open", help=text("cli.help.open"))
def open_dossier(
    folder: RunFolder,
    no_browser: Annotated[bool, option("--no-browser", "no_browser")] = False,
    json: Json = False,
) -> int:
    """Open a dossier; a run whose dossier was lost gets a new one."""
    from longroad import study

    opened = study.open_run(folder)
    page = opened.dossier
    if not page.is_file():
        from longroad import dossier

        page = dossier.write_dossier(opened, page)
    if json:
        console.document({"run": opened.path, "dossier": page})
        return DONE
    console.line(str(page))
    if not no_browser:
        import webbrowser

        if not webbrowser.open(page.resolve().as_uri()):
            console.complain(text("cli.open.no_browser"))
    return DONE


@app.command(help=text("cli.help.export"))
def export(
    folder: RunFolder,
    to: Annotated[str, option("--to", "to", "FORMAT")],
    out: Annotated[Path | None, option("--out", "export_out", "DIR")] = None,
    json: Json = False,
) -> int:
    """Write a run's tables in another format."""
    if to not in FORMATS:
        raise UsageError(
            f"--to knows no format '{to}'",
            expected=", ".join(FORMATS),
            nearest=nearest(to, FORMATS),
        )
    from longroad import dossier, study

    opened = study.open_run(folder)
    files = dossier.export(opened, cast(Any, to), out)
    if json:
        console.document({"format": to, "files": files})
    else:
        for file in files:
            console.line(str(file))
    return DONE
