"""The command ``longroad``: one function per command, thin over the rooms that do the work.

Exit status: 0 done; 1 the answer is a failed check; 2 wrong use or bad input, with one paragraph
on standard error; 3 a fault of the program itself; 130 stopped by Ctrl-C, 143 by SIGTERM; 141
when the reader of standard output went away. Rooms are imported inside the commands, so that
``longroad --help`` stays quick.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from longroad import __version__, console
from longroad.base.errors import LongroadError, UsageError, nearest
from longroad.base.messages import text

if TYPE_CHECKING:
    from longroad.catalog import Entry
    from longroad.catalog.render import CatalogRow
    from longroad.study import Spread

DONE, FAILED_CHECK, BAD_INPUT, PROGRAM_FAULT = 0, 1, 2, 3
INTERRUPTED, READER_GONE, TERMINATED = 130, 141, 143
FORMATS = ("csv", "parquet", "geojson")
BEST_ESTIMATE = -1

app = typer.Typer(
    help=text("cli.about"),
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 96},
)


def _argument(key: str, metavar: str) -> Any:
    return typer.Argument(help=text(f"cli.argument.{key}"), metavar=metavar, show_default=False)


def _option(name: str, key: str, metavar: str | None = None, least: int | None = None) -> Any:
    said = text(f"cli.option.{key}")
    return typer.Option(name, help=said, metavar=metavar, min=least, show_default=False)


Study = Annotated[str, _argument("scenario", "PACK_OR_FILE")]
RunFolder = Annotated[Path, _argument("run", "RUN")]
Json = Annotated[bool, _option("--json", "json")]
Draws = Annotated[int | None, _option("--draws", "draws", "N", 1)]
Seed = Annotated[int | None, _option("--seed", "seed", "N", 0)]
Workers = Annotated[int | None, _option("--workers", "workers", "N", 1)]


def _version(wanted: bool) -> None:
    if wanted:
        console.line(text("cli.version", version=__version__))
        raise typer.Exit()


@app.callback()
def _longroad(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help=text("cli.option.version")
        ),
    ] = False,
) -> None:
    """Take the options that belong to no command."""


@app.command(help=text("cli.help.run"))
def run(
    scenario: Study,
    out: Annotated[Path | None, _option("--out", "out", "DIR")] = None,
    draws: Draws = None,
    seed: Seed = None,
    workers: Workers = None,
    resume: Annotated[bool, _option("--resume", "resume")] = False,
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


@app.command(help=text("cli.help.check"))
def check(file: Annotated[str, _argument("file", "FILE")], json: Json = False) -> int:
    """Check a scenario file; one that does not load is bad input."""
    from longroad import scenario as scenarios

    findings = scenarios.check(file)
    faults = [finding for finding in findings if finding.severity == "error"]
    if json:
        console.document({"file": str(file), "sound": not faults, "findings": findings})
    elif not faults:
        loaded = scenarios.load(file)
        console.line(
            text(
                "cli.check.sound",
                file=file,
                variants=len(loaded.variants),
                draws=loaded.draws,
                seed=loaded.seed,
            )
        )
        if findings:
            console.line(text("cli.check.findings", count=len(findings)))
        for finding in findings:
            console.line(console.paragraph(finding))
    if faults:
        for finding in faults:
            console.complain(finding)
        console.complain(text("cli.check.faulty", count=len(faults)))
    return BAD_INPUT if faults else DONE


@app.command(help=text("cli.help.packs"))
def packs(json: Json = False) -> int:
    """List the packs."""
    from longroad import scenario as scenarios

    found = scenarios.packs()
    if json:
        console.document({"packs": found})
        return DONE
    columns = (text("cli.column.pack"), text("cli.column.title"))
    console.table(columns, [(pack.id, pack.title) for pack in found])
    return DONE


@app.command(help=text("cli.help.new"))
def new(
    directory: Annotated[Path, _argument("directory", "DIR")],
    pack: Annotated[str | None, _option("--pack", "pack", "PACK")] = None,
    json: Json = False,
) -> int:
    """Make a folder with a scenario to change."""
    from longroad import scenario as scenarios

    made = scenarios.new(directory, pack)
    files = sorted(path.name for path in made.iterdir())
    if json:
        console.document({"directory": made, "files": files})
    else:
        console.line(text("cli.new.made", path=made, files=", ".join(files)))
        console.line(text("cli.new.next", path=made))
    return DONE


@app.command(help=text("cli.help.schema"))
def schema(
    claims: Annotated[bool, _option("--claims", "claims")] = False, json: Json = False
) -> int:
    """Print a JSON Schema; it is JSON with or without ``--json``."""
    from longroad import scenario as scenarios

    console.document(scenarios.claims_schema() if claims else scenarios.json_schema())
    return DONE


@app.command(help=text("cli.help.catalog"))
def catalog(
    kind: Annotated[str | None, _argument("kind", "KIND")] = None,
    id: Annotated[str | None, _argument("id", "ID")] = None,
    json: Json = False,
) -> int:
    """Show the catalogue, a kind or an entry."""
    from longroad.catalog import load_catalog
    from longroad.catalog.render import catalog_rows, entry_rows

    if kind is not None and id is None and "/" in kind:
        kind, _, id = kind.partition("/")
    facts = load_catalog()
    entries, numbers = entry_rows(facts, kind, id), catalog_rows(facts, kind, id)
    if json:
        own: dict[str, list[CatalogRow]] = {entry.id: [] for entry in entries}
        for number in numbers:
            own[number.id].append(number)
        listed = [console.plain(entry) | {"quantities": own[entry.id]} for entry in entries]
        console.document({"kinds": facts.kinds(), "entries": listed})
    elif id is not None:
        _show_entry(facts.entry(f"{kind}/{id}"), numbers)
    elif kind is not None:
        names = ("id", "name", "country", "numbers", "disputed")
        console.table(
            _columns(*names),
            [(e.id, e.name, e.country, e.quantities, e.disputed) for e in entries],
        )
    else:
        console.table(
            _columns("kind", "entries"),
            [(name, len(facts.entries(name))) for name in facts.kinds()],
        )
        console.line()
        console.line(text("cli.catalog.more"))
    return DONE


@app.command(help=text("cli.help.sources"))
def sources(id: Annotated[str | None, _argument("source", "ID")] = None, json: Json = False) -> int:
    """Show the bibliography or one source."""
    from longroad.catalog import load_catalog
    from longroad.catalog.render import source_rows

    found = source_rows(load_catalog(), id)
    if json:
        console.document({"sources": found})
    elif id is None:
        rows = [(s.id, s.mark, len(s.used_by), s.date, s.title) for s in found]
        console.table(_columns("source", "mark", "numbers", "date", "title"), rows)
    else:
        (source,) = found
        console.line(text("cli.sources.title", title=source.title, mark=source.mark))
        origin = (source.author, source.publisher, source.date, source.language, source.country)
        console.line(", ".join(part for part in origin if part))
        for part in (source.url, source.note):
            if part:
                console.line(part)
        if source.used_by:
            console.line(text("cli.sources.used", count=len(source.used_by)))
        else:
            console.line(text("cli.sources.unused"))
        for quantity in source.used_by:
            console.line(f"  {quantity}")
    return DONE


@app.command(help=text("cli.help.cover"))
def cover(
    scenario: Study,
    variant: Annotated[str | None, _option("--variant", "variant", "ID")] = None,
    agreement: Annotated[str | None, _option("--agreement", "agreement", "ID")] = None,
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
        _columns(*names),
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


@app.command(help=text("cli.help.trace"))
def trace(
    folder: RunFolder,
    outcome: Annotated[str, _argument("outcome", "OUTCOME")],
    draw: Annotated[int, _option("--draw", "draw", "N", BEST_ESTIMATE)] = BEST_ESTIMATE,
    json: Json = False,
) -> int:
    """Recompute one outcome; a value that differs from the stored one is a failed check."""
    from longroad import study

    found = study.trace(study.open_run(folder), outcome, draw)
    if json:
        console.document(found)
    else:
        console.line(study.trace_text(found).rstrip())
    return DONE if found.matches else FAILED_CHECK


@app.command("open", help=text("cli.help.open"))
def open_dossier(
    folder: RunFolder,
    no_browser: Annotated[bool, _option("--no-browser", "no_browser")] = False,
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
    to: Annotated[str, _option("--to", "to", "FORMAT")],
    out: Annotated[Path | None, _option("--out", "export_out", "DIR")] = None,
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


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(text(f"cli.column.{name}") for name in names)


def _share(found: Spread) -> str:
    """Write a fraction as a percentage with its interval over assumptions."""
    if found.best is None:
        return text("cli.cover.none")
    best = f"{100 * found.best:.1f}"
    if found.epistemic_p05 is None or found.epistemic_p95 is None:
        return text("cli.cover.best", best=best)
    low, high = f"{100 * found.epistemic_p05:.1f}", f"{100 * found.epistemic_p95:.1f}"
    return text("cli.cover.spread", best=best, low=low, high=high)


def _show_entry(entry: Entry, numbers: Sequence[CatalogRow]) -> None:
    console.line(text("cli.catalog.entry", name=entry.name, id=entry.reference))
    if entry.country:
        console.line(text("cli.catalog.country", country=entry.country))
    for name, value in entry.facts.items():
        console.line(text("cli.catalog.fact", name=name, value=value))
    if entry.note:
        console.line(text("cli.catalog.note", note=entry.note))
    if entry.sources:
        console.line(text("cli.catalog.sources", sources=", ".join(entry.sources)))
    if not numbers:
        return
    console.line()
    rows = []
    for number in numbers:
        name = number.field
        if number.claim is not None:
            key = "adopted" if number.adopted else "rival"
            name = text(f"cli.catalog.{key}", name=name, claim=number.claim)
        interval = "" if number.low == number.high else f"{number.low:.6g} - {number.high:.6g}"
        ground = ", ".join(number.sources)
        if number.author is not None:
            values = {"author": number.author, "reason": number.reason}
            ground = text("cli.catalog.judgement", **values)
        rows.append((name, number.best, interval, number.unit, number.status, ground))
    console.table(_columns("number", "best", "interval", "unit", "status", "rests_on"), rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status; every fault ends here, in words."""
    console.prepare()
    with contextlib.suppress(ValueError):  # not in the main thread
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    try:
        status = app(args=arguments, prog_name="longroad", standalone_mode=False) or DONE
    except (KeyboardInterrupt, typer.Abort):
        status = INTERRUPTED
    except console.ReaderGoneError:
        return READER_GONE
    except LongroadError as fault:
        console.complain(fault)
        return fault.exit_status
    except OSError as fault:  # a full disk, a cache that may not be written, ...
        reason, where = fault.strerror or str(fault), fault.filename or ""
        console.complain(text("cli.fault.system", reason=reason, where=where))
        return BAD_INPUT
    except Exception as fault:
        if isinstance(fault, _USAGE):
            return _wrong_use(fault)
        if os.environ.get("LONGROAD_TRACEBACK"):
            traceback.print_exc()
        console.complain(text("cli.fault.unexpected", kind=type(fault).__name__, message=fault))
        return PROGRAM_FAULT
    if status == INTERRUPTED:
        console.complain(text("cli.fault.interrupted"))
    return int(status)


# Typer's class of faults in a command line, wherever the installed version keeps it.
_USAGE: type[Exception] = typer.BadParameter.__mro__[1]


def _wrong_use(fault: Any) -> int:
    """Say what is wrong with a command line, or show the help to ``longroad`` alone."""
    command = fault.ctx.command_path if fault.ctx is not None else "longroad"
    if type(fault).__name__ == "NoArgsIsHelpError":
        print(fault.format_message(), file=sys.stderr)
        return BAD_INPUT
    near = getattr(fault, "possibilities", None)
    message = fault.message if near else fault.format_message()
    if near:
        message = text("cli.fault.suggestion", message=message.rstrip(".") + ".", word=near[0])
    console.complain(text("cli.fault.usage", message=message, command=command))
    return BAD_INPUT
