"""The command ``longroad``: its commands put together, and the one place where faults end.

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
from typing import Any

import typer

from longroad import console
from longroad.base.errors import LongroadError
from longroad.base.messages import text
from longroad.commands import (
    agreements,
    bargain,
    catalog,
    compare,
    cover,
    exchange,
    figure,
    fly,
    limits,
    raid,
    reach,
    runs,
    scenarios,
    verify,
)
from longroad.commands.app import BAD_INPUT, DONE, app

PROGRAM_FAULT = 3
INTERRUPTED, READER_GONE, TERMINATED = 130, 141, 143


def _called(command: Any) -> str:
    return str(command.callback.__name__)


# Importing a group registers its commands; the help lists them in this order.
GROUPS = (
    *(agreements, bargain, catalog, compare, cover, exchange, figure),
    *(fly, limits, raid, reach, runs, scenarios, verify),
)
ORDER = (
    *("run", "check", "packs", "new", "schema"),
    *("catalog", "sources", "agreements", "fly", "verify"),
    *("cover", "reach", "threshold", "raid", "exchange", "limits", "bargain", "claims"),
    *("trace", "compare", "open", "figure", "export"),
)
app.registered_commands.sort(key=lambda command: ORDER.index(command.name or _called(command)))


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
