"""What the tests of all rooms share: the real command line, one small run, a browser."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LONGEST_S = 600


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return standard output as the one JSON document it has to be."""
        return json.loads(self.out)


class CommandLine:
    """The command `longroad` as a user runs it: another process, no terminal."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.environment = os.environ | {"COLUMNS": "80"} | environment

    def __call__(self, *arguments: str | Path) -> Done:
        done = subprocess.run(
            self.words(*arguments),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=LONGEST_S,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str | Path, **options: Any) -> subprocess.Popen:
        """Start a command and return the process."""
        return subprocess.Popen(
            self.words(*arguments), cwd=self.folder, env=self.environment, **options
        )

    @staticmethod
    def words(*arguments: str | Path) -> list[str]:
        return [sys.executable, "-m", "longroad", *map(str, arguments)]


@pytest.fixture(scope="session")
def command_in() -> type[CommandLine]:
    """The command line in a folder: ``command_in(folder)("run", ...)``."""
    return CommandLine


@pytest.fixture
def longroad_command(tmp_path: Path) -> CommandLine:
    """The command line, in an empty folder."""
    return CommandLine(tmp_path)


@dataclass(frozen=True)
class SmallRun:
    """The starter scenario, run with few draws: where it was run, what was said, where it lies."""

    folder: Path
    said: Done
    path: Path


@pytest.fixture(scope="session")
def small_run(tmp_path_factory: pytest.TempPathFactory) -> SmallRun:
    """One run for all tests that only look at a run; nobody changes it."""
    folder = tmp_path_factory.mktemp("small-run")
    command = CommandLine(folder)
    assert command("new", "study").status == 0
    said = command("run", "study", "--draws", "16", "--out", "runs/study", "--json")
    assert said.status == 0, said.err
    return SmallRun(folder, said, folder / "runs" / "study")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium; tests that need one fail without, since pages are the product."""
    chosen = os.environ.get("LONGROAD_BROWSER")
    for name in (chosen, *BROWSERS):
        if name and (path := shutil.which(name)):
            return path
    pytest.fail("no Chromium was found: `make test` says how to get one")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """A headless Chromium, driven by Playwright, that cannot reach any network."""
    from playwright.sync_api import sync_playwright

    flags = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield started
        started.close()
