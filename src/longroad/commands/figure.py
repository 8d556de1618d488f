"""The command that gives a figure of a run, and the names of all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, cast

from longroad import console
from longroad.base.atomic import atomic_write
from longroad.base.errors import UsageError, nearest
from longroad.base.messages import text
from longroad.commands.app import DONE, Json, RunFolder, app, argument, option
from longroad.commands.fly_input import number_of

PICTURES = ("png", "svg")
Name = Annotated[str | None, argument("figure", "[NAME]")]


@app.command(help=text("cli.help.figure"))
def figure(
    folder: RunFolder,
    name: Name = None,
    to: Annotated[str | None, option("--to", "picture", "png|svg")] = None,
    out: Annotated[Path | None, option("--out", "figure_out", "FILE")] = None,
    threat: Annotated[str | None, option("--threat", "figure_threat", "ID")] = None,
    speed: Annotated[str | None, option("--speed", "figure_speed", "KM_S")] = None,
    delay: Annotated[str | None, option("--delay", "figure_delay", "S")] = None,
    part: Annotated[str | None, option("--part", "figure_part", "PART")] = None,
    count: Annotated[str | None, option("--count", "figure_count", "one|every")] = None,
    site: Annotated[str | None, option("--site", "figure_site", "ID")] = None,
    compare: Annotated[str | None, option("--and", "figure_and", "ID")] = None,
    frame: Annotated[str | None, option("--map", "figure_map", "MAP")] = None,
    json: Json = False,
) -> int:
    """Write one figure of a run with its source line, or list the figures it has."""
    from longroad import dossier, study

    metres = number_of("--speed", speed, "speed", "km/s")
    asked = dossier.Options(
        threat=threat,
        speed_km_s=None if metres is None else metres / 1e3,
        delay_s=number_of("--delay", delay, "time", "s"),
        part=part,
        count=count,
        site=site,
        compare=compare,
        frame=frame,
    )
    run = study.open_run(folder)
    if name is None:
        if asked.given or out is not None or to is not None:
            raise UsageError("no figure is named", expected="RUN NAME with these options")
        return _list(dossier.figure_names(run), json)
    kind = _kind(to, out)
    drawn = dossier.figure(run, name, cast(Any, kind), asked)
    path = atomic_write(out if out is not None else Path(f"{name}.{kind}"), drawn)
    if json:
        console.document({"figure": name, "format": kind, "file": path})
    else:
        console.line(str(path))
    return DONE


def _list(names: tuple[str, ...], json: bool) -> int:
    if json:
        console.document({"figures": names})
        return DONE
    for one in names:
        console.line(one)
    return DONE


def _kind(to: str | None, out: Path | None) -> str:
    """Return the format: as asked, else by the file's ending, else PNG."""
    ending = out.suffix.lower().lstrip(".") if out is not None else ""
    asked = to if to is not None else (ending or PICTURES[0])
    if asked not in PICTURES:
        what = "--to" if to is not None else "--out"
        raise UsageError(
            f"{what} knows no format '{asked}'",
            expected=", ".join(PICTURES),
            nearest=nearest(asked, PICTURES),
        )
    if to is not None and ending in PICTURES and ending != to:
        raise UsageError(f"--to {to} does not fit the file name '{out}'", expected=f"*.{to}")
    return asked
