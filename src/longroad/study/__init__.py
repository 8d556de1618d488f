"""Study: the one evaluator, its draws, cache, run store and trace.

    from longroad.study import run, cover, open_run

Names are imported when they are first used, so that the command line starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from longroad.study.outcomes import CoverRow
    from longroad.study.pipeline import cover, run, study
    from longroad.study.spread import Spread
    from longroad.study.store import Run, open_run
    from longroad.study.telling import trace_text
    from longroad.study.tracing import Trace, trace

_HOMES = {
    "CoverRow": "outcomes",
    "Run": "store",
    "Spread": "spread",
    "Trace": "tracing",
    "cover": "pipeline",
    "open_run": "store",
    "run": "pipeline",
    "study": "pipeline",
    "trace": "tracing",
    "trace_text": "telling",
}

__all__ = [
    "CoverRow",
    "Run",
    "Spread",
    "Trace",
    "cover",
    "open_run",
    "run",
    "study",
    "trace",
    "trace_text",
]


def __getattr__(name: str) -> object:
    """Import a public name from the module that holds it."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
