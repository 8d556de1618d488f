"""The program that commands register with, and the arguments and options they share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from longroad import console
from longroad.base.messages import text
from longroad.base.version import VERSION

DONE, FAILED_CHECK, BAD_INPUT = 0, 1, 2

app = typer.Typer(
    help=text("cli.about"),
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 96},
)


def argument(key: str, metavar: str) -> Any:
    """Return an argument whose help is the message ``cli.argument.<key>``."""
    return typer.Argument(help=text(f"cli.argument.{key}"), metavar=metavar, show_default=False)


def option(name: str, key: str, metavar: str | None = None, least: int | None = None) -> Any:
    """Return an option whose help is the message ``cli.option.<key>``."""
    said = text(f"cli.option.{key}")
    return typer.Option(name, help=said, metavar=metavar, min=least, show_default=False)


Study = Annotated[str, argument("scenario", "PACK_OR_FILE")]
RunFolder = Annotated[Path, argument("run", "RUN")]
Json = Annotated[bool, option("--json", "json")]
Draws = Annotated[int | None, option("--draws", "draws", "N", 1)]
Seed = Annotated[int | None, option("--seed", "seed", "N", 0)]
Workers = Annotated[int | None, option("--workers", "workers", "N", 1)]


def columns(*names: str) -> tuple[str, ...]:
    """Return the headings of a table's columns, the messages ``cli.column.<name>``."""
    return tuple(text(f"cli.column.{name}") for name in names)


def _version(wanted: bool) -> None:
    if wanted:
        console.line(text("cli.version", version=VERSION))
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
