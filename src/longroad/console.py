"""What the command line writes: data on standard output, everything else on standard error.

Nothing here colours or moves the cursor except the progress bar, which appears only when
standard error is a terminal.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import math
import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from longroad.base.errors import RunError
from longroad.base.messages import text

ProgressCall = Callable[[str, int, int], None]
WIDEST = 96  # of running text, in characters; a terminal may be narrower


class ReaderGoneError(Exception):
    """Whoever read standard output has closed it (`longroad catalog | head -1`)."""


def line(content: str = "") -> None:
    """Write one line to standard output."""
    _write(f"{content}\n")


def document(value: Any) -> None:
    """Write ``value`` as one JSON document to standard output."""
    encoding = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "")
    _write(json.dumps(plain(value), indent=1, ensure_ascii=encoding != "utf8") + "\n")


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows under their column names, aligned; the last column may be long."""
    cells = [[*columns], *([_cell(value) for value in row] for row in rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(columns))]
    widths[-1] = 0
    for row in cells:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        line("  ".join(padded).rstrip())


def width() -> int:
    """Return how wide running text may be: as the terminal, but no wider than reads well."""
    return min(shutil.get_terminal_size((WIDEST, 1)).columns, WIDEST)


def paragraph(content: object) -> str:
    """Return text on one line, without control characters (a file's name may hold any)."""
    words = " ".join(str(content).split())
    return "".join(
        c if unicodedata.category(c) not in {"Cc", "Cf"} else "\N{REPLACEMENT CHARACTER}"
        for c in words
    )


def complain(message: object) -> None:
    """Write one paragraph to standard error, headed by the program's name."""
    with contextlib.suppress(OSError, ValueError):
        print(text("cli.fault.line", message=paragraph(message)), file=sys.stderr, flush=True)


def plain(value: Any) -> Any:
    """Return ``value`` as JSON knows it: dataclasses become objects, NaN and infinity null."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(inner) for inner in value]
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, bool | str) or value is None:
        return value
    if hasattr(value, "tolist"):  # NumPy arrays and scalars
        return plain(value.tolist())
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return str(value)


@contextlib.contextmanager
def progress() -> Iterator[ProgressCall | None]:
    """Give a function ``(stage, done, total)`` that moves a bar, or None without a terminal.

    ``stage`` is the key of a message.
    """
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    tasks: dict[str, TaskID] = {}

    def move(stage: str, done: int, total: int) -> None:
        if stage not in tasks:
            tasks[stage] = bar.add_task(text(stage), total=total)
        bar.update(tasks[stage], completed=done, total=total)

    with bar:
        yield move


def prepare() -> None:
    """Make the streams able to carry any text, whatever the terminal's encoding."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            with contextlib.suppress(OSError, ValueError):
                reconfigure(errors="backslashreplace")


def abandon_stdout() -> None:
    """Point standard output at nothing, so that closing it at the end raises no second error."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write(content: str) -> None:
    try:
        sys.stdout.write(content)
        sys.stdout.flush()
    except BrokenPipeError as fault:
        abandon_stdout()
        raise ReaderGoneError from fault
    except OSError as fault:
        abandon_stdout()
        reason = fault.strerror or type(fault).__name__
        raise RunError(text("cli.fault.stdout", reason=reason)) from fault


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, Path):
        return str(value)
    return paragraph(value)
