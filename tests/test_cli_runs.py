"""Runs and what is done with them, through the real command line."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

import longroad
from longroad import cli, console
from longroad.base.cachedir import cache_dir
from longroad.base.errors import RunError
from longroad.commands import runs

# A process started in the background may have been told to ignore Ctrl-C, and so would its own.
INTERRUPTIBLE = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from longroad.cli import main
sys.exit(main())
"""


def in_process(*arguments):
    return cli.main(list(arguments))


def test_run_says_where_the_dossier_is(small_run):
    said = small_run.said.json
    assert small_run.said.err == ""
    assert (small_run.folder / said["dossier"]).read_text("utf-8").startswith("<!doctype html>")
    names = {table["name"] for table in said["tables"]}
    assert names == {
        *("draws", "arcs", "windows", "coverage", "outcomes", "contributions", "differences"),
        *("flights", "reach", "reach_shares", "surfaces"),
    }
    assert said["draws"] == 16


def test_run_again_gives_the_same_tables(small_run, longroad_command):
    scenario = small_run.folder / "study"
    plain = longroad_command("run", scenario, "--draws", "16", "--workers", "1", "--out", "again")
    assert plain.status == 0
    assert plain.out.splitlines()[-1].split()[-1] == str(Path("again") / "dossier.html")
    again = json.loads((longroad_command.folder / "again" / "manifest.json").read_text("utf-8"))
    first = json.loads((small_run.path / "manifest.json").read_text("utf-8"))
    assert again["tables"] == first["tables"]


def test_cover_says_what_the_run_stored(small_run, longroad_command):
    done = longroad_command("cover", small_run.folder / "study", "--draws", "16", "--json")
    assert done.status == 0
    outcomes = longroad.open_run(small_run.path).table("outcomes")
    for row in done.json["rows"]:
        here = (outcomes["variant"] == row["variant"]) & (outcomes["party"] == row["party"])
        here &= outcomes["outcome"] == f"engageable_area_fraction/{row['missile']}"
        here &= (outcomes["draw"] == -1) & (outcomes["assumptions"] == "adopted")
        assert outcomes["value"][here].tolist() == [row["engageable_area_fraction"]["best"]]
    text = longroad_command("cover", small_run.folder / "study", "--draws", "16").out
    assert len(text.splitlines()) == 1 + len(done.json["rows"])


def test_trace_matches_what_was_stored(small_run, longroad_command):
    name = "with-forward-radar/engageable_area_fraction/medium-range"
    for draw in ("-1", "0", "7"):
        done = longroad_command("trace", small_run.path, name, "--draw", draw, "--json")
        assert done.status == 0, done.err
        assert done.json["matches"] is True
        assert done.json["draw"] == int(draw)
    plain = longroad_command("trace", small_run.path, name)
    for number in done.json["inputs"]:
        assert number["id"] in plain.out


def test_a_trace_that_does_not_match_is_a_failed_check(monkeypatch, small_run, capsys):
    import longroad.study

    whole = longroad.study.trace
    monkeypatch.setattr(
        longroad.study,
        "trace",
        lambda *given: dataclasses.replace(whole(*given), stored=0.123, matches=False),
        raising=False,
    )
    name = "with-forward-radar/engageable_area_fraction/medium-range"
    assert in_process("trace", str(small_run.path), name, "--json") == 1
    assert json.loads(capsys.readouterr().out)["matches"] is False


def test_open_prints_the_path_and_opens_it(small_run, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda uri: opened.append(uri) or True)
    page = small_run.path / "dossier.html"
    assert in_process("open", str(small_run.path)) == 0
    assert capsys.readouterr().out == f"{page}\n"
    assert opened == [page.resolve().as_uri()]
    assert in_process("open", str(small_run.path), "--no-browser") == 0
    assert in_process("open", str(small_run.path), "--json") == 0
    assert len(opened) == 1


def test_export_offers_what_the_dossier_can_write():
    from longroad.dossier.exports import FORMATS

    assert runs.FORMATS == FORMATS


@pytest.mark.parametrize("to", runs.FORMATS)
def test_export_writes_what_it_says(small_run, longroad_command, to):
    done = longroad_command("export", small_run.path, "--to", to, "--out", "there", "--json")
    assert done.status == 0, done.err
    files = [longroad_command.folder / file for file in done.json["files"]]
    assert all(file.is_file() and file.stat().st_size > 0 for file in files)
    assert {file.parent.name for file in files} == {"there"}


def test_a_run_whose_dossier_cannot_be_written_is_not_there(
    small_run, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("longroad.dossier.write_dossier", no_room)
    scenario, out = str(small_run.folder / "study"), tmp_path / "out"
    assert in_process("run", scenario, "--draws", "1", "--out", str(out)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"longroad: {out / 'dossier.html'}: the disk is full")
    assert list(tmp_path.iterdir()) == []


def no_room(_, path):
    raise RunError("the disk is full", file=path, expected="room")


def test_resume_opens_the_run_that_is_there(small_run, longroad_command):
    out = longroad_command.folder / "copy"
    shutil.copytree(small_run.path, out)
    before = (out / "manifest.json").stat().st_mtime_ns
    (out / "dossier.html").unlink()
    again = ("run", small_run.folder / "study", "--draws", "16", "--out", out)
    assert longroad_command(*again, "--resume").status == 0
    assert (out / "manifest.json").stat().st_mtime_ns == before
    assert (out / "dossier.html").is_file()
    assert longroad_command(*again).status == 0
    assert (out / "manifest.json").stat().st_mtime_ns != before


@pytest.mark.skipif(sys.platform != "linux", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("no_colour", [False, True])
def test_progress_goes_to_the_terminal_and_nowhere_else(small_run, longroad_command, no_colour):
    import pty

    longroad_command.environment["TERM"] = "xterm-256color"
    if no_colour:
        longroad_command.environment["NO_COLOR"] = "1"
    leader, terminal = pty.openpty()
    process = longroad_command.start(
        "run", small_run.folder / "study", "--draws", "16", "--out", "out", "--json",
        stdout=subprocess.PIPE, stderr=terminal,
    )  # fmt: skip
    os.close(terminal)
    shown = b""
    with contextlib.suppress(OSError):  # the terminal closes with the process
        while part := os.read(leader, 4096):
            shown += part
    out, _ = process.communicate(timeout=60)
    os.close(leader)
    assert process.returncode == 0
    assert json.loads(out)["draws"] == 16
    assert console.text("study.ensemble").encode() in shown
    colours = re.findall(rb"\x1b\[[0-9;]*m", shown)
    assert not (no_colour and any(re.search(rb"[34]\d", colour) for colour in colours))


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_place_that_cannot_be_written_is_bad_input(small_run, longroad_command, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(stat.S_IRUSR | stat.S_IXUSR)
    done = longroad_command(
        "run", small_run.folder / "study", "--draws", "1", "--out", closed / "x"
    )
    assert done.status == 2
    assert "cannot be written" in done.err


def test_a_file_in_the_way_is_bad_input(small_run, longroad_command, tmp_path):
    (tmp_path / "taken").write_text("mine")
    done = longroad_command("run", small_run.folder / "study", "--draws", "1", "--out", "taken")
    assert done.status == 2
    assert done.err.count("\n") == 1
    assert (tmp_path / "taken").read_text() == "mine"


def empty_cache(folder):
    """Make a cache without stages, in which compiled kernels are found all the same."""
    folder.mkdir()
    for compiled in cache_dir().glob("numba-*"):
        (folder / compiled.name).symlink_to(compiled)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_in_the_middle_leaves_nothing(small_run, longroad_command, tmp_path, sign):
    longroad_command.environment["LONGROAD_CACHE_DIR"] = str(empty_cache(tmp_path / "cache"))
    words = [sys.executable, "-c", INTERRUPTIBLE, "run", small_run.folder / "study"]
    process = subprocess.Popen(
        [*words, "--draws", "4000", "--out", "out"],
        cwd=tmp_path,
        env=longroad_command.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 300
    blocks = tmp_path / "cache"
    while not any(blocks.rglob("*.npz")) and time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    process.send_signal(sign)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 128 + sign
    assert out == ""
    assert "Traceback" not in err
    assert [path.name for path in tmp_path.iterdir()] == ["cache"]
    assert not list(blocks.rglob("*.part"))
