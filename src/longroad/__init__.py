"""Longroad: an open workbench for missile-defence cooperation.

    import longroad

    scenario = longroad.load("epaa-2011")
    run = longroad.run(scenario, out="runs/epaa-2011")
    run = longroad.open_run("runs/epaa-2011")

These names, and the rooms below (`longroad.flight`, `longroad.earth`, ...), are imported when
they are first used, so that `import longroad` stays quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from longroad.scenario import load as load
    from longroad.study import open_run as open_run
    from longroad.study import run as run

__version__ = "0.1.0"

_AT_HOME = {"load": "longroad.scenario", "run": "longroad.study", "open_run": "longroad.study"}
_ROOMS = (
    "base",
    "catalog",
    "earth",
    "scenario",
    "flight",
    "sensing",
    "engagement",
    "study",
    "dossier",
)

__all__ = ["__version__", "load", "open_run", "run"]


def __getattr__(name: str) -> Any:
    """Import a public name or a room when it is first asked for."""
    if name in _AT_HOME:
        found = getattr(importlib.import_module(_AT_HOME[name]), name)
        globals()[name] = found
        return found
    if name in _ROOMS:
        return importlib.import_module(f"longroad.{name}")
    raise AttributeError(f"module 'longroad' has no attribute '{name}'")


def __dir__() -> list[str]:
    """Return the public names and rooms."""
    return sorted({*globals(), *_AT_HOME, *_ROOMS})
