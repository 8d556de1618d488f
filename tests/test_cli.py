"""The command line as its users meet it: another process, two streams and an exit status."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import longroad
from longroad import cli, console
from longroad.base.errors import LongroadError, ScenarioError

ANSI = re.compile(r"\x1b")
COMMANDS = ("run", "check", "packs", "new", "schema", "catalog", "sources", "trace", "cover")
COMMANDS += (
    "open",
    "export",
    "fly",
    "figure",
    "reach",
    "threshold",
    "claims",
    "verify",
    "agreements",
    "raid",
    "exchange",
    "limits",
    "bargain",
    "compare",
)


def in_process(*arguments):
    return cli.main(list(arguments))


# Help


def test_help_names_every_command(longroad_command):
    done = longroad_command("--help")
    assert done.status == 0
    assert done.err == ""
    listed = re.findall(r"^  ([a-z]+)  ", done.out.partition("Commands:")[2], re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)
    assert "..." not in done.out.partition("Commands:")[2], "a short help text was cut"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_json(longroad_command, command):
    done = longroad_command(command, "--help")
    assert done.status == 0
    assert "--json" in done.out


def test_version(longroad_command):
    done = longroad_command("--version")
    assert (done.status, done.out) == (0, f"longroad {longroad.__version__}\n")


def test_the_installed_command_is_the_same(tmp_path):
    command = Path(sys.executable).with_name("longroad")
    done = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"longroad {longroad.__version__}\n"


def test_without_a_command_the_help_is_shown(longroad_command):
    done = longroad_command()
    assert done.status == 2
    assert done.out == ""
    assert "Commands:" in done.err


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["runn"], "'run'"),
        (["run"], "PACK_OR_FILE"),
        (["run", "x", "--drwas", "3"], "'--draws'"),
        (["run", "x", "--draws", "many"], "--draws"),
        (["run", "x", "--draws", "0"], "--draws"),
        (["run", "x", "--seed", "-1"], "--seed"),
        (["run", "x", "--workers", "0"], "--workers"),
        (["check", "a", "b"], "b"),
        (["catalog", "senser"], "'sensor'"),
        (["catalog", "sensor", "an-tpy-2"], "'an-tpy-2-forward'"),
        (["sources", "nothing-like-it"], "sources"),
        (["check", "nowhere.yaml"], "nowhere.yaml"),
        (["run", "epaa-2001"], "'epaa-2011'"),
        (["cover", "epaa-2011", "--variant", "phase-9"], "phase"),
        (["new", "place", "--pack", "epaa"], "'epaa-2011'"),
        (["open", "nowhere"], "nowhere"),
        (["export", "nowhere", "--to", "geojsn"], "'geojson'"),
        (["export", "nowhere"], "--to"),
        (["trace", "nowhere", "x/y"], "nowhere"),
    ],
)
def test_wrong_use_is_one_paragraph_and_status_2(longroad_command, arguments, said):
    done = longroad_command(*arguments)
    assert done.status == 2
    assert done.out == ""
    assert done.err.startswith("longroad: ")
    assert done.err.count("\n") == 1
    assert said in done.err
    assert "Traceback" not in done.err


def test_a_hostile_file_name_cannot_move_the_cursor(longroad_command):
    done = longroad_command("check", "\x1b[2Jnothing\nhere.yaml")
    assert done.status == 2
    assert not ANSI.search(done.err)
    assert done.err.count("\n") == 1


def test_a_faulty_scenario_is_bad_input(longroad_command, tmp_path):
    assert longroad_command("new", "study").status == 0
    file = tmp_path / "study" / "scenario.yaml"
    file.write_text(file.read_text("utf-8").replace("launch_areas:", "launch_aeras:"), "utf-8")
    checked = longroad_command("check", "study", "--json")
    assert checked.status == 2
    assert checked.json["sound"] is False
    assert {finding["severity"] for finding in checked.json["findings"]} == {"error"}
    assert "launch_areas" in checked.err
    line = 1 + file.read_text("utf-8").splitlines().index("launch_aeras:")
    assert f"line {line}" in checked.err
    run = longroad_command("run", "study", "--out", "out")
    assert run.status == 2
    assert run.out == ""
    assert run.err.count("\n") == 1
    assert f"line {line}" in run.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\x00",
        b"a: &a [*a]",
        b"longroad: 1\nid: x\ntitle: [",
        b"!!python/object:os {}",
    ],
    ids=["empty", "binary", "alias", "truncated", "tag"],
)
@pytest.mark.parametrize("command", ["check", "run", "cover"])
def test_hostile_yaml_is_bad_input(longroad_command, tmp_path, command, content):
    (tmp_path / "bad.yaml").write_bytes(content)
    done = longroad_command(command, "bad.yaml")
    assert done.status == 2
    assert done.out == ""
    assert "bad.yaml" in done.err
    assert "Traceback" not in done.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.yaml"]


# What the commands say


def test_packs(longroad_command):
    done = longroad_command("packs", "--json")
    assert done.status == 0
    assert "epaa-2011" in [pack["id"] for pack in done.json["packs"]]
    assert "epaa-2011" in longroad_command("packs").out


def test_new_then_check(longroad_command, tmp_path):
    made = longroad_command("new", "study", "--json")
    assert made.status == 0
    assert "scenario.yaml" in made.json["files"]
    checked = longroad_command("check", "study", "--json")
    assert checked.status == 0, checked.err
    assert checked.json["sound"] is True
    assert longroad_command("check", "study").out.startswith("study: ")
    again = longroad_command("new", "study")
    assert again.status == 2
    assert "not empty" in again.err


def test_new_from_a_pack(longroad_command, tmp_path):
    assert longroad_command("new", "copy", "--pack", "epaa-2011").status == 0
    assert longroad_command("check", "copy").status == 0


def test_schema_is_the_same_with_and_without_json(longroad_command):
    plain = longroad_command("schema")
    assert (
        plain.json["properties"]["longroad"]
        == longroad_command("schema", "--json").json["properties"]["longroad"]
    )
    assert "claims" in longroad_command("schema", "--claims").json["properties"]


def test_catalog_goes_from_kinds_to_numbers(longroad_command):
    whole = longroad_command("catalog", "--json").json
    for kind in whole["kinds"]:
        assert kind in longroad_command("catalog").out
    sensors = longroad_command("catalog", "sensor", "--json").json["entries"]
    assert [e for e in whole["entries"] if e["id"].startswith("sensor/")] == sensors
    one = longroad_command("catalog", "sensor", "an-tpy-2-forward", "--json").json["entries"]
    assert [e for e in sensors if e["id"] == "sensor/an-tpy-2-forward"] == one
    assert longroad_command("catalog", "sensor/an-tpy-2-forward", "--json").json["entries"] == one
    shown = longroad_command("catalog", "sensor", "an-tpy-2-forward").out
    for quantity in one[0]["quantities"]:
        assert quantity["field"] in shown
        assert quantity["unit"] in shown


def test_sources_name_what_rests_on_them(longroad_command):
    sources = longroad_command("sources", "--json").json["sources"]
    used = next(source for source in sources if source["used_by"])
    shown = longroad_command("sources", used["id"]).out
    assert used["title"] in shown
    assert all(quantity in shown for quantity in used["used_by"])


# The streams


def test_json_goes_through_a_stream_that_knows_only_ascii(tmp_path, small_run):
    done = subprocess.run(
        [sys.executable, "-m", "longroad", "catalog", "--json"],
        env=os.environ | {"PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout.decode("ascii"))["entries"]


def test_text_goes_through_a_stream_that_knows_only_ascii(longroad_command):
    longroad_command.environment["PYTHONIOENCODING"] = "ascii"
    for command in ("catalog", "sources", "packs"):
        assert longroad_command(command).status == 0


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_a_reader_that_leaves_is_no_fault(longroad_command):
    reader, writer = os.pipe()
    os.close(reader)
    process = longroad_command.start("catalog", "--json", stdout=writer, stderr=subprocess.PIPE)
    os.close(writer)
    _, err = process.communicate(timeout=60)
    assert process.returncode == cli.READER_GONE
    assert err == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_output_that_cannot_be_written_is_said(longroad_command):
    with Path("/dev/full").open("w") as full:
        process = longroad_command.start("packs", stdout=full, stderr=subprocess.PIPE, text=True)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.startswith("longroad: standard output cannot be written")
    assert "Traceback" not in err


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_json_has_no_words_that_json_does_not_know(value):
    assert console.plain({"a": [value, 1.5]}) == {"a": [None, 1.5]}


# Faults


def raising(fault):
    def command(*_, **__):
        raise fault

    return command


def test_a_fault_of_the_program_is_status_3_and_asks_to_be_reported(monkeypatch, capsys):
    monkeypatch.setattr("longroad.scenario.packs", raising(ValueError("odd\nthing")))
    assert in_process("packs") == 3
    err = capsys.readouterr().err
    assert "ValueError: odd thing" in err
    assert "report" in err
    assert err.count("\n") == 1


def test_the_traceback_is_there_for_those_who_ask(monkeypatch, capsys):
    monkeypatch.setenv("LONGROAD_TRACEBACK", "1")
    monkeypatch.setattr("longroad.scenario.packs", raising(ValueError("odd")))
    assert in_process("packs") == 3
    assert "Traceback" in capsys.readouterr().err


def test_what_the_system_refuses_is_no_fault_of_the_program(monkeypatch, capsys):
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/some/cache")
    monkeypatch.setattr("longroad.scenario.packs", raising(full))
    assert in_process("packs") == 2
    err = capsys.readouterr().err
    assert os.strerror(errno.ENOSPC) in err
    assert "/some/cache" in err


@pytest.mark.parametrize("kind", [LongroadError, ScenarioError])
def test_a_fault_of_the_user_is_status_2(monkeypatch, capsys, kind):
    fault = kind("it is wrong", file="a.yaml", line=3, field="b", expected="c", nearest="d")
    monkeypatch.setattr("longroad.scenario.packs", raising(fault))
    assert in_process("packs") == 2
    assert capsys.readouterr().err == (
        "longroad: a.yaml, line 3, field 'b': it is wrong; expected c; did you mean 'd'?\n"
    )


def test_an_interrupt_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr("longroad.scenario.packs", raising(KeyboardInterrupt()))
    assert in_process("packs") == 130
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


@pytest.mark.parametrize("stage", ["ensemble", "map"])
def test_every_stage_of_a_run_has_a_name_for_the_progress_bar(stage):
    assert console.text(f"study.{stage}")


def test_no_progress_without_a_terminal():
    with console.progress() as move:
        assert move is None
