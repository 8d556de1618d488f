"""Longroad: an open workbench for missile-defence cooperation.

    import longroad

    scenario = longroad.load("epaa-2011")
    run = longroad.run(scenario, out="runs/epaa-2011")
    run = longroad.open_run("runs/epaa-2011")

What lies behind these names, and the rooms below (`longroad.flight`, `longroad.earth`, ...), are
imported when they are first used, so that `import longroad` stays quick.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from longroad.base import version

if TYPE_CHECKING:
    from pathlib import Path

    from longroad.scenario import Scenario
    from longroad.study import Run
    from longroad.study.make_run import Heed
    from longroad.study.pipeline import Progress

__version__ = version.VERSION
__all__ = ["__version__", "load", "open_run", "run"]

_ROOMS = (
    "base",
    "catalog",
    "earth",
    "scenario",
    "flight",
    "sensing",
    "engagement",
    "bargaining",
    "study",
    "dossier",
)


def load(path_or_pack: str | Path) -> Scenario:
    """Return the scenario of a file, of a folder with ``scenario.yaml``, or of a ready pack."""
    from longroad import scenario

    return scenario.load(path_or_pack)


def run(
    scenario: Scenario | str | Path,
    out: str | Path | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    resume: bool = False,
    progress: Progress | None = None,
    heed: Heed | None = None,
) -> Run:
    """Run a scenario and return the run: tables, manifest and dossier, whole or not there.

    ``out`` is the run directory, by default ``runs/<scenario id>``. ``draws`` and ``seed`` replace
    the scenario's own; the answer does not depend on ``workers``. With ``resume`` a whole run of
    the same input at ``out`` is opened as it stands. ``progress`` is told a message key, steps done
    and steps in all. ``heed`` is given what the checks before a run find; an error among it is
    raised before anything is written.
    """
    from longroad import study

    def add_dossier(finished: Run) -> None:
        from longroad import dossier

        tell = progress or (lambda *_: None)
        tell("cli.run.writing", 0, 1)
        dossier.write_dossier(finished, finished.dossier)
        tell("cli.run.writing", 1, 1)

    done = study.run(
        scenario,
        out,
        draws=draws,
        seed=seed,
        workers=workers,
        resume=resume,
        progress=progress,
        finish=add_dossier,
        heed=heed,
    )
    if not done.dossier.is_file():  # resumed, and its dossier was lost
        add_dossier(done)
    return done


def open_run(directory: str | Path) -> Run:
    """Return the run in a directory; raise RunError when it is none."""
    from longroad import study

    return study.open_run(directory)


def __getattr__(name: str) -> Any:
    """Import a room when it is first asked for."""
    if name in _ROOMS:
        return importlib.import_module(f"longroad.{name}")
    raise AttributeError(f"module 'longroad' has no attribute '{name}'")


def __dir__() -> list[str]:
    """Return the public names and rooms."""
    return sorted({*globals(), *_ROOMS})
